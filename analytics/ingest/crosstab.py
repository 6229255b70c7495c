"""Tables with names down the side and periods, items or indicators across (BPS and the like).

Title rows, headings of several rows (a year only over its first month, two languages with a line
break), spacer columns, section rows, totals and notes are told apart here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analytics.ingest.entries import entries_of
from analytics.ingest.findings import Severity, finding_of_file, joined, no_findings
from analytics.ingest.grids import Grid, column_letter
from analytics.ingest.headings import Heading, HeadingReader, is_note
from analytics.ingest.numbers import prepared
from analytics.ingest.periods import year_number
from analytics.ingest.places import is_total, plain, section_level, split_level
from analytics.ingest.region import Region

AREA, ITEM, PLACE = "area", "item", "place"
NUMBERED = re.compile(r"[\[(]\d{1,3}[\])]")
VALUE_LIKE = re.compile(r"-?[\d.,\s]*\d[\d.,\s]*(\*{1,2}|[rex])?|[-–—−…]|\.{2,4}|n\.?a\.?", re.I)
# A table counts only when this many of its rows bear known names.
KNOWN_SHARE = 0.5
TOTAL_CAVEAT = "total_as_printed"


@dataclass(frozen=True)
class Row:
    """A data row: its position, its name as typed and what the name is."""

    position: int
    name: str
    level: str = ""
    is_total: bool = False


@dataclass(frozen=True)
class Crosstab:
    """A table understood: which column names its rows, what its columns say, its data rows."""

    grid: Grid
    label: int
    role: str
    rows: tuple[Row, ...]
    columns: dict[int, Heading]
    header: tuple[int, ...]
    title: Heading
    findings: pd.DataFrame = field(default_factory=no_findings, repr=False)

    @property
    def periods(self) -> set[str]:
        """Periods that the columns name themselves."""
        return {heading.period for heading in self.columns.values() if heading.period}

    @property
    def levels(self) -> set[str]:
        """Levels of areas among the rows."""
        return {row.level for row in self.rows if not row.is_total}


def understand(grid: Grid, region: Region) -> Crosstab | None:
    """The table on a sheet; None when there is none with names that the region knows."""
    rows = [row for _, row in grid.rows()]
    label = _label_column(rows, region)
    if label is None:
        return None
    position, role = label
    first = _first_data_row(rows, position, region, role)
    if first is None:
        return None
    titles, header = _above(rows, first, position)
    reader = HeadingReader(region)
    title = reader.read_title(titles).over(reader.read_title([grid.sheet]))
    data = _data_rows(rows, first, position, role, region, _label_heading(rows, header, position))
    stacks = _stacks(rows, header, position)
    columns, strange = _columns(rows, data, stacks, reader, position)
    if not columns or not data:
        return None
    findings = joined(
        finding_of_file("column_not_understood", Severity.WARNING, sheet=grid.sheet,
                        found=f"{column_letter(at)}: {words_in}")
        for at, words_in in strange
    )  # fmt: skip
    return Crosstab(grid, position, role, tuple(data), columns, tuple(header), title, findings)


def entries(table: Crosstab, region: Region, *, area: str) -> pd.DataFrame:
    """One entry for each row and value column of the table.

    `area` is the area of tables that list commodities; sites say by themselves where they lie.
    """
    positions = np.array([row.position for row in table.rows])
    columns = np.array(list(table.columns))
    row_at = np.repeat(positions, len(columns))
    column_at = np.tile(columns, len(positions))
    defaults = HeadingReader(region).default_items
    headings = [_completed(h.over(table.title), defaults) for h in table.columns.values()]
    names = [row for row in table.rows for _ in columns]
    roles = {
        "item": [heading.item for heading in headings] * len(positions),
        "indicator": [heading.indicator for heading in headings] * len(positions),
        "period": [heading.period for heading in headings] * len(positions),
        "unit": [heading.unit for heading in headings] * len(positions),
        "level": [row.level for row in names],
        "area": "" if table.role == PLACE else area,
        "place": "",
        "caveat": [TOTAL_CAVEAT if row.is_total else "" for row in names],
    }
    roles[table.role] = [row.name for row in names]
    frame = entries_of(table.grid, rows=row_at, columns=column_at, **roles)
    frame[f"{table.role}_row"] = frame["row"]
    frame[f"{table.role}_column"] = column_letter(table.label)
    header_row = max(table.header, default=0) + 1
    for role in {"item", "indicator", "period", "unit"} - {table.role}:
        frame[f"{role}_row"] = header_row
    return frame


def _completed(heading: Heading, defaults: Mapping[str, str]) -> Heading:
    """A heading whose item follows from its indicator where none is named."""
    return heading.over(Heading(item=defaults.get(heading.indicator, "")))


# Rows


def is_value_like(cell: str) -> bool:
    """Whether a cell could be a figure or a mark that stands for one."""
    return bool(cell) and bool(VALUE_LIKE.fullmatch(prepared(cell)[0].strip() or cell))


def _label_column(rows: Sequence[Sequence[str]], region: Region) -> tuple[int, str] | None:
    """The first column most of whose names the region knows, and as what."""
    for position in range(min(4, max((len(row) for row in rows), default=0))):
        names = [row[position] for row in rows if _is_name(row[position])]
        names = [name for name in names if not section_level(name)]
        for role in (AREA, PLACE, ITEM):
            known = sum(_is_known(name, role, region) for name in names)
            if known >= 1 and known >= KNOWN_SHARE * _rows_with_values(rows, position):
                return position, role
    return None


def _rows_with_values(rows: Sequence[Sequence[str]], position: int) -> int:
    """Rows that bear a name in this column and figures to the right of it."""
    return sum(
        _is_name(row[position])
        and any(is_value_like(cell) and not year_number(cell) for cell in row[position + 1 :])
        for row in rows
    )


def _is_name(cell: str) -> bool:
    return any(sign.isalpha() for sign in cell) and not is_note(cell)


def _is_known(name: str, role: str, region: Region) -> bool:
    if role == AREA:
        level, bare = split_level(name)
        match = region.areas.find(name)
        return bool(match.code) or match.reason == "ambiguous" or (bool(level) and bool(bare))
    names = region.places if role == PLACE else region.items
    return bool(names.find(name).code)


def _first_data_row(
    rows: Sequence[Sequence[str]], label: int, region: Region, role: str
) -> int | None:
    for position, row in enumerate(rows):
        name, figures = row[label], [cell for cell in row[label + 1 :] if cell]
        if not _is_name(name) or not any(is_value_like(cell) for cell in figures):
            continue
        only_years = all(year_number(cell) or NUMBERED.fullmatch(cell) for cell in figures)
        if not only_years or _is_known(name, role, region):
            return _with_unreadable_above(rows, position, label, region, role)
    return None


def _with_unreadable_above(
    rows: Sequence[Sequence[str]], first: int, label: int, region: Region, role: str
) -> int:
    """The first row with a figure, or rows of known names just above whose cells are none."""
    while first and _is_named_row(rows[first - 1], label, region, role):
        first -= 1
    return first


def _is_named_row(row: Sequence[str], label: int, region: Region, role: str) -> bool:
    """A known name with something beside it, figure or not: what is none must be told."""
    return any(row[label + 1 :]) and _is_name(row[label]) and _is_known(row[label], role, region)


def _above(rows: Sequence[Sequence[str]], first: int, label: int) -> tuple[list[str], list[int]]:
    """Texts of the title and positions of the heading rows above the first data row."""
    titles: list[str] = []
    header: list[int] = []
    for position in range(first):
        row = rows[position]
        cells = [cell for cell in row[label + 1 :] if cell]
        if all(NUMBERED.fullmatch(cell) for cell in row if cell):
            continue
        is_section = bool(section_level(row[label])) and not cells
        if cells and not is_section:
            header.append(position)
        elif any(row) and not is_section:
            if header and row[label] and not is_note(row[label]):
                continue  # the label's own heading on a second row
            titles += [cell for cell in row if cell]
    return titles, header


def _label_heading(rows: Sequence[Sequence[str]], header: Sequence[int], label: int) -> str:
    return " ".join(rows[position][label] for position in header)


def _data_rows(
    rows: Sequence[Sequence[str]],
    first: int,
    label: int,
    role: str,
    region: Region,
    heading: str,
) -> list[Row]:
    """Rows from the first to the notes, each with the level that heading and sections give it."""
    level = _level_of_heading(heading)
    sections = [section_level(rows[position][label]) for position in range(first)]
    level = next((found for found in reversed(sections) if found), level)
    data: list[Row] = []
    for position in range(first, len(rows)):
        name = rows[position][label]
        has_values = any(is_value_like(cell) for cell in rows[position][label + 1 :])
        if is_note(name) and not has_values:
            break
        if section_level(name) and not has_values:
            level = section_level(name)
        elif NUMBERED.fullmatch(name):
            continue
        elif (name and has_values) or _is_named_row(rows[position], label, region, role):
            data.append(_row(position, name, level, role, region))
    return data


def _level_of_heading(heading: str) -> str:
    """`Kecamatan` or `Subdistrict` lists kecamatan; `Kabupaten/Kota` lists both kinds."""
    found = {plain(part) for part in re.split(r"[\s/]+", heading)}
    return "kecamatan" if found & {"kecamatan", "subdistrict", "district"} else ""


def _row(position: int, name: str, level: str, role: str, region: Region) -> Row:
    """A total stands for the region in a list of kecamatan, else for what lies above it."""
    if role == AREA and is_total(name):
        whole = region.ref_area if level == "kecamatan" else region.parent_area
        return Row(position, whole, "", is_total=True)
    code = region.areas.find(name, level=level).code if role == AREA else ""
    is_whole = level == "kecamatan" and code in (region.ref_area, region.parent_area)
    return Row(position, name, level, is_total=is_whole and bool(code))


# Columns


def _stacks(
    rows: Sequence[Sequence[str]], header: Sequence[int], label: int
) -> dict[int, list[str]]:
    """The headings above each column, top down: a heading holds until the next one on its row,
    but never past the edge of the heading above it."""
    width = max((len(row) for row in rows), default=0)
    stacks: dict[int, list[str]] = {column: [] for column in range(label + 1, width)}
    edges: set[int] = set()
    for position in header:
        current, own_edges = "", set()
        for column in stacks:
            cell = rows[position][column]
            if cell:
                current = cell
                own_edges.add(column)
            elif column in edges:
                current = ""
            stacks[column].append(current)
        edges |= own_edges
    return stacks


def _columns(
    rows: Sequence[Sequence[str]],
    data: Sequence[Row],
    stacks: dict[int, list[str]],
    reader: HeadingReader,
    label: int,
) -> tuple[dict[int, Heading], list[tuple[int, str]]]:
    """What each column with figures says, and those with figures that say nothing."""
    found: dict[int, Heading] = {}
    strange: list[tuple[int, str]] = []
    for column, texts in stacks.items():
        cells = [rows[row.position][column] for row in data]
        if column == label or not any(cells):
            continue
        heading = Heading()
        for text in texts:
            heading = reader.read(text).over(heading) if text else heading
        if heading != Heading():
            found[column] = heading
        elif any(is_value_like(cell) for cell in cells):
            strange.append((column, " / ".join(text for text in texts if text)))
    return found, strange
