"""What a layout hands over: one entry a value cell, everything as it stands in the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from analytics.ingest.findings import no_findings
from analytics.ingest.grids import Grid, column_letter
from analytics.ingest.numbers import Style

# Texts of an entry: names or codes. `level` is the level of area that the table says it lists.
TEXT_ROLES: tuple[str, ...] = (
    "area",
    "level",
    "place",
    "item",
    "indicator",
    "period",
    "unit",
    "text",
    "status",
    "source",
    "caveat",
)
ADDRESS: tuple[str, ...] = ("sheet", "row", "column")
# Roles whose cell may stand elsewhere than the value: `area_row`, `area_column` and so on.
NAMED_ROLES: tuple[str, ...] = ("area", "place", "item", "indicator", "period", "unit")


@dataclass(frozen=True)
class Reading:
    """A file as one layout understood it.

    `entries` has sheet, row, column, value and is_number, and any of TEXT_ROLES; a role that
    stands in a cell of its own has `<role>_row` and `<role>_column` for it. `style` is known
    where the layout fixes how numbers are written. `dash_caveat` is what a lone dash means: nihil
    in statistics, not reported where it is a day without a price. `zero_is_missing` and
    `keeps_empty` say what 0 and an empty cell mean here; `may_name_places` whether a place nobody
    knows is a new one.
    """

    layout: str
    entries: pd.DataFrame
    findings: pd.DataFrame = field(default_factory=no_findings)
    style: Style | None = None
    dash_caveat: str = "nihil"
    zero_is_missing: bool = False
    keeps_empty: bool = False
    may_name_places: bool = False


def entries_of(grid: Grid, *, rows: np.ndarray, columns: np.ndarray, **roles: Any) -> pd.DataFrame:
    """Entries for value cells at these positions (two arrays of one length).

    `roles` gives texts, one for all entries or one each.
    """
    cells = grid.cells.to_numpy()
    letters = np.array([column_letter(position) for position in range(grid.width)], dtype=object)
    frame = pd.DataFrame(
        {
            "sheet": grid.sheet,
            "row": rows + 1,
            "column": letters[columns],
            "value": cells[rows, columns],
            "is_number": False if grid.is_number is None else grid.is_number[rows, columns],
        }
    )
    return frame.assign(**roles)


def together(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Entries of several sheets or blocks, in that order."""
    if not parts:
        return pd.DataFrame(columns=[*ADDRESS, "value", "is_number"])
    return pd.concat(parts, ignore_index=True)
