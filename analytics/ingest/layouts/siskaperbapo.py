"""SISKAPERBAPO Jawa Timur: the table of a day, and the archives in JSON.

Met in real files: the daily archive (`date`, then commodities, each with its markets) and the
archive of producer prices (`commodities` with `columns` and `prices` by day). From documentation
only: the table of the site (No, Nama Komoditas, Satuan, Harga Kemarin, Harga Sekarang, Perubahan),
whose day and area stand in the title. Units are not stated in the archives; their level fits
rupiah per kilogram.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analytics.ingest.entries import Reading, entries_of, together
from analytics.ingest.findings import FileRefused
from analytics.ingest.grids import Book, Grid
from analytics.ingest.layouts.layout import Layout, Task
from analytics.ingest.numbers import Style
from analytics.ingest.periods import read_period
from analytics.ingest.places import plain

NAME = "siskaperbapo"
DATASETS = ("prices",)
TODAY_HEADINGS = frozenset({"hargasekarang", "hargahariini"})
ITEM_HEADINGS = frozenset({"namakomoditas", "namabahanpokok", "komoditas"})
TYPES = {"produsen": "price_producer", "konsumen": "price_retail"}
LABELS_OF_ARCHIVE = frozenset({"date", "source", "type", "lastUpdate", "dateRange"})
DATE_IN_TEXT = re.compile(r"\d{1,2}[ -/]+\w+[ -/]+\d{4}|\d{4}-\d\d-\d\d")
AREA_AT_END = re.compile(r"(Kabupaten|Kota) [\w ]+$")


def recognise(book: Book, _task: Task) -> float:
    """Certain of an archive by its `source`; of the table by its two columns of prices."""
    if book.kind == "json":
        return 1.0 if "siskaperbapo" in book.text[:5000].lower() else 0.0
    return 0.95 if any(_heading_row(grid) is not None for grid in book.grids) else 0.0


def _heading_row(grid: Grid) -> int | None:
    for position, row in enumerate(grid.head):
        words = {plain(cell) for cell in row}
        if words & TODAY_HEADINGS and words & ITEM_HEADINGS:
            return position
    return None


def read(book: Book, task: Task) -> Reading:
    """Entries of the table's day, or of every day of an archive."""
    if book.kind == "json":
        entries = _of_archive(book, task)
    else:
        tables = [grid for grid in book.grids if _heading_row(grid) is not None]
        entries = together([_of_table(grid, task) for grid in tables])
    return Reading(layout=NAME, entries=entries, style=_style(book), dash_caveat="not_reported",
                   may_name_places=True)  # fmt: skip


def _style(book: Book) -> Style | None:
    return Style.DOT if book.kind == "json" else None


# The table


def _of_table(grid: Grid, task: Task) -> pd.DataFrame:
    header = _heading_row(grid)
    assert header is not None
    words = [plain(cell) for cell in grid.head[header]]
    item = next(at for at, word in enumerate(words) if word in ITEM_HEADINGS)
    price = next(at for at, word in enumerate(words) if word in TODAY_HEADINGS)
    names = grid.column(item).str.strip().to_numpy()
    rows = np.array([at for at in range(header + 1, grid.height) if names[at]], dtype=int)
    titles = [cell for row in grid.head[:header] for cell in row if cell]
    return entries_of(
        grid,
        rows=rows,
        columns=np.full(len(rows), price),
        area=_area_in(titles, task),
        item=[name.lstrip("- ") for name in names[rows]],
        indicator="price_retail",
        period=_day_in(titles),
        unit=_units(grid, words, rows),
    ).assign(item_row=rows + 1)


def _units(grid: Grid, words: list[str], rows: np.ndarray) -> np.ndarray | str:
    """Rupiah per kilogram, or per litre where the column of units says so."""
    if "satuan" not in words:
        return "IDR/kg"
    units = grid.column(words.index("satuan")).iloc[rows].str.strip().str.lower()
    return ("IDR/" + units.map({"liter": "l", "lt": "l"}).fillna("kg")).to_numpy()


def _day_in(titles: list[str]) -> str:
    found = [match for title in titles for match in DATE_IN_TEXT.findall(title)]
    return next((text for text in found if read_period(text)), "")


def _area_in(titles: list[str], task: Task) -> str:
    for title in titles:
        for part in re.split(r"[:,\n]| di | tanggal ", title):
            code = task.region.areas.find(part.strip()).code if part.strip() else ""
            if code:
                return code
    return task.area


# The archives


def _of_archive(book: Book, task: Task) -> pd.DataFrame:
    content = json.loads(book.text)
    rows = list(_archive_rows(content)) if isinstance(content, dict) else []
    if not rows:
        raise FileRefused("json_layout", file=book.name)
    frame = pd.DataFrame(rows, columns=["period", "item", "place", "value"])
    kind = str(content.get("type", ""))
    return frame.assign(
        sheet="",
        row=np.arange(1, len(frame) + 1),
        column="",
        is_number=frame["value"] != "",
        area=frame["place"].map(_area_of_market(frame["place"], task)),
        indicator=TYPES.get(kind, "price_producer"),
        unit="IDR/kg",
    )


def _archive_rows(content: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Day, commodity, market and price as text; numbers only, everything else is skipped."""
    if isinstance(content.get("commodities"), dict):
        for item, entry in content["commodities"].items():
            for day, prices in entry.get("prices", {}).items():
                for market, price in zip(entry.get("columns", ()), prices, strict=False):
                    yield day, item, market, _price(price)
        return
    day = str(content.get("date", ""))
    for item, markets in content.items():
        if item not in LABELS_OF_ARCHIVE and isinstance(markets, dict):
            for market, price in markets.items():
                yield day, item, market, _price(price)


def _price(price: object) -> str:
    is_number = isinstance(price, int | float) and not isinstance(price, bool)
    return f"{price:.10g}" if is_number else ""


def _area_of_market(names: pd.Series, task: Task) -> dict[str, str]:
    """The regency or city at the end of a market's name, as the source files it."""
    found = {}
    for name in names.unique():
        match = AREA_AT_END.search(str(name))
        known = task.region.places.find(str(name)).code
        found[name] = "" if known or not match else match[0]
    return found


LAYOUT = Layout(NAME, DATASETS, recognise, read)
