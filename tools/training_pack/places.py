"""Where on the plan each invented place lies."""

from shapely import Point
from shapely.geometry.base import BaseGeometry

from training_pack.geometry import Boundaries, degrees
from training_pack.prices import SECOND_MARKET, farm_of, market_of
from training_pack.randomness import stream
from training_pack.region import REGENCY_CODE, REGENCY_CODES
from training_pack.tourism import DESTINATIONS

BEACHES = ("pantai-umpama", "pantai-pasir-latih", "kampung-nelayan-coba")
BEACH_DISTANCE_KM = 0.8
INLAND_DISTANCE_KM = 1.2


def random_point(*, area: BaseGeometry, name: str) -> Point:
    """A point well inside an area, the same for the same name."""
    inside = area.buffer(-INLAND_DISTANCE_KM)
    luck = stream("place", name)
    west, south, east, north = area.bounds
    while True:
        point = Point(luck.uniform(west, east), luck.uniform(south, north))
        if inside.contains(point):
            return point


def beach_point(*, area: BaseGeometry, sea: BaseGeometry, name: str) -> Point:
    """A point of the area just behind the shore."""
    shore = area.boundary.intersection(sea.boundary.buffer(0.05))
    behind = area.buffer(-BEACH_DISTANCE_KM / 2).intersection(shore.buffer(BEACH_DISTANCE_KM))
    luck = stream("place", name)
    west, south, east, north = behind.bounds
    while True:
        point = Point(luck.uniform(west, east), luck.uniform(south, north))
        if behind.contains(point):
            return point


def place_points(*, boundaries: Boundaries, island: BaseGeometry) -> dict[str, tuple[float, float]]:
    """Longitude and latitude in degrees of every destination, market and farm."""
    points = {}
    for site in DESTINATIONS:
        area = boundaries.subdistricts[site.subdistrict]
        if site.place in BEACHES:
            points[site.place] = beach_point(area=area, sea=island, name=site.place)
        else:
            points[site.place] = random_point(area=area, name=site.place)
    for code in REGENCY_CODES:
        for place in (farm_of(code), market_of(code)):
            points[place] = random_point(area=boundaries.regencies[code], name=place)
    points[SECOND_MARKET] = random_point(
        area=boundaries.regencies[REGENCY_CODE], name=SECOND_MARKET
    )
    return {place: degrees(x_km=point.x, y_km=point.y) for place, point in points.items()}
