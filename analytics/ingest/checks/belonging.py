"""Rows that belong to another dataset, level of area or kind of period."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analytics.ingest.checks.check import Check, Outcome, Scene
from analytics.ingest.findings import Severity


def run(rows: pd.DataFrame, scene: Scene) -> Iterator[Outcome]:
    """Indicators, periods, levels and places that the dataset does not hold."""
    form, areas = scene.form, scene.region.areas
    yield _outside(rows["indicator"], form.indicators, "indicator_not_of_dataset")
    yield _outside(rows["freq"], form.freqs, "period_kind")
    levels = rows["ref_area"].map(
        {code: areas.level_of(code) for code in rows["ref_area"].unique()}
    )
    yield _outside(levels, form.levels, "level_not_of_dataset")
    if form.place:
        lacks_place = (rows["place"] == "") & (rows["ref_area"] != scene.region.ref_area)
        yield Outcome("place_missing", Severity.ERROR, lacks_place)


def _outside(values: pd.Series, known: tuple[str, ...], kind: str) -> Outcome:
    return Outcome(kind, Severity.ERROR, ~values.isin(known), values, ", ".join(known))


CHECK = Check("belonging", run)
