"""What a visit brings to a site, and how full its busiest months are, where both are known."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.result import Number, Result, Statement
from analytics.observations.status import ObsStatus
from analytics.tourism.rows import (
    MONTH,
    NO_PLACE,
    VISITS,
    YEAR,
    caveats_of,
    joined_caveats,
    own_rows,
    sources_of,
    usual_source,
    weakest_status,
    year_span,
)
from analytics.tourism.site_months import site_months
from analytics.tourism.words import computed_indicator, percent, place_labels
from analytics.tourism.years import TOTAL

INCOME, CAPACITY = "site_income", "site_capacity"
KEY = ["place", "period_start"]
FEWEST_MONTHS = 6


def income_report(edition: Edition, *, with_unverified: bool = False) -> Result:
    """Income per visit of each site in rupiah, newest year with at least six whole months.

    Over months in which income and visits were both reported. Columns `income_idr`, `visits`,
    `months`, `year`.
    """
    frame = _income(edition, with_unverified=with_unverified)
    title = Statement("visits.income.title.empty")
    if len(frame):
        top = frame.iloc[0]
        values = {
            "place": place_labels(edition, [top["place"]])[0],
            "value": Number(top["obs_value"], "rupiah"),
            "year": str(int(top["year"])),
        }
        title = Statement("visits.income.title.top", values)
    return Result(
        name="income_per_visit",
        frame=frame,
        indicator=computed_indicator("income_per_visit", unit="IDR", decimals=0, better="up"),
        sources=sources_of(edition, frame),
        period=year_span([int(y) for y in frame["year"].unique()]) if len(frame) else year_span([]),
        edition=edition.stamp,
        title=title,
        statements=_income_sentence(frame),
        caveats=caveats_of(edition, frame),
        notes=() if len(frame) else _empty(INCOME),
    )


def _income(edition: Edition, *, with_unverified: bool) -> pd.DataFrame:
    visits = site_months(edition, with_unverified=with_unverified)
    income = own_rows(
        edition, VISITS, with_unverified=with_unverified, indicator=INCOME, freq=MONTH
    )
    both = income.merge(visits[[*KEY, "obs_value"]], on=KEY, suffixes=("", "_visits"))
    both = both[both["obs_value"].notna() & (both["obs_value_visits"] > 0)]
    rows = [
        _income_row(str(place), int(year), group)
        for (place, year), group in both.groupby(["place", "year"])
        if len(group) >= FEWEST_MONTHS
    ]
    columns = ["place", "year", "obs_value", "obs_status", "source_id", "caveat", "income_idr",
               "visits", "months"]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns)
    frame = frame[frame["year"] == frame["year"].max()]
    start = pd.to_datetime(frame["year"].astype("Int64").astype(str), format="%Y")
    return frame.assign(
        period_start=start, period_end=start + pd.offsets.YearEnd(0), freq=YEAR, unit="IDR"
    ).sort_values("obs_value", ascending=False, ignore_index=True)


def _income_row(place: str, year: int, group: pd.DataFrame) -> dict[str, object]:
    income, visits = group["obs_value"].sum(), group["obs_value_visits"].sum()
    return {
        "place": place,
        "year": year,
        "obs_value": income / visits,
        "income_idr": income,
        "visits": visits,
        "months": len(group),
        "obs_status": weakest_status(group["obs_status"]),
        "source_id": usual_source(group),
        "caveat": joined_caveats(group),
    }


def _income_sentence(frame: pd.DataFrame) -> tuple[Statement, ...]:
    if frame.empty:
        return ()
    values = {
        "n": len(frame),
        "mean": Number(frame["income_idr"].sum() / frame["visits"].sum(), "rupiah"),
    }
    return (Statement("visits.income.sentence", values),)


def _empty(indicator: str) -> tuple[Statement, ...]:
    return (Statement(f"visits.{indicator}.empty_why"), Statement("tourism.note.empty_cure"))


def capacity_report(edition: Edition, *, with_unverified: bool = False) -> Result:
    """The busiest month of the newest twelve in percent of what a site can hold in it.

    Days of the month times capacity a day. Columns `visits`, `capacity_day`, `days`.
    """
    frame = _capacity(edition, with_unverified=with_unverified)
    title = Statement("visits.capacity.title.empty")
    if len(frame):
        top = frame.iloc[0]
        values = {
            "place": place_labels(edition, [top["place"]])[0],
            "share": percent(top["obs_value"]),
            "month": Number(top["period_start"].date(), "month"),
        }
        title = Statement("visits.capacity.title.top", values)
    over = int((frame["obs_value"] > 100).sum()) if len(frame) else 0
    return Result(
        name="use_of_capacity",
        frame=frame,
        indicator=computed_indicator("capacity_use", unit="percent", decimals=1),
        sources=sources_of(edition, frame),
        period=year_span([int(d.year) for d in frame["period_start"]]),
        edition=edition.stamp,
        title=title,
        statements=(Statement("visits.capacity.sentence", {"n": over}),) if len(frame) else (),
        caveats=caveats_of(edition, frame),
        notes=() if len(frame) else _empty(CAPACITY),
    )


def _capacity(edition: Edition, *, with_unverified: bool) -> pd.DataFrame:
    told = own_rows(edition, VISITS, with_unverified=with_unverified, indicator=CAPACITY)
    told = told[(told["place"] != NO_PLACE) & told["obs_value"].notna()]
    newest = told.drop_duplicates("place", keep="last").set_index("place")
    rows = site_months(edition, with_unverified=with_unverified)
    rows = rows[rows["obs_value"].notna() & rows["place"].isin(newest.index)]
    if rows.empty:
        return rows.assign(visits=[], capacity_day=[], days=[])
    recent = rows[rows["period_start"] > rows["period_start"].max() - pd.DateOffset(months=12)]
    busiest = recent.loc[recent.groupby("place")["obs_value"].idxmax()]
    days = busiest["period_start"].dt.days_in_month
    capacity = busiest["place"].map(newest["obs_value"]).astype(float)
    statuses = zip(busiest["obs_status"], busiest["place"].map(newest["obs_status"]), strict=True)
    return busiest.assign(
        visits=busiest["obs_value"],
        capacity_day=capacity,
        days=days,
        obs_value=100 * busiest["obs_value"] / (capacity * days),
        obs_status=[weakest_status([*pair, ObsStatus.ESTIMATED.value]) for pair in statuses],
        indicator=TOTAL,
        unit="percent",
    ).sort_values("obs_value", ascending=False, ignore_index=True)
