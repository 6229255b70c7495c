"""Periods that have not begun, or are not over."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analytics.ingest.checks.check import Check, Outcome, Scene
from analytics.ingest.findings import Severity

PLANS = ("_target", "_ceiling")
EARLIEST = "1945-08-17"


def run(rows: pd.DataFrame, scene: Scene) -> Iterator[Outcome]:
    """Plans may lie ahead; figures may not. A figure for a period not over is provisional."""
    today = scene.region.today.isoformat()
    is_plan = rows["indicator"].str.endswith(PLANS)
    is_future = (rows["period_start"] > today) & ~is_plan
    yield Outcome("period_future", Severity.ERROR, is_future, rows["period_start"], today)
    is_running = (rows["period_end"] > today) & ~is_future & ~is_plan & rows["obs_status"].eq("A")
    yield Outcome("period_not_over", Severity.WARNING, is_running, rows["period_end"], today)
    is_old = (rows["period_start"] < EARLIEST) & (rows["period_start"] != "")
    yield Outcome("period_too_early", Severity.ERROR, is_old, rows["period_start"], EARLIEST)


CHECK = Check("dates", run)
