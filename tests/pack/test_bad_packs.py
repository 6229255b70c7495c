"""A bad pack is refused with file, row and cure; the edition in force stays."""

import copy
import json

import pytest

from analytics.i18n import catalogue
from analytics.pack.checks import check_pack
from analytics.pack.problems import PackRefused
from analytics.pack.reader import read_pack
from tests.small_pack import (
    AGRICULTURE,
    DAILY_ROWS,
    HEADER,
    REFERENCES,
    add_daily_table,
    describe,
    square,
    write_small_pack,
)

GOOD = "88.01,,padi,production,2023-01-01,2023-12-31,A,1,,t,A,s_official,\n"


def problems_of(folder):
    with pytest.raises(PackRefused) as refused:
        check_pack(read_pack(folder))
    return refused.value.problems


def test_the_small_pack_is_good(tmp_path):
    check_pack(read_pack(write_small_pack(tmp_path)))


BAD_ROWS = [
    (GOOD.replace("88.01,", "88.99,"), "unknown_area", "ref_area", "88.99"),
    (GOOD.replace(",,padi", ",pasar-hilang,padi"), "unknown_place", "place", "pasar-hilang"),
    (GOOD.replace("padi", "gandum"), "unknown_item", "item", "gandum"),
    (GOOD.replace("production", "luck"), "unknown_indicator", "indicator", "luck"),
    (GOOD.replace(",t,", ",stone,"), "unknown_unit", "unit", "stone"),
    (GOOD.replace(",t,", ",ha,"), "wrong_unit", "unit", "ha"),
    (GOOD.replace("s_official", "rumour"), "unknown_source", "source_id", "rumour"),
    (GOOD.replace("s_official,", "s_official,odd"), "unknown_caveat", "caveat", "odd"),
    (GOOD.replace(",A,s_", ",X,s_"), "unknown_status", "obs_status", "X"),
    (GOOD.replace("2023-12-31", "2022-12-31"), "period_order", "period_end", "2022-12-31"),
    (GOOD.replace("2023-01-01,2023-12-31", ","), "period_missing", "period_start", "A"),
    (GOOD.replace(",A,1,,", ",A,,,"), "value_missing", "obs_status", "A"),
    (GOOD.replace(",A,s_", ",M,s_"), "value_present", "obs_value", "1"),
    (GOOD.replace(",A,1,,", ",A,satu,,"), "type_number", "obs_value", "satu"),
    (GOOD.replace(",A,1,,", ',A,"1.234,5",,'), "type_number", "obs_value", "1.234,5"),
    (GOOD.replace(",A,1,,", ",A,NaN,,"), "type_number", "obs_value", "NaN"),
    (GOOD.replace(",A,1,,", ",A,-INF,,"), "type_number", "obs_value", "-INF"),
]
# Only a schema that states types and limits sees these.
BAD_BY_SCHEMA = [
    (GOOD.replace("2023-12-31", "31/12/2023"), "type_date", "period_end", "31/12/2023"),
    (GOOD.replace("s_official", ""), "constraint_required", "source_id", ""),
    (GOOD.replace(",A,1,,", ",Z,1,,"), "constraint_enum", "freq", "Z"),
    (GOOD.replace(",A,1,,", ",A,-11,,"), "constraint_minimum", "obs_value", "-11"),
    (GOOD.replace(",A,1,,", ",A,1e7,,"), "constraint_maximum", "obs_value", "1e7"),
]


def with_row(folder, row, **options):
    """The small pack with one good row and then `row`."""
    good = GOOD.replace("2023", "2021")
    return write_small_pack(folder, agriculture=HEADER + good + row, **options)


def assert_names_the_cell(problem, *, field, found):
    assert (problem.file, problem.row, problem.field) == ("agriculture.csv", "3", field)
    assert problem.found == found
    assert f"agriculture.csv, baris 3, kolom {field}: " in problem.words("id")
    assert f"agriculture.csv, row 3, column {field}: " in problem.words("en")


@pytest.mark.parametrize("is_strict", [False, True], ids=["plain", "strict"])
@pytest.mark.parametrize(("row", "kind", "field", "found"), BAD_ROWS)
def test_a_bad_row_is_named_with_file_row_and_cure(tmp_path, row, kind, field, found, is_strict):
    problems = problems_of(with_row(tmp_path, row, is_strict=is_strict))
    (problem,) = [p for p in problems if p.kind == kind]
    assert_names_the_cell(problem, field=field, found=found)


