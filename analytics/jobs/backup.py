"""Backup and restore: ledgers, editions, people and settings, whatever the database is.

A backup is a folder: `backup.json` with the hash of every file, `settings.json`, `people.sqlite`
(accounts with the hashes of their passwords, audit log), and for each region `ledger.sqlite` and
`editions/`. The ledger is copied from one moment of it, and files of
editions never change, so the app may run meanwhile. A ledger of an older version is migrated.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, Integer, Table, delete, func, insert, select

from analytics import __version__
from analytics.editions.assemble import Progress
from analytics.editions.files import at_work, file_hash, take_file
from analytics.editions.heal import named_files
from analytics.editions.store import Store, open_store
from analytics.ledger.database import open_sqlite, without_keeping
from analytics.ledger.desk import DeskRefused
from analytics.ledger.exclusive import exclusive, schema_of, steady
from analytics.ledger.migrations import LedgerTooNew, bring_up_to_date
from analytics.ledger.tables import batches, editions, metadata
from analytics.people.database import open_people, open_people_file
from analytics.people.tables import SCHEMA, audit_log, users
from analytics.settings import Settings

LIST, SETTINGS, LEDGER, EDITIONS = "backup.json", "settings.json", "ledger.sqlite", "editions"
PEOPLE = "people.sqlite"
# Of people only what lasts: sessions, tickets and counts of wrong passwords end with the server.
PEOPLE_TABLES = (users, audit_log)
ROWS_AT_ONCE = 2_000


class BackupRefused(DeskRefused):
    """The backup cannot be written or restored."""

    below = "desk.backup_refused"


@dataclass(frozen=True)
class BackupReport:
    """What was written."""

    regions: tuple[str, ...]
    files: int
    bytes: int


@dataclass(frozen=True)
class RestoredPeople:
    """How many accounts the backup holds, and whether they were put in force."""

    accounts: int
    is_used: bool


def back_up(
    settings: Settings, folder: Path, *, now: datetime, on_progress: Progress
) -> BackupReport:
    """Writes the backup into a new or empty folder. Raises BackupRefused."""
    if folder.exists() and any(folder.iterdir()):
        raise BackupRefused("not_empty", folder=folder)
    folder.mkdir(parents=True, exist_ok=True)
    for done, region in enumerate(settings.regions):
        on_progress(done, len(settings.regions), region)
        _copy_region(open_store(settings, region), folder / region)
    _copy_people(settings, folder / PEOPLE)
    _write_json(folder / SETTINGS, _settings(settings))
    hashes = {path.relative_to(folder).as_posix(): file_hash(path) for path in _files(folder)}
    _write_json(
        folder / LIST,
        {"regions": settings.regions, "made_at": now.isoformat(), "version": __version__,
         "files": hashes},
    )  # fmt: skip
    on_progress(len(settings.regions), len(settings.regions), "")
    size = sum(path.stat().st_size for path in _files(folder))
    return BackupReport(settings.regions, len(hashes) + 1, size)


def _settings(settings: Settings) -> dict[str, object]:
    """The settings in force; the database's address holds a password and stays out."""
    return {
        "regions": settings.regions,
        "default_region": settings.default_region,
        "language": settings.language,
        "port": settings.port,
        "public_url": settings.public_url,
    }


def _copy_region(store: Store, folder: Path) -> None:
    (folder / EDITIONS).mkdir(parents=True)
    target = open_sqlite(folder / LEDGER)
    bring_up_to_date(target)
    with steady(store.engine) as source, exclusive(target) as copy:
        _copy_tables(source, copy)
        manifests = source.execute(select(editions.c.manifest)).scalars().all()
    _settle(target)
    for file in sorted({file for manifest in manifests for file in named_files(manifest)}):
        shutil.copyfile(store.folder / file, folder / EDITIONS / file)


def _copy_people(settings: Settings, path: Path) -> None:
    copy = open_people_file(path)
    path.chmod(0o600)  # hashes of passwords are for nobody else to read
    with steady(open_people(settings)) as source, copy.begin() as target:
        _copy_rows(source, target, PEOPLE_TABLES)
    _settle(copy)


def _settle(engine: Engine) -> None:
    """Everything into the one file: no log beside it."""
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
    engine.dispose()


def _copy_tables(source: Connection, target: Connection) -> None:
    """All rows of all tables; what stood in the target is gone."""
    for table in reversed(metadata.sorted_tables):
        target.execute(delete(table))
    _copy_rows(source, target, metadata.sorted_tables)


def _copy_rows(source: Connection, target: Connection, tables: Iterable[Table]) -> None:
    for table in tables:
        for rows in _portions(source, table):
            target.execute(insert(table), rows)


def _portions(source: Connection, table: Table) -> Iterator[list[dict[str, object]]]:
    """Rows in order of their key, some thousand at a time; files of offices one at a time."""
    size = 1 if table is batches else ROWS_AT_ONCE
    query = select(table).order_by(*table.primary_key.columns)
    for part in source.execute(query.execution_options(yield_per=size)).partitions():
        yield [dict(row._mapping) for row in part]


