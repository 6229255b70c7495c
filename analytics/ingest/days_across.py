"""Tables with commodities down the side and days (or months) across, as price services export."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.ingest.entries import entries_of
from analytics.ingest.grids import Grid, column_letter
from analytics.ingest.headings import is_note
from analytics.ingest.periods import read_period

FEWEST_DAYS = 1
SEARCHED_ROWS = 20


@dataclass(frozen=True)
class DaysAcross:
    """A table understood: its heading row, the column of commodities, the period of each column."""

    grid: Grid
    header: int
    label: int
    periods: dict[int, str]

    @property
    def titles(self) -> list[str]:
        """Texts above the table."""
        return [cell for row in self.grid.head[: self.header] for cell in row if cell]


def find_days(grid: Grid, *, label_words: frozenset[str]) -> DaysAcross | None:
    """The table whose heading row has a column named by one of the words and days after it."""
    for position, row in enumerate(grid.head[:SEARCHED_ROWS]):
        labels = [at for at, cell in enumerate(row) if _plain_word(cell) in label_words]
        if not labels:
            continue
        periods = {
            at: cell for at, cell in enumerate(row) if at > labels[0] and _is_day_or_month(cell)
        }
        if len(periods) >= FEWEST_DAYS:
            return DaysAcross(grid, position, labels[0], periods)
    return None


def _plain_word(cell: str) -> str:
    return cell.split("(")[0].strip().lower()


def _is_day_or_month(cell: str) -> bool:
    span = read_period(cell) if cell else None
    return span is not None and span.freq in ("D", "M")


def entries_of_days(table: DaysAcross, rows: np.ndarray, **roles: object) -> pd.DataFrame:
    """One entry for each commodity row and day."""
    columns = np.array(list(table.periods))
    names = table.grid.column(table.label).str.strip().to_numpy()
    frame = entries_of(
        table.grid,
        rows=np.repeat(rows, len(columns)),
        columns=np.tile(columns, len(rows)),
        item=np.repeat(names[rows], len(columns)),
        period=list(table.periods.values()) * len(rows),
        **roles,
    )
    frame["item_row"], frame["item_column"] = frame["row"], column_letter(table.label)
    frame["period_row"] = table.header + 1
    return frame


def commodity_rows(table: DaysAcross) -> np.ndarray:
    """Positions of rows with a name, down to the first note."""
    names = table.grid.column(table.label).str.strip()
    rows = [at for at in range(table.header + 1, len(names)) if names.iloc[at]]
    notes = [at for at in rows if is_note(names.iloc[at])]
    return np.array([at for at in rows if not notes or at < notes[0]], dtype=int)
