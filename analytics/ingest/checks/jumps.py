"""Against the same area a year (or a step) before: lost zeros, swapped columns, jumps.

What the file itself and what is published say together; the value before is the newest of the
same series whose period begins earlier, at most two years back.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analytics.ingest.checks.check import SERIES, Check, Outcome, Scene, limits
from analytics.ingest.findings import Severity

# Tables of daily reports are judged by the rules of daily entries, which need a course of days;
# the report of a day is held against the value before.
DAILY_REPORTS = "farmgate_prices"
OLDEST_DAYS = 800
SEASONAL_FREQS = ("M", "Q", "_O")


def run(rows: pd.DataFrame, scene: Scene) -> Iterator[Outcome]:
    """Factor ten, swapped columns and jumps; each row gets the first that explains it."""
    if scene.form.name == DAILY_REPORTS and rows["period_start"].nunique() > 1:
        return
    before = _before(rows, scene)
    ratio = (rows["obs_value"] / before).where((before > 0) & (rows["obs_value"] > 0))
    if ratio.notna().sum() == 0:
        return
    is_ten = _is_power_of_ten(ratio)
    yield Outcome("factor_ten", Severity.WARNING, is_ten, rows["obs_value"], before)
    is_swapped, other = _swapped(rows, before, ratio)
    is_swapped &= ~is_ten
    yield Outcome("columns_swapped", Severity.WARNING, is_swapped, rows["obs_value"], other)
    is_jump = _is_jump(rows, ratio) & ~is_ten & ~is_swapped
    yield Outcome("jump", Severity.WARNING, is_jump, rows["obs_value"], before)


def _before(rows: pd.DataFrame, scene: Scene) -> pd.Series:
    """The value a year before for steps within a year, else of the period before."""
    known = _known(rows, scene)
    mine = known[known["position"] >= 0].sort_values("position")
    series, dates = mine["series"].to_numpy(), pd.DatetimeIndex(mine["at"])
    of_series = known.dropna(subset=["value", "at"]).drop_duplicates(["series", "at"], keep="last")
    of_series = of_series.sort_values(["series", "at"], ignore_index=True)
    before = _newest_before(of_series, series, dates)
    in_year = rows["freq"].isin(SEASONAL_FREQS).to_numpy()
    if in_year.any():
        a_year = _at(of_series, series, dates - pd.DateOffset(years=1))
        before = np.where(in_year, a_year, before)
    return pd.Series(before, index=rows.index)


def _known(rows: pd.DataFrame, scene: Scene) -> pd.DataFrame:
    """What is published and what the file says: series (a number), at, value; `position` is that
    of a row of the file, -1 for what is published."""
    columns = [*SERIES, "period_start", "obs_value"]
    both = pd.concat([part[columns] for part in (scene.published, rows) if len(part)])
    published = len(both) - len(rows)
    return pd.DataFrame(
        {
            "series": both.groupby(list(SERIES), sort=False).ngroup().to_numpy(),
            "at": pd.to_datetime(both["period_start"], errors="coerce").to_numpy(),
            "value": both["obs_value"].to_numpy(float),
            "position": np.maximum(np.arange(len(both)) - published, -1),
        }
    )


def _newest_before(
    of_series: pd.DataFrame, series: np.ndarray, dates: pd.DatetimeIndex
) -> np.ndarray:
    """The value of the nearest period before, NaN when it lies too far back."""
    grouped = of_series.groupby("series", sort=False)
    age = of_series["at"] - grouped["at"].shift()
    before = grouped["value"].shift().where(age <= pd.Timedelta(days=OLDEST_DAYS))
    return _at(of_series.assign(value=before), series, dates)


def _at(of_series: pd.DataFrame, series: np.ndarray, dates: pd.DatetimeIndex) -> np.ndarray:
    """The values of series at dates, NaN where there are none."""
    wanted = pd.DataFrame({"series": series, "at": dates})
    return wanted.merge(of_series, on=["series", "at"], how="left")["value"].to_numpy()


def _is_power_of_ten(ratio: pd.Series) -> pd.Series:
    """A ratio near 10, 100 or 1,000, or their inverses."""
    logarithm = np.log10(ratio)
    nearest = logarithm.round()
    is_near = (logarithm - nearest).abs() <= np.log10(limits()["factor_ten"]["tolerance"])
    return is_near & nearest.abs().between(1, 3)


def _swapped(
    rows: pd.DataFrame, before: pd.Series, ratio: pd.Series
) -> tuple[pd.Series, pd.Series]:
    """Two indicators of one area and period whose values fit the year before only exchanged."""
    highest = limits()["jump"]["ratio"]
    is_off = (ratio > highest) | (ratio < 1 / highest)
    key = ["ref_area", "place", "item", "period_start", "source_id"]
    off = rows[is_off].assign(before=before[is_off])
    bad = pd.Series(False, index=rows.index)
    other = pd.Series("", index=rows.index, dtype=object)
    pairs = off[off.groupby(key)["indicator"].transform("size") == 2]
    for _, pair in pairs.groupby(key):
        exchanged = pair["obs_value"].to_numpy()[::-1] / pair["before"].to_numpy()
        if ((exchanged <= highest) & (exchanged >= 1 / highest)).all():
            bad[pair.index] = True
            other[pair.index] = pair["indicator"].to_numpy()[::-1]
    return bad, other


def _is_jump(rows: pd.DataFrame, ratio: pd.Series) -> pd.Series:
    """Beyond twice or half, and beyond what the other areas did in that period."""
    rules = limits()["jump"]
    logarithm = np.log(ratio)
    group = [rows[name] for name in ("item", "indicator", "period_start", "freq")]
    usual = logarithm.groupby(group).transform("median")
    enough = logarithm.groupby(group).transform("count") > rules["fewest_others"]
    apart = (logarithm - usual.where(enough, 0.0)).abs()
    return (logarithm.abs() > np.log(rules["ratio"])) & (apart > np.log(rules["against_others"]))


CHECK = Check("jumps", run)
