"""Tables of "Kecamatan/Kabupaten Dalam Angka": kecamatan down, what is measured across, one year.

From documentation only (BPS, Kabupaten Dalam Angka, chapters 2, 3 and 5): the year stands in the
title, headings are bilingual with a line break, a numbering row "(1) (2) (3)" follows them, the
regency's total closes the table. Also years within each measure, as in tables of several years.
"""

from __future__ import annotations

from analytics.ingest.entries import Reading
from analytics.ingest.grids import Book
from analytics.ingest.layouts.crosstabs import reading_of, tables_of
from analytics.ingest.layouts.layout import Layout, Task

NAME = "dalam_angka"
DATASETS = ("agriculture", "population", "planting", "rice_monthly")


def recognise(book: Book, task: Task) -> float:
    """Sure when kecamatan stand down the side; surer when the columns name what is measured."""
    tables = [table for table in tables_of(book, task) if table.role == "area"]
    of_kecamatan = [table for table in tables if "kecamatan" in table.levels]
    across = [table for table in of_kecamatan if len(table.periods) < 2]
    if across:
        return 0.85
    return 0.6 if tables else 0.0


def read(book: Book, task: Task) -> Reading:
    """Entries of every such table of the book."""
    tables = [table for table in tables_of(book, task) if table.role == "area"]
    return reading_of(NAME, tables, task)


LAYOUT = Layout(NAME, DATASETS, recognise, read)
