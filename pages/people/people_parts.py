"""Accounts with their switches, and the audit log with its filters and files."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time

import pandas as pd
import streamlit as st

from analytics.people.accounts import Account, AccountRefused, accounts
from analytics.people.administration import add_user, change_right, reset_user, switch_user
from analytics.people.audit import COLUMNS, Act, Wanted, entries
from analytics.people.passwords import PasswordRefused
from analytics.people.rights import NotAllowed, Person, Role
from analytics.people.tables import LONGEST_NAME
from analytics.publishing.tables import table_bytes
from pages.people.account_parts import moment
from pages.ui import access
from pages.ui.plain_text import as_text
from pages.ui.state import language, say, settings
from pages.ui.tables import show_table

SHOWN_ENTRIES = 200
GIVEN_ROLES = (Role.OFFICER, Role.VERIFIER, Role.ADMIN)
TOLD = "people_told"


def show(administrator: Person) -> None:
    """Accounts, forms, log."""
    st.title(say("people.page.title"))
    _show_told()
    with access.people().connect() as connection:
        found = accounts(connection)
    st.subheader(say("people.page.accounts"))
    _show_accounts(found)
    left, right = st.columns(2)
    with left:
        _show_new_account(administrator)
    with right:
        _show_changes(found, administrator)
    st.subheader(say("people.page.log"))
    _show_log(found)


def _show_told() -> None:
    """What the last form did: a one-time password stands here once."""
    for words in st.session_state.pop(TOLD, ()):
        st.success(as_text(words).replace("\n", "  \n"))


def _show_accounts(found: Sequence[Account]) -> None:
    now = datetime.now(UTC)
    names = ("name", "display_name", "role", "office", "state", "last", "expires")
    rows = [
        (
            one.name, one.display_name, say(f"people.role.{one.role}"), one.office or "-",
            say(f"people.state.{one.state(now)}"), moment(one.last_signed_in_at),
            moment(one.expires_at),
        )
        for one in found
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=[say(f"people.column.{name}") for name in names])
    show_table(table, label=say("people.page.accounts"), is_stacked=True)


def _role(key: str) -> Role:
    return st.selectbox(
        say("people.column.role"), GIVEN_ROLES, format_func=lambda role: say(f"people.role.{role}"),
        key=key,
    )  # fmt: skip


def _office(key: str) -> str:
    return st.text_input(
        say("people.column.office"), max_chars=64, key=key, help=say("people.page.office_help")
    )


def _show_new_account(administrator: Person) -> None:
    with st.form("new_account"):
        st.markdown(f"**{say('people.page.new')}**")
        name = st.text_input(say("people.column.name"), max_chars=LONGEST_NAME, key="new_name")
        shown = st.text_input(
            say("people.column.display_name"), max_chars=LONGEST_NAME, key="new_display_name"
        )
        role, office = _role("new_role"), _office("new_office")
        last: date | None = st.date_input(
            say("people.column.expires"), value=None, format="DD/MM/YYYY", key="new_expires"
        )
        is_sent = st.form_submit_button(say("people.page.make"), type="primary", key="new_go")
    if is_sent:
        _do(lambda: _add(name, shown, role, office, last, administrator))


def _add(
    name: str, shown: str, role: Role, office: str, last: date | None, administrator: Person
) -> list[str]:
    rules = settings().accounts
    account, made = add_user(
        access.people(), name, role=role, office=office, display_name=shown, rules=rules,
        expires_at=datetime.combine(last, time.max, UTC) if last else None, by=administrator,
        now=datetime.now(UTC),
    )  # fmt: skip
    words = say("people.command.added", name=account.name, role=say(f"people.role.{role}"))
    return [words, _one_time(made)]


def _one_time(made: str | None) -> str:
    hours = settings().accounts.one_time_hours
    return say("people.command.one_time", password=made, hours=hours)


def _show_changes(found: Sequence[Account], administrator: Person) -> None:
    acts: dict[str, Callable[[str, Role, str], list[str]]] = {
        "role": lambda name, role, office: _change_role(name, role, office, administrator),
        "reset": lambda name, _role, _office: _reset(name, administrator),
        "disable": lambda name, _role, _office: _switch(name, "disable", administrator),
        "enable": lambda name, _role, _office: _switch(name, "enable", administrator),
    }
    with st.form("change_account"):
        st.markdown(f"**{say('people.page.change')}**")
        name = st.selectbox(
            say("people.column.name"), [one.name for one in found], key="changed_name"
        )
        act = st.radio(
            say("people.page.act"), list(acts), key="changed_act",
            format_func=lambda code: say(f"people.page.acts.{code}"),
        )  # fmt: skip
        role, office = _role("changed_role"), _office("changed_office")
        is_sent = st.form_submit_button(say("people.page.do"), type="primary", key="change_go")
    if is_sent and name is not None:
        _do(lambda: acts[act](name, role, office))


def _change_role(name: str, role: Role, office: str, administrator: Person) -> list[str]:
    change_right(
        access.people(), name, role=role, office=office or None, by=administrator,
        now=datetime.now(UTC),
    )  # fmt: skip
    return [say("people.command.role", name=name, role=say(f"people.role.{role}"))]


def _reset(name: str, administrator: Person) -> list[str]:
    rules = settings().accounts
    made = reset_user(access.people(), name, rules=rules, by=administrator, now=datetime.now(UTC))
    return [say("people.command.reset", name=name), _one_time(made)]


def _switch(name: str, act: str, administrator: Person) -> list[str]:
    switch_user(
        access.people(), name, is_active=act == "enable", by=administrator, now=datetime.now(UTC)
    )
    return [say(f"people.command.{act}", name=name)]


def _do(act: Callable[[], list[str]]) -> None:
    """Does what a form asks for and tells it on the next run, or says why it was not done."""
    try:
        st.session_state[TOLD] = act()
    except NotAllowed as refused:
        st.error(refused.words(language()))
    except AccountRefused as refused:
        st.error(as_text(say(f"people.account.{refused.fault}", name=refused.name)))
    except PasswordRefused as refused:
        least = settings().accounts.least_length
        st.error(say(f"people.password.{refused.fault}", least=least))
    else:
        st.rerun()


def _show_log(found: Sequence[Account]) -> None:
    wanted = _choose_entries(found)
    table = entries(access.people(), wanted, limit=SHOWN_ENTRIES)
    if table.empty:
        st.write(say("people.page.log_empty"))
        return
    shown = table.assign(
        at=[moment_words(at) for at in table["at"]],
        what=[say(f"people.act.{what}") for what in table["what"]],
        role=[say(f"people.role.{role}") for role in table["role"]],
        details=[detail_words(details) for details in table["details"]],
        signed_in_by=[say(f"people.way.{way or 'nobody'}") for way in table["signed_in_by"]],
    )
    headings = {name: say(f"people.log.{name}") for name in COLUMNS}
    show_table(shown.rename(columns=headings), label=say("people.page.log"), height=520,
               is_stacked=True)  # fmt: skip
    st.caption(say("people.page.log_note", n=SHOWN_ENTRIES))
    _offer_files(wanted)


def moment_words(at: str) -> str:
    """Day and time in UTC, as the log keeps them."""
    return at.removesuffix("+00:00").replace("T", " ")


def detail_words(details: str) -> str:
    """The details of an entry as they are kept, without the marks of JSON."""
    return ", ".join(f"{name}: {value}" for name, value in json.loads(details).items())


def _choose_entries(found: Sequence[Account]) -> Wanted:
    who, what, since = st.columns(3)
    with who:
        name = st.selectbox(
            say("people.log.who"), [one.name for one in found], index=None, key="log_who",
            placeholder=say("people.page.all"), accept_new_options=True,
        )  # fmt: skip
    with what:
        act = st.selectbox(
            say("people.log.what"), list(Act), index=None, key="log_what",
            placeholder=say("people.page.all"), format_func=lambda one: say(f"people.act.{one}"),
        )  # fmt: skip
    with since:
        day = st.date_input(
            say("people.log.since"), value=None, format="DD/MM/YYYY", key="log_since"
        )
    return Wanted(name, act, datetime.combine(day, time.min, UTC) if day else None)


def _offer_files(wanted: Wanted) -> None:
    with st.container(horizontal=True):
        for suffix in ("csv", "json"):
            st.download_button(
                say(f"ui.files.{suffix}"), data=lambda kind=suffix: _file(wanted, kind),
                file_name=f"jejak.{suffix}", key=f"log_{suffix}", on_click="ignore",
                type="tertiary",
            )  # fmt: skip


def _file(wanted: Wanted, kind: str) -> bytes:
    return table_bytes(entries(access.people(), wanted), file_format=kind, is_training=False)
