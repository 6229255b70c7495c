"""The spine: what a report answers. Figures, slides, files and the board take only this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analytics.figures.recipe import Recipe
from analytics.i18n import Formatter, text
from analytics.observations.concepts import EditionStamp, Indicator, Label, Period, Source

__all__ = [
    "EditionStamp",
    "Indicator",
    "Label",
    "Number",
    "Period",
    "Result",
    "Source",
    "Statement",
]


@dataclass(frozen=True)
class Statement:
    """A text key with the values it takes; values are formatted already, or Labels."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def words(self, language: str) -> str:
        return text(self.key, language, **{k: _word(v, language) for k, v in self.values.items()})


def _word(value: object, language: str) -> object:
    """A value in words: labels, statements, numbers and periods know their language."""
    if isinstance(value, Label):
        return value.in_language(language)
    if isinstance(value, Statement | Number | Period):
        return value.words(language)
    return value


@dataclass(frozen=True)
class Number:
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
    `notes` say why something is missing or withheld; `recipe` is what makes its figure again.
    Never changed once made.
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
    recipe: Recipe | None = field(default=None, repr=False, compare=False)

    @property
    def is_empty(self) -> bool:
        """True when no row carries a value."""
        return self.frame.empty or bool(self.frame["obs_value"].isna().all())

    def sentence(self, language: str) -> str:
        """All sentences of the result, in order."""
        return " ".join(statement.words(language) for statement in self.statements)
