"""The pack of Kabupaten Blitar as files: whole, valid, counted, every code known."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from analytics.observations.table import KEY_COLUMNS
from analytics.settings import PROJECT_ROOT

pytestmark = pytest.mark.thorough

PACK = PROJECT_ROOT / "data" / "blitar"
OBSERVATIONS = (
    "agriculture",
    "rice_monthly",
    "commodity_centres",
    "prices",
    "visits",
    "branding",
    "smart_city",
    "reference_prices",
    "population",
)
REFERENCES = (
    "areas",
    "places",
    "destinations",
    "commodity_groups",
    "commodities",
    "programmes",
    "indicators",
    "units",
    "licences",
    "sources",
    "caveats",
    "holidays",
    "result_texts",
)
# Published tables give 135 reference prices, each a low and a high row, and 50 Smart City facts,
# of which three carry a baseline or a target beside the result.
ROWS = {
    "agriculture": 1489,
    "rice_monthly": 840,
    "commodity_centres": 47,
    "farmgate_prices": 2067,
    "prices": 1974,
    "visits": 2200,
    "branding": 118,
    "smart_city": 53,
    "reference_prices": 2 * 135,
    "population": 38 * 4 + 7,
    "destinations": 69,
    "holidays": 158,
    "sources": 338,
    "areas": 4 + 38 + 22,
    "places": 69 + 6,
}
OBSERVATION_KEY = KEY_COLUMNS[1:]  # a file holds one dataset
SATU_DATA = {
    "concept",
    "definition",
    "classification",
    "measure",
    "unit",
    "producer",
    "walidata",
    "release_date",
    "next_release",
    "licence",
}


@cache
def rows_of(table: str) -> tuple[dict[str, str], ...]:
    """Rows of a CSV file of the pack, every cell as text."""
    with (PACK / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def descriptor() -> dict:
    """The pack's `datapackage.json`."""
    return json.loads((PACK / "datapackage.json").read_text(encoding="utf-8"))


def codes_of(table: str, column: str) -> set[str]:
    return {row[column] for row in rows_of(table)}


def split(cell: str) -> list[str]:
    return [code for code in cell.split(";") if code]


def features_of(boundary: str) -> list[dict]:
    return json.loads((PACK / "boundaries" / f"{boundary}.geojson").read_text("utf-8"))["features"]


def test_frictionless_finds_no_fault() -> None:
    from frictionless import Package, system

    with system.use_context(trusted=True):
        report = Package(str(PACK / "datapackage.json")).validate()

    assert report.flatten(["name", "rowNumber", "fieldName", "message"]) == []
    assert report.valid


@pytest.mark.parametrize(("table", "expected"), ROWS.items())
def test_no_row_was_lost(table: str, expected: int) -> None:
    assert len(rows_of(table)) == expected


def test_every_reference_price_has_a_low_and_a_high_row() -> None:
    sides = Counter(row["indicator"].split("_")[1] for row in rows_of("reference_prices"))

    assert sides == {"low": 135, "high": 135}


