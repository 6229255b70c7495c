"""Rolling origin: what each model would have said, knowing only what was known then.

Origins are consecutive steps, never stepped by the season. A row of every matrix is
an origin, a column a horizon; the last row is the forecast into the future.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.forecasting.models import (
    MEMBERS,
    Model,
    ModelFailed,
    ModelName,
    forecast_model,
    median_of,
)
from analytics.forecasting.series import CleanSeries
from analytics.forecasting.transform import Array, Transform, transform_of


@dataclass(frozen=True)
class Failure:
    """A model that gave no forecast at an origin."""

    unique_id: str
    model: ModelName
    origin: pd.Timestamp
    message: str


@dataclass(frozen=True, eq=False)
class Backtest:
    """Forecasts from every origin beside what came.

    `forecasts[model][row, h-1]` was made at `positions[row]` for h steps later;
    `actual` has the same shape, NaN where nothing was observed or nothing is known yet.
    """

    series: CleanSeries
    horizon: int
    positions: NDArray[np.int64]
    transforms: tuple[Transform | None, ...]
    actual: Array
    forecasts: Mapping[ModelName, Array]
    failures: tuple[Failure, ...]


def roll(
    series: CleanSeries, *, models: Sequence[Model], horizon: int, max_origins: int
) -> Backtest:
    """Forecast from each of the last `max_origins` steps and from the end of the series.

    A model starts once it has the training it needs. A step without an observation is
    no origin. The combination is added when all its members are among the models.
    """
    end = len(series.y)
    positions = np.arange(max(0, end - 1 - max_origins), end)
    forecasts = {model.name: np.full((len(positions), horizon), np.nan) for model in models}
    transforms: list[Transform | None] = [None] * len(positions)
    failures: list[Failure] = []
    for row, position in enumerate(positions.tolist()):
        if not np.isfinite(series.y[position]):
            continue
        training = series.filled[: position + 1].copy()
        transforms[row] = transform = transform_of(training)
        for model in _trained_enough(models, training):
            try:
                forecasts[model.name][row] = forecast_model(
                    model, training, transform=transform, horizon=horizon
                )
            except ModelFailed as error:
                origin = series.ds[position]
                failures.append(Failure(series.unique_id, model.name, origin, str(error)))
    if set(MEMBERS) <= set(forecasts):
        forecasts[ModelName.MEDIAN] = median_of(forecasts)
    return Backtest(
        series=series,
        horizon=horizon,
        positions=positions,
        transforms=tuple(transforms),
        actual=_what_came(series.y, positions=positions, horizon=horizon),
        forecasts=forecasts,
        failures=tuple(failures),
    )


def _trained_enough(models: Sequence[Model], training: Array) -> list[Model]:
    known = int(np.isfinite(training).sum())
    return [model for model in models if known >= model.least_training]


def _what_came(y: Array, *, positions: NDArray[np.int64], horizon: int) -> Array:
    """The value h steps after each position; NaN after the end of the series."""
    padded = np.concatenate([y, np.full(horizon, np.nan)])
    ahead = np.arange(1, horizon + 1)
    return padded[positions[:, None] + ahead[None, :]]
