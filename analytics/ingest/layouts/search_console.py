"""Search Console exports: clicks by day, and what was searched, mapped to attractions.

The workbook, or the ZIP of CSV files, has the sheets Queries, Pages, Countries, Devices, Dates
(Chart) and Filters; in Indonesian Kueri, Halaman, Negara, Perangkat, Bagan, Filter. Layouts from
exports described in public; nobody's file is copied. Read are the sheet of dates and the sheet of
queries. A query counts for the one attraction whose whole name stands in it, wherever that lies:
so regency and city do not mix. Queries that name none or several are counted and left out.

Queries bear no day. Their period is the range of dates in Filters, else the days of the sheet of
dates, else two ISO days in the file's name; without any of them the queries are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analytics.ingest.entries import Reading, entries_of, together
from analytics.ingest.findings import FileRefused, Severity, finding_of_file, joined, no_findings
from analytics.ingest.grids import Book, Grid
from analytics.ingest.headings import spaced
from analytics.ingest.layouts.layout import Layout, Task
from analytics.ingest.periods import read_period
from analytics.ingest.places import plain
from analytics.ingest.region import Region

NAME = "search_console"
DATASETS = ("search_interest",)
ITEM = "pencarian"
DAYS = frozenset({"date", "tanggal"})
QUERIES = frozenset({"topqueries", "query", "queries", "kueriteratas", "kueri"})
CLICKS = frozenset({"clicks", "klik"})
IMPRESSIONS = frozenset({"impressions", "tayangan"})
BESIDE = frozenset({*IMPRESSIONS, "position", "posisi", "ctr"})
MEASURES = ((CLICKS, "search_clicks", "click"), (IMPRESSIONS, "search_impressions", "impression"))
FILTER_VALUES = frozenset({"value", "nilai"})
SEARCH_TYPES = frozenset({"searchtype", "jenispenelusuran", "jenispencarian", "tipepenelusuran"})
SEARCHED_ROWS = 3
COUNT = re.compile(r"\d+|\d{1,3}([.,]\d{3})+")
ISO_DAY = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")
# `Aug 28, 2026` or `28 Agu 2026`.
WRITTEN_DAY = re.compile(
    r"([A-Za-z]{3,9})\.? (\d{1,2}), (\d{4})|(\d{1,2}) ([A-Za-z]{3,9})\.? (\d{4})"
)
LONGEST_LIST = 5


@dataclass(frozen=True)
class _Table:
    """A sheet of the export: its heading row, the column of days or queries, those of counts."""

    grid: Grid
    header: int
    label: int
    measures: dict[str, int]

    @property
    def rows(self) -> np.ndarray:
        """Positions of rows that name a day or a query."""
        names = self.grid.column(self.label).str.strip().to_numpy()
        chosen: np.ndarray = np.flatnonzero(names != "")
        return chosen[chosen > self.header]

    @property
    def names(self) -> np.ndarray:
        """What each row names."""
        names: np.ndarray = self.grid.column(self.label).str.strip().to_numpy()[self.rows]
        return names


def recognise(book: Book, _task: Task) -> float:
    """Very sure by days or queries, clicks, and impressions, position or CTR beside them."""
    return 0.97 if _table(book, DAYS) or _table(book, QUERIES) else 0.0


def _table(book: Book, labels: frozenset[str]) -> _Table | None:
    """The first sheet whose first column is one of the labels."""
    return next((found for grid in book.grids if (found := _table_of(grid, labels))), None)


def _table_of(grid: Grid, labels: frozenset[str]) -> _Table | None:
    for position, row in enumerate(grid.head[:SEARCHED_ROWS]):
        names = [plain(cell) for cell in row]
        if names[:1] and names[0] in labels and CLICKS & set(names) and BESIDE & set(names):
            measures = {
                indicator: at
                for headings, indicator, _ in MEASURES
                for at, name in enumerate(names)
                if name in headings
            }
            return _Table(grid, position, 0, measures)
    return None


def read(book: Book, task: Task) -> Reading:
    """One entry a day, and one an attraction and measure over the period of the queries.

    Raises FileRefused when there are queries and nothing says of which days.
    """
    dated, queries = _table(book, DAYS), _table(book, QUERIES)
    filters = dict(_filters(book))
    parts, findings = [], [_about_filters(filters)]
    if dated:
        parts.append(_day_entries(dated, task))
    if queries:
        period = _period(book, filters, dated)
        entries, told = _query_entries(queries, task.region, period)
        parts.append(entries)
        findings += [told, _about_years(period)]
    return Reading(layout=NAME, entries=together(parts), findings=joined(findings))


def _day_entries(table: _Table, task: Task) -> pd.DataFrame:
    columns = np.full(len(table.rows), table.measures["search_clicks"])
    return entries_of(
        table.grid, rows=table.rows, columns=columns, area=task.default_area, item=ITEM,
        indicator="search_clicks", period=table.names, unit="click",
    )  # fmt: skip


# What the export was asked for


def _filters(book: Book) -> Iterator[tuple[str, str]]:
    """Name and value of each filter, as they stand."""
    for grid in book.grids:
        for position, row in enumerate(grid.head[:SEARCHED_ROWS]):
            name, value = ([plain(cell) for cell in row[:2]] + ["", ""])[:2]
            if name == "filter" and value in FILTER_VALUES:
                yield from ((row[0], row[1]) for row in grid.head[position + 1 :] if row[0])


def _about_filters(filters: dict[str, str]) -> pd.DataFrame:
    """A note when the export holds a part only: one country, one page, images alone."""
    narrow = [
        f"{name}: {value}"
        for name, value in filters.items()
        if plain(name) not in DAYS and not (plain(name) in SEARCH_TYPES and plain(value) == "web")
    ]
    if not narrow:
        return no_findings()
    return finding_of_file("search_filtered", Severity.NOTE, found="; ".join(narrow))


def _period(book: Book, filters: dict[str, str], dated: _Table | None) -> tuple[date, date]:
    """First and last day of the queries. Raises FileRefused, naming the filter, without them."""
    asked = next((value for name, value in filters.items() if plain(name) in DAYS), "")
    days = _days_written(asked)
    if len(days) != 2 and dated:
        days = [span.start for name in dated.names if (span := read_period(str(name)))]
    if len(days) < 2:
        days = [date.fromisoformat(day) for day in ISO_DAY.findall(book.name)]
    if len(days) < 2:
        raise FileRefused("search_period", file=book.name, found=asked or "?")
    return min(days), max(days)


def _days_written(words: str) -> list[date]:
    texts = ISO_DAY.findall(words) or [
        " ".join((m[2], m[1], m[3]) if m[1] else (m[4], m[5], m[6]))
        for m in WRITTEN_DAY.finditer(words)
    ]
    spans = [read_period(text) for text in texts]
    return [span.start for span in spans if span]


def _about_years(period: tuple[date, date]) -> pd.DataFrame:
    """A warning when the queries span two years: no year can be told from them."""
    if period[0].year == period[1].year:
        return no_findings()
    words = f"{period[0].isoformat()} – {period[1].isoformat()}"
    return finding_of_file("search_span_of_years", Severity.WARNING, found=words)


# Queries


def _query_entries(
    table: _Table, region: Region, period: tuple[date, date]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One entry an attraction and measure, at the cell of its first query; what was left out."""
    places = np.array([attraction_of(str(name), region) for name in table.names], dtype=object)
    mapped = np.flatnonzero(places != "")
    words = f"{period[0].isoformat()} – {period[1].isoformat()}"
    parts = []
    for _, indicator, unit in MEASURES:
        if indicator in table.measures:
            parts.append(_sums(table, mapped, places, indicator).assign(period=words, unit=unit))
    return together(parts), _about_queries(table, places == "")


