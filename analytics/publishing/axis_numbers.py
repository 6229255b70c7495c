"""Axes of native charts: round steps, and number formats that build their own separators.

A viewer's program writes numbers with the separators of its own country. Whole numbers
therefore get a format whose points are letters; decimals are never left to the viewer, they
are written as text beside the points.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from analytics.i18n import MINUS

SEPARATOR = {"id": r"\.", "en": r"\,"}
STEPS = (1, 2, 5, 10)
TICKS = 5
THOUSAND, MILLION, BILLION, TRILLION = 1e3, 1e6, 1e9, 1e12
ZERO_WITHIN = 0.45  # lowest value against the highest, below which a line's axis starts at zero


@dataclass(frozen=True)
class Scale:
    """Ends and step of a value axis."""

    low: float
    high: float
    step: float

    @property
    def is_whole(self) -> bool:
        """Whether `axis_format` can write every step: whole numbers, and below zero only such
        as all need a separator or none does.
        """
        if not all(float(value).is_integer() for value in (self.low, self.high, self.step)):
            return False
        if self.low >= 0:
            return self.high < TRILLION
        largest = max(abs(self.low), abs(self.high))
        return largest < THOUSAND or (self.step >= THOUSAND and largest < MILLION)


def whole_format(language: str) -> str:
    """A format for whole numbers up to the millions: `[>=1000000]#\\.###\\.###;...`."""
    dot = SEPARATOR[language]
    return f"[>=1000000]#{dot}###{dot}###;[>=1000]#{dot}###;0"


def axis_format(scale: Scale, language: str) -> str:
    """The format of an axis whose steps are whole; a minus is written out, since programs do
    not agree on whether a section with a condition brings one.
    """
    dot = SEPARATOR[language]
    if scale.low < 0:
        number = "0" if scale.step < THOUSAND else f"#{dot}###"
        return f'{number};"{MINUS}"{number};0'
    if scale.high >= BILLION:
        return f"[>=1000000000]#{dot}###{dot}###{dot}###;[>=1000000]#{dot}###{dot}###;0"
    return whole_format(language)


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
    return Scale(_round(first), _round(last), _round(step))


def _step(wanted: float) -> float:
    power = 10.0 ** math.floor(math.log10(wanted))
    return next(share * power for share in STEPS if share * power >= wanted * (1 - 1e-9))


def _round(value: float) -> float:
    return float(f"{value:.12g}")
