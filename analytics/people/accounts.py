"""Accounts of this installation: made, changed, disabled; never deleted, since records name them.

Every change of an account ends its sessions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from analytics.people.passwords import PasswordRefused, check_rules, hash_of, is_right
from analytics.people.rights import Person, Role, SignedInBy
from analytics.people.tables import sessions, sign_in_failures, tickets, users

NAME = re.compile(r"[a-z0-9](?:[a-z0-9._@-]{0,126}[a-z0-9])")
LOCAL_ROLES = (Role.OFFICER, Role.VERIFIER, Role.ADMIN)


class AccountRefused(ValueError):
    """The account cannot be made or changed; `fault` is a code.

    `name`, `exists`, `unknown`, `last_admin`, `office`, `provider`.
    """

    def __init__(self, fault: str, name: str) -> None:
        super().__init__(f"{fault}: {name}")
        self.fault, self.name = fault, name


@dataclass(frozen=True)
class Account:
    """An account as it stands; `expires_at` and the moments of sign-in may be None."""

    name: str
    display_name: str
    role: Role
    office: str
    signed_in_by: SignedInBy
    password_set_at: datetime | None
    must_change: bool
    is_active: bool
    expires_at: datetime | None
    last_signed_in_at: datetime | None

    @property
    def person(self) -> Person:
        return Person(self.name, self.display_name, self.role, self.office, self.signed_in_by)

    def has_expired(self, now: datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= now

    def state(self, now: datetime) -> str:
        """A code: disabled, expired, must_change or active."""
        if not self.is_active:
            return "disabled"
        if self.has_expired(now):
            return "expired"
        return "must_change" if self.must_change else "active"


def plain_name(name: str) -> str:
    """The name as it is kept: small letters, without spaces around it."""
    return name.strip().casefold()


def add_account(
    connection: Connection,
    account: Account,
    *,
    password: str,
    least_length: int,
    by: Person,
    now: datetime,
) -> None:
    """Keeps a new account with its password. Raises AccountRefused and PasswordRefused."""
    if not NAME.fullmatch(account.name):
        raise AccountRefused("name", account.name)
    if account.role is Role.OFFICER and not account.office:
        raise AccountRefused("office", account.name)
    if find(connection, account.name) is not None:
        raise AccountRefused("exists", account.name)
    check_rules(password, name=account.name, least_length=least_length)
    connection.execute(
        insert(users).values(
            **_row(account), password_hash=hash_of(password), created_at=now, created_by=by.name
        )
    )


def new_account(
    name: str,
    *,
    role: Role,
    office: str,
    now: datetime,
    display_name: str = "",
    expires_at: datetime | None = None,
    must_change: bool = True,
) -> Account:
    """A local account, not yet kept."""
    plain = plain_name(name)
    return Account(
        plain, display_name.strip() or plain, role, office.strip(), SignedInBy.PASSWORD,
        password_set_at=now, must_change=must_change, is_active=True, expires_at=expires_at,
        last_signed_in_at=None,
    )  # fmt: skip


def find(connection: Connection, name: str) -> Account | None:
    """The account of that name, or None."""
    row = connection.execute(select(users).where(users.c.name == plain_name(name))).one_or_none()
    return None if row is None else _account(row)


def accounts(connection: Connection) -> Sequence[Account]:
    """Every account by name."""
    return [_account(row) for row in connection.execute(select(users).order_by(users.c.name))]


def has_accounts(connection: Connection) -> bool:
    """Whether anyone was ever given an account."""
    return bool(connection.execute(select(func.count()).select_from(users)).scalar())


def active_admins(connection: Connection, *, now: datetime) -> int:
    """How many administrators can sign in."""
    return sum(
        one.role is Role.ADMIN and one.is_active and not one.has_expired(now)
        for one in accounts(connection)
    )


def change_role(
    connection: Connection, name: str, *, role: Role, office: str | None, now: datetime
) -> Account:
    """Gives another role (and office) and the account as it was. Raises AccountRefused."""
    before = _known(connection, name)
    if before.signed_in_by is SignedInBy.PROVIDER:
        raise AccountRefused("provider", before.name)
    new_office = before.office if office is None else office.strip()
    if role is Role.OFFICER and not new_office:
        raise AccountRefused("office", before.name)
    if role is not Role.ADMIN:
        _keep_an_admin(connection, before, now=now)
    _change(connection, before.name, role=role.value, office=new_office)
    return before


def disable(connection: Connection, name: str, *, now: datetime) -> None:
    """Nobody signs in under this name any more. Raises AccountRefused."""
    account = _known(connection, name)
    _keep_an_admin(connection, account, now=now)
    _change(connection, account.name, is_active=0)


def enable(connection: Connection, name: str) -> None:
    """Lets the account sign in again; it keeps its password. Raises AccountRefused."""
    _change(connection, _known(connection, name).name, is_active=1)


def reset_password(
    connection: Connection, name: str, *, password: str, least_length: int, now: datetime
) -> None:
    """A new one-time password; takes a lock away. Raises AccountRefused, PasswordRefused."""
    account = _known(connection, name)
    if account.signed_in_by is SignedInBy.PROVIDER:
        raise AccountRefused("provider", account.name)
    check_rules(password, name=account.name, least_length=least_length)
    _change(
        connection, account.name, password_hash=hash_of(password), password_set_at=now,
        must_change=1,
    )  # fmt: skip
    connection.execute(delete(sign_in_failures).where(sign_in_failures.c.name == account.name))


def change_password(
    connection: Connection, name: str, *, new: str, again: str, least_length: int, now: datetime
) -> Account:
    """Keeps the person's own new password. Raises PasswordRefused: rules, differs, same."""
    account = _known(connection, name)
    if new != again:
        raise PasswordRefused("differs")
    check_rules(new, name=account.name, least_length=least_length)
    if is_right(new, stored_hash(connection, account.name)):
        raise PasswordRefused("same")
    _change(
        connection, account.name, password_hash=hash_of(new), password_set_at=now, must_change=0
    )
    return account


