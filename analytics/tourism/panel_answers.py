"""What the reports on the fixed panel share: rows and panel of a choice, sums, empty states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.result import Indicator, Label, Number, Period, Result, Statement
from analytics.observations.status import ObsStatus
from analytics.tourism.rows import (
    MONTH,
    VISITS,
    caveats_of,
    joined_caveats,
    sources_of,
    usual_source,
    weakest_status,
    year_span,
)
from analytics.tourism.site_months import (
    MONTHS_IN_YEAR,
    Panel,
    comparable_years,
    fixed_panel,
    site_months,
    usual_years,
)
from analytics.tourism.words import listed, place_labels, years_listed


@dataclass(frozen=True)
class PanelChoice:
    """What the reader compares: years, how much a site must have reported, which rows count."""

    years: tuple[int, ...] = ()
    least_months: int = MONTHS_IN_YEAR
    with_unverified: bool = False
    with_uncounted: bool = False


@dataclass(frozen=True)
class PanelRows:
    """The rows of a choice and the panel found in them."""

    choice: PanelChoice
    rows: pd.DataFrame
    panel: Panel

    @property
    def own(self) -> pd.DataFrame:
        """Rows of the panel's sites, all years."""
        return self.rows[self.rows["place"].isin(self.panel.sites)]

    @property
    def is_empty(self) -> bool:
        return not self.panel.sites


def panel_rows(edition: Edition, choice: PanelChoice) -> PanelRows:
    """Reads the rows and finds the panel; without years the usual ones are compared."""
    rows = site_months(
        edition, with_unverified=choice.with_unverified, with_uncounted=choice.with_uncounted
    )
    years = choice.years or usual_years(comparable_years(rows, least_months=choice.least_months))
    panel = fixed_panel(rows, years=years, least_months=choice.least_months)
    return PanelRows(choice=choice, rows=rows, panel=panel)


def offered_years(edition: Edition, *, choice: PanelChoice) -> tuple[int, ...]:
    """Years that can be compared under a choice."""
    rows = site_months(
        edition, with_unverified=choice.with_unverified, with_uncounted=choice.with_uncounted
    )
    return comparable_years(rows, least_months=choice.least_months)


def grouped(rows: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Sums of visits with what holds for each group: number of sites, status, caveats, source."""
    columns = [*by, "obs_value", "reporting", "obs_status", "caveat", "source_id"]
    found = [
        dict(zip(by, key if isinstance(key, tuple) else (key,), strict=True)) | _facts(group)
        for key, group in rows.groupby(list(by), sort=True)
    ]
    return pd.DataFrame(found, columns=columns)


def _facts(group: pd.DataFrame) -> dict[str, object]:
    known = group[group["obs_value"].notna()]
    return {
        "obs_value": known["obs_value"].sum() if len(known) else float("nan"),
        "reporting": known["place"].nunique(),
        "obs_status": weakest_status(known["obs_status"]),
        "caveat": joined_caveats(known if len(known) else group),
        "source_id": usual_source(group),
    }


def monthly_sums(found: PanelRows) -> pd.DataFrame:
    """Sum over the panel by month; missing where not every site of it reported.

    Columns `year`, `month`, `reporting` (sites that reported) and `panel_sites`.
    """
    sums = grouped(found.own, ["period_start", "period_end", "year", "month"])
    size = len(found.panel.sites)
    is_whole = sums["reporting"] == size
    return sums.assign(
        panel_sites=size,
        reported_sum=sums["obs_value"],
        obs_value=sums["obs_value"].where(is_whole),
        obs_status=sums["obs_status"].where(is_whole, ObsStatus.MISSING.value),
        freq=MONTH,
        unit="visits",
    )


def answer(
    edition: Edition,
    found: PanelRows,
    *,
    name: str,
    frame: pd.DataFrame,
    indicator: Indicator,
    title: Statement,
    statements: tuple[Statement, ...] = (),
    notes: tuple[Statement, ...] = (),
    period: Period | None = None,
    rows: pd.DataFrame | None = None,
) -> Result:
    """The Result of a report on the panel; an empty one says why and what to do.

    Sources and caveats are those of `rows`, without them those of all rows of the panel.
    """
    behind = found.own if rows is None else rows
    is_blank = frame.empty or bool(frame["obs_value"].isna().all())
    return Result(
        name=name,
        frame=frame,
        indicator=indicator,
        sources=sources_of(edition, behind),
        period=period or year_span(found.panel.years),
        edition=edition.stamp,
        title=title,
        statements=() if is_blank else statements,
        caveats=() if is_blank else caveats_of(edition, behind),
        notes=(notes or empty_notes(edition, found)) if is_blank else notes,
        parameters={
            "years": ", ".join(map(str, found.panel.years)),
            "least_months": found.panel.least_months,
        },
    )


def empty_notes(edition: Edition, found: PanelRows) -> tuple[Statement, ...]:
    """Why there is no panel and what to do: no rows, only unverified ones, or nobody in common."""
    hidden = 0 if found.choice.with_unverified else _hidden_rows(edition)
    if hidden:
        return (
            Statement("tourism.panel.note.hidden_why", {"n": Number(hidden, "number")}),
            Statement("tourism.panel.note.hidden_cure"),
        )
    if found.panel.years:
        values = {"years": years_listed(found.panel.years), "months": found.panel.least_months}
        return (
            Statement("tourism.panel.note.nobody_why", values),
            Statement("tourism.panel.note.nobody_cure"),
        )
    return (Statement("tourism.panel.note.empty_why"), Statement("tourism.panel.note.empty_cure"))


def _hidden_rows(edition: Edition) -> int:
    """Number of monthly counts at sites that wait for the switch."""
    if VISITS not in edition.datasets:
        return 0
    return len(site_months(edition, with_unverified=True)) - len(site_months(edition))


def panel_statement(edition: Edition, found: PanelRows) -> Statement:
    """The rule of the panel and who is in it."""
    panel = found.panel
    values = {
        "n": len(panel.sites),
        "months": panel.least_months,
        "years": years_listed(panel.years),
        "names": listed(place_labels(edition, panel.sites), at_most=20),
        "all": len(panel.months),
    }
    return Statement("tourism.panel.sentence.rule", values)


def in_short(found: PanelRows) -> Statement:
    """The size of the panel in one sentence, for every figure made from it."""
    return Statement("tourism.panel.sentence.size", {"n": len(found.panel.sites)})


def month_label(row: pd.Series) -> Period:
    """The month of a row in words."""
    return Period(row["period_start"].date(), row["period_end"].date(), MONTH)


def base_label(found: PanelRows) -> Label:
    """The base year in words; a dash when nothing is compared."""
    year = str(found.panel.base_year) if found.panel.years else "–"
    return Label(year, year)
