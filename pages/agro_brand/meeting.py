"""Tani x merek: products over centres, prices, destinations and events, on one map."""

from __future__ import annotations

import streamlit as st

from analytics.editions.edition import Edition
from analytics.figures.result import Result
from analytics.geography.levels import inner_level
from analytics.overview import agro_brand
from analytics.overview import agro_brand_map as brand_map
from pages.ui import cache, geometry
from pages.ui.figure import show_figure
from pages.ui.maps import show_legend, show_map
from pages.ui.state import language, say, theme

MAP_PX = 460


def show_centres(edition: Edition, centres: Result, *, level: str) -> None:
    """Kecamatan by products with a centre, the products' destinations as signs, and the legend."""
    boundary = geometry.outlines(edition, level=level)
    layer = brand_map.centres_layer(centres, boundary=boundary, language=language())
    points = brand_map.destination_layers(edition, language=language())

    def draw() -> str | None:
        clicked = show_map(
            layer,
            geometry_url=geometry.boundary_address(edition, level=level),
            key="agro_brand", theme=theme(), height=MAP_PX, labels="none", point_layers=points,
        )  # fmt: skip
        show_legend(layer, theme=theme(), point_layers=points)
        st.caption(say("agro_brand.page.map_note"))
        return clicked

    show_figure(
        brand_map.centres_figure(edition, centres, language=language()),
        key="agro_brand_map",
        map=draw,
        map_picture=lambda: {
            "layer": layer, "boundary": boundary, "labels": "none", "points": points,
        },
    )  # fmt: skip


def show_routes(edition: Edition) -> None:
    """The routes that a source tells of, or why there is none."""
    st.header(say("agro_brand.page.routes_heading"))
    found = agro_brand.routes(edition)
    if not found:
        st.info(say("agro_brand.page.no_routes"))
    for route in found:
        stops = " → ".join(edition.vocabulary.place_name(stop) for stop in route.stops)
        source = edition.vocabulary.source(route.source_id)
        st.markdown(f"**{route.name.in_language(language())}**  \n{stops}")
        st.caption(source.publisher)


edition = cache.edition()
st.title(say("agro_brand.page.title"))
st.caption(say("agro_brand.page.lead"))
meeting = cache.result(agro_brand.meeting_report, edition)
show_figure(agro_brand.meeting_figure(meeting, language=language()), key="agro_brand")
own = inner_level(edition)
centres = cache.result(brand_map.centres_by_area, edition)
if own is not None and not centres.is_empty:
    show_centres(edition, centres, level=own)
    told = brand_map.destinations_told(edition)
    st.markdown("\n".join(f"- {line.in_language(language())}" for line in told))
show_routes(edition)
