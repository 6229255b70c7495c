"""Tables as files: guarded text, real numbers, the notice of a training region."""

import io
import json

import pandas as pd
from openpyxl import load_workbook

from analytics.publishing.tables import file_name, table_bytes

FRAME = pd.DataFrame({"name": ["=1+1", "Pasar <b>"], "obs_value": [1.5, float("nan")],
                      "day": pd.to_datetime(["2024-03-01", None])})  # fmt: skip


def test_formulas_in_names_become_text():
    content = table_bytes(FRAME, file_format="csv", is_training=False).decode()
    assert content.splitlines() == ["name,obs_value,day", "'=1+1,1.5,2024-03-01", "Pasar <b>,,"]


def test_xlsx_has_the_sources_on_its_own_sheet_and_no_formula():
    content = table_bytes(FRAME, file_format="xlsx", is_training=False, about=(("Sumber", "BPS"),))
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Data", "Tentang"]
    assert book["Data"]["A2"].value == "'=1+1"
    assert book["Data"]["A2"].data_type == "s"
    assert book["Tentang"]["B1"].value == "BPS"


def test_a_training_workbook_carries_the_band_on_each_sheet():
    content = table_bytes(FRAME, file_format="xlsx", is_training=True, about=(("Sumber", "BPS"),))
    book = load_workbook(io.BytesIO(content))
    assert [sheet["A1"].value for sheet in book] == ["DATA LATIHAN", "DATA LATIHAN"]
    assert file_name("padi", suffix="xlsx", is_training=True) == "DATA-LATIHAN_padi.xlsx"


def test_missing_is_null_in_json():
    records = json.loads(table_bytes(FRAME, file_format="json", is_training=False))
    assert records[1] == {"name": "Pasar <b>", "obs_value": None, "day": None}


def test_the_frame_is_not_changed():
    before = FRAME.copy(deep=True)
    table_bytes(FRAME, file_format="xlsx", is_training=True)
    pd.testing.assert_frame_equal(FRAME, before)
