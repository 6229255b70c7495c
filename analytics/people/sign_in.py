"""Signing in with a password, and the sessions that a browser's cookie stands for."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, delete, insert, select, update

from analytics.people import audit
from analytics.people.accounts import Account, find, plain_name, stored_hash
from analytics.people.audit import Act
from analytics.people.passwords import is_right
from analytics.people.rights import Person, SignedInBy
from analytics.people.tables import LONGEST_NAME, sessions, sign_in_failures, tickets, users
from analytics.settings import AccountRules

TICKET_TIME = timedelta(seconds=60)
TOKEN_BYTES = 32


class SignInRefused(ValueError):
    """Nobody was signed in; `fault` is a code: wrong, locked, disabled, expired, one_time_over.

    Everything but `wrong` and `locked` is told only to who knew the password.
    """

    def __init__(self, fault: str, *, until: datetime | None = None) -> None:
        super().__init__(fault)
        self.fault, self.until = fault, until


@dataclass(frozen=True)
class SignIn:
    """A right password: whose, and whether a new one must be chosen before anything else."""

    account: Account
    must_change: bool


def sign_in(
    engine: Engine, name: str, password: str, *, rules: AccountRules, now: datetime
) -> SignIn:
    """Checks name and password. Raises SignInRefused.

    The attempt is counted before the password is looked at, so guessing many at once gains
    nothing; unknown names are counted, locked and take as long as known ones.
    """
    plain = plain_name(name)[:LONGEST_NAME]
    with engine.begin() as connection:
        locked_until = _count_attempt(connection, plain, rules=rules, now=now)
        kept = stored_hash(connection, plain)
        account = find(connection, plain)
    if locked_until is not None and locked_until > now:
        raise SignInRefused("locked", until=locked_until)
    if not is_right(password, kept) or account is None:
        _refuse_wrong(engine, plain, rules=rules, now=now)
    with engine.begin() as connection:
        connection.execute(delete(sign_in_failures).where(sign_in_failures.c.name == plain))
    assert account is not None
    return _welcome(account, rules=rules, now=now)


def _count_attempt(
    connection: Connection, name: str, *, rules: AccountRules, now: datetime
) -> datetime | None:
    """Counts one more attempt; gives the moment until which the name is locked, if it is."""
    table = sign_in_failures
    over = now - timedelta(minutes=rules.lock_minutes)
    connection.execute(delete(table).where(table.c.last_at < over))
    counted = connection.execute(
        update(table)
        .where(table.c.name == name, table.c.locked_until.is_(None))
        .values(failed_attempts=table.c.failed_attempts + 1, last_at=now)
    )
    row = connection.execute(select(table).where(table.c.name == name)).one_or_none()
    if row is None:
        connection.execute(
            insert(table).values(name=name, failed_attempts=1, last_at=now, locked_until=None)
        )
        return None
    if counted.rowcount and row.failed_attempts > rules.lock_after:
        until = now + timedelta(minutes=rules.lock_minutes)
        connection.execute(update(table).where(table.c.name == name).values(locked_until=until))
        return until
    return row.locked_until


def _refuse_wrong(engine: Engine, name: str, *, rules: AccountRules, now: datetime) -> None:
    """Records the failure and locks after the last permitted one. Raises SignInRefused."""
    table = sign_in_failures
    until = now + timedelta(minutes=rules.lock_minutes)
    with engine.begin() as connection:
        locked = connection.execute(
            update(table)
            .where(table.c.name == name, table.c.failed_attempts >= rules.lock_after)
            .values(locked_until=until)
        )
    who = Person(name=name)
    audit.record(engine, Act.SIGN_IN_FAILED, who=who, at=now)
    if locked.rowcount:
        audit.record(engine, Act.LOCKED_OUT, who=who, at=now)
        raise SignInRefused("locked", until=until)
    raise SignInRefused("wrong")


def _welcome(account: Account, *, rules: AccountRules, now: datetime) -> SignIn:
    """What a right password opens. Raises SignInRefused: disabled, expired, one_time_over."""
    if not account.is_active:
        raise SignInRefused("disabled")
    if account.has_expired(now):
        raise SignInRefused("expired")
    age = now - (account.password_set_at or now)
    if account.must_change and age > timedelta(hours=rules.one_time_hours):
        raise SignInRefused("one_time_over")
    is_old = rules.password_days > 0 and age > timedelta(days=rules.password_days)
    return SignIn(account, must_change=account.must_change or is_old)


# Ticket and session: the page knows the password was right, only a route can set a cookie.


def give_ticket(engine: Engine, name: str, *, now: datetime) -> str:
    """A ticket that is changed for a session once, within a minute."""
    ticket = secrets.token_urlsafe(TOKEN_BYTES)
    with engine.begin() as connection:
        connection.execute(
            insert(tickets).values(
                ticket_hash=_hash(ticket), name=plain_name(name), expires_at=now + TICKET_TIME
            )
        )
    return ticket


def redeem(engine: Engine, ticket: str, *, rules: AccountRules, now: datetime) -> str | None:
    """The token of a new session for a ticket; None when it was used, is too old or unknown."""
    mine = tickets.c.ticket_hash == _hash(ticket)
    with engine.begin() as connection:
        row = connection.execute(select(tickets).where(mine)).one_or_none()
        used = connection.execute(delete(tickets).where(mine))
        connection.execute(delete(tickets).where(tickets.c.expires_at <= now))
        connection.execute(delete(sessions).where(sessions.c.expires_at <= now))
        if row is None or used.rowcount != 1 or row.expires_at <= now:
            return None
        token = secrets.token_urlsafe(TOKEN_BYTES)
        expires_at = now + timedelta(hours=rules.session_hours)
        connection.execute(
            insert(sessions).values(
                token_hash=_hash(token), name=row.name, created_at=now, expires_at=expires_at
            )
        )
        connection.execute(
            update(users).where(users.c.name == row.name).values(last_signed_in_at=now)
        )
        account = find(connection, row.name)
    if account is not None:
        audit.record(engine, Act.SIGNED_IN, who=account.person, at=now)
    return token


def account_of_session(engine: Engine, token: str, *, now: datetime) -> Account | None:
    """The account whose session this is; None when it ended or the account may not sign in."""
    query = (
        select(sessions.c.name)
        .where(sessions.c.token_hash == _hash(token), sessions.c.expires_at > now)
    )  # fmt: skip
    with engine.connect() as connection:
        name = connection.execute(query).scalar_one_or_none()
        account = None if name is None else find(connection, name)
    if account is None or not account.is_active or account.has_expired(now):
        return None
    return account if account.signed_in_by is SignedInBy.PASSWORD else None


def sign_out(engine: Engine, token: str, *, now: datetime) -> None:
    """Ends the session; nothing happens for one that has ended."""
    account = account_of_session(engine, token, now=now)
    with engine.begin() as connection:
        connection.execute(delete(sessions).where(sessions.c.token_hash == _hash(token)))
    if account is not None:
        audit.record(engine, Act.SIGNED_OUT, who=account.person, at=now)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8")).hexdigest()
