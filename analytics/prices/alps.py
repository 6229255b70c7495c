"""ALPS: how far a price lies from its own trend and season, in spreads of the past.

`P_t = a + b t + month effects + e_t`; score = (P_t - fitted) / sd(e). Two named variants: as
published, and with the judged month left out of the fit, so that an extreme month can't pull
the yardstick towards itself. Source: WFP, ALPS at a glance (primary document to be checked).
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.prices.formulas import MONTHS_IN_YEAR

STRESS, ALERT, CRISIS = 0.25, 1.0, 2.0
LEAST_MONTHS = 3 * MONTHS_IN_YEAR
LEAST_SHARE_PCT = 70.0
# Of the judged calendar month at least this many other years, or its effect is not known.
LEAST_SAME_MONTHS = 2
COLUMNS = ("fitted", "published", "left_out")

Array = NDArray[np.float64]


def alps_scores(prices: pd.Series) -> pd.DataFrame:
    """Scores of every month that could be judged then: COLUMNS, missing where it could not.

    `prices` is indexed by consecutive months (first day), missing where none is known. Each
    month is judged with the months up to it, never with a later one. `fitted` is the price
    expected without the judged month. A month needs three years from the first price, prices
    in 70 percent of those months, and its own calendar month in two other years.
    """
    table = pd.DataFrame(np.nan, index=prices.index, columns=list(COLUMNS))
    values = prices.to_numpy(dtype=float)
    design = _design(prices.index)
    for position in range(LEAST_MONTHS - 1, len(values)):
        past, months = values[: position + 1], design[: position + 1]
        if _can_be_judged(past, months):
            table.iloc[position] = _judge(past, months)
    return table


def alps_class(score: float) -> str:
    """`normal`, `stress`, `alert` or `crisis` by the published limits 0.25, 1 and 2."""
    limits = ((CRISIS, "crisis"), (ALERT, "alert"), (STRESS, "stress"))
    return next((name for limit, name in limits if score >= limit), "normal")


def span_and_share(prices: pd.Series) -> tuple[int, float]:
    """Months from the first price to the last row, and the percent of them with a price."""
    known = prices.notna().to_numpy()
    span = len(known) - int(np.argmax(known)) if known.any() else 0
    return span, 100.0 * known.sum() / span if span else 0.0


def _design(months: pd.Index) -> Array:
    """Trend, and one column for each calendar month."""
    table = np.zeros((len(months), 1 + MONTHS_IN_YEAR))
    table[:, 0] = np.arange(len(months))
    table[np.arange(len(months)), pd.DatetimeIndex(months).month.to_numpy()] = 1.0
    return table


def _can_be_judged(past: Array, months: Array) -> bool:
    known = np.isfinite(past)
    if not known[-1]:
        return False
    span = len(past) - int(np.argmax(known))
    same_month = months[:, int(np.argmax(months[-1, 1:])) + 1] == 1.0
    return bool(
        span >= LEAST_MONTHS
        and 100.0 * known.sum() / span >= LEAST_SHARE_PCT
        and (known & same_month).sum() > LEAST_SAME_MONTHS
    )


def _judge(past: Array, months: Array) -> tuple[float, float, float]:
    known = np.isfinite(past)
    others = known.copy()
    others[-1] = False
    published, _ = _score_of_last(past, months, known)
    left_out, fitted = _score_of_last(past, months, others)
    return fitted, published, left_out


def _score_of_last(past: Array, months: Array, used: NDArray[np.bool_]) -> tuple[float, float]:
    """Score of the last month, and its fitted price, from a fit to the months `used`."""
    effects, *_ = np.linalg.lstsq(months[used], past[used], rcond=None)
    spread = float(np.std(past[used] - months[used] @ effects, ddof=1))
    fitted = float(months[-1] @ effects)
    # A series that never left trend and season has no spread to measure by.
    is_flat = spread <= 1e-9 * max(1.0, abs(fitted))
    return (float("nan") if is_flat else (float(past[-1]) - fitted) / spread), fitted
