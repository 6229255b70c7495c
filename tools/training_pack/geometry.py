"""An invented island in the ocean south of Java: a clean coverage of areas with wobbly edges.

The plan is drawn in kilometres. Every edge is densified and bent once, before faces are made
from the edges, so two neighbours always share exactly the same line.
"""

import math
from collections import Counter
from dataclasses import dataclass

import shapely
from shapely import LineString, MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import linemerge, polygonize, unary_union

from training_pack.randomness import stream
from training_pack.region import (
    HOLE_CODE,
    NEIGHBOUR_CENTRES_KM,
    REGENCY_CODE,
    SECOND_CITY_CODE,
    SUBDISTRICT_CODES,
)

ORIGIN_LONGITUDE = 110.0
ORIGIN_LATITUDE = -11.0
KM_PER_DEGREE_LATITUDE = 110.57
KM_PER_DEGREE_LONGITUDE = 111.32 * math.cos(math.radians(ORIGIN_LATITUDE))

SITE_SPACING_KM = 10.4
REGENCY_CENTRE_KM = (-6.0, -27.0)
SECOND_CITY_KM = (38.0, 44.0)
CITY_RADIUS_KM = 3.6
EDGE_STEP_KM = 0.6
# (wave length, height) in km of the bends; steeper ones would fold the plan over itself.
BENDS_KM = ((21.0, 1.3), (8.0, 0.45), (3.3, 0.13))
BANDS = 4

Plan = dict[str, BaseGeometry]


@dataclass(frozen=True, kw_only=True)
class Boundaries:
    """The two levels in kilometres, keyed by code; the first level leaves the hole open."""

    subdistricts: Plan
    regencies: Plan


def coastline() -> Polygon:
    """The invented shore, before bending."""
    corners = []
    for step in range(240):
        angle = 2 * math.pi * step / 240
        swell = 1 + 0.07 * math.sin(3 * angle + 0.6) + 0.05 * math.cos(5 * angle)
        swell += 0.03 * math.sin(9 * angle + 2.0)
        corners.append((80 * swell * math.cos(angle), 50 * swell * math.sin(angle)))
    return Polygon(corners)


def scattered_sites(*, land: Polygon) -> list[Point]:
    """Points on a jittered hexagonal grid that lie on land."""
    jitter = stream("geometry", "sites")
    row_height = SITE_SPACING_KM * math.sqrt(3) / 2
    sites = []
    for row in range(-8, 9):
        for column in range(-11, 12):
            x = (column + 0.5 * (row % 2)) * SITE_SPACING_KM + jitter.uniform(-2.4, 2.4)
            y = row * row_height + jitter.uniform(-2.4, 2.4)
            if land.buffer(-1.5).contains(Point(x, y)):
                sites.append(Point(x, y))
    return sites


def faces_on_land(
    *, sites: list[Point], land: Polygon, city: Polygon | None = None
) -> list[Polygon]:
    """The Voronoi cells cut at the shore (and at the city), with exactly shared corners."""
    diagram = shapely.voronoi_polygons(MultiPoint(sites), extend_to=land.buffer(20))
    outlines = [cell.boundary for cell in diagram.geoms] + [land.boundary]
    outlines += [city.boundary] if city else []
    faces = polygonize(unary_union(outlines))
    return [face for face in faces if land.contains(face.representative_point())]


def areas_of_faces(
    *, faces: list[Polygon], sites: list[Point], codes: list[str], city: Polygon | None = None
) -> Plan:
    """The faces of each area put together: by the nearest site, or the hole inside the city."""
    tree = shapely.STRtree(sites)
    parts: dict[str, list[Polygon]] = {}
    for face in faces:
        inside = face.representative_point()
        is_city = city is not None and city.contains(inside)
        code = HOLE_CODE if is_city else codes[int(tree.nearest(inside))]
        parts.setdefault(code, []).append(face)
    return {code: unary_union(parts[code]) for code in sorted(parts)}


def nearest_neighbour_code(*, site: Point) -> str:
    """The neighbouring kabupaten whose middle lies closest to the site."""
    return min(
        NEIGHBOUR_CENTRES_KM,
        key=lambda code: site.distance(Point(NEIGHBOUR_CENTRES_KM[code][1])),
    )


def banded(*, indices: list[int], sites: list[Point]) -> list[int]:
    """Site numbers from north to south in four bands, west to east within a band."""
    southward = sorted(indices, key=lambda index: -sites[index].y)
    size = len(indices) // BANDS
    bands = [southward[start : start + size] for start in range(0, len(indices), size)]
    return [index for band in bands for index in sorted(band, key=lambda i: sites[i].x)]


