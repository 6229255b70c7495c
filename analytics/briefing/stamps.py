"""Writes on figures how they were made, so that any figure on a page can be made again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from analytics.briefing.makers import makers_of
from analytics.figures.figure import Figure
from analytics.figures.recipe import Recipe
from analytics.figures.result import Result

Answer = TypeVar("Answer")
# What a briefing gives to all its figures; `run` pins the forecast that `issued` stands for.
GIVEN = ("language", "today", "issued", "store")


class NotPlain(TypeError):
    """A choice that is no plain value: its figure cannot be made again from words."""


def stamped(answer: Answer, report: Callable[..., Any], choices: Mapping[str, Any]) -> Answer:
    """The answer of a report with its recipe on each figure (or result) in it.

    An answer that no maker of the closed list gives comes back as it is.
    """
    found = makers_of(f"{report.__module__}:{report.__qualname__}")
    if not found:
        return answer
    try:
        plain = plain_choices(choices)
    except NotPlain:
        return answer
    parts: dict[str, Any] = {}
    for name, maker in found.items():
        recipe = Recipe(name, plain)
        if not maker.part:
            return _with_recipe(answer, recipe)
        held = getattr(answer, maker.part)
        if held is not None:
            parts[maker.part] = _with_recipe(held, recipe)
    return replace(answer, **parts)  # type: ignore[type-var]


def with_maker(figure: Figure, maker: str, **choices: Any) -> Figure:
    """The figure with the recipe of a maker of the closed list, where pages make it themselves."""
    return replace(figure, recipe=Recipe(maker, plain_choices(choices)))


def plain_choices(choices: Mapping[str, Any]) -> dict[str, Any]:
    """The choices without what a briefing gives. Raises NotPlain."""
    return {name: _plain(value) for name, value in choices.items() if name not in GIVEN}


def _with_recipe(held: Any, recipe: Recipe) -> Any:
    return replace(held, recipe=recipe) if isinstance(held, Figure | Result) else held


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return _plain(value.value)
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return tuple(_plain(part) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    raise NotPlain(type(value).__qualname__)
