"""Signing in and out, and the own password.

Only a route can set an HttpOnly cookie. The page checks the password and hands the browser a
ticket, good once and for a minute; the browser posts it to `/session` with a header of its own,
which no other site can send.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

import streamlit as st

from analytics.people.accounts import change_password, has_accounts
from analytics.people.audit import Act
from analytics.people.passwords import LONGEST, PasswordRefused
from analytics.people.rights import Person, Role, SignedInBy
from analytics.people.sign_in import SignInRefused, give_ticket, sign_in, sign_out
from analytics.people.tables import LONGEST_NAME
from pages.ui import access
from pages.ui.geometry import prefix
from pages.ui.plain_text import as_text
from pages.ui.state import formatter, say, settings

PROVEN = "sign_in_proven"  # the name whose old password was right and who must choose a new one
TICKET_HEADER, END_HEADER = "x-sejahtera-ticket", "x-sejahtera-end"


def show() -> None:
    """The own account of a signed-in person; for others the way in."""
    person = access.who_is_asking()
    if person.is_known:
        _show_account(person)
    elif PROVEN in st.session_state:
        _show_forced_change(st.session_state[PROVEN])
    else:
        _show_ways_in()


def _show_ways_in() -> None:
    st.title(say("people.sign_in.title"))
    st.caption(say("people.sign_in.lead"))
    with access.people().connect() as connection:
        is_empty = not has_accounts(connection)
    if st.user.to_dict().get("is_logged_in"):
        st.warning(say("people.sign_in.no_role"))
    if access.has_provider():
        st.button(say("people.sign_in.provider"), on_click=st.login, key="provider", type="primary")
    elif is_empty:
        st.info(say("people.sign_in.no_accounts"))
        st.code(
            f"python -m analytics user add NAME --role {Role.ADMIN.value}",
            language=None,
            wrap_lines=True,
        )
        return
    if not is_empty:
        _show_form()


def _show_form() -> None:
    with st.form("sign_in", width=420):
        name = st.text_input(
            say("people.sign_in.name"), max_chars=LONGEST_NAME, autocomplete="username"
        )
        password = st.text_input(
            say("people.sign_in.password"), type="password", max_chars=LONGEST,
            autocomplete="current-password",
        )  # fmt: skip
        is_sent = st.form_submit_button(
            say("people.sign_in.send"), type="primary", key="sign_in_go"
        )
    if is_sent:
        _try(name, password)


def _try(name: str, password: str) -> None:
    rules = settings().accounts
    try:
        found = sign_in(access.people(), name, password, rules=rules, now=datetime.now(UTC))
    except SignInRefused as refused:
        minutes = rules.lock_minutes
        st.error(say(f"people.sign_in.refused.{refused.fault}", minutes=minutes))
        return
    if found.must_change:
        st.session_state[PROVEN] = found.account.name
        st.rerun()
    _open_session(found.account.name)


def _show_forced_change(name: str) -> None:
    st.title(say("people.change.forced_title"))
    st.caption(say("people.change.forced_lead"))
    if _show_new_password(name):
        del st.session_state[PROVEN]
        _open_session(name)


def _show_new_password(name: str, *, asks_old: bool = False) -> bool:
    """The form for a new password; True when it was changed now."""
    least = settings().accounts.least_length
    with st.form("new_password", width=420):
        old = _password("old", "current-password") if asks_old else ""
        new = _password("new", "new-password")
        again = _password("again", "new-password")
        st.caption(say("people.change.rules", least=least))
        is_sent = st.form_submit_button(say("people.change.send"), type="primary", key="change_go")
    if not is_sent:
        return False
    return (not asks_old or _knows(name, old)) and _change(name, new, again, least=least)


def _password(field: str, autocomplete: str) -> str:
    return st.text_input(
        say(f"people.change.{field}"), type="password", max_chars=LONGEST,
        autocomplete=autocomplete, key=f"password_{field}",
    )  # fmt: skip


def _knows(name: str, password: str) -> bool:
    """Whether the old password is right; guessing here is counted like guessing at the door."""
    rules = settings().accounts
    try:
        sign_in(access.people(), name, password, rules=rules, now=datetime.now(UTC))
    except SignInRefused as refused:
        st.error(say(f"people.sign_in.refused.{refused.fault}", minutes=rules.lock_minutes))
        return False
    return True


def _change(name: str, new: str, again: str, *, least: int) -> bool:
    try:
        with access.people().begin() as connection:
            changed = change_password(
                connection, name, new=new, again=again, least_length=least, now=datetime.now(UTC)
            )
    except PasswordRefused as refused:
        st.error(say(f"people.password.{refused.fault}", least=least))
        return False
    access.record(Act.CHANGED_PASSWORD, who=changed.person, object=name)
    return True


def _open_session(name: str) -> None:
    ticket = give_ticket(access.people(), name, now=datetime.now(UTC))
    _post(f"{prefix()}/session", {TICKET_HEADER: ticket})
    st.info(say("people.sign_in.opening"))
    st.stop()


def _post(address: str, headers: dict[str, str]) -> None:
    """The browser posts and loads the page anew; both values are ours, written as JSON."""
    st.html(
        f"<script>fetch({json.dumps(address)}, {{method: 'POST', credentials: 'same-origin', "
        f"headers: {json.dumps(headers)}}}).finally(() => location.reload())</script>",
        unsafe_allow_javascript=True,
    )


def _show_account(person: Person) -> None:
    st.title(say("people.own.title", name=as_text(person.display_name)))
    st.markdown(
        say(
            "people.own.role", name=as_text(person.name), role=say(f"people.role.{person.role}"),
            office=as_text(person.office or "-"),
        )
    )  # fmt: skip
    st.caption(say(f"people.own.rights.{person.role}"))
    if st.button(say("people.own.sign_out"), key="sign_out", icon=":material/logout:"):
        _sign_out(person)
    if person.signed_in_by is SignedInBy.PASSWORD:
        st.subheader(say("people.change.title"))
        if _show_new_password(person.name, asks_old=True):
            _open_session(person.name)  # the change has ended every session, this one too


def _sign_out(person: Person) -> None:
    if person.signed_in_by is SignedInBy.PROVIDER:
        access.record(Act.SIGNED_OUT, who=person, object=person.name)
        st.logout()
        st.stop()
    sign_out(access.people(), access.session_token() or "", now=datetime.now(UTC))
    _post(f"{prefix()}/session/end", {END_HEADER: "1"})
    st.stop()


def moment(at: datetime | None) -> str:
    """A day as the reader writes it; a dash for never."""
    return "-" if at is None else formatter().date(at.date())
