"""Visits around Lebaran, aligned by the feast and not by the month of the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import told
from analytics.figures.result import Result, Statement
from analytics.tourism.formulas import share_pct
from analytics.tourism.holidays import idulfitri_days
from analytics.tourism.panel_answers import (
    PanelChoice,
    PanelRows,
    answer,
    in_short,
    monthly_sums,
    panel_rows,
)
from analytics.tourism.rows import (
    CLOSURE_YEARS,
    MONTH,
    joined_caveats,
    usual_source,
    weakest_status,
)
from analytics.tourism.words import computed_indicator, percent, years_listed

FEAST_DAYS = 10  # the days from 1 Syawal on that offices count as the Lebaran holiday
OFFSETS = (-2, -1, 0, 1, 2)
LEAST_YEARS = 2
FEAST_COLUMNS = ["feast_year", "offset", "level_pct"]


def feast_report(edition: Edition, *, choice: PanelChoice) -> Result:
    """The panel's visits in the months around Lebaran in percent of the mean other month.

    Month 0 is the one that holds most of the ten days from 1 Syawal; one row an offset from -2
    to 2, `obs_value` the mean over feasts, `low` and `high` the smallest and largest, `feasts`
    their number. The yardstick is the mean of the twelve months around, those five left out.
    Needs two feasts; years of closure are left out.
    """
    found = panel_rows(edition, choice)
    feasts = around_feasts(monthly_sums(found), idulfitri_days(edition))
    frame = _means(feasts, found)
    return answer(
        edition,
        found,
        name="visits_around_lebaran",
        frame=frame,
        indicator=computed_indicator("feast_level", unit="percent", decimals=1),
        title=_title(frame),
        statements=told([in_short(found), _statement(feasts)]),
        notes=() if found.is_empty or len(frame) else (Statement("visits.feast.none"),),
    )


def feast_month(first_day: date) -> pd.Period:
    """The month that holds most of the ten days from 1 Syawal; the earlier one of two equal."""
    days = [pd.Period(first_day + timedelta(step), "M") for step in range(FEAST_DAYS)]
    return max(sorted(set(days)), key=days.count)


def around_feasts(sums: pd.DataFrame, days: Sequence[date]) -> pd.DataFrame:
    """One row a feast and offset: `feast_year`, `offset`, `level_pct`.

    Only feasts with all twelve months around them reported by the whole panel.
    """
    if sums.empty:
        return pd.DataFrame(columns=FEAST_COLUMNS)
    values = sums.set_index(sums["period_start"].dt.to_period("M"))["obs_value"].astype(float)
    rows = []
    for day in days:
        middle = feast_month(day)
        around = values.reindex(pd.period_range(middle - 5, middle + 6, freq="M"))
        if day.year in CLOSURE_YEARS or around.isna().any():
            continue
        five = [middle + offset for offset in OFFSETS]
        usual = around.drop(five).mean()
        levels = share_pct(part=around[five], whole=pd.Series(usual, index=around[five].index))
        rows += [
            {"feast_year": day.year, "offset": offset, "level_pct": level}
            for offset, level in zip(OFFSETS, levels, strict=True)
        ]
    return pd.DataFrame(rows, columns=FEAST_COLUMNS)


def _means(feasts: pd.DataFrame, found: PanelRows) -> pd.DataFrame:
    columns = ["offset", "obs_value", "low", "high", "feasts", "obs_status"]
    if feasts["feast_year"].nunique() < LEAST_YEARS:
        return pd.DataFrame(columns=columns)
    means = feasts.groupby("offset")["level_pct"].agg(["mean", "min", "max", "count"])
    frame = means.rename(
        columns={"mean": "obs_value", "min": "low", "max": "high", "count": "feasts"}
    ).reset_index()
    own = found.own
    return frame.assign(
        offset=frame["offset"].astype(str),
        obs_status=weakest_status(own["obs_status"]),
        source_id=usual_source(own),
        caveat=joined_caveats(own),
        freq=MONTH,
        unit="percent",
    )


def _title(frame: pd.DataFrame) -> Statement:
    if frame.empty:
        return Statement("visits.feast.title.empty")
    row = frame[frame["offset"] == "0"].iloc[0]
    difference = row["obs_value"] - 100
    values = {"share": percent(abs(difference)), "n": int(row["feasts"])}
    side = "above" if difference >= 0 else "below"
    is_sure = row["low"] > 100 or row["high"] < 100
    return Statement(f"visits.feast.title.{side if is_sure else 'unsure'}", values)


def _statement(feasts: pd.DataFrame) -> Statement | None:
    if feasts.empty:
        return None
    years = sorted(int(year) for year in feasts["feast_year"].unique())
    return Statement("visits.feast.sentence", {"years": years_listed(years)})
