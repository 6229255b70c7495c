"""Forecasts of anyone's file: read however it was saved, every series with its verdict.

Text files with comma, semicolon or tab, with or without byte order mark, with decimal point
or comma (decided over the whole file); Parquet files and folders of them. A fault of one
series is its verdict; the file as a whole is refused only when it cannot be read as a table
of unique_id, ds, y.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analytics.forecasting.engine import ForecastRun
from analytics.forecasting.number_style import number_style, with_points
from analytics.forecasting.reasons import Reason, Status, Treatment
from analytics.forecasting.refusal import ForecastRefused
from analytics.forecasting.reports import medians_over_reporters
from analytics.forecasting.scores import ALL_HORIZONS
from analytics.forecasting.series import COLUMNS
from analytics.forecasting.wording import reason_sentence, treatment_sentence
from analytics.i18n import Formatter

# How a step may be called on the command line, beside its own name.
STEP_NAMES: Mapping[str, str] = {"MS": "MS", "M": "MS", "W": "W-MON", "W-MON": "W-MON", "D": "D"}
ENCODINGS = ("utf-8-sig", "cp1252")
DELIMITERS = (",", ";", "\t")
REPORTER = "reporter"


class UnreadableFile(ForecastRefused):
    """The input is no table with unique_id, ds and y; the message says what is wrong."""


@dataclass(frozen=True)
class Table:
    """A file as read: series, regressors known in advance, and reporters behind each value."""

    series: pd.DataFrame
    regressors: pd.DataFrame | None
    reporters: pd.DataFrame | None


def read_table(path: Path, *, freq: str) -> Table:
    """The series of a file or folder. Cells of `y` that are no number stay as they are.

    Further columns of numbers are regressors, known also for the steps ahead. With a column
    `reporter` the rows are reports and become medians over reporters. Raises UnreadableFile.
    """
    frame = _parquet(path) if path.is_dir() or path.suffix == ".parquet" else _text_table(path)
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise UnreadableFile(
            "column_missing", file=path.name, columns=", ".join(missing), found=", ".join(frame)
        )
    if frame.empty:
        raise UnreadableFile("no_row", file=path.name)
    if REPORTER in frame.columns:
        joined = _joined_reports(frame, path, freq=freq)
        return Table(joined[list(COLUMNS)], None, joined.drop(columns="y"))
    return Table(frame[list(COLUMNS)], _regressors(frame), None)


def _parquet(path: Path) -> pd.DataFrame:
    try:
        return pd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise UnreadableFile("no_parquet", file=path.name, error=error) from error


def _text_table(path: Path) -> pd.DataFrame:
    words = _decoded(path)
    header = words.lstrip().split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=header.count)
    try:
        rows = [row for row in csv.reader(words.splitlines(), delimiter=delimiter) if any(row)]
    except csv.Error as error:
        raise UnreadableFile("no_csv", file=path.name, error=error) from error
    if not rows:
        raise UnreadableFile("empty", file=path.name)
    names = [name.strip() for name in rows[0]]
    width = len(names)
    cells = [(row + [""] * width)[:width] for row in rows[1:]]
    frame = pd.DataFrame(cells, columns=names, dtype=object)
    numeric = [name for name in names if name not in ("unique_id", "ds", REPORTER)]
    told = {name: frame[name].str.strip() for name in numeric}
    style = number_style(told.values(), delimiter=delimiter)
    return frame.assign(**{name: with_points(cells, style) for name, cells in told.items()})


def _decoded(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile("not_opened", file=path, error=error.strerror) from error
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile("no_text", file=path.name)


def _regressors(frame: pd.DataFrame) -> pd.DataFrame | None:
    """Further columns that hold numbers only, by series and date; None without any."""
    names = [name for name in frame.columns if name not in (*COLUMNS, REPORTER)]
    numbers = {name: pd.to_numeric(frame[name], errors="coerce") for name in names}
    told = {
        name: values
        for name, values in numbers.items()
        if values.notna().any() and not (values.isna() & frame[name].astype(str).ne("")).any()
    }
    if not told:
        return None
    ds = pd.to_datetime(frame["ds"], errors="coerce", format="ISO8601")
    table = pd.DataFrame({"unique_id": frame["unique_id"], "ds": ds, **told})
    return table.dropna(subset=["ds"]).reset_index(drop=True)


def _joined_reports(frame: pd.DataFrame, path: Path, *, freq: str) -> pd.DataFrame:
    """Reports as medians. Raises UnreadableFile for a report that is no number or date."""
    y = pd.to_numeric(frame["y"], errors="coerce")
    ds = pd.to_datetime(frame["ds"], errors="coerce", format="ISO8601")
    is_bad = ds.isna() | (y.isna() & frame["y"].astype("string").fillna("").str.strip().ne(""))
    if is_bad.any():
        first = frame[is_bad].iloc[0]
        raise UnreadableFile(
            "reports_unread", file=path.name, n=int(is_bad.sum()), ds=first["ds"], y=first["y"]
        )
    return medians_over_reporters(frame.assign(y=y, ds=ds), freq=freq)


# What is written


def output_table(run: ForecastRun, *, freq: str, formatter: Formatter) -> pd.DataFrame:
    """One row a step ahead, or one row with the reason alone: unique_id, ds, forecast,
    lo_/hi_ by level, model, status (issued, withheld, failed), reason (a sentence)."""
    sentences = {
        row.unique_id: reason_sentence(
            Reason(row.reason), json.loads(row.reason_values), freq=freq, formatter=formatter
        )
        for row in run.verdicts.itertuples()
    }
    bounds = [name for name in run.forecasts.columns if name.startswith(("lo_", "hi_"))]
    silent = run.verdicts[~run.verdicts["unique_id"].isin(run.forecasts["unique_id"])]
    rows = [run.forecasts] if len(run.forecasts) else []
    rows += [silent[["unique_id", "model", "status"]]] if len(silent) else []
    table = pd.concat(rows, ignore_index=True) if rows else run.forecasts
    table = table.reindex(columns=["unique_id", "ds", "forecast", *bounds, "model", "status"])
    table["reason"] = table["unique_id"].map(sentences)
    return table.sort_values(["unique_id", "ds"], kind="stable", ignore_index=True)


def write_output(table: pd.DataFrame, path: Path) -> None:
    """CSV in UTF-8, or Parquet by the name; dates as year-month-day."""
    if path.suffix == ".parquet":
        table.to_parquet(path, index=False)
        return
    table.to_csv(path, index=False, date_format="%Y-%m-%d", lineterminator="\n")


def backtest_report(
    run: ForecastRun, *, freq: str, formatter: Formatter, reporters: pd.DataFrame | None = None
) -> dict[str, object]:
    """The back-test by series and model, with all settings and what was done to the rows.

    `median_mase` and `median_mape` are medians over origins: half of them were better.
    """
    scores = {str(name): rows for name, rows in run.scores.groupby("unique_id")}
    series = {
        row.unique_id: {
            "status": row.status,
            "model": row.model,
            "reason": reason_sentence(
                Reason(row.reason), json.loads(row.reason_values), freq=freq, formatter=formatter
            ),
            "observations": row.observations,
            "origins": row.origins,
            "scores": _score_records(scores.get(row.unique_id)),
        }
        for row in run.verdicts.itertuples()
    }
    treatments = [
        {
            "unique_id": row.unique_id,
            "treatment": row.treatment,
            "sentence": treatment_sentence(
                Treatment(row.treatment), json.loads(row.treatment_values), freq=freq,
                formatter=formatter,
            ),
        }
        for row in run.treatments.itertuples()
    ]  # fmt: skip
    return {
        "settings": dict(run.parameters),
        "series": series,
        "treatments": treatments,
        "failures": json.loads(run.failures.to_json(orient="records", date_format="iso")),
        "reporters": _reporter_counts(reporters),
    }


def _score_records(scores: pd.DataFrame | None) -> list[dict[str, object]]:
    if scores is None:
        return []
    plain = scores.drop(columns="unique_id").astype(object)
    records = plain.where(scores.drop(columns="unique_id").notna(), None).to_dict("records")
    return [
        {str(name): value for name, value in record.items()}
        | {"is_all_horizons": record["horizon"] == ALL_HORIZONS}
        for record in records
    ]


def _reporter_counts(reporters: pd.DataFrame | None) -> list[dict[str, object]]:
    if reporters is None:
        return []
    dated = reporters.assign(ds=reporters["ds"].dt.strftime("%Y-%m-%d"))
    return [{str(k): v for k, v in row.items()} for row in dated.to_dict("records")]


def is_nothing_done(run: ForecastRun) -> bool:
    """Not one series could be taken: all failed at the door or in fitting, or there was none."""
    return bool((run.verdicts["status"] == Status.FAILED.value).all())
