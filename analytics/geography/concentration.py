"""How far an amount gathers in few of the areas or places that share it."""

from __future__ import annotations

import pandas as pd

PERCENT = 100.0
LARGEST = 3


def concentration_hhi(amounts: pd.Series) -> float:
    """Herfindahl-Hirschman index: sum of squared shares in percent.

    10,000 when one area or place has all, 10,000 / n when n share alike. A missing amount is
    left out; missing when all are, or when they sum to nothing.
    Definition: https://www.justice.gov/atr/herfindahl-hirschman-index
    """
    counts = amounts.dropna()
    if counts.empty or counts.sum() <= 0:
        return float("nan")
    return float(((counts / counts.sum() * PERCENT) ** 2).sum())


def top_share_pct(amounts: pd.Series, *, count: int = LARGEST) -> float:
    """Share in percent of the `count` largest; missing when there is nothing to share."""
    counts = amounts.dropna()
    if counts.empty or counts.sum() <= 0:
        return float("nan")
    return float(counts.nlargest(count).sum() / counts.sum() * PERCENT)
