"""The rolling origin: which origins, which models, and no look ahead."""

import numpy as np
import pandas as pd
import pytest

from analytics.forecasting.backtest import roll
from analytics.forecasting.models import Model, ModelFailed, ModelName, forecast_model, pool
from analytics.forecasting.scores import ALL_HORIZONS, judge, score_table
from analytics.forecasting.series import validate_series
from analytics.forecasting.steps import step_of
from analytics.forecasting.transform import transform_of
from tests.forecasting.panels import monthly, seasonal

pytestmark = pytest.mark.usefixtures("fitting")

STEP = step_of("MS")
NAIVES = [pool(STEP)[ModelName.LAST_VALUE], pool(STEP)[ModelName.SEASONAL_NAIVE]]


def rolled(y, *, models=NAIVES, max_origins=96, drop=()):
    frame = monthly(y).drop(index=list(drop))
    series = validate_series(frame, freq="MS").series["eggs"]
    return roll(series, models=models, horizon=6, max_origins=max_origins, step=STEP)


def test_origins_are_consecutive_steps():
    backtest = rolled(seasonal(60), max_origins=20)
    assert np.diff(backtest.positions).tolist() == [1] * 20
    assert backtest.positions[-1] == 59


def test_last_value_and_seasonal_naive_are_what_their_names_say():
    y = np.arange(1.0, 41.0)
    backtest = rolled(y)
    at_30 = backtest.positions.tolist().index(29)
    assert backtest.forecasts[ModelName.LAST_VALUE][at_30].tolist() == [30.0] * 6
    assert backtest.forecasts[ModelName.SEASONAL_NAIVE][at_30].tolist() == [19, 20, 21, 22, 23, 24]
    assert backtest.actual[at_30].tolist() == [31, 32, 33, 34, 35, 36]


def test_the_last_origin_is_the_future():
    backtest = rolled(seasonal(40))
    assert np.isnan(backtest.actual[-1]).all()
    assert np.isfinite(backtest.forecasts[ModelName.LAST_VALUE][-1]).all()


def test_models_start_when_they_have_their_training():
    backtest = rolled(seasonal(40))
    first = np.isfinite(backtest.forecasts[ModelName.SEASONAL_NAIVE][:, 0]).argmax()
    assert backtest.positions[first] == 11


def test_a_missing_month_is_no_origin_and_is_never_scored():
    backtest = rolled(seasonal(40), drop=[30])
    row = backtest.positions.tolist().index(30)
    assert np.isnan(backtest.forecasts[ModelName.LAST_VALUE][row]).all()
    assert np.isnan(backtest.actual[row - 1, 0])
    assert np.isnan(backtest.actual[row - 3, 2])


@pytest.mark.parametrize("poison", [1e9, 0.001, 0.0])
def test_no_origin_sees_a_later_value(poison):
    y = seasonal(44)
    poisoned = y.copy()
    poisoned[38:] = poison
    models = list(pool(STEP).values())
    clean, dirty = (rolled(values, models=models, max_origins=10) for values in (y, poisoned))
    before = clean.positions < 38
    for name, forecast in clean.forecasts.items():
        np.testing.assert_array_equal(forecast[before], dirty.forecasts[name][before])
    bands, dirty_bands = (judge(test, levels=(80, 95)).bands for test in (clean, dirty))
    for name, band in bands.items():
        for level in (80, 95):
            np.testing.assert_array_equal(
                band.upper[level][before], dirty_bands[name].upper[level][before]
            )


def test_a_bridged_gap_is_not_bridged_from_the_future():
    # The gap lies before the origin; what is poisoned lies after it.
    y = seasonal(44)
    poisoned = y.copy()
    poisoned[33:] = 1e9
    models = list(pool(STEP).values())
    clean, dirty = (
        rolled(values, models=models, max_origins=14, drop=[20, 32]) for values in (y, poisoned)
    )
    before = clean.positions < 32
    for name, forecast in clean.forecasts.items():
        np.testing.assert_array_equal(forecast[before], dirty.forecasts[name][before])


def broken_pool(*, fails_at):
    """A pool whose ETS breaks for training parts of the given lengths."""

    def ets(training, horizon):
        if len(training) in fails_at:
            raise ValueError("no model able to be fitted")
        return np.ones(horizon)

    models = pool(STEP)
    return [*NAIVES, models[ModelName.THETA], Model(ModelName.ETS, 18, True, ets)]


