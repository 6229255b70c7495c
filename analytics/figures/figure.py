"""A figure: a Result with the choice of how it is drawn. Words, table and picture come from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

import pandas as pd

from analytics.figures.recipe import Recipe
from analytics.figures.result import Indicator, Label, Number, Period, Result, Source, Statement
from analytics.i18n import LANGUAGES

if TYPE_CHECKING:
    import altair

    from analytics.editions.edition import Edition
    from analytics.figures.tables import FigureTable

Names = Mapping[str, Mapping[str, Label]]

NAMED_COLUMNS = ("ref_area", "place", "item", "indicator", "source_id")


class Kind(StrEnum):
    """How a result is drawn. What each kind expects of the frame stands in `charts`."""

    LINE = "line"
    SEASONAL = "seasonal"
    DISTRIBUTION = "distribution"
    BARS = "bars"
    GROUPED_BARS = "grouped_bars"
    STACKED_BARS = "stacked_bars"
    FAN = "fan"
    BACKTEST = "backtest"
    SCATTER = "scatter"
    TIMELINE = "timeline"
    SMALL_MULTIPLES = "small_multiples"
    HEAT = "heat"
    MATRIX = "matrix"
    RADAR = "radar"
    SPARK = "spark"
    MAP = "map"
    TABLE = "table"


@dataclass(frozen=True)
class Annotation:
    """A moment or span to mark on a time axis: a holiday, a rule, an event.

    A span without `end` is one day. `is_decided` is False for a date that is only
    calculated; it is drawn lighter and said.
    """

    label: Label
    start: date
    end: date | None = None
    is_decided: bool = True


@dataclass(frozen=True)
class ReferenceLine:
    """A value to compare with: a floor, a ceiling, a target, the mean of the reference.

    Without `start` and `end` it spans the whole picture; with them it holds in that time only.
    """

    label: Label
    value: float
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Column:
    """A further column of the figure's table.

    `style` is `text`, `code` (named by the figure's names), `date`, `month`, `period` or a
    number style of the Formatter (`number`, `rupiah`, `percent_sign`, `signed_percent`, ...).
    """

    name: str
    heading: Statement | Label
    style: str = "number"
    decimals: int | None = None
    unit: Label | None = None


@dataclass(frozen=True)
class Fact:
    """One figure beside the picture: what, how much, for when, how far to be trusted.

    `comparison` is a whole sentence such as "naik 2,4% dari Juli"; `better` says whether
    that change is `good`, `bad` or `neutral` for the indicator (colour is never the only sign).
    """

    heading: Statement | Label
    value: Number | Statement | str
    period: Period | Statement | None = None
    comparison: Statement | None = None
    direction: str = ""  # up, down, same or empty
    tone: str = "neutral"  # good, bad or neutral
    status: str = "A"
    source: Source | None = None


@dataclass(frozen=True)
class Figure:
    """A result and how to draw it; frozen, and equal input gives an equal picture.

    series      column whose codes tell lines or colours apart (`item`, `place`, `source_id`)
    category    column on the axis of bars, boxes and scatter points
    names       words for codes, by column; see `code_names`
    order       codes in the order that decides colours (the pack's order), so that a
                commodity keeps its colour from figure to figure
    colour      name of a colour of the theme (green, gold, blue, violet) for a single series
    emphasis    codes to draw strongly; the others step back
    annotations holidays, rules, events on a time axis
    references  floors, ceilings, targets
    today       where the rule "hari ini" stands (fan)
    x_column, x_indicator   the horizontal measure of a scatter
    quadrant    where the two rules of a scatter stand (x, y), such as (1.0, 1.0)
    columns     further columns of the table
    headings    words for the series or category column where it is none of the usual codes
    keeps_order bars stay in the frame's order instead of the largest first
    limits      fixed ends of the value scale, the same in every year (radar, matrix)
    bar_range   columns with the low and the high end of each bar's range, drawn across its end
    recipe      how it was made; without one, that of its result, if that has one
    """

    result: Result
    kind: Kind
    series: str = ""
    category: str = ""
    names: Names = field(default_factory=dict)
    order: tuple[str, ...] = ()
    colour: str = "green"
    emphasis: tuple[str, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    references: tuple[ReferenceLine, ...] = ()
    today: date | None = None
    x_column: str = ""
    x_indicator: Indicator | None = None
    quadrant: tuple[float, float] | None = None
    columns: tuple[Column, ...] = ()
    headings: Mapping[str, Statement | Label] = field(default_factory=dict)
    keeps_order: bool = False
    bar_range: tuple[str, str] | None = None
    recipe: Recipe | None = field(default=None, repr=False, compare=False)
    limits: tuple[float, float] | None = None
    _said: dict[tuple[object, ...], str] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def frame(self) -> pd.DataFrame:
        return self.result.frame

    @property
    def is_empty(self) -> bool:
        return self.result.is_empty

    @property
    def made_by(self) -> Recipe | None:
        """What makes this figure again from an edition; None where nothing does."""
        return self.recipe or self.result.recipe

    def name_of(self, column: str, code: object, language: str) -> str:
        """The name of a code, or the code itself where no name is known."""
        label = self.names.get(column, {}).get(str(code))
        return label.in_language(language) if label else str(code)

    def title(self, language: str) -> str:
        """A sentence that says what is seen."""
        return self._once(("title", language), lambda: self.result.title.words(language))

    def sentence(self, language: str) -> str:
        """The sentences of the result, generated from its frame."""
        return self._once(("sentence", language), lambda: self.result.sentence(language))

    def alt_text(self, language: str) -> str:
        """The picture in words: kind, first, last, extremes, gaps, all from the frame."""
        from analytics.figures.sentences import alt_text

        return alt_text(self, language=language)

    def context(self, language: str, *, today: date) -> str:
        """One line: region, period, edition, age, status."""
        from analytics.figures.sentences import context_line

        return self._once(
            ("context", language, today),
            lambda: context_line(self.result, language=language, today=today),
        )

    def _once(self, key: tuple[object, ...], write: Callable[[], str]) -> str:
        """Words are written once: a figure that is kept is shown again in every run."""
        if key not in self._said:
            self._said[key] = write()
        return self._said[key]

    def table(self, language: str) -> FigureTable:
        """The data as a table in words: names for codes, unit in the header, status, source."""
        from analytics.figures.tables import figure_table

        return figure_table(self, language=language)

    def chart(self, language: str, theme: str) -> altair.TopLevelMixin | None:
        """The chart, or None for a map, a table or a result without any value."""
        from analytics.figures.charts import draw_chart

        return draw_chart(self, language=language, theme=theme)


def code_names(
    frame: pd.DataFrame, edition: Edition, *, columns: Sequence[str] = NAMED_COLUMNS
) -> dict[str, dict[str, Label]]:
    """Words in both languages for every code in the frame's area, place, item, indicator
    and source columns. Raises UnknownCode for a code that the edition does not know.
    """
    return {
        column: {code: _name(column, code, edition) for code in _codes(frame[column])}
        for column in columns
        if column in frame.columns
    }


def _codes(values: pd.Series) -> list[str]:
    return [str(code) for code in values.dropna().unique() if str(code)]


def _name(column: str, code: str, edition: Edition) -> Label:
    words = edition.vocabulary
    if column == "item":
        return words.item_name(code)
    if column == "indicator":
        return words.indicator_name(code)
    if column == "source_id":
        return source_label(words.source(code))
    name = words.area_name(code) if column == "ref_area" else words.place_name(code)
    return Label(name, name)


def source_label(source: Source) -> Label:
    """Publisher and year of a source, as tables name it."""
    year = f" {source.year}" if source.year else ""
    return Label(*(f"{source.publisher_in(language)}{year}" for language in LANGUAGES))


__all__ = [
    "Annotation",
    "Column",
    "Fact",
    "Figure",
    "Kind",
    "Names",
    "ReferenceLine",
    "code_names",
    "source_label",
]
