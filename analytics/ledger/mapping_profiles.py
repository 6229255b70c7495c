"""Mappings of strange tables, saved under a name: added to; the newest of a name counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from analytics.ledger.desk import DeskRefused, named
from analytics.ledger.moments import as_utc
from analytics.ledger.tables import mapping_profiles as table

LONGEST_PROFILE_NAME = 128


@dataclass(frozen=True)
class SavedProfile:
    """A mapping for files of a dataset; `content` is the JSON that `check --profile` reads."""

    name: str
    dataset: str
    content: str
    saved_by: str
    saved_at: datetime


def save_profile(connection: Connection, profile: SavedProfile) -> None:
    """Keeps a mapping beside earlier ones. Raises DeskRefused for one without a name."""
    name = profile.name.strip()[:LONGEST_PROFILE_NAME]
    if not name:
        raise DeskRefused("profile_nameless")
    connection.execute(
        insert(table).values(
            name=name,
            dataset=profile.dataset,
            content=profile.content,
            saved_by=named(profile.saved_by),
            saved_at=profile.saved_at,
        )
    )


def saved_profiles(connection: Connection, dataset: str) -> list[SavedProfile]:
    """The newest mapping of each name for a dataset, by name."""
    query = select(table).where(table.c.dataset == dataset).order_by(table.c.profile_id)
    newest = {row.name: row for row in connection.execute(query)}
    return [
        SavedProfile(row.name, row.dataset, row.content, row.saved_by, as_utc(row.saved_at))
        for _, row in sorted(newest.items())
    ]
