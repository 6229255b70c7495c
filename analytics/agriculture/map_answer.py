"""All that is shown of one map: figure, painted layer, facts and ranking, answered together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analytics.agriculture.facts import change_facts, map_facts
from analytics.agriculture.figures import change_figure, map_figure
from analytics.agriculture.map_view import change_view, map_view
from analytics.agriculture.ranking import RankedArea, ranking
from analytics.editions.edition import Edition
from analytics.figures.figure import Fact, Figure
from analytics.figures.map_layer import MapLayer


@dataclass(frozen=True)
class MapAnswer:
    """One map in the reader's language; every part is made from the same rows."""

    figure: Figure
    layer: MapLayer
    facts: tuple[Fact, ...]
    lines: tuple[RankedArea, ...]


def map_answer(
    edition: Edition,
    *,
    language: str,
    method: str,
    classes: int,
    breaks: tuple[float, ...],
    over: tuple[str, ...],
    **choices: Any,
) -> MapAnswer:
    """The map of one period. `choices` are those of `map_report`, the others of `map_view`."""
    cut: dict[str, Any] = {
        "method": method, "classes": classes, "breaks": breaks, "over": over,
    }  # fmt: skip
    figure = map_figure(edition, **choices)
    return MapAnswer(
        figure=figure,
        layer=map_view(edition, **choices, **cut, language=language),
        facts=map_facts(edition, **choices),
        lines=ranking(edition, figure.result, focus=choices["focus"], language=language),
    )


def change_answer(edition: Edition, *, language: str, **choices: Any) -> MapAnswer:
    """The map of a change between two periods. `choices` are those of `change_report`."""
    figure = change_figure(edition, **choices)
    return MapAnswer(
        figure=figure,
        layer=change_view(edition, **choices, language=language),
        facts=change_facts(edition, **choices),
        lines=ranking(edition, figure.result, focus=choices["focus"], language=language),
    )
