"""Saved mappings in a person's name: kept, renamed, taken away. Each act checks the right."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from analytics.ingest.profiles import read_profile
from analytics.ledger.mapping_profiles import (
    SavedProfile,
    delete_profile,
    rename_profile,
    save_profile,
)
from analytics.people.rights import Person, Right, require


def save(engine: Engine, who: Person, *, name: str, content: str, now: datetime) -> str:
    """Keeps a mapping for its dataset; gives the name it has. Raises NotAllowed, DeskRefused,
    FileRefused for a mapping that is none.
    """
    require(who, Right.UPLOAD)
    dataset = read_profile(content.encode(), name=name).dataset
    with engine.begin() as connection:
        return save_profile(connection, SavedProfile(name, dataset, content, who.name, now))


def rename(
    engine: Engine, who: Person, *, dataset: str, name: str, new_name: str, now: datetime
) -> str:
    """Gives a mapping another name, and gives that. Raises NotAllowed, DeskRefused."""
    require(who, Right.UPLOAD)
    with engine.begin() as connection:
        return rename_profile(connection, dataset, name, new_name, who=who.name, at=now)


def delete(engine: Engine, who: Person, *, dataset: str, name: str, now: datetime) -> None:
    """Offers a mapping no more. Raises NotAllowed, DeskRefused."""
    require(who, Right.UPLOAD)
    with engine.begin() as connection:
        delete_profile(connection, dataset, name, who=who.name, at=now)
