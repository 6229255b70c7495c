"""Shocks and a moved Lebaran: only what the past shows has an effect."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.prices.shock import cumulative_elasticity, lebaran_factors, shock_factors
from tests.prices.drawn_tables import drawn_table

pytestmark = pytest.mark.thorough

MONTHS = pd.date_range("2020-01-01", periods=80, freq="MS")


def prices(logs: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({"ds": MONTHS, "y": np.exp(logs)})


def test_shock_is_as_drawn() -> None:
    rows, expected = drawn_table("shock")
    factors = shock_factors(rows, months=4, at=2, shock_pct=20.0)
    assert list(factors.round(4)) == expected["change"]


def test_moved_lebaran_is_as_drawn() -> None:
    rows, expected = drawn_table("lebaran_shift")
    effects = rows.rename(columns={"change_pct": "obs_value"})
    factors = lebaran_factors(effects, months=MONTHS[:4], lebaran=MONTHS[1:2], shift=1)
    assert list(factors.round(4)) == expected["change"]


def test_an_elasticity_that_is_there_is_found_with_its_lag() -> None:
    draw = np.random.default_rng(1)
    driver = np.cumsum(draw.normal(0, 0.05, len(MONTHS)))
    target = 0.6 * np.roll(driver, 1) + draw.normal(0, 0.002, len(MONTHS))
    found = cumulative_elasticity(prices(target), prices(driver)).set_index("lag")
    assert found.loc[1, "low"] < 0.6 < found.loc[1, "high"]
    assert found.loc[1, "low"] > 0.4 and abs(found.loc[0, "value"]) < 0.1


def test_unrelated_prices_give_no_effect() -> None:
    draw = np.random.default_rng(5)
    driver, target = (np.cumsum(draw.normal(0, 0.05, len(MONTHS))) for _ in range(2))
    found = cumulative_elasticity(prices(target), prices(driver))
    assert (shock_factors(found, months=6, at=1, shock_pct=50.0) == 1.0).all()


def test_too_few_common_months_tell_nothing() -> None:
    few = prices(np.zeros(len(MONTHS))).head(30)
    found = cumulative_elasticity(few, few)
    assert found.empty
    assert shock_factors(found, months=3, at=1, shock_pct=20.0).tolist() == pytest.approx([1.0] * 3)
