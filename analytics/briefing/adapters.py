"""What draws an answer that needs a word more than the answer itself."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.briefing.model import MapDrawing
from analytics.editions.edition import Edition
from analytics.figures.figure import Figure
from analytics.figures.result import Result
from analytics.geography.levels import edition_boundary
from analytics.tourism import figures
from analytics.tourism.panel_answers import PanelChoice, panel_rows
from analytics.tourism.site_map import ground_layer, kind_layers


def recovery(edition: Edition, result: Result, *, choice: PanelChoice) -> Figure:
    """Recovery with the line of the base year of its panel."""
    base_year = panel_rows(edition, choice).panel.base_year
    return figures.recovery_figure(edition, result, base_year=base_year)


def destinations_drawing(edition: Edition, result: Result, *, language: str) -> MapDrawing | None:
    """Destinations over the areas inside the region; None without outlines of these."""
    level = _level_inside(edition)
    if result.frame.empty or level is None:
        return None
    boundary = edition_boundary(edition, level=level)
    return MapDrawing(
        layer=ground_layer(edition, result, boundary=boundary, language=language),
        boundary=boundary,
        points=tuple(kind_layers(result, language=language)),
    )


def _level_inside(edition: Edition) -> str | None:
    inside = set(edition.vocabulary.children(edition.ref_area))
    named: Mapping[str, object] = edition.region["levels"]  # type: ignore[assignment]
    for level in edition.boundary_levels:
        if level in named and set(edition.vocabulary.of_level(level)) & inside:
            return level
    return None
