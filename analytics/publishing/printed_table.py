"""Tables of a briefing as they are printed: every cell written out, whole or the newest rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from analytics.briefing.model import Exhibit, Grid
from analytics.figures.figure import Figure
from analytics.figures.tables import FigureTable
from analytics.observations.status import ObsStatus

# What a narrow table beside its chart leaves to the whole table in the annex.
LEFT_TO_THE_ANNEX = ("source_id", "correction")
RANGES = ("low_95", "high_95")


@dataclass(frozen=True)
class PrintedTable:
    """Headings and written cells. `numbers` are the places of columns that stand to the right;
    `left_out` says how many rows of the whole table are not among these.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    left_out: int = 0


def whole_table(exhibit: Exhibit, *, language: str) -> PrintedTable:
    """Every row and column of the figure's table."""
    table = exhibit.figure.table(language)
    return _printed(table, table.words())


def newest_rows(
    exhibit: Exhibit, *, language: str, most_rows: int, most_columns: int
) -> PrintedTable:
    """The rows of the newest periods in their order, in the columns that matter most."""
    figure = exhibit.figure
    table = figure.table(language)
    kept = _newest(figure.frame.reset_index(drop=True), most_rows)
    words = table.words().loc[kept, _telling_columns(figure, table)[:most_columns]]
    return _printed(table, words, left_out=len(figure.frame) - len(kept))


def grid_table(grid: Grid) -> PrintedTable:
    """A table that is no figure."""
    numbers = tuple(n for n, name in enumerate(grid.columns) if name in grid.numbers)
    return PrintedTable(grid.columns, grid.rows, numbers)


def _printed(table: FigureTable, words: pd.DataFrame, *, left_out: int = 0) -> PrintedTable:
    headings = tuple(words.columns)
    return PrintedTable(
        headings=headings,
        rows=tuple(tuple(map(str, row)) for row in words.itertuples(index=False, name=None)),
        numbers=tuple(n for n, heading in enumerate(headings) if heading in table.numbers),
        left_out=left_out,
    )


def _newest(frame: pd.DataFrame, most: int) -> Any:
    """Places of at most `most` rows, the newest periods first to be kept, in the frame's order."""
    if "period_start" not in frame.columns:
        return frame.index[:most]
    order = frame["period_start"].sort_values(ascending=False, kind="stable", na_position="last")
    return order.index[:most].sort_values()


def _telling_columns(figure: Figure, table: FigureTable) -> list[str]:
    """Headings without what the annex says better; the status only where it is not normal."""
    is_plain = bool((figure.frame["obs_status"].astype(str) == ObsStatus.NORMAL).all())
    left = {*LEFT_TO_THE_ANNEX, *RANGES, *(("obs_status",) if is_plain else ())}
    listed = [heading for heading, name in table.columns.items() if name not in left]
    return sorted(listed, key=lambda heading: _rank(table.columns[heading]))


def _rank(column: str) -> int:
    """Names, period, value and status before the figure's further columns; stable within."""
    first = ("ref_area", "place", "item", "indicator", "period_start", "obs_text", "obs_value")
    if column in first:
        return 0
    return 1 if column == "obs_status" else 2
