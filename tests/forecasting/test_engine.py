"""The whole engine on small panels: frames, verdicts, processes, settings."""

import json
import subprocess
import sys
from datetime import date

import numpy as np
import pandas as pd
import pytest

from analytics.forecasting import InvalidSetting, forecast_panel
from analytics.forecasting.engine import VERDICT_COLUMNS
from analytics.forecasting.scores import ALL_HORIZONS
from tests.forecasting.panels import monthly, random_walk, seasonal

pytestmark = pytest.mark.usefixtures("fitting")

AS_OF = date(2024, 1, 20)
SETTINGS = {"freq": "MS", "as_of": AS_OF, "seed": 1, "max_origins": 14}


def to_now(y, *, unique_id):
    """A series whose last month is the one before `AS_OF`."""
    start = pd.Timestamp("2023-12-01") - pd.DateOffset(months=len(y) - 1)
    return monthly(y, unique_id=unique_id, start=start)


@pytest.fixture(scope="module")
def panel():
    """A seasonal price, a random walk, and one of each kind that gets no forecast."""
    stopped = to_now(seasonal(40), unique_id="stopped").iloc[:-4]
    textual = to_now(seasonal(40), unique_id="textual").astype({"y": object})
    textual.loc[3, "y"] = "?"
    return pd.concat(
        [
            to_now(seasonal(48), unique_id="seasonal"),
            to_now(random_walk(48, seed=2), unique_id="walk"),
            to_now(seasonal(20), unique_id="short"),
            to_now(seasonal(26), unique_id="young"),
            to_now(seasonal(5), unique_id="newborn"),
            to_now(np.full(40, 7.0), unique_id="constant"),
            to_now(seasonal(40), unique_id="gappy").drop(index=range(20, 26)),
            stopped,
            textual,
        ]
    )


@pytest.fixture(scope="module")
def run(panel):
    return forecast_panel(panel, **SETTINGS)


def verdict(run, unique_id):
    row = run.verdicts.set_index("unique_id").loc[unique_id]
    return row["status"], row["reason"], row["model"]


def test_every_series_gets_one_verdict(run, panel):
    assert list(run.verdicts.columns) == VERDICT_COLUMNS
    assert list(run.verdicts["unique_id"]) == sorted(panel["unique_id"].unique())
    assert verdict(run, "seasonal") == ("issued", "better_than_naive", "combination")
    assert verdict(run, "walk")[:2] == ("withheld", "not_better")
    assert verdict(run, "short") == ("withheld", "too_short", "last_value")
    assert verdict(run, "young") == ("withheld", "too_few_origins", "last_value")
    assert verdict(run, "newborn") == ("withheld", "too_short", "last_value")
    assert verdict(run, "gappy") == ("withheld", "too_many_gaps", "last_value")
    assert verdict(run, "constant") == ("withheld", "constant", None)
    assert verdict(run, "stopped") == ("stopped", "stopped", None)
    assert verdict(run, "textual") == ("failed", "non_numeric", None)


def test_only_series_with_a_range_have_rows_ahead(run):
    assert set(run.forecasts["unique_id"]) == {"seasonal", "walk", "short", "young", "gappy"}
    assert (run.forecasts.groupby("unique_id").size() == 6).all()


def test_the_forecast_starts_one_step_after_the_last_value(run):
    ahead = run.forecasts[run.forecasts["unique_id"] == "seasonal"]
    assert list(ahead["ds"]) == list(pd.date_range("2024-01-01", periods=6, freq="MS"))
    assert list(ahead["horizon"]) == [1, 2, 3, 4, 5, 6]


def test_ranges_are_nested_around_the_forecast_and_not_negative(run):
    frame = run.forecasts
    order = ["lo_95", "lo_80", "forecast", "hi_80", "hi_95"]
    assert (frame[order].diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)
    assert (frame["lo_95"] >= 0).all()


def test_a_withheld_series_shows_the_naive_range_under_its_own_name(run, panel):
    ahead = run.forecasts[run.forecasts["unique_id"] == "short"]
    assert set(ahead["model"]) == {"last_value"}
    assert set(ahead["status"]) == {"withheld"}
    last = panel[panel["unique_id"] == "short"]["y"].iloc[-1]
    assert ahead["forecast"].tolist() == [last] * 6


def test_reason_values_fill_the_sentence(run):
    values = run.verdicts.set_index("unique_id")["reason_values"].map(json.loads)
    assert values["short"] == {"observations": 20, "needed": 24}
    assert values["stopped"] == {"last": "2023-08-01", "age": 5}
    assert values["seasonal"]["mase"] < values["seasonal"]["naive_mase"]
    assert values["seasonal"]["origins"] == 9


