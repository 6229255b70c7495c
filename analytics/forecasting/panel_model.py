"""The panel model: one gradient boosting for all series, which learn from each other.

mlforecast builds lags and rolling windows, scikit-learn boosts. The target is the change
from the last value h steps on, in units of the series' own usual change, on logarithms: a
change of unit changes nothing. One model serves all horizons; the horizon is a feature.
What may be known of the step to come (its month, its share of Ramadan) is a feature too.
Source: Montero-Manso and Hyndman 2021, International Journal of Forecasting 37.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.forecasting.backtest import origin_positions
from analytics.forecasting.series import CleanSeries
from analytics.forecasting.steps import Step
from analytics.forecasting.transform import Array, Transform, transform_of

# Series from which a panel model is worth its while when nobody says otherwise.
LEAST_SERIES = 20
LEAST_ROWS = 400
# Training rows at most, drawn with the seed: more cost time and gained nothing measurable.
MOST_ROWS = 120_000
# The panel changes slowly and training costs much: half as often as models of one series.
REFIT_TIMES = 2
DECIMALS = 6
LEAST_CHANGE = 1e-4
SEASONS_BACK = 3
BOOSTING = {
    "loss": "squared_error",
    "max_iter": 200,
    "learning_rate": 0.05,
    "max_leaf_nodes": 31,
    "min_samples_leaf": 40,
    "l2_regularization": 1.0,
    "early_stopping": False,
}
CLIP_QUANTILE = 0.995

Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class _Panel:
    """All series end to end; `row` numbers run over all of them, `first` is a series' own row 0."""

    names: tuple[str, ...]
    series_of: Numbers
    first: Numbers
    length: Numbers
    number: Numbers
    z: Array
    is_seen: NDArray[np.bool_]
    usual: Array
    base: NDArray[np.float32]
    transforms: tuple[Transform, ...]
    starts: pd.DatetimeIndex
    start_number: int
    regressors: tuple[Array, ...]


def panel_forecasts(
    series: Sequence[CleanSeries],
    *,
    step: Step,
    horizon: int,
    max_origins: int,
    seed: int,
    regressors: pd.DataFrame | None = None,
) -> dict[str, Array]:
    """Forecasts by origin and horizon of every series, in its unit; NaN before there is training.

    Rows are the origins of `roll`. At each origin the model knows only values of its step or
    earlier, of all series; it is trained anew every second `step.refit_every` of the calendar
    and once with everything for the forecast ahead. `regressors` has `ds`, perhaps
    `unique_id`, and columns known in advance, also for the steps ahead.
    """
    ordered = sorted(series, key=lambda one: one.unique_id)
    panel = _panel_of(ordered, step=step, horizon=horizon, max_origins=max_origins,
                      regressors=regressors)  # fmt: skip
    wanted = [origin_positions(int(n), max_origins=max_origins) for n in panel.length]
    found = [np.full((len(rows), horizon), np.nan) for rows in wanted]
    for cutoff, places in _stages(panel, wanted, step=step):
        rows = np.array([panel.first[s] + wanted[s][place] for s, place in places])
        predicted = _trained_and_asked(panel, rows, cutoff=cutoff, horizon=horizon, step=step,
                                       seed=seed)  # fmt: skip
        if predicted is None:
            continue
        for (s, place), ahead in zip(places, predicted, strict=True):
            found[s][place] = panel.transforms[s].to_unit(ahead)
    return {name: found[place] for place, name in enumerate(panel.names)}


