"""BPS tables: areas down, years or months across, the year only over its first month.

Met in real files: CSV of production and harvested area of rice by kabupaten/kota, 2018-2024 (two
heading rows, months and "Tahunan", the title to the right of the label). From documentation and
the descriptions of other tables: sections "Kabupaten/Regency" and "Kota/Municipality", numbered and
letter-spaced names, provisional years, bilingual headings, notes.
"""

from __future__ import annotations

from analytics.ingest.entries import Reading
from analytics.ingest.grids import Book
from analytics.ingest.layouts.crosstabs import reading_of, tables_of
from analytics.ingest.layouts.layout import Layout, Task

NAME = "bps_table"
DATASETS = ("agriculture", "rice_monthly", "population", "cpi", "hotel_survey")


def recognise(book: Book, task: Task) -> float:
    """Sure when areas stand down the side and two or more periods across."""
    tables = tables_of(book, task)
    across = [table for table in tables if table.role == "area" and len(table.periods) > 1]
    return 0.9 if across else 0.0


def read(book: Book, task: Task) -> Reading:
    """Entries of every such table of the book."""
    tables = [table for table in tables_of(book, task) if table.role == "area"]
    return reading_of(NAME, tables, task)


LAYOUT = Layout(NAME, DATASETS, recognise, read)
