"""Visits: the panel never mixes sites, unverified figures stay away, stopped series, feasts."""

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.editions.store import open_store
from analytics.ledger.forecasts import IssuedForecast, RunFacts
from analytics.observations.status import ObsStatus
from analytics.tourism import (
    accounts,
    areas,
    concentration,
    destinations,
    event_calendar,
    feast,
    growth,
    holidays,
    long_weekends,
    mix,
    monthly,
    needed,
    outlook,
    pace,
    reporting,
    seasonality,
    site_money,
    stay,
    totals,
)
from analytics.tourism.effect_data import EffectChoice, offered_sites
from analytics.tourism.effect_report import effect_report
from analytics.tourism.panel_answers import PanelChoice
from analytics.tourism.site_months import common_cells, fixed_panel
from analytics.tourism.visit_series import visit_forecast_input

TODAY = date(2026, 11, 24)
UNCONFIRMED = "T024"


@pytest.fixture(scope="session")
def blitar(store):
    return open_store(store.settings, "blitar").edition()


@pytest.fixture(scope="session")
def contoh(store):
    return open_store(store.settings, "contoh").edition()


def every_result(edition, *, with_unverified):
    """Every report of visits, as the page asks for them."""
    switch = {"with_unverified": with_unverified}
    choice = PanelChoice(**switch)
    on_panel = (
        monthly.monthly_report, monthly.panel_years_report, monthly.recovery_report,
        growth.growth_report, areas.areas_report, areas.panel_origin_report, feast.feast_report,
        concentration.concentration_report, mix.panel_mix_report, reporting.reporting_report,
        reporting.months_by_site_report, seasonality.season_report, seasonality.profile_report,
        seasonality.unevenness_report, seasonality.site_unevenness_report,
    )  # fmt: skip
    for report in on_panel:
        yield report(edition, choice=choice)
    switched = (
        totals.totals_report, pace.pace_report, needed.needed_report, site_money.income_report,
        site_money.capacity_report, holidays.holiday_totals_report, holidays.holiday_days_report,
        holidays.holiday_sites_report, mix.stated_mix_report, accounts.contribution_report,
    )  # fmt: skip
    for report in switched:
        yield report(edition, **switch)
    for period in [p.code for p in destinations.site_periods(edition, **switch)][:2]:
        yield destinations.destinations_report(edition, period=period, choice=choice)
    yield stay.hotel_report(edition, measure=stay.OCCUPANCY, **switch)
    for report in (event_calendar.calendar_report, event_calendar.past_events_report,
                   long_weekends.long_weekends_report):  # fmt: skip
        yield report(edition, today=TODAY, **switch)
    yield outlook.visit_outlook(edition, issued=None, today=TODAY, **switch)
    for site in offered_sites(edition, **switch)[:1]:
        asked = EffectChoice((site,), "2024-05", "2024-05", **switch)
        yield effect_report(edition, choice=asked)


def figures_of(result):
    """Rows of a result that carry a figure of the unconfirmed source."""
    frame = result.frame
    if "source_id" not in frame:
        return frame.head(0)
    return frame[(frame["source_id"] == UNCONFIRMED) & frame["obs_value"].notna()]


def test_without_the_switch_no_figure_of_unconfirmed_origin_is_in_any_report(blitar):
    for result in every_result(blitar, with_unverified=False):
        assert figures_of(result).empty, result.name
        assert UNCONFIRMED not in {source.source_id for source in result.sources}, result.name


def test_after_the_switch_each_of_its_figures_is_marked(blitar):
    marked = 0
    for result in every_result(blitar, with_unverified=True):
        rows = figures_of(result)
        assert set(rows["obs_status"]) <= {ObsStatus.UNVERIFIED.value}, result.name
        marked += len(rows)
    assert marked > 200


def test_nothing_unverified_is_forecast(blitar):
    assert visit_forecast_input(blitar).empty


def test_the_reports_know_every_field_of_a_choice():
    assert {field.name for field in fields(PanelChoice)} == {
        "years", "least_months", "with_unverified", "with_uncounted",
    }  # fmt: skip


# The fixed panel


@st.composite
def reports_of_sites(draw):
    """Months that each of a few sites reported in a few years; at most one row a site and month."""
    cells = draw(
        st.sets(
            st.tuples(
                st.sampled_from(["a", "b", "c", "d"]),
                st.sampled_from([2019, 2022, 2023, 2024]),
                st.integers(1, 12),
            ),
            min_size=1,
        )
    )
    rows = [
        {"place": place, "year": year, "month": month, "obs_value": float(month)}
        for place, year, month in sorted(cells)
    ]
    return pd.DataFrame(rows)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=reports_of_sites(),
    years=st.sets(st.sampled_from([2019, 2022, 2023, 2024]), min_size=2),
    least=st.integers(1, 12),
)
def test_years_are_never_compared_over_different_sites(rows, years, least):
    panel = fixed_panel(rows, years=sorted(years), least_months=least)
    cells = common_cells(rows, panel)
    by_year = {
        year: set(zip(own["place"], own["month"], strict=True))
        for year, own in cells.groupby("year")
    }
    assert len(set(map(frozenset, by_year.values()))) <= 1
    assert not by_year or set(by_year) == years
    for site in panel.sites:
        for year in years:
            own = rows[(rows["place"] == site) & (rows["year"] == year)]
            assert own["month"].nunique() >= least


