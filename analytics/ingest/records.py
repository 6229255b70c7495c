"""Tables whose columns say what they hold: one record a row (long, or several figures a row)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from analytics.ingest.entries import NAMED_ROLES, entries_of, together
from analytics.ingest.grids import Grid, column_letter
from analytics.ingest.headings import HeadingReader, is_note
from analytics.ingest.periods import is_provisional, month_number, year_number
from analytics.ingest.places import plain
from analytics.ingest.region import Region, words

PERIOD_PARTS = ("period", "period_start", "period_end", "year", "month", "half")
SEARCHED_ROWS = 25
FEWEST_COLUMNS = 2


@dataclass(frozen=True)
class Measure:
    """A column of figures: its position and what its heading says of them."""

    position: int
    indicator: str = ""
    unit: str = ""
    item: str = ""


@dataclass(frozen=True)
class Records:
    """A table understood: its heading row, the columns of each role, its columns of figures.

    `spare` are further columns that name the same: they speak in rows where the first is empty.
    """

    grid: Grid
    header: int
    roles: Mapping[str, int]
    measures: tuple[Measure, ...]
    unknown: tuple[str, ...] = field(default=())
    spare: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """Position of the first record."""
        return self.header + 1


@cache
def roles_by_heading() -> Mapping[str, str]:
    """The role of a column by its heading in plain letters."""
    return {
        plain(heading): role for role, headings in words()["columns"].items()
        for heading in headings
    }  # fmt: skip


def role_of(heading: str) -> str:
    """The role a heading names, in either of its two languages; empty when it names none."""
    known = roles_by_heading()
    for part in (heading, *heading.split("\n"), heading.split("(")[0]):
        role = known.get(plain(part), "")
        if role:
            return role
    return ""


def find_records(grid: Grid, region: Region, *, needs_names: bool = True) -> Records | None:
    """The table with the most columns that are understood; None when fewer than two are.

    `needs_names`: one column says who or what a row is about, where nothing else does.
    """
    best: Records | None = None
    reader = HeadingReader(region)
    for position, row in enumerate(grid.head[:SEARCHED_ROWS]):
        found = _understood(grid, position, row, reader, needs_names=needs_names)
        if found and (best is None or _breadth(found) > _breadth(best)):
            best = found
    return best


def _breadth(records: Records) -> int:
    return len(records.roles) + len(records.measures)


def _understood(
    grid: Grid, position: int, row: Sequence[str], reader: HeadingReader, *, needs_names: bool
) -> Records | None:
    roles: dict[str, int] = {}
    measures: list[Measure] = []
    unknown: list[str] = []
    spare: dict[str, tuple[int, ...]] = {}
    for column, heading in enumerate(row):
        role = role_of(heading) if heading else "ignored"
        if role == "value":
            measures.append(Measure(column, unit=reader.unit_in(heading)))
        elif role in roles and role in NAMED_ROLES and role not in PERIOD_PARTS:
            spare[role] = (*spare.get(role, ()), column)
        elif role:
            roles.setdefault(role, column)
        else:
            measure = _measure(column, heading, reader)
            if measure:
                measures.append(measure)
            else:
                unknown.append(heading)
    roles.pop("ignored", None)
    if not measures and "text" not in roles:
        return None
    has_names = bool({"area", "place", "item", "indicator"} & set(roles))
    fewest = FEWEST_COLUMNS + 1 if has_names else FEWEST_COLUMNS
    if (needs_names and not has_names) or len(roles) + len(measures) < fewest:
        return None
    return Records(grid, position, roles, tuple(measures), tuple(unknown), spare)


def _measure(column: int, heading: str, reader: HeadingReader) -> Measure | None:
    """A column of figures named after an indicator, also with an item: `Produksi padi (ton)`."""
    code = reader.region.indicators.find(heading.split("(")[0].strip()).code
    indicator = code or reader.indicator_in(heading)
    if not indicator:
        return None
    # A heading that is the measure's whole name says nothing of the item: "Target kinerja".
    item = "" if code else reader.item_in(heading)
    return Measure(column, indicator, reader.unit_in(heading), item)


def entries_of_records(records: Records, region: Region, **constants: Any) -> pd.DataFrame:
    """One entry for each record and column of figures, up to the notes below the table.

    `constants` are roles for which the file has no column.
    """
    rows = _record_rows(records)
    texts = {
        role: _named(records, role, rows)[0] for role in records.roles if role not in PERIOD_PARTS
    }
    texts["period"] = _periods(records, rows, constants)
    measures = records.measures or (Measure(records.roles["text"]),)
    parts = [_entries(records, rows, texts, measure, region, constants) for measure in measures]
    return together(parts)


def _named(records: Records, role: str, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The text of a role in each row, and the position of the column that says it."""
    first, *further = (records.roles[role], *records.spare.get(role, ()))
    told = records.grid.column(first).iloc[rows].to_numpy()
    at = np.full(len(rows), first)
    for column in further:
        other = records.grid.column(column).iloc[rows].to_numpy()
        speaks = (told == "") & (other != "")
        told, at = np.where(speaks, other, told), np.where(speaks, column, at)
    return told, at


