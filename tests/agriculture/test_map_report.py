"""The map's report: rank, share, change, words from the data, what is missing and why."""

import pandas as pd
import pytest

from analytics.agriculture.hover import with_lines
from analytics.agriculture.map_report import map_report
from analytics.agriculture.measures import measure_of, measures, usual_measure
from tests.agriculture.sentences import stand_in_the_frame


def ask(edition, level, item, indicator, period, **more):
    return map_report(edition, level=level, item=item, indicator=indicator, period=period, **more)


def own(result, area):
    return result.frame[result.frame["ref_area"] == area].iloc[0]


def test_rice_of_the_region_in_its_province(blitar):
    result = ask(blitar, "kabupaten", "padi", "production", "2023")
    row = own(result, "35.05")
    values = result.frame["obs_value"]
    assert len(result.frame) == 38 and values.notna().all()
    assert row["obs_value"] == 240224.41
    assert row["rank"] == 1 + (values > 240224.41).sum()
    assert row["share_pct"] == pytest.approx(100 * 240224.41 / values.sum())
    assert row["previous_value"] == 215482.79
    assert row["change_pct"] == pytest.approx(100 * (240224.41 / 215482.79 - 1))
    assert result.title.key == "agriculture.map.title.focus"
    assert result.title.words("id").startswith("Produksi padi 2023: Kabupaten Lamongan tertinggi")
    assert "Blitar Regency ranks" in result.title.words("en")
    assert [source.source_id for source in result.sources] == ["bps_jatim_ksa_prod_2018_2024"]


def test_the_office_figure_is_named_though_not_mapped(blitar):
    result = ask(blitar, "kabupaten", "padi", "production", "2023")
    assert [note.key for note in result.notes] == ["agriculture.note.other_method"]
    assert "375490" not in result.frame["obs_value"].astype(str).tolist()


def test_the_middle_rank_of_a_full_series_is_told_with_share_and_change(blitar):
    keys = [s.key.rsplit(".", 1)[1] for s in ask(
        blitar, "kabupaten", "padi", "production", "2024"
    ).statements]  # fmt: skip
    assert keys == ["rank", "share", "down", "range", "method"]


def test_the_yield_says_what_the_source_prints(blitar):
    result = ask(blitar, "kabupaten", "padi", "yield", "2024")
    assert own(result, "35.05")["obs_value"] == pytest.approx(5.5588, abs=1e-4)
    assert "5,56 t/ha" in result.sentence("id")
    assert "agriculture.map.sentence.printed" in [s.key for s in result.statements]
    assert result.frame["share_pct"].isna().all()  # rates do not add up


def test_kecamatan_without_output_are_missing_and_the_cure_is_told(blitar):
    result = ask(blitar, "kecamatan", "padi", "production", "2024")
    assert result.is_empty and len(result.frame) == 22
    assert set(result.frame["obs_status"]) == {"M"}
    assert not (result.frame["obs_value"] == 0).any()
    assert [note.key.rsplit(".", 1)[1] for note in result.notes] == ["empty_why", "empty_cure"]
    assert "belum ada data untuk 22 kecamatan" in result.title.words("id")


def test_missing_areas_are_counted_in_words(blitar):
    result = ask(blitar, "kecamatan", "telur_ayam_ras", "price_producer", "2025-01")
    assert "Belum ada data: 15 dari 22 kecamatan." in result.sentence("id")
    assert "No data yet: 15 of 22 subdistricts." in result.sentence("en")
    assert result.frame["share_pct"].isna().all()
    reports = int(result.frame["reports"].sum())
    assert f"dari {reports} laporan harian di 7 kecamatan" in result.sentence("id")


def test_undated_land_area_says_so_and_names_its_sources(blitar):
    result = ask(blitar, "kecamatan", "wilayah", "land_area", "undated")
    assert "tanpa tahun" in result.title.words("id")
    assert [note.key for note in result.notes] == ["agriculture.note.area_basis"]
    assert result.frame["previous_value"].isna().all()


def test_an_unknown_focus_changes_nothing(blitar):
    plain = ask(blitar, "kabupaten", "padi", "production", "2024")
    strange = ask(blitar, "kabupaten", "padi", "production", "2024", focus="99.99")
    assert plain.title == strange.title


