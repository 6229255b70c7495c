"""What the map may show: nothing apportioned, methods apart, missing stays missing."""

import pandas as pd
import pytest

from analytics.agriculture.levels import (
    UnknownLevel,
    level_below,
    level_of_area,
    map_level,
    map_levels,
)
from analytics.agriculture.measures import (
    UnknownMeasure,
    items_of,
    measure_of,
    measures,
    usual_measure,
)
from analytics.agriculture.rows import ALL_COMMODITIES, map_rows, method_family, weakest_status


def value(edition, *, level, area, item, indicator, period, part="chosen"):
    rows = map_rows(edition, level=level)
    found = rows.of(part, item=item, indicator=indicator, period=period).set_index("ref_area")
    return found["obs_value"].get(area)


def test_levels_are_named_by_the_pack(blitar, contoh):
    assert [level.name.id for level in map_levels(blitar)] == ["Jawa Timur", "Kabupaten Blitar"]
    assert [level.name.en for level in map_levels(contoh)][1] == contoh.region["name"]["en"]
    assert [len(level.areas) for level in map_levels(blitar)] == [38, 22]
    with pytest.raises(UnknownLevel, match="desa"):
        map_level(blitar, "desa")


def test_only_the_own_region_can_be_entered(blitar):
    assert level_below(blitar, "35.05").code == "kecamatan"
    assert level_below(blitar, "35.06") is None
    assert level_of_area(blitar, "35.05.01").code == "kecamatan"
    assert level_of_area(blitar, "ID") is None


def test_rice_of_the_region_is_the_survey_figure_and_the_office_stands_apart(blitar):
    asked = {"level": "kabupaten", "area": "35.05", "item": "padi", "indicator": "production"}
    assert value(blitar, period="2023", **asked) == 240224.41
    assert value(blitar, period="2023", part="other_methods", **asked) == 375490.0
    assert value(blitar, period="2018", **asked) == 224178.63
    assert value(blitar, period="2018", part="other_methods", **asked) == 380688.0


def test_no_kecamatan_gets_a_part_of_the_regency(blitar):
    chosen = map_rows(blitar, level="kecamatan").chosen
    assert not len(chosen[(chosen["item"] == "padi") & (chosen["indicator"] == "production")])
    rice = measure_of(blitar, level="kecamatan", item="padi", indicator="production")
    assert (rice.known, rice.values, rice.total) == (0, 0, 22)
    assert [choice.code for choice in rice.periods] == [str(year) for year in range(2018, 2025)]


def test_the_training_region_has_output_in_every_kecamatan(contoh):
    rice = measure_of(contoh, level="kecamatan", item="padi", indicator="production")
    assert rice.known == rice.total == 16
    assert usual_measure(measures(contoh, level="kecamatan")).indicator.code == "production"


def test_yield_is_recomputed_and_the_printed_figure_stands_beside_it(blitar):
    rows = map_rows(blitar, level="kabupaten")
    found = rows.of("chosen", item="padi", indicator="yield", period="2024")
    own = found[found["ref_area"] == "35.05"].iloc[0]
    assert own["obs_value"] == pytest.approx(171154.02 / 30789.76)
    assert (own["printed_value"], own["unit"]) == (pytest.approx(5.559), "t/ha")
    assert len(found) == 38


def test_a_printed_yield_stands_alone_where_a_part_is_missing(edition_of):
    edition = edition_of("""
        88.01.01,,padi,yield,2023,52.5,kw/ha
        88.01.01,,padi,production,2023,100,t
    """)
    found = map_rows(edition, level="kecamatan").of(
        "chosen", item="padi", indicator="yield", period="2023"
    )
    assert found["obs_value"].tolist() == [5.25]
    assert found["printed_value"].tolist() == [5.25]


def test_parts_of_two_methods_give_no_yield(edition_of):
    edition = edition_of("""
        88.01.01,,padi,production,2023,100,t,A,s_official
        88.01.01,,padi,harvested_area,2023,20,ha,A,s_office
    """)
    assert not len(
        map_rows(edition, level="kecamatan").of(
            "chosen", item="padi", indicator="yield", period="2023"
        )
    )


def test_harvest_from_zero_hectares_is_left_out_and_named(edition_of):
    edition = edition_of("""
        88.01.01,,padi,production,2023,100,t
        88.01.01,,padi,harvested_area,2023,0,ha
        88.01.02,,padi,production,2023,50,t
        88.01.02,,padi,harvested_area,2023,10,ha
    """)
    rows = map_rows(edition, level="kecamatan")
    found = rows.of("chosen", item="padi", indicator="yield", period="2023")
    assert found["ref_area"].tolist() == ["88.01.02"]
    assert rows.impossible["ref_area"].tolist() == ["88.01.01"]


def test_the_weaker_status_of_the_parts_is_that_of_the_yield(edition_of):
    edition = edition_of("""
        88.01.01,,padi,production,2023,100,t,E
        88.01.01,,padi,harvested_area,2023,20,ha,P
    """)
    found = map_rows(edition, level="kecamatan").of(
        "chosen", item="padi", indicator="yield", period="2023"
    )
    assert found["obs_status"].tolist() == ["E"]


