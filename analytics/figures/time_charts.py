"""Charts over time: lines, seasons, fans of forecasts, past forecasts, cells, events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import altair as alt
import pandas as pd

from analytics.figures.axis_marks import (
    annotation_layers,
    reference_layers,
    reference_values,
    today_layers,
)
from analytics.figures.chart_style import (
    LINE_BREAK,
    in_lines,
    legend,
    mark_words,
    series_codes,
    series_colours,
    value_axis,
    value_axis_title,
)
from analytics.figures.figure import Figure
from analytics.figures.layers import (
    BEFORE_AND_ABOVE,
    BEFORE_AND_BELOW,
    BREAK,
    Canvas,
    EndLabel,
    ValueScale,
    apart,
    colour_of_marks,
    colour_of_series,
    hover_layer,
    label_layers,
    layered,
    legend_layer,
    line_labels,
    line_layers,
    lonely_layers,
    mark_layers,
    mark_shape,
    missing_layer,
    shape_layer,
    stacked_layers,
    time_position,
    tips,
    value_position,
    value_scale,
)
from analytics.figures.palette import sequential
from analytics.figures.points import points, time_points
from analytics.i18n import Formatter, text
from analytics.observations.status import ObsStatus

NAMED_YEARS = 2
RECENT = 18  # months: as many as the label covers on a telephone
CELL_PX = 26
EVENT_PX = 42
EVENT_LINE_PX = 13
EVENT_LETTERS = 46  # to a line on a telephone
TIMELINE_FOOT_PX = 56
WIDE_PX = 560
SMALL_COLUMNS = 2
SMALL_GAP_PX = 14
KEY_PX = 44  # what the legend of marks takes below the last small chart
NOTHING_TO_READ = "\u00a0"
BANDS = {"80": 0.3, "95": 0.15}  # strength of the colour


def line(figure: Figure, canvas: Canvas) -> alt.LayerChart:
    """One or several lines over time."""
    table = time_points(figure, language=canvas.language)
    canvas = canvas.over(table)
    values = value_scale([table["y"], reference_values(figure)])
    labels = line_labels(figure, table, values, canvas)
    layers = [
        *legend_layer(table["mark"], canvas),
        *annotation_layers(figure, table, canvas),
        *reference_layers(figure, table, canvas),
        *line_layers(figure, table, values, canvas),
        missing_layer(table, canvas, explained=table["mark"]),
        *mark_layers(figure, table, canvas),
        *label_layers(labels, canvas),
    ]
    return layered(layers, canvas)


def fan(figure: Figure, canvas: Canvas) -> alt.LayerChart:
    """History and forecast: bands of 80 and 95 percent, dashed middle, rule of today."""
    table = time_points(figure, language=canvas.language)
    canvas = canvas.over(table)
    past, ahead = _past_and_ahead(table)
    bands = [
        ahead[column] for column in ("low_95", "high_95", "low_80", "high_80") if column in ahead
    ]
    values = value_scale([table["y"], reference_values(figure), *bands])
    colour = next(iter(series_colours(figure, theme=canvas.theme).values()))
    labels = line_labels(figure, past, values, canvas)
    newest = (
        label_layers(labels, canvas) if ahead.empty else _newest_before_fan(labels, past, canvas)
    )
    layers = [
        *legend_layer(past["mark"], canvas),
        *annotation_layers(figure, table, canvas),
        *reference_layers(figure, table, canvas),
        *_band_layers(ahead, colour, canvas),
        *line_layers(figure, past, values, canvas),
        *_middle_layers(ahead, colour, canvas),
        missing_layer(past, canvas, explained=past["mark"]),
        *mark_layers(figure, past, canvas),
        *today_layers(figure, canvas),
        *newest,
    ]
    return layered(layers, canvas)


def backtest(figure: Figure, canvas: Canvas) -> alt.LayerChart:
    """What came, and what past forecasts had said: one dashed line for each origin."""
    table = time_points(figure, language=canvas.language)
    canvas = canvas.over(table)
    bands = [table[column] for column in ("forecast_value", "low_80", "high_80") if column in table]
    values = value_scale([table["y"], *bands])
    colour = next(iter(series_colours(figure, theme=canvas.theme).values()))
    said = table[table["forecast_value"].notna()]
    layers = []
    if {"low_80", "high_80"} <= set(said.columns):
        layers.append(_band(said, "80", colour, canvas, detail=_origin(said)))
    layers += line_layers(figure, table.drop_duplicates("t"), values, canvas)
    layers.append(
        canvas.chart(said.assign(told=mark_words("forecast", canvas.language)))
        .mark_line(strokeDash=[4, 3], strokeWidth=1.5, color=canvas.colours.ink, opacity=0.75)
        .encode(
            x=time_position(canvas),
            y=alt.Y("forecast_value:Q"),
            detail=alt.Detail(_origin(said)),
            strokeDash=_dash_legend(canvas),
        )
    )
    return layered(layers, canvas)


def seasonal(figure: Figure, canvas: Canvas) -> alt.LayerChart:
    """Months across, one line a year; the newest year strong, the one before it medium."""
    table = _with_months(time_points(figure, language=canvas.language))
    values = value_scale([table["y"]])
    years = sorted(table.loc[table["y"].notna(), "year"].unique())
    table = table.assign(weight=table["year"].map(_year_weights(years)))
    labels = _year_labels(table, years, values, canvas)
    strong = getattr(canvas.colours, figure.colour)
    colour = alt.Color(
        "weight:N",
        scale=alt.Scale(
            domain=["newest", "before", "older"],
            range=[strong, canvas.colours.ink, canvas.colours.grey],
        ),
        legend=None,
    )
    base = canvas.chart(table).encode(
        x=alt.X("month:Q", scale=alt.Scale(domain=[1, 12], nice=False), axis=_month_axis(canvas)),
        y=value_position(figure, values, canvas),
        detail=alt.Detail("year:N"),
    )
    lines = base.mark_line(interpolate="linear", invalid=BREAK).encode(
        color=colour,
        strokeWidth=_by_weight(alt.StrokeWidth, [3, 2, 1.2]),
        opacity=_by_weight(alt.Opacity, [1, 0.9, 0.3]),
    )
    layers = [
        lines,
        hover_layer(base.encode(color=colour), table, canvas),
        *shape_layer(base.encode(stroke=alt.StrokeValue(strong)), table, canvas),
        *label_layers(labels, canvas, x="month:Q"),
    ]
    return layered(layers, canvas)


def heat(figure: Figure, canvas: Canvas) -> alt.LayerChart:
    """A strip of cells, years down and months across; a cell without value is crossed out."""
    table = _with_months(time_points(figure, language=canvas.language))
    known, lacking = table[table["y"].notna()], table[table["y"].isna()]
    x = alt.X(
        "month:O", axis=_month_axis(canvas, grid=False), scale=alt.Scale(domain=list(range(1, 13)))
    )
    y = alt.Y("year:O", title=None)
    ramp = list(sequential(6, theme=canvas.theme))
    unit = figure.result.indicator.unit_symbol.in_language(canvas.language)
    cells = (
        canvas.chart(known)
        .mark_rect(stroke=canvas.colours.surface, strokeWidth=1.5)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "y:Q",
                scale=alt.Scale(range=ramp, interpolate="rgb"),
                legend=alt.Legend(
                    title=unit,
                    orient="bottom",
                    gradientLength=200,
                    gradientThickness=10,
                    format=",.6~r",
                ),
            ),
            tooltip=tips(canvas.language, known),
        )
    )
    crosses = (
        canvas.chart(lacking)
        .mark_text(text="×", color=canvas.colours.grey, fontSize=13)
        .encode(x=x, y=y, tooltip=tips(canvas.language, lacking))
    )
    marks = shape_layer(
        canvas.chart(table).encode(x=x, y=y, stroke=alt.StrokeValue(canvas.colours.ink)),
        table,
        canvas,
    )
    return layered([cells, crosses, *marks], canvas)


def spark(figure: Figure, canvas: Canvas) -> alt.LayerChart:
    """A trend without axes: the line and its newest point."""
    table = time_points(figure, language=canvas.language)
    known = table[table["y"].notna()]
    colour = next(iter(series_colours(figure, theme=canvas.theme).values()))
    x = alt.X("t:T", scale=alt.Scale(type="utc"), axis=None)
    y = alt.Y("y:Q", scale=value_scale([table["y"]]).scale, axis=None)
    base = canvas.chart(table).encode(x=x, y=y)
    trend = base.mark_line(color=colour, strokeWidth=2, invalid=BREAK)
    newest = (
        canvas.chart(known.tail(1)).mark_circle(color=colour, size=60, opacity=1).encode(x=x, y=y)
    )
    hover = hover_layer(base.encode(color=alt.ColorValue(colour)), table, canvas)
    return layered([trend, hover, newest], canvas, padding=6)


def timeline(figure: Figure, canvas: Canvas) -> alt.LayerChart:
    """Events by date, each on its own line with its name beside it, lane below lane."""
    table, headings = _in_lanes(figure, _events(figure, canvas.language), canvas)
    canvas = canvas.over(table)
    colours = series_colours(figure, theme=canvas.theme)
    rows = list(range(len(table) + len(headings)))
    x = time_position(canvas)
    y = alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0.2, domain=rows))
    colour = colour_of_series(figure, colours, canvas, has_legend=False)
    told = [
        alt.Tooltip("event:N", title=text("figures.tip.event", canvas.language)),
        *tips(canvas.language, table, with_value=bool(table["y"].notna().any())),
    ]
    base = canvas.chart(table).encode(x=x, y=y, tooltip=told)
    stems = base.mark_rule(color=canvas.colours.line, strokeWidth=1).encode(x2=alt.X2Value(0))
    dots = base.mark_point(filled=True, size=90, opacity=1).encode(
        color=colour, shape=mark_shape(table["mark"], canvas)
    )
    hollow = shape_layer(
        base.encode(stroke=colour_of_marks(figure, colours)), table, canvas, explained=table["mark"]
    )
    return layered(
        [
            *legend_layer(table["mark"], canvas),
            stems,
            dots,
            *hollow,
            *_event_names(base, table, canvas),
            *_lane_names(headings, y, canvas),
        ],
        canvas,
    )


def _event_names(base: alt.Chart, table: pd.DataFrame, canvas: Canvas) -> list[alt.Chart]:
    """Names beside the dots, on the side that has more room; on a telephone above their stems."""
    middle = (table["t"].min() + table["t"].max()) / 2
    is_wide = f"containerSize()[0] >= {WIDE_PX}" if canvas.is_responsive else "true"
    look: dict[str, Any] = {"color": canvas.colours.ink, "lineHeight": EVENT_LINE_PX}
    named = base.encode(text=alt.Text("event:N"))
    early = named.transform_filter(f"{is_wide} && datum.t <= {middle}")
    late = named.transform_filter(f"{is_wide} && datum.t > {middle}")
    above = base.transform_filter(f"!({is_wide})").encode(x=alt.XValue(0), text=alt.Text("lines:N"))
    return [
        early.mark_text(align="left", dx=10, **look),
        late.mark_text(align="right", dx=-10, **look),
        above.mark_text(align="left", dy={"expr": "datum.up"}, **look),
    ]


def _lane_names(headings: pd.DataFrame, y: alt.Y, canvas: Canvas) -> list[alt.Chart]:
    if headings.empty:
        return []
    return [
        canvas.chart(headings)
        .mark_text(align="left", fontWeight=700, baseline="middle", dy=-4)
        .encode(
            x=alt.XValue(0),
            y=y,
            text=alt.Text("words:N"),
            color=alt.Color("colour:N", scale=None, legend=None),
        )
    ]


def _in_lanes(
    figure: Figure, events: pd.DataFrame, canvas: Canvas
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Events with their `row`, and a heading above those of each lane; one lane needs none."""
    colours = series_colours(figure, theme=canvas.theme)
    if len(colours) < 2:
        return events.assign(row=range(len(events))), pd.DataFrame()
    lanes = [(code, events[events["s"] == code]) for code in colours]
    lanes = [(code, lane) for code, lane in lanes if len(lane)]
    parts, headings, row = [], [], 0
    for code, lane in lanes:
        words = figure.name_of(figure.series, code, canvas.language)
        headings.append({"row": row, "words": words, "colour": colours[code]})
        parts.append(lane.assign(row=range(row + 1, row + 1 + len(lane))))
        row += len(lane) + 1
    return pd.concat(parts, ignore_index=True), pd.DataFrame(headings)


