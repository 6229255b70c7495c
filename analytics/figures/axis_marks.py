"""What is drawn over a time axis: holidays and rules, floors and ceilings, today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from analytics.figures.chart_style import chosen, legend, mark_words
from analytics.figures.figure import Annotation, Figure
from analytics.figures.layers import Canvas, time_position
from analytics.figures.points import epoch_ms
from analytics.figures.sentences import written
from analytics.i18n import Formatter, text

BAND_STRENGTH, RULE_STRENGTH = 0.16, 0.8
RULE_DASH, RULE_PX = [3, 3], 1.3
UPRIGHT = "M0,-1L0,1"
DASHES = ([7, 3], [2, 2], [8, 2, 2, 2], [1, 4])


def annotation_layers(figure: Figure, table: pd.DataFrame, canvas: Canvas) -> list[alt.Chart]:
    """Spans as bands and days as rules; the legend below the picture names them."""
    seen = _in_view(figure.annotations, table)
    if not seen:
        return []
    frame = _annotation_rows(seen, table, canvas)
    tips = [
        alt.Tooltip("words:N", title=text("figures.tip.event", canvas.language)),
        alt.Tooltip("p:N", title=text("figures.tip.date", canvas.language)),
    ]
    spans, days = frame[frame["is_span"]], frame[~frame["is_span"]]
    return [
        *([_bands(spans, tips, canvas)] if len(spans) else []),
        *([_rules(days, tips, canvas)] if len(days) else []),
    ]


def _annotation_rows(
    seen: Sequence[Annotation], table: pd.DataFrame, canvas: Canvas
) -> pd.DataFrame:
    first, last = int(table["t"].min()), int(table["t"].max())
    return pd.DataFrame(
        {
            "t": [max(epoch_ms(each.start), first) for each in seen],
            "until": [min(epoch_ms(each.end or each.start), last) for each in seen],
            "is_span": [each.end is not None for each in seen],
            "is_decided": [each.is_decided for each in seen],
            "words": [_annotation_words(each, canvas.language) for each in seen],
            "p": [_annotation_days(each, canvas.language) for each in seen],
        }
    )


def _bands(spans: pd.DataFrame, tips: list[alt.Tooltip], canvas: Canvas) -> alt.Chart:
    """Bands with their own column of names: Vega-Lite makes one legend of legends of one column."""
    names = _own_names(spans, "words")
    look: dict[str, Any] = {"symbolType": "square", "symbolSize": 160, "symbolStrokeWidth": 0}
    colour = alt.Fill(
        "span:N",
        scale=alt.Scale(domain=list(names), range=[canvas.colours.grey]),
        legend=legend(
            names, orient="bottom", width=canvas.width, symbolOpacity=2 * BAND_STRENGTH, **look
        ),
    )
    return (
        canvas.chart(spans.assign(span=spans["words"]))
        .mark_rect()
        .encode(
            x=time_position(canvas),
            x2=alt.X2("until"),
            fill=colour,
            opacity=_strength(BAND_STRENGTH),
            tooltip=tips,
        )
    )


def _rules(days: pd.DataFrame, tips: list[alt.Tooltip], canvas: Canvas) -> alt.Chart:
    names = _own_names(days, "words")
    look: dict[str, Any] = {"symbolType": UPRIGHT, "symbolSize": 200, "symbolDash": RULE_DASH}
    width = alt.StrokeWidth(
        "day:N",
        scale=alt.Scale(type="ordinal", domain=list(names), range=[RULE_PX]),
        legend=legend(
            names,
            orient="bottom",
            width=canvas.width,
            symbolStrokeColor=canvas.colours.grey,
            **look,
        ),
    )
    return (
        canvas.chart(days.assign(day=days["words"]))
        .mark_rule(color=canvas.colours.grey, strokeDash=RULE_DASH)
        .encode(
            x=time_position(canvas),
            strokeWidth=width,
            opacity=_strength(RULE_STRENGTH),
            tooltip=tips,
        )
    )


def _strength(strength: float) -> alt.OpacityValue:
    """Full strength for a decided date, half of it for one that is only calculated."""
    return chosen(alt.OpacityValue, "datum.is_decided", yes=strength, no=strength / 2)


def _own_names(rows: pd.DataFrame, column: str) -> dict[str, str]:
    return {name: name for name in rows[column].unique()}


def _in_view(annotations: Sequence[Annotation], table: pd.DataFrame) -> list[Annotation]:
    first, last = table["t"].min(), table["t"].max()
    return [
        each
        for each in annotations
        if epoch_ms(each.start) <= last and epoch_ms(each.end or each.start) >= first
    ]


def _annotation_words(annotation: Annotation, language: str) -> str:
    name = annotation.label.in_language(language)
    if annotation.is_decided:
        return name
    return text("figures.mark.calculated", language, name=name)


def _annotation_days(annotation: Annotation, language: str) -> str:
    words = Formatter(language)
    return words.period(annotation.start, annotation.end or annotation.start)


def reference_values(figure: Figure) -> pd.Series:
    return pd.Series([line.value for line in figure.references], dtype=float)


def reference_layers(figure: Figure, table: pd.DataFrame, canvas: Canvas) -> list[alt.Chart]:
    """Floors, ceilings and targets: one rule for the time in which each value holds."""
    if not figure.references:
        return []
    first, last = int(table["t"].min()), int(table["t"].max())
    frame = reference_rows(figure, canvas.language)
    frame = frame.assign(
        t=[max(first, epoch_ms(day)) if day else first for day in frame.pop("start")],
        until=[min(last, epoch_ms(day)) if day else last for day in frame.pop("end")],
    )
    frame = frame[frame["t"] <= frame["until"]]
    if frame.empty:  # a legend without a name has no size, and so has the whole picture
        return []
    return [
        reference_rules(frame, canvas).encode(
            x=time_position(canvas), x2=alt.X2("until"), y=alt.Y("y:Q")
        )
    ]


def reference_rows(figure: Figure, language: str) -> pd.DataFrame:
    """The figure's reference lines: `y`, `v` (in words), `name`, `start` and `end`.

    A name with one value for all time says it: `Harga acuan: Rp26.500/kg`.
    """
    indicator = figure.result.indicator
    frame = pd.DataFrame(
        {
            "name": [line.label.in_language(language) for line in figure.references],
            "y": [line.value for line in figure.references],
            "v": [written(line.value, indicator, language) for line in figure.references],
            "start": [line.start for line in figure.references],
            "end": [line.end for line in figure.references],
        }
    )
    is_only = frame.groupby("name")["y"].transform("nunique") == 1
    with_value = [
        text("figures.mark.reference", language, name=name, value=value)
        for name, value in zip(frame["name"], frame["v"], strict=True)
    ]
    return frame.assign(name=frame["name"].where(~is_only, with_value))


def reference_rules(rows: pd.DataFrame, canvas: Canvas) -> alt.Chart:
    """Rules that differ in their dashes by name; the legend below the picture explains them."""
    names = _own_names(rows, "name")
    dashes = alt.StrokeDash(
        "name:N",
        scale=alt.Scale(domain=list(names), range=list(DASHES[: len(names)])),
        legend=legend(
            names, orient="bottom", width=canvas.width, symbolType="stroke", symbolSize=400,
            symbolStrokeColor=canvas.colours.ink,
        ),
    )  # fmt: skip
    tips = [
        alt.Tooltip("name:N", title=text("figures.tip.name", canvas.language)),
        alt.Tooltip("v:N", title=text("figures.tip.value", canvas.language)),
    ]
    return (
        canvas.chart(rows)
        .mark_rule(color=canvas.colours.ink, strokeWidth=1.4)
        .encode(strokeDash=dashes, tooltip=tips)
    )


def today_layers(figure: Figure, canvas: Canvas) -> list[alt.Chart]:
    if figure.today is None:
        return []
    table = pd.DataFrame(
        {"t": [epoch_ms(figure.today)], "words": [mark_words("today", canvas.language)]}
    )
    base = canvas.chart(table).encode(x=time_position(canvas))
    return [
        base.mark_rule(color=canvas.colours.ink, strokeWidth=1),
        base.mark_text(align="right", dx=-5, baseline="top", color=canvas.colours.ink).encode(
            y=alt.YValue(2), text=alt.Text("words:N")
        ),
    ]
