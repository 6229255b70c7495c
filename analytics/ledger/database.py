"""Opens a region's ledger: SQLite in WAL mode by default, PostgreSQL by DATABASE_URL."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.schema import CreateSchema

from analytics.ledger.migrations import bring_up_to_date
from analytics.settings import Settings

BUSY_TIMEOUT_MS = 30_000


def open_ledger(settings: Settings, region: str) -> Engine:
    """Engine of the region's ledger, its tables made or migrated. One schema or file a region.

    Raises LedgerTooNew for a ledger that a newer version wrote.
    """
    if settings.database_url:
        engine = _postgresql(settings.database_url, region)
    else:
        engine = open_sqlite(settings.home / region / "ledger.sqlite")
    bring_up_to_date(engine)
    return engine


def open_sqlite(path: Path) -> Engine:
    """Engine of one SQLite file, durable: what is acknowledged is on the disk."""
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


def _postgresql(address: str, region: str) -> Engine:
    """The region's schema comes from sejahtera.toml, whose names are plain identifiers."""
    url = make_url(address)
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    engine = create_engine(url, pool_pre_ping=True)
    with engine.begin() as connection:
        connection.execute(CreateSchema(region, if_not_exists=True))
    return engine.execution_options(schema_translate_map={None: region})
