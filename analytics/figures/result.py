"""The spine: what a report answers. Figures, slides, files and the board take only this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import pandas as pd

from analytics.i18n import Formatter, text


@dataclass(frozen=True)
class Label:
    """A name in both languages."""

    id: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language == "en" else self.id


@dataclass(frozen=True)
class Indicator:
    """What is measured: unit, decimals, which way is better, how to aggregate."""

    code: str
    name: Label
    unit: str
    unit_symbol: Label
    decimals: int
    better: str  # up, down or neither
    aggregate: str  # sum, mean, last, recompute or none
    definition: Label
    numerator: str | None = None
    denominator: str | None = None


@dataclass(frozen=True)
class Source:
    """Where figures come from: what stands beside every one of them."""

    source_id: str
    title: str
    publisher: str
    year: str
    url: str
    licence: str
    method: str
    method_name: Label

    @property
    def citation(self) -> str:
        """`Publisher (year): title`, without the year where the source gives none."""
        year = f" ({self.year})" if self.year else ""
        return f"{self.publisher}{year}: {self.title}"


@dataclass(frozen=True)
class Period:
    """The span the figures stand for; both ends None when the source gives no date."""

    start: date | None
    end: date | None
    freq: str = "_O"

    def words(self, language: str) -> str:
        return Formatter(language).period(self.start, self.end, self.freq)


@dataclass(frozen=True)
class EditionStamp:
    """Which edition of which region a figure was made from."""

    region: str
    region_name: Label
    number: int
    published_at: datetime
    is_training: bool


@dataclass(frozen=True)
class Statement:
    """A text key with the values it takes; values are formatted already, or Labels."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def words(self, language: str) -> str:
        return text(self.key, language, **{k: _word(v, language) for k, v in self.values.items()})


def _word(value: object, language: str) -> object:
    """A value in words: labels, statements and callables of the formatter know their language."""
    if isinstance(value, Label):
        return value.in_language(language)
    if isinstance(value, Statement):
        return value.words(language)
    if isinstance(value, Figure):
        return value.words(language)
    return value


@dataclass(frozen=True)
class Figure:
    """A number (or date) in a sentence, written by the formatter in the reader's language.

    `style` is the name of a Formatter method, `options` its further arguments.
    The number itself stays readable, so that a test can find it in the frame.
    """

    value: object
    style: str = "number"
    options: Mapping[str, object] = field(default_factory=dict)

    def words(self, language: str) -> str:
        return getattr(Formatter(language), self.style)(self.value, **self.options)


@dataclass(frozen=True)
class Result:
    """Frame + indicator + sources + period + edition + caveats: what a report answers.

    `frame` has one row per observation with at least `obs_value` and `obs_status`;
    `title` says what is seen, `statements` are the sentences generated from the frame.
    `notes` say why something is missing or withheld. Never changed once made.
    """

    name: str
    frame: pd.DataFrame
    indicator: Indicator
    sources: tuple[Source, ...]
    period: Period
    edition: EditionStamp
    title: Statement
    statements: tuple[Statement, ...] = ()
    caveats: tuple[Label, ...] = ()
    notes: tuple[Statement, ...] = ()
    parameters: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """True when no row carries a value."""
        return self.frame.empty or bool(self.frame["obs_value"].isna().all())

    def sentence(self, language: str) -> str:
        """All sentences of the result, in order."""
        return " ".join(statement.words(language) for statement in self.statements)
