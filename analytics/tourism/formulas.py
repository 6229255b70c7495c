"""Tourism's formulas: pure, each defined once, each with a table that can be checked by hand.

Missing in, missing out: a month that was not reported is no month without visitors.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

PERCENT = 100.0
MONTHS = 12


def gini_of_months(visits: pd.Series) -> float:
    """Gini coefficient of twelve monthly counts, from 0 (all alike) to 11/12 (all in one month).

    Missing unless exactly twelve months were reported and at least one visit was counted.
    Definition: `2 * sum(i * x_i) / (12 * sum x) - 13/12`, x rising;
    https://doi.org/10.1016/j.tourman.2016.12.019
    """
    counts = _whole_year(visits)
    if counts is None:
        return float("nan")
    ranks = np.arange(1, MONTHS + 1)
    return float(2 * (ranks * np.sort(counts)).sum() / (MONTHS * counts.sum()) - 13 / MONTHS)


def theil_of_months(visits: pd.Series) -> float:
    """Theil index of twelve monthly counts, from 0 (all alike) to ln 12 (all in one month).

    A month with nobody counts as 0; missing unless exactly twelve months were reported.
    Definition: `mean((x / m) * ln(x / m))`, m the mean month; Theil 1967.
    """
    counts = _whole_year(visits)
    if counts is None:
        return float("nan")
    parts = counts / counts.mean()
    logs = np.log(np.where(parts > 0, parts, 1.0))
    return float((parts * logs).mean())


def month_shares_pct(visits: pd.Series) -> pd.Series:
    """Share of each of twelve months in percent of the year; missing unless all were reported."""
    if _whole_year(visits) is None:
        return pd.Series(np.nan, index=visits.index)
    return visits / visits.sum() * PERCENT


def recovery_pct(*, visits: pd.Series, base: pd.Series) -> pd.Series:
    """Visits in percent of the same period of the base year; missing where either is, or base 0."""
    return _percent_of(visits, base)


def attainment_pct(*, realised: pd.Series, target: pd.Series) -> pd.Series:
    """What was realised in percent of the target; missing where either is, or the target is 0."""
    return _percent_of(realised, target)


def share_pct(*, part: pd.Series, whole: pd.Series) -> pd.Series:
    """A part in percent of its whole; missing where either is, or the whole is 0."""
    return _percent_of(part, whole)


def change_pct(*, before: pd.Series, after: pd.Series) -> pd.Series:
    """Change in percent of the value before; missing where either is, or the value before is 0."""
    return _percent_of(after, before) - PERCENT


def _percent_of(part: pd.Series, whole: pd.Series) -> pd.Series:
    return part / whole.where(whole != 0) * PERCENT


def _whole_year(visits: pd.Series) -> np.ndarray | None:
    """Twelve reported counts with visits among them, or None. Raises ValueError below zero."""
    if (visits < 0).any():
        raise ValueError(
            f"Visits below zero at {list(visits.index[visits < 0])}: check these rows."
        )
    if len(visits) != MONTHS or visits.isna().any() or visits.sum() <= 0:
        return None
    return visits.to_numpy(dtype=float)


def growth_split(
    *, sites_before: float, sites_after: float, visits_before: float, visits_after: float
) -> tuple[float, float]:
    """Change of visits split into more reporting sites and more visits per site, in visits.

    Sites are site-months reported. Each part is weighed by the mean of both periods, so the two
    add up to the change exactly. Missing where a period has no site.
    Definition: Marshall–Edgeworth split of a product; Shapley 1953 for two factors.
    """
    if not (sites_before > 0 and sites_after > 0):
        return float("nan"), float("nan")
    per_before, per_after = visits_before / sites_before, visits_after / sites_after
    by_sites = (sites_after - sites_before) * (per_before + per_after) / 2
    by_visits = (per_after - per_before) * (sites_before + sites_after) / 2
    return by_sites, by_visits


def needed_per_month(*, target: float, so_far: float, months_left: int) -> float:
    """Visits a month still needed to reach the target; 0 when it is reached.

    Missing where target or count is, or no month is left.
    """
    if months_left < 1 or np.isnan(target) or np.isnan(so_far):
        return float("nan")
    return max(0.0, target - so_far) / months_left
