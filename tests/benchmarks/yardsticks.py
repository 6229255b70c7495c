"""Prophet, AutoETS, AutoARIMA and skforecast alone, as anyone would call them.

    .bench-venv/bin/python -m tests.benchmarks.yardsticks PANEL --cache DIR [--sample N] [--only M]

Runs with the packages of requirements-bench.txt. Each forecast is kept under the cache folder,
so that a broken run goes on; where ranges are given they are those of 80 and 95 percent.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from analytics.forecasting.transform import Array
from tests.benchmarks.engine_runs import SEED, keep_arrays, kept_place, sound_series
from tests.benchmarks.panels import LOADERS, BenchPanel, bench_folder, drawn

Ahead = Mapping[str, Array]
LEVELS = [80, 95]
LONGEST_SEASON_OF_ETS = 24  # the library has no more seasonal states


def prophet(ds: pd.DatetimeIndex, y: Array, *, horizon: int, freq: str, season: int) -> Ahead:
    """Prophet with its defaults."""
    from prophet import Prophet

    model = Prophet(interval_width=0.8)
    model.fit(pd.DataFrame({"ds": ds, "y": y}))
    later = pd.DataFrame({"ds": pd.date_range(ds[-1], periods=horizon + 1, freq=freq)[1:]})
    found = model.predict(later)
    return {
        "mean": found["yhat"].to_numpy(),
        "lo-80": found["yhat_lower"].to_numpy(),
        "hi-80": found["yhat_upper"].to_numpy(),
    }


def auto_ets(ds: pd.DatetimeIndex, y: Array, *, horizon: int, freq: str, season: int) -> Ahead:
    """AutoETS with its defaults, on the prices as they are."""
    from statsforecast.models import AutoETS

    own = season if season <= LONGEST_SEASON_OF_ETS else 1
    return AutoETS(season_length=own).forecast(y=y, h=horizon, level=LEVELS)


def auto_arima(ds: pd.DatetimeIndex, y: Array, *, horizon: int, freq: str, season: int) -> Ahead:
    """AutoARIMA with its defaults, on the prices as they are."""
    from statsforecast.models import AutoARIMA

    own = season if season <= LONGEST_SEASON_OF_ETS else 1
    return AutoARIMA(season_length=own).forecast(y=y, h=horizon, level=LEVELS)


def skforecast(ds: pd.DatetimeIndex, y: Array, *, horizon: int, freq: str, season: int) -> Ahead:
    """skforecast's recursive forecaster over gradient boosting, one season of lags."""
    from skforecast.recursive import ForecasterRecursive
    from sklearn.ensemble import HistGradientBoostingRegressor

    lags = max(1, min(season, len(y) // 3))
    model = ForecasterRecursive(
        estimator=HistGradientBoostingRegressor(random_state=SEED), lags=lags
    )
    model.fit(y=pd.Series(y))
    return {"mean": model.predict(steps=horizon).to_numpy()}


MODELS: Mapping[str, Callable[..., Ahead]] = {
    "ets": auto_ets,
    "prophet": prophet,
    "skforecast": skforecast,
    "arima": auto_arima,
}


def measure(panel: BenchPanel, *, names: list[str], model: str, cache: Path) -> None:
    """Keep what a model says from every scored origin of the named series, with its seconds."""
    series = sound_series(panel)
    for name in names:
        place = kept_place(cache, f"{panel.name}_{model}", name)
        if place.exists() or name not in series:
            continue
        one = series[name]
        ends = [len(one.y)]
        if panel.scored_origins:
            ends = [len(one.y) - panel.horizon - back for back in range(panel.scored_origins)]
        started = time.process_time()
        found = [
            MODELS[model](
                one.ds[:end], one.filled[:end].copy(), horizon=panel.horizon, freq=panel.freq,
                season=panel.season,
            )
            for end in ends
        ]  # fmt: skip
        seconds = time.process_time() - started
        arrays = {key: np.stack([np.asarray(one[key]) for one in found]) for key in found[0]}
        keep_arrays(place, {**arrays, "seconds": np.array(seconds)})


def main() -> int:
    """Measure the asked models on one panel."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("panel", choices=sorted(LOADERS))
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--sample", type=int)
    parser.add_argument("--only", nargs="*", choices=sorted(MODELS), default=list(MODELS))
    options = parser.parse_args()
    folder = bench_folder()
    if folder is None:
        sys.stdout.write("SEJAHTERA_BENCH is not set: nothing measured.\n")
        return 0
    warnings.simplefilter("ignore")
    for noisy in ("prophet", "prophet.plot", "cmdstanpy"):
        logging.getLogger(noisy).disabled = True  # its level is set anew by the import
    panel = LOADERS[options.panel](folder)
    for model in options.only:
        names = drawn(panel, sample=options.sample, seed=SEED)
        measure(panel, names=names, model=model, cache=options.cache)
        sys.stdout.write(f"{panel.name} {model}: done\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
