"""Opens a region's ledger: SQLite in WAL mode by default, PostgreSQL by DATABASE_URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.schema import CreateSchema

from analytics.ledger.migrations import bring_up_to_date
from analytics.settings import Settings

BUSY_TIMEOUT_MS = 30_000
# What refuses a change of the tables of forecasts, one file a database.
KEPT_SQL = Path(__file__).parent


def open_ledger(settings: Settings, region: str) -> Engine:
    """Engine of the region's ledger, its tables made or migrated. One schema or file a region.

    The tables of forecasts refuse every UPDATE and DELETE, also in a ledger made before they did.
    Raises LedgerTooNew for a ledger that a newer version wrote.
    """
    file = settings.home / region / "ledger.sqlite"
    engine = connect_to(settings.database_url, file=file, schema=region)
    if settings.database_url:
        engine = engine.execution_options(schema_translate_map={None: region})
    bring_up_to_date(engine)
    with engine.begin() as connection:
        _keep_forecasts(connection, region)
    return engine


def connect_to(database_url: str | None, *, file: Path, schema: str) -> Engine:
    """Engine of a PostgreSQL database with `schema` made, or of a SQLite file without an address.

    Names of schemas are plain identifiers.
    """
    return _postgresql(database_url, schema) if database_url else open_sqlite(file)


def _keep_forecasts(connection: Connection, region: str) -> None:
    """Makes the triggers that are not there yet."""
    dialect = connection.dialect.name
    statements = (KEPT_SQL / f"kept.{dialect}.sql").read_text(encoding="utf-8")
    if dialect == "postgresql":
        connection.execute(select(func.set_config("search_path", region, True)))
        connection.exec_driver_sql(statements)
        return
    for statement in statements.split("\n\n")[1:]:
        connection.exec_driver_sql(statement)


@contextmanager
def without_keeping(connection: Connection, region: str) -> Iterator[None]:
    """Lets a restore replace the tables of forecasts; within the transaction, so all or nothing."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.set_config("search_path", region, True)))
    for trigger, table in _kept_triggers(connection):
        of_table = f" ON {table}" if connection.dialect.name == "postgresql" else ""
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger}{of_table}")
    yield
    _keep_forecasts(connection, region)


def _kept_triggers(connection: Connection) -> list[tuple[str, str]]:
    """Name and table of each trigger that refuses changes of forecasts."""
    if connection.dialect.name == "postgresql":
        query = (
            "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE relnamespace = current_schema()::regnamespace AND tgname LIKE '%%_kept'"
        )
    else:
        query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    return [(str(name), str(table)) for name, table in connection.exec_driver_sql(query)]


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
        # Without it REPLACE would delete a row past the trigger that refuses deletions.
        cursor.execute("PRAGMA recursive_triggers=ON")
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