def test_a_row_without_a_source_is_refused_also_by_a_plain_schema(tmp_path):
    (problem,) = problems_of(with_row(tmp_path, GOOD.replace("s_official", "")))
    assert problem.kind == "unknown_source"
    assert_names_the_cell(problem, field="source_id", found="")


@pytest.mark.parametrize(("row", "kind", "field", "found"), BAD_BY_SCHEMA)
def test_what_the_schema_forbids_is_told_in_our_words(tmp_path, row, kind, field, found):
    (problem,) = problems_of(with_row(tmp_path, row, is_strict=True))
    assert problem.kind == kind
    assert_names_the_cell(problem, field=field, found=found)


@pytest.mark.parametrize("is_strict", [False, True], ids=["plain", "strict"])
def test_the_same_key_twice_names_both_rows(tmp_path, is_strict):
    folder = write_small_pack(tmp_path, agriculture=HEADER + GOOD + GOOD, is_strict=is_strict)
    assert [(p.kind, p.row, p.found) for p in problems_of(folder)] == [("duplicate_key", "3", "2")]


@pytest.mark.parametrize(
    ("change", "kind", "row", "field"),
    [
        (lambda text: text.replace(",unit,", ",satuan,"), "column_wrong", "", "unit"),
        (lambda text: text.replace(",caveat\n", "\n", 1), "column_lacking", "", "caveat"),
        (lambda text: text.replace(",caveat\n", ",caveat,x\n", 1), "column_extra", "", ""),
        (lambda text: text.replace(",", ";"), "column_lacking", "", "ref_area"),
        (lambda text: text + GOOD.replace("2023", "2020")[:-1] + ",x\n", "cell_extra", "7", ""),
        (lambda text: text + "88.01,,padi\n", "cell_lacking", "7", ""),
        (lambda text: text + "\n" + GOOD.replace("2023", "2020"), "row_blank", "7", ""),
        (lambda _: HEADER, "table_empty", "", ""),
    ],
)  # fmt: skip
def test_a_table_of_another_shape_is_told_once(tmp_path, change, kind, row, field):
    folder = write_small_pack(tmp_path, agriculture=change(AGRICULTURE), is_strict=True)
    problem = problems_of(folder)[0]
    assert {p.kind for p in problems_of(folder)} <= {kind, "column_wrong"}
    assert (problem.kind, problem.file, problem.row) == (kind, "agriculture.csv", row)
    assert not field or problem.field == field
    for language in ("id", "en"):
        assert problem.words(language).startswith("agriculture.csv")


@pytest.mark.parametrize("content", [b"", "ref_area,plac\xe9\n".encode("latin-1")])
def test_a_table_that_cannot_be_read_is_named(tmp_path, content):
    folder = write_small_pack(tmp_path)
    (folder / "agriculture.csv").write_bytes(content)
    assert {(p.kind, p.file) for p in problems_of(folder)} == {("schema", "agriculture.csv")}


def test_the_same_code_twice_in_a_reference_table_names_both_rows(tmp_path):
    units = REFERENCES["units"] + "ha,ha,ha,hektare,hectare,ha,1\n"
    folder = write_small_pack(tmp_path, units=units)
    describe(folder, lambda d: resource(d, "units")["schema"].update(primaryKey=["unit"]))
    (problem,) = problems_of(folder)
    assert (problem.kind, problem.file, problem.row, problem.found) == (
        "duplicate_row",
        "units.csv",
        "6",
        "4",
    )


def resource(descriptor, name):
    return next(r for r in descriptor["resources"] if r["name"] == name)


def section(descriptor, name="agriculture"):
    return resource(descriptor, name)["sejahtera"]


def test_a_source_of_a_reference_table_must_be_known(tmp_path):
    holidays = REFERENCES["holidays"].replace("s_official", "nobody")
    (problem,) = problems_of(write_small_pack(tmp_path, holidays=holidays))
    assert (problem.kind, problem.file, problem.found) == (
        "unknown_source",
        "holidays.csv",
        "nobody",
    )


