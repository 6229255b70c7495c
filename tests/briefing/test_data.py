"""A briefing as data: every value of every figure once, alike in all kinds of files."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pandas as pd
import pytest

from analytics.briefing.draft import draft_from
from analytics.briefing.model import Briefing
from analytics.publishing.briefing_data import (
    COLUMNS,
    VALUE,
    briefing_csv,
    briefing_geojson,
    briefing_json,
    briefing_parquet,
    long_table,
)
from tests.briefing.conftest import SMALL

Lkpj = Callable[[str, str], Briefing]
TEXTS = {name: str for name in COLUMNS if name not in ("figure", "row", "edition", VALUE)}


def read_csv(content: bytes) -> pd.DataFrame:
    return pd.read_csv(
        io.BytesIO(content), dtype=TEXTS, keep_default_na=False, na_values={VALUE: [""]}
    )


def test_every_value_of_every_figure_stands_there_in_order(lkpj: Lkpj) -> None:
    briefing = lkpj("contoh", "id")
    long = long_table(briefing)
    for exhibit in briefing.exhibits:
        own = long[(long["figure"] == exhibit.number) & (long["measure"] == VALUE)]
        expected = exhibit.figure.frame[VALUE].astype(float).reset_index(drop=True)
        found = own[VALUE].reset_index(drop=True)
        pd.testing.assert_series_equal(found, expected, check_names=False)
        assert set(own["title"]) == {exhibit.heading}


def test_the_ends_of_a_forecast_are_measures_of_their_own(lkpj: Lkpj) -> None:
    briefing = lkpj("contoh", "id")
    long = long_table(briefing)
    outlook = next(e for e in briefing.exhibits if "low_80" in e.figure.frame)
    own = long[(long["figure"] == outlook.number) & (long["measure"] == "low_80")]
    assert list(own[VALUE]) == list(outlook.figure.frame["low_80"].dropna())
    assert set(own["unit"]) == {outlook.figure.result.indicator.unit}
    assert set(own["obs_status"]) == {"F"}


def test_csv_parquet_and_json_hold_the_same_rows(lkpj: Lkpj) -> None:
    briefing = lkpj("blitar", "en")
    csv = read_csv(briefing_csv(briefing))
    parquet = pd.read_parquet(io.BytesIO(briefing_parquet(briefing)))
    rows = json.loads(briefing_json(briefing))["rows"]
    assert list(csv.columns) == list(parquet.columns) == list(COLUMNS) == list(rows[0])
    assert len(csv) == len(parquet) == len(rows)
    for values in (parquet[VALUE], pd.Series([row[VALUE] for row in rows], dtype=float)):
        pd.testing.assert_series_equal(csv[VALUE], values, check_names=False)
    for code in ("figure", "ref_area", "item", "indicator", "unit", "obs_status", "source_id"):
        assert list(csv[code]) == list(parquet[code]) == [row[code] for row in rows], code


def test_training_data_say_so_in_every_row_and_every_feature(lkpj: Lkpj) -> None:
    training, real = lkpj("contoh", "id"), lkpj("blitar", "id")
    assert set(read_csv(briefing_csv(training))["training_notice"]) == {"DATA LATIHAN"}
    assert "training_notice" not in read_csv(briefing_csv(real))
    for write in (briefing_json, briefing_geojson):
        assert next(iter(json.loads(write(training)))) in ("training_notice", "type")
        assert json.loads(write(training))["training_notice"] == "DATA LATIHAN"
        assert "training_notice" not in json.loads(write(real))
    features = json.loads(briefing_geojson(training))["features"]
    assert {f["properties"]["training_notice"] for f in features} == {"DATA LATIHAN"}


def test_a_map_has_a_feature_for_every_area_with_value_or_null(lkpj: Lkpj) -> None:
    briefing = lkpj("blitar", "id")
    features = json.loads(briefing_geojson(briefing))["features"]
    maps = [exhibit for exhibit in briefing.exhibits if exhibit.drawing is not None]
    assert maps
    assert {f["properties"]["figure"] for f in features} == {one.number for one in maps}
    for exhibit in maps:
        own = [f for f in features if f["properties"]["figure"] == exhibit.number]
        assert exhibit.drawing is not None
        assert {f["properties"]["ref_area"] for f in own} >= set(exhibit.drawing.boundary.codes)
        frame = exhibit.figure.frame
        values = dict(zip(frame["ref_area"], frame[VALUE], strict=True))
        for feature in own:
            told, known = (
                feature["properties"][VALUE],
                values.get(feature["properties"]["ref_area"]),
            )
            assert told == known or (told is None and (known is None or pd.isna(known)))
            assert feature["geometry"]["type"] in ("Polygon", "MultiPolygon")


def test_json_tells_sources_blanks_and_what_each_figure_is_about(lkpj: Lkpj) -> None:
    briefing = lkpj("blitar", "id")
    content = json.loads(briefing_json(briefing))
    assert [one["figure"] for one in content["figures"]] == [e.number for e in briefing.exhibits]
    assert len(content["blanks"]) == len(briefing.gaps) > 0
    assert len(content["sources"]) == len(briefing.annex.sources)
    assert content["edition"] == briefing.stamp.number


@pytest.mark.parametrize("write", [briefing_csv, briefing_json, briefing_geojson, briefing_parquet])
def test_the_same_briefing_gives_the_same_bytes(write: Callable, lkpj: Lkpj) -> None:
    assert write(lkpj("contoh", "id")) == write(lkpj("contoh", "id"))


def test_a_briefing_without_figures_is_a_table_without_rows(small_office) -> None:
    empty = small_office.briefing(
        draft_from({**SMALL, "section": []}), small_office.edition(), language="id"
    )
    assert list(read_csv(briefing_csv(empty)).columns) == list(COLUMNS)
    assert len(pd.read_parquet(io.BytesIO(briefing_parquet(empty)))) == 0
    assert json.loads(briefing_geojson(empty))["features"] == []
