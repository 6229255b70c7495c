"""What usually followed: the price some time after past alarms of the same series."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.prices.formulas import change_pct


@dataclass(frozen=True)
class Aftermath:
    """How prices stood some time after past alarms began; changes in percent, NaN without any."""

    count: int
    rises: int
    falls: int
    median_change_pct: float


def alarm_starts(is_on: pd.Series) -> pd.DatetimeIndex:
    """First moment of each unbroken run of alarms, oldest first.

    A moment that could not be judged does not break a run. `is_on` is indexed by moments and
    holds only those that were judged.
    """
    flags = is_on.to_numpy(dtype=bool)
    is_start = flags & ~np.concatenate(([False], flags[:-1]))
    return pd.DatetimeIndex(is_on.index[is_start])


def on_since(is_on: pd.Series) -> pd.Timestamp | None:
    """Start of the run that the newest judged moment belongs to; None when it is no alarm."""
    starts = alarm_starts(is_on)
    return starts[-1] if len(is_on) and bool(is_on.iloc[-1]) else None


def is_over(is_on: pd.Series, *, steps: int) -> bool:
    """True when the newest `steps` judged moments were all no alarm."""
    newest = is_on.to_numpy(dtype=bool)[-steps:]
    return len(newest) == steps and not newest.any()


def has_begun(is_on: pd.Series, *, steps: int) -> bool:
    """True when the newest `steps` judged moments were all alarms."""
    newest = is_on.to_numpy(dtype=bool)[-steps:]
    return len(newest) == steps and bool(newest.all())


def what_followed(
    prices: pd.Series, starts: pd.DatetimeIndex, *, after: pd.DateOffset
) -> Aftermath:
    """Prices at the first known moment not earlier than `after` past each start, compared.

    Starts for which that time has not come yet are left out.
    """
    known = prices.dropna()
    changes = [_change_after(known, start, after) for start in starts]
    found = np.array([change for change in changes if change is not None], dtype=float)
    return Aftermath(
        count=len(found),
        rises=int((found > 0).sum()),
        falls=int((found < 0).sum()),
        median_change_pct=float(np.median(found)) if len(found) else float("nan"),
    )


def _change_after(known: pd.Series, start: pd.Timestamp, after: pd.DateOffset) -> float | None:
    later = known[known.index >= start + after]
    if later.empty or start not in known.index:
        return None
    return change_pct(float(later.iloc[0]), float(known[start]))
