"""The catalogues: one folder a language, one file a theme, one key a sentence.

The key of `title` in table `[chart]` of `prices.toml` is `prices.chart.title`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from babel import Locale

FOLDER = Path(__file__).parent
LANGUAGES: tuple[str, ...] = ("id", "en")
PLURAL_FORMS = frozenset({"one", "other"})


class MissingText(KeyError):
    """A text key or one of its values is missing."""


@cache
def catalogue(language: str) -> Mapping[str, str | Mapping[str, str]]:
    """All texts of a language by dotted key; a plural text is a mapping of its forms."""
    if language not in LANGUAGES:
        raise MissingText(f"No catalogue for language '{language}'.")
    texts: dict[str, str | Mapping[str, str]] = {}
    for path in sorted((FOLDER / language).glob("*.toml")):
        _flatten(tomllib.loads(path.read_text(encoding="utf-8")), prefix=path.stem, into=texts)
    return MappingProxyType(texts)


def _flatten(
    table: Mapping[str, object], *, prefix: str, into: dict[str, str | Mapping[str, str]]
) -> None:
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, str):
            into[key] = value
        elif isinstance(value, Mapping) and set(value) <= PLURAL_FORMS:
            into[key] = {form: str(words) for form, words in value.items()}
        elif isinstance(value, Mapping):
            _flatten(value, prefix=key, into=into)
        else:
            raise MissingText(f"{key} is neither a text nor a table of texts.")


def text(key: str, language: str, /, **values: object) -> str:
    """The text of `key` in `language` with its values filled in.

    A plural text chooses its form by the number `n`. Raises MissingText for an
    unknown key or a value that the text needs and did not get.
    """
    try:
        words = catalogue(language)[key]
    except KeyError:
        raise MissingText(f"No text '{key}' in language '{language}'.") from None
    if not isinstance(words, str):
        words = words[_plural_form(values.get("n"), language, words)]
    try:
        return words.format_map(values)
    except KeyError as error:
        raise MissingText(f"Text '{key}' needs the value {error}.") from None


def _plural_form(count: object, language: str, forms: Mapping[str, str]) -> str:
    if isinstance(count, str) and count.isdigit():
        count = int(count)
    if not isinstance(count, int | float):
        return "other"
    form = Locale(language).plural_form(count)
    return form if form in forms else "other"
