"""How the members of the pool become one forecast, by series and horizon.

The start is the median of the members fitted to the series. As errors become known, weights by
the inverse square of the mean miss take over; naive forecasts and the panel model take part by
such evidence only. Only errors known by an origin decide the combination of that origin, so its
back-test is honest.
Source: Bates and Granger 1969, Operational Research Quarterly 20 (weights by inverse squared
error; mean misses here, which one odd month moves less); Diebold and Pauly 1990, International
Journal of Forecasting 6 (shrinkage); Petropoulos and Svetunkov 2020, International Journal of
Forecasting 36 (the median).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from analytics.forecasting.models import NOT_FITTED, ModelName
from analytics.forecasting.transform import Array, Transform

# Known origins at which evidence counts as much as the start. Chosen on months and series that no
# score counts (tests/benchmarks/RESULTS.md).
SHRINKAGE_ORIGINS = 3
# A member that never missed has no infinite weight. Relative to the mean miss of all.
LEAST_MISS = 1e-4
# Weights are rounded, so that a change of unit, which moves last digits, moves none of them.
WEIGHT_DECIMALS = 6


def combine(
    forecasts: Mapping[ModelName, Array],
    actual: Array,
    *,
    transforms: Sequence[Transform | None],
) -> tuple[Array, dict[ModelName, Array]]:
    """The combination by origin and horizon in the unit of the series, and each member's part.

    All matrices have a row an origin and a column a horizon. A member that failed has no part;
    the combination is missing where fewer than half of the models of the own series are left.
    """
    names = list(forecasts)
    logs = np.stack([on_fitting_scale(forecasts[name], transforms) for name in names])
    misses = np.abs(logs - on_fitting_scale(actual, transforms)[None])
    combined, parts = np.full(actual.shape, np.nan), np.full(logs.shape, np.nan)
    is_fitted: NDArray[np.bool_] = np.array([name not in NOT_FITTED for name in names])
    for row, transform in enumerate(transforms):
        if transform is None:
            continue
        ahead = logs[:, row]
        is_whole = 2 * np.isfinite(ahead[is_fitted]).sum(axis=0) >= is_fitted.sum()
        evidence, trust = _evidence(_known_misses(misses, row), ahead)
        start, equal = _start(ahead, is_fitted=is_fitted & np.isfinite(ahead).all(axis=1))
        weighted = (np.where(evidence > 0, ahead, 0.0) * evidence).sum(axis=0)
        values = transform.to_unit((1 - trust) * start + trust * weighted)
        combined[row] = np.where(is_whole, values, np.nan)
        parts[:, row] = np.where(is_whole, (1 - trust) * equal + trust * evidence, np.nan)
    return combined, {name: parts[place] for place, name in enumerate(names)}


def parts_at_end(
    misses: Array, *, is_fitted: NDArray[np.bool_], is_ahead: NDArray[np.bool_]
) -> Array:
    """Each member's part in the combination at the end of a series.

    `misses` by member, origin and horizon: absolute differences on the fitting scale, NaN where
    unknown; `is_ahead` says which members forecast from the end. One row a member, one column a
    horizon; each column adds up to 1, or is NaN where fewer than half of the fitted are left.
    """
    is_complete = np.asarray(np.isfinite(misses).all(axis=0))
    ahead = np.where(is_ahead[:, None], np.zeros(misses.shape[::2]), np.nan)
    evidence, trust = _evidence(np.where(is_complete[None], misses, np.nan), ahead)
    left = is_fitted & is_ahead
    if 2 * left.sum() < is_fitted.sum() or not left.any():
        return np.full(ahead.shape, np.nan)
    equal = (left / left.sum())[:, None]
    return np.asarray((1 - trust) * equal + trust * evidence)


def on_fitting_scale(values: Array, transforms: Sequence[Transform | None]) -> Array:
    """Each row on the fitting scale of its origin; NaN where a row is no origin."""
    rows = [
        np.full(values.shape[1], np.nan) if transform is None else transform.to_fit(values[row])
        for row, transform in enumerate(transforms)
    ]
    return np.stack(rows)


def _known_misses(misses: Array, row: int) -> Array:
    """Misses by member, earlier origin and horizon that had come by the origin of `row`.

    A forecast made j rows earlier for h steps ahead is known when h is at most j. Only
    origins and horizons where every member has one count.
    """
    horizons = np.arange(1, misses.shape[2] + 1)
    is_known = horizons[None, :] <= (row - np.arange(row))[:, None]
    past = np.where(is_known[None], misses[:, :row], np.nan)
    is_complete = np.asarray(np.isfinite(past).all(axis=0))
    return np.where(is_complete[None], past, np.nan)


def _start(ahead: Array, *, is_fitted: NDArray[np.bool_]) -> tuple[Array, Array]:
    """What is forecast without evidence, and the members' parts in it."""
    nothing = np.full(ahead.shape[1], np.nan)
    median = np.median(ahead[is_fitted], axis=0) if is_fitted.any() else nothing
    return median, (is_fitted / max(1, is_fitted.sum()))[:, None]


def _evidence(past: Array, ahead: Array) -> tuple[Array, Array]:
    """Weights by inverse square of the mean miss, and how far they are trusted, by horizon."""
    known = np.isfinite(past)
    counts = known.sum(axis=1)
    misses = np.where(known, past, 0.0).sum(axis=1) / np.maximum(counts, 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        relative = np.maximum(misses / misses.mean(axis=0), LEAST_MISS)
        inverse = np.where(np.isfinite(ahead), relative**-2.0, 0.0)
        weights = inverse / inverse.sum(axis=0)
    trust = counts[0] / (counts[0] + SHRINKAGE_ORIGINS)
    trust = np.where(np.isfinite(weights).all(axis=0), trust, 0.0)
    return np.round(np.nan_to_num(weights), WEIGHT_DECIMALS), trust
