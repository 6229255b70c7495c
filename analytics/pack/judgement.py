"""Whether a value fits its cell, lies far off it, or cannot be a price at all."""

from __future__ import annotations

import math

from analytics.pack.neighbourhood import Distance, Neighbourhood, Reference


class Judge:
    """Judges any value in any cell against the cell's neighbourhood."""

    def __init__(self, neighbourhood: Neighbourhood) -> None:
        self.near = neighbourhood
        self.limits = neighbourhood.rules.limits

    def reference(self, row: int, item: str, value: float) -> Reference | None:
        """What the value is compared with; None outside every basis of the item."""
        basis = self.near.basis_of(item, value)
        return None if basis is None else self.near.reference(row, item, basis)

    def distance(self, row: int, item: str, value: float) -> Distance:
        reference = self.reference(row, item, value)
        if reference is None:
            return Distance(math.nan, math.nan)
        return self.near.distance(reference, value)

    def fits(self, row: int, item: str, value: float) -> bool:
        """Near every reference that is known, and at least one is."""
        beyond = self._beyond(item, self.distance(row, item, value), gross=False)
        return bool(beyond) and not any(beyond)

    def fits_own(self, row: int, item: str, value: float) -> bool:
        """Near the same area's reference, whatever the others say."""
        own = Distance(self.distance(row, item, value).own, math.nan)
        return self._beyond(item, own, gross=False) == [False]

    def is_far(self, row: int, item: str, value: float) -> bool:
        """Far from every reference that is known."""
        return self._is_beyond(row, item, value, gross=False)

    def is_gross(self, row: int, item: str, value: float) -> bool:
        """So far off that no market price explains it."""
        return self._is_beyond(row, item, value, gross=True)

    def nearest(self, row: int, item: str) -> frozenset[float]:
        """Values of the two entries before and the two after, on every basis of the item."""
        references = self._references(row, item)
        return frozenset(one.value for near in references for one in (*near.before, *near.after))

    def on_both_sides(self, row: int, item: str) -> frozenset[float]:
        """Values typed both before and after the cell."""
        references = self._references(row, item)
        before = {one.value for near in references for one in near.before}
        return frozenset(one.value for near in references for one in near.after) & before

    def stands_alone(self, row: int, item: str, value: float) -> bool:
        """No entry beside it is alike: a price that stays is a price."""
        alike = 2 * math.log10(self.limits.same_ratio)
        return all(abs(math.log10(value / one)) > alike for one in self.nearest(row, item))

    def _references(self, row: int, item: str) -> list[Reference]:
        bases = [basis.basis for basis in self.near.rules.bases_of(item)] or [""]
        return [self.near.reference(row, item, basis) for basis in bases]

    def _is_off_basis(self, row: int, item: str, value: float) -> bool:
        if self.near.basis_of(item, value) is not None:
            return False
        entries = sum(one.own_entries for one in self._references(row, item))
        return entries >= self.limits.own_entries

    def _is_beyond(self, row: int, item: str, value: float, *, gross: bool) -> bool:
        if self._is_off_basis(row, item, value):
            return True
        beyond = self._beyond(item, self.distance(row, item, value), gross=gross)
        return bool(beyond) and all(beyond)

    def _beyond(self, item: str, distance: Distance, *, gross: bool) -> list[bool]:
        """For each known part of the distance, whether it is beyond its limit."""
        spread = self.near.spread(item)
        parts = ((distance.own, spread.own), (distance.others, spread.others))
        return [
            abs(part) > self._limit(usual, gross=gross)
            for part, usual in parts
            if not math.isnan(part)
        ]

    def _limit(self, spread: float, *, gross: bool) -> float:
        limits = self.limits
        ratio = limits.gross_ratio if gross else limits.far_ratio
        spreads = limits.gross_spreads if gross else limits.far_spreads
        return max(math.log10(ratio), spreads * spread)
