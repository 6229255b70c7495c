"""Who acts: the one place where a page asks for the name that is kept with an act."""

from __future__ import annotations

import streamlit as st

from analytics.ledger.desk import LONGEST_NAME
from pages.ui.access import who_is_asking
from pages.ui.state import say


def ask_person(*, key: str) -> str:
    """The name of who acts: of the visitor who signed in, else as typed; empty when not given."""
    visitor = who_is_asking()
    if visitor.name:
        st.caption(say("confirm.form.signed_in", name=visitor.name))
        return visitor.name
    return st.text_input(say("confirm.form.who"), max_chars=LONGEST_NAME, key=key).strip()
