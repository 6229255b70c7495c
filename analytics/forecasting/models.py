"""The pool: two naive forecasts, two statistical models, and their combination.

statsforecast fits; nothing stands in for a model that fails.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from analytics.forecasting.steps import Step
from analytics.forecasting.transform import FITTING_DECIMALS, Array, Transform


class ModelName(StrEnum):
    """Names under which forecasts are kept. A failed model never lends its name."""

    LAST_VALUE = "last_value"
    SEASONAL_NAIVE = "seasonal_naive"
    THETA = "dynamic_optimized_theta"
    ETS = "auto_ets"
    MEDIAN = "median"


NAIVE = (ModelName.LAST_VALUE, ModelName.SEASONAL_NAIVE)
MEMBERS = (ModelName.SEASONAL_NAIVE, ModelName.THETA, ModelName.ETS)
POOL = (ModelName.LAST_VALUE, *MEMBERS)


class ModelFailed(RuntimeError):
    """A model gave no forecast for a training part; the message says why."""


@dataclass(frozen=True)
class Model:
    """One member of the pool: its name, the training it needs, and how it forecasts."""

    name: ModelName
    least_training: int
    is_fitted: bool
    forecast: Callable[[Array, int], Array]


def pool(step: Step) -> Mapping[ModelName, Model]:
    """The models of a step of time, by name."""
    models = (
        Model(ModelName.LAST_VALUE, 1, False, _last_value),
        Model(ModelName.SEASONAL_NAIVE, step.season, False, _seasonal_naive(step.season)),
        Model(ModelName.THETA, step.least_training, True, _theta(step.season)),
        Model(ModelName.ETS, step.least_training, True, _ets(step.ets_season)),
    )
    return {model.name: model for model in models}


def forecast_model(model: Model, training: Array, *, transform: Transform, horizon: int) -> Array:
    """Forecast `horizon` steps after the training part, in its unit, never below zero.

    Fitted models see logarithms on the series' own scale. Raises ModelFailed for
    whatever the library raises and for values that are not finite.
    """
    values = training
    if model.is_fitted:
        values = np.round(transform.to_fit(training), FITTING_DECIMALS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            ahead = np.asarray(model.forecast(values, horizon), dtype=np.float64)
    except Exception as error:  # the library raises bare exceptions; each is recorded, none hidden
        raise ModelFailed(f"{type(error).__name__}: {error}") from error
    if model.is_fitted:
        ahead = transform.to_unit(ahead)
    if not np.isfinite(ahead).all():
        raise ModelFailed("The forecast is not a finite number.")
    return ahead


def median_of(forecasts: Mapping[ModelName, Array]) -> Array:
    """Median of the members, step by step; missing wherever one of them is missing."""
    return np.median([forecasts[name] for name in MEMBERS], axis=0)


def _last_value(training: Array, horizon: int) -> Array:
    from statsforecast.models import Naive

    return Naive().forecast(training, h=horizon)["mean"]


def _seasonal_naive(season: int) -> Callable[[Array, int], Array]:
    def forecast(training: Array, horizon: int) -> Array:
        from statsforecast.models import SeasonalNaive

        return SeasonalNaive(season_length=season).forecast(training, h=horizon)["mean"]

    return forecast


def _theta(season: int) -> Callable[[Array, int], Array]:
    def forecast(training: Array, horizon: int) -> Array:
        from statsforecast.models import DynamicOptimizedTheta

        return DynamicOptimizedTheta(season_length=season).forecast(training, h=horizon)["mean"]

    return forecast


def _ets(season: int) -> Callable[[Array, int], Array]:
    def forecast(training: Array, horizon: int) -> Array:
        from statsforecast.models import AutoETS

        return AutoETS(season_length=season).forecast(training, h=horizon)["mean"]

    return forecast
