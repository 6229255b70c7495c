"""The prices a warning is about: the same quantity when it is raised, drawn and closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.editions.edition import Edition
from analytics.prices.clean_reports import ITEM_COLUMNS, clean_reports
from analytics.prices.series import DAILY_DATASET, UnknownSeries, series_key, series_prices
from analytics.prices.warning_judges import regional_level
from analytics.prices.warning_rules import Kind
from analytics.prices.warning_series import MONTHLY, weakest_by, weekly_median

WEEK_STEP, DAY_STEP = "7D", "D"
JUMPS = frozenset({Kind.JUMP_UP, Kind.JUMP_DOWN})


@dataclass(frozen=True)
class JudgedCourse:
    """Prices as a rule judged them: `step` is MS, 7D or D; `table` (price, obs_status, caveat)
    is indexed by the first day of each step that has a price, oldest first."""

    step: str
    table: pd.DataFrame

    @property
    def newest(self) -> tuple[float | None, date | None]:
        """Newest price with the first day of its step; None without any."""
        if self.table.empty:
            return None, None
        return float(self.table["price"].iloc[-1]), self.table.index[-1].date()


def step_of_kind(kind: str, *, freq: str) -> str:
    """A month; a week where the rule holds two weekly prices against each other; else a day."""
    if freq == MONTHLY:
        return MONTHLY
    return WEEK_STEP if Kind(kind) is Kind.BELOW_BREAK_EVEN else DAY_STEP


def judged_course(
    edition: Edition, series: str, *, kind: str, freq: str, today: date
) -> JudgedCourse:
    """The prices that the rule `kind` judges in this edition, as of a day.

    By month: complete months only. From officers' reports without noise: the kecamatan's own
    reports by day for limits, their weekly medians for break-even, the level of all kecamatan
    for jumps. Empty for a series that this edition does not have any more.
    """
    step = step_of_kind(kind, freq=freq)
    if step == MONTHLY:
        return JudgedCourse(step, _monthly(edition, series, today=today))
    key = series_key(series)
    reports = clean_reports(edition, item=key.item)
    is_own = (reports[ITEM_COLUMNS] == [getattr(key, name) for name in ITEM_COLUMNS]).all(axis=1)
    if Kind(kind) not in JUMPS:
        is_own &= reports["ref_area"] == key.ref_area
    own = reports[is_own & (reports["day"] <= pd.Timestamp(today))]
    return JudgedCourse(step, _from_reports(own, kind=kind, step=step))


def _from_reports(own: pd.DataFrame, *, kind: str, step: str) -> pd.DataFrame:
    if own.empty:
        return _no_prices()
    if step == WEEK_STEP:
        prices = weekly_median(own).dropna()
        moments = own["day"] - pd.to_timedelta(own["day"].dt.weekday, unit="D")
    else:
        level = regional_level(own.rename(columns={"ref_area": "reporter"}))
        prices = level if Kind(kind) in JUMPS else own.set_index("day")["price"]
        moments = own["day"]
    return prices.rename("price").to_frame().join(weakest_by(own, moments))


def _monthly(edition: Edition, series: str, *, today: date) -> pd.DataFrame:
    try:
        own = series_prices(edition, series)
    except UnknownSeries:
        return _no_prices()
    known = own[own["obs_value"].notna()]
    if series_key(series).dataset == DAILY_DATASET:  # a month's reports count when it is over
        known = known[known["ds"] < pd.Timestamp(today).to_period("M").to_timestamp()]
    named = known.rename(columns={"obs_value": "price"}).set_index("ds")
    return named[["price", "obs_status", "caveat"]]


def _no_prices() -> pd.DataFrame:
    empty = pd.DataFrame({"price": [], "obs_status": [], "caveat": []}, index=pd.DatetimeIndex([]))
    return empty.astype({"price": float})


def newest_price(
    edition: Edition, series: str, *, kind: str, freq: str, today: date
) -> tuple[float | None, date | None]:
    """Newest price of the quantity that a rule judges, with its day; None without any."""
    return judged_course(edition, series, kind=kind, freq=freq, today=today).newest
