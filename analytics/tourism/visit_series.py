"""Monthly visits as series for the forecasting engine: the fixed panel, and each counted site.

Only verified figures are forecast. Months before the end of the closure years are left out: what
closed sites had is no guide to open ones.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analytics.editions.edition import Edition
from analytics.tourism.panel_answers import PanelChoice, PanelRows, monthly_sums, panel_rows
from analytics.tourism.rows import CLOSURE_YEARS, VISITS
from analytics.tourism.years import TOTAL

SEPARATOR = "|"
ITEM, UNIT, PANEL = "kunjungan", "visits", "panel"
FIRST_YEAR = max(CLOSURE_YEARS) + 1
COLUMNS = ["unique_id", "ds", "y"]


def panel_id(edition: Edition) -> str:
    """Identifier of the series of the whole panel; eight parts like those of prices."""
    return _identifier(edition.ref_area, "", PANEL)


def site_id(edition: Edition, place: str) -> str:
    """Identifier of the series of one site."""
    return _identifier(edition.ref_area, place, "")


def place_of(unique_id: str) -> str:
    """The site of a series of visits; empty for the panel. Raises ValueError for another series."""
    if not is_visit_series(unique_id):
        raise ValueError(f"'{unique_id}' is no series of visits.")
    return unique_id.split(SEPARATOR)[2]


def _identifier(ref_area: str, place: str, basis: str) -> str:
    return SEPARATOR.join((VISITS, ref_area, place, ITEM, basis, TOTAL, UNIT, ""))


def is_visit_series(unique_id: str) -> bool:
    """Whether a series of the ledger's forecasts is one of visits."""
    return unique_id.split(SEPARATOR, maxsplit=1)[0] == VISITS


def are_forecast(edition: Edition) -> bool:
    """Whether the pack has visits forecast: unless it names the datasets and not this one."""
    wanted: Mapping[str, object] = edition.region.get("forecast", {})  # type: ignore[assignment]
    return VISITS in edition.datasets and VISITS in wanted.get("datasets", (VISITS,))  # type: ignore[operator]


def visit_forecast_input(edition: Edition) -> pd.DataFrame:
    """Series for the engine: unique_id, ds, y; months without a count left out."""
    if not are_forecast(edition):
        return pd.DataFrame(columns=COLUMNS)
    found = panel_rows(edition, PanelChoice())
    return pd.concat([_of_panel(edition, found), _of_sites(edition, found)], ignore_index=True)


def _of_panel(edition: Edition, found: PanelRows) -> pd.DataFrame:
    sums = monthly_sums(found) if not found.is_empty else pd.DataFrame()
    if sums.empty:
        return pd.DataFrame(columns=COLUMNS)
    return _input(sums.assign(unique_id=panel_id(edition)))


def _of_sites(edition: Edition, found: PanelRows) -> pd.DataFrame:
    return _input(found.rows.assign(unique_id=[site_id(edition, p) for p in found.rows["place"]]))


def _input(rows: pd.DataFrame) -> pd.DataFrame:
    known = rows[rows["obs_value"].notna() & (rows["period_start"].dt.year >= FIRST_YEAR)]
    return known.rename(columns={"period_start": "ds", "obs_value": "y"})[COLUMNS].reset_index(
        drop=True
    )
