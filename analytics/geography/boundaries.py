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
class BoundaryFault:
    """One thing wrong with a boundary file; `feature` is its position, counted from 1.

    `kind` is unreadable, unknown, lacking, repeated, invalid or overlap.
    """

    kind: str
    feature: int | None
    code: str
    found: str
    cure: str

    def words(self) -> str:
        """Where, what was found, what to do."""
        where = f"feature {self.feature}" if self.feature else "the file"
        named = f" ({self.code})" if self.code else ""
        return f"In {where}{named}: {self.found}. {self.cure}"


class BoundaryRefused(ValueError):
    """A boundary file cannot be used; every fault is listed."""

    def __init__(self, faults: Sequence[BoundaryFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.words() for fault in faults))


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
    content: bytes, *, level: str, known_codes: Collection[str] | None = None
) -> Boundary:
    """The areas of a GeoJSON file (features with `code` and `name`), checked.

    `known_codes` are the codes that must be there, each once, and no others.
    Raises BoundaryRefused, listing every fault with its feature and cure.
    """
    features = _features(content)
    faults = _feature_faults(features)
    if faults:
        raise BoundaryRefused(faults)
    areas = tuple(sorted((_area(feature) for feature in features), key=lambda area: area.code))
    order = [_code(feature) for feature in features]
    faults = _code_faults(order, known_codes=known_codes) + _overlap_faults(areas, order=order)
    if faults:
        raise BoundaryRefused(faults)
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


def _features(content: bytes) -> list[Mapping[str, Any]]:
    try:
        collection = json.loads(content)
    except ValueError as error:
        raise _unreadable(f"not JSON ({error})") from error
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        raise _unreadable("not a FeatureCollection")
    features = collection.get("features")
    if not isinstance(features, list) or not features:
        raise _unreadable("no features")
    return features


def _unreadable(found: str) -> BoundaryRefused:
    fault = BoundaryFault(
        kind="unreadable",
        feature=None,
        code="",
        found=found,
        cure="Save the layer again as GeoJSON in EPSG:4326.",
    )
    return BoundaryRefused([fault])


def _feature_faults(features: Sequence[Mapping[str, Any]]) -> list[BoundaryFault]:
    return [
        fault
        for position, feature in enumerate(features, start=1)
        if (fault := _feature_fault(feature, position)) is not None
    ]


def _feature_fault(feature: Mapping[str, Any], position: int) -> BoundaryFault | None:
    """The first fault of one feature, or None."""
    code = _code(feature)
    if not code:
        cure = 'Give the feature the text property "code" with the Kemendagri code.'
        return BoundaryFault("unknown", position, "", "no code", cure)
    if not _name(feature):
        cure = 'Give the feature the text property "name".'
        return BoundaryFault("unknown", position, code, "no name", cure)
    found = _geometry_fault(feature.get("geometry"))
    if found:
        cure = "Repair the outline in a GIS (QGIS: Fix geometries) and save it in EPSG:4326."
        return BoundaryFault("invalid", position, code, found, cure)
    return None


def _geometry_fault(geometry: Any) -> str:
    """What is wrong with a GeoJSON geometry; empty when nothing is."""
    try:
        outline = shape(geometry)
    except (AttributeError, TypeError, ValueError, KeyError, IndexError, shapely.GEOSException):
        return "the outline cannot be read"
    if not isinstance(outline, Polygon | MultiPolygon):
        return f"the outline is a {outline.geom_type}, not a polygon"
    if outline.is_empty:
        return "the outline is empty"
    if not outline.is_valid:
        return f"the outline is broken: {shapely.is_valid_reason(outline)}"
    west, south, east, north = outline.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        return f"{west:.0f}, {south:.0f} are not degrees of longitude and latitude"
    return ""


def _code_faults(
    order: Sequence[str], *, known_codes: Collection[str] | None
) -> list[BoundaryFault]:
    faults = [
        BoundaryFault("repeated", position, code, "the code stands there twice", _CURE_REPEATED)
        for position, code in enumerate(order, start=1)
        if code in order[: position - 1]
    ]
    if known_codes is None:
        return faults
    faults += [
        BoundaryFault("unknown", position, code, "the code is not in the list", _CURE_UNKNOWN)
        for position, code in enumerate(order, start=1)
        if code not in known_codes
    ]
    return faults + [
        BoundaryFault("lacking", None, code, "the area has no outline", _CURE_LACKING)
        for code in sorted(set(known_codes) - set(order))
    ]


_CURE_REPEATED = "Merge the parts of one area into one feature (QGIS: Dissolve by code)."
_CURE_UNKNOWN = "Correct the code, or add the area to areas.csv."
_CURE_LACKING = "Add its outline, or take the area off this level."
_CURE_OVERLAP = "Snap the common border in a GIS, so that it runs the same way in both areas."


def _overlap_faults(areas: Sequence[Area], *, order: Sequence[str]) -> list[BoundaryFault]:
    """Pairs of areas that cover the same ground by more than the tolerance."""
    geometries = [area.geometry for area in areas]
    left, right = shapely.STRtree(geometries).query(geometries, predicate="intersects")
    faults = []
    for first, second in zip(left.tolist(), right.tolist(), strict=True):
        if first >= second or areas[first].code == areas[second].code:
            continue
        shared = Area("", "", geometries[first].intersection(geometries[second]))
        if shared.geometry.area and shared.area_km2 > OVERLAP_TOLERANCE_KM2:
            found = f"{shared.area_km2:.2f} km2 also belong to {areas[second].code}"
            position = order.index(areas[first].code) + 1
            faults.append(
                BoundaryFault("overlap", position, areas[first].code, found, _CURE_OVERLAP)
            )
    return faults


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
