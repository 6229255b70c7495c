"""What a native chart is drawn from: categories in words and one row of numbers a series.

Every number of the figure's frame stands in it exactly once and unchanged, so that who opens
the chart's workbook finds what the export of the same edition says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import pandas as pd

from analytics.figures.chart_style import series_codes, series_colours
from analytics.figures.figure import Figure, Kind, ReferenceLine
from analytics.figures.palette import LIGHT
from analytics.figures.sentences import period_words
from analytics.i18n import Formatter, text
from analytics.observations.status import ObsStatus

BANDS = ("high_95", "high_80", "low_80", "low_95")
MONTHS = range(1, 13)
YEARLY, MONTHLY = "A", "M"
MOST_CATEGORIES = 400
MOST_SERIES = 16
LEAST_POINTS = 3  # fewer make no line: they stand as columns
OLDER = "older"
MOST_NAMED = 14


class Shape(StrEnum):
    """The native charts."""

    LINE = "line"
    BAR = "bar"
    COLUMN = "column"
    STACKED = "stacked"
    SCATTER = "scatter"
    FAN = "fan"


@dataclass(frozen=True)
class Row:
    """One series: its name, one value a category (None where missing), and how it looks.

    `role` is empty, `forecast`, `reference`, `older` or the name of a band. Names of single points
    stand in `labels` for a scatter, whose `across` is the horizontal measure.
    """

    name: str
    values: tuple[float | None, ...]
    colour: str
    role: str = ""
    across: tuple[float | None, ...] = ()
    labels: tuple[str, ...] = ()
    weight: float = 2.25


@dataclass(frozen=True)
class Plot:
    """A chart ready to be drawn; all words in one language.

    `dates` are first days of months, where more of them stand side by side than can be named.
    """

    shape: Shape
    categories: tuple[str, ...]
    rows: tuple[Row, ...]
    decimals: int
    unit: str
    across_unit: str = ""
    across_decimals: int = 0
    dates: tuple[date, ...] = ()

    @property
    def values(self) -> list[float]:
        return [value for row in self.rows for value in row.values if value is not None]


def plot_of(figure: Figure, *, language: str) -> Plot | None:
    """The native chart of a figure; None where it is shown as a table or a picture."""
    make = MADE_BY.get(figure.kind)
    if make is None or figure.is_empty:
        return None
    plot = make(figure, language)
    if plot is None or not plot.rows or len(plot.rows) > MOST_SERIES:
        return None
    return plot if 0 < len(plot.categories) <= MOST_CATEGORIES else None


# Over time -------------------------------------------------------------------------------------


def _line(figure: Figure, language: str) -> Plot | None:
    table = _by_period(figure)
    if table is None:
        return None
    colours = series_colours(figure, theme="light")
    rows = [
        Row(_series_name(figure, code, language), _numbers(table[code]), colours[code])
        for code in series_codes(figure)
    ]
    rows += _reference_rows(figure, table, language)
    shape = Shape.LINE if table.notna().any(axis="columns").sum() >= LEAST_POINTS else Shape.COLUMN
    plot = _plot(shape, figure, _period_names(table, language), rows, language)
    return replace(plot, dates=_dates(table)) if shape is Shape.LINE else plot


def _dates(table: pd.DataFrame) -> tuple[date, ...]:
    """The first days of many months; nothing where the periods can be named."""
    index = table.index
    if len(index) <= MOST_NAMED or set(index.get_level_values("freq")) != {MONTHLY}:
        return ()
    return tuple(start.date() for start in index.get_level_values("start"))


def _by_period(figure: Figure, column: str = "obs_value") -> pd.DataFrame | None:
    """One row a period, one column a series; None where a series has a period twice."""
    frame = figure.frame
    if "period_start" not in frame.columns:
        return None
    dated = frame[frame["period_start"].notna()]
    code = dated[figure.series].astype(str) if figure.series else pd.Series("", index=dated.index)
    keyed = pd.DataFrame(
        {
            "start": pd.to_datetime(dated["period_start"]),
            "end": _ends(dated),
            "freq": dated.get("freq", "_O"),
            "code": code,
            "value": dated[column].astype(float),
        }
    )
    if keyed.duplicated(["start", "end", "freq", "code"]).any():
        return None
    wide = keyed.pivot(index=["start", "end", "freq"], columns="code", values="value")
    return _without_holes(wide.sort_index())


def _ends(dated: pd.DataFrame) -> pd.Series:
    """Last days; where none is known, the first."""
    starts = pd.to_datetime(dated["period_start"])
    return pd.to_datetime(dated.get("period_end", starts)).fillna(starts)


def _without_holes(wide: pd.DataFrame) -> pd.DataFrame:
    """Yearly and monthly series with a row for every year or month, so that gaps are seen."""
    freqs = set(wide.index.get_level_values("freq"))
    if freqs not in ({YEARLY}, {MONTHLY}) or len(wide) < 2:
        return wide
    (freq,) = freqs
    starts = wide.index.get_level_values("start")
    every = pd.date_range(starts[0], starts[-1], freq="YS" if freq == YEARLY else "MS")
    lacking = [day for day in every if day not in set(starts)]
    if not set(starts) <= set(every) or not lacking:
        return wide
    ends = [day + (pd.offsets.YearEnd(0) if freq == YEARLY else pd.offsets.MonthEnd(0))
            for day in lacking]  # fmt: skip
    index = pd.MultiIndex.from_arrays(
        [lacking, ends, [freq] * len(lacking)], names=wide.index.names
    )
    holes = pd.DataFrame(index=index, columns=wide.columns, dtype=float)
    return pd.concat([wide, holes]).sort_index()


def _period_names(table: pd.DataFrame, language: str) -> tuple[str, ...]:
    words = Formatter(language)
    names = []
    for start, end, freq in table.index:
        if freq == MONTHLY:
            names.append(words.month_short(start.date()))
        else:
            row = {"period_start": start, "period_end": end, "freq": freq}
            names.append(period_words(row, language))
    return tuple(names)


def _reference_rows(figure: Figure, table: pd.DataFrame, language: str) -> list[Row]:
    """Floors, ceilings and targets in the time in which each holds, one row a name."""
    starts = table.index.get_level_values("start")
    named: dict[str, list[float | None]] = {}
    for line in figure.references:
        values = named.setdefault(line.label.in_language(language), [None] * len(starts))
        for position, start in enumerate(starts):
            if _holds(line, start):
                values[position] = float(line.value)
    return [
        Row(name, tuple(values), LIGHT.brick, role="reference", weight=1.25)
        for name, values in named.items()
        if any(value is not None for value in values)
    ]


def _holds(line: ReferenceLine, start: pd.Timestamp) -> bool:
    day = start.date()
    return (line.start is None or line.start <= day) and (line.end is None or day <= line.end)


def _fan(figure: Figure, language: str) -> Plot | None:
    """What was observed, the forecast, and the ends of its ranges, each a series."""
    table = _by_period(figure)
    if table is None or figure.series:
        return None
    frame = figure.frame[figure.frame["period_start"].notna()]
    ahead = set(pd.to_datetime(frame.loc[frame["obs_status"] == ObsStatus.FORECAST,
                                         "period_start"]))  # fmt: skip
    is_ahead = table.index.get_level_values("start").isin(ahead)
    colour = getattr(LIGHT, figure.colour)
    value = table[""]
    rows = [Row(figure.result.indicator.name.in_language(language),
                _numbers(value.mask(is_ahead)), colour)]  # fmt: skip
    if ahead:
        name = text("figures.status.F", language)
        rows.append(Row(name, _numbers(value.where(is_ahead)), colour, role="forecast"))
    for column in BANDS:
        if column in frame.columns and frame[column].notna().any():
            band = _by_period(figure, column)
            assert band is not None
            limit = band[""].reindex(table.index)
            rows.append(Row(text(f"figures.table.{column}", language), _numbers(limit), colour,
                            role=column))  # fmt: skip
    rows += _reference_rows(figure, table, language)
    plot = _plot(Shape.FAN, figure, _period_names(table, language), rows, language)
    return replace(plot, dates=_dates(table))


def _seasonal(figure: Figure, language: str) -> Plot | None:
    """Months across, one series a year."""
    frame = figure.frame[figure.frame["period_start"].notna()]
    starts = pd.to_datetime(frame["period_start"])
    keyed = pd.DataFrame(
        {"year": starts.dt.year, "month": starts.dt.month, "value": frame["obs_value"]}
    )
    if keyed.duplicated(["year", "month"]).any():
        return None
    wide = keyed.pivot(index="month", columns="year", values="value").reindex(MONTHS)
    newest = max(wide.columns)
    rows = [_year_row(figure, wide[year], int(year), int(newest)) for year in wide.columns]
    words = Formatter(language)
    names = tuple(words.month_name_short(month) for month in MONTHS)
    return _plot(Shape.LINE, figure, names, rows, language)


def _year_row(figure: Figure, values: pd.Series, year: int, newest: int) -> Row:
    """The newest year strong, the one before it dark, older ones back."""
    if year == newest:
        return Row(str(year), _numbers(values), getattr(LIGHT, figure.colour), weight=3)
    is_before = year == newest - 1
    return Row(str(year), _numbers(values), LIGHT.ink if is_before else LIGHT.grey,
               role=OLDER, weight=1.75 if is_before else 0.75)  # fmt: skip


# By category -----------------------------------------------------------------------------------


def _bars(figure: Figure, language: str) -> Plot | None:
    """One value a category, the largest first unless the figure keeps its order."""
    column = figure.category or figure.series or "ref_area"
    frame = figure.frame
    if column not in frame.columns or frame[column].astype(str).duplicated().any():
        return None
    if not figure.keeps_order:
        frame = frame.sort_values("obs_value", ascending=False, kind="stable")
    names = tuple(figure.name_of(column, code, language) for code in frame[column])
    name = figure.result.indicator.name.in_language(language)
    row = Row(name, _numbers(frame["obs_value"]), getattr(LIGHT, figure.colour))
    return _plot(Shape.BAR, figure, names, [row], language)


def _grouped(figure: Figure, language: str) -> Plot | None:
    return _by_category(figure, language, Shape.COLUMN)


def _stacked(figure: Figure, language: str) -> Plot | None:
    return _by_category(figure, language, Shape.STACKED)


def _by_category(figure: Figure, language: str, shape: Shape) -> Plot | None:
    frame, column = figure.frame, figure.category
    if column not in frame.columns:
        return None
    category = frame[column].astype(str)
    code = frame[figure.series].astype(str) if figure.series else pd.Series("", index=frame.index)
    keyed = pd.DataFrame({"category": category, "code": code, "value": frame["obs_value"]})
    if keyed.duplicated(["category", "code"]).any():
        return None
    order = list(dict.fromkeys(category))
    wide = keyed.pivot(index="category", columns="code", values="value").reindex(order)
    colours = series_colours(figure, theme="light")
    rows = [
        Row(_series_name(figure, each, language), _numbers(wide[each]), colours[each])
        for each in series_codes(figure)
    ]
    names = tuple(figure.name_of(column, each, language) for each in order)
    return _plot(shape, figure, names, rows, language)


def _scatter(figure: Figure, language: str) -> Plot | None:
    """Each row a point with its name; the horizontal measure stands in the workbook too."""
    column = figure.category or "ref_area"
    frame = figure.frame
    if figure.x_indicator is None or column not in frame.columns:
        return None
    known = frame[frame["obs_value"].notna() & frame[figure.x_column].notna()]
    labels = tuple(figure.name_of(column, code, language) for code in known[column])
    row = Row(
        figure.result.indicator.name.in_language(language), _numbers(known["obs_value"]),
        getattr(LIGHT, figure.colour), across=_numbers(known[figure.x_column]), labels=labels,
    )  # fmt: skip
    plot = _plot(Shape.SCATTER, figure, labels, [row], language)
    name = figure.x_indicator.name.in_language(language)
    unit = figure.x_indicator.unit_symbol.in_language(language)
    return Plot(plot.shape, plot.categories, plot.rows, plot.decimals, plot.unit,
                across_unit=f"{name} ({unit})" if unit else name,
                across_decimals=figure.x_indicator.decimals)  # fmt: skip


# Shared ----------------------------------------------------------------------------------------


def _plot(
    shape: Shape, figure: Figure, categories: Sequence[str], rows: Sequence[Row], language: str
) -> Plot:
    indicator = figure.result.indicator
    unit = indicator.unit_symbol.in_language(language) or indicator.name.in_language(language)
    return Plot(shape, tuple(categories), tuple(rows), indicator.decimals, unit)


def _series_name(figure: Figure, code: str, language: str) -> str:
    if not figure.series:
        return figure.result.indicator.name.in_language(language)
    return figure.name_of(figure.series, code, language)


def _numbers(values: pd.Series) -> tuple[float | None, ...]:
    return tuple(None if pd.isna(value) else float(value) for value in values)


MADE_BY: Mapping[Kind, Callable[[Figure, str], Plot | None]] = {
    Kind.LINE: _line,
    Kind.SMALL_MULTIPLES: _line,
    Kind.SPARK: _line,
    Kind.FAN: _fan,
    Kind.SEASONAL: _seasonal,
    Kind.DISTRIBUTION: _seasonal,
    Kind.BARS: _bars,
    Kind.GROUPED_BARS: _grouped,
    Kind.STACKED_BARS: _stacked,
    Kind.SCATTER: _scatter,
}
