"""How all charts look: fonts, colours, separators, marks of status, room for labels."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any, cast

import altair as alt
from babel.dates import get_day_names

from analytics.figures.figure import Figure
from analytics.figures.palette import CATEGORICAL, THEMES, Theme, colour_of
from analytics.figures.result import Indicator
from analytics.i18n import MISSING, Formatter, text
from analytics.i18n.formatting import COMPACT_STEPS
from analytics.observations.status import ObsStatus

FONT = "Plus Jakarta Sans"
LINE_BREAK = "\n"
LABELLED_SERIES = 8  # lines that end in their names
COLOURED_SERIES = 8  # more get small multiples
LETTER_PX = 6.8  # mean width of a letter of 12 pixels
LEGEND_LETTERS = 32  # to a line: what a telephone shows beside a symbol
LEGEND_SYMBOL_PX = 34
TICKS = 5
# Legends one below the other: side by side they would run out of a telephone's width.
# Vega-Lite hands this on to Vega, though its own schema does not know it.
LEGEND_LAYOUT = {"bottom": {"direction": "vertical", "anchor": "start", "margin": 4}}
ALMOST = 1e-6  # of a step: sums of shares miss 100 by less
# Times a power of ten, each from its least share of the wanted step on: d3-array, `tickStep`.
STEPS = ((10, math.sqrt(50)), (5, math.sqrt(10)), (2, math.sqrt(2)))
COMPACT_FROM = 1e6
SHORT_FROM = 1e5
RUPIAH = "IDR"
MONTHS_IN_YEAR = 12

CORRECTED = "C"
# A second sign beside colour for everything that is not a normal value.
SHAPES: Mapping[str, str] = {
    ObsStatus.NORMAL.value: "circle",
    ObsStatus.PROVISIONAL.value: "circle",
    ObsStatus.ESTIMATED.value: "triangle-up",
    ObsStatus.FORECAST.value: "triangle-right",
    ObsStatus.UNVERIFIED.value: "diamond",
    CORRECTED: "square",
    ObsStatus.MISSING.value: "M0,-0.6L0,0.6",
}
MARK_NAMES: Mapping[str, str] = {CORRECTED: "corrected"}


def theme_colours(theme: str) -> Theme:
    """Colours of `light` or `dark`."""
    return THEMES[theme]


def series_codes(figure: Figure) -> tuple[str, ...]:
    """Codes of the lines or groups: those of the colour order first, then as they come."""
    if not figure.series:
        return ("",)
    found = [str(code) for code in dict.fromkeys(figure.frame[figure.series])]
    ordered = [code for code in figure.order if code in found]
    return (*ordered, *(code for code in found if code not in ordered))


def series_colours(figure: Figure, *, theme: str) -> dict[str, str]:
    """A colour for each code. Known codes keep the colour of the order; two that would look
    alike in one picture part: the later one takes the next free colour.
    """
    codes = series_codes(figure)
    if len(codes) == 1 and codes[0] not in figure.order:
        return {codes[0]: getattr(THEMES[theme], figure.colour)}
    taken: dict[str, str] = {}
    order = figure.order if set(codes) & set(figure.order) else codes
    for code in codes:
        if figure.emphasis and code not in figure.emphasis:
            taken[code] = THEMES[theme].grey
            continue
        wanted = colour_of(code, order=order, theme=theme)
        free = [colour for colour in CATEGORICAL[theme] if colour not in taken.values()]
        taken[code] = wanted if wanted not in taken.values() or not free else free[0]
    return taken


def short_value(value: float | None, indicator: Indicator, language: str) -> str:
    """A value for labels in a picture, without unit: three significant digits or compact."""
    words = Formatter(language)
    if value is None or value != value:
        return MISSING
    number = (
        words.compact(value) if abs(value) >= SHORT_FROM else _few_digits(value, words, indicator)
    )
    return f"Rp{number}" if indicator.unit.startswith(RUPIAH) else number


def _few_digits(value: float, words: Formatter, indicator: Indicator) -> str:
    if float(value).is_integer() or abs(value) >= 1000:
        return words.number(value, 0)
    if indicator.unit.startswith(RUPIAH):  # money as the sentence below the picture writes it
        return words.number(value, indicator.decimals)
    return words.number(value, min(indicator.decimals, 2) or 1)


def mark_words(mark: str, language: str) -> str:
    """Name of a status or of the mark of a correction."""
    return text(f"figures.mark.{MARK_NAMES.get(mark, mark)}", language)


def chosen(channel: Any, test: str, *, yes: Any, no: Any) -> Any:
    """A channel that is `yes` for the rows that pass a Vega expression and `no` for others.

    Written out, because Altair's own short form searches its whole schema each time.
    """
    return channel(no, condition={"test": test, "value": yes})


def is_one_of(column: str, codes: Sequence[str]) -> str:
    """A Vega expression: the row's code is one of these."""
    return f"indexof({json.dumps(list(codes))}, datum.{column}) >= 0"


def value_axis_title(indicator: Indicator, language: str, *, from_zero: bool) -> str:
    """The unit (without one, what is measured), and that the axis does not start at zero."""
    key = "from_zero" if from_zero else "not_from_zero"
    unit = indicator.unit_symbol.in_language(language) or indicator.name.in_language(language)
    return text(f"figures.axis.{key}", language, unit=unit)


def value_axis(title: str, *, largest: float, language: str, **more: Any) -> alt.Axis:
    """A vertical axis: title above it, few ticks, millions written short."""
    return alt.Axis(
        title=title,
        titleAnchor="start",
        titleAngle=0,
        titleAlign="left",
        titleBaseline="bottom",
        titleX=0,
        titleY=-10,
        tickCount=TICKS,
        **number_labels(largest, language),
        **more,
    )


