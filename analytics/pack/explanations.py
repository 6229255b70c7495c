"""Why a daily entry may be wrong, and the one reading that sets it right."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from analytics.pack.judgement import Judge

LEFT_ALONE = ""
POWER_KINDS = {1: "factor_ten", 2: "factor_hundred", 3: "factor_thousand"}
POWER_REASONS = {
    -3: "three_zeros_added",
    -2: "two_zeros_added",
    -1: "zero_added",
    1: "zero_lost",
    2: "two_zeros_lost",
    3: "typed_in_thousands",
}


@dataclass(frozen=True)
class Outcome:
    """What becomes of one cell. `value` NaN: missing. `kind` LEFT_ALONE: as it is."""

    item: str
    value: float
    kind: str
    reason: str


@dataclass(frozen=True)
class Case:
    """One entry: its cells still open (far off, not explained) and those already settled."""

    judge: Judge
    row: int
    open: tuple[str, ...]
    settled: frozenset[str]

    @property
    def items(self) -> tuple[str, ...]:
        return self.judge.near.items

    def value(self, item: str) -> float:
        return self.judge.near.value(self.row, item)

    def is_reported(self, item: str) -> bool:
        return not math.isnan(self.value(item))

    def fits(self, item: str, value: float) -> bool:
        return self.judge.fits(self.row, item, value)

    def is_gross(self, item: str) -> bool:
        return self.judge.is_gross(self.row, item, self.value(item))

    def stands_alone(self, item: str) -> bool:
        return self.judge.stands_alone(self.row, item, self.value(item))

    def nearest(self, item: str) -> frozenset[float]:
        return self.judge.nearest(self.row, item)

    def on_both_sides(self, item: str) -> frozenset[float]:
        return self.judge.on_both_sides(self.row, item)

    def own_distance(self, item: str, value: float) -> float:
        return self.judge.distance(self.row, item, value).own

    def beside(self, item: str) -> list[str]:
        """The columns left and right of an item's."""
        at = self.items.index(item)
        return [self.items[near] for near in (at - 1, at + 1) if 0 <= near < len(self.items)]

    def equals_neighbour(self, item: str) -> bool:
        return any(self.value(other) == self.value(item) for other in self.beside(item))


def explain_row(judge: Judge, row: int) -> list[Outcome]:
    """Every cell of an entry that lies far off or is part of a shift, with what becomes of it."""
    if not judge.near.areas[row]:
        return []
    reported = [item for item in judge.near.items if not math.isnan(judge.near.value(row, item))]
    far = [item for item in reported if judge.is_far(row, item, judge.near.value(row, item))]
    outcomes: list[Outcome] = []
    for explain in EXPLANATIONS:
        settled = frozenset(one.item for one in outcomes)
        still_open = tuple(item for item in far if item not in settled)
        outcomes += explain(Case(judge=judge, row=row, open=still_open, settled=settled))
    return sorted(outcomes, key=lambda one: judge.near.items.index(one.item))


def _exchanged(case: Case) -> list[Outcome]:
    """Two neighbouring columns that hold each other's value."""
    for left, right in zip(case.items[:-1], case.items[1:], strict=True):
        are_far = left in case.open and right in case.open and _fit_exchanged(case, left, right)
        if are_far or _are_reversed_between_equals(case, left, right):
            return _exchange(case, left, right)
    return []


def _are_reversed_between_equals(case: Case, left: str, right: str) -> bool:
    """Just these two values stand the other way round before and after, and nowhere so beside."""
    return (
        case.value(left) != case.value(right)
        and case.value(right) in case.on_both_sides(left)
        and case.value(left) in case.on_both_sides(right)
        and case.stands_alone(left)
        and case.stands_alone(right)
    )


def _fit_exchanged(case: Case, left: str, right: str) -> bool:
    return case.fits(left, case.value(right)) and case.fits(right, case.value(left))


def _exchange(case: Case, left: str, right: str) -> list[Outcome]:
    return [
        Outcome(left, case.value(right), "swapped_columns", "two_columns_exchanged"),
        Outcome(right, case.value(left), "swapped_columns", "two_columns_exchanged"),
    ]


