"""BPS tables: areas (or the commodities of one area) down, years or months across.

The year may stand only over its first month. Met in real files: CSV of production and harvested
area of rice by kabupaten/kota, 2018-2024 (two heading rows, months and "Tahunan", the title to the
right of the label). From documentation and the descriptions of other tables: sections
"Kabupaten/Regency" and "Kota/Municipality", numbered and letter-spaced names, provisional years,
bilingual headings, notes, commodities of the regency down the side.
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
    across = [table for table in tables_of(book, task) if len(table.periods) > 1]
    if any(table.role == "area" for table in across):
        return 0.9
    return 0.8 if any(table.role == "item" for table in across) else 0.0


def read(book: Book, task: Task) -> Reading:
    """Entries of every such table of the book."""
    tables = [table for table in tables_of(book, task) if table.role != "place"]
    return reading_of(NAME, tables, task)


LAYOUT = Layout(NAME, DATASETS, recognise, read)
