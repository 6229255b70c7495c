"""Pertanyaan: what is not known, by office, with the answers on record and a form to answer."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analytics.briefing.stamps import with_maker
from analytics.editions.edition import Edition
from analytics.figures.result import Result
from analytics.ledger.programme_entries import EntryKind
from analytics.people.rights import Right, may
from analytics.smart_city import figures
from analytics.smart_city.questions import (
    ALL,
    NO_OFFICE,
    answered_by_figures,
    asked_of,
    kind_labels,
    question_labels,
    questions_report,
    with_answers,
)
from pages.smart_city import choices, entries, templates
from pages.ui import cache, filters
from pages.ui.figure import show_figure
from pages.ui.navigation import link_to
from pages.ui.state import language, say


def show(edition: Edition) -> None:
    """Questions first, then the answers, then the form."""
    year = choices.last_whole_year()
    asked = cache.result(questions_report, edition, year=year)
    written = entries.kept(EntryKind.ANSWER)
    answered = with_answers(asked, written)
    owner, kind = _choose(answered)
    shown = asked_of(answered, owner=owner, kind=kind)
    figure = with_maker(
        figures.questions_figure(edition, shown), "smart_city/questions", year=year, owner=owner,
        kind=kind, answers_until=max((one[0].entry_id for one in written.values()), default=0),
    )  # fmt: skip
    show_figure(figure, key="smart_city_questions")
    words = {
        code: label.in_language(language())
        for code, label in cache.result(question_labels, edition, year=year).items()
    }
    _show_answers(written, words)
    open_ones = {code: words[code] for code in shown.frame["question"]}
    if open_ones:
        entries.offer_form(
            edition, EntryKind.ANSWER, subjects=open_ones, label="smart_city.form.question"
        )
        _offer_figures(answered_by_figures(shown), words)
    templates.offer_templates()


def _offer_figures(asked: Mapping[str, tuple[str, str]], words: Mapping[str, str]) -> None:
    """The way to the desk's form of one programme, where a figure counts once another person has
    published it; for those who may bring figures in.
    """
    person = entries.writer()
    if not asked or person is None or not may(person, Right.UPLOAD):
        return
    st.markdown(f"**{say('smart_city.form.figure')}**")
    st.caption(say("smart_city.form.figure_meaning"))
    code = st.selectbox(
        say("smart_city.form.question"), list(asked), format_func=lambda one: words.get(one, one),
        key="smart_city_figure",
    )  # fmt: skip
    programme, year = asked[code]
    link_to(
        "desk", label=say("smart_city.form.figure_go"), icon=":material/edit_note:", part="forms",
        form="programme", programme=programme, **({"of_year": year} if year else {}),
    )  # fmt: skip


def _choose(result: Result) -> tuple[str, str]:
    """To which office, and about what."""
    frame = result.frame
    if frame.empty:
        return ALL, ALL
    owners = sorted(owner for owner in frame["owner"].unique() if owner)
    nobody = [NO_OFFICE] if (frame["owner"] == "").any() else []
    kinds = {code: label.in_language(language()) for code, label in kind_labels().items()}
    found = [code for code in kinds if code in set(frame["kind"])]
    with filters.row("smart_city_questions", visible=2) as row:
        owner = filters.choose_one(
            "owner", label="smart_city.filter.owner", options=[ALL, *owners, *nobody],
            words=lambda code: say(f"smart_city.filter.{code}")
            if code in (ALL, NO_OFFICE) else code,
            cell=row,
        )  # fmt: skip
        kind = filters.choose_one(
            "kind", label="smart_city.filter.kind", options=[ALL, *found],
            words=lambda code: kinds.get(code) or say("smart_city.filter.all"), cell=row,
        )  # fmt: skip
    return owner, kind


def _show_answers(written: dict[str, object], words: dict[str, str]) -> None:
    """Every answer on record; that to a question that is no longer open keeps its code."""
    st.header(say("smart_city.page.answers_heading"))
    st.caption(say("smart_city.page.answer_meaning"))
    if not written:
        st.caption(say("smart_city.page.answers_none"))
    for code, found in written.items():
        entries.show_entry(found, heading=words.get(code, code))  # type: ignore[arg-type]