def stored_hash(connection: Connection, name: str) -> str | None:
    """The hash of the account's password; None for an unknown name."""
    query = select(users.c.password_hash).where(users.c.name == plain_name(name))
    return connection.execute(query).scalar_one_or_none()


def end_sessions(connection: Connection, name: str) -> None:
    """Signs the person out everywhere."""
    for table in (sessions, tickets):
        connection.execute(delete(table).where(table.c.name == plain_name(name)))


def _known(connection: Connection, name: str) -> Account:
    account = find(connection, name)
    if account is None:
        raise AccountRefused("unknown", plain_name(name))
    return account


def _keep_an_admin(connection: Connection, account: Account, *, now: datetime) -> None:
    is_admin = account.role is Role.ADMIN and account.is_active and not account.has_expired(now)
    if is_admin and active_admins(connection, now=now) == 1:
        raise AccountRefused("last_admin", account.name)


def _change(connection: Connection, name: str, **values: object) -> None:
    connection.execute(update(users).where(users.c.name == name).values(**values))
    end_sessions(connection, name)


def _row(account: Account) -> dict[str, object]:
    return {
        "name": account.name,
        "display_name": account.display_name,
        "role": account.role.value,
        "office": account.office,
        "signed_in_by": account.signed_in_by.value,
        "password_set_at": account.password_set_at,
        "must_change": int(account.must_change),
        "is_active": int(account.is_active),
        "expires_at": account.expires_at,
        "last_signed_in_at": account.last_signed_in_at,
    }


def _account(row: Row) -> Account:
    return Account(
        name=row.name,
        display_name=row.display_name,
        role=Role(row.role),
        office=row.office,
        signed_in_by=SignedInBy(row.signed_in_by),
        password_set_at=row.password_set_at,
        must_change=bool(row.must_change),
        is_active=bool(row.is_active),
        expires_at=row.expires_at,
        last_signed_in_at=row.last_signed_in_at,
    )
