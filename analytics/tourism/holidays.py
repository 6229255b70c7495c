"""Visits in holidays: totals as reported, single days, single sites, and figures that conflict.

Which holiday a span belongs to is found from the pack's table of holidays: the weeks around
1 Syawal are Lebaran, the days around 25 December and 1 January Christmas and New Year.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import in_both, told
from analytics.figures.result import Label, Result, Statement
from analytics.figures.sentences import written_number
from analytics.observations.status import ObsStatus
from analytics.tourism.rows import (
    BRANDING,
    DAY,
    NO_PLACE,
    OTHER_SPAN,
    VISITS,
    caveats_of,
    joined_caveats,
    own_rows,
    period_of,
    region_rows,
    sources_of,
    usual_source,
    weakest_status,
)
from analytics.tourism.words import known_indicator, listed, place_labels
from analytics.tourism.years import TOTAL

LEBARAN, CHRISTMAS, NEW_YEAR, BOTH = "lebaran", "christmas", "new_year", "christmas_new_year"
IDULFITRI = "idulfitri"
DAYS_BEFORE, DAYS_AFTER = 14, 21  # what offices count as the Lebaran holiday lies within these
CHRISTMAS_WINDOW = ((12, 20), (1, 6))
STATED_LEBARAN = "visits_lebaran"  # brand figures that give a Lebaran total without its dates
STATED, DAYS = "stated", "days"


def holiday_totals_report(edition: Edition, *, with_unverified: bool = False) -> Result:
    """Visits of the whole region in each holiday, one row a reported total, oldest first.

    Columns `holiday`, `year`, `basis` (stated, or days: the sum of daily figures), `group` (one
    code a row) and `is_conflicting`: another figure of equal standing differs.
    """
    frame = _totals(edition, with_unverified=with_unverified)
    return Result(
        name="visits_in_holidays",
        frame=frame,
        indicator=known_indicator(edition, TOTAL),
        sources=sources_of(edition, frame),
        period=period_of(frame),
        edition=edition.stamp,
        title=_totals_title(edition, frame),
        statements=_totals_statements(edition, frame),
        caveats=caveats_of(edition, frame),
        notes=_totals_notes(edition, frame, with_unverified=with_unverified),
    )


def holiday_of(edition: Edition, start: date, end: date) -> tuple[str, int] | None:
    """The holiday that a span of days belongs to and its year, or None."""
    for day in idulfitri_days(edition):
        if day - timedelta(DAYS_BEFORE) <= start and end <= day + timedelta(DAYS_AFTER):
            return LEBARAN, day.year
    year = end.year if end.month == 1 else end.year + 1
    first, last = date(year - 1, *CHRISTMAS_WINDOW[0]), date(year, *CHRISTMAS_WINDOW[1])
    if not first <= start <= end <= last:
        return None
    has_christmas = start <= date(year - 1, 12, 25) <= end
    has_new_year = start <= date(year, 1, 1) <= end
    if has_christmas and has_new_year:
        return BOTH, year
    if has_christmas:
        return CHRISTMAS, year - 1
    return (NEW_YEAR, year) if has_new_year else None


def idulfitri_days(edition: Edition) -> tuple[date, ...]:
    """First days of Syawal in the pack's table of holidays."""
    table = edition.reference("holidays")
    days = pd.to_datetime(table.loc[table["holiday"] == IDULFITRI, "date"])
    return tuple(day.date() for day in days.sort_values())


