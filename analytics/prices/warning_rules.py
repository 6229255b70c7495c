"""Rules of price warnings: kinds, levels, deadlines, cool-down and when one ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

import pandas as pd

from analytics.editions.edition import Edition

# A warning ends when this many newest judged values in a row are no alarm any more.
EXIT_VALUES = 2
# And it begins when this many are: one officer's single report decides nothing.
ENTRY_VALUES: Mapping[str, int] = MappingProxyType({"MS": 1, "W-MON": 2})
# What is printed and what decides are the same number.
JUDGED_DECIMALS = 6


class Kind(StrEnum):
    """What a warning is about. The downward ones are this app's own, for producers."""

    ALPS_HIGH = "alps_high"
    ALPS_LOW = "alps_low"
    ANOMALY_HIGH = "anomaly_high"
    ANOMALY_LOW = "anomaly_low"
    VOLATILE = "volatile"
    BELOW_FLOOR = "below_floor"
    ABOVE_CEILING = "above_ceiling"
    BELOW_BREAK_EVEN = "below_break_even"
    JUMP_UP = "jump_up"
    JUMP_DOWN = "jump_down"


class Level(StrEnum):
    """How pressing, in rising order."""

    ATTENTION = "attention"
    ALERT = "alert"
    CRISIS = "crisis"

    @property
    def rank(self) -> int:
        return list(Level).index(self)


class Refusal(StrEnum):
    """Why a series is not judged by a rule."""

    STOPPED = "stopped"
    TOO_SHORT = "too_short"
    TOO_MANY_GAPS = "too_many_gaps"
    NEWEST_NOT_JUDGED = "newest_not_judged"
    NO_CPI = "no_cpi"
    NO_LIMIT = "no_limit"
    NO_BREAK_EVEN = "no_break_even"
    NO_FEED = "no_feed"


@dataclass(frozen=True)
class Timing:
    """What depends on the step of a series: how long to wait, and when to look what followed."""

    cool_down_days: int
    follow_up: int
    follow_up_offset: pd.DateOffset


TIMING: Mapping[str, Timing] = MappingProxyType(
    {
        "MS": Timing(45, 3, pd.DateOffset(months=3)),
        "W-MON": Timing(14, 8, pd.DateOffset(weeks=8)),
    }
)
DEADLINE_DAYS: Mapping[Level, int] = MappingProxyType(
    {Level.ATTENTION: 14, Level.ALERT: 7, Level.CRISIS: 3}
)
# Percent below a floor, above a ceiling or short of break-even at which a level begins.
GAP_LEVELS = ((20.0, Level.CRISIS), (10.0, Level.ALERT), (0.0, Level.ATTENTION))
JUMP_CRISIS_PCT = 30.0
# Monday to Friday: offices of a regency work five days.
LAST_WORKING_DAY = 5
HOLIDAYS = "holidays"


def gap_level(gap_pct: float) -> Level:
    """`attention` outside by less than 10 percent, `alert` from 10, `crisis` from 20."""
    return next(level for limit, level in GAP_LEVELS if round(gap_pct, JUDGED_DECIMALS) >= limit)


def deadline_days(edition: Edition, level: Level) -> int:
    """Days an office has: the pack's `warnings.deadline_days`, else 14, 7 and 3 by level."""
    return int(str(_of_pack(edition, "deadline_days").get(level.value, DEADLINE_DAYS[level])))


def deadline_of(edition: Edition, level: Level, *, since: date) -> date:
    """The day by which an office answers: never a weekend or a day off, but the next working day.

    Days off are the holidays whose codes the pack lists in `warnings.days_off`.
    """
    day = since + timedelta(days=deadline_days(edition, level))
    days_off = _days_off(edition)
    while day.isoweekday() > LAST_WORKING_DAY or day in days_off:
        day += timedelta(days=1)
    return day


def _days_off(edition: Edition) -> frozenset[date]:
    codes = edition.region.get("warnings", {}).get("days_off", ())  # type: ignore[attr-defined]
    if HOLIDAYS not in edition.vocabulary.tables or not codes:
        return frozenset()
    table = edition.reference(HOLIDAYS)
    return frozenset(
        date.fromisoformat(day) for day in table.loc[table["holiday"].isin(codes), "date"]
    )


def cool_down_days(edition: Edition, freq: str) -> int:
    """Days after its end in which a warning is not raised again, by step of the series."""
    own = _of_pack(edition, "cool_down_days")
    return int(str(own.get(freq, TIMING[freq].cool_down_days)))


def _of_pack(edition: Edition, name: str) -> Mapping[str, object]:
    settings: Mapping[str, Mapping[str, object]] = edition.region.get("warnings", {})  # type: ignore[assignment]
    return settings.get(name, {})