def test_another_area_can_be_in_focus(blitar):
    result = ask(blitar, "kabupaten", "padi", "production", "2024", focus="35.24")
    assert result.title.key == "agriculture.map.title.focus_first"
    assert "Kabupaten Lamongan peringkat 1 dari 38" in result.sentence("id")


def test_equal_values_share_the_first_rank(edition_of):
    edition = edition_of("""
        88.01.01,,padi,production,2023,100,t
        88.01.02,,padi,production,2023,100,t
    """)
    result = ask(edition, "kecamatan", "padi", "production", "2023")
    assert result.frame["rank"].tolist() == [1.0, 1.0]
    assert result.title.key == "agriculture.map.title.equal"


def test_shares_are_withheld_while_an_area_is_missing(edition_of):
    edition = edition_of("88.01.01,,padi,production,2023,100,t")
    result = ask(edition, "kecamatan", "padi", "production", "2023")
    assert result.frame["share_pct"].isna().all()
    assert result.title.key == "agriculture.map.title.only"


def test_a_percentage_changes_in_points(edition_of):
    edition = edition_of("""
        88.01.01,,padi,irrigated_share,2022,40,percent
        88.01.01,,padi,irrigated_share,2023,42.5,percent
        88.01.02,,padi,irrigated_share,2023,50,percent
    """)
    result = ask(edition, "kecamatan", "padi", "irrigated_share", "2023", focus="88.01.01")
    assert "Naik 2,5 poin dari 2022 (40 persen)." in result.sentence("id")
    assert "Up 2.5 points from 2022 (40 percent)." in result.sentence("en")


def test_unverified_figures_are_marked(edition_of):
    edition = edition_of("88.01.01,,padi,production,2023,100,t,U")
    result = ask(edition, "kecamatan", "padi", "production", "2023", with_unverified=True)
    assert own(result, "88.01.01")["obs_status"] == "U"


@pytest.mark.parametrize("region", ["blitar", "contoh"])
@pytest.mark.parametrize("level", ["kabupaten", "kecamatan"])
@pytest.mark.parametrize("with_unverified", [False, True])
@pytest.mark.usefixtures("store")
def test_every_measure_can_be_shown_and_tells_only_what_the_frame_holds(
    request, region, level, with_unverified
):
    edition = request.getfixturevalue(region)
    for measure in measures(edition, level=level, with_unverified=with_unverified):
        result = ask(
            edition, level, measure.item, measure.indicator.code, measure.usual_period.code,
            with_unverified=with_unverified,
        )  # fmt: skip
        lined = with_lines(result, measure=measure, language="en")
        assert len(lined.frame) == measure.total
        for language in ("id", "en"):
            assert result.title.words(language) and "{" not in result.sentence(language)
        stand_in_the_frame(result)


def test_hover_says_rank_change_basis_and_source(blitar):
    result = ask(blitar, "kabupaten", "padi", "production", "2024")
    measure = measure_of(blitar, level="kabupaten", item="padi", indicator="production")
    lines = own(with_lines(result, measure=measure, language="id"), "35.05")["lines"]
    assert lines[0].startswith("Peringkat ") and lines[1].startswith("Turun 28,8 persen dari 2023")
    assert lines[-1] == "Sumber: BPS Provinsi Jawa Timur"
    assert "lines" not in result.frame  # the shared result stays as it is


def test_hover_of_a_missing_area_says_nothing_more(blitar):
    result = ask(blitar, "kecamatan", "telur_ayam_ras", "price_producer", "2025-01")
    measure = measure_of(
        blitar, level="kecamatan", item="telur_ayam_ras", indicator="price_producer"
    )
    lined = with_lines(result, measure=measure, language="id").frame
    assert lined.loc[lined["obs_value"].isna(), "lines"].map(len).eq(0).all()
    assert any("laporan harian" in line for line in lined["lines"].max())


def test_the_first_measure_of_each_level_is_worth_seeing(blitar, contoh):
    for edition in (blitar, contoh):
        for level in ("kabupaten", "kecamatan"):
            first = usual_measure(measures(edition, level=level))
            result = ask(edition, level, first.item, first.indicator.code, first.usual_period.code)
            assert not result.is_empty


def test_periods_of_a_frame_are_dates(blitar):
    frame = ask(blitar, "kabupaten", "padi", "production", "2024").frame
    assert frame["period_start"].eq(pd.Timestamp(2024, 1, 1)).all()