@pytest.mark.parametrize("dataset", OBSERVATIONS)
def test_keys_are_unique(dataset: str) -> None:
    keys = Counter(tuple(row[column] for column in OBSERVATION_KEY) for row in rows_of(dataset))

    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("areas", ("area_code",)),
        ("places", ("place",)),
        ("destinations", ("place",)),
        ("commodities", ("item",)),
        ("commodity_groups", ("group",)),
        ("programmes", ("item",)),
        ("indicators", ("indicator",)),
        ("units", ("unit",)),
        ("sources", ("source_id",)),
        ("licences", ("licence",)),
        ("caveats", ("caveat",)),
        ("holidays", ("holiday", "date")),
        ("farmgate_prices", ("row_id",)),
        ("result_texts", ("obs_text",)),
    ],
)
def test_reference_keys_are_unique(table: str, key: tuple[str, ...]) -> None:
    keys = Counter(tuple(row[column] for column in key) for row in rows_of(table))

    assert [value for value, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("dataset", OBSERVATIONS)
@pytest.mark.parametrize(
    ("column", "table", "key"),
    [
        ("ref_area", "areas", "area_code"),
        ("place", "places", "place"),
        ("indicator", "indicators", "indicator"),
        ("unit", "units", "unit"),
        ("source_id", "sources", "source_id"),
    ],
)
def test_codes_of_observations_are_known(dataset: str, column: str, table: str, key: str) -> None:
    used = {row[column] for row in rows_of(dataset) if row[column]}

    assert used - codes_of(table, key) == set()


@pytest.mark.parametrize("dataset", OBSERVATIONS)
def test_items_are_commodities_or_programmes(dataset: str) -> None:
    table = "programmes" if dataset == "smart_city" else "commodities"

    assert codes_of(dataset, "item") - codes_of(table, "item") == set()


def test_commodities_and_programmes_share_no_code() -> None:
    assert codes_of("commodities", "item") & codes_of("programmes", "item") == set()


def test_columns_of_the_daily_table_are_commodities() -> None:
    resource = next(r for r in descriptor()["resources"] if r["name"] == "farmgate_prices")
    items = resource["sejahtera"]["items"]

    assert len(items) == 17
    assert set(items) <= codes_of("commodities", "item")
    assert list(rows_of("farmgate_prices")[0])[4:] == items


@pytest.mark.parametrize("table", [*OBSERVATIONS, "places", "destinations", "sources", "holidays"])
def test_caveats_are_known(table: str) -> None:
    used = {code for row in rows_of(table) for code in split(row["caveat"])}

    assert used - codes_of("caveats", "caveat") == set()


def test_caveats_of_resources_are_known() -> None:
    used = {code for r in descriptor()["resources"] for code in r["sejahtera"].get("caveats", [])}

    assert used
    assert used - codes_of("caveats", "caveat") == set()


@pytest.mark.parametrize(
    ("table", "column", "other", "key"),
    [
        ("areas", "parent_code", "areas", "area_code"),
        ("places", "ref_area", "areas", "area_code"),
        ("places", "source_id", "sources", "source_id"),
        ("destinations", "place", "places", "place"),
        ("destinations", "source_id", "sources", "source_id"),
        ("holidays", "source_id", "sources", "source_id"),
        ("sources", "licence", "licences", "licence"),
        ("commodities", "group", "commodity_groups", "group"),
        ("indicators", "unit", "units", "unit"),
        ("indicators", "numerator", "indicators", "indicator"),
        ("indicators", "denominator", "indicators", "indicator"),
        ("units", "base_unit", "units", "unit"),
        ("farmgate_prices", "area_code", "areas", "area_code"),
    ],
)
def test_codes_of_reference_tables_are_known(table: str, column: str, other: str, key: str) -> None:
    used = {row[column] for row in rows_of(table) if row[column]}

    assert used - codes_of(other, key) == set()


def test_sources_of_areas_are_known() -> None:
    used = {code for row in rows_of("areas") for code in split(row["source_ids"])}

    assert used - codes_of("sources", "source_id") == set()


def test_every_source_has_an_address_or_a_reason() -> None:
    without = [row for row in rows_of("sources") if not row["url"]]

    assert {row["url_status"] for row in without} == {"none"}
    assert all(row["caveat"].startswith("source_without_address") for row in without)
    assert all(
        "source_address_partial" in row["caveat"]
        for row in rows_of("sources")
        if row["url_status"] == "partial"
    )


def test_addresses_can_be_opened_as_links() -> None:
    addresses = [row["url"] for row in rows_of("sources") if row["url"]]

    assert [url for url in addresses if not re.fullmatch(r"https?://\S+", url)] == []


def test_every_source_states_its_method_and_order() -> None:
    names = {
        (row["method"], row["method_name_id"], row["method_name_en"]) for row in rows_of("sources")
    }

    assert len(names) == len({method for method, *_ in names})
    assert all(row["preference"].isdigit() for row in rows_of("sources"))
    assert all(row["licence"] for row in rows_of("sources"))


def test_every_licence_is_used() -> None:
    assert codes_of("licences", "licence") == codes_of("sources", "licence")


def test_licences_are_translated_not_copied() -> None:
    same = {row["name_en"] for row in rows_of("licences") if row["name_id"] == row["name_en"]}

    # Names of licences, the same in both languages.
    assert same == {"MIT", "CC BY-SA (Wikipedia)"}


def test_only_an_index_has_no_symbol_and_that_in_both_languages() -> None:
    for column in ("symbol_id", "symbol_en"):
        assert [row["unit"] for row in rows_of("units") if not row[column].strip()] == ["index"]


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("caveats", ("text_id", "text_en")),
        ("commodities", ("name_id", "name_en")),
        ("commodity_groups", ("name_id", "name_en")),
        ("programmes", ("name_id", "name_en")),
        ("indicators", ("name_id", "name_en", "definition_id", "definition_en")),
        ("units", ("name_id", "name_en")),
        ("holidays", ("name_id", "name_en")),
        ("sources", ("method_name_id", "method_name_en")),
        ("licences", ("name_id", "name_en")),
        ("result_texts", ("name_id", "name_en")),
    ],
)
def test_both_languages_are_there(table: str, columns: tuple[str, ...]) -> None:
    lacking = [row for row in rows_of(table) if not all(row[column].strip() for column in columns)]

    assert lacking == []


