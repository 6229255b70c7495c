"""Formulas of prices against tables that can be checked by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analytics.prices.formulas import (
    beyond_usual_pct,
    change_pct,
    index_of,
    median_interval,
    months_between,
    position_pct,
    share_of_year_pct,
    steps_since_as_high,
    steps_since_as_low,
)
from tests.prices.drawn_tables import drawn_table


def test_change_as_drawn() -> None:
    rows, expected = drawn_table("change")
    found = [change_pct(now, before) for before, now in rows.itertuples(index=False)]
    assert found == pytest.approx(expected["change_pct"], nan_ok=True)


def test_index_as_drawn() -> None:
    rows, expected = drawn_table("index")
    found = index_of(rows["price"], rows["price"].iloc[0])
    assert list(found) == pytest.approx(expected["index"], nan_ok=True)


def test_index_without_a_base_is_missing() -> None:
    assert index_of(pd.Series([1.0, 2.0]), math.nan).isna().all()


def test_position_as_drawn() -> None:
    rows, expected = drawn_table("position")
    found = [position_pct(price, rows["others"]) for price in expected["price"]]
    assert found == expected["position_pct"]


def test_median_interval_as_drawn() -> None:
    rows, expected = drawn_table("median_interval")
    found = median_interval(rows["value"])
    assert (found.median, found.low, found.high) == (
        expected["median"],
        expected["low"],
        expected["high"],
    )
    assert round(found.least_pct, 2) == expected["least_pct"]


@pytest.mark.parametrize(("count", "is_known"), [(0, False), (5, False), (6, True), (7, True)])
def test_range_needs_six_values(count: int, is_known: bool) -> None:
    assert median_interval(pd.Series(range(count), dtype=float)).is_known is is_known


def test_beyond_usual_as_drawn() -> None:
    rows, expected = drawn_table("beyond_usual")
    found = [beyond_usual_pct(*pair) for pair in rows.itertuples(index=False)]
    assert found == pytest.approx(expected["beyond"], nan_ok=True)


def test_steps_back_to_a_price_as_high_or_low() -> None:
    prices = pd.Series([5.0, 9.0, 4.0, 6.0, 8.0])
    high, low = steps_since_as_high(prices), steps_since_as_low(prices)
    assert (high.steps, high.is_of_all) == (3, False)
    assert (low.steps, low.is_of_all) == (1, False)
    assert steps_since_as_high(pd.Series([1.0, 2.0, 3.0])).is_of_all


def test_month_of_an_incomplete_year_has_no_share() -> None:
    prices = pd.Series([10.0] * 12 + [20.0] * 11)
    years = pd.Series([2020] * 12 + [2021] * 11)
    shares = share_of_year_pct(prices, years)
    assert (shares[:12] == 100.0).all()
    assert shares[12:].isna().all()


def test_months_between_counts_calendar_months() -> None:
    assert months_between(pd.Timestamp("2025-12-01"), pd.Timestamp("2026-11-24")) == 11
