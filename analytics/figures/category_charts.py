"""Charts by category: bars from zero, distributions, scatter with quadrants."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analytics.figures.chart_style import (
    CORRECTED,
    chosen,
    is_one_of,
    number_labels,
    series_codes,
    series_colours,
    short_value,
    value_axis,
    value_axis_title,
)
from analytics.figures.figure import Figure
from analytics.figures.layers import (
    MARKED,
    Canvas,
    colour_of_series,
    layered,
    shape_layer,
    tips,
    value_scale,
)
from analytics.figures.points import points
from analytics.i18n import Formatter, text
from analytics.observations.status import ObsStatus

BAR_PX = 28
LEAST_BARS_PX = 110
MOST_DRAWN_POINTS = 500
NAMED_POINTS = 14
TIME_CATEGORIES = ("year", "period")
LIGHTER = 0.55
BAR_LABEL_SHARE = 0.2  # of the axis, beyond the longest bar


def bars(figure: Figure, canvas: Canvas) -> alt.LayerChart:
    """Horizontal bars from zero, the largest first; areas without a value are named as such."""
    table = _categories(figure, canvas)
    order = list(table["key"])
    largest = float(table["y"].abs().max())
    scale = alt.Scale(domain=_with_room_for_labels(table["y"]), nice=False)
    x = alt.X("y:Q", scale=scale, axis=_number_axis(figure, largest, canvas))
    y = alt.Y("key:N", sort=order, title=None, axis=_name_axis())
    base = canvas.chart(table).encode(x=x, y=y, tooltip=tips(canvas.language, table))
    colour = _bar_colour(figure, canvas)
    drawn = base.mark_bar(cornerRadiusEnd=2).encode(color=colour, opacity=_lighter_if_unsure())
    values = base.transform_filter("isValid(datum.y)").mark_text(
        align="left", dx=10, color=canvas.colours.ink
    )
    lacking = (
        canvas.chart(table[table["y"].isna()])
        .mark_text(align="left", dx=6, color=canvas.colours.grey, fontStyle="italic")
        .encode(x=alt.XDatum(0), y=y, text=alt.TextValue(text("figures.mark.M", canvas.language)))
    )
    marks = shape_layer(
        base.encode(stroke=alt.StrokeValue(canvas.colours.ink)), table, canvas, size=40
    )
    return layered(
        [
            drawn,
            values.encode(text=alt.Text("short:N")),
            lacking,
            *marks,
        ],
        canvas,
        padding=8,
    )


def _with_room_for_labels(values: pd.Series) -> list[float]:
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    room = (high - low) * BAR_LABEL_SHARE
    return [low - room if low < 0 else 0.0, high + room]


def bars_height(figure: Figure) -> int:
    """Pixels for one bar a row."""
    return max(LEAST_BARS_PX, BAR_PX * len(figure.frame) + 40)


def grouped_bars(figure: Figure, canvas: Canvas) -> alt.LayerChart:
    """Bars beside each other within a category, from zero."""
    table = _categories(figure, canvas, sorts=False)
    return _standing_bars(figure, table, canvas, is_stacked=False)


def stacked_bars(figure: Figure, canvas: Canvas) -> alt.LayerChart:
    """Bars on top of each other within a category, from zero."""
    table = _categories(figure, canvas, sorts=False)
    return _standing_bars(figure, table, canvas, is_stacked=True)


def distribution(figure: Figure, canvas: Canvas) -> alt.LayerChart:
    """A box for each category (middle half, median, extremes) with the values as points."""
    table = _categories(figure, canvas, sorts=False)
    known = table[table["y"].notna()]
    boxes = _boxes(known, figure, canvas.language)
    order = (
        _month_names(canvas) if figure.category == "month" else list(dict.fromkeys(table["key"]))
    )
    values = value_scale([known["y"]])
    colour = getattr(canvas.colours, figure.colour)
    axis = value_axis(
        value_axis_title(figure.result.indicator, canvas.language, from_zero=values.from_zero),
        largest=values.high,
        language=canvas.language,
    )
    x = alt.X("key:N", sort=order, title=None, axis=_name_axis(angle=0))
    y_scale = values.scale
    base = canvas.chart(boxes).encode(x=x, tooltip=_box_tips(canvas.language))
    reach = base.mark_rule(color=colour).encode(
        y=alt.Y("low:Q", scale=y_scale, axis=axis), y2=alt.Y2("high:Q")
    )
    box = base.mark_bar(color=colour, opacity=0.25, size=22, stroke=colour).encode(
        y=alt.Y("q1:Q"), y2=alt.Y2("q3:Q")
    )
    middle = base.mark_tick(color=colour, thickness=3, size=22).encode(y=alt.Y("median:Q"))
    layers: list[Any] = [reach, box, middle]
    if len(known) <= MOST_DRAWN_POINTS:
        layers.append(_strip(known, x, y_scale, colour, canvas))
    layers += shape_layer(
        canvas.chart(known).encode(
            x=x, y=alt.Y("y:Q", scale=y_scale), stroke=alt.StrokeValue(colour)
        ),
        known,
        canvas,
        size=40,
    )
    return layered(layers, canvas)


def scatter(figure: Figure, canvas: Canvas) -> alt.LayerChart:
    """Points by two measures, with the rules of the quadrants where they are given."""
    table = _scatter_points(figure, canvas)
    values, across = value_scale([table["y"]]), value_scale([table["x"]])
    colours = series_colours(figure, theme=canvas.theme)
    colour = colour_of_series(figure, colours, canvas, has_legend=len(colours) > 1, symbol="circle")
    y_title = figure.result.indicator.name.in_language(canvas.language)
    x = alt.X("x:Q", scale=across.scale, axis=_across_axis(figure, across.high, canvas))
    y = alt.Y(
        "y:Q",
        scale=values.scale,
        axis=value_axis(
            _named_unit(y_title, figure, canvas), largest=values.high, language=canvas.language
        ),
    )
    base = canvas.chart(table).encode(x=x, y=y, color=colour, tooltip=_scatter_tips(figure, canvas))
    dots = base.mark_point(filled=True, size=90, opacity=0.9)
    shown = _named_points(figure, table)
    names = canvas.chart(shown).mark_text(
        align="left", dx=8, color=canvas.colours.ink, fontSize=11, limit=130
    )
    marks = shape_layer(
        canvas.chart(table).encode(x=x, y=y, stroke=alt.StrokeValue(canvas.colours.ink)),
        table,
        canvas,
        size=90,
    )
    layers = [
        *_quadrant(figure, canvas),
        dots,
        *marks,
        names.encode(x=x, y=y, text=alt.Text("category:N")),
    ]
    return layered(layers, canvas, labels=list(shown["category"]))


def _categories(figure: Figure, canvas: Canvas, *, sorts: bool = True) -> pd.DataFrame:
    """Points with `key` (category in words), largest first unless the order is kept."""
    table = points(figure, language=canvas.language)
    frame = figure.frame.reset_index(drop=True)
    table["key"] = _category_words(figure, frame, canvas.language)
    table["category"] = table["key"]
    table["code"] = frame[figure.category].astype(str) if figure.category in frame else table["key"]
    table["short"] = [
        short_value(value, figure.result.indicator, canvas.language) for value in table["y"]
    ]
    if "name" not in table.columns:
        table["name"] = table["key"]
    if sorts and not figure.keeps_order:
        return table.sort_values("y", ascending=False, kind="stable", na_position="last")
    return table


def _category_words(figure: Figure, frame: pd.DataFrame, language: str) -> list[str]:
    words = Formatter(language)
    if figure.category == "month":
        months = pd.to_datetime(frame["period_start"]).dt.month
        return [words.month_name_short(int(month)) for month in months]
    if figure.category == "year":
        return [str(year) for year in pd.to_datetime(frame["period_start"]).dt.year]
    if figure.category == "period":
        return list(points(figure, language=language)["p"])
    return [figure.name_of(figure.category, code, language) for code in frame[figure.category]]


def _month_names(canvas: Canvas) -> list[str]:
    words = Formatter(canvas.language)
    return [words.month_name_short(month) for month in range(1, 13)]


def _name_axis(*, angle: int | None = None) -> alt.Axis:
    options: dict[str, Any] = {"ticks": False, "domain": False, "labelPadding": 6}
    if angle is not None:
        options |= {"labelAngle": angle, "labelOverlap": "parity"}
    return alt.Axis(labelLimit={"expr": "width < 260 ? 110 : 200"}, **options)


def _number_axis(figure: Figure, largest: float, canvas: Canvas) -> alt.Axis:
    return alt.Axis(
        title=value_axis_title(figure.result.indicator, canvas.language, from_zero=True),
        titleAnchor="start",
        tickCount={"expr": "max(2, min(6, floor(width / 90)))"},
        **number_labels(largest, canvas.language),
    )


def _bar_colour(figure: Figure, canvas: Canvas) -> Any:
    strong = getattr(canvas.colours, figure.colour)
    if figure.series:
        colours = series_colours(figure, theme=canvas.theme)
        return colour_of_series(
            figure, colours, canvas, has_legend=figure.series != figure.category, symbol="square"
        )
    if not figure.emphasis:
        return alt.ColorValue(strong)
    is_strong = is_one_of("code", figure.emphasis)
    return chosen(alt.ColorValue, is_strong, yes=strong, no=canvas.colours.grey)


def _lighter_if_unsure() -> Any:
    is_sure = is_one_of("mark", [ObsStatus.NORMAL.value, CORRECTED])
    return chosen(alt.OpacityValue, is_sure, yes=1, no=LIGHTER)


def _standing_bars(
    figure: Figure, table: pd.DataFrame, canvas: Canvas, *, is_stacked: bool
) -> alt.LayerChart:
    order = list(dict.fromkeys(table["key"]))
    codes = list(series_codes(figure))
    colours = series_colours(figure, theme=canvas.theme)
    largest = _tallest(table) if is_stacked else float(table["y"].max())
    axis = value_axis(
        value_axis_title(figure.result.indicator, canvas.language, from_zero=True),
        largest=largest,
        language=canvas.language,
    )
    rank = {code: position for position, code in enumerate(codes)}
    table = table.assign(rank=table["s"].map(rank)) if "s" in table else table.assign(rank=0)
    base = canvas.chart(table).encode(
        x=alt.X("key:N", sort=order, title=None, axis=_name_axis(angle=0)),
        y=alt.Y("y:Q", stack="zero" if is_stacked else None, axis=axis, scale=alt.Scale(zero=True)),
        order=alt.Order("rank:Q"),
        tooltip=tips(canvas.language, table),
    )
    if not is_stacked and len(codes) > 1:
        base = base.encode(xOffset=alt.XOffset("s:N", sort=codes))
    drawn = base.mark_bar(cornerRadiusEnd=1).encode(
        color=colour_of_series(figure, colours, canvas, has_legend=len(codes) > 1, symbol="square"),
        opacity=_lighter_if_unsure(),
    )
    marks = (
        []
        if is_stacked
        else shape_layer(
            base.encode(stroke=alt.StrokeValue(canvas.colours.ink)), table, canvas, size=36
        )
    )
    if is_stacked:
        marks = _stack_marks(table, order, canvas)
    return layered([drawn, *marks], canvas)


def _stack_marks(table: pd.DataFrame, order: list[str], canvas: Canvas) -> list[alt.Chart]:
    """The mark of a stack that holds an unsure part stands on its top."""
    tops = table.groupby("key", sort=False, as_index=False)["y"].sum()
    worst = table[table["mark"].isin(MARKED)].drop_duplicates("key")
    if worst.empty:
        return []
    marked = worst.drop(columns="y").merge(tops, on="key", how="left", validate="one_to_one")
    stood = canvas.chart(marked).encode(
        x=alt.X("key:N", sort=order),
        y=alt.Y("y:Q", stack=None),
        stroke=alt.StrokeValue(canvas.colours.ink),
    )
    return shape_layer(stood, marked, canvas, size=36)


def _tallest(table: pd.DataFrame) -> float:
    return float(table.groupby("key")["y"].sum().max())


def _boxes(known: pd.DataFrame, figure: Figure, language: str) -> pd.DataFrame:
    """Extremes, quartiles and median of each category, also in words."""
    groups = known.groupby("key", sort=False)["y"]
    table = groups.quantile([0.0, 0.25, 0.5, 0.75, 1.0]).unstack()
    table.columns = pd.Index(["low", "q1", "median", "q3", "high"])
    indicator = figure.result.indicator

    def span(low: float, high: float) -> str:
        return text(
            "figures.tip.range",
            language,
            low=short_value(low, indicator, language),
            high=short_value(high, indicator, language),
        )

    return table.assign(
        n=groups.size(),
        median_words=[short_value(value, indicator, language) for value in table["median"]],
        middle_words=[span(*pair) for pair in zip(table["q1"], table["q3"], strict=True)],
        reach_words=[span(*pair) for pair in zip(table["low"], table["high"], strict=True)],
    ).reset_index()


def _box_tips(language: str) -> list[alt.Tooltip]:
    pairs = (
        ("key:N", "name"),
        ("median_words:N", "median"),
        ("middle_words:N", "quartiles"),
        ("reach_words:N", "extent"),
        ("n:Q", "count"),
    )
    return [alt.Tooltip(field, title=text(f"figures.tip.{key}", language)) for field, key in pairs]


def _strip(
    known: pd.DataFrame, x: alt.X, scale: alt.Scale, colour: str, canvas: Canvas
) -> alt.Chart:
    """The values as small points, spread sideways by a fixed rule so that equal ones show."""
    spread = known.assign(aside=[(position * 7) % 11 - 5 for position in range(len(known))])
    return (
        canvas.chart(spread)
        .mark_circle(size=18, color=colour, opacity=0.55)
        .encode(
            x=x,
            y=alt.Y("y:Q", scale=scale),
            xOffset=alt.XOffset("aside:Q", scale=alt.Scale(domain=[-14, 14])),
            tooltip=tips(canvas.language, known),
        )
    )


def _scatter_points(figure: Figure, canvas: Canvas) -> pd.DataFrame:
    table = _categories(figure, canvas, sorts=False)
    other = figure.frame[figure.x_column].reset_index(drop=True).astype(float)
    indicator = figure.x_indicator or figure.result.indicator
    words = [short_value(value, indicator, canvas.language) for value in other]
    table = table.assign(x=other, x_words=words, name=table["category"])
    return table[table["x"].notna() & table["y"].notna()]


def _scatter_tips(figure: Figure, canvas: Canvas) -> list[alt.Tooltip]:
    other = figure.x_indicator or figure.result.indicator
    usual = tips(canvas.language, pd.DataFrame(columns=["name", "v", "p", "q", "c"]))
    mine = alt.Tooltip("x_words:N", title=_named(other, canvas.language))
    return [usual[0], mine, *usual[1:]]


def _named(indicator: Any, language: str) -> str:
    return text(
        "figures.axis.indexed",
        language,
        name=indicator.name.in_language(language),
        unit=indicator.unit_symbol.in_language(language),
    )


def _named_unit(name: str, figure: Figure, canvas: Canvas) -> str:
    unit = figure.result.indicator.unit_symbol.in_language(canvas.language)
    return text("figures.axis.indexed", canvas.language, name=name, unit=unit)


def _across_axis(figure: Figure, largest: float, canvas: Canvas) -> alt.Axis:
    other = figure.x_indicator or figure.result.indicator
    return alt.Axis(
        title=_named(other, canvas.language),
        titleAnchor="end",
        tickCount={"expr": "max(2, min(6, floor(width / 90)))"},
        **number_labels(largest, canvas.language),
    )


def _quadrant(figure: Figure, canvas: Canvas) -> list[alt.Chart]:
    if figure.quadrant is None:
        return []
    x, y = figure.quadrant
    colour = canvas.colours.grey
    return [
        canvas.chart(pd.DataFrame({"x": [x]}))
        .mark_rule(color=colour, strokeDash=[4, 3])
        .encode(x=alt.X("x:Q")),
        canvas.chart(pd.DataFrame({"y": [y]}))
        .mark_rule(color=colour, strokeDash=[4, 3])
        .encode(y=alt.Y("y:Q")),
    ]


def _named_points(figure: Figure, table: pd.DataFrame) -> pd.DataFrame:
    """The points that are named in the picture: the emphasised ones, or all when few."""
    if figure.emphasis:
        return table[table["code"].isin(figure.emphasis)]
    return table if len(table) <= NAMED_POINTS else table.nlargest(NAMED_POINTS // 2, "y")
