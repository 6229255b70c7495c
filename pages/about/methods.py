"""Metode: how figures are made, each formula with the small table its test checks by hand."""

import streamlit as st

from pages.about import parts
from pages.ui import cache
from pages.ui.state import language, say

edition = cache.edition()

st.title(say("about.methods.title"))
st.caption(parts.context(edition))
st.write(say("about.methods.lead"))
parts.show_promises()
for theme, tables in parts.drawn_tables_by_theme().items():
    st.header(say(f"about.methods.theme.{theme}"))
    for table in tables:
        parts.show_drawn_table(table, language())
st.header(say("forecasting.method.title"))
parts.show_forecast_method()
st.header(say("yardsticks.title"))
parts.show_yardsticks()
st.header(say("about.methods.rules"))
parts.show_rules()
