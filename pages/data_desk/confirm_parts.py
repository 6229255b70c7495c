"""Unverified figures: what waits at one place or in one year, and its confirmation."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from analytics.desk.answers import Refusal, Sure
from analytics.editions.confirmation import FITTING, Selection
from analytics.editions.confirmed import is_unverified
from analytics.editions.edition import Edition
from analytics.ledger.desk import LONGEST_WORDS
from analytics.people.rights import Person, Right, may
from pages.data_desk import words
from pages.ui import access, cache, filters, jobs
from pages.ui.plain_text import as_text
from pages.ui.state import formatter, language, region, say

ANY_PLACE, EVERY_YEAR = "-", 0
SHOWN_ROWS = 300
TOLD = "sure_told"


def show(person: Person) -> None:
    """What waits, the choice of one place or year, and for verifiers the confirmation."""
    st.write(say("data_desk.sure.lead"))
    if _is_confirming():
        return
    if TOLD in st.session_state:
        st.success(st.session_state[TOLD], icon=":material/verified:")
    edition = cache.edition()
    waiting = cache.result(waiting_by_dataset, edition)
    if not waiting:
        st.info(say("data_desk.sure.none"))
        return
    dataset = filters.choose_one(
        "waiting", label="data_desk.sure.dataset", options=list(waiting), words=words.title_of
    )
    place, year = _choose(waiting[dataset])
    if place == ANY_PLACE and year == EVERY_YEAR:
        st.info(say("data_desk.sure.too_much"))
        return
    rows = _chosen(waiting[dataset], place, year)
    _show_rows(rows)
    span = (date(year, 1, 1), date(year, 12, 31)) if year else (None, None)
    selection = Selection(dataset, "" if place == ANY_PLACE else place, *span)
    _show_confirming(person, selection, n=len(rows))


def waiting_by_dataset(edition: Edition) -> dict[str, pd.DataFrame]:
    """Unverified rows by dataset, datasets without any left out."""
    found = {}
    for name in edition.datasets:
        rows = edition.observations(name, with_unverified=True)
        waiting = rows[is_unverified(rows)]
        if len(waiting):
            found[name] = waiting.sort_values(["place", "period_start"], ignore_index=True)
    return found


def _choose(rows: pd.DataFrame) -> tuple[str, int]:
    labels = words.region_in_force().places.labels
    places = [code for code in rows["place"].unique() if code]
    left, right = st.columns(2)
    with left:
        place = filters.choose_one(
            "waiting_place", label="data_desk.sure.place", options=[*places, ANY_PLACE],
            words=lambda code: say("data_desk.sure.no_place") if code == ANY_PLACE
            else str(labels.get(code, code)),
        )  # fmt: skip
    mine = rows if place == ANY_PLACE else rows[rows["place"] == place]
    years = sorted({int(year) for year in mine["period_start"].dt.year.dropna()}, reverse=True)
    with right:
        year = filters.choose_one(
            "waiting_year", label="data_desk.sure.year", options=[*years, EVERY_YEAR],
            words=lambda number: str(number) if number else say("data_desk.sure.every"),
        )  # fmt: skip
    return place, year


def _chosen(rows: pd.DataFrame, place: str, year: int) -> pd.DataFrame:
    """The same rows that `unverified_rows` will find."""
    if place != ANY_PLACE:
        rows = rows[rows["place"] == place]
    if year:
        first, last = pd.Timestamp(year, 1, 1), pd.Timestamp(year, 12, 31)
        rows = rows[(rows["period_start"] >= first) & (rows["period_end"] <= last)]
    return rows


def _show_rows(rows: pd.DataFrame) -> None:
    st.markdown(f"**{say('data_desk.sure.rows', n=formatter().number(len(rows), 0))}**")
    few = rows.head(SHOWN_ROWS)
    told = few.assign(sheet="", row=few["source_row"], column="", is_refused=False)
    words.show_rows(told, words.region_in_force())


def _show_confirming(person: Person, selection: Selection, *, n: int) -> None:
    if not may(person, Right.CONFIRM_UNVERIFIED):
        st.caption(say("people.refused.confirm_unverified"))
        return
    status = st.selectbox(
        say("data_desk.sure.status"), FITTING, key="sure_status",
        format_func=lambda code: say(f"data_desk.sure.give.{code}"),
    )  # fmt: skip
    reason = st.text_input(say("data_desk.sure.reason"), max_chars=LONGEST_WORDS, key="sure_reason")
    st.button(
        say("data_desk.sure.go", n=formatter().number(n, 0)), key="sure_go", type="primary",
        disabled=not n or not reason.strip(), on_click=_begin, args=(selection, reason, status),
    )  # fmt: skip


def _key() -> str:
    """One confirmation at a time for each person and region."""
    return f"sure_{region()}_{access.who_is_asking().name}"


def _begin(selection: Selection, reason: str, status: str) -> None:
    """Starts the act in the name of who is asking now; the act checks the right itself."""
    st.session_state.pop(TOLD, None)
    jobs.forget(_key())
    jobs.start(_key(), "analytics.desk.acts:confirm_rows", region=region(), reason=reason,
               who=access.who_is_asking(), selection=selection, status=status)  # fmt: skip


def _is_confirming() -> bool:
    answer = jobs.answer(_key(), words.progress_words("data_desk.sure.working"))
    if isinstance(answer, Refusal):
        st.error(as_text(answer.words(language())))
    elif isinstance(answer, Sure):
        jobs.forget(_key())
        st.session_state[TOLD] = say(
            "data_desk.sure.done", batch=answer.batch_id, edition=answer.edition,
            n=formatter().number(answer.rows, 0),
        )  # fmt: skip
    return answer is None and jobs.is_known(_key())
