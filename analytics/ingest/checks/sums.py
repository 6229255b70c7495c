"""The sum of the kecamatan against the total of the regency, as printed or as published."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analytics.ingest.checks.check import Check, Outcome, Scene, limits
from analytics.ingest.findings import Severity

GROUP = ["item", "indicator", "unit", "period_start", "period_end", "freq", "source_id"]
# Only these may be added up.
SUMMED = "sum"
COUNTED = frozenset({"population", "population_male", "population_female", "livestock_population"})


def run(rows: pd.DataFrame, scene: Scene) -> Iterator[Outcome]:
    """Totals that are not the sum of their parts; parts that exceed it while some are open."""
    region = scene.region
    parts_of = set(region.areas.children_of(region.ref_area))
    can_add = rows["indicator"].isin(_summed(scene)) & (rows["place"] == "")
    totals = rows[can_add & (rows["ref_area"] == region.ref_area) & rows["obs_value"].notna()]
    parts = rows[can_add & rows["ref_area"].isin(parts_of)]
    if totals.empty or parts.empty:
        return
    sums = parts.groupby(GROUP)["obs_value"].agg(["sum", "count"])
    joined = totals[[*GROUP, "obs_value"]].merge(sums, left_on=GROUP, right_index=True, how="left")
    joined.index = totals.index
    difference = joined["sum"] - joined["obs_value"]
    allowed = (joined["obs_value"].abs() * limits()["sum"]["tolerance_pct"] / 100).clip(
        lower=limits()["sum"]["smallest"]
    )
    is_whole = joined["count"] == len(parts_of)
    bad = (is_whole & (difference.abs() > allowed)) | (~is_whole & (difference > allowed))
    yield Outcome(
        "sum_differs",
        Severity.WARNING,
        bad.reindex(rows.index, fill_value=False),
        joined["obs_value"].reindex(rows.index),
        joined["sum"].reindex(rows.index),
    )


def _summed(scene: Scene) -> set[str]:
    table = scene.region.tables["indicators"]
    return set(table.loc[table["aggregate"] == SUMMED, "indicator"]) | COUNTED


CHECK = Check("sums", run)
