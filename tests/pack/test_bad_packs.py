"""A bad pack is refused with file, row and cure; the edition in force stays."""

import json

import pytest

from analytics.pack.checks import check_pack
from analytics.pack.problems import PackRefused
from analytics.pack.reader import read_pack
from tests.small_pack import AGRICULTURE, HEADER, REFERENCES, write_small_pack

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


def test_broken_unknown_and_lacking_geometry_are_told_apart(tmp_path):
    folder = write_small_pack(tmp_path)
    path = folder / "kecamatan.geojson"
    shapes = json.loads(path.read_text())
    ring = shapes["features"][0]["geometry"]["coordinates"][0]
    ring[1], ring[2] = ring[2], ring[1]
    shapes["features"][1]["properties"]["code"] = "88.01.77"
    path.write_text(json.dumps(shapes))
    kinds = {(p.kind, p.found) for p in problems_of(folder)}
    assert kinds == {
        ("geometry_invalid", "88.01.01"),
        ("geometry_unknown", "88.01.77"),
        ("geometry_lacking", "88.01.02"),
    }


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
