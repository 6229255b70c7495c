"""Peta pertanian: what each area produces, at what price, how it changes."""

import streamlit as st

from analytics.agriculture.levels import map_levels
from analytics.agriculture.measures import measures
from pages.agriculture import choices, parts
from pages.ui import cache, filters
from pages.ui.state import language

edition = cache.edition()
levels = {level.code: level for level in cache.result(map_levels, edition)}
if not levels:
    parts.show_nothing("no_level", region=edition.stamp.region_name.in_language(language()))

with st.container(horizontal=True, vertical_alignment="bottom", key="agriculture_top"):
    level = levels[choices.choose_level(levels)]
    is_compared = filters.switch("compare", label="agriculture.filter.compare")
    with_unverified = filters.switch("unverified", label="agriculture.filter.unverified")
if not cache.result(measures, edition, level=level.code, with_unverified=with_unverified):
    parts.show_nothing(
        "no_measure",
        kind=level.kind.in_language(language()),
        level=level.name.in_language(language()),
    )

view = parts.View(edition, level, is_compared, with_unverified)
parts.show_filters_and_map(view)
parts.show_parts_below(view, levels)
