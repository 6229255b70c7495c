"""The analyses over the packs: every one is there in the training region, real gaps say why."""

import pandas as pd
import pytest

from analytics.agriculture import analysis_figures as made
from analytics.agriculture.balance_report import (
    balance_report,
    balance_years,
    monthly_balance_report,
    usual_balance_year,
)
from analytics.agriculture.cluster_report import cluster_report
from analytics.agriculture.food_parameters import rice_parameters
from analytics.agriculture.panel import bases, basis_years, panel
from analytics.agriculture.profile_report import (
    about_area,
    about_item,
    areas_without_output,
    known_areas,
    known_items,
    profile_table,
    profile_title,
)
from analytics.agriculture.progress_report import ASPECTS, course_of, progress_report
from analytics.agriculture.specialisation import SHIFT_PARTS
from analytics.agriculture.specialisation_report import (
    klassen_report,
    quotient_report,
    shift_share_report,
)
from analytics.agriculture.two_figures import two_figure_subjects, two_figures_report
from analytics.geography.moran import CHANCE, local_moran

SPAN = {"level": "kecamatan", "basis": "harvested_area", "first": 2018, "last": 2025}
RICE = {"by": "item", "code": "padi", **SPAN}
SAWAHMISAL = {"by": "area", "code": "99.01.01", **SPAN}
LANGUAGES = ("id", "en")


def words(result):
    statements = (result.title, *result.statements, *result.notes)
    return [[one.words(language) for one in statements] for language in LANGUAGES]


def test_quotients_of_the_training_region_come_from_its_hectares(contoh):
    result = quotient_report(contoh, **RICE)
    rows = contoh.observations("agriculture", indicator="harvested_area", freq="A")
    rows = rows[rows["ref_area"].str.startswith("99.01.") & rows["period_start"].dt.year.eq(2025)]
    rows = contoh.vocabulary.in_unit(contoh.preferred(rows), "ha")
    area = rows.pivot(index="ref_area", columns="item", values="obs_value")
    expected = (area["padi"] / area.sum(axis=1)) / (area["padi"].sum() / area.sum().sum())
    found = result.frame.set_index("ref_area")["obs_value"]
    pd.testing.assert_series_equal(found, expected[found.index], check_names=False)
    assert set(result.frame["class_code"]) <= {"leading", "prospective", "mainstay", "lagging"}
    assert set(result.frame["obs_status"]) == {"P"}  # 2025 is provisional


@pytest.mark.parametrize("choices", [RICE, SAWAHMISAL], ids=["item", "area"])
def test_shift_share_of_every_row_sums_to_its_change(contoh, choices):
    frame = shift_share_report(contoh, **choices).frame
    assert len(frame) in (16, 7)
    change = frame["amount"] - frame["first_amount"]
    assert frame["obs_value"].tolist() == pytest.approx(change.tolist())
    assert frame[list(SHIFT_PARTS)].sum(axis=1).tolist() == pytest.approx(change.tolist())


def test_klassen_tells_how_far_each_area_stands_from_the_reference(contoh):
    frame = klassen_report(contoh, **RICE).frame
    fast = frame[frame["class_code"] == "advanced"]
    assert len(fast) and (fast[["obs_value", "share_points"]] > 0).all(axis=None)
    behind = frame[frame["class_code"] == "behind"]
    assert len(behind) and (behind[["obs_value", "share_points"]] <= 0).all(axis=None)


@pytest.mark.parametrize("report", [quotient_report, shift_share_report, klassen_report])
@pytest.mark.parametrize("choices", [RICE, SAWAHMISAL], ids=["item", "area"])
def test_words_name_base_period_and_source(contoh, report, choices):
    result = report(contoh, **choices)
    told = [" ".join(one) for one in words(result)]
    assert all("2018" in one and "2025" in one for one in told)
    assert "luas panen 7 komoditas di 16 kecamatan" in told[0]
    assert result.sources


def test_a_change_of_method_takes_the_commodity_out(contoh):
    found = panel(contoh, level="kabupaten", basis="harvested_area", first=2015, last=2025)
    assert found.items_left_out == ("padi",)  # the survey measures rice since 2018
    assert (
        "padi"
        in panel(contoh, level="kabupaten", basis="harvested_area", first=2018, last=2025).first
    )


