"""Units that do not measure what the indicator measures."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analytics.ingest.checks.check import Check, Outcome, Scene
from analytics.ingest.findings import Severity


def run(rows: pd.DataFrame, scene: Scene) -> Iterator[Outcome]:
    """Rows whose unit has another base unit than every unit of the indicator."""
    base, allowed = scene.region.base_units, scene.region.allowed_units
    pairs = rows[["indicator", "unit"]].drop_duplicates()
    wrong = {
        (indicator, unit): ", ".join(allowed[indicator])
        for indicator, unit in pairs.itertuples(index=False, name=None)
        if allowed[indicator] and base[unit] not in {base[one] for one in allowed[indicator]}
    }
    if not wrong:
        return
    keys = pd.Series(list(zip(rows["indicator"], rows["unit"], strict=True)), index=rows.index)
    expected = keys.map(wrong)
    yield Outcome("unit_wrong", Severity.ERROR, expected.notna(), rows["unit"], expected)


CHECK = Check("units", run)
