"""Runs the whole app in this process, by Streamlit's own test harness."""

from __future__ import annotations

import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.people.rights import Person, Role, SignedInBy
from analytics.settings import PROJECT_ROOT
from pages.ui.navigation import entry

PATIENCE_S = 60
# Her name would be markup where it were not shown as text.
OFFICER = Person("siti", "Siti <b>", Role.OFFICER, "tani", SignedInBy.PASSWORD)


def open_in_process(name: str, **address: str) -> AppTest:
    """The app on the page of that name, after its first run; `address` are query parameters."""
    st.cache_resource.clear()
    st.cache_data.clear()
    app = AppTest.from_file(str(PROJECT_ROOT / "streamlit_app.py"), default_timeout=PATIENCE_S)
    for parameter, value in address.items():
        app.query_params[parameter] = value
    if not entry(name).is_start:
        app.run()  # registers the pages: before that they are not known by their addresses
        app.switch_page(f"pages/{entry(name).file}")
    return app.run()
