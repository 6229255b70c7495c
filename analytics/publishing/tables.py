"""Tables as files: CSV, JSON, Parquet, XLSX. A training region's files say so in every row."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence

import pandas as pd

TRAINING_NOTICE = "DATA LATIHAN"
TRAINING_COLUMN = "training_notice"
# What a spreadsheet takes for the start of a formula, also behind a line break or in full width.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Characters that no workbook can hold.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
FORMATS = ("csv", "json", "parquet", "xlsx")
ABOUT_SHEET = "Tentang"
BAND_FILL = "FFD54F"
MAX_COLUMN_WIDTH = 60


def with_training_notice(frame: pd.DataFrame, *, is_training: bool) -> pd.DataFrame:
    """The frame, with the notice as first column when its region is for training."""
    if not is_training:
        return frame
    return pd.concat(
        [pd.Series(TRAINING_NOTICE, index=frame.index, name=TRAINING_COLUMN), frame], axis=1
    )


def table_bytes(
    frame: pd.DataFrame,
    *,
    file_format: str,
    is_training: bool,
    about: Sequence[tuple[str, str]] = (),
) -> bytes:
    """The frame as a file. `about` rows fill the XLSX sheet "Tentang"; dates are ISO dates."""
    writers = {"csv": _csv, "json": _json, "parquet": _parquet}
    frame = with_training_notice(plain_dates(frame), is_training=is_training)
    if file_format == "xlsx":
        return _xlsx(frame, is_training=is_training, about=about)
    return writers[file_format](frame)


def plain_dates(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with moments as dates; what is missing is None."""
    dated = frame.copy()
    for column in dated.columns[dated.dtypes.map(pd.api.types.is_datetime64_any_dtype)]:
        values = dated[column]
        dated[column] = values.dt.date.astype(object).where(values.notna(), None)
    return dated


def guarded(frame: pd.DataFrame) -> pd.DataFrame:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it."""
    safe = frame.copy()
    for position, dtype in enumerate(frame.dtypes):
        if not (pd.api.types.is_numeric_dtype(dtype) or pd.api.types.is_bool_dtype(dtype)):
            safe.isetitem(position, frame.iloc[:, position].map(guard))
    return safe.set_axis([guard(name) for name in frame.columns], axis="columns")


def guard(cell: object) -> object:
    """One cell of a table to take away: see `guarded`."""
    if not isinstance(cell, str):
        return cell
    # A lone carriage return would end the row of a CSV file.
    plain = CONTROLS.sub("", cell).replace("\r\n", "\n").replace("\r", "\n")
    return f"'{plain}" if plain.startswith(FORMULA_STARTS) else plain


def _csv(frame: pd.DataFrame) -> bytes:
    return guarded(frame).to_csv(index=False, lineterminator="\n").encode("utf-8")


def _json(frame: pd.DataFrame) -> bytes:
    records = json_records(frame)
    return (json.dumps(records, ensure_ascii=False, default=str, indent=1) + "\n").encode("utf-8")


def json_records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Rows as JSON objects: what is missing is null, dates are ISO dates."""
    plain = plain_dates(frame)
    known = plain.notna() & ~plain.isin([float("inf"), float("-inf")])
    return plain.astype(object).where(known, None).to_dict("records")


def _parquet(frame: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False, compression="zstd")
    return buffer.getvalue()


def _xlsx(frame: pd.DataFrame, *, is_training: bool, about: Sequence[tuple[str, str]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font, PatternFill

    book = Workbook()
    sheet = book.active
    sheet.title = "Data"
    if is_training:
        sheet.append([TRAINING_NOTICE])
        sheet["A1"].font = Font(bold=True, size=16)
        for column in range(1, len(frame.columns) + 1):
            sheet.cell(row=1, column=column).fill = PatternFill("solid", fgColor=BAND_FILL)
    safe = guarded(frame.astype(object).where(frame.notna(), None))
    sheet.append([str(column) for column in safe.columns])
    header_row = sheet.max_row
    for cell in sheet[header_row]:
        cell.font = Font(bold=True)
    for row in safe.itertuples(index=False):
        sheet.append([_plain(cell) for cell in row])
    sheet.freeze_panes = f"A{header_row + 1}"
    _fit_columns(sheet, frame)
    _about_sheet(book, about, is_training=is_training)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _plain(cell: object) -> object:
    return cell.item() if hasattr(cell, "item") else cell


def _fit_columns(sheet: object, frame: pd.DataFrame) -> None:
    from openpyxl.utils import get_column_letter

    for position, column in enumerate(frame.columns, start=1):
        longest = max([len(str(column)), *frame[column].astype(str).str.len().head(200)])
        width = min(longest + 2, MAX_COLUMN_WIDTH)
        sheet.column_dimensions[get_column_letter(position)].width = width  # type: ignore[attr-defined]


def _about_sheet(book: object, about: Sequence[tuple[str, str]], *, is_training: bool) -> None:
    from openpyxl.styles import Alignment, Font

    if not about:
        return
    sheet = book.create_sheet(ABOUT_SHEET)  # type: ignore[attr-defined]
    if is_training:
        sheet.append([TRAINING_NOTICE])
        sheet["A1"].font = Font(bold=True, size=16)
    for name, value in about:
        sheet.append([guard(name), guard(value)])
        sheet.cell(row=sheet.max_row, column=1).font = Font(bold=True)
        sheet.cell(row=sheet.max_row, column=2).alignment = Alignment(
            wrap_text=True, vertical="top"
        )
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 110


def file_name(stem: str, *, suffix: str, is_training: bool) -> str:
    """Name of a file to take away, marked when its region is for training."""
    prefix = "DATA-LATIHAN_" if is_training else ""
    return f"{prefix}{stem}.{suffix}"


def about_rows(values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Rows of the "Tentang" sheet from what is known, empty values left out."""
    return tuple((name, value) for name, value in values.items() if value)
