"""Sheets as grids of text: CSV (one or several in a ZIP), XLSX, XLS and ODS look alike from here.

Spreadsheets are read by calamine (XLSX, XLS and ODS in one library, values as last stored).
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import PurePosixPath

import numpy as np
import pandas as pd
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from analytics.ingest.door import BROKEN_ARCHIVE, Upload, open_upload, tables_within
from analytics.ingest.findings import FileRefused, Severity, finding_of_file, joined, no_findings

DELIMITERS = (",", ";", "\t", "|")
SNIFFED_ROWS = 200
SNIFFED_LETTERS = 400_000
HEAD_ROWS = 60
# A cell with a formula and no stored result; what Excel itself saves always has one.
FORMULA_WITHOUT_VALUE = re.compile(
    rb'<c r="([A-Z]+)(\d+)"[^>]*>\s*<f[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
SPATIAL_KINDS = frozenset({"geojson", "gpkg", "shapefile"})
NAMED_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16")


def column_letter(position: int) -> str:
    """`A` for 0, `AA` for 26."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True)
class Grid:
    """One sheet. Every cell is text, empty where empty; row 0 is the sheet's first row.

    `is_number` is True where the file stores a number and not characters; None for text files.
    """

    sheet: str
    cells: pd.DataFrame
    is_number: np.ndarray | None = field(default=None, repr=False)

    @property
    def height(self) -> int:
        return len(self.cells)

    @property
    def width(self) -> int:
        return len(self.cells.columns)

    @cached_property
    def head(self) -> list[list[str]]:
        """The first rows with blanks trimmed: all that recognising a layout needs."""
        return [
            [cell.strip() for cell in row] for row in self.cells.head(HEAD_ROWS).to_numpy().tolist()
        ]

    def column(self, position: int) -> pd.Series:
        """A column's cells, as they stand."""
        return self.cells.iloc[:, position]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Row position and trimmed cells, one row after the other."""
        for position, row in enumerate(self.cells.itertuples(index=False, name=None)):
            yield position, [str(cell).strip() for cell in row]


@dataclass(frozen=True)
class Book:
    """All sheets of one file that hold something, and what was noticed while reading.

    `shapes` are the geometries of a spatial file in WGS 84, an array a sheet, one a record.
    """

    name: str
    kind: str
    grids: tuple[Grid, ...]
    findings: pd.DataFrame
    text: str = field(default="", repr=False)
    shapes: tuple[np.ndarray, ...] = field(default=(), repr=False)


def read_book(upload: Upload) -> Book:
    """The file's sheets. Raises FileRefused when it cannot be read or holds no cell."""
    if upload.kind in SPATIAL_KINDS:
        from analytics.ingest.spatial import read_spatial

        return read_spatial(upload)
    if upload.kind == "json":
        return Book(upload.name, upload.kind, (), no_findings(), text=upload.text)
    texts = _texts_within(upload)
    reading = [_text_grid(sheet, text) for sheet, text in texts] or _workbook_grids(upload)
    grids = tuple(grid for grid in reading if grid.height and grid.width)
    if not grids:
        raise FileRefused("empty", file=upload.name)
    try:
        of_letters = [_encoding_finding(sheet, text) for sheet, text in texts]
        findings = joined([*of_letters, _formula_findings(upload)])
    except BROKEN_ARCHIVE as error:
        raise FileRefused("cut", file=upload.name) from error
    return Book(upload.name, upload.kind, grids, findings)


def _encoding_finding(sheet: str, upload: Upload) -> pd.DataFrame:
    if upload.encoding in NAMED_ENCODINGS:
        return no_findings()
    return finding_of_file("encoding_guessed", Severity.WARNING, sheet=sheet, found=upload.encoding)


# Text files


def _texts_within(upload: Upload) -> list[tuple[str, Upload]]:
    """The text files of an upload by the sheet that each makes; none in a workbook.

    Raises FileRefused, naming the part, for a part of an archive that is no text.
    """
    if upload.kind == "text":
        return [("", upload)]
    if upload.kind != "tables":
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(upload.content)) as archive:
            contents = {name: archive.read(name) for name in tables_within(archive.namelist())}
    except BROKEN_ARCHIVE as error:
        raise FileRefused("cut", file=upload.name) from error
    filled = {name: content for name, content in contents.items() if content.strip()}
    parts = [
        (PurePosixPath(name).stem, open_upload(name, content)) for name, content in filled.items()
    ]
    for _sheet, part in parts:
        if part.kind != "text":
            raise FileRefused("foreign", file=part.name, found=part.kind)
    return parts