def test_caveats_are_translated_not_copied() -> None:
    same = {row["text_en"] for row in rows_of("caveats") if row["text_id"] == row["text_en"]}

    # Words that are the same in both languages.
    assert (
        same == {"September 2025.", "Quick win 2019.", "PPID Award 2016.", "Lebaran 2023."} & same
    )


def test_caveats_are_sentences() -> None:
    texts = [text for row in rows_of("caveats") for text in (row["text_id"], row["text_en"])]

    assert [text for text in texts if not re.match(r"^[\"A-Z0-9].*\.$", text)] == []


def test_indicator_names_say_one_thing() -> None:
    for column in ("name_id", "name_en"):
        names = Counter(row[column] for row in rows_of("indicators"))
        assert [name for name, count in names.items() if count > 1] == []


def test_units_of_rows_fit_their_indicator() -> None:
    base = {row["unit"]: row["base_unit"] for row in rows_of("units")}
    indicators = {row["indicator"]: row for row in rows_of("indicators")}
    for dataset in OBSERVATIONS:
        for row in rows_of(dataset):
            indicator = indicators[row["indicator"]]
            assert row["unit"] in split(indicator["allowed_units"]), row
            if indicator["unit"]:
                assert base[row["unit"]] == base[indicator["unit"]], row


def test_missing_rows_have_no_value_and_others_have_one() -> None:
    for dataset in OBSERVATIONS:
        for row in rows_of(dataset):
            has_result = bool(row["obs_value"] or row["obs_text"])
            assert has_result == (row["obs_status"] != "M"), row


def test_text_results_stand_in_obs_text() -> None:
    for dataset in OBSERVATIONS:
        for row in rows_of(dataset):
            assert bool(row["obs_text"]) == (row["unit"] == "text"), row


def test_text_results_of_programmes_and_brand_are_readable_in_both_languages() -> None:
    used = {row["obs_text"] for table in ("branding", "smart_city") for row in rows_of(table)} - {
        ""
    }

    assert used <= codes_of("result_texts", "obs_text")


def test_undated_rows_say_so() -> None:
    for dataset in OBSERVATIONS:
        for row in rows_of(dataset):
            is_undated = row["freq"] == "_U"
            assert is_undated == (row["period_start"] == ""), row
            assert is_undated == ("undated" in split(row["caveat"])), row


def test_only_rules_in_force_have_an_open_end() -> None:
    open_rows = [
        (dataset, row)
        for dataset in OBSERVATIONS
        for row in rows_of(dataset)
        if row["period_start"] and not row["period_end"]
    ]

    assert {dataset for dataset, _ in open_rows} == {"reference_prices"}
    assert all("open_end" in split(row["caveat"]) for _, row in open_rows)