def test_scores_are_given_by_model_and_horizon(run):
    of_one = run.scores[run.scores["unique_id"] == "seasonal"]
    assert set(of_one["model"]) == {
        "last_value",
        "seasonal_naive",
        "dynamic_optimized_theta",
        "auto_ets",
        "auto_ces",
        "auto_arima",
        "combination",
    }
    assert (of_one.groupby("model")["horizon"].apply(list).map(len) == 7).all()
    measures = ["mase", "mape", "smape", "pinball", "coverage_80", "coverage_95"]
    whole = of_one[of_one["horizon"] == ALL_HORIZONS]
    assert whole[measures].notna().all(axis=None)


def test_the_backtest_holds_every_past_forecast_beside_what_came(run, panel):
    frame = run.backtest
    assert frame["y"].notna().all()
    assert (frame["origin"] < frame["ds"]).all()
    known = panel[panel["unique_id"] == "walk"].set_index("ds")["y"]
    walk = frame[frame["unique_id"] == "walk"]
    assert (walk["y"].to_numpy() == known.loc[walk["ds"]].to_numpy(dtype=float)).all()
    last = walk[walk["model"] == "last_value"]
    assert (last["forecast"].to_numpy() == known.loc[last["origin"]].to_numpy(dtype=float)).all()


def test_scores_can_be_recomputed_from_the_backtest(run):
    frame = run.backtest
    part = frame[(frame["unique_id"] == "seasonal") & (frame["model"] == "combination")]
    part = part[part["is_scored"]]
    score = run.scores.set_index(["unique_id", "model", "horizon"]).loc[
        "seasonal", "combination", 0
    ]
    assert score["pairs"] == len(part)
    assert score["mape"] == pytest.approx(
        100 * ((part["y"] - part["forecast"]).abs() / part["y"]).mean()
    )
    ranged = part.dropna(subset="lo_95")
    assert score["ranges"] == len(ranged)
    assert score["coverage_95"] == pytest.approx(
        100 * ranged["y"].between(ranged["lo_95"], ranged["hi_95"]).mean()
    )


def test_treatments_and_parameters_are_kept(run):
    assert run.failures.empty
    assert set(run.treatments["unique_id"]) <= {"gappy"}
    assert run.parameters["seed"] == 1
    assert run.parameters["as_of"] == "2024-01-20"
    json.dumps(run.parameters)


def test_two_processes_give_the_same_digits(panel, run):
    chosen = panel[panel["unique_id"].isin(["seasonal", "walk", "short", "gappy"])]
    seen = []
    apart = forecast_panel(
        chosen, **SETTINGS, jobs=2, on_progress=lambda done, total, name: seen.append((done, total))
    )
    for name in ("forecasts", "scores", "backtest", "verdicts"):
        alone = getattr(run, name)
        alone = alone[alone["unique_id"].isin(chosen["unique_id"])].reset_index(drop=True)
        pd.testing.assert_frame_equal(getattr(apart, name), alone, check_exact=True)
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_progress_counts_only_series_that_are_worked_on(panel):
    seen = []
    chosen = panel[panel["unique_id"].isin(["stopped", "textual", "short"])]
    forecast_panel(chosen, **SETTINGS, on_progress=lambda *step: seen.append(step))
    assert seen == [(1, 1, "short")]


def test_a_panel_without_rows_gives_empty_frames_with_their_columns():
    empty = pd.DataFrame({"unique_id": [], "ds": [], "y": []})
    run = forecast_panel(empty, **SETTINGS)
    for frame in (run.forecasts, run.verdicts, run.scores, run.backtest, run.treatments):
        assert frame.empty
        assert "unique_id" in frame.columns


@pytest.mark.parametrize(
    "setting",
    [{"horizon": 0}, {"levels": ()}, {"levels": (80, 100)}, {"max_origins": 0}, {"jobs": 0}],
)
def test_impossible_settings_are_refused(panel, setting):
    with pytest.raises(InvalidSetting):
        forecast_panel(panel, **{**SETTINGS, **setting})


@pytest.mark.parametrize(("freq", "length"), [("W-MON", 120), ("D", 130)])
def test_weeks_and_days_are_forecast_too(freq, length):
    frame = monthly(random_walk(length), freq=freq, start="2021-01-04")
    as_of = frame["ds"].iloc[-1].date()
    run = forecast_panel(frame, freq=freq, as_of=as_of, seed=1, max_origins=14)
    assert run.verdicts["status"].iloc[0] in ("issued", "withheld")
    assert run.forecasts["ds"].diff().dropna().nunique() == 1
    assert run.forecasts["ds"].iloc[0] > frame["ds"].iloc[-1]


def test_the_engine_is_imported_without_the_library_that_fits():
    code = (
        "import sys, analytics.forecasting, analytics.forecasting.wording;"
        "sys.exit(any(name.split('.')[0] in ('statsforecast', 'statsmodels', 'sklearn')"
        " for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
