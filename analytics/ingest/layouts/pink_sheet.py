"""World Bank Pink Sheet, sheet "Monthly Prices": commodities across, months `1960M01` down.

From documentation only: title rows, a row of commodity names, a row of units "($/mt)", an
ellipsis for months without price. Only commodities that the region's vocabulary knows are read;
the others are counted.
"""

from __future__ import annotations

import re

import numpy as np

from analytics.ingest.entries import Reading, entries_of
from analytics.ingest.findings import FileRefused, Severity, finding_of_file, joined
from analytics.ingest.grids import Book, Grid
from analytics.ingest.layouts.layout import Layout, Task
from analytics.ingest.numbers import Style

NAME = "pink_sheet"
DATASETS = ("prices",)
MONTH = re.compile(r"(19|20)\d\dM\d\d")
WORLD = "WLD"


def recognise(book: Book, _task: Task) -> float:
    """Certain by months written `1960M01` in the first column."""
    return 1.0 if any(_first_month(grid) is not None for grid in book.grids) else 0.0


def _first_month(grid: Grid) -> int | None:
    cells = [row[0] for row in grid.head if row]
    return next((at for at, cell in enumerate(cells) if MONTH.fullmatch(cell)), None)


def read(book: Book, task: Task) -> Reading:
    """Entries of the known commodities of the first sheet with months."""
    grid = next(grid for grid in book.grids if _first_month(grid) is not None)
    first = _first_month(grid)
    if first is None or first < 2:
        raise FileRefused("header_missing", file=book.name, found=grid.sheet)
    names, units = grid.head[first - 2], grid.head[first - 1]
    known = [at for at in range(1, grid.width) if _is_known(names[at], task)]
    left_out = sum(bool(name) for name in names[1:]) - len(known)
    months = grid.column(0).str.strip().to_numpy()
    rows = np.array([at for at in range(first, grid.height) if MONTH.fullmatch(months[at])], int)
    entries = entries_of(
        grid,
        rows=np.repeat(rows, len(known)),
        columns=np.tile(np.array(known, int), len(rows)),
        area=WORLD,
        item=[_bare(names[at]) for at in known] * len(rows),
        indicator="price_world",
        period=np.repeat(months[rows], len(known)),
        unit=[units[at].strip("()") for at in known] * len(rows),
    )
    note = finding_of_file(
        "commodities_left_out", Severity.NOTE, sheet=grid.sheet, found=str(left_out)
    )
    told = [note] if left_out else []
    return Reading(layout=NAME, entries=entries, findings=joined(told), style=Style.DOT)


def _bare(name: str) -> str:
    return name.rstrip("* ").strip()


def _is_known(name: str, task: Task) -> bool:
    return bool(name) and bool(task.region.items.find(_bare(name)).code)


LAYOUT = Layout(NAME, DATASETS, recognise, read)
