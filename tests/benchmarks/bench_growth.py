"""How time and memory grow with the number of series: 100, 1,000 full, 10,000 with the light pool.

    python -m tests.benchmarks.bench_growth [--output growth.json] [--largest SERIES]

Each size runs in a process of its own, so that its memory is its own. Series are drawn: 48 months
of a price with a season, 12 origins, six months ahead, one process, with the panel model. What
was measured is written after each size, and a size that stands in the file is not run again
unless another engine measured it. `--largest` leaves out the sizes above it.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

from analytics.forecasting import METHOD, forecast_panel

SEED = 20261124
MONTHS, ORIGINS, HORIZON = 48, 12, 6
SIZES = (("full", 100), ("full", 1_000), ("light", 100), ("light", 1_000), ("light", 10_000))
KIBIBYTES_IN_MEBIBYTE = 1024


def main() -> int:
    """Measure the sizes that are not in the file yet, or one size alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path)
    parser.add_argument("--largest", type=int, default=max(size for _, size in SIZES))
    parser.add_argument("--one", nargs=2, metavar=("POOL", "SERIES"))
    options = parser.parse_args()
    if options.one:
        _say(json.dumps(measured(options.one[0], int(options.one[1]))))
        return 0
    has_kept = options.output is not None and options.output.exists()
    found = json.loads(options.output.read_text(encoding="utf-8")) if has_kept else {}
    if found.get("engine") != METHOD:
        found = {"engine": METHOD}
    for pool, size in (one for one in SIZES if one[1] <= options.largest):
        name = f"{pool}_{size}"
        if name not in found:
            found[name] = _in_own_process(pool, size)
            _say(f"{name}: {found[name]}")
        if options.output is not None:
            options.output.parent.mkdir(parents=True, exist_ok=True)
            options.output.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _in_own_process(pool: str, size: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.bench_growth", "--one", pool, str(size)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def measured(pool: str, size: int) -> dict[str, float]:
    """Seconds of processor a series, and the largest memory of the process in MiB."""
    series = drawn_panel(size)
    started = time.process_time()
    run = forecast_panel(
        series, freq="MS", as_of=None, seed=SEED, horizon=HORIZON, max_origins=ORIGINS,
        is_light=pool == "light", with_panel_model=True, keeps_backtest=False,
    )  # fmt: skip
    seconds = time.process_time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBIBYTES_IN_MEBIBYTE
    return {
        "series": len(run.verdicts),
        "seconds_a_series": round(seconds / size, 4),
        "memory_mib": round(memory, 1),
    }


def drawn_panel(size: int) -> pd.DataFrame:
    """`unique_id, ds, y` of invented prices with a season and a wandering level."""
    draw = np.random.default_rng(SEED)
    month = np.arange(MONTHS)
    walk = np.cumsum(0.03 * draw.normal(size=(size, MONTHS)), axis=1)
    season = 0.1 * np.sin(2 * np.pi * (month + draw.integers(12, size=(size, 1))) / 12)
    y = 20_000 * np.exp(walk + season)
    ds = pd.date_range("2020-01-01", periods=MONTHS, freq="MS")
    return pd.DataFrame(
        {
            "unique_id": np.repeat([f"series-{i:05}" for i in range(size)], MONTHS),
            "ds": np.tile(ds, size),
            "y": y.ravel(),
        }
    )


if __name__ == "__main__":
    raise SystemExit(main())
