"""The map's own script in a real browser, without a server: files come from the static folder."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from analytics.figures.map_layer import paint_message, point_layer
from analytics.figures.palette import DARK, sequential
from analytics.geography.boundaries import Boundary, web_geometry
from analytics.settings import PROJECT_ROOT
from pages.ui.maps import area_map, script_json
from tests.figures.drawn_map import drawn_layer, drawn_result, square_boundary

ORIGIN = "http://127.0.0.1:9"
FRAME = f"{ORIGIN}/component/streamlit_folium.st_folium/index.html"
EVIL = '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>'
# Stands for the part of streamlit-folium's frame that the map's script talks to.
FRAME_SCRIPT = """
window.__GLOBAL_DATA__ = {};
window.told = [];
window.Streamlit = {
  setComponentValue: (value) => window.told.push(value),
  setFrameHeight: (height) => { window.frameHeight = height; },
};
"""

OpenMap = Callable[..., Page]


@pytest.fixture
def open_map(page: Page) -> Iterator[OpenMap]:
    """`open_map(message, boundary)` shows the map painted with `message`."""
    outside: list[str] = []

    def open_it(message: dict[str, Any], boundary: Boundary, *, failing: bool = False) -> Page:
        geometry = web_geometry(boundary)
        html = frame_html(f"geometry/squares/{geometry.file_name}", boundary=boundary)

        def answer(route: Route) -> None:
            path = route.request.url.removeprefix(ORIGIN).split("?")[0]
            if not route.request.url.startswith(ORIGIN):
                outside.append(route.request.url)
                route.abort()
            elif path.endswith("index.html"):
                route.fulfill(body=html, content_type="text/html")
            elif path.endswith(".geojson"):
                body = b"" if failing else geometry.content
                status = 404 if failing else 200
                route.fulfill(status=status, body=body, content_type="application/geo+json")
            else:
                fulfil_from_disk(route, path)

        page.route("**/*", answer)
        page.goto(FRAME)
        page.evaluate(f"map_div.areaMap.paint({script_json(message)})")
        page.locator("#map_div:not(.is-waiting)").wait_for()
        return page

    yield open_it
    assert outside == []


def fulfil_from_disk(route: Route, path: str) -> None:
    file = PROJECT_ROOT / path.removeprefix("/app/")
    if file.is_file():
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        route.fulfill(body=file.read_bytes(), content_type=kind)
    else:
        route.fulfill(status=404, body="")


def frame_html(geometry_url: str, *, boundary: Boundary) -> str:
    """The frame: the files of the map, then the script that mounts it."""
    drawn = area_map(geometry_url, aspect=boundary.aspect)
    links = "".join(f'<link rel="stylesheet" href="{href}">' for _, href in drawn.default_css)
    scripts = "".join(f'<script src="{address}"></script>' for _, address in drawn.default_js)
    (outlines,) = drawn._children.values()
    return (
        f"<!doctype html><html><head>{links}</head><body>"
        f'<div id="map_div" style="width:700px;height:500px"></div>{scripts}'
        f"<script>{FRAME_SCRIPT}"
        "var map_div = L.map('map_div', {center: [0, 0], zoom: 1, zoomSnap: 0.1});"
        f"mountAreaMap(map_div, {outlines.options});</script></body></html>"
    )


def message_of(layer: Any = None, **options: Any) -> dict[str, Any]:
    return paint_message(layer or drawn_layer(), theme=options.pop("theme", "light"), **options)


def fill_of(page: Page, code: str) -> str | None:
    return page.locator(f'path[data-code="{code}"]').get_attribute("fill")


def spot_of(page: Page, code: str, boundary: Boundary) -> tuple[float, float]:
    """Where on the page the label point of an area lies: the middle of its box may be outside."""
    longitude, latitude = boundary.area(code).label_point
    point = page.evaluate(f"map_div.latLngToContainerPoint([{latitude}, {longitude}])")
    box = page.locator("#map_div").bounding_box()
    assert box is not None
    return box["x"] + point["x"], box["y"] + point["y"]


def test_areas_have_the_colours_of_their_classes(open_map: OpenMap):
    page = open_map(message_of(), square_boundary())
    assert page.locator("path[data-code]").count() == 4
    assert fill_of(page, "99.01.01") == sequential(2)[0]
    assert fill_of(page, "99.01.03") == sequential(2)[1]


def test_missing_and_provisional_are_filled_with_patterns(open_map: OpenMap):
    page = open_map(message_of(), square_boundary())
    for code, texture in (("99.01.04", "hatch"), ("99.01.02", "dots")):
        fill = fill_of(page, code)
        assert fill is not None
        assert fill.startswith(f"url(#texture-{texture}-")
        assert page.locator(fill[4:-1]).count() == 1


def test_unverified_is_traced_with_dots(open_map: OpenMap):
    page = open_map(message_of(), square_boundary())
    assert page.locator(".leaflet-outlines-pane path[stroke-dasharray]").count() == 1


def test_repainting_keeps_every_outline(open_map: OpenMap):
    page = open_map(message_of(), square_boundary())
    page.evaluate("document.querySelectorAll('path[data-code]').forEach(p => { p.kept = true; })")
    rows = [{"ref_area": "99.01.04", "obs_value": 5.0, "obs_status": "A"}]
    page.evaluate(f"map_div.areaMap.paint({script_json(message_of(drawn_layer(rows)))})")
    assert fill_of(page, "99.01.04") == sequential(2)[0]
    assert str(fill_of(page, "99.01.01")).startswith("url(#texture-hatch")
    kept = "Array.from(document.querySelectorAll('path[data-code]')).every(p => p.kept)"
    assert page.evaluate(kept)


def test_paint_that_comes_before_the_outlines_is_not_lost(open_map: OpenMap):
    # open_map paints without waiting for the outlines.
    page = open_map(message_of(), square_boundary())
    assert page.locator("#map_div").get_attribute("data-painted") == "1"


def test_pointer_shows_the_words_as_text(open_map: OpenMap):
    boundary = square_boundary(a01=EVIL)
    layer = drawn_layer(boundary=boundary)
    page = open_map(message_of(layer, labels="names"), boundary)
    page.mouse.move(*spot_of(page, "99.01.01", boundary))
    assert page.locator(".area-tooltip div").all_text_contents() == [EVIL, "10 t"]
    assert page.locator(".area-name").first.text_content()
    assert page.evaluate("window.harmed") is None
    assert page.locator("#map_div img[src=x], #map_div script").count() == 0


def test_click_tells_the_page_the_code(open_map: OpenMap):
    page = open_map(message_of(), square_boundary())
    for _ in range(2):
        page.mouse.click(*spot_of(page, "99.01.02", square_boundary()))
    told = page.evaluate("window.told")
    assert [t["last_active_drawing"]["properties"]["code"] for t in told] == ["99.01.02"] * 2
    clicks = {t["last_active_drawing"]["properties"]["click"] for t in told}
    assert len(clicks) == 2


def test_keyboard_reaches_areas_and_chooses(open_map: OpenMap):
    page = open_map(message_of(), square_boundary())
    page.locator('path[tabindex="0"]').focus()
    page.keyboard.press("ArrowRight")
    focused = "document.activeElement.dataset.code"
    assert page.evaluate(focused) == "99.01.02"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(focused) == "99.01.04"
    page.keyboard.press("Enter")
    code = page.evaluate("window.told[0].last_active_drawing.properties.code")
    assert code == "99.01.04"
    assert page.locator('path[tabindex="0"]').count() == 1


def test_every_area_has_a_spoken_name(open_map: OpenMap):
    page = open_map(message_of(), square_boundary())
    label = page.locator('path[data-code="99.01.04"]').get_attribute("aria-label")
    assert label == "Area 04. belum ada data"
    assert page.get_by_label("Tampilkan seluruh daerah").count() == 1


def test_hole_is_grey_named_and_not_for_choosing(open_map: OpenMap):
    page = open_map(message_of(), square_boundary())
    assert page.locator(".area-name.is-hole").text_content() == "City"
    page.mouse.click(*spot_of(page, "99.72", square_boundary()))
    assert page.evaluate("window.told") == []
    assert page.locator(".area-tooltip div").all_text_contents()[0] == "City"


def test_dark_theme_colours_the_ground(open_map: OpenMap):
    page = open_map(message_of(theme="dark"), square_boundary())
    red, green, blue = (int(DARK.paper[i : i + 2], 16) for i in (1, 3, 5))
    ground = f"rgb({red}, {green}, {blue})"
    for selector in ("body", "#map_div"):
        colour = f"getComputedStyle(document.querySelector('{selector}')).backgroundColor"
        assert page.evaluate(colour) == ground


def test_places_are_circles_that_can_be_chosen(open_map: OpenMap):
    place = {"place": "lake", "place_name": "Lake", "longitude": 112.05, "latitude": -8.05}
    rows = [{**place, "obs_value": 9.0, "obs_status": "A"}]
    points = point_layer(drawn_result(rows), language="id", colour="blue")
    page = open_map(message_of(points=[points]), square_boundary())
    page.locator('path[data-code="lake"]').click()
    code = page.evaluate("window.told[0].last_active_drawing.properties.code")
    assert code == "lake"


def test_outlines_that_cannot_be_fetched_say_so(open_map: OpenMap):
    page = open_map(message_of(), square_boundary(), failing=True)
    assert "tidak dapat dimuat" in page.locator(".area-map-failure").inner_text()


def test_frame_is_never_higher_than_the_outlines_need(open_map: OpenMap):
    page = open_map(message_of(), square_boundary())
    page.evaluate("map_div.getContainer().style.width = '300px'; Streamlit.setFrameHeight(500)")
    assert 240 <= page.evaluate("window.frameHeight") < 400
    page.evaluate("Streamlit.setFrameHeight(250)")
    assert page.evaluate("window.frameHeight") == 250


def test_layers_of_places_differ_in_shape_not_only_in_colour(open_map: OpenMap):
    place = {"place": "a", "place_name": "A", "longitude": 112.05, "latitude": -8.05}
    rows = [{**place, "obs_value": 4.0, "obs_status": "A"}]
    layer = point_layer(drawn_result(rows), language="id", colour="green")
    corners = {}
    for shape in ("circle", "triangle", "square"):
        drawn = [replace(layer, shape=shape)]
        page = open_map(message_of(points=drawn), square_boundary())
        outline = page.locator('path[data-code="a"]').get_attribute("d")
        assert outline is not None
        corners[shape] = outline.count("L") + 1 if "Z" in outline.upper() else outline.count("a")
        page.unroute("**/*")
    assert (corners["triangle"], corners["square"]) == (3, 4)
    assert corners["circle"] == 2  # two half circles


# --- Painted ahead of the page's answer ------------------------------------------------------

# A page around the map's script: a slider and a list, and the views that can be fetched.
AROUND = """
window.shown = [];
window.fetched = [];
window.views = {step: "b", words: "c"};
window.fetch = async (address) => {
  fetched.push(address);
  const kind = address.includes("&step=") ? "step" : "words";
  return {ok: views[kind] !== null, json: async () => ({view: views[kind], ahead: []})};
};
window.ahead = paintAhead((message) => shown.push(message.view));
ahead.hear({view: "a", ahead: [["#slider", "/s?of=period"], ["#list", "/l?of=item"]]});
"""


@pytest.fixture
def painted_ahead(open_map: OpenMap) -> Page:
    """The script that paints ahead, with a page's answer `a` shown; the clock stands still."""
    page = open_map(message_of(), square_boundary())
    page.clock.install()
    page.evaluate(AROUND)
    return page


