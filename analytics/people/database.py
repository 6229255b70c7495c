"""Opens the database of people: `people.sqlite` beside the regions, or a schema `people`."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from analytics.ledger.database import connect_to
from analytics.people.tables import SCHEMA, metadata
from analytics.settings import Settings

FILE = "people.sqlite"


def open_people(settings: Settings) -> Engine:
    """Engine with the tables of people made."""
    if settings.database_url is None:
        return open_people_file(settings.home / FILE)
    return _with_tables(connect_to(settings.database_url, file=settings.home / FILE, schema=SCHEMA))


def open_people_file(path: Path) -> Engine:
    """Engine of one SQLite file of people, its tables made."""
    engine = connect_to(None, file=path, schema=SCHEMA)
    return _with_tables(engine.execution_options(schema_translate_map={SCHEMA: None}))


def _with_tables(engine: Engine) -> Engine:
    try:
        metadata.create_all(engine)
    except (IntegrityError, OperationalError, ProgrammingError):
        metadata.create_all(engine)  # another process made them at the same moment
    return engine
