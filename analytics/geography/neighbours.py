"""Which areas share a border."""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, radians

import shapely
from shapely.geometry.base import BaseGeometry

from analytics.geography.boundaries import (
    KM_PER_DEGREE_LATITUDE,
    KM_PER_DEGREE_LONGITUDE,
    Boundary,
)

LEAST_BORDER_KM = 0.1


def neighbours(
    boundary: Boundary, *, least_border_km: float = LEAST_BORDER_KM
) -> Mapping[str, tuple[str, ...]]:
    """Codes of the areas that share at least `least_border_km` of border with each area.

    Areas that only meet in a point are no neighbours. Holes take no part. An island has
    an empty tuple. Needs outlines whose common borders run the same way in both areas.
    """
    from geopandas import GeoDataFrame  # over a second to import, and few pages ask

    outlines = {area.code: area.geometry for area in boundary.areas if not area.is_hole}
    areas = GeoDataFrame({"code": list(outlines)}, geometry=list(outlines.values()))
    touching = areas.sjoin(areas, predicate="intersects", lsuffix="own", rsuffix="other")
    found: dict[str, list[str]] = {code: [] for code in outlines}
    for own, other in zip(touching["code_own"], touching["code_other"], strict=True):
        if own != other and border_km(outlines[own], outlines[other]) >= least_border_km:
            found[own].append(other)
    return {code: tuple(sorted(codes)) for code, codes in found.items()}


def border_km(first: BaseGeometry, second: BaseGeometry) -> float:
    """Length of the common border in km; 0 when they meet in points or not at all."""
    shared = shapely.intersection(first.boundary, second.boundary)
    if shared.is_empty:
        return 0.0
    shrink = cos(radians(shared.centroid.y))
    scale = [KM_PER_DEGREE_LONGITUDE * shrink, KM_PER_DEGREE_LATITUDE]
    in_km = shapely.transform(shared, lambda points: points * scale)
    return float(in_km.length)
