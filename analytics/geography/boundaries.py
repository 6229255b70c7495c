"""Boundaries of a region: read once, checked, and made small enough for a telephone.

Coordinates are longitude and latitude (EPSG:4326). Where areas share a border, the
simplified border stays shared: no slivers and no gaps appear.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import cos, radians
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry

from analytics.pack.problems import PackProblem, PackRefused

# WGS 84 near the equator; a degree of longitude shrinks with the cosine of the latitude.
KM_PER_DEGREE_LATITUDE = 110.59
KM_PER_DEGREE_LONGITUDE = 111.32
OVERLAP_TOLERANCE_KM2 = 0.01
# About 22 m: nobody sees it at the zooms of a regency, and it saves a fifth of the file.
SIMPLIFY_DEGREES = 0.0002
LEAST_SHARE_IN_FOCUS = 0.01  # of all areas; smaller islands don't decide the first view
DECIMALS = 5  # about 1 m
HASH_LENGTH = 16


@dataclass(frozen=True)
class Area:
    """One area on the ground.

    `short_name` is what fits on a map; `is_hole` marks an area that others surround but
    that belongs to another region.
    """

    code: str
    name: str
    geometry: BaseGeometry
    short_name: str = ""
    is_hole: bool = False

    @property
    def label(self) -> str:
        """The short name where there is one, else the name."""
        return self.short_name or self.name

    @cached_property
    def area_km2(self) -> float:
        """Area of the outline in km2, for drawing and checking; densities use official areas."""
        shrink = cos(radians(self.geometry.centroid.y))
        return float(self.geometry.area * KM_PER_DEGREE_LATITUDE * KM_PER_DEGREE_LONGITUDE * shrink)

    @cached_property
    def label_point(self) -> tuple[float, float]:
        """Longitude and latitude of the roomiest spot of the largest part: where a name fits."""
        (largest,) = _main_parts(self.geometry, least=self.geometry.area)
        circle = shapely.maximum_inscribed_circle(largest, tolerance=0.002)
        longitude, latitude = circle.coords[0]
        return round(float(longitude), DECIMALS), round(float(latitude), DECIMALS)


@dataclass(frozen=True)
class Boundary:
    """The areas of one level of a region, in the order of their codes."""

    level: str
    areas: tuple[Area, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the areas that figures can be about (holes are none of them)."""
        return tuple(area.code for area in self.areas if not area.is_hole)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        west, south, east, north = shapely.total_bounds([a.geometry for a in self.areas])
        return float(west), float(south), float(east), float(north)

    @cached_property
    def focus(self) -> tuple[float, float, float, float]:
        """Bounds of what must be seen at first: every area's main part and no far islet.

        West, south, east, north in degrees.
        """
        least = sum(area.geometry.area for area in self.areas) * LEAST_SHARE_IN_FOCUS
        seen = [part for area in self.areas for part in _main_parts(area.geometry, least=least)]
        west, south, east, north = shapely.total_bounds(seen)
        return float(west), float(south), float(east), float(north)

    @property
    def aspect(self) -> float:
        """Width of the first view divided by its height, as drawn (conformal at this latitude)."""
        west, south, east, north = self.focus
        return (east - west) * cos(radians((south + north) / 2)) / (north - south)

    def area(self, code: str) -> Area:
        """The area of that code. Raises KeyError."""
        return self._by_code[code]

    @cached_property
    def _by_code(self) -> Mapping[str, Area]:
        return {area.code: area for area in self.areas}


@dataclass(frozen=True)
class WebGeometry:
    """The file the browser fetches once; its name changes with its content."""

    level: str
    content: bytes
    content_hash: str

    @property
    def file_name(self) -> str:
        """`<level>-<hash>.geojson`: may be cached for ever."""
        return f"{self.level}-{self.content_hash}.geojson"

    @cached_property
    def compressed(self) -> bytes:
        """The same content in gzip form; equal content gives equal bytes."""
        return gzip.compress(self.content, compresslevel=9, mtime=0)


