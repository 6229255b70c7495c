"""Frozen briefings and drafts of briefings: added to, never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Row, func, insert, select

from analytics.ledger.moments import as_utc
from analytics.ledger.tables import briefing_drafts, snapshot_files, snapshots

LONGEST_NAME = 64


class NoSnapshot(LookupError):
    """No snapshot of that id in the region."""


class BrokenSnapshot(RuntimeError):
    """What is kept differs from its hash: the database was changed from outside."""


@dataclass(frozen=True)
class KeptSnapshot:
    """A snapshot as it was made. `draft` and `figures` are JSON."""

    snapshot_id: str
    edition: int
    language: str
    title: str
    draft: str
    figures: bytes
    runs: tuple[int, ...]
    today: date
    code_version: str
    created_by: str
    created_at: datetime


def add_snapshot(
    connection: Connection, snapshot: KeptSnapshot, files: Mapping[str, bytes]
) -> None:
    """Keeps a snapshot with its files, by suffix; within the caller's transaction."""
    connection.execute(
        insert(snapshots).values(
            snapshot_id=snapshot.snapshot_id,
            edition=snapshot.edition,
            language=snapshot.language,
            title=snapshot.title,
            draft=snapshot.draft,
            figures=snapshot.figures,
            figures_sha256=_sha256(snapshot.figures),
            runs=",".join(map(str, snapshot.runs)),
            today=snapshot.today,
            code_version=snapshot.code_version,
            created_by=snapshot.created_by,
            created_at=snapshot.created_at,
        )
    )
    for suffix, content in sorted(files.items()):
        connection.execute(
            insert(snapshot_files).values(
                snapshot_id=snapshot.snapshot_id, suffix=suffix, sha256=_sha256(content),
                content=content,
            )
        )  # fmt: skip


def read_snapshot(connection: Connection, snapshot_id: str) -> KeptSnapshot:
    """The snapshot of that id. Raises NoSnapshot or BrokenSnapshot."""
    row = connection.execute(
        select(snapshots).where(snapshots.c.snapshot_id == snapshot_id)
    ).one_or_none()
    if row is None:
        raise NoSnapshot(snapshot_id)
    if _sha256(bytes(row.figures)) != row.figures_sha256:
        raise BrokenSnapshot(snapshot_id)
    return _snapshot(row)


def list_snapshots(connection: Connection) -> tuple[KeptSnapshot, ...]:
    """All snapshots, the newest first; their figures are left out."""
    columns = [column for column in snapshots.columns if column.name != "figures"]
    query = select(*columns).order_by(snapshots.c.created_at.desc(), snapshots.c.snapshot_id)
    return tuple(_snapshot(row) for row in connection.execute(query))


def _snapshot(row: Row) -> KeptSnapshot:
    return KeptSnapshot(
        snapshot_id=row.snapshot_id,
        edition=row.edition,
        language=row.language,
        title=row.title,
        draft=row.draft,
        figures=bytes(getattr(row, "figures", b"")),
        runs=tuple(int(run) for run in row.runs.split(",") if run),
        today=row.today,
        code_version=row.code_version,
        created_by=row.created_by,
        created_at=as_utc(row.created_at),
    )


def file_hashes(connection: Connection, snapshot_id: str) -> Mapping[str, str]:
    """SHA-256 of the files of a snapshot by suffix."""
    query = select(snapshot_files.c.suffix, snapshot_files.c.sha256).where(
        snapshot_files.c.snapshot_id == snapshot_id
    )
    return {row.suffix: row.sha256 for row in connection.execute(query.order_by("suffix"))}


def file_content(connection: Connection, snapshot_id: str, suffix: str) -> bytes:
    """The bytes of a file as they were made. Raises KeyError or BrokenSnapshot."""
    row = connection.execute(
        select(snapshot_files).where(
            snapshot_files.c.snapshot_id == snapshot_id, snapshot_files.c.suffix == suffix
        )
    ).one_or_none()
    if row is None:
        raise KeyError(suffix)
    content = bytes(row.content)
    if _sha256(content) != row.sha256:
        raise BrokenSnapshot(f"{snapshot_id}.{suffix}")
    return content


# Drafts ----------------------------------------------------------------------------------------


def save_draft(
    connection: Connection, name: str, content: str, *, saved_by: str, saved_at: datetime
) -> None:
    """Keeps a draft under a name, beside all that were saved under it before."""
    connection.execute(
        insert(briefing_drafts).values(
            name=name[:LONGEST_NAME], content=content, saved_by=saved_by, saved_at=saved_at
        )
    )


def saved_drafts(connection: Connection) -> Mapping[str, str]:
    """The newest draft of each name as JSON, by name."""
    newest = select(func.max(briefing_drafts.c.draft_id)).group_by(briefing_drafts.c.name)
    query = (
        select(briefing_drafts.c.name, briefing_drafts.c.content)
        .where(briefing_drafts.c.draft_id.in_(newest))
        .order_by(briefing_drafts.c.name)
    )
    return {row.name: row.content for row in connection.execute(query)}


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
