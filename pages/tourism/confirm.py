"""Konfirmasi: a named verifier confirms unverified visits, one site and year at a time."""

from __future__ import annotations

from datetime import UTC, date, datetime

import streamlit as st

from analytics.desk.confirming import confirm_as
from analytics.editions.confirmation import Selection
from analytics.editions.edition import Edition
from analytics.ledger.desk import LONGEST_WORDS, DeskRefused
from analytics.people.rights import NotAllowed, Right
from analytics.tourism.rows import VISITS
from analytics.tourism.waiting import waiting_figure, waiting_report, waiting_sites, waiting_years
from pages.tourism import choices
from pages.ui import access, cache, filters
from pages.ui.figure import show_figure
from pages.ui.plain_text import as_text
from pages.ui.state import language, say

EVERY_YEAR = 0
DONE = "confirm_done"


def show(edition: Edition, *, with_unverified: bool) -> None:
    """What waits, and the form that makes it count. Figures only after the switch."""
    done = st.session_state.pop(DONE, None)
    if done:
        st.success(done, icon=":material/verified:")
    sites = cache.result(waiting_sites, edition)
    st.header(say("confirm.page.heading"))
    st.caption(say("confirm.page.lead"))
    if not sites:
        st.info(say("confirm.page.nothing"))
        return
    if not with_unverified:
        st.info(say("confirm.page.switch_first", n=len(sites)))
        return
    choices.warn_if(with_unverified)
    place, year = _choose(edition, sites)
    result = cache.result(waiting_report, edition, place=place, year=year)
    show_figure(waiting_figure(edition, result), key="tourism_waiting", level=3, height=300)
    _show_form(place, year, rows=len(result.frame))


def _choose(edition: Edition, sites: tuple[str, ...]) -> tuple[str, int]:
    with filters.row("confirm", visible=2) as row:
        place = filters.choose_one(
            "confirm_place", label="confirm.filter.place", options=sites,
            words=edition.vocabulary.place_name, cell=row,
        )  # fmt: skip
        years = cache.result(waiting_years, edition, place=place)
        year = filters.choose_one(
            "confirm_year", label="confirm.filter.year", options=(*years, EVERY_YEAR), cell=row,
            words=lambda number: str(number) if number else say("confirm.filter.every_year"),
        )  # fmt: skip
    return place, year


def _show_form(place: str, year: int, *, rows: int) -> None:
    if not access.may_do(Right.CONFIRM_UNVERIFIED):
        st.caption(say("people.refused.confirm_unverified"))
        return
    with st.form("confirm_form", clear_on_submit=False):
        st.caption(as_text(say("confirm.form.signed_in", name=access.who_is_asking().name)))
        reason = st.text_area(
            say("confirm.form.reason"), max_chars=LONGEST_WORDS, key="confirm_reason"
        )
        sent = st.form_submit_button(say("confirm.form.send", n=rows), type="primary")
    st.caption(say("confirm.form.kept"))
    if sent:
        _confirm(place, year, reason=reason)


def _confirm(place: str, year: int, *, reason: str) -> None:
    """Confirms in the name of who is asking; the right is checked by the act itself."""
    span = (date(year, 1, 1), date(year, 12, 31)) if year else (None, None)
    store = cache.store(cache.edition().stamp.region)
    try:
        done = confirm_as(
            access.who_is_asking(), store, access.people(), Selection(VISITS, place, *span),
            reason=reason, now=datetime.now(UTC),
        )  # fmt: skip
    except (DeskRefused, NotAllowed) as refused:
        st.error(refused.words(language()))
        return
    st.session_state[DONE] = say(
        "confirm.form.done", n=done.rows, edition=done.outcome.edition, batch=done.outcome.batch_id
    )
    st.rerun()
