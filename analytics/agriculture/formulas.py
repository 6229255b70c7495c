"""Agriculture's formulas: pure, each defined once, each with a table that can be checked by hand.

Series in and series out, one value per row, on the index that came in. Missing in, missing out.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

PERCENT = 100.0


class ImpossibleValue(ValueError):
    """Values that cannot stand together; the message names the rows and what to check."""


def yield_t_per_ha(*, production_t: pd.Series, harvested_ha: pd.Series) -> pd.Series:
    """Yield in tonnes per hectare, one value per row.

    Both series share an index. Missing in, missing out; nothing from no hectares is missing.
    Raises ImpossibleValue, naming the rows, when something was harvested from zero hectares.
    Definition: BPS, production divided by harvested area, not planted area.
    """
    impossible = harvested_from_nothing(production_t=production_t, harvested_ha=harvested_ha)
    if impossible.any():
        rows = ", ".join(str(row) for row in production_t.index[impossible])
        raise ImpossibleValue(
            f"Production from zero hectares in {rows}: check the harvested area of these rows."
        )
    return production_t / harvested_ha.where(harvested_ha != 0)


def harvested_from_nothing(*, production_t: pd.Series, harvested_ha: pd.Series) -> pd.Series:
    """True where something was harvested from zero hectares, or either is below zero."""
    from_nothing = (harvested_ha == 0) & (production_t > 0)
    return from_nothing | (harvested_ha < 0) | (production_t < 0)


def share_pct(*, part: pd.Series, whole: float) -> pd.Series:
    """Share in percent of a whole in the same unit; missing when the whole is zero or missing."""
    return part / (whole if whole else np.nan) * PERCENT


def change(*, before: pd.Series, after: pd.Series) -> pd.Series:
    """Change in the unit of the values: after less before."""
    return after - before


def change_pct(*, before: pd.Series, after: pd.Series) -> pd.Series:
    """Change in percent of the value before; missing where that was zero."""
    return (after - before) / before.where(before != 0) * PERCENT


def change_points(*, before_pct: pd.Series, after_pct: pd.Series) -> pd.Series:
    """Change between two percentages, in points: never a percentage of a percentage."""
    return after_pct - before_pct


def ranks_from_highest(values: pd.Series) -> pd.Series:
    """Rank of each value, 1 for the highest; equal values share the better rank.

    1, 2, 2, 4: as many areas are ahead as the rank says. A missing value has no rank.
    """
    return values.rank(method="min", ascending=False)


def monthly_median(daily: pd.DataFrame, *, by: list[str]) -> pd.DataFrame:
    """Median of daily reports in each group, with the number of reports behind it.

    `daily` has `obs_value` and the columns of `by`. A day without a value is no report; a
    group without any report has a missing median and 0 reports.
    """
    groups = daily.groupby(by, sort=True)["obs_value"]
    return groups.agg(obs_value="median", reports="count").reset_index()
