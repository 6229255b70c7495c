"""Reviews as platforms and offices export them: one review a row, with day, words, stars, place.

From the manner of common exports; nobody's file is copied. Only these four columns are read.
Names, handles and pictures of authors are never looked at, and the words lose them too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from analytics.ingest.entries import Reading, entries_of, together
from analytics.ingest.findings import Severity, finding_of_file, joined
from analytics.ingest.grids import Book, Grid
from analytics.ingest.layouts.layout import Layout, Task
from analytics.ingest.places import plain

NAME = "review_export"
DATASETS = ("reviews",)
HEADINGS = {
    "period": ("tanggal", "tanggal ulasan", "tanggal dibuat", "date", "published at", "created at",
               "waktu", "time", "publishedatdate", "iso date"),
    "text": ("teks", "teks ulasan", "ulasan", "isi ulasan", "komentar", "review", "review text",
             "text", "comment", "isi", "content"),
    "stars": ("bintang", "rating", "stars", "star rating", "nilai", "nilai ulasan", "score"),
    "place": ("tempat", "lokasi", "destinasi", "nama tempat", "place", "place name", "location",
              "nama lokasi", "title"),
}  # fmt: skip
NEEDED = frozenset({"period", "text"})
SEARCHED_ROWS = 10
ISO_MOMENT = re.compile(r"^(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d.*$")
STARS_OF_FIVE = re.compile(r"^\s*([1-5])(?:[.,]0)?\s*(?:/\s*5|bintang|stars?)?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class _Table:
    grid: Grid
    header: int
    columns: dict[str, int]


def recognise(book: Book, _task: Task) -> float:
    """Very sure by a column of days and one of words, and stars or places beside them."""
    found = _tables(book)
    if not found:
        return 0.0
    return 0.95 if any(len(table.columns) > len(NEEDED) for table in found) else 0.6


def _tables(book: Book) -> list[_Table]:
    return [table for grid in book.grids if (table := _table(grid)) is not None]


def _table(grid: Grid) -> _Table | None:
    known = {plain(name): role for role, names in HEADINGS.items() for name in names}
    for position, row in enumerate(grid.head[:SEARCHED_ROWS]):
        columns: dict[str, int] = {}
        for at, cell in enumerate(row):
            role = known.get(plain(cell))
            if role and role not in columns:
                columns[role] = at
        if set(columns) >= NEEDED:
            return _Table(grid, position, columns)
    return None


def read(book: Book, task: Task) -> Reading:
    """One entry a review with words; reviews that are stars alone are counted and left out."""
    found = _tables(book)
    entries = together([_entries(table, task) for table in found])
    wordless = sum(_wordless(table) for table in found)
    note = finding_of_file("review_wordless", Severity.NOTE, found=str(wordless))
    return Reading(layout=NAME, entries=entries, findings=joined([note] if wordless else []))


def _rows(table: _Table, *, with_words: bool) -> np.ndarray:
    grid = table.grid
    rows = np.arange(table.header + 1, grid.height)
    has = {role: (grid.column(at).str.strip() != "").to_numpy()[rows]
           for role, at in table.columns.items()}  # fmt: skip
    chosen: np.ndarray = rows[has["period"] & (has["text"] == with_words)]
    return chosen


def _wordless(table: _Table) -> int:
    return len(_rows(table, with_words=False))


def _entries(table: _Table, task: Task):  # type: ignore[no-untyped-def]
    rows, grid = _rows(table, with_words=True), table.grid
    texts = {role: grid.column(at).str.strip().to_numpy()[rows]
             for role, at in table.columns.items()}  # fmt: skip
    value_at = table.columns.get("stars", table.columns["text"])
    entries = entries_of(
        grid, rows=rows, columns=np.full(len(rows), value_at),
        area="" if "place" in texts else task.default_area,
        place=texts.get("place", ""), item="ulasan", indicator="review_text", unit="index",
        period=np.array([ISO_MOMENT.sub(r"\1", day) for day in texts["period"]], dtype=object),
        text=texts["text"],
    )  # fmt: skip
    stars = texts.get("stars", np.full(len(rows), "", dtype=object))
    return entries.assign(value=[STARS_OF_FIVE.sub(r"\1", star) for star in stars], is_number=False)


LAYOUT = Layout(NAME, DATASETS, recognise, read)
