"""Weights of the members in a combination, computed again from its stored back-test."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analytics.forecasting.combination import parts_at_end
from analytics.forecasting.models import NOT_FITTED, ModelName
from analytics.forecasting.transform import Array


def weights_at_end(
    backtest: pd.DataFrame, *, models: Sequence[str], failed: Sequence[str] = ()
) -> pd.DataFrame:
    """The part of each member in the newest forecast: model, horizon, weight (0 to 1).

    `backtest` has model, origin, horizon, y and forecast; `failed` names members that gave no
    forecast from the end. Empty for a series with a zero, whose scale is not stored, and for a
    run with the panel model.
    """
    columns = ["model", "horizon", "weight"]
    pairs = backtest[backtest["model"].isin(models)]
    is_positive = bool((pairs[["y", "forecast"]] > 0).all(axis=None))
    if pairs.empty or not is_positive or ModelName.PANEL.value in models:
        return pd.DataFrame(columns=columns)
    weights = parts_at_end(
        _misses(pairs, models),
        is_fitted=np.array([name not in NOT_FITTED for name in models]),
        is_ahead=np.array([name not in failed for name in models]),
    )
    rows = [
        (model, column + 1, float(weights[place, column]))
        for place, model in enumerate(models)
        for column in range(weights.shape[1])
    ]
    return pd.DataFrame(rows, columns=columns)


def _misses(pairs: pd.DataFrame, models: Sequence[str]) -> Array:
    """Absolute differences of logarithms by member, origin and horizon; NaN where none is known."""
    misses = (np.log(pairs["y"]) - np.log(pairs["forecast"])).abs()
    table = pairs.assign(miss=misses).pivot_table(
        index="origin", columns=["model", "horizon"], values="miss"
    )
    horizons = range(1, int(pairs["horizon"].max()) + 1)
    wanted = pd.MultiIndex.from_product([models, horizons])
    whole = table.reindex(columns=wanted).to_numpy(float)
    return whole.reshape(len(table), len(models), len(horizons)).transpose(1, 0, 2)
