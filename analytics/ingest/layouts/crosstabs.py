"""Tables across of a book, as the layouts that read such tables share them."""

from __future__ import annotations

from analytics.ingest.crosstab import Crosstab, entries, understand
from analytics.ingest.entries import Reading, together
from analytics.ingest.findings import joined
from analytics.ingest.grids import Book
from analytics.ingest.layouts.layout import Task

MANY_ROWS = 2000


def tables_of(book: Book, task: Task) -> list[Crosstab]:
    """The tables on all sheets; sheets far too long for one are left out."""
    grids = [grid for grid in book.grids if grid.height <= MANY_ROWS]
    found = [understand(grid, task.region) for grid in grids]
    return [table for table in found if table is not None]


def reading_of(name: str, tables: list[Crosstab], task: Task) -> Reading:
    """One reading over all tables of a book."""
    return Reading(
        layout=name,
        entries=together([entries(table, task.region, area=task.default_area) for table in tables]),
        findings=joined(table.findings for table in tables),
    )
