"""Visits of invented sites with an event of known effect: what the interval is measured on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

SITES, MONTHS = 12, 96


@dataclass(frozen=True)
class SimulatedEvent:
    """Monthly visits by site, the site and window of the event, and its effect as a logarithm."""

    visits: pd.DataFrame
    start: pd.Timestamp
    end: pd.Timestamp
    effect: float

    @property
    def treated(self) -> pd.Series:
        return self.visits["site_0"]

    @property
    def controls(self) -> pd.DataFrame:
        return self.visits.drop(columns="site_0")


def simulate(seed: int, *, has_effect: bool) -> SimulatedEvent:
    """Season, growth and shocks of every site, common shocks, feasts that move, counting noise.

    The noise of a site remembers half of the month before. Effects lie between a loss of a
    quarter and a gain of 80 percent; windows are one to three months of the last four years.
    """
    rng = np.random.default_rng(seed)
    month = np.arange(MONTHS)
    season = rng.normal(0, 0.25, 12)[month % 12]
    feast = np.zeros(MONTHS)
    feast[[round(3 + year * 11.65) for year in range(MONTHS // 12)]] = 0.5
    common = season + feast + 0.4 * _remembering(rng, sd=0.2)
    columns = {f"site_{site}": common + _own(rng, month) for site in range(SITES)}
    length = int(rng.integers(1, 4))
    first = int(rng.integers(MONTHS - 48, MONTHS - length + 1))
    effect = float(rng.uniform(np.log(0.75), np.log(1.8))) if has_effect else 0.0
    columns["site_0"][first : first + length] += effect
    index = pd.date_range("2018-01-01", periods=MONTHS, freq="MS")
    counts = {name: rng.poisson(np.exp(logs)) for name, logs in columns.items()}
    visits = pd.DataFrame(counts, index=index).astype(float)
    return SimulatedEvent(visits, index[first], index[first + length - 1], effect)


def _own(rng: np.random.Generator, month: np.ndarray) -> np.ndarray:
    """What a site has for itself: size, growth, a season and a liking for feasts of its own."""
    size, growth = rng.uniform(6.5, 9.5), rng.normal(0.03, 0.05) / 12
    season = rng.normal(0, 0.1, 12)[month % 12]
    return size + growth * month + season + _remembering(rng, sd=rng.uniform(0.08, 0.2))


def _remembering(rng: np.random.Generator, *, sd: float, memory: float = 0.5) -> np.ndarray:
    shocks = rng.normal(0, sd * np.sqrt(1 - memory**2), MONTHS)
    series = np.empty(MONTHS)
    series[0] = rng.normal(0, sd)
    for at in range(1, MONTHS):
        series[at] = memory * series[at - 1] + shocks[at]
    return series
