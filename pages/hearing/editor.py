"""Putting a briefing together: outline, cover, sections, parts; files; freezing."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from analytics.briefing import arrange
from analytics.briefing.draft import (
    Draft,
    DraftPart,
    DraftQuestion,
    as_plain,
    draft_from,
    outline_names,
    read_outline,
)
from analytics.briefing.making import BadRecipe
from analytics.briefing.model import Briefing, Exhibit, Gap, Grid, Listing, Part, Passage
from analytics.briefing.order import in_order
from analytics.briefing.writers import ALL
from analytics.editions.edition import Edition
from analytics.figures.charts import chart_spec
from analytics.figures.result import Label
from analytics.jobs.render import JobFailed, run_job
from analytics.ledger.snapshots import save_draft, saved_drafts
from analytics.people.audit import Act
from analytics.people.rights import NotAllowed, Person, Right, require
from analytics.publishing.tables import file_name
from pages.hearing import frozen, order_list
from pages.hearing.office import document, file_kind, office
from pages.hearing.stories import story_address
from pages.ui import access, cart
from pages.ui.downloads import MIME
from pages.ui.figure import draw_spec
from pages.ui.plain_text import as_text
from pages.ui.state import language, say, settings, theme, to_address

OPENED = "briefing_opened"
VERSION = "briefing_version"
SAVED = "saved:"
FIRST_OFFERED = "lkpj-pertanian"
CHART_PX = 240
NEW_PARTS = ("text", "list", "targets", "budget", "follow_up")


def show(edition: Edition) -> None:
    """The editor, from the outline to the files."""
    _choose_start()
    draft = cart.draft()
    try:
        with st.spinner(say("briefing.page.building"), show_time=False):
            briefing = document(draft, edition)
    except BadRecipe as error:
        st.error(say("briefing.page.bad_recipe", why=str(error)))
        return
    _show_cover(draft)
    _show_content(draft, briefing)
    if not draft.sections:
        st.info(say("briefing.page.empty"))
    _show_files(draft, briefing, edition)
    _show_keeping(draft, briefing, edition)


# Where to start --------------------------------------------------------------------------------


def _choose_start() -> None:
    """Outlines and saved briefings; taking one up replaces what is there."""
    saved = _saved()
    options = [*outline_names(), *(f"{SAVED}{name}" for name in saved)]
    start = options.index(FIRST_OFFERED) if FIRST_OFFERED in options else 0
    with st.container(horizontal=True, vertical_alignment="bottom", key="briefing_start"):
        chosen = st.selectbox(
            say("briefing.page.start"), options, index=start, key="briefing_outline",
            format_func=_start_words,
        )  # fmt: skip
        st.button(
            say("briefing.page.take_up"), key="briefing_take_up", on_click=_take_up,
            args=(chosen, saved),
        )  # fmt: skip


def _start_words(option: str) -> str:
    if option.startswith(SAVED):
        return say("briefing.page.saved_as", name=option.removeprefix(SAVED))
    return say(f"briefing.outline.{option}")


def _take_up(option: str, saved: dict[str, str]) -> None:
    if option.startswith(SAVED):
        _put(draft_from(json.loads(saved[option.removeprefix(SAVED)])))
    else:
        _put(read_outline(option))


def _saved() -> dict[str, str]:
    with office().store.engine.connect() as connection:
        return dict(saved_drafts(connection))


def _put(draft: Draft, opened: tuple[int, int] | None = None) -> None:
    """Takes a briefing of another shape over: fields of before belong to other parts."""
    cart.put(draft)
    st.session_state[VERSION] = st.session_state.get(VERSION, 0) + 1
    st.session_state[OPENED] = opened


def _key(*parts: object) -> str:
    return "_".join(["briefing", str(st.session_state.get(VERSION, 0)), *map(str, parts)])


# Cover -----------------------------------------------------------------------------------------


def _show_cover(draft: Draft) -> None:
    region = office().store.region
    with st.expander(say("briefing.page.cover"), key=_key("cover", region)):
        for name in ("title", "office", "hearing", "place"):
            _field(
                say(f"briefing.page.field.{name}"), getattr(draft, name).in_language(language()),
                _key(name), partial(_set_cover, name),
            )  # fmt: skip
        _field(say("briefing.page.field.prepared_by"), draft.prepared_by, _key("prepared_by"),
               _set_prepared_by)  # fmt: skip
        day = st.date_input(
            say("briefing.page.field.day"), value=draft.day, format="DD/MM/YYYY", key=_key("day")
        )
        if day != draft.day:
            cart.put(replace(draft, day=day))
            st.rerun()
        lines = "\n".join(each.in_language(language()) for each in draft.legal_basis)
        _field(say("briefing.page.field.legal_basis"), lines, _key("legal"), _set_legal, rows=3)


def _field(label: str, value: str, key: str, take: Callable[[str], None], *, rows: int = 1) -> None:
    """A field whose words are taken over when they change."""
    widget = st.text_input if rows == 1 else partial(st.text_area, height=40 + 26 * rows)
    typed = widget(label, value=value, key=key)  # type: ignore[operator]
    if typed is not None and typed != value:
        take(typed)
        st.rerun()


def _both(words: str) -> Label:
    return Label(words, words)


def _set_cover(name: str, words: str) -> None:
    cart.put(replace(cart.draft(), **{name: _both(words)}))


def _set_prepared_by(words: str) -> None:
    cart.put(replace(cart.draft(), prepared_by=words))


def _set_legal(words: str) -> None:
    lines = tuple(_both(line.strip()) for line in words.splitlines() if line.strip())
    cart.put(replace(cart.draft(), legal_basis=lines))


# Sections and parts ----------------------------------------------------------------------------


def _show_content(draft: Draft, briefing: Briefing) -> None:
    """The order beside the sections; on a telephone above them."""
    if not draft.sections:
        _offer_section(draft)
        return
    left, right = st.columns([2, 3], gap="medium")
    with left.container(key="briefing_order"):
        st.header(say("briefing.page.order.title"))
        order_list.show(draft, briefing, _put_in_order)
    with right:
        for number in range(len(draft.sections)):
            _show_section(draft, briefing, number)
        _offer_section(draft)


def _put_in_order(names: Sequence[str]) -> None:
    _put(in_order(cart.draft(), names))


def _show_section(draft: Draft, briefing: Briefing, number: int) -> None:
    section, built = draft.sections[number], briefing.sections[number]
    with st.container(border=True, key=_key("section", number)):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            _field(
                say("briefing.page.section", n=number + 1),
                section.heading.in_language(language()),
                _key("heading", number), partial(_set_heading, number),
            )  # fmt: skip
            _remover(
                _key("section", number),
                lambda: _put(arrange.without_section(cart.draft(), number)),
            )
        for position in range(len(section.parts)):
            _show_part(draft, built.parts[position], number, position)
        _offer_part(number)


def _set_heading(number: int, words: str) -> None:
    cart.put(arrange.with_heading(cart.draft(), number, _both(words)))


def _remover(key: str, remove: Callable[[], None]) -> None:
    st.button(
        say("briefing.page.remove"), icon=":material/delete:", key=f"{key}_remove",
        on_click=remove, type="tertiary",
    )  # fmt: skip


def _show_part(draft: Draft, built: Part, number: int, position: int) -> None:
    parts = draft.sections[number].parts
    place = (number, position)
    is_open = st.session_state.get(OPENED) == place
    left, right = st.columns([3, 2], vertical_alignment="center")
    left.markdown(_part_words(built))
    with right.container(horizontal=True, key=_key("part", *place)):
        st.button(
            say(f"briefing.page.{'close' if is_open else 'edit'}"), key=_key("open", *place),
            icon=":material/edit:", type="tertiary", on_click=_open,
            args=(None if is_open else place,),
        )  # fmt: skip
        _remover(_key("part", *place), lambda: _put(arrange.without_part(cart.draft(), place)))
    if is_open:
        with st.container(border=True, key=_key("opened", *place)):
            _edit_part(parts[position], built, place)


def _open(place: tuple[int, int] | None) -> None:
    st.session_state[OPENED] = place


def _part_words(built: Part) -> str:
    """One line: the figure's number and heading, or what else stands there."""
    if isinstance(built, Exhibit):
        return say("briefing.page.exhibit", number=built.number, heading=as_text(built.heading))
    if isinstance(built, Gap):
        reason = as_text(built.reason)
        return say("briefing.page.blank", heading=as_text(built.heading), reason=reason)
    if isinstance(built, Passage):
        return as_text(built.text[:120]) or say("briefing.part.text")
    heading = built.heading if isinstance(built, Grid | Listing) else ""
    return as_text(heading) or say("briefing.part.list")


