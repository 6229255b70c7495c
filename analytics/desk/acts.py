"""What is done to batches, each act with its right and its entry in the audit log.

These run in job processes (`jobs.background`) and answer what was done, or a `Refusal`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from analytics.desk.answers import Done, Refusal, Shown, Sure, told
from analytics.desk.confirming import confirm_as
from analytics.editions.confirmation import Selection
from analytics.editions.office import Outcome, publish_batch, withdraw_batch
from analytics.editions.store import Store, open_store
from analytics.jobs.background import progress_into
from analytics.jobs.preview import Preview, effect_of_outcome, preview
from analytics.people.audit import Act, record
from analytics.people.database import open_people
from analytics.people.rights import Person, Right, require
from analytics.settings import load_settings

SHOWN_TOTALS, SHOWN_ITEMS = 400, 20


def effect(
    region: str, who: Person, batch_id: int, step: str, progress: Path | None = None
) -> Shown | Refusal:
    """What publishing or withdrawing the batch would do; nothing is put in force."""

    def act() -> Shown:
        require(who, Right.UPLOAD)
        store = open_store(load_settings(), region)
        on_progress = progress_into(progress)
        return _shown(preview(store, batch_id, now=_now(), step=step, on_progress=on_progress))

    return told(act)


def publish(
    region: str, who: Person, batch_id: int, progress: Path | None = None
) -> Done | Refusal:
    """Puts another person's batch in force."""

    def act() -> Done:
        require(who, Right.PUBLISH)
        store = open_store(load_settings(), region)
        outcome = publish_batch(
            store, batch_id, published_by=who.name, now=_now(), on_progress=progress_into(progress)
        )
        _note(Act.PUBLISHED, who, outcome, region)
        return _done(store, outcome)

    return told(act)


def withdraw(
    region: str, who: Person, batch_id: int, reason: str, progress: Path | None = None
) -> Done | Refusal:
    """Takes a batch back, with a reason."""

    def act() -> Done:
        require(who, Right.WITHDRAW)
        store = open_store(load_settings(), region)
        outcome = withdraw_batch(
            store, batch_id, withdrawn_by=who.name, reason=reason, now=_now(),
            on_progress=progress_into(progress),
        )  # fmt: skip
        _note(Act.WITHDREW, who, outcome, region, reason=reason)
        return _done(store, outcome)

    return told(act)


def confirm_rows(
    region: str,
    who: Person,
    selection: Selection,
    reason: str,
    status: str,
    progress: Path | None = None,
) -> Sure | Refusal:
    """Makes unverified figures of one place or period count, with a reason."""

    def act() -> Sure:
        settings = load_settings()
        progress_into(progress)(0, 1, selection.dataset)
        found = confirm_as(who, open_store(settings, region), open_people(settings), selection,
                           reason=reason, now=_now(), status=status)  # fmt: skip
        return Sure(found.outcome.batch_id, found.outcome.edition, found.rows)

    return told(act)


def _done(store: Store, outcome: Outcome) -> Done:
    found = effect_of_outcome(store, outcome)
    shown = _shown(found) if found else None
    return Done(outcome.batch_id, outcome.dataset, outcome.edition, shown)


def _shown(found: Preview) -> Shown:
    """Bounded: what is told on a page is read, not counted."""
    totals = found.effect.totals
    changed = totals[~(totals["old"] == totals["new"])].head(SHOWN_TOTALS)
    return Shown(
        edition=found.edition,
        dataset=found.effect.dataset,
        counts=found.effect.counts.reset_index(drop=True),
        totals=changed.reset_index(drop=True),
        stale_forecasts=found.stale_forecasts,
        items=found.effect.items[:SHOWN_ITEMS],
    )


def _note(what: Act, who: Person, outcome: Outcome, region: str, **details: object) -> None:
    facts = {"dataset": outcome.dataset, "edition": outcome.edition, **details}
    record(open_people(load_settings()), what, who=who, at=_now(), region=region, details=facts,
           object=f"batch {outcome.batch_id}")  # fmt: skip


def _now() -> datetime:
    """Now: these functions are the jobs, where the machine's clock is asked."""
    return datetime.now(UTC)
