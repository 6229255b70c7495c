"""The scorer of the benchmarks, on numbers small enough to check by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.benchmarks import panels, scorer
from tests.benchmarks.bench_forecasts import main


def test_scores_are_averaged_by_series_first() -> None:
    # Series a misses 10 of 110 (sMAPE 200*10/190), b nothing: the mean over both is half.
    forecasts = {"a": np.array([90.0]), "b": np.array([5.0, 5.0, 5.0])}
    test = {"a": np.array([100.0]), "b": np.array([5.0, 5.0, 5.0])}
    smape, mase = scorer.competition_scores(forecasts, test=test, scales={"a": 5.0, "b": 1.0})
    assert smape == pytest.approx(200 * 10 / 190 / 2)
    assert mase == pytest.approx((10 / 5 + 0) / 2)


def test_the_naive_forecast_has_an_owa_of_one() -> None:
    assert scorer.owa((9.0, 2.0), (9.0, 2.0)) == 1
    assert scorer.owa((4.5, 1.0), (9.0, 2.0)) == pytest.approx(0.5)


def test_a_handed_in_method_is_scored_in_order_of_its_horizons() -> None:
    submitted = pd.DataFrame(
        {"method": "M", "unique_id": "a", "h": [2, 1], "forecast": [20.0, 10.0]}
    )
    scores = scorer.submitted_scores(
        submitted, test={"a": np.array([10.0, 20.0])}, scales={"a": 1.0}
    )
    assert scores.loc[0, ["smape", "mase"]].tolist() == [0, 0]


def test_a_range_too_narrow_is_stretched_until_it_holds_as_often() -> None:
    # Four misses of 1, 2, 3, 4 around 100 with a reach of 1: holding all asks for four times it.
    actual, centre = np.array([101.0, 98.0, 103.0, 96.0]), np.full(4, 100.0)
    width = scorer.width_at_coverage(actual, centre, centre - 1, centre + 1, coverage=100)
    assert width == pytest.approx(8.0)


def test_width_is_missing_without_a_pair() -> None:
    nothing = np.array([np.nan])
    assert np.isnan(scorer.width_at_coverage(nothing, nothing, nothing, nothing, coverage=80))


def test_without_a_folder_nothing_is_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(panels.VARIABLE, raising=False)
    monkeypatch.setattr("sys.argv", ["bench_forecasts"])
    assert main() == 0
    assert panels.VARIABLE in capsys.readouterr().out


def test_the_same_seed_draws_the_same_series() -> None:
    training = pd.DataFrame({"unique_id": list("abcdef"), "ds": pd.Timestamp("2020"), "y": 1.0})
    panel = panels.BenchPanel("p", "MS", 6, 6, training, {}, {}, season=12)
    first = panels.drawn(panel, sample=3, seed=1)
    assert first == panels.drawn(panel, sample=3, seed=1)
    assert len(first) == 3
    assert panels.drawn(panel, sample=None, seed=1) == list("abcdef")
