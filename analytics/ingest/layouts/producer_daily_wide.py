"""The regency's own table of daily producer prices: a kecamatan and day a row, commodities across.

Met in a real file: one column for each of 17 commodities, rupiah per kilogram, 0 for "not
reported", slips by a factor of ten and swapped columns as typed. Slips are found by the rules of
daily entries (analytics/pack/slips.py), not by rules of this layout.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.ingest.entries import Reading, entries_of
from analytics.ingest.grids import Book, Grid, column_letter
from analytics.ingest.layouts.layout import Layout, Task
from analytics.ingest.records import role_of

NAME = "producer_daily_wide"
DATASETS = ("farmgate_prices",)
FEWEST_ITEMS = 3
INDICATOR, UNIT = "price_producer", "IDR/kg"


def recognise(book: Book, task: Task) -> float:
    """Certain of an area, a date and three or more commodities across."""
    return 0.97 if any(_header(grid, task) is not None for grid in book.grids) else 0.0


def _header(grid: Grid, task: Task) -> int | None:
    for position, row in enumerate(grid.head[:20]):
        roles = {role_of(cell) for cell in row if cell}
        if {"area", "period"} <= roles and len(_items(row, task)) >= FEWEST_ITEMS:
            return position
    return None


def _items(row: list[str], task: Task) -> dict[int, str]:
    found = {at: task.region.items.find(cell).code for at, cell in enumerate(row) if cell}
    return {at: code for at, code in found.items() if code and not role_of(row[at])}


def read(book: Book, task: Task) -> Reading:
    """Entries of every commodity that was reported; 0 and an empty cell mean not reported."""
    grid = next(grid for grid in book.grids if _header(grid, task) is not None)
    header = _header(grid, task)
    assert header is not None
    row = grid.head[header]
    items = _items(row, task)
    area = _first_with(row, "area")
    days = grid.column(_first_with(row, "period")).str.strip()
    rows = np.flatnonzero((days != "").to_numpy() & (np.arange(grid.height) > header))
    columns = np.array(list(items))
    entries = entries_of(
        grid,
        rows=np.repeat(rows, len(columns)),
        columns=np.tile(columns, len(rows)),
        area=np.repeat(grid.column(area).to_numpy()[rows], len(columns)),
        level="kecamatan",
        item=list(items.values()) * len(rows),
        indicator=INDICATOR,
        period=np.repeat(days.to_numpy()[rows], len(columns)),
        unit=UNIT,
    )
    return Reading(
        layout=NAME,
        entries=_at(entries, area=area, period=_first_with(row, "period")),
        zero_is_missing=True,
        keeps_empty=True,
    )


def _first_with(row: list[str], role: str) -> int:
    """The column of a role; an area's code goes before its name."""
    found = [at for at, cell in enumerate(row) if cell and role_of(cell) == role]
    coded = [at for at in found if "kode" in row[at].lower() or "code" in row[at].lower()]
    return (coded or found)[0]


def _at(entries: pd.DataFrame, **columns: int) -> pd.DataFrame:
    for role, position in columns.items():
        entries[f"{role}_row"] = entries["row"]
        entries[f"{role}_column"] = column_letter(position)
    return entries


LAYOUT = Layout(NAME, DATASETS, recognise, read)
