"""Seconds a series and MASE of the same back-test, beside Prophet: 120 months, 12 origins.

    SEJAHTERA_BENCH=DIR python -m tests.benchmarks.bench_speed [--sample N] [--cache DIR]

Series of M3 with 120 months or more, drawn with the seed, their newest 120. The engine works
through its pool without ARIMA, ranges included, on one core; Prophet, in `.bench-venv`, through
the same origins. Six months ahead; MASE divides by the change over a year up to each origin.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from analytics.forecasting import ModelName, formulas
from analytics.forecasting.engine import DEFAULT_LEVELS, Outcome, Task, forecast_series
from analytics.forecasting.models import FULL_POOL
from analytics.forecasting.series import CleanSeries
from analytics.forecasting.transform import Array
from tests.benchmarks import panels
from tests.benchmarks.engine_runs import SEED, kept_place, sound_series

ROOT = Path(__file__).resolve().parents[2]
QUICK_POOL = tuple(name for name in FULL_POOL if name is not ModelName.ARIMA)


def main() -> int:
    """Measure both and print seconds and MASE; Prophet is left out without `.bench-venv`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=20)
    parser.add_argument("--cache", type=Path, default=ROOT / "var" / "bench")
    options = parser.parse_args()
    folder = panels.bench_folder()
    if folder is None:
        sys.stdout.write("SEJAHTERA_BENCH names no folder: speed is not measured.\n")
        return 0
    panel = panels.load_long_m3(folder)
    series = sound_series(panel)
    chosen = [series[name] for name in panels.drawn(panel, sample=options.sample, seed=SEED)]
    found = {"series": len(chosen), "engine": _engine(panel, chosen)}
    python = ROOT / ".bench-venv" / "bin" / "python"
    if python.exists():
        command = [
            str(python),
            "-m",
            "tests.benchmarks.yardsticks",
            panel.name,
            "--only",
            "prophet",
        ]
        command += ["--cache", str(options.cache), "--sample", str(options.sample)]
        subprocess.run(command, cwd=ROOT, env=os.environ.copy(), check=True)
        found["prophet"] = _prophet(panel, chosen, cache=options.cache)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    return 0


def _engine(panel: panels.BenchPanel, chosen: list[CleanSeries]) -> dict[str, float]:
    """Processor seconds a series once the libraries are loaded, and the mean MASE."""
    tasks = [
        Task(one, panel.freq, panel.horizon, DEFAULT_LEVELS, panel.max_origins, models=QUICK_POOL)
        for one in chosen
    ]
    forecast_series(tasks[0])
    started = time.process_time()
    outcomes = [forecast_series(task) for task in tasks]
    seconds = (time.process_time() - started) / len(tasks)
    scores = [
        _mase(panel, one, _past_of(outcome)) for one, outcome in zip(chosen, outcomes, strict=True)
    ]
    return {"seconds": round(seconds, 3), "mase": round(float(np.mean(scores)), 3)}


def _past_of(outcome: Outcome) -> Array:
    """The combination's whole past forecasts, the newest origin first: a column a horizon."""
    past = outcome.backtest[outcome.backtest["model"] == ModelName.COMBINATION.value]
    whole = past.pivot(index="origin", columns="horizon", values="forecast").dropna()
    return whole.sort_index(ascending=False).to_numpy(float)


def _prophet(
    panel: panels.BenchPanel, chosen: list[CleanSeries], *, cache: Path
) -> dict[str, float]:
    kept = [np.load(kept_place(cache, f"{panel.name}_prophet", one.unique_id)) for one in chosen]
    scores = [_mase(panel, one, own["mean"]) for one, own in zip(chosen, kept, strict=True)]
    seconds = float(np.mean([own["seconds"] for own in kept]))
    return {"seconds": round(seconds, 3), "mase": round(float(np.mean(scores)), 3)}


def _mase(panel: panels.BenchPanel, one: CleanSeries, ahead: Array) -> float:
    """Mean over the origins; the newest comes first in `ahead`."""
    if len(ahead) != panel.scored_origins:
        raise ValueError(f"{one.unique_id}: {len(ahead)} of {panel.scored_origins} origins.")
    errors = []
    for back, forecast in enumerate(ahead):
        end = len(one.y) - panel.horizon - back
        scale = formulas.seasonal_scale(one.y[:end], season=panel.season)
        errors.append(formulas.mase(one.y[end : end + panel.horizon], forecast, scale=scale))
    return float(np.mean(errors))


if __name__ == "__main__":
    raise SystemExit(main())
