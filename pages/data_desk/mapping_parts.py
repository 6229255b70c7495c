"""The mapping step: which column is what, tried at once; saved, renamed, taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from analytics.desk import saved_mappings
from analytics.desk.answers import HowToRead, SheetHead
from analytics.desk.mapping import (
    COLUMN_ROLES,
    CONSTANT_ROLES,
    MEASURE,
    Chosen,
    beginning_of,
    has_figures,
    header_of,
    headings_in,
    item_in,
    profile_of,
    said_before,
    said_twice,
    suggested,
)
from analytics.desk.uploads import HeldFile
from analytics.ingest.datasets import dataset_form
from analytics.ingest.profiles import Profile, read_profile
from analytics.ingest.region import Region
from analytics.ledger.desk import DeskRefused
from analytics.ledger.mapping_profiles import LONGEST_PROFILE_NAME, SavedProfile, saved_profiles
from analytics.people.audit import Act
from analytics.people.rights import NotAllowed, Person
from pages.data_desk import words
from pages.ui import access, cache
from pages.ui.plain_text import as_text
from pages.ui.state import formatter, language, region, say
from pages.ui.tables import show_table

PREVIEW_ROWS = 8
TOLD = "desk_mapping_told"


def tried_key(token: str, dataset: str) -> str:
    """The key under which the mapping stands that is being tried on a file for a dataset."""
    return f"tried_{token}_{dataset}"


def saved_key(token: str, dataset: str) -> str:
    """The key under which the name of the chosen saved mapping of a file stands."""
    return f"profile_{token}_{dataset}"


def by_hand_key(token: str) -> str:
    """The key of the switch that opens the mapping step over a file that was read."""
    return f"by_hand_{token}"


def use_saved(token: str, dataset: str, name: str) -> None:
    """The file is read by the saved mapping of that name, or by none, and by no other."""
    st.session_state[saved_key(token, dataset)] = name
    forget_tried(token, dataset)


def forget_tried(token: str, dataset: str) -> None:
    """The mapping that was tried is used no more."""
    st.session_state.pop(tried_key(token, dataset), None)


def offer(sheets: Sequence[SheetHead], file: HeldFile, how: HowToRead) -> None:
    """For a file that was read: to say that it is something else, or to go back from a mapping."""
    if not any(sheet.rows for sheet in sheets):
        return
    name = "change" if how.profile else "not_this"
    with st.container(horizontal=True, vertical_alignment="center", key="desk_by_hand"):
        opened = st.toggle(say(f"data_desk.map.{name}"), key=by_hand_key(file.token))
        if how.profile:
            st.button(
                say("data_desk.map.without"), key="desk_without_mapping", type="tertiary",
                icon=":material/undo:", on_click=use_saved, args=(file.token, how.dataset, ""),
            )  # fmt: skip
    if opened:
        show(sheets, file, how)


def show(sheets: Sequence[SheetHead], file: HeldFile, how: HowToRead) -> None:
    """Sheet and heading row, a role for each column, what holds for all; then it is tried."""
    in_force = words.region_in_force()
    before = read_profile(how.profile.encode(), name=file.name) if how.profile else None
    st.subheader(say("data_desk.map.heading"))
    st.write(say("data_desk.map.lead"))
    st.caption(as_text(say("data_desk.map.other", dataset=words.title_of(how.dataset))))
    key = f"{file.token}_{how.dataset}"
    at, likeliest = beginning_of(sheets, before)
    sheet = _choose_sheet(sheets, key, at)
    if not sheet.rows:
        return
    row = _choose_header(sheet, key, likeliest if sheet is sheets[at] else header_of(sheet.rows))
    _show_beginning(sheet)
    headings = headings_in(sheet.rows[row])
    chosen = _choose(headings, in_force, f"{key}_{sheet.sheet}_{row}", how.dataset, before)
    may_try = _may_try(chosen)
    profile = profile_of(how.dataset, chosen)
    st.button(
        say("data_desk.map.try"), key="desk_try", type="primary", disabled=not may_try,
        on_click=_try, args=(file.token, how.dataset, profile.as_json()),
    )  # fmt: skip


def _may_try(chosen: Chosen) -> bool:
    """Whether the mapping can be tried; what it lacks is told."""
    twice = said_twice(chosen)
    if not has_figures(chosen):
        st.caption(say("data_desk.map.no_figures"))
    if twice:
        roles = ", ".join(_role_words(role, words.region_in_force()) for role in twice)
        st.warning(as_text(say("data_desk.map.twice", roles=roles)))
    return has_figures(chosen) and not twice


def _try(token: str, dataset: str, content: str) -> None:
    st.session_state[saved_key(token, dataset)] = ""
    st.session_state[tried_key(token, dataset)] = content
    st.session_state[by_hand_key(token)] = False


def _choose_sheet(sheets: Sequence[SheetHead], key: str, likeliest: int) -> SheetHead:
    if len(sheets) == 1:
        return sheets[0]
    at = st.selectbox(
        say("data_desk.map.sheet"), range(len(sheets)), index=likeliest, key=f"sheet_{key}",
        format_func=lambda position: sheets[position].sheet,
    )  # fmt: skip
    return sheets[at]


def _choose_header(sheet: SheetHead, key: str, likeliest: int) -> int:
    return st.selectbox(
        say("data_desk.map.header"), range(len(sheet.rows)), index=likeliest,
        key=f"header_{key}_{sheet.sheet}",
        format_func=lambda at: f"{at + 1}: {' | '.join(c for c in sheet.rows[at] if c)[:90]}",
    )  # fmt: skip


def _show_beginning(sheet: SheetHead) -> None:
    """The first rows, each cell as text."""
    rows = sheet.rows[:PREVIEW_ROWS]
    width = max(len(row) for row in rows)
    table = pd.DataFrame([[*row, *[""] * (width - len(row))] for row in rows])
    numbered = table.set_axis([str(at + 1) for at in range(width)], axis="columns")
    numbered.insert(0, say("data_desk.column.row"), [str(at + 1) for at in range(len(rows))])
    show_table(numbered, label=say("data_desk.map.preview"), height=280)


def _choose(
    headings: Sequence[str], in_force: Region, key: str, dataset: str, before: Profile | None
) -> Chosen:
    """What each column is; at first as the mapping `before` says, else as the headings seem."""
    form = dataset_form(dataset)
    options = [*COLUMN_ROLES, *(f"{MEASURE}{code}" for code in form.indicators)]
    seem = (
        {heading: said_before(heading, before) for heading in headings}
        if before else suggested(headings, in_force, form)
    )  # fmt: skip
    roles: dict[str, str] = {}
    units: dict[str, str] = {}
    items: dict[str, str] = {}
    for at, heading in enumerate(headings):
        seems = seem[heading]
        key_of_role = f"role_{key}_{at}"
        is_measure = st.session_state.get(key_of_role, seems).startswith(MEASURE)
        left, *others = st.columns((2, 1, 1) if is_measure else 1)
        roles[heading] = left.selectbox(
            as_text(say("data_desk.map.column", heading=heading)), options,
            index=options.index(seems) if seems in options else 0, key=key_of_role,
            format_func=lambda role: _role_words(role, in_force),
        )  # fmt: skip
        if roles[heading].startswith(MEASURE):
            said = before.measures.get(heading, {}) if before else {}
            middle, right = others
            with middle:
                units[heading] = _choose_unit(heading, roles[heading], in_force, key, at, said)
            items[heading] = right.text_input(
                as_text(say("data_desk.map.item", heading=heading)), key=f"item_of_{key}_{at}",
                value=said.get("item", "") if before else item_in(heading, in_force),
                placeholder=say("data_desk.map.as_said"),
            )  # fmt: skip
    constants, is_zero_missing = _choose_constants(in_force, key, dataset, before)
    return Chosen(roles, units, constants, is_zero_missing, items)


def _choose_unit(
    heading: str, role: str, in_force: Region, key: str, at: int, said: Mapping[str, str]
) -> str:
    options = ["", *in_force.allowed_units.get(role.removeprefix(MEASURE), ())]
    usual = said.get("unit", "")
    return st.selectbox(
        as_text(say("data_desk.map.unit", heading=heading)), options,
        index=options.index(usual) if usual in options else 0, key=f"unit_{key}_{at}_{role}",
        format_func=lambda unit: unit or say("data_desk.map.as_said"),
    )  # fmt: skip


def _role_words(role: str, in_force: Region) -> str:
    if not role.startswith(MEASURE):
        return say(f"data_desk.role.{role}")
    table = in_force.tables["indicators"]
    rows = table.loc[table["indicator"] == role.removeprefix(MEASURE), f"name_{language()}"]
    name = rows.iloc[0] if len(rows) else role.removeprefix(MEASURE)
    return say("data_desk.role.measure", name=name)


def _choose_constants(
    in_force: Region, token: str, dataset: str, before: Profile | None
) -> tuple[dict[str, str], bool]:
    """What holds for the whole table, typed as in a file: names or codes."""
    st.caption(say("data_desk.map.constants"))
    named = in_force.tables["indicators"].set_index("indicator")[f"name_{language()}"]
    codes = [code for code in dataset_form(dataset).indicators if code in named.index]
    said = dict(before.constants) if before else {}
    found = {role: value for role, value in said.items() if role not in CONSTANT_ROLES}
    for cell, role in zip(_cells(len(CONSTANT_ROLES)), CONSTANT_ROLES, strict=True):
        key, label = f"constant_{token}_{role}", say(f"data_desk.role.{role}")
        if role == "indicator":
            found[role] = cell.selectbox(
                label, ["", *codes], key=key,
                index=codes.index(said[role]) + 1 if said.get(role) in codes else 0,
                format_func=lambda code: str(named[code]) if code else "–",
            )  # fmt: skip
        else:
            found[role] = cell.text_input(label, value=said.get(role, ""), key=key)
    is_zero_missing = bool(before and before.zero_is_missing)
    zero = st.checkbox(say("data_desk.map.zero"), value=is_zero_missing, key=f"zero_{token}")
    return found, zero


def _cells(n: int) -> list[st.delta_generator.DeltaGenerator]:
    cells = [cell for _ in range(0, n, 4) for cell in st.columns(4)]
    return cells[:n]


def show_save(person: Person, how: HowToRead) -> None:
    """The mapping in use: saved under a name, or taken away as JSON."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="desk_mapping"):
        name = st.text_input(
            say("data_desk.map.name"), max_chars=LONGEST_PROFILE_NAME, key="desk_mapping_name"
        )
        if st.button(say("data_desk.map.save"), key="desk_mapping_save"):
            _save(person, how, name)
        st.download_button(
            say("data_desk.map.download"), data=how.profile, file_name="pemetaan.json",
            mime="application/json", type="tertiary", key="desk_mapping_json", on_click="ignore",
        )  # fmt: skip


