"""How right labels are: macro F1 and its interval; scores of opinions, shrunk when few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.perception.lexicon import LABELS

# Labels of texts, one a text, in one order.
Labels = Sequence[str] | np.ndarray

DRAWS = 2000
SEED = 20261124
LEVEL_PCT = 95.0
NORMAL_95 = 1.959964
# As many texts of the overall mean as a score of its own is weighed against.
PRIOR_TEXTS = 30


@dataclass(frozen=True)
class Measured:
    """Macro F1 (0 to 1) of `n` texts with its 95 percent interval."""

    macro_f1: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Score:
    """A score from 0 (all negative) to 100 (all positive): as counted, shrunk, its interval."""

    raw: float
    shrunk: float
    low: float
    high: float
    n: int


def confusion(labels: Labels, told: Labels) -> np.ndarray:
    """Counts by true label (rows) and told label (columns), in the order of LABELS.

    Raises ValueError, naming it, for a label that is none of them.
    """
    order = {label: at for at, label in enumerate(LABELS)}
    unknown = {*labels, *told} - set(order)
    if unknown:
        raise ValueError(f"{', '.join(sorted(map(str, unknown)))}: not in {', '.join(LABELS)}")
    counts = np.zeros((len(LABELS), len(LABELS)))
    pairs = ([order[label] for label in labels], [order[label] for label in told])
    np.add.at(counts, pairs, 1)
    return counts


def macro_f1_of(counts: np.ndarray) -> np.ndarray:
    """Mean over labels of `2 TP / (2 TP + FP + FN)`; a label that nowhere appears counts as 0.

    `counts`: last two axes are true and told label.
    """
    right = np.diagonal(counts, axis1=-2, axis2=-1)
    size = counts.sum(axis=-1) + counts.sum(axis=-2)
    return np.divide(2 * right, size, out=np.zeros_like(right), where=size > 0).mean(axis=-1)


def macro_f1(labels: Labels, told: Labels) -> float:
    """Macro F1 of told labels, 0 to 1."""
    return float(macro_f1_of(confusion(labels, told)))


def measured(labels: Labels, told: Labels) -> Measured:
    """Macro F1 with the interval of drawing the texts again (bootstrap, fixed seed)."""
    counts = confusion(labels, told)
    n = int(counts.sum())
    cells = counts.reshape(-1) / max(n, 1)
    draws = np.random.default_rng(SEED).multinomial(n, cells, size=DRAWS)
    found = macro_f1_of(draws.reshape(DRAWS, *counts.shape).astype(float))
    tail = (100 - LEVEL_PCT) / 2
    low, high = np.percentile(found, [tail, 100 - tail])
    return Measured(float(macro_f1_of(counts)), float(low), float(high), n)


def score(*, positive: float, neutral: float, negative: float, overall: float) -> Score:
    """Share of content texts out of 100, a neutral text counted half, drawn towards `overall`.

    `shrunk = (n raw + PRIOR_TEXTS overall) / (n + PRIOR_TEXTS)`. The interval is that of the
    shrunk score: the spread of single texts about it over the square root of the texts weighed.
    Raises ValueError without a text.
    """
    n = positive + neutral + negative
    if n <= 0:
        raise ValueError("A score needs a text.")
    raw = 100 * (positive + neutral / 2) / n
    shrunk = (n * raw + PRIOR_TEXTS * overall) / (n + PRIOR_TEXTS)
    squares = positive * (100 - raw) ** 2 + neutral * (50 - raw) ** 2 + negative * raw**2
    variance = (squares + PRIOR_TEXTS * overall * (100 - overall)) / (n + PRIOR_TEXTS)
    reach = NORMAL_95 * (variance / (n + PRIOR_TEXTS)) ** 0.5
    return Score(raw, shrunk, max(0.0, shrunk - reach), min(100.0, shrunk + reach), int(n))
