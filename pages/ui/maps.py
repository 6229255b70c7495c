"""The interactive map: Leaflet from this server, outlines fetched once, colours sent by code.

Changing year or measure sends a few kilobytes to the map that is already there; it is
neither rebuilt nor blank in between. How streamlit-folium makes that possible:
- the map's own script is the same on every run, so the frame stays (its key is a hash of it);
- what changes goes in `feature_group_to_add`, which the frame runs again when it differs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import folium
import streamlit as st
from folium.template import Template
from streamlit_folium import st_folium

from analytics.figures.map_layer import MapLayer, PointLayer, paint_message
from analytics.figures.map_legend import legend_html

STATIC = Path(__file__).resolve().parents[2] / "static"
# The frame lies at component/<name>/index.html: two steps up is the app, whatever its prefix.
STATIC_ADDRESS = "../../app/static"
HEIGHT_PX = 520


class OfflineMap(folium.Map):
    """A folium map whose Leaflet comes from this server and that has no background tiles."""

    def __init__(self, *, static_address: str = STATIC_ADDRESS) -> None:
        super().__init__(
            tiles=None,
            attribution_control=False,
            scroll_wheel_zoom=False,
            zoom_snap=0.1,
            zoom_delta=0.5,
        )
        self._name = "Map"
        self.default_js = [
            ("leaflet", f"{static_address}/vendor/leaflet/leaflet.js"),
            ("area_map_ahead", versioned(f"{static_address}/map/ahead.js")),
            ("area_map", versioned(f"{static_address}/map/area_map.js")),
        ]
        self.default_css = [
            ("leaflet_css", f"{static_address}/vendor/leaflet/leaflet.css"),
            ("area_map_css", versioned(f"{static_address}/map/area_map.css")),
        ]

    def render(self, **kwargs: Any) -> None:
        """Without the links of a page's head: the frame takes them from the two lists above."""
        folium.MacroElement.render(self, **kwargs)


class AreaOutlines(folium.MacroElement):
    """Draws the outlines that the browser fetches from `geometry_url`, once."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            mountAreaMap({{ this._parent.get_name() }}, {{ this.options }});
        {% endmacro %}
        """
    )

    def __init__(self, geometry_url: str, *, aspect: float) -> None:
        super().__init__()
        self._name = "AreaOutlines"
        self.options = script_json({"geometry": geometry_url, "aspect": aspect})


class AreaColours(folium.FeatureGroup):
    """Repaints the areas of a map that is already there."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.featureGroup();
            {{ this._parent.get_name() }}.areaMap.paint({{ this.message }});
        {% endmacro %}
        """
    )

    def __init__(self, message: Mapping[str, Any]) -> None:
        super().__init__()
        self.message = script_json(message)


def show_map(
    layer: MapLayer,
    *,
    geometry_url: str,
    key: str,
    theme: str,
    height: int = HEIGHT_PX,
    labels: str = "none",
    point_layers: Sequence[PointLayer] = (),
    further: Mapping[str, Any] | None = None,
) -> str | None:
    """Draws the map and gives the code of the area or place clicked since the last run.

    A click is given once, in the run that it starts; otherwise None. `geometry_url` is the
    address of the outlines, from the server's root or relative to the app's start page.
    `key` names this map on the page; two maps side by side need two keys. `height` in
    pixels is the most the map takes: on a narrow screen it is as high as it needs to be.
    `further` goes with the colours: where the browser finds those of other choices.
    """
    message = paint_message(layer, theme=theme, labels=labels, points=point_layers)
    message = {**message, **(further or {})}
    answer = st_folium(
        area_map(geometry_url, aspect=layer.aspect),
        # New outlines need a new map: the hash of the script overlooks parts such as `_2`.
        key=f"{key}:{geometry_url}",
        height=height,
        use_container_width=True,
        feature_group_to_add=AreaColours(message),
        returned_objects=["last_active_drawing"],
        render=False,  # a page of its own around the map, which the frame does not use
    )
    known = {*message["areas"], *(point[0] for point in message["points"])}
    return _fresh_click(answer, known=known, seen_key=f"{key}:last_click")


def show_legend(layer: MapLayer, *, theme: str, point_layers: Sequence[PointLayer] = ()) -> None:
    """The legend of a map, with the number of areas in each class."""
    st.html(legend_html(layer, theme=theme, points=point_layers))


def area_map(geometry_url: str, *, aspect: float) -> OfflineMap:
    """The map without colours: the same for every year and measure."""
    drawn = OfflineMap()
    AreaOutlines(geometry_url, aspect=aspect).add_to(drawn)
    return drawn


def script_json(message: Mapping[str, Any]) -> str:
    """JSON that is safe inside a script: no character in it can end the script or start a tag."""
    words = json.dumps(message, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        words = words.replace(character, f"\\u{ord(character):04x}")
    return words


@cache
def versioned(address: str) -> str:
    """`address` with a mark of the file's content, so that a browser takes up a new one."""
    file = STATIC / address.split("/static/", maxsplit=1)[1]
    return f"{address}?v={hashlib.sha256(file.read_bytes()).hexdigest()[:10]}"


def _fresh_click(answer: object, *, known: Collection[str], seen_key: str) -> str | None:
    """The clicked code when the click is new and its code one of the map's."""
    properties = _clicked_properties(answer)
    code, click = properties.get("code"), properties.get("click")
    if click is None or click == st.session_state.get(seen_key):
        return None
    st.session_state[seen_key] = click
    return code if isinstance(code, str) and code in known else None


def _clicked_properties(answer: object) -> Mapping[str, Any]:
    """What the browser says was clicked; empty when it says nothing or something else."""
    drawing = answer.get("last_active_drawing") if isinstance(answer, dict) else None
    properties = drawing.get("properties") if isinstance(drawing, dict) else None
    return properties if isinstance(properties, dict) else {}