def _record_rows(records: Records) -> np.ndarray:
    """Positions of rows that hold anything, down to the first note."""
    body = records.grid.cells.iloc[records.first :]
    columns = [*records.roles.values(), *(m.position for m in records.measures)]
    has_any = np.zeros(len(body), dtype=bool)
    for column in columns:
        has_any |= body.iloc[:, column].to_numpy() != ""
    rows = np.flatnonzero(has_any) + records.first
    leading = min(columns)
    notes = [row for row in rows[-12:] if is_note(str(records.grid.cells.iat[row, leading]))]
    return rows[rows < notes[0]] if notes else rows


def _entries(
    records: Records,
    rows: np.ndarray,
    texts: Mapping[str, np.ndarray],
    measure: Measure,
    region: Region,
    constants: Mapping[str, Any],
) -> pd.DataFrame:
    """Entries of one column of figures: what its heading says goes before the constants."""
    said: dict[str, Any] = {"unit": measure.unit, "indicator": measure.indicator}
    said["item"] = measure.item
    known = {role: value for role, value in {**constants, **_filled(said)}.items() if value != ""}
    roles = {**known, **{role: text for role, text in texts.items() if role not in _filled(said)}}
    columns = np.full(len(rows), measure.position)
    frame = entries_of(records.grid, rows=rows, columns=columns, **roles)
    frame = _with_default_item(frame, region)
    for role in NAMED_ROLES:
        position = _position_of(records, role)
        if position is not None:
            frame[f"{role}_row"] = frame["row"]
            frame[f"{role}_column"] = column_letter(position)
        if role in records.spare:
            _, at = _named(records, role, rows)
            frame[f"{role}_column"] = [column_letter(int(column)) for column in at]
    return frame


def _filled(said: Mapping[str, Any]) -> dict[str, Any]:
    return {role: value for role, value in said.items() if value}


def _position_of(records: Records, role: str) -> int | None:
    parts = PERIOD_PARTS if role == "period" else (role,)
    return next((records.roles[part] for part in parts if part in records.roles), None)


def _with_default_item(frame: pd.DataFrame, region: Region) -> pd.DataFrame:
    """Items that follow from the indicator, where the file names none."""
    if "item" in frame or "indicator" not in frame:
        return frame
    defaults = HeadingReader(region).default_items
    codes, distinct = pd.factorize(frame["indicator"])
    items = [defaults.get(region.indicators.find(str(name)).code, "") for name in distinct]
    return frame.assign(item=np.array(items, dtype=object)[codes])


# Periods


def _periods(records: Records, rows: np.ndarray, constants: Mapping[str, Any]) -> Any:
    """One text a record: a period as it stands, or put together from its parts."""
    parts = {
        name: records.grid.column(records.roles[name]).iloc[rows].str.strip()
        for name in PERIOD_PARTS
        if name in records.roles
    }
    for name in ("year", "month"):
        if name not in parts and constants.get(name):
            parts[name] = pd.Series(str(constants[name]), index=records.grid.cells.index[rows])
    if not parts:
        return constants.get("period", "")
    table = pd.DataFrame(parts)
    distinct = table.drop_duplicates()
    composed = [_period_text(dict(zip(parts, row, strict=True))) for row in
                distinct.itertuples(index=False, name=None)]  # fmt: skip
    joined = table.merge(distinct.assign(_text=composed), on=list(parts), how="left")
    return joined["_text"].to_numpy()


def _period_text(parts: Mapping[str, str]) -> str:
    half = parts.get("half", "")
    if parts.get("period"):
        return _of_period_and_parts(parts["period"], parts.get("month", ""), half)
    if parts.get("period_start") and parts.get("period_end"):
        start, end = parts["period_start"], parts["period_end"]
        return start if start == end else f"{start} – {end}"
    if parts.get("period_start"):
        return parts["period_start"]
    return _of_year_and_month(parts.get("year", ""), parts.get("month", ""), half)


def _of_period_and_parts(period: str, month: str, half: str) -> str:
    """A period as it stands; a bare year takes its month, a month its half."""
    if month and year_number(period):
        return _of_year_and_month(period, month, half)
    if not half:
        return period
    return f"{period.rstrip('* ')} {_bare(half)}{_star(period)}"


def _of_year_and_month(year: str, month: str, half: str) -> str:
    """`2024`, `2024-03*`, `Maret 2024 I`, starred where year or month is.

    What is no year or month stays in the text and is refused.
    """
    if not year or not month:
        return year or month
    number, whole_year = _month_of(month.rstrip("* ")), year_number(year)
    if number is None or whole_year is None:
        return f"{month} {year}"
    star = _star(year) or _star(month)
    if half:
        return f"{MONTH_NAMES[number - 1]} {whole_year} {_bare(half)}{star}"
    return f"{whole_year}-{number:02d}{star}"


def _month_of(text: str) -> int | None:
    return int(text) if text.isdigit() and 1 <= int(text) <= 12 else month_number(text)


def _bare(half: str) -> str:
    return half.removeprefix("Periode ").strip()


def _star(text: str) -> str:
    """The mark of provisional figures, wherever the office put it."""
    return "*" if text.endswith("*") or is_provisional(text) else ""


MONTH_NAMES = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
