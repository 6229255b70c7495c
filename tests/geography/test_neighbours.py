"""Neighbours share a border, not just a corner."""

from __future__ import annotations

import pytest
from shapely.geometry import box

from analytics.geography.boundaries import read_boundary
from analytics.geography.levels import level_boundary
from analytics.geography.neighbours import border_km, neighbours
from analytics.pack.reader import read_pack
from analytics.settings import PROJECT_ROOT
from tests.geography.square_region import area_feature, four_areas, geojson


def test_squares_around_a_gap_touch_left_and_right_above_and_below():
    boundary = read_boundary(geojson(four_areas()), level="kecamatan")
    assert neighbours(boundary) == {
        "99.01.01": ("99.01.02", "99.01.03"),
        "99.01.02": ("99.01.01", "99.01.04"),
        "99.01.03": ("99.01.01", "99.01.04"),
        "99.01.04": ("99.01.02", "99.01.03"),
    }


def test_corner_is_no_border():
    features = [area_feature("99.01.01", [(0, 0)]), area_feature("99.01.02", [(1, 1)])]
    boundary = read_boundary(geojson(features), level="kecamatan")
    assert neighbours(boundary) == {"99.01.01": (), "99.01.02": ()}


def test_island_has_no_neighbours():
    boundary = read_boundary(
        geojson([*four_areas(), area_feature("99.01.05", [(9, 9)])]), level="kecamatan"
    )
    assert neighbours(boundary)["99.01.05"] == ()


def test_length_of_a_common_border():
    # One tenth of a degree of latitude near the equator: 11.059 km.
    assert border_km(box(0, 0, 1, 0.1), box(1, 0, 2, 0.1)) == pytest.approx(11.059)
    assert border_km(box(0, 0, 1, 1), box(5, 5, 6, 6)) == 0


@pytest.mark.parametrize("level", ["kecamatan", "kabupaten"])
def test_neighbourhood_goes_both_ways(level: str):
    boundary = level_boundary(read_pack(PROJECT_ROOT / "data" / "blitar"), level=level)
    found = neighbours(boundary)
    assert all(code in found[other] for code, others in found.items() for other in others)


def test_neighbours_of_kabupaten_blitar():
    boundary = level_boundary(read_pack(PROJECT_ROOT / "data" / "blitar"), level="kabupaten")
    # Tulungagung, Kediri, Malang and Kota Blitar.
    assert neighbours(boundary)["35.05"] == ("35.04", "35.06", "35.07", "35.72")


def test_enclosed_city_is_no_neighbour_of_kecamatan():
    boundary = level_boundary(read_pack(PROJECT_ROOT / "data" / "blitar"), level="kecamatan")
    assert "35.72" not in {code for others in neighbours(boundary).values() for code in others}
