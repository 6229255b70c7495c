"""Two periods: what compares, in percent, units or points, and what does not compare."""

import pytest

from analytics.agriculture.change_report import (
    NotComparable,
    change_modes,
    change_report,
    neutral_size,
)
from analytics.agriculture.measures import measure_of
from analytics.agriculture.periods import comparable_choices
from tests.agriculture.sentences import stand_in_the_frame


def ask(edition, level, item, indicator, before, after, **more):
    return change_report(
        edition, level=level, item=item, indicator=indicator, before=before, after=after, **more
    )


def test_rice_fell_in_most_of_the_province(blitar):
    result = ask(blitar, "kabupaten", "padi", "production", "2023", "2024")
    row = result.frame.set_index("ref_area").loc["35.05"]
    assert row["obs_value"] == pytest.approx(100 * (171154.02 / 240224.41 - 1))
    assert (row["before_value"], row["after_value"]) == (240224.41, 171154.02)
    assert result.indicator.unit == "percent"
    assert "turun di 24 dari 38 kabupaten/kota" in result.title.words("id")
    stand_in_the_frame(result)


def test_the_change_in_units_keeps_the_unit(blitar):
    result = ask(blitar, "kabupaten", "padi", "production", "2023", "2024", mode="absolute")
    row = result.frame.set_index("ref_area").loc["35.05"]
    assert row["obs_value"] == pytest.approx(171154.02 - 240224.41)
    assert result.indicator.unit == "t"
    assert 0 < neutral_size(result.frame, "absolute") < 10_000
    stand_in_the_frame(result)


def test_two_methods_are_not_compared(blitar):
    result = ask(blitar, "kabupaten", "padi", "production", "2017", "2018")
    assert result.is_empty
    assert result.frame.set_index("ref_area").loc["35.05", "is_other_method"]
    assert "agriculture.note.methods_differ" in [note.key for note in result.notes]
    stand_in_the_frame(result)


def test_percentages_change_in_points_only(edition_of):
    edition = edition_of("""
        88.01.01,,padi,irrigated_share,2022,40,percent
        88.01.01,,padi,irrigated_share,2023,42.5,percent
    """)
    measure = measure_of(edition, level="kecamatan", item="padi", indicator="irrigated_share")
    assert change_modes(measure) == ("points",)
    result = ask(edition, "kecamatan", "padi", "irrigated_share", "2022", "2023", mode="points")
    assert result.frame.set_index("ref_area")["obs_value"]["88.01.01"] == pytest.approx(2.5)
    assert result.indicator.unit == "points"
    with pytest.raises(NotComparable, match="points"):
        ask(edition, "kecamatan", "padi", "irrigated_share", "2022", "2023")


def test_visits_are_compared_on_the_same_sites(edition_of):
    edition = edition_of("""
        88.01.01,air-terjun,padi,production,2022,100,t
        88.01.01,air-terjun,padi,production,2023,110,t
        88.01.01,pasar-uji,padi,production,2023,500,t
    """)
    result = ask(edition, "kecamatan", "padi", "production", "2022", "2023")
    row = result.frame.set_index("ref_area").loc["88.01.01"]
    assert (row["before_value"], row["after_value"]) == (100.0, 110.0)
    assert row["sites_compared"] == 1
    assert "agriculture.note.same_sites" in [note.key for note in result.notes]


def test_a_zero_before_gives_no_percentage(edition_of):
    edition = edition_of("""
        88.01.01,,padi,production,2022,0,t
        88.01.01,,padi,production,2023,10,t
    """)
    assert ask(edition, "kecamatan", "padi", "production", "2022", "2023").is_empty
    absolute = ask(edition, "kecamatan", "padi", "production", "2022", "2023", mode="absolute")
    assert absolute.frame.set_index("ref_area")["obs_value"]["88.01.01"] == 10.0


def test_the_weaker_status_marks_a_change(edition_of):
    edition = edition_of("""
        88.01.01,,padi,production,2022,10,t,P
        88.01.01,,padi,production,2023,11,t,A
    """)
    result = ask(edition, "kecamatan", "padi", "production", "2022", "2023")
    assert result.frame.set_index("ref_area")["obs_status"]["88.01.01"] == "P"


@pytest.mark.parametrize(
    ("before", "after"), [("2024", "2023"), ("2023", "2023"), ("1999", "2024")]
)
def test_periods_must_differ_and_stand_in_order(blitar, before, after):
    with pytest.raises(NotComparable):
        ask(blitar, "kabupaten", "padi", "production", before, after)


def test_spans_compare_only_at_the_same_time_of_year(blitar):
    visits = measure_of(blitar, level="kecamatan", item="kunjungan", indicator="visits")
    for choice in visits.periods:
        same = comparable_choices(visits.periods, choice.code)
        assert {(c.period.start.month, c.period.start.day) for c in same} == {
            (choice.period.start.month, choice.period.start.day)
        }
    quarter = measure_of(blitar, level="kabupaten", item="padi", indicator="production_jan_apr")
    assert quarter.before(quarter.periods[-1].code) == quarter.periods[0]


def test_undated_values_are_never_compared(blitar):
    land = measure_of(blitar, level="kecamatan", item="wilayah", indicator="land_area")
    assert land.before("undated") is None
    assert land.comparable("undated") == ()