def _sums(table: _Table, at: np.ndarray, places: np.ndarray, indicator: str) -> pd.DataFrame:
    """Sums by attraction; a cell that is no count stays an entry of its own, as it stands."""
    rows, column = table.rows[at], table.measures[indicator]
    entries = entries_of(
        table.grid, rows=rows, columns=np.full(len(rows), column), place=places[at], item=ITEM,
        indicator=indicator,
    )  # fmt: skip
    is_count = entries["value"].str.strip().map(lambda cell: bool(COUNT.fullmatch(cell)))
    counts = entries[is_count].assign(
        n=lambda frame: frame["value"].str.replace(r"\D", "", regex=True).astype(int)
    )
    sums = counts.groupby("place", sort=False)["n"].sum()
    first = counts.drop_duplicates("place").drop(columns="n")
    return together(
        [first.assign(value=first["place"].map(sums).astype(str), is_number=False),
         entries[~is_count]]
    )  # fmt: skip


def attraction_of(query: str, region: Region) -> str:
    """The one destination whose whole name stands in a query; empty for none or several."""
    rest, found = spaced(query), []
    for phrase, place in _attractions(region):
        if phrase in rest:
            found.append(place)
            rest = rest.replace(phrase, "  ")
    return found[0] if len(set(found)) == 1 else ""


def _attractions(region: Region) -> list[tuple[str, str]]:
    """Names of destinations with their codes, longest first; no code for a name of several."""
    table = region.tables["places"]
    own = table[table["kind"] == "destination"]
    codes: dict[str, str] = {}
    for name, code in zip(own["place_name"].map(spaced), own["place"], strict=True):
        codes[name] = "" if name in codes else code
    return sorted(codes.items(), key=lambda pair: (-len(pair[0]), pair[0]))


def _about_queries(table: _Table, is_left: np.ndarray) -> pd.DataFrame:
    """A note that counts the queries that name no attraction, and names the first of them."""
    left: Sequence[str] = [str(name) for name in table.names[is_left]]
    if not left:
        return no_findings()
    told = ", ".join(left[:LONGEST_LIST]) + (" …" if len(left) > LONGEST_LIST else "")
    return finding_of_file(
        "search_queries_left_out", Severity.NOTE, sheet=table.grid.sheet, found=str(len(left)),
        expected=told,
    )  # fmt: skip


LAYOUT = Layout(NAME, DATASETS, recognise, read)
