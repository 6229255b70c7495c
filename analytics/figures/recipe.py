"""How a figure was made: the name of its maker and what was asked. Plain values only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Recipe:
    """A figure's maker, by its name in `analytics.briefing.makers`, and the choices it was given.

    `choices` hold texts, numbers, truth values, None, and tuples or mappings of these; nothing
    that must be imported or unpickled. What every briefing says for all its figures (language,
    today) is no part of them.
    """

    maker: str
    choices: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The recipe as one line of JSON: equal for equal recipes."""
        return json.dumps(self.as_plain(), ensure_ascii=False, sort_keys=True)

    def as_plain(self) -> dict[str, Any]:
        """What JSON and TOML can hold; `recipe_from` reads it."""
        return {"maker": self.maker, "choices": _plain(self.choices)}


def recipe_from(plain: Mapping[str, Any]) -> Recipe:
    """The recipe that `as_plain` gave; lists become tuples. Raises KeyError without a maker."""
    choices = {str(name): _frozen(value) for name, value in plain.get("choices", {}).items()}
    return Recipe(maker=str(plain["maker"]), choices=choices)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value


def _frozen(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _frozen(part) for name, part in value.items()}
    return tuple(_frozen(part) for part in value) if isinstance(value, list | tuple) else value
