"""Against the same area a year (or a step) before: lost zeros, swapped columns, jumps.

What the file itself and what is published say together; the value before is the newest of the
same series whose period begins earlier, at most two years back.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analytics.ingest.checks.check import SERIES, Check, Outcome, Scene, limits, written
from analytics.ingest.findings import Severity

DAILY_REPORTS = "farmgate_prices"  # judged by the rules of daily entries
OLDEST_DAYS = 800
SEASONAL_FREQS = ("M", "Q", "_O")


def run(rows: pd.DataFrame, scene: Scene) -> Iterator[Outcome]:
    """Factor ten, swapped columns and jumps; each row gets the first that explains it."""
    if scene.form.name == DAILY_REPORTS:
        return
    before = _before(rows, scene)
    ratio = (rows["obs_value"] / before).where((before > 0) & (rows["obs_value"] > 0))
    if ratio.notna().sum() == 0:
        return
    is_ten = _is_power_of_ten(ratio)
    yield Outcome(
        "factor_ten", Severity.WARNING, is_ten, written(rows["obs_value"]), written(before)
    )
    is_swapped, other = _swapped(rows, before, ratio)
    is_swapped &= ~is_ten
    yield Outcome(
        "columns_swapped", Severity.WARNING, is_swapped, written(rows["obs_value"]), other
    )
    is_jump = _is_jump(rows, ratio) & ~is_ten & ~is_swapped
    yield Outcome("jump", Severity.WARNING, is_jump, written(rows["obs_value"]), written(before))


def _before(rows: pd.DataFrame, scene: Scene) -> pd.Series:
    """The value a year before for steps within a year, else of the period before."""
    columns = [*SERIES, "period_start", "obs_value"]
    parts = [part[columns] for part in (scene.published, rows) if len(part)]
    known = pd.concat(parts).dropna(subset=["obs_value"])
    known = known.drop_duplicates([*SERIES, "period_start"], keep="last")
    dates = pd.to_datetime(rows["period_start"], errors="coerce")
    in_year = rows["freq"].isin(SEASONAL_FREQS)
    wanted = rows[list(SERIES)].assign(at=(dates - pd.DateOffset(years=1)).dt.strftime("%Y-%m-%d"))
    a_year = wanted.merge(known, left_on=[*SERIES, "at"], right_on=[*SERIES, "period_start"],
                          how="left")["obs_value"].set_axis(rows.index)  # fmt: skip
    return a_year.where(in_year, _newest_before(rows, known, dates))


def _newest_before(rows: pd.DataFrame, known: pd.DataFrame, dates: pd.Series) -> pd.Series:
    """The newest value of the series before each row's period."""
    left = rows[list(SERIES)].assign(at=dates, position=np.arange(len(rows))).dropna(subset=["at"])
    right = known.assign(at=pd.to_datetime(known["period_start"], errors="coerce"))
    right = right.dropna(subset=["at"])[[*SERIES, "at", "obs_value"]]
    found = pd.merge_asof(
        left.sort_values("at"), right.sort_values("at"), on="at", by=list(SERIES),
        allow_exact_matches=False, tolerance=pd.Timedelta(days=OLDEST_DAYS),
    )  # fmt: skip
    values = np.full(len(rows), np.nan)
    values[found["position"].to_numpy()] = found["obs_value"].to_numpy()
    return pd.Series(values, index=rows.index)


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
