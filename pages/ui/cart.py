"""The briefing that is being prepared in this session, one a region: figures of two never mix."""

from __future__ import annotations

import streamlit as st

from analytics.briefing.draft import Draft, read_outline
from analytics.figures.figure import Figure
from pages.ui import state

EMPTY = "kosong"


def draft() -> Draft:
    """The session's briefing of the chosen region; the blank outline at first."""
    key = _key()
    if key not in st.session_state:
        st.session_state[key] = read_outline(EMPTY)
    found: Draft = st.session_state[key]
    return found


def put(changed: Draft) -> None:
    """Takes the changed briefing over."""
    st.session_state[_key()] = changed


def add(figure: Figure) -> None:
    """Puts a figure at the end of the briefing; called by the button under it."""
    recipe = figure.made_by
    if recipe is None:
        return
    put(draft().with_figure(recipe))
    st.toast(state.say("briefing.page.added", n=len(draft().recipes)))


def offer(figure: Figure, *, key: str) -> None:
    """The button that adds a figure; nothing for one that no edition makes again (a what-if)."""
    if figure.made_by is None:
        return
    st.button(
        state.say("briefing.page.add"),
        key=f"briefing_{key}",
        icon=":material/add_to_queue:",
        on_click=add,
        args=(figure,),
    )


def _key() -> str:
    return f"briefing_{state.region()}"
