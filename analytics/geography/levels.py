"""The boundaries of a region, level by level: from its pack, or from an edition of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analytics.editions.edition import Edition
from analytics.geography.boundaries import Area, Boundary, read_boundary, with_holes
from analytics.pack.reader import Pack, Resource

HOLE = "hole"


def edition_boundary(edition: Edition, *, level: str) -> Boundary:
    """The areas of a level and, as holes, the areas they enclose that belong to another region.

    Raises KeyError for a level that the edition has no outlines of.
    """
    holes = [edition.boundary(HOLE).read_bytes()] if HOLE in edition.boundary_levels else []
    return _boundary(edition.boundary(level).read_bytes(), holes=holes, level=level)


def inner_level(edition: Edition) -> str | None:
    """The level of the areas inside the region, if the edition has its outlines."""
    inside = set(edition.vocabulary.children(edition.ref_area))
    levels: Mapping[str, Any] = edition.region["levels"]  # type: ignore[assignment]
    drawn = [level for level in edition.boundary_levels if level in levels]
    return next((one for one in drawn if inside & set(edition.vocabulary.of_level(one))), None)


def level_resource(pack: Pack, *, level: str) -> Resource:
    """The pack's boundary file of a level. Raises KeyError for an unknown level."""
    levels: Mapping[str, Any] = pack.region["levels"]  # type: ignore[assignment]
    return pack.resource(levels[level]["boundary"])


def level_boundary(pack: Pack, *, level: str) -> Boundary:
    """The same from a pack on disk, before it is loaded.

    Raises KeyError for an unknown level and PackRefused for a file that cannot be used.
    """
    name = pack.region.get("holes_boundary")
    holes = [pack.resource(str(name)).content] if name else []
    return _boundary(level_resource(pack, level=level).content, holes=holes, level=level)


def _boundary(content: bytes, *, holes: Sequence[bytes], level: str) -> Boundary:
    """Where a level holds a hole's code as an area of its own, it is no hole there."""
    boundary = read_boundary(content, level=level)
    enclosed: list[Area] = [
        area for hole in holes for area in read_boundary(hole, level=HOLE).areas
    ]
    return with_holes(boundary, holes=[a for a in enclosed if a.code not in boundary.codes])
