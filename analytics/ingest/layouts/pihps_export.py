"""Export of PIHPS (Bank Indonesia): commodities down, days across, every cell text.

Met in real files through programs that read them: columns "No" and "Komoditas (Rp)", days written
"03/ 01/ 2022", figures "43,750", "-" for a day without price; groups numbered with Roman numerals
repeat their items on average and are left out. The file does not name its area in every export:
a title that does is used, else the area must be said.
"""

from __future__ import annotations

import re

import numpy as np

from analytics.ingest.days_across import DaysAcross, commodity_rows, entries_of_days, find_days
from analytics.ingest.entries import Reading, together
from analytics.ingest.findings import Severity, finding_of_file, joined
from analytics.ingest.grids import Book
from analytics.ingest.layouts.layout import Layout, Task
from analytics.ingest.numbers import Style

NAME = "pihps_export"
DATASETS = ("prices",)
LABELS = frozenset({"komoditas"})
ROMAN = re.compile(r"[IVX]+\.?")
NO_PRICE = "not_reported"
IN_RUPIAH = re.compile(r"komoditas \(rp\)", re.IGNORECASE)
INDICATOR_WORDS = {"produsen": "price_producer", "besar": "price_wholesale"}


def recognise(book: Book, _task: Task) -> float:
    """Certain by the heading "Komoditas (Rp)" beside days."""
    tables = [find_days(grid, label_words=LABELS) for grid in book.grids]
    marked = [t for t in tables if t and IN_RUPIAH.match(t.grid.head[t.header][t.label])]
    return 0.98 if marked else 0.0


def read(book: Book, task: Task) -> Reading:
    """Entries of the items; groups are left out and counted."""
    tables = [t for g in book.grids if (t := find_days(g, label_words=LABELS)) is not None]
    groups = [_groups(table) for table in tables]
    parts = [
        entries_of_days(
            table,
            np.setdiff1d(commodity_rows(table), group),
            area=_area(table, task),
            indicator=_indicator(table),
            unit="",
        )
        for table, group in zip(tables, groups, strict=True)
    ]
    entries = together(parts)
    liquid = entries["item"].str.contains("minyak goreng", case=False, regex=False)
    entries["unit"] = np.where(liquid, "IDR/l", "IDR/kg")
    left_out = sum(len(group) for group in groups)
    told = [
        finding_of_file("groups_left_out", Severity.NOTE, found=str(left_out))
    ] if left_out else []  # fmt: skip
    return Reading(
        layout=NAME,
        entries=entries,
        findings=joined(told),
        style=Style.EITHER,
        dash_caveat=NO_PRICE,
    )


def _groups(table: DaysAcross) -> np.ndarray:
    """Rows of groups: a Roman numeral stands before the name."""
    if table.label == 0:
        return np.array([], dtype=int)
    numbers = table.grid.column(table.label - 1).str.strip()
    return np.array([at for at in range(len(numbers)) if ROMAN.fullmatch(numbers.iloc[at])], int)


def _area(table: DaysAcross, task: Task) -> str:
    """The area named above the table; the area that was said; nothing else is assumed."""
    for title in table.titles:
        for part in re.split(r"[:,\n]", title):
            code = task.region.areas.find(part.strip()).code if part.strip() else ""
            if code:
                return code
    return task.area


def _indicator(table: DaysAcross) -> str:
    """Retail unless the title names another level of price."""
    title = " ".join(table.titles).lower()
    return next((code for word, code in INDICATOR_WORDS.items() if word in title), "price_retail")


LAYOUT = Layout(NAME, DATASETS, recognise, read)