def _edit_part(part: DraftPart, built: Part, place: tuple[int, int]) -> None:
    if isinstance(built, Exhibit):
        _show_exhibit(built)
    if part.kind != "text":
        default = built.heading if isinstance(built, Exhibit | Gap | Grid | Listing) else ""
        _part_field("heading", part.heading.in_language(language()) or default, place)
    if part.kind == "text":
        _part_field("text", part.text.in_language(language()), place, rows=6)
    if part.kind == "list":
        _edit_list(part, place)
    if part.kind == "follow_up":
        _edit_pairs(part.questions or (), place, ("recommendation", "done"))
    if part.kind == "figure":
        notes = part.notes.in_language(language())
        drafted = built.notes if isinstance(built, Exhibit) else ""
        _part_field("notes", notes or drafted, place, rows=5)
        st.caption(say("briefing.page.questions_lead"))
        _edit_pairs(_questions(part, built), place, ("question", "answer"))
        _edit_confirmation(part, built, place)


def _show_exhibit(built: Exhibit) -> None:
    """The figure small, with its sentence, so that it is known what is spoken of."""
    spec = chart_spec(built.figure, language=language(), theme=theme(), height=CHART_PX)
    if spec is not None:
        draw_spec(spec, key=_key("chart", built.number))
    if built.sentence:
        st.markdown(as_text(built.sentence))
    st.caption(built.source)


