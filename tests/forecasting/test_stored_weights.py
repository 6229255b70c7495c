"""Weights computed again from a stored back-test are those that the engine used."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.forecasting.backtest import roll
from analytics.forecasting.models import LIGHT_POOL, ModelName, pool
from analytics.forecasting.scores import backtest_table, judge
from analytics.forecasting.series import validate_series
from analytics.forecasting.steps import step_of
from analytics.forecasting.stored_weights import weights_at_end

STEP = step_of("MS")
NAMES = [name.value for name in LIGHT_POOL]


@pytest.fixture(scope="module")
def backtest(fitting: None):
    ds = pd.date_range("2021-01-01", periods=50, freq="MS")
    y = 100 + 10 * np.sin(np.arange(50)) + np.arange(50) % 12
    frame = pd.DataFrame({"unique_id": "a", "ds": ds, "y": y})
    series = validate_series(frame, freq="MS", as_of=None).series["a"]
    models = [pool(STEP)[name] for name in LIGHT_POOL]
    return roll(series, models=models, horizon=3, max_origins=20, step=STEP)


def test_weights_are_those_of_the_engine_and_add_up_to_one(backtest) -> None:
    stored = backtest_table(judge(backtest, levels=(80, 95)))
    weights = weights_at_end(stored, models=NAMES).pivot(index="model", columns="horizon")
    for name in LIGHT_POOL:
        used = backtest.weights[name][-1]
        assert weights.loc[name.value].to_numpy() == pytest.approx(used, abs=1e-5)
    assert weights.sum().to_numpy() == pytest.approx(1.0)


def test_a_model_that_failed_at_the_end_has_no_part(backtest) -> None:
    stored = backtest_table(judge(backtest, levels=(80, 95)))
    weights = weights_at_end(stored, models=NAMES, failed=["last_value"])
    assert weights.loc[weights["model"] == "last_value", "weight"].eq(0).all()
    nobody = weights_at_end(stored, models=NAMES, failed=[ModelName.THETA.value])
    assert nobody["weight"].isna().all()


def test_a_price_of_zero_or_no_back_test_gives_no_weights(backtest) -> None:
    stored = backtest_table(judge(backtest, levels=(80, 95)))
    assert weights_at_end(stored.assign(y=0.0), models=NAMES).empty
    assert weights_at_end(stored.iloc[:0], models=NAMES).empty