def _stages(
    panel: _Panel, wanted: Sequence[Numbers], *, step: Step
) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Cut-offs in time order with the (series, row) pairs that the model of each answers."""
    past: dict[int, list[tuple[int, int]]] = {}
    ahead: list[tuple[int, int]] = []
    for s, positions in enumerate(wanted):
        for place, position in enumerate(positions.tolist()):
            row = panel.first[s] + position
            if not panel.is_seen[row]:
                continue
            if position == panel.length[s] - 1:
                ahead.append((s, place))
            else:
                past.setdefault(int(panel.number[row]), []).append((s, place))
    if past:
        cutoff = min(past)
        pairs: list[tuple[int, int]] = []
        for number in sorted(past):
            if number % (REFIT_TIMES * step.refit_every) == 0 and pairs:
                yield cutoff, pairs
                cutoff, pairs = number, []
            pairs = pairs + past[number]
        yield cutoff, pairs
    if ahead:
        yield int(panel.number.max()), ahead


def _trained_and_asked(
    panel: _Panel, rows: Numbers, *, cutoff: int, horizon: int, step: Step, seed: int
) -> Array | None:
    """Predictions on the fitting scale by row and horizon, of a model that knows the cut-off."""
    from sklearn.ensemble import HistGradientBoostingRegressor
    from threadpoolctl import threadpool_limits

    drawn = _training_rows(panel, cutoff=cutoff, horizon=horizon, step=step, seed=seed)
    if sum(len(chosen) for chosen in drawn) < LEAST_ROWS:
        return None
    features = np.vstack([_features(panel, chosen, h, step) for h, chosen in enumerate(drawn, 1)])
    change = np.concatenate(
        [
            (panel.z[chosen + h] - panel.z[chosen]) / panel.usual[chosen]
            for h, chosen in enumerate(drawn, 1)
        ]
    )
    # The library cannot bin a column without any number, such as a third season of young series.
    is_known = np.isfinite(features).any(axis=0)
    limit = np.quantile(np.abs(change), CLIP_QUANTILE)
    target = np.round(np.clip(change, -limit, limit), DECIMALS)
    with threadpool_limits(limits=1):
        model = HistGradientBoostingRegressor(**BOOSTING, random_state=seed)
        model.fit(features[:, is_known], target)
        predicted = [
            model.predict(_features(panel, rows, h, step)[:, is_known])
            for h in range(1, horizon + 1)
        ]
    return panel.z[rows][:, None] + panel.usual[rows][:, None] * np.stack(predicted, axis=1)


def _training_rows(
    panel: _Panel, *, cutoff: int, horizon: int, step: Step, seed: int
) -> list[Numbers]:
    """For each horizon the rows whose target was known at the cut-off; a seeded draw of many."""
    draw = np.random.default_rng([seed, cutoff % 2**31])
    own = np.arange(len(panel.z)) - panel.first[panel.series_of]
    is_old_enough = (own + 1 >= step.season) & panel.is_seen
    chosen = []
    for h in range(1, horizon + 1):
        is_inside = own + h < panel.length[panel.series_of]
        rows = np.flatnonzero(is_old_enough & is_inside & (panel.number + h <= cutoff))
        rows = rows[panel.is_seen[rows + h]]
        most = MOST_ROWS // horizon
        if len(rows) > most:
            rows = np.sort(draw.choice(rows, size=most, replace=False))
        chosen.append(rows)
    return chosen


def _features(panel: _Panel, rows: Numbers, h: int, step: Step) -> NDArray[np.float32]:
    """What is known at each row of the step h later: one line a row."""
    ahead = panel.number[rows] + h - panel.start_number
    calendar = [np.full(len(rows), float(h)), *_calendar(panel.starts[ahead], step)]
    known = [values[panel.series_of[rows], ahead] for values in panel.regressors]
    columns = np.stack([*calendar, *_seasonal(panel, rows, h, step.season), *known], axis=1)
    return np.hstack([panel.base[rows], np.round(columns, DECIMALS).astype(np.float32)])


def _calendar(ds: pd.DatetimeIndex, step: Step) -> list[Array]:
    if step.freq == "MS":
        return [ds.month.to_numpy(float)]
    if step.freq == "D":
        return [ds.dayofweek.to_numpy(float), ds.day.to_numpy(float), ds.month.to_numpy(float)]
    return [ds.isocalendar().week.to_numpy(float), ds.month.to_numpy(float)]


def _seasonal(panel: _Panel, rows: Numbers, h: int, season: int) -> list[Array]:
    """The same step of earlier seasons against the value then, and against the value now."""
    first = panel.first[panel.series_of[rows]]
    last, usual = panel.z[rows], panel.usual[rows]
    whole = -(-h // season)
    found = []
    for back in range(whole, whole + SEASONS_BACK):
        then, same = rows - back * season, rows + h - back * season
        is_there = then >= first
        changed = np.where(is_there, panel.z[same] - panel.z[np.maximum(then, 0)], np.nan)
        found.append(changed / usual)
    is_there = rows + h - whole * season >= first
    level = np.where(is_there, panel.z[rows + h - whole * season] - last, np.nan) / usual
    known = np.isfinite(found)
    mean = np.where(known, found, 0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return [*found, level, mean]


# The panel end to end


def _panel_of(
    ordered: Sequence[CleanSeries],
    *,
    step: Step,
    horizon: int,
    max_origins: int,
    regressors: pd.DataFrame | None,
) -> _Panel:
    transforms = tuple(_early_transform(one, max_origins=max_origins) for one in ordered)
    logs = [_on_early_scale(one, scale) for one, scale in zip(ordered, transforms, strict=True)]
    length = np.array([len(one) for one in logs], dtype=np.int64)
    first = np.concatenate([[0], np.cumsum(length)[:-1]]).astype(np.int64)
    numbers = [step.ordinals(one.ds) for one in ordered]
    start, end = min(n[0] for n in numbers), max(n[-1] for n in numbers) + horizon
    usual = np.concatenate([_usual_change(one, step.season) for one in logs])
    return _Panel(
        names=tuple(one.unique_id for one in ordered),
        series_of=np.repeat(np.arange(len(ordered)), length),
        first=first,
        length=length,
        number=np.concatenate(numbers),
        z=np.concatenate(logs),
        is_seen=np.concatenate([np.isfinite(one.y) for one in ordered]),
        usual=usual,
        base=_base_features(logs, usual, step=step),
        transforms=transforms,
        starts=step.starts(int(start), int(end)),
        start_number=int(start),
        regressors=_regressor_values(regressors, ordered, step=step, start=start, end=end),
    )


def _early_transform(series: CleanSeries, *, max_origins: int) -> Transform:
    """The scale that the part before the first origin asks for: nothing later may set it."""
    first = int(origin_positions(len(series.y), max_origins=max_origins)[0])
    return transform_of(series.filled[: first + 1])


def _on_early_scale(series: CleanSeries, transform: Transform) -> Array:
    """Logarithms; a zero after a part without any is taken as a tenth of the scale's hundredth."""
    floor = 0.0 if transform.has_zero else transform.scale / 1000
    return np.round(transform.to_fit(np.maximum(series.filled, floor)), DECIMALS)