def test_a_failed_model_is_recorded_and_nothing_stands_in_for_it():
    backtest = rolled(seasonal(40), models=broken_pool(fails_at={38}), max_origins=5)
    assert [(f.model, f.origin, f.message) for f in backtest.failures] == [
        (ModelName.ETS, pd.Timestamp("2023-02-01"), "ValueError: no model able to be fitted")
    ]
    row = backtest.positions.tolist().index(37)
    assert np.isnan(backtest.forecasts[ModelName.ETS][row]).all()
    assert (backtest.weights[ModelName.ETS][row] == 0).all()
    assert np.isfinite(backtest.forecasts[ModelName.COMBINATION][row]).all()
    assert np.isfinite(backtest.forecasts[ModelName.THETA][row]).all()


def test_all_models_are_scored_on_the_same_pairs():
    backtest = rolled(seasonal(40), models=broken_pool(fails_at={30}), max_origins=96)
    scores = score_table(judge(backtest, levels=(80, 95)), step=STEP)
    whole = scores[scores["horizon"] == ALL_HORIZONS]
    assert whole["pairs"].nunique() == whole["origins"].nunique() == 1
    # Origins 18 to 34 months long have six later values; the one of 30 months failed.
    assert whole["origins"].iloc[0] == 16


def test_scores_over_all_horizons_are_the_mean_over_pairs():
    backtest = rolled(seasonal(48))
    judgement = judge(backtest, levels=(80,))
    scores = score_table(judgement, step=STEP)
    last = scores[scores["model"] == ModelName.LAST_VALUE.value].set_index("horizon")
    by_horizon = last.drop(index=ALL_HORIZONS)
    weighted = (by_horizon["mape"] * by_horizon["pairs"]).sum() / by_horizon["pairs"].sum()
    assert last.loc[ALL_HORIZONS, "mape"] == pytest.approx(weighted)
    assert by_horizon["pairs"].is_monotonic_decreasing


def test_the_scale_of_mase_comes_from_the_training_of_each_origin():
    y = np.r_[np.tile([10.0, 20.0], 12), np.tile([10.0, 20.0], 12) + np.arange(24.0)]
    backtest = rolled(y)
    scores = score_table(judge(backtest, levels=(80,)), step=STEP)
    last = scores[(scores["model"] == "last_value") & (scores["horizon"] == 1)].iloc[0]
    expected = [
        abs(y[o + 1] - y[o]) / np.mean(np.abs(y[12 : o + 1] - y[: o + 1 - 12]))
        for o in range(25, 47)  # until then nothing differs from a year ago: no scale
    ]
    assert last["mase"] == pytest.approx(np.mean(expected))


def test_no_combination_is_made_of_less_than_half_of_the_models():
    def fails(training, horizon):
        raise ValueError("no model able to be fitted")

    models = [*NAIVES, *(Model(name, 18, True, fails) for name in (ModelName.ETS, ModelName.CES))]
    models.append(pool(STEP)[ModelName.THETA])
    backtest = rolled(seasonal(40), models=models, max_origins=2)
    assert np.isnan(backtest.forecasts[ModelName.COMBINATION]).all()
    assert len(backtest.failures) == 6


def test_an_explosive_forecast_has_failed():
    model = Model(ModelName.CES, 1, True, lambda training, horizon: np.array([9.0]))
    training = np.array([1.0, 2.0])
    with pytest.raises(ModelFailed, match="1000 times"):
        forecast_model(model, training, transform=transform_of(training), horizon=1)


@pytest.mark.parametrize("bad", [np.array([np.nan]), np.array([np.inf])])
def test_a_forecast_that_is_not_finite_has_failed(bad):
    model = Model(ModelName.ETS, 1, True, lambda training, horizon: bad)
    training = np.array([1.0, 2.0])
    with pytest.raises(ModelFailed, match="finite"):
        forecast_model(model, training, transform=transform_of(training), horizon=1)


def test_values_with_zeros_are_forecast_and_never_negative():
    falling = np.r_[seasonal(30, level=50.0), np.linspace(20, 0, 12)]
    backtest = rolled(falling, models=list(pool(STEP).values()), max_origins=6)
    judgement = judge(backtest, levels=(80, 95))
    for name, forecast in backtest.forecasts.items():
        assert (forecast[np.isfinite(forecast)] >= 0).all()
        low = judgement.bands[name].lower[95]
        assert (low[np.isfinite(low)] >= 0).all()


def test_the_transform_is_undone_exactly_enough():
    y = seasonal(30)
    there = transform_of(y)
    assert there.to_unit(there.to_fit(y)) == pytest.approx(y, rel=1e-12)
    with_zero = np.r_[y, 0.0]
    there = transform_of(with_zero)
    assert there.to_unit(there.to_fit(with_zero)) == pytest.approx(with_zero, abs=1e-9)
