"""A region of four squares around a gap, drawn by hand: every length can be checked on paper.

A A B B        each letter is a square of 0.1 degree (about 11 km)
A x x B        x: the gap, an area of another region
C x x D
C C D D
"""

from __future__ import annotations

import json
from typing import Any

STEP = 0.1
WEST, SOUTH = 112.0, -8.4
GAP_CODE = "99.72"


def area_feature(code: str, cells: list[tuple[int, int]], **properties: Any) -> dict[str, Any]:
    """A feature of squares at (column, row), counted from the lower left."""
    polygons = [[_ring(column, row)] for column, row in cells]
    return {
        "type": "Feature",
        "properties": {"code": code, "name": f"Area {code[-2:]}", **properties},
        "geometry": _dissolved(polygons),
    }


def four_areas() -> list[dict[str, Any]]:
    """Areas 99.01.01 (upper left) to 99.01.04 (lower right)."""
    return [
        area_feature("99.01.01", [(0, 3), (1, 3), (0, 2)]),
        area_feature("99.01.02", [(2, 3), (3, 3), (3, 2)]),
        area_feature("99.01.03", [(0, 0), (1, 0), (0, 1)]),
        area_feature("99.01.04", [(2, 0), (3, 0), (3, 1)]),
    ]


def gap_feature() -> dict[str, Any]:
    """The gap, a little smaller than it is, as a generalised outline may be."""
    inner = [[WEST + 0.11, SOUTH + 0.11], [WEST + 0.29, SOUTH + 0.11], [WEST + 0.29, SOUTH + 0.29]]
    ring = [*inner, [WEST + 0.11, SOUTH + 0.29], inner[0]]
    return {
        "type": "Feature",
        "properties": {"code": GAP_CODE, "name": "City"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def geojson(features: list[dict[str, Any]]) -> bytes:
    """A GeoJSON file of these features."""
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _ring(column: int, row: int) -> list[list[float]]:
    west, south = WEST + column * STEP, SOUTH + row * STEP
    corners = [(0, 0), (STEP, 0), (STEP, STEP), (0, STEP), (0, 0)]
    return [[round(west + across, 6), round(south + up, 6)] for across, up in corners]


def _dissolved(polygons: list[list[list[list[float]]]]) -> dict[str, Any]:
    """One outline of touching squares; shapely only, nothing of the code under test."""
    import shapely
    from shapely.geometry import mapping, shape

    parts = [shape({"type": "Polygon", "coordinates": rings}) for rings in polygons]
    return json.loads(json.dumps(mapping(shapely.union_all(parts))))
