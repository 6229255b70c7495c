"""Opens a region's ledger: SQLite in WAL mode by default, PostgreSQL by DATABASE_URL."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.schema import CreateSchema

from analytics.ledger.tables import metadata
from analytics.settings import Settings

BUSY_TIMEOUT_MS = 30_000


def open_ledger(settings: Settings, region: str) -> Engine:
    """Engine of the region's ledger with its tables made. One schema or file a region."""
    file = settings.home / region / "ledger.sqlite"
    engine = connect_to(settings.database_url, file=file, schema=region)
    if settings.database_url:
        engine = engine.execution_options(schema_translate_map={None: region})
    metadata.create_all(engine)
    return engine


def connect_to(database_url: str | None, *, file: Path, schema: str) -> Engine:
    """Engine of a PostgreSQL database with `schema` made, or of a SQLite file without an address.

    Names of schemas are plain identifiers.
    """
    return _postgresql(database_url, schema) if database_url else _sqlite(file)


def _sqlite(path: Path) -> Engine:
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _pragmas(connection, _record) -> None:  # type: ignore[no-untyped-def]
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.close()

    return engine


def _postgresql(address: str, schema: str) -> Engine:
    url = make_url(address)
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    engine = create_engine(url, pool_pre_ping=True)
    with engine.begin() as connection:
        connection.execute(CreateSchema(schema, if_not_exists=True))
    return engine
