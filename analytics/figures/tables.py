"""The table of a figure: names for codes, units in the header, status and source in each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from analytics.figures.figure import Column, Figure
from analytics.figures.result import Label, Period, Statement
from analytics.figures.sentences import TEXT, period_words, status_words, told_statuses
from analytics.i18n import MISSING, Formatter, text
from analytics.observations.status import ObsStatus

Write = Callable[[Any], str]
NAME_ORDER = ("ref_area", "place", "item", "indicator")
RANGE_COLUMNS = ("low_80", "high_80", "low_95", "high_95")


@dataclass(frozen=True)
class FigureTable:
    """A frame with headings in words, and how its numbers and periods are written.

    Numbers stay numbers and periods stay dates, so that a reader can sort by them.
    `columns` says from which column of the figure's frame each heading comes.
    """

    frame: pd.DataFrame
    writers: Mapping[str, Write]
    numbers: tuple[str, ...]
    columns: Mapping[str, str]

    def styled(self) -> Any:
        """The frame as a pandas Styler: written by the formatter, numbers to the right.

        A column with gaps is written out, since the browser's table would show them as "None".
        """
        gappy = [name for name in self.writers if self.frame[name].isna().any()]
        frame = self.frame.assign(**{name: self.words()[name] for name in gappy})
        writers = {name: write for name, write in self.writers.items() if name not in gappy}
        styler = frame.style.format(writers, na_rep=MISSING)
        return styler.set_properties(subset=list(self.numbers), **{"text-align": "right"})

    def words(self) -> pd.DataFrame:
        """The frame with every cell written out, for pictures, slides and tests."""
        return pd.DataFrame(
            {
                heading: self.frame[heading].map(self.writers.get(heading, _as_is))
                for heading in self.frame.columns
            }
        )


def figure_table(figure: Figure, *, language: str) -> FigureTable:
    """The table of a figure in words. Columns that say nothing are left out."""
    frame = figure.frame.reset_index(drop=True)
    shown: dict[str, pd.Series] = {}
    writers: dict[str, Write] = {}
    numbers: list[str] = []
    columns: dict[str, str] = {}
    for column in _columns(figure):
        heading = _heading(column, language)
        if heading in shown:
            raise ValueError(
                f"Table of '{figure.result.name}': two columns are called '{heading}'."
            )
        shown[heading] = _cells(frame, column, figure, language)
        columns[heading] = column.name
        write = _writer(column, frame, language)
        if write is not None:
            writers[heading] = write
        if _is_number(column):
            numbers.append(heading)
    return FigureTable(pd.DataFrame(shown), writers, tuple(numbers), columns)


def _columns(figure: Figure) -> list[Column]:
    """Names first, then period, value, ranges, the figure's own columns, status, source."""
    frame, indicator = figure.frame, figure.result.indicator
    is_list = indicator.unit == TEXT
    names = [
        Column(name, _name_heading(name, figure), style="code") for name in _naming_columns(figure)
    ]
    value = Column(
        "obs_value", indicator.name, decimals=indicator.decimals, unit=indicator.unit_symbol
    )
    columns = [*names, *_period_column(frame), *_text_column(figure), value]
    columns += [
        Column(
            name,
            Statement(f"figures.table.{name}"),
            decimals=indicator.decimals,
            unit=indicator.unit_symbol,
        )
        for name in RANGE_COLUMNS
        if name in frame.columns and frame[name].notna().any()
    ]
    columns += _other_measure(figure)
    columns += figure.columns
    if not is_list:
        columns.append(Column("obs_status", Statement("figures.table.obs_status"), style="status"))
    if _says_something(frame, "correction"):
        columns.append(
            Column("correction", Statement("figures.table.correction"), style="correction")
        )
    if "source_id" in frame.columns:
        columns.append(Column("source_id", Statement("figures.table.source_id"), style="code"))
    return [column for column in columns if not _is_idle(column, figure)]


def _naming_columns(figure: Figure) -> list[str]:
    """Code columns that differ between rows or that the figure is drawn by."""
    frame = figure.frame
    drawn_by = {figure.series, figure.category}
    listed = [name for name in NAME_ORDER if name in frame.columns]
    listed += [
        name
        for name in (figure.series, figure.category)
        if name in figure.names and name not in listed
    ]
    own = {column.name for column in figure.columns}
    return [
        name
        for name in listed
        if name not in own
        and name != "source_id"
        and _says_something(frame, name)
        and (name in drawn_by or frame[name].nunique(dropna=False) > 1)
    ]


def _period_column(frame: pd.DataFrame) -> list[Column]:
    if "period_start" not in frame.columns:
        return []
    return [Column("period_start", Statement("figures.table.period"), style="period")]


