"""Scene of the map of the week: one measure of the finest level, another one every week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from analytics.agriculture.levels import MapLevel, map_levels
from analytics.agriculture.map_report import map_report
from analytics.agriculture.map_view import map_view
from analytics.agriculture.measures import Measure, measures
from analytics.editions.edition import Edition
from analytics.figures.result import Label, Number, Period, Result, Statement
from analytics.figures.sentences import written_number
from analytics.geography.boundaries import Boundary
from analytics.overview.board_scene import (
    Cell,
    Duty,
    Scene,
    Tone,
    counting,
    heading,
    is_late,
    late_since,
    sender,
)

NAME = "map"
ROWS_SHOWN = 6
LEAST_AREAS = 2
FREQ_OF_LENGTH = ((31, "M"), (92, "Q"), (366, "A"))


def weekly_measures(edition: Edition) -> tuple[tuple[MapLevel, Measure], ...]:
    """What the map may show: output and prices of the finest level that has two areas of them
    to compare. What describes an area itself, such as its size, changes no week.
    """
    for level in reversed(map_levels(edition)):
        found = [
            one
            for one in measures(edition, level=level.code)
            if _areas(one) >= LEAST_AREAS and not (one.is_about_areas or one.is_centre)
        ]
        if found:
            return tuple((level, one) for one in found)
    return ()


def _areas(measure: Measure) -> int:
    """Areas known in the period that is shown."""
    usual = measure.usual_period.code
    pairs = zip(measure.periods, measure.coverage, strict=True)
    return next((areas for period, areas in pairs if period.code == usual), 0)


def measure_code(measure: Measure) -> str:
    """The code by which a plan names a measure."""
    return f"{measure.item}|{measure.indicator.code}"


def measure_of_week(
    edition: Edition, *, today: date, chosen: str = ""
) -> tuple[MapLevel, Measure] | None:
    """The measure a plan has chosen, else the one of this week: the weeks since year 1 count
    through all of them. None where no measure has two areas to compare.
    """
    offered = weekly_measures(edition)
    if not offered:
        return None
    by_code = {measure_code(measure): (level, measure) for level, measure in offered}
    return by_code.get(chosen) or offered[(today.toordinal() - 1) // 7 % len(offered)]


def map_scene(
    edition: Edition,
    *,
    language: str,
    today: date,
    boundary: Boundary,
    chosen: str = "",
    owners: Mapping[str, str] | None = None,
) -> Scene:
    """The areas of one measure with the highest listed; what is lacking is a duty.

    `boundary` holds the outlines of the level of `measure_of_week`.
    """
    found = measure_of_week(edition, today=today, chosen=chosen)
    if found is None:
        return Scene(name=NAME, result=_nothing(edition), duties=(_send_tables(),))
    level, measure = found
    asked: dict[str, Any] = {
        "level": level.code, "item": measure.item, "indicator": measure.indicator.code,
        "period": measure.usual_period.code,
    }  # fmt: skip
    result = map_report(edition, **asked)
    known = result.frame.dropna(subset=["obs_value"]).sort_values("rank", kind="stable")
    names = {area.code: area.label for area in boundary.areas}
    return Scene(
        name=NAME,
        result=replace(result, name="board_map"),
        headings=tuple(heading(name) for name in ("rank", "area", "value")),
        rows=tuple(_row(row, measure, names) for row in known.head(ROWS_SHOWN).itertuples()),
        further=max(0, len(known) - ROWS_SHOWN),
        duties=_duties(edition, result, level, measure, today=today, owners=owners or {}),
        stale=_stale(result, today=today),
        layer=map_view(edition, **asked, language=language, method="quantile", classes=5),
    )


def _row(row: object, measure: Measure, names: dict[str, str]) -> tuple[Cell, ...]:
    code, value = row.ref_area, row.obs_value  # type: ignore[attr-defined]
    name = names.get(code, code)
    return (
        Cell(Number(int(row.rank), "number", {"decimals": 0}), Tone.STRONG),  # type: ignore[attr-defined]
        Cell(Label(name, name)),
        Cell(written_number(value, measure.indicator), Tone.STRONG),
    )


def freq_of(result: Result) -> str:
    """M, Q or A by the length of the period; empty for another."""
    start, end = result.period.start, result.period.end
    if start is None or end is None:
        return ""
    days = (end - start).days + 1
    return next((freq for longest, freq in FREQ_OF_LENGTH if days <= longest), "")


def _is_late(result: Result, *, today: date) -> bool:
    end = result.period.end
    return end is not None and is_late(end, freq_of(result), today=today)


def _stale(result: Result, *, today: date) -> Statement | None:
    if not _is_late(result, today=today):
        return None
    return Statement("board.stale.map", {"period": result.period})


def _duties(
    edition: Edition,
    result: Result,
    level: MapLevel,
    measure: Measure,
    *,
    today: date,
    owners: Mapping[str, str],
) -> tuple[Duty, ...]:
    """Who gave the newest figures gives the next ones; for areas without any, all are missing."""
    newest = result.frame.dropna(subset=["obs_value"]).iloc[0]
    dataset = _dataset_of(edition, measure)
    who = sender(edition, dataset=dataset, source_id=str(newest["source_id"]), owners=owners)
    duties = []
    if _is_late(result, today=today):
        assert result.period.end is not None
        values = {"what": measure.indicator.name, "period": result.period}
        until = late_since(result.period.end, freq_of(result))
        duties.append(Duty(who, Statement("board.do.send_map", values), until, is_late=True))
    missing = int(result.frame["obs_value"].isna().sum())
    if missing:
        values = {"n": missing, "total": str(len(level.areas)), "kinds": level.kinds}
        until = Statement("board.until.unset")
        duties.append(Duty(who, Statement("board.do.fill_map", values), until))
    return tuple(duties)


def _dataset_of(edition: Edition, measure: Measure) -> str:
    """The dataset that the measure's rows stand in; empty for one that is computed."""
    item, indicator = measure.item, measure.indicator.code
    found = (
        name
        for name in edition.datasets
        if len(edition.observations(name, item=item, indicator=indicator))
    )
    return next(found, "")


def _nothing(edition: Edition) -> Result:

    return Result(
        name="board_map",
        frame=pd.DataFrame({"obs_value": [], "obs_status": []}),
        indicator=counting("areas"),
        sources=(),
        period=Period(None, None),
        edition=edition.stamp,
        title=Statement("board.map.title.empty"),
    )


def _send_tables() -> Duty:
    return Duty(
        who=Statement("board.who.keeper"),
        what=Statement("board.do.send_tables"),
        until=Statement("board.until.unset"),
    )