def _with_holiday(edition: Edition, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows within a holiday, with `holiday` and its `year`."""
    found = [
        holiday_of(edition, row.period_start.date(), row.period_end.date())
        for row in rows.itertuples()
    ]
    names = [pair[0] if pair else "" for pair in found]
    years = [pair[1] if pair else 0 for pair in found]
    marked = rows.assign(holiday=names, year=years)
    return marked[marked["holiday"] != ""].reset_index(drop=True)


def _totals(edition: Edition, *, with_unverified: bool) -> pd.DataFrame:
    parts = [
        _stated_spans(edition, with_unverified),
        _stated_without_dates(edition, with_unverified),
        _sums_of_days(daily_rows(edition, with_unverified=with_unverified)),
    ]
    filled = [part for part in parts if len(part)] or parts[:1]
    joined = pd.concat(filled, ignore_index=True)
    ordered = joined.sort_values(
        ["year", "period_start", "period_end", "source_id"], kind="stable", ignore_index=True
    )
    same = ordered.groupby(["holiday", "year"])
    order = same.cumcount().add(1).astype(str)
    key = ordered["holiday"].str.cat([ordered["year"].astype(str), order], sep="_")
    is_known = ordered["obs_value"].notna()
    differing = same["obs_value"].transform("nunique") > 1
    return ordered.assign(
        group=key,
        figures=same["obs_value"].transform("count"),
        is_conflicting=differing & is_known,
        obs_status=ordered["obs_status"].where(is_known, ObsStatus.MISSING.value),
    )


def _stated_spans(edition: Edition, with_unverified: bool) -> pd.DataFrame:
    rows = region_rows(
        edition, VISITS, with_unverified=with_unverified, indicator=TOTAL, freq=OTHER_SPAN
    )
    return _with_holiday(edition, rows).assign(basis=STATED, days=float("nan"))


def _stated_without_dates(edition: Edition, with_unverified: bool) -> pd.DataFrame:
    """Lebaran totals of a year whose days the source does not give: placed at 1 Syawal."""
    rows = region_rows(edition, BRANDING, with_unverified=with_unverified)
    rows = rows[rows["indicator"].astype(str).str.startswith(STATED_LEBARAN)]
    return rows.assign(
        holiday=LEBARAN, basis=STATED, days=float("nan"), year=rows["year"].astype(int)
    )


def daily_rows(edition: Edition, *, with_unverified: bool = False) -> pd.DataFrame:
    """Daily visits of the whole region within holidays."""
    rows = region_rows(edition, VISITS, with_unverified=with_unverified, indicator=TOTAL, freq=DAY)
    return _with_holiday_of_runs(edition, rows)


def _with_holiday_of_runs(edition: Edition, rows: pd.DataFrame) -> pd.DataFrame:
    """Days in a row are judged together: the last day alone may lie outside the window."""
    if rows.empty:
        return _with_holiday(edition, rows)
    run = (rows["period_start"].diff() > pd.Timedelta(days=1)).cumsum()
    spans = rows.groupby(run).agg(
        period_start=("period_start", "min"), period_end=("period_end", "max")
    )
    marked = _with_holiday(edition, spans.rename_axis("run").reset_index())
    return (
        rows.assign(run=run)
        .drop(columns="year")
        .merge(marked[["run", "holiday", "year"]], on="run", how="inner", validate="many_to_one")
        .drop(columns="run")
    )


def _sums_of_days(days: pd.DataFrame) -> pd.DataFrame:
    sums = [
        group.iloc[0].to_dict()
        | {
            "holiday": holiday,
            "year": year,
            "period_end": group["period_end"].max(),
            "freq": OTHER_SPAN,
            "obs_value": group["obs_value"].sum(),
            "obs_status": weakest_status(group["obs_status"]),
            "caveat": joined_caveats(group),
            "source_id": usual_source(group),
            "basis": DAYS,
            "days": float(group["obs_value"].count()),
        }
        for (holiday, year), group in days.groupby(["holiday", "year"])
    ]
    return pd.DataFrame(sums, columns=[*days.columns, "basis", "days"])


# Words


def holiday_labels(edition: Edition, frame: pd.DataFrame) -> dict[str, Label]:
    """Words for each row of the totals: the holiday and, where there are several, which figure."""
    return {row.group: _holiday_label(edition, row._asdict()) for row in frame.itertuples()}


def _holiday_label(edition: Edition, row: Mapping[str, object]) -> Label:
    name = holiday_name(str(row["holiday"]), int(row["year"]))  # type: ignore[call-overload]
    if row["basis"] == DAYS:
        return in_both("tourism.holiday.by_days", name=name)
    if int(row["figures"]) < 2:  # type: ignore[call-overload]
        return name
    publisher = edition.vocabulary.source(str(row["source_id"])).short_publisher
    return in_both("tourism.holiday.by_source", name=name, source=publisher)


def holiday_name(holiday: str, year: int) -> Label:
    """`Lebaran 2025`, `Natal 2021`, `Natal 2021 dan Tahun Baru 2022`."""
    return in_both(f"tourism.holiday.{holiday}", year=year, before=year - 1)


def _totals_title(edition: Edition, frame: pd.DataFrame) -> Statement:
    known = frame[frame["obs_value"].notna()]
    if known.empty:
        return Statement("tourism.holidays.title.empty")
    row = known.loc[known["obs_value"].idxmax()]
    labels = holiday_labels(edition, known)
    values = {
        "holiday": labels[row["group"]],
        "value": written_number(row["obs_value"], known_indicator(edition, TOTAL)),
        "n": len(known),
    }
    kind = "single" if len(known) == 1 else "largest"
    return Statement(f"tourism.holidays.title.{kind}", values)


def _totals_statements(edition: Edition, frame: pd.DataFrame) -> tuple[Statement, ...]:
    """One sentence for each holiday whose figures conflict, and one on sums of days."""
    conflicts = [
        _conflict(edition, group)
        for _, group in frame[frame["is_conflicting"]].groupby(["year", "holiday"])
    ]
    by_days = frame[(frame["basis"] == DAYS) & frame["obs_value"].notna()]
    sums = [
        Statement(
            "tourism.holidays.sentence.days",
            {
                "holiday": holiday_name(row.holiday, int(row.year)),
                "n": int(row.days),
                "value": written_number(row.obs_value, known_indicator(edition, TOTAL)),
            },
        )
        for row in by_days.itertuples()
    ]
    return (*sums, *conflicts)


def _conflict(edition: Edition, group: pd.DataFrame) -> Statement:
    indicator = known_indicator(edition, TOTAL)
    figures = [
        in_both(
            "tourism.holiday.figure",
            label=_holiday_label(edition, row._asdict()),
            value=Label(
                *(written_number(row.obs_value, indicator).words(lang) for lang in ("id", "en"))
            ),
        )
        for row in group.itertuples()
    ]
    values = {
        "holiday": holiday_name(str(group["holiday"].iloc[0]), int(group["year"].iloc[0])),
        "figures": listed(figures),
    }
    return Statement("tourism.holidays.sentence.conflict", values)


def _totals_notes(
    edition: Edition, frame: pd.DataFrame, *, with_unverified: bool
) -> tuple[Statement, ...]:
    if frame.empty or frame["obs_value"].isna().all():
        return (Statement("tourism.holidays.note.empty_why"), Statement("tourism.note.empty_cure"))
    if with_unverified:
        return ()
    hidden = len(_totals(edition, with_unverified=True)) - len(frame)
    return (Statement("tourism.holidays.note.hidden", {"n": hidden}),) if hidden else ()


# Days and sites


def holiday_days_report(edition: Edition, *, with_unverified: bool = False) -> Result:
    """Visits of each day of the newest holiday that was counted by the day."""
    days = daily_rows(edition, with_unverified=with_unverified)
    newest = days["year"].max() if len(days) else 0
    frame = days[days["year"] == newest].sort_values("period_start", ignore_index=True)
    return Result(
        name="visits_by_day_in_holiday",
        frame=frame,
        indicator=known_indicator(edition, TOTAL),
        sources=sources_of(edition, frame),
        period=period_of(frame),
        edition=edition.stamp,
        title=_days_title(edition, frame),
        statements=_days_statements(edition, frame),
        caveats=caveats_of(edition, frame),
        notes=() if len(frame) else (Statement("tourism.holidays.note.no_days"),),
    )


def _days_title(edition: Edition, frame: pd.DataFrame) -> Statement:
    if frame.empty:
        return Statement("tourism.holiday_days.title.empty")
    peak = frame.loc[frame["obs_value"].idxmax()]
    values = {
        "holiday": holiday_name(peak["holiday"], int(peak["year"])),
        "day": period_of(peak.to_frame().T),
        "value": written_number(peak["obs_value"], known_indicator(edition, TOTAL)),
    }
    return Statement("tourism.holiday_days.title.peak", values)


def _days_statements(edition: Edition, frame: pd.DataFrame) -> tuple[Statement, ...]:
    if len(frame) < 2:
        return ()
    low = frame.loc[frame["obs_value"].idxmin()]
    indicator = known_indicator(edition, TOTAL)
    values = {
        "n": len(frame),
        "sum": written_number(frame["obs_value"].sum(), indicator),
        "low": written_number(low["obs_value"], indicator),
        "low_day": period_of(low.to_frame().T),
    }
    return (Statement("tourism.holiday_days.sentence.sum", values),)


def holiday_sites_report(edition: Edition, *, with_unverified: bool = False) -> Result:
    """Visits of single sites in the newest holiday for which a source gives them."""
    rows = own_rows(
        edition, VISITS, with_unverified=with_unverified, indicator=TOTAL, freq=OTHER_SPAN
    )
    marked = _with_holiday(edition, rows[rows["place"] != NO_PLACE])
    newest = marked["period_end"].max() if len(marked) else pd.NaT
    frame = marked[marked["period_end"] == newest].sort_values(
        "obs_value", ascending=False, kind="stable", ignore_index=True
    )
    return Result(
        name="visits_by_site_in_holiday",
        frame=frame,
        indicator=known_indicator(edition, TOTAL),
        sources=sources_of(edition, frame),
        period=period_of(frame),
        edition=edition.stamp,
        title=_sites_title(edition, frame),
        statements=_sites_statements(edition, frame),
        caveats=caveats_of(edition, frame),
        notes=() if len(frame) else (Statement("tourism.holidays.note.no_sites"),),
    )


def _sites_title(edition: Edition, frame: pd.DataFrame) -> Statement:
    if frame.empty:
        return Statement("tourism.holiday_sites.title.empty")
    top = frame.iloc[0]
    (name,) = place_labels(edition, [top["place"]])
    values = {
        "place": name,
        "holiday": holiday_name(top["holiday"], int(top["year"])),
        "value": written_number(top["obs_value"], known_indicator(edition, TOTAL)),
    }
    return Statement("tourism.holiday_sites.title.top", values)


def _sites_statements(edition: Edition, frame: pd.DataFrame) -> tuple[Statement, ...]:
    if len(frame) < 2:
        return ()
    indicator = known_indicator(edition, TOTAL)
    values = {
        "n": len(frame),
        "sum": written_number(frame["obs_value"].sum(), indicator),
    }
    return told([Statement("tourism.holiday_sites.sentence.sum", values)])
