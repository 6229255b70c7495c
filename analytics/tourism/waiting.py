"""What waits for a verifier: unverified visits by site and year."""

from __future__ import annotations

import pandas as pd

from analytics.editions.confirmed import is_unverified
from analytics.editions.edition import Edition
from analytics.figures.figure import Column, Figure, Kind, code_names
from analytics.figures.result import Result, Statement
from analytics.tourism.rows import (
    MONTH,
    NO_PLACE,
    VISITS,
    caveats_of,
    own_areas,
    period_of,
    sources_of,
)
from analytics.tourism.words import known_indicator, place_labels
from analytics.tourism.years import TOTAL


def waiting_rows(edition: Edition) -> pd.DataFrame:
    """Unverified rows of visits at sites, by site and month."""
    if VISITS not in edition.datasets:
        return pd.DataFrame(columns=["place", "period_start"])
    rows = edition.observations(VISITS, with_unverified=True, ref_area=own_areas(edition))
    waiting = rows[is_unverified(rows) & (rows["place"] != NO_PLACE)]
    return waiting.sort_values(["place", "period_start"], kind="stable", ignore_index=True)


def waiting_sites(edition: Edition) -> tuple[str, ...]:
    """Sites with unverified rows, by name."""
    sites = waiting_rows(edition)["place"].unique()
    return tuple(sorted(sites, key=edition.vocabulary.place_name))


def waiting_years(edition: Edition, *, place: str) -> tuple[int, ...]:
    """Years in which the site has unverified rows, newest first."""
    rows = waiting_rows(edition)
    years = rows.loc[rows["place"] == place, "period_start"].dt.year.unique()
    return tuple(sorted((int(year) for year in years), reverse=True))


def waiting_report(edition: Edition, *, place: str, year: int) -> Result:
    """The unverified figures of one site in one year; year 0 means all."""
    rows = waiting_rows(edition)
    rows = rows[rows["place"] == place]
    if year:
        rows = rows[rows["period_start"].dt.year == year]
    frame = rows.reset_index(drop=True)
    values = {"place": place_labels(edition, [place])[0], "n": len(frame)}
    return Result(
        name="waiting_for_confirmation",
        frame=frame,
        indicator=known_indicator(edition, TOTAL),
        sources=sources_of(edition, frame),
        period=period_of(frame),
        edition=edition.stamp,
        title=Statement("confirm.waiting.title", values),
        statements=(),
        caveats=caveats_of(edition, frame),
    )


def waiting_figure(edition: Edition, result: Result) -> Figure:
    """The figures month by month."""
    is_monthly = len(result.frame) > 0 and set(result.frame["freq"]) == {MONTH}
    return Figure(
        result=result,
        kind=Kind.LINE if is_monthly and result.frame["indicator"].nunique() == 1 else Kind.TABLE,
        names=code_names(result.frame, edition, columns=("source_id", "indicator")),
        colour="blue",
        columns=(Column("indicator", Statement("confirm.table.indicator"), style="code"),),
    )