@pytest.mark.parametrize(
    ("freq", "pattern"),
    [
        ("A", r"(\d{4})-01-01 \1-12-31"),
        ("M", r"(\d{4}-\d\d)-01 \1-(28|29|30|31)"),
        ("Q", r"(\d{4})-(01-01 \1-03-31|04-01 \1-06-30|07-01 \1-09-30|10-01 \1-12-31)"),
        ("D", r"(\d{4}-\d\d-\d\d) \1"),
    ],
)
def test_spans_match_their_frequency(freq: str, pattern: str) -> None:
    spans = {
        f"{row['period_start']} {row['period_end']}"
        for dataset in OBSERVATIONS
        for row in rows_of(dataset)
        if row["freq"] == freq
    }

    assert spans
    assert [span for span in spans if not re.fullmatch(pattern, span)] == []


def test_every_field_is_described_in_both_languages() -> None:
    fields = [
        field
        for resource in descriptor()["resources"]
        for field in resource.get("schema", {}).get("fields", [])
    ]

    assert fields
    assert all(field["description"] and field["description_en"] for field in fields)


def test_every_resource_carries_satu_data_in_both_languages() -> None:
    for resource in descriptor()["resources"]:
        for key in ("satu_data", "satu_data_en"):
            satu_data = resource[key]
            assert set(satu_data) >= SATU_DATA, resource["name"]
            empty = {name for name in SATU_DATA if not satu_data[name]}
            assert empty <= {"next_release"}, resource["name"]
            assert satu_data["next_release"] or satu_data["next_release_reason"]


def test_every_file_of_the_pack_is_described() -> None:
    described = {resource["path"] for resource in descriptor()["resources"]}
    present = {
        path.relative_to(PACK).as_posix()
        for path in PACK.rglob("*")
        if path.suffix in {".csv", ".geojson"}
    }

    assert present == described


def test_all_reference_tables_and_datasets_are_described() -> None:
    names = {resource["name"] for resource in descriptor()["resources"]}

    assert names >= {*OBSERVATIONS, *REFERENCES, "farmgate_prices"}


def test_corrections_are_described() -> None:
    resource = next(r for r in descriptor()["resources"] if r["name"] == "corrections-farmgate")

    assert [field["name"] for field in resource["schema"]["fields"]] == [
        "row_id",
        "field",
        "raw_value",
        "corrected_value",
        "kind",
        "reason",
        "evidence",
    ]


@pytest.mark.parametrize(
    ("boundary", "count"), [("kecamatan", 22), ("kabupaten", 38), ("holes", 1)]
)
def test_boundaries_name_known_areas(boundary: str, count: int) -> None:
    names = {row["area_code"]: row["name"] for row in rows_of("areas")}
    features = features_of(boundary)

    assert len(features) == count
    for feature in features:
        assert names[feature["properties"]["code"]] == feature["properties"]["name"]


@pytest.mark.parametrize("boundary", ["kecamatan", "kabupaten", "holes"])
def test_boundaries_are_valid_and_not_overlapping(boundary: str) -> None:
    from shapely.geometry import shape
    from shapely.ops import unary_union

    shapes = [shape(feature["geometry"]) for feature in features_of(boundary)]

    assert all(one.is_valid and not one.is_empty for one in shapes)
    assert unary_union(shapes).area == pytest.approx(sum(one.area for one in shapes), rel=1e-4)


def test_pack_holds_files_only_of_known_kinds() -> None:
    kinds = {path.suffix for path in PACK.rglob("*") if path.is_file()}

    assert kinds <= {".csv", ".geojson", ".json", ".toml", ".md"}


def test_no_machine_path_stands_in_the_pack() -> None:
    files = [path for path in PACK.rglob("*") if path.is_file()]

    assert [path for path in files if _mentions_a_machine(path)] == []


def _mentions_a_machine(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    return bool(re.search(r"(?<![\w.:/-])/(work|home|root|tmp)/", text))
