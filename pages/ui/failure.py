"""What a reader sees when a page fails: what happened, what to do, a code to report."""

from __future__ import annotations

import logging
from uuid import uuid4

import streamlit as st

from pages.ui import state

LOG = logging.getLogger("sejahtera")


def show_failure(error: Exception) -> bool:
    """Shows the panel and names its code in the log, below the trace that Streamlit writes there.

    Gives True: Streamlit's own panel would show English words without a cure.
    """
    reference = uuid4().hex[:8]
    LOG.error("Page failed, code %s: %r", reference, error)
    with st.container(key="failure", border=True):
        st.error(state.say("nav.failure.title"))
        st.write(state.say("nav.failure.cure", reference=reference))
    return True
