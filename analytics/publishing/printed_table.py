"""Tables of a briefing as they are printed: every cell written out, whole or the newest rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analytics.briefing.model import Exhibit, Grid
from analytics.figures.figure import Figure
from analytics.figures.tables import FigureTable
from analytics.observations.status import ObsStatus

# What a narrow table beside its chart leaves to the whole table in the annex.
LEFT_TO_THE_ANNEX = ("source_id", "correction", "low_95", "high_95")
FIRST = ("ref_area", "place", "item", "indicator", "period_start", "obs_text", "obs_value")
SOURCE = "source_id"
FEWEST_COLUMNS = 2
NARROWEST, WIDEST = 5, 34  # letters that a column is counted with


@dataclass(frozen=True)
class PrintedTable:
    """Headings and written cells. `numbers` are the places of columns that stand to the right;
    `left_out` says how many rows of the whole table are not among these.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    left_out: int = 0

    @property
    def widths(self) -> tuple[int, ...]:
        """Letters of each column: its longest cell or word of its heading, within limits."""
        cells = zip(*self.rows, strict=True) if self.rows else ((),) * len(self.headings)
        return tuple(
            _letters(heading, column) for heading, column in zip(self.headings, cells, strict=True)
        )

    @property
    def words_of_columns(self) -> tuple[int, ...]:
        """Letters of the longest word of each column."""
        cells = zip(*self.rows, strict=True) if self.rows else ((),) * len(self.headings)
        return tuple(
            min(max((len(word) for cell in (heading, *column) for word in cell.split()), default=0),
                WIDEST)
            for heading, column in zip(self.headings, cells, strict=True)
        )  # fmt: skip


def _letters(heading: str, cells: Sequence[str]) -> int:
    words = max(map(len, heading.split()), default=0)
    return min(max(words, *map(len, cells), NARROWEST), WIDEST)


@dataclass(frozen=True)
class ExhibitTable:
    """The table of an exhibit in words, written once for all its uses."""

    exhibit: Exhibit
    language: str

    @cached_property
    def _table(self) -> FigureTable:
        return self.exhibit.figure.table(self.language)

    @cached_property
    def _words(self) -> pd.DataFrame:
        return self._table.words()

    def whole(self, *, with_common_source: bool = True) -> PrintedTable:
        """Every row and column; on request without a source that is the same in each row."""
        words = self._words
        if not with_common_source:
            columns = self._table.columns
            same = [h for h in words if columns[h] == SOURCE and words[h].nunique() == 1]
            words = words.drop(columns=same)
        return self._printed(words)

    def newest(self, *, most_rows: int, most_letters: int) -> PrintedTable:
        """The rows of the newest periods in their order, in as many of the columns that matter
        most as a line of so many letters holds.
        """
        figure = self.exhibit.figure
        kept = _newest(figure.frame.reset_index(drop=True), most_rows)
        left_out = len(figure.frame) - len(kept)
        columns = self._without_constants(_telling_columns(figure, self._table), kept)
        while True:
            printed = self._printed(self._words.loc[kept, columns], left_out=left_out)
            fits = sum(printed.widths) <= most_letters or len(columns) <= FEWEST_COLUMNS
            last = self._table.columns[columns[-1]]
            if fits or last in FIRST:
                return printed
            columns = columns[:-1]

    def _without_constants(self, columns: list[str], kept: Any) -> list[str]:
        """The columns without those that say the same in every row and stand in the caption."""
        words = self._words.loc[kept]
        told = [
            c for c in columns if self._table.columns[c] in ("obs_value", "obs_text", "obs_status")
        ]
        telling = [c for c in columns if c in told or words[c].nunique() > 1]
        return columns if len(kept) < FEWEST_COLUMNS or len(telling) < FEWEST_COLUMNS else telling

    def _printed(self, words: pd.DataFrame, *, left_out: int = 0) -> PrintedTable:
        headings = tuple(words.columns)
        numbers = set(self._table.numbers)
        return PrintedTable(
            headings=headings,
            rows=tuple(tuple(map(str, row)) for row in words.itertuples(index=False, name=None)),
            numbers=tuple(n for n, heading in enumerate(headings) if heading in numbers),
            left_out=left_out,
        )


def grid_table(grid: Grid) -> PrintedTable:
    """A table that is no figure."""
    numbers = tuple(n for n, name in enumerate(grid.columns) if name in grid.numbers)
    return PrintedTable(grid.columns, grid.rows, numbers)


def _newest(frame: pd.DataFrame, most: int) -> Any:
    """Places of at most `most` rows, the newest periods first to be kept, in the frame's order."""
    if "period_start" not in frame.columns:
        return frame.index[:most]
    order = frame["period_start"].sort_values(ascending=False, kind="stable", na_position="last")
    return order.index[:most].sort_values()


def _telling_columns(figure: Figure, table: FigureTable) -> list[str]:
    """Headings without what the annex says better; the status only where it is not normal."""
    is_plain = bool((figure.frame["obs_status"].astype(str) == ObsStatus.NORMAL).all())
    left = {*LEFT_TO_THE_ANNEX, *(("obs_status",) if is_plain else ())}
    left -= {figure.series, figure.category}
    listed = [heading for heading, name in table.columns.items() if name not in left]
    drawn_by = {figure.series, figure.category}
    return sorted(listed, key=lambda heading: _rank(table.columns[heading], drawn_by))


def _rank(column: str, drawn_by: set[str]) -> int:
    """Names, period, value and status before the figure's further columns; stable within."""
    if column in drawn_by:
        return 0
    if column in FIRST:
        return 1
    return 2 if column == "obs_status" else 3
