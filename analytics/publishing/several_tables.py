"""Several tables as one workbook: a sheet each, what they are about on the first."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import pandas as pd

from analytics.publishing.tables import table_bytes

# What no name of a sheet may hold, and how long it may be.
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31


def sheet_name(name: str, taken: Sequence[str] = ()) -> str:
    """A name that a workbook takes, with a number behind it where it is taken."""
    plain = FORBIDDEN.sub(" ", name).strip()[:LONGEST_NAME] or "Data"
    number, found = 2, plain
    while found.lower() in {one.lower() for one in taken}:
        found = f"{plain[: LONGEST_NAME - 3]} {number}"
        number += 1
    return found


def workbook_bytes(
    sheets: Sequence[tuple[str, pd.DataFrame]],
    *,
    is_training: bool,
    about: Sequence[tuple[str, str]],
) -> bytes:
    """The tables as XLSX, one sheet each in their order, the last sheet says what they are.

    Each sheet is written as a single table's file is: text guarded, training data marked.
    """
    from openpyxl import Workbook, load_workbook

    book = Workbook()
    book.remove(book.active)
    for position, (name, frame) in enumerate(sheets, start=1):
        is_last = position == len(sheets)
        content = table_bytes(
            frame, file_format="xlsx", is_training=is_training, about=about if is_last else ()
        )
        for sheet in load_workbook(io.BytesIO(content)).worksheets:
            title = sheet_name(name if sheet.title == "Data" else sheet.title, book.sheetnames)
            _copy(sheet, book.create_sheet(title))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _copy(source: object, target: object) -> None:
    """Values, bold print, fills and widths of a sheet."""
    from copy import copy

    for row in source.iter_rows():  # type: ignore[attr-defined]
        for cell in row:
            made = target.cell(row=cell.row, column=cell.column, value=cell.value)  # type: ignore[attr-defined]
            if cell.has_style:
                made.font, made.fill = copy(cell.font), copy(cell.fill)
                made.alignment, made.number_format = copy(cell.alignment), cell.number_format
    for letter, size in source.column_dimensions.items():  # type: ignore[attr-defined]
        target.column_dimensions[letter].width = size.width  # type: ignore[attr-defined]
    target.freeze_panes = source.freeze_panes  # type: ignore[attr-defined]
