"""The three steps a series may have, and what each asks of its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray


class UnknownStep(ValueError):
    """The step is none of MS, W-MON, D."""


@dataclass(frozen=True)
class Step:
    """A step of time with the rules that depend on it. All lengths are in steps.

    `season` serves the seasonal naive, theta, complex smoothing and MASE; `ets_season` serves
    exponential smoothing and ARIMA and is 1 where they would need more seasonal states than
    the data can carry. In a back-test models are estimated anew every `refit_every` steps,
    always from the newest `longest_training` values at most.
    """

    freq: str
    period: str
    season: int
    ets_season: int
    least_history: int
    least_training: int
    longest_gap: int
    refit_every: int
    longest_training: int
    largest_missing_share: float = 0.2
    least_origins: int = 6
    oldest_age: int = 3

    def ordinals(self, dates: pd.DatetimeIndex) -> NDArray[np.int64]:
        """Number of the step in which each date lies; consecutive steps differ by one."""
        return dates.to_period(self.period).asi8

    def starts(self, first: int, last: int) -> pd.DatetimeIndex:
        """First day of every step from number `first` to number `last`, both included."""
        start = pd.Period(ordinal=first, freq=self.period)
        return pd.period_range(start, periods=last - first + 1).to_timestamp(how="start")

    def number_of(self, day: pd.Timestamp) -> int:
        """Number of the step in which a day lies."""
        return int(self.ordinals(pd.DatetimeIndex([day]))[0])


# Two full years of months or weeks: a season must be seen twice. Sixteen weeks of days,
# because a week is the only season a daily model here knows.
STEPS: Mapping[str, Step] = MappingProxyType(
    {
        "MS": Step(
            freq="MS", period="M", season=12, ets_season=12,
            least_history=24, least_training=18, longest_gap=3,
            refit_every=6, longest_training=360,
        ),
        "W-MON": Step(
            freq="W-MON", period="W-SUN", season=52, ets_season=1,
            least_history=104, least_training=78, longest_gap=4,
            refit_every=13, longest_training=313,
        ),
        "D": Step(
            freq="D", period="D", season=7, ets_season=7,
            least_history=112, least_training=56, longest_gap=7,
            refit_every=28, longest_training=731,
        ),
    }
)  # fmt: skip


def step_of(freq: str) -> Step:
    """The rules of a step. Raises UnknownStep naming the known ones."""
    try:
        return STEPS[freq]
    except KeyError:
        raise UnknownStep(f"Step '{freq}' is not known; use one of {', '.join(STEPS)}.") from None
