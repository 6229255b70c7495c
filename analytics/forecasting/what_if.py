"""A forecast with another horizon or without a model: to look at, never issued, never stored.

A member is fitted by `member_forecasts`, in a process of its own; joining them costs little.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analytics.forecasting.backtest import joined, origin_positions, roll, transforms_at
from analytics.forecasting.bands import rolling_bands
from analytics.forecasting.models import NAIVE, ModelName, pool
from analytics.forecasting.series import CleanSeries, validate_series
from analytics.forecasting.steps import step_of

LEVELS = (80, 95)


def member_forecasts(
    series: pd.DataFrame, *, freq: str, model: str, horizon: int, max_origins: int
) -> pd.DataFrame:
    """What one model says from every past origin and from the end: a row an origin, a column a
    horizon, NaN where it failed. `series` is one series of unique_id, ds, y.
    """
    step = step_of(freq)
    one = _only(series, freq=freq)
    rolled = roll(
        one, models=[pool(step)[ModelName(model)]], horizon=horizon, max_origins=max_origins,
        step=step,
    )  # fmt: skip
    return pd.DataFrame(rolled.forecasts[ModelName(model)])


def _only(series: pd.DataFrame, *, freq: str) -> CleanSeries:
    return next(iter(validate_series(series, freq=freq, as_of=None).series.values()))


def combined_forecast(
    series: pd.DataFrame, members: Mapping[str, pd.DataFrame], *, freq: str, max_origins: int
) -> pd.DataFrame:
    """The combination of some members after the end of a series, with its ranges.

    Columns: ds, forecast, lo_80, hi_80, lo_95, hi_95; NaN where a member's failure leaves too few.
    With naive members alone it is the first of them.
    """
    one, step = _only(series, freq=freq), step_of(freq)
    matrices = {ModelName(name): frame.to_numpy(float) for name, frame in members.items()}
    positions = origin_positions(len(one.y), max_origins=max_origins)
    is_combined = any(name not in NAIVE for name in matrices)
    backtest = joined(
        one, matrices, (), positions=positions, transforms=transforms_at(one, positions),
        is_combined=is_combined,
    )  # fmt: skip
    model = ModelName.COMBINATION if is_combined else next(iter(matrices))
    bands = rolling_bands(backtest, model=model, levels=LEVELS)
    end = step.number_of(one.ds[-1])
    found = {"ds": step.starts(end + 1, end + backtest.horizon),
             "forecast": np.asarray(backtest.forecasts[model][-1])}  # fmt: skip
    for level in LEVELS:
        found |= {f"lo_{level}": bands.lower[level][-1], f"hi_{level}": bands.upper[level][-1]}
    return pd.DataFrame(found)
