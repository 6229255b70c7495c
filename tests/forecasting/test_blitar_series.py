"""The farm-gate series of the pack: the engine must beat the last value there, honestly."""

from datetime import date

import pandas as pd
import pytest

from analytics.forecasting import forecast_panel
from analytics.settings import PROJECT_ROOT

pytestmark = pytest.mark.usefixtures("fitting")


@pytest.fixture(scope="module")
def prices():
    """All monthly series of the pack, by place, item and indicator."""
    table = pd.read_csv(PROJECT_ROOT / "data" / "blitar" / "prices.csv", dtype=str)
    names = table[["ref_area", "place", "item", "indicator"]].fillna("").agg("|".join, axis=1)
    return pd.DataFrame({"unique_id": names, "ds": table["period_start"], "y": table["obs_value"]})


@pytest.fixture(scope="module")
def run(prices):
    return forecast_panel(prices, freq="MS", as_of=date(2026, 11, 24), seed=1)


def farm_gate(run, item):
    names = run.verdicts["unique_id"]
    return names[names.str.startswith("35.05|") & names.str.endswith(f"|{item}|price_producer")]


@pytest.mark.parametrize("item", ["telur_ayam_ras", "ayam_ras_pedaging"])
def test_series_that_end_in_august_are_still_forecast_in_november(run, item):
    (name,) = farm_gate(run, item)
    verdict = run.verdicts.set_index("unique_id").loc[name]
    assert verdict["observations"] == 121
    assert verdict["status"] == "issued"
    ahead = run.forecasts[run.forecasts["unique_id"] == name]
    assert list(ahead["ds"].dt.strftime("%Y-%m")) == [
        "2026-09", "2026-10", "2026-11", "2026-12", "2027-01", "2027-02",
    ]  # fmt: skip


def test_older_series_have_stopped_and_show_nothing_ahead(run):
    verdicts = run.verdicts.set_index("unique_id")
    old = verdicts.index[verdicts["last_ds"] < pd.Timestamp("2026-08-01")]
    assert len(old) == len(verdicts) - 3
    assert set(verdicts.loc[old, "status"]) == {"stopped"}
    assert not set(old) & set(run.forecasts["unique_id"])


@pytest.mark.parametrize("item", ["telur_ayam_ras", "ayam_ras_pedaging"])
def test_the_combination_beats_both_naives_over_all_origins(run, item):
    # Over the last six origins alone broilers would not: 12.9 percent against 9.1 of the last
    # value. Six overlapping origins are too few to judge by, and none are picked.
    (name,) = farm_gate(run, item)
    scores = run.scores.set_index(["unique_id", "model", "horizon"]).loc[name]
    assert scores.loc[("combination", 0), "origins"] == 91
    for measure in ("mase", "mape", "pinball"):
        combined = scores.loc[("combination", 0), measure]
        assert combined < scores.loc[("last_value", 0), measure]
        assert combined < scores.loc[("seasonal_naive", 0), measure]


@pytest.mark.parametrize("item", ["telur_ayam_ras", "ayam_ras_pedaging"])
def test_ranges_of_the_past_held_about_as_often_as_they_said(run, item):
    (name,) = farm_gate(run, item)
    score = run.scores.set_index(["unique_id", "model", "horizon"]).loc[name, "combination", 0]
    assert score["ranges"] > 400
    assert score["coverage_80"] == pytest.approx(80, abs=5)
    assert score["coverage_95"] == pytest.approx(95, abs=5)


def test_series_of_twenty_months_would_be_withheld_even_while_fresh(prices):
    retail = prices[prices["unique_id"].str.startswith("35.05||")]
    then = forecast_panel(
        retail[retail["unique_id"].str.endswith("|price_retail")],
        freq="MS",
        as_of=date(2025, 9, 1),
        seed=1,
    )
    assert len(then.verdicts) == 19
    assert set(then.verdicts["reason"]) == {"too_short"}
    assert set(then.forecasts["model"]) == {"last_value"}
