"""Analyses say a fall as a fall, compare like with like, and carry every source they rest on."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from analytics.agriculture.answers import area_label
from analytics.agriculture.balance_report import (
    balance_report,
    monthly_balance_report,
    usual_balance_year,
)
from analytics.agriculture.food_parameters import rice_parameters
from analytics.agriculture.levels import map_level
from analytics.agriculture.progress_report import progress_report
from analytics.figures.result import Label, Result

RICE = {"level": "kabupaten", "item": "padi", "first": 2018, "last": 2024}
SMALL = {"level": "kecamatan", "item": "padi", "first": 2022, "last": 2023}
FALLING = """
88.01.01,,padi,production,2022,100,t,E
88.01.01,,padi,production,2023,80,t
88.01.02,,padi,production,2022,50,t
88.01.02,,padi,production,2023,30,t
"""


def told(result: Result, language: str) -> str:
    statements = (result.title, *result.statements, *result.notes)
    return " ".join(one.words(language) for one in statements)


def codes(result: Result) -> set[str]:
    return {source.source_id for source in result.sources}


@pytest.mark.parametrize(
    ("language", "words"), [("id", "Blitar turun 4,4 persen"), ("en", "fell by 4.4 percent")]
)
def test_a_fall_is_said_as_a_fall(blitar, language, words):
    result = progress_report(blitar, aspect="growth", focus="35.05", **RICE)
    assert words in told(result, language)
    assert "−" not in told(result, language)


def test_where_everything_fell_the_title_says_so(edition_of):
    result = progress_report(edition_of(FALLING), aspect="growth", **SMALL)
    assert "turun di semua wilayah" in result.title.words("id")
    assert "fell in every area" in result.title.words("en")


def test_growth_and_ranks_carry_the_status_of_the_first_year(edition_of):
    edition = edition_of(FALLING)
    for aspect in ("growth", "rank"):
        frame = progress_report(edition, aspect=aspect, **SMALL).frame.set_index("ref_area")
        assert frame.loc["88.01.01", "obs_status"] == "E"
        assert frame.loc["88.01.02", "obs_status"] == "A"


def test_a_gap_names_the_sources_of_yield_and_hectares(blitar):
    result = progress_report(blitar, aspect="gap", **RICE)
    assert codes(result) == {"bps_jatim_ksa_area_2018_2024", "bps_jatim_ksa_prod_2018_2024"}
    first = progress_report(blitar, aspect="growth", **RICE)
    caveats = " ".join(caveat.en for caveat in first.caveats)
    assert "First KSA year" in caveats, "a caveat of 2018 belongs to growth since 2018"


def test_concentration_is_not_compared_with_a_year_that_lacks_areas(edition_of):
    partial = "\n".join(line for line in FALLING.splitlines() if "01.02,,padi,production,2022"
                        not in line)  # fmt: skip
    result = progress_report(edition_of(partial), aspect="share", **SMALL)
    assert "Pemusatan (HHI) 2023 sebesar" in told(result, "id")
    assert "2022 is not compared: 1 of 2" in told(result, "en")
    assert result.frame["first_hhi"].isna().all()


def test_ranks_of_other_areas_are_not_compared(edition_of):
    partial = "\n".join(line for line in FALLING.splitlines() if "01.02,,padi,production,2022"
                        not in line)  # fmt: skip
    result = progress_report(edition_of(partial), aspect="rank", **SMALL)
    assert "not the same areas" in told(result, "en")


def test_one_place_and_one_area_are_told_in_the_singular(edition_of):
    swapped = FALLING.replace("2023,80", "2023,20")
    words = told(progress_report(edition_of(swapped), aspect="rank", **SMALL), "en")
    assert "climbed 1 place since" in words and "fell 1 place since" in words
    alone = "\n".join(line for line in FALLING.splitlines() if "01.02" not in line)
    words = told(progress_report(edition_of(alone), aspect="growth", **SMALL), "en")
    assert "for 1 area." in words


# Rice balance


@pytest.fixture
def first_area_differs(contoh, monkeypatch):
    """`first_area_differs(5.0)`: the first area eats this much more (kg a year; NaN: unknown)."""
    first = map_level(contoh, "kabupaten").areas[0]

    def change(more_kg: float) -> Label:
        def rules(edition, *, area, year):
            found = rice_parameters(edition, area=area, year=year)
            if area != first:
                return found
            parts = found.parts
            if math.isnan(more_kg):
                parts = (*parts[:1], replace(parts[1], value=None), *parts[2:])
            eaten = found.consumption_kg_per_year + more_kg
            return replace(found, parts=parts, consumption_kg_per_year=eaten)

        monkeypatch.setattr("analytics.agriculture.balance_report.rice_parameters", rules)
        return area_label(contoh, first)

    return change


@pytest.mark.parametrize(
    ("language", "shared", "differs"),
    [("id", "dikali konversi 63,5", "tidak sama di semua wilayah"),
     ("en", "times a conversion of 63.5", "not the same in all areas")],
)  # fmt: skip
def test_parameters_that_differ_are_told_for_each_area(
    contoh, first_area_differs, language, shared, differs
):
    asked = {"level": "kabupaten", "year": usual_balance_year(contoh, level="kabupaten")}
    alike = balance_report(contoh, **asked)
    assert shared in told(alike, language) and differs not in told(alike, language)
    name = first_area_differs(5.0).in_language(language)
    sentences = [one.words(language) for one in balance_report(contoh, **asked).statements]
    own = [one for one in sentences if one.startswith((f"{name}: konversi", f"{name}: conversion"))]
    assert len(own) == 1
    assert any(differs in sentence for sentence in sentences)
    assert shared not in " ".join(sentences)


def test_a_parameter_that_one_area_lacks_is_not_told_of_all(contoh, first_area_differs):
    year = usual_balance_year(contoh, level="kabupaten")
    first_area_differs(float("nan"))
    result = balance_report(contoh, level="kabupaten", year=year)
    notes = " ".join(note.words("en") for note in result.notes)
    assert f"1 of {len(result.frame)} " in notes
    assert "No rice eaten in households" not in notes


def test_each_side_of_the_monthly_balance_names_what_it_rests_on(blitar):
    result = monthly_balance_report(blitar, area="35.05", level="kabupaten")
    sides = {
        part: set(";".join(rows["source_ids"]).split(";"))
        for part, rows in result.frame.groupby("part")
    }
    assert sides["rice"] == {"bps_jatim_ksa_prod_2018_2024", "kontan_2018_konversi_gabah"}
    assert sides["need"] > {"kontenjatim_2024_konsumsi_beras", "idxchannel_2022_beras_jatim"}
    assert codes(result) == sides["rice"] | sides["need"]
    notes = " ".join(caveat.en for caveat in result.caveats)
    assert "Milling rate" in notes and "Consumption of households" in notes


def test_need_has_the_status_of_the_people_and_rice_that_of_the_paddy(contoh):
    frame = monthly_balance_report(contoh, area="99.01", level="kabupaten").frame
    people = contoh.observations("population", ref_area="99.01", indicator="population", freq="A")
    expected = people.set_index(people["period_start"].dt.year)["obs_status"]
    need = frame[frame["part"] == "need"]
    years = need["period_start"].dt.year
    assert need["obs_status"].tolist() == years.map(expected).tolist()


def test_years_left_out_of_the_monthly_balance_have_their_own_reason(blitar):
    words = told(monthly_balance_report(blitar, area="35.05", level="kabupaten"), "en")
    assert "people of the year are not known: 2018, 2019, 2022 and 2024" in words
    assert "consumption of the year is not known: 2018, 2019, 2023 and 2024" in words


def test_a_month_without_paddy_is_not_told_as_a_year_without(blitar):
    words = told(balance_report(blitar, level="kabupaten", year=2021, month=3), "id")
    assert "tanpa produksi padi Maret 2021" in words
    year = told(balance_report(blitar, level="kabupaten", year=2021), "id")
    assert "tanpa produksi padi" not in year
