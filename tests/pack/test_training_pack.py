"""The fictional region: same bytes on every run, whole, consistent, and never taken for real."""

import csv
import json
import math
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import shapely
from frictionless import Package, system
from shapely.geometry import shape

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
PACK = DATA / "contoh"
SCRIPT = ROOT / "tools" / "make_training_pack.py"
WORDING = ROOT / "tools" / "training_pack" / "wording.toml"
REGENCY, HOLE, PROVINCE = "99.01", "99.71", "99"
SUBDISTRICTS = {f"99.01.{number:02d}" for number in range(1, 17)}
REGENCIES = {"99.71", "99.72"} | {f"99.{number:02d}" for number in range(1, 10)}
OBSERVATION_DATASETS = (
    "agriculture",
    "rice_monthly",
    "commodity_centres",
    "prices",
    "visits",
    "branding",
    "smart_city",
    "reference_prices",
    "population",
    "cpi",
    "budget",
    "performance",
    "promotion",
    "reviews",
    "search_interest",
    "visitor_survey",
)
KEY = ("ref_area", "place", "item", "indicator", "period_start", "period_end", "freq", "source_id")
UNITS_PER_T = {"t": 1.0, "kw": 10.0, "kg": 1000.0}
LARGEST_FARMGATE_BYTES = 1_500_000

pytestmark = pytest.mark.thorough


@cache
def table(name: str, pack: Path = PACK) -> list[dict[str, str]]:
    with (pack / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def descriptor(pack: Path = PACK) -> dict:
    return json.loads((pack / "datapackage.json").read_text(encoding="utf-8"))


def shapes(name: str) -> dict:
    content = json.loads((PACK / "boundaries" / f"{name}.geojson").read_text(encoding="utf-8"))
    return {one["properties"]["code"]: shape(one["geometry"]) for one in content["features"]}


def values(name: str, **wanted: str) -> dict[tuple[str, str], float]:
    """Values by area and first day of the rows that have all the wanted cells."""
    return {
        (row["ref_area"], row["period_start"]): float(row["obs_value"])
        for row in table(name)
        if row["obs_value"] and all(row[column] == cell for column, cell in wanted.items())
    }


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_program_gives_the_committed_bytes_again(tmp_path):
    command = [sys.executable, str(SCRIPT), "--output", str(tmp_path), "--vocabulary", str(PACK)]
    subprocess.run(command, check=True, capture_output=True)

    again, committed = files_below(tmp_path), files_below(PACK)

    assert sorted(again) == sorted(committed)
    assert [name for name in again if again[name] != committed[name]] == []


def test_pack_agrees_with_its_schema():
    with system.use_context(trusted=True):
        report = Package(str(PACK / "datapackage.json")).validate(limit_errors=20)

    assert report.flatten(["title", "rowNumber", "fieldName", "message"]) == []


def test_every_resource_says_that_it_is_training_data():
    assert descriptor()["sejahtera"]["is_training"] is True
    lacking = [
        one["name"]
        for one in descriptor()["resources"]
        if "training_data" not in one["sejahtera"]["caveats"]
    ]
    assert lacking == []


def test_every_figure_comes_from_the_program():
    own = {row["source_id"] for row in table("sources") if row["publisher"] == "Sejahtera"}
    for name in OBSERVATION_DATASETS:
        assert {row["source_id"] for row in table(name)} <= own
    titles = [row["title"] for row in table("sources") if row["source_id"] in own]
    assert all(title.startswith("Data latihan, dibuat oleh program (seed ") for title in titles)


def other_packs() -> list[Path]:
    return [path.parent for path in DATA.glob("*/datapackage.json") if path.parent != PACK]


@pytest.mark.parametrize("other", other_packs(), ids=lambda pack: pack.name)
def test_no_area_of_another_pack_is_named(other):
    codes = {row["area_code"] for row in table("areas")}
    shared = {row["area_code"] for row in table("areas", other)} & codes
    assert shared == {"WLD", "ID", "ID-Z1"}

    theirs = {row["name"] for row in table("areas", other) if row["area_code"] not in codes}
    assert theirs & {row["name"] for row in table("areas")} == set()

    name = descriptor(other)["sejahtera"]["short_name"]["id"].lower()
    assert [file for file, text in files_below(PACK).items() if name.encode() in text.lower()] == []


@pytest.mark.parametrize("other", other_packs(), ids=lambda pack: pack.name)
@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("units", "unit"),
        ("indicators", "indicator"),
        ("commodities", "item"),
        ("commodity_groups", "group"),
        ("caveats", "caveat"),
        ("licences", "licence"),
    ],
)
def test_shared_words_are_the_same_in_every_pack(other, name, key):
    """When this fails, run tools/make_training_pack.py again."""
    own_words = tomllib.loads(WORDING.read_text(encoding="utf-8")).get(name, {})
    theirs = {row[key]: row for row in table(name, other)}
    different = [
        row[key]
        for row in table(name)
        if row[key] in theirs and row[key] not in own_words and row != theirs[row[key]]
    ]
    assert different == []


