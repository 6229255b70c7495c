"""Tani x merek: products over centres, prices, destinations and events, on one map."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analytics.editions.edition import Edition
from analytics.figures.map_layer import map_layer
from analytics.figures.result import Result
from analytics.geography.classes import classify
from analytics.geography.levels import inner_level
from analytics.overview import agro_brand
from analytics.tourism.site_map import kind_layers
from pages.ui import cache, geometry
from pages.ui.figure import show_figure
from pages.ui.maps import show_map
from pages.ui.state import language, say, theme

MAP_PX = 460


def draw_map(edition: Edition, centres: Result, destinations: Result, *, level: str) -> None:
    """Kecamatan by products with a centre, and the products' destinations as points."""
    boundary = geometry.outlines(edition, level=level)
    frame = centres.frame.assign(lines=centres.frame[f"lines_{language()}"])
    inside = frame[frame["ref_area"].isin(boundary.codes)]
    drawn = map_layer(
        replace(centres, frame=inside),
        boundary=boundary,
        classes=classify(inside["obs_value"], method="equal", k=3),
        language=language(),
    )
    show_map(
        drawn,
        geometry_url=geometry.boundary_address(edition, level=level),
        key="agro_brand", theme=theme(), height=MAP_PX, labels="none",
        point_layers=kind_layers(destinations, language=language()),
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
centres = cache.result(agro_brand.centres_by_area, edition)
if own is not None and not centres.is_empty:
    st.header(centres.title.words(language()))
    draw_map(edition, centres, cache.result(agro_brand.product_destinations, edition), level=own)
    st.caption(say("agro_brand.page.map_note"))
    told = agro_brand.destinations_told(edition)
    st.markdown("\n".join(f"- {line.in_language(language())}" for line in told))
show_routes(edition)
