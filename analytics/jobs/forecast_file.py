"""Forecasts a file into a file: the engine for anyone, without store or region."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analytics.forecasting.engine import LIGHT_FROM, OnProgress, Runner, forecast_panel
from analytics.forecasting.file_mode import (
    STEP_NAMES,
    backtest_report,
    is_nothing_done,
    output_table,
    read_table,
    write_output,
)
from analytics.i18n import Formatter

SEED = 3505
# Enough for ranges with a side each at 80 percent; a large file has the least that gives them.
ORIGINS, ORIGINS_OF_MANY = 36, 24


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
) -> FileReport:
    """Writes a row a step ahead, and the back-test as JSON where asked.

    No series counts as stopped: what the file holds is taken as newest. Rows dated after
    `as_of` are left out. Raises UnreadableFile or InvalidSetting.
    """
    step = STEP_NAMES[freq]
    table = read_table(source, freq=step)
    is_many = table.series["unique_id"].nunique() >= LIGHT_FROM
    run = forecast_panel(
        table.series, freq=step, as_of=as_of, seed=SEED, horizon=horizon, levels=levels,
        max_origins=ORIGINS_OF_MANY if is_many else ORIGINS, jobs=jobs,
        regressors=table.regressors, may_stop=False, may_withhold=may_withhold,
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
