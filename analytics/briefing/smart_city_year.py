"""The outline of the yearly Smart City evaluation, filled for a year that a reader chose."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from analytics.briefing.draft import Draft, DraftPart, read_outline
from analytics.briefing.resolve import SMART_CITY_YEAR
from analytics.figures.recipe import Recipe
from analytics.figures.result import Label
from analytics.i18n import LANGUAGES
from analytics.smart_city.year_report import OUTLINE, year_title


def draft_of_year(year: int) -> Draft:
    """The outline `smart-city` with the year in its title and in every figure."""
    outline = read_outline(OUTLINE)
    sections = tuple(
        replace(section, parts=tuple(_of_year(part, year) for part in section.parts))
        for section in outline.sections
    )
    words = (f"{year_title(year).words(language)}, {{region}}" for language in LANGUAGES)
    return replace(outline, title=Label(*words), sections=sections)


def _of_year(part: DraftPart, year: int) -> DraftPart:
    if part.recipe is None:
        return part
    choices: dict[str, Any] = {
        name: year if value == SMART_CITY_YEAR else value
        for name, value in part.recipe.choices.items()
    }
    return replace(part, recipe=Recipe(part.recipe.maker, choices))