def codes_of_sites(*, sites: list[Point]) -> list[str]:
    """The area each site belongs to: a kecamatan, the second city, or a neighbour."""
    codes = [nearest_neighbour_code(site=site) for site in sites]
    middle = Point(REGENCY_CENTRE_KM)
    by_distance = sorted(range(len(sites)), key=lambda index: sites[index].distance(middle))
    own = banded(indices=by_distance[: len(SUBDISTRICT_CODES)], sites=sites)
    for code, index in zip(SUBDISTRICT_CODES, own, strict=True):
        codes[index] = code
    city = min(range(len(sites)), key=lambda i: sites[i].distance(Point(SECOND_CITY_KM)))
    codes[city] = SECOND_CITY_CODE
    return codes


def city_in_the_middle(*, cells: list[BaseGeometry]) -> Polygon:
    """A round city on the meeting point of kecamatan that lies closest to the middle."""
    corners = Counter(corner for cell in cells for corner in set(cell.exterior.coords))
    meetings = [Point(corner) for corner, count in corners.items() if count >= 3]
    middle = unary_union(cells).centroid
    return min(meetings, key=middle.distance).buffer(CITY_RADIUS_KM, quad_segs=12)


def straight_plan() -> Plan:
    """All areas with straight edges, in km: kecamatan, the hole, and the neighbours."""
    land = coastline()
    sites = scattered_sites(land=land)
    codes = codes_of_sites(sites=sites)
    faces = faces_on_land(sites=sites, land=land)
    whole = areas_of_faces(faces=faces, sites=sites, codes=codes)
    city = city_in_the_middle(cells=[whole[code] for code in SUBDISTRICT_CODES])
    faces = faces_on_land(sites=sites, land=land, city=city)
    return areas_of_faces(faces=faces, sites=sites, codes=codes, city=city)


def bent(coordinates: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The points moved by a smooth field of waves; the same point always moves the same way."""
    waves = stream("geometry", "bends")
    moves = [
        (height, 2 * math.pi / length, waves.uniform(0, 6.28), waves.uniform(0, 6.28), axis)
        for length, height in BENDS_KM
        for axis in (0, 1)
    ]
    result = []
    for x, y in coordinates:
        shift = [0.0, 0.0]
        for height, pace, turn, phase, axis in moves:
            along = x * math.cos(turn) + y * math.sin(turn)
            shift[axis] += height * math.sin(pace * along + phase)
        result.append((round(x + shift[0], 4), round(y + shift[1], 4)))
    return result


def bent_line(line: LineString) -> LineString:
    """One edge, drawn finely in one fixed direction and bent."""
    coordinates = list(line.coords)
    if coordinates[0] > coordinates[-1]:
        coordinates.reverse()
    fine = LineString(coordinates).segmentize(EDGE_STEP_KM)
    return LineString(bent(list(fine.coords)))


def bent_plan(*, plan: Plan) -> Plan:
    """The plan with wobbly edges: every edge is bent once and faces are made from the edges."""
    edges = linemerge(unary_union([area.boundary for area in plan.values()]))
    faces = list(polygonize(unary_union([bent_line(edge) for edge in edges.geoms])))
    result = {}
    for code, area in plan.items():
        inside = area.representative_point()
        marker = Point(bent([(inside.x, inside.y)])[0])
        result[code] = next(face for face in faces if face.contains(marker))
    return result


def draw_boundaries() -> Boundaries:
    """Both levels of the invented region in km."""
    plan = bent_plan(plan=straight_plan())
    subdistricts = {code: plan[code] for code in SUBDISTRICT_CODES}
    regencies = {code: area for code, area in plan.items() if code not in subdistricts}
    regencies[REGENCY_CODE] = unary_union(list(subdistricts.values()))
    return Boundaries(subdistricts=subdistricts, regencies=dict(sorted(regencies.items())))


def degrees(*, x_km: float, y_km: float) -> tuple[float, float]:
    """Longitude and latitude in degrees (five decimals, about a metre) of a point of the plan."""
    longitude = ORIGIN_LONGITUDE + x_km / KM_PER_DEGREE_LONGITUDE
    latitude = ORIGIN_LATITUDE + y_km / KM_PER_DEGREE_LATITUDE
    return round(longitude, 5), round(latitude, 5)


def in_degrees(area: BaseGeometry) -> BaseGeometry:
    """An area of the plan in degrees, rings in the order GeoJSON wants, from a fixed start."""
    geographic = shapely.transform(
        area, lambda points: [degrees(x_km=x, y_km=y) for x, y in points.tolist()]
    )
    return shapely.orient_polygons(geographic.normalize())
