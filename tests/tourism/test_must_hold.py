"""What must hold of visits: fixed panels, twelve months for a season, unverified figures apart."""

import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.settings import PROJECT_ROOT
from analytics.tourism.panel_answers import PanelChoice, PanelRows
from analytics.tourism.rows import CLOSURE_YEARS
from analytics.tourism.seasonality import whole_years
from analytics.tourism.site_months import Panel, common_cells, fixed_panel, reported_months

UNCONFIRMED = "T024"
YEARS = (2018, 2019, 2020, 2022, 2023)


def cells(reported):
    """A row a site, year and month; `reported` says by site and year which months came in."""
    rows = [
        {"place": place, "year": year, "month": month, "kind": "nature",
         "period_start": pd.Timestamp(year, month, 1),
         "period_end": pd.Timestamp(year, month, 1) + pd.offsets.MonthEnd(),
         "obs_value": float(10 * month + year % 7) if month in months else np.nan,
         "obs_status": "A" if month in months else "M", "source_id": "s", "caveat": ""}
        for (place, year), months in reported.items()
        for month in range(1, 13)
    ]  # fmt: skip
    return pd.DataFrame(rows)


MONTHS = st.frozensets(st.integers(1, 12))
sites_and_years = st.dictionaries(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from(YEARS)), MONTHS, min_size=1, max_size=20
)


@settings(deadline=None, max_examples=60)
@given(
    sites_and_years,
    st.lists(st.sampled_from(YEARS), min_size=1, max_size=3, unique=True),
    st.integers(1, 12),
)
def test_a_fixed_panel_never_mixes_years_with_different_sites(reported, years, least):
    rows = cells(reported)
    panel = fixed_panel(rows, years=years, least_months=least)
    for site in panel.sites:
        assert all(len(reported.get((site, year), ())) >= least for year in years)
    compared = common_cells(rows, panel)
    by_year = [
        frozenset(zip(part["place"], part["month"], strict=True))
        for _, part in compared.groupby("year")
    ]
    assert len(set(by_year)) <= 1 and len(by_year) in (0, len(years))
    assert compared["obs_value"].notna().all()


@settings(deadline=None, max_examples=40)
@given(st.dictionaries(st.sampled_from(YEARS), MONTHS | st.just(frozenset(range(1, 13))),
                       min_size=1))  # fmt: skip
def test_a_season_needs_twelve_months_and_no_year_of_closure(months):
    rows = cells({("a", year): reported for year, reported in months.items()})
    panel = Panel(years=tuple(months), least_months=1, sites=("a",), months=reported_months(rows))
    found = whole_years(PanelRows(PanelChoice(), rows, panel))
    wanted = {y for y, known in months.items() if len(known) == 12 and y not in CLOSURE_YEARS}
    assert set(found["year"]) == wanted
    assert all(part["share_pct"].sum() == pytest.approx(100) for _, part in found.groupby("year"))


@pytest.mark.thorough
def test_what_is_not_verified_is_in_no_export_unless_asked_for_and_then_marked(store, tmp_path):
    def exported(*said):
        path = tmp_path / "kunjungan.csv"
        command = [sys.executable, "-m", "analytics", "export", "visits", "--region", "blitar",
                   "--all-sources", "--output", str(path), *said]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, cwd=PROJECT_ROOT,
                       env={**os.environ, **store.environ})  # fmt: skip
        return pd.read_csv(path, dtype=str)

    plain, full = exported(), exported("--unverified")
    assert UNCONFIRMED not in set(plain["source_id"])
    told = full[full["source_id"] == UNCONFIRMED]
    known = told[told["obs_value"].notna()]
    assert len(known) > 1000 and set(known["obs_status"]) == {"U"}
