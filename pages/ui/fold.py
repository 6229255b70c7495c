"""Parts of a page that the reader folds and unfolds; what is folded is not drawn."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.ui.state import from_address, to_address

OPEN, SHUT = "1", "0"


@st.fragment
def folded(
    name: str, *, title: str, draw: Callable[[], None], is_open_at_first: bool = False
) -> None:
    """A part with its title, drawn by `draw` while it is open.

    Whether it is open stands in the address under `name`, which is unique on the page.
    """
    usual = OPEN if is_open_at_first else SHUT
    is_open = from_address(name, offered=(OPEN, SHUT), otherwise=usual) == OPEN
    part = st.expander(title, expanded=is_open, key=f"fold_{name}", on_change="rerun")
    to_address(**{name: OPEN if part.open else SHUT})
    if part.open:
        with part:
            draw()
