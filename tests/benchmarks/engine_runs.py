"""The engine over a panel, series by series, kept on disk so that a broken run goes on.

What costs much is kept: the forecasts of every model at every origin. Combination and ranges
are made from them at each scoring by the engine's own functions.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed

from analytics.forecasting import METHOD
from analytics.forecasting.backtest import Backtest, origin_positions, roll
from analytics.forecasting.bands import RollingBands, rolling_bands
from analytics.forecasting.combination import combine
from analytics.forecasting.models import FULL_POOL, ModelName, pool
from analytics.forecasting.panel_model import LEAST_SERIES, panel_forecasts
from analytics.forecasting.series import CleanSeries, validate_series
from analytics.forecasting.steps import step_of
from analytics.forecasting.transform import Array, transform_of
from tests.benchmarks.panels import BenchPanel

SEED = 20261124
LEVELS = (80, 95)
SAID_EVERY = 50


@dataclass(frozen=True, eq=False)
class Measured:
    """One series with its back-test, and the ranges of the combination where asked for."""

    backtest: Backtest
    bands: RollingBands | None


def sound_series(panel: BenchPanel) -> dict[str, CleanSeries]:
    """The series of a panel that the engine forecasts."""
    admitted = validate_series(panel.training, freq=panel.freq).series
    return {name: one for name, one in admitted.items() if one.obstacle is None}


def fit_members(
    panel: BenchPanel, series: Sequence[CleanSeries], *, cache: Path, jobs: int
) -> None:
    """Fit the pool to every series that has not been fitted yet, the quick models first."""
    for name in FULL_POOL:
        folder = members_folder(panel, name)
        missing = [one for one in series if not kept_place(cache, folder, one.unique_id).exists()]
        work = (delayed(_fit)(panel, name, one) for one in missing)
        found = Parallel(n_jobs=jobs, return_as="generator")(work)
        for done, (one, ahead) in enumerate(zip(missing, found, strict=True), start=1):
            keep_arrays(kept_place(cache, folder, one.unique_id), {name.value: ahead})
            if done % SAID_EVERY == 0 or done == len(missing):
                sys.stdout.write(f"{panel.name} {name.value}: {done} of {len(missing)} fitted\n")
                sys.stdout.flush()


def panel_members(
    panel: BenchPanel, series: Sequence[CleanSeries], *, cache: Path
) -> Mapping[str, Array]:
    """The panel model's forecasts by series; none where the engine would not use it."""
    if len(series) < LEAST_SERIES:
        return {}
    place = cache / METHOD / panel.name / "panel_model.npz"
    if not place.exists():
        made = panel_forecasts(
            series, step=step_of(panel.freq), horizon=panel.horizon,
            max_origins=panel.max_origins, seed=SEED, regressors=panel.regressors,
        )  # fmt: skip
        keep_arrays(place, {_key(name): values for name, values in made.items()})
    kept = np.load(place)
    return {one.unique_id: kept[_key(one.unique_id)] for one in series}


def measured(
    panel: BenchPanel,
    series: Sequence[CleanSeries],
    *,
    joint: Mapping[str, Array],
    cache: Path,
    ranged: Collection[str],
) -> Iterator[Measured]:
    """The combination of every series whose members are kept; ranges of those in `ranged`."""
    for one in series:
        members = _kept_members(panel, one, cache=cache)
        if members is None:
            continue
        backtest = _combined(panel, one, members=members, joint=joint.get(one.unique_id))
        bands = None
        if one.unique_id in ranged:
            bands = rolling_bands(backtest, model=ModelName.COMBINATION, levels=LEVELS)
        yield Measured(backtest, bands)


def _kept_members(
    panel: BenchPanel, one: CleanSeries, *, cache: Path
) -> dict[ModelName, Array] | None:
    """The forecasts of the pool, None while a model is still to be fitted."""
    places = {
        name: kept_place(cache, members_folder(panel, name), one.unique_id) for name in FULL_POOL
    }
    if not all(place.exists() for place in places.values()):
        return None
    return {name: np.load(place)[name.value] for name, place in places.items()}


def members_folder(panel: BenchPanel, name: ModelName) -> str:
    """Folder of the cache with one model's forecasts of one panel, as this engine makes them."""
    return f"{METHOD}/{panel.name}/{name.value}"


def _fit(panel: BenchPanel, name: ModelName, one: CleanSeries) -> Array:
    step = step_of(panel.freq)
    rolled = roll(
        one, models=[pool(step)[name]], horizon=panel.horizon, max_origins=panel.max_origins,
        step=step,
    )  # fmt: skip
    return rolled.forecasts[name]


def _combined(
    panel: BenchPanel, one: CleanSeries, *, members: dict[ModelName, Array], joint: Array | None
) -> Backtest:
    positions = origin_positions(len(one.y), max_origins=panel.max_origins)
    transforms = tuple(
        transform_of(one.filled[: position + 1]) if np.isfinite(one.y[position]) else None
        for position in positions.tolist()
    )
    padded = np.concatenate([one.y, np.full(panel.horizon, np.nan)])
    actual = padded[positions[:, None] + np.arange(1, panel.horizon + 1)[None, :]]
    forecasts = dict(members) if joint is None else {**members, ModelName.PANEL: joint}
    combined, weights = combine(forecasts, actual, transforms=transforms)
    return Backtest(
        series=one, horizon=panel.horizon, positions=positions, transforms=transforms,
        actual=actual, forecasts={**forecasts, ModelName.COMBINATION: combined},
        weights=weights, failures=(),
    )  # fmt: skip


def kept_place(cache: Path, folder: str, unique_id: str) -> Path:
    """The file that keeps what was measured of a series."""
    return cache / folder / f"{_key(unique_id)}.npz"


def _key(unique_id: str) -> str:
    """A short file name for any series name."""
    return sha256(unique_id.encode()).hexdigest()[:16]


def keep_arrays(place: Path, arrays: Mapping[str, Array]) -> None:
    """Written beside and moved, so that a broken run leaves no half file."""
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f"draft_{place.name}")
    np.savez(draft, **arrays)
    draft.replace(place)
