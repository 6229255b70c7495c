"""Views of the warnings page: cards with forms, history, ratio, rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from html import escape

import streamlit as st

from analytics.briefing.stamps import with_maker
from analytics.editions.edition import Edition
from analytics.ledger.warnings import (
    LONGEST_NOTE,
    Action,
    EventRefused,
    KeptWarning,
    WarningRun,
    add_event,
    by_person,
    kept_warnings,
)
from analytics.people.audit import Act
from analytics.people.rights import Right, may
from analytics.prices.feed_ratio import BreakEvenRule
from analytics.prices.ratio import (
    newest_rule,
    ratio_areas,
    ratio_course_figure,
    ratio_overview_figure,
)
from analytics.prices.warning_cards import (
    Card,
    State,
    look_sentence,
    noise_sentences,
    quiet_sentence,
    refusal_sentences,
    warning_figure,
)
from analytics.prices.warning_course import newest_price
from analytics.prices.warning_rules import Level
from pages.ui import access, cache, filters
from pages.ui.figure import show_figure
from pages.ui.plain_text import as_text
from pages.ui.state import formatter, language, region, say
from pages.ui.warning_list import cards, chip, kept

VIEWS = ("cards", "history", "ratio", "rules")
ALL = "all"
CARDS_AT_FIRST = 10
COURSE_PX = 260
HIGHEST_IDR, MOST_FEED_KG = 200_000, 1_000
RULES = (
    "alps", "down", "anomaly", "limits", "break_even", "jump", "volatile", "entry", "own",
)  # fmt: skip


def show(edition: Edition) -> None:
    """The heading says how many are open; then the chosen view."""
    warnings, run = kept()
    every = cards(edition, warnings)
    _show_heading(every, run)
    view = filters.choose_view(
        "part", label="warnings.filter.view", options=VIEWS, hides_label=True,
        words=lambda code: say(f"warnings.view.{code}"),
    )  # fmt: skip
    SHOW[view](edition, every, run)


def _show_heading(found: Sequence[Card], run: WarningRun | None) -> None:
    if found:
        st.title(say("warnings.page.open_count", count=len(found), n=len(found)))
    else:
        st.title(say("warnings.page.title"))
    st.caption(say("warnings.page.lead"))
    if run is not None:
        st.caption(_words(look_sentence(run)))
    if found and not access.may_do(Right.ANSWER_WARNINGS):
        st.caption(say("warnings.page.only_signed_in"))


def _words(statement: object) -> str:
    return as_text(statement.words(language()))  # type: ignore[attr-defined]


# Cards


def show_cards(edition: Edition, every: Sequence[Card], run: WarningRun | None) -> None:
    """The open ones, filtered; below them what was held back as noise."""
    if every:
        _show_page_of(edition, _filtered(every))
    else:
        _show_none(run)
    if run is not None:
        _show_noise(edition, run)
        _show_refusals(run)


def show_history(edition: Edition, _open: Sequence[Card], _run: WarningRun | None) -> None:
    """The closed ones with the price before and after."""
    with cache.store(region()).engine.connect() as connection:
        found = cards(edition, kept_warnings(connection, is_open=False))
    if found:
        _show_page_of(edition, _filtered(found))
        return
    _show_box(say("warnings.empty.history"), [say("warnings.empty.history_cure")])


def _filtered(found: Sequence[Card]) -> Sequence[Card]:
    levels = {card.level.value for card in found}
    offices = {card.office.code: card.office.name for card in found if card.office}
    kinds = {card.kept.raised.kind: card.kind for card in found}
    with filters.row("warnings", visible=3) as row:
        level = _choose("urgency", "level", [one.value for one in Level if one.value in levels],
                        lambda code: say(f"warnings.level.{code}"), row)  # fmt: skip
        kind = _choose("alarm", "kind", sorted(kinds), lambda code: say(f"warnings.kind.{code}"),
                       row)  # fmt: skip
        office = _choose("office", "office", sorted(offices),
                         lambda code: offices[code].in_language(language()), row)  # fmt: skip
    return [
        card
        for card in found
        if level in (ALL, card.level.value)
        and kind in (ALL, card.kept.raised.kind)
        and (office == ALL or (card.office is not None and card.office.code == office))
    ]


def _choose(
    name: str, label: str, codes: Sequence[str], words: Callable[[str], str], row: filters.Row
) -> str:
    return filters.choose_one(
        name, label=f"warnings.filter.{label}", options=(ALL, *codes), default=ALL, cell=row,
        words=lambda code: say("warnings.filter.all") if code == ALL else words(code),
    )  # fmt: skip


def _show_page_of(edition: Edition, found: Sequence[Card]) -> None:
    """The first cards, and a button for the next ones."""
    if not found:
        _show_box(say("warnings.page.filtered_none"), [say("warnings.page.filtered_none_cure")])
        return
    shown = st.session_state.setdefault("warning_cards_shown", CARDS_AT_FIRST)
    for card in found[:shown]:
        show_card(edition, card)
    rest = min(CARDS_AT_FIRST, len(found) - shown)
    if rest > 0:
        st.button(say("warnings.page.more", count=rest), on_click=_show_more, key="warnings_more")


def _show_more() -> None:
    st.session_state["warning_cards_shown"] += CARDS_AT_FIRST


def _show_none(run: WarningRun | None) -> None:
    """Why there is no card: nobody looked, nothing could be judged, or all is quiet."""
    cure = as_text(say("warnings.empty.never_cure")) if run is None else _words(look_sentence(run))
    _show_box(_words(quiet_sentence(run)), [cure])


def _show_box(first: str, others: Sequence[str]) -> None:
    with st.container(border=True):
        st.markdown(f"**{first}**")
        for words in others:
            st.write(words)


def show_card(edition: Edition, card: Card) -> None:
    """What, since when, how unusual, what follows, who, until when, how it ends, what was done."""
    with st.container(border=True, key=f"warning_{card.number}"):
        state = escape(say(f"warnings.state.{card.state.value}"))
        st.html(f"<div class='warning-head'>{chip(card)} <span>{state}</span></div>")
        st.markdown(f"**{_words(card.what)}**")
        st.markdown(" ".join(_words(sentence) for sentence in card.sentences))
        _show_duty(card)
        _show_history(card)
        with st.container(horizontal=True, vertical_alignment="center"):
            has_course = st.toggle(say("warnings.card.course"), key=f"course_{card.number}")
            if card.state is not State.CLOSED and access.may_do(Right.ANSWER_WARNINGS):
                with st.popover(say("warnings.card.act"), key=f"act_{card.number}"):
                    _show_form(edition, card.kept)
        if has_course or card.before_after is not None:
            figure = warning_figure(edition, card.kept, today=cache.today())
            figure = with_maker(figure, "prices/warning", number=card.number)
            show_figure(figure, key=f"warning_course_{card.number}", height=COURSE_PX, level=4)


def _show_duty(card: Card) -> None:
    """Office, deadline and exit rule in small print."""
    office = (
        say("warnings.card.office", office=card.office.name.in_language(language()))
        if card.office
        else say("warnings.card.no_office")
    )
    due = "late" if card.is_late else "deadline"
    deadline = say(f"warnings.card.{due}", date=formatter().date(card.deadline))
    run = card.kept.run
    raised = say("warnings.card.raised", date=formatter().date(run.as_of), edition=run.edition)
    number = say("warnings.card.number", number=card.number)
    parts = [office, raised, number] if card.state is State.CLOSED else [office, deadline, raised,
                                                                         number]  # fmt: skip
    st.markdown(as_text(" · ".join(parts)))
    source = say("ui.figure.source", source=card.source.short_publisher)
    note = card.office.note.in_language(language()) if card.office else ""
    rule = card.exit_rule.words(language()) if card.state is not State.CLOSED else ""
    st.caption(as_text(" ".join(part for part in (f"{source}.", note, rule) if part)))


def _show_history(card: Card) -> None:
    """What was done, in the words of those who did it; then the price before and after."""
    for sentence, note in card.history:
        st.markdown(f"- {_words(sentence)} {as_text(note)}")
    if card.before_after is not None:
        st.markdown(f"**{_words(card.before_after)}**")


# What people do


def _show_form(edition: Edition, warning: KeptWarning) -> None:
    number = warning.warning_id
    with st.form(f"warning_form_{number}", clear_on_submit=False):
        action = st.radio(
            say("warnings.action.what"),
            (Action.ACKNOWLEDGED, Action.ACTED, Action.CLOSED),
            format_func=lambda one: say(f"warnings.action.{one.value}"),
            key=f"action_{number}",
        )
        note = st.text_area(
            say("warnings.action.note"), max_chars=LONGEST_NOTE, key=f"note_{number}"
        )
        st.caption(as_text(say("warnings.page.name_note", name=access.who_is_asking().signature)))
        is_sent = st.form_submit_button(say("warnings.action.send"), key=f"send_{number}")
    if is_sent:
        _keep(edition, warning, action, note=note)


def _keep(edition: Edition, warning: KeptWarning, action: Action, *, note: str) -> None:
    """Keeps what a person did with the newest price; says why when it cannot be kept."""
    person = access.who_is_asking()
    if not may(person, Right.ANSWER_WARNINGS):
        st.error(say("people.refused.answer_warnings"))
        return
    raised = warning.raised
    price, day = newest_price(
        edition, raised.series, kind=raised.kind, freq=raised.freq, today=cache.today()
    )
    try:
        event = by_person(
            action, who=person.signature, note=note, at=datetime.now(UTC), price=price, observed=day
        )
        with cache.store(region()).engine.begin() as connection:
            add_event(connection, warning.warning_id, event)
    except EventRefused as refused:
        st.error(say(f"warnings.refused.{refused.reason}"))
        return
    number = str(warning.warning_id)
    access.record(Act.ANSWERED_WARNING, who=person, object=f"warning {number}", action=action.value)
    st.toast(say("warnings.action.kept"))
    st.rerun()


# What was seen and not raised


def _show_noise(edition: Edition, run: WarningRun) -> None:
    st.header(say("warnings.page.noise_heading"))
    found = noise_sentences(edition, run)
    if not found:
        st.write(say("warnings.page.noise_none"))
        return
    st.caption(say("warnings.page.noise_lead"))
    st.markdown("\n".join(f"- {_words(sentence)}" for sentence in found))


def _show_refusals(run: WarningRun) -> None:
    found = refusal_sentences(run)
    if not found:
        return
    with st.expander(say("warnings.page.judged_heading")):
        st.markdown("\n".join(f"- {_words(sentence)}" for sentence in found))


# Ratio and rules


def show_ratio(edition: Edition, _every: Sequence[Card], _run: WarningRun | None) -> None:
    """Each kecamatan's newest week, and one kecamatan by week beside the break-even line."""
    areas = cache.result(ratio_areas, edition)
    if not areas:
        show_figure(ratio_overview_figure(edition, today=cache.today()), key="ratio_none")
        return
    names = {code: edition.vocabulary.area_name(code) for code in areas}
    with filters.row("ratio", visible=2) as row:
        area = filters.choose_one(
            "ratio_area", label="warnings.filter.area", options=areas,
            words=names.__getitem__, cell=row,
        )  # fmt: skip
        with filters.more(key="ratio", cell=row):
            adjusted = _choose_rule(edition)
    course = cache.result(ratio_course_figure, edition, area=area, adjusted=adjusted)
    show_figure(course, key="ratio_course")
    overview = cache.result(ratio_overview_figure, edition, today=cache.today(), adjusted=adjusted)
    show_figure(overview, key="ratio_overview", level=3)


