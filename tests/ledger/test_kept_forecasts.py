"""What was forecast stays: the ledger itself refuses to change or delete it, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Connection, delete, insert, update
from sqlalchemy.exc import DatabaseError

from analytics.ledger.database import open_ledger
from analytics.ledger.forecasts import RunFacts, newest_forecast, write_run
from analytics.ledger.tables import (
    editions,
    forecast_backtest,
    forecast_runs,
    forecast_series,
    forecasts,
)
from tests.editions.test_publish import settings_for

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TABLES = (forecast_runs, forecast_series, forecasts, forecast_backtest)
REFUSED = "is only added to"


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Connection]:
    engine = open_ledger(settings_for(tmp_path, "uji"), "uji")
    with engine.begin() as connection:
        write_one_run(connection)
    with engine.connect() as connection:
        yield connection


@pytest.fixture
def on_postgres(tmp_path: Path, postgres_url: str) -> Iterator[Connection]:
    settings = replace(settings_for(tmp_path, "ramalan"), database_url=postgres_url)
    engine = open_ledger(settings, "ramalan")
    with engine.begin() as connection:
        write_one_run(connection)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def write_one_run(connection: Connection) -> None:
    """An edition and a run on it."""
    connection.execute(
        insert(editions).values(
            number=1, published_at=NOW, published_by="tester", manifest="{}", note=""
        )
    )
    write_run_on_first_edition(connection)


def write_run_on_first_edition(connection: Connection) -> None:
    """A run with one series, one forecast and one pair of the back-test."""
    words = {"status": "issued", "model": "m", "reason": "r", "input_sha256": "0" * 64}
    lists = {"reason_values": "{}", "scores": "[]", "treatments": "[]", "failures": "[]"}
    series = pd.DataFrame([{"unique_id": "s", **words, **lists}])
    bounds = {"lo_80": 9.0, "hi_80": 11.0, "lo_95": 8.0, "hi_95": 12.0}
    values = pd.DataFrame([{"unique_id": "s", "ds": date(2026, 12, 1), "forecast": 10.0, **bounds}])
    past = values.assign(model="m", origin=date(2026, 11, 1), horizon=1, y=10.5)
    facts = RunFacts(1, date(2026, 11, 24), NOW, "engine", 1, {})
    write_run(connection, facts, series=series, values=values, backtest=past)


def refuse_all(connection: Connection) -> None:
    for table in TABLES:
        column = next(iter(table.primary_key.columns))
        for statement in (delete(table), update(table).values({column.name: column})):
            with pytest.raises(DatabaseError, match=REFUSED), connection.begin_nested():
                connection.execute(statement)


def test_sqlite_refuses_change_and_deletion(on_sqlite: Connection) -> None:
    refuse_all(on_sqlite)
    kept = newest_forecast(on_sqlite, "s")
    assert kept is not None and kept.forecasts["forecast"].tolist() == [10.0]


def test_sqlite_refuses_to_replace_a_forecast(on_sqlite: Connection) -> None:
    replaced = insert(forecasts).prefix_with("OR REPLACE").values(
        run_id=1, unique_id="s", ds=date(2026, 12, 1), forecast=99.0
    )  # fmt: skip
    with pytest.raises(DatabaseError, match=REFUSED):
        on_sqlite.execute(replaced)


def test_postgres_refuses_change_and_deletion(on_postgres: Connection) -> None:
    refuse_all(on_postgres)
    with pytest.raises(DatabaseError, match=REFUSED):
        on_postgres.exec_driver_sql("TRUNCATE ramalan.forecasts")


def test_a_ledger_that_is_opened_again_still_takes_new_runs(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, "uji")
    open_ledger(settings, "uji").dispose()
    with open_ledger(settings, "uji").begin() as connection:
        write_one_run(connection)
        assert newest_forecast(connection, "s") is not None


def test_a_ledger_made_before_gets_its_triggers(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, "uji")
    engine = open_ledger(settings, "uji")
    with engine.begin() as connection:
        write_one_run(connection)
        connection.exec_driver_sql("DROP TRIGGER forecasts_never_deleted")
    again = open_ledger(settings, "uji")
    with again.connect() as connection, pytest.raises(DatabaseError, match=REFUSED):
        connection.execute(delete(forecasts))
