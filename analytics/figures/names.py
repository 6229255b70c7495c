"""Words in both languages that every theme makes alike: texts of the catalogue, lists of names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analytics.figures.result import Label, Statement
from analytics.i18n import LANGUAGES, text


def in_both(key: str, **values: object) -> Label:
    """A text of the catalogue in both languages; labels among the values follow the language."""
    return Label(*(text(key, language, **_in(values, language)) for language in LANGUAGES))


def _in(values: dict[str, object], language: str) -> dict[str, object]:
    return {
        name: value.in_language(language) if isinstance(value, Label) else value
        for name, value in values.items()
    }


def listed(labels: Sequence[Label], *, at_most: int | None = None) -> Label:
    """Names as a list in words: `A, B, dan C`; beyond `at_most`, how many there are more."""
    shown = labels[:at_most]
    rest = len(labels) - len(shown)
    return Label(
        *(
            _listed([label.in_language(language) for label in shown], rest, language)
            for language in LANGUAGES
        )
    )


def _listed(names: list[str], rest: int, language: str) -> str:
    if rest:
        return text("figures.list.cut", language, names=", ".join(names), n=rest)
    if len(names) < 2:
        return "".join(names)
    kind = "two" if len(names) == 2 else "more"
    return text(f"figures.list.{kind}", language, first=", ".join(names[:-1]), last=names[-1])


def told(statements: Iterable[Statement | None]) -> tuple[Statement, ...]:
    """The statements without those that have nothing to say."""
    return tuple(statement for statement in statements if statement is not None)