def round_limits(low: float, high: float) -> tuple[float, float]:
    """The limits moved out to round numbers, on which the axis has its outer ticks."""
    step = _round_step((high - low) / TICKS)
    return math.floor(low / step + ALMOST) * step, math.ceil(high / step - ALMOST) * step


def _round_step(rough: float) -> float:
    """The step between ticks that the browser's axis takes: 1, 2, 5 or 10 times a power of ten."""
    if rough <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    times = next((step for step, least in STEPS if rough / power >= least), 1)
    return times * power


def number_labels(largest: float, language: str) -> dict[str, Any]:
    """How an axis writes its numbers: `15.000`, or `1,2 jt` where millions are shown."""
    if abs(largest) < COMPACT_FROM:
        return {"format": ",.6~r"}
    steps = "".join(_step_words(step, suffix[language]) for step, suffix in COMPACT_STEPS)
    return {"labelExpr": f"datum.value == 0 ? '0' : {steps}format(datum.value, ',.3~r')"}


def _step_words(step: float, suffix: str) -> str:
    """Part of a Vega expression: the number in millions, say, with its short word."""
    written = f"format(datum.value / {step}, ',.3~r') + '\u00a0{suffix}'"
    return f"abs(datum.value) >= {step} ? {written} : "


def time_axis(days: int) -> alt.Axis:
    """A time axis that shows fewer ticks where there is less room."""
    written = "%Y" if days > 4 * 366 else "%b %Y" if days > 62 else "%e %b"
    room = 52 if written == "%Y" else 72
    return alt.Axis(
        title=None,
        format=written,
        grid=False,
        tickCount={"expr": f"max(2, min({_most_ticks(days)}, floor(width / {room})))"},
        labelOverlap="greedy",
        labelSeparation=4,
        labelFlush=False,
    )


def _most_ticks(days: int) -> int:
    if days > 4 * 366:
        return max(2, round(days / 365.25))
    return max(2, round(days / 30.4)) if days > 62 else max(2, days)


def in_lines(name: str, letters: int, *, most: int = 3) -> str:
    """A name in lines of at most `letters` where its words allow; what exceeds `most` lines
    is cut with dots. Breaks that stand in the name already are kept.
    """
    parts = [wrap(part, letters, break_long_words=False) for part in name.split(LINE_BREAK)]
    lines = [line for part in parts for line in part]
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1].rstrip('.,')}…"]
    return LINE_BREAK.join(lines)


def name_px(names: Sequence[str]) -> int:
    """Pixels that the longest line of the names takes."""
    lines = (line for name in names for line in name.split(LINE_BREAK))
    return round(max((len(line) for line in lines), default=0) * LETTER_PX)


def legend(
    names: Mapping[str, str], *, orient: str, width: int | None, beside_px: int = 70, **look: Any
) -> alt.Legend:
    """A legend without title, in as many columns as there is room for; `names` are the words
    of its codes (data, so they are written as a JSON object).

    The room is the picture's `width` (None: that of the page's container) without what stands
    beside the plot. The plot's own width would not do: Vega fits it only after it has counted
    the legend's rows.
    """
    room = "containerSize()[0]" if width is None else str(width)
    words = {code: in_lines(name, LEGEND_LETTERS) for code, name in names.items()}
    column = name_px(list(words.values())) + LEGEND_SYMBOL_PX
    return alt.Legend(
        title=None,
        orient=cast(Any, orient),
        direction="horizontal",
        columns={"expr": f"max(1, floor(({room} - {beside_px}) / {column}))"},
        labelExpr=f"({json.dumps(words, ensure_ascii=False)})[datum.value]",
        **look,
    )


def config(theme: str, language: str) -> dict[str, Any]:
    """Vega-Lite's config: fonts, colours, separators and names of months."""
    colours = THEMES[theme]
    words = {"labelColor": colours.grey, "titleColor": colours.grey}
    return {
        "background": "transparent",
        "font": FONT,
        "lineBreak": LINE_BREAK,
        "view": {"stroke": None},
        "axis": {
            **words,
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": 500,
            "gridColor": colours.line,
            "gridOpacity": 0.7,
            "domain": False,
            "tickColor": colours.line,
            "labelLimit": 220,
        },
        "axisX": {"domain": True, "domainColor": colours.grey, "tickColor": colours.grey},
        "legend": {
            **words,
            "labelColor": colours.ink,
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": 500,
            "labelLimit": 300,
            "symbolStrokeWidth": 2,
        },
        "header": {"labelColor": colours.ink, "labelFontSize": 12, "labelFontWeight": 600},
        "text": {"color": colours.ink, "fontSize": 12},
        "locale": {"number": _number_locale(language), "time": _time_locale(language)},
    }


def _number_locale(language: str) -> dict[str, Any]:
    """The separators of the formatter, so that axis and table agree."""
    sample = Formatter(language).number(1234.5, 1)
    return {
        "decimal": sample[-2],
        "thousands": sample[1],
        "grouping": [3],
        "currency": ["Rp", ""],
        "minus": "\u2212",
    }


def _time_locale(language: str) -> dict[str, Any]:
    words = Formatter(language)
    names = get_day_names("wide", locale=words.locale)
    days = [names[day] for day in (6, 0, 1, 2, 3, 4, 5)]  # Babel begins on Monday, d3 on Sunday
    months = range(1, MONTHS_IN_YEAR + 1)
    return {
        "dateTime": "%e %B %Y %X",
        "date": "%e %B %Y",
        "time": "%H:%M",
        "periods": ["AM", "PM"],
        "days": days,
        "shortDays": [day[:3] for day in days],
        "months": [words.month_name(month) for month in months],
        "shortMonths": [words.month_name_short(month) for month in months],
    }