@pytest.mark.parametrize("other", other_packs(), ids=lambda pack: pack.name)
def test_tables_have_the_same_columns_in_every_pack(other):
    """When this fails, run tools/make_training_pack.py again."""

    def columns(pack: Path) -> dict[str, list[tuple[str, str]]]:
        return {
            one["name"]: [(field["name"], field["type"]) for field in one["schema"]["fields"]]
            for one in descriptor(pack)["resources"]
            if "schema" in one
        }

    own, theirs = columns(PACK), columns(other)
    farmgate = "farmgate_prices"
    assert {name: own[name] for name in own.keys() & theirs.keys() - {farmgate}} == {
        name: theirs[name] for name in own.keys() & theirs.keys() - {farmgate}
    }


def test_boundaries_are_clean_coverages_in_the_ocean():
    subdistricts, regencies = shapes("kecamatan"), shapes("kabupaten")
    assert (set(subdistricts), set(regencies)) == (SUBDISTRICTS, REGENCIES)
    for level in (subdistricts, regencies):
        assert shapely.coverage_is_valid(list(level.values()), gap_width=0.001)
        assert all(one.is_valid and one.geom_type == "Polygon" for one in level.values())
    assert len(shapely.union_all(list(regencies.values())).interiors) == 0
    west, south, east, north = shapely.total_bounds(list(regencies.values()))
    assert -12 < south < north < -10.4  # Java ends north of 9 degrees south
    assert 109 < west < east < 111


def test_city_is_the_hole_of_the_regency():
    subdistricts, regencies, holes = shapes("kecamatan"), shapes("kabupaten"), shapes("holes")
    regency = shapely.union_all(list(subdistricts.values()))

    assert list(holes) == descriptor()["sejahtera"]["holes"] == [HOLE]
    assert regency.equals(regencies[REGENCY])
    assert len(regency.interiors) == 1
    assert shapely.Polygon(regency.interiors[0]).equals(holes[HOLE])


def test_places_lie_in_their_area():
    areas = shapes("kecamatan") | shapes("kabupaten")
    outside = [
        row["place"]
        for row in table("places")
        if row["latitude"]  # words that people search for lie nowhere
        and not areas[row["ref_area"]].contains(
            shapely.Point(float(row["longitude"]), float(row["latitude"]))
        )
    ]
    assert outside == []


@pytest.mark.parametrize(
    ("name", "areas"),
    [
        ("agriculture", SUBDISTRICTS | REGENCIES),
        ("rice_monthly", SUBDISTRICTS | REGENCIES),
        ("population", SUBDISTRICTS | REGENCIES),
        ("visits", SUBDISTRICTS | REGENCIES),
        ("branding", SUBDISTRICTS | REGENCIES),
        ("smart_city", SUBDISTRICTS | REGENCIES),
        ("commodity_centres", SUBDISTRICTS),
        ("prices", {"99.01", "99.04", "99.05", "99.09"}),
    ],
)
def test_no_area_is_left_out(name, areas):
    assert areas <= {row["ref_area"] for row in table(name)}


def test_keys_are_unique_and_statuses_all_occur():
    seen = Counter()
    for name in OBSERVATION_DATASETS:
        key = (*KEY, "obs_text") if name == "reviews" else KEY
        keys = Counter(tuple(row[column] for column in key) for row in table(name))
        assert [key for key, count in keys.items() if count > 1] == []
        seen.update(row["obs_status"] for row in table(name))
    assert set(seen) == {"A", "P", "E", "F", "M", "U"}


def test_missing_rows_have_no_value_and_say_why():
    for name in OBSERVATION_DATASETS:
        for row in table(name):
            is_empty = not row["obs_value"] and not row["obs_text"]
            assert is_empty == (row["obs_status"] == "M"), row
            assert row["caveat"] or not is_empty, row


def test_yield_follows_from_production_and_harvested_area():
    checked = 0
    for row in table("agriculture"):
        if row["indicator"] != "yield" or not row["obs_value"]:
            continue
        same = {"item": row["item"], "source_id": row["source_id"]}
        key = (row["ref_area"], row["period_start"])
        produced = parts(indicator="production", **same)[key]
        harvested = parts(indicator="harvested_area", **same)[key]
        unit = {"padi": "t", "cabai_rawit": "kw"}.get(row["item"], "t")
        factor = UNITS_PER_T[row["unit"].split("/")[0]] / UNITS_PER_T[unit]
        assert math.isclose(float(row["obs_value"]), produced / harvested * factor, abs_tol=0.006)
        checked += 1
    assert checked > 2000


