"""The combination by hand: where it starts, and how fast known misses take over."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.forecasting.combination import SHRINKAGE_ORIGINS, combine
from analytics.forecasting.models import FULL_POOL, ModelName, pool
from analytics.forecasting.steps import step_of
from analytics.forecasting.transform import Transform

PLAIN_LOGS = Transform(scale=1.0, has_zero=False)
# The true value is 1, whose logarithm is 0: each forecast misses by its own logarithm.
MISSES = {
    ModelName.LAST_VALUE: 0.4,
    ModelName.THETA: 0.1,
    ModelName.ETS: 0.2,
    ModelName.CES: 0.8,
    ModelName.PANEL: 0.4,
}


def combined(origins: int) -> tuple[float, dict[ModelName, float]]:
    """The last combination, one step ahead, on logarithms, after `origins` known values."""
    rows = origins + 1
    forecasts = {name: np.full((rows, 1), np.exp(miss)) for name, miss in MISSES.items()}
    actual = np.r_[np.ones(origins), np.nan][:, None]
    ahead, parts = combine(forecasts, actual, transforms=[PLAIN_LOGS] * rows)
    return float(np.log(ahead[-1, 0])), {name: float(part[-1, 0]) for name, part in parts.items()}


def test_without_a_known_miss_it_is_the_median_of_the_fitted_models() -> None:
    value, parts = combined(0)
    assert value == pytest.approx(0.2)
    assert parts[ModelName.PANEL] == parts[ModelName.LAST_VALUE] == 0
    assert parts[ModelName.CES] == pytest.approx(1 / 3)


def test_after_three_known_misses_half_goes_by_their_inverse_squares() -> None:
    value, parts = combined(SHRINKAGE_ORIGINS)
    # 1/0.01, 1/0.04, 1/0.64 and twice 1/0.16: 100 + 25 + 1.5625 + 12.5
    whole = 139.0625
    by_misses = (100 * 0.1 + 25 * 0.2 + 1.5625 * 0.8 + 12.5 * 0.4) / whole
    assert value == pytest.approx((0.2 + by_misses) / 2, abs=1e-5)
    assert parts[ModelName.THETA] == pytest.approx((1 / 3 + 100 / whole) / 2, abs=1e-5)
    assert parts[ModelName.PANEL] == pytest.approx(6.25 / whole / 2, abs=1e-5)
    assert sum(parts.values()) == pytest.approx(1)


def test_only_complex_smoothing_sees_logarithms() -> None:
    models = pool(step_of("MS"))
    scales = {name: models[name].fitting_scale(PLAIN_LOGS) for name in FULL_POOL}
    assert {name for name, scale in scales.items() if scale is None} == {
        ModelName.LAST_VALUE,
        ModelName.SEASONAL_NAIVE,
    }
    assert {name for name, scale in scales.items() if scale == PLAIN_LOGS} == {ModelName.CES}


@pytest.mark.parametrize("has_zero", [False, True])
def test_a_plain_scale_is_undone_and_never_negative(has_zero: bool) -> None:
    plain = Transform(scale=50.0, has_zero=has_zero).plain()
    assert plain.to_fit(np.array([100.0])).tolist() == [2.0]
    assert plain.to_unit(np.array([2.0, -1.0])).tolist() == [100.0, 0.0]
