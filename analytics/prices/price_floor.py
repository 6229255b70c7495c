"""Prices against the floor and ceiling in force on their own day."""

from __future__ import annotations

import numpy as np
import pandas as pd


def limits_in_force(days: pd.Series, references: pd.DataFrame) -> pd.DataFrame:
    """The lowest floor and the highest ceiling in force on each day: `low`, `high`, one row a day.

    `references`: period_start, period_end (missing: still in force), low, high. Where rules for
    several qualities are in force the widest band counts, since a price does not say which
    quality it is of. Missing where nothing is in force.
    """
    table = pd.DataFrame({"low": np.nan, "high": np.nan}, index=days.index)
    for rule in references.itertuples():
        holds = days >= rule.period_start
        if not pd.isna(rule.period_end):
            holds &= days <= rule.period_end
        table["low"] = table["low"].mask(holds, np.fmin(table["low"], rule.low))
        table["high"] = table["high"].mask(holds, np.fmax(table["high"], rule.high))
    return table


def below_floor_pct(prices: pd.Series, low: pd.Series) -> pd.Series:
    """Percent by which a price lies below its floor; 0 at or above it, missing without one."""
    return (100.0 * (1.0 - prices / low)).clip(lower=0.0)


def above_ceiling_pct(prices: pd.Series, high: pd.Series) -> pd.Series:
    """Percent by which a price lies above its ceiling; 0 at or below it, missing without one."""
    return (100.0 * (prices / high - 1.0)).clip(lower=0.0)


def days_outside(starts: pd.Series, ends: pd.Series, is_outside: pd.Series) -> int:
    """Days from the first to the last period of the newest unbroken run outside; 0 when inside.

    A period without a price, or without a rule, does not break the run: nobody saw it inside.
    Pass only periods with both.
    """
    outside = is_outside.to_numpy(dtype=bool)
    if not len(outside) or not outside[-1]:
        return 0
    inside = np.flatnonzero(~outside)
    first = int(inside[-1]) + 1 if len(inside) else 0
    return int((ends.iloc[-1] - starts.iloc[first]).days) + 1
