"""Map classes: limits that cut a measure into a few groups, the same over all years when asked.

A class holds the values above its lower and up to its upper limit (the first one also its
lower limit), as most desktop GIS do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

METHODS: tuple[str, ...] = ("quantile", "natural", "equal", "manual")
MAX_CLASSES = 6  # as many steps as a reader can tell apart, and as the palette's ramp has
MAX_SORTED = 3_000  # beyond it natural breaks work on every n-th value: time grows squared
MISSING_CODE = -1


class BadClasses(ValueError):
    """The classes that were asked for cannot be made; the message says what to change."""


@dataclass(frozen=True)
class Classes:
    """Limits of the classes and how many values fall into each.

    `breaks` are the inner limits, ascending; `bounds` the lower and upper limit of each
    class; `codes` the class of each value in the order given, -1 for a missing one.
    `neutral` is the half width of the middle class of a diverging set, None otherwise.
    """

    method: str
    breaks: tuple[float, ...]
    bounds: tuple[tuple[float, float], ...]
    counts: tuple[int, ...]
    codes: tuple[int, ...]
    neutral: float | None = None

    @property
    def count(self) -> int:
        """Number of classes; 0 when there was no value at all."""
        return len(self.bounds)

    @property
    def missing(self) -> int:
        """Number of missing values."""
        return self.codes.count(MISSING_CODE)

    @property
    def is_diverging(self) -> bool:
        """True when the classes run both ways from a neutral middle."""
        return self.neutral is not None

    def codes_of(self, values: Iterable[float | None]) -> tuple[int, ...]:
        """Class of each value by these limits; -1 for a missing one."""
        numbers = _as_array(values)
        if not self.bounds:
            return (MISSING_CODE,) * len(numbers)
        if self.is_diverging:
            return _diverging_codes(numbers, limits=self.breaks[len(self.breaks) // 2 :])
        return _codes(numbers, breaks=self.breaks)


def classify(
    values: pd.Series,
    *,
    method: str,
    k: int = 5,
    breaks: Sequence[float] | None = None,
    over: pd.Series | None = None,
) -> Classes:
    """Classes of `values`, at most `k` of them.

    `method` is quantile, natural (Fisher-Jenks), equal or manual; manual takes the inner
    limits from `breaks`. `over` holds the values of all years: limits come from it, so that
    they are the same in every year. Fewer distinct values give fewer classes. Missing
    values have code -1 and count nowhere. Raises BadClasses.
    """
    _check_request(method=method, k=k, breaks=breaks)
    basis = _present(over if over is not None else values)
    if basis.size == 0 and method != "manual":
        return _counted(values, method=method, breaks=(), span=None)
    inner = _inner_breaks(basis, method=method, k=k, breaks=breaks)
    everything = np.concatenate([basis, _present(values), np.asarray(inner, dtype=float)])
    span = (float(everything.min()), float(everything.max())) if everything.size else None
    return _counted(values, method=method, breaks=inner, span=span)


def classify_change(
    changes: pd.Series, *, neutral: float, k: int = 5, over: pd.Series | None = None
) -> Classes:
    """Classes of a change, alike on both sides of a neutral middle.

    `neutral` (in the unit of the change) is the largest rise or fall that still counts as
    unchanged. The other limits are quantiles of the size of the changes, so that a rise and
    a fall of one size have colours of one strength. `k` is odd. Raises BadClasses.
    """
    if k not in (3, 5) or neutral < 0:
        raise BadClasses("A change map has 3 or 5 classes and a neutral middle of 0 or more.")
    sizes = np.abs(_present(over if over is not None else changes))
    if sizes.size == 0:
        return _counted(changes, method="change", breaks=(), span=None, neutral=neutral)
    outer = _quantile_breaks(sizes[sizes > neutral], k=k // 2)
    limits = (neutral, *outer) if sizes.max() > neutral else ()
    breaks = tuple(-limit + 0.0 for limit in reversed(limits)) + limits
    largest = float(max(sizes.max(), np.abs(_present(changes)).max(initial=0.0), neutral))
    return _counted(
        changes, method="change", breaks=breaks, span=(-largest, largest), neutral=neutral
    )


def _check_request(*, method: str, k: int, breaks: Sequence[float] | None) -> None:
    if method not in METHODS:
        raise BadClasses(f"Unknown method '{method}'; choose one of {', '.join(METHODS)}.")
    if not 1 <= k <= MAX_CLASSES:
        raise BadClasses(f"{k} classes: choose 1 to {MAX_CLASSES}.")
    if (method == "manual") != (breaks is not None):
        raise BadClasses("Limits are given for the method manual, and only for it.")


def _inner_breaks(
    basis: NDArray[np.float64], *, method: str, k: int, breaks: Sequence[float] | None
) -> tuple[float, ...]:
    if method == "manual":
        return _manual_breaks(breaks or ())
    if method == "equal":
        return _equal_breaks(basis, k=k)
    if method == "natural":
        return natural_breaks(basis, k=k)
    return _quantile_breaks(basis, k=k)


def _manual_breaks(breaks: Sequence[float]) -> tuple[float, ...]:
    limits = tuple(float(limit) for limit in breaks)
    if not limits or not np.isfinite(limits).all() or list(limits) != sorted(set(limits)):
        raise BadClasses(f"Limits must be rising numbers, each once: {list(breaks)}.")
    if len(limits) >= MAX_CLASSES:
        raise BadClasses(f"{len(limits)} limits: give at most {MAX_CLASSES - 1}.")
    return limits


def _equal_breaks(basis: NDArray[np.float64], *, k: int) -> tuple[float, ...]:
    low, high = float(basis.min()), float(basis.max())
    return () if low == high else tuple(float(x) for x in np.linspace(low, high, k + 1)[1:-1])


def _quantile_breaks(basis: NDArray[np.float64], *, k: int) -> tuple[float, ...]:
    """Inner quantiles by linear interpolation, each once; none that would leave a class empty."""
    if basis.size == 0:
        return ()
    limits = np.unique(np.quantile(basis, np.arange(1, k) / k))
    limits = limits[limits < basis.max()]
    held = np.unique(np.searchsorted(limits, basis, side="left"))
    # A limit closes class i; it is needed only when something lies in that class.
    return tuple(float(limits[i]) for i in held if i < len(limits))


def natural_breaks(basis: NDArray[np.float64], *, k: int) -> tuple[float, ...]:
    """Inner limits that leave the least squared distance within classes (Fisher-Jenks).

    Exact and without chance up to MAX_SORTED values.
    Definition: Fisher 1958, "On grouping for maximum homogeneity".
    """
    from jenkspy import jenks_breaks

    ordered = _thinned(np.sort(basis))
    limits = jenks_breaks(ordered, n_classes=min(k, np.unique(ordered).size))
    return tuple(sorted({float(limit) for limit in limits[1:-1]}))


def _thinned(ordered: NDArray[np.float64]) -> NDArray[np.float64]:
    """At most MAX_SORTED values, evenly picked from rising ones."""
    if ordered.size <= MAX_SORTED:
        return ordered
    return ordered[np.linspace(0, ordered.size - 1, MAX_SORTED).round().astype(int)]


def _counted(
    values: pd.Series,
    *,
    method: str,
    breaks: tuple[float, ...],
    span: tuple[float, float] | None,
    neutral: float | None = None,
) -> Classes:
    edges = () if span is None else (span[0], *breaks, span[1])
    bounds = tuple(pairwise(edges))
    empty = Classes(
        method=method, breaks=breaks, bounds=bounds, counts=(), codes=(), neutral=neutral
    )
    codes = empty.codes_of(values)
    counts = tuple(codes.count(code) for code in range(len(bounds)))
    return Classes(
        method=method, breaks=breaks, bounds=bounds, counts=counts, codes=codes, neutral=neutral
    )


def _codes(numbers: NDArray[np.float64], *, breaks: tuple[float, ...]) -> tuple[int, ...]:
    codes = np.searchsorted(np.asarray(breaks, dtype=float), numbers, side="left")
    return tuple(int(code) for code in np.where(np.isnan(numbers), MISSING_CODE, codes))


def _diverging_codes(numbers: NDArray[np.float64], *, limits: tuple[float, ...]) -> tuple[int, ...]:
    """Steps away from the middle by size: a limit belongs to the class nearer the middle."""
    steps = np.searchsorted(np.asarray(limits, dtype=float), np.abs(numbers), side="left")
    codes = len(limits) + np.where(numbers < 0, -steps, steps)
    return tuple(int(code) for code in np.where(np.isnan(numbers), MISSING_CODE, codes))


def _as_array(values: Iterable[float | None]) -> NDArray[np.float64]:
    numbers = pd.to_numeric(pd.Series(list(values), dtype=object), errors="raise")
    array = numbers.to_numpy(dtype=float, na_value=np.nan)
    return np.where(np.isinf(array), np.nan, array)


def _present(values: Iterable[float | None]) -> NDArray[np.float64]:
    array = _as_array(values)
    return array[~np.isnan(array)]
