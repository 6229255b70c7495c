"""Formulas of demand and of the internal brand index; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

# A value with the ends of its interval.
Ranged = tuple[float, float, float]

NORMAL_95 = 1.959964
DRAWS = 2000
SEED = 20261124
TAIL_PCT = 2.5
# An index that stands for less than this part of its weights is withheld.
LEAST_KNOWN_PCT = 60.0


def net_promoter(*, promoters: float, passives: float, detractors: float) -> tuple[float, ...]:
    """Net promoter score (-100 to 100) with the ends of its 95 percent interval.

    `NPS = 100 (P - D)`, variance `(P + D - (P - D)^2) / n` of shares P and D. Raises ValueError
    without a respondent.
    """
    n = promoters + passives + detractors
    if n <= 0:
        raise ValueError("A net promoter score needs a respondent.")
    p, d = promoters / n, detractors / n
    reach = NORMAL_95 * 100 * ((p + d - (p - d) ** 2) / n) ** 0.5
    score = 100 * (p - d)
    return score, max(-100.0, score - reach), min(100.0, score + reach)


def share_interval_pct(*, part: float, whole: float) -> tuple[float, float, float]:
    """A share in percent with its 95 percent interval (Wilson). Raises ValueError for 0 asked."""
    if whole <= 0:
        raise ValueError("A share needs somebody who was asked.")
    z, share = NORMAL_95, part / whole
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    reach = z * (share * (1 - share) / whole + z * z / (4 * whole**2)) ** 0.5 / (1 + z * z / whole)
    return 100 * share, 100 * (middle - reach), 100 * (middle + reach)


def is_apart(first: Ranged, second: Ranged) -> bool:
    """Whether the 95 percent interval of the difference of two independent values leaves out 0.

    Each is (value, low, high); the ends that face each other are joined as squares (Zou and
    Donner 2008), since two intervals may overlap and their values still differ.
    """
    smaller, larger = sorted((first, second), key=lambda one: one[0])
    reach = np.hypot(smaller[2] - smaller[0], larger[0] - larger[1])
    return bool(larger[0] - smaller[0] > reach)


def scaled(value: float | np.ndarray, *, floor: float, ceiling: float) -> np.ndarray:
    """Value on 0 (floor) to 100 (ceiling), cut at both ends. Raises ValueError for equal ends."""
    if floor == ceiling:
        raise ValueError("Floor and ceiling of a part are the same.")
    return np.clip(100 * (np.asarray(value, float) - floor) / (ceiling - floor), 0, 100)


def weighted_index(scores: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Sum of weight x score over the sum of the weights of the parts that have a score.

    NaN where no known part has a weight.
    """
    known = [part for part in scores if part in weights and not np.isnan(scores[part])]
    total = sum(weights[part] for part in known)
    if total <= 0:
        return float("nan")
    return sum(weights[part] * scores[part] for part in known) / total


def known_weight_pct(scores: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Part of all weights that belongs to parts with a score, in percent."""
    total = sum(weights.values())
    known = sum(w for part, w in weights.items() if not np.isnan(scores.get(part, np.nan)))
    return 100 * known / total if total > 0 else 0.0


def middle_95(draws: np.ndarray) -> tuple[float, float]:
    """The middle 95 percent of draws."""
    low, high = np.percentile(draws, [TAIL_PCT, 100 - TAIL_PCT])
    return float(low), float(high)


def rank_ranges(scores: np.ndarray, *, draws: int = DRAWS) -> tuple[np.ndarray, np.ndarray]:
    """Lowest and highest rank (1 is best) of each row in 95 percent of all weightings.

    `scores`: a row a unit, a column a part, nothing missing. Weightings are drawn evenly from all
    that add to 1 (Dirichlet with ones), fixed seed.
    """
    weights = np.random.default_rng(SEED).dirichlet(np.ones(scores.shape[1]), size=draws)
    totals = scores @ weights.T
    ranks = (totals[:, None, :] < totals[None, :, :]).sum(axis=1) + 1
    low = np.percentile(ranks, TAIL_PCT, axis=1, method="closest_observation")
    high = np.percentile(ranks, 100 - TAIL_PCT, axis=1, method="closest_observation")
    return low.astype(int), high.astype(int)


def gap_points(
    searched: Mapping[str, float], promoted: Mapping[str, float]
) -> dict[str, tuple[float, float, float]]:
    """By topic: share of searches, share of promotion, and their gap in points.

    Both shares are of the topics that searches measure: what no term measures is not sought by
    nobody, so it is left out. A measured topic without promotion has 0 there.
    """
    measured = {topic: promoted.get(topic, 0.0) for topic in searched}
    whole = sum(searched.values()), sum(measured.values())
    found = {}
    for topic in searched:
        pair = [
            100 * side[topic] / total if total > 0 else float("nan")
            for side, total in zip((searched, measured), whole, strict=True)
        ]
        found[topic] = (pair[0], pair[1], pair[0] - pair[1])
    return found


def resampled_means(values: Sequence[float], *, draws: int = DRAWS) -> np.ndarray:
    """Means of samples drawn with replacement; the value itself where there is only one."""
    known = np.asarray(values, float)
    picks = np.random.default_rng(SEED).integers(0, len(known), size=(draws, len(known)))
    return known[picks].mean(axis=1)
