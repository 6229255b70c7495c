"""Profiles of many measures on one scale: a radar, or cells. What is missing is never zero."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from analytics.figures.chart_style import (
    LINE_BREAK,
    in_lines,
    series_colours,
    short_value,
)
from analytics.figures.figure import Figure
from analytics.figures.layers import (
    Canvas,
    colour_of_marks,
    colour_of_series,
    layered,
    legend_layer,
    mark_shape,
    shape_layer,
    tips,
    value_scale,
)
from analytics.figures.palette import THEMES, sequential
from analytics.figures.points import points
from analytics.i18n import Formatter, text
from analytics.observations.status import ObsStatus

CELL_PX, AXIS_PX, MARK_PX = 40, 104, 7
ROW_LETTERS, NARROW_PX = 18, 380
RINGS = 4
REACH = 1.0
LABELS_AT = 1.12
WIDEST = 1.6  # half of what the radar and its labels take, in radii
HIGHEST = 1.2
LETTERS, LINE_PX = 14, 14
# A dash says the status of a line where its colour says the year.
DASHES = {
    ObsStatus.NORMAL.value: [1, 0],
    ObsStatus.ESTIMATED.value: [7, 4],
    ObsStatus.PROVISIONAL.value: [2, 3],
}
IN_LINES = "split(datum.value, '\\n')"
NEAR = 0.35
LETTER_DARK = THEMES["light"].ink
DARK_FROM = 0.5  # of the scale: letters on darker cells are light


# Radar ---------------------------------------------------------------------------------------


def radar(figure: Figure, canvas: Canvas) -> alt.LayerChart:
    """One spoke a category, one outline a series; an outline is open where a value is missing."""
    spokes = _categories(figure)
    low, high = _limits(figure)
    table = _corners(figure, spokes, low, high, canvas)
    names = [figure.name_of(figure.category, code, canvas.language) for code in spokes]
    colours = series_colours(figure, theme=canvas.theme)
    colour = colour_of_series(figure, colours, canvas, has_legend=len(colours) > 1)
    known = table[table["y"].notna()]
    return layered(
        [
            *_web(spokes, low, high, canvas),
            *_spoke_names(names, table, spokes, canvas),
            *legend_layer(known["mark"], canvas),
            *_outlines(table, spokes, colour, canvas),
            *_corner_marks(known, colour, colour_of_marks(figure, colours), canvas),
        ],
        canvas,
    )


def _categories(figure: Figure) -> list[str]:
    return [str(code) for code in dict.fromkeys(figure.frame[figure.category])]


def _limits(figure: Figure) -> tuple[float, float]:
    if figure.limits is not None:
        return figure.limits
    scale = value_scale([figure.frame["obs_value"]])
    return scale.low, scale.high


def _place(position: int, count: int, radius: float) -> tuple[float, float]:
    """Across and up of a point on a spoke; the first spoke points up, the others clockwise."""
    angle = 2 * math.pi * position / count
    return radius * math.sin(angle), radius * math.cos(angle)


def _corners(
    figure: Figure, spokes: Sequence[str], low: float, high: float, canvas: Canvas
) -> pd.DataFrame:
    """Points of the figure with their place on the web (`across`, `up`) and their spoke."""
    table = points(figure, language=canvas.language)
    codes = figure.frame[figure.category].astype(str).reset_index(drop=True)
    radius = (table["y"] - low) / (high - low)
    places = [
        _place(spokes.index(code), len(spokes), share) if share == share else (None, None)
        for code, share in zip(codes, radius, strict=True)
    ]
    spoke = [figure.name_of(figure.category, code, canvas.language) for code in codes]
    return table.assign(
        code=codes, spoke=spoke, s=table.get("s", ""),
        across=[place[0] for place in places], up=[place[1] for place in places],
    )  # fmt: skip


def _x(column: str = "across:Q") -> alt.X:
    return alt.X(column, axis=None, scale=alt.Scale(domain=[-1, 1], range=_around("width")))


def _y(column: str = "up:Q") -> alt.Y:
    return alt.Y(
        column, axis=None, scale=alt.Scale(domain=[-1, 1], range=_around("height", turned=True))
    )


def _around(side: str, *, turned: bool = False) -> Any:
    """From minus to plus one radius around the middle of a side; the web stays round."""
    radius = f"min(width / {2 * WIDEST}, height / {2 * HIGHEST})"
    ends = [{"expr": f"{side} / 2 {sign} {radius}"} for sign in ("-", "+")]
    return ends[::-1] if turned else ends


def _web(spokes: Sequence[str], low: float, high: float, canvas: Canvas) -> list[alt.Chart]:
    """Rings at round values with their numbers, and the spokes."""
    count, words = len(spokes), Formatter(canvas.language)
    rings, numbers = [], []
    for ring in range(1, RINGS + 1):
        share = ring / RINGS
        for corner in range(count + 1):
            across, up = _place(corner % count, count, share)
            rings.append({"ring": ring, "order": corner, "across": across, "up": up})
        value = low + share * (high - low)
        said = words.number(value, 0 if value.is_integer() else 1)
        # Half way between the last and the first spoke: no value and no name lies there.
        across, up = _place(-1, 2 * count, share * math.cos(math.pi / count))
        numbers.append({"across": across, "up": up, "words": said})
    ends = [dict(zip(("across", "up"), _place(n, count, REACH), strict=True)) for n in range(count)]
    lines = canvas.chart(pd.DataFrame(rings)).mark_line(
        color=canvas.colours.line, strokeWidth=1, opacity=1
    )
    axes = canvas.chart(pd.DataFrame(ends).assign(zero=0.0)).mark_rule(
        color=canvas.colours.line, strokeWidth=1
    )
    scale = canvas.chart(pd.DataFrame(numbers)).mark_text(
        align="right", baseline="bottom", dx=-3, fontSize=11, color=canvas.colours.grey
    )
    return [
        lines.encode(x=_x(), y=_y(), detail="ring:N", order="order:Q"),
        axes.encode(x=_x(), y=_y(), x2=alt.X2("zero"), y2=alt.Y2("zero")),
        scale.encode(x=_x(), y=_y(), text="words:N"),
    ]


def _spoke_names(
    names: Sequence[str], table: pd.DataFrame, spokes: Sequence[str], canvas: Canvas
) -> list[alt.Chart]:
    """Names at the ends; one without any value says so."""
    rows = []
    for position, (code, name) in enumerate(zip(spokes, names, strict=True)):
        across, up = _place(position, len(spokes), LABELS_AT)
        is_known = bool(table.loc[table["code"] == code, "y"].notna().any())
        lacking = "" if is_known else f"{LINE_BREAK}{text('figures.mark.M', canvas.language)}"
        lines = in_lines(name, LETTERS) + lacking
        rows.append(
            {"across": across, "up": up, "words": lines, "is_known": is_known,
             "lift": _lift(lines, across, up)}
        )  # fmt: skip
    frame = pd.DataFrame(rows)
    is_near = frame["across"].abs() <= NEAR
    parts: tuple[tuple[Any, Any, pd.Series], ...] = (
        ("left", "middle", frame["across"] > NEAR),
        ("right", "middle", frame["across"] < -NEAR),
        ("center", "line-bottom", is_near & (frame["up"] > 0)),
        ("center", "line-top", is_near & (frame["up"] <= 0)),
    )
    return [
        canvas.chart(frame[side])
        .mark_text(
            align=align,
            baseline=baseline,
            fontSize=12,
            lineHeight=LINE_PX,
            dy={"expr": "datum.lift"},
        )
        .encode(
            x=_x(),
            y=_y(),
            text="words:N",
            color=alt.ColorValue(
                canvas.colours.grey,
                condition={"test": "datum.is_known", "value": canvas.colours.ink},
            ),
        )
        for align, baseline, side in parts
        if side.any()
    ]


def _lift(lines: str, across: float, up: float) -> float:
    """Pixels that a name moves up: its first line stands where it is put, further ones below."""
    further = lines.count(LINE_BREAK) * LINE_PX
    if abs(across) > NEAR:
        return -further / 2
    return float(-further if up > 0 else 0)


def _outlines(
    table: pd.DataFrame, spokes: Sequence[str], colour: Any, canvas: Canvas
) -> list[alt.Chart]:
    """Lines between neighbouring spokes that both have a value."""
    rows = []
    for code, group in table.groupby("s", sort=False):
        by_spoke = group.drop_duplicates("code").set_index("code")
        for position, spoke in enumerate(spokes):
            pair = [by_spoke.loc[c] for c in (spoke, spokes[(position + 1) % len(spokes)])
                    if c in by_spoke.index]  # fmt: skip
            if len(pair) == 2 and all(pd.notna(end["y"]) for end in pair):
                rows += [
                    {"s": code, "side": f"{code}-{position}", "order": n, "across": end["across"],
                     "up": end["up"], "mark": pair[0]["mark"]}
                    for n, end in enumerate(pair)
                ]  # fmt: skip
    if not rows:
        return []
    frame = pd.DataFrame(rows)
    return [
        canvas.chart(part)
        .mark_line(strokeWidth=2.5, strokeDash=DASHES.get(str(mark), [1, 0]))
        .encode(x=_x(), y=_y(), detail="side:N", order="order:Q", color=colour)
        for mark, part in frame.groupby("mark", sort=False)
    ]


def _corner_marks(known: pd.DataFrame, colour: Any, stroke: Any, canvas: Canvas) -> list[alt.Chart]:
    """A point at each value: full for normal ones, hollow in the shape of its status else."""
    told = [
        alt.Tooltip("spoke:N", title=text("figures.table.group", canvas.language)),
        *tips(canvas.language, known),
    ]
    plain = known[known["mark"] == ObsStatus.NORMAL.value]
    marked = known[known["mark"] != ObsStatus.NORMAL.value]
    layers = []
    if len(plain):
        layers.append(
            canvas.chart(plain)
            .mark_point(filled=True, size=64, opacity=1)
            .encode(x=_x(), y=_y(), color=colour, tooltip=told)
        )
    if len(marked):
        layers.append(
            canvas.chart(marked)
            .mark_point(size=70, strokeWidth=1.8, opacity=1)
            .encode(
                x=_x(), y=_y(), stroke=stroke, fill=alt.FillValue(canvas.colours.surface),
                shape=mark_shape(marked["mark"], canvas), tooltip=told,
            )
        )  # fmt: skip
    return layers


# Cells ---------------------------------------------------------------------------------------


def matrix(figure: Figure, canvas: Canvas) -> alt.LayerChart:
    """Categories down, series across, the value in each cell; a missing cell is crossed out."""
    table = _cells(figure, canvas)
    rows, columns = list(dict.fromkeys(table["row"])), list(dict.fromkeys(table["name"]))
    low, high = _limits(figure)
    x = alt.X(
        "name:N", sort=columns, title=None,
        axis=alt.Axis(orient="top", **_leaning(), domain=False, ticks=False,
                      labelExpr=IN_LINES, labelFontSize=12),
    )  # fmt: skip
    y = alt.Y("row:N", sort=rows, title=None, axis=alt.Axis(labelLimit=200, domain=False,
              ticks=False, labelFontSize=12, labelExpr=IN_LINES))  # fmt: skip
    known, lacking = table[table["y"].notna()], table[table["y"].isna()]
    ramp = list(sequential(6, theme=canvas.theme))
    told = [
        alt.Tooltip("row:N", title=text("figures.table.group", canvas.language)),
        *tips(canvas.language, table),
    ]
    base = canvas.chart(known).encode(x=x, y=y, tooltip=told)
    cells = base.mark_rect(stroke=canvas.colours.surface, strokeWidth=2).encode(
        color=alt.Color(
            "y:Q", scale=alt.Scale(range=ramp, domain=[low, high], interpolate="rgb"), legend=None
        )
    )
    words = base.mark_text(fontSize=12, fontWeight=600).encode(
        text="shown:N",
        color=alt.ColorValue(LETTER_DARK, condition={"test": "datum.is_deep", "value": "#FFFFFF"}),
    )
    crosses = (
        canvas.chart(lacking)
        .mark_text(text="×", fontSize=15, color=canvas.colours.grey)
        .encode(x=x, y=y, tooltip=told)
    )
    marks = shape_layer(
        canvas.chart(known).encode(
            x=x, y=y, stroke=alt.StrokeValue(canvas.colours.ink),
            xOffset=alt.XOffsetValue(MARK_PX),
            yOffset=alt.YOffsetValue(MARK_PX),
        ), known, canvas, size=16,
    )  # fmt: skip
    return layered([cells, crosses, words, *marks], canvas)


def _leaning() -> dict[str, Any]:
    """Names of columns stand upright where there is room, and lean on a telephone."""
    narrow = f"width < {NARROW_PX}"
    return {
        "labelAngle": {"expr": f"{narrow} ? -60 : 0"},
        "labelAlign": {"expr": f"{narrow} ? 'left' : 'center'"},
        "labelLimit": 120,
    }


def _cells(figure: Figure, canvas: Canvas) -> pd.DataFrame:
    """Points with the name of their row, and letters that can be read on their cell."""
    table = points(figure, language=canvas.language)
    codes = figure.frame[figure.category].astype(str).reset_index(drop=True)
    low, high = _limits(figure)
    share = (table["y"] - low) / (high - low)
    is_deep = share > DARK_FROM if canvas.theme == "light" else share < 1 - DARK_FROM
    return table.assign(
        row=[
            in_lines(figure.name_of(figure.category, code, canvas.language), ROW_LETTERS, most=3)
            for code in codes
        ],
        name=[in_lines(str(name), 10, most=2) for name in table["name"]],
        shown=[
            short_value(value, figure.result.indicator, canvas.language) for value in table["y"]
        ],
        is_deep=is_deep,
    )


def matrix_height(figure: Figure) -> int:
    """Pixels for one row of cells a category."""
    return AXIS_PX + CELL_PX * max(1, figure.frame[figure.category].nunique())


__all__ = ["matrix", "matrix_height", "radar"]
