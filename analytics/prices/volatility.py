"""The volatility light (ours): are prices moving more than this series usually does?"""

from __future__ import annotations

import numpy as np
import pandas as pd

WINDOW = 6
LEAST_EARLIER = 24
YELLOW_PCT, RED_PCT = 75.0, 95.0


def volatility_pct(prices: pd.Series) -> pd.Series:
    """Standard deviation of the last six monthly changes, in percent (log points times 100).

    Missing where one of the seven prices is missing. `prices` is indexed by consecutive months.
    """
    changes = np.log(prices.where(prices > 0)).diff()
    return 100.0 * changes.rolling(WINDOW, min_periods=WINDOW).std(ddof=1)


def calmer_pct(volatility: pd.Series) -> pd.Series:
    """Percent of the earlier months that were calmer; missing with fewer than 24 of them."""
    ranks = volatility.expanding().apply(_share_below_last, raw=True)
    return ranks.where(volatility.notna().cumsum() > LEAST_EARLIER)


def _share_below_last(values: np.ndarray) -> float:
    known = values[np.isfinite(values)]
    if not np.isfinite(values[-1]) or len(known) < 2:
        return float("nan")
    return 100.0 * float((known[:-1] < known[-1]).mean())


def light(calmer: float) -> str:
    """`red` from 95 percent calmer months, `yellow` from 75, else `green`."""
    return "red" if calmer >= RED_PCT else "yellow" if calmer >= YELLOW_PCT else "green"
