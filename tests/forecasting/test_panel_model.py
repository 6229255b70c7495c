"""The model of all series: what holds for models of one series must hold for it too."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

from analytics.forecasting import forecast_panel
from analytics.forecasting.known_ahead import leading_changes
from analytics.forecasting.panel_model import panel_forecasts
from analytics.forecasting.series import validate_series
from analytics.forecasting.steps import step_of
from tests.forecasting.panels import monthly, random_walk, seasonal

pytestmark = pytest.mark.usefixtures("fitting")
SETTINGS = {
    "freq": "MS", "as_of": None, "seed": 1, "max_origins": 10, "is_light": True, "horizon": 3,
    "with_panel_model": True,
}  # fmt: skip


@cache
def panel():
    """Twelve series of 44 months, seasonal or wandering."""
    return pd.concat(
        [
            monthly((seasonal, random_walk)[i % 2](44, seed=i), unique_id=f"series-{i:02}")
            for i in range(12)
        ],
        ignore_index=True,
    )


def boosted(frame, *, seed=1, regressors=None):
    series = list(validate_series(frame, freq="MS").series.values())
    return panel_forecasts(
        series, step=step_of("MS"), horizon=3, max_origins=10, seed=seed, regressors=regressors
    )


@cache
def plain():
    return boosted(panel())


def test_every_series_has_a_row_an_origin_and_a_forecast_ahead():
    assert set(plain()) == set(panel()["unique_id"])
    for values in plain().values():
        assert values.shape == (11, 3)
        assert np.isfinite(values[-1]).all() and (values[np.isfinite(values)] > 0).all()


def test_the_same_seed_gives_the_same_digits_in_any_order_of_rows():
    shuffled = boosted(panel().sample(frac=1, random_state=4))
    for name, values in plain().items():
        np.testing.assert_array_equal(values, shuffled[name])


def test_a_change_of_unit_changes_nothing():
    scaled = boosted(panel().assign(y=panel()["y"] * 15_500))
    for name, values in plain().items():
        np.testing.assert_allclose(scaled[name], values * 15_500, rtol=1e-9)


@pytest.mark.parametrize("poison", [0.0, 1e7])
def test_no_origin_sees_a_later_value_of_any_series(poison):
    months = 4
    cut = panel()["ds"].max() - pd.DateOffset(months=months - 1)
    poisoned = boosted(panel().assign(y=panel()["y"].where(panel()["ds"] < cut, poison)))
    for name, values in plain().items():
        np.testing.assert_array_equal(values[:-months], poisoned[name][:-months])


def test_no_origin_sees_a_later_price_of_a_leading_series():
    def knowing(frame):
        leading = frame[frame["unique_id"] == "series-00"]
        moved = leading_changes(leading, name="leading", step=step_of("MS"), horizon=3)
        return boosted(frame, regressors=moved)

    months = 4
    cut = panel()["ds"].max() - pd.DateOffset(months=months - 1)
    poisoned = knowing(panel().assign(y=panel()["y"].where(panel()["ds"] < cut, 1e7)))
    for name, values in knowing(panel()).items():
        np.testing.assert_array_equal(values[:-months], poisoned[name][:-months])


def test_a_regressor_known_in_advance_is_used():
    ds = pd.date_range(panel()["ds"].min(), periods=47, freq="MS")
    holiday = pd.DataFrame({"ds": ds, "holiday": (np.arange(47) % 5 == 0).astype(float)})
    lifted = panel()["ds"].map(holiday.set_index("ds")["holiday"]).to_numpy() * 0.4
    frame = panel().assign(y=panel()["y"] * np.exp(lifted))
    without, knowing = boosted(frame), boosted(frame, regressors=holiday)
    assert any(not np.array_equal(without[name], knowing[name]) for name in without)


def test_the_run_says_that_series_hang_on_each_other():
    run = forecast_panel(panel(), **SETTINGS)
    assert run.parameters["panel_model"] is True
    assert "panel_boosting" in set(run.scores["model"])
    fewer = forecast_panel(panel()[panel()["unique_id"] != "series-03"], **SETTINGS)
    own = [r.forecasts[r.forecasts["unique_id"] == "series-00"]["forecast"] for r in (run, fewer)]
    assert len(own[0]) == len(own[1]) == 3
    alone = forecast_panel(panel(), **{**SETTINGS, "with_panel_model": False})
    assert alone.parameters["panel_model"] is False
