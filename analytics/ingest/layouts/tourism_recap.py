"""Recap of visits per site and month: sites down with months across, or one site and month a row.

From documentation and the wording of offices only: columns Destinasi (or Daya Tarik Wisata), Bulan,
Tahun, Wisnus, Wisman, Hari buka, Hari tutup, Pendapatan; or months across, each with Wisnus and
Wisman below, the year in the title.
"""

from __future__ import annotations

from analytics.ingest.crosstab import Crosstab
from analytics.ingest.entries import Reading, together
from analytics.ingest.grids import Book
from analytics.ingest.headings import HeadingReader
from analytics.ingest.layouts.crosstabs import reading_of, tables_of
from analytics.ingest.layouts.layout import Layout, Task
from analytics.ingest.records import Records, entries_of_records, find_records

NAME = "tourism_recap"
DATASETS = ("visits",)


def recognise(book: Book, task: Task) -> float:
    """Sure of sites with visits by month, down or across."""
    if _records(book, task):
        return 0.9
    return 0.88 if _across(book, task) else 0.0


def _records(book: Book, task: Task) -> list[Records]:
    found = [find_records(grid, task.region) for grid in book.grids]
    return [
        records for records in found
        if records and "place" in records.roles and any(m.indicator for m in records.measures)
    ]  # fmt: skip


def _across(book: Book, task: Task) -> list[Crosstab]:
    """Tables of known sites whose columns name months."""
    return [
        table for table in tables_of(book, task)
        if table.role == "place" and any(h.month for h in table.columns.values())
    ]  # fmt: skip


def read(book: Book, task: Task) -> Reading:
    """Entries of all sheets; figures without an indicator are visits."""
    records = _records(book, task)
    if records:
        parts = [entries_of_records(one, task.region, **_said_above(one, task)) for one in records]
        return Reading(layout=NAME, entries=together(parts))
    reading = reading_of(NAME, _across(book, task), task)
    entries = reading.entries
    named = entries["indicator"].mask(entries["indicator"] == "", "visits")
    items = entries["item"].mask(entries["item"] == "", "kunjungan")
    return Reading(
        layout=NAME, entries=entries.assign(indicator=named, item=items), findings=reading.findings
    )


def _said_above(records: Records, task: Task) -> dict[str, object]:
    """The year and the month of a title, for tables that have no column of them."""
    titles = [cell for row in records.grid.head[: records.header] for cell in row if cell]
    title = HeadingReader(task.region).read_title(titles)
    said: dict[str, object] = {"item": "kunjungan"}
    return said | ({"year": title.year} if title.year else {})


LAYOUT = Layout(NAME, DATASETS, recognise, read)
