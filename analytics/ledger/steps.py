"""What was done to a batch, by whom, when and why: added to, never changed or deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from analytics.ledger.moments import as_utc
from analytics.ledger.tables import batch_steps

SUBMITTED, PUBLISHED, WITHDRAWN = "submitted", "published", "withdrawn"
STATES: tuple[str, ...] = (SUBMITTED, PUBLISHED, WITHDRAWN)


@dataclass(frozen=True)
class BatchStep:
    """One act on a batch; `edition` is the one it made, if it made one."""

    batch_id: int
    step: str
    who: str
    at: datetime
    reason: str
    edition: int | None


def add_step(
    connection: Connection,
    batch_id: int,
    step: str,
    *,
    who: str,
    at: datetime,
    reason: str = "",
    edition: int | None = None,
) -> None:
    """Keeps an act. Raises IntegrityError when it was done to the batch before."""
    connection.execute(
        insert(batch_steps).values(
            batch_id=batch_id, step=step, who=who, at=at, reason=reason, edition=edition
        )
    )


def steps_of(connection: Connection, batch_ids: Sequence[int]) -> dict[int, list[BatchStep]]:
    """The acts on each batch, oldest first."""
    found: dict[int, list[BatchStep]] = {number: [] for number in batch_ids}
    query = (
        select(batch_steps)
        .where(batch_steps.c.batch_id.in_(batch_ids))
        .order_by(batch_steps.c.step_id)
    )
    for row in connection.execute(query):
        found[row.batch_id].append(
            BatchStep(row.batch_id, row.step, row.who, as_utc(row.at), row.reason, row.edition)
        )
    return found


def state_of(steps: Sequence[BatchStep]) -> str:
    """What became of a batch: its furthest step."""
    done = {step.step for step in steps}
    return next(state for state in reversed(STATES) if state in done)
