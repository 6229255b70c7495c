"""Analisis: quotients, shift-share, Klassen, progress, clusters, rice balance, two figures."""

import streamlit as st

from analytics.agriculture.levels import map_levels
from pages.agriculture import analysis_choices, analysis_parts
from pages.ui import cache
from pages.ui.state import say

edition = cache.edition()
levels = {level.code: level for level in cache.result(map_levels, edition)}

st.title(say("analysis.page.title"))
section = analysis_choices.choose_section()
if levels:
    analysis_parts.show_section(edition, section, levels)
else:
    analysis_parts.show_nothing(section)