@cache
def parts(**wanted: str) -> dict[tuple[str, str], float]:
    return values("agriculture", **wanted)


@pytest.mark.parametrize("indicator", ["production", "harvested_area", "livestock_population"])
def test_totals_are_the_sums_of_their_parts(indicator):
    for item in {row["item"] for row in table("agriculture") if row["indicator"] == indicator}:
        found = parts(indicator=indicator, item=item, source_id="contoh_dinas")
        for code, members in ((REGENCY, SUBDISTRICTS), (PROVINCE, REGENCIES)):
            for day in {day for area, day in found if area == code}:
                total = sum(found[member, day] for member in members)
                assert math.isclose(found[code, day], total), (item, code, day)


@pytest.mark.parametrize(
    ("source", "areas"), [("contoh_dinas", SUBDISTRICTS), ("contoh_survei", REGENCIES)]
)
def test_months_of_rice_add_up_to_the_year(source, areas):
    for indicator in ("production", "harvested_area"):
        monthly = values("rice_monthly", indicator=indicator, source_id=source)
        yearly = parts(indicator=indicator, item="padi", source_id=source)
        sums = defaultdict(float)
        for (code, day), value in monthly.items():
            sums[code, f"{day[:4]}-01-01"] += value
        assert {code for code, _ in sums} >= areas
        assert all(math.isclose(total, yearly[key]) for key, total in sums.items())


def test_two_sources_disagree_on_rice():
    survey = parts(indicator="production", item="padi", source_id="contoh_survei")
    office = parts(indicator="production", item="padi", source_id="contoh_dinas")
    ratio = survey[REGENCY, "2023-01-01"] / office[REGENCY, "2023-01-01"]
    assert 0.5 < ratio < 0.75


def test_people_and_land_add_up():
    for indicator in ("population", "population_male", "population_female", "land_area"):
        found = values("population", indicator=indicator)
        for code, members in ((REGENCY, SUBDISTRICTS), (PROVINCE, REGENCIES)):
            total = sum(found[member, "2025-01-01"] for member in members)
            assert math.isclose(found[code, "2025-01-01"], total)


def location_quotients(item: str) -> list[float]:
    area = defaultdict(dict)
    for row in table("agriculture"):
        wanted = {"indicator": "harvested_area", "period_start": "2024-01-01"}
        wanted["source_id"] = "contoh_dinas"
        if wanted.items() <= row.items():
            area[row["ref_area"]][row["item"]] = float(row["obs_value"])
    whole = area[REGENCY][item] / sum(area[REGENCY].values())
    return [area[code][item] / sum(area[code].values()) / whole for code in sorted(SUBDISTRICTS)]


@pytest.mark.parametrize("item", ["padi", "jagung", "cabai_rawit", "kakao", "kopi", "kelapa"])
def test_location_quotients_spread_widely(item):
    quotients = location_quotients(item)
    assert min(quotients) < 0.5
    assert max(quotients) > 1.7


@cache
def price_series(item: str, area: str, indicator: str = "price_producer") -> dict[str, float]:
    found = values("prices", item=item, indicator=indicator, ref_area=area)
    return {day: price for (_, day), price in sorted(found.items())}


def test_prices_run_120_months_to_october_2026():
    series = list(price_series("telur_ayam_ras", REGENCY))
    assert (len(series), series[0], series[-1]) == (120, "2016-11-01", "2026-10-01")


def test_one_series_has_stopped_and_one_is_short():
    assert max(price_series("telur_ayam_ras", "99.09")) == "2025-01-01"
    short = [row for row in table("prices") if row["place"] == "pasar-latihrejo"]
    assert len(short) == 20


def test_before_lebaran_eggs_fall_and_broilers_rise():
    def step(item: str) -> float:
        changes = []
        for row in table("holidays"):
            month = row["date"][:7]
            series = price_series(item, REGENCY)
            if row["holiday"] != "idulfitri" or f"{month}-01" not in series:
                continue
            if int(row["date"][8:]) < 15:  # the fast lies in the month before
                continue
            before = sorted(day for day in series if day < f"{month}-01")[-2:]
            usual = sum(series[day] for day in before) / 2
            changes.append(math.log(series[f"{month}-01"] / usual))
        return sum(changes) / len(changes)

    assert step("telur_ayam_ras") < -0.04
    assert step("ayam_ras_pedaging") > 0.03