def test_one_map_holds_one_method_the_one_of_most_areas(edition_of):
    edition = edition_of("""
        88.01.01,,padi,production,2023,100,t,A,s_official
        88.01.01,,padi,production,2023,170,t,A,s_office
        88.01.02,,padi,production,2023,210,t,A,s_office
        88.01.01,,padi,production,2022,90,t,A,s_official
        88.01.01,,padi,production,2022,160,t,A,s_office
    """)
    rows = map_rows(edition, level="kecamatan")
    shown = rows.of("chosen", item="padi", indicator="production", period="2023")
    assert shown.set_index("ref_area")["obs_value"].to_dict() == {
        "88.01.01": 170.0,
        "88.01.02": 210.0,
    }
    equal = rows.of("chosen", item="padi", indicator="production", period="2022")
    assert equal["obs_value"].tolist() == [90.0]  # as many areas: the pack's preferred source


def test_values_stand_in_one_unit(edition_of):
    edition = edition_of("""
        88.01.01,,padi,production,2023,900,kw
        88.01.02,,padi,production,2023,80,t
    """)
    found = map_rows(edition, level="kecamatan").of(
        "chosen", item="padi", indicator="production", period="2023"
    )
    assert found.set_index("ref_area")["obs_value"].to_dict() == {
        "88.01.01": 90.0,
        "88.01.02": 80.0,
    }
    assert set(found["unit"]) == {"t"}


def test_unverified_figures_come_only_when_asked_for(edition_of):
    edition = edition_of("88.01.01,,padi,production,2023,100,t,U")
    assert not measures(edition, level="kecamatan")
    (found,) = measures(edition, level="kecamatan", with_unverified=True)
    assert found.known == 1


def test_farm_gate_months_are_medians_with_their_number_of_reports(blitar):
    rows = map_rows(blitar, level="kecamatan").chosen
    eggs = rows[(rows["item"] == "telur_ayam_ras") & (rows["period"] == "2023-05")]
    daily = blitar.observations("farmgate_prices", item="telur_ayam_ras")
    daily = daily[daily["period_start"].dt.strftime("%Y-%m") == "2023-05"]
    for row in eggs.itertuples():
        own = daily.loc[daily["ref_area"] == row.ref_area, "obs_value"].dropna()
        assert row.reports == len(own)
        assert row.obs_value == own.median() or pd.isna(row.obs_value)
    assert eggs["reports"].sum() > 50


def test_centres_count_sources_and_never_become_zero(blitar):
    rows = map_rows(blitar, level="kecamatan")
    rice = rows.of(
        "chosen", item="padi", indicator="commodity_centre", period="2012-01-01_2025-12-31"
    )
    assert len(rice) == 4 and set(rice["obs_value"]) == {1.0}
    together = rows.chosen[rows.chosen["item"] == ALL_COMMODITIES]
    assert together["obs_value"].min() >= 1
    assert together["obs_text"].str.len().min() > 0


def test_visits_leave_out_the_dam_and_keep_silence_missing(blitar):
    rows = map_rows(blitar, level="kecamatan", with_unverified=True)
    assert "ngreco-lahor" not in set(rows.by_site["place"])
    monthly = rows.chosen[(rows.chosen["item"] == "kunjungan") & (rows.chosen["freq"] == "M")]
    assert (monthly["obs_value"].dropna() > 0).all()
    assert monthly.loc[monthly["obs_value"].isna(), "sites"].eq(0).all()


def test_areas_are_matched_by_code_not_by_name(blitar):
    chosen = map_rows(blitar, level="kecamatan").chosen
    villages = chosen[(chosen["indicator"] == "village_count")].set_index("ref_area")
    assert villages["obs_value"]["35.05.15"] == 14  # Gandusari; another lies in Trenggalek
    assert blitar.vocabulary.areas.loc["35.05.01", "bps_code"] == "3505210"


def test_old_and_new_land_areas_are_different_periods(blitar):
    kecamatan = measure_of(blitar, level="kecamatan", item="wilayah", indicator="land_area")
    assert [choice.code for choice in kecamatan.periods] == ["undated"]
    regency = measure_of(blitar, level="kabupaten", item="wilayah", indicator="land_area")
    assert regency.usual_period.code == "2025"


def test_measures_follow_the_order_of_the_pack(blitar):
    found = measures(blitar, level="kabupaten")
    assert items_of(found)[0] == "padi"
    assert next(m.indicator.code for m in found if m.item == "padi") == "production"
    assert usual_measure(found).usual_period.code == "2024"
    with pytest.raises(UnknownMeasure, match="kopi"):
        measure_of(blitar, level="kecamatan", item="kopi", indicator="production")


def test_measures_have_names_in_both_languages(blitar):
    found = measures(blitar, level="kabupaten")
    names = {m.item + m.indicator.code: m.indicator.name for m in found}
    assert names["padiproduction"].id == "Produksi padi"
    assert names["lahan_sawahfarmland_area"].id == "Luas lahan sawah"  # not "lahan lahan sawah"
    assert names["wilayahland_area"].id == "Luas wilayah"
    assert all(name.id and name.en for name in names.values())


def test_families_join_a_method_with_its_quotations():
    assert method_family("ksa_via_press") == method_family("ksa") == "ksa"
    assert weakest_status(["A", "P", "M"]) == "P"
    assert weakest_status(["M"]) == "M"


def test_the_rows_are_read_once(blitar):
    assert map_rows(blitar, level="kabupaten") is map_rows(blitar, level="kabupaten")