def _usual_change(z: Array, season: int) -> Array:
    """Mean size of the step to step change over up to three seasons (at most 60 steps) so far."""
    window = min(3 * season, 60)
    sums = np.concatenate([[0.0, 0.0], np.cumsum(np.abs(np.diff(z)))])[: len(z) + 1]
    upto = np.arange(1, len(z) + 1)
    since = np.maximum(upto - window, 1)
    return (sums[upto] - sums[since]) / np.maximum(upto - since, 1) + LEAST_CHANGE


def _windows(season: int) -> tuple[list[int], list[int]]:
    """Lags and rolling windows of a step, in steps."""
    if season == 12:
        return [*range(1, 14), 18, 24], [3, 6, 12, 24]
    if season == 7:
        return [*range(1, 15), 21, 28], [7, 14, 28, 56]
    return [*range(1, 9), 10, 13, 17, 26, 39, 52], [4, 13, 26, 52]


def _base_features(logs: Sequence[Array], usual: Array, *, step: Step) -> NDArray[np.float32]:
    """Lags and rolling windows against the last value, in usual changes; one line a row.

    mlforecast puts at a step what was known before it, so a step is added at each end and
    its line tells what is known at the last value.
    """
    from mlforecast import MLForecast
    from mlforecast.lag_transforms import RollingMean, RollingStd

    lags, windows = _windows(step.season)
    transforms: list[Any] = [
        kind(window, min_samples=2) for window in windows for kind in (RollingMean, RollingStd)
    ]
    maker = MLForecast(models=[], freq=1, lags=lags, lag_transforms={1: transforms})
    frame = pd.DataFrame(
        {
            "unique_id": np.repeat(np.arange(len(logs)), [len(one) + 1 for one in logs]),
            "ds": np.concatenate([np.arange(len(one) + 1) for one in logs]),
            "y": np.concatenate([np.append(one, 0.0) for one in logs]),
        }
    )
    made: Any = maker.preprocess(frame, dropna=False, static_features=[])
    made = made[made["ds"] > 0].drop(columns=["unique_id", "ds", "y"])
    last = made.pop("lag1").to_numpy()
    is_spread = made.columns.str.contains("std")
    values = made.to_numpy()
    values[:, ~is_spread] -= last[:, None]
    values /= usual[:, None]
    age = np.concatenate([np.arange(len(one)) for one in logs])
    columns = np.column_stack([values, np.log(usual), age])
    return np.round(columns, DECIMALS).astype(np.float32)


def _regressor_values(
    frame: pd.DataFrame | None,
    ordered: Sequence[CleanSeries],
    *,
    step: Step,
    start: int,
    end: int,
) -> tuple[Array, ...]:
    """For each regressor a matrix series x step; NaN where the frame says nothing."""
    if frame is None:
        return ()
    numbers = step.ordinals(pd.DatetimeIndex(frame["ds"]))
    inside = (numbers >= start) & (numbers <= end)
    rows, steps = frame[inside], numbers[inside] - start
    places: Mapping[str, int] = {one.unique_id: place for place, one in enumerate(ordered)}
    matrices = []
    for column in sorted(set(frame.columns) - {"unique_id", "ds"}):
        values = np.full((len(ordered), end - start + 1), np.nan)
        if "unique_id" in frame.columns:
            own = rows["unique_id"].map(places)
            is_known = own.notna().to_numpy()
            values[own[is_known].astype(int), steps[is_known]] = rows[column][is_known]
        else:
            values[:, steps] = rows[column].to_numpy(float)
        matrices.append(values)
    return tuple(matrices)
