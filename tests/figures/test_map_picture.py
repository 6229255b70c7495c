"""The map as a file: same colours and marks as in the browser, same bytes from same input."""

from __future__ import annotations

import re
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from analytics.figures.map_layer import point_layer
from analytics.figures.map_picture import draw_map, draw_map_png
from analytics.figures.palette import DARK, LIGHT, sequential
from tests.figures.drawn_map import drawn_layer, drawn_result, square_boundary

WIDE, TALL = (600, 380), (400, 520)


def fills(svg: bytes) -> set[str]:
    return set(re.findall(r"fill: (#[0-9a-f]{6})", svg.decode()))


def test_picture_has_the_colours_of_the_classes():
    svg = draw_map(drawn_layer(), square_boundary(), size=WIDE)
    assert {colour.lower() for colour in sequential(2)} <= fills(svg)
    ElementTree.fromstring(svg)


def test_missing_is_hatched_and_provisional_dotted():
    assert draw_map(drawn_layer(), square_boundary(), size=WIDE).count(b"<pattern") >= 2
    plain = [
        {"ref_area": f"99.01.0{i}", "obs_value": 10.0 * i, "obs_status": "A"} for i in range(1, 5)
    ]
    assert b"<pattern" not in draw_map(drawn_layer(plain), square_boundary(), size=WIDE)


def test_unverified_has_a_dotted_outline():
    dotted = draw_map(drawn_layer(), square_boundary(), size=WIDE)
    assert b"stroke-dasharray" in dotted
    verified = [{"ref_area": "99.01.01", "obs_value": 10.0, "obs_status": "A"}]
    assert b"stroke-dasharray" not in draw_map(drawn_layer(verified), square_boundary(), size=WIDE)


@pytest.mark.parametrize("size", [WIDE, TALL])
def test_same_input_gives_same_bytes(size: tuple[int, int]):
    boundary = square_boundary()
    assert draw_map(drawn_layer(), boundary, size=size) == draw_map(
        drawn_layer(), boundary, size=size
    )
    assert draw_map_png(drawn_layer(), boundary, size=size) == draw_map_png(
        drawn_layer(), boundary, size=size
    )


def test_png_has_300_dots_per_inch():
    image = Image.open(BytesIO(draw_map_png(drawn_layer(), square_boundary(), size=WIDE)))
    assert image.size == (600 * 300 // 96, round(380 * 300 / 96 - 0.5))
    assert image.info["dpi"][0] == pytest.approx(300, abs=0.1)


def test_png_at_screen_resolution_has_the_size_asked_for():
    png = draw_map_png(drawn_layer(), square_boundary(), size=WIDE, dpi=96)
    assert Image.open(BytesIO(png)).size == WIDE


@pytest.mark.parametrize(("dark", "ground"), [(False, LIGHT.paper), (True, DARK.paper)])
def test_ground_follows_the_theme(dark: bool, ground: str):
    png = draw_map_png(drawn_layer(), square_boundary(), size=WIDE, dark=dark, dpi=96)
    corner = Image.open(BytesIO(png)).convert("RGB").getpixel((1, 1))
    assert "#{:02X}{:02X}{:02X}".format(*corner) == ground


def test_dollar_signs_and_markup_in_names_are_text():
    boundary = square_boundary(a01="$x^2$ <b>&", a02="$ alone")
    svg = draw_map(drawn_layer(boundary=boundary), boundary, size=WIDE)
    ElementTree.fromstring(svg)
    assert b"<b>" not in svg


def test_labels_of_values_and_none():
    boundary, layer = square_boundary(), drawn_layer(selected="99.01.02")
    sizes = {
        labels: len(draw_map(layer, boundary, size=WIDE, labels=labels))
        for labels in ("none", "names", "values")
    }
    assert sizes["none"] < sizes["names"] < sizes["values"]


def test_places_are_circles_with_a_key():
    rows = [
        {"place": place, "place_name": place, "longitude": 112.1 + i / 10, "latitude": -8.2,
         "obs_value": value, "obs_status": status}
        for i, (place, value, status) in enumerate(
            [("a", 400.0, "A"), ("b", 100.0, "U"), ("c", None, "M")]
        )
    ]  # fmt: skip
    points = point_layer(drawn_result(rows), language="id", colour="blue")
    svg = draw_map(drawn_layer(), square_boundary(), size=WIDE, points=[points])
    assert svg.decode().lower().count(f"fill: {LIGHT.blue.lower()}") >= len(points.sizes)


def test_nothing_is_fetched_from_outside():
    svg = draw_map(drawn_layer(), square_boundary(), size=WIDE).decode()
    assert re.findall(r'(?:href|src)="(?!#)[^"]*"', svg) == []
