"""Price anomalies after FAO's method for SDG 2.c.1, in our own words.

Quarterly and annual compound growth of real prices, each held against the same month of
other years, weighted 0.4 and 0.6. The indicator weighs years; those weights are not checked
yet, so all years count alike and the indicator's name is not used.
Source: UN Statistics, SDG handbook, indicator 2.c.1.
"""

from __future__ import annotations

import pandas as pd

from analytics.prices.formulas import MONTHS_IN_YEAR

QUARTER = 3
QUARTERLY_WEIGHT, ANNUAL_WEIGHT = 0.4, 0.6
ABNORMAL, MODERATE = 1.0, 0.5
LEAST_OTHER_YEARS = 3


def real_prices(prices: pd.Series, cpi: pd.Series) -> pd.Series:
    """Prices in money of the index's base period; missing where the index is missing."""
    return 100.0 * prices / cpi.reindex(prices.index)


def compound_growth(prices: pd.Series, *, months: int) -> pd.Series:
    """Growth a month over the last `months` months, as a share (0.01 is one percent a month)."""
    return (prices / prices.shift(months)) ** (1.0 / months) - 1.0


def standardised(growth: pd.Series) -> pd.Series:
    """Each month's growth against the same month of earlier years, in their spread.

    Missing with fewer than three earlier years or without any spread between them. Only
    earlier years count, so that a month is judged by what was known then.
    """
    return growth.groupby(pd.DatetimeIndex(growth.index).month, group_keys=False).transform(
        _against_earlier
    )


def _against_earlier(same_month: pd.Series) -> pd.Series:
    earlier = same_month.expanding(min_periods=LEAST_OTHER_YEARS)
    mean, spread = earlier.mean().shift(1), earlier.std(ddof=1).shift(1)
    return (same_month - mean) / spread.where(spread > 0)


def anomaly(real: pd.Series) -> pd.Series:
    """0.4 of the quarterly and 0.6 of the annual standardised growth, one value a month.

    `real` is indexed by consecutive months, missing where no real price is known.
    """
    quarterly = standardised(compound_growth(real, months=QUARTER))
    annual = standardised(compound_growth(real, months=MONTHS_IN_YEAR))
    return QUARTERLY_WEIGHT * quarterly + ANNUAL_WEIGHT * annual


def anomaly_class(score: float) -> str:
    """`abnormal` from 1, `moderate` from 0.5, else `normal`."""
    return "abnormal" if score >= ABNORMAL else "moderate" if score >= MODERATE else "normal"
