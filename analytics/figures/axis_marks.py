"""What is drawn over a time axis: holidays and rules, floors and ceilings, today."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from analytics.figures.chart_style import chosen, mark_words
from analytics.figures.figure import Annotation, Figure
from analytics.figures.layers import Canvas, time_position
from analytics.figures.points import epoch_ms
from analytics.figures.sentences import written
from analytics.i18n import Formatter, text


def annotation_layers(figure: Figure, table: pd.DataFrame, canvas: Canvas) -> list[alt.Chart]:
    """Spans as bands and days as rules, named once each where there are many."""
    seen = _in_view(figure.annotations, table)
    if not seen:
        return []
    frame = pd.DataFrame(
        {
            "t": [max(epoch_ms(each.start), int(table["t"].min())) for each in seen],
            "until": [
                min(epoch_ms(each.end or each.start), int(table["t"].max())) for each in seen
            ],
            "is_span": [each.end is not None for each in seen],
            "is_decided": [each.is_decided for each in seen],
            "words": [_annotation_words(each, canvas.language) for each in seen],
            "p": [_annotation_days(each, canvas.language) for each in seen],
        }
    )
    colours = canvas.colours
    tips = [
        alt.Tooltip("words:N", title=text("figures.tip.event", canvas.language)),
        alt.Tooltip("p:N", title=text("figures.tip.date", canvas.language)),
    ]
    x = time_position(canvas)
    opacity = chosen(alt.OpacityValue, "datum.is_decided", yes=1, no=0.5)
    bands = (
        canvas.chart(frame[frame["is_span"]])
        .mark_rect(color=colours.gold, fillOpacity=0.13)
        .encode(x=x, x2=alt.X2("until"), opacity=opacity, tooltip=tips)
    )
    rules = (
        canvas.chart(frame[~frame["is_span"]])
        .mark_rule(color=colours.gold, strokeDash=[3, 3], strokeWidth=1.2)
        .encode(x=x, opacity=opacity, tooltip=tips)
    )
    named = _named_once(frame)
    names = (
        canvas.chart(named)
        .mark_text(align="right", baseline="top", color=colours.gold, fontSize=11, dx=-3)
        .encode(x=x, y=alt.Y("row:Q", scale=None, axis=None), text=alt.Text("words:N"))
    )
    return [bands, rules, names]


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


def _named_once(frame: pd.DataFrame) -> pd.DataFrame:
    """The newest of each name, each name on its own line below the top edge."""
    newest = frame.drop_duplicates("words", keep="last").reset_index(drop=True)
    return newest.assign(row=[2.0 + 14 * position for position in range(len(newest))])


def reference_values(figure: Figure) -> pd.Series:
    return pd.Series([line.value for line in figure.references], dtype=float)


def reference_layers(figure: Figure, table: pd.DataFrame, canvas: Canvas) -> list[alt.Chart]:
    """Floors, ceilings and targets: one rule for the time in which each value holds."""
    if not figure.references:
        return []
    first, last = int(table["t"].min()), int(table["t"].max())
    frame = pd.DataFrame(
        {
            "t": [
                max(first, epoch_ms(each.start)) if each.start else first
                for each in figure.references
            ],
            "until": [
                min(last, epoch_ms(each.end)) if each.end else last for each in figure.references
            ],
            "y": [each.value for each in figure.references],
            "name": [each.label.in_language(canvas.language) for each in figure.references],
            "v": [
                written(each.value, figure.result.indicator, canvas.language)
                for each in figure.references
            ],
        }
    )
    frame = frame[frame["t"] <= frame["until"]]
    tips = [
        alt.Tooltip("name:N", title=text("figures.tip.name", canvas.language)),
        alt.Tooltip("v:N", title=text("figures.tip.value", canvas.language)),
    ]
    base = canvas.chart(frame).encode(y=alt.Y("y:Q"), tooltip=tips)
    rules = base.mark_rule(color=canvas.colours.ink, strokeDash=[6, 3], strokeWidth=1.3).encode(
        x=time_position(canvas), x2=alt.X2("until")
    )
    newest = frame.drop_duplicates("name", keep="last")
    names = (
        canvas.chart(newest)
        .mark_text(align="right", baseline="top", dy=4, fontSize=11, color=canvas.colours.ink)
        .encode(
            x=alt.X("until:T", scale=alt.Scale(type="utc")), y=alt.Y("y:Q"), text=alt.Text("name:N")
        )
    )
    return [rules, names]


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
