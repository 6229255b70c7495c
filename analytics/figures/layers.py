"""Layers that charts share: canvas, axes, lines, marks of status, labels at line ends, tooltips."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from typing import Any, Literal

import altair as alt
import pandas as pd

from analytics.figures.chart_style import (
    CORRECTED,
    LABELLED_SERIES,
    LINE_BREAK,
    SHAPES,
    chosen,
    in_lines,
    is_one_of,
    legend,
    mark_words,
    round_limits,
    series_colours,
    short_value,
    theme_colours,
    time_axis,
    value_axis,
    value_axis_title,
)
from analytics.figures.figure import Figure
from analytics.figures.palette import Theme
from analytics.figures.points import DAY_MS
from analytics.i18n import text
from analytics.observations.status import ObsStatus

LABEL_LINE_PX = 14
LABEL_GAP_PX = 3
LABEL_LETTERS = 16  # to a line: a telephone shows chart and label beside each other
MOST_LABEL_LINES, LABEL_LINES = 4, 16  # of one label, of all together
PLOT_SHARE = 0.82  # of a picture's height, the rest is title and axis
HALO_PX = 4
RIGHT_BESIDE: Mapping[str, Any] = {"align": "left", "dx": 8, "dy": {"expr": "datum.up"}}
BEFORE_AND_ABOVE: Mapping[str, Any] = {"align": "right", "dx": -6, "dy": -12}
BEFORE_AND_BELOW: Mapping[str, Any] = {"align": "right", "dx": -6, "dy": 14}
PADDING_PX = {"left": 4, "right": 8, "top": 6, "bottom": 4}
LEGEND_OFFSET_PX = 34  # above the title of the vertical axis
MOST_SHOWN_POINTS = 40
ZERO_BELOW_SHARE = (
    0.35  # an axis starts at zero when the smallest value is below this of the largest
)
ROOM_SHARE = 0.06
LONELY_MARGIN_MS = 30 * DAY_MS  # around the only moment of a picture
BREAK: Literal["break-paths-show-domains"] = "break-paths-show-domains"
MARKED = (
    ObsStatus.PROVISIONAL.value,
    ObsStatus.ESTIMATED.value,
    ObsStatus.UNVERIFIED.value,
    CORRECTED,
)


@dataclass(frozen=True)
class Canvas:
    """Where a chart is drawn: language, theme, height and width in pixels (None: container's).

    `span_ms` is what its time axis reaches over, the same for all layers; `datasets`
    collects the rows that the layers name: they stand in the picture once.
    """

    language: str
    theme: str
    height: int
    width: int | None = None
    span_ms: tuple[int, int] | None = None
    datasets: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def over(self, table: pd.DataFrame) -> Canvas:
        """The same canvas with a time axis that reaches over all of the table."""
        first, last = int(table["t"].min()), int(table["t"].max())
        margin = LONELY_MARGIN_MS if first == last else 0
        return replace(self, span_ms=(first - margin, last + margin))

    def chart(self, table: pd.DataFrame) -> alt.Chart:
        """A chart of the table's rows."""
        rows = _records(table)
        known = (name for name, kept in self.datasets.items() if kept == rows)
        name = next(known, f"rows_{len(self.datasets)}")
        self.datasets[name] = rows
        return alt.Chart(alt.NamedData(name=name))

    @property
    def colours(self) -> Theme:
        return theme_colours(self.theme)

    @property
    def is_responsive(self) -> bool:
        return self.width is None

    @property
    def size(self) -> dict[str, Any]:
        return {"height": self.height, "width": "container" if self.width is None else self.width}


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain values; what is missing is None."""
    plain = table.astype(object).where(table.notna(), None)
    return plain.to_dict("records")


@dataclass(frozen=True)
class ValueScale:
    """Limits of the vertical axis and whether they begin at zero."""

    low: float
    high: float
    from_zero: bool

    @property
    def scale(self) -> alt.Scale:
        return alt.Scale(domain=[self.low, self.high], nice=False, zero=self.from_zero)


def layered(layers: Sequence[Any], canvas: Canvas, *, padding: int | None = None) -> alt.LayerChart:
    """Layers as one chart of the canvas's size. What reaches over its edge, such as labels at
    line ends, Vega counts itself when it fits the chart into the page.
    """
    chart = stacked_layers(layers, canvas)
    return chart.properties(padding=PADDING_PX if padding is None else _on_each_side(padding))


def _date_of(milliseconds: float) -> alt.DateTime:
    day = pd.Timestamp(int(milliseconds), unit="ms")
    return alt.DateTime(year=day.year, month=day.month, date=day.day, utc=True)


def _on_each_side(padding: int) -> dict[str, int]:
    """Streamlit adds to the lower padding, so it must be told side by side."""
    return dict.fromkeys(("left", "right", "top", "bottom"), padding)


def stacked_layers(layers: Sequence[Any], canvas: Canvas) -> alt.LayerChart:
    """Layers as one chart of the canvas's size, to stand alone or beside others."""
    shown = [layer for layer in layers if layer is not None]
    return alt.LayerChart(layer=shown).properties(**canvas.size)


# Axes ----------------------------------------------------------------------------------------


def value_scale(columns: Sequence[pd.Series]) -> ValueScale:
    """Limits that hold all values; from zero where that costs little of the picture."""
    values = pd.concat([column.dropna().astype(float) for column in columns])
    low, high = float(values.min()), float(values.max())
    if low < 0 or low < ZERO_BELOW_SHARE * high or high <= 0:
        return ValueScale(*round_limits(min(low, 0.0), max(high, 0.0)), from_zero=low >= 0)
    room = max((high - low) * ROOM_SHARE, abs(high) * 0.01)
    return ValueScale(*round_limits(low - room, high + room), from_zero=False)


def value_position(figure: Figure, values: ValueScale, canvas: Canvas) -> alt.Y:
    is_honest = values.from_zero or values.low < 0
    title = value_axis_title(figure.result.indicator, canvas.language, from_zero=is_honest)
    largest = max(abs(values.low), abs(values.high))
    return alt.Y(
        "y:Q", scale=values.scale, axis=value_axis(title, largest=largest, language=canvas.language)
    )


def time_position(canvas: Canvas) -> alt.X:
    """Time across, over the canvas's span."""
    if canvas.span_ms is None:
        return alt.X("t:T", scale=alt.Scale(type="utc"))
    # As dates: the browser's parser takes bare milliseconds of a domain for something else.
    domain = [_date_of(moment) for moment in canvas.span_ms]
    axis = time_axis(span_days(canvas.span_ms))
    return alt.X("t:T", scale=alt.Scale(type="utc", domain=domain), axis=axis)


def span_days(span_ms: tuple[int, int]) -> int:
    """Whole days between the ends of a span."""
    return (span_ms[1] - span_ms[0]) // DAY_MS


# Lines and points ----------------------------------------------------------------------------


def line_layers(
    figure: Figure, table: pd.DataFrame, values: ValueScale, canvas: Canvas
) -> list[Any]:
    colours = series_colours(figure, theme=canvas.theme)
    colour = colour_of_series(figure, colours, canvas, has_legend=False)
    base = canvas.chart(table).encode(
        x=time_position(canvas), y=value_position(figure, values, canvas), color=colour
    )
    if figure.series:
        base = base.encode(detail=alt.Detail("s:N"))
    strong = base.mark_line(strokeWidth=2.5, invalid=BREAK)
    if figure.emphasis:
        is_strong = is_one_of("s", figure.emphasis)
        strong = strong.encode(
            strokeWidth=chosen(alt.StrokeWidthValue, is_strong, yes=3, no=1.2),
            opacity=chosen(alt.OpacityValue, is_strong, yes=1, no=0.5),
        )
    return [
        strong,
        hover_layer(base, table, canvas),
        *lonely_layers(base, table, canvas),
    ]


def colour_of_series(
    figure: Figure,
    colours: dict[str, str],
    canvas: Canvas,
    *,
    has_legend: bool,
    symbol: str = "stroke",
    beside_px: int = 70,
) -> alt.Color | Any:
    if not figure.series:
        return alt.ColorValue(next(iter(colours.values())))
    names = {code: figure.name_of(figure.series, code, canvas.language) for code in colours}
    look: dict[str, Any] = {
        "offset": LEGEND_OFFSET_PX,
        "symbolType": symbol,
        "beside_px": beside_px,
    }
    return alt.Color(
        "s:N",
        scale=alt.Scale(domain=list(colours), range=list(colours.values())),
        legend=legend(names, orient="top", width=canvas.width, **look) if has_legend else None,
    )


def on_rows(base: alt.Chart, table: pd.DataFrame, canvas: Canvas) -> alt.Chart:
    """The same chart of other rows."""
    return base.properties(data=canvas.chart(table).data)


def hover_layer(
    base: alt.Chart,
    table: pd.DataFrame,
    canvas: Canvas,
    *,
    name: str = "pointed",
    further: Sequence[str] = (),
) -> alt.Chart:
    """The nearest point tells what it is; it shows itself while it is pointed at.

    `name` must be its own in each picture.
    """
    pointed = alt.selection_point(
        name=name, nearest=True, on="pointerover", clear="pointerout", empty=False
    )
    return (
        base.transform_filter("isValid(datum.y)")
        .mark_point(filled=True, size=70)
        .encode(
            opacity=alt.OpacityValue(0, condition={"param": name, "empty": False, "value": 1}),
            tooltip=tips(canvas.language, table, further=further),
        )
        .add_params(pointed)
    )


def lonely_layers(base: alt.Chart, table: pd.DataFrame, canvas: Canvas) -> list[alt.Chart]:
    """Points that no line would show because both neighbours are missing, or all when few."""
    key = table["s"] if "s" in table.columns else pd.Series("", index=table.index)
    is_known = table["y"].notna()
    before = is_known.groupby(key).shift(1, fill_value=False)
    after = is_known.groupby(key).shift(-1, fill_value=False)
    shown = is_known & ~before & ~after
    if is_known.sum() <= MOST_SHOWN_POINTS:
        shown = is_known
    lonely = table[shown & ~table["mark"].isin(MARKED)]
    if lonely.empty:
        return []
    return [on_rows(base, lonely, canvas).mark_point(filled=True, size=36, opacity=1)]


def missing_layer(table: pd.DataFrame, canvas: Canvas, *, explained: pd.Series) -> alt.Chart | None:
    """A tick on the axis for each period without a value; see `shape_layer` for `explained`."""
    lacking = table[table["y"].isna()]
    if lacking.empty:
        return None
    return (
        canvas.chart(lacking)
        .mark_point(size=60, strokeWidth=2, color=canvas.colours.grey)
        .encode(
            x=time_position(canvas),
            y=alt.YValue(alt.ExprRef("height - 5")),
            shape=mark_shape(explained, canvas),
            tooltip=tips(canvas.language, lacking),
        )
    )


def mark_layers(figure: Figure, table: pd.DataFrame, canvas: Canvas) -> list[alt.Chart]:
    """Marks of status on lines, in the colour of each line."""
    stroke = colour_of_marks(figure, series_colours(figure, theme=canvas.theme))
    base = canvas.chart(table).encode(x=time_position(canvas), y=alt.Y("y:Q"), stroke=stroke)
    return shape_layer(base, table, canvas, explained=table["mark"])


def colour_of_marks(figure: Figure, colours: dict[str, str]) -> Any:
    """The outline of marks: the colour of their series."""
    if not figure.series:
        return alt.StrokeValue(next(iter(colours.values())))
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    return alt.Stroke("s:N", scale=scale, legend=None)


def shape_layer(
    base: alt.Chart,
    table: pd.DataFrame,
    canvas: Canvas,
    *,
    explained: pd.Series | None = None,
    size: int = 52,
) -> list[alt.Chart]:
    """Hollow marks for values that are provisional, estimated, unverified or corrected.

    `explained` are the marks that the picture's legend explains; without it these alone.
    """
    marked = table[table["mark"].isin(MARKED)]
    if marked.empty:
        return []
    key = legend_layer(marked["mark"], canvas) if explained is None else []
    shown = marked["mark"] if explained is None else explained
    points = (
        on_rows(base, marked, canvas)
        .mark_point(size=size, strokeWidth=1.8, opacity=1)
        .encode(
            fill=alt.FillValue(canvas.colours.surface),
            shape=mark_shape(shown, canvas),
            tooltip=tips(canvas.language, marked),
        )
    )
    return [*key, points]


def mark_shape(marks: pd.Series, canvas: Canvas) -> alt.Shape:
    """The shape of a status, with the legend that explains the marks of the whole picture."""
    found = [mark for mark in (*MARKED, ObsStatus.MISSING.value) if mark in set(marks)]
    names = {mark: mark_words(mark, canvas.language) for mark in found}
    explained = (
        legend(names, orient="bottom", width=canvas.width, values=found, symbolSize=70)
        if found
        else None
    )
    return alt.Shape("mark:N", scale=_shape_scale(), legend=explained)


def legend_layer(marks: pd.Series, canvas: Canvas) -> list[alt.Chart]:
    """A point without size, whose look the legend of marks copies: it copies the first layer
    that has a shape, and would lose the outline of the drawn points.
    """
    if not set(marks) & {*MARKED, ObsStatus.MISSING.value}:
        return []
    return [
        canvas.chart(pd.DataFrame({"mark": [ObsStatus.NORMAL.value]}))
        .mark_point(size=0, color=canvas.colours.ink, opacity=1)
        .encode(x=alt.XValue(0), y=alt.YValue(0), shape=mark_shape(marks, canvas))
    ]


def _shape_scale() -> alt.Scale:
    return alt.Scale(domain=list(SHAPES), range=list(SHAPES.values()))


# Labels at line ends -------------------------------------------------------------------------


@dataclass(frozen=True)
class EndLabel:
    """Words beside the end of a line, which lies at `end_x`, `end_y`."""

    x: float
    y: float
    words: str
    colour: str
    weight: int = 500
    end_x: float | None = None
    end_y: float | None = None

    @property
    def lines(self) -> int:
        return self.words.count(LINE_BREAK) + 1

    @property
    def height_px(self) -> int:
        return self.lines * LABEL_LINE_PX + LABEL_GAP_PX


def line_labels(
    figure: Figure, table: pd.DataFrame, values: ValueScale, canvas: Canvas
) -> list[EndLabel]:
    """Names at the lines' ends; a single line ends in its newest value."""
    colours = series_colours(figure, theme=canvas.theme)
    if not figure.series or len(colours) == 1:
        return _newest_value(figure, table, canvas)
    if len(colours) > LABELLED_SERIES and not figure.emphasis:
        return []
    named = figure.emphasis or tuple(colours)
    ends = table[table["y"].notna() & table["s"].isin(named)].drop_duplicates("s", keep="last")
    most = min(MOST_LABEL_LINES, max(2, LABEL_LINES // max(1, len(ends))))
    edge = float(table["t"].max())
    labels = [
        EndLabel(
            edge, row.y, in_lines(row.name, LABEL_LETTERS, most=most), colours[row.s], 600,
            end_x=row.t, end_y=row.y,
        )
        for row in ends.itertuples()
    ]  # fmt: skip
    return apart(labels, values, canvas)


def _newest_value(figure: Figure, table: pd.DataFrame, canvas: Canvas) -> list[EndLabel]:
    last = table[table["y"].notna()].tail(1)
    indicator, ink = figure.result.indicator, canvas.colours.ink
    return [
        EndLabel(row.t, row.y, short_value(row.y, indicator, canvas.language), ink, 700)
        for row in last.itertuples()
    ]


def apart(labels: list[EndLabel], values: ValueScale, canvas: Canvas) -> list[EndLabel]:
    """The labels moved up or down, as little as possible, until none covers another."""
    unit = (values.high - values.low) / (canvas.height * PLOT_SHARE)
    ordered = sorted(labels, key=lambda each: each.y)
    needed = [0.0, *(_distance(*pair) * unit for pair in pairwise(ordered))]
    offsets = list(accumulate(needed))
    free = _never_falling([label.y - by for label, by in zip(ordered, offsets, strict=False)])
    moved = [replace(label, y=y + by) for label, y, by in zip(ordered, free, offsets, strict=False)]
    over = max(0.0, moved[-1].y - values.high) if moved else 0.0
    return [replace(label, y=label.y - over) for label in moved]


def _never_falling(numbers: Sequence[float]) -> list[float]:
    """The nearest numbers, by least squares, of which none is smaller than the one before it:
    neighbours that fall are pooled at their mean.
    """
    pools: list[tuple[float, int]] = []
    for number in numbers:
        mean, count = number, 1
        while pools and pools[-1][0] > mean:
            before, many = pools.pop()
            mean = (mean * count + before * many) / (count + many)
            count += many
        pools.append((mean, count))
    return [mean for mean, count in pools for _ in range(count)]


def _distance(one: EndLabel, other: EndLabel) -> float:
    """Pixels between the middles of two labels that just do not touch."""
    return (one.height_px + other.height_px) / 2


def label_layers(
    labels: Sequence[EndLabel],
    canvas: Canvas,
    *,
    x: str = "t:T",
    place: Mapping[str, Any] = RIGHT_BESIDE,
) -> list[alt.Chart]:
    """Labels at the lines' ends, to the right of them unless `place` says otherwise.

    A halo keeps them readable where they lie on lines.
    """
    if not labels:
        return []
    table = pd.DataFrame(
        {
            x.partition(":")[0]: [label.x for label in labels],
            "y": [label.y for label in labels],
            "words": [label.words for label in labels],
            "colour": [label.colour for label in labels],
            "up": [(1 - label.lines) * LABEL_LINE_PX / 2 for label in labels],
        }
    )
    look: dict[str, Any] = {
        "fontWeight": max(label.weight for label in labels),
        "lineHeight": LABEL_LINE_PX,
        **place,
    }
    base = canvas.chart(table).encode(x=alt.X(x), y=alt.Y("y:Q"), text=alt.Text("words:N"))
    halo = base.mark_text(
        **look, fontSize=12, stroke=canvas.colours.paper, strokeWidth=HALO_PX, strokeJoin="round"
    )
    words = base.mark_text(**look, fontSize=12).encode(
        color=alt.Color("colour:N", scale=None, legend=None)
    )
    return [*_leaders(labels, canvas, x=x), halo, words]


def _leaders(labels: Sequence[EndLabel], canvas: Canvas, *, x: str) -> list[alt.Chart]:
    """Thin lines from the ends of lines that stop early to their labels at the edge."""
    early = [label for label in labels if label.end_x is not None and label.end_x < label.x]
    if not early:
        return []
    column = x.partition(":")[0]
    table = pd.DataFrame(
        {
            column: [label.end_x for label in early],
            "edge": [label.x for label in early],
            "y": [label.end_y for label in early],
            "label_y": [label.y for label in early],
            "colour": [label.colour for label in early],
        }
    )
    return [
        canvas.chart(table)
        .mark_rule(strokeDash=[1, 3], strokeWidth=1.3)
        .encode(
            x=alt.X(x),
            x2=alt.X2("edge"),
            y=alt.Y("y:Q"),
            y2=alt.Y2("label_y"),
            color=alt.Color("colour:N", scale=None, legend=None),
        )
    ]


# Tooltips ------------------------------------------------------------------------------------


def tips(
    language: str, table: Any, *, further: Sequence[str] = (), with_value: bool = True
) -> list[alt.Tooltip]:
    """Name, value with unit, period, ranges, status and source, as words."""
    columns = set(getattr(table, "columns", ()))
    wanted = [
        ("name", "name"),
        *([("v", "value")] if with_value else []),
        ("p", "period"),
        *((name, name) for name in further),
        ("q", "status"),
        ("c", "source"),
    ]
    return [
        alt.Tooltip(f"{column}:N", title=text(f"figures.tip.{key}", language))
        for column, key in wanted
        if column in columns
    ]
