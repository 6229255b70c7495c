"""Paparan: a briefing is put together, taken away as files, frozen; a frozen one is opened."""

import streamlit as st

from pages.hearing import editor, frozen
from pages.ui import cache
from pages.ui.state import say

snapshot = st.query_params.get(frozen.ADDRESS)
if snapshot:
    frozen.show(snapshot)
else:
    edition = cache.edition()
    st.title(say("briefing.page.title"))
    st.caption(say("briefing.page.lead"))
    editor.show(edition)
    frozen.show_list()
