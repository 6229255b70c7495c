"""The back-test as tables: every forecast beside what came, and how good each model was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.forecasting import formulas
from analytics.forecasting.backtest import Backtest
from analytics.forecasting.bands import RollingBands, rolling_bands
from analytics.forecasting.models import NAIVE, ModelName
from analytics.forecasting.steps import Step
from analytics.forecasting.transform import Array

ALL_HORIZONS = 0
# MASE is compared as printed: a lead that vanishes in rounding is none.
SCORE_DECIMALS = 3

Mask = NDArray[np.bool_]


def score_columns(levels: Sequence[int]) -> list[str]:
    """Columns of the score table."""
    measures = ["mase", "mape", "smape", "pinball", "median_mase", "median_mape"]
    coverages = [f"coverage_{level}" for level in levels]
    counts = ["origins", "pairs", "ranges"]
    return ["unique_id", "model", "horizon", *counts, *measures, *coverages]


def backtest_columns(levels: Sequence[int]) -> list[str]:
    """Columns of the back-test table."""
    bounds = [f"{side}_{level}" for level in levels for side in ("lo", "hi")]
    keys = ["unique_id", "origin", "ds", "horizon", "model"]
    return [*keys, "y", "forecast", *bounds, "is_scored"]


@dataclass(frozen=True, eq=False)
class Judgement:
    """A back-test with its ranges and the pairs on which all models are compared.

    `is_scored` marks pairs where every model forecast and a value came; `is_ranged`
    those of them where every model also had a range set by earlier errors.
    """

    backtest: Backtest
    bands: Mapping[ModelName, RollingBands]
    levels: tuple[int, ...]
    is_scored: Mask
    is_ranged: Mask

    @property
    def complete_origins(self) -> int:
        """Origins scored over the whole horizon."""
        return int(self.is_scored.all(axis=1).sum())


def judge(backtest: Backtest, *, levels: Sequence[int]) -> Judgement:
    """Set the ranges of every model and find the pairs common to all of them."""
    bands = {
        model: rolling_bands(backtest, model=model, levels=levels) for model in backtest.forecasts
    }
    is_scored = np.isfinite(backtest.actual)
    for forecast in backtest.forecasts.values():
        is_scored &= np.isfinite(forecast)
    is_ranged = is_scored.copy()
    for model in bands:
        for level in levels:
            is_ranged &= np.isfinite(bands[model].lower[level])
    return Judgement(backtest, bands, tuple(levels), is_scored, is_ranged)


def score_table(judgement: Judgement, *, step: Step) -> pd.DataFrame:
    """Scores of every model over all horizons (horizon 0) and by horizon.

    MASE is a pure number, MAPE, sMAPE and coverage are percent, pinball has the
    unit of the series and is the mean over the median and both bounds of every level.
    `median_` is the score of each complete origin on its own, then the median over origins.
    """
    backtest = judgement.backtest
    scales = np.array(
        [
            formulas.seasonal_scale(backtest.series.y[: position + 1], season=step.season)
            for position in backtest.positions
        ]
    )
    rows = [
        _scores(judgement, model=model, horizon=horizon, scales=scales)
        for model in backtest.forecasts
        for horizon in range(ALL_HORIZONS, backtest.horizon + 1)
    ]
    return pd.DataFrame(rows, columns=score_columns(judgement.levels))


def _scores(
    judgement: Judgement, *, model: ModelName, horizon: int, scales: Array
) -> dict[str, object]:
    backtest = judgement.backtest
    columns = slice(None) if horizon == ALL_HORIZONS else slice(horizon - 1, horizon)
    is_scored = judgement.is_scored[:, columns]
    is_ranged = judgement.is_ranged[:, columns]
    actual = np.where(is_scored, backtest.actual[:, columns], np.nan)
    forecast = backtest.forecasts[model][:, columns]
    ranged = np.where(is_ranged, actual, np.nan)
    bands = judgement.bands[model]
    coverages = {
        f"coverage_{level}": formulas.coverage(
            ranged, bands.lower[level][:, columns], bands.upper[level][:, columns]
        )
        for level in judgement.levels
    }
    return {
        "unique_id": backtest.series.unique_id,
        "model": model.value,
        "horizon": horizon,
        "origins": int(is_scored.all(axis=1).sum()),
        "pairs": int(is_scored.sum()),
        "ranges": int(is_ranged.sum()),
        "mase": formulas.mase(actual, forecast, scale=scales[:, None]),
        "mape": formulas.mape(actual, forecast),
        "smape": formulas.smape(actual, forecast),
        "pinball": _mean_pinball(ranged, forecast, bands=bands, columns=columns),
        **_medians_over_origins(np.abs(actual - forecast), scales, actual),
        **coverages,
    }


def _medians_over_origins(misses: Array, scales: Array, actual: Array) -> dict[str, float]:
    """MASE and MAPE of each complete origin, then their median; NaN without any."""
    with np.errstate(divide="ignore", invalid="ignore"):
        mase = misses.mean(axis=1) / scales
        mape = 100 * (misses / actual).mean(axis=1)
    return {
        f"median_{name}": float(np.median(known)) if (known := by[np.isfinite(by)]).size else np.nan
        for name, by in (("mase", mase), ("mape", mape))
    }


def _mean_pinball(actual: Array, forecast: Array, *, bands: RollingBands, columns: slice) -> float:
    losses = [formulas.pinball(actual, forecast, share=0.5)]
    for level in bands.lower:
        tail = (100 - level) / 200
        losses.append(formulas.pinball(actual, bands.lower[level][:, columns], share=tail))
        losses.append(formulas.pinball(actual, bands.upper[level][:, columns], share=1 - tail))
    return float(np.mean(losses))


def backtest_table(judgement: Judgement) -> pd.DataFrame:
    """Every forecast of the past whose value came, with its range: one row a pair and model."""
    rows = (row for model in judgement.bands for row in _pairs(judgement, model=model))
    return pd.DataFrame(rows, columns=backtest_columns(judgement.levels))


def _pairs(judgement: Judgement, *, model: ModelName) -> Iterator[dict[str, object]]:
    backtest = judgement.backtest
    forecast = backtest.forecasts[model]
    bands = judgement.bands[model]
    ds = backtest.series.ds
    is_pair = np.isfinite(forecast) & np.isfinite(backtest.actual)
    for row, column in zip(*np.nonzero(is_pair), strict=True):
        position = backtest.positions[row]
        yield {
            "unique_id": backtest.series.unique_id,
            "origin": ds[position],
            "ds": ds[position + column + 1],
            "horizon": int(column) + 1,
            "model": model.value,
            "y": backtest.actual[row, column],
            "forecast": forecast[row, column],
            **bounds_at(bands, row=row, column=column),
            "is_scored": bool(judgement.is_scored[row, column]),
        }


def bounds_at(bands: RollingBands, *, row: int, column: int) -> dict[str, float]:
    """Bounds of one forecast as `lo_80`, `hi_80` and so on; NaN where no range was set."""
    bounds: dict[str, float] = {}
    for level in bands.lower:
        bounds[f"lo_{level}"] = float(bands.lower[level][row, column])
        bounds[f"hi_{level}"] = float(bands.upper[level][row, column])
    return bounds


def mase_of(scores: pd.DataFrame, model: ModelName) -> float:
    """MASE of a model over all horizons, rounded as it is printed."""
    row = scores[(scores["model"] == model.value) & (scores["horizon"] == ALL_HORIZONS)]
    return round(float(row["mase"].iloc[0]), SCORE_DECIMALS)


def better_naive(scores: pd.DataFrame) -> ModelName:
    """The naive forecast with the smaller MASE; the last value when they are level."""
    return min(NAIVE, key=lambda model: mase_of(scores, model))
