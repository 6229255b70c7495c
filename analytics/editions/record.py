"""The row of an edition in the ledger: its number, manifest, and what it added or took back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from analytics.ledger.steps import add_step
from analytics.ledger.tables import editions, publications


def newest_manifest(connection: Connection) -> tuple[int, Mapping]:
    """Number and manifest of the newest edition; 0 and nothing before the first."""
    row = connection.execute(
        select(editions.c.number, editions.c.manifest).order_by(editions.c.number.desc()).limit(1)
    ).one_or_none()
    return (0, {}) if row is None else (row.number, json.loads(row.manifest))


def newest_number(connection: Connection) -> int:
    """Number of the newest edition, 0 before the first."""
    return int(connection.execute(select(func.max(editions.c.number))).scalar() or 0)


def add_edition(
    connection: Connection,
    manifest: Mapping[str, object],
    changed: Sequence[tuple[int, str]],
    *,
    published_by: str,
    published_at: datetime,
    reason: str = "",
) -> int:
    """Puts the next edition in force and gives its number; `changed` is batches and what was done.

    Only inside `exclusive`: its number must still be the next one.
    """
    number = newest_number(connection) + 1
    connection.execute(
        insert(editions).values(
            number=number,
            published_at=published_at,
            published_by=published_by,
            manifest=json.dumps(manifest, sort_keys=True),
            note=reason,
        )
    )
    for batch_id, action in changed:
        connection.execute(
            insert(publications).values(edition=number, batch_id=batch_id, action=action)
        )
        add_step(connection, batch_id, action, who=published_by, at=published_at,
                 reason=reason, edition=number)  # fmt: skip
    return number
