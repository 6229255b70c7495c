"""Reports of extension workers: planted, standing, harvested, failed and pest-ridden area.

From documentation and the wording of offices only (laporan SP padi/palawija by village and
half-month): columns Kecamatan, Desa, Komoditas, Tahun, Bulan, Periode (I/II), Tanam, Tanaman akhir,
Panen, Puso, OPT. A village is a place of its kecamatan; a village nobody knows yet is a new place,
with a warning.
"""

from __future__ import annotations

import pandas as pd

from analytics.ingest.entries import Reading, together
from analytics.ingest.grids import Book
from analytics.ingest.layouts.layout import Layout, Task
from analytics.ingest.records import Records, entries_of_records, find_records

NAME = "field_report"
DATASETS = ("planting",)
AREA_INDICATORS = frozenset(
    {"planted_area", "standing_area", "harvested_area", "failed_area", "pest_area"}
)
FEWEST_MEASURES = 2


def recognise(book: Book, task: Task) -> float:
    """Sure of records by kecamatan with two or more of the areas of such a report."""
    return 0.92 if _records(book, task) else 0.0


def _records(book: Book, task: Task) -> list[Records]:
    found = [find_records(grid, task.region) for grid in book.grids]
    return [r for r in found if r and "area" in r.roles and _area_measures(r) >= FEWEST_MEASURES]


def _area_measures(records: Records) -> int:
    return sum(measure.indicator in AREA_INDICATORS for measure in records.measures)


def read(book: Book, task: Task) -> Reading:
    """Entries of all sheets."""
    parts = [_of_sheet(records, task) for records in _records(book, task)]
    return Reading(layout=NAME, entries=together(parts), may_name_places=True)


def _of_sheet(records: Records, task: Task) -> pd.DataFrame:
    frame = entries_of_records(records, task.region, level="kecamatan", unit="ha")
    if "village" not in frame:
        return frame
    villages = frame["village"].str.strip()
    named = "Desa " + villages.str.replace(r"^(desa|kelurahan)\s+", "", case=False, regex=True)
    return frame.assign(place=named.where(villages != "", ""))


LAYOUT = Layout(NAME, DATASETS, recognise, read)
