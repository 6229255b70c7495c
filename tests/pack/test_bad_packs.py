"""A bad pack is refused with file, row and cure; the edition in force stays."""

import copy
import json

import pytest

from analytics.pack.checks import check_pack
from analytics.pack.problems import PackRefused
from analytics.pack.reader import read_pack
from tests.small_pack import AGRICULTURE, HEADER, REFERENCES, square, write_small_pack

GOOD = "88.01,,padi,production,2023-01-01,2023-12-31,A,1,,t,A,s_official,\n"


def problems_of(folder):
    with pytest.raises(PackRefused) as refused:
        check_pack(read_pack(folder))
    return refused.value.problems


def test_the_small_pack_is_good(tmp_path):
    check_pack(read_pack(write_small_pack(tmp_path)))


@pytest.mark.parametrize(
    ("row", "kind", "field", "found"),
    [
        (GOOD.replace("88.01,", "88.99,"), "unknown_area", "ref_area", "88.99"),
        (GOOD.replace(",,padi", ",pasar-hilang,padi"), "unknown_place", "place", "pasar-hilang"),
        (GOOD.replace("padi", "gandum"), "unknown_item", "item", "gandum"),
        (GOOD.replace("production", "luck"), "unknown_indicator", "indicator", "luck"),
        (GOOD.replace(",t,", ",stone,"), "unknown_unit", "unit", "stone"),
        (GOOD.replace(",t,", ",ha,"), "wrong_unit", "unit", "ha"),
        (GOOD.replace("s_official", "rumour"), "unknown_source", "source_id", "rumour"),
        (GOOD.replace("s_official", ""), "unknown_source", "source_id", ""),
        (GOOD.replace("s_official,", "s_official,odd"), "unknown_caveat", "caveat", "odd"),
        (GOOD.replace(",A,s_", ",X,s_"), "unknown_status", "obs_status", "X"),
        (GOOD.replace("2023-12-31", "2022-12-31"), "period_order", "period_end", "2022-12-31"),
        (GOOD.replace("2023-01-01,2023-12-31", ","), "period_missing", "period_start", "A"),
        (GOOD.replace(",A,1,,", ",A,,,"), "value_missing", "obs_status", "A"),
        (GOOD.replace(",A,s_", ",M,s_"), "value_present", "obs_value", "1"),
        (GOOD.replace(",A,1,,", ",A,satu,,"), "type", "obs_value", "satu"),
    ],
)  # fmt: skip
def test_a_bad_row_is_named_with_file_row_and_cure(tmp_path, row, kind, field, found):
    folder = write_small_pack(tmp_path, agriculture=HEADER + GOOD.replace("2023", "2021") + row)
    problem = next(p for p in problems_of(folder) if p.kind == kind)
    assert (problem.file, problem.row, problem.field) == ("agriculture.csv", "3", field)
    assert problem.found == found
    for language in ("id", "en"):
        sentence = problem.words(language)
        assert "agriculture.csv" in sentence and "3" in sentence


def test_the_same_key_twice_names_both_rows(tmp_path):
    problems = problems_of(write_small_pack(tmp_path, agriculture=HEADER + GOOD + GOOD))
    assert [(p.kind, p.row, p.found) for p in problems] == [("duplicate_key", "3", "2")]


def test_a_missing_column_is_a_schema_problem(tmp_path):
    content = AGRICULTURE.replace(",unit,", ",satuan,")
    assert {p.kind for p in problems_of(write_small_pack(tmp_path, agriculture=content))} == {
        "schema"
    }


def test_a_source_of_a_reference_table_must_be_known(tmp_path):
    holidays = REFERENCES["holidays"].replace("s_official", "nobody")
    (problem,) = problems_of(write_small_pack(tmp_path, holidays=holidays))
    assert (problem.kind, problem.file, problem.found) == (
        "unknown_source",
        "holidays.csv",
        "nobody",
    )


def spoil_outlines(folder, change):
    """Changes the features of the pack's boundary file."""
    path = folder / "kecamatan.geojson"
    shapes = json.loads(path.read_text())
    change(shapes["features"])
    path.write_text(json.dumps(shapes))


def cross(features):
    ring = features[0]["geometry"]["coordinates"][0]
    ring[1], ring[2] = ring[2], ring[1]


def test_broken_outline_is_named_with_its_feature_and_cure(tmp_path):
    folder = write_small_pack(tmp_path)
    spoil_outlines(folder, cross)
    (problem,) = problems_of(folder)
    assert (problem.kind, problem.row, problem.found) == ("geometry_invalid", "1", "88.01.01")
    assert "kecamatan.geojson, fitur 1: batas wilayah '88.01.01' rusak" in problem.words("id")
    assert "Fix geometries" in problem.words("en")


def test_unknown_and_lacking_outlines_are_told_apart(tmp_path):
    folder = write_small_pack(tmp_path)
    spoil_outlines(folder, lambda features: features[1]["properties"].update(code="88.01.77"))
    assert {(p.kind, p.row, p.found) for p in problems_of(folder)} == {
        ("geometry_unknown", "2", "88.01.77"),
        ("geometry_lacking", "", "88.01.02"),
    }


def test_code_of_another_level_is_unknown_in_a_boundary(tmp_path):
    folder = write_small_pack(tmp_path)
    spoil_outlines(folder, lambda features: features[1]["properties"].update(code="88.01"))
    assert ("geometry_unknown", "88.01") in {(p.kind, p.found) for p in problems_of(folder)}


def test_repeated_code_in_a_boundary_names_both_features(tmp_path):
    folder = write_small_pack(tmp_path)
    spoil_outlines(folder, lambda features: features.append(copy.deepcopy(features[0])))
    (problem,) = problems_of(folder)
    assert (problem.kind, problem.file, problem.row) == (
        "geometry_repeated",
        "kecamatan.geojson",
        "3",
    )
    assert "feature 1" in problem.words("en") and "fitur 1" in problem.words("id")


def test_overlapping_outlines_name_both_areas(tmp_path):
    folder = write_small_pack(tmp_path)
    # The second square moved west over half of the first one.
    spoil_outlines(
        folder, lambda features: features[1]["geometry"].update(coordinates=[square(112.05)])
    )
    (problem,) = problems_of(folder)
    assert (problem.kind, problem.file, problem.row) == (
        "geometry_overlap",
        "kecamatan.geojson",
        "1",
    )
    for language in ("id", "en"):
        assert "88.01.01" in problem.words(language) and "88.01.02" in problem.words(language)


def test_an_unreadable_boundary_is_named(tmp_path):
    folder = write_small_pack(tmp_path)
    (folder / "kecamatan.geojson").write_text("{ not json")
    assert [p.kind for p in problems_of(folder)] == ["geometry_unreadable"]


def test_a_named_file_that_is_not_there(tmp_path):
    folder = write_small_pack(tmp_path)
    (folder / "caveats.csv").unlink()
    with pytest.raises(PackRefused) as refused:
        read_pack(folder)
    assert [(p.kind, p.file) for p in refused.value.problems] == [("file_missing", "caveats.csv")]


@pytest.mark.parametrize(
    ("content", "kind"),
    [(None, "descriptor_missing"), ("{", "descriptor_invalid"), ("{}", "descriptor_key")],
)
def test_a_descriptor_that_cannot_be_used(tmp_path, content, kind):
    folder = write_small_pack(tmp_path)
    path = folder / "datapackage.json"
    path.unlink() if content is None else path.write_text(content)
    with pytest.raises(PackRefused) as refused:
        read_pack(folder)
    assert {p.kind for p in refused.value.problems} == {kind}