def _part_field(name: str, value: str, place: tuple[int, int], *, rows: int = 1) -> None:
    _field(
        say(f"briefing.page.field.{name}"), value, _key(name, *place),
        lambda words: _change(place, **{name: _both(words)}), rows=rows,
    )  # fmt: skip


def _change(place: tuple[int, int], **changes: Any) -> None:
    cart.put(arrange.with_part(cart.draft(), place, **changes))


def _edit_list(part: DraftPart, place: tuple[int, int]) -> None:
    lines = "\n".join(item.in_language(language()) for item in part.items)

    def take(words: str) -> None:
        items = tuple(_both(line.strip()) for line in words.splitlines() if line.strip())
        _change(place, items=items)

    _field(say("briefing.page.field.items"), lines, _key("items", *place), take, rows=6)


def _questions(part: DraftPart, built: Part) -> tuple[DraftQuestion, ...]:
    if part.questions is not None or not isinstance(built, Exhibit):
        return part.questions or ()
    return tuple(DraftQuestion(_both(q.question), _both(q.answer)) for q in built.questions)


def _edit_pairs(
    pairs: tuple[DraftQuestion, ...], place: tuple[int, int], names: tuple[str, str]
) -> None:
    """Questions with answers, or recommendations with what was done, as a small table."""
    key = _key("pairs", *place)
    headings = [say(f"briefing.page.field.{name}") for name in names]
    rows = [[each.question.in_language(language()), each.answer.in_language(language())]
            for each in pairs]  # fmt: skip
    first = st.session_state.setdefault(f"{key}_first", rows)
    table = pd.DataFrame(first, columns=headings, dtype=str)
    edited = st.data_editor(table, key=key, num_rows="dynamic", hide_index=True, width="stretch")
    typed = [[str(cell or "").strip() for cell in row] for row in edited.fillna("").to_numpy()]
    typed = [row for row in typed if any(row)]
    if typed != rows:
        _change(place, questions=tuple(DraftQuestion(_both(q), _both(a)) for q, a in typed))
        st.rerun()


def _edit_confirmation(part: DraftPart, built: Part, place: tuple[int, int]) -> None:
    """Who takes unverified numbers in, and why: only where there are any."""
    is_waiting = isinstance(built, Gap) and built.reason == say("briefing.confirmation.missing")
    if not (is_waiting or part.confirmed_by):
        return
    st.warning(say("briefing.confirmation.cure"))
    for name in ("confirmed_by", "confirmed_why"):
        _field(
            say(f"briefing.page.field.{name}"), getattr(part, name), _key(name, *place),
            lambda words, name=name: _change(place, **{name: words}),  # type: ignore[misc]
        )  # fmt: skip


def _offer_part(number: int) -> None:
    fold = st.popover(
        say("briefing.page.add_part"), icon=":material/add:", type="tertiary",
        key=_key("new", number), on_change="rerun",
    )  # fmt: skip
    if not fold.open:
        return
    with fold:
        for kind in NEW_PARTS:
            st.button(
                say(f"briefing.part.{kind}"), key=_key("new", number, kind), type="tertiary",
                on_click=lambda kind=kind: _put(  # type: ignore[misc]
                    arrange.with_new_part(cart.draft(), number, kind)
                ),
            )  # fmt: skip