def read_boundary(
    content: bytes,
    *,
    level: str,
    file: str = "GeoJSON",
    known_codes: Collection[str] | None = None,
    wanted_codes: Collection[str] = (),
) -> Boundary:
    """The areas of a GeoJSON file (features with `code` and `name`), checked.

    `known_codes` are the codes that may be there, each once; `wanted_codes` those that must.
    Raises PackRefused, listing every problem of `file` with its feature and cure.
    """
    features = _features(content, file=file)
    _refuse(_feature_problems(features, file=file))
    order = [_code(feature) for feature in features]
    areas = tuple(sorted((_area(feature) for feature in features), key=lambda area: area.code))
    _refuse(
        _repeated(order, file=file)
        + _unknown(order, file=file, known_codes=known_codes)
        + _lacking(order, file=file, wanted_codes=wanted_codes)
        + _overlaps(areas, file=file, order=order)
    )
    return Boundary(level=level, areas=areas)


def with_holes(boundary: Boundary, *, holes: Sequence[Area]) -> Boundary:
    """`boundary` with the areas it surrounds but does not contain, such as a city.

    A hole takes the exact shape of the gap it stands in, whatever the generalisation of
    its own outline; one that stands in no gap keeps its outline.
    """
    gaps = _gaps(boundary)
    filled = tuple(
        replace(hole, geometry=_shape_of_hole(hole, gaps), is_hole=True) for hole in holes
    )
    return Boundary(level=boundary.level, areas=boundary.areas + filled)


def web_geometry(boundary: Boundary, *, tolerance_degrees: float = SIMPLIFY_DEGREES) -> WebGeometry:
    """Simplified GeoJSON for the browser, with label points, bounding box and content hash.

    Properties are code, name, `x` and `y` of the label and `hole` where it is one;
    `focus` beside `bbox` is what the map shows at first.
    """
    simplified = shapely.coverage_simplify(
        [area.geometry for area in boundary.areas], tolerance_degrees
    )
    features = [
        _web_feature(area, geometry)
        for area, geometry in zip(boundary.areas, simplified, strict=True)
    ]
    collection = {
        "type": "FeatureCollection",
        "bbox": [round(edge, DECIMALS) for edge in boundary.bounds],
        "focus": [round(edge, DECIMALS) for edge in boundary.focus],
        "features": features,
    }
    content = json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()
    digest = hashlib.sha256(content).hexdigest()[:HASH_LENGTH]
    return WebGeometry(level=boundary.level, content=content, content_hash=digest)


def _features(content: bytes, *, file: str) -> list[Mapping[str, Any]]:
    try:
        collection = json.loads(content)
    except ValueError as error:
        raise _unreadable(file, str(error)) from error
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        raise _unreadable(file, '"type" ≠ "FeatureCollection"')
    features = collection.get("features")
    if not isinstance(features, list) or not features:
        raise _unreadable(file, '"features" = []')
    return features


def _unreadable(file: str, found: str) -> PackRefused:
    return PackRefused([PackProblem(kind="geometry_unreadable", file=file, found=found)])


def _refuse(problems: list[PackProblem]) -> None:
    if problems:
        raise PackRefused(problems)


def _feature_problems(features: Sequence[Mapping[str, Any]], *, file: str) -> list[PackProblem]:
    """The first problem of each feature: its properties, then its outline."""
    found: list[PackProblem] = []
    for position, feature in enumerate(features, start=1):
        kind, expected = _feature_fault(feature)
        if kind:
            found.append(
                PackProblem(
                    kind=f"geometry_{kind}",
                    file=file,
                    row=str(position),
                    found=_code(feature),
                    expected=expected,
                )
            )
    return found


def _feature_fault(feature: Mapping[str, Any]) -> tuple[str, str]:
    """Kind of the first fault and what the outline is instead; empty when nothing is wrong."""
    if not _code(feature):
        return "without_code", ""
    if not _name(feature):
        return "without_name", ""
    return _outline_fault(feature.get("geometry"))


def _outline_fault(geometry: Any) -> tuple[str, str]:
    try:
        outline = shape(geometry)
    except (AttributeError, TypeError, ValueError, KeyError, IndexError, shapely.GEOSException):
        return "empty", ""
    if not isinstance(outline, Polygon | MultiPolygon):
        return "no_polygon", outline.geom_type
    if outline.is_empty:
        return "empty", ""
    if not outline.is_valid:
        return "invalid", shapely.is_valid_reason(outline)
    west, south, east, north = outline.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        return "not_degrees", f"{west:.0f}, {south:.0f}"
    return "", ""