@pytest.mark.parametrize("level", ["kabupaten", "kecamatan"])
def test_one_commodity_makes_no_quotient(blitar, level):
    assert bases(blitar, level=level) == ()
    assert basis_years(blitar, level=level, basis="harvested_area") == ()
    choices = {**RICE, "level": level, "last": 2024}
    result = quotient_report(blitar, **choices)
    assert result.is_empty
    assert "perlu paling sedikit dua" in words(result)[0][-2]


@pytest.mark.parametrize("aspect", ASPECTS)
def test_every_aspect_of_rice_is_known_in_both_regions(contoh, blitar, aspect):
    for edition, level, areas in ((contoh, "kecamatan", 16), (blitar, "kabupaten", 38)):
        result = progress_report(
            edition, level=level, item="padi", first=2019, last=2024, aspect=aspect
        )
        assert len(result.frame) == areas
        assert result.frame["obs_value"].notna().sum() >= areas - 6
        assert words(result)


def test_growth_and_rank_of_rice_in_blitar_by_hand(blitar):
    asked = {"level": "kabupaten", "item": "padi", "first": 2018, "last": 2024}
    frame = progress_report(blitar, aspect="growth", **asked).frame.set_index("ref_area")
    own = frame.loc["35.05"]
    assert own["amount"] == pytest.approx(171154.02)
    assert own["obs_value"] == pytest.approx(100 * ((171154.02 / 224178.63) ** (1 / 6) - 1))
    assert (own["rank"], own["rank_first"]) == (24, 21)
    assert own["share"] == pytest.approx(100 * 171154.02 / frame["amount"].sum())


def test_the_newest_year_with_few_areas_is_not_the_usual_one(contoh):
    course = course_of(contoh, level="kabupaten", item="padi", indicator="production")
    assert (course.years[-1], course.usual_last) == (2026, 2025)
    assert course.other_method_years == (2015, 2016, 2017)


def test_clusters_say_what_cannot_be_tested(contoh, blitar):
    asked = {"item": "padi", "indicator": "yield", "period": "2024", "compute": local_moran}
    result = cluster_report(contoh, level="kabupaten", **asked)
    assert "tidak dapat diuji" in words(result)[0][-1].lower()
    frame = cluster_report(blitar, level="kabupaten", **asked).frame.set_index("ref_area")
    assert frame.loc["35.72", "reason"] == "few_sets"  # the city lies inside one regency
    assert frame.loc["35.05", "cluster"] == CHANCE
    assert "35.72" in frame.loc["35.05", "beside"]


def test_the_job_gives_the_same_clusters(contoh):
    asked = {"level": "kecamatan", "item": "padi", "indicator": "production", "period": "2025"}
    here = cluster_report(contoh, compute=local_moran, **asked).frame
    there = made.clusters(contoh, language="id", **asked).main.frame
    assert here["cluster"].tolist() == there["cluster"].tolist()
    assert here["p"].tolist() == pytest.approx(there["p"].tolist(), nan_ok=True)


# Rice balance


def test_the_balance_of_a_kecamatan_by_hand(contoh):
    frame = balance_report(contoh, level="kecamatan", year=2025).frame.set_index("ref_area")
    own = frame.loc["99.01.01"]
    eaten = 12 * 6.6 + 22.0
    assert own["consumption_kg"] == pytest.approx(eaten)
    assert own["obs_value"] == pytest.approx(
        own["paddy_t"] * 0.635 - own["population"] * eaten / 1000
    )
    assert (frame["obs_value"] < 0).any() and (frame["obs_value"] > 0).any()


def test_months_of_a_year_sum_to_the_year(contoh):
    months = [
        balance_report(contoh, level="kecamatan", year=2025, month=month).frame["need_t"]
        for month in range(1, 13)
    ]
    year = balance_report(contoh, level="kecamatan", year=2025).frame["need_t"]
    assert sum(months).tolist() == pytest.approx(year.tolist())


