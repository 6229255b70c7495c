"""Local Moran: which areas lie among areas like them, and which of that is more than chance."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from math import comb

import numpy as np
import pandas as pd

PERMUTATIONS = 9_999
SEED = 20261124
ALPHA = 0.05
HIGH_HIGH, LOW_LOW, HIGH_LOW, LOW_HIGH = "high_high", "low_low", "high_low", "low_high"
CHANCE, UNTESTABLE = "chance", "untestable"
CLUSTERS = (HIGH_HIGH, HIGH_LOW, CHANCE, LOW_HIGH, LOW_LOW)
MISSING, NO_NEIGHBOUR, FEW_SETS, NO_VARIANCE = "missing", "no_neighbour", "few_sets", "no_variance"


def local_moran(
    *,
    values: Mapping[str, float],
    neighbours: Mapping[str, tuple[str, ...]],
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
    alpha: float = ALPHA,
) -> pd.DataFrame:
    """Local Moran of every area, by area code in the order given.

    Columns: `neighbours` (number with a value), `local_i`, `p` (two-sided, by conditional
    permutation: `(1 + #{|I*| >= |I|}) / (N + 1)`), `p_least` (the least p that the number of
    neighbour sets allows), `cluster` (one of CLUSTERS, or untestable) and `reason` (why an area
    cannot be tested, else empty). A cluster is named where the false discovery rate of
    Benjamini and Hochberg over the tested areas stays within `alpha`.

    An area is untestable without a value, without neighbours, where all values are equal, or
    where so few neighbour sets exist that even the rarest cannot pass the first step `alpha / n`.
    Source: Anselin 1995; computed by esda, whose own p is one-sided and is not used.
    """
    known = pd.Series(dict(values), dtype=float).dropna()
    beside = {
        code: [n for n in neighbours.get(code, ()) if n in known.index] for code in known.index
    }
    frame = pd.DataFrame(index=pd.Index(list(values), name="ref_area"))
    frame["neighbours"] = [len(beside.get(code, ())) for code in frame.index]
    frame["p_least"] = [_least_p(count, len(known)) for count in frame["neighbours"]]
    frame["reason"] = [
        _reason(code, known, count=len(beside.get(code, ())), alpha=alpha) for code in frame.index
    ]
    if frame["reason"].isin(["", FEW_SETS]).any():
        moran = _moran(known, beside, permutations=permutations, seed=seed)
        frame = frame.join(moran)
    else:
        frame = frame.assign(local_i=np.nan, p=np.nan, kind=CHANCE)
    return _judged(frame, alpha=alpha)


def _reason(code: str, known: pd.Series, *, count: int, alpha: float) -> str:
    if code not in known.index:
        return MISSING
    if known.nunique() == 1:
        return NO_VARIANCE
    if count == 0:
        return NO_NEIGHBOUR
    return FEW_SETS if _least_p(count, len(known)) > alpha / len(known) else ""


def _least_p(count: int, areas: int) -> float:
    """One over the number of neighbour sets: what the rarest of them can reach."""
    return 1 / comb(areas - 1, count) if count and areas > count else np.nan


def _moran(
    known: pd.Series, beside: Mapping[str, list[str]], *, permutations: int, seed: int
) -> pd.DataFrame:
    """local_i, p and kind (quadrant) of every area with a value."""
    from esda.moran import Moran_Local  # seconds to import: asked for in a job only
    from libpysal.weights import W

    weights = W(dict(beside), id_order=list(known.index), silence_warnings=True)
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):  # about esda's own p, not used
        warnings.simplefilter("ignore", DeprecationWarning)
        found = Moran_Local(known.to_numpy(), weights, permutations=permutations, seed=seed,
                            keep_simulations=True, n_jobs=1)  # fmt: skip
    extreme = (np.abs(found.sim) >= np.abs(found.Is) - 1e-12).sum(axis=0)
    quadrants = {1: HIGH_HIGH, 2: LOW_HIGH, 3: LOW_LOW, 4: HIGH_LOW}
    return pd.DataFrame(
        {"local_i": found.Is, "p": (1 + extreme) / (permutations + 1),
         "kind": [quadrants[code] for code in found.q]},
        index=known.index,
    )  # fmt: skip


def _judged(frame: pd.DataFrame, *, alpha: float) -> pd.DataFrame:
    """The cluster of each area: named, chance, or untestable."""
    from scipy.stats import false_discovery_control

    tested = frame["reason"] == ""
    cluster = pd.Series(CHANCE, index=frame.index).mask(~tested, UNTESTABLE)
    if tested.any():
        adjusted = pd.Series(false_discovery_control(frame.loc[tested, "p"]), frame.index[tested])
        kept = adjusted.index[adjusted <= alpha]
        cluster.loc[kept] = frame.loc[kept, "kind"]
    has_neighbours = frame["neighbours"] > 0
    told = frame.assign(
        cluster=cluster, p=frame["p"].where(tested), local_i=frame["local_i"].where(has_neighbours)
    )
    return told[["neighbours", "local_i", "p", "p_least", "cluster", "reason"]]
