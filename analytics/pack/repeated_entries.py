"""Which of several entries of one area and day is published. Always a whole row."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from analytics.observations.table import PUBLISHED, REJECTED, REPEATED
from analytics.pack.entry_rules import EntryRules
from analytics.pack.neighbourhood import Neighbourhood, entries_in_order

# Spread of prices that never move, so that a small step does not count without bound (log 10).
SMALLEST_SPREAD = 0.01
DECIMALS = 9


def pick_repeated(frame: pd.DataFrame, *, rules: EntryRules) -> pd.DataFrame:
    """row_id, row_state and row_reason of every row, by day and row.

    Of equal rows the first is published; of different ones the nearest to the neighbourhood (mean
    distance over the items that all of them report, in usual spreads); of equally near ones the
    latest. Rows without an area are rejected. `frame` is the table after its corrections.
    """
    entries = entries_in_order(frame, rules=rules)
    neighbourhood = Neighbourhood(entries, rules=rules)
    states = dict.fromkeys(range(len(entries)), (PUBLISHED, ""))
    for (area, _), group in entries.groupby(["area_code", "date"], sort=True):
        rows = [int(row) for row in group.index]
        if not area:
            states |= dict.fromkeys(rows, (REJECTED, "area_missing"))
        elif len(rows) > 1:
            states |= _states_of_group(neighbourhood, rows)
    return pd.DataFrame(
        {
            "row_id": entries["row_id"],
            "row_state": [states[row][0] for row in range(len(entries))],
            "row_reason": [states[row][1] for row in range(len(entries))],
        }
    )


def _states_of_group(neighbourhood: Neighbourhood, rows: list[int]) -> dict[int, tuple[str, str]]:
    different = _first_of_equal(neighbourhood, rows)
    states = {row: (REPEATED, "equal_to_first") for row in rows if row not in different}
    if len(different) == 1:
        return states | {different[0]: (PUBLISHED, "first_of_equal")}
    distances = {row: _distance(neighbourhood, row, different) for row in different}
    smallest = min(distances.values())
    nearest = [row for row in different if distances[row] == smallest]
    states |= dict.fromkeys(different, (REPEATED, "farther_from_neighbourhood"))
    states |= dict.fromkeys(nearest[:-1], (REPEATED, "earlier_of_equally_near"))
    reason = "nearest_to_neighbourhood" if len(nearest) == 1 else "latest_of_equally_near"
    return states | {nearest[-1]: (PUBLISHED, reason)}


def _first_of_equal(neighbourhood: Neighbourhood, rows: list[int]) -> list[int]:
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        typed = tuple(repr(neighbourhood.value(row, item)) for item in neighbourhood.items)
        seen.setdefault(typed, row)
    return list(seen.values())


def _distance(neighbourhood: Neighbourhood, row: int, group: list[int]) -> float:
    parts = [
        _scaled_distance(neighbourhood, row, item)
        for item in neighbourhood.items
        if not any(math.isnan(neighbourhood.value(other, item)) for other in group)
    ]
    known = [part for part in parts if not math.isnan(part)]
    return round(float(np.mean(known)), DECIMALS) if known else 0.0


def _scaled_distance(neighbourhood: Neighbourhood, row: int, item: str) -> float:
    value = neighbourhood.value(row, item)
    basis = neighbourhood.basis_of(item, value)
    if basis is None:
        return math.nan
    reference = neighbourhood.reference(row, item, basis, same_day=False)
    distance = neighbourhood.distance(reference, value)
    spread = neighbourhood.spread(item)
    scaled = [
        abs(part) / max(usual, SMALLEST_SPREAD)
        for part, usual in ((distance.own, spread.own), (distance.others, spread.others))
        if not math.isnan(part)
    ]
    return float(np.mean(scaled)) if scaled else math.nan
