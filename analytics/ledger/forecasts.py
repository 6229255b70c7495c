"""Forecasts issued: written once a run, never changed, read back newest first."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd
from sqlalchemy import Connection, Row, Subquery, func, insert, select

from analytics.ledger.tables import (
    forecast_backtest,
    forecast_runs,
    forecast_series,
    forecasts,
)

CHUNK_ROWS = 20_000


@dataclass(frozen=True)
class RunFacts:
    """What a run was made from: edition, day it looked from, engine, seed, settings."""

    edition: int
    as_of: date
    created_at: datetime
    engine: str
    seed: int
    parameters: Mapping[str, object]


@dataclass(frozen=True)
class IssuedForecast:
    """The newest verdict on one series, with its numbers.

    `forecasts`: ds, forecast, lo_80, hi_80, lo_95, hi_95. `backtest`: model, origin, ds,
    horizon, y, forecast and the bands. `status` is issued, withheld, stopped or failed.
    """

    run_id: int
    unique_id: str
    facts: RunFacts
    status: str
    model: str
    reason: str
    reason_values: Mapping[str, object]
    scores: Mapping[str, object]
    treatments: Sequence[object]
    failures: Sequence[object]
    forecasts: pd.DataFrame
    backtest: pd.DataFrame


def write_run(
    connection: Connection,
    facts: RunFacts,
    *,
    series: pd.DataFrame,
    values: pd.DataFrame,
    backtest: pd.DataFrame,
) -> int:
    """Keeps a run: one row a series (its verdict), its forecast values, its back-test."""
    result = connection.execute(
        insert(forecast_runs).values(
            edition=facts.edition,
            as_of=facts.as_of,
            created_at=facts.created_at,
            engine=facts.engine,
            seed=facts.seed,
            parameters=json.dumps(facts.parameters, sort_keys=True),
        )
    )
    run_id = int(result.inserted_primary_key[0])  # type: ignore[index]
    for table, frame in (
        (forecast_series, series),
        (forecasts, values),
        (forecast_backtest, backtest),
    ):
        _insert(connection, table, frame, run_id)
    return run_id


def _insert(connection: Connection, table: object, frame: pd.DataFrame, run_id: int) -> None:
    names = [c.name for c in table.columns if c.name != "run_id"]  # type: ignore[attr-defined]
    prepared = frame[names].copy()
    for column in prepared.columns[prepared.dtypes.map(pd.api.types.is_datetime64_any_dtype)]:
        prepared[column] = prepared[column].dt.date
    prepared = prepared.astype(object).where(prepared.notna(), None).assign(run_id=run_id)
    records = prepared.to_dict("records")
    for start in range(0, len(records), CHUNK_ROWS):
        connection.execute(insert(table), records[start : start + CHUNK_ROWS])  # type: ignore[arg-type]


def newest_inputs(connection: Connection) -> dict[str, str]:
    """The input hash of each series in its newest run: what need not be fitted again."""
    newest = _newest_runs()
    query = select(forecast_series.c.unique_id, forecast_series.c.input_sha256).join(
        newest,
        (newest.c.unique_id == forecast_series.c.unique_id)
        & (newest.c.run_id == forecast_series.c.run_id),
    )
    return {row.unique_id: row.input_sha256 for row in connection.execute(query)}


def _newest_runs(up_to: int | None = None):  # type: ignore[no-untyped-def]
    query = select(
        forecast_series.c.unique_id, func.max(forecast_series.c.run_id).label("run_id")
    ).group_by(forecast_series.c.unique_id)
    if up_to is not None:
        query = query.where(forecast_series.c.run_id <= up_to)
    return query.subquery()


def issued_series(connection: Connection) -> tuple[str, ...]:
    """Series whose newest verdict is an issued forecast, in order of name."""
    newest = _newest_runs()
    query = (
        select(forecast_series.c.unique_id)
        .join(
            newest,
            (newest.c.unique_id == forecast_series.c.unique_id)
            & (newest.c.run_id == forecast_series.c.run_id),
        )
        .where(forecast_series.c.status == "issued")
        .order_by(forecast_series.c.unique_id)
    )
    return tuple(connection.execute(query).scalars())


def newest_forecast(
    connection: Connection, unique_id: str, *, of_edition: int | None = None
) -> IssuedForecast | None:
    """The newest verdict on a series, or None when no run has looked at it.

    `of_edition` leaves out runs on later editions: what could be shown when that one was new.
    """
    runs = select(func.max(forecast_series.c.run_id)).where(
        forecast_series.c.unique_id == unique_id
    )
    if of_edition is not None:
        runs = runs.join(forecast_runs, forecast_runs.c.run_id == forecast_series.c.run_id).where(
            forecast_runs.c.edition <= of_edition
        )
    run_id = connection.execute(runs).scalar()
    return None if run_id is None else forecast_of_run(connection, unique_id, run_id)


def forecast_of_run(connection: Connection, unique_id: str, run_id: int) -> IssuedForecast | None:
    """The verdict of one run on a series; None when the run did not look at it."""
    row = connection.execute(
        select(forecast_series, *[c for c in forecast_runs.columns if c.name != "run_id"])
        .join(forecast_runs, forecast_runs.c.run_id == forecast_series.c.run_id)
        .where(forecast_series.c.unique_id == unique_id, forecast_series.c.run_id == run_id)
    ).one_or_none()
    return None if row is None else _issued(connection, row)


def _issued(connection: Connection, row: Row) -> IssuedForecast:
    return IssuedForecast(
        run_id=row.run_id,
        unique_id=row.unique_id,
        facts=RunFacts(
            edition=row.edition,
            as_of=row.as_of,
            created_at=row.created_at,
            engine=row.engine,
            seed=row.seed,
            parameters=json.loads(row.parameters),
        ),
        status=row.status,
        model=row.model,
        reason=row.reason,
        reason_values=json.loads(row.reason_values),
        scores=json.loads(row.scores),
        treatments=json.loads(row.treatments),
        failures=json.loads(row.failures),
        forecasts=_frame(connection, forecasts, row),
        backtest=_frame(connection, forecast_backtest, row),
    )


def _frame(connection: Connection, table, row: Row) -> pd.DataFrame:  # type: ignore[no-untyped-def]
    query = (
        select(*[c for c in table.columns if c.name not in ("run_id", "unique_id")])
        .where(table.c.run_id == row.run_id, table.c.unique_id == row.unique_id)
        .order_by(table.c.ds)
    )
    frame = pd.read_sql(query, connection)
    for column in frame.columns.intersection(["ds", "origin"]):
        frame[column] = pd.to_datetime(frame[column])
    return frame


def verdicts(connection: Connection) -> pd.DataFrame:
    """The newest verdict of every series: unique_id, status, model, reason, run_id."""
    newest = _newest_runs()
    columns = [
        forecast_series.c[name] for name in ("unique_id", "status", "model", "reason", "run_id")
    ]
    query = select(*columns).join(
        newest,
        (newest.c.unique_id == forecast_series.c.unique_id)
        & (newest.c.run_id == forecast_series.c.run_id),
    )
    return pd.read_sql(query.order_by(forecast_series.c.unique_id), connection)


def every_forecast(connection: Connection) -> pd.DataFrame:
    """Every value of every run, one row a run, series and month, oldest run first.

    Columns: run_id, unique_id, ds, forecast, lo_80 ... hi_95, status, model (of the series in
    that run), edition, as_of, created_at, horizon (months ahead, from 1).
    """
    query = (
        select(
            *forecasts.columns,
            *[forecast_series.c[name] for name in ("status", "model")],
            *[forecast_runs.c[name] for name in ("edition", "as_of", "created_at")],
        )
        .join(
            forecast_series,
            (forecast_series.c.run_id == forecasts.c.run_id)
            & (forecast_series.c.unique_id == forecasts.c.unique_id),
        )
        .join(forecast_runs, forecast_runs.c.run_id == forecasts.c.run_id)
        .order_by(forecasts.c.run_id, forecasts.c.unique_id, forecasts.c.ds)
    )
    frame = pd.read_sql(query, connection)
    for column in ("ds", "as_of", "created_at"):
        frame[column] = pd.to_datetime(frame[column])
    return frame.assign(horizon=frame.groupby(["run_id", "unique_id"]).cumcount() + 1)


def newest_run_id(connection: Connection) -> int:
    """Number of the newest run; 0 before the first."""
    return int(connection.execute(select(func.max(forecast_runs.c.run_id))).scalar() or 0)


def _months_of_backtests(newest: Subquery) -> Subquery:
    """First and last month that the newest back-test of each series forecast."""
    table = forecast_backtest
    return (
        select(
            table.c.unique_id,
            func.min(table.c.ds).label("first_ds"),
            func.max(table.c.ds).label("last_ds"),
        )
        .join(
            newest,
            (newest.c.unique_id == table.c.unique_id) & (newest.c.run_id == table.c.run_id),
        )
        .group_by(table.c.unique_id)
        .subquery()
    )


def newest_scores(connection: Connection, *, up_to_run: int | None = None) -> pd.DataFrame:
    """Scores of the back-test of every series in its newest run, one row a model and horizon.

    `up_to_run` leaves out later runs.

    Columns: unique_id, status, run_id, first_ds and last_ds (the months that were forecast) and
    those of the engine's score table.
    """
    newest = _newest_runs(up_to_run)
    months = _months_of_backtests(newest)
    query = (
        select(
            *[forecast_series.c[name] for name in ("unique_id", "status", "run_id", "scores")],
            months.c.first_ds,
            months.c.last_ds,
        )
        .join(
            newest,
            (newest.c.unique_id == forecast_series.c.unique_id)
            & (newest.c.run_id == forecast_series.c.run_id),
        )
        .outerjoin(months, months.c.unique_id == forecast_series.c.unique_id)
    )
    kept = ("unique_id", "status", "run_id", "first_ds", "last_ds")
    rows = [
        {**{name: row._mapping[name] for name in kept}, **score}
        for row in connection.execute(query.order_by(forecast_series.c.unique_id))
        for score in json.loads(row.scores)
    ]
    return pd.DataFrame(rows)