def test_a_choice_is_shown_before_the_page_answers(painted_ahead: Page):
    painted_ahead.evaluate("ahead.choose('/s?of=period&step=1')")
    assert painted_ahead.evaluate("shown") == ["a", "b"]


def test_the_answer_to_an_earlier_choice_is_not_painted_over_a_later_one(painted_ahead: Page):
    painted_ahead.evaluate("ahead.choose('/s?of=period&step=1')")
    painted_ahead.evaluate("ahead.hear({view: 'z'})")
    assert painted_ahead.evaluate("shown") == ["a", "b"]
    painted_ahead.evaluate("ahead.hear({view: 'b', ahead: []})")
    painted_ahead.evaluate("ahead.hear({view: 'z'})")
    assert painted_ahead.evaluate("shown") == ["a", "b", "z"]


def test_a_choice_that_the_page_does_not_confirm_is_taken_back(painted_ahead: Page):
    painted_ahead.evaluate("ahead.choose('/s?of=period&step=1')")
    painted_ahead.clock.run_for(5000)
    assert painted_ahead.evaluate("shown") == ["a", "b", "a"]


def test_the_page_s_own_words_stand_where_they_differ(painted_ahead: Page):
    painted_ahead.evaluate("ahead.choose('/s?of=period&step=1')")
    painted_ahead.evaluate("ahead.hear({view: 'b', ahead: [], words: 'newer'})")
    assert painted_ahead.evaluate("shown") == ["a", "b", "b"]
    assert painted_ahead.evaluate("ahead.shown.words") == "newer"


def test_a_view_that_cannot_be_fetched_is_left_to_the_page(painted_ahead: Page):
    painted_ahead.evaluate("views.step = null; ahead.choose('/s?of=period&step=1')")
    painted_ahead.evaluate("ahead.hear({view: 'b', ahead: []})")
    assert painted_ahead.evaluate("shown") == ["a", "b"]


def test_a_view_is_fetched_once(painted_ahead: Page):
    for _ in range(2):
        painted_ahead.evaluate("ahead.prepare(['/s?of=period&step=1'])")
    painted_ahead.evaluate("ahead.choose('/s?of=period&step=1')")
    assert painted_ahead.evaluate("fetched") == ["/s?of=period&step=1"]
