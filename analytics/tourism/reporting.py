"""Who reports: how many sites in each year, and which of them form the panel."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import told
from analytics.figures.result import Result, Statement
from analytics.observations.status import ObsStatus
from analytics.tourism.panel_answers import (
    PanelChoice,
    PanelRows,
    answer,
    panel_rows,
    panel_statement,
)
from analytics.tourism.rows import YEAR, usual_source, weakest_status, year_span
from analytics.tourism.site_months import MONTHS_IN_YEAR
from analytics.tourism.words import computed_indicator


def reporting_report(edition: Edition, *, choice: PanelChoice) -> Result:
    """Number of sites that reported at least one month, by year.

    Columns `whole_year` (twelve months), `panel_sites`, and `listed` (sites with a row).
    """
    found = panel_rows(edition, choice)
    frame = _by_year(found)
    years = [int(year) for year in frame["year"]]
    return answer(
        edition,
        found,
        name="reporting_sites_by_year",
        frame=frame,
        indicator=computed_indicator("reporting_sites", unit="site", decimals=0),
        title=_title(frame),
        statements=told([panel_statement(edition, found) if found.panel.sites else None]),
        period=year_span(years),
        rows=found.rows,
    )


def _by_year(found: PanelRows) -> pd.DataFrame:
    months = found.panel.months
    groups = found.rows.groupby("year")
    frame = pd.DataFrame(
        {
            "year": months.columns.astype(int),
            "obs_value": (months > 0).sum().to_numpy(dtype=float),
            "whole_year": (months >= MONTHS_IN_YEAR).sum().to_numpy(dtype=int),
            "listed": [int(groups.get_group(y)["place"].nunique()) for y in months.columns],
            "obs_status": [_status(groups.get_group(y)) for y in months.columns],
            "source_id": [usual_source(groups.get_group(y)) for y in months.columns],
        }
    )
    start = pd.to_datetime(frame["year"].astype(str), format="%Y")
    return frame.assign(
        panel_sites=len(found.panel.sites),
        panel_months=found.panel.least_months,
        all_sites=len(months),
        period_start=start,
        period_end=start + pd.offsets.YearEnd(0),
        freq=YEAR,
        unit="site",
        caveat="",
    )


def _status(rows: pd.DataFrame) -> str:
    """A count of reports is as sure as the reports; nobody reporting is a count too."""
    status = weakest_status(rows["obs_status"])
    return ObsStatus.NORMAL.value if status == ObsStatus.MISSING else status


def _title(frame: pd.DataFrame) -> Statement:
    if frame.empty:
        return Statement("tourism.reporting.title.empty")
    first, last = frame.iloc[0], frame.iloc[-1]
    values = {
        "first_year": str(int(first["year"])),
        "first": int(first["obs_value"]),
        "last_year": str(int(last["year"])),
        "last": int(last["obs_value"]),
    }
    kind = "change" if len(frame) > 1 else "single"
    return Statement(f"tourism.reporting.title.{kind}", values)


def months_by_site_report(edition: Edition, *, choice: PanelChoice) -> Result:
    """Reported months of every site by year; sites of the panel first.

    `obs_value` is the number over all years, `in_panel` whether the site is compared, and
    `months_<year>` the number of each year.
    """
    found = panel_rows(edition, choice)
    months = found.panel.months
    frame = months.rename(columns=lambda year: f"months_{int(year)}").assign(
        obs_value=months.sum(axis="columns").astype(float),
        in_panel=months.index.isin(found.panel.sites),
    )
    status = found.rows.groupby("place")["obs_status"].agg(weakest_status)
    frame = frame.assign(
        obs_status=status.replace(ObsStatus.MISSING.value, ObsStatus.NORMAL.value)
    ).reset_index()
    ordered = frame.sort_values(
        ["in_panel", "obs_value", "place"], ascending=[False, False, True], ignore_index=True
    )
    values = {"n": len(found.panel.sites), "all": len(months)}
    return answer(
        edition,
        found,
        name="reported_months_by_site",
        frame=ordered,
        indicator=computed_indicator("reported_months", unit="month", decimals=0),
        title=Statement("tourism.reporting.title.sites", values),
        period=year_span([int(year) for year in months.columns]),
        rows=found.rows,
    )