def test_a_licence_of_a_source_must_be_known(tmp_path):
    folder = write_small_pack(tmp_path, licences="licence,name_id,name_en,url\n")
    problems = problems_of(folder)
    assert [(p.kind, p.file, p.row, p.field, p.found) for p in problems] == [
        ("unknown_licence", "sources.csv", row, "licence", "CC0") for row in ("2", "3")
    ]
    assert "licences.csv" in problems[0].words("id")


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
    [
        (None, "descriptor_missing"),
        ("{", "descriptor_invalid"),
        ("[]", "descriptor_invalid"),
        ("{}", "descriptor_key"),
        ('{"sejahtera": "uji", "resources": []}', "descriptor_key"),
    ],
)
def test_a_descriptor_that_cannot_be_used(tmp_path, content, kind):
    folder = write_small_pack(tmp_path)
    path = folder / "datapackage.json"
    path.unlink() if content is None else path.write_text(content)
    with pytest.raises(PackRefused) as refused:
        read_pack(folder)
    assert {p.kind for p in refused.value.problems} - {"resources_lacking"} == {kind}


@pytest.mark.parametrize(
    ("change", "kind", "field", "found"),
    [
        (lambda d: d.update(resources=[]), "resources_lacking", "", ""),
        (lambda d: resource(d, "agriculture").pop("path"), "resource_incomplete", "", "13"),
        (lambda d: d["resources"].insert(0, "x"), "resource_incomplete", "", "1"),
        (lambda d: d["sejahtera"].update(name={"id": "Uji"}), "descriptor_key", "", ""),
        (lambda d: section(d).update(role="datset"), "role_unknown", "agriculture", "datset"),
        (lambda d: resource(d, "agriculture").pop("sejahtera"), "role_unknown", "agriculture", ""),
        (lambda d: section(d).update(layout="pivot"), "layout_unknown", "agriculture", "pivot"),
        (lambda d: section(d).pop("dataset"), "setting_lacking", "agriculture", ""),
        (lambda d: section(d, "boundaries-kecamatan").pop("level"), "setting_lacking",
         "boundaries-kecamatan", ""),
        (lambda d: d["resources"].append(dict(resource(d, "agriculture"), name="again")),
         "described_twice", "", "agriculture"),
        (lambda d: d["resources"].remove(resource(d, "sources")), "table_lacking", "", ""),
        (lambda d: d["sejahtera"]["levels"].update(desa={"boundary": "boundaries-desa"}),
         "level_without_boundary", "", "desa"),
        (lambda d: d["sejahtera"].update(levels=[]), "level_without_boundary", "", "levels"),
        (lambda d: d["sejahtera"].update(ref_area="77.01"), "unknown_area", "ref_area", "77.01"),
        (lambda d: d["sejahtera"].update(holes=["77.71"]), "unknown_area", "holes", "77.71"),
        (lambda d: d["sejahtera"].update(headlines=[{"dataset": "agriculture",
         "indicator": "luck"}]), "unknown_indicator", "headlines", "luck"),
        (lambda d: d["sejahtera"].update(headlines=[{"dataset": "visits"}]), "unknown_dataset",
         "headlines", "visits"),
        (lambda d: section(d).update(caveats=["odd"]), "unknown_caveat", "agriculture", "odd"),
        (lambda d: section(d, "boundaries-kecamatan").update(sources=["nobody"]),
         "unknown_source", "boundaries-kecamatan", "nobody"),
        (lambda d: resource(d, "agriculture")["schema"]["fields"][0].update(type="wording"),
         "schema", "", None),
    ],
)  # fmt: skip
def test_a_description_that_is_wrong_names_its_entry(tmp_path, change, kind, field, found):
    folder = write_small_pack(tmp_path)
    describe(folder, change)
    problem = problems_of(folder)[0]
    assert (problem.kind, problem.file, problem.field) == (kind, "datapackage.json", field)
    assert found is None or problem.found == found
    for language in ("id", "en"):
        assert problem.words(language).startswith("datapackage.json")


def test_a_file_outside_the_folder_of_the_pack_is_none_of_it(tmp_path):
    folder = write_small_pack(tmp_path / "uji")
    (tmp_path / "elsewhere.csv").write_text(AGRICULTURE, encoding="utf-8")
    describe(folder, lambda d: resource(d, "agriculture").update(path="../elsewhere.csv"))
    with pytest.raises(PackRefused) as refused:
        read_pack(folder)
    assert [(p.kind, p.file) for p in refused.value.problems] == [
        ("file_missing", "../elsewhere.csv")
    ]


