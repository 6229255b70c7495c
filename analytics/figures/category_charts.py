"""Charts by category: bars from zero, distributions, scatter with quadrants."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analytics.figures.axis_marks import reference_rows, reference_rules
from analytics.figures.chart_style import (
    CORRECTED,
    LINE_BREAK,
    chosen,
    in_lines,
    is_one_of,
    name_px,
    number_labels,
    round_limits,
    series_codes,
    series_colours,
    short_value,
    value_axis,
    value_axis_title,
)
from analytics.figures.figure import Figure, Kind
from analytics.figures.layers import (
    MARKED,
    Canvas,
    colour_of_series,
    layered,
    legend_layer,
    mark_shape,
    on_rows,
    shape_layer,
    tips,
    value_scale,
)
from analytics.figures.points import points
from analytics.figures.sentences import PERCENT, written
from analytics.i18n import LANGUAGES, Formatter, text
from analytics.observations.status import ObsStatus

BAR_PX = 28
LEAST_BARS_PX = 110
MOST_DRAWN_POINTS = 500
NAMED_POINTS = 14
TIME_CATEGORIES = ("year", "month", "period")
LIGHTER = 0.55
VALUE_GAP_PX = 10  # between a bar and its value: the mark of its status lies there
NAME_LETTERS = 20  # to a line beside a bar
NAME_LINE_PX = 14
BESIDE_NAMES_PX = 160  # what names beside bars leave to a legend above them
STANDING_PX = 84  # a bar that is wider looks like an area
STANDING_LETTERS = 18  # a longer name does not stand below a bar
STANDING_MOST = 10  # names of more groups would not all stand below them
STANDING_LINE_LETTERS = 9
WHOLE_PCT, ROUNDING_PCT = 100.0, 1.0  # shares as printed by a source miss 100 by less
REFERENCE_HALO_PX = 3.5
RANGE = "bar_range"
RANGE_PX, RANGE_HALO_PX = 2, 5
REFERENCE_PX = 24  # the legend of the values to compare with


def bars(figure: Figure, canvas: Canvas) -> alt.LayerChart:
    """Horizontal bars from zero, the largest first; areas without a value are named as such."""
    table = _categories(figure, canvas)
    order = list(table["key"])
    largest = float(table[["left", "right"]].abs().max(axis=None))
    x = alt.X("y:Q", scale=_reach(table), axis=_number_axis(figure, largest, canvas))
    y = alt.Y("key:N", sort=order, title=None, axis=_name_axis())
    told = tips(canvas.language, table, further=(RANGE,))
    base = canvas.chart(table).encode(x=x, y=y, tooltip=told)
    colour = _bar_colour(figure, canvas)
    drawn = base.mark_bar(cornerRadiusEnd=2).encode(color=colour, opacity=_lighter_if_unsure())
    lacking = (
        canvas.chart(table[table["y"].isna()])
        .mark_text(align="left", dx=6, color=canvas.colours.grey, fontStyle="italic")
        .encode(x=alt.XDatum(0), y=y, text=alt.TextValue(text("figures.mark.M", canvas.language)))
    )
    marks = shape_layer(
        base.encode(stroke=alt.StrokeValue(canvas.colours.ink)), table, canvas, size=40
    )
    references = _references(figure, canvas, along="x")
    layers = [drawn, *references, *_bar_ranges(base, table, canvas, along="x")]
    return layered([*layers, *_bar_values(base, canvas), lacking, *marks], canvas)


def _bar_ranges(
    base: alt.Chart, table: pd.DataFrame, canvas: Canvas, *, along: str
) -> list[alt.Chart]:
    """The range of each bar as a rule across its end, with a halo that parts it from the bar."""
    if RANGE not in table:
        return []
    ends: Any = (
        {"x": alt.X("left:Q"), "x2": alt.X2("right:Q")}
        if along == "x"
        else {"y": alt.Y("left:Q"), "y2": alt.Y2("right:Q")}
    )
    ranged = base.transform_filter(f"datum.{RANGE} != ''").encode(
        opacity=alt.OpacityValue(1), **ends
    )
    return [
        ranged.mark_rule(strokeWidth=width).encode(color=alt.ColorValue(colour))
        for colour, width in ((canvas.colours.paper, RANGE_HALO_PX), (canvas.colours.ink, RANGE_PX))
    ]


def _bar_values(base: alt.Chart, canvas: Canvas) -> list[alt.Chart]:
    """The value of each bar beyond what is drawn of it: to the right, or to the left of a
    negative one."""
    sides: Any = (
        ("datum.y >= 0", "right", "left", VALUE_GAP_PX),
        ("datum.y < 0", "left", "right", -VALUE_GAP_PX),
    )
    return [
        base.transform_filter(f"isValid(datum.y) && {side}")
        .mark_text(align=align, dx=dx, color=canvas.colours.ink)
        .encode(x=alt.X(f"{end}:Q"), text=alt.Text("short:N"))
        for side, end, align, dx in sides
    ]


def _reach(table: pd.DataFrame) -> alt.Scale:
    """From the smallest to the largest bar, with room for their values in pixels at the ends."""
    low, high = min(0.0, float(table["left"].min())), max(0.0, float(table["right"].max()))
    room = name_px(list(table["short"])) + VALUE_GAP_PX + 2
    left, right = (room if low < 0 else 0), (room if high > 0 else 0)
    return alt.Scale(domain=[low, high], nice=False, range=[left, alt.ExprRef(f"width - {right}")])


def _references(figure: Figure, canvas: Canvas, *, along: str) -> list[alt.Chart]:
    """Values to compare with as rules across all bars; `along` is the axis of the values."""
    if not figure.references:
        return []
    rows = reference_rows(figure, canvas.language)
    halo = canvas.chart(rows).mark_rule(color=canvas.colours.paper, strokeWidth=REFERENCE_HALO_PX)
    position: Any = {"x": alt.X("y:Q")} if along == "x" else {"y": alt.Y("y:Q")}
    return [rules.encode(**position) for rules in (halo, reference_rules(rows, canvas))]


def bars_height(figure: Figure) -> int:
    """Pixels for one bar a row, more where names need more lines."""
    lines = max(_lines_of_names(figure), 1)
    row = max(BAR_PX, lines * NAME_LINE_PX + 8)
    below = REFERENCE_PX if figure.references else 0
    return max(LEAST_BARS_PX, row * len(figure.frame) + 44 + below)


def _lines_of_names(figure: Figure) -> int:
    """Lines of the longest name of a category, in whichever language it is longer."""
    if figure.category not in figure.frame.columns:
        return 1
    frame = figure.frame.reset_index(drop=True)
    return max(
        (
            in_lines(name, NAME_LETTERS).count(LINE_BREAK) + 1
            for language in LANGUAGES
            for name in set(_category_words(figure, frame, language))
        ),
        default=1,
    )


def grouped_bars(figure: Figure, canvas: Canvas) -> alt.LayerChart:
    """Bars beside each other within a category, from zero."""
    return _bars_of_groups(figure, canvas, is_stacked=False)


def stacked_bars(figure: Figure, canvas: Canvas) -> alt.LayerChart:
    """Bars on top of each other within a category, from zero."""
    return _bars_of_groups(figure, canvas, is_stacked=True)


def _bars_of_groups(figure: Figure, canvas: Canvas, *, is_stacked: bool) -> alt.LayerChart:
    """Standing bars over time; lying ones where names are too long to stand below a bar."""
    table = _categories(figure, canvas, sorts=False)
    longest = max((len(name) for name in table["category"]), default=0)
    is_short = longest <= STANDING_LETTERS and table["key"].nunique() <= STANDING_MOST
    if figure.category in TIME_CATEGORIES or is_short:
        return _standing_bars(figure, table, canvas, is_stacked=is_stacked)
    return _lying_bars(figure, table, canvas, is_stacked=is_stacked)


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
    return layered(layers, canvas)


def _categories(figure: Figure, canvas: Canvas, *, sorts: bool = True) -> pd.DataFrame:
    """Points with `key` (category in words), largest first unless the order is kept."""
    table = points(figure, language=canvas.language)
    frame = figure.frame.reset_index(drop=True)
    table["category"] = _category_words(figure, frame, canvas.language)
    letters = NAME_LETTERS if figure.kind is Kind.BARS else STANDING_LINE_LETTERS
    table["key"] = [in_lines(name, letters) for name in table["category"]]
    table["code"] = frame[figure.category].astype(str) if figure.category in frame else table["key"]
    table["short"] = [
        short_value(value, figure.result.indicator, canvas.language) for value in table["y"]
    ]
    if "name" not in table.columns:
        table["name"] = table["category"]
    table = _with_ends(table, figure, canvas.language)
    if sorts and not figure.keeps_order:
        return table.sort_values("y", ascending=False, kind="stable", na_position="last")
    return table


def _with_ends(table: pd.DataFrame, figure: Figure, language: str) -> pd.DataFrame:
    """With `left` and `right`, the ends of a bar's range; where it has none, both its value.

    A figure with ranges has them in words too, as RANGE; empty where a bar has none.
    """
    if figure.bar_range is None:
        return table.assign(left=table["y"], right=table["y"])
    indicator, frame = figure.result.indicator, figure.frame.reset_index(drop=True)
    low, high = (frame[name].astype(float) for name in figure.bar_range)
    words = [
        text("figures.tip.range", language, low=written(start, indicator, language),
             high=written(end, indicator, language)) if start <= end else ""
        for start, end in zip(low, high, strict=True)
    ]  # fmt: skip
    ends = {"left": low.fillna(table["y"]), "right": high.fillna(table["y"])}
    return table.assign(**ends, **{RANGE: words})


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
        options |= {"labelAngle": angle, "labelOverlap": "parity", "labelSeparation": 3}
    # Vega sets the first of several lines on the middle: two lines stand around it this way.
    has_lines = {"test": "indexof(datum.label, '\\n') >= 0", "value": "bottom"}
    if angle is None:
        options["labelBaseline"] = {"condition": has_lines, "value": "middle"}
    return alt.Axis(labelLimit=220, **options)


def _number_axis(figure: Figure, largest: float, canvas: Canvas) -> alt.Axis:
    return alt.Axis(
        title=value_axis_title(figure.result.indicator, canvas.language, from_zero=True),
        titleAnchor="start",
        tickCount={"expr": "max(2, min(6, floor(width / 90)))"},
        labelOverlap="parity",
        labelSeparation=6,
        **number_labels(largest, canvas.language),
    )


def _bar_colour(figure: Figure, canvas: Canvas) -> Any:
    strong = getattr(canvas.colours, figure.colour)
    if figure.series:
        colours = series_colours(figure, theme=canvas.theme)
        return colour_of_series(
            figure,
            colours,
            canvas,
            has_legend=figure.series != figure.category,
            symbol="square",
            beside_px=BESIDE_NAMES_PX,
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
    low, high = _limits(figure, table, is_stacked=is_stacked)
    axis = value_axis(
        value_axis_title(figure.result.indicator, canvas.language, from_zero=True),
        largest=max(abs(low), abs(high)),
        language=canvas.language,
    )
    across = alt.Y(
        "y:Q",
        stack="zero" if is_stacked else None,
        axis=axis,
        scale=alt.Scale(domain=[low, high], nice=False),
    )
    base = _bars_by_group(figure, table, canvas).encode(
        x=alt.X("key:N", sort=order, title=None, axis=_name_axis(angle=0)), y=across
    )
    codes = list(series_codes(figure))
    if not is_stacked and len(codes) > 1:
        base = base.encode(xOffset=alt.XOffset("s:N", sort=codes))
    band = "x" if is_stacked or len(codes) == 1 else "xOffset"
    drawn = base.mark_bar(cornerRadiusEnd=1, width=_at_most(STANDING_PX, band=band))
    references = _references(figure, canvas, along="y")
    if is_stacked:
        tops: Any = {"x": alt.X("key:N", sort=order), "y": alt.Y("y:Q", stack=None)}
        return layered([drawn, *references, *_stack_marks(table, canvas, tops)], canvas)
    foot = {"y": alt.YValue(alt.ExprRef("height - 5"))}
    ranges = _bar_ranges(base, table, canvas, along="y")
    return layered([drawn, *references, *ranges, *_bar_marks(base, table, canvas, foot)], canvas)


def _at_most(pixels: int, *, band: str) -> alt.ExprRef:
    """The width of a bar: its band, but no wider than `pixels`."""
    return alt.ExprRef(f"min({pixels}, bandwidth('{band}'))")


def _lying_bars(
    figure: Figure, table: pd.DataFrame, canvas: Canvas, *, is_stacked: bool
) -> alt.LayerChart:
    table = table.assign(key=[in_lines(name, NAME_LETTERS) for name in table["category"]])
    order = list(dict.fromkeys(table["key"]))
    low, high = _limits(figure, table, is_stacked=is_stacked)
    along = alt.X(
        "y:Q",
        stack="zero" if is_stacked else None,
        axis=_number_axis(figure, max(abs(low), abs(high)), canvas),
        scale=alt.Scale(domain=[low, high], nice=False),
    )
    base = _bars_by_group(figure, table, canvas, beside_px=BESIDE_NAMES_PX).encode(
        x=along, y=alt.Y("key:N", sort=order, title=None, axis=_name_axis())
    )
    codes = list(series_codes(figure))
    if not is_stacked and len(codes) > 1:
        base = base.encode(yOffset=alt.YOffset("s:N", sort=codes))
    drawn = base.mark_bar(cornerRadiusEnd=1)
    references = _references(figure, canvas, along="x")
    if is_stacked:
        tops: Any = {"x": alt.X("y:Q", stack=None), "y": alt.Y("key:N", sort=order)}
        return layered([drawn, *references, *_stack_marks(table, canvas, tops)], canvas)
    foot = {"x": alt.XValue(5)}
    ranges = _bar_ranges(base, table, canvas, along="x")
    return layered([drawn, *references, *ranges, *_bar_marks(base, table, canvas, foot)], canvas)


def _bars_by_group(
    figure: Figure, table: pd.DataFrame, canvas: Canvas, *, beside_px: int = 70
) -> alt.Chart:
    """Rows with colour by group, in the order of the groups; positions are still to come."""
    codes = list(series_codes(figure))
    colours = series_colours(figure, theme=canvas.theme)
    rank = {code: position for position, code in enumerate(codes)}
    ranked = table.assign(rank=table["s"].map(rank) if "s" in table else 0)
    return canvas.chart(ranked).encode(
        order=alt.Order("rank:Q"),
        tooltip=tips(canvas.language, table, further=(RANGE,)),
        color=colour_of_series(
            figure,
            colours,
            canvas,
            has_legend=len(codes) > 1,
            symbol="square",
            beside_px=beside_px,
        ),
        opacity=_lighter_if_unsure(),
    )


def _limits(figure: Figure, table: pd.DataFrame, *, is_stacked: bool) -> tuple[float, float]:
    """Round limits that hold zero, all bars and the values to compare with."""
    heights = (
        table.groupby("key")["y"].sum()
        if is_stacked
        else pd.concat([table["left"], table["right"]])
    )
    compared = [line.value for line in figure.references]
    values = [0.0, *heights.dropna().astype(float), *compared]
    highest = max(values)
    is_whole = is_stacked and figure.result.indicator.unit == PERCENT
    if is_whole and abs(highest - WHOLE_PCT) < ROUNDING_PCT:
        highest = WHOLE_PCT
    return round_limits(min(values), highest)


def _bar_marks(
    base: alt.Chart, table: pd.DataFrame, canvas: Canvas, foot: dict[str, Any]
) -> list[Any]:
    """Marks of status at the bars' ends, and at the `foot` of bars that have no value."""
    ink: Any = {"color": alt.ColorValue(canvas.colours.ink), "opacity": alt.OpacityValue(1)}
    marked = base.encode(stroke=alt.StrokeValue(canvas.colours.ink), **ink)
    return [
        *legend_layer(table["mark"], canvas),
        *shape_layer(marked, table, canvas, explained=table["mark"], size=36),
        *_lacking(base, table, canvas, foot),
    ]


