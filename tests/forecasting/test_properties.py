"""What must hold for any series: order, unit, company and level change nothing they should not."""

from datetime import date
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.forecasting import ForecastRun, forecast_panel
from analytics.forecasting.bands import nested_bands
from tests.forecasting.panels import monthly, random_walk, seasonal

pytestmark = pytest.mark.usefixtures("fitting")

FEW = settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
TABLES = ("forecasts", "verdicts", "scores", "backtest", "failures")
BOUNDS = ["lo_95", "lo_80", "forecast", "hi_80", "hi_95"]
END = pd.Timestamp("2022-12-01")

# Drawn by number, so that a panel's plain run is fitted once for all tests.
panel_numbers = st.integers(0, 5)


@cache
def drawn_panel(number: int) -> pd.DataFrame:
    """Two monthly series up to December 2022, seasonal or wandering, some with gaps."""
    draw = np.random.default_rng(number)
    frames = []
    for name in ("broilers", "eggs"):
        make = (seasonal, random_walk)[draw.integers(2)]
        length = int(draw.integers(30, 41))
        y = make(length, seed=int(draw.integers(1000)), level=float(10 ** draw.uniform(-1, 5)))
        frame = monthly(y, unique_id=name, start=END - pd.DateOffset(months=length - 1))
        frames.append(frame.drop(index=draw.integers(5, 21, size=draw.integers(3))))
    return pd.concat(frames, ignore_index=True)


def forecast(frame: pd.DataFrame, **changes) -> ForecastRun:
    chosen = {
        "freq": "MS", "as_of": date(2022, 12, 31), "seed": 1, "horizon": 3, "max_origins": 10,
    }  # fmt: skip
    return forecast_panel(frame, **{**chosen, **changes})


@cache
def plain_run(number: int) -> ForecastRun:
    return forecast(drawn_panel(number))


def same(left: pd.DataFrame, right: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(
        left.reset_index(drop=True), right.reset_index(drop=True), check_exact=True
    )


@FEW
@given(number=panel_numbers, seed=st.integers(0, 99))
def test_row_order_never_matters_to_the_last_digit(number, seed):
    shuffled = forecast(drawn_panel(number).sample(frac=1, random_state=seed))
    for name in TABLES:
        same(getattr(plain_run(number), name), getattr(shuffled, name))


@FEW
@given(number=panel_numbers, factor=st.sampled_from([1000.0, 0.001, 7.3, 15_500.0]))
def test_scaling_the_values_scales_the_forecast(number, factor):
    panel, small = drawn_panel(number), plain_run(number)
    large = forecast(panel.assign(y=panel["y"] * factor))
    assert small.verdicts["status"].tolist() == large.verdicts["status"].tolist()
    assert small.forecasts["model"].tolist() == large.forecasts["model"].tolist()
    np.testing.assert_allclose(
        large.forecasts[BOUNDS].to_numpy(float),
        small.forecasts[BOUNDS].to_numpy(float) * factor,
        rtol=1e-9,
    )
    measures = ["mase", "mape", "smape", "coverage_80", "coverage_95"]
    np.testing.assert_allclose(large.scores[measures], small.scores[measures], rtol=1e-7)


@FEW
@given(number=panel_numbers)
def test_adding_a_series_changes_no_other(number):
    panel = drawn_panel(number)
    alone = forecast(panel[panel["unique_id"] == "eggs"])
    for name in TABLES:
        together = getattr(plain_run(number), name)
        same(together[together["unique_id"] == "eggs"], getattr(alone, name))


@FEW
@given(number=panel_numbers, poison=st.floats(0, 1e7), months=st.integers(1, 6))
def test_what_comes_later_changes_no_forecast_of_the_past(number, poison, months):
    panel = drawn_panel(number)
    cut = END - pd.DateOffset(months=months - 1)
    poisoned = forecast(panel.assign(y=panel["y"].where(panel["ds"] < cut, poison)))
    columns = ["unique_id", "origin", "ds", "horizon", "model", *BOUNDS]
    past = [
        run.backtest.loc[run.backtest["origin"] < cut, columns]
        for run in (plain_run(number), poisoned)
    ]
    same(*past)


@FEW
@given(number=panel_numbers, months=st.integers(1, 6))
def test_a_run_as_of_an_earlier_day_equals_the_run_of_that_day(number, months):
    panel = drawn_panel(number)
    cut = (END - pd.DateOffset(months=months)).date()
    then = panel[panel["ds"].dt.date <= cut]
    same(forecast(then, as_of=cut).forecasts, forecast(panel, as_of=cut).forecasts)


@FEW
@given(number=panel_numbers)
def test_ranges_widen_with_the_level_and_never_go_below_zero(number):
    run = forecast(drawn_panel(number), levels=(50, 80, 90, 95))
    order = ["lo_95", "lo_90", "lo_80", "lo_50", "forecast", "hi_50", "hi_80", "hi_90", "hi_95"]
    for frame in (run.forecasts, run.backtest.dropna(subset=["lo_95"])):
        assert len(frame) > 0
        assert (frame[order].diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)
        assert (frame["lo_95"] >= 0).all()


@FEW
@given(number=panel_numbers)
def test_the_same_input_gives_the_same_output_to_the_last_digit(number):
    again = forecast(drawn_panel(number))
    for name in (*TABLES, "treatments"):
        same(getattr(plain_run(number), name), getattr(again, name))


error_lists = st.lists(
    st.lists(st.floats(-2, 2, allow_nan=False), min_size=6, max_size=90).map(np.array),
    min_size=1,
    max_size=6,
)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(errors=error_lists, levels=st.sets(st.integers(50, 99), min_size=2, max_size=5))
def test_bands_of_any_errors_are_nested(errors, levels):
    for horizon in range(1, len(errors) + 1):
        bands = nested_bands(errors, horizon=horizon, levels=sorted(levels))
        for narrow, wide in zip(sorted(levels)[:-1], sorted(levels)[1:], strict=True):
            assert bands[wide].lower <= bands[narrow].lower <= 0
            assert 0 <= bands[narrow].upper <= bands[wide].upper
