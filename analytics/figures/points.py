"""The points of a chart: positions as numbers, everything to be read as words.

Columns: `t` (milliseconds since 1970, UTC), `y`, `s` (code), `name`, `mark` (status letter or
C for corrected), `v` value, `p` period, `q` status and `c` source in words; `low_80` ... where
the frame has them. Days are sent as numbers, so that no browser shifts them by its time zone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from analytics.figures.chart_style import CORRECTED, MARK_NAMES
from analytics.figures.figure import Figure
from analytics.figures.sentences import period_words, status_words, told_statuses, written
from analytics.i18n import text
from analytics.observations.status import ObsStatus

STEPS = {"A": "YS", "Q": "QS", "M": "MS"}
RANGES = ("low_80", "high_80", "low_95", "high_95")
FURTHER = (*RANGES, "forecast_value", "cutoff")
DAY_MS = 86_400_000


def time_points(figure: Figure, *, language: str) -> pd.DataFrame:
    """One row a dated value, with a row without value for each period that a series skips."""
    frame = figure.frame
    dated = frame[frame["period_start"].notna()]
    groups = dated.groupby(figure.series, sort=False) if figure.series else [("", dated)]
    whole = [_with_gaps(group, series=figure.series, code=code) for code, group in groups]
    if not whole:
        return _points(dated, figure, language)
    return _points(pd.concat(whole, ignore_index=True), figure, language)


def points(figure: Figure, *, language: str) -> pd.DataFrame:
    """One row a row of the frame, dated or not."""
    return _points(figure.frame.reset_index(drop=True), figure, language)


def epoch_ms(day: date) -> int:
    """Milliseconds from 1970-01-01 to the start of a day, in UTC."""
    return int((pd.Timestamp(day) - pd.Timestamp(0)) // pd.Timedelta(milliseconds=1))


def _with_gaps(group: pd.DataFrame, *, series: str, code: object) -> pd.DataFrame:
    """The group with a missing row for every skipped year, quarter or month."""
    steps = set(group["freq"]) if "freq" in group.columns else set()
    step = STEPS.get(next(iter(steps))) if len(steps) == 1 else None
    if step is None:
        return group.sort_values("period_start", kind="stable")
    starts = pd.to_datetime(group["period_start"])
    calendar = pd.date_range(starts.min(), starts.max(), freq=step)
    lacking = calendar.difference(pd.DatetimeIndex(starts))
    rows = pd.DataFrame(
        {
            "period_start": lacking,
            "period_end": [_period_end(start, step) for start in lacking],
            "freq": next(iter(steps)),
            "obs_status": ObsStatus.MISSING.value,
        }
    )
    if series:
        rows[series] = code
    filled = group.assign(period_start=starts)
    if not rows.empty:
        filled = pd.concat([filled, rows], ignore_index=True)
    return filled.sort_values("period_start", kind="stable")


def _period_end(start: pd.Timestamp, step: str) -> pd.Timestamp:
    months = {"YS": 12, "QS": 3, "MS": 1}[step]
    return start + pd.DateOffset(months=months) - pd.Timedelta(days=1)


def _points(frame: pd.DataFrame, figure: Figure, language: str) -> pd.DataFrame:
    indicator = figure.result.indicator
    marks = _marks(frame)
    table = {
        "y": frame["obs_value"].astype(float),
        "mark": marks,
        "v": [written(value, indicator, language) for value in frame["obs_value"]],
        "p": _periods(frame, language),
        "q": _statuses(frame, marks, figure, language),
        "c": _names(frame, "source_id", figure, language),
    }
    if "period_start" in frame.columns:
        table["t"] = _milliseconds(frame["period_start"])
    if figure.series:
        table["s"] = frame[figure.series].astype(str)
        table["name"] = _names(frame, figure.series, figure, language)
    for column in FURTHER:
        if column in frame.columns:
            table[column] = _plain(frame[column])
    return pd.DataFrame(table)


def _marks(frame: pd.DataFrame) -> pd.Series:
    """Status letters; a row without value and text is missing whatever it says."""
    is_known = frame["obs_value"].notna()
    if "obs_text" in frame.columns:
        is_known |= frame["obs_text"].fillna("").astype(str) != ""
    marks = frame["obs_status"].astype(str).where(is_known, ObsStatus.MISSING.value)
    if "correction" not in frame.columns:
        return marks
    is_corrected = frame["correction"].fillna("").astype(str) != ""
    return marks.mask(is_corrected & (marks == ObsStatus.NORMAL.value), CORRECTED)


def _periods(frame: pd.DataFrame, language: str) -> Sequence[str]:
    columns = ["period_start", "period_end", "freq"]
    if "period_start" not in frame.columns:
        return [""] * len(frame)
    spans = frame.reindex(columns=columns)
    written_once = {
        key: period_words(dict(zip(columns, key, strict=True)), language)
        for key in spans.drop_duplicates().itertuples(index=False, name=None)
    }
    return [written_once[key] for key in _keys(spans, written_once)]


def _keys(
    spans: pd.DataFrame, written_once: dict[tuple[object, ...], str]
) -> list[tuple[object, ...]]:
    """Keys of the rows; NaT is not equal to itself, so such rows find their key by its words."""
    by_words = {str(key): key for key in written_once}
    return [by_words[str(key)] for key in spans.itertuples(index=False, name=None)]


def _statuses(frame: pd.DataFrame, marks: pd.Series, figure: Figure, language: str) -> list[str]:
    """The status in words; beside a corrected value also what was recorded first."""
    raw = (
        frame["raw_value"] if "raw_value" in frame.columns else pd.Series(float("nan"), frame.index)
    )
    told = told_statuses(frame, marks)
    return [
        _status(mark, status, was, figure, language)
        for mark, status, was in zip(told, frame["obs_status"], raw, strict=True)
    ]


def _status(mark: str, status: str, raw: float, figure: Figure, language: str) -> str:
    if mark not in MARK_NAMES:
        return status_words(mark, language)
    words = status_words(str(status), language)
    if pd.isna(raw):
        return text("figures.tip.corrected", language, status=words)
    was = written(raw, figure.result.indicator, language)
    return text("figures.tip.was", language, status=words, raw=was)


def _names(frame: pd.DataFrame, column: str, figure: Figure, language: str) -> pd.Series:
    if column not in frame.columns:
        return pd.Series("", index=frame.index)
    codes = frame[column].fillna("").astype(str)
    named = {
        code: figure.name_of(column, code, language) if code else "" for code in codes.unique()
    }
    return codes.map(named)


def _milliseconds(days: pd.Series) -> pd.Series:
    moments = pd.to_datetime(days)
    return (moments - pd.Timestamp(0)) // pd.Timedelta(milliseconds=1)


def _plain(values: pd.Series) -> pd.Series:
    if pd.api.types.is_numeric_dtype(values):
        return values.astype(float)
    return values.astype(str)
