"""The levels of the map: which areas lie on each, and what the region's pack calls it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analytics.editions.edition import Edition, region_label
from analytics.i18n import LANGUAGES, text
from analytics.observations.concepts import Label

NAMED_KINDS = ("kabupaten", "kecamatan", "desa", "provinsi")


class UnknownLevel(KeyError):
    """A level that the region's pack has no map of."""


@dataclass(frozen=True)
class MapLevel:
    """One level of the map.

    `code` is the pack's word (kabupaten, kecamatan), `name` the area that the map shows as a
    whole, `kind` what one of its areas is called and `kinds` several of them.
    """

    code: str
    name: Label
    kind: Label
    kinds: Label
    areas: tuple[str, ...]
    holds_region: bool


def map_levels(edition: Edition) -> tuple[MapLevel, ...]:
    """The levels that the pack names and has outlines of, the wider one first."""
    levels: Mapping[str, object] = edition.region["levels"]  # type: ignore[assignment]
    drawn = [code for code in levels if code in edition.boundary_levels]
    found = (_level(edition, code) for code in drawn)
    return tuple(sorted(found, key=lambda level: not level.holds_region))


def map_level(edition: Edition, code: str) -> MapLevel:
    """The level of that code. Raises UnknownLevel."""
    for level in map_levels(edition):
        if level.code == code:
            return level
    raise UnknownLevel(f"The pack of '{edition.stamp.region}' has no map of level '{code}'.")


def level_of_area(edition: Edition, area: str) -> MapLevel | None:
    """The level on whose map the area lies; None for a province, a country or the world."""
    return next((level for level in map_levels(edition) if area in level.areas), None)


def level_below(edition: Edition, area: str) -> MapLevel | None:
    """The level that shows the inside of an area: only the own region has one."""
    if area != edition.ref_area:
        return None
    return next((level for level in map_levels(edition) if not level.holds_region), None)


def own_region(edition: Edition, level: MapLevel) -> str | None:
    """Code of the own region where it is one of the level's areas, else None."""
    return edition.ref_area if edition.ref_area in level.areas else None


def _level(edition: Edition, code: str) -> MapLevel:
    areas = edition.vocabulary.of_level(code)
    holds_region = edition.ref_area in areas
    kind = code if code in NAMED_KINDS else "other"
    return MapLevel(
        code=code,
        name=region_label(edition.descriptor, "parent_name" if holds_region else "name"),
        kind=_words(f"agriculture.level.{kind}.single"),
        kinds=_words(f"agriculture.level.{kind}.several"),
        areas=areas,
        holds_region=holds_region,
    )


def _words(key: str) -> Label:
    return Label(*(text(key, language) for language in LANGUAGES))
