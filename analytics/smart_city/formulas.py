"""Formulas of the evaluation. Values come in, values go out; what is missing stays missing."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

WHOLE_PCT = 100.0
ROUNDING_PCT = 0.01


def weighted_scores(scores: pd.DataFrame, *, weights_pct: pd.Series) -> pd.Series:
    """The score of each row: sum of component score times weight, over 100.

    `scores` has one column a component, `weights_pct` one weight each in percent. A row that
    lacks a component with a weight has no score: a missing component is never zero. Weights
    that do not add to 100 give no score at all.
    """
    if not is_whole(weights_pct):
        return pd.Series(np.nan, index=scores.index, dtype=float)
    weighing = weights_pct[weights_pct > 0]
    parts = scores.reindex(columns=weighing.index).astype(float) * weighing / WHOLE_PCT
    return parts.sum(axis="columns", skipna=False)


def is_whole(weights_pct: pd.Series) -> bool:
    """Whether the weights are all known and add to 100 percent."""
    known = weights_pct.astype(float)
    return bool(len(known)) and abs(float(known.sum(skipna=False)) - WHOLE_PCT) < ROUNDING_PCT


def known_weight_pct(scores: pd.DataFrame, *, weights_pct: pd.Series) -> pd.Series:
    """How many percent of the weight rest on known component scores, one value a row."""
    known = scores.reindex(columns=weights_pct.index).notna()
    return (known * weights_pct.astype(float)).sum(axis="columns", skipna=False)


def component_means(scores: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """Mean of each component over the rows of a group that have it; none, where no row has.

    `groups` gives the group (dimension) of each row, on the same index.
    """
    return scores.astype(float).groupby(groups, sort=False).mean()


def mean_of_all(scores: pd.Series, *, wanted: Collection[str]) -> float:
    """The mean of the wanted groups; missing as soon as one of them is."""
    found = scores.reindex(list(wanted)).astype(float)
    return float(found.mean(skipna=False)) if len(found) else float("nan")


def like_for_like(now: pd.DataFrame, before: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both years' component scores, only where a row (programme) has the component in both.

    So a change is of programmes that were scored twice, never of who was scored.
    """
    rows = now.index.intersection(before.index)
    columns = now.columns.intersection(before.columns)
    newer, older = now.loc[rows, columns], before.loc[rows, columns]
    both = newer.notna() & older.notna()
    return newer.where(both), older.where(both)


def way_gone_pct(*, baseline: pd.Series, target: pd.Series, realised: pd.Series) -> pd.Series:
    """The way from baseline to target that is gone, in percent; works for falling measures too.

    Over 100 beyond the target, below 0 where things got worse than the baseline. Missing where
    a part is missing or the target equals the baseline.
    """
    way = (target - baseline).astype(float)
    return (WHOLE_PCT * (realised - baseline).astype(float) / way).where(way != 0)


def absorption_pct(*, realised: pd.Series, revised: pd.Series, ceiling: pd.Series) -> pd.Series:
    """Spending in percent of the revised budget, of the original one where none was revised."""
    budget = revised.astype(float).fillna(ceiling.astype(float))
    return (WHOLE_PCT * realised.astype(float) / budget).where(budget > 0)


def segments(years: Sequence[int], *, breaks: Collection[int]) -> list[int]:
    """The stretch of unchanged method that each year belongs to; a break begins a new one."""
    return [sum(year >= start for start in breaks) for year in years]
