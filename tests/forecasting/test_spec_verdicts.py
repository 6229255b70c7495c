"""Issued, withheld, stopped: the rules against drawn tables."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analytics.forecasting.models import FULL_POOL, ModelName
from analytics.forecasting.reasons import Reason, Status
from analytics.forecasting.series import validate_series
from analytics.forecasting.steps import step_of
from analytics.forecasting.verdicts import stopped_verdict, verdict_on
from tests.forecasting.drawn_tables import drawn_table
from tests.forecasting.panels import monthly


def test_a_series_stops_when_its_last_value_is_more_than_three_steps_old():
    table, expected = drawn_table("stopped")
    for row in table.itertuples():
        step = step_of(row.step)
        as_of = date.fromisoformat(row.as_of)
        age = step.number_of(pd.Timestamp(as_of)) - step.number_of(pd.Timestamp(row.last))
        frame = monthly([1, 2, 3], freq=row.step)
        frame["ds"] += pd.Timestamp(row.last) - frame["ds"].iloc[-1]
        series = validate_series(frame.iloc[2:], freq=row.step).series["eggs"]
        verdict = stopped_verdict(series, step=step, as_of=as_of)
        assert age == expected["age"][row.Index]
        assert (verdict is not None) == expected["is_stopped"][row.Index]
        if verdict is not None:
            assert verdict.status is Status.STOPPED
            assert verdict.values == {"last": row.last, "age": age}


def test_a_forecast_is_issued_only_when_it_visibly_beats_the_better_naive():
    table, expected = drawn_table("verdict")
    for row in table.itertuples():
        verdict = verdict_on(
            _judgement(origins=row.origins), scores=_scores(row), step=step_of("MS")
        )
        assert verdict.status.value == expected["status"][row.Index]
        assert verdict.reason.value == expected["reason"][row.Index]
        assert verdict.model.value == expected["model"][row.Index]


def test_a_forecast_without_a_scale_is_withheld():
    row = SimpleNamespace(
        mase_combination=np.nan, mase_last_value=np.nan, mase_seasonal_naive=np.nan
    )
    verdict = verdict_on(_judgement(origins=20), scores=_scores(row), step=step_of("MS"))
    assert verdict.reason is Reason.UNSCORABLE


@pytest.mark.parametrize("failed", [ModelName.THETA, ModelName.ETS])
def test_a_combination_that_is_missing_at_the_end_fails_the_forecast(failed):
    row = SimpleNamespace(mase_combination=0.5, mase_last_value=1.0, mase_seasonal_naive=1.0)
    judgement = _judgement(origins=20)
    for name in (failed, ModelName.COMBINATION):
        judgement.backtest.forecasts[name][-1] = np.nan
    verdict = verdict_on(judgement, scores=_scores(row), step=step_of("MS"))
    assert (verdict.status, verdict.reason) == (Status.FAILED, Reason.MODEL_FAILED)
    assert verdict.values == {"model": failed.value}
    assert verdict.model is None


def _judgement(*, origins: int) -> SimpleNamespace:
    backtest = SimpleNamespace(
        series=SimpleNamespace(observations=100),
        forecasts={name: np.ones((2, 6)) for name in (*FULL_POOL, ModelName.COMBINATION)},
    )
    return SimpleNamespace(backtest=backtest, complete_origins=origins)


def _scores(row: object) -> pd.DataFrame:
    models = (ModelName.COMBINATION, ModelName.LAST_VALUE, ModelName.SEASONAL_NAIVE)
    return pd.DataFrame(
        {
            "model": [model.value for model in models],
            "horizon": 0,
            "mase": [row.mase_combination, row.mase_last_value, row.mase_seasonal_naive],
        }
    )
