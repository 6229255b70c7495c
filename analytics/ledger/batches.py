"""Accepted files and their rows: written once, read back as they were entered."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from sqlalchemy import Connection, insert, select

from analytics.ledger.rows import bytes_as_rows, rows_as_bytes
from analytics.ledger.steps import PUBLISHED, SUBMITTED, add_step
from analytics.ledger.tables import batch_rows, batches, corrections, publications

PACK_READER = "pack"


@dataclass(frozen=True)
class NewBatch:
    """A file to be accepted; `settings` is how its reader was told to read it."""

    dataset: str
    role: str
    file_name: str
    sha256: str
    content: bytes
    settings: Mapping[str, object]
    reader: str = PACK_READER
    note: str = ""


@dataclass(frozen=True)
class ActiveBatch:
    """A batch that is published and not withdrawn, without its bytes."""

    batch_id: int
    dataset: str
    role: str
    file_name: str
    sha256: str
    reader: str
    settings: Mapping[str, object]
    edition: int

    @property
    def is_of_pack(self) -> bool:
        """Whether it came with the region's pack; all others came from an office."""
        return self.reader == PACK_READER


def add_batch(
    connection: Connection, batch: NewBatch, *, submitted_by: str, submitted_at: datetime
) -> int:
    """Keeps the file's bytes and its first step; returns the batch's number."""
    result = connection.execute(
        insert(batches).values(
            dataset=batch.dataset,
            role=batch.role,
            file_name=batch.file_name,
            sha256=batch.sha256,
            content=batch.content,
            reader=batch.reader,
            settings=json.dumps(batch.settings, sort_keys=True),
            submitted_by=submitted_by,
            submitted_at=submitted_at,
            note=batch.note,
        )
    )
    batch_id = int(result.inserted_primary_key[0])  # type: ignore[index]
    add_step(connection, batch_id, SUBMITTED, who=submitted_by, at=submitted_at)
    return batch_id


def add_rows(connection: Connection, batch_id: int, rows: pd.DataFrame) -> None:
    """Keeps rows as entered, by row and item; empty numbers and dates are missing."""
    ordered = rows.sort_values(["source_row", "item"], kind="stable")
    add_row_bytes(connection, batch_id, rows_as_bytes(ordered), row_count=len(rows))


def add_row_bytes(connection: Connection, batch_id: int, content: bytes, *, row_count: int) -> None:
    """Keeps rows that were packed by `rows_as_bytes` beforehand."""
    connection.execute(
        insert(batch_rows).values(batch_id=batch_id, row_count=row_count, content=content)
    )


def add_corrections(connection: Connection, batch_id: int, table: pd.DataFrame) -> None:
    """Keeps a corrections table (text cells, empty corrected_value means missing)."""
    names = [c.name for c in corrections.columns if c.name != "batch_id"]
    prepared = table.reindex(columns=names, fill_value="")
    for column in ("row_id", "raw_value", "corrected_value"):
        prepared[column] = pd.to_numeric(prepared[column], errors="raise")
    prepared = prepared.astype(object).where(prepared.notna(), None).assign(batch_id=batch_id)
    if len(prepared):
        connection.execute(insert(corrections), prepared.to_dict("records"))


def active_batches(connection: Connection, *, edition: int | None = None) -> list[ActiveBatch]:
    """Batches published at or before `edition` (default: ever) and not withdrawn by then.

    In the order they were published: of a value that several give, the last one counts.
    """
    query = select(publications).order_by(publications.c.edition, publications.c.batch_id)
    if edition is not None:
        query = query.where(publications.c.edition <= edition)
    state: dict[int, int] = {}
    for row in connection.execute(query):
        if row.action == PUBLISHED:
            state[row.batch_id] = row.edition
        else:
            state.pop(row.batch_id, None)
    return [describe_batch(connection, batch_id, since) for batch_id, since in state.items()]


def describe_batch(connection: Connection, batch_id: int, edition: int) -> ActiveBatch:
    """The batch without its bytes, as published by `edition`."""
    columns = [c for c in batches.columns if c.name != "content"]
    row = connection.execute(select(*columns).where(batches.c.batch_id == batch_id)).one()
    return ActiveBatch(
        batch_id=batch_id,
        dataset=row.dataset,
        role=row.role,
        file_name=row.file_name,
        sha256=row.sha256,
        reader=row.reader,
        settings=json.loads(row.settings),
        edition=edition,
    )


def batch_content(connection: Connection, batch_id: int) -> bytes:
    """The bytes of the file as they were accepted."""
    return connection.execute(
        select(batches.c.content).where(batches.c.batch_id == batch_id)
    ).scalar_one()


def rows_as_entered(connection: Connection, batch_id: int) -> pd.DataFrame:
    """Rows of a batch as entered, by row and item, with its number."""
    content = connection.execute(
        select(batch_rows.c.content).where(batch_rows.c.batch_id == batch_id)
    ).scalar_one()
    return bytes_as_rows(content).assign(batch_id=batch_id)


def corrections_of(connection: Connection, batch_ids: Sequence[int]) -> pd.DataFrame:
    """Corrections of the batches, by row and field."""
    query = (
        select(corrections)
        .where(corrections.c.batch_id.in_(batch_ids))
        .order_by(corrections.c.row_id, corrections.c.field)
    )
    return pd.read_sql(query, connection)
