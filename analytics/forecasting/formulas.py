"""Measures of forecast quality, each on plain arrays. Missing pairs are left out.

Every function gives NaN when no pair is left, never zero.
"""

from __future__ import annotations

import numpy as np

from analytics.forecasting.transform import Array


def seasonal_scale(training: Array, *, season: int) -> float:
    """Mean absolute change over one season in the training part, in its unit.

    NaN when the part is too short or never changed: MASE is then undefined.
    Definition: Hyndman and Koehler 2006, International Journal of Forecasting 22.
    """
    changes = np.abs(training[season:] - training[:-season])
    mean = mean_of(changes)
    return mean if mean > 0 else float("nan")


def mase(actual: Array, forecast: Array, *, scale: Array | float) -> float:
    """Mean absolute scaled error, a pure number; below 1 beats the seasonal change."""
    return mean_of(np.abs(actual - forecast) / scale)


def mape(actual: Array, forecast: Array) -> float:
    """Mean absolute percentage error, in percent of the actual value; zeros are left out."""
    share = np.full(np.shape(actual), np.nan)
    np.divide(np.abs(actual - forecast), actual, out=share, where=actual != 0)
    return 100 * mean_of(share)


def smape(actual: Array, forecast: Array) -> float:
    """Symmetric MAPE, 0 to 200 percent; a forecast of zero for zero is no error.

    Definition: M3 and M4 competitions, 200 * |y - f| / (|y| + |f|).
    """
    miss = np.abs(actual - forecast)
    size = np.abs(actual) + np.abs(forecast)
    share = np.where(np.isfinite(miss), 0.0, np.nan)
    np.divide(miss, size, out=share, where=size > 0)
    return 200 * mean_of(share)


def pinball(actual: Array, quantile: Array, *, share: float) -> float:
    """Mean pinball loss of a quantile forecast, in the unit of the series.

    `share` is the part of values that should fall below, between 0 and 1.
    Definition: Koenker and Bassett 1978, Econometrica 46.
    """
    miss = actual - quantile
    return mean_of(np.maximum(share * miss, (share - 1) * miss))


def coverage(actual: Array, lower: Array, upper: Array) -> float:
    """Percent of values inside their range, bounds included."""
    is_known = np.isfinite(actual) & np.isfinite(lower) & np.isfinite(upper)
    is_inside = (lower <= actual) & (actual <= upper)
    return 100 * mean_of(np.where(is_known, is_inside.astype(float), np.nan))


def bias(actual: Array, forecast: Array) -> float:
    """Mean error in percent of the actual value: above 0 the forecasts were too high.

    Zeros are left out, as in MAPE.
    """
    share = np.full(np.shape(actual), np.nan)
    np.divide(forecast - actual, actual, out=share, where=actual != 0)
    return 100 * mean_of(share)


def share_interval(hits: int, count: int, *, level: int = 95) -> tuple[float, float]:
    """Bounds in percent of a share of which `hits` of `count` were counted; NaN without any.

    They take the cases as independent: forecasts of neighbouring months are not, so that the
    true bounds are wider. Definition: Wilson 1927, Journal of the American Statistical
    Association 22.
    """
    if count == 0:
        return float("nan"), float("nan")
    from scipy.stats import binomtest

    found = binomtest(hits, count).proportion_ci(confidence_level=level / 100, method="wilson")
    return 100 * float(found.low), 100 * float(found.high)


def mean_of(values: Array) -> float:
    """Mean of the finite values, NaN without any."""
    finite = values[np.isfinite(values)]
    return float(finite.mean()) if len(finite) else float("nan")