def _typed_wrongly(case: Case) -> list[Outcome]:
    """Zeros too many or lost, or one digit wrong: only when a single reading fits."""
    return [outcome for item in case.open for outcome in _reading(case, item)]


def _reading(case: Case, item: str) -> list[Outcome]:
    powers = _power_readings(case, item)
    digits = _digit_readings(case, item)
    if len(powers) == 1 and (not digits or _is_sure(case, item, powers[0].value, digits)):
        return powers
    readings = {one.value: one for one in (*digits, *powers)}
    if len(readings) == 1:
        return list(readings.values())
    if readings and case.is_gross(item):
        return [Outcome(item, math.nan, "impossible", "several_readings_fit")]
    return []


def _power_readings(case: Case, item: str) -> list[Outcome]:
    if not case.is_gross(item):
        return []
    readings = [
        Outcome(item, case.value(item) * 10.0**power, POWER_KINDS[abs(power)], reason)
        for power, reason in POWER_REASONS.items()
    ]
    return [one for one in readings if one.value.is_integer() and _is_likely(case, item, one.value)]


def _is_likely(case: Case, item: str, value: float) -> bool:
    """Fits all that is known; or was typed beside it, when the area departs from the others.

    Where the area itself has no prices, the others must agree closely.
    """
    if not _keeps_order(case, item, value):
        return False
    distance = case.judge.distance(case.row, item, value)
    if math.isnan(distance.own):
        return abs(distance.others) <= math.log10(case.judge.limits.far_ratio)
    if case.fits(item, value):
        return True
    return value in case.nearest(item) and case.judge.fits_own(case.row, item, value)


def _keeps_order(case: Case, item: str, value: float) -> bool:
    """The reading makes no cheaper good dearer than the better one of the same entry."""
    for pair in case.judge.near.rules.ordered:
        if item not in (pair.lower, pair.upper):
            continue
        other = pair.upper if item == pair.lower else pair.lower
        is_reversed = value > case.value(other) if item == pair.lower else value < case.value(other)
        if is_reversed and case.fits(other, case.value(other)):
            return False
    return True


def _is_sure(case: Case, item: str, value: float, rivals: list[Outcome]) -> bool:
    """Whether a reading by zeros stands against readings by another digit.

    It does when it was typed beside the cell, or when two of three speak for it: zeros were added
    (lost, another digit may be lost as well), it all but equals the area's median, no rival was
    typed both before and after.
    """
    if value in case.nearest(item):
        return True
    own = case.own_distance(item, value)
    reasons = (
        value < case.value(item),
        abs(own) <= math.log10(case.judge.limits.same_ratio),
        not any(rival.value in case.on_both_sides(item) for rival in rivals),
    )
    return sum(reasons) >= 2


def _digit_readings(case: Case, item: str) -> list[Outcome]:
    """One digit added, lost, wrong or exchanged: exactly this reading was typed beside it.

    Both before and after it, when the value as it stands could be a price.
    """
    if case.equals_neighbour(item):
        return []
    typed = _typed_beside(case, item)
    powers = {case.value(item) * 10.0**power for power in POWER_REASONS}
    readings = {
        reading: reason for reading, reason in _one_digit_off(case.value(item)) if reading in typed
    }
    return [
        Outcome(item, reading, "digit_slip", reason)
        for reading, reason in readings.items()
        if reading not in powers and _is_likely(case, item, reading)
    ]


def _typed_beside(case: Case, item: str) -> frozenset[float]:
    if case.is_gross(item):
        return case.nearest(item)
    if case.stands_alone(item):
        return case.on_both_sides(item)
    return frozenset()


def _one_digit_off(value: float) -> Iterable[tuple[float, str]]:
    digits = str(int(value))
    for at in range(len(digits)):
        yield _number(digits[:at] + digits[at + 1 :]), "digit_added"
    for at in range(len(digits) + 1):
        for digit in "0123456789":
            yield _number(digits[:at] + digit + digits[at:]), "digit_lost"
    for at in range(len(digits) - 1):
        exchanged = digits[at + 1] + digits[at]
        yield _number(digits[:at] + exchanged + digits[at + 2 :]), "digits_exchanged"
    if digits[1:].strip("0"):  # a lone first digit says nothing about what was meant
        for digit in "123456789":
            yield _number(digit + digits[1:]), "first_digit_wrong"


