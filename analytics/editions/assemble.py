"""Puts an edition together: dataset files, reference tables with what the datasets need of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq
from sqlalchemy import Connection

from analytics.editions.build import build_dataset, count, rejected_rows
from analytics.editions.files import rows_hash, write_observations, write_reference
from analytics.ledger.batches import ActiveBatch
from analytics.ledger.desk import CONFIRMATION_ROLE
from analytics.ledger.reports import new_places
from analytics.observations.table import EDITION_COLUMNS, split_codes
from analytics.pack.shared import COMMON_TABLES, with_common

Progress = Callable[[int, int, str], None]
PACK_REFERENCE = "pack_reference"


def unwatched(_done: int, _total: int, _name: str) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Workshop:
    """Where an edition is made: kept files lie in `kept`, new ones go to `folder`."""

    connection: Connection
    kept: Path
    folder: Path

    def place(self, file: str) -> str:
        """How a manifest of `folder` names a kept file."""
        return file if self.kept == self.folder else str(self.kept / file)


def build_datasets(
    workshop: Workshop,
    before: Mapping,
    active: Sequence[ActiveBatch],
    *,
    stale: set[str],
    until: date,
    on_progress: Progress = unwatched,
) -> dict[str, dict[str, object]]:
    """Facts of every dataset that has a batch; those that are not `stale` keep their file."""
    names = sorted({batch.dataset for batch in active})
    built: dict[str, dict[str, object]] = {}
    for done, name in enumerate(names):
        on_progress(done, len(names), name)
        kept = None if name in stale else before.get("datasets", {}).get(name)
        built[name] = (
            {**kept, "file": workshop.place(str(kept["file"]))}
            if kept
            else build_one(workshop, name, active, until=until)
        )
    on_progress(len(names), len(names), "")
    return built


def build_one(
    workshop: Workshop, name: str, active: Sequence[ActiveBatch], *, until: date
) -> dict[str, object]:
    """Builds a dataset's file from the ledger and gives its facts."""
    data = [a for a in active if a.dataset == name and a.role == "dataset"]
    corrections = [a for a in active if a.dataset == name and a.role == "corrections"]
    confirmations = [a for a in active if a.dataset == name and a.role == CONFIRMATION_ROLE]
    frame = build_dataset(workshop.connection, data, corrections, confirmations)
    return {
        "file": write_observations(frame, folder=workshop.folder, name=name),
        "rows_sha256": rows_hash(frame[list(EDITION_COLUMNS)]),
        "newest_period": _newest_period(frame, until=until),
        "rejected_rows": rejected_rows(frame),
        "batches": [a.batch_id for a in data],
        **asdict(count(frame)),
    }


def _newest_period(frame: pd.DataFrame, *, until: date) -> str | None:
    """End of the newest period that carries a value; of what is open, its start.

    Plans and targets for a time after `until` do not make a dataset newer.
    """
    with_value = frame[frame["obs_value"].notna() | (frame["obs_text"] != "")]
    ends = with_value["period_end"].where(
        with_value["period_end"].notna(), with_value["period_start"]
    )
    known = (str(day) for day in ends.unique() if day is not None and day <= until)
    return max(known, default=None)


def complete_references(
    workshop: Workshop,
    own: Mapping[str, str],
    datasets: Mapping[str, Mapping[str, object]],
    active: Sequence[ActiveBatch],
) -> dict[str, str]:
    """Files of the reference tables: the pack's own, and what files of offices need beside them.

    Shared words that their rows use, and places that they named first.
    """
    from_offices = [batch for batch in active if not batch.is_of_pack]
    files = {name: workshop.place(file) for name, file in own.items()}
    if not from_offices:
        return files
    tables = {name: pd.read_parquet(workshop.kept / file) for name, file in own.items()}
    names = {batch.dataset for batch in from_offices}
    used = _codes_used([workshop.folder / str(datasets[name]["file"]) for name in names])
    completed = _with_places(with_common(tables, used), workshop.connection, from_offices)
    changed = {name for name, table in completed.items() if len(table) != len(tables[name])}
    return files | {
        name: write_reference(completed[name], folder=workshop.folder, name=name)
        for name in sorted(changed)
    }


def _codes_used(files: Sequence[Path]) -> dict[str, set[str]]:
    """Codes by shared table that rows of these files name."""
    used: dict[str, set[str]] = {name: set() for name in COMMON_TABLES}
    for path in files:
        for name, column in COMMON_TABLES.items():
            cells = pc.unique(pq.read_table(path, columns=[column])[column]).to_pylist()
            used[name] |= {code for cell in cells for code in split_codes(cell)}
    return used


def _with_places(
    tables: Mapping[str, pd.DataFrame], connection: Connection, batches: Sequence[ActiveBatch]
) -> dict[str, pd.DataFrame]:
    places = tables["places"]
    named = new_places(connection, [batch.batch_id for batch in batches])
    fresh = named[~named["place"].isin(places["place"])].drop_duplicates("place")
    if fresh.empty:
        return dict(tables)
    rows = fresh.reindex(columns=places.columns, fill_value="")
    return {**tables, "places": pd.concat([places, rows], ignore_index=True)}
