"""The map of farms and brand: its signs, its legend in words and shapes, its picture."""

import pytest

from analytics.agriculture.outlines import outlines
from analytics.editions.store import open_store
from analytics.figures.map_legend import legend_html
from analytics.figures.map_picture import _all_entries, draw_map
from analytics.geography.levels import inner_level
from analytics.overview import agro_brand_map as brand_map

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module", params=["blitar", "contoh"])
def edition(request, store):
    return open_store(store.settings, request.param).edition()


@pytest.fixture(params=["id", "en"])
def drawn(request, edition):
    boundary = outlines(edition, level=inner_level(edition))
    centres = brand_map.centres_by_area(edition)
    layer = brand_map.centres_layer(centres, boundary=boundary, language=request.param)
    return layer, brand_map.destination_layers(edition, language=request.param), boundary


def test_every_kind_of_sign_has_its_own_shape_and_word(drawn):
    _, points, _ = drawn
    shapes = [layer.shape for layer in points]
    words = [words for layer in points for _, words in layer.sizes]
    assert points and len(set(shapes)) == len(shapes) and len(set(words)) == len(points)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_legend_names_classes_signs_and_what_has_no_place(drawn, theme):
    layer, points, _ = drawn
    html = legend_html(layer, theme=theme, points=points)
    for one in points:
        assert all(words in html for _, words in one.sizes)
        assert all(name in html for name in one.without_position)
    assert str(layer.missing) in html


def test_signs_are_of_one_size_and_name_their_product(edition, drawn):
    _, points, _ = drawn
    marks = [mark for layer in points for mark in layer.points]
    assert len({mark.radius_px for mark in marks}) == 1
    assert all("(" in mark.lines[0] for mark in marks)
    told = brand_map.product_destinations(edition).frame
    assert len(marks) + sum(len(one.without_position) for one in points) == len(told)


def test_no_class_is_empty_and_counts_are_whole(drawn):
    layer, _, _ = drawn
    assert all(layer.classes.counts)


def test_the_shared_picture_holds_the_same_words_and_shapes(drawn):
    layer, points, _ = drawn
    rows = _all_entries(layer, points, theme="light", most_px=900)
    words = {" ".join(row.lines): row.shape for row in rows}
    for one in points:
        for _, told in one.sizes:
            assert words[told] == one.shape
        assert all(told in words for told in one.told(language=layer.language))


def test_the_picture_draws_the_signs(drawn):
    layer, points, boundary = drawn
    bare, full = (
        draw_map(layer, boundary, size=(900, 600), labels="none", points=found)
        for found in ((), points)
    )
    assert bare.startswith(b"<?xml") and bare != full
