"""Agriculture's formulas: pure, each defined once, each with a table that can be checked by hand.

Series in and series out, one value per row, on the index that came in. Missing in, missing out.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import pandas as pd

PERCENT = 100.0
LEAST_YEARS_OF_VARIATION = 5
PEER_FACTOR = 2.0


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


Amounts = TypeVar("Amounts", pd.Series, pd.DataFrame, float)


def annual_growth_pct(*, before: Amounts, after: Amounts, years: int) -> Amounts:
    """Mean yearly growth in percent between two amounts `years` apart, compound.

    Any shape, the same for both. Missing in, missing out; missing also where the first amount
    is zero. Raises ValueError when the years are none.
    Definition: `100 * ((after / before) ** (1 / years) - 1)`.
    """
    if years < 1:
        raise ValueError(f"Growth needs a later year: {years} years lie between the two.")
    base = before.where(before > 0) if hasattr(before, "where") else (before or np.nan)
    return ((after / base) ** (1 / years) - 1) * PERCENT


def variation_pct(yearly: pd.DataFrame) -> pd.Series:
    """Coefficient of variation of each row over its years, in percent: small is steady.

    `yearly` has one row an area and one column a year. Standard deviation (sample) over the mean;
    years without a value are left out, and with fewer than five the answer is missing.
    """
    known = yearly.notna().sum(axis="columns")
    mean = yearly.mean(axis="columns")
    varied = yearly.std(axis="columns", ddof=1) / mean.where(mean > 0) * PERCENT
    return varied.where(known >= LEAST_YEARS_OF_VARIATION)


def ranks_by_year(yearly: pd.DataFrame) -> pd.DataFrame:
    """Rank of each area within each year, 1 for the highest; a missing value has none."""
    return yearly.apply(ranks_from_highest)


def yield_gaps(*, yield_t_per_ha: pd.Series, harvested_ha: pd.Series) -> pd.DataFrame:
    """Distance of each area from the best comparable one; both series share an index of areas.

    Comparable are areas that harvest between half and twice as many hectares, the area itself
    among them. Columns `peers` (others that compare), `best_area`, `best_t_per_ha`, `gap_t_per_ha`,
    `gap_pct` (of the best) and `gap_t` (the gap times the area's hectares). Missing without a peer.
    Rule of this app: an area of a few hectares is no measure for one of thousands.
    """
    known = yield_t_per_ha.notna() & (harvested_ha > 0)
    rows = [
        _gap_of(area, yield_t_per_ha[known], harvested_ha[known]) if known[area] else {}
        for area in yield_t_per_ha.index
    ]
    columns = ["peers", "best_area", "best_t_per_ha", "gap_t_per_ha", "gap_pct", "gap_t"]
    found = pd.DataFrame(rows, index=yield_t_per_ha.index, columns=columns)
    return found.assign(peers=found["peers"].fillna(0).astype(int))


def _gap_of(area: object, yields: pd.Series, hectares: pd.Series) -> dict[str, object]:
    low, high = hectares[area] / PEER_FACTOR, hectares[area] * PEER_FACTOR
    comparable = yields[hectares.between(low, high)]
    if len(comparable) < 2:
        return {}
    best = float(comparable.max())
    gap = best - float(yields[area])
    return {
        "peers": len(comparable) - 1,
        "best_area": comparable.idxmax(),
        "best_t_per_ha": best,
        "gap_t_per_ha": gap,
        "gap_pct": gap / best * PERCENT,
        "gap_t": gap * float(hectares[area]),
    }
