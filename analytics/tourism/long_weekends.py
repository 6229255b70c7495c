"""Long weekends: three free days or more in a row, by the pack's table of holidays."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import told
from analytics.figures.result import Label, Number, Period, Result, Statement
from analytics.observations.status import ObsStatus
from analytics.tourism.holidays import daily_rows
from analytics.tourism.rows import OTHER_SPAN, sources_of, usual_source, weakest_status
from analytics.tourism.words import computed_indicator, listed

# Days that are free in the whole country; fasting and local feasts are none.
NATIONAL = (
    "tahun_baru", "imlek", "isra_mikraj", "nyepi", "idulfitri", "waisak", "iduladha", "muharam_1",
    "maulid_nabi", "natal",
)  # fmt: skip
LEAST_DAYS = 3
SATURDAY = 5
YES = frozenset({"true", "yes", "1"})
MONTHS_AHEAD = 14


def long_weekends(
    holidays: Collection[date], *, start: date, end: date, least_days: int = LEAST_DAYS
) -> list[tuple[date, date]]:
    """First and last day of every run of free days with a holiday in it, from `start` to `end`.

    Free are Saturdays, Sundays and `holidays`.
    """
    free = [
        day.date()
        for day in pd.date_range(start - timedelta(7), end + timedelta(7))
        if day.weekday() >= SATURDAY or day.date() in holidays
    ]
    runs: list[list[date]] = []
    for day in free:
        if runs and day - runs[-1][-1] == timedelta(1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return [
        (run[0], run[-1])
        for run in runs
        if len(run) >= least_days and any(day in holidays for day in run) and start <= run[0] <= end
    ]


def long_weekends_report(edition: Edition, *, today: date, with_unverified: bool = False) -> Result:
    """Long weekends from today on for fourteen months: `obs_value` is the number of free days.

    Columns `weekend` (a code a row), `names` of the holidays, `is_decided`. Leave that the
    government adds, and days the table lacks, are not counted.
    """
    table = _national(edition)
    until = (pd.Timestamp(today) + pd.DateOffset(months=MONTHS_AHEAD)).date()
    frame = _frame(table, today, until)
    frame = frame.assign(visits=_visits(edition, frame, with_unverified=with_unverified))
    return Result(
        name="long_weekends",
        frame=frame,
        indicator=computed_indicator("free_days", unit="day", decimals=0),
        sources=sources_of(edition, frame),
        period=Period(today, until, OTHER_SPAN),
        edition=edition.stamp,
        title=_title(frame),
        statements=told([_count(frame)]),
        notes=(Statement("visits.weekends.note"),),
    )


def _national(edition: Edition) -> pd.DataFrame:
    table = edition.reference("holidays")
    table = table[table["holiday"].isin(NATIONAL)]
    return table.assign(
        day=pd.to_datetime(table["date"]).dt.date,
        is_decided=table["is_decided"].str.lower().isin(YES),
    )


def _frame(table: pd.DataFrame, start: date, end: date) -> pd.DataFrame:
    rows = []
    for first, last in long_weekends(set(table["day"]), start=start, end=end):
        inside = table[(table["day"] >= first) & (table["day"] <= last)]
        is_decided = bool(inside["is_decided"].all())
        status = ObsStatus.NORMAL if is_decided else ObsStatus.FORECAST
        rows.append(
            {
                "weekend": f"{first:%Y-%m-%d}",
                "period_start": pd.Timestamp(first),
                "period_end": pd.Timestamp(last),
                "obs_value": float((last - first).days + 1),
                "names": listed([Label(r.name_id, r.name_en) for r in inside.itertuples()]),
                "obs_status": weakest_status([status.value]),
                "source_id": usual_source(inside),
                "caveat": "",
            }
        )
    columns = ["weekend", "period_start", "period_end", "obs_value", "names", "obs_status",
               "source_id", "caveat"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).assign(freq=OTHER_SPAN, unit="day")


def _visits(edition: Edition, frame: pd.DataFrame, *, with_unverified: bool) -> list[float]:
    """Visits counted by the day in each span; missing unless every day was."""
    days = daily_rows(edition, with_unverified=with_unverified)
    counted = days.set_index("period_start")["obs_value"] if len(days) else pd.Series(dtype=float)
    return [
        float(
            counted.reindex(pd.date_range(row.period_start, row.period_end)).sum(
                min_count=int(row.obs_value)
            )
        )
        for row in frame.itertuples()
    ]


def _title(frame: pd.DataFrame) -> Statement:
    if frame.empty:
        return Statement("visits.weekends.title.empty")
    row = frame.iloc[0]
    values = {
        "n": len(frame),
        "names": row["names"],
        "start": Number(row["period_start"].date(), "date"),
        "days": Number(row["obs_value"], "number", {"decimals": 0}),
        "months": MONTHS_AHEAD,
    }
    return Statement("visits.weekends.title.ahead", values)


def _count(frame: pd.DataFrame) -> Statement | None:
    if frame.empty:
        return None
    unsure = int((frame["obs_status"] != ObsStatus.NORMAL.value).sum())
    return Statement("visits.weekends.sentence", {"n": unsure}) if unsure else None
