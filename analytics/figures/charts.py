"""Charts of figures, by kind. Every chart has tooltips with value, period, status and source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from analytics.figures import category_charts, time_charts
from analytics.figures.chart_style import COLOURED_SERIES, config, series_codes
from analytics.figures.figure import Figure, Kind
from analytics.figures.layers import Canvas

Draw = Callable[[Figure, Canvas], alt.TopLevelMixin]

DRAWN_BY: Mapping[Kind, Draw] = {
    Kind.LINE: time_charts.line,
    Kind.FAN: time_charts.fan,
    Kind.BACKTEST: time_charts.backtest,
    Kind.SEASONAL: time_charts.seasonal,
    Kind.HEAT: time_charts.heat,
    Kind.SPARK: time_charts.spark,
    Kind.TIMELINE: time_charts.timeline,
    Kind.SMALL_MULTIPLES: time_charts.small_multiples,
    Kind.BARS: category_charts.bars,
    Kind.GROUPED_BARS: category_charts.grouped_bars,
    Kind.STACKED_BARS: category_charts.stacked_bars,
    Kind.DISTRIBUTION: category_charts.distribution,
    Kind.SCATTER: category_charts.scatter,
}
DEFAULT_HEIGHT_PX = {Kind.BACKTEST: 150, Kind.SPARK: 48}
HEIGHT_PX = 380


def draw_chart(figure: Figure, *, language: str, theme: str) -> alt.TopLevelMixin | None:
    """The chart for a page, checked against Vega-Lite's schema; None when there is none."""
    canvas = Canvas(language=language, theme=theme, height=height_of(figure))
    chart = _draw(figure, canvas)
    if chart is None:
        return None
    return alt.Chart.from_dict(chart.to_dict() | _surroundings(figure, canvas))


def chart_spec(
    figure: Figure,
    *,
    language: str,
    theme: str,
    height: int | None = None,
    width: int | None = None,
) -> dict[str, Any] | None:
    """The chart as Vega-Lite JSON; None when there is nothing to draw.

    Without `width` the chart takes the width of its container. Not checked against the
    schema: that takes longer than drawing, and tests do it for every kind.
    """
    canvas = Canvas(language=language, theme=theme, height=height or height_of(figure), width=width)
    with debug_mode(False):
        chart = _draw(figure, canvas)
        if chart is None:
            return None
        return chart.to_dict(validate=False) | _surroundings(figure, canvas)


def small_specs(
    figure: Figure, *, language: str, theme: str, height: int = 150
) -> tuple[tuple[str, dict[str, Any]], ...]:
    """Small multiples for a page, one chart a series: its name and its Vega-Lite JSON."""
    with debug_mode(False):
        canvas = Canvas(language=language, theme=theme, height=height)
        charts = time_charts.small_charts(figure, canvas)
        return tuple(
            (name, _with_own_rows(chart.to_dict(validate=False), canvas)) for name, chart in charts
        )


def _with_own_rows(spec: dict[str, Any], canvas: Canvas) -> dict[str, Any]:
    """One of several charts, with only the rows that its layers name."""
    names = {layer["data"]["name"] for layer in spec["layer"] if "data" in layer}
    names |= {spec["data"]["name"]} if "data" in spec else set()
    rows = {name: canvas.datasets[name] for name in sorted(names)}
    return spec | {"config": config(canvas.theme, canvas.language), "datasets": rows}


def _surroundings(figure: Figure, canvas: Canvas) -> dict[str, Any]:
    """Look, words for those who do not see it, and the rows that the layers name."""
    return {
        "config": config(canvas.theme, canvas.language),
        "description": figure.alt_text(canvas.language),
        "datasets": canvas.datasets,
    }


def drawn_kind(figure: Figure) -> Kind:
    """The kind that is drawn: lines that nobody could tell apart become small multiples."""
    if figure.kind is Kind.LINE and len(series_codes(figure)) > COLOURED_SERIES:
        return Kind.LINE if figure.emphasis else Kind.SMALL_MULTIPLES
    return figure.kind


def height_of(figure: Figure) -> int:
    """The height in pixels that fits the figure's rows."""
    kind = drawn_kind(figure)
    if kind in (Kind.BARS, Kind.TIMELINE):
        return (
            category_charts.bars_height(figure)
            if kind is Kind.BARS
            else time_charts.timeline_height(figure)
        )
    if kind is Kind.HEAT:
        return time_charts.heat_height(figure)
    return DEFAULT_HEIGHT_PX.get(kind, HEIGHT_PX)


def _draw(figure: Figure, canvas: Canvas) -> alt.TopLevelMixin | None:
    kind = drawn_kind(figure)
    if kind not in DRAWN_BY or (figure.is_empty and kind is not Kind.TIMELINE):
        return None
    return DRAWN_BY[kind](replace(figure, kind=kind), canvas)
