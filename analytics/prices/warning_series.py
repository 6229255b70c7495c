"""The series that warnings look at: the region's own, by month, and officers' reports by week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from analytics.editions.edition import Edition
from analytics.forecasting.steps import step_of
from analytics.observations.status import DOUBT
from analytics.observations.table import join_codes
from analytics.prices.series import (
    DAILY_DATASET,
    SERIES_COLUMNS,
    SeriesKey,
    daily_prices,
    monthly_prices,
    series_key,
)

MONTHLY, WEEKLY = "MS", "W-MON"
CPI = "cpi"


@dataclass(frozen=True)
class PriceHistory:
    """One series to be judged.

    `prices` is indexed by every step from the first to the last price, missing where none is
    known. `reports` are the periods behind them (period_start, period_end, price), oldest first.
    """

    key: SeriesKey
    freq: str
    prices: pd.Series
    reports: pd.DataFrame

    @property
    def unique_id(self) -> str:
        return self.key.unique_id

    @property
    def last(self) -> pd.Timestamp:
        """Newest step with a price."""
        return pd.Timestamp(self.prices.index[-1])


def has_stopped(last: pd.Timestamp, *, freq: str, today: date) -> bool:
    """True when the newest price is more than three steps older than today's step.

    The rule of the forecasts: such a series is shown, and gets neither forecast nor warning.
    """
    step = step_of(freq)
    return step.number_of(pd.Timestamp(today)) - step.number_of(last) > step.oldest_age


def own_areas(edition: Edition) -> frozenset[str]:
    """The region and the areas below it: only their prices are some office's duty here."""
    return frozenset({edition.ref_area, *edition.vocabulary.children(edition.ref_area)})


def monthly_histories(edition: Edition, *, today: date) -> Iterator[PriceHistory]:
    """The region's own monthly series, in order of their identifier.

    The median of a month's reports is judged once the month is over.
    """
    table = monthly_prices(edition).dropna(subset=["obs_value"])
    table = table[table["ref_area"].isin(own_areas(edition))]
    this_month = pd.Timestamp(today).to_period("M").to_timestamp()
    is_complete = (table["dataset"] != DAILY_DATASET) | (table["ds"] < this_month)
    for unique_id, own in table[is_complete].groupby("unique_id", sort=True):
        reports = pd.DataFrame(
            {
                "period_start": own["ds"],
                "period_end": own["ds"] + pd.offsets.MonthEnd(0),
                "price": own["obs_value"],
            }
        )
        prices = own.set_index("ds")["obs_value"].asfreq("MS")
        yield PriceHistory(series_key(str(unique_id)), MONTHLY, prices, reports)


def weekly_histories(reports: pd.DataFrame) -> Iterator[PriceHistory]:
    """Officers' reports by kecamatan and item: the median of each week (Monday to Sunday).

    `reports` are those of `officer_reports`, noise left out.
    """
    for key, own in _by_series(reports):
        days = own["day"]
        frame = pd.DataFrame({"period_start": days, "period_end": days, "price": own["price"]})
        yield PriceHistory(key, WEEKLY, weekly_median(own), frame.reset_index(drop=True))


def officer_reports(edition: Edition, **equal_to: str | list[str]) -> pd.DataFrame:
    """Published daily reports of the region: SERIES_COLUMNS, day, price, obs_status, caveat.

    No missing price. Several reports of one day are one: their median, with the weakest status
    and every caveat. `equal_to` reads only some items or areas.
    """
    columns = [*SERIES_COLUMNS, "day"]
    if DAILY_DATASET not in edition.datasets:
        return pd.DataFrame(columns=[*columns, "price", "obs_status", "caveat"])
    daily = daily_prices(edition, **equal_to)  # type: ignore[arg-type]
    daily = daily.rename(columns={"period_start": "day", "obs_value": "price"})
    daily = daily[daily["ref_area"].isin(own_areas(edition)) & daily["price"].notna()]
    prices = daily.groupby(columns, sort=True)["price"].median()
    return prices.to_frame().join(weakest_by(daily, columns)).reset_index()


def weakest_by(reports: pd.DataFrame, by: list[str] | pd.Series) -> pd.DataFrame:
    """obs_status (the weakest) and caveat (every code) of the reports of each group."""
    ranked = reports.assign(rank=reports["obs_status"].map(DOUBT.index))
    groups = ranked.groupby(by, sort=True)
    caveats = groups["caveat"].first()
    varied = groups["caveat"].nunique() > 1
    if varied.any():  # rare, and slow: only where a group's caveats differ
        caveats = caveats.where(~varied, groups["caveat"].agg(lambda cells: join_codes(*cells)))
    return pd.DataFrame({"obs_status": groups["rank"].max().map(DOUBT.__getitem__),
                         "caveat": caveats})  # fmt: skip


def weekly_median(reports: pd.DataFrame) -> pd.Series:
    """Median of the reports of each week, indexed by Mondays; missing in a week without any."""
    monday = reports["day"] - pd.to_timedelta(reports["day"].dt.weekday, unit="D")
    return reports["price"].groupby(monday).median().asfreq("7D")


def regional_key(key: SeriesKey, edition: Edition) -> SeriesKey:
    """The same item over all kecamatan of the region."""
    return replace(key, ref_area=edition.ref_area)


def _by_series(reports: pd.DataFrame) -> Iterator[tuple[SeriesKey, pd.DataFrame]]:
    for names, own in reports.groupby(list(SERIES_COLUMNS), sort=True):
        yield SeriesKey(*(str(name) for name in names)), own.reset_index(drop=True)


def by_item(reports: pd.DataFrame) -> Iterator[tuple[SeriesKey, pd.DataFrame]]:
    """Reports of each item over all kecamatan; the key is that of the first kecamatan."""
    shared = [name for name in SERIES_COLUMNS if name != "ref_area"]
    for _, own in reports.groupby(shared, sort=True):
        first = own.iloc[0]
        key = SeriesKey(*(str(first[name]) for name in SERIES_COLUMNS))
        yield key, own.reset_index(drop=True)


def consumer_prices(edition: Edition) -> pd.Series | None:
    """Consumer price index by month of the nearest area that has one; None without a dataset.

    The region's own comes before its parent's, that before any other.
    """
    if CPI not in edition.datasets:
        return None
    rows = edition.preferred(edition.observations(CPI, freq="M", indicator=CPI))
    rows = rows.dropna(subset=["obs_value"])
    nearness = {edition.ref_area: 0, edition.parent_area: 1}
    if rows.empty:
        return None
    nearest = min(rows["ref_area"].unique(), key=lambda area: (nearness.get(area, 2), area))
    own = rows[rows["ref_area"] == nearest].sort_values("period_start")
    months = own["period_start"].dt.to_period("M").dt.to_timestamp()
    return pd.Series(own["obs_value"].to_numpy(), index=pd.DatetimeIndex(months)).asfreq("MS")
