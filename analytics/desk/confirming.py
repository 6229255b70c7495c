"""Confirming unverified figures in a person's name: the right, the edition, the audit log."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from analytics.editions.confirmation import Confirmed, Selection, confirm
from analytics.editions.store import Store
from analytics.observations.status import ObsStatus
from analytics.people.audit import Act, record
from analytics.people.rights import Person, Right, require


def confirm_as(
    who: Person,
    store: Store,
    people: Engine,
    selection: Selection,
    *,
    reason: str,
    now: datetime,
    status: str = ObsStatus.NORMAL.value,
) -> Confirmed:
    """Makes unverified figures count. Raises NotAllowed, and DeskRefused as `confirm` does."""
    require(who, Right.CONFIRM_UNVERIFIED)
    done = confirm(store, selection, verifier=who.name, note=reason, now=now, status=status)
    record(
        people, Act.CONFIRMED, who=who, at=now, region=store.region,
        object=f"batch {done.outcome.batch_id}",
        details={"dataset": selection.dataset, "edition": done.outcome.edition,
                 "rows": done.rows, "reason": reason},
    )  # fmt: skip
    return done
