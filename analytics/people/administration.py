"""What an administrator does with accounts: each act checked, kept and recorded in one step."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from analytics.people import accounts, audit
from analytics.people.accounts import Account, new_account, plain_name
from analytics.people.audit import Act
from analytics.people.passwords import one_time_password
from analytics.people.rights import Person, Right, Role, require
from analytics.settings import AccountRules


def add_user(
    engine: Engine,
    name: str,
    *,
    role: Role,
    office: str,
    rules: AccountRules,
    by: Person,
    now: datetime,
    display_name: str = "",
    password: str | None = None,
    expires_at: datetime | None = None,
) -> tuple[Account, str | None]:
    """A new account, and the one-time password that was made where none was given.

    Either password is changed at the first sign-in.
    Raises NotAllowed, AccountRefused, PasswordRefused.
    """
    require(by, Right.MANAGE_USERS)
    made = one_time_password() if password is None else None
    account = new_account(
        name, role=role, office=office, now=now, display_name=display_name, expires_at=expires_at
    )
    with engine.begin() as connection:
        accounts.add_account(
            connection, account, password=password if made is None else made,  # type: ignore[arg-type]
            least_length=rules.least_length, by=by, now=now,
        )  # fmt: skip
    details = {"role": role.value, "office": account.office}
    audit.record(engine, Act.ADDED_USER, who=by, at=now, object=account.name, details=details)
    return account, made


def change_right(
    engine: Engine, name: str, *, role: Role, office: str | None, by: Person, now: datetime
) -> None:
    """Another role and, where one is given, another office. Raises NotAllowed, AccountRefused."""
    require(by, Right.MANAGE_USERS)
    with engine.begin() as connection:
        before = accounts.change_role(connection, name, role=role, office=office, now=now)
    details = {"from": before.role.value, "to": role.value, "office": office or before.office}
    audit.record(engine, Act.CHANGED_RIGHT, who=by, at=now, object=before.name, details=details)


def switch_user(engine: Engine, name: str, *, is_active: bool, by: Person, now: datetime) -> None:
    """Lets an account sign in, or not any more. Raises NotAllowed, AccountRefused."""
    require(by, Right.MANAGE_USERS)
    with engine.begin() as connection:
        if is_active:
            accounts.enable(connection, name)
        else:
            accounts.disable(connection, name, now=now)
    what = Act.ENABLED_USER if is_active else Act.DISABLED_USER
    audit.record(engine, what, who=by, at=now, object=plain_name(name))


def reset_user(
    engine: Engine,
    name: str,
    *,
    rules: AccountRules,
    by: Person,
    now: datetime,
    password: str | None = None,
) -> str | None:
    """A new one-time password, given back where it was made here, and the lock lifted.

    Raises NotAllowed, AccountRefused, PasswordRefused.
    """
    require(by, Right.MANAGE_USERS)
    made = one_time_password() if password is None else None
    with engine.begin() as connection:
        accounts.reset_password(
            connection, name, password=password if made is None else made,  # type: ignore[arg-type]
            least_length=rules.least_length, now=now,
        )  # fmt: skip
    audit.record(engine, Act.RESET_PASSWORD, who=by, at=now, object=plain_name(name))
    return made
