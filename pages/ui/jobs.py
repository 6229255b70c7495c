"""Long work that a page waits for: started once, watched with its progress, found after a reload.

The work runs in a process of its own (`analytics.jobs.background`), so other pages stay quick.
Short work is waited for; what takes longer is looked at every second by a fragment.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from analytics.jobs import background
from analytics.jobs.background import Background, HowFar
from analytics.jobs.render import JobFailed
from pages.ui.plain_text import as_text
from pages.ui.state import say

WAIT_S = 3.0
LOOK_EVERY_S = 1.0
MOST_KEPT = 64
Words = Callable[[HowFar], str]


@st.cache_resource(max_entries=1, show_spinner=False)
def _works() -> dict[str, Background]:
    """Works by key, of all sessions: what one has started another sees running."""
    return {}


def start(key: str, function: str, /, **arguments: object) -> None:
    """Starts the work unless one of that key is there."""
    works = _works()
    if key not in works:
        for old in [name for name, work in works.items() if not work.is_running()][:-MOST_KEPT]:
            works.pop(old, None)
        works[key] = background.start(function, **arguments)


def is_known(key: str) -> bool:
    """Whether a work of that key was started and not forgotten."""
    return key in _works()


def forget(key: str) -> None:
    """Its next start is a new one; work under way goes on."""
    _works().pop(key, None)


def answer(key: str, words: Words) -> Any:
    """What the work gave; None while it runs, with its progress drawn, and where it failed."""
    work = _works().get(key)
    if work is None:
        return None
    if not work.wait(WAIT_S):
        _watch(key, words)
        return None
    try:
        return work.answer()
    except JobFailed as failure:
        st.error(as_text(say("data_desk.job.failed", error=str(failure))))
        st.button(say("data_desk.job.again"), key=f"again_{key}", on_click=forget, args=(key,))
        return None


@st.fragment(run_every=LOOK_EVERY_S)
def _watch(key: str, words: Words) -> None:
    work = _works().get(key)
    if work is None or not work.is_running():
        st.rerun()
        return
    far = work.how_far()
    if far is None:
        st.progress(0.0, text=say("data_desk.check.starting"))
    else:
        st.progress(min(1.0, far.done / max(far.total, 1)), text=as_text(words(far)))
