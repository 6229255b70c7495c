"""What is drawn on the picture to share: charts as for a telephone, and what their numbers mean.

A name that does not fit beside its line or under its bar is a number there; the key below
the chart has all names in full. Events are a list: their names are longer than any picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from textwrap import wrap
from typing import Any

import pandas as pd

from analytics.figures.chart_style import series_codes, series_colours
from analytics.figures.charts import chart_spec, drawn_kind, has_chart, small_specs
from analytics.figures.figure import Figure, Kind
from analytics.figures.palette import THEMES
from analytics.figures.picture import (
    CHART_PX,
    SHAPES,
    KeyEntry,
    PictureChart,
    PictureContent,
    PictureEvent,
)
from analytics.figures.picture_rows import picture_rows
from analytics.figures.profile_charts import matrix_height
from analytics.figures.result import Label
from analytics.figures.sentences import period_words, status_words
from analytics.i18n import LANGUAGES, text
from analytics.observations.status import ObsStatus

SMALL_HEIGHT_PX = 120
LEAST_ROWS_PX, MOST_ROWS_PX = 150, 800
ROW_PX, LINE_PX, AXIS_PX = 14, 14, 40
CELL_PX = 26
LETTER_PX = 6.4  # mean width of a letter of 12 pixels
BANDS_PX = 305  # left for standing bars beside their axis
LETTERS_BESIDE_BARS, LETTERS_AT_POINTS, LETTERS_IN_LEGEND = 16, 16, 28
LINE_BREAK = "\n"
STANDING = (Kind.GROUPED_BARS, Kind.STACKED_BARS, Kind.DISTRIBUTION)


def picture_content(
    figure: Figure, *, language: str, theme: str, chart_height: int
) -> PictureContent:
    """The charts of a figure, their key, or its events; else the first rows of its table.

    `chart_height` in pixels of a telephone; kinds drawn row by row take what they need.
    """
    kind = drawn_kind(figure)
    if not has_chart(figure):
        return PictureContent(table=picture_rows(figure, language=language))
    if kind is Kind.TIMELINE:
        return _events(figure, language=language, theme=theme)
    if kind is Kind.SMALL_MULTIPLES:
        small = small_specs(figure, language=language, theme=theme, height=SMALL_HEIGHT_PX)
        return PictureContent(charts=tuple(PictureChart(spec, name) for name, spec in small))
    key = _key(figure, language=language, theme=theme)
    drawn = _with_names_in_lines(_with_numbers(figure))
    height = _height_of_rows(drawn, language) or chart_height
    spec = chart_spec(drawn, language=language, theme=theme, width=CHART_PX, height=height)
    assert spec is not None
    return PictureContent(charts=(PictureChart(_with_line_breaks(spec)),), key=key)


def _with_line_breaks(spec: Mapping[str, Any]) -> dict[str, Any]:
    return {**spec, "config": {**spec["config"], "lineBreak": LINE_BREAK}}


def _height_of_rows(figure: Figure, language: str) -> int | None:
    """Pixels for the rows of bars or cells; None for other kinds."""
    kind = drawn_kind(figure)
    if kind is Kind.HEAT:
        years = pd.to_datetime(figure.frame["period_start"]).dt.year.nunique()
        return max(LEAST_ROWS_PX, int(years) * CELL_PX)
    if kind is Kind.MATRIX:
        return max(LEAST_ROWS_PX, min(matrix_height(figure), MOST_ROWS_PX))
    if kind is not Kind.BARS:
        return None
    names = [figure.name_of(figure.category, code, language) for code in _codes(figure)]
    lines = max(name.count(LINE_BREAK) + 1 for name in names) if names else 1
    rows = len(figure.frame) * (ROW_PX + LINE_PX * lines)
    return max(LEAST_ROWS_PX, min(rows + AXIS_PX, MOST_ROWS_PX))


def _codes(figure: Figure) -> list[str]:
    """Codes of the categories; none where the chart itself writes years, months or periods."""
    if figure.category not in figure.frame.columns:
        return []
    return [str(code) for code in dict.fromkeys(figure.frame[figure.category].dropna())]


# Numbers instead of names ---------------------------------------------------------------------


def _numbered(figure: Figure) -> tuple[str, tuple[str, ...]]:
    """The column whose names are numbers in the picture, and its codes in their order."""
    kind, codes = drawn_kind(figure), series_codes(figure)
    if kind is Kind.LINE and len(codes) > 1:
        named = figure.emphasis or codes
        return figure.series, tuple(code for code in codes if code in named)
    if kind in STANDING and not _fit_under_bars(figure):
        return figure.category, tuple(_codes(figure))
    return "", ()


def _letters_under_bars(figure: Figure) -> int:
    return int(BANDS_PX / max(1, len(_codes(figure))) / LETTER_PX)


def _fit_under_bars(figure: Figure) -> bool:
    """Whether every word of every category is as short as its bar is wide, in each language."""
    most = _letters_under_bars(figure)
    names = [
        figure.name_of(figure.category, code, each) for code in _codes(figure) for each in LANGUAGES
    ]
    return all(len(word) <= most for name in names for word in name.split())


def _with_numbers(figure: Figure) -> Figure:
    column, codes = _numbered(figure)
    if not codes:
        return figure
    numbers = {code: Label(str(n), str(n)) for n, code in enumerate(codes, start=1)}
    return _with_names(figure, {column: {**figure.names.get(column, {}), **numbers}})


def _with_names(figure: Figure, names: Mapping[str, Mapping[str, Label]]) -> Figure:
    return replace(figure, names={**figure.names, **names})


def _key(figure: Figure, *, language: str, theme: str) -> tuple[KeyEntry, ...]:
    """Full names of what is a number in the chart; lines in their colours."""
    column, codes = _numbered(figure)
    ink = THEMES[theme].ink
    colours = series_colours(figure, theme=theme) if column == figure.series else {}
    return tuple(
        KeyEntry(str(number), figure.name_of(column, code, language), colours.get(code, ink))
        for number, code in enumerate(codes, start=1)
    )


# Names in several lines -----------------------------------------------------------------------


def _with_names_in_lines(figure: Figure) -> Figure:
    """Long names of categories and of a legend's groups go on in further lines."""
    return _with_names(
        figure,
        {
            column: _in_lines(figure, column, letters)
            for column, letters in _letters_of_names(figure).items()
            if column in figure.frame.columns
        },
    )


