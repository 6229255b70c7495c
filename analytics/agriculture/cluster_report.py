"""Which areas lie among areas like them: local Moran of one measure and period."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from analytics.agriculture.answers import (
    area_label,
    caveats_of,
    one_row_an_area,
    rows_of,
    sources_of,
)
from analytics.agriculture.derived import percent, plain
from analytics.agriculture.levels import MapLevel, map_level
from analytics.agriculture.measures import Measure, measure_of
from analytics.agriculture.outlines import neighbours_of
from analytics.agriculture.rows import map_rows
from analytics.editions.edition import Edition
from analytics.figures.names import listed
from analytics.figures.result import Label, Result, Statement
from analytics.geography.moran import (
    ALPHA,
    CHANCE,
    CLUSTERS,
    FEW_SETS,
    MISSING,
    NO_NEIGHBOUR,
    NO_VARIANCE,
    PERMUTATIONS,
    UNTESTABLE,
)

REASONS = (FEW_SETS, NO_NEIGHBOUR, NO_VARIANCE, MISSING)
NAMED = tuple(name for name in CLUSTERS if name != CHANCE)
COMPUTATION = "analytics.geography.moran:local_moran"
Compute = Callable[..., pd.DataFrame]


def cluster_report(
    edition: Edition,
    *,
    level: str,
    item: str,
    indicator: str,
    period: str,
    compute: Compute,
    with_unverified: bool = False,
) -> Result:
    """The map's values with the local Moran of every area.

    `obs_value` is the value itself; columns `local_i`, `p`, `neighbours`, `cluster` and `reason`
    are those of `local_moran`, and `beside` holds the codes of the neighbours with a value.
    `compute` is `local_moran` or what asks it in another process.
    """
    shown = map_level(edition, level)
    measure = measure_of(
        edition, level=level, item=item, indicator=indicator, with_unverified=with_unverified
    )
    rows = map_rows(edition, level=level, with_unverified=with_unverified)
    frame = one_row_an_area(rows_of(rows, measure, period), shown, measure, period)
    beside = neighbours_of(edition, level=level)
    frame = _with_moran(frame, beside, compute)
    return Result(
        name=f"{level}_{item}_{indicator}_{period}_clusters",
        frame=frame,
        indicator=measure.indicator,
        sources=sources_of(edition, frame),
        period=measure.period(period).period,
        edition=edition.stamp,
        title=_title(shown, measure, frame, period),
        statements=_statements(edition, frame),
        caveats=caveats_of(edition, frame),
        notes=_notes(edition, shown, frame),
        parameters={"permutations": PERMUTATIONS},
    )


def _with_moran(frame: pd.DataFrame, beside: Any, compute: Compute) -> pd.DataFrame:
    values = dict(zip(frame["ref_area"], frame["obs_value"].astype(float), strict=True))
    known = {code for code, value in values.items() if pd.notna(value)}
    linked = {code: tuple(n for n in beside.get(code, ()) if n in known) for code in values}
    found = compute(values=values, neighbours=linked)
    joined = frame.merge(
        found.rename_axis("ref_area").reset_index(), on="ref_area", validate="one_to_one"
    )
    return joined.assign(beside=[linked[code] for code in joined["ref_area"]])


def _title(level: MapLevel, measure: Measure, frame: pd.DataFrame, period: str) -> Statement:
    counts = frame["cluster"].value_counts()
    named = int(counts.reindex(list(NAMED)).sum())
    tested = len(frame) - int(counts.get(UNTESTABLE, 0))
    values = {
        "measure": measure.indicator.name, "period": measure.period(period).period,
        "kinds": level.kinds, "level": level.name, "n": named, "tested": tested,
        "total": len(frame),
    }  # fmt: skip
    if not tested:
        return Statement("analysis.clusters.title.untestable", values)
    return Statement(f"analysis.clusters.title.{'some' if named else 'none'}", values)


def _statements(edition: Edition, frame: pd.DataFrame) -> tuple[Statement, ...]:
    if (frame["cluster"] == UNTESTABLE).all():
        return ()
    told = []
    for name in NAMED:
        own = frame.loc[frame["cluster"] == name, "ref_area"]
        areas = [area_label(edition, code) for code in own]
        if areas:
            told.append(Statement(f"analysis.clusters.of.{name}", {"names": listed(areas)}))
    return (*told, Statement("analysis.clusters.how", _how()))


def _how() -> dict[str, object]:
    return {"permutations": plain(PERMUTATIONS, 0), "alpha": percent(100 * ALPHA)}


def _notes(edition: Edition, level: MapLevel, frame: pd.DataFrame) -> tuple[Statement, ...]:
    """Which areas cannot be tested, by reason."""
    notes = []
    for reason in REASONS:
        areas = frame.loc[frame["reason"] == reason, "ref_area"]
        if len(areas) == 0:
            continue
        names = listed([area_label(edition, code) for code in areas])
        values = {"n": len(areas), "names": _short(names, level, len(areas)), "kinds": level.kinds}
        notes.append(Statement(f"analysis.clusters.reason.{reason}", values))
    return tuple(notes)


def _short(names: Label, level: MapLevel, count: int) -> Label | Statement:
    """Names of a few areas; only their number when they are many."""
    if count <= 6:
        return names
    return Statement("agriculture.list.count", {"n": count, "kinds": level.kinds})
