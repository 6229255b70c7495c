"""Mappings of strange tables, saved under a name: added to; the newest of a name counts.

Renaming and deleting add an entry too: a name whose newest content is empty is offered no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from analytics.ledger.desk import DeskRefused, named
from analytics.ledger.moments import as_utc
from analytics.ledger.tables import mapping_profiles as table

LONGEST_PROFILE_NAME = 128
TAKEN_AWAY = ""


@dataclass(frozen=True)
class SavedProfile:
    """A mapping for files of a dataset; `content` is the JSON that `check --profile` reads."""

    name: str
    dataset: str
    content: str
    saved_by: str
    saved_at: datetime


def save_profile(connection: Connection, profile: SavedProfile) -> str:
    """Keeps a mapping beside earlier ones; gives the name under which. Raises DeskRefused for one
    without a name.
    """
    name = _named(profile.name)
    _add(connection, profile, name=name)
    return name


def rename_profile(
    connection: Connection, dataset: str, name: str, new_name: str, *, who: str, at: datetime
) -> str:
    """Gives a mapping another name, and gives that. Raises DeskRefused: not there, nameless, the
    name is taken.
    """
    found = _find(connection, dataset, name)
    wanted = _named(new_name)
    if any(one.name == wanted for one in saved_profiles(connection, dataset)):
        raise DeskRefused("profile_taken", name=wanted)
    _add(connection, SavedProfile(wanted, dataset, found.content, who, at), name=wanted)
    _add(connection, SavedProfile(found.name, dataset, TAKEN_AWAY, who, at), name=found.name)
    return wanted


def delete_profile(
    connection: Connection, dataset: str, name: str, *, who: str, at: datetime
) -> None:
    """Offers a mapping no more; what it was stays kept. Raises DeskRefused where it is not."""
    found = _find(connection, dataset, name)
    _add(connection, SavedProfile(found.name, dataset, TAKEN_AWAY, who, at), name=found.name)


def _named(name: str) -> str:
    wanted = name.strip()[:LONGEST_PROFILE_NAME]
    if not wanted:
        raise DeskRefused("profile_nameless")
    return wanted


def _find(connection: Connection, dataset: str, name: str) -> SavedProfile:
    found = {one.name: one for one in saved_profiles(connection, dataset)}
    if name not in found:
        raise DeskRefused("profile_unknown", name=name, dataset=dataset)
    return found[name]


def _add(connection: Connection, profile: SavedProfile, *, name: str) -> None:
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
    """The newest mapping of each name for a dataset, by name; without those taken away."""
    query = select(table).where(table.c.dataset == dataset).order_by(table.c.profile_id)
    newest = {row.name: row for row in connection.execute(query)}
    return [
        SavedProfile(row.name, row.dataset, row.content, row.saved_by, as_utc(row.saved_at))
        for _, row in sorted(newest.items())
        if row.content != TAKEN_AWAY
    ]
