"""How effects of events and the calendar are drawn."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.figure import (
    Annotation,
    Column,
    Figure,
    Kind,
    ReferenceLine,
    code_names,
)
from analytics.figures.names import in_both
from analytics.figures.palette import THEME_COLOUR
from analytics.figures.result import Label, Result, Statement
from analytics.tourism.effect_report import BY_FORECAST, BY_SITES, OBSERVED, WITHOUT

BLUE = THEME_COLOUR["tourism"]


def _column(name: str, style: str = "number", decimals: int | None = None) -> Column:
    return Column(name, Statement(f"effects.table.{name}"), style=style, decimals=decimals)


def effect_figure(result: Result) -> Figure:
    """A bar a way to compare, with its range."""
    ways = {way: in_both(f"effects.method.{way}") for way in (BY_SITES, BY_FORECAST)}
    return Figure(
        result=result,
        kind=Kind.BARS,
        category="method",
        names={"method": ways, "verdict": _verdicts(result.frame)},
        headings={"method": Statement("effects.table.method")},
        colour=BLUE,
        keeps_order=True,
        bar_range=("low_pct", "high_pct"),
        columns=(
            _column("extra", decimals=0),
            _column("extra_low", decimals=0),
            _column("extra_high", decimals=0),
            _column("cost_per_extra", style="rupiah"),
            _column("p_value", decimals=3),
            _column("placebos", decimals=0),
            _column("verdict", style="code"),
        ),
    )


def _verdicts(frame: pd.DataFrame) -> dict[str, Label]:
    return {str(code): in_both(f"effects.verdict.{code}") for code in frame["verdict"].unique()}


def course_figure(edition: Edition, result: Result) -> Figure:
    """What was counted and what was to be expected without the event."""
    lines = {line: in_both(f"effects.line.{line}") for line in (OBSERVED, WITHOUT)}
    span = result.period
    window = (
        (Annotation(in_both("effects.line.window"), span.start, span.end),)
        if span.start is not None
        else ()
    )
    return Figure(
        result=result,
        kind=Kind.LINE,
        series="line",
        names={**code_names(result.frame, edition, columns=("source_id",)), "line": lines},
        order=(OBSERVED, WITHOUT),
        headings={"line": Statement("effects.table.line")},
        annotations=window,
    )


def placebo_figure(result: Result) -> Figure:
    """Dates without an event as a line, the event's effect as a rule."""
    told = result.parameters
    rules = [
        ReferenceLine(in_both(f"effects.rule.{name}"), float(str(told[f"{name}_pct"])))
        for name in ("effect", "low", "high")
        if pd.notna(told[f"{name}_pct"])
    ]
    return Figure(result=result, kind=Kind.LINE, colour=BLUE, references=tuple(rules))


def calendar_figure(edition: Edition, result: Result) -> Figure:
    """The events to come with the crowd to expect."""
    return Figure(
        result=result,
        kind=Kind.TABLE,
        category="event",
        names={
            **code_names(result.frame, edition, columns=("ref_area", "place", "source_id")),
            "event": {name: Label(name, name) for name in result.frame["event"]},
        },
        headings={"event": Statement("effects.table.event")},
        keeps_order=True,
        columns=(
            _column("low", decimals=0),
            _column("high", decimals=0),
            _column("editions", decimals=0),
            _column("cost_idr", style="rupiah"),
        ),
    )


def past_figure(edition: Edition, result: Result) -> Figure:
    """Visitors of past events as bars, oldest first."""
    frame = result.frame
    labels = {
        row["event"]: Label(*[f"{row['name']} {row['period_start'].year}"] * 2)
        for row in frame.to_dict("records")
    }
    names = code_names(frame, edition, columns=("place", "source_id"))
    return Figure(
        result=result,
        kind=Kind.BARS,
        category="event",
        names={**names, "event": labels},
        headings={"event": Statement("effects.table.event")},
        colour=BLUE,
        keeps_order=True,
        columns=(
            _column("cost_idr", style="rupiah"),
            _column("cost_per_visitor", style="rupiah"),
        ),
    )
