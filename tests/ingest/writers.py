"""Writes tables the way their makers do, so that reading them can be tested."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence

import pandas as pd
from openpyxl import Workbook

Cells = Sequence[Sequence[object]]
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def as_csv(cells: Cells, *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """A CSV file with Windows line ends."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(cells)
    return stream.getvalue().encode(encoding)


def as_xlsx(*sheets: tuple[str, Cells], merged: Sequence[str] = ()) -> bytes:
    """An XLSX with these sheets; `merged` are ranges of the first one."""
    book = Workbook()
    book.remove(book.active)
    for name, cells in sheets:
        sheet = book.create_sheet(name)
        for row in cells:
            sheet.append(list(row))
    for span in merged:
        book.worksheets[0].merge_cells(span)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_ods(name: str, cells: Cells) -> bytes:
    """An ODS with one sheet."""
    stream = io.BytesIO()
    frame = pd.DataFrame([list(row) for row in cells])
    with pd.ExcelWriter(stream, engine="odf") as writer:
        frame.to_excel(writer, sheet_name=name, header=False, index=False)
    return stream.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """An archive with one more part, or that part replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def indonesian(value: float, decimals: int = 2) -> str:
    """`240.224,41`."""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def english(value: float, decimals: int = 2) -> str:
    """`240,224.41`."""
    return f"{value:,.{decimals}f}"


def with_blanks(value: float, decimals: int = 2) -> str:
    """`240 224,41`."""
    return f"{value:,.{decimals}f}".replace(",", " ").replace(".", ",")


def plain(value: float, decimals: int = 2) -> str:
    """`240224.41`."""
    return f"{value:.{decimals}f}"


STYLES = {"indonesian": indonesian, "english": english, "blanks": with_blanks, "plain": plain}
