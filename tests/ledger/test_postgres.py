"""The ledger on a real PostgreSQL server: same editions as on SQLite, one schema a region."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
from sqlalchemy import inspect

from analytics.editions.publish import publish_pack
from analytics.editions.store import open_store
from analytics.ledger.forecasts import RunFacts, newest_forecast, write_run
from analytics.pack.reader import read_pack
from tests.editions.test_publish import settings_for
from tests.small_pack import write_small_pack

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def load(settings, region="uji"):
    store = open_store(settings, region)
    pack = read_pack(settings.pack_dir(region))
    return store, publish_pack(store, pack, published_by="tester", now=NOW)


def test_editions_are_the_same_as_on_sqlite_and_regions_have_their_own_schema(
    tmp_path, postgres_url
):
    for folder in ("a", "b"):
        write_small_pack(tmp_path / folder / "data" / "uji")
        write_small_pack(tmp_path / folder / "data" / "lain", is_training=True)
    on_sqlite = settings_for(tmp_path / "a", "uji", "lain")
    on_postgres = replace(settings_for(tmp_path / "b", "uji", "lain"), database_url=postgres_url)
    expected, _ = load(on_sqlite)
    store, report = load(on_postgres)
    assert (report.edition, report.is_new) == (1, True)
    assert store.edition().files() == expected.edition().files()
    assert store.edition().stamp.published_at == NOW
    assert load(on_postgres)[1].is_new is False
    other = open_store(on_postgres, "lain")
    assert other.numbers() == ()
    assert {"uji", "lain"} <= set(inspect(store.engine).get_schema_names())
    store.engine.dispose()
    other.engine.dispose()


def test_a_forecast_run_comes_back_as_it_was_written(tmp_path, postgres_url):
    write_small_pack(tmp_path / "data" / "ramal")
    settings = replace(settings_for(tmp_path, "ramal"), database_url=postgres_url)
    settings = replace(settings, default_region="ramal")
    store, _ = load(settings, "ramal")
    series = pd.DataFrame(
        [{"unique_id": "s", "input_sha256": "0" * 64, "status": "issued", "model": "median",
          "reason": "better_than_naive", "reason_values": "{}", "scores": "[]",
          "treatments": "[]", "failures": "[]"}]
    )  # fmt: skip
    bounds = {"lo_80": 9.0, "hi_80": 11.0, "lo_95": 8.0, "hi_95": float("nan")}
    values = pd.DataFrame([{"unique_id": "s", "ds": date(2026, 12, 1), "forecast": 10.0, **bounds}])
    past = values.assign(model="median", origin=date(2026, 11, 1), horizon=1, y=10.5)
    facts = RunFacts(1, date(2026, 11, 24), NOW, "engine", 1, {"horizon": 6})
    with store.engine.begin() as connection:
        write_run(connection, facts, series=series, values=values, backtest=past)
    with store.engine.connect() as connection:
        issued = newest_forecast(connection, "s")
        assert newest_forecast(connection, "unknown") is None
    assert issued is not None and issued.facts.parameters == {"horizon": 6}
    assert issued.forecasts["forecast"].tolist() == [10.0]
    assert issued.forecasts["hi_95"].isna().all()
    assert issued.backtest["y"].tolist() == [10.5]
    store.engine.dispose()
