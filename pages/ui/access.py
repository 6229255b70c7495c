"""Who is asking, and what they may do. Restricted pages call `require_right` on their first line.

A visitor without our cookie and without a provider's sign-in is the public at once: no database
is asked. With the cookie it is asked at every run, so that a session ends when it is ended.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import streamlit as st
from sqlalchemy import Engine

from analytics.people import audit
from analytics.people.audit import Act
from analytics.people.database import open_people
from analytics.people.provider import is_welcome, note_sign_in, person_of_claims
from analytics.people.rights import PUBLIC, NotAllowed, Person, Right, may, require
from analytics.people.sign_in import account_of_session
from pages.ui import state

COOKIE = "sejahtera_session"
NOTED = "provider_sign_in_noted"


@st.cache_resource(max_entries=1, show_spinner=False)
def people() -> Engine:
    """The database of people, opened once for each start of the server."""
    return open_people(state.settings())


def who_is_asking() -> Person:
    """The person at the browser; the public where nobody has signed in."""
    token = session_token()
    account = account_of_session(people(), token, now=datetime.now(UTC)) if token else None
    return account.person if account is not None else _person_of_provider()


def session_token() -> str | None:
    """What the browser's cookie holds, as it was when the page was opened."""
    token = st.context.cookies.get(COOKIE)
    return token if isinstance(token, str) else None  # AppTest has no browser, only a stand-in


def has_provider() -> bool:
    """Whether `.streamlit/secrets.toml` names an OIDC provider."""
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets


def may_do(right: Right) -> bool:
    """Whether the person at the browser has the right."""
    return may(who_is_asking(), right)


def require_right(right: Right) -> Person:
    """The person, who has the right; ends the page with an explanation for anyone else."""
    person = who_is_asking()
    try:
        require(person, right)
    except NotAllowed as refused:
        st.warning(refused.words(state.language()))
        st.stop()
    return person


def record(what: Act, *, who: Person, object: str, **details: object) -> None:
    """Notes an act in the audit log, with the region that is shown."""
    audit.record(
        people(), what, who=who, at=datetime.now(UTC), object=object, region=state.region(),
        details=details,
    )  # fmt: skip


def _person_of_provider() -> Person:
    claims: Mapping[str, object] = st.user.to_dict()
    if not claims.get("is_logged_in"):
        return PUBLIC
    used, now = state.settings(), datetime.now(UTC)
    person = person_of_claims(
        claims, used.provider, now=now, session_hours=used.accounts.session_hours
    )
    if not person.is_known or not _is_noted(person, claims, now=now):
        return PUBLIC
    return person if is_welcome(people(), person) else PUBLIC


def _is_noted(person: Person, claims: Mapping[str, object], *, now: datetime) -> bool:
    """Keeps a provider's sign-in once for each token; False for one who may not come in."""
    sign_in = f"{person.name} {claims.get('iat')}"
    if st.session_state.get(NOTED) != sign_in:
        if not note_sign_in(people(), person, now=now):
            return False
        st.session_state[NOTED] = sign_in
    return True
