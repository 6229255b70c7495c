"""Forecasts every series of an edition that changed since the last run, into the ledger."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from analytics.editions.edition import Edition
from analytics.editions.store import Store
from analytics.forecasting.engine import (
    DEFAULT_HORIZON,
    DEFAULT_ORIGINS,
    METHOD,
    ForecastRun,
    Runner,
    forecast_panel,
)
from analytics.ledger.forecasts import RunFacts, newest_inputs, write_run
from analytics.prices.series import forecast_input
from analytics.tourism.visit_series import visit_forecast_input

STEP = "MS"
SEED = 3505

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class RunReport:
    """What a run did: how many series it looked at, and their verdicts."""

    region: str
    edition: int
    run_id: int | None
    series: int
    unchanged: int
    verdicts: dict[str, int]


def forecast_region(
    store: Store,
    *,
    as_of: date,
    now: datetime,
    jobs: int = 1,
    run_tasks: Runner | None = None,
    on_progress: Progress | None = None,
) -> RunReport:
    """Fits what changed and keeps the run. Nothing changed: no run. Raises NoEdition.

    Without the panel model: with it a month of one series would change all others too, and
    what an officer published yesterday could not be told from its own data.
    """
    edition = store.edition()
    series = series_of(edition)
    max_origins = origins_of(edition)
    hashes = input_hashes(series, as_of=as_of, max_origins=max_origins)
    with store.engine.connect() as connection:
        known = newest_inputs(connection)
    changed = [name for name, digest in hashes.items() if known.get(name) != digest]
    report = {"region": store.region, "edition": edition.stamp.number, "series": len(hashes),
              "unchanged": len(hashes) - len(changed)}  # fmt: skip
    if not changed:
        return RunReport(**report, run_id=None, verdicts={})  # type: ignore[arg-type]
    run = forecast_panel(
        series[series["unique_id"].isin(changed)],
        freq=STEP, as_of=as_of, seed=SEED, horizon=DEFAULT_HORIZON, max_origins=max_origins,
        jobs=jobs, is_light=False, with_panel_model=False, run_tasks=run_tasks,
        on_progress=on_progress,
    )  # fmt: skip
    facts = RunFacts(
        edition=edition.stamp.number, as_of=as_of, created_at=now, engine=METHOD, seed=SEED,
        parameters=run.parameters,
    )  # fmt: skip
    with store.engine.begin() as connection:
        run_id = write_run(
            connection, facts, series=_series_rows(run, hashes), values=run.forecasts,
            backtest=run.backtest,
        )  # fmt: skip
    counts = run.verdicts["status"].value_counts().sort_index()
    return RunReport(**report, run_id=run_id, verdicts={str(k): int(v) for k, v in counts.items()})  # type: ignore[arg-type]


def series_of(edition: Edition) -> pd.DataFrame:
    """All series of the edition that may be forecast: unique_id, ds, y, monthly."""
    parts = [forecast_input(edition), visit_forecast_input(edition)]
    return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)


def origins_of(edition: Edition) -> int:
    """Past origins of a back-test: what the pack names under `forecast`, or the engine's number."""
    wanted: Mapping[str, object] = edition.region.get("forecast", {})  # type: ignore[assignment]
    return int(str(wanted.get("max_origins", DEFAULT_ORIGINS)))


def input_hashes(
    series: pd.DataFrame, *, as_of: date, max_origins: int = DEFAULT_ORIGINS
) -> dict[str, str]:
    """What decides a forecast, hashed by series: values, method, month it looks from."""
    settings = f"{METHOD}|{DEFAULT_HORIZON}|{SEED}|{max_origins}|{as_of:%Y-%m}|"
    return {
        str(name): hashlib.sha256(
            (settings + rows[["ds", "y"]].to_csv(index=False)).encode()
        ).hexdigest()
        for name, rows in series.groupby("unique_id", sort=True)
    }


def _series_rows(run: ForecastRun, hashes: dict[str, str]) -> pd.DataFrame:
    """The verdict table in the ledger's columns; scores, treatments and failures as JSON lists."""
    return pd.DataFrame(
        {
            "unique_id": row.unique_id,
            "input_sha256": hashes[row.unique_id],
            "status": row.status,
            "model": row.model or "",
            "reason": row.reason,
            "reason_values": row.reason_values,
            "scores": _records(run.scores, row.unique_id),
            "treatments": _records(run.treatments, row.unique_id),
            "failures": _records(run.failures, row.unique_id),
        }
        for row in run.verdicts.itertuples()
    )


def _records(frame: pd.DataFrame, unique_id: str) -> str:
    rows = frame[frame["unique_id"] == unique_id].drop(columns="unique_id")
    plain = rows.astype(object).where(rows.notna(), None)
    return json.dumps(plain.to_dict("records"), sort_keys=True, default=str)