def _lacking(
    base: alt.Chart, table: pd.DataFrame, canvas: Canvas, foot: dict[str, Any]
) -> list[alt.Chart]:
    lacking = table[table["y"].isna()]
    if lacking.empty:
        return []
    return [
        on_rows(base, lacking, canvas)
        .mark_point(size=60, strokeWidth=2)
        .encode(
            color=alt.ColorValue(canvas.colours.grey),
            opacity=alt.OpacityValue(1),
            shape=mark_shape(table["mark"], canvas),
            **foot,
        )
    ]


def _stack_marks(table: pd.DataFrame, canvas: Canvas, tops: dict[str, Any]) -> list[alt.Chart]:
    """The mark of a stack that holds an unsure part stands on its end, at `tops`."""
    sums = table.groupby("key", sort=False, as_index=False)["y"].sum()
    worst = table[table["mark"].isin(MARKED)].drop_duplicates("key")
    if worst.empty:
        return []
    marked = worst.drop(columns="y").merge(sums, on="key", how="left", validate="one_to_one")
    stood = canvas.chart(marked).encode(stroke=alt.StrokeValue(canvas.colours.ink), **tops)
    return shape_layer(stood, marked, canvas, size=36)


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
    unit = indicator.unit_symbol.in_language(language)
    return _with_unit(indicator.name.in_language(language), unit, language)


def _named_unit(name: str, figure: Figure, canvas: Canvas) -> str:
    unit = figure.result.indicator.unit_symbol.in_language(canvas.language)
    return _with_unit(name, unit, canvas.language)


def _with_unit(name: str, unit: str, language: str) -> str:
    """The name with its unit in brackets; a measure without unit is its name alone."""
    return text("figures.axis.indexed", language, name=name, unit=unit) if unit else name


def _across_axis(figure: Figure, largest: float, canvas: Canvas) -> alt.Axis:
    other = figure.x_indicator or figure.result.indicator
    return alt.Axis(
        title=_named(other, canvas.language),
        titleAnchor="end",
        tickCount={"expr": "max(2, min(6, floor(width / 90)))"},
        labelOverlap="parity",
        labelSeparation=6,
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
