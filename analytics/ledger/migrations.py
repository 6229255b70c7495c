"""From the tables of an older version to those of now: ordered steps, each in the same transaction.

A ledger without `schema_versions` is of version 1. A new step is a function at the end of
MIGRATIONS; tables that are merely added need none, they are made where they are missing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pandas as pd
from sqlalchemy import (
    Column,
    Connection,
    Date,
    Engine,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    func,
    insert,
    inspect,
    select,
)

from analytics.ledger.exclusive import exclusive, schema_of
from analytics.ledger.rows import rows_as_bytes
from analytics.ledger.tables import (
    batch_rows,
    batch_steps,
    batches,
    editions,
    metadata,
    publications,
    schema_versions,
)


class LedgerTooNew(RuntimeError):
    """The ledger was written by a newer version of this program."""


def bring_up_to_date(engine: Engine) -> None:
    """Makes what is lacking and migrates what is old; costs two reads where nothing is to be done.

    Raises LedgerTooNew.
    """
    if _is_ready(engine):
        return
    with exclusive(engine) as connection:
        found = _version(connection)
        if found > VERSION:
            raise LedgerTooNew(
                f"The ledger is of version {found}, this program knows version {VERSION}: "
                "install the newer program."
            )
        metadata.create_all(connection)
        for number, migrate in MIGRATIONS.items():
            if number > found:
                migrate(connection)
        if found < VERSION:
            connection.execute(insert(schema_versions).values(version=VERSION))


def _names(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names(schema=schema_of(connection)))


def _is_ready(engine: Engine) -> bool:
    with engine.connect() as connection:
        lacking = set(metadata.tables) - _names(connection)
        return not lacking and _recorded(connection) == VERSION


def _recorded(connection: Connection) -> int:
    return int(connection.execute(select(func.max(schema_versions.c.version))).scalar() or 0)


def _version(connection: Connection) -> int:
    """The version found: 0 for an empty database, 1 where none was ever recorded."""
    names = _names(connection)
    if schema_versions.name in names:
        return _recorded(connection)
    return 1 if batches.name in names else 0


def _steps_from_publications(connection: Connection) -> None:
    """Version 2: every batch has its history of who submitted, published and withdrew it."""
    submitted = select(batches.c.batch_id, batches.c.submitted_by, batches.c.submitted_at)
    done = (
        select(publications, editions.c.published_by, editions.c.published_at)
        .join(editions, editions.c.number == publications.c.edition)
        .order_by(publications.c.edition, publications.c.batch_id)
    )
    rows = [
        _step(row.batch_id, "submitted", row.submitted_by, row.submitted_at)
        for row in connection.execute(submitted)
    ]
    rows += [
        _step(row.batch_id, row.action, row.published_by, row.published_at, row.edition)
        for row in connection.execute(done)
    ]
    if rows:
        connection.execute(insert(batch_steps), rows)


def _step(
    batch_id: int, step: str, who: str, at: datetime, edition: int | None = None
) -> dict[str, object]:
    return {"batch_id": batch_id, "step": step, "who": who, "at": at, "reason": "",
            "edition": edition}  # fmt: skip


_old_tables = MetaData()
_observations = Table(
    "observations",
    _old_tables,
    Column("batch_id", Integer, primary_key=True),
    Column("source_row", Integer, primary_key=True),
    Column("item", String(96), primary_key=True),
    Column("dataset", String(64)),
    Column("ref_area", String(16)),
    Column("place", String(96)),
    Column("indicator", String(128)),
    Column("period_start", Date),
    Column("period_end", Date),
    Column("freq", String(4)),
    Column("obs_value", Float),
    Column("obs_text", Text),
    Column("unit", String(32)),
    Column("obs_status", String(1)),
    Column("source_id", String(96)),
    Column("caveat", Text),
)


def _rows_into_parquet(connection: Connection) -> None:
    """Version 3: rows of a batch lie in one Parquet table instead of one database row each."""
    if _observations.name not in _names(connection):
        return
    numbers = connection.execute(select(_observations.c.batch_id).distinct()).scalars().all()
    for number in sorted(numbers):
        query = (
            select(_observations)
            .where(_observations.c.batch_id == number)
            .order_by(_observations.c.source_row, _observations.c.item)
        )
        rows = pd.read_sql(query, connection)
        connection.execute(
            insert(batch_rows).values(
                batch_id=number, row_count=len(rows), content=rows_as_bytes(rows)
            )
        )
    _observations.drop(connection)


MIGRATIONS: dict[int, Callable[[Connection], None]] = {
    2: _steps_from_publications,
    3: _rows_into_parquet,
}
VERSION = max(MIGRATIONS)
