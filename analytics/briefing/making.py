"""Makes a figure from its recipe and an edition. Only makers of the closed list are called."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import EnumType
from typing import TYPE_CHECKING, Any

from analytics.agriculture.levels import UnknownLevel
from analytics.agriculture.measures import UnknownMeasure
from analytics.agriculture.outlines import outlines
from analytics.briefing.makers import MAKERS, Maker
from analytics.briefing.model import MapDrawing
from analytics.editions.edition import Edition
from analytics.editions.vocabulary import UnknownCode
from analytics.figures.figure import Figure
from analytics.figures.recipe import Recipe
from analytics.ledger.programme_entries import newest_entry_id

if TYPE_CHECKING:
    from analytics.editions.store import Store
    from analytics.ledger.forecasts import IssuedForecast

Forecast = Callable[[str, int | None], "IssuedForecast | None"]
RUN, ANSWERS = "run", "answers_until"
# What a report raises where the edition knows nothing of what is asked.
NOT_KNOWN = (UnknownMeasure, UnknownLevel, UnknownCode, KeyError, LookupError, ValueError)


class BadRecipe(ValueError):
    """A recipe of no known maker, or with choices that its maker does not take."""


class CannotMake(LookupError):
    """The edition does not hold what the recipe asks for."""


def no_forecast(_series: str, _run: int | None) -> None:
    """Where there is no ledger, no forecast has been issued."""


@dataclass(frozen=True)
class Made:
    """A figure with what draws its map, and the run of the forecast in it, 0 without one."""

    figure: Figure
    drawing: MapDrawing | None = None
    run: int = 0


@dataclass(frozen=True)
class Kitchen:
    """What all figures of a briefing are made from: edition, language, day, issued forecasts."""

    edition: Edition
    language: str
    today: date
    forecast: Forecast = no_forecast
    store: Store | None = None
    made: MutableMapping[str, Made] = field(default_factory=dict, repr=False, compare=False)

    def make(self, recipe: Recipe) -> Made:
        """The figure of a recipe, carrying it, made once. Raises BadRecipe or CannotMake."""
        if recipe.key not in self.made:
            self.made[recipe.key] = self._make(recipe)
        return self.made[recipe.key]

    def _make(self, recipe: Recipe) -> Made:
        maker = maker_of(recipe)
        choices = _read(maker, recipe)
        issued = self._issued(maker, choices)
        self._check_ledger(maker, issued)
        run = issued.run_id if issued is not None else 0
        answers = self._pinned_answers(maker, choices)
        choices |= answers
        try:
            answer = self._asked(maker, choices, issued)
            figure = self._drawn(maker, answer, choices)
        except TypeError as error:
            raise BadRecipe(f"{recipe.maker}: {error}") from error
        except NOT_KNOWN as error:
            raise CannotMake(f"{recipe.maker}: {error}") from error
        pinned = {**recipe.choices, **answers, **({RUN: run} if run else {})}
        stamped = replace(figure, recipe=Recipe(recipe.maker, pinned))
        return Made(stamped, _drawing(self, maker, answer, choices), run)

    def _issued(self, maker: Maker, choices: dict[str, Any]) -> IssuedForecast | None:
        run = choices.pop(RUN, None)
        if "issued" not in _names(_function(maker.report)):
            return None
        return self.forecast(str(choices.get("series", "")), run)

    def _pinned_answers(self, maker: Maker, choices: Mapping[str, Any]) -> dict[str, int]:
        """Up to which entry of the ledger a figure tells, where its maker asks and nobody said."""
        if ANSWERS not in _names(_function(maker.report)) or ANSWERS in choices:
            return {}
        if self.store is None:
            return {ANSWERS: 0}
        with self.store.engine.connect() as connection:
            return {ANSWERS: newest_entry_id(connection)}

    def _check_ledger(self, maker: Maker, issued: IssuedForecast | None) -> None:
        """Figures of the ledger need one, and all but the outlook a forecast that was issued."""
        wanted = inspect.signature(_function(maker.report)).parameters
        if "store" in wanted and self.store is None:
            raise CannotMake(f"{maker.report} needs a ledger.")
        if "issued" in wanted and issued is None and "None" not in str(wanted["issued"].annotation):
            raise CannotMake(f"{maker.report} needs a forecast.")

    def _asked(
        self, maker: Maker, choices: Mapping[str, Any], issued: IssuedForecast | None
    ) -> Any:
        report = _function(maker.report)
        return report(self.edition, **choices, **self._given(report, issued))

    def _given(self, function: Callable[..., Any], issued: object) -> dict[str, Any]:
        """What the briefing gives to a function that asks for it by name."""
        given = {
            "language": self.language, "today": self.today, "issued": issued, "store": self.store,
        }  # fmt: skip
        return {name: value for name, value in given.items() if name in _names(function)}

    def _drawn(self, maker: Maker, answer: Any, choices: Mapping[str, Any]) -> Figure:
        if maker.part:
            figure: Figure | None = getattr(answer, maker.part)
            if figure is None:
                raise CannotMake(f"{maker.report} gives no {maker.part} for these choices.")
            return figure
        if not maker.draw:
            whole: Figure = answer
            return whole
        draw = _function(maker.draw)
        wanted = {name: value for name, value in choices.items() if name in _names(draw)}
        first = (self.edition, answer) if "edition" in _names(draw) else (answer,)
        drawn: Figure = draw(*first, **maker.drawn_with, **wanted, **self._given(draw, None))
        return drawn


def maker_of(recipe: Recipe) -> Maker:
    """The maker of a recipe. Raises BadRecipe."""
    try:
        return MAKERS[recipe.maker]
    except KeyError:
        raise BadRecipe(f"'{recipe.maker}' makes no figure.") from None


def _read(maker: Maker, recipe: Recipe) -> dict[str, Any]:
    """The choices as the report takes them: mappings become its dataclasses, words its codes."""
    choices = {**maker.usual, **recipe.choices}
    for name, kind in maker.classes.items():
        if name in choices:
            try:
                choices[name] = _taken(_function(kind), choices[name])
            except (TypeError, ValueError) as error:
                raise BadRecipe(f"{recipe.maker}, {name}: {error}") from error
    return choices


def _taken(kind: Any, value: Any) -> Any:
    """The dataclass of a mapping, the member of an enumeration, or the value as it is."""
    if isinstance(value, Mapping):
        return kind(**value)
    return kind(value) if isinstance(kind, EnumType) else value


def _function(name: str) -> Callable[..., Any]:
    """`module:name` of the closed list; never a name from a recipe."""
    module, _, attribute = name.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), attribute)
    return found


def _names(function: Callable[..., Any]) -> frozenset[str]:
    return frozenset(inspect.signature(function).parameters)


def _drawing(
    kitchen: Kitchen, maker: Maker, answer: Any, choices: Mapping[str, Any]
) -> MapDrawing | None:
    """What draws the map of an answer that has one."""
    layer = getattr(answer, "layer", None) if maker.part in ("figure", "main") else None
    if layer is not None:
        boundary = outlines(kitchen.edition, level=str(choices["level"]))
        return MapDrawing(layer=layer, boundary=boundary)
    if maker.ground:
        drawing: MapDrawing | None = _function(maker.ground)(
            kitchen.edition, answer, language=kitchen.language
        )
        return drawing
    return None
