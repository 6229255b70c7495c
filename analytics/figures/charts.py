"""Charts of figures, by kind. Every chart has tooltips with value, period, status and source."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from threading import Lock
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from analytics.figures import category_charts, profile_charts, time_charts
from analytics.figures.chart_style import COLOURED_SERIES, LEGEND_LAYOUT, config, series_codes
from analytics.figures.figure import Figure, Kind
from analytics.figures.layers import Canvas
from analytics.figures.result import Result

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
    Kind.MATRIX: profile_charts.matrix,
    Kind.RADAR: profile_charts.radar,
}
DEFAULT_HEIGHT_PX = {Kind.BACKTEST: 150, Kind.SPARK: 48}
HEIGHT_PX = 380
SMALL_PADDING_PX = {"left": 2, "right": 28, "top": 2, "bottom": 2}  # right: half of a month's name
CHARTS_KEPT = 96


def has_chart(figure: Figure) -> bool:
    """Whether there is anything to draw."""
    kind = drawn_kind(figure)
    if kind is Kind.TIMELINE:
        return bool(figure.frame["period_start"].notna().any())
    return kind in DRAWN_BY and not figure.is_empty


def draw_chart(figure: Figure, *, language: str, theme: str) -> alt.TopLevelMixin | None:
    """The chart for a page, checked against Vega-Lite's schema; None when there is none."""
    if not has_chart(figure):
        return None
    canvas = Canvas(language=language, theme=theme, height=height_of(figure))
    return alt.Chart.from_dict(_draw(figure, canvas).to_dict() | _surroundings(figure, canvas))


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
    schema: that takes longer than drawing, and tests do it for every kind. The same figure
    is drawn once; what is given is shared, so never change it.
    """
    if not has_chart(figure):
        return None
    canvas = Canvas(language=language, theme=theme, height=height or height_of(figure), width=width)
    key = ("chart", language, theme, canvas.height, width)
    return KEPT.get(figure, key, lambda: _spec(figure, canvas))


def small_specs(
    figure: Figure, *, language: str, theme: str, height: int = 150
) -> tuple[tuple[str, dict[str, Any]], ...]:
    """Small multiples for a page, one chart a series: its name and its Vega-Lite JSON."""
    canvas = Canvas(language=language, theme=theme, height=height)
    key = ("small", language, theme, height)
    return KEPT.get(figure, key, lambda: _small_specs(figure, canvas))


def _spec(figure: Figure, canvas: Canvas) -> dict[str, Any]:
    with debug_mode(False):
        spec = _draw(figure, canvas).to_dict(validate=False)
    return _with_shared_rows(spec) | _surroundings(figure, canvas) | {"config": _look(canvas)}


def _small_specs(figure: Figure, canvas: Canvas) -> tuple[tuple[str, dict[str, Any]], ...]:
    with debug_mode(False):
        charts = [
            (name, chart.to_dict(validate=False))
            for name, chart in time_charts.small_charts(figure, canvas)
        ]
    look = _look(canvas)
    around = {"config": look, "padding": SMALL_PADDING_PX}
    return tuple(
        (name, _with_shared_rows(spec) | around | {"datasets": _own_rows(spec, canvas)})
        for name, spec in charts
    )


def _look(canvas: Canvas) -> dict[str, Any]:
    """The config of a page's chart, with the layout of legends that the schema leaves out."""
    look = config(canvas.theme, canvas.language)
    return look | {"legend": look["legend"] | {"layout": LEGEND_LAYOUT}}


def _with_shared_rows(spec: dict[str, Any]) -> dict[str, Any]:
    """The rows that most layers draw stand above the layers, which then inherit them."""
    layers = spec.get("layer", [])
    named = Counter(layer["data"]["name"] for layer in layers if "data" in layer)
    if "data" in spec or not named:
        return spec
    shared = {"name": named.most_common(1)[0][0]}
    lean = [
        {part: value for part, value in layer.items() if (part, value) != ("data", shared)}
        for layer in layers
    ]
    return spec | {"data": shared, "layer": lean}


def _own_rows(spec: dict[str, Any], canvas: Canvas) -> dict[str, Any]:
    """Rows that the layers of one of several charts name."""
    parts = [spec, *spec.get("layer", [])]
    names = {part["data"]["name"] for part in parts if "data" in part}
    return {name: canvas.datasets[name] for name in sorted(names)}


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
    if kind is Kind.MATRIX:
        return profile_charts.matrix_height(figure)
    return DEFAULT_HEIGHT_PX.get(kind, HEIGHT_PX)


def _draw(figure: Figure, canvas: Canvas) -> alt.TopLevelMixin:
    kind = drawn_kind(figure)
    return DRAWN_BY[kind](replace(figure, kind=kind), canvas)


class Kept:
    """The newest charts by figure, so that a page that is run again does not draw again.

    Figures are made anew in each run, their results are not: the key is the result itself
    and how it is drawn. An entry holds its result, so no other can take its identity.
    """

    def __init__(self, *, most: int) -> None:
        self.most = most
        self._charts: OrderedDict[Any, tuple[Result, Any]] = OrderedDict()
        self._lock = Lock()

    def get(self, figure: Figure, key: Any, draw: Callable[[], Any]) -> Any:
        """The kept chart, or the one that `draw` gives."""
        whole = (id(figure.result), _drawn_how(figure), key)
        with self._lock:
            if whole in self._charts:
                self._charts.move_to_end(whole)
                return self._charts[whole][1]
        chart = draw()
        with self._lock:
            self._charts[whole] = (figure.result, chart)
            while len(self._charts) > self.most:
                self._charts.popitem(last=False)
        return chart


def _drawn_how(figure: Figure) -> str:
    """Everything about a figure but its result, in words."""
    own = [each.name for each in fields(figure) if each.compare and each.name != "result"]
    return repr([getattr(figure, name) for name in own])


KEPT = Kept(most=CHARTS_KEPT)
