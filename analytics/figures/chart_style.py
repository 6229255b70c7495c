"""How all charts look: fonts, colours, separators, marks of status, room for labels."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
from babel.dates import get_day_names

from analytics.figures.figure import Figure
from analytics.figures.palette import CATEGORICAL, THEMES, Theme, colour_of
from analytics.figures.result import Indicator
from analytics.i18n import MISSING, Formatter, text
from analytics.i18n.formatting import COMPACT_STEPS
from analytics.observations.status import ObsStatus

FONT = "Plus Jakarta Sans"
LABELLED_SERIES = 5  # more get a legend
COLOURED_SERIES = 8  # more get small multiples
NARROW_PX = 480
LABEL_MOST_PX = 180
LABEL_PX = 7.0  # mean width of a letter of a label
COMPACT_FROM = 1e6
SHORT_FROM = 1e5
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
    return f"Rp{number}" if indicator.unit.startswith("IDR") else number


def _few_digits(value: float, words: Formatter, indicator: Indicator) -> str:
    if float(value).is_integer() or abs(value) >= 1000:
        return words.number(value, 0)
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
    """The unit, and that the axis does not start at zero where it does not."""
    key = "from_zero" if from_zero else "not_from_zero"
    unit = indicator.unit_symbol.in_language(language)
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
        tickCount=5,
        **number_labels(largest, language),
        **more,
    )


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
    room = 52 if written == "%Y" else 84
    return alt.Axis(
        title=None,
        format=written,
        grid=False,
        tickCount={"expr": f"max(2, min({_most_ticks(days)}, floor(width / {room})))"},
        labelOverlap="greedy",
        labelFlush=True,
    )


def _most_ticks(days: int) -> int:
    if days > 4 * 366:
        return max(2, round(days / 365.25))
    return max(2, round(days / 30.4)) if days > 62 else max(2, days)


def room_on_the_right(labels: Sequence[str], *, is_responsive: bool) -> dict[str, Any]:
    """Padding so that labels at line ends fit; less of it on a telephone."""
    wide = label_px(labels, most=LABEL_MOST_PX)
    narrow = min(wide, 92)
    if not is_responsive:
        return {"left": 4, "top": 6, "bottom": 4, "right": narrow}
    right = f"containerSize()[0] < {NARROW_PX} ? {narrow} : {wide}"
    return {"expr": f"({{left: 4, top: 6, bottom: 4, right: {right}}})"}


def label_limit(labels: Sequence[str]) -> dict[str, str]:
    """The longest a label at a line's end may become, in pixels, before it is cut with dots."""
    wide = label_px(labels, most=LABEL_MOST_PX) - 10
    return {"expr": f"width < {NARROW_PX - 150} ? {min(wide, 82)} : {wide}"}


def label_px(labels: Sequence[str], *, most: int) -> int:
    """Pixels that the longest label takes, with its distance from the line."""
    longest = max((len(label) for label in labels), default=0)
    return int(min(most, longest * LABEL_PX + 14)) if longest else 8


def config(theme: str, language: str) -> dict[str, Any]:
    """Vega-Lite's config: fonts, colours, separators and names of months."""
    colours = THEMES[theme]
    words = {"labelColor": colours.grey, "titleColor": colours.grey}
    return {
        "background": "transparent",
        "font": FONT,
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
            "labelLimit": 200,
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
