"""Nixtla long form: `unique_id, ds, y`, the identifier in the parts that this app writes.

Met in files of this app (forecasting input): the identifier is dataset, area, place, item,
basis, indicator, unit and source parted by `|`. Identifiers of other programs name no area and no
commodity and are refused row by row.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.ingest.entries import Reading, entries_of
from analytics.ingest.findings import Severity, findings_at, no_findings
from analytics.ingest.grids import Book
from analytics.ingest.layouts.layout import Layout, Task
from analytics.ingest.numbers import Style

NAME = "nixtla_long"
DATASETS = ("prices", "farmgate_prices")
COLUMNS = ("unique_id", "ds", "y")
PARTS = ("dataset", "area", "place", "item", "caveat", "indicator", "unit", "source")
SEPARATOR = "|"


def recognise(book: Book, _task: Task) -> float:
    """Certain by its three columns."""
    if not book.grids:
        return 0.0
    return 1.0 if set(COLUMNS) <= set(book.grids[0].head[0]) else 0.0


def read(book: Book, task: Task) -> Reading:
    """One entry a record; dates on the first of a month are months where the dataset has months."""
    grid = book.grids[0]
    at = {name: grid.head[0].index(name) for name in COLUMNS}
    names = grid.column(at["unique_id"]).str.strip()
    rows = np.flatnonzero((names != "").to_numpy() & (np.arange(grid.height) > 0))
    codes, distinct = pd.factorize(names.iloc[rows])
    split = [str(name).split(SEPARATOR) for name in distinct]
    whole = [parts if len(parts) == len(PARTS) else [""] * len(PARTS) for parts in split]
    texts = np.array(whole or [[""] * len(PARTS)], dtype=object)[codes]
    roles = {name: texts[:, position] for position, name in enumerate(PARTS) if name != "dataset"}
    days = grid.column(at["ds"]).str.strip().iloc[rows]
    monthly = "M" in task.form.freqs and days.str.fullmatch(r"\d{4}-\d\d-01.*").all()
    entries = entries_of(
        grid,
        rows=rows,
        columns=np.full(len(rows), at["y"]),
        period=(days.str.slice(0, 7) if monthly else days).to_numpy(),
        **roles,
    )
    is_strange = np.array([len(parts) != len(PARTS) for parts in split], bool)[codes]
    return Reading(
        layout=NAME,
        entries=entries,
        findings=_told(entries, names.iloc[rows].to_numpy(), is_strange),
        style=Style.DOT,
        keeps_empty=True,
    )


def _told(entries: pd.DataFrame, names: np.ndarray, is_strange: np.ndarray) -> pd.DataFrame:
    if not is_strange.any():
        return no_findings()
    found = pd.Series(names, index=entries.index)[is_strange]
    return findings_at(entries[is_strange], "series_strange", Severity.NOTE, found=found)


LAYOUT = Layout(NAME, DATASETS, recognise, read)