def restore(
    settings: Settings, folder: Path, *, replace: bool, on_progress: Progress
) -> dict[str, int]:
    """Puts a backup in force and gives the newest edition by region, 0 for none.

    Everything is looked at first: with a fault nothing is changed. Raises BackupRefused for a
    damaged backup, an unknown region, and a store that holds data when not `replace`.
    """
    content = _read_list(folder)
    _check_files(folder, content["files"])
    regions = list(content["regions"])
    for region in regions:
        if region not in settings.regions:
            raise BackupRefused("unknown_region", region=region)
        if not replace:
            with open_store(settings, region).engine.connect() as connection:
                _refuse_data(connection, region)
    found: dict[str, int] = {}
    for done, region in enumerate(regions):
        on_progress(done, len(regions), region)
        store = open_store(settings, region)
        # Until the ledger names them the files look like leftovers: nobody may clear them away.
        with at_work(store.folder):
            found[region] = _restore_region(store, folder / region, replace=replace)
    on_progress(len(regions), len(regions), "")
    return found


def restore_people(settings: Settings, folder: Path) -> RestoredPeople:
    """Accounts and audit log of a backup, into an installation that has neither.

    Where there are any, they stay as they are: an older account never takes the place of one that
    was changed or disabled since, and nothing is taken out of an audit log.
    """
    path = folder / PEOPLE
    if not path.is_file():  # a backup of before there were accounts
        return RestoredPeople(0, is_used=False)
    with tempfile.TemporaryDirectory(prefix="sejahtera-restore-") as beside:
        working = Path(beside) / PEOPLE
        shutil.copyfile(path, working)
        copy = open_people_file(working)
        with copy.connect() as source, open_people(settings).begin() as target:
            accounts = _rows_in(source, users)
            is_free = not _rows_in(target, users) and not _rows_in(target, audit_log)
            if is_free:
                _copy_rows(source, target, PEOPLE_TABLES)
                _renew_counter(target, audit_log, schema=SCHEMA)
        copy.dispose()
    return RestoredPeople(accounts, is_used=is_free)


def _rows_in(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _read_list(folder: Path) -> Mapping:
    try:
        content = json.loads((folder / LIST).read_text(encoding="utf-8"))
        return {"regions": content["regions"], "files": content["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        raise BackupRefused("no_backup", folder=folder) from None


def _check_files(folder: Path, hashes: Mapping[str, str]) -> None:
    for file, digest in hashes.items():
        path = folder / file
        is_inside = path.resolve().is_relative_to(folder.resolve())
        if not is_inside or not path.is_file() or file_hash(path) != digest:
            raise BackupRefused("damaged", file=file)


def _refuse_data(connection: Connection, region: str) -> None:
    if connection.execute(select(func.count()).select_from(batches)).scalar():
        raise BackupRefused("store_not_empty", region=region)


def _restore_region(store: Store, folder: Path, *, replace: bool) -> int:
    """Files first, then the ledger in one transaction: a crash leaves what was in force."""
    for path in sorted((folder / EDITIONS).iterdir()):
        take_file(path, folder=store.folder)
    with tempfile.TemporaryDirectory(prefix="sejahtera-restore-") as beside:
        working = Path(beside) / LEDGER
        shutil.copyfile(folder / LEDGER, working)
        engine = open_sqlite(working)
        try:
            _copy_ledger(engine, store, replace=replace)
        finally:
            engine.dispose()
    return max(store.numbers(), default=0)


def _copy_ledger(copy: Engine, store: Store, *, replace: bool) -> None:
    _migrated(copy)
    with (
        steady(copy) as source,
        exclusive(store.engine) as target,
        without_keeping(target, store.region),
    ):
        if not replace:  # somebody may have filled it since it was looked at
            _refuse_data(target, store.region)
        _copy_tables(source, target)
        _renew_counters(target)


def _migrated(engine: Engine) -> None:
    try:
        bring_up_to_date(engine)
    except LedgerTooNew:
        raise BackupRefused("too_new") from None


def _renew_counters(connection: Connection) -> None:
    """PostgreSQL counts on its own: the next number comes after those that were copied."""
    for table in metadata.sorted_tables:
        _renew_counter(connection, table, schema=schema_of(connection))


def _renew_counter(connection: Connection, table: Table, *, schema: str | None) -> None:
    key = table.autoincrement_column
    if connection.dialect.name != "postgresql" or key is None or not isinstance(key.type, Integer):
        return
    counter = func.pg_get_serial_sequence(f"{schema}.{table.name}", key.name)
    newest = connection.execute(select(func.max(key))).scalar()
    if newest is not None and connection.execute(select(counter)).scalar():
        connection.execute(select(func.setval(counter, newest)))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _write_json(path: Path, content: Mapping[str, object]) -> None:
    path.write_text(json.dumps(content, indent=2, sort_keys=True), encoding="utf-8")
