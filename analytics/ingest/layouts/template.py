"""Our own forms: the long form of every dataset, and the template that an office filled.

The headings are those of `analytics/ingest/templates.py`, or the columns of the long table itself
(what an export of this app holds).
"""

from __future__ import annotations

from analytics.ingest.datasets import dataset_forms
from analytics.ingest.entries import Reading, together
from analytics.ingest.grids import Book
from analytics.ingest.layouts.layout import Layout, Task
from analytics.ingest.records import Records, entries_of_records, find_records
from analytics.ingest.region import Region

NAME = "template"
DATASETS = tuple(dataset_forms())
LONG_FORM = frozenset({"area", "item", "indicator"})
FEWEST_ROLES = 3
INFORMATION_SHEETS = frozenset({"Petunjuk", "Daftar kode", "About"})


def recognise(book: Book, task: Task) -> float:
    """Certain of the long table's own columns; fairly sure of any records with three roles."""
    found = _records(book, task.region)
    if not found:
        return 0.0
    if any(set(records.roles) >= LONG_FORM and records.measures for records in found):
        return 0.96
    return 0.7 if any(_is_whole(records) for records in found) else 0.55


def _is_whole(records: Records) -> bool:
    return len(records.roles) >= FEWEST_ROLES and not records.unknown


def _records(book: Book, region: Region) -> list[Records]:
    grids = [grid for grid in book.grids if grid.sheet not in INFORMATION_SHEETS]
    return [records for grid in grids if (records := find_records(grid, region)) is not None]


def read(book: Book, task: Task) -> Reading:
    """Entries of all sheets but those that only inform."""
    constants = {"area": task.area} if task.area else {}
    parts = [
        entries_of_records(records, task.region, **constants)
        for records in _records(book, task.region)
    ]
    return Reading(
        layout=NAME,
        entries=together(parts),
        keeps_empty=_is_long(book, task.region),
        may_name_places=task.form.new_places,
    )


def _is_long(book: Book, region: Region) -> bool:
    """In the long form an empty figure is a row that says "missing"; in a form it is not filled."""
    found = _records(book, region)
    return all("indicator" in records.roles for records in found)


LAYOUT = Layout(NAME, DATASETS, recognise, read)
