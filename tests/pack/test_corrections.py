"""Corrections are applied only while the source still holds what they were written for."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest

from analytics.pack.corrections import (
    CORRECTION_COLUMNS,
    CorrectionError,
    GuardMismatch,
    RepeatedCorrection,
    UnknownTarget,
    apply_corrections,
    read_corrections,
)


def table() -> pd.DataFrame:
    return pd.DataFrame({"row_id": [7, 8], "eggs": [235000, 24000], "maize": [0, 5200]})


def corrections(*entries: tuple[object, ...]) -> pd.DataFrame:
    rows = [(*entry, "factor_ten", "zero_added", "") for entry in entries]
    return pd.DataFrame(rows, columns=list(CORRECTION_COLUMNS))


def test_a_correction_replaces_the_value_of_its_cell_only():
    corrected = apply_corrections(table(), corrections((7, "eggs", "235000", "23500")))
    assert corrected["eggs"].tolist() == [23500, 24000]
    assert corrected["maize"].tolist() == [0, 5200]


def test_an_empty_corrected_value_becomes_missing():
    corrected = apply_corrections(table(), corrections((8, "maize", "5200", "")))
    assert math.isnan(corrected["maize"].iloc[1])


def test_the_table_given_is_not_changed():
    entered = table()
    apply_corrections(entered, corrections((7, "eggs", "235000", "23500")))
    pd.testing.assert_frame_equal(entered, table())


def test_an_unreported_cell_is_guarded_by_zero():
    corrected = apply_corrections(table(), corrections((7, "maize", "0", "5100")))
    assert corrected["maize"].iloc[0] == 5100


def test_a_table_of_text_with_empty_cells_is_corrected_too():
    entered = table().astype(str).replace("0", "")
    corrected = apply_corrections(entered, corrections((7, "maize", "0", "5100")))
    assert corrected["maize"].tolist() == [5100, 5200]


def test_the_guard_stops_when_the_source_was_mended():
    with pytest.raises(GuardMismatch) as caught:
        apply_corrections(table(), corrections((8, "eggs", "240000", "24000")))
    assert (caught.value.row_id, caught.value.field) == (8, "eggs")
    assert (caught.value.expected, caught.value.found) == (240000, 24000)
    assert "row 8, column eggs" in str(caught.value)
    assert "240000" in str(caught.value)


@pytest.mark.parametrize("cell", [(9, "eggs"), (7, "milk"), (7, "row_id")])
def test_a_cell_that_the_table_lacks_is_refused(cell):
    with pytest.raises(UnknownTarget):
        apply_corrections(table(), corrections((*cell, "1", "2")))


def test_two_corrections_of_one_cell_are_refused():
    twice = corrections((7, "eggs", "235000", "23500"), (7, "eggs", "235000", ""))
    with pytest.raises(RepeatedCorrection):
        apply_corrections(table(), twice)


def test_a_corrections_table_without_its_columns_is_refused():
    with pytest.raises(CorrectionError, match="evidence"):
        apply_corrections(table(), corrections().drop(columns="evidence"))


def test_no_corrections_leave_every_value():
    assert apply_corrections(table(), corrections()).equals(table())


def test_a_file_of_corrections_is_read_with_types(tmp_path: Path):
    path = tmp_path / "corrections.csv"
    corrections((7, "eggs", "235000", "")).to_csv(path, index=False)
    read = read_corrections(path)
    assert read["row_id"].tolist() == [7]
    assert read["raw_value"].tolist() == [235000]
    assert math.isnan(read["corrected_value"].iloc[0])