# Series that stopped, feasts, long weekends


def test_a_series_that_stopped_gets_neither_estimate_nor_forecast(contoh):
    going = outlook.visit_outlook(contoh, issued=None, today=TODAY)
    assert "no_run" in going.notes[0].key
    for months, is_stopped in ((3, False), (4, True)):
        later = (pd.Timestamp(2026, 10, 15) + pd.DateOffset(months=months)).date()
        result = outlook.visit_outlook(contoh, issued=None, today=later)
        assert result.title.key.endswith("stopped") == is_stopped
        assert not (result.frame["obs_status"] == ObsStatus.FORECAST.value).any()


def test_the_month_of_the_feast_holds_most_of_its_days():
    assert str(feast.feast_month(date(2025, 3, 31))) == "2025-04"
    assert str(feast.feast_month(date(2024, 4, 10))) == "2024-04"
    assert str(feast.feast_month(date(2023, 4, 26))) == "2023-04"


def test_a_feast_counts_only_with_twelve_reported_months_around_it():
    months = pd.date_range("2022-01-01", periods=36, freq="MS")
    sums = pd.DataFrame({"period_start": months, "obs_value": 100.0})
    sums.loc[months == "2023-04-01", "obs_value"] = 250.0
    days = [date(2020, 5, 24), date(2023, 4, 10), date(2024, 4, 10)]
    found = feast.around_feasts(sums, days)
    assert sorted(found["feast_year"].unique()) == [2023, 2024]
    at_feast = found[(found["feast_year"] == 2023) & (found["offset"] == 0)]
    assert at_feast["level_pct"].tolist() == [250.0]
    sums.loc[months == "2023-07-01", "obs_value"] = float("nan")
    assert sorted(feast.around_feasts(sums, days)["feast_year"].unique()) == [2024]


def test_a_long_weekend_needs_a_holiday_and_three_days():
    friday, wednesday = date(2026, 12, 25), date(2026, 12, 16)
    found = long_weekends.long_weekends(
        {friday, wednesday}, start=date(2026, 12, 1), end=date(2026, 12, 31)
    )
    assert found == [(friday, friday + timedelta(2))]


# Money


def test_the_revised_target_is_the_one_held_against(contoh):
    rows = accounts.accounts(contoh)
    known = rows[rows["revised"].notna() & rows["obs_value"].notna()]
    assert (known["target_in_force"] == known["revised"]).all()
    share = 100 * known["obs_value"] / known["revised"]
    assert known["attainment_pct"].tolist() == pytest.approx(share.tolist())


def test_fees_of_sites_add_to_their_account(contoh):
    rows = accounts.accounts(contoh)
    fees = rows[rows["item"] == "retribusi_rekreasi"]
    of_sites = fees[fees["place"] != ""].groupby("year")["obs_value"].sum()
    whole = fees[fees["place"] == ""].set_index("year")["obs_value"]
    assert of_sites.tolist() == pytest.approx(whole.loc[of_sites.index].tolist())


def test_a_crowd_is_expected_only_from_two_editions_before(contoh):
    frame = event_calendar.calendar_report(contoh, today=TODAY).frame.set_index("name")
    assert frame.loc["Kirab Budaya Kalicoba", "obs_value"] == pytest.approx((11800 + 13200) / 2)
    assert pd.isna(frame.loc["Festival Sawah Misal", "obs_value"])
    assert frame.loc["Festival Sawah Misal", "obs_status"] == ObsStatus.MISSING.value


def test_an_export_without_the_switch_holds_no_row_of_unconfirmed_origin(blitar):
    for dataset in blitar.datasets:
        assert UNCONFIRMED not in set(blitar.observations(dataset)["source_id"]), dataset
    asked = blitar.observations("visits", with_unverified=True)
    rows = asked[asked["source_id"] == UNCONFIRMED]
    assert set(rows["obs_status"]) == {"U", "M"} and len(rows) == 2160


@pytest.mark.parametrize(("forecast", "verdict"), [(1e6, "down"), (1.0, "up")])
def test_the_forecast_without_the_event_is_the_one_made_before_it(contoh, forecast, verdict):
    site = offered_sites(contoh)[0]
    choice = EffectChoice((site,), "2026-05", "2026-05")
    past = {"model": "combination", "ds": pd.Timestamp(2026, 5, 1), "forecast": forecast,
            "lo_95": forecast * 0.9, "hi_95": forecast * 1.1}  # fmt: skip
    for origin, is_told in (("2026-04-01", True), ("2026-03-01", False)):
        backtest = pd.DataFrame([{**past, "origin": pd.Timestamp(origin)}])
        frame = effect_report(contoh, choice=choice, issued=_issued(backtest)).frame
        row = frame[frame["method"] == "forecast"].iloc[0]
        assert row["verdict"] == (verdict if is_told else "refused")
        assert pd.notna(row["obs_value"]) == is_told


def _issued(backtest):
    facts = RunFacts(1, TODAY, datetime(2026, 11, 24, tzinfo=UTC), "engine", 1, {})
    return IssuedForecast(
        1, "visits", facts, "issued", "combination", "", {}, {}, (), (), pd.DataFrame(), backtest
    )
