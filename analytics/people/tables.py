"""Tables of people (SQLAlchemy Core): accounts, sign-ins, sessions, the audit log.

They stand in a database of their own, since people belong to an installation and a ledger to a
region: one account opens every region, and a copy of a ledger carries no password.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import (
    DDL,
    Column,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    event,
)

SCHEMA = "people"
LONGEST_NAME = 128


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets the zone; what comes back has it again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


# On PostgreSQL a schema beside those of the regions; SQLite has none (see `database.py`).
metadata = MetaData(schema=SCHEMA)

# Accounts. `signed_in_by` is password or provider; only the former have a hash.
users = Table(
    "users",
    metadata,
    Column("name", String(LONGEST_NAME), primary_key=True),
    Column("display_name", String(LONGEST_NAME), nullable=False),
    Column("role", String(16), nullable=False),
    Column("office", String(64), nullable=False),
    Column("signed_in_by", String(16), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("password_set_at", Moment),
    Column("must_change", Integer, nullable=False),
    Column("is_active", Integer, nullable=False),
    Column("expires_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("created_by", String(LONGEST_NAME), nullable=False),
    Column("last_signed_in_at", Moment),
)

# Failed sign-ins by the name that was typed, known or not: a lock tells nobody which names exist.
sign_in_failures = Table(
    "sign_in_failures",
    metadata,
    Column("name", String(LONGEST_NAME), primary_key=True),
    Column("failed_attempts", Integer, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("locked_until", Moment),
)

# What a browser brings is never stored, only its hash. A ticket is changed for a session once.
tickets = Table(
    "tickets",
    metadata,
    Column("ticket_hash", String(64), primary_key=True),
    Column("name", String(LONGEST_NAME), nullable=False),
    Column("expires_at", Moment, nullable=False),
)
sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("name", String(LONGEST_NAME), nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

# Who did what, when, to what. Added to only: the triggers refuse every change and deletion.
audit_log = Table(
    "audit_log",
    metadata,
    Column("entry_id", Integer, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("who", String(LONGEST_NAME), nullable=False),
    Column("role", String(16), nullable=False),
    Column("signed_in_by", String(16), nullable=False),
    Column("what", String(32), nullable=False),
    Column("object", String(320), nullable=False),
    Column("region", String(64), nullable=False),
    Column("details", Text, nullable=False),
    Index("ix_audit_log_at", "at"),
    Index("ix_audit_log_who", "who"),
    sqlite_autoincrement=True,  # a number is never used again
)


def _statements(dialect: str) -> list[str]:
    """The dialect's triggers; statements of the file are parted by a line `--;`."""
    words = Path(__file__).with_name(f"audit_{dialect}.sql").read_text(encoding="utf-8")
    return [statement.strip() for statement in words.split("--;") if statement.strip()]


for _dialect in ("sqlite", "postgresql"):
    for _statement in _statements(_dialect):
        event.listen(audit_log, "after_create", DDL(_statement).execute_if(dialect=_dialect))
