"""The boundaries of a region pack, level by level."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analytics.geography.boundaries import Area, Boundary, read_boundary, with_holes
from analytics.pack.reader import Pack, Resource


def level_resource(pack: Pack, *, level: str) -> Resource:
    """The pack's boundary file of a level. Raises KeyError for an unknown level."""
    levels: Mapping[str, Any] = pack.region["levels"]  # type: ignore[assignment]
    return pack.resource(levels[level]["boundary"])


def level_boundary(pack: Pack, *, level: str) -> Boundary:
    """The areas of a level, and as holes the areas they enclose that belong to another region.

    Raises KeyError for an unknown level and BoundaryRefused for a file that cannot be used.
    """
    boundary = read_boundary(level_resource(pack, level=level).content, level=level)
    return with_holes(boundary, holes=_holes(pack, boundary))


def level_digests(pack: Pack, *, level: str) -> tuple[str, ...]:
    """Hashes of the files that a level is made of: what its boundary may be cached under."""
    files = [level_resource(pack, level=level), *_hole_resources(pack)]
    return tuple(file.sha256 for file in files)


def _holes(pack: Pack, boundary: Boundary) -> tuple[Area, ...]:
    """Enclosed areas; where a level holds such a code as an area of its own, it is none."""
    holes = [
        area
        for file in _hole_resources(pack)
        for area in read_boundary(file.content, level="hole").areas
    ]
    return tuple(hole for hole in holes if hole.code not in boundary.codes)


def _hole_resources(pack: Pack) -> tuple[Resource, ...]:
    name = pack.region.get("holes_boundary")
    return (pack.resource(str(name)),) if name else ()
