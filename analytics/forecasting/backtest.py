"""Rolling origin: what each model would have said, knowing only what was known then.

Origins are consecutive steps, never stepped by the season. A row of every matrix is
an origin, a column a horizon; the last row is the forecast into the future.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.forecasting.combination import combine
from analytics.forecasting.models import (
    Forecaster,
    Model,
    ModelFailed,
    ModelName,
    apply_forecaster,
    estimate_model,
)
from analytics.forecasting.series import CleanSeries
from analytics.forecasting.steps import Step
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
    `weights[model][row, h-1]` is the part a member had in the combination.
    """

    series: CleanSeries
    horizon: int
    positions: NDArray[np.int64]
    transforms: tuple[Transform | None, ...]
    actual: Array
    forecasts: Mapping[ModelName, Array]
    weights: Mapping[ModelName, Array]
    failures: tuple[Failure, ...]


def origin_positions(length: int, *, max_origins: int) -> NDArray[np.int64]:
    """Positions of the last `max_origins` origins of the past, and of the end of the series."""
    return np.arange(max(0, length - 1 - max_origins), length)


def roll(
    series: CleanSeries,
    *,
    models: Sequence[Model],
    horizon: int,
    max_origins: int,
    step: Step,
    panel: Array | None = None,
) -> Backtest:
    """Forecast from each of the last `max_origins` steps and from the end of the series.

    A model starts once it has the training it needs; a step without an observation is
    no origin. `panel` holds the forecasts of the panel model, in the shape of the others.
    The combination is added when a fitted model is among them.
    """
    positions = origin_positions(len(series.y), max_origins=max_origins)
    transforms = transforms_at(series, positions)
    forecasts: dict[ModelName, Array] = {}
    failures: list[Failure] = []
    for model in models:
        rolled = _Rolled(series, model, step=step, horizon=horizon, transforms=transforms)
        forecasts[model.name] = rolled.over(positions)
        failures.extend(rolled.failures)
    if panel is not None:
        forecasts[ModelName.PANEL] = panel
    return joined(
        series, forecasts, failures, positions=positions, transforms=transforms,
        is_combined=any(model.is_fitted for model in models),
    )  # fmt: skip


def transforms_at(
    series: CleanSeries, positions: NDArray[np.int64]
) -> tuple[Transform | None, ...]:
    """The scale that is known at each position; None where nothing was observed."""
    return tuple(
        transform_of(series.filled[: position + 1]) if np.isfinite(series.y[position]) else None
        for position in positions.tolist()
    )


def joined(
    series: CleanSeries,
    members: Mapping[ModelName, Array],
    failures: Sequence[Failure],
    *,
    positions: NDArray[np.int64],
    transforms: tuple[Transform | None, ...],
    is_combined: bool,
) -> Backtest:
    """Forecasts of the members beside what came, with their combination where it is asked for."""
    forecasts = dict(members)
    horizon = next(iter(forecasts.values())).shape[1]
    actual = _what_came(series.y, positions=positions, horizon=horizon)
    weights: Mapping[ModelName, Array] = {}
    if is_combined:
        combined, weights = combine(forecasts, actual, transforms=transforms)
        forecasts[ModelName.COMBINATION] = combined
    ordered = sorted(
        failures, key=lambda failure: (failure.origin, list(ModelName).index(failure.model))
    )
    return Backtest(
        series=series,
        horizon=horizon,
        positions=positions,
        transforms=transforms,
        actual=actual,
        forecasts=forecasts,
        weights=weights,
        failures=tuple(ordered),
    )


class _Rolled:
    """One model over the origins of one series.

    Parameters are estimated anew at fixed steps of the calendar (every `step.refit_every`, or a
    multiple of it for a model that costs much), counted from no series, so that a further month
    leaves the past as it was; in between the last estimate is carried forward over the new
    values. The end of the series is always new.
    """

    def __init__(
        self,
        series: CleanSeries,
        model: Model,
        *,
        step: Step,
        horizon: int,
        transforms: Sequence[Transform | None],
    ) -> None:
        self.series = series
        self.model = model
        self.step = step
        self.horizon = horizon
        self.transforms = transforms
        self.failures: list[Failure] = []
        self._known: tuple[Forecaster, Transform] | None = None

    def over(self, positions: NDArray[np.int64]) -> Array:
        """Forecasts by origin and horizon; NaN where the model gave none."""
        forecasts = np.full((len(positions), self.horizon), np.nan)
        for row, position in self._starts(positions):
            is_end = position == len(self.series.y) - 1
            try:
                forecasts[row] = self._forecast(position, self.transforms[row], is_end=is_end)
            except ModelFailed as error:
                self._known = None
                origin = self.series.ds[position]
                self.failures.append(
                    Failure(self.series.unique_id, self.model.name, origin, str(error))
                )
        return forecasts

    def _starts(self, positions: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
        for row, position in enumerate(positions.tolist()):
            if self.transforms[row] is not None and position + 1 >= self.model.least_training:
                yield row, position

    def _forecast(self, position: int, transform: Transform | None, *, is_end: bool) -> Array:
        assert transform is not None
        start = max(0, position + 1 - self.step.longest_training)
        training = self.series.filled[start : position + 1].copy()
        scale = self.model.fitting_scale(transform)
        if scale is None:
            return apply_forecaster(
                self.model.forecast, training, transform=None, horizon=self.horizon
            )
        number = self.step.number_of(self.series.ds[position])
        every = self.model.refit_times * self.step.refit_every
        is_due = is_end or number % every == 0
        if is_due or self._known is None or self._known[1].has_zero != scale.has_zero:
            self._known = (estimate_model(self.model, training, transform=scale), scale)
        forecaster, scale = self._known
        return apply_forecaster(forecaster, training, transform=scale, horizon=self.horizon)


def _what_came(y: Array, *, positions: NDArray[np.int64], horizon: int) -> Array:
    """The value h steps after each position; NaN after the end of the series."""
    padded = np.concatenate([y, np.full(horizon, np.nan)])
    ahead = np.arange(1, horizon + 1)
    return padded[positions[:, None] + ahead[None, :]]
