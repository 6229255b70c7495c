"""Rows by their key as numbers: comparing and sorting a million rows in a second."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd


def key_numbers(frame: pd.DataFrame, columns: Sequence[str]) -> np.ndarray:
    """One whole number a row, the same for two rows exactly when all the columns are the same.

    Missing equals missing. Numbers of two frames do not compare: join the frames first.
    """
    numbers = np.zeros(len(frame), dtype="int64")
    for column in columns:
        codes, distinct = pd.factorize(frame[column], use_na_sentinel=False)
        # Both parts are below the number of rows, so their product stays a whole number.
        numbers = pd.factorize(numbers * len(distinct) + codes)[0]
    return numbers


def sorted_positions(frame: pd.DataFrame, columns: Sequence[str]) -> np.ndarray:
    """Positions that put the rows in order of the columns, missing last, ties as they stand."""
    ranks = []
    for column in columns:
        codes, distinct = pd.factorize(frame[column], sort=True)
        ranks.append(np.where(codes < 0, len(distinct), codes))
    return np.lexsort(ranks[::-1])
