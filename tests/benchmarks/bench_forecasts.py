"""How good the forecasts are, on panels with published results, beside other forecasters.

    SEJAHTERA_BENCH=DIR python -m tests.benchmarks.bench_forecasts [--sample N] [--cache DIR]
        [--panels m3 m4w pihps producers] [--stored]

Counts first what was handed in to M3 and stops when the published figures do not come out.
Then fits the engine's pool to every series (or to a seeded sample of N), asks Prophet, AutoETS,
AutoARIMA and skforecast for a seeded sample in `.bench-venv`, prints the figures of each panel and
writes `measured.json` and `measured.md` (with machine, day and versions) into the cache folder.
What was fitted is kept there by engine version: a broken run goes on. `--stored` only counts it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from analytics.forecasting import formulas
from analytics.forecasting.models import ModelName
from analytics.forecasting.series import CleanSeries
from analytics.forecasting.transform import Array
from tests.benchmarks import panels, record, scorer
from tests.benchmarks.engine_runs import (
    LEVELS,
    SEED,
    Measured,
    fit_members,
    kept_place,
    measured,
    panel_members,
    sound_series,
)

ROOT = Path(__file__).resolve().parents[2]
YARDSTICKS = ("ets", "arima", "prophet", "skforecast")
PANELS = ("m3", "m4w", "pihps", "producers")
YARDSTICK_SAMPLE = 30  # series a panel; the others cost hours over a whole one
PUBLISHED = {"THETA": (13.89, 0.858), "ForecastPro": (13.90, 0.848), "NAIVE2": (16.89, 1.037)}
TOLERANCE = (0.006, 0.0006)


def main() -> int:
    """Measure and print; exit code 1 when the scorer cannot be trusted."""
    options = _parse()
    folder = panels.bench_folder()
    if folder is None:
        _say("SEJAHTERA_BENCH names no folder with the panels: forecasts are not measured.")
        return 0
    if not _scorer_holds(folder):
        return 1
    found = {}
    for name in options.panels:
        panel = panels.LOADERS[name](folder)
        series = sound_series(panel)
        names = panels.drawn(panel, sample=options.sample, seed=SEED)
        if not options.stored:
            _measure(panel, series, names=names, options=options)
        found[name] = report(panel, series, cache=options.cache)
        _say(json.dumps({name: found[name]}, indent=1))
    table = record.as_markdown(found, today=date.today())
    options.cache.mkdir(parents=True, exist_ok=True)
    kept = json.dumps(found, indent=1) + "\n"
    (options.cache / "measured.json").write_text(kept, encoding="utf-8")
    (options.cache / "measured.md").write_text(table, encoding="utf-8")
    _say(table)
    return 0


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--panels", nargs="*", choices=PANELS, default=PANELS)
    parser.add_argument("--sample", type=int, help="series a panel, drawn with a fixed seed")
    parser.add_argument("--cache", type=Path, default=ROOT / "var" / "bench")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--stored", action="store_true", help="count only what is kept")
    return parser.parse_args()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _scorer_holds(folder: Path) -> bool:
    """Whether the published scores of M3 come out of the forecasts handed in."""
    panel = panels.load_m3(folder)
    submitted = panels.submitted_m3(folder)
    submitted = submitted[submitted["method"].isin(PUBLISHED)]
    scores = scorer.submitted_scores(submitted, test=panel.test, scales=panel.scales)
    scores = scores.set_index("method")
    holds = True
    for method, expected in PUBLISHED.items():
        got = tuple(scores.loc[method, ["smape", "mase"]].astype(float))
        near = all(abs(a - b) < t for a, b, t in zip(got, expected, TOLERANCE, strict=True))
        holds = holds and near
        _say(f"M3 {method}: sMAPE {got[0]:.2f}, MASE {got[1]:.3f}; published {expected}")
    return holds


def _measure(
    panel: panels.BenchPanel,
    series: Mapping[str, CleanSeries],
    *,
    names: Sequence[str],
    options: argparse.Namespace,
) -> None:
    """Panel model over all series, the pool and the yardsticks over the named ones."""
    ordered = [series[name] for name in sorted(series)]
    panel_members(panel, ordered, cache=options.cache)
    wanted = [series[name] for name in names if name in series]
    fit_members(panel, wanted, cache=options.cache, jobs=options.jobs)
    python = ROOT / ".bench-venv" / "bin" / "python"
    if not python.exists():
        _say("No .bench-venv: other forecasters are not measured (python start.py bench makes it).")
        return
    command = [str(python), "-m", "tests.benchmarks.yardsticks", panel.name]
    command += ["--cache", str(options.cache)]
    command += ["--sample", str(min(options.sample or YARDSTICK_SAMPLE, YARDSTICK_SAMPLE))]
    subprocess.run(command, cwd=ROOT, env=os.environ.copy(), check=True)


def report(
    panel: panels.BenchPanel, series: Mapping[str, CleanSeries], *, cache: Path
) -> dict[str, object]:
    """Scores of the engine and its members over all kept series, and beside each yardstick."""
    ordered = [series[name] for name in sorted(series)]
    joint = panel_members(panel, ordered, cache=cache)
    ranged = {one for one in series if kept_place(cache, f"{panel.name}_ets", one).exists()}
    found = measured(panel, ordered, joint=joint, cache=cache, ranged=ranged)
    runs = {one.backtest.series.unique_id: one for one in found}
    members = {
        name.value: _scores(panel, _own(panel, runs.values(), name))
        for name in ModelName
        if all(name in one.backtest.forecasts for one in runs.values())
    }
    engine = _own(panel, runs.values(), ModelName.COMBINATION)
    beside = {}
    for model in YARDSTICKS:
        other = _yardstick(panel, runs, model=model, cache=cache)
        if other:
            same = {name: engine[name] for name in other}
            beside[model] = {
                "series": len(other),
                model: _scores(panel, other),
                "engine": _scores(panel, same),
                **_widths(panel, runs, other),
            }
    return {
        "series": len(runs),
        "of": len(series),
        "scores": members,
        "whole_panel": _whole(panel, engine) if len(runs) == len(series) else {},
        "coverage": coverages(runs.values()),
        "beside": beside,
        **_named_producers(panel, engine),
    }


Kept = Mapping[str, Array]


def _rows(panel: panels.BenchPanel, one: Measured) -> list[int]:
    """Rows of the back-test that are scored: the end, or the last origins fully known."""
    if not panel.scored_origins:
        return [-1]
    return [-1 - panel.horizon - back for back in range(panel.scored_origins)]


def _own(
    panel: panels.BenchPanel, runs: Iterable[Measured], name: ModelName
) -> dict[str, dict[str, Array]]:
    """Forecasts of a member at the scored rows, with ranges where it has them."""
    found = {}
    for one in runs:
        rows = [row for row in _rows(panel, one) if -row <= len(one.backtest.positions)]
        kept: dict[str, Array] = {"mean": one.backtest.forecasts[name][rows]}
        if name is ModelName.COMBINATION and one.bands:
            for level in LEVELS:
                kept[f"lo-{level}"] = one.bands.lower[level][rows]
                kept[f"hi-{level}"] = one.bands.upper[level][rows]
        kept["actual"] = _actual(panel, one, rows)
        found[one.backtest.series.unique_id] = kept
    return found


def _actual(panel: panels.BenchPanel, one: Measured, rows: Sequence[int]) -> Array:
    if panel.scored_origins:
        return one.backtest.actual[list(rows)]
    return panel.test[one.backtest.series.unique_id][None, :]


def _yardstick(
    panel: panels.BenchPanel, runs: Mapping[str, Measured], *, model: str, cache: Path
) -> dict[str, dict[str, Array]]:
    found = {}
    for name, one in runs.items():
        place = kept_place(cache, f"{panel.name}_{model}", name)
        if place.exists():
            kept = dict(np.load(place))
            kept["actual"] = _actual(panel, one, _rows(panel, one))
            found[name] = kept
    return found


def _scores(panel: panels.BenchPanel, kept: Mapping[str, Kept]) -> dict[str, float]:
    """sMAPE and MASE where the panel has a test part, else MAPE over origins and horizons."""
    if panel.test:
        smape, mase = scorer.competition_scores(
            {name: one["mean"][0] for name, one in kept.items()},
            test=panel.test, scales=panel.scales,
        )  # fmt: skip
        return {"smape": round(smape, 3), "mase": round(mase, 4)}
    actual = np.concatenate([one["actual"].ravel() for one in kept.values()])
    ahead = np.concatenate([one["mean"].ravel() for one in kept.values()])
    return {"mape": round(formulas.mape(actual, ahead), 3), "pairs": int(np.isfinite(actual).sum())}


def _whole(panel: panels.BenchPanel, engine: Mapping[str, Kept]) -> dict[str, float]:
    """All series of a panel with a test part; those too short to be issued at the last value.

    `owa` is against the last value, which is Naive2 where there is no season.
    """
    if not panel.test:
        return {}
    values = panel.training.groupby("unique_id")["y"]
    last = {str(name): np.repeat(end, panel.horizon) for name, end in values.last().items()}
    handed_out = {**last, **{name: one["mean"][0] for name, one in engine.items()}}
    own = scorer.competition_scores(handed_out, test=panel.test, scales=panel.scales)
    naive = scorer.competition_scores(last, test=panel.test, scales=panel.scales)
    return {
        "series": len(handed_out),
        "smape": round(own[0], 3),
        "mase": round(own[1], 4),
        "owa": round(scorer.owa(own, naive), 4),
    }


def coverages(runs: Iterable[Measured]) -> dict[str, float]:
    """Percent of values inside the combination's past ranges, each set by earlier errors."""
    totals = {level: [0, 0] for level in LEVELS}
    for one in runs:
        actual, bands = one.backtest.actual, one.bands
        if bands is None:
            continue
        for level in LEVELS:
            low, high = bands.lower[level], bands.upper[level]
            known = np.isfinite(actual) & np.isfinite(low)
            totals[level][0] += int(((low <= actual) & (actual <= high))[known].sum())
            totals[level][1] += int(known.sum())
    shares = {str(level): 100 * inside / max(1, of) for level, (inside, of) in totals.items()}
    return {
        **{level: round(share, 2) for level, share in shares.items()},
        "pairs": totals[LEVELS[0]][1],
    }


