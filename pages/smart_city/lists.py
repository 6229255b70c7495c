"""Recommendations with their follow-up, indices with their breaks, ISO indicators."""

from __future__ import annotations

import streamlit as st

from analytics.editions.edition import Edition
from analytics.ledger.programme_entries import EntryKind
from analytics.smart_city import figures
from analytics.smart_city.indices import index_report, offered_indices
from analytics.smart_city.iso import iso_report
from analytics.smart_city.recommendations import labels_of, recommendations_report
from pages.smart_city import entries
from pages.ui import cache
from pages.ui.figure import show_figure
from pages.ui.state import language, say


def show_recommendations(edition: Edition) -> None:
    """What evaluators and the council advised, what was done, and notes of the offices on it."""
    result = cache.result(recommendations_report, edition)
    show_figure(figures.recommendations_figure(edition, result), key="smart_city_recommendations")
    if result.frame.empty:
        return
    words = {
        code: label.in_language(language())
        for code, label in labels_of(result.frame)["words"].items()
    }
    st.header(say("smart_city.page.follow_heading"))
    written = entries.kept(EntryKind.FOLLOW_UP, list(words))
    if not written:
        st.caption(say("smart_city.page.follow_none"))
    for code, found in written.items():
        entries.show_entry(found, heading=words[code])
    entries.offer_form(
        edition, EntryKind.FOLLOW_UP, subjects=words, label="smart_city.form.recommendation",
        with_proof=True,
    )  # fmt: skip


def show_indices(edition: Edition) -> None:
    """Each index as a line that stops where its method changed."""
    codes = cache.result(offered_indices, edition)
    if not codes:
        with st.container(border=True):
            st.markdown(f"**{say('ui.figure.empty')}**")
            st.write(say("smart_city.page.no_data_cure"))
    for code in codes:
        result = cache.result(index_report, edition, code=code)
        show_figure(figures.index_figure(edition, result), key=f"smart_city_{code}", height=320)


def show_iso(edition: Edition) -> None:
    """Held, to be had, not to be had."""
    result = cache.result(iso_report, edition)
    show_figure(figures.iso_figure(edition, result), key="smart_city_iso")
