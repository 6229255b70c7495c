"""Efek acara: one event or window against other sites and the forecast; the calendar."""

from __future__ import annotations

import streamlit as st

from analytics.briefing.stamps import with_maker
from analytics.editions.edition import Edition
from analytics.tourism import effect_figures
from analytics.tourism.effect_data import (
    EffectChoice,
    choice_of,
    offered_events,
    offered_months,
    offered_sites,
)
from analytics.tourism.effect_report import course_report, effect_report, placebo_report
from analytics.tourism.event_calendar import calendar_report, past_events_report
from analytics.tourism.event_days import EventDays
from pages.tourism import choices
from pages.tourism.now import issued_for, run_of, series_of
from pages.ui import cache, filters
from pages.ui.figure import show_figure
from pages.ui.state import formatter, say

OWN = "own"
SITES_AT_MOST = 5


def show(edition: Edition, *, with_unverified: bool) -> None:
    """The effect first, then what is planned and what was."""
    choices.warn_if(with_unverified)
    choice = _choose(edition, with_unverified=with_unverified)
    if choice is None:
        with st.container(border=True):
            st.markdown(f"**{say('effects.page.heading')}**")
            st.write(say("effects.page.nothing_why"))
            st.write(say("effects.page.nothing_cure"))
    else:
        _show_effect(edition, choice)
    st.header(say("effects.page.calendar_heading"))
    asked = {"today": cache.today(), "with_unverified": with_unverified}
    ahead = cache.result(calendar_report, edition, **asked)
    past = cache.result(past_events_report, edition, **asked)
    show_figure(effect_figures.calendar_figure(edition, ahead), key="tourism_calendar", level=3)
    if not past.is_empty:
        show_figure(effect_figures.past_figure(edition, past), key="tourism_past", level=3)


def _show_effect(edition: Edition, choice: EffectChoice) -> None:
    is_single = len(choice.sites) == 1
    issued = issued_for(edition, choice.sites[0]) if is_single else None
    result = effect_report(edition, choice=choice, issued=issued)
    course = cache.result(course_report, edition, choice=choice)
    placebos = cache.result(placebo_report, edition, choice=choice)
    effect = with_maker(
        effect_figures.effect_figure(result), "tourism/effect", choice=choice,
        series=series_of(edition, choice.sites[0]) if is_single else "", **run_of(issued),
    )  # fmt: skip
    show_figure(effect, key="tourism_effect", height=180)
    show_figure(effect_figures.course_figure(edition, course), key="tourism_effect_course", level=3)
    if not placebos.is_empty:
        figure = effect_figures.placebo_figure(placebos)
        show_figure(figure, key="tourism_placebos", level=3, height=280)


def _choose(edition: Edition, *, with_unverified: bool) -> EffectChoice | None:
    """Event, else sites and window; None where no site has a month."""
    asked = {"with_unverified": with_unverified}
    sites = cache.result(offered_sites, edition, **asked)
    months = cache.result(offered_months, edition, **asked)
    if not sites or not months:
        return None
    held = {one.code: one for one in cache.result(offered_events, edition, **asked)}
    with filters.row("effects", visible=3) as row:
        event = filters.choose_one(
            "event", label="effects.filter.event", options=(*held, OWN), cell=row,
            words=lambda code: _words(held[code]) if code in held
            else say("effects.filter.own_window"),
        )  # fmt: skip
        if event in held:
            return choice_of(held[event], with_unverified=with_unverified)
        chosen = filters.choose_many(
            "effect_sites", label="effects.filter.sites", options=sites, default=sites[:1],
            words=edition.vocabulary.place_name, at_most=SITES_AT_MOST, at_least=1, cell=row,
        )  # fmt: skip
        first, last = filters.choose_span(
            "window", label="effects.filter.first", options=months,
            default=(months[-1], months[-1]), cell=row,
        )  # fmt: skip
    return EffectChoice(tuple(chosen), first, last, **asked)


def _words(event: EventDays) -> str:
    return f"{event.name}, {formatter().month(event.start)}"
