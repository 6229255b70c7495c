"""What must not be got wrong in the figures of visits, on the packs as they are loaded."""

from dataclasses import replace

import pandas as pd
import pytest

from analytics.editions.store import open_store
from analytics.tourism.destinations import destinations_report
from analytics.tourism.events import event_labels, events_report
from analytics.tourism.holidays import holiday_totals_report
from analytics.tourism.mix import panel_mix_report, stated_mix_report
from analytics.tourism.monthly import monthly_report, panel_years_report
from analytics.tourism.panel_answers import PanelChoice, panel_rows
from analytics.tourism.reporting import reporting_report
from analytics.tourism.revenue import revenue_report
from analytics.tourism.rows import BRANDING, VISITS, own_areas, own_rows
from analytics.tourism.seasonality import season_report, unevenness_report
from analytics.tourism.site_map import kind_layers
from analytics.tourism.site_months import site_months
from analytics.tourism.targets import attainment_report
from analytics.tourism.totals import totals_report

DAM = "ngreco-lahor"
UNVERIFIED = PanelChoice(with_unverified=True)


@pytest.fixture(scope="session")
def blitar(store):
    return open_store(store.settings, "blitar").edition()


@pytest.fixture(scope="session")
def contoh(store):
    return open_store(store.settings, "contoh").edition()


# Fact 6: monthly counts of unconfirmed origin


def test_months_of_unconfirmed_origin_are_off_by_default(blitar):
    result = monthly_report(blitar, choice=PanelChoice())
    assert result.is_empty
    assert [note.key for note in result.notes] == [
        "tourism.panel.note.hidden_why",
        "tourism.panel.note.hidden_cure",
    ]


def test_months_carry_their_status_after_the_switch(blitar):
    frame = monthly_report(blitar, choice=UNVERIFIED).frame
    assert set(frame["obs_status"]) == {"U", "M"}


def test_a_zero_is_missing_not_zero(blitar):
    rows = site_months(blitar, with_unverified=True, with_uncounted=True)
    assert not (rows["obs_value"] == 0).any()
    closed = rows[rows["caveat"].str.contains("closed_or_not_reported")]
    assert len(closed) == 540 and closed["obs_value"].isna().all()


def test_the_dam_is_left_out_and_would_be_41_to_59_percent_of_each_year(blitar):
    assert DAM not in set(site_months(blitar, with_unverified=True)["place"])
    rows = site_months(blitar, with_unverified=True, with_uncounted=True)
    rows = rows[rows["source_id"] == "T024"]
    whole = rows.groupby("year")["obs_value"].sum()
    share = rows[rows["place"] == DAM].groupby("year")["obs_value"].sum() / whole * 100
    assert share.round().between(41, 59).all()


def test_listed_sites_grow_from_16_to_41_while_the_panel_stays(blitar):
    choice = PanelChoice(with_unverified=True, with_uncounted=True)
    frame = reporting_report(blitar, choice=choice).frame.set_index("year")
    assert (frame.loc[2018, "listed"], frame.loc[2024, "listed"]) == (16, 41)
    years = panel_years_report(blitar, choice=UNVERIFIED).frame
    assert set(years["reporting"]) == {9} and set(years["site_months"]) == {108}


def test_years_of_closure_are_in_no_seasonality(blitar):
    assert not {2020, 2021} & set(unevenness_report(blitar, choice=UNVERIFIED).frame["year"])
    counts = season_report(blitar, choice=UNVERIFIED).frame.groupby("year").size()
    assert set(counts) == {12}


def test_one_kind_gives_no_mix(blitar, contoh):
    assert panel_mix_report(blitar, choice=UNVERIFIED).is_empty
    shares = panel_mix_report(contoh, choice=PanelChoice()).frame.groupby("year")["obs_value"]
    assert shares.sum().tolist() == pytest.approx([100.0] * shares.ngroups)


# Fact 7: the enclosed city is another region


