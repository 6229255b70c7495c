"""The noise guard (ours): a jump that few report or that soon reverses is noise, not news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

JUMP_PCT = 15.0
LEAST_REPORTERS = 3
REVERSED_WITHIN_DAYS = 3
JOINT_DAYS = 7
LONGEST_PAUSE_DAYS = 21
COLUMNS = ("reporter", "day", "price_before", "price", "change_pct", "reporters", "verdict")

CONFIRMED = "confirmed"
FEW_REPORTERS = "few_reporters"
REVERSED = "reversed"


@dataclass(frozen=True)
class _Report:
    reporter: str
    day: pd.Timestamp
    before: float
    price: float
    has_reversed: bool

    @property
    def change_pct(self) -> float:
        return 100.0 * (self.price / self.before - 1.0)


def judged_jumps(reports: pd.DataFrame) -> pd.DataFrame:
    """Every jump between two reports of one reporter, judged: COLUMNS, oldest first.

    `reports`: reporter, day, price (one row a reporter and day, no missing price). A jump is a
    change of at least 15 percent from the reporter's previous report, at most 21 days older.
    `reversed`: within three days the same reporter is back more than half the way.
    `few_reporters`: fewer than three reporters jumped the same way less than seven days
    apart from it, reversed ones not counted. Else `confirmed`.
    """
    found: list[_Report] = []
    for reporter, own in reports.sort_values("day").groupby("reporter", sort=True):
        found += _jumps_of(str(reporter), own)
    rows = [_row(jump, _joint_reporters(jump, found)) for jump in found]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.sort_values(["day", "reporter"], ignore_index=True)


def _row(jump: _Report, reporters: int) -> tuple[object, ...]:
    verdict = FEW_REPORTERS if reporters < LEAST_REPORTERS else CONFIRMED
    return (
        jump.reporter, jump.day, jump.before, jump.price, jump.change_pct, reporters,
        REVERSED if jump.has_reversed else verdict,
    )  # fmt: skip


def _jumps_of(reporter: str, own: pd.DataFrame) -> list[_Report]:
    """Jumps of one reporter, oldest first. The way back from a reversed jump is none itself."""
    days, prices = list(own["day"]), own["price"].to_numpy(dtype=float)
    found: list[_Report] = []
    ways_back: set[int] = set()
    for now in range(1, len(days)):
        pause = (days[now] - days[now - 1]).days
        change = 100.0 * (prices[now] / prices[now - 1] - 1.0)
        if pause > LONGEST_PAUSE_DAYS or abs(change) < JUMP_PCT or now in ways_back:
            continue
        back = _way_back(days, prices, now)
        if back is not None:
            ways_back.add(back)
        found.append(
            _Report(
                reporter, days[now], float(prices[now - 1]), float(prices[now]), back is not None
            )
        )
    return found


def _way_back(days: Sequence[pd.Timestamp], prices: np.ndarray, now: int) -> int | None:
    """The later report, at most three days on, that is back more than half the way."""
    middle = (prices[now - 1] + prices[now]) / 2.0
    is_up = prices[now] > prices[now - 1]
    for later in range(now + 1, len(days)):
        if (days[later] - days[now]).days > REVERSED_WITHIN_DAYS:
            return None
        if prices[later] != middle and (prices[later] < middle) == is_up:
            return later
    return None


def _joint_reporters(jump: _Report, found: Sequence[_Report]) -> int:
    """Reporters that jumped the same way less than seven days apart, this one included."""
    return len(
        {
            other.reporter
            for other in found
            if not other.has_reversed
            and (other.price > other.before) == (jump.price > jump.before)
            and abs((jump.day - other.day).days) < JOINT_DAYS
        }
    )
