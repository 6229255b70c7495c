"""One area: profile, series by method, neighbours, two figures, rice calendar."""

import pytest

from analytics.agriculture.area_reports import (
    area_profile,
    neighbours_report,
    profile_words,
    series_report,
)
from analytics.agriculture.calendar_report import (
    NothingMonthly,
    calendar_areas,
    calendar_indicators,
    calendar_report,
)
from analytics.agriculture.methods import method_names
from analytics.agriculture.two_figures import other_sources_report, two_figures_report
from tests.agriculture.sentences import stand_in_the_frame

RICE = {"level": "kabupaten", "item": "padi", "indicator": "production"}


def test_the_profile_gives_codes_of_both_lists(blitar):
    profile = area_profile(blitar, area="35.05.15")
    assert (profile.code, profile.bps_code) == (
        "35.05.15",
        blitar.vocabulary.areas.loc["35.05.15", "bps_code"],
    )
    assert profile.name.id == "Gandusari" and profile.parent.en == "Blitar Regency"
    words = {heading.id: text.id for heading, text in profile_words(profile, neighbours=())}
    assert words["Kode BPS"] == profile.bps_code
    assert "Berbatasan dengan" not in words  # what is not known is not listed


def test_profile_figures_carry_period_status_and_source(blitar):
    facts = area_profile(blitar, area="35.05").facts
    assert [fact.heading.id for fact in facts] == [
        "Jumlah penduduk", "Luas wilayah", "Jumlah desa dan kelurahan",
    ]  # fmt: skip
    assert facts[1].value.words("id") == "1.745,38 km²"
    assert all(fact.source and fact.status and fact.period for fact in facts)


def test_an_area_outside_the_maps_has_no_profile(blitar):
    with pytest.raises(KeyError, match="ID"):
        area_profile(blitar, area="ID")


def test_methods_are_never_one_line(blitar):
    result = series_report(blitar, period="2024", area="35.05", **RICE)
    by_method = result.frame.groupby("method")["obs_value"].apply(list).to_dict()
    assert by_method["dinas"] == [423485.0, 380688.0, 375490.0]
    assert len(by_method["ksa"]) == 7
    names = method_names(blitar, result.frame)
    assert {code: name.id for code, name in names.items()} == {
        "dinas": "Catatan dinas", "ksa": "KSA BPS",
    }  # fmt: skip
    assert "turun 23,7 persen dari 2018 ke 2024" in result.title.words("id")
    stand_in_the_frame_of_series(result)


def stand_in_the_frame_of_series(result):
    main = result.frame[result.frame["method"] == result.frame["method"].mode()[0]]
    first, last = main["obs_value"].iloc[0], main["obs_value"].iloc[-1]
    told = result.title.values["change"].value
    assert told == pytest.approx(abs(100 * (last / first - 1)))


def test_a_series_without_dated_values_says_why(blitar):
    result = series_report(
        blitar, level="kecamatan", item="padi", indicator="production", period="2024",
        area="35.05.01",
    )  # fmt: skip
    assert result.is_empty and len(result.notes) == 2


def test_neighbours_are_ranked_among_themselves(blitar):
    result = neighbours_report(
        blitar, period="2024", area="35.05", neighbours=("35.04", "35.06", "35.07", "35.72"), **RICE
    )
    assert len(result.frame) == 5
    assert result.frame["rank"].min() == 1 and result.frame["rank"].max() == 5
    stand_in_the_frame(result)


def test_two_figures_for_rice_with_difference_and_percent(blitar):
    result = two_figures_report(blitar, area="35.05", **RICE)
    differing = result.frame[result.frame["difference"].notna()].set_index("period")
    assert list(differing.index) == ["2018", "2023"]
    assert differing.loc["2018", "difference"] == pytest.approx(380688 - 224178.63)
    assert differing.loc["2018", "difference_pct"] == pytest.approx(100 * (380688 / 224178.63 - 1))
    assert differing.loc["2023", "difference"] == pytest.approx(375490 - 240224.41)
    assert differing.loc["2023", "difference_pct"] == pytest.approx(100 * (375490 / 240224.41 - 1))
    assert "375.490 t" in result.title.words("id")
    assert [statement.key for statement in result.statements][2:] == [
        "agriculture.method.ksa", "agriculture.method.dinas", "agriculture.reason.ksa_dinas",
    ]  # fmt: skip
    stand_in_the_frame(result)


def test_the_training_region_has_two_figures_too(contoh):
    result = two_figures_report(contoh, area=contoh.ref_area, **RICE)
    assert result.frame["method"].nunique() == 2
    assert result.statements[-1].key == "agriculture.reason.sample_survey_office_reports"


def test_one_method_alone_is_no_second_figure(blitar):
    result = two_figures_report(blitar, area="35.24", **RICE)
    assert result.is_empty and result.frame.empty


def test_every_source_of_a_value_can_be_seen(blitar):
    result = other_sources_report(blitar, period="2023", area="35.05", **RICE)
    assert result.frame["obs_value"].tolist()[0] == 240224.41
    assert set(result.frame["obs_value"]) == {240224.41, 240224.0, 375490.0}
    assert result.frame["is_used"].tolist() == [True, False, False]


def test_the_rice_calendar_of_the_region_comes_first(blitar):
    areas = calendar_areas(blitar)
    assert areas[0] == "35.05" and "35" in areas
    assert calendar_indicators(blitar)[0] == "production"
    result = calendar_report(blitar, area="35.05", indicator="production")
    assert len(result.frame) == 84
    years = result.frame["period_start"].dt.year
    assert result.frame.groupby(years)["share_pct"].sum().to_list() == pytest.approx([100.0] * 7)
    stand_in_the_frame(result)


def test_a_calendar_that_is_not_there_is_an_error(blitar):
    with pytest.raises(NothingMonthly, match=r"35\.05\.01"):
        calendar_report(blitar, area="35.05.01", indicator="production")