def _offer_section(draft: Draft) -> None:
    st.button(
        say("briefing.page.new_section"), key="briefing_new_section", icon=":material/add:",
        on_click=lambda: _put(arrange.with_new_section(draft)),
    )  # fmt: skip


# Files, saving, freezing -----------------------------------------------------------------------


def _show_files(draft: Draft, briefing: Briefing, edition: Edition) -> None:
    st.header(say("briefing.page.files"))
    told = say("briefing.page.counts", figures=len(briefing.exhibits), blanks=len(briefing.gaps))
    st.caption(told)
    with st.container(horizontal=True, key="briefing_files"):
        st.link_button(
            say("briefing.page.open_story"), story_address(draft, edition, language=language()),
            type="primary", icon=":material/slideshow:", help=say("briefing.page.story_help"),
        )  # fmt: skip
        for suffix in ALL:
            st.download_button(
                file_kind(suffix),
                data=partial(_file, draft, edition, suffix, language()),
                file_name=briefing_file_name(draft, edition, suffix),
                mime=MIME[suffix.rpartition(".")[2]],
                key=f"briefing_file_{suffix}",
                on_click="ignore",
                help=say("briefing.page.file_help"),
            )


def briefing_file_name(draft: Draft, edition: Edition, suffix: str) -> str:
    """`blitar_lkpj-pertanian_e3.pptx`, marked where the region is for training."""
    stamp = edition.stamp
    stem = f"{stamp.region}_{draft.name or 'paparan'}_e{stamp.number}"
    return file_name(stem, suffix=suffix, is_training=stamp.is_training)


def _file(draft: Draft, edition: Edition, suffix: str, words: str) -> bytes:
    content: bytes = run_job(
        "analytics.jobs.briefings:briefing_file",
        region=edition.stamp.region, edition=edition.stamp.number, draft=_json(draft),
        language=words, suffix=suffix,
    )  # fmt: skip
    return content


def _json(draft: Draft) -> str:
    return json.dumps(as_plain(draft), ensure_ascii=False)


def _show_keeping(draft: Draft, briefing: Briefing, edition: Edition) -> None:
    st.header(say("briefing.page.keep"))
    person = access.who_is_asking()
    try:
        require(person, Right.KEEP_BRIEFINGS)
    except NotAllowed as refused:
        st.info(refused.words(language()))
        return
    left, right = st.columns(2, gap="large")
    with left:
        name = st.text_input(say("briefing.page.save_name"), key="briefing_name", max_chars=64)
        if st.button(say("briefing.page.save"), key="briefing_save", icon=":material/save:"):
            _save(draft, name.strip(), person)
    with right:
        st.caption(say("briefing.page.freeze_lead", edition=edition.stamp.number))
        if st.button(say("briefing.page.freeze"), key="briefing_freeze", icon=":material/ac_unit:"):
            _freeze(draft, briefing, edition, person)


def _save(draft: Draft, name: str, person: Person) -> None:
    if not name:
        st.error(say("briefing.page.name_needed"))
        return
    with office().store.engine.begin() as connection:
        save_draft(
            connection, name, _json(replace(draft, name=name)), saved_by=person.signature,
            saved_at=datetime.now(UTC),
        )  # fmt: skip
    access.record(Act.SAVED_BRIEFING, who=person, object=name)
    st.success(say("briefing.page.saved", name=name))


def _freeze(draft: Draft, briefing: Briefing, edition: Edition, person: Person) -> None:
    if not briefing.exhibits:
        st.error(say("briefing.command.nothing"))
        return
    try:
        with st.spinner(say("briefing.page.freezing")):
            snapshot: str = run_job(
                "analytics.jobs.briefings:freeze_briefing",
                region=edition.stamp.region, edition=edition.stamp.number, draft=_json(draft),
                language=language(), created_by=person.signature,
                address=frozen.address(settings()),
            )  # fmt: skip
    except JobFailed as error:
        st.error(say("briefing.page.freeze_failed", why=str(error)))
        return
    access.record(Act.FROZE_BRIEFING, who=person, object=snapshot)
    to_address(**{frozen.ADDRESS: snapshot})
    st.rerun()
