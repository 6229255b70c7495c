"""People whom an OIDC provider has signed in: name, office and role from its claims."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, insert, select, update

from analytics.people import audit
from analytics.people.accounts import find, plain_name
from analytics.people.audit import Act
from analytics.people.rights import PUBLIC, Person, Role, SignedInBy
from analytics.people.tables import LONGEST_NAME, users
from analytics.settings import ProviderRules


def person_of_claims(
    claims: Mapping[str, object], rules: ProviderRules, *, now: datetime, session_hours: int
) -> Person:
    """The person of an identity token; the public where the claims give no role.

    Of several roles the highest counts. Streamlit keeps the token for thirty days; it counts
    `session_hours` here, since the provider may have taken the role away meanwhile.
    """
    name = plain_name(str(claims.get(rules.name_claim, "")))[:LONGEST_NAME]
    is_doubtful = rules.name_claim == "email" and claims.get("email_verified") is False
    if not name or is_doubtful or not _is_fresh(claims, now=now, hours=session_hours):
        return PUBLIC
    role = _role(claims.get(rules.role_claim), rules.roles)
    if role is Role.PUBLIC:
        return PUBLIC
    return Person(
        name=name,
        display_name=str(claims.get("name") or name)[:LONGEST_NAME],
        role=role,
        office=str(claims.get(rules.office_claim) or "")[:64],
        signed_in_by=SignedInBy.PROVIDER,
    )


def _is_fresh(claims: Mapping[str, object], *, now: datetime, hours: int) -> bool:
    issued = claims.get("iat")
    if not isinstance(issued, int | float):
        return False
    return now - datetime.fromtimestamp(issued, UTC) < timedelta(hours=hours)


def _role(values: object, mapping: Mapping[str, str]) -> Role:
    """The highest role among the claim's values (a list, or words parted by spaces)."""
    words = values.split() if isinstance(values, str) else values
    named = [str(word) for word in words] if isinstance(words, list | tuple) else []
    found = {Role(mapping[word]) for word in named if word in mapping}
    ranked = list(Role)
    return max(found, key=ranked.index, default=Role.PUBLIC)


def note_sign_in(engine: Engine, person: Person, *, now: datetime) -> bool:
    """Keeps the person in the list of accounts and the log, once a sign-in.

    False when the person may not come in: disabled here, or the name is that of a local account.
    """
    values = {
        "display_name": person.display_name, "role": person.role.value, "office": person.office,
        "last_signed_in_at": now,
    }  # fmt: skip
    with engine.begin() as connection:
        kept = find(connection, person.name)
        if kept is None:
            connection.execute(
                insert(users).values(
                    name=person.name, signed_in_by=person.signed_in_by.value, password_hash="",
                    must_change=0, is_active=1, created_at=now, created_by="", **values,
                )
            )  # fmt: skip
        elif kept.signed_in_by is not SignedInBy.PROVIDER or not kept.is_active:
            return False
        else:
            connection.execute(update(users).where(users.c.name == person.name).values(**values))
    audit.record(engine, Act.SIGNED_IN, who=person, at=now)
    return True


def is_welcome(engine: Engine, person: Person) -> bool:
    """Whether the person has not been disabled here since the sign-in."""
    query = select(users.c.is_active, users.c.signed_in_by).where(users.c.name == person.name)
    with engine.connect() as connection:
        row = connection.execute(query).one_or_none()
    return row is not None and bool(row.is_active) and row.signed_in_by == SignedInBy.PROVIDER
