"""Boundaries: read, checked, simplified without tearing common borders."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
import shapely
from shapely.geometry import shape

from analytics.geography.boundaries import (
    Boundary,
    read_boundary,
    web_geometry,
    with_holes,
)
from analytics.geography.levels import level_boundary, level_resource
from analytics.pack.problems import PackRefused
from analytics.pack.reader import Pack, read_pack
from analytics.settings import PROJECT_ROOT
from tests.geography.square_region import (
    GAP_CODE,
    STEP,
    area_feature,
    four_areas,
    gap_feature,
    geojson,
)

CODES = ("99.01.01", "99.01.02", "99.01.03", "99.01.04")
PACKS = ("blitar", "contoh")


def squares() -> Boundary:
    return read_boundary(geojson(four_areas()), level="kecamatan")


def squares_with_gap() -> Boundary:
    holes = read_boundary(geojson([gap_feature()]), level="hole").areas
    return with_holes(squares(), holes=holes)


@pytest.fixture(scope="module", params=PACKS)
def pack(request: pytest.FixtureRequest) -> Pack:
    return read_pack(PROJECT_ROOT / "data" / request.param)


def test_areas_come_in_the_order_of_their_codes():
    boundary = read_boundary(geojson(four_areas()[::-1]), level="kecamatan")
    assert boundary.codes == CODES
    assert boundary.area("99.01.02").name == "Area 02"


def test_short_name_is_the_label():
    feature = area_feature("99.01.01", [(0, 0)], short_name="One")
    area = read_boundary(geojson([feature]), level="kecamatan").area("99.01.01")
    assert (area.name, area.label) == ("Area 01", "One")


def test_hole_takes_the_exact_shape_of_the_gap():
    boundary = squares_with_gap()
    hole = boundary.area(GAP_CODE)
    assert hole.is_hole
    assert hole.geometry.area == pytest.approx((2 * STEP) ** 2)
    assert GAP_CODE not in boundary.codes


def test_hole_outside_any_gap_keeps_its_outline():
    elsewhere = read_boundary(geojson([area_feature(GAP_CODE, [(9, 9)])]), level="hole").areas
    boundary = with_holes(squares(), holes=elsewhere)
    assert boundary.area(GAP_CODE).geometry.area == pytest.approx(STEP**2)


def test_area_in_km2_of_a_square():
    area = read_boundary(geojson([area_feature("99.01.01", [(0, 0)])]), level="x").areas[0]
    # 0.1 degree at 8.35 degrees south: 11.059 km by 11.132 km x cos(8.35) = 11.014 km.
    assert area.area_km2 == pytest.approx(11.059 * 11.014, rel=1e-3)


def test_label_point_lies_in_the_largest_part():
    feature = area_feature("99.01.01", [(0, 0), (1, 0), (5, 5)])
    area = read_boundary(geojson([feature]), level="x").areas[0]
    assert shapely.Point(area.label_point).distance(area.geometry) == 0
    assert area.label_point[0] < 112.2


def test_far_islet_does_not_decide_the_first_view():
    features = four_areas()
    islet = {"type": "Polygon", "coordinates": [[[118, -8], [118.01, -8], [118, -8.01], [118, -8]]]}
    parts = [features[0]["geometry"]["coordinates"], islet["coordinates"]]
    features[0]["geometry"] = {"type": "MultiPolygon", "coordinates": parts}
    boundary = read_boundary(geojson(features), level="x")
    assert boundary.bounds[2] == pytest.approx(118.01)
    assert boundary.focus[2] == pytest.approx(112.4)
    assert boundary.aspect == pytest.approx(0.99, abs=0.01)


def test_only_part_of_a_small_far_area_stays_in_the_first_view():
    far = area_feature("99.01.05", [(60, 0)])
    assert read_boundary(geojson([*four_areas(), far]), level="x").focus[2] > 118


# --- Faults ----------------------------------------------------------------------------------


def without_code(features: list[dict[str, Any]]) -> None:
    del features[1]["properties"]["code"]


def code_as_number(features: list[dict[str, Any]]) -> None:
    features[1]["properties"]["code"] = 99.01


def without_name(features: list[dict[str, Any]]) -> None:
    features[1]["properties"]["name"] = ""


def without_outline(features: list[dict[str, Any]]) -> None:
    features[1]["geometry"] = None


def point_for_outline(features: list[dict[str, Any]]) -> None:
    features[1]["geometry"] = {"type": "Point", "coordinates": [112, -8]}


def outline_that_crosses_itself(features: list[dict[str, Any]]) -> None:
    bow_tie = [[112.2, -8.1], [112.4, -8.0], [112.4, -8.1], [112.2, -8.0], [112.2, -8.1]]
    features[1]["geometry"] = {"type": "Polygon", "coordinates": [bow_tie]}


def metres_for_degrees(features: list[dict[str, Any]]) -> None:
    square = [[600000, 9100000], [610000, 9100000], [610000, 9110000], [600000, 9100000]]
    features[1]["geometry"] = {"type": "Polygon", "coordinates": [square]}


def code_twice(features: list[dict[str, Any]]) -> None:
    features[1]["properties"]["code"] = "99.01.01"


def unknown_code(features: list[dict[str, Any]]) -> None:
    features[1]["properties"]["code"] = "99.01.99"


def overlap(features: list[dict[str, Any]]) -> None:
    features[1]["geometry"] = copy.deepcopy(area_feature("x", [(1, 3), (2, 3), (3, 3)])["geometry"])


@pytest.mark.parametrize(
    ("spoil", "kind", "words"),
    [
        (without_code, "without_code", "no code"),
        (code_as_number, "without_code", "no code"),
        (without_name, "without_name", "no name"),
        (without_outline, "empty", "no outline that can be read"),
        (point_for_outline, "no_polygon", "Point, not a polygon"),
        (outline_that_crosses_itself, "invalid", "Self-intersection"),
        (metres_for_degrees, "not_degrees", "not in degrees"),
        (code_twice, "repeated", "already stands in feature 1"),
        (unknown_code, "unknown", "no area '99.01.99'"),
        (overlap, "overlap", "also belongs to area '99.01.02'"),
    ],
)
def test_fault_names_file_feature_and_cure(
    spoil: Callable[[list[dict[str, Any]]], None], kind: str, words: str
):
    features = four_areas()
    spoil(features)
    with pytest.raises(PackRefused) as refused:
        read_boundary(
            geojson(features), level="kecamatan", file="squares.geojson", known_codes=CODES
        )
    problem = refused.value.problems[0]
    assert problem.kind == f"geometry_{kind}"
    assert problem.row in ("1", "2")
    sentence = problem.words("en")
    assert sentence.startswith(f"squares.geojson, feature {problem.row}: ")
    assert words in sentence
    assert problem.words("id").startswith(f"squares.geojson, fitur {problem.row}: ")


def test_lacking_area_is_named():
    with pytest.raises(PackRefused, match=r"99\.01\.04.*no outline"):
        read_boundary(geojson(four_areas()[:3]), level="kecamatan", wanted_codes=CODES)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"type":"Feature"}', b"\xff\xfe"])
def test_file_that_is_no_collection_is_refused(content: bytes):
    with pytest.raises(PackRefused) as refused:
        read_boundary(content, level="kecamatan")
    assert refused.value.problems[0].kind == "geometry_unreadable"


def test_every_fault_is_listed_at_once():
    features = four_areas()
    without_code(features)
    features[2]["geometry"] = None
    with pytest.raises(PackRefused) as refused:
        read_boundary(geojson(features), level="kecamatan")
    assert [problem.row for problem in refused.value.problems] == ["2", "3"]


# --- For the browser -------------------------------------------------------------------------


def test_browser_gets_names_label_points_and_the_hole():
    collection = json.loads(web_geometry(squares_with_gap()).content)
    by_code = {feature["properties"]["code"]: feature for feature in collection["features"]}
    assert set(by_code) == {*CODES, GAP_CODE}
    assert by_code[GAP_CODE]["properties"]["hole"] is True
    assert "hole" not in by_code["99.01.01"]["properties"]
    assert collection["focus"] == [112.0, -8.4, 112.4, -8.0]


def test_file_name_changes_with_the_content_only():
    first, again = web_geometry(squares()), web_geometry(squares())
    assert (first.file_name, first.compressed) == (again.file_name, again.compressed)
    assert first.file_name != web_geometry(squares_with_gap()).file_name


def test_simplified_borders_stay_common(pack: Pack):
    for level in pack.region["levels"]:
        boundary = level_boundary(pack, level=level)
        collection = json.loads(web_geometry(boundary).content)
        outlines = [shape(feature["geometry"]) for feature in collection["features"]]
        assert all(outline.is_valid for outline in outlines)
        assert shapely.coverage_is_valid(outlines)
        full = sum(area.geometry.area for area in boundary.areas)
        assert sum(outline.area for outline in outlines) == pytest.approx(full, rel=1e-3)


def test_browser_file_is_small(pack: Pack):
    for level in pack.region["levels"]:
        assert len(web_geometry(level_boundary(pack, level=level)).compressed) < 120_000


def test_boundaries_of_the_packs_are_sound(pack: Pack):
    listed = pack.table("areas")
    region = str(pack.region["ref_area"])
    expected = {
        "kecamatan": set(listed.loc[listed["parent_code"] == region, "area_code"]),
        "kabupaten": set(listed.loc[listed["level"].isin(["kabupaten", "kota"]), "area_code"]),
    }
    for level in pack.region["levels"]:
        content = level_resource(pack, level=level).content
        boundary = read_boundary(
            content, level=level, known_codes=expected[level], wanted_codes=expected[level]
        )
        assert set(boundary.codes) == expected[level]


def test_city_inside_the_regency_is_its_hole():
    pack = read_pack(PROJECT_ROOT / "data" / "blitar")
    kecamatan = level_boundary(pack, level="kecamatan")
    assert len(kecamatan.codes) == 22
    assert [area.name for area in kecamatan.areas if area.is_hole] == ["Kota Blitar"]
    kabupaten = level_boundary(pack, level="kabupaten")
    assert len(kabupaten.codes) == 38
    assert not any(area.is_hole for area in kabupaten.areas)


def test_unknown_level_is_an_error(pack: Pack):
    with pytest.raises(KeyError):
        level_boundary(pack, level="desa")