def _choose_rule(edition: Edition) -> BreakEvenRule | None:
    """The rule's numbers, to be changed on the page; None as long as they are the pack's."""
    dated = newest_rule(edition)
    assert dated is not None
    own = dated.rule
    fixed = filters.number(
        "fixed", label="warnings.filter.fixed", default=round(own.fixed_idr_per_kg),
        low=0, high=HIGHEST_IDR,
    )  # fmt: skip
    feed = filters.number(
        "feed_kg", label="warnings.filter.feed_kg", default=round(100 * own.feed_kg_per_kg),
        low=0, high=MOST_FEED_KG,
    )  # fmt: skip
    above = filters.number(
        "feed_above", label="warnings.filter.feed_above",
        default=round(own.feed_above_idr_per_kg), low=0, high=HIGHEST_IDR,
    )  # fmt: skip
    chosen = BreakEvenRule(float(fixed), feed / 100.0, float(above))
    return None if chosen == own else chosen


def show_rules(_edition: Edition, _every: Sequence[Card], run: WarningRun | None) -> None:
    """The rules in words, and what they could not judge."""
    st.header(say("warnings.rules.title"))
    st.markdown("\n".join(f"- {as_text(say(f'warnings.rules.{name}'))}" for name in RULES))
    if run is not None:
        _show_refusals(run)


Show = Callable[[Edition, Sequence[Card], WarningRun | None], None]
SHOW: Mapping[str, Show] = {
    "cards": show_cards,
    "history": show_history,
    "ratio": show_ratio,
    "rules": show_rules,
}