def test_blitar_has_a_balance_only_where_every_part_is_sourced(blitar):
    assert usual_balance_year(blitar, level="kabupaten") == 2021
    frame = balance_report(blitar, level="kabupaten", year=2021).frame.set_index("ref_area")
    own = frame.loc["35.05"]
    eaten = 12 * 6.32 + 29.98
    assert own["obs_value"] == pytest.approx(
        own["paddy_t"] * 0.6402 - own["population"] * eaten / 1000
    )
    assert frame["obs_value"].notna().sum() == 1
    assert set(frame.drop("35.05")["reason"]) == {"people"}


def test_a_year_without_consumption_says_so_and_guesses_nothing(blitar):
    result = balance_report(blitar, level="kabupaten", year=2023)
    assert result.is_empty
    told = " ".join(words(result)[0])
    assert "Belum ada konsumsi beras rumah tangga untuk 2023" in told
    assert "belum ditemukan angka bersumber" in told
    assert not rice_parameters(blitar, area="35.05", year=2023).is_complete
    assert balance_years(blitar, level="kecamatan") == ()


def test_monthly_balance_has_both_sides_of_every_month(blitar):
    frame = monthly_balance_report(blitar, area="35.05", level="kabupaten").frame
    assert sorted(frame["period_start"].dt.year.unique()) == [2020, 2021]
    sides = frame.pivot(index="period_start", columns="part", values="obs_value")
    assert len(sides) == 24 and sides.notna().all(axis=None)
    april = frame[(frame["part"] == "rice") & (frame["period_start"] == "2021-04-01")].iloc[0]
    assert april["balance_t"] == pytest.approx((sides["rice"] - sides["need"]).loc["2021-04-01"])


# Two figures and profiles


def test_two_figures_for_rice_of_2018_and_2023(blitar):
    subjects = {one.code: one for one in two_figure_subjects(blitar, level="kabupaten")}
    assert subjects["padi.production"].areas == ("35.05",)
    frame = two_figures_report(
        blitar, level="kabupaten", item="padi", indicator="production", area="35.05"
    ).frame
    assert frame["period"].tolist() == ["2018", "2018", "2023", "2023"]
    assert frame["obs_value"].tolist() == [224178.63, 380688.0, 240224.41, 375490.0]
    assert frame["difference"].dropna().tolist() == pytest.approx([156509.37, 135265.59])
    assert frame["obs_status"].notna().all()
    assert "released" in frame


def test_profiles_know_only_what_has_data(blitar, contoh):
    areas = known_areas(blitar)
    assert areas[0] == "35.05"
    missing, total = areas_without_output(blitar, level="kecamatan")
    assert (missing, total) == (19, 22)
    assert areas_without_output(contoh, level="kecamatan") == (0, 16)
    assert "padi" in known_items(blitar) and "wilayah" not in known_items(blitar)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_profile_of_an_area_names_value_period_status_and_source(blitar, language):
    known = about_area(blitar, area="35.05")
    table = profile_table(blitar, known, by="item", language=language)
    assert len(table) == len(known.rows) > 20
    assert (table[["measure", "value", "period", "status", "source"]] != "").all(axis=None)
    rice = known.rows[(known.rows["item"] == "padi") & (known.rows["indicator"] == "yield")].iloc[0]
    rows = blitar.observations("agriculture", item="padi", indicator="yield", freq="A")
    year = rows[rows["period_start"].eq("2024-01-01") & rows["ref_area"].str.fullmatch(r"35.\d\d")]
    ahead = year["obs_value"].gt(year.loc[year["ref_area"] == "35.05", "obs_value"].iloc[0]).sum()
    assert (rice["period"], rice["rank"], rice["ranked"]) == ("2024", ahead + 1, 38)


def test_the_profile_of_a_commodity_lists_its_areas(blitar):
    known = about_item(blitar, item="padi", level="kabupaten")
    table = profile_table(blitar, known, by="ref_area", language="id")
    assert table["area"].nunique() == 38
    assert list(table.columns)[:2] == ["area", "measure"]
    assert profile_title(blitar, known, item="padi").words("id").startswith("Padi: 38 wilayah")