COUNTED = ("visits", "visits_domestic", "visits_foreign")


def test_all_visits_are_from_the_country_or_from_abroad():
    every = defaultdict(dict)
    for row in table("visits"):
        if row["source_id"] == "contoh_wisata" and row["indicator"] in COUNTED:
            key = (row["ref_area"], row["place"], row["period_start"], row["period_end"])
            every[key][row["indicator"]] = row["obs_value"]
    for found in every.values():
        if found["visits"]:
            home, abroad = int(found["visits_domestic"]), int(found["visits_foreign"])
            assert int(found["visits"]) == home + abroad
        else:
            assert set(found.values()) == {""}


def test_closed_months_are_missing_and_empty_months_are_zero():
    rows = [row for row in table("visits") if row["place"] and row["indicator"] == "visits"]
    closed = [row for row in rows if "site_closed" in row["caveat"].split(";")]
    assert {row["period_start"][:7] for row in closed} >= {"2020-04", "2021-08", "2024-02"}
    assert {row["obs_status"] for row in closed} == {"M"}
    assert [row["obs_status"] for row in rows if row["obs_value"] == "0"] == ["A", "A"]


def test_twenty_destinations_in_all_kecamatan_and_one_not_counted():
    rows = table("destinations")
    assert len(rows) == 20
    uncounted = [row["place"] for row in rows if row["is_counted_by_default"] == "false"]
    assert uncounted == ["bendungan-misal"]
    assert {row["kind"] for row in rows} == {"nature", "culture", "manmade", "village"}


def test_programmes_have_baseline_target_and_results():
    by_programme = defaultdict(set)
    for row in table("smart_city"):
        by_programme[row["item"]].add(row["indicator"])
    dimensions = set()
    for programme in table("programmes"):
        found = by_programme[programme["item"]]
        has_all = any({name, f"{name}_baseline", f"{name}_target"} <= found for name in found)
        dimensions |= {programme["dimension"]} if has_all else set()
    six = {"governance", "branding", "economy", "living", "society", "environment"}
    assert dimensions == six


def test_farmgate_file_is_small_and_lies_on_working_days():
    assert (PACK / "farmgate_prices.csv").stat().st_size < LARGEST_FARMGATE_BYTES
    days = {date.fromisoformat(row["date"]) for row in table("farmgate_prices")}
    assert max(day.weekday() for day in days) == 4
    assert min(days) >= date(2023, 1, 1)
    assert max(days) == date(2026, 11, 23)
    assert {row["area_code"] for row in table("farmgate_prices")} == SUBDISTRICTS | {""}


def test_farmgate_slips_are_planted_and_each_has_its_correction():
    reports = {row["row_id"]: row for row in table("farmgate_prices")}
    corrections = table("corrections/farmgate_prices")
    kinds = Counter((one["kind"], one["reason"]) for one in corrections)

    assert all(reports[one["row_id"]][one["field"]] == one["raw_value"] for one in corrections)
    assert kinds["factor_ten", "zero_added"] == 16
    assert kinds["factor_ten", "zero_lost"] == 14
    assert kinds["swapped_columns", "two_columns_exchanged"] == 8
    assert kinds["impossible", "no_reading_fits"] == 3
    for one in corrections:
        raw, corrected = float(one["raw_value"]), one["corrected_value"]
        if one["kind"] == "factor_ten":
            assert float(corrected) / raw in (10, 0.1)
        assert (corrected == "") == (one["kind"] == "impossible")


def test_farmgate_has_repeated_days_and_one_row_without_area():
    days = Counter((row["area_code"], row["date"]) for row in table("farmgate_prices"))
    assert sum(count == 2 for count in days.values()) == 6
    assert max(days.values()) == 2
    assert len([row for row in table("farmgate_prices") if not row["area_code"]]) == 1


@pytest.mark.long
def test_rule_finds_every_planted_slip_and_nothing_else():
    import pandas as pd

    from analytics.pack.slips import describe_candidates

    raw = pd.read_csv(PACK / "farmgate_prices.csv", dtype=str, keep_default_na=False)
    rules = tomllib.loads((PACK / "corrections/farmgate_rules.toml").read_text(encoding="utf-8"))
    found = describe_candidates(raw, rules=rules)
    accepted = found[found["kind"] != ""].astype(str)

    planted = {
        (one["row_id"], one["field"], one["corrected_value"], one["kind"])
        for one in table("corrections/farmgate_prices")
    }
    columns = ("row_id", "field", "corrected_value", "kind")
    assert set(zip(*(accepted[column] for column in columns), strict=True)) == planted
    assert len(found) - len(accepted) == 5  # odd but true prices are left alone
