"""Files of a figure: every row can be traced, and nothing in them runs as a formula."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from analytics.figures.figure import Figure, Kind
from analytics.figures.result import Label
from analytics.publishing.figure_file import (
    figure_about,
    figure_json,
    figure_table_to_take_away,
)
from analytics.publishing.geojson import map_geojson
from analytics.publishing.tables import table_bytes
from tests.figures.drawn_figures import EVIL, drawn_figure, names_of
from tests.geography.square_region import four_areas, geojson

ROWS = (
    {"ref_area": "99.01.01", "item": "padi", "period_start": pd.Timestamp("2024-03-01"),
     "period_end": pd.Timestamp("2024-03-31"), "freq": "M", "obs_value": 12.5, "unit": "t",
     "obs_status": "P", "source_id": "bps", "caveat": "gkg;ksa", "source_row": 7},
    {"ref_area": "99.01.02", "item": "padi", "period_start": pd.Timestamp("2024-03-01"),
     "period_end": pd.Timestamp("2024-03-31"), "freq": "M", "obs_value": None, "unit": "t",
     "obs_status": "A", "source_id": "bps", "caveat": "", "source_row": 8},
)  # fmt: skip
NAMES = {
    **names_of("ref_area", **{"99.01.01": "Garum", "99.01.02": "=cmd|' /C calc'!A0"}),
    **names_of("source_id", bps="BPS 2024"),
}


def figure(*, is_training: bool = False) -> Figure:
    return drawn_figure(
        ROWS, kind=Kind.BARS, category="ref_area", names=NAMES, is_training=is_training
    )


def test_each_name_has_its_code_beside_it_and_each_row_its_trace() -> None:
    table = figure_table_to_take_away(figure(), language="id")
    names = list(table.columns)
    assert names[:3] == ["Wilayah", "ref_area", "Periode"]
    assert names[names.index("Status") + 1] == "obs_status"
    assert names[names.index("Sumber") + 1] == "source_id"
    first = table.iloc[0]
    expected = {
        "Wilayah": "Garum", "ref_area": "99.01.01", "Produksi padi (t)": 12.5, "item": "padi",
        "indicator": "production", "unit": "t", "obs_status": "P", "source_id": "bps",
        "caveat": "gkg;ksa", "source_row": 7, "region": "squares", "edition": 1,
        "Status": "sementara", "freq": "M",
    }  # fmt: skip
    assert {name: first[name] for name in expected} == expected


def test_a_row_without_value_is_missing_in_words_and_in_its_code() -> None:
    table = figure_table_to_take_away(figure(), language="id")
    assert table.loc[1, "obs_status"] == "M"
    assert table.loc[1, "Status"] == "belum ada data"
    assert pd.isna(table.loc[1, "Produksi padi (t)"])


def test_what_the_rows_do_not_say_comes_from_the_result() -> None:
    bare = [{"ref_area": "99.01.01", "obs_value": 1.0, "obs_status": "A"}]
    plain = drawn_figure(bare, kind=Kind.BARS, category="ref_area", names=NAMES)
    told = replace(plain.result, caveats=(Label("Gabah kering.", "Dry paddy."),))
    table = figure_table_to_take_away(replace(plain, result=told), language="en")
    row = table.iloc[0]
    assert (row["indicator"], row["unit"], row["source_id"]) == ("production", "t", "bps")
    assert row["caveat"] == "Dry paddy."
    assert (row["region"], row["edition"]) == ("squares", 1)


@pytest.mark.parametrize("language", ["id", "en"])
def test_csv_holds_the_same_and_no_formula(language: str) -> None:
    table = figure_table_to_take_away(figure(), language=language)
    content = table_bytes(table, file_format="csv", is_training=False)
    back = pd.read_csv(io.BytesIO(content), dtype={"ref_area": str})
    assert list(back.columns) == list(table.columns)
    assert back["ref_area"].tolist() == ["99.01.01", "99.01.02"]
    assert back["period_start"].tolist() == ["2024-03-01", "2024-03-01"]
    assert back.iloc[1, 0] == "'=cmd|' /C calc'!A0"


def test_workbook_says_what_the_figure_says() -> None:
    content = table_bytes(
        figure_table_to_take_away(figure(), language="id"),
        file_format="xlsx", is_training=False, about=figure_about(figure(), language="id"),
    )  # fmt: skip
    book = load_workbook(io.BytesIO(content))
    about = {row[0].value: row[1].value for row in book["Tentang"].iter_rows()}
    assert about["Satuan"] == "t"
    assert about["Edisi"].startswith("1, ")
    assert about["Wilayah"] == "Persegi"
    assert "BPS Provinsi Jawa Timur (2024)" in about["Sumber"]
    assert about["Lisensi"] == "CC BY 4.0"
    cells = [cell for row in book["Data"].iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_cell_or_heading_that_begins_like_a_formula_is_text(start: str) -> None:
    frame = pd.DataFrame({f"{start}1+1": [f"{start}2+2"], "n": [-3.5]})
    back = pd.read_csv(io.BytesIO(table_bytes(frame, file_format="csv", is_training=False)))
    assert back.columns[0].startswith("'")
    assert back.iloc[0, 0].startswith("'")
    assert back.loc[0, "n"] == -3.5
    book = load_workbook(
        io.BytesIO(
            table_bytes(
                frame, file_format="xlsx", is_training=False, about=((f"{start}a", f"{start}b"),)
            )
        )
    )
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    texts = [cell.value for cell in cells if isinstance(cell.value, str) and cell.value != "n"]
    assert len(texts) == 4
    assert all(value.startswith("'") for value in texts)


def test_characters_that_a_workbook_cannot_hold_are_left_out() -> None:
    frame = pd.DataFrame({"name": ["Pasar\x00 Wlingi\x0b"]})
    book = load_workbook(io.BytesIO(table_bytes(frame, file_format="xlsx", is_training=False)))
    assert book["Data"]["A2"].value == "Pasar Wlingi"


def test_json_has_what_stands_beside_the_figure_and_its_rows() -> None:
    content = json.loads(figure_json(figure(), language="id"))
    about = {one["name"]: one["value"] for one in content["about"]}
    assert about["Edisi"].startswith("1, ")
    assert content["rows"][0]["ref_area"] == "99.01.01"
    assert content["rows"][0]["period_end"] == "2024-03-31"
    assert content["rows"][1]["Produksi padi (t)"] is None
    assert "training_notice" not in content


def test_numbers_that_json_does_not_know_are_null() -> None:
    frame = pd.DataFrame({"x": [float("inf"), 1.0]})
    records = json.loads(table_bytes(frame, file_format="json", is_training=False))
    assert records == [{"x": None}, {"x": 1.0}]


def test_files_of_a_training_region_say_so_everywhere(tmp_path: Path) -> None:
    training = figure(is_training=True)
    assert json.loads(figure_json(training, language="en"))["training_notice"] == "DATA LATIHAN"
    table = figure_table_to_take_away(training, language="id")
    rows = table_bytes(table, file_format="csv", is_training=True).decode().splitlines()
    assert all(row.startswith("DATA LATIHAN,") for row in rows[1:])
    boundary = tmp_path / "areas.geojson"
    boundary.write_bytes(geojson(four_areas()))
    shapes = json.loads(map_geojson(training, boundary=boundary, language="id"))["features"]
    assert {one["properties"]["training_notice"] for one in shapes} == {"DATA LATIHAN"}


def test_geojson_traces_every_area(tmp_path: Path) -> None:
    boundary = tmp_path / "areas.geojson"
    boundary.write_bytes(geojson(four_areas()))
    content = json.loads(map_geojson(figure(), boundary=boundary, language="id"))
    found = {one["properties"]["code"]: one["properties"] for one in content["features"]}
    assert len(found) == 4
    known, unknown = found["99.01.01"], found["99.01.04"]
    assert (known["obs_value"], known["obs_status"], known["caveat"]) == (12.5, "P", "gkg;ksa")
    assert (known["indicator"], known["item"], known["unit"]) == ("production", "padi", "t")
    assert (unknown["obs_value"], unknown["obs_status"], unknown["unit"]) == (None, "M", "t")
    assert {(one["region"], one["edition"]) for one in found.values()} == {("squares", 1)}


def test_markup_in_a_name_stays_as_it_is() -> None:
    named = replace(figure(), names=names_of("ref_area", **{"99.01.01": EVIL, "99.01.02": "b"}))
    table = figure_table_to_take_away(named, language="id")
    assert table.loc[0, "Wilayah"] == EVIL
    assert json.loads(figure_json(named, language="id"))["rows"][0]["Wilayah"] == EVIL
