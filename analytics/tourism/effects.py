"""The effect of an event on visits: against other sites, with an interval from placebo dates.

Pure: monthly counts come in, one row a month and one column a site. What a site has more than the
others is looked at in logarithms, its usual season and its level of the year before are taken
off, and the same is done for every other date. How far dates without an event differ from nothing
is the interval; an effect that chance gives as often is said to be none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[np.float64]

MONTHS = 12
LEVEL_MONTHS = 12  # the level before an event is the mean of so many months
LEAST_LEVEL = 6
LEAST_SAME_MONTH = 2  # other years in which the calendar month was reported
LEAST_PLACEBOS = 19  # from here on the 95 percent interval is defined
CONFIDENCE = 0.95
PERCENT = 100.0


@dataclass(frozen=True)
class Effect:
    """What a window differs by, as a logarithm: the effect, the half width of its interval.

    `placebos` has one value a date without an event, indexed by its first month. `refusal` is
    empty, or the reason why nothing can be told; then the numbers are missing.
    """

    effect: float
    half_width: float
    p_value: float
    placebos: pd.Series
    refusal: str = ""

    @property
    def low(self) -> float:
        return self.effect - self.half_width

    @property
    def high(self) -> float:
        return self.effect + self.half_width

    @property
    def verdict(self) -> str:
        """`up` or `down` where the interval leaves out nothing, else `chance`; or `refused`."""
        if self.refusal:
            return "refused"
        if self.low > 0:
            return "up"
        return "down" if self.high < 0 else "chance"


def log_gap(treated: pd.Series, controls: pd.DataFrame) -> pd.Series:
    """ln of the site's visits less the mean ln of the other sites, month by month.

    Missing where the site or any of the others reported nothing or nobody.
    """
    own = np.log(treated.where(treated > 0))
    others = np.log(controls.where(controls > 0)).mean(axis="columns", skipna=False)
    return own - others


def window_effect(gap: pd.Series, *, window: Sequence[int], left_out: NDArray[np.bool_]) -> float:
    """What a window differs from its season and from the level of the twelve months before.

    `gap` is monthly without holes in time (missing values allowed), `window` the positions of
    its months, `left_out` those of no use for season and level (other events, closures).
    Missing where the window, its level or its calendar months are not known well enough.
    """
    values = gap.to_numpy(dtype=float)
    inside = np.zeros(len(values), dtype=bool)
    inside[list(window)] = True
    usable = np.isfinite(values) & ~inside & ~left_out
    months = pd.DatetimeIndex(gap.index).month.to_numpy()
    start = window[0]
    before = np.zeros(len(values), dtype=bool)
    before[max(0, start - LEVEL_MONTHS) : start] = True
    season, counts = _season(values, months, usable)
    is_known = np.isfinite(values[inside]) & (counts[months[inside]] >= LEAST_SAME_MONTH)
    level = usable & before & (counts[months] > 0)
    if not is_known.all() or level.sum() < LEAST_LEVEL:
        return float("nan")
    usual = values - season[months]
    return float(usual[inside].mean() - usual[level].mean())


def _season(
    values: Array, months: NDArray[np.int_], usable: NDArray[np.bool_]
) -> tuple[Array, NDArray[np.int_]]:
    """Mean and number of usable values by calendar month, at positions 1 to 12."""
    counts = np.bincount(months[usable], minlength=MONTHS + 1)
    sums = np.bincount(months[usable], weights=values[usable], minlength=MONTHS + 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return sums / counts, counts


def usual_gap(
    gap: pd.Series,
    *,
    start: pd.Timestamp,
    end: pd.Timestamp,
    left_out: Sequence[pd.Timestamp] = (),
) -> pd.Series:
    """The gap that season and level let expect without the event, month by month.

    The level is the mean of the twelve months up to each month; in the window and after it, of
    those before the window. Missing where the calendar month is not known well enough.
    """
    index = pd.DatetimeIndex(gap.index)
    values, months = gap.to_numpy(dtype=float), index.month.to_numpy()
    inside = np.asarray((index >= start) & (index <= end), dtype=bool)
    aside = np.asarray(index.isin(list(left_out)), dtype=bool)
    usable = np.isfinite(values) & ~inside & ~aside
    season, counts = _season(values, months, usable)
    usual = pd.Series(np.where(usable, values - season[months], np.nan), index=index)
    before = usual[: start - pd.DateOffset(months=1)]
    level = before.rolling(LEVEL_MONTHS, min_periods=LEAST_LEVEL).mean()
    level = level.reindex(index).ffill()
    known = np.where(counts[months] >= LEAST_SAME_MONTH, season[months], np.nan)
    return level + pd.Series(known, index=index)


def placebo_effects(
    gap: pd.Series, *, window: Sequence[int], left_out: NDArray[np.bool_]
) -> pd.Series:
    """The same for every other date: windows of the same length that touch no month of use.

    The window itself is left out of season and level of each.
    """
    length = len(window)
    blocked = left_out.copy()
    blocked[list(window)] = True
    found = {}
    for start in range(len(gap) - length + 1):
        place = range(start, start + length)
        if not blocked[list(place)].any():
            found[gap.index[start]] = window_effect(gap, window=list(place), left_out=blocked)
    return pd.Series(found, dtype=float).dropna()


def half_width(placebos: pd.Series, *, confidence: float = CONFIDENCE) -> float:
    """The k-th smallest of the absolute placebo effects, k = ceil(confidence * (n + 1)).

    Missing where there are too few dates for that.
    Definition: split conformal interval; Vovk et al. 2005; Chernozhukov et al. 2021.
    """
    size = len(placebos)
    rank = ceil(confidence * (size + 1))
    if size < LEAST_PLACEBOS or rank > size:
        return float("nan")
    return float(np.sort(np.abs(placebos.to_numpy()))[rank - 1])


def p_value(effect: float, placebos: pd.Series) -> float:
    """How often dates without an event differ at least as much: (1 + #) / (n + 1)."""
    return float((1 + (placebos.abs() >= abs(effect)).sum()) / (len(placebos) + 1))


def estimate_effect(
    treated: pd.Series,
    controls: pd.DataFrame,
    *,
    start: pd.Timestamp,
    end: pd.Timestamp,
    left_out: Sequence[pd.Timestamp] = (),
) -> Effect:
    """The effect on one site (or a sum of sites) in the months from `start` to `end`.

    `treated` and `controls` share a monthly index without holes. `left_out` are months of
    other events at the site and of closures. Refusals: `no_controls`, `window_unreported`,
    `month_unknown` (season or level not known), `few_placebos`.
    """
    if controls.empty or not len(controls.columns):
        return _refused("no_controls")
    index = pd.DatetimeIndex(treated.index)
    window = [int(i) for i in np.flatnonzero((index >= start) & (index <= end))]
    gap = log_gap(treated, controls)
    if not window or gap.iloc[window].isna().any():
        return _refused("window_unreported")
    aside = np.asarray(index.isin(list(left_out)), dtype=bool)
    aside[window] = False
    effect = window_effect(gap, window=window, left_out=aside)
    if np.isnan(effect):
        return _refused("month_unknown")
    placebos = placebo_effects(gap, window=window, left_out=aside)
    width = half_width(placebos)
    if np.isnan(width):
        return _refused("few_placebos", placebos)
    return Effect(effect, width, p_value(effect, placebos), placebos)


def _refused(reason: str, placebos: pd.Series | None = None) -> Effect:
    nothing = pd.Series(dtype=float) if placebos is None else placebos
    return Effect(float("nan"), float("nan"), float("nan"), nothing, reason)


def as_percent(effect: float) -> float:
    """A difference of logarithms in percent of the visits without the event."""
    return float(PERCENT * (np.exp(effect) - 1))


def extra_visits(visits: pd.Series, effect: float) -> float:
    """Visits of the window that the event brought: those counted less those without it."""
    return float(visits.sum() * (1 - np.exp(-effect)))


def cost_per_extra_visit(cost: float, extra: float) -> float:
    """Rupiah for each visit that would not have been; missing where none was brought."""
    return cost / extra if extra > 0 else float("nan")
