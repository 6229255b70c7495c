"""Ranges from past errors: split conformal, horizon by horizon, only from what was known.

The range issued at an origin is set by the errors of earlier origins whose values had
come by then, so how often past ranges held is an honest count. Errors are kept on the
fitting scale (logarithms), where a miss of ten percent is the same at any price. Errors
of prices overlap and change in size with the years; so a level that held too often is
aimed lower the next time, and one that held too seldom higher.
Source: Vovk, Gammerman and Shafer, Algorithmic Learning in a Random World, 2005; Gibbs and
Candes, Adaptive Conformal Inference under Distribution Shift, NeurIPS 2021 (the aim);
Nixtla statsforecast pull request 892 (origins not stepped by the season).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from analytics.forecasting.backtest import Backtest
from analytics.forecasting.models import ModelName
from analytics.forecasting.transform import Array, Transform

# Below six past errors of a horizon no range is given at all.
LEAST_ERRORS = 6
# A rank at the very edge of few, overlapping errors is luck: twice the least number is asked.
SAFETY = 2
# How far a range that held, or did not, moves the next aim: a fiftieth of its surprise.
AIM_STEP = 0.02
LOWEST_AIM, HIGHEST_AIM = 50, 99
# A value on the edge of a range is inside, whatever the last binary digit says.
EDGE = 1e-9


class BandRule(StrEnum):
    """How a range was set; fewer past errors, more caution."""

    ASYMMETRIC = "asymmetric"
    SYMMETRIC = "symmetric"
    POOLED = "pooled"


@dataclass(frozen=True)
class Band:
    """Lower and upper distance from the forecast on the fitting scale, and the rule."""

    lower: float
    upper: float
    rule: BandRule


@dataclass(frozen=True, eq=False)
class RollingBands:
    """Ranges of one model in the unit of the series, in the shape of its forecasts."""

    lower: Mapping[int, Array]
    upper: Mapping[int, Array]
    rules: Mapping[int, list[list[BandRule | None]]]


def rolling_bands(backtest: Backtest, *, model: ModelName, levels: Sequence[int]) -> RollingBands:
    """Ranges of a model at every origin, each from the errors known by that origin."""
    forecast = backtest.forecasts[model]
    lower = {level: np.full_like(forecast, np.nan) for level in levels}
    upper = {level: np.full_like(forecast, np.nan) for level in levels}
    held = {level: np.full_like(forecast, np.nan) for level in levels}
    rules: dict[int, list[list[BandRule | None]]] = {
        level: [[None] * backtest.horizon for _ in backtest.positions] for level in levels
    }
    for row, transform in enumerate(backtest.transforms):
        if transform is None or not np.isfinite(forecast[row]).all():
            continue
        errors = errors_known_at(row, backtest.actual, forecast, transform=transform)
        centre = transform.to_fit(forecast[row])
        missed = transform.to_fit(backtest.actual[row]) - centre
        for column in range(backtest.horizon):
            aims = {
                level: aim(held[level], row=row, column=column, level=level) for level in levels
            }
            bands = nested_bands(errors, horizon=column + 1, levels=levels, aims=aims)
            for level, band in bands.items():
                reach = centre[column] + np.array([band.lower, band.upper])
                low, high = transform.to_unit(reach)
                # Exact bounds where the error is none: rounding must not move the forecast out.
                lower[level][row, column] = min(low, forecast[row, column])
                upper[level][row, column] = max(high, forecast[row, column])
                rules[level][row][column] = band.rule
                held[level][row, column] = _holds(band, missed[column])
    return RollingBands(lower=lower, upper=upper, rules=rules)


def aim(held: Array, *, row: int, column: int, level: int) -> int:
    """The whole percent to aim at for a level, from ranges whose value had come by `row`.

    `held` is 1 where a range of that horizon held, 0 where not, NaN where there was none.
    """
    known = held[: max(0, row - column), column]
    known = known[np.isfinite(known)]
    surprise = len(known) * level - 100 * int(known.sum())
    return min(max(level + round(AIM_STEP * surprise), LOWEST_AIM), HIGHEST_AIM)


def _holds(band: Band, missed: float) -> float:
    """1 or 0, NaN where no value came."""
    if not np.isfinite(missed):
        return math.nan
    return float(band.lower - EDGE <= missed <= band.upper + EDGE)


def errors_known_at(
    row: int, actual: Array, forecast: Array, *, transform: Transform
) -> list[Array]:
    """Errors by horizon of forecasts whose value had come by the origin of `row`.

    A forecast made j rows earlier for h steps ahead is known when h is at most j.
    """
    misses = transform.to_fit(actual[:row]) - transform.to_fit(forecast[:row])
    known = [misses[: max(0, row - column), column] for column in range(actual.shape[1])]
    return [errors[np.isfinite(errors)] for errors in known]


def nested_bands(
    errors: Sequence[Array],
    *,
    horizon: int,
    levels: Sequence[int],
    aims: Mapping[int, int] | None = None,
) -> dict[int, Band]:
    """Bands by level, each holding the narrower one and the forecast. Empty when too few."""
    bands: dict[int, Band] = {}
    lower = upper = 0.0
    for level in sorted(levels):
        aimed = aims[level] if aims else level
        band = conformal_band(errors, horizon=horizon, level=level, aimed=aimed)
        if band is None:
            return {}
        lower, upper = min(lower, band.lower), max(upper, band.upper)
        bands[level] = Band(lower, upper, band.rule)
    return bands


def conformal_band(
    errors: Sequence[Array], *, horizon: int, level: int, aimed: int | None = None
) -> Band | None:
    """The band of one level, or None with fewer than six errors of this horizon.

    Asymmetric quantiles when there are twice as many errors as the least that allow
    them, symmetric ones when there are twice as many as those need, else the largest
    errors of all horizons, brought to this one by the square root of time. `aimed` is the
    percent that the quantile is taken at, the level itself when None.
    """
    own = errors[horizon - 1]
    percent = level if aimed is None else aimed
    if len(own) < LEAST_ERRORS:
        return None
    if len(own) >= SAFETY * least_for_sides(level):
        return _asymmetric(own, percent=percent)
    if len(own) >= SAFETY * least_for_size(level):
        return _symmetric(own, percent=percent)
    return _pooled(errors, horizon=horizon, percent=percent)


def least_for_sides(level: int) -> int:
    """Fewest errors for one quantile on each side: 9 at 80 %, 39 at 95 %."""
    return _ceiling(200, 100 - level) - 1


def least_for_size(level: int) -> int:
    """Fewest errors for a quantile of their size: 4 at 80 %, 19 at 95 %."""
    return _ceiling(100, 100 - level) - 1


def _asymmetric(errors: Array, *, percent: int) -> Band:
    ordered = np.sort(errors)
    count = len(ordered)
    rank = min(count, _ceiling((count + 1) * (100 + percent), 200))
    return Band(float(ordered[count - rank]), float(ordered[rank - 1]), BandRule.ASYMMETRIC)


def _symmetric(errors: Array, *, percent: int) -> Band:
    ordered = np.sort(np.abs(errors))
    rank = min(len(ordered), _ceiling((len(ordered) + 1) * percent, 100))
    size = float(ordered[rank - 1])
    return Band(-size, size, BandRule.SYMMETRIC)


def _pooled(errors: Sequence[Array], *, horizon: int, percent: int) -> Band:
    """The pool is long but its errors overlap: the rank counts origins, not errors."""
    sizes = [np.abs(own) * math.sqrt(horizon / (column + 1)) for column, own in enumerate(errors)]
    ordered = np.sort(np.concatenate(sizes))
    origins = len(errors[horizon - 1])
    rank = _ceiling(len(ordered) * (origins + 1) * percent, origins * 100)
    size = float(ordered[min(rank, len(ordered)) - 1])
    return Band(-size, size, BandRule.POOLED)


def _ceiling(numerator: int, denominator: int) -> int:
    """Quotient rounded up, in whole numbers: no rank may hang on a binary fraction."""
    return -(-numerator // denominator)
