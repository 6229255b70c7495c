"""Scores as the competitions count them: per series first, then the plain mean over series."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analytics.forecasting import formulas
from analytics.forecasting.transform import Array


def competition_scores(
    forecasts: Mapping[str, Array], *, test: Mapping[str, Array], scales: Mapping[str, float]
) -> tuple[float, float]:
    """sMAPE in percent and MASE of one method over all its series.

    Raises KeyError when a series has no test part.
    """
    rows = [
        (
            formulas.smape(test[name], ahead),
            formulas.mase(test[name], ahead, scale=scales[name]),
        )
        for name, ahead in forecasts.items()
    ]
    smape, mase = np.array(rows).T
    return formulas.mean_of(smape), formulas.mean_of(mase)


def owa(scores: tuple[float, float], naive: tuple[float, float]) -> float:
    """Overall weighted average of M4: mean of sMAPE and MASE, each over that of Naive2."""
    return (scores[0] / naive[0] + scores[1] / naive[1]) / 2


def submitted_scores(
    submitted: pd.DataFrame, *, test: Mapping[str, Array], scales: Mapping[str, float]
) -> pd.DataFrame:
    """Scores of forecasts handed in, `method, smape, mase`: the proof that the scorer counts."""
    rows = []
    for method, one in submitted.sort_values("h").groupby("method"):
        forecasts = {str(n): g["forecast"].to_numpy(float) for n, g in one.groupby("unique_id")}
        smape, mase = competition_scores(forecasts, test=test, scales=scales)
        rows.append({"method": method, "smape": smape, "mase": mase})
    return pd.DataFrame(rows)


def width_at_coverage(
    actual: Array, centre: Array, lower: Array, upper: Array, *, coverage: float
) -> float:
    """Mean width over the centre, in percent, once a range is stretched to hold `coverage` %.

    Both sides are stretched by one factor: ranges of two engines are compared where they hold
    equally often. NaN without a pair.
    """
    known = np.isfinite(actual) & np.isfinite(lower) & np.isfinite(upper) & (centre > 0)
    if not known.any():
        return float("nan")
    y, mid, low, high = actual[known], centre[known], lower[known], upper[known]
    reach = np.where(y < mid, mid - low, high - mid)
    needed = np.abs(y - mid) / np.maximum(reach, 1e-12 * mid)
    factor = np.quantile(needed, coverage / 100)
    return float(100 * np.mean(factor * (high - low) / mid))
