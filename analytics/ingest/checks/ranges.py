"""Values that no such thing can have: below zero, above a hundred percent, parts of a person."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analytics.ingest.checks.check import Check, Outcome, Scene
from analytics.ingest.findings import Severity

MAY_BE_NEGATIVE = ("growth",)
WHOLE_UNITS = frozenset({"person", "head", "visits", "tree", "household", "village", "review"})
DAY_INDICATORS = ("days_open", "days_closed")
PERCENT = "percent"
HUNDRED = {"search_interest"}


def run(rows: pd.DataFrame, _scene: Scene) -> Iterator[Outcome]:
    """Rows whose value is out of its range."""
    values = rows["obs_value"]
    is_negative = (values < 0) & ~rows["indicator"].str.contains("|".join(MAY_BE_NEGATIVE))
    yield _outcome("negative", Severity.ERROR, is_negative, values, "0")
    is_share = rows["unit"].eq(PERCENT) | rows["indicator"].isin(HUNDRED)
    yield _outcome("above_hundred", Severity.ERROR, is_share & (values > 100), values, "100")
    is_part = rows["unit"].isin(WHOLE_UNITS) & (values % 1 != 0) & values.notna()
    yield _outcome("not_whole", Severity.WARNING, is_part, values, "")
    is_free = rows["indicator"].str.startswith("price_") & (values == 0)
    yield _outcome("price_zero", Severity.ERROR, is_free, values, "")
    yield _days(rows)


def _outcome(
    kind: str, severity: Severity, bad: pd.Series, values: pd.Series, expected: str
) -> Outcome:
    return Outcome(kind, severity, bad, values, expected)


def _days(rows: pd.DataFrame) -> Outcome:
    """More days open or closed than the period has."""
    is_days = rows["indicator"].isin(DAY_INDICATORS) & (rows["period_start"] != "")
    length = pd.Series(0, index=rows.index)
    if is_days.any():
        start, end = (
            pd.to_datetime(rows.loc[is_days, f"period_{side}"]) for side in ("start", "end")
        )
        length[is_days] = (end - start).dt.days + 1
    bad = is_days & (rows["obs_value"] > length)
    return Outcome("too_many_days", Severity.ERROR, bad, rows["obs_value"], length)


CHECK = Check("ranges", run)