def _save(person: Person, how: HowToRead, name: str) -> None:
    try:
        kept = saved_mappings.save(cache.store(region()).engine, person, name=name,
                                   content=how.profile, now=datetime.now(UTC))  # fmt: skip
    except (NotAllowed, DeskRefused) as refused:
        st.error(refused.words(language()))
        return
    access.record(Act.SAVED_MAPPING, who=person, object=kept, dataset=how.dataset)
    st.success(as_text(say("data_desk.map.saved", name=kept)))


# Saved mappings


def show_saved(dataset: str) -> None:
    """The saved mappings of a dataset: what each says, another name for it, taking it away."""
    with cache.store(region()).engine.connect() as connection:
        saved = {one.name: one for one in saved_profiles(connection, dataset)}
    told = st.session_state.pop(TOLD, None)
    if told:
        (st.error if told[0] == "refused" else st.success)(as_text(told[1]))
    if not saved:
        return
    with st.expander(say("data_desk.map.list", n=formatter().number(len(saved), 0))):
        name = st.selectbox(say("data_desk.map.one"), list(saved), key=f"mapping_{dataset}")
        _describe(saved[name])
        new_name = st.text_input(
            say("data_desk.map.new_name"), max_chars=LONGEST_PROFILE_NAME,
            key=f"mapping_name_{dataset}",
        )  # fmt: skip
        with st.container(horizontal=True, key="desk_saved_mapping"):
            st.button(say("data_desk.map.rename"), key="desk_mapping_rename",
                      disabled=not new_name.strip(), on_click=_rename,
                      args=(dataset, name, new_name))  # fmt: skip
            st.button(say("data_desk.map.delete"), key="desk_mapping_delete",
                      icon=":material/delete:", on_click=_delete,
                      args=(dataset, name))  # fmt: skip
        st.caption(say("data_desk.map.delete_kept"))


