"""Ranges from past errors: drawn tables, ranks, and what may be known when."""

import numpy as np
import pytest

from analytics.forecasting.bands import (
    BandRule,
    conformal_band,
    errors_known_at,
    least_for_sides,
    least_for_size,
    nested_bands,
)
from analytics.forecasting.transform import Transform
from tests.forecasting.drawn_tables import drawn_table

NONE = np.array([])


def test_nineteen_errors_give_the_drawn_range():
    table, expected = drawn_table("conformal")
    errors = table["error"].sample(frac=1, random_state=1).to_numpy()
    band = conformal_band([errors], horizon=1, level=80)
    assert (band.lower, band.upper) == (expected["lower"], expected["upper"])
    assert band.rule is BandRule.ASYMMETRIC


def test_few_errors_give_the_drawn_equal_sides():
    table, expected = drawn_table("conformal_few")
    rules = []
    for row in table.itertuples():
        errors = [np.array(row.errors_of_horizon_1), NONE, NONE, np.array(row.errors_of_horizon_4)]
        band = conformal_band(errors, horizon=row.horizon, level=row.level)
        assert (band.lower, band.upper) == pytest.approx(
            (expected["lower"][row.Index], expected["upper"][row.Index])
        )
        rules.append(band.rule)
    assert rules == [BandRule.SYMMETRIC, BandRule.POOLED, BandRule.POOLED]


def test_least_numbers_of_errors():
    assert (least_for_sides(80), least_for_sides(95)) == (9, 39)
    assert (least_for_size(80), least_for_size(95)) == (4, 19)


@pytest.mark.parametrize(
    ("count", "level", "rule"),
    [
        (5, 80, None),
        (6, 80, BandRule.POOLED),
        (7, 80, BandRule.POOLED),
        (8, 80, BandRule.SYMMETRIC),
        (17, 80, BandRule.SYMMETRIC),
        (18, 80, BandRule.ASYMMETRIC),
        (37, 95, BandRule.POOLED),
        (38, 95, BandRule.SYMMETRIC),
        (77, 95, BandRule.SYMMETRIC),
        (78, 95, BandRule.ASYMMETRIC),
    ],
)
def test_fewer_errors_mean_a_more_careful_rule(count, level, rule):
    band = conformal_band([np.linspace(-1, 1, count)], horizon=1, level=level)
    assert (band.rule if band else None) is rule


def test_the_range_holds_as_often_as_promised_for_exchangeable_errors():
    draw = np.random.default_rng(3)
    inside = {80: 0, 95: 0}
    for _ in range(2000):
        errors = draw.standard_t(4, size=81)
        for level, band in nested_bands([errors[:80]], horizon=1, levels=(80, 95)).items():
            inside[level] += band.lower <= errors[80] <= band.upper
    assert inside[80] / 2000 == pytest.approx(0.80, abs=0.03)
    assert inside[95] / 2000 == pytest.approx(0.95, abs=0.02)


def test_a_range_holds_its_forecast_even_when_all_past_errors_had_one_sign():
    bands = nested_bands([np.linspace(0.1, 0.2, 100)], horizon=1, levels=(80, 95))
    assert bands[80].lower == bands[95].lower == 0.0
    assert 0 < bands[80].upper <= bands[95].upper


def test_levels_stay_nested_when_their_rules_differ():
    draw = np.random.default_rng(5)
    for count in range(6, 90):
        errors = [draw.normal(size=count) * 5, draw.normal(size=count)]
        bands = nested_bands(errors, horizon=2, levels=(80, 95))
        assert bands[95].lower <= bands[80].lower <= 0 <= bands[80].upper <= bands[95].upper


def test_an_error_is_known_only_when_its_value_has_come():
    # Rows are consecutive origins; a forecast two steps ahead of row 1 is known at row 3.
    actual = np.arange(1.0, 13.0).reshape(6, 2)
    forecast = np.ones((6, 2))
    known = errors_known_at(3, actual, forecast, transform=Transform(scale=1.0, has_zero=False))
    assert np.exp(known[0]).tolist() == pytest.approx(actual[:3, 0].tolist())
    assert np.exp(known[1]).tolist() == pytest.approx(actual[:2, 1].tolist())
