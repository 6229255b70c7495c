"""Formulas of prices: change, index, position, season, Lebaran. Values in, values out.

Prices are nominal and above zero; what is missing stays missing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

MONTHS_IN_YEAR = 12
INTERVAL_PCT = 95.0


def change_pct(now: float, before: float) -> float:
    """Change in percent of the earlier price. NaN when one of them is missing or before is 0."""
    if math.isnan(now) or math.isnan(before) or before == 0:
        return math.nan
    return 100.0 * (now / before - 1.0)


def index_of(prices: pd.Series, base: float) -> pd.Series:
    """Prices as an index with `base` = 100, one value a row; all missing without a base."""
    if math.isnan(base) or base == 0:
        return prices * math.nan
    return 100.0 * prices / base


def position_pct(price: float, others: pd.Series) -> float:
    """Where a price stands among others: percent of them that are lower, ties counted half.

    0: none is lower, 100: all are lower. NaN without others.
    """
    known = others.dropna()
    if known.empty or math.isnan(price):
        return math.nan
    lower, equal = int((known < price).sum()), int((known == price).sum())
    return 100.0 * (lower + equal / 2) / len(known)


@dataclass(frozen=True)
class Extreme:
    """How far back one must go for a price at least as high (or as low)."""

    steps: int
    is_of_all: bool


def steps_since_as_high(prices: pd.Series) -> Extreme:
    """Steps back from the last price to the newest earlier one that was as high or higher.

    `is_of_all`: no earlier price was; the steps then reach to the first one.
    """
    return _steps_since(prices, is_reached=prices.iloc[:-1] >= prices.iloc[-1])


def steps_since_as_low(prices: pd.Series) -> Extreme:
    """The same for a price as low or lower."""
    return _steps_since(prices, is_reached=prices.iloc[:-1] <= prices.iloc[-1])


def _steps_since(prices: pd.Series, *, is_reached: pd.Series) -> Extreme:
    positions = np.flatnonzero(is_reached.to_numpy())
    last = len(prices) - 1
    if len(positions) == 0:
        return Extreme(steps=last, is_of_all=True)
    return Extreme(steps=last - int(positions[-1]), is_of_all=False)


def share_of_year_pct(prices: pd.Series, years: pd.Series) -> pd.Series:
    """Each month's price in percent of the mean of its year; only years with twelve prices.

    100 is the year's mean. Months of incomplete years are missing.
    """
    groups = prices.groupby(years)
    is_whole = groups.transform("count") == MONTHS_IN_YEAR
    return (100.0 * prices / groups.transform("mean")).where(is_whole)


def usual_change_pct(changes_pct: pd.Series) -> float:
    """The median of percent changes over the years that serve as comparison. NaN without any."""
    known = changes_pct.dropna()
    return float(known.median()) if len(known) else math.nan


def beyond_usual_pct(change: float, usual: float) -> float:
    """How much more a price rose than usual, in percent of where the usual change leads."""
    if math.isnan(change) or math.isnan(usual):
        return math.nan
    return change_pct(1.0 + change / 100.0, 1.0 + usual / 100.0)


@dataclass(frozen=True)
class MedianInterval:
    """Median with a range that holds the true median with at least `least_pct` percent."""

    median: float
    low: float
    high: float
    least_pct: float
    count: int

    @property
    def is_known(self) -> bool:
        """False with fewer than six values: no range reaches 95 percent then."""
        return not math.isnan(self.low)


def median_interval(values: pd.Series, *, level_pct: float = INTERVAL_PCT) -> MedianInterval:
    """Median and its exact range between two of the ordered values (binomial, no normal law).

    The k-th smallest and k-th largest value are taken with the largest k that still reaches
    `level_pct`; low and high are NaN where none does. Definition: Conover 1999, Practical
    Nonparametric Statistics, 3.2.
    """
    known = np.sort(values.dropna().to_numpy(dtype=float))
    count = len(known)
    median = float(np.median(known)) if count else math.nan
    rank, least_pct = _rank_that_reaches(count, level_pct)
    if rank == 0:
        return MedianInterval(median, math.nan, math.nan, math.nan, count)
    low, high = float(known[rank - 1]), float(known[count - rank])
    return MedianInterval(median, low, high, least_pct, count)


def _rank_that_reaches(count: int, level_pct: float) -> tuple[int, float]:
    """The largest rank k with P(k <= Binomial(count, 1/2) <= count - k) at the level; 0 if none."""
    best, reached = 0, math.nan
    for rank in range(1, count // 2 + 1):
        tail = sum(math.comb(count, below) for below in range(rank)) / 2**count
        share = 100.0 * (1.0 - 2.0 * tail)
        if share < level_pct:
            break
        best, reached = rank, share
    return best, reached


def months_between(earlier: pd.Timestamp, later: pd.Timestamp) -> int:
    """Whole calendar months from one month to another."""
    return (later.year - earlier.year) * MONTHS_IN_YEAR + later.month - earlier.month
