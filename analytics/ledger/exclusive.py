"""Writing alone: one transaction at a time, across threads, processes and machines."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, func, select


def schema_of(connection: Connection | Engine) -> str | None:
    """The region's schema on PostgreSQL; None on SQLite, where a region has a file of its own."""
    return connection.get_execution_options().get("schema_translate_map", {}).get(None)


@contextmanager
def exclusive(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other one of these overlaps: what it reads stays true until it ends.

    Others wait. Readers don't. Keep it short.
    """
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            key = zlib.crc32(f"sejahtera {schema_of(engine)}".encode())
            connection.execute(select(func.pg_advisory_xact_lock(key)))
        yield connection


@contextmanager
def steady(engine: Engine) -> Iterator[Connection]:
    """A reading that sees one moment of the ledger, whatever is written meanwhile."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            yield connection
    else:
        level = engine.execution_options(isolation_level="REPEATABLE READ")
        with level.connect() as connection, connection.begin():
            yield connection
