"""Small seeded series for the tests of the engine. Invented figures, never shown."""

from __future__ import annotations

import numpy as np
import pandas as pd


def monthly(y, *, unique_id="eggs", start="2020-01-01", freq="MS") -> pd.DataFrame:
    """A frame `unique_id, ds, y` of consecutive steps."""
    ds = pd.date_range(start, periods=len(y), freq=freq)
    return pd.DataFrame({"unique_id": unique_id, "ds": ds, "y": np.asarray(y, dtype=float)})


def seasonal(length: int, *, seed: int = 1, level: float = 20_000.0) -> np.ndarray:
    """A price with a strong season and noise: a season can be learned from it."""
    draw = np.random.default_rng(seed)
    month = np.arange(length)
    shape = 0.15 * np.sin(2 * np.pi * month / 12) + 0.02 * draw.normal(size=length)
    return level * np.exp(shape + 0.002 * month)


def random_walk(length: int, *, seed: int = 1, level: float = 20_000.0) -> np.ndarray:
    """A price whose changes cannot be foreseen: nothing beats its last value."""
    draw = np.random.default_rng(seed)
    return level * np.exp(np.cumsum(0.03 * draw.normal(size=length)))
