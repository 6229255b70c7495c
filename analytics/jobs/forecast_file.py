"""Forecasts a file into a file: the engine for anyone, without store or region."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from analytics.forecasting.engine import LIGHT_FROM, OnProgress, Runner, forecast_panel
from analytics.forecasting.file_mode import (
    STEP_NAMES,
    UnreadableFile,
    backtest_report,
    is_nothing_done,
    output_table,
    read_table,
    write_output,
)
from analytics.forecasting.known_ahead import (
    harvest_shares,
    holiday_shares,
    joined_regressors,
    leading_changes,
)
from analytics.forecasting.steps import Step, step_of
from analytics.i18n import Formatter

SEED = 3505
# Enough for ranges with a side each at 80 percent; a large file has the least that gives them.
ORIGINS, ORIGINS_OF_MANY = 36, 24


@dataclass(frozen=True)
class KnownTables:
    """Where the panel model may read what is known ahead; nothing by default.

    `leading` names series of the file itself, such as maize among eggs.
    """

    holidays: Path | None = None
    harvest: Path | None = None
    leading: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileReport:
    """What became of the series of a file, and whether they learned from each other."""

    verdicts: dict[str, int]
    with_panel_model: bool
    is_nothing_done: bool


def forecast_file(
    source: Path,
    output: Path,
    *,
    freq: str,
    horizon: int,
    levels: Sequence[int],
    as_of: date,
    language: str,
    may_withhold: bool = True,
    report_to: Path | None = None,
    jobs: int = 1,
    run_tasks: Runner | None = None,
    on_progress: OnProgress | None = None,
    known: KnownTables | None = None,
) -> FileReport:
    """Writes a row a step ahead, and the back-test as JSON where asked.

    No series counts as stopped: what the file holds is taken as newest. Rows dated after
    `as_of` are left out. `known` serves the panel model alone, as further columns of the file
    do. Raises UnreadableFile, InvalidSetting or IncompleteTable.
    """
    step = STEP_NAMES[freq]
    table = read_table(source, freq=step)
    regressors = _regressors(table.series, table.regressors, known=known or KnownTables(),
                             step=step_of(step), horizon=horizon, as_of=as_of)  # fmt: skip
    is_many = table.series["unique_id"].nunique() >= LIGHT_FROM
    run = forecast_panel(
        table.series, freq=step, as_of=as_of, seed=SEED, horizon=horizon, levels=levels,
        max_origins=ORIGINS_OF_MANY if is_many else ORIGINS, jobs=jobs,
        regressors=regressors, may_stop=False, may_withhold=may_withhold,
        keeps_backtest=False, run_tasks=run_tasks, on_progress=on_progress,
    )  # fmt: skip
    formatter = Formatter(language)
    write_output(output_table(run, freq=step, formatter=formatter), output)
    if report_to is not None:
        report = backtest_report(run, freq=step, formatter=formatter, reporters=table.reporters)
        report_to.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    counts = run.verdicts["status"].value_counts().sort_index()
    return FileReport(
        verdicts={str(status): int(number) for status, number in counts.items()},
        with_panel_model=bool(run.parameters["panel_model"]),
        is_nothing_done=is_nothing_done(run),
    )


def _regressors(
    series: pd.DataFrame,
    own: pd.DataFrame | None,
    *,
    known: KnownTables,
    step: Step,
    horizon: int,
    as_of: date,
) -> pd.DataFrame | None:
    """The file's own columns joined with what the tables tell of each step; None without any."""
    if known == KnownTables():
        return own
    typed = series.assign(
        ds=pd.to_datetime(series["ds"], errors="coerce", format="ISO8601"),
        y=pd.to_numeric(series["y"], errors="coerce"),
    ).dropna(subset=["ds"])
    typed = typed[typed["ds"] <= pd.Timestamp(as_of)]
    if typed.empty:
        return own
    first = typed["ds"].min()
    end = step.number_of(typed["ds"].max()) + horizon
    last = step.starts(end, end)[0]
    tables = []
    if known.holidays is not None:
        read = _table(known.holidays)
        tables.append(holiday_shares(read, step=step, first=first, last=last))
    if known.harvest is not None:
        read = _table(known.harvest)
        tables.append(harvest_shares(read, step=step, first=first, last=last))
    for name in known.leading:
        prices = typed[typed["unique_id"].astype(str) == name].dropna(subset=["y"])
        if prices.empty:
            raise UnreadableFile("leading_empty", series=name)
        tables.append(leading_changes(prices, name=f"leading {name}", step=step, horizon=horizon))
    return joined_regressors(own, tables, names=sorted(series["unique_id"].astype(str).unique()))


def _table(path: Path) -> pd.DataFrame:
    """A small CSV. Raises UnreadableFile naming it."""
    try:
        return pd.read_csv(path, encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise UnreadableFile("no_csv", file=path.name, error=error) from error
