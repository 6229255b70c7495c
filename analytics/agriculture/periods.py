"""Periods of a measure: one code each for the address, one place each on the slider."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.observations.concepts import Period

UNDATED = "undated"
DATE_FORMAT = "%Y-%m-%d"


@dataclass(frozen=True)
class PeriodChoice:
    """A period that a measure has values for; `code` is what stands in the address."""

    code: str
    period: Period

    @property
    def freq(self) -> str:
        return self.period.freq


def period_codes(frame: pd.DataFrame) -> pd.Series:
    """The code of each row's period: 2024, 2024-01, 2024-Q2, two dates, or undated.

    `frame` has `period_start`, `period_end` (datetime64) and `freq`.
    """
    start, end = frame["period_start"], frame["period_end"]
    codes = start.dt.strftime(DATE_FORMAT) + "_" + end.dt.strftime(DATE_FORMAT).fillna("")
    codes = codes.mask(frame["freq"] == "A", start.dt.strftime("%Y"))
    codes = codes.mask(frame["freq"] == "M", start.dt.strftime("%Y-%m"))
    quarters = start.dt.strftime("%Y") + "-Q" + start.dt.quarter.astype("Int64").astype(str)
    codes = codes.mask(frame["freq"] == "Q", quarters)
    return codes.mask(start.isna(), UNDATED).astype(str)


def period_choices(frame: pd.DataFrame) -> tuple[PeriodChoice, ...]:
    """The periods of the rows, oldest first, undated last."""
    columns = ["period", "period_start", "period_end", "freq"]
    distinct = frame[columns].drop_duplicates("period")
    ordered = distinct.sort_values(["period_start", "period_end"], na_position="last")
    return tuple(
        PeriodChoice(row.period, Period(_day(row.period_start), _day(row.period_end), row.freq))
        for row in ordered.itertuples()
    )


def comparable_choices(choices: Sequence[PeriodChoice], code: str) -> tuple[PeriodChoice, ...]:
    """The dated periods that compare with the one of that code: as long, at the same time of year.

    Years with years and months with months; a span of some days only with the same days of
    another year. Holds the period itself; empty when it is undated.
    """
    current = next(choice for choice in choices if choice.code == code)
    if current.period.start is None:
        return ()
    return tuple(choice for choice in choices if _kind(choice) == _kind(current))


def previous_choice(choices: Sequence[PeriodChoice], code: str) -> PeriodChoice | None:
    """The comparable period before the one of that code; None for the first."""
    comparable = comparable_choices(choices, code)
    codes = [choice.code for choice in comparable]
    return comparable[codes.index(code) - 1] if code in codes[1:] else None


def _kind(choice: PeriodChoice) -> tuple[object, ...]:
    start, end = choice.period.start, choice.period.end
    if choice.freq != "_O" or start is None or end is None:
        return (choice.freq, start is None)
    return (start.month, start.day, end.month, end.day, end.year - start.year)


def _day(moment: pd.Timestamp) -> date | None:
    return None if pd.isna(moment) else moment.date()
