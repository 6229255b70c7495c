"""The scale on which models are fitted and errors are kept."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# Values are rounded before fitting, so that a change of unit, which moves the last
# binary digits, cannot send an optimiser down another path.
FITTING_DECIMALS = 9


@dataclass(frozen=True)
class Transform:
    """Logarithms of values over the series' own scale; `log1p` where the past holds a zero.

    A plain one leaves the values over the scale as they are.
    """

    scale: float
    has_zero: bool
    is_plain: bool = False

    def plain(self) -> Transform:
        """The same scale without logarithms."""
        return replace(self, is_plain=True)

    def to_fit(self, values: Array) -> Array:
        """From the unit of the series to the fitting scale. Missing in, missing out."""
        with np.errstate(divide="ignore", invalid="ignore"):
            share = values / self.scale
            if self.is_plain:
                return share
            return np.log1p(share) if self.has_zero else np.log(share)

    def to_unit(self, values: Array) -> Array:
        """Back to the unit of the series, never below zero."""
        if self.is_plain:
            return np.maximum(values * self.scale, 0.0)
        with np.errstate(over="ignore"):  # an absurd forecast turns infinite and is refused
            share = np.expm1(values) if self.has_zero else np.exp(values)
        return np.maximum(share * self.scale, 0.0)


def transform_of(training: Array) -> Transform:
    """The transform that a training part asks for; it sees nothing else.

    The scale is the geometric mean, or the mean where the part holds a zero.
    """
    seen = training[np.isfinite(training)]
    if (seen > 0).all():
        return Transform(scale=float(np.exp(np.log(seen).mean())), has_zero=False)
    mean = float(seen.mean())
    return Transform(scale=mean if mean > 0 else 1.0, has_zero=True)