def test_nothing_of_the_city_is_counted(blitar, contoh):
    assert "35.72" not in own_areas(blitar)
    for edition in (blitar, contoh):
        own = set(own_areas(edition))
        for dataset in (VISITS, BRANDING):
            assert set(own_rows(edition, dataset, with_unverified=True)["ref_area"]) <= own
        assert set(destinations_report(edition, choice=UNVERIFIED).frame["ref_area"]) <= own


def test_neighbours_in_the_training_pack_add_nothing(contoh):
    frame = totals_report(contoh).frame
    assert frame.loc[frame["indicator"] == "visits", "year"].is_unique


# Totals, targets, holidays, events, revenue


def test_the_unknown_year_is_a_gap_with_its_reason(blitar):
    result = totals_report(blitar)
    row = result.frame.query("indicator == 'visits' and year == 2023").iloc[0]
    assert row["obs_status"] == "M" and row[["obs_value"]].isna().all()
    assert "2023" in result.notes[0].words("id")


def test_target_given_as_growth_is_marked_as_computed(blitar):
    row = totals_report(blitar).frame.query("indicator == 'visits_target' and year == 2025").iloc[0]
    assert row["obs_status"] == "E"
    assert row["obs_value"] == pytest.approx(3273408 * 1.15)


def test_attainment_agrees_with_what_the_sources_print(blitar, contoh):
    frame = attainment_report(blitar).frame.set_index("year")
    assert frame.loc[2022, "obs_value"] == pytest.approx(148, abs=0.5)
    assert frame.loc[2024, "is_stated"] and not frame.loc[2022, "is_stated"]
    known = attainment_report(contoh).frame.dropna(subset=["obs_value", "stated_pct"])
    assert known["obs_value"].tolist() == pytest.approx(known["stated_pct"].tolist(), abs=0.01)


def test_conflicting_lebaran_totals_wait_for_the_switch(blitar):
    assert 2024 not in set(holiday_totals_report(blitar).frame["year"])
    both = holiday_totals_report(blitar, with_unverified=True).frame.query("year == 2024")
    assert sorted(both["obs_value"]) == [104000, 142989]
    assert both["is_conflicting"].all() and set(both["obs_status"]) == {"U"}


def test_stated_shares_stand_as_printed(blitar):
    frame = stated_mix_report(blitar).frame
    newest = frame[frame["group"] == "domestic_2024-01-01_2024-03-31"]
    assert newest["obs_value"].tolist() == [53.39, 38.57, 8.04]


@pytest.mark.parametrize("language", ["id", "en"])
def test_events_have_words_in_the_readers_language(blitar, language):
    result = events_report(blitar)
    labels = event_labels(blitar, result.frame)
    words = [labels[code].in_language(language) for code in result.frame["event"]]
    assert any("Juara pertama" in word for word in words) == (language == "id")
    assert not any("nan" in word for word in words)


def test_revenue_is_held_against_the_target_in_force(blitar, contoh):
    row = revenue_report(blitar).frame.dropna(subset=["attainment_pct"]).iloc[0]
    assert row["attainment_pct"] == pytest.approx(row["stated_pct"], abs=0.1)
    known = revenue_report(contoh).frame.dropna(subset=["stated_pct"])
    assert known["attainment_pct"].tolist() == pytest.approx(known["stated_pct"].tolist(), abs=0.01)


def test_panel_rows_of_an_empty_choice_are_empty(blitar):
    assert panel_rows(blitar, PanelChoice()).is_empty


# The map


def test_kinds_on_the_map_differ_in_shape_and_colour(blitar):
    layers = kind_layers(destinations_report(blitar, choice=UNVERIFIED), language="id")
    assert len(layers) == 4
    assert len({layer.shape for layer in layers}) == len({layer.colour for layer in layers}) == 4


def test_the_dam_comes_onto_the_map_only_when_asked_for(blitar):
    choice = replace(UNVERIFIED, with_uncounted=True)
    asked, usual = (
        destinations_report(blitar, period="2023", choice=each).frame.set_index("place")
        for each in (choice, UNVERIFIED)
    )
    assert asked.loc[DAM, "obs_value"] > 0
    assert pd.isna(usual.loc[DAM, "obs_value"])