def _widths(
    panel: panels.BenchPanel, runs: Mapping[str, Measured], other: Mapping[str, Kept]
) -> dict[str, object]:
    """Coverage and mean width at the scored rows, the other's stretched to hold as often."""
    if not all("lo-95" in one for one in other.values()):
        return {}
    own = _own(panel, [runs[name] for name in other], ModelName.COMBINATION)
    found: dict[str, object] = {}
    for level in LEVELS:
        mine, theirs = _stacked(own, level), _stacked(other, level)
        held = formulas.coverage(mine[0], mine[2], mine[3])
        found[f"level_{level}"] = {
            "engine_coverage": round(held, 2),
            "other_coverage": round(formulas.coverage(theirs[0], theirs[2], theirs[3]), 2),
            "engine_width_pct": round(scorer.width_at_coverage(*mine, coverage=held), 2),
            "other_width_pct": round(scorer.width_at_coverage(*theirs, coverage=held), 2),
        }
    return found


def _stacked(kept: Mapping[str, Kept], level: int) -> tuple[Array, Array, Array, Array]:
    keys = ("actual", "mean", f"lo-{level}", f"hi-{level}")
    actual, mean, low, high = (
        np.concatenate([one[key].ravel() for one in kept.values()]) for key in keys
    )
    return actual, mean, low, high


def _named_producers(
    panel: panels.BenchPanel, engine: Mapping[str, Kept]
) -> dict[str, dict[str, float]]:
    """The two farm-gate series of Blitar by themselves."""
    if panel.name != "producers":
        return {}
    return {
        label: _scores(panel, {name: engine[name]})
        for label, market in panels.PRODUCERS.items()
        for name in engine
        if name.startswith(market)
    }


if __name__ == "__main__":
    raise SystemExit(main())