def _text_grid(sheet: str, upload: Upload) -> Grid:
    delimiter = _delimiter(upload.text[:SNIFFED_LETTERS])
    width = _width(upload, delimiter)
    frame = pd.read_csv(
        io.BytesIO(upload.content),
        encoding=upload.encoding,
        sep=delimiter,
        header=None,
        names=range(width),
        index_col=False,
        dtype=str,
        na_filter=False,
        skip_blank_lines=False,
        low_memory=False,
    )
    return Grid(sheet=sheet, cells=frame.fillna(""))


def _delimiter(words: str) -> str:
    """The mark that parts most rows into the same number of cells."""
    return max(DELIMITERS, key=lambda mark: _evenness(words, mark))


def _evenness(words: str, delimiter: str) -> tuple[float, int]:
    """Share of rows that have the commonest width above one, and that width."""
    reader = csv.reader(io.StringIO(words), delimiter=delimiter)
    widths: list[int] = []
    try:
        for row in reader:
            widths.append(len(row))
            if len(widths) == SNIFFED_ROWS:
                break
    except csv.Error:
        return 0.0, 0
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0.0, 0
    commonest = max(set(wide), key=lambda width: (wide.count(width), width))
    return round(wide.count(commonest) / len(widths), 2), commonest


def _width(upload: Upload, delimiter: str) -> int:
    """Cells of the widest row. Raises FileRefused when a quote is never closed."""
    try:
        stream = io.TextIOWrapper(io.BytesIO(upload.content), encoding=upload.encoding, newline="")
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        return max((len(row) for row in reader), default=0)
    except csv.Error as error:
        raise FileRefused("quotes", file=upload.name, found=str(error)) from error


# Workbooks


def _workbook_grids(upload: Upload) -> list[Grid]:
    try:
        with CalamineWorkbook.from_object(io.BytesIO(upload.content)) as workbook:
            return [_sheet_grid(workbook.get_sheet_by_name(name)) for name in workbook.sheet_names]
    except PasswordError as error:
        raise FileRefused("password", file=upload.name) from error
    except (CalamineError, *BROKEN_ARCHIVE) as error:
        raise FileRefused("cut", file=upload.name) from error


def _sheet_grid(sheet: CalamineSheet) -> Grid:
    """Cells as text from the sheet's first row and column; merged cells repeat down their rows.

    Across columns they are left as they are: layouts read a heading to the right of itself.
    """
    rows = sheet.to_python(skip_empty_area=False)
    values = [[as_text(cell) for cell in row] for row in rows]
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        for row in range(top + 1, min(bottom + 1, len(values))):
            values[row][left] = values[row][left] or values[top][left]
    numbers = np.array([[is_number(cell) for cell in row] for row in rows], dtype=bool)
    return Grid(sheet=sheet.name, cells=pd.DataFrame(values, dtype=object), is_number=numbers)


def is_number(cell: object) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def as_text(cell: object) -> str:
    """Numbers without a needless `.0`, dates as ISO, everything else as it is shown."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time | timedelta):
        return str(cell)
    return str(cell)


def _formula_findings(upload: Upload) -> pd.DataFrame:
    """Cells of an XLSX whose formula was never calculated: their value is in no program's file."""
    if upload.kind != "xlsx":
        return no_findings()
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(upload.content)) as archive:
        for part in archive.namelist():
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                found += _uncalculated(archive.read(part))
    if not found:
        return no_findings()
    return finding_of_file(
        "formula_without_result", Severity.ERROR, found=_listed(found), expected=str(len(found))
    )


def _uncalculated(content: bytes) -> list[str]:
    if b"<f" not in content:
        return []
    return [(match[1] + match[2]).decode() for match in FORMULA_WITHOUT_VALUE.finditer(content)]


def _listed(cells: Sequence[str], most: int = 10) -> str:
    return ", ".join(cells[:most]) + (" …" if len(cells) > most else "")
