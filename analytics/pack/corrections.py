"""Corrections of source errors: read from a table, applied only while their guard holds."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd

from analytics.i18n import text

CORRECTION_COLUMNS: tuple[str, ...] = (
    "row_id",
    "field",
    "raw_value",
    "corrected_value",
    "kind",
    "reason",
    "evidence",
)


class CorrectionError(ValueError):
    """A correction that cannot be applied; the message tells which and why."""


class GuardMismatch(CorrectionError):
    """The source no longer holds the value that a correction was written for."""

    def __init__(self, *, row_id: int, field: str, expected: float, found: float) -> None:
        self.row_id = row_id
        self.field = field
        self.expected = expected
        self.found = found
        super().__init__(
            f"Correction of row {row_id}, column {field}: expected the entered value "
            f"{expected:g}, found {found:g}. If the source was mended, remove the correction."
        )


class UnknownTarget(CorrectionError):
    """A correction names a row or a column that the table does not have."""

    def __init__(self, *, row_id: int, field: str) -> None:
        self.row_id = row_id
        self.field = field
        super().__init__(
            f"Correction of row {row_id}, column {field}: the table has no such cell. "
            "Check the row number and the column name."
        )


class RepeatedCorrection(CorrectionError):
    """Two corrections of one cell."""

    def __init__(self, *, row_id: int, field: str) -> None:
        self.row_id = row_id
        self.field = field
        super().__init__(
            f"Row {row_id}, column {field}: corrected twice. Keep one of the two entries."
        )


def kind_name(kind: str, language: str) -> str:
    """The kind of a correction in words."""
    return text(f"corrections.kind.{kind}", language)


def reason_text(reason: str, language: str) -> str:
    """The reason of a correction, or of a candidate left alone, as a sentence."""
    return text(f"corrections.reason.{reason}", language)


def read_corrections(path: Path) -> pd.DataFrame:
    """The corrections of a CSV file, typed as by `typed_corrections`."""
    return typed_corrections(pd.read_csv(path, dtype=str, keep_default_na=False))


def typed_corrections(corrections: pd.DataFrame) -> pd.DataFrame:
    """Row numbers as integers, values as floats (an empty corrected value is NaN: missing).

    Raises CorrectionError for a missing column, RepeatedCorrection for a cell corrected twice.
    """
    lacking = [column for column in CORRECTION_COLUMNS if column not in corrections.columns]
    if lacking:
        raise CorrectionError(f"The corrections lack the columns {', '.join(lacking)}.")
    typed = corrections[list(CORRECTION_COLUMNS)].assign(
        row_id=corrections["row_id"].astype("int64"),
        raw_value=_numbers(corrections["raw_value"]).fillna(0.0),
        corrected_value=_numbers(corrections["corrected_value"]),
    )
    cells = list(zip(typed["row_id"], typed["field"], strict=True))
    for cell in cells:
        if cells.count(cell) > 1:
            raise RepeatedCorrection(row_id=int(cell[0]), field=str(cell[1]))
    return typed.reset_index(drop=True)


def apply_corrections(table: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    """A copy of the table with every correction applied; missing is NaN.

    `table` has the column `row_id` and a column of numbers (0 or empty: not reported) for each
    field. Raises GuardMismatch when a cell no longer holds the value the correction was written
    for, UnknownTarget when there is no such cell.
    """
    entries = typed_corrections(corrections)
    columns = {
        field: _numbers(table[field]).tolist() if field in table and field != "row_id" else None
        for field in entries["field"].unique()
    }
    places = {int(row_id): place for place, row_id in enumerate(table["row_id"])}
    for entry in zip(*(entries[name] for name in CORRECTION_COLUMNS[:4]), strict=True):
        _apply(columns, places, *entry)
    return table.assign(**columns)


def _apply(
    columns: dict[str, list[float] | None],
    places: dict[int, int],
    row_id: int,
    field: str,
    expected: float,
    value: float,
) -> None:
    column = columns[field]
    if column is None or row_id not in places:
        raise UnknownTarget(row_id=row_id, field=field)
    found = column[places[row_id]]
    found = 0.0 if math.isnan(found) else found
    if found != expected:
        raise GuardMismatch(row_id=row_id, field=field, expected=expected, found=found)
    column[places[row_id]] = value


def _numbers(values: pd.Series) -> pd.Series:
    return pd.to_numeric(values.replace("", None)).astype(float)
