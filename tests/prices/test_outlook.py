"""The forecast beside its past: issued, withheld, stopped, not run; numbers are the ledger's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from analytics.editions.edition import Edition
from analytics.editions.store import open_store
from analytics.figures.points import points
from analytics.ledger.forecasts import IssuedForecast, newest_forecast
from analytics.prices.figures import outlook_figure, past_figure, scores_figure
from analytics.prices.outlook import (
    COMBINATIONS,
    median_mape_by_model,
    outlook_facts,
    price_outlook,
    run_statement,
)
from tests.prices.test_reports import BROILERS, EGGS, FARM, TODAY
from tests.store import Store

NOT_BETTER = {"mase": 1.2, "naive": "last_value", "naive_mase": 1.0, "origins": 91}


@pytest.fixture(scope="module")
def edition(store: Store) -> Edition:
    return open_store(store.settings, "blitar").edition()


@pytest.fixture(scope="module")
def issued(store: Store) -> IssuedForecast:
    with open_store(store.settings, "blitar").engine.connect() as connection:
        found = newest_forecast(connection, EGGS)
    assert found is not None
    return found


def outlook(edition: Edition, issued: IssuedForecast | None, *, today: date = TODAY, series=EGGS):
    return price_outlook(edition, series=series, issued=issued, today=today)


def test_issued_numbers_are_those_of_the_ledger(edition: Edition, issued: IssuedForecast) -> None:
    issued = replace(issued, status="issued", reason="better_than_naive", reason_values=NOT_BETTER)
    ahead = outlook(edition, issued).frame.query("obs_status == 'F'")
    assert list(ahead["obs_value"]) == list(issued.forecasts["forecast"])
    assert list(ahead["low_95"]) == list(issued.forecasts["lo_95"])


def test_issued_forecast_names_model_run_edition_and_day(
    edition: Edition, issued: IssuedForecast
) -> None:
    issued = replace(issued, status="issued", reason="better_than_naive", reason_values=NOT_BETTER)
    words = outlook(edition, issued).sentence("id")
    assert f"putaran {issued.run_id}" in words
    assert f"dari edisi {issued.facts.edition}" in words


@pytest.mark.parametrize(("hour", "day"), [(16, "23 November 2026"), (17, "24 November 2026")])
def test_day_of_a_run_is_the_region_s_day(
    edition: Edition, issued: IssuedForecast, hour: int, day: str
) -> None:
    made = replace(issued.facts, created_at=datetime(2026, 11, 23, hour, 30, tzinfo=UTC))
    assert day in run_statement(edition, replace(issued, facts=made)).words("id")


@pytest.mark.parametrize(
    ("language", "title", "naive"),
    [("id", "ramalan ditahan", "nilai terakhir"), ("en", "forecast withheld", "last value")],
)
def test_withheld_names_reason_and_naive_range(
    edition: Edition, issued: IssuedForecast, language: str, title: str, naive: str
) -> None:
    withheld = replace(issued, status="withheld", model="last_value", reason="not_better",
                       reason_values=NOT_BETTER)  # fmt: skip
    result = outlook(edition, withheld)
    assert title in result.title.words(language)
    assert "1,200" in result.notes[0].words("id")
    assert naive in result.notes[1].words(language)


def test_series_stopped_since_the_run_is_not_forecast(
    edition: Edition, issued: IssuedForecast
) -> None:
    result = outlook(edition, issued, today=date(2026, 12, 1))
    assert not (result.frame["obs_status"] == "F").any()
    assert "Seri berhenti" in result.notes[0].words("id")


def test_no_run_says_what_to_do(edition: Edition) -> None:
    assert "python -m analytics forecast" in outlook(edition, None).notes[1].words("en")


def test_stopped_series_shows_its_last_month(edition: Edition) -> None:
    result = outlook(edition, None, series=FARM)
    assert "Januari 2025" in result.title.words("id")
    assert outlook_facts(result, None) == ()


def test_data_newer_than_the_forecast_are_said(edition: Edition, issued: IssuedForecast) -> None:
    values = issued.forecasts.assign(ds=issued.forecasts["ds"] - pd.DateOffset(months=1))
    old = replace(issued, status="issued", reason="better_than_naive", reason_values=NOT_BETTER,
                  forecasts=values)  # fmt: skip
    assert any("Data lebih baru" in note.words("id") for note in outlook(edition, old).notes)


def test_scores_stand_beside_both_naive_forecasts(edition: Edition, issued: IssuedForecast) -> None:
    frame = scores_figure(edition, series=EGGS, issued=issued).frame
    assert frame["model"].iloc[0] in COMBINATIONS
    assert list(frame["model"][1:3]) == ["last_value", "seasonal_naive"]
    assert frame[["mase", "mape", "coverage_80", "coverage_95"]].notna().all(axis=None)


def test_median_over_origins_uses_complete_origins_only(issued: IssuedForecast) -> None:
    medians = median_mape_by_model(issued.backtest)
    assert set(medians.index) == set(issued.backtest["model"])
    assert (medians > 0).all()


def test_drawn_origins_are_not_apart_by_a_season(edition: Edition, issued: IssuedForecast) -> None:
    frame = past_figure(edition, series=EGGS, issued=issued).frame
    assert len(set(frame["cutoff"].dt.month)) > 6


@pytest.mark.parametrize("series", [EGGS, BROILERS, FARM])
def test_figure_is_drawn_with_and_without_forecast(edition: Edition, series: str) -> None:
    figure = outlook_figure(edition, series=series, issued=None, today=TODAY)
    assert figure.alt_text("id") and figure.table("en").frame.shape[0] > 0


def test_a_withheld_range_is_never_headed_as_a_forecast(
    edition: Edition, issued: IssuedForecast
) -> None:
    withheld = replace(
        issued, status="withheld", model="last_value", reason="not_better", reason_values=NOT_BETTER
    )
    facts = outlook_facts(outlook(edition, withheld), withheld)
    assert [fact.heading.words("id") for fact in facts] == ["Bukan ramalan: nilai terakhir"] * 2
    assert {fact.status for fact in facts} == {""}
    told = outlook_facts(outlook(edition, issued), replace(issued, status="issued"))
    assert {fact.heading.words("en") for fact in told} == {"Forecast"}


@pytest.mark.parametrize(
    ("language", "naive", "forecast"),
    [("id", "rentang naif", "ramalan"), ("en", "naive range", "forecast")],
)
def test_a_withheld_range_is_named_as_such_everywhere(
    edition: Edition, issued: IssuedForecast, language: str, naive: str, forecast: str
) -> None:
    withheld = replace(
        issued, status="withheld", model="last_value", reason="not_better", reason_values=NOT_BETTER
    )
    figure = outlook_figure(edition, series=EGGS, issued=withheld, today=TODAY)
    count = len(figure.frame[figure.frame["obs_status"] == "F"])
    context = figure.context(language, today=TODAY)
    assert f"{count} " in context and naive in context and forecast not in context
    table = figure.table(language).words()
    assert naive in set(table.iloc[:, -2]) | set(table.iloc[:, -1])
    assert naive in figure.alt_text(language)
    assert naive in {row["q"] for row in points(figure, language=language).to_dict("records")}


def test_an_issued_forecast_is_counted_as_one(edition: Edition, issued: IssuedForecast) -> None:
    figure = outlook_figure(edition, series=EGGS, issued=issued, today=TODAY)
    assert "6 ramalan" in figure.context("id", today=TODAY)
    assert "rentang naif" not in figure.alt_text("id")
