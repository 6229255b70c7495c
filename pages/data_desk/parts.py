"""The page: who may not act is told why; others choose a part."""

from __future__ import annotations

import streamlit as st

from analytics.people.rights import Person, Right, may
from pages.data_desk import batch_parts, bring_parts, confirm_parts, form_parts
from pages.ui import cache, filters
from pages.ui.navigation import link_to
from pages.ui.plain_text import as_text
from pages.ui.state import language, region, say, settings

VIEWS = {
    "bring": bring_parts.show,
    "forms": form_parts.show,
    "batches": batch_parts.show,
    "confirm": confirm_parts.show,
}


def show(person: Person) -> None:
    """The desk for who may upload or publish; for others what it is and the way in."""
    st.title(say("data_desk.page.title"))
    if not may(person, Right.UPLOAD):
        _show_closed()
        st.stop()
    st.caption(say("data_desk.page.lead"))
    _show_healing()
    view = filters.choose_view(
        "part", label="data_desk.view.label", options=list(VIEWS), hides_label=True,
        default="forms" if "form" in st.query_params else "bring",
        words=lambda code: say(f"data_desk.view.{code}"),
    )  # fmt: skip
    VIEWS[view](person)


def _show_closed() -> None:
    st.write(say("data_desk.page.closed"))
    st.caption(say("data_desk.page.closed_read"))
    link_to("account", label=say("data_desk.page.sign_in"), icon=":material/login:")


def _show_healing() -> None:
    """What the last start mended, for those who work here."""
    told = cache.healed(settings().home, region()).sentences(language())
    if told:
        lines = "\n".join(f"- {as_text(sentence)}" for sentence in told)
        st.info(f"{say('data_desk.heal.title')}\n{lines}")
