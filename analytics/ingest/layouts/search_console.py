"""Search Console, sheet of dates: a day a row with clicks, impressions, CTR and position.

From documentation only: headings `Date,Clicks,Impressions,CTR,Position` or `Tanggal,Klik,...`. Only
clicks are read: they are what a share cannot be made of otherwise. The sheet of queries names no
day, so it is not read.
"""

from __future__ import annotations

import numpy as np

from analytics.ingest.entries import Reading, entries_of
from analytics.ingest.grids import Book, Grid
from analytics.ingest.layouts.layout import Layout, Task
from analytics.ingest.places import plain

NAME = "search_console"
DATASETS = ("search_interest",)
DAYS, CLICKS = frozenset({"date", "tanggal"}), frozenset({"clicks", "klik"})
BESIDE = frozenset({"impressions", "tayangan", "position", "posisi"})
SEARCHED_ROWS = 3


def recognise(book: Book, _task: Task) -> float:
    """Very sure by days, clicks, and impressions or position beside them."""
    return 0.97 if any(_columns(grid) for grid in book.grids) else 0.0


def _columns(grid: Grid) -> tuple[int, int, int] | None:
    """Row of the headings, columns of days and clicks."""
    for position, row in enumerate(grid.head[:SEARCHED_ROWS]):
        names = [plain(cell) for cell in row]
        days = [at for at, name in enumerate(names) if name in DAYS]
        clicks = [at for at, name in enumerate(names) if name in CLICKS]
        if days and clicks and BESIDE & set(names):
            return position, days[0], clicks[0]
    return None


def read(book: Book, task: Task) -> Reading:
    """One entry a day."""
    grid = next(grid for grid in book.grids if _columns(grid))
    header, days, clicks = _columns(grid) or (0, 0, 0)
    texts = grid.column(days).str.strip().to_numpy()
    rows = np.array([at for at in range(header + 1, grid.height) if texts[at]], dtype=int)
    entries = entries_of(
        grid, rows=rows, columns=np.full(len(rows), clicks), area=task.default_area,
        item="pencarian", indicator="search_clicks", period=texts[rows], unit="click",
    )  # fmt: skip
    return Reading(layout=NAME, entries=entries)


LAYOUT = Layout(NAME, DATASETS, recognise, read)
