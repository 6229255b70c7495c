"""Backup and restore: the same editions to the byte, on either database, also of old ledgers."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from sqlalchemy import delete, insert, select

from analytics.commands.people import person_at_terminal
from analytics.editions.assemble import unwatched
from analytics.editions.heal import find_leftovers
from analytics.jobs import backup
from analytics.jobs.backup import (
    BackupRefused,
    RestoredPeople,
    back_up,
    restore,
    restore_people,
)
from analytics.ledger.database import open_sqlite
from analytics.ledger.desk import list_batches
from analytics.ledger.forecasts import newest_run_id
from analytics.ledger.migrations import VERSION, LedgerTooNew, _observations
from analytics.ledger.rows import bytes_as_rows
from analytics.ledger.tables import batch_rows, forecast_runs, metadata, schema_versions
from analytics.people.accounts import accounts
from analytics.people.administration import switch_user
from analytics.people.audit import Wanted, entries
from analytics.people.database import open_people
from tests.editions.test_publish import settings_for
from tests.ledger.test_kept_forecasts import refuse_all, write_run_on_first_edition
from tests.small_desk import NOW, Desk, file_of, give_accounts, timur
from tests.small_pack import write_small_pack

pytestmark = pytest.mark.thorough


def desk_in(folder, region="uji", database_url=None) -> Desk:
    write_small_pack(folder / "data" / region)
    settings = settings_for(folder, region)
    return Desk(replace(settings, default_region=region, database_url=database_url), region)


@pytest.fixture
def desk(tmp_path) -> Desk:
    found = desk_in(tmp_path / "a")
    found.load()
    found.publish(file_of(timur(7)))
    return found


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request) -> str | None:
    return request.getfixturevalue("postgres_url") if request.param == "postgresql" else None


def fingerprints(desk: Desk) -> dict[int, dict[str, str]]:
    """Hash of every file of every edition."""
    return {
        number: {
            file: hashlib.sha256((desk.store.folder / file).read_bytes()).hexdigest()
            for file in desk.store.edition(number).files()
        }
        for number in desk.store.numbers()
    }


def history(desk: Desk) -> list:
    with desk.store.engine.connect() as connection:
        return list_batches(connection)


def test_a_restored_store_has_the_same_editions_to_the_byte(desk, tmp_path):
    back_up(desk.settings, tmp_path / "backup", now=NOW, on_progress=unwatched)
    other = desk_in(tmp_path / "b")
    assert restore(other.settings, tmp_path / "backup", replace=False, on_progress=unwatched) == {
        "uji": 2
    }
    assert fingerprints(other) == fingerprints(desk)
    assert history(other) == history(desk)
    assert find_leftovers(other.store) == []
    other.publish(file_of(timur(8)))
    assert (other.value(), other.store.numbers()) == (8.0, (1, 2, 3))


def test_a_backup_goes_to_postgresql_and_back(tmp_path, postgres_url):
    first = desk_in(tmp_path / "a", "simpan")
    first.load()
    first.publish(file_of(timur(7)))
    back_up(first.settings, tmp_path / "one", now=NOW, on_progress=unwatched)
    second = desk_in(tmp_path / "b", "simpan", postgres_url)
    restore(second.settings, tmp_path / "one", replace=False, on_progress=unwatched)
    assert fingerprints(second) == fingerprints(first)
    second.publish(file_of(timur(8)))
    back_up(second.settings, tmp_path / "two", now=NOW, on_progress=unwatched)
    restore(first.settings, tmp_path / "two", replace=True, on_progress=unwatched)
    assert fingerprints(first) == fingerprints(second)
    assert history(first) == history(second)


def test_a_store_with_data_is_replaced_only_when_asked(desk, tmp_path):
    back_up(desk.settings, tmp_path / "backup", now=NOW, on_progress=unwatched)
    desk.publish(file_of(timur(8)))
    with pytest.raises(BackupRefused, match="--replace"):
        restore(desk.settings, tmp_path / "backup", replace=False, on_progress=unwatched)
    assert desk.value() == 8.0
    restore(desk.settings, tmp_path / "backup", replace=True, on_progress=unwatched)
    assert (desk.value(), desk.store.numbers()) == (7.0, (1, 2))


def test_a_store_with_forecasts_is_replaced_and_keeps_them_again(tmp_path, database_url):
    desk = desk_in(tmp_path / "a", "ganti", database_url)
    desk.load()
    with desk.store.engine.begin() as connection:
        write_run_on_first_edition(connection)
    back_up(desk.settings, tmp_path / "backup", now=NOW, on_progress=unwatched)
    desk.publish(file_of(timur(8)))
    engine = desk.store.engine
    with engine.begin() as connection:
        write_run_on_first_edition(connection)
    restore(desk.settings, tmp_path / "backup", replace=True, on_progress=unwatched)
    with engine.connect() as connection:
        assert connection.execute(select(forecast_runs.c.run_id)).scalars().all() == [1]
        refuse_all(connection)
    assert desk.store.numbers() == (1,)
    with engine.begin() as connection:
        write_run_on_first_edition(connection)
        assert newest_run_id(connection) == 2
    engine.dispose()


def test_a_restore_that_fails_half_way_leaves_all_as_it_was(tmp_path, database_url, monkeypatch):
    desk = desk_in(tmp_path / "a", "gagal", database_url)
    desk.load()
    back_up(desk.settings, tmp_path / "backup", now=NOW, on_progress=unwatched)
    desk.publish(file_of(timur(8)))
    engine = desk.store.engine
    with engine.begin() as connection:
        write_run_on_first_edition(connection)
    before = fingerprints(desk)

    def fail(_connection):
        raise OSError("no space left")

    monkeypatch.setattr(backup, "_renew_counters", fail)
    with pytest.raises(OSError, match="no space left"):
        restore(desk.settings, tmp_path / "backup", replace=True, on_progress=unwatched)
    assert fingerprints(desk) == before
    with engine.connect() as connection:
        refuse_all(connection)
    engine.dispose()


def test_a_store_that_is_filled_meanwhile_is_left_alone(desk, tmp_path, monkeypatch):
    back_up(desk.settings, tmp_path / "backup", now=NOW, on_progress=unwatched)
    other = desk_in(tmp_path / "b")
    monkeypatch.setattr(backup, "take_file", lambda *_, **__: other.load())
    with pytest.raises(BackupRefused, match="--replace"):
        restore(other.settings, tmp_path / "backup", replace=False, on_progress=unwatched)
    assert other.store.numbers() == (1,)


def test_a_damaged_or_foreign_backup_changes_nothing(desk, tmp_path):
    folder = tmp_path / "backup"
    back_up(desk.settings, folder, now=NOW, on_progress=unwatched)
    with pytest.raises(BackupRefused, match="not empty"):
        back_up(desk.settings, folder, now=NOW, on_progress=unwatched)
    before = fingerprints(desk)
    with (folder / "uji" / "ledger.sqlite").open("ab") as stream:
        stream.write(b"x")
    with pytest.raises(BackupRefused, match="damaged"):
        restore(desk.settings, folder, replace=True, on_progress=unwatched)
    with pytest.raises(BackupRefused, match="no backup"):
        restore(desk.settings, tmp_path, replace=True, on_progress=unwatched)
    assert fingerprints(desk) == before


def as_of_version_one(path) -> None:
    """Turns a ledger back into what the first version wrote: rows one by one, no history."""
    engine = open_sqlite(path)
    with engine.begin() as connection:
        _observations.create(connection)
        for row in connection.execute(select(batch_rows)).all():
            rows = bytes_as_rows(row.content).assign(batch_id=row.batch_id)
            for name in ("period_start", "period_end"):
                rows[name] = rows[name].dt.date
            named = rows[[c.name for c in _observations.columns]].astype(object)
            records = named.where(named.notna(), None).to_dict("records")
            connection.execute(insert(_observations), records)
        for name in ("batch_rows", "batch_steps", "batch_reports", "schema_versions"):
            metadata.tables[name].drop(connection)
    engine.dispose()


def test_a_ledger_of_the_first_version_is_migrated(tmp_path):
    desk = desk_in(tmp_path / "a")
    desk.load()
    expected = history(desk)
    path = desk.settings.home / "uji" / "ledger.sqlite"
    as_of_version_one(path)
    assert history(desk) == expected
    assert desk.publish(file_of(timur(7))) == 2
    with desk.store.engine.connect() as connection:
        assert connection.execute(select(schema_versions.c.version)).scalars().all() == [VERSION]
        assert _observations.name not in connection.dialect.get_table_names(connection)


def test_a_backup_of_an_old_ledger_is_migrated_when_it_is_restored(desk, tmp_path):
    expected = history(desk)
    back_up(desk.settings, tmp_path / "backup", now=NOW, on_progress=unwatched)
    old = tmp_path / "backup" / "uji" / "ledger.sqlite"
    as_of_version_one(old)
    written = tmp_path / "backup" / "backup.json"
    content = json.loads(written.read_text())
    content["files"]["uji/ledger.sqlite"] = hashlib.sha256(old.read_bytes()).hexdigest()
    written.write_text(json.dumps(content))
    other = desk_in(tmp_path / "b")
    restore(other.settings, tmp_path / "backup", replace=False, on_progress=unwatched)
    # The first version knew no reports; who brought and published what is known again.
    assert [(one.batch_id, one.state) for one in history(other)] == [
        (one.batch_id, one.state) for one in expected
    ]
    assert fingerprints(other) == fingerprints(desk)
    assert (other.value(), other.publish(file_of(timur(8)))) == (7.0, len(expected) + 1)


def people_of(desk: Desk) -> tuple[list, list]:
    """Accounts and entries of the audit log."""
    engine = open_people(desk.settings)
    with engine.connect() as connection:
        found = accounts(connection)
    return found, entries(engine, Wanted()).values.tolist()


def test_accounts_and_audit_log_come_back_where_there_are_none(tmp_path, database_url):
    desk = desk_in(tmp_path / "a")
    desk.load()
    give_accounts(desk.settings)
    back_up(desk.settings, tmp_path / "backup", now=NOW, on_progress=unwatched)
    assert (tmp_path / "backup" / "people.sqlite").stat().st_mode & 0o077 == 0
    other = desk_in(tmp_path / "b", "uji_orang", database_url)
    found = restore_people(other.settings, tmp_path / "backup")
    assert found == RestoredPeople(2, is_used=True)
    assert people_of(other) == people_of(desk)
    switch_user(open_people(other.settings), "siti", is_active=False, by=person_at_terminal(),
                now=NOW)  # fmt: skip
    before = people_of(other)
    assert restore_people(other.settings, tmp_path / "backup") == RestoredPeople(2, is_used=False)
    assert people_of(other) == before  # a disabled account stays disabled
    if database_url:
        with open_people(other.settings).begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA people CASCADE")


def test_a_ledger_of_a_newer_version_is_left_alone(desk):
    with desk.store.engine.begin() as connection:
        connection.execute(delete(schema_versions))
        connection.execute(insert(schema_versions).values(version=VERSION + 1))
    with pytest.raises(LedgerTooNew, match="install the newer program"):
        desk.store  # noqa: B018
