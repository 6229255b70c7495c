"""Nilai: radar and cells of a year, change, weights, what is missing, evidence of a score."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.editions.edition import Edition
from analytics.ledger.programme_entries import EntryKind
from analytics.smart_city import figures
from analytics.smart_city.evidence import Evidence, evidence_of, subject_of
from analytics.smart_city.scheme import COMPONENTS, State
from analytics.smart_city.score_reports import (
    change_report,
    component_report,
    dimension_report,
    evaluations_report,
    missing_report,
    weights_report,
)
from analytics.smart_city.scores import evaluation
from pages.smart_city import choices, entries
from pages.ui import cache
from pages.ui.figure import show_figure
from pages.ui.plain_text import as_text
from pages.ui.state import formatter, language, say


def show(edition: Edition) -> None:
    """The scores of a year in one state, or what is known where there are none."""
    chosen = choices.choose_evaluation(edition)
    if chosen is None:
        _show_none(edition)
        return
    year, state = chosen
    _show_state(state)
    asked = {"year": year, "state": state}
    now = cache.result(evaluation, edition, **asked)
    dimensions = cache.result(dimension_report, edition, **asked)
    facts = figures.score_facts(
        dimensions, whole=now.whole, complete=int(now.programme_scores.notna().sum()),
        programmes=len(now.programme_scores),
    )  # fmt: skip
    show_figure(
        figures.dimension_figure(edition, dimensions),
        key="smart_city_dimensions",
        facts=facts,
        height=520,
    )
    for by in ("dimension", "item"):
        result = cache.result(component_report, edition, by=by, **asked)
        show_figure(
            figures.component_figure(edition, result), key=f"smart_city_components_{by}", level=3
        )
    _show_evidence(edition, year=year, state=state)
    change = cache.result(change_report, edition, **asked)
    show_figure(figures.change_figure(edition, change), key="smart_city_change", level=3)
    missing = cache.result(missing_report, edition, **asked)
    if len(missing.frame):
        show_figure(figures.missing_figure(edition, missing), key="smart_city_missing", level=3)
    weights = cache.result(weights_report, edition)
    show_figure(
        figures.weights_figure(edition, weights), key="smart_city_weights", level=3, height=300
    )


def _show_state(state: State) -> None:
    """Whose scores these are, in a sign and in words."""
    sign = say(f"smart_city.state_sign.{state.value}")
    meaning = say(f"smart_city.state_meaning.{state.value}")
    words = f"**{sign}.** {meaning}"
    if state is State.VERIFIED:
        st.markdown(words)
    else:
        st.warning(words)


def _show_none(edition: Edition) -> None:
    """Why there are no scores, and the evaluations that are on record."""
    with st.container(border=True):
        st.markdown(f"**{say('smart_city.page.no_scores_title')}**")
        st.write(say("smart_city.page.no_scores_cure"))
    held = cache.result(evaluations_report, edition)
    if len(held.frame):
        show_figure(figures.evaluations_figure(edition, held), key="smart_city_evaluations")


# Evidence ------------------------------------------------------------------------------------


def _show_evidence(edition: Edition, *, year: int, state: State) -> None:
    """One programme: each component's score opens into its evidence."""
    st.subheader(say("smart_city.page.evidence_heading"))
    item = choices.choose_programme(edition)
    scores = cache.result(evaluation, edition, year=year, state=state).scores.loc[item]
    subjects = {name: subject_of(item, year, name) for name in COMPONENTS}
    written = entries.kept(EntryKind.EVIDENCE, list(subjects.values()))
    for component in COMPONENTS:
        found = evidence_of(
            edition, item=item, year=year, component=component,
            entries=written.get(subjects[component], ()),
        )  # fmt: skip
        with st.expander(_component_words(component, scores[component])):
            _show_found(found)
    labels = {subjects[name]: say(f"smart_city.component.{name}") for name in COMPONENTS}
    entries.offer_form(
        edition, EntryKind.EVIDENCE, subjects=labels, label="smart_city.filter.component",
        with_proof=True,
    )  # fmt: skip


def _component_words(component: str, value: float) -> str:
    name = say(f"smart_city.component.{component}")
    if pd.isna(value):
        return say("smart_city.page.component_missing", component=name)
    return say(
        "smart_city.page.component_score", component=name, score=formatter().number(value, 2)
    )


def _show_found(found: tuple[Evidence, ...]) -> None:
    if not found:
        st.caption(say("smart_city.page.evidence_none"))
    for one in found:
        _show_one(one)


def _day_and_name(one: Evidence) -> list[str]:
    words = []
    if one.dated is not None:
        words.append(say("smart_city.page.evidence_dated", when=formatter().date(one.dated)))
    if one.entry is not None:
        when = formatter().date(one.entry.written_at.date())
        words.append(say("smart_city.page.evidence_by", who=one.recorded_by, when=when))
    elif one.recorded_by:
        words.append(say("smart_city.page.evidence_recorded", who=one.recorded_by))
    return words


def _show_one(one: Evidence) -> None:
    """What it is, of which day, who recorded it, and the way to it."""
    kind = say(f"smart_city.page.evidence_line_{one.kind}")
    st.markdown(f"{as_text(kind)}: **{as_text(one.title.in_language(language()))}**")
    if words := _day_and_name(one):
        st.caption(as_text(" · ".join(words)))
    if one.entry is not None:
        entries.offer_proof(one.entry)
    elif one.address.startswith(("http://", "https://")):
        st.link_button(say("smart_city.page.evidence_open"), one.address, type="tertiary")