def timeline_height(figure: Figure) -> int:
    """Pixels for one line an event, and one for the heading of each lane."""
    dated = figure.frame[figure.frame["period_start"].notna()]
    lanes = dated[figure.series].nunique() if figure.series else 1
    rows = len(dated) + (lanes if lanes > 1 else 0)
    return max(120, EVENT_PX * rows + TIMELINE_FOOT_PX)


def heat_height(figure: Figure) -> int:
    """Pixels for one row of cells a year."""
    years = pd.to_datetime(figure.frame["period_start"]).dt.year.nunique()
    return max(3, int(years)) * CELL_PX


def small_charts(figure: Figure, canvas: Canvas) -> list[tuple[str, alt.LayerChart]]:
    """One small chart a series, all with the same axes, with the name of the series."""
    table = time_points(figure, language=canvas.language)
    canvas = canvas.over(table)
    values = value_scale([table["y"]])
    colours = series_colours(replace(figure, emphasis=()), theme=canvas.theme)
    colour = next(iter(colours.values()))
    codes = series_codes(figure)
    charts = []
    for position, code in enumerate(codes):
        is_last = position == len(codes) - 1 and bool(legend_layer(table["mark"], canvas))
        explained = table["mark"] if is_last else table["mark"].iloc[:0]
        sheet = replace(canvas, height=canvas.height + KEY_PX) if is_last else canvas
        name = figure.name_of(figure.series, code, canvas.language)
        chart = _small(figure, table, code, position, values, colour, sheet, explained=explained)
        charts.append((name, chart))
    return charts


