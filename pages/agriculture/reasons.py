"""Why two figures differ: written reasons, the officers' form, the page to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from analytics.editions.edition import Edition
from analytics.figures.figure import Figure
from analytics.figures.sentences import period_words
from analytics.jobs.render import run_job
from analytics.ledger.two_figure_reasons import (
    LONGEST_REASON,
    Quantity,
    Reason,
    ReasonRefused,
    add_reason,
    reasons_of,
)
from analytics.people.audit import Act
from analytics.people.rights import Right, may
from analytics.publishing.tables import file_name
from analytics.publishing.two_figures_sheet import Sheet, sheet_of
from pages.ui import access, cache
from pages.ui.plain_text import as_text
from pages.ui.state import formatter, language, region, say
from pages.ui.tables import show_table

DRAW_SHEET = "analytics.publishing.two_figures_sheet:draw_sheet"


def show_reasons(edition: Edition, figure: Figure, chosen: Mapping[str, object]) -> None:
    """Both figures as a table, the newest reason of each period, the form, the page to print."""
    quantity = Quantity(str(chosen["area"]), str(chosen["item"]), str(chosen["indicator"]))
    with cache.store(region()).engine.connect() as connection:
        written = reasons_of(connection, quantity)
    periods = {
        str(row["period"]): period_words(row, language())
        for row in figure.frame.drop_duplicates("period").to_dict("records")
    }
    sheet = sheet_of(
        figure,
        reasons=written,
        language=language(),
        context=figure.context(language(), today=cache.today()),
        address=edition.stamp.region_name.in_language(language()),
    )
    _show_both(sheet)
    st.subheader(say("analysis.two_figures.heading"))
    for code, words in periods.items():
        _show_reason(words, written.get(code, ()))
    if access.may_do(Right.WRITE_REASONS):
        _show_form(edition, quantity, periods)
    else:
        st.caption(say("analysis.two_figures.only_officers"))
    _offer_sheet(figure, sheet)


def _show_reason(period: str, written: Sequence[Reason]) -> None:
    if not written:
        st.markdown(as_text(say("analysis.two_figures.none", period=period)))
        return
    newest = written[0]
    by = say(
        "analysis.two_figures.by",
        who=newest.written_by,
        when=formatter().date(newest.written_at.date()),
    )
    with st.container(border=True):
        st.markdown(f"**{as_text(period)}**  \n{as_text(newest.reason)}")
        st.caption(as_text(by))
        if len(written) > 1:
            st.caption(say("analysis.two_figures.history", n=len(written) - 1))


def _show_form(edition: Edition, quantity: Quantity, periods: Mapping[str, str]) -> None:
    with st.form("two_figure_reason", clear_on_submit=True):
        period = st.selectbox(
            say("analysis.two_figures.period"), list(periods), format_func=periods.__getitem__
        )
        words = st.text_area(say("analysis.two_figures.field"), max_chars=LONGEST_REASON)
        is_sent = st.form_submit_button(say("analysis.two_figures.save"))
    if is_sent:
        _keep(quantity, period, words, edition.stamp.number)


def _keep(quantity: Quantity, period: str, words: str, edition: int) -> None:
    """Keeps the reason under the person's name, or says why it cannot be kept."""
    person = access.who_is_asking()
    if not may(person, Right.WRITE_REASONS):
        return
    reason = Reason(period, words, person.signature, datetime.now(UTC), edition)
    try:
        with cache.store(region()).engine.begin() as connection:
            add_reason(connection, quantity, reason)
    except ReasonRefused as refused:
        st.error(say(f"analysis.two_figures.refused.{refused.fault}", n=LONGEST_REASON))
        return
    about = f"{quantity.ref_area} {quantity.item} {quantity.indicator} {period}"
    access.record(Act.WROTE_REASON, who=person, object=about)
    st.toast(say("analysis.two_figures.saved"))
    st.rerun()


def _show_both(sheet: Sheet) -> None:
    """Figure, method, status, difference and year of release of every row, as on the page."""
    table = pd.DataFrame(sheet.rows, columns=list(sheet.headings))
    numbers = [sheet.headings[place] for place in sheet.numbers]
    show_table(table, label=sheet.title, numbers=numbers, is_stacked=True)


def _offer_sheet(figure: Figure, sheet: Sheet) -> None:
    """The page is made when it is asked for, in a process of its own."""
    stamp = figure.result.edition
    st.download_button(
        say("analysis.two_figures.print"),
        data=lambda: run_job(DRAW_SHEET, sheet=sheet),
        file_name=file_name(
            f"{stamp.region}_{figure.result.name}_e{stamp.number}",
            suffix="pdf",
            is_training=stamp.is_training,
        ),
        mime="application/pdf",
        key="two_figures_sheet",
        on_click="ignore",
        icon=":material/print:",
    )