def _letters_of_names(figure: Figure) -> dict[str, int]:
    kind = drawn_kind(figure)
    if kind is Kind.BARS:
        return {figure.series: LETTERS_IN_LEGEND, figure.category: LETTERS_BESIDE_BARS}
    if kind is Kind.SCATTER:
        return {figure.series: LETTERS_IN_LEGEND, figure.category: LETTERS_AT_POINTS}
    if kind in (Kind.MATRIX, Kind.RADAR):
        return {}  # these break their names themselves
    return {figure.series: LETTERS_IN_LEGEND, figure.category: max(1, _letters_under_bars(figure))}


def _in_lines(figure: Figure, column: str, letters: int) -> dict[str, Label]:
    codes: Iterable[object] = figure.frame[column].dropna().unique()
    return {
        str(code): Label(
            *(_broken(figure.name_of(column, code, each), letters) for each in LANGUAGES)
        )
        for code in codes
    }


def _broken(name: str, letters: int) -> str:
    """The name in lines of at most so many letters; no word is broken."""
    lines = wrap(name, letters, break_long_words=False, break_on_hyphens=False)
    return LINE_BREAK.join(lines) or name


# Events ---------------------------------------------------------------------------------------


def _events(figure: Figure, *, language: str, theme: str) -> PictureContent:
    """Events by date as a list, each with the mark and colour of its lane."""
    frame = figure.frame
    dated = frame[frame["period_start"].notna()].sort_values("period_start", kind="stable")
    colours = series_colours(figure, theme=theme)
    shapes = dict(zip(colours, _repeated(SHAPES, len(colours)), strict=True))
    events = tuple(
        PictureEvent(
            when=period_words(row, language),
            words=_event_words(figure, row, language),
            mark=shapes[_lane(figure, row)],
            colour=colours[_lane(figure, row)],
        )
        for row in dated.to_dict("records")
    )
    key = tuple(
        KeyEntry(shapes[code], figure.name_of(figure.series, code, language), colour)
        for code, colour in colours.items()
        if figure.series
    )
    return PictureContent(events=events, key=key)


def _repeated(shapes: Sequence[str], count: int) -> list[str]:
    return [shapes[position % len(shapes)] for position in range(count)]


def _lane(figure: Figure, row: Mapping[str, Any]) -> str:
    return str(row[figure.series]) if figure.series else ""


def _event_words(figure: Figure, row: Mapping[str, Any], language: str) -> str:
    """What happened, with its status unless that is normal."""
    column = figure.category or "obs_text"
    words = figure.name_of(column, row[column], language)
    status = str(row["obs_status"])
    if status == ObsStatus.NORMAL:
        return words
    told = status_words(status, language)
    return text("figures.picture.event", language, event=words, status=told)
