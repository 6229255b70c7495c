"""Panel Harga Pangan (Badan Pangan Nasional): records, or commodities down and days across.

From documentation only: records have the columns Tanggal, Provinsi, Kab/Kota, Komoditas, Harga and
Satuan (also Level Harga); the wide export has one column a day or month with Indonesian month
names ("1 Januari 2024", "Jan 2024").
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.ingest.days_across import DaysAcross, commodity_rows, entries_of_days, find_days
from analytics.ingest.entries import Reading, together
from analytics.ingest.grids import Book
from analytics.ingest.layouts.layout import Layout, Task
from analytics.ingest.records import Records, entries_of_records, find_records, role_of

NAME = "panel_harga"
DATASETS = ("prices",)
LABELS = frozenset({"komoditas", "nama komoditas", "nama variant", "varian"})
RECORD_ROLES = frozenset({"item", "period"})
NO_PRICE = "not_reported"
DEFAULT_INDICATOR = "price_retail"


def recognise(book: Book, task: Task) -> float:
    """Fairly sure of commodities beside days, or of records with a commodity, a day and a price."""
    if any(find_days(grid, label_words=LABELS) for grid in book.grids):
        return 0.75
    return 0.75 if _records(book, task) else 0.0


def _records(book: Book, task: Task) -> list[Records]:
    found = [find_records(grid, task.region) for grid in book.grids]
    return [r for r in found if r and set(r.roles) >= RECORD_ROLES and _has_price(r)]


def _has_price(records: Records) -> bool:
    heads = records.grid.head[records.header]
    return any("harga" in heads[measure.position].lower() for measure in records.measures)


def read(book: Book, task: Task) -> Reading:
    """Entries of all sheets; prices are retail unless a column says otherwise."""
    wide = [t for g in book.grids if (t := find_days(g, label_words=LABELS)) is not None]
    if wide:
        entries = together([_of_days(table, task) for table in wide])
        return Reading(layout=NAME, entries=entries, dash_caveat=NO_PRICE)
    parts = [_of_records(records, task) for records in _records(book, task)]
    return Reading(layout=NAME, entries=together(parts), dash_caveat=NO_PRICE, keeps_empty=True)


def _of_days(table: DaysAcross, task: Task) -> pd.DataFrame:
    rows = commodity_rows(table)
    columns = {role_of(cell): at for at, cell in enumerate(table.grid.head[table.header]) if cell}
    said: dict[str, object] = {
        role: np.repeat(table.grid.column(columns[role]).to_numpy()[rows], len(table.periods))
        for role in ("area", "unit")
        if role in columns and columns[role] not in table.periods
    }
    roles: dict[str, object] = {"area": task.area, "indicator": DEFAULT_INDICATOR, **said}
    return _with_units(entries_of_days(table, rows, **roles))


def _of_records(records: Records, task: Task) -> pd.DataFrame:
    constants = {"area": task.area, "indicator": DEFAULT_INDICATOR}
    return _with_units(entries_of_records(records, task.region, **constants))


def _with_units(frame: pd.DataFrame) -> pd.DataFrame:
    """`Rp./Kg` stands in a column of units; without one, prices are per kilogram or litre."""
    liquid = frame["item"].str.contains("minyak goreng", case=False, regex=False)
    usual = pd.Series(np.where(liquid, "IDR/l", "IDR/kg"), index=frame.index)
    if "unit" not in frame:
        return frame.assign(unit=usual)
    short = frame["unit"].str.strip().str.lower().isin(["", "kg", "liter", "l", "lt"])
    return frame.assign(unit=frame["unit"].mask(short, usual))


LAYOUT = Layout(NAME, DATASETS, recognise, read)
