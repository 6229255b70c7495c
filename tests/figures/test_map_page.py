"""The interactive map as folium writes it: nothing from outside, no markup from data."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import streamlit_folium
from streamlit.testing.v1 import AppTest

from analytics.figures.map_layer import paint_message
from analytics.settings import PROJECT_ROOT
from pages.ui.maps import AreaColours, area_map, script_json
from tests.figures.drawn_map import drawn_layer, square_boundary

ADDRESS = "geometry/squares/kecamatan-0123456789abcdef.geojson"
EVIL = "</script>\u2028<script>alert(1)</script> ' \" &"


def rendered_map() -> str:
    return area_map(ADDRESS, aspect=1.5).get_root().render()


def test_page_of_the_map_names_no_other_machine():
    html = rendered_map()
    assert "://" not in html
    assert re.findall(r'(?:src|href)="//', html) == []


def test_every_file_of_the_map_is_in_the_static_folder():
    drawn = area_map(ADDRESS, aspect=1.5)
    for _, address in [*drawn.default_js, *drawn.default_css]:
        path = address.split("?")[0].removeprefix("../../app/")
        assert (PROJECT_ROOT / path).is_file(), address


def test_address_of_a_script_changes_with_its_content():
    assert all("?v=" in address for name, address in area_map(ADDRESS, aspect=1).default_js[1:])


def test_script_without_colours_is_the_same_for_every_choice():
    def script() -> str:
        drawn = area_map(ADDRESS, aspect=1.5)
        drawn.get_root().render()
        return streamlit_folium.generate_leaflet_string(drawn)

    assert script() == script()


def test_no_map_is_drawn_from_folium_parts_that_call_out():
    html = re.sub(r"_[0-9a-f]{32}\b", "", rendered_map())  # folium's random ids hold any letters
    assert not re.search(r"d3|jquery|bootstrap|openstreetmap", html, re.IGNORECASE)


def test_markup_in_a_name_cannot_end_the_script():
    boundary = square_boundary(a01=EVIL)
    message = paint_message(drawn_layer(boundary=boundary), theme="light", labels="names")
    written = AreaColours(message).message
    assert "<" not in written
    assert ">" not in written
    assert "\u2028" not in written
    assert json.loads(written)["areas"]["99.01.01"][1] == EVIL


def test_numbers_that_json_does_not_know_are_refused():
    with pytest.raises(ValueError, match="JSON"):
        script_json({"value": float("nan")})


# --- The page's side of a click --------------------------------------------------------------

PAGE = """
import streamlit as st
from pages.ui.maps import show_map
from tests.figures.drawn_map import drawn_layer
st.session_state.setdefault("clicks", [])
code = show_map(drawn_layer(), geometry_url="geometry/x.geojson", key="map", theme="light")
st.session_state.clicks.append(code)
"""


@pytest.fixture
def browser_says(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the component gives back; the arguments it got stand in `sent`."""
    state: dict[str, Any] = {"answer": None, "sent": []}

    def component(**arguments: Any) -> Any:
        state["sent"].append(arguments)
        return state["answer"]

    monkeypatch.setattr(streamlit_folium, "_component_func", component)
    return state


def clicked(code: Any, click: Any) -> dict[str, Any]:
    drawing = {"type": "Feature", "geometry": None, "properties": {"code": code, "click": click}}
    return {"last_active_drawing": drawing}


def test_click_is_given_once(browser_says: dict[str, Any]):
    app = AppTest.from_string(PAGE).run()
    browser_says["answer"] = clicked("99.01.02", 1)
    app.run()
    app.run()
    assert app.session_state.clicks == [None, "99.01.02", None]


def test_second_click_on_the_same_area_counts(browser_says: dict[str, Any]):
    browser_says["answer"] = clicked("99.01.02", 1)
    app = AppTest.from_string(PAGE).run()
    browser_says["answer"] = clicked("99.01.02", 2)
    app.run()
    assert app.session_state.clicks == ["99.01.02", "99.01.02"]


@pytest.mark.parametrize(
    "answer",
    [
        clicked("99.99", 1),
        clicked(["99.01.02"], 1),
        clicked(None, 1),
        {"last_active_drawing": "x"},
        {"last_active_drawing": {"properties": 7}},
        {},
        "x",
        None,
    ],
)
def test_what_the_browser_says_is_not_trusted(answer: Any, browser_says: dict[str, Any]):
    browser_says["answer"] = answer
    app = AppTest.from_string(PAGE).run()
    assert not app.exception
    assert app.session_state.clicks == [None]


def test_frame_stays_when_only_colours_change(browser_says: dict[str, Any]):
    page = PAGE.replace("drawn_layer()", "drawn_layer(rows)").replace(
        "st.session_state.setdefault",
        'rows = [{"ref_area": "99.01.01", "obs_status": "A",'
        ' "obs_value": st.number_input("value", value=1.0)}]\nst.session_state.setdefault',
    )
    app = AppTest.from_string(page).run()
    app.number_input[0].set_value(50.0).run()
    first, second = browser_says["sent"]
    assert first["key"] == second["key"]
    assert first["script"] == second["script"]
    assert first["feature_group"] != second["feature_group"]


def test_other_outlines_get_a_frame_of_their_own(browser_says: dict[str, Any]):
    AppTest.from_string(PAGE).run()
    AppTest.from_string(PAGE.replace("x.geojson", "x_2.geojson")).run()
    first, second = browser_says["sent"]
    assert first["key"] != second["key"]