@pytest.mark.parametrize(
    ("name", "kind"), [("arms.png", "file_missing"), ("arms.gif", "picture_kind")]
)
def test_a_coat_of_arms_is_a_picture_that_is_there(tmp_path, name, kind):
    folder = write_small_pack(tmp_path)
    (folder / "arms.gif").write_bytes(b"GIF89a")
    describe(folder, lambda d: d["sejahtera"].update(coat_of_arms=name))
    assert [(p.kind, p.file) for p in problems_of(folder)] == [(kind, name)]


@pytest.mark.parametrize(
    ("name", "kind"), [("kop.docx", "file_missing"), ("kop.doc", "letter_kind")]
)
def test_a_letter_template_is_a_word_file_that_is_there(tmp_path, name, kind):
    folder = write_small_pack(tmp_path)
    (folder / "kop.doc").write_bytes(b"an older kind of file")
    describe(folder, lambda d: d["sejahtera"].update(letter_template=name))
    assert [(p.kind, p.file) for p in problems_of(folder)] == [(kind, name)]


# --- Daily reports -----------------------------------------------------------------------------

CORRECTIONS = "row_id,field,raw_value,corrected_value,kind,reason,evidence\n"


def corrected(folder, content):
    (folder / "corrections.csv").write_text(CORRECTIONS + content, encoding="utf-8")
    return add_daily_table(folder, corrections="corrections.csv")


def test_daily_reports_with_a_fitting_correction_are_good(tmp_path):
    folder = corrected(write_small_pack(tmp_path), "1,padi,5000,50000,factor,ten,-\n")
    check_pack(read_pack(folder))


@pytest.mark.parametrize(
    ("content", "kind", "row", "field"),
    [
        ("1,padi,5000,1,,,\n2,padi,9,1,,,\n", "guard_mismatch", "3", "padi"),
        ("7,padi,5000,1,,,\n", "correction_without_cell", "2", "padi"),
        ("1,jagung,5000,1,,,\n", "correction_without_cell", "2", "jagung"),
        ("1,padi,5000,1,,,\n1,padi,5000,2,,,\n", "correction_repeated", "3", "padi"),
    ],
)
def test_a_correction_that_does_not_fit_names_its_row(tmp_path, content, kind, row, field):
    (problem,) = problems_of(corrected(write_small_pack(tmp_path), content))
    assert (problem.kind, problem.file, problem.row, problem.field) == (
        kind,
        "corrections.csv",
        row,
        field,
    )
    for language in ("id", "en"):
        assert problem.words(language).startswith("corrections.csv")


@pytest.mark.parametrize("rules", ["= [", "odd = 1", "[limits]\nodd = 2"])
def test_rules_that_cannot_be_used_are_named(tmp_path, rules):
    folder = add_daily_table(write_small_pack(tmp_path), rules="rules.toml")
    (folder / "rules.toml").write_text(rules, encoding="utf-8")
    assert [(p.kind, p.file) for p in problems_of(folder)] == [("rules_invalid", "rules.toml")]


@pytest.mark.parametrize(
    ("settings", "kind", "field"),
    [
        ({"items": ["padi", "kedelai"]}, "column_lacking", "kedelai"),
        ({"date": "hari"}, "column_lacking", "hari"),
        ({"source_id": "nobody"}, "unknown_source", "source_id"),
        ({"unit": "ha"}, "wrong_unit", "unit"),
    ],
)
def test_a_daily_table_must_be_as_described(tmp_path, settings, kind, field):
    problem = problems_of(add_daily_table(write_small_pack(tmp_path), **settings))[0]
    assert (problem.kind, problem.file, problem.field) == (kind, "farmgate_prices.csv", field)


def test_a_daily_price_that_is_no_number_is_named(tmp_path):
    rows = DAILY_ROWS.replace("5100", "lima ribu")
    (problem,) = problems_of(add_daily_table(write_small_pack(tmp_path), rows))
    assert (problem.kind, problem.row, problem.found) == ("type_number", "2", "lima ribu")


# --- Words -------------------------------------------------------------------------------------


def test_every_kind_of_problem_has_a_cure_in_both_languages():
    """Each sentence says where, and after the finding tells what to do."""
    for language in ("id", "en"):
        texts = {k: v for k, v in catalogue(language).items() if k.startswith("pack.problem.")}
        assert {key: len(str(words).split(". ")) for key, words in texts.items()} == (
            dict.fromkeys(texts, 2)
        )
