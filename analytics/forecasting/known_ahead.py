"""What is known of a step before it comes: holidays, the rice harvest, a leading price.

Callers make these columns and pass them as regressors; the engine reads no table of its own.
Days come from a table of decided dates only. Where no decided date tells whether a step holds
a holiday the cell is empty, never zero: a date that nobody decided is not invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.forecasting.refusal import ForecastRefused
from analytics.forecasting.steps import Step
from analytics.forecasting.transform import Array

# Days around the first day of each holiday, both ends included. Prices move before Idulfitri and
# again two to six weeks after it; Iduladha is counted with the days of slaughter; the days around
# Christmas reach over New Year.
WINDOWS = {
    "before_idulfitri": ("idulfitri", -10, -1),
    "after_idulfitri": ("idulfitri", 15, 45),
    "iduladha": ("iduladha", -10, 3),
    "nataru": ("natal", -5, 12),
}
RAMADAN, FIRST_OF_RAMADAN, END_OF_RAMADAN = "ramadan", "ramadan_1", "idulfitri"
LONGEST_RAMADAN = 30
# Twelve months of 29 days: no holiday comes back sooner.
SHORTEST_YEAR = 348
YES = frozenset({"true", "yes", "1"})
# A year's harvest is published in the year after; the forecast reaches into the one after that.
YEARS_UNTIL_KNOWN = 2
MONTHS = 12
# The change over three steps, a quarter of monthly prices: one step alone is mostly noise.
LEADING_STEPS = 3

Span = tuple[pd.Timestamp, pd.Timestamp]


class IncompleteTable(ForecastRefused):
    """A table lacks a column or holds a cell that cannot be read; the message names it."""


def holiday_shares(
    holidays: pd.DataFrame, *, step: Step, first: pd.Timestamp, last: pd.Timestamp
) -> pd.DataFrame:
    """The share (0 to 1) of every step from `first` to `last` inside each holiday's days.

    `holidays` has `holiday, date, is_decided`. Columns out: `ds`, `ramadan`, and one for each of
    WINDOWS. Raises IncompleteTable.
    """
    days = _decided(holidays)
    starts = step.starts(step.number_of(first), step.number_of(last))
    ends = step.starts(step.number_of(first) + 1, step.number_of(last) + 1)
    spans = {RAMADAN: list(_ramadans(days))}
    for name, (holiday, before, after) in WINDOWS.items():
        spans[name] = [
            (day + pd.Timedelta(days=before), day + pd.Timedelta(days=after))
            for day in days.get(holiday, [])
        ]
    shares = {name: _shares(found, starts, ends) for name, found in spans.items()}
    return pd.DataFrame({"ds": starts, **shares})


def _decided(holidays: pd.DataFrame) -> dict[str, list[pd.Timestamp]]:
    """Decided first days by holiday, oldest first. Raises IncompleteTable."""
    missing = [name for name in ("holiday", "date", "is_decided") if name not in holidays]
    if missing:
        raise IncompleteTable("holidays_column", columns=", ".join(missing))
    is_decided = holidays["is_decided"].astype(str).str.strip().str.lower().isin(YES)
    kept = holidays[is_decided]
    dates = pd.to_datetime(kept["date"], errors="coerce", format="ISO8601")
    if dates.isna().any():
        unread = kept.loc[dates.isna(), "date"].iloc[0]
        raise IncompleteTable("holidays_date", value=unread)
    return {str(name): sorted(group) for name, group in dates.groupby(kept["holiday"])}


def _ramadans(days: dict[str, list[pd.Timestamp]]) -> Iterator[Span]:
    """First and last day of every Ramadan whose beginning and end are both decided."""
    for start in days.get(FIRST_OF_RAMADAN, []):
        for feast in days.get(END_OF_RAMADAN, []):
            if 0 < (feast - start).days <= LONGEST_RAMADAN:
                yield start, feast - pd.Timedelta(days=1)


def _shares(spans: list[Span], starts: pd.DatetimeIndex, ends: pd.DatetimeIndex) -> Array:
    """Days of each step inside the spans over its days; NaN where no decided span tells."""
    if not spans:
        return np.full(len(starts), np.nan)
    opens, closes = _day_numbers(starts), _day_numbers(ends)
    begins = _day_numbers(pd.DatetimeIndex([begin for begin, _ in spans]))
    stops = _day_numbers(pd.DatetimeIndex([stop for _, stop in spans])) + 1
    overlap = np.minimum(closes[:, None], stops) - np.maximum(opens[:, None], begins)
    shares = np.maximum(overlap, 0).sum(axis=1) / (closes - opens)
    is_told = (opens >= stops[0] - SHORTEST_YEAR) & (closes <= begins[-1] + SHORTEST_YEAR)
    return np.where(is_told, shares, np.nan)


def _day_numbers(dates: pd.DatetimeIndex) -> NDArray[np.int64]:
    return dates.to_numpy("datetime64[D]").astype(np.int64)


def harvest_shares(
    harvest: pd.DataFrame, *, step: Step, first: pd.Timestamp, last: pd.Timestamp
) -> pd.DataFrame:
    """The usual share of a year's harvest that falls into each step's month: `ds, harvest`.

    `harvest` has `ds` (month) and `y` (harvested area, any unit). Of each step only whole years
    that lie two or more back count, since later ones are not published when it is forecast; NaN
    without any. Raises IncompleteTable.
    """
    missing = [name for name in ("ds", "y") if name not in harvest]
    if missing:
        raise IncompleteTable("harvest_column", columns=", ".join(missing))
    months = pd.DatetimeIndex(pd.to_datetime(harvest["ds"]))
    table = pd.pivot_table(
        pd.DataFrame({"year": months.year, "month": months.month, "y": harvest["y"].to_numpy()}),
        index="year", columns="month", values="y", aggfunc="sum",
    )  # fmt: skip
    whole = table.reindex(columns=range(1, MONTHS + 1)).dropna()
    parts = whole.div(whole.sum(axis=1), axis=0)
    starts = step.starts(step.number_of(first), step.number_of(last))
    usual = [
        parts.loc[parts.index <= day.year - YEARS_UNTIL_KNOWN, day.month].mean() for day in starts
    ]
    return pd.DataFrame({"ds": starts, "harvest": np.array(usual, dtype=float)})


def leading_changes(
    prices: pd.DataFrame, *, name: str, step: Step, horizon: int, over: int = LEADING_STEPS
) -> pd.DataFrame:
    """How a leading price moved, as far as it is known `horizon` steps earlier: `ds` and a column.

    `prices` has `ds, y` of one series. The cell of a step is the change in logarithms over `over`
    steps up to `horizon` steps before it, so that even the farthest forecast knows it. NaN where
    one of both prices is missing or not above zero.
    """
    numbers = step.ordinals(pd.DatetimeIndex(prices["ds"]))
    start, end = int(numbers.min()), int(numbers.max())
    values = np.full(end - start + 1 + over, np.nan)
    values[numbers - start + over] = prices["y"].to_numpy(float)
    logs = np.log(np.where(values > 0, values, np.nan))
    changes = logs[over:] - logs[:-over]
    return pd.DataFrame(
        {"ds": step.starts(start + horizon, end + horizon), name: np.round(changes, 9)}
    )


def joined_regressors(
    own: pd.DataFrame | None, tables: Sequence[pd.DataFrame], *, names: Sequence[str]
) -> pd.DataFrame | None:
    """One frame of all regressors: by `ds` where no column belongs to a series, else by both.

    `own` has `unique_id, ds` and columns, each of `tables` `ds` and columns that hold for every
    series in `names`. None without any.
    """
    if not tables:
        return own
    shared = tables[0]
    for table in tables[1:]:
        shared = shared.merge(table, on="ds", how="outer")
    shared = shared.sort_values("ds", ignore_index=True)
    if own is None:
        return shared
    every = shared.merge(pd.DataFrame({"unique_id": list(names)}), how="cross")
    return every.merge(own, on=["unique_id", "ds"], how="outer")
