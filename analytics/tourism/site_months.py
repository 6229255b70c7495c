"""Monthly counts at single sites, and the fixed panel of sites that years are compared on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.editions.edition import Edition
from analytics.tourism.rows import (
    BASE_YEAR,
    CLOSURE_YEARS,
    MONTH,
    NO_PLACE,
    VISITS,
    own_rows,
)
from analytics.tourism.years import TOTAL

MONTHS_IN_YEAR = 12
YES = "true"


@dataclass(frozen=True)
class Panel:
    """The sites that reported in every compared year, with what they rest on.

    `months` has one row a site and one column a year: reported months, of all sites.
    """

    years: tuple[int, ...]
    least_months: int
    sites: tuple[str, ...]
    months: pd.DataFrame

    @property
    def base_year(self) -> int:
        """2019 where it is compared, else the first compared year."""
        return BASE_YEAR if BASE_YEAR in self.years else self.years[0]

    @property
    def reporting(self) -> pd.Series:
        """How many sites reported at least one month, by year."""
        return (self.months > 0).sum()


def site_months(
    edition: Edition, *, with_unverified: bool = False, with_uncounted: bool = False
) -> pd.DataFrame:
    """Visits by site and month with `year`, `month` and `kind`; not reported is missing.

    Sites that the pack does not count by default only come when asked for.
    """
    rows = own_rows(edition, VISITS, with_unverified=with_unverified, indicator=TOTAL, freq=MONTH)
    rows = rows[rows["place"] != NO_PLACE]
    if not with_uncounted:
        rows = rows[~rows["place"].isin(uncounted_sites(edition))]
    kinds = edition.vocabulary.destinations["kind"]
    return rows.assign(
        month=rows["period_start"].dt.month, kind=rows["place"].map(kinds).fillna("")
    ).reset_index(drop=True)


def uncounted_sites(edition: Edition) -> tuple[str, ...]:
    """Sites that the pack leaves out by default, such as traffic over a dam."""
    table = edition.vocabulary.destinations
    return tuple(sorted(table.index[table["is_counted_by_default"].str.lower() != YES]))


def reported_months(rows: pd.DataFrame) -> pd.DataFrame:
    """Number of reported months: one row a site, one column a year."""
    counts = rows.pivot_table(
        index="place", columns="year", values="obs_value", aggfunc="count", fill_value=0
    )
    return counts.astype(int)


def comparable_years(rows: pd.DataFrame, *, least_months: int = MONTHS_IN_YEAR) -> tuple[int, ...]:
    """Years in which at least two sites reported `least_months`; others cannot be compared."""
    if rows.empty:
        return ()
    counts = reported_months(rows)
    enough = (counts >= least_months).sum()
    return tuple(int(year) for year in counts.columns if enough[year] >= 2)


def usual_years(offered: Sequence[int]) -> tuple[int, ...]:
    """Years compared unless chosen otherwise: from 2019 on without the years of closure."""
    usual = tuple(y for y in offered if y >= BASE_YEAR and y not in CLOSURE_YEARS)
    return usual if len(usual) > 1 else tuple(offered)


def fixed_panel(
    rows: pd.DataFrame, *, years: Sequence[int], least_months: int = MONTHS_IN_YEAR
) -> Panel:
    """Sites with at least `least_months` reported months in every one of `years`."""
    counts = reported_months(rows)
    compared = counts.reindex(columns=list(years), fill_value=0)
    enough = (compared >= least_months).all(axis="columns")
    sites = tuple(sorted(compared.index[enough])) if len(years) else ()
    return Panel(years=tuple(years), least_months=least_months, sites=sites, months=counts)


def common_cells(rows: pd.DataFrame, panel: Panel) -> pd.DataFrame:
    """Rows of the panel whose site and calendar month were reported in every compared year.

    Years are summed over these only, so that a month one site missed is missed in all years.
    """
    kept = rows[rows["place"].isin(panel.sites) & rows["year"].isin(panel.years)]
    known = kept[kept["obs_value"].notna()]
    years = known.groupby(["place", "month"])["year"].transform("nunique")
    return known[years == len(panel.years)].reset_index(drop=True)
