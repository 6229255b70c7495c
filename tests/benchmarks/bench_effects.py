"""How often the interval of an event's effect holds, and how often it finds one that is none.

    python -m tests.benchmarks.bench_effects [--runs 500]

Bounds of the promise: 92 to 98 percent held with an effect, at most 7 percent found without.
"""

from __future__ import annotations

import argparse
import sys

from analytics.tourism.effects import estimate_effect
from tests.benchmarks.simulated_visits import simulate

RUNS = 500
FIRST_SEED = 26_000
HELD, FOUND_AT_MOST = (0.92, 0.98), 0.07


def share_held(runs: int, *, first_seed: int = FIRST_SEED) -> float:
    """Share of runs with an effect whose interval holds it."""
    return sum(_holds(first_seed + run) for run in range(runs)) / runs


def share_found(runs: int, *, first_seed: int = FIRST_SEED) -> float:
    """Share of runs without an effect in which one is found."""
    found = 0
    for run in range(runs):
        event = simulate(first_seed + run, has_effect=False)
        estimate = estimate_effect(event.treated, event.controls, start=event.start, end=event.end)
        assert not estimate.refusal, estimate.refusal
        found += estimate.verdict != "chance"
    return found / runs


def _holds(seed: int) -> bool:
    event = simulate(seed, has_effect=True)
    estimate = estimate_effect(event.treated, event.controls, start=event.start, end=event.end)
    assert not estimate.refusal, estimate.refusal
    return estimate.low <= event.effect <= estimate.high


def test_the_interval_of_an_effect_holds_as_promised() -> None:
    held, found = share_held(RUNS), share_found(RUNS)
    assert HELD[0] <= held <= HELD[1]
    assert found <= FOUND_AT_MOST


def main() -> int:
    """Prints both shares; exit code 1 when a bound is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    runs = parser.parse_args().runs
    held, found = share_held(runs), share_found(runs)
    sys.stdout.write(f"{runs} runs with an effect: interval holds it in {held:.1%} (92 to 98 %)\n")
    sys.stdout.write(f"{runs} runs without: one is found in {found:.1%} (at most 7 %)\n")
    return 0 if HELD[0] <= held <= HELD[1] and found <= FOUND_AT_MOST else 1


if __name__ == "__main__":
    sys.exit(main())
