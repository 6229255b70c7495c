"""Axes of native charts: round steps, and number formats that build their own separators.

A viewer's program writes numbers with the separators of its own country. Whole numbers
therefore get a format whose points are letters; decimals are never left to the viewer, they
are written as text beside the points.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

SEPARATOR = {"id": r"\.", "en": r"\,"}
STEPS = (1, 2, 5, 10)
TICKS = 5
MILLION, BILLION = 1e6, 1e9
ZERO_WITHIN = 0.45  # lowest value against the highest, below which a line's axis starts at zero


@dataclass(frozen=True)
class Scale:
    """Ends and step of a value axis. `display_unit` divides what is shown, never the values."""

    low: float
    high: float
    step: float
    display_unit: float = 1

    @property
    def is_whole(self) -> bool:
        """Whether every step can be written without decimals or a minus before thousands."""
        shown = [value / self.display_unit for value in (self.low, self.high, self.step)]
        return all(float(v).is_integer() for v in shown) and shown[0] > -1000


def whole_format(language: str) -> str:
    """A format for whole numbers up to the millions: `[>=1000000]#\\.###\\.###;...`."""
    dot = SEPARATOR[language]
    return f"[>=1000000]#{dot}###{dot}###;[>=1000]#{dot}###;0"


def scale_of(values: Sequence[float], *, from_zero: bool) -> Scale:
    """The axis that holds all values with about five round steps."""
    known = [value for value in values if value is not None and math.isfinite(value)]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    if from_zero or 0 <= low < high * ZERO_WITHIN:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = (low - 1, high + 1) if low else (0.0, 1.0)
    step = _step((high - low) / TICKS)
    first, last = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    largest = max(abs(first), abs(last))
    unit = MILLION if largest >= BILLION else 1
    return Scale(_round(first), _round(last), _round(step), unit)


def _step(wanted: float) -> float:
    power = 10.0 ** math.floor(math.log10(wanted))
    return next(share * power for share in STEPS if share * power >= wanted * (1 - 1e-9))


def _round(value: float) -> float:
    return float(f"{value:.12g}")
