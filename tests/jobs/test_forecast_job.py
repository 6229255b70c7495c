"""The forecast job: only what changed is fitted, and the ledger holds what the engine gave."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from analytics.editions.store import open_store
from analytics.forecasting.engine import ForecastRun, forecast_panel
from analytics.jobs import forecast as job
from analytics.ledger.forecasts import newest_forecast, newest_inputs
from tests.store import Store

AS_OF = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
MONTHS = 26


def panel(months: int = MONTHS) -> pd.DataFrame:
    """Two short series that end in October 2026."""
    ds = pd.date_range(end="2026-10-01", periods=MONTHS, freq="MS")[:months]
    parts = [
        pd.DataFrame(
            {"unique_id": name, "ds": ds, "y": [level + 3.0 * (i % 12) + i for i in range(months)]}
        )
        for name, level in (("a", 100.0), ("b", 200.0))
    ]
    return pd.concat(parts, ignore_index=True)


@contextmanager
def given(monkeypatch: pytest.MonkeyPatch, series: pd.DataFrame) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr(job, "series_of", lambda _edition: series)
        yield


def run(store: Store) -> job.RunReport:
    return job.forecast_region(open_store(store.settings, "blitar"), as_of=AS_OF, now=NOW)


def test_unchanged_series_make_no_new_run(
    copy_of_store: Store, monkeypatch: pytest.MonkeyPatch, fitting: None
) -> None:
    with given(monkeypatch, panel()):
        first, second = run(copy_of_store), run(copy_of_store)
    assert first.run_id is not None and first.unchanged == 0
    assert second.run_id is None and second.unchanged == 2


def test_a_new_month_refits_that_series_alone(
    copy_of_store: Store, monkeypatch: pytest.MonkeyPatch, fitting: None
) -> None:
    shorter = panel()[lambda rows: ~((rows["unique_id"] == "a") & (rows["ds"] == "2026-10-01"))]
    with given(monkeypatch, shorter):
        first = run(copy_of_store)
    with given(monkeypatch, panel()):
        second = run(copy_of_store)
    assert second.unchanged == 1
    with open_store(copy_of_store.settings, "blitar").engine.connect() as connection:
        runs = {name: newest_forecast(connection, name).run_id for name in "ab"}  # type: ignore[union-attr]
    assert runs == {"a": second.run_id, "b": first.run_id}


def test_ledger_holds_what_the_engine_gave(
    copy_of_store: Store, monkeypatch: pytest.MonkeyPatch, fitting: None
) -> None:
    with given(monkeypatch, panel()):
        run(copy_of_store)
    store = open_store(copy_of_store.settings, "blitar")
    again: ForecastRun = forecast_panel(
        panel(), freq=job.STEP, as_of=AS_OF, seed=job.SEED,
        max_origins=job.origins_of(store.edition()),
    )  # fmt: skip
    with store.engine.connect() as connection:
        kept = newest_forecast(connection, "a")
        assert set(newest_inputs(connection)) >= {"a", "b"}
    assert kept is not None
    expected = again.forecasts[again.forecasts["unique_id"] == "a"]
    assert list(kept.forecasts["forecast"]) == list(expected["forecast"])
    assert list(kept.forecasts["lo_80"]) == list(expected["lo_80"])
    verdict = again.verdicts.set_index("unique_id").loc["a"]
    assert (kept.status, kept.reason) == (verdict["status"], verdict["reason"])
    assert len(kept.backtest) == (again.backtest["unique_id"] == "a").sum()


def test_hash_depends_on_values_month_and_origins() -> None:
    base = job.input_hashes(panel(), as_of=AS_OF)
    assert job.input_hashes(panel(), as_of=date(2026, 11, 1)) == base
    assert job.input_hashes(panel(), as_of=date(2026, 12, 1)) != base
    assert job.input_hashes(panel(), as_of=AS_OF, max_origins=18) != base
    assert job.input_hashes(panel().assign(y=1.0), as_of=AS_OF) != base
