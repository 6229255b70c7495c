"""The map's other choices for the browser, which paints them before the page has run again.

The filters stay Streamlit's own. The map's script (static/map/ahead.js) sees a choice of
commodity or period when it is made, paints the areas from what it was given beforehand under
the addresses made here, and the page that follows says the last word.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode

from analytics.agriculture.levels import MapLevel, map_level
from analytics.agriculture.map_answer import map_answer
from analytics.agriculture.map_view import read_breaks
from analytics.agriculture.measures import Measure, items_of, measures, usual_measure
from analytics.editions.edition import Edition
from analytics.figures.map_layer import LABEL_CHOICES, paint_message
from analytics.geography.classes import MAX_CLASSES, METHODS
from analytics.i18n import LANGUAGES
from pages.agriculture.choices import NO_AREA, Choices, best_known, offered_periods
from pages.ui import cache, filters, geometry

FOLDER = "map-colours"
THEMES = ("light", "dark")
SWITCH = {"0": False, "1": True}
ITEM, INDICATOR, PERIOD = "item", "indicator", "period"

Offered = TypeVar("Offered")


class NotOffered(LookupError):
    """The address asks for something that the map's filters do not offer."""


def told_ahead(edition: Edition, chosen: Choices, *, theme: str, language: str) -> dict[str, Any]:
    """What goes with the colours of a map: which view it is, and where the other ones are.

    For each filter stand the widget's place on the page and an address, to which the browser
    adds the chosen words (a list) or the chosen step (a slider).
    """
    folder = f"{geometry.prefix()}/{FOLDER}/{edition.stamp.region}/{edition.stamp.number}"
    shared = {**_further(chosen), "theme": theme, "lang": language}
    measured = {ITEM: chosen.measure.item, INDICATOR: chosen.measure.indicator.code}
    other_item = {INDICATOR: measured[INDICATOR], PERIOD: chosen.period, **shared}
    other_period = {**measured, **shared}

    def place(name: str, kept: Mapping[str, str]) -> tuple[str, str]:
        query = urlencode({"of": name, **kept})
        return filters.place_of(name), f"{folder}/{chosen.level.code}.json?{query}"

    return {
        "view": "/".join((*measured.values(), chosen.period)),
        "ahead": [place(ITEM, other_item), place(PERIOD, other_period)],
    }


def colours_ahead(edition: Edition, level: str, asked: Mapping[str, str]) -> dict[str, Any]:
    """The message that paints the view which `asked` describes, as the page would send it.

    Raises LookupError for anything that the map's filters do not offer.
    """
    chosen = _read(edition, map_level(edition, level), asked)
    theme, language = _one_of(asked, "theme", THEMES), _one_of(asked, "lang", LANGUAGES)
    answer = cache.result(map_answer, edition, **chosen.mapped, language=language)
    message = paint_message(answer.layer, theme=theme, labels=chosen.labels)
    return {**message, **told_ahead(edition, chosen, theme=theme, language=language)}


def _further(chosen: Choices) -> dict[str, str]:
    """All that stays when another commodity or period is chosen."""
    return {
        "area": chosen.area,
        "method": chosen.method,
        "classes": str(chosen.classes),
        "breaks": ";".join(str(limit) for limit in chosen.breaks),
        "same": str(int(chosen.has_same_breaks)),
        "labels": chosen.labels,
        "unverified": str(int(chosen.with_unverified)),
    }


def _read(edition: Edition, level: MapLevel, asked: Mapping[str, str]) -> Choices:
    with_unverified = SWITCH[_one_of(asked, "unverified", SWITCH)]
    language = _one_of(asked, "lang", LANGUAGES)
    found = measures(edition, level=level.code, with_unverified=with_unverified)
    measure, period = _measured(found, asked, language=language)
    breaks = read_breaks(asked.get("breaks", ""), language="en")
    if breaks is None:
        raise NotOffered("breaks")
    return Choices(
        level=level,
        measure=measure,
        period=period,
        area=_one_of(asked, "area", (NO_AREA, *level.areas)),
        method=_one_of(asked, "method", METHODS),
        classes=_one_of(asked, "classes", range(2, MAX_CLASSES + 1)),
        breaks=breaks,
        has_same_breaks=SWITCH[_one_of(asked, "same", SWITCH)],
        labels=_one_of(asked, "labels", LABEL_CHOICES),
        with_unverified=with_unverified,
        comparison=None,
    )


def _measured(
    found: tuple[Measure, ...], asked: Mapping[str, str], *, language: str
) -> tuple[Measure, str]:
    """Measure and period as the page's filters would have them after the choice."""
    names = {m.item: m.item_name.in_language(language) for m in found}
    is_other_item = _one_of(asked, "of", (ITEM, PERIOD)) == ITEM
    item = (
        _chosen(asked, items_of(found), words=names.__getitem__)
        if is_other_item
        else _one_of(asked, ITEM, items_of(found))
    )
    own = [measure for measure in found if measure.item == item]
    by_code = {measure.indicator.code: measure for measure in own}
    best = best_known(own, usual=usual_measure(found))
    measure = by_code.get(asked.get(INDICATOR, ""), best)
    if is_other_item:
        codes = offered_periods(measure)
        kept = asked.get(PERIOD, "")
        return measure, kept if kept in codes else measure.usual_period.code
    words = lambda code: measure.period(code).period.words(language)  # noqa: E731
    return measure, _chosen(asked, offered_periods(measure), words=words)


def _chosen(
    asked: Mapping[str, str], options: Collection[str], *, words: Callable[[str], str]
) -> str:
    """The option of that step (a slider), or the only one with those words (a list)."""
    if "step" in asked:
        return dict(enumerate(options))[_one_of(asked, "step", range(len(options)))]
    named = [code for code in options if words(code) == asked.get("words")]
    if len(named) != 1:
        raise NotOffered("words")
    return named[0]


def _one_of(asked: Mapping[str, str], name: str, options: Collection[Offered]) -> Offered:
    for option in options:
        if str(option) == asked.get(name):
            return option
    raise NotOffered(name)