def _repeated(order: Sequence[str], *, file: str) -> list[PackProblem]:
    return [
        PackProblem(
            kind="geometry_repeated",
            file=file,
            row=str(position),
            found=code,
            expected=str(order.index(code) + 1),
        )
        for position, code in enumerate(order, start=1)
        if code in order[: position - 1]
    ]


def _unknown(
    order: Sequence[str], *, file: str, known_codes: Collection[str] | None
) -> list[PackProblem]:
    return [
        PackProblem(kind="geometry_unknown", file=file, row=str(position), found=code)
        for position, code in enumerate(order, start=1)
        if known_codes is not None and code not in known_codes
    ]


def _lacking(
    order: Sequence[str], *, file: str, wanted_codes: Collection[str]
) -> list[PackProblem]:
    return [
        PackProblem(kind="geometry_lacking", file=file, found=code)
        for code in sorted(set(wanted_codes) - set(order))
    ]


def _overlaps(areas: Sequence[Area], *, file: str, order: Sequence[str]) -> list[PackProblem]:
    """Pairs of areas that cover the same ground by more than the tolerance."""
    geometries = [area.geometry for area in areas]
    left, right = shapely.STRtree(geometries).query(geometries, predicate="intersects")
    pairs = [
        (areas[first], areas[second])
        for first, second in zip(left.tolist(), right.tolist(), strict=True)
        if first < second and areas[first].code != areas[second].code
    ]
    return [
        PackProblem(
            kind="geometry_overlap",
            file=file,
            row=str(order.index(one.code) + 1),
            found=one.code,
            expected=other.code,
        )
        for one, other in pairs
        if _shared_km2(one, other) > OVERLAP_TOLERANCE_KM2
    ]


def _shared_km2(one: Area, other: Area) -> float:
    shared = one.geometry.intersection(other.geometry)
    return Area("", "", shared).area_km2 if shared.area else 0.0


def _area(feature: Mapping[str, Any]) -> Area:
    return Area(
        code=_code(feature),
        name=_name(feature),
        geometry=shape(feature["geometry"]),
        short_name=_text_property(feature, "short_name"),
    )


def _code(feature: Mapping[str, Any]) -> str:
    return _text_property(feature, "code")


def _name(feature: Mapping[str, Any]) -> str:
    return _text_property(feature, "name")


def _text_property(feature: Mapping[str, Any], name: str) -> str:
    """A text property, or nothing: a code read as a number has lost its zeros."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    value = properties.get(name) if isinstance(properties, dict) else None
    return value.strip() if isinstance(value, str) else ""


def _gaps(boundary: Boundary) -> list[Polygon]:
    """Grounds that the areas enclose and none of them covers."""
    union = shapely.union_all([area.geometry for area in boundary.areas])
    return [Polygon(ring) for part in _polygons(union) for ring in part.interiors]


def _shape_of_hole(hole: Area, gaps: Sequence[Polygon]) -> BaseGeometry:
    inside = hole.geometry.representative_point()
    return next((gap for gap in gaps if gap.contains(inside)), hole.geometry)


def _main_parts(geometry: BaseGeometry, *, least: float) -> list[Polygon]:
    """The largest part and all others of at least `least` square degrees."""
    parts = sorted(_polygons(geometry), key=lambda part: part.area, reverse=True)
    return parts[:1] + [part for part in parts[1:] if part.area >= least]


def _polygons(geometry: BaseGeometry) -> list[Polygon]:
    parts = shapely.get_parts(geometry)
    return [part for part in parts if isinstance(part, Polygon)]


def _web_feature(area: Area, geometry: BaseGeometry) -> dict[str, Any]:
    longitude, latitude = area.label_point
    properties: dict[str, Any] = {
        "code": area.code,
        "name": area.label,
        "x": longitude,
        "y": latitude,
    }
    if area.is_hole:
        properties["hole"] = True
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {
            "type": geometry.geom_type,
            "coordinates": _rounded(geometry.__geo_interface__["coordinates"]),
        },
    }


def _rounded(coordinates: Any) -> Any:
    """Nested coordinates rounded alike, so that common borders stay common."""
    if isinstance(coordinates[0], float | int):
        return [round(value, DECIMALS) for value in coordinates]
    return [_rounded(part) for part in coordinates]
