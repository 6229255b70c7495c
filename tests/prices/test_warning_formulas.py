"""Formulas of warnings: drawn tables checked by hand, series made by hand, and their limits."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analytics.prices.aftermath import alarm_starts, is_over, on_since, what_followed
from analytics.prices.alps import alps_class, alps_scores, span_and_share
from analytics.prices.feed_ratio import (
    BreakEvenRule,
    break_even_price,
    price_ratio,
    short_of_break_even_pct,
)
from analytics.prices.ifpa import (
    ANNUAL_WEIGHT,
    QUARTERLY_WEIGHT,
    anomaly,
    anomaly_class,
    real_prices,
    standardised,
)
from analytics.prices.noise import judged_jumps
from analytics.prices.price_floor import (
    above_ceiling_pct,
    below_floor_pct,
    days_outside,
    limits_in_force,
)
from analytics.prices.volatility import calmer_pct, light, volatility_pct
from tests.prices.drawn_tables import drawn_table


def months(values: list[float], start: str = "2020-01-01") -> pd.Series:
    return pd.Series(values, index=pd.date_range(start, periods=len(values), freq="MS"))


def seasonal(years: int, *, noise: float = 30.0) -> pd.Series:
    """A rising price with a season and a fixed disturbance."""
    steps = np.arange(12 * years)
    disturbance = noise * np.sin(steps * 1.7)
    return months(list(1000 + 4 * steps + 50 * np.cos(steps * np.pi / 6) + disturbance))


# ALPS


def test_alps_as_drawn() -> None:
    rows, expected = drawn_table("alps")
    values = [price for price in rows["price_of_each_month"] for _ in range(12)]
    found = alps_scores(months([*values, expected["judged_price"]])).iloc[-1]
    assert found["fitted"] == pytest.approx(expected["fitted"])
    assert found["left_out"] == pytest.approx(expected["left_out"], abs=5e-4)
    spread = (expected["judged_price"] - found["fitted"]) / found["left_out"]
    assert spread == pytest.approx(expected["spread"], abs=5e-4)
    assert alps_class(found["left_out"]) == expected["class"]


def test_published_alps_agrees_with_a_second_way() -> None:
    """The same fit by normal equations with eleven month effects and an intercept."""
    prices = seasonal(6)
    table = pd.get_dummies(prices.index.month, drop_first=True).astype(float)
    table.insert(0, "trend", np.arange(len(prices), dtype=float))
    table.insert(0, "one", 1.0)
    design = table.to_numpy()
    effects = np.linalg.solve(design.T @ design, design.T @ prices.to_numpy())
    residuals = prices.to_numpy() - design @ effects
    found = alps_scores(prices)["published"].iloc[-1]
    assert found == pytest.approx(residuals[-1] / residuals.std(ddof=1))


def test_leaving_the_judged_month_out_never_softens_the_score() -> None:
    prices = seasonal(6)
    prices.iloc[-1] += 400
    last = alps_scores(prices).iloc[-1]
    assert last["left_out"] > last["published"] > 0


def test_alps_never_reads_a_later_month() -> None:
    prices = seasonal(6)
    poisoned = prices.copy()
    poisoned.iloc[50:] = 1e6
    pd.testing.assert_frame_equal(alps_scores(prices).iloc[:50], alps_scores(poisoned).iloc[:50])


def test_alps_needs_three_years() -> None:
    assert alps_scores(seasonal(3).iloc[:35]).isna().all(axis=None)
    assert alps_scores(seasonal(3))["published"].notna().sum() == 1


def test_alps_needs_seventy_percent_of_the_months() -> None:
    prices = seasonal(5)
    sparse = prices.copy()
    sparse.iloc[12:31] = np.nan  # 41 of 60 months: 68 percent
    enough = prices.copy()
    enough.iloc[12:30] = np.nan  # 42 of 60 months: 70 percent
    assert math.isnan(alps_scores(sparse)["published"].iloc[-1])
    assert not math.isnan(alps_scores(enough)["published"].iloc[-1])
    assert span_and_share(enough) == (60, pytest.approx(70.0))


def test_missing_month_is_not_judged() -> None:
    prices = seasonal(5)
    prices.iloc[-1] = np.nan
    assert math.isnan(alps_scores(prices)["left_out"].iloc[-1])


def test_series_without_any_spread_has_no_score() -> None:
    assert alps_scores(months([500.0] * 48)).drop(columns="fitted").isna().all(axis=None)


def test_change_of_unit_changes_no_score() -> None:
    prices = seasonal(5)
    scores = ["published", "left_out"]
    pd.testing.assert_frame_equal(alps_scores(prices)[scores], alps_scores(prices * 1000)[scores])


@pytest.mark.parametrize(
    ("score", "name"),
    [(0.24, "normal"), (0.25, "stress"), (1.0, "alert"), (1.99, "alert"), (2.0, "crisis")],
)
def test_alps_classes_begin_at_their_limits(score: float, name: str) -> None:
    assert alps_class(score) == name


# Anomaly after FAO's method


def test_anomaly_as_drawn() -> None:
    rows, expected = drawn_table("ifpa")
    index = pd.DatetimeIndex([f"{year}-03-01" for year in rows["year"]])
    quarterly, annual = (
        standardised(pd.Series(rows[name].to_numpy(), index=index)).iloc[-1]
        for name in ("quarterly_growth", "annual_growth")
    )
    assert (quarterly, annual) == (expected["quarterly_z"], expected["annual_z"])
    found = QUARTERLY_WEIGHT * quarterly + ANNUAL_WEIGHT * annual
    assert found == pytest.approx(expected["anomaly"])
    assert anomaly_class(found) == expected["class"]


def test_anomaly_falls_with_the_price() -> None:
    prices = seasonal(7)
    low, high = prices.copy(), prices.copy()
    low.iloc[-1] *= 0.7
    high.iloc[-1] *= 1.3
    assert anomaly(low).iloc[-1] < -1 < 1 < anomaly(high).iloc[-1]


def test_common_inflation_is_no_anomaly() -> None:
    prices = seasonal(7)
    cpi = months([100 * 1.01**step for step in range(len(prices))])
    inflated = prices * cpi / 100
    pd.testing.assert_series_equal(real_prices(inflated, cpi), prices)
    assert real_prices(prices, cpi.iloc[:10]).isna().sum() == len(prices) - 10


def test_anomaly_needs_three_earlier_years() -> None:
    scores = anomaly(seasonal(7))
    assert scores.first_valid_index() == pd.Timestamp("2024-01-01")


# Volatility


def test_volatility_as_drawn() -> None:
    rows, expected = drawn_table("volatility")
    steps = np.concatenate([[0.0], np.cumsum(rows["change_log_pct"]) / 100])
    prices = months(list(1000 * np.exp(steps)))
    assert volatility_pct(prices).iloc[-1] == pytest.approx(expected["volatility_pct"], abs=5e-5)
    assert [light(share) for share in expected["calmer_pct"]] == expected["light"]


def test_light_waits_for_two_years_of_earlier_months() -> None:
    volatility = months([float(step) for step in range(26)])
    calmer = calmer_pct(volatility)
    assert calmer.iloc[:24].isna().all()
    assert list(calmer.iloc[24:]) == [100.0, 100.0]


# Floors and ceilings


def test_limits_as_drawn() -> None:
    rows, expected = drawn_table("limits")
    start, end = pd.Timestamp("2024-06-01"), pd.Timestamp("2024-06-30")
    rules = pd.DataFrame(
        {"period_start": start, "period_end": end, "low": [20000.0, 22500.0],
         "high": [22500.0, 24000.0]}
    )  # fmt: skip
    limits = limits_in_force(pd.to_datetime(rows["day"]), rules)
    assert list(limits["low"]) == pytest.approx(expected["low"], nan_ok=True)
    assert list(limits["high"]) == pytest.approx(expected["high"], nan_ok=True)
    below = below_floor_pct(rows["price"], limits["low"])
    above = above_ceiling_pct(rows["price"], limits["high"])
    assert list(below) == pytest.approx(expected["below_pct"], nan_ok=True)
    assert list(above) == pytest.approx(expected["above_pct"], nan_ok=True, abs=5e-5)


def test_days_outside_count_the_newest_run() -> None:
    days = pd.Series(pd.to_datetime(["2026-11-01", "2026-11-04", "2026-11-10", "2026-11-16"]))
    outside = pd.Series([True, False, True, True])
    assert days_outside(days, days, outside) == 7
    assert days_outside(days, days, ~outside) == 0
    assert days_outside(days.iloc[:0], days.iloc[:0], outside.iloc[:0]) == 0


def test_a_rule_without_end_is_still_in_force() -> None:
    rules = pd.DataFrame(
        {"period_start": [pd.Timestamp("2024-06-01")], "period_end": [pd.NaT], "low": [10.0],
         "high": [12.0]}
    )  # fmt: skip
    limits = limits_in_force(pd.Series([pd.Timestamp("2030-01-01")]), rules)
    assert limits.iloc[0].tolist() == [10.0, 12.0]


# Egg : maize


def test_feed_ratio_as_drawn() -> None:
    rows, expected = drawn_table("feed_ratio")
    rule = BreakEvenRule(fixed_idr_per_kg=20000, feed_kg_per_kg=0, feed_above_idr_per_kg=6000)
    line = break_even_price(rows["maize"], rule)
    assert list(price_ratio(rows["eggs"], rows["maize"])) == pytest.approx(
        expected["ratio"], nan_ok=True
    )
    assert list(line) == pytest.approx(expected["break_even"], nan_ok=True)
    short = short_of_break_even_pct(rows["eggs"], line)
    assert list(short) == pytest.approx(expected["short_pct"], nan_ok=True)


def test_break_even_moves_with_feed_where_the_rule_says_so() -> None:
    rule = BreakEvenRule(fixed_idr_per_kg=8000, feed_kg_per_kg=2, feed_above_idr_per_kg=0)
    assert list(break_even_price(pd.Series([5000.0, 6000.0]), rule)) == [18000.0, 20000.0]


# Noise


def test_noise_as_drawn() -> None:
    rows, expected = drawn_table("noise")
    found = judged_jumps(rows.assign(day=pd.to_datetime(rows["day"])))
    for column, wanted in expected.items():
        assert list(found[column]) == (wanted if column != "change_pct" else pytest.approx(wanted))


def test_order_of_rows_never_matters() -> None:
    rows, _ = drawn_table("noise")
    rows = rows.assign(day=pd.to_datetime(rows["day"]))
    pd.testing.assert_frame_equal(judged_jumps(rows), judged_jumps(rows.iloc[::-1]))


def test_three_reversed_jumps_confirm_nothing() -> None:
    days = pd.to_datetime(["2026-11-02", "2026-11-04", "2026-11-05"])
    rows = pd.concat(
        pd.DataFrame({"reporter": name, "day": days, "price": [100.0, 150.0, 101.0]})
        for name in "ABC"
    )
    assert set(judged_jumps(rows)["verdict"]) == {"reversed"}


def test_a_long_pause_is_no_jump() -> None:
    days = pd.to_datetime(["2026-10-01", "2026-11-04"])
    rows = pd.DataFrame({"reporter": "A", "day": days, "price": [100.0, 200.0]})
    assert judged_jumps(rows).empty


def test_later_way_back_is_no_jump_of_its_own() -> None:
    days = pd.to_datetime(["2026-11-02", "2026-11-03", "2026-11-04", "2026-11-06"])
    rows = pd.DataFrame({"reporter": "A", "day": days, "price": [100.0, 150.0, 149.0, 101.0]})
    assert list(judged_jumps(rows)["verdict"]) == ["reversed"]


# What followed


def test_aftermath_as_drawn() -> None:
    rows, expected = drawn_table("aftermath")
    index = pd.to_datetime(rows["month"])
    prices = pd.Series(rows["price"].to_numpy(), index=index)
    starts = alarm_starts(pd.Series(rows["is_on"].to_numpy(), index=index))
    found = what_followed(prices, starts, after=pd.DateOffset(months=3))
    assert {name: getattr(found, name) for name in expected} == pytest.approx(expected)


def test_aftermath_of_nothing_is_nothing() -> None:
    prices = months([1.0, 2.0])
    found = what_followed(prices, pd.DatetimeIndex([]), after=pd.DateOffset(months=3))
    assert (found.count, math.isnan(found.median_change_pct)) == (0, True)


def test_alarm_holds_since_its_first_month_and_ends_after_quiet_ones() -> None:
    flags = months([0.0, 1.0, 1.0]).astype(bool)
    assert on_since(flags) == pd.Timestamp("2020-02-01")
    assert on_since(~flags) is None
    assert is_over(months([1.0, 0.0, 0.0]).astype(bool), steps=2)
    assert not is_over(months([0.0, 1.0, 0.0]).astype(bool), steps=2)
    assert not is_over(months([0.0]).astype(bool), steps=2)
