"""The form of the board's plan and the plans before it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from analytics.ledger.board import (
    LONGEST_WHAT,
    LONGEST_WHO,
    REFRESH_SECONDS,
    SECONDS,
    BoardPlan,
    KeptPlan,
    PlanRefused,
    SceneChoice,
    keep_plan,
)
from analytics.overview.board import SCENES, known_scenes
from analytics.overview.board_map import measure_code, weekly_measures
from analytics.overview.freshness import dataset_titles
from analytics.people.audit import Act
from analytics.people.rights import NotAllowed, Person, Right, require
from pages.board.plan import kept_plans, plan_in_force
from pages.ui import access, cache, region, state
from pages.ui.navigation import link_to
from pages.ui.plain_text import as_text
from pages.ui.state import formatter, language, say
from pages.ui.tables import show_table

LEAST_REFRESH_OFFERED = 10


def show() -> None:
    """Link to the board, the form, and what was set before."""
    st.title(say("board.page.heading"))
    st.caption(say("board.page.lead"))
    link_to("board", label=say("board.page.open"))
    st.caption(say("board.page.open_note"))
    plan = plan_in_force()
    person = access.who_is_asking()
    try:
        require(person, Right.SET_BOARD)
    except NotAllowed as refused:
        st.info(refused.words(language()))
    else:
        _show_form(plan, _choose_scenes(plan), person)
    _show_history(kept_plans())


def _scene_name(name: str) -> str:
    return say(f"board.scene.{name}")


def _choose_scenes(plan: BoardPlan) -> list[str]:
    """Outside the form, so that its fields follow the choice."""
    return st.multiselect(
        say("board.page.scenes"), SCENES, default=[one.name for one in known_scenes(plan)],
        format_func=_scene_name, key="board_chosen", placeholder=say("ui.filters.choose"),
    )  # fmt: skip


def _show_form(plan: BoardPlan, chosen: list[str], person: Person) -> None:
    with st.form("board_plan"):
        left, right = st.columns(2)
        with left:
            measure = _choose_measure(plan)
        refresh = right.number_input(
            say("board.page.refresh"), LEAST_REFRESH_OFFERED, REFRESH_SECONDS[-1],
            max(plan.refresh_seconds, LEAST_REFRESH_OFFERED), step=10, key="board_refresh",
        )  # fmt: skip
        st.markdown(f"## {say('board.page.actions')}")
        st.caption(say("board.page.actions_note"))
        before = {one.name: one for one in plan.scenes}
        scenes = tuple(_scene_fields(before.get(name, SceneChoice(name))) for name in chosen)
        owners = _choose_owners(plan)
        if st.form_submit_button(say("board.page.save"), key="board_save"):
            _keep(BoardPlan(scenes, int(refresh), measure, owners), person)


def _choose_measure(plan: BoardPlan) -> str:
    names = {
        measure_code(measure): measure.indicator.name.in_language(language())
        for _, measure in cache.result(weekly_measures, cache.edition())
    }
    options = ["", *names]
    return st.selectbox(
        say("board.page.measure"), options,
        index=options.index(plan.measure) if plan.measure in options else 0,
        format_func=lambda code: names.get(code, say("board.page.measure_weekly")),
        key="board_measure",
    )  # fmt: skip


def _choose_owners(plan: BoardPlan) -> dict[str, str]:
    """Who is to send each dataset; those left empty are not kept."""
    with st.expander(say("board.page.owners")):
        st.caption(say("board.page.owners_note"))
        cells = st.columns(2)
        typed = {
            name: cells[place % 2].text_input(
                title.in_language(language()), plan.owners.get(name, ""), max_chars=LONGEST_WHO,
                key=f"board_sender_{name}",
            )
            for place, (name, title) in enumerate(dataset_titles(cache.edition()).items())
        }  # fmt: skip
    return {name: who.strip() for name, who in typed.items() if who.strip()}


def _scene_fields(before: SceneChoice) -> SceneChoice:
    """One scene's time and action in a row of its own."""
    name = before.name
    st.markdown(f"**{_scene_name(name)}**")
    seconds, what, who, due = st.columns([1, 3, 2, 1.4])
    return SceneChoice(
        name=name,
        seconds=int(seconds.number_input(
            say("board.page.seconds"), SECONDS[0], SECONDS[-1], before.seconds, step=5,
            key=f"board_seconds_{name}",
        )),
        what=what.text_input(say("board.page.action_what"), before.what, max_chars=LONGEST_WHAT,
                             key=f"board_what_{name}"),
        who=who.text_input(say("board.page.action_who"), before.who, max_chars=LONGEST_WHO,
                           key=f"board_owner_{name}"),
        due=due.date_input(say("board.page.action_due"), before.due, format="DD/MM/YYYY",
                           key=f"board_due_{name}"),
    )  # fmt: skip


def _keep(plan: BoardPlan, person: Person) -> None:
    try:
        with cache.store(state.region()).engine.begin() as connection:
            keep_plan(connection, plan, who=person.signature, at=datetime.now(UTC))
    except PlanRefused as refused:
        st.error(say(f"board.refused.{refused.fault}"))
        return
    access.record(Act.SET_BOARD, who=person, object=", ".join(one.name for one in plan.scenes))
    st.success(say("board.page.saved"))


def _show_history(found: tuple[KeptPlan, ...]) -> None:
    st.header(say("board.page.history"))
    if not found:
        st.write(say("board.page.history_none"))
        return
    zone = ZoneInfo(str(region.facts(state.region())["timezone"]))
    table = pd.DataFrame(
        {
            say("board.page.history_when"): _moment(kept.saved_at.astimezone(zone)),
            say("board.page.history_who"): kept.saved_by,
            say("board.page.history_scenes"): ", ".join(
                _scene_name(one.name) for one in known_scenes(kept.plan)
            ),
        }
        for kept in found
    )
    show_table(table, label=as_text(say("board.page.history")), is_stacked=True)


def _moment(moment: datetime) -> str:
    return f"{formatter().date(moment.date())}, {moment:%H.%M}"
