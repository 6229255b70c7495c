"""What a daily entry is compared with: the same area's days around it and the other areas then."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analytics.pack.entry_rules import EntryRules, InvalidRules

KEY_COLUMNS: tuple[str, ...] = ("row_id", "area_code", "date")
# Standard deviation of a normal distribution per median and per 90th percentile of |deviation|.
SPREAD_PER_MEDIAN = 1.4826
SPREAD_PER_UPPER = 1 / 1.6449


@dataclass(frozen=True)
class Entry:
    """One typed value and its day (proleptic ordinal)."""

    value: float
    day: int


@dataclass(frozen=True)
class Reference:
    """Prices around one cell, itself left out: NaN and 0 where there are none.

    `own` is the median of the same area, `others` the median over the other areas' medians,
    brought to this area's usual level. `before` and `after` are the two entries beside it.
    """

    own: float
    own_entries: int
    others: float
    other_areas: int
    before: tuple[Entry, ...]
    after: tuple[Entry, ...]


@dataclass(frozen=True)
class Distance:
    """Logarithms (base 10) of value / own median and value / others' median; NaN if unknown."""

    own: float
    others: float


@dataclass(frozen=True)
class _Series:
    """Reported values of one item, area and basis, in order of day and row."""

    positions: list[int]
    days: list[int]
    values: list[float]

    def within(self, day: int, days: int) -> tuple[int, int]:
        """Places from and to which the days lie at most so many days away."""
        return bisect_left(self.days, day - days), bisect_right(self.days, day + days)


def entries_in_order(frame: pd.DataFrame, *, rules: EntryRules) -> pd.DataFrame:
    """The table by day and row: numbers as floats, 0 and empty as NaN, no area as ''.

    `frame` has row_id, area_code, date and one column an item, in the order of the form.
    The order of its rows makes no difference. Raises ValueError for text among the numbers
    and for a row number that is there twice, InvalidRules for an item that it lacks.
    """
    known = (*KEY_COLUMNS, *rules.label_columns)
    items = [column for column in frame.columns if column not in known]
    unknown = rules.named_items() - set(items)
    if unknown:
        raise InvalidRules(f"The table has no column {', '.join(sorted(unknown))}.")
    ordered = frame[[*KEY_COLUMNS, *items]].assign(
        row_id=frame["row_id"].astype("int64"),
        area_code=frame["area_code"].fillna("").astype(str),
        date=pd.to_datetime(frame["date"]).dt.date,
    )
    if ordered["row_id"].duplicated().any():
        raise ValueError("A row number stands twice in the table of daily entries.")
    for item in items:
        numbers = pd.to_numeric(ordered[item].replace("", np.nan)).astype(float)
        ordered[item] = numbers.where(numbers != 0)
    return ordered.sort_values(["date", "row_id"], ignore_index=True)


