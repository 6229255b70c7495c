"""Pariwisata & citra daerah: visits, seasons, the map of destinations, brand and events."""

import streamlit as st

from pages.tourism import (
    brand,
    brand_index,
    choices,
    confirm,
    effects,
    money,
    now,
    overview,
    panel,
    perception,
    season,
    site_map,
)
from pages.ui import cache, filters
from pages.ui.state import language, say

edition = cache.edition()
region = edition.stamp.region_name.in_language(language())
st.title(say("tourism.page.title"))
if not choices.has_data(edition):
    choices.show_nothing(region)
st.caption(say("tourism.page.intro", region=region))

SHOWN_BY = {
    "totals": overview.show,
    "monthly": panel.show,
    "season": season.show,
    "map": site_map.show,
    "perception": perception.show,
    "index": brand_index.show,
    "brand": brand.show,
    "effects": effects.show,
    "money": money.show,
    "now": now.show,
    "confirm": confirm.show,
}
with st.container(horizontal=True, vertical_alignment="center", key="tourism_top"):
    section = filters.choose_view(
        "section",
        label="tourism.section.label",
        options=choices.SECTIONS,
        words=lambda name: say(f"tourism.section.{name}"),
        hides_label=True,
    )
    with_unverified = choices.choose_unverified(edition)
SHOWN_BY[section](edition, with_unverified=with_unverified)
