"""The rice calendar: when an area harvests, month by month and year by year."""

from __future__ import annotations

import pandas as pd

from analytics.agriculture.answers import area_label, caveats_of
from analytics.agriculture.formulas import share_pct
from analytics.editions.edition import Edition
from analytics.figures.result import Number, Result, Statement
from analytics.observations.concepts import Period

DATASET = "rice_monthly"
MONTHS = 12


class NothingMonthly(LookupError):
    """The edition has no monthly rows for the area and indicator asked for."""


def calendar_areas(edition: Edition) -> tuple[str, ...]:
    """Areas with a rice calendar: the own region first, then its neighbours and wider areas."""
    if DATASET not in edition.datasets:
        return ()
    codes = edition.observations(DATASET, freq="M")["ref_area"].unique()
    known = [code for code in codes if not code.startswith(f"{edition.ref_area}.")]
    return tuple(sorted(known, key=lambda code: (code != edition.ref_area, -len(code), code)))


def calendar_indicators(edition: Edition) -> tuple[str, ...]:
    """Indicators that come by month."""
    if DATASET not in edition.datasets:
        return ()
    return tuple(
        sorted(edition.observations(DATASET, freq="M")["indicator"].unique(), reverse=True)
    )


def calendar_report(edition: Edition, *, area: str, indicator: str) -> Result:
    """Monthly rice of one area, all years; `share_pct` is the month's part of its year,
    `month_mean_pct` the mean of that over the complete years.

    One source only, the preferred one: methods are not joined. A share needs all twelve months.
    Raises NothingMonthly.
    """
    rows = edition.observations(DATASET, ref_area=area, indicator=indicator, freq="M")
    if rows.empty:
        raise NothingMonthly(f"No monthly {indicator} of '{area}' in this edition.")
    chosen = edition.preferred(rows).sort_values("period_start", ignore_index=True)
    frame = _with_month_means(chosen.assign(share_pct=_shares(chosen)))
    own = edition.vocabulary.indicator(indicator, unit=str(frame["unit"].iloc[0]))
    return Result(
        name=f"{area}_{indicator}_calendar",
        frame=frame,
        indicator=own,
        sources=edition.vocabulary.sources_of(frame),
        period=Period(frame["period_start"].min().date(), frame["period_end"].max().date(), "M"),
        edition=edition.stamp,
        title=_title(edition, frame, area=area, name=own.name),
        statements=_statements(frame),
        caveats=caveats_of(edition, frame),
    )


def month_profile(frame: pd.DataFrame) -> pd.Series:
    """Mean share of each calendar month over the complete years, in percent, by month number."""
    complete = frame[frame["share_pct"].notna()]
    return complete.groupby(complete["period_start"].dt.month)["share_pct"].mean()


def _shares(frame: pd.DataFrame) -> pd.Series:
    years = frame["period_start"].dt.year
    known = frame.groupby(years)["obs_value"].transform("count")
    totals = frame.groupby(years)["obs_value"].transform("sum").where(known == MONTHS)
    return share_pct(part=frame["obs_value"], whole=1.0) / totals.where(totals != 0)


def _with_month_means(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(month_mean_pct=frame["period_start"].dt.month.map(month_profile(frame)))


def _title(edition: Edition, frame: pd.DataFrame, *, area: str, name: object) -> Statement:
    profile = month_profile(frame)
    values: dict[str, object] = {"area": area_label(edition, area), "indicator": name}
    if profile.empty:
        return Statement("agriculture.calendar.title.incomplete", values)
    values["month"] = Number(int(profile.idxmax()), "month_name")
    return Statement("agriculture.calendar.title.peak", values)


def _statements(frame: pd.DataFrame) -> tuple[Statement, ...]:
    profile = month_profile(frame)
    if profile.empty:
        return ()
    years = frame.loc[frame["share_pct"].notna(), "period_start"].dt.year.nunique()
    values = {
        "high_month": Number(int(profile.idxmax()), "month_name"),
        "high": Number(float(profile.max()), "percent"),
        "low_month": Number(int(profile.idxmin()), "month_name"),
        "low": Number(float(profile.min()), "percent"),
        "n": years,
    }
    return (Statement("agriculture.calendar.sentence.months", values),)
