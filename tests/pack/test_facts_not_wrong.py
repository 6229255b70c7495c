"""Eleven things about Kabupaten Blitar that must not be got wrong, checked on the pack's files."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from statistics import mean

import pytest

from tests.pack.test_blitar_pack import PACK, descriptor, features_of, rows_of, split

KECAMATAN = {row["area_code"] for row in rows_of("areas") if row["level"] == "kecamatan"}
SOURCES = {row["source_id"]: row for row in rows_of("sources")}
OUTPUT_INDICATORS = ("production", "harvested_area", "yield", "fishery_production")


def caveat(code: str) -> dict[str, str]:
    return next(row for row in rows_of("caveats") if row["caveat"] == code)


def caveats_of(resource: str) -> list[str]:
    entry = next(r for r in descriptor()["resources"] if r["name"] == resource)
    return entry["sejahtera"]["caveats"]


def rice_of(year: int) -> dict[str, dict[str, str]]:
    """Rice production of Kabupaten Blitar in a year, by source."""
    return {
        row["source_id"]: row
        for row in rows_of("agriculture")
        if (row["ref_area"], row["item"], row["indicator"]) == ("35.05", "padi", "production")
        and row["period_start"] == f"{year}-01-01"
    }


# 1. No complete table of output per kecamatan


def test_no_output_of_a_kecamatan_was_apportioned_from_the_regency() -> None:
    output = [
        row
        for row in rows_of("agriculture")
        if row["ref_area"] in KECAMATAN and row["indicator"] in OUTPUT_INDICATORS
    ]

    assert output == []
    assert "no_kecamatan_output_table" in caveats_of("agriculture")


def test_only_the_number_of_villages_is_known_for_all_kecamatan() -> None:
    areas = defaultdict(set)
    for row in rows_of("agriculture"):
        if row["ref_area"] in KECAMATAN:
            areas[(row["item"], row["indicator"])].add(row["ref_area"])

    complete = {key for key, known in areas.items() if known == KECAMATAN}
    assert complete == {("wilayah", "village_count")}


def test_centres_carry_no_quantity() -> None:
    assert {row["obs_value"] for row in rows_of("commodity_centres")} == {""}
    assert {row["unit"] for row in rows_of("commodity_centres")} == {"text"}


# 2. Rice: two methods


@pytest.mark.parametrize(
    ("year", "ksa", "office_source", "office"),
    [
        (2018, "224178.63", "adakita_padi_2019", "380688"),
        (2023, "240224.41", "sinarperbatasan_2024", "375490"),
    ],
)
def test_two_rice_figures_stand_side_by_side_with_their_method(
    year: int, ksa: str, office_source: str, office: str
) -> None:
    rice = rice_of(year)
    ksa_source = "bps_jatim_ksa_prod_2018_2024"

    assert rice[ksa_source]["obs_value"] == ksa
    assert rice[office_source]["obs_value"] == office
    assert SOURCES[ksa_source]["method"] == "ksa"
    assert SOURCES[office_source]["method"] == "dinas"
    assert {rice[ksa_source]["unit"], rice[office_source]["unit"]} == {"t"}


def test_ksa_is_preferred_to_the_office_and_final_to_first_release() -> None:
    order = {source: int(row["preference"]) for source, row in SOURCES.items()}

    final = order["bps_jatim_ksa_prod_2018_2024"]
    assert final < order["bps_jatim_padi_2019_2020"] < order["adakita_padi_2019"]
    assert final < order["bps_jatim_padi_2021_2022"] < order["sinarperbatasan_2024"]
    assert min(order.values()) == final


def test_one_source_has_one_rice_method() -> None:
    methods = {SOURCES[source]["method"] for year in range(2017, 2025) for source in rice_of(year)}

    assert methods == {"ksa", "dinas"}
    assert "ksa_method" not in {
        code
        for source, row in rice_of(2018).items()
        if SOURCES[source]["method"] == "dinas"
        for code in split(row["caveat"])
    }


def test_rice_before_2018_has_no_ksa_figure() -> None:
    early = [
        row
        for table in ("agriculture", "rice_monthly")
        for row in rows_of(table)
        if row["item"] == "padi" and "" < row["period_start"] < "2018-01-01"
    ]

    assert early
    assert {SOURCES[row["source_id"]]["method"] for row in early} == {"dinas", "bps_pre_ksa"}


def test_yields_stay_in_the_unit_bps_prints() -> None:
    yields = [r for r in rows_of("agriculture") if (r["item"], r["indicator"]) == ("padi", "yield")]

    assert {row["unit"] for row in yields} == {"kw/ha"}
    assert next(
        row["obs_value"]
        for row in yields
        if row["ref_area"] == "35.05" and row["source_id"] == "bps_jatim_yield_2019_2024"
        and row["period_start"] == "2023-01-01"
    ) == "66.1"  # fmt: skip


# 3. Daily producer prices are raw


def test_zero_means_not_reported() -> None:
    entry = next(r for r in descriptor()["resources"] if r["name"] == "farmgate_prices")

    assert entry["sejahtera"]["zero"] == "not_reported"
    assert "zero_not_reported" in entry["sejahtera"]["caveats"]
    assert any(row["daging_ayam"] == "0" for row in rows_of("farmgate_prices"))


def test_slips_are_kept_as_entered() -> None:
    rows = {row["row_id"]: row for row in rows_of("farmgate_prices")}

    assert rows["2"]["gkg_penggilingan"] == "48500"
    assert rows["2"]["jagung_pipilan_kering"] == "54000"


def test_row_35_has_no_kecamatan() -> None:
    nowhere = [row for row in rows_of("farmgate_prices") if not row["area_code"]]

    assert [row["row_id"] for row in nowhere] == ["35"]


def test_repeated_kecamatan_days_stay() -> None:
    days = Counter((row["area_code"], row["date"]) for row in rows_of("farmgate_prices"))

    assert sum(1 for count in days.values() if count > 1) == 24


def test_beef_mixes_live_weight_and_meat() -> None:
    prices = [int(row["daging_sapi"]) for row in rows_of("farmgate_prices")]

    assert sum(50_000 <= price <= 65_000 for price in prices) > 20
    assert sum(85_000 <= price <= 120_000 for price in prices) > 20
    assert "beef_two_bases" in caveats_of("farmgate_prices")


def test_bird_chilli_stands_in_other_columns_until_row_1974() -> None:
    early = [row for row in rows_of("farmgate_prices") if int(row["row_id"]) <= 1974]
    late = [row for row in rows_of("farmgate_prices") if int(row["row_id"]) > 1974]

    assert {row["cabe_rawit_merah"] for row in early} == {"0"}
    assert {row["cabe_rawit_merah"] for row in late} != {"0"}
    assert "bird_chilli_in_other_columns" in caveats_of("farmgate_prices")


# 4. One observation a month


def test_producer_series_are_first_observations_not_means() -> None:
    rows = [row for row in rows_of("prices") if row["source_id"] == "siskaperbapo_produsen"]

    assert rows
    assert all("first_observation_of_month" in split(row["caveat"]) for row in rows)
    assert {row["freq"] for row in rows} == {"M"}
    others = [row for row in rows if "observed_on_other_day" in split(row["caveat"])]
    assert len(others) == 10


def test_no_other_series_claims_to_be_a_first_observation() -> None:
    rows = [row for row in rows_of("prices") if row["source_id"] != "siskaperbapo_produsen"]

    assert not any("first_observation_of_month" in split(row["caveat"]) for row in rows)


@pytest.mark.parametrize(
    ("place", "item"),
    [("ud-telur-intan", "telur_ayam_ras"), ("peternak-desa-kambingan", "ayam_ras_pedaging")],
)
def test_blitar_farm_series_run_121_months(place: str, item: str) -> None:
    months = sorted(row["period_start"] for row in rows_of("prices") if row["place"] == place)

    assert len(months) == 121
    assert (months[0], months[-1]) == ("2016-08-01", "2026-08-01")
    assert {row["item"] for row in rows_of("prices") if row["place"] == place} == {item}


def test_srengat_farm_is_filed_where_the_source_files_it_and_says_so() -> None:
    rows = [row for row in rows_of("prices") if row["place"] == "peternak-kec-srengat"]
    place = next(row for row in rows_of("places") if row["place"] == "peternak-kec-srengat")

    assert {row["ref_area"] for row in rows} == {"35.06"} == {place["ref_area"]}
    assert all("srengat_filed_under_kediri" in split(row["caveat"]) for row in rows)
    assert "srengat_filed_under_kediri" in split(place["caveat"])


# 5. Lebaran moves eggs and broilers in opposite directions


def _months_before(month: str, count: int) -> str:
    year, number = int(month[:4]), int(month[5:7])
    position = year * 12 + number - 1 - count
    return f"{position // 12}-{position % 12 + 1:02d}"


def _mean_change_to_lebaran(place: str) -> float:
    """Mean log change from two months before to the month of Idulfitri."""
    prices = {
        row["period_start"][:7]: float(row["obs_value"])
        for row in rows_of("prices")
        if row["place"] == place
    }
    lebaran = [
        row["date"][:7]
        for row in rows_of("holidays")
        if row["holiday"] == "idulfitri" and row["is_decided"] == "true"
    ]
    pairs = [(_months_before(month, 2), month) for month in lebaran]
    return mean(
        math.log(prices[end] / prices[start])
        for start, end in pairs
        if start in prices and end in prices
    )


def test_eggs_fall_and_broilers_rise_towards_lebaran() -> None:
    assert _mean_change_to_lebaran("ud-telur-intan") < -0.03
    assert _mean_change_to_lebaran("peternak-desa-kambingan") > 0.03
    assert "lebaran_effects_differ" in caveats_of("prices")


# 6. Monthly counts of visits are unverified


def _monthly_counts() -> list[dict[str, str]]:
    return [row for row in rows_of("visits") if row["source_id"] == "T024"]


def test_monthly_counts_never_pass_as_normal_figures() -> None:
    counts = _monthly_counts()

    assert Counter(row["obs_status"] for row in counts) == {"U": 1620, "M": 540}
    assert all("unverified_source" in split(row["caveat"]) for row in counts)
    assert int(SOURCES["T024"]["preference"]) >= 90


def test_zero_visits_are_missing_not_zero() -> None:
    missing = [row for row in _monthly_counts() if row["obs_status"] == "M"]

    assert {row["obs_value"] for row in missing} == {""}
    assert all("closed_or_not_reported" in split(row["caveat"]) for row in missing)
    assert "0" not in {row["obs_value"] for row in _monthly_counts()}


def test_ngreco_lahor_is_marked_and_left_out_by_default() -> None:
    left_out = {
        row["place"] for row in rows_of("destinations") if row["is_counted_by_default"] == "false"
    }
    rows = [row for row in rows_of("visits") if row["place"] == "ngreco-lahor"]

    assert left_out == {"ngreco-lahor"}
    assert len(rows) == 84
    assert all("traffic_over_dam" in split(row["caveat"]) for row in rows)


def test_ngreco_lahor_makes_up_half_of_the_sums() -> None:
    totals: dict[str, float] = defaultdict(float)
    dam: dict[str, float] = defaultdict(float)
    for row in _monthly_counts():
        year, value = row["period_start"][:4], float(row["obs_value"] or 0)
        totals[year] += value
        dam[year] += value if row["place"] == "ngreco-lahor" else 0

    shares = [dam[year] / totals[year] for year in totals]
    assert (round(min(shares), 2), round(max(shares), 2)) == (0.41, 0.59)


def test_number_of_sites_grows() -> None:
    sites = defaultdict(set)
    for row in _monthly_counts():
        sites[row["period_start"][:4]].add(row["place"])

    assert (len(sites["2018"]), len(sites["2024"])) == (16, 41)
    assert "panel_of_sites_grows" in caveats_of("visits")


# 7. Kota Blitar is another region


def test_kota_blitar_is_a_city_of_its_own_under_the_province() -> None:
    city = next(row for row in rows_of("areas") if row["area_code"] == "35.72")

    assert (city["level"], city["parent_code"], city["name"]) == ("kota", "35", "Kota Blitar")
    assert descriptor()["sejahtera"]["holes"] == ["35.72"]


def test_no_visit_or_brand_figure_is_the_citys() -> None:
    for table in ("visits", "branding", "smart_city", "destinations"):
        rows = rows_of(table)
        assert "35.72" not in {row.get("ref_area", "") for row in rows}
        assert not {"B011", "B035"} & {row["source_id"] for row in rows}
    assert SOURCES["B011"]["method"] == SOURCES["B035"]["method"] == "other_region"


def test_figures_of_the_city_say_so() -> None:
    city = [row for row in rows_of("agriculture") if row["source_id"] == "haloblitar_padi_2025"]

    assert {row["ref_area"] for row in city} == {"35.72"}
    assert all("kota_blitar_not_kabupaten" in split(row["caveat"]) for row in city)


# 8. Claims that conflict with the numbers are not facts


def test_no_share_of_eggs_is_claimed() -> None:
    eggs = [
        row
        for table in ("agriculture", "branding", "prices")
        for row in rows_of(table)
        if row["item"] in {"telur_ayam_ras", "ayam_ras_petelur", "telur_unggas"}
    ]

    assert eggs
    assert "percent" not in {row["unit"] for row in eggs}
    assert "70" in caveat("egg_share_claim_not_a_fact")["text_id"]


# 9. Two areas of the regency


def test_both_areas_of_the_regency_are_kept_apart() -> None:
    areas = {
        (row["obs_value"], row["source_id"])
        for table in ("agriculture", "population")
        for row in rows_of(table)
        if (row["ref_area"], row["indicator"]) == ("35.05", "land_area")
    }

    assert ("1588.79", "wikipedia_en_blitar_2022") in areas
    assert ("1745.383", "kemendagri_luas_2025") in areas


def test_old_areas_of_kecamatan_are_not_dated_2025() -> None:
    rows = [
        row
        for table in ("agriculture", "population")
        for row in rows_of(table)
        if row["ref_area"] in KECAMATAN and row["indicator"] == "land_area"
    ]
    population = [r for r in rows_of("population") if r["ref_area"] in KECAMATAN]

    assert {row["freq"] for row in rows} == {"_U"}
    assert len(population) == 7
    assert all("area_older_kecamatan" in split(row["caveat"]) for row in population)


def test_areas_and_population_of_the_province_are_complete() -> None:
    known = defaultdict(set)
    for row in rows_of("population"):
        if row["freq"] == "A":
            known[row["indicator"]].add(row["ref_area"])

    assert {indicator: len(areas) for indicator, areas in known.items()} == {
        "population": 38,
        "population_male": 38,
        "population_female": 38,
        "land_area": 38,
    }


# 10. Two lists of codes


def test_the_two_lists_of_codes_match_one_to_one() -> None:
    coded = [row for row in rows_of("areas") if row["bps_code"]]
    bps_codes = Counter(row["bps_code"] for row in coded)

    assert len(coded) == 1 + 38 + 22
    assert set(bps_codes.values()) == {1}
    for row in coded:
        length = {"provinsi": 2, "kabupaten": 4, "kota": 4, "kecamatan": 7}[row["level"]]
        assert len(row["bps_code"]) == length


def test_the_lists_of_codes_are_not_the_same_order() -> None:
    by_code = {row["area_code"]: row for row in rows_of("areas")}
    by_bps = {row["bps_code"]: row for row in rows_of("areas") if row["bps_code"]}

    assert (by_code["35.05.01"]["name"], by_code["35.05.01"]["bps_code"]) == ("Wonodadi", "3505210")
    assert (by_bps["3505010"]["name"], by_bps["3505010"]["area_code"]) == ("Bakung", "35.05.05")


def test_codes_are_text() -> None:
    for resource in descriptor()["resources"]:
        for field in resource.get("schema", {}).get("fields", []):
            if field["name"] in {"ref_area", "area_code", "bps_code", "parent_code"}:
                assert field["type"] == "string"


def test_regencies_use_the_code_of_the_ministry() -> None:
    for table in ("agriculture", "rice_monthly", "prices", "visits", "population"):
        codes = {row["ref_area"] for row in rows_of(table)}
        assert [code for code in codes if code.isdigit() and code != "35"] == []


# 11. Boundaries: edition and licence


@pytest.mark.parametrize("boundary", ["kecamatan", "kabupaten", "holes"])
def test_boundaries_state_that_no_licence_was_found(boundary: str) -> None:
    entry = next(r for r in descriptor()["resources"] if r["name"] == f"boundaries-{boundary}")

    assert "boundary_licence_not_stated" in entry["sejahtera"]["caveats"]
    assert set(entry["sejahtera"]["sources"]) <= set(SOURCES)
    assert "fakta" in entry["satu_data"]["licence"]
    assert "licenses" not in entry


def test_kecamatan_boundaries_state_their_edition() -> None:
    assert "boundary_edition_2020" in caveats_of("boundaries-kecamatan")
    assert "newer_boundary_can_be_loaded" in caveats_of("boundaries-kecamatan")
    assert "2020" in caveat("boundary_edition_2020")["text_id"]


def test_kota_blitar_is_the_hole_in_the_kecamatan() -> None:
    from shapely.geometry import Polygon, shape
    from shapely.ops import unary_union

    (hole,) = features_of("holes")
    dissolved = unary_union([shape(feature["geometry"]) for feature in features_of("kecamatan")])
    (ring,) = dissolved.interiors

    assert hole["properties"] == {"code": "35.72", "name": "Kota Blitar", "is_hole": True}
    assert shape(hole["geometry"]).equals(Polygon(ring))


def test_boundary_files_keep_at_most_six_decimals() -> None:
    for path in sorted((PACK / "boundaries").glob("*.geojson")):
        decimals = re.findall(r"\d\.(\d+)", path.read_text(encoding="utf-8"))
        assert decimals
        assert max(len(digits) for digits in decimals) <= 6