def _describe(saved: SavedProfile) -> None:
    """Who saved it and when, and what its columns are."""
    told = say("data_desk.map.saved_by", who=saved.saved_by,
               when=formatter().date(saved.saved_at.date()))  # fmt: skip
    st.caption(as_text(told))
    profile, in_force = (
        read_profile(saved.content.encode(), name=saved.name),
        words.region_in_force(),
    )
    measures = {heading: f"{MEASURE}{one['indicator']}" for heading, one in
                profile.measures.items()}  # fmt: skip
    lines = [
        say("data_desk.map.line", heading=heading, role=_role_words(role, in_force))
        for heading, role in {**profile.columns, **measures}.items()
    ] + [
        say("data_desk.map.line_all", role=say(f"data_desk.role.{role}"), value=value)
        for role, value in profile.constants.items()
        if value
    ]
    st.markdown("\n".join(f"- {as_text(line)}" for line in lines))


def _rename(dataset: str, name: str, new_name: str) -> None:
    """In the name of who is asking now; what came of it is told on the next run."""
    person = access.who_is_asking()
    try:
        kept = saved_mappings.rename(
            cache.store(region()).engine, person, dataset=dataset, name=name, new_name=new_name,
            now=datetime.now(UTC),
        )  # fmt: skip
    except (NotAllowed, DeskRefused) as refused:
        st.session_state[TOLD] = ("refused", refused.words(language()))
        return
    access.record(Act.RENAMED_MAPPING, who=person, object=kept, dataset=dataset, before=name)
    st.session_state[f"mapping_{dataset}"] = kept
    st.session_state[f"mapping_name_{dataset}"] = ""
    st.session_state[TOLD] = ("done", say("data_desk.map.renamed", name=name, new_name=kept))


def _delete(dataset: str, name: str) -> None:
    person = access.who_is_asking()
    try:
        saved_mappings.delete(cache.store(region()).engine, person, dataset=dataset, name=name,
                              now=datetime.now(UTC))  # fmt: skip
    except (NotAllowed, DeskRefused) as refused:
        st.session_state[TOLD] = ("refused", refused.words(language()))
        return
    access.record(Act.DELETED_MAPPING, who=person, object=name, dataset=dataset)
    st.session_state.pop(f"mapping_{dataset}", None)
    st.session_state[TOLD] = ("done", say("data_desk.map.deleted", name=name))
