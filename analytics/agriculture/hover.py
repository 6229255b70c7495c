"""What the map says of an area when it is pointed at: rank, change, share, basis, source."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from analytics.agriculture.answers import short_name
from analytics.agriculture.map_report import PERCENT_UNIT, direction
from analytics.agriculture.measures import Measure
from analytics.agriculture.rows import YIELD
from analytics.figures.result import Number, Result, Statement
from analytics.figures.sentences import written
from analytics.observations.status import ObsStatus
from analytics.observations.table import split_codes

OTHER_METHOD = Statement("agriculture.hover.other_method")


def with_lines(result: Result, *, measure: Measure, language: str) -> Result:
    """The result with the column `lines`: further words of each area, in `language`."""
    citations = {source.source_id: short_name(source) for source in result.sources}
    lines = [
        tuple(
            line.words(language) if isinstance(line, Statement) else line
            for line in _lines(row, measure, citations, language)
        )
        for row in result.frame.to_dict("records")
    ]
    return replace(result, frame=result.frame.assign(lines=lines))


def _lines(
    row: dict[str, Any], measure: Measure, citations: dict[str, str], language: str
) -> list[Statement | str]:
    if row["obs_status"] == ObsStatus.MISSING:
        return [OTHER_METHOD] if row.get("is_other_method") else []
    told = [
        _rank(row),
        _two_values(row, measure, language),
        _change(row, measure, language),
        _share(row),
        _printed(row, measure, language),
        _count(row, "reports"),
        _count(row, "corrected"),
        _count(row, "sites"),
        _named(row),
        _source(row, citations),
    ]
    return [line for line in told if line is not None]


def _rank(row: dict[str, Any]) -> Statement:
    return Statement("agriculture.hover.rank", {"rank": int(row["rank"]), "n": int(row["ranked"])})


def _two_values(row: dict[str, Any], measure: Measure, language: str) -> Statement | None:
    """The two values behind a change."""
    if pd.isna(row.get("before_value", float("nan"))):
        return None
    values = {
        name: written(row[f"{name}_value"], measure.indicator, language)
        for name in ("before", "after")
    }
    return Statement("agriculture.hover.two_values", values)


def _change(row: dict[str, Any], measure: Measure, language: str) -> Statement | None:
    is_share = measure.indicator.unit == PERCENT_UNIT
    size = row.get("change" if is_share else "change_pct", float("nan"))
    previous = measure.before(str(row["period"]))
    if pd.isna(size) or previous is None:
        return None
    values = {
        "change": Number(abs(size), "points" if is_share else "percent"),
        "previous": previous.period.words(language),
    }
    return Statement(f"agriculture.hover.{direction(size)}", values)


def _share(row: dict[str, Any]) -> Statement | None:
    share = row.get("share_pct", float("nan"))
    return (
        None
        if pd.isna(share)
        else Statement("agriculture.hover.share", {"share": Number(share, "percent")})
    )


def _printed(row: dict[str, Any], measure: Measure, language: str) -> Statement | None:
    printed = row.get("printed_value", float("nan"))
    if measure.indicator.code != YIELD or pd.isna(printed):
        return None
    return Statement(
        "agriculture.hover.printed", {"value": written(printed, measure.indicator, language)}
    )


def _count(row: dict[str, Any], column: str) -> Statement | None:
    count = row.get(column, float("nan"))
    return (
        None
        if pd.isna(count) or not count
        else Statement(f"agriculture.hover.{column}", {"n": int(count)})
    )


def _named(row: dict[str, Any]) -> Statement | None:
    """Villages and places that the sources name."""
    return (
        Statement("agriculture.hover.named", {"names": row["obs_text"]})
        if row.get("obs_text")
        else None
    )


def _source(row: dict[str, Any], citations: dict[str, str]) -> Statement | None:
    names = dict.fromkeys(
        citations[code] for code in split_codes(row["source_ids"]) if code in citations
    )
    return Statement("agriculture.hover.source", {"source": "; ".join(names)}) if names else None
