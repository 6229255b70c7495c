"""Any other table, read by a mapping that a person made and saved (see profiles.py)."""

from __future__ import annotations

from analytics.ingest.datasets import dataset_forms
from analytics.ingest.entries import Reading, together
from analytics.ingest.grids import Book
from analytics.ingest.layouts.layout import Layout, Task
from analytics.ingest.profiles import Profile, records_of
from analytics.ingest.records import Records, entries_of_records

NAME = "mapped"
DATASETS = tuple(dataset_forms())


def recognise(book: Book, task: Task) -> float:
    """Certain when the profile's columns are all there; nothing without a profile."""
    return 1.0 if _records(book, task) else 0.0


def _records(book: Book, task: Task) -> list[Records]:
    if not task.profile:
        return []
    profile = Profile.of(task.profile)
    found = [records_of(grid, profile, task.region) for grid in book.grids]
    return [records for records in found if records is not None]


def read(book: Book, task: Task) -> Reading:
    """Entries of every sheet that has the profile's columns."""
    profile = Profile.of(task.profile)
    constants = {"area": task.area, **profile.constants} if task.area else dict(profile.constants)
    parts = [
        entries_of_records(records, task.region, **constants) for records in _records(book, task)
    ]
    return Reading(
        layout=NAME,
        entries=together(parts),
        zero_is_missing=profile.zero_is_missing,
        may_name_places=task.form.new_places,
    )


LAYOUT = Layout(NAME, DATASETS, recognise, read, by_mapping=True)