def _text_column(figure: Figure) -> list[Column]:
    if not _says_something(figure.frame, "obs_text"):
        return []
    heading = figure.headings.get("obs_text", Statement("figures.table.obs_text"))
    return [Column("obs_text", heading, style="text")]


def _other_measure(figure: Figure) -> list[Column]:
    other = figure.x_indicator
    if other is None:
        return []
    return [Column(figure.x_column, other.name, decimals=other.decimals, unit=other.unit_symbol)]


def _is_idle(column: Column, figure: Figure) -> bool:
    """A value column without any value, where texts are shown instead."""
    frame = figure.frame
    return column.name == "obs_value" and (
        figure.result.indicator.unit == TEXT
        or (_says_something(frame, "obs_text") and bool(frame["obs_value"].isna().all()))
    )


def _says_something(frame: pd.DataFrame, name: str) -> bool:
    return name in frame.columns and bool((frame[name].fillna("").astype(str) != "").any())


def _name_heading(name: str, figure: Figure) -> Statement | Label:
    if name in figure.headings:
        return figure.headings[name]
    return Statement(f"figures.table.{name if name in NAME_ORDER else 'group'}")


def _heading(column: Column, language: str) -> str:
    words = _in_words(column.heading, language)
    unit = column.unit.in_language(language) if column.unit else ""
    return text("figures.table.with_unit", language, name=words, unit=unit) if unit else words


def _in_words(heading: Statement | Label, language: str) -> str:
    if isinstance(heading, Label):
        return heading.in_language(language)
    return heading.words(language)


def _cells(frame: pd.DataFrame, column: Column, figure: Figure, language: str) -> pd.Series:
    values = frame[column.name]
    if column.style == "code":
        return values.map(lambda code: figure.name_of(column.name, code, language) if code else "")
    if column.style == "status":
        statuses = told_statuses(frame, row_statuses(frame))
        return statuses.map(partial(status_words, language=language))
    if column.style == "correction":
        return values.fillna("").map(lambda kind: correction_words(kind, language))
    if column.style == "period" and _is_ambiguous(frame):
        return frame.apply(period_words, axis="columns", language=language)
    if column.style in ("date", "month", "period"):
        return pd.to_datetime(values)
    return values


def _is_ambiguous(frame: pd.DataFrame) -> bool:
    """True when periods of different length begin on one day: then only words tell them apart."""
    if not {"period_end", "freq"} <= set(frame.columns):
        return False
    spans = frame[["period_start", "period_end", "freq"]].drop_duplicates()
    return bool(spans["period_start"].duplicated().any())


def row_statuses(frame: pd.DataFrame) -> pd.Series:
    """The status of each row; a row without value and text is missing whatever it says."""
    is_known = frame["obs_value"].notna()
    if "obs_text" in frame.columns:
        is_known |= frame["obs_text"].fillna("").astype(str) != ""
    return frame["obs_status"].astype(str).where(is_known, ObsStatus.MISSING.value)


def correction_words(kind: object, language: str) -> str:
    """What kind of correction a value underwent; empty when none."""
    if not kind:
        return ""
    try:
        return text(f"figures.correction.{kind}", language)
    except KeyError:
        return text("figures.correction.other", language)


def _writer(column: Column, frame: pd.DataFrame, language: str) -> Write | None:
    """How the cells of a column are written; None leaves text as it is."""
    words = Formatter(language)
    if column.style == "period":
        return None if _is_ambiguous(frame) else _period_writer(frame, language)
    if column.style in ("date", "month"):
        return _date_writer(getattr(words, column.style))
    if column.style in ("text", "code", "status", "correction"):
        return None
    method = getattr(words, column.style)
    if column.decimals is None:
        return method
    return lambda value: method(value, column.decimals)


def _date_writer(write: Write) -> Write:
    return lambda value: MISSING if pd.isna(value) else write(value)


def _period_writer(frame: pd.DataFrame, language: str) -> Write:
    """Writes a period by its first day; rows that begin on one day are of one length here."""
    spans = frame.assign(
        start=pd.to_datetime(frame["period_start"]),
        end=pd.to_datetime(frame["period_end"]) if "period_end" in frame else pd.NaT,
        step=frame.get("freq", "_O"),
    ).drop_duplicates("start")
    written = {
        row.start: Period(row.start.date(), _date_or_none(row.end), str(row.step)).words(language)
        for row in spans[spans["start"].notna()].itertuples()
    }
    undated = Period(None, None).words(language)
    return lambda value: undated if pd.isna(value) else written[value]


def _date_or_none(value: Any) -> Any:
    return None if pd.isna(value) else value.date()


def _is_number(column: Column) -> bool:
    return column.style not in ("text", "code", "status", "correction", "date", "month", "period")


def _as_is(value: object) -> str:
    return "" if value is None or value != value else str(value)
