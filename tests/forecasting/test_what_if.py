"""A simulation with all members is the forecast; without one it differs and is still ranged."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.forecasting.engine import forecast_panel
from analytics.forecasting.models import LIGHT_POOL
from analytics.forecasting.what_if import combined_forecast, member_forecasts

SETTINGS = {"freq": "MS", "max_origins": 20}


@pytest.fixture(scope="module")
def series(fitting: None) -> pd.DataFrame:
    ds = pd.date_range("2021-01-01", periods=50, freq="MS")
    y = 100 + 10 * np.sin(np.arange(50)) + np.arange(50) % 12
    return pd.DataFrame({"unique_id": "a", "ds": ds, "y": y})


@pytest.fixture(scope="module")
def members(series: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {
        name.value: member_forecasts(series, model=name.value, horizon=3, **SETTINGS)
        for name in LIGHT_POOL
    }


def test_all_members_give_what_the_engine_gives(series, members) -> None:
    run = forecast_panel(
        series, as_of=None, seed=1, horizon=3, is_light=True, with_panel_model=False,
        may_withhold=False, **SETTINGS,
    )  # fmt: skip
    joined = combined_forecast(series, members, **SETTINGS)
    for column in ("forecast", "lo_80", "hi_95"):
        assert joined[column].tolist() == run.forecasts[column].tolist()


def test_a_dropped_model_changes_the_forecast(series, members) -> None:
    whole = combined_forecast(series, members, **SETTINGS)
    kept = {name: frame for name, frame in members.items() if name != "seasonal_naive"}
    less = combined_forecast(series, kept, **SETTINGS)
    assert (less["forecast"] != whole["forecast"]).any()
    assert (less["lo_95"] <= less["lo_80"]).all() and (less["lo_80"] <= less["forecast"]).all()


def test_naive_members_alone_are_not_combined(series, members) -> None:
    alone = combined_forecast(series, {"last_value": members["last_value"]}, **SETTINGS)
    assert (alone["forecast"] == series["y"].iloc[-1]).all()
