"""Google Trends, "Interest over time": weeks, months or days down, search terms across.

From documentation only: "Category: All categories", an empty row, then a heading such as
`Minggu,Candi Penataran: (Indonesia)` or `Week,...`; figures 0 to 100 and "<1". A term becomes a new
place when no known place bears it, since its spelling is all that it says.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import numpy as np

from analytics.ingest.entries import Reading, entries_of
from analytics.ingest.grids import Book, Grid
from analytics.ingest.layouts.layout import Layout, Task
from analytics.ingest.numbers import Style

NAME = "google_trends"
DATASETS = ("search_interest",)
STEPS = {
    "minggu": "week", "week": "week", "bulan": "month", "month": "month", "hari": "day",
    "day": "day",
}  # fmt: skip
TERM = re.compile(r"^(.*?): \(.*\)$")
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def recognise(book: Book, _task: Task) -> float:
    """Certain by a heading of a step and terms, each with its place in brackets."""
    return 1.0 if any(_header(grid) is not None for grid in book.grids) else 0.0


def _header(grid: Grid) -> int | None:
    for position, row in enumerate(grid.head[:6]):
        terms = [cell for cell in row[1:] if cell]
        if row and row[0].lower() in STEPS and terms and all(TERM.match(term) for term in terms):
            return position
    return None


def read(book: Book, task: Task) -> Reading:
    """One entry a step and term."""
    grid = next(grid for grid in book.grids if _header(grid) is not None)
    header = _header(grid)
    assert header is not None
    head = grid.head[header]
    terms = {at: TERM.sub(r"\1", cell) for at, cell in enumerate(head) if at and cell}
    steps = grid.column(0).str.strip().to_numpy()
    rows = np.array([at for at in range(header + 1, grid.height) if steps[at]], dtype=int)
    periods = [_period(step, STEPS[head[0].lower()]) for step in steps[rows]]
    entries = entries_of(
        grid,
        rows=np.repeat(rows, len(terms)),
        columns=np.tile(np.array(list(terms), int), len(rows)),
        area=task.default_area,
        place=list(terms.values()) * len(rows),
        item="pencarian",
        indicator="search_interest",
        period=np.repeat(np.array(periods, dtype=object), len(terms)),
        unit="index",
    )
    return Reading(layout=NAME, entries=entries, style=Style.DOT, may_name_places=True)


def _period(step: str, kind: str) -> str:
    """A week is the seven days from the one that is named."""
    if kind != "week" or not ISO_DAY.fullmatch(step):
        return step
    start = date.fromisoformat(step)
    return f"{start.isoformat()} – {(start + timedelta(days=6)).isoformat()}"


LAYOUT = Layout(NAME, DATASETS, recognise, read)
