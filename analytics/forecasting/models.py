"""The pool: two naive forecasts and four statistical models, each fitted to one series.

statsforecast fits; nothing stands in for a model that fails. The global model, which sees
a whole panel at once, stands in `panel_model`; how they are joined in `combination`.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from analytics.forecasting.steps import Step
from analytics.forecasting.transform import FITTING_DECIMALS, Array, Transform


class ModelName(StrEnum):
    """Names under which forecasts are kept. A failed model never lends its name.

    `MEDIAN` is the combination of the first engine; ledgers keep runs under that name.
    """

    LAST_VALUE = "last_value"
    SEASONAL_NAIVE = "seasonal_naive"
    THETA = "dynamic_optimized_theta"
    ETS = "auto_ets"
    CES = "auto_ces"
    ARIMA = "auto_arima"
    PANEL = "panel_boosting"
    COMBINATION = "combination"
    MEDIAN = "median"


NAIVE = (ModelName.LAST_VALUE, ModelName.SEASONAL_NAIVE)
NOT_FITTED = (*NAIVE, ModelName.PANEL)  # to the series alone
FULL_POOL = (*NAIVE, ModelName.THETA, ModelName.ETS, ModelName.CES, ModelName.ARIMA)
LIGHT_POOL = (*NAIVE, ModelName.THETA)

# An explosive fit is no forecast. No price or count of a year moves a thousandfold.
ABSURD = 1_000
# ARIMA costs more than all others together: it is estimated half as often, and on held-out
# training parts of M3, on logarithms, its search found nothing better after twenty orders.
ORDERS_TRIED = 20
ARIMA_REFIT_TIMES = 2

# Theta, exponential smoothing and ARIMA see values over the series' scale, complex smoothing sees
# logarithms: so chosen on series and months that no score counts (tests/benchmarks/RESULTS.md).
ON_LOGARITHMS = frozenset({ModelName.CES})

# Forecasts `horizon` steps after a training part.
Forecaster = Callable[[Array, int], Array]


class ModelFailed(RuntimeError):
    """A model gave no forecast for a training part; the message says why."""


@dataclass(frozen=True)
class Model:
    """One member of the pool: its name, the training it needs, and how it forecasts.

    `forecast` estimates anew from every training part. `estimate`, where a model has it,
    estimates once and gives a forecaster that takes longer training parts as they come;
    in a back-test it does so every `refit_times` times `step.refit_every` steps.
    """

    name: ModelName
    least_training: int
    is_fitted: bool
    forecast: Forecaster
    estimate: Callable[[Array], Forecaster] | None = None
    refit_times: int = 1

    def fitting_scale(self, transform: Transform) -> Transform | None:
        """The scale on which it is fitted; None where it takes values in their unit."""
        if not self.is_fitted:
            return None
        return transform if self.name in ON_LOGARITHMS else transform.plain()


def pool(step: Step) -> Mapping[ModelName, Model]:
    """The models of a step of time, by name."""
    models = (
        Model(ModelName.LAST_VALUE, 1, False, _last_value),
        Model(ModelName.SEASONAL_NAIVE, step.season, False, _seasonal_naive(step.season)),
        _library_model(ModelName.THETA, step, season=step.season),
        _library_model(ModelName.ETS, step, season=step.ets_season),
        _library_model(ModelName.CES, step, season=step.season),
        _library_model(ModelName.ARIMA, step, season=step.ets_season),
    )
    return {model.name: model for model in models}


def forecast_model(model: Model, training: Array, *, transform: Transform, horizon: int) -> Array:
    """Forecast `horizon` steps after the training part, in its unit, never below zero.

    Raises ModelFailed for whatever the library raises and for values that are not finite.
    """
    scale = model.fitting_scale(transform)
    return apply_forecaster(model.forecast, training, transform=scale, horizon=horizon)


def estimate_model(model: Model, training: Array, *, transform: Transform) -> Forecaster:
    """A forecaster whose parameters come from this training part. Raises ModelFailed."""
    if model.estimate is None:
        return model.forecast
    with _failures_named():
        return model.estimate(_fitting_values(training, transform))


def apply_forecaster(
    forecaster: Forecaster, training: Array, *, transform: Transform | None, horizon: int
) -> Array:
    """What a forecaster says after a training part, in its unit. Raises ModelFailed."""
    values = training if transform is None else _fitting_values(training, transform)
    with _failures_named():
        ahead = np.asarray(forecaster(values, horizon), dtype=np.float64)
    if transform is not None:
        ahead = transform.to_unit(ahead)
    if not np.isfinite(ahead).all():
        raise ModelFailed("The forecast is not a finite number.")
    if ahead.max() > ABSURD * training.max() or ahead.min() * ABSURD < training.min():
        raise ModelFailed(f"The forecast leaves all known values more than {ABSURD} times over.")
    return ahead


def _fitting_values(training: Array, transform: Transform) -> Array:
    return np.round(transform.to_fit(training), FITTING_DECIMALS)


class _failures_named:
    """Turns whatever a library raises into ModelFailed, and keeps its warnings off the screen."""

    def __enter__(self) -> None:
        self._caught = warnings.catch_warnings()
        self._caught.__enter__()
        warnings.simplefilter("ignore")

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._caught.__exit__(None, None, None)
        # The libraries raise bare exceptions; each is recorded, none hidden.
        if isinstance(error, Exception):
            raise ModelFailed(f"{type(error).__name__}: {error}") from error


def _last_value(training: Array, horizon: int) -> Array:
    return np.repeat(training[-1], horizon)


def _seasonal_naive(season: int) -> Forecaster:
    def forecast(training: Array, horizon: int) -> Array:
        return np.resize(training[-season:], horizon)

    return forecast


def _library_model(name: ModelName, step: Step, *, season: int) -> Model:
    def estimate(training: Array) -> Forecaster:
        model = _new(name, season=season, length=len(training))
        fitted = model.fit(training)
        if fitted is not model:
            # statsforecast answers a constant part with another model under the same name.
            raise ValueError("the training part is constant")

        def ahead(later: Array, horizon: int) -> Array:
            if len(later) == len(training) and np.array_equal(later, training):
                return fitted.predict(horizon)["mean"]
            return fitted.forward(later, horizon)["mean"]

        return ahead

    def forecast(training: Array, horizon: int) -> Array:
        return estimate(training)(training, horizon)

    times = ARIMA_REFIT_TIMES if name is ModelName.ARIMA else 1
    return Model(name, step.least_training, True, forecast, estimate, times)


def _new(name: ModelName, *, season: int, length: int) -> Any:
    """A model of the library. A season must have been seen twice, else there is none."""
    from statsforecast.models import AutoARIMA, AutoCES, AutoETS, DynamicOptimizedTheta

    seen = season if length >= 2 * season else 1
    if name is ModelName.THETA:
        return DynamicOptimizedTheta(season_length=season)
    if name is ModelName.ETS:
        return AutoETS(season_length=season)
    if name is ModelName.CES:
        return AutoCES(season_length=seen)
    return AutoARIMA(season_length=seen, approximation=True, nmodels=ORDERS_TRIED)
