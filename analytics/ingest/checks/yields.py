"""Yields that no field gives, and printed yields that production and area do not make."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analytics.ingest.checks.check import Check, Outcome, Scene, limits
from analytics.ingest.findings import Severity

PRODUCTION, AREA, YIELD = "production", "harvested_area", "yield"
GROUP = ["ref_area", "place", "item", "period_start", "period_end", "source_id"]
PRINTED_TOLERANCE = 0.03


def run(rows: pd.DataFrame, scene: Scene) -> Iterator[Outcome]:
    """Rows of production or yield beyond what the commodity can give, in tonnes per hectare."""
    mine = rows[rows["indicator"].isin([PRODUCTION, AREA, YIELD]) & rows["obs_value"].notna()]
    if mine.empty:
        return
    factors = mine["unit"].map(scene.region.unit_factors)
    table = mine.assign(value=mine["obs_value"] * factors)
    area = _of(table, AREA)
    highest = rows["item"].map(limits()["highest_yield_t_per_ha"])
    produced = table[table["indicator"] == PRODUCTION]
    computed = _ratio(produced, area).reindex(rows.index)
    stated = table[table["indicator"] == YIELD]["value"].reindex(rows.index)
    yield Outcome("nothing_harvested", Severity.ERROR, computed == np.inf, rows["obs_value"])
    found = computed.replace(np.inf, np.nan).fillna(stated)
    yield Outcome("yield_impossible", Severity.ERROR, found > highest, found,
                  highest)  # fmt: skip
    of_key = stated.dropna()
    if len(of_key) and len(produced):
        yield _printed(rows, table, area, stated)


def _of(table: pd.DataFrame, indicator: str) -> pd.Series:
    """Values of an indicator by group; a group that has it twice is left out."""
    mine = table[table["indicator"] == indicator].drop_duplicates(GROUP, keep=False)
    return mine.set_index(GROUP)["value"]


def _ratio(produced: pd.DataFrame, area: pd.Series) -> pd.Series:
    """Tonnes per hectare of each row of production; infinite where nothing was harvested."""
    joined = produced.merge(area.rename("area").reset_index(), on=GROUP, how="left")
    area_ha = joined["area"].set_axis(produced.index)
    with np.errstate(divide="ignore", invalid="ignore"):
        return (produced["value"] / area_ha).where(produced["value"] > 0)


def _printed(
    rows: pd.DataFrame, table: pd.DataFrame, area: pd.Series, stated: pd.Series
) -> Outcome:
    """Printed yields that differ from production divided by area by more than rounding."""
    produced = _of(table, PRODUCTION)
    own = table[table["indicator"] == YIELD]
    made = (produced / area).rename("made").reset_index()
    expected = own.merge(made, on=GROUP, how="left")["made"].set_axis(own.index).reindex(rows.index)
    bad = (stated / expected - 1).abs() > PRINTED_TOLERANCE
    return Outcome("yield_not_made", Severity.WARNING, bad, stated, expected)


CHECK = Check("yields", run)