def _number(digits: str) -> float:
    return float(digits) if digits else math.nan


def _reversed_pairs(case: Case) -> list[Outcome]:
    """The cheaper good dearer than the better one: set right if both were so typed beside it."""
    outcomes: list[Outcome] = []
    for pair in case.judge.near.rules.ordered:
        both = {pair.lower, pair.upper}
        if not case.value(pair.lower) > case.value(pair.upper) or both & case.settled:
            continue
        if _were_typed_exchanged(case, pair.lower, pair.upper):
            outcomes += _exchange(case, pair.lower, pair.upper)
        elif not both & set(case.open):
            value = case.value(pair.lower)
            outcomes.append(Outcome(pair.lower, value, LEFT_ALONE, "dearer_than_the_better_good"))
    return outcomes


def _were_typed_exchanged(case: Case, left: str, right: str) -> bool:
    return (
        case.value(right) in case.nearest(left)
        and case.value(left) in case.nearest(right)
        and _fit_exchanged(case, left, right)
    )


def _shifted(case: Case) -> list[Outcome]:
    """A run of values one column aside, beginning beside an empty cell that takes the first."""
    for step, reason in ((-1, "typed_one_column_late"), (1, "typed_one_column_early")):
        for start in range(len(case.items)):
            block = _up_to_last_open(case, _run_beside(case, start, step))
            if block and _is_convincing(case, block, step):
                return _moved(case, block, step, reason)
    return []


def _run_beside(case: Case, start: int, step: int) -> list[str]:
    """Reported cells beside the empty cell at `start` that all fit the place one step over."""
    run: list[str] = []
    at = start - step
    while not case.is_reported(case.items[start]) and 0 <= at < len(case.items):
        item = case.items[at]
        if item in case.settled or not case.is_reported(item):
            break
        if not case.fits(case.items[at + step], case.value(item)):
            break
        run.append(item)
        at -= step
    return run


def _up_to_last_open(case: Case, run: list[str]) -> list[str]:
    places = [place for place, item in enumerate(run) if item in case.open]
    return run[: places[-1] + 1] if places else []


def _is_convincing(case: Case, block: list[str], step: int) -> bool:
    """Two cells far off where they stand, or a lone one that was typed beside it over there."""
    if len([item for item in block if item in case.open]) >= 2:
        return True
    return len(block) == 1 and case.value(block[0]) in case.nearest(_target(case, block[0], step))


def _target(case: Case, item: str, step: int) -> str:
    return case.items[case.items.index(item) + step]


def _moved(case: Case, block: list[str], step: int, reason: str) -> list[Outcome]:
    moved = [
        Outcome(_target(case, item, step), case.value(item), "shifted_columns", reason)
        for item in block
    ]
    return [*moved, Outcome(block[-1], math.nan, "shifted_columns", reason)]


def _from_next_column(case: Case) -> list[Outcome]:
    """The price of the column beside it: what belongs here is not known."""
    return [
        Outcome(item, math.nan, "neighbouring_column", "price_of_neighbouring_column")
        for item in case.open
        if case.stands_alone(item) and _is_price_of_next_column(case, item)
    ]


def _is_price_of_next_column(case: Case, item: str) -> bool:
    own = case.own_distance(item, case.value(item))
    if math.isnan(own):
        return False
    if case.equals_neighbour(item):
        return True
    return abs(own) > math.log10(case.judge.limits.column_ratio) and any(
        case.is_reported(other) and case.value(item) in case.nearest(other)
        for other in case.beside(item)
    )


def _impossible(case: Case) -> list[Outcome]:
    """No price, and nothing alike beside it: what stays over several entries is left alone."""
    return [
        Outcome(item, math.nan, "impossible", "no_reading_fits")
        for item in case.open
        if case.is_gross(item) and case.stands_alone(item)
    ]


def _left_alone(case: Case) -> list[Outcome]:
    return [
        Outcome(item, case.value(item), LEFT_ALONE, "no_reading_is_certain") for item in case.open
    ]


# In this order: what explains two columns at once comes before what explains one.
EXPLANATIONS = (
    _exchanged,
    _shifted,
    _typed_wrongly,
    _reversed_pairs,
    _from_next_column,
    _impossible,
    _left_alone,
)
