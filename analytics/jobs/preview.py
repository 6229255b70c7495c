"""The effect of publishing or withdrawing a batch, before or after it is done."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from analytics.editions.assemble import Progress, unwatched
from analytics.editions.edition import Edition
from analytics.editions.effect import Effect, effect_of
from analytics.editions.office import Act, Outcome, candidate
from analytics.editions.store import Store
from analytics.jobs.forecast import input_hashes, origins_of, series_of
from analytics.ledger.desk import find_batch
from analytics.ledger.forecasts import issued_series
from analytics.ledger.steps import PUBLISHED
from analytics.prices.series import forecast_datasets


@dataclass(frozen=True)
class Preview:
    """What a batch changes: values, totals, and published forecasts whose past it alters."""

    batch_id: int
    edition: int
    effect: Effect
    stale_forecasts: tuple[str, ...]


def preview(
    store: Store,
    batch_id: int,
    *,
    now: datetime,
    step: str = PUBLISHED,
    on_progress: Progress = unwatched,
) -> Preview:
    """What publishing (or withdrawing a published batch) would do; nothing is put in force.

    Raises DeskRefused for a batch to which this cannot be done.
    """
    act = Act(batch_id, step, "", now)
    with store.engine.connect() as connection:
        dataset = find_batch(connection, batch_id).dataset
    with tempfile.TemporaryDirectory(prefix="sejahtera-preview-") as folder:
        after = candidate(store, act, folder=Path(folder), on_progress=on_progress)
        before = store.edition(after.stamp.number - 1)
        return _between(store, batch_id, dataset, before=before, after=after)


def effect_of_outcome(store: Store, outcome: Outcome) -> Preview | None:
    """What an act has done; None where it made no edition."""
    if outcome.edition is None or outcome.previous is None:
        return None
    before, after = store.edition(outcome.previous), store.edition(outcome.edition)
    return _between(store, outcome.batch_id, outcome.dataset, before=before, after=after)


def _between(
    store: Store, batch_id: int, dataset: str, *, before: Edition, after: Edition
) -> Preview:
    return Preview(
        batch_id=batch_id,
        edition=after.stamp.number,
        effect=effect_of(batch_id, dataset, before=before, after=after),
        stale_forecasts=stale_forecasts(store, before=before, after=after),
    )


def stale_forecasts(store: Store, *, before: Edition, after: Edition) -> tuple[str, ...]:
    """Series with an issued forecast whose past values differ between the editions."""
    if not set(forecast_datasets(after)) & set(after.changed_datasets):
        return ()
    day = date.min  # the same for both: only the values shall tell
    hashes = [
        input_hashes(series_of(each), as_of=day, max_origins=origins_of(before))
        for each in (before, after)
    ]
    with store.engine.connect() as connection:
        issued = issued_series(connection)
    return tuple(name for name in issued if hashes[0].get(name) != hashes[1].get(name))