def small_multiples(figure: Figure, canvas: Canvas) -> alt.ConcatChart:
    """All small charts in one picture (a page draws them one by one)."""
    width = ((canvas.width or 720) - SMALL_COLUMNS * 60) // SMALL_COLUMNS
    small = replace(canvas, height=max(90, canvas.height // 3), width=width)
    charts = [chart.properties(title=name) for name, chart in small_charts(figure, small)]
    return alt.concat(*charts, columns=SMALL_COLUMNS, spacing=SMALL_GAP_PX)


def _small(
    figure: Figure,
    table: pd.DataFrame,
    code: str,
    position: int,
    values: ValueScale,
    colour: str,
    canvas: Canvas,
    *,
    explained: pd.Series,
) -> alt.LayerChart:
    """One of the small charts; the last one explains the marks of all."""
    own = table[table["s"] == code]
    title = value_axis_title(
        figure.result.indicator, canvas.language, from_zero=values.from_zero or values.low < 0
    )
    # The first says the unit; the others leave its room free, so that all are of one height.
    shown = NOTHING_TO_READ if position else title
    axis = value_axis(shown, largest=values.high, language=canvas.language)
    base = canvas.chart(own).encode(
        x=time_position(canvas), y=alt.Y("y:Q", scale=values.scale, axis=axis)
    )
    layers = [
        *legend_layer(explained, canvas),
        base.mark_line(color=colour, strokeWidth=2, invalid=BREAK),
        hover_layer(
            base.encode(color=alt.ColorValue(colour)), own, canvas, name=f"pointed_{position}"
        ),
        *lonely_layers(base.encode(color=alt.ColorValue(colour)), own, canvas),
        missing_layer(own, canvas, explained=explained),
        *shape_layer(base.encode(stroke=alt.StrokeValue(colour)), own, canvas, explained=explained),
    ]
    return stacked_layers(layers, canvas)


def _month_axis(canvas: Canvas, *, grid: bool = True) -> alt.Axis:
    words = Formatter(canvas.language)
    names = ["", *(words.month_name_short(month) for month in range(1, 13))]
    return alt.Axis(
        title=None,
        values=list(range(1, 13)),
        labelExpr=f"{names}[datum.value]",
        labelAngle=0,
        labelOverlap="parity",
        labelSeparation=4,
        grid=grid,
    )


# Forecasts -----------------------------------------------------------------------------------


def _past_and_ahead(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """History, and the forecast beginning at the last observed value, so that they join."""
    is_ahead = table["mark"] == ObsStatus.FORECAST.value
    past, ahead = table[~is_ahead], table[is_ahead]
    last = past[past["y"].notna()].tail(1)
    if ahead.empty or last.empty:
        return past, ahead
    start = last.assign(**dict.fromkeys(("low_80", "high_80", "low_95", "high_95"), last["y"]))
    return past, pd.concat([start, ahead], ignore_index=True)


def _newest_before_fan(
    labels: Sequence[EndLabel], past: pd.DataFrame, canvas: Canvas
) -> list[alt.Chart]:
    """The newest value clear of the line before it: above its highest or below its lowest recent
    point, whichever is nearer.
    """
    recent = past["y"].dropna().tail(RECENT)
    above, below = recent.max() - recent.iloc[-1], recent.iloc[-1] - recent.min()
    is_above = bool(above < below)
    moved = [replace(label, y=recent.max() if is_above else recent.min()) for label in labels]
    place = BEFORE_AND_ABOVE if is_above else BEFORE_AND_BELOW
    return label_layers(moved, canvas, place=place)


def _band_layers(ahead: pd.DataFrame, colour: str, canvas: Canvas) -> list[alt.Chart]:
    if ahead.empty:
        return []
    return [_band(ahead, level, colour, canvas) for level in reversed(BANDS)]


def _band(
    ahead: pd.DataFrame, level: str, colour: str, canvas: Canvas, *, detail: str = "mark:N"
) -> alt.Chart:
    """The range of one level, explained below the picture."""
    names = {each: mark_words(f"band_{each}", canvas.language) for each in BANDS}
    shown = [each for each in BANDS if f"low_{each}" in ahead.columns]
    explained = legend(
        {names[each]: names[each] for each in shown},
        orient="bottom",
        width=canvas.width,
        symbolType="square",
        symbolFillColor=colour,
        symbolStrokeWidth=0,
        symbolSize=140,
        values=[names[each] for each in shown],
    )
    opacity = alt.Opacity(
        "band:N",
        scale=alt.Scale(domain=list(names.values()), range=list(BANDS.values())),
        legend=explained,
    )
    return (
        canvas.chart(ahead.assign(band=names[level]))
        .mark_area(color=colour)
        .encode(
            x=time_position(canvas),
            y=alt.Y(f"low_{level}:Q"),
            y2=alt.Y2(f"high_{level}:Q"),
            opacity=opacity,
            detail=alt.Detail(detail),
        )
    )


def _middle_layers(ahead: pd.DataFrame, colour: str, canvas: Canvas) -> list[alt.Chart]:
    """The dashed middle and its tooltips with both ranges."""
    if ahead.empty:
        return []
    told = _with_range_words(ahead.iloc[1:], canvas.language)
    middle = (
        canvas.chart(ahead)
        .mark_line(strokeDash=[5, 4], strokeWidth=2.5, color=colour)
        .encode(x=time_position(canvas), y=alt.Y("y:Q"))
    )
    base = canvas.chart(told).encode(
        x=time_position(canvas), y=alt.Y("y:Q"), color=alt.ColorValue(colour)
    )
    return [middle, hover_layer(base, told, canvas, name="ahead", further=("range_80", "range_95"))]


def _with_range_words(ahead: pd.DataFrame, language: str) -> pd.DataFrame:
    words = Formatter(language)

    def written_range(low: float, high: float) -> str:
        return text(
            "figures.tip.range", language, low=words.number(low, 0), high=words.number(high, 0)
        )

    return ahead.assign(
        **{
            f"range_{level}": [
                written_range(low, high)
                for low, high in zip(ahead[f"low_{level}"], ahead[f"high_{level}"], strict=True)
            ]
            for level in ("80", "95")
        }
    )


def _origin(table: pd.DataFrame) -> str:
    return "cutoff:N" if "cutoff" in table.columns else "mark:N"


def _dash_legend(canvas: Canvas) -> alt.StrokeDash:
    """Says that the dashed lines are what was forecast at the time."""
    words = mark_words("forecast", canvas.language)
    return alt.StrokeDash(
        "told:N",
        scale=alt.Scale(domain=[words], range=[[4, 3]]),
        legend=legend(
            {words: words},
            orient="bottom",
            width=canvas.width,
            symbolStrokeColor=canvas.colours.ink,
        ),
    )


# Seasons and events --------------------------------------------------------------------------


def _with_months(table: pd.DataFrame) -> pd.DataFrame:
    moments = pd.to_datetime(table["t"], unit="ms")
    return table.assign(month=moments.dt.month, year=moments.dt.year)


def _year_weights(years: Sequence[int]) -> dict[int, str]:
    weights = dict.fromkeys(years, "older")
    for year, weight in zip(reversed(years), ("newest", "before"), strict=False):
        weights[year] = weight
    return weights


def _by_weight(channel: Any, amounts: Sequence[float]) -> Any:
    scale = alt.Scale(type="ordinal", domain=["newest", "before", "older"], range=list(amounts))
    return channel("weight:N", scale=scale, legend=None)


def _year_labels(
    table: pd.DataFrame, years: Sequence[int], values: ValueScale, canvas: Canvas
) -> list[EndLabel]:
    """The newest two years at the ends of their lines."""
    known = table[table["y"].notna() & table["year"].isin(years[-NAMED_YEARS:])]
    ends = known.drop_duplicates("year", keep="last")
    return apart(
        [
            EndLabel(row.month, row.y, str(row.year), canvas.colours.ink, 600)
            for row in ends.itertuples()
        ],
        values,
        canvas,
    )


def _events(figure: Figure, language: str) -> pd.DataFrame:
    frame = figure.frame
    dated = frame[frame["period_start"].notna()].sort_values("period_start", kind="stable")
    table = points(replace(figure, result=replace(figure.result, frame=dated)), language=language)
    column = figure.category or "obs_text"
    names = [figure.name_of(column, value, language) for value in dated[column]]
    lines = [in_lines(name, EVENT_LETTERS, most=2) for name in names]
    up = [-13 - each.count(LINE_BREAK) * EVENT_LINE_PX for each in lines]
    return table.assign(event=names, lines=lines, up=up)
