"""A bare page: two widgets and the polygons of a level, nothing else. Run by bench_map.

BARE_BOUNDARY names a GeoJSON file; BARE_KIND is `repainted` (outlines fetched once, colours
sent) or `rebuilt` (folium's own GeoJson in the message, as its manual shows).
"""

import json
import os
from pathlib import Path

import folium
import streamlit as st
from streamlit_folium import st_folium

from analytics.figures.palette import sequential
from pages.ui.maps import AreaColours, OfflineMap, area_map

STEPS = ("one", "two", "three")
HEIGHT_PX = 520

boundary = Path(os.environ["BARE_BOUNDARY"])
features = json.loads(boundary.read_text(encoding="utf-8"))["features"]
codes = [feature["properties"]["code"] for feature in features]

st.set_page_config(layout="wide")
chosen = STEPS.index(st.selectbox("choice", STEPS)) + STEPS.index(st.select_slider("step", STEPS))
colours = sequential(5)


def colour_of(code: str) -> str:
    """Another colour for every area at every step."""
    return colours[(codes.index(code) + chosen) % len(colours)]


if os.environ["BARE_KIND"] == "repainted":
    message = {
        "theme": {"name": "light", "ground": "#fff", "ink": "#000", "grey": "#777"},
        "looks": [["#ddd", "", ""], ["#ddd", "hatch", ""], *([c, "", ""] for c in colours)],
        "areas": {code: [2 + colours.index(colour_of(code)), "", code] for code in codes},
        "points": [],
        "selected": None,
        "words": {"map": "", "hole": "", "home": "", "zoomIn": "", "zoomOut": "", "failed": ""},
    }
    st_folium(
        area_map(f"app/static/{boundary.name}", aspect=1.5),
        key="map",
        height=HEIGHT_PX,
        use_container_width=True,
        feature_group_to_add=AreaColours(message),
        returned_objects=["last_active_drawing"],
    )
else:
    drawn = OfflineMap()
    folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        style_function=lambda feature: {
            "fillColor": colour_of(feature["properties"]["code"]),
            "fillOpacity": 1,
        },
    ).add_to(drawn)
    drawn.fit_bounds(drawn.get_bounds())
    st_folium(drawn, height=HEIGHT_PX, use_container_width=True, returned_objects=[])
