"""The mapping step: which column is what, tried at once, saved under a name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from analytics.desk.answers import HowToRead, SheetHead
from analytics.desk.mapping import (
    COLUMN_ROLES,
    CONSTANT_ROLES,
    MEASURE,
    Chosen,
    has_figures,
    header_of,
    headings_in,
    profile_of,
    suggested,
)
from analytics.desk.uploads import HeldFile
from analytics.ingest.datasets import dataset_form
from analytics.ingest.region import Region
from analytics.ledger.desk import DeskRefused
from analytics.ledger.mapping_profiles import LONGEST_PROFILE_NAME, SavedProfile, save_profile
from analytics.people.audit import Act
from analytics.people.rights import NotAllowed, Person, Right, require
from pages.data_desk import words
from pages.ui import access, cache
from pages.ui.plain_text import as_text
from pages.ui.state import language, region, say
from pages.ui.tables import show_table

PREVIEW_ROWS = 8


def tried_key(token: str) -> str:
    """The key under which the mapping stands that is being tried on a file."""
    return f"tried_{token}"


def show(sheets: Sequence[SheetHead], file: HeldFile, how: HowToRead) -> None:
    """Sheet and heading row, a role for each column, what holds for all; then it is tried."""
    in_force = words.region_in_force()
    st.subheader(say("data_desk.map.heading"))
    st.write(say("data_desk.map.lead"))
    sheet = _choose_sheet(sheets, file.token)
    if not sheet.rows:
        return
    row = _choose_header(sheet, file.token)
    _show_beginning(sheet)
    chosen = _choose(headings_in(sheet.rows[row]), in_force, file.token, how.dataset)
    if not has_figures(chosen):
        st.caption(say("data_desk.map.no_figures"))
    profile = profile_of(how.dataset, chosen)
    st.button(
        say("data_desk.map.try"), key="desk_try", type="primary", disabled=not has_figures(chosen),
        on_click=_try, args=(file.token, profile.as_json()),
    )  # fmt: skip


def _try(token: str, content: str) -> None:
    st.session_state[tried_key(token)] = content


def _choose_sheet(sheets: Sequence[SheetHead], token: str) -> SheetHead:
    if len(sheets) == 1:
        return sheets[0]
    at = st.selectbox(
        say("data_desk.map.sheet"), range(len(sheets)), key=f"sheet_{token}",
        format_func=lambda position: sheets[position].sheet,
    )  # fmt: skip
    return sheets[at]


def _choose_header(sheet: SheetHead, token: str) -> int:
    return st.selectbox(
        say("data_desk.map.header"), range(len(sheet.rows)), index=header_of(sheet.rows),
        key=f"header_{token}_{sheet.sheet}",
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


def _choose(headings: Sequence[str], in_force: Region, token: str, dataset: str) -> Chosen:
    form = dataset_form(dataset)
    measures = [f"{MEASURE}{code}" for code in form.indicators]
    roles: dict[str, str] = {}
    units: dict[str, str] = {}
    for at, heading in enumerate(headings):
        left, right = st.columns((2, 1))
        options = [*COLUMN_ROLES, *measures]
        roles[heading] = left.selectbox(
            as_text(say("data_desk.map.column", heading=heading)), options,
            index=options.index(suggested(heading, in_force, form)), key=f"role_{token}_{at}",
            format_func=lambda role: _role_words(role, in_force),
        )  # fmt: skip
        if roles[heading].startswith(MEASURE):
            allowed = in_force.allowed_units.get(roles[heading].removeprefix(MEASURE), ())
            units[heading] = right.selectbox(
                as_text(say("data_desk.map.unit", heading=heading)), ["", *allowed],
                key=f"unit_{token}_{at}",
                format_func=lambda unit: unit or say("data_desk.map.as_said"),
            )  # fmt: skip
    constants, is_zero_missing = _choose_constants(in_force, token, dataset)
    return Chosen(roles, units, constants, is_zero_missing)


def _role_words(role: str, in_force: Region) -> str:
    if not role.startswith(MEASURE):
        return say(f"data_desk.role.{role}")
    table = in_force.tables["indicators"]
    rows = table.loc[table["indicator"] == role.removeprefix(MEASURE), f"name_{language()}"]
    name = rows.iloc[0] if len(rows) else role.removeprefix(MEASURE)
    return say("data_desk.role.measure", name=name)


def _choose_constants(in_force: Region, token: str, dataset: str) -> tuple[dict[str, str], bool]:
    """What holds for the whole table, typed as in a file: names or codes."""
    st.caption(say("data_desk.map.constants"))
    named = in_force.tables["indicators"].set_index("indicator")[f"name_{language()}"]
    codes = [code for code in dataset_form(dataset).indicators if code in named.index]
    found: dict[str, str] = {}
    for cell, role in zip(_cells(len(CONSTANT_ROLES)), CONSTANT_ROLES, strict=True):
        key, label = f"constant_{token}_{role}", say(f"data_desk.role.{role}")
        if role == "indicator":
            found[role] = cell.selectbox(
                label, ["", *codes], key=key,
                format_func=lambda code: str(named[code]) if code else "–",
            )  # fmt: skip
        else:
            found[role] = cell.text_input(label, key=key)
    return found, st.checkbox(say("data_desk.map.zero"), key=f"zero_{token}")


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
    profile = SavedProfile(name, how.dataset, how.profile, person.name, datetime.now(UTC))
    try:
        require(person, Right.UPLOAD)
        with cache.store(region()).engine.begin() as connection:
            save_profile(connection, profile)
    except (NotAllowed, DeskRefused) as refused:
        st.error(refused.words(language()))
        return
    access.record(Act.SAVED_MAPPING, who=person, object=name.strip(), dataset=how.dataset)
    st.success(as_text(say("data_desk.map.saved", name=name.strip())))