class Neighbourhood:
    """References, levels and usual spreads of a table from `entries_in_order`."""

    def __init__(self, entries: pd.DataFrame, *, rules: EntryRules) -> None:
        self.rules = rules
        self.items: tuple[str, ...] = tuple(
            column for column in entries.columns if column not in KEY_COLUMNS
        )
        self.row_ids: list[int] = [int(row_id) for row_id in entries["row_id"]]
        self.areas: list[str] = list(entries["area_code"])
        self.days: list[int] = [date.toordinal(day) for day in entries["date"]]
        self._values: dict[str, list[float]] = {
            item: entries[item].astype(float).tolist() for item in self.items
        }
        self._area_names = sorted({area for area in self.areas if area})
        self._series: dict[tuple[str, str, str], _Series] = {}
        self._medians: dict[tuple[str, str, str, int], float] = {}
        self._levels: dict[tuple[str, str, str], float] = {}
        self._spreads: dict[str, Distance] = {}

    def value(self, row: int, item: str) -> float:
        """The value of a cell, NaN when nothing was reported."""
        return self._values[item][row]

    def basis_of(self, item: str, value: float) -> str | None:
        """The basis a value is priced on: '' for plain items, None outside every basis."""
        bases = self.rules.bases_of(item)
        held = [basis.basis for basis in bases if basis.holds(value)]
        return held[0] if held else (None if bases else "")

    def reference(self, row: int, item: str, basis: str, *, same_day: bool = True) -> Reference:
        """Prices around the cell on one basis; `same_day` False leaves out the area's whole day."""
        area, day = self.areas[row], self.days[row]
        series = self._one(area, item, basis)
        if same_day:
            out = bisect_left(series.positions, row), bisect_right(series.positions, row)
        else:
            out = series.within(day, 0)
        start, end = self._around(series, day, out)
        before, after = series.values[start : out[0]], series.values[out[1] : end]
        others = self._other_medians(area, item, basis, day)
        return Reference(
            own=_median([*before, *after]),
            own_entries=len(before) + len(after),
            others=_median(others) * 10 ** self._level(area, item, basis),
            other_areas=len(others),
            before=_entries(series, range(max(start, out[0] - 2), out[0])),
            after=_entries(series, range(out[1], min(end, out[1] + 2))),
        )

    def _around(self, series: _Series, day: int, out: tuple[int, int]) -> tuple[int, int]:
        """Places within the usual days; within more days where they hold too few entries."""
        limits = self.rules.limits
        start, end = series.within(day, limits.own_days)
        if end - start - (out[1] - out[0]) >= limits.own_entries:
            return start, end
        return series.within(day, limits.own_days_when_sparse)

    def distance(self, reference: Reference, value: float) -> Distance:
        """How far a value lies from its reference, as far as that can be judged."""
        limits = self.rules.limits
        has_own = reference.own_entries >= limits.own_entries
        has_others = reference.other_areas >= (1 if has_own else limits.other_areas_alone)
        return Distance(
            own=math.log10(value / reference.own) if has_own else math.nan,
            others=math.log10(value / reference.others) if has_others else math.nan,
        )

    def spread(self, item: str) -> Distance:
        """Usual spread of an item around its own and its others' references (robust, log 10)."""
        if item not in self._spreads:
            distances = [self._own_distance(row, item) for row in self._reported(item)]
            self._spreads[item] = Distance(
                own=_deviation([one.own for one in distances if one]),
                others=_deviation([one.others for one in distances if one]),
            )
        return self._spreads[item]

    def _own_distance(self, row: int, item: str) -> Distance | None:
        value = self.value(row, item)
        basis = self.basis_of(item, value)
        if basis is None or not self.areas[row]:
            return None
        return self.distance(self.reference(row, item, basis), value)

    def _reported(self, item: str) -> list[int]:
        return [row for row, value in enumerate(self._values[item]) if not math.isnan(value)]

    def _one(self, area: str, item: str, basis: str) -> _Series:
        key = (area, item, basis)
        if key not in self._series:
            rows = [row for row in self._reported(item) if self._belongs(row, area, item, basis)]
            self._series[key] = _Series(
                positions=rows,
                days=[self.days[row] for row in rows],
                values=[self.value(row, item) for row in rows],
            )
        return self._series[key]

    def _belongs(self, row: int, area: str, item: str, basis: str) -> bool:
        return self.areas[row] == area and self.basis_of(item, self.value(row, item)) == basis

    def _other_medians(self, area: str, item: str, basis: str, day: int) -> list[float]:
        """One median for each other area that reported around that day."""
        medians = [
            self._area_median(other, item, basis, day)
            for other in self._area_names
            if other != area
        ]
        return [median for median in medians if not math.isnan(median)]

    def _area_median(self, area: str, item: str, basis: str, day: int) -> float:
        key = (area, item, basis, day)
        if key not in self._medians:
            series = self._one(area, item, basis)
            start, end = series.within(day, self.rules.limits.other_days)
            self._medians[key] = _median(series.values[start:end])
        return self._medians[key]

    def _level(self, area: str, item: str, basis: str) -> float:
        """Log 10 of the area's usual price relative to the others; 0 when too little is known."""
        key = (area, item, basis)
        if key not in self._levels:
            ratios = self._ratios_to_others(area, item, basis)
            enough = len(ratios) >= self.rules.limits.level_entries
            self._levels[key] = float(np.median(ratios)) if enough else 0.0
        return self._levels[key]

    def _ratios_to_others(self, area: str, item: str, basis: str) -> list[float]:
        series = self._one(area, item, basis)
        ratios = []
        for day, value in zip(series.days, series.values, strict=True):
            others = self._other_medians(area, item, basis, day)
            if others:
                ratios.append(math.log10(value / _median(others)))
        return ratios


def _entries(series: _Series, places: range) -> tuple[Entry, ...]:
    return tuple(Entry(series.values[at], series.days[at]) for at in places)


def _median(values: Sequence[float]) -> float:
    """Median of prices; the geometric mean of the two middle ones when their number is even."""
    if not values:
        return math.nan
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return math.sqrt(ordered[middle - 1] * ordered[middle])


def _deviation(distances: Sequence[float]) -> float:
    """Robust standard deviation: from the median, or from the 90th percentile if that is more.

    Prices that hardly move have a median deviation of zero; their rare steps still count.
    """
    known = [abs(one) for one in distances if not math.isnan(one)]
    if not known:
        return 0.0
    middle, upper = np.quantile(known, [0.5, 0.9])
    return float(max(SPREAD_PER_MEDIAN * middle, SPREAD_PER_UPPER * upper))
