"""One call for a panel of series: checked, fitted, back-tested, ranged, judged.

Nothing is read from clock, files or network: the day is passed in as `as_of`.
The same input gives the same frames to the last digit, with one process or several.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from joblib import Parallel, delayed

from analytics.forecasting.backtest import Failure, roll
from analytics.forecasting.models import FULL_POOL, LIGHT_POOL, ModelName, pool
from analytics.forecasting.panel_model import LEAST_SERIES, panel_forecasts
from analytics.forecasting.reasons import Status
from analytics.forecasting.refusal import ForecastRefused
from analytics.forecasting.scores import (
    Judgement,
    backtest_columns,
    backtest_table,
    bounds_at,
    judge,
    score_columns,
    score_table,
)
from analytics.forecasting.series import (
    CleanSeries,
    ConstantSeries,
    TreatmentNote,
    Values,
    validate_series,
)
from analytics.forecasting.steps import Step, step_of
from analytics.forecasting.transform import Array
from analytics.forecasting.verdicts import Verdict, refusal, stopped_verdict, verdict_on

# Changes whenever the same input would give other figures.
METHOD = "weighted_pool_4"
DEFAULT_HORIZON = 6
DEFAULT_LEVELS = (80, 95)
DEFAULT_ORIGINS = 96

# From this many series on only the models that cost little are fitted, unless told otherwise.
LIGHT_FROM = 2_000

OnProgress = Callable[[int, int, str], None]

VERDICT_COLUMNS = [
    "unique_id", "status", "reason", "reason_values", "model", "last_ds", "observations", "origins",
]  # fmt: skip
TREATMENT_COLUMNS = ["unique_id", "treatment", "treatment_values"]
FAILURE_COLUMNS = ["unique_id", "model", "origin", "message"]


class InvalidSetting(ForecastRefused):
    """Horizon, levels, jobs or number of origins make no forecast possible."""


@dataclass(frozen=True, eq=False)
class ForecastRun:
    """Everything one run found. Frames are sorted and share `unique_id`.

    - `forecasts`: one row a step ahead, only for series with a range to show (issued, and
      withheld ones with the better naive's range under its own name).
    - `verdicts`: one row a series, whatever became of it.
    - `scores`: by model and horizon; horizon 0 is all horizons together.
    - `backtest`: every past forecast beside what came.
    - `treatments`, `failures`: what was done to the rows; which model failed where.
    - `parameters`: all that is needed to run it again.
    """

    forecasts: pd.DataFrame
    verdicts: pd.DataFrame
    scores: pd.DataFrame
    backtest: pd.DataFrame
    treatments: pd.DataFrame
    failures: pd.DataFrame
    parameters: Mapping[str, object]


@dataclass(frozen=True)
class Task:
    """One series with the settings of its run: all that a process needs."""

    series: CleanSeries
    freq: str
    horizon: int
    levels: tuple[int, ...]
    max_origins: int
    models: tuple[ModelName, ...] = FULL_POOL
    panel: Array | None = None
    may_withhold: bool = True
    keeps_backtest: bool = True


# Works through tasks in any order, on this machine or on others.
Runner = Callable[[Sequence[Task]], Iterator[tuple[str, "Outcome"]]]


@dataclass(frozen=True, eq=False)
class Outcome:
    """What one series gave."""

    verdict: Verdict
    forecasts: pd.DataFrame
    scores: pd.DataFrame
    backtest: pd.DataFrame
    failures: tuple[Failure, ...]
    origins: int


def forecast_panel(
    series: pd.DataFrame,
    *,
    freq: str,
    as_of: date | None,
    seed: int,
    horizon: int = DEFAULT_HORIZON,
    levels: Sequence[int] = DEFAULT_LEVELS,
    max_origins: int = DEFAULT_ORIGINS,
    jobs: int = 1,
    is_light: bool | None = None,
    with_panel_model: bool | None = None,
    regressors: pd.DataFrame | None = None,
    may_stop: bool = True,
    may_withhold: bool = True,
    keeps_backtest: bool = True,
    run_tasks: Runner | None = None,
    on_progress: OnProgress | None = None,
) -> ForecastRun:
    """Forecast every series of `unique_id, ds, y` at step `freq` (MS, W-MON, D).

    Rows after `as_of` are left out. A series counts as stopped by it unless `may_stop` is
    False; without `may_withhold` a combination is issued that did not beat the naives, and
    its reason says so; without `keeps_backtest` that table stays empty. `seed` serves the
    panel model's draw of rows. `is_light` leaves out what costs much and is chosen by the
    number of series when None; `with_panel_model` likewise. Only with the panel model does a
    series' forecast hang on other series; `regressors` (`ds`, perhaps `unique_id`, columns
    known in advance) serve it alone. `on_progress(done, total, unique_id)` is called once a
    series. `run_tasks` replaces the `jobs` processes of this machine by other machines.
    Raises MissingColumn, UnknownStep or InvalidSetting; faults of a series are verdicts.
    """
    ordered_levels = _checked(horizon=horizon, levels=levels, max_origins=max_origins, jobs=jobs)
    step = step_of(freq)
    panel = validate_series(series, freq=freq, as_of=as_of)
    stopped = _stopped(panel.series, step=step, as_of=as_of if may_stop else None)
    going = {name: one for name, one in panel.series.items() if name not in stopped}
    sound = [one for one in going.values() if one.obstacle is None]
    light = len(sound) >= LIGHT_FROM if is_light is None else is_light
    names = LIGHT_POOL if light else FULL_POOL
    is_joint = len(sound) >= LEAST_SERIES if with_panel_model is None else with_panel_model
    joint: Mapping[str, Array] = {}
    if is_joint and sound:
        joint = panel_forecasts(
            sound, step=step, horizon=horizon, max_origins=max_origins, seed=seed,
            regressors=regressors,
        )  # fmt: skip
    tasks = [
        Task(
            one,
            freq,
            horizon,
            ordered_levels,
            max_origins,
            models=names,
            panel=joint.get(name),
            may_withhold=may_withhold,
            keeps_backtest=keeps_backtest,
        )
        for name, one in going.items()
    ]
    runner = run_tasks or _local_runner(jobs)
    outcomes = dict(_counted(runner(tasks), total=len(tasks), on_progress=on_progress))
    verdicts = {
        **{name: refusal(error, Status.FAILED) for name, error in panel.errors.items()},
        **stopped,
        **{name: outcome.verdict for name, outcome in outcomes.items()},
    }
    done = [outcomes[name] for name in sorted(outcomes)]
    return ForecastRun(
        forecasts=_joined((o.forecasts for o in done), _forecast_columns(ordered_levels)),
        verdicts=_verdict_table(verdicts, panel.series, outcomes),
        scores=_joined((o.scores for o in done), score_columns(ordered_levels)),
        backtest=_joined((o.backtest for o in done), backtest_columns(ordered_levels)),
        treatments=_treatment_table(panel.treatments),
        failures=_failure_table(failure for o in done for failure in o.failures),
        parameters={
            "method": METHOD,
            "models": [model.value for model in names],
            "panel_model": is_joint,
            "regressors": sorted(set(regressors.columns) - {"unique_id", "ds"})
            if is_joint and regressors is not None
            else [],
            "freq": freq,
            "horizon": horizon,
            "levels": list(ordered_levels),
            "max_origins": max_origins,
            "as_of": as_of.isoformat() if as_of else None,
            "seed": seed,
        },
    )


def _checked(
    *, horizon: int, levels: Sequence[int], max_origins: int, jobs: int
) -> tuple[int, ...]:
    """The levels in rising order. Raises InvalidSetting naming the setting and its limits."""
    if horizon < 1:
        raise InvalidSetting("horizon_low", value=horizon)
    if not levels or not all(isinstance(level, int) and 50 <= level <= 99 for level in levels):
        raise InvalidSetting("levels_wrong", value=list(levels))
    if max_origins < 1:
        raise InvalidSetting("origins_low", value=max_origins)
    if jobs < 1:
        raise InvalidSetting("jobs_low", value=jobs)
    return tuple(sorted(set(levels)))


def _stopped(
    series: Mapping[str, CleanSeries], *, step: Step, as_of: date | None
) -> dict[str, Verdict]:
    if as_of is None:
        return {}
    found = {name: stopped_verdict(one, step=step, as_of=as_of) for name, one in series.items()}
    return {name: verdict for name, verdict in found.items() if verdict is not None}


def _counted(
    finished: Iterator[tuple[str, Outcome]], *, total: int, on_progress: OnProgress | None
) -> Iterator[tuple[str, Outcome]]:
    for done, (name, outcome) in enumerate(finished, start=1):
        if on_progress is not None:
            on_progress(done, total, name)
        yield name, outcome


def _local_runner(jobs: int) -> Runner:
    def run(tasks: Sequence[Task]) -> Iterator[tuple[str, Outcome]]:
        return _in_processes(tasks, jobs) if jobs > 1 and len(tasks) > 1 else _in_turn(tasks)

    return run


def _in_turn(tasks: Sequence[Task]) -> Iterator[tuple[str, Outcome]]:
    yield from map(_named, tasks)


def _in_processes(tasks: Sequence[Task], jobs: int) -> Iterator[tuple[str, Outcome]]:
    """As they finish. joblib's processes do not run the asking program's main module again, as
    those of `multiprocessing` do: inside a web server that module is a page.
    """
    workers = Parallel(n_jobs=min(jobs, len(tasks)), return_as="generator_unordered")
    yield from workers(delayed(_named)(task) for task in tasks)


def _named(task: Task) -> tuple[str, Outcome]:
    return task.series.unique_id, forecast_series(task)


def forecast_series(task: Task) -> Outcome:
    """Forecast, back-test and judge one series, alone."""
    step = step_of(task.freq)
    models = pool(step)
    obstacle = task.series.obstacle
    if isinstance(obstacle, ConstantSeries):
        return _empty_outcome(task, refusal(obstacle, Status.WITHHELD))
    asked = task.models if obstacle is None else (ModelName.LAST_VALUE,)
    backtest = roll(
        task.series,
        models=[models[name] for name in asked],
        horizon=task.horizon,
        max_origins=task.max_origins,
        step=step,
        panel=task.panel,
    )
    judgement = judge(backtest, levels=task.levels)
    scores = score_table(judgement, step=step)
    if obstacle is None:
        verdict = verdict_on(judgement, scores=scores, step=step, may_withhold=task.may_withhold)
    else:
        verdict = refusal(obstacle, Status.WITHHELD, model=ModelName.LAST_VALUE)
    return Outcome(
        verdict=verdict,
        forecasts=_forecast_table(judgement, verdict=verdict, step=step),
        scores=scores,
        backtest=backtest_table(judgement) if task.keeps_backtest else _no_backtest(task),
        failures=backtest.failures,
        origins=judgement.complete_origins,
    )


def _no_backtest(task: Task) -> pd.DataFrame:
    return pd.DataFrame(columns=backtest_columns(task.levels))


def _empty_outcome(task: Task, verdict: Verdict) -> Outcome:
    return Outcome(
        verdict=verdict,
        forecasts=pd.DataFrame(columns=_forecast_columns(task.levels)),
        scores=pd.DataFrame(columns=score_columns(task.levels)),
        backtest=_no_backtest(task),
        failures=(),
        origins=0,
    )


def _forecast_columns(levels: Sequence[int]) -> list[str]:
    bounds = [f"{side}_{level}" for level in levels for side in ("lo", "hi")]
    rules = [f"rule_{level}" for level in levels]
    judged = ["model", "status", "reason", "reason_values"]
    return ["unique_id", "ds", "horizon", "forecast", *bounds, *rules, *judged]


def _forecast_table(judgement: Judgement, *, verdict: Verdict, step: Step) -> pd.DataFrame:
    """The steps ahead under the model that the verdict names; none without a full range."""
    rows = [] if verdict.model is None else list(_steps_ahead(judgement, verdict, step))
    table = pd.DataFrame(rows, columns=_forecast_columns(judgement.levels))
    has_range = table[[f"lo_{level}" for level in judgement.levels]].notna().all(axis=None)
    return table if has_range else table.iloc[:0]


def _steps_ahead(judgement: Judgement, verdict: Verdict, step: Step) -> Iterator[dict[str, object]]:
    assert verdict.model is not None
    backtest, bands = judgement.backtest, judgement.bands[verdict.model]
    end = step.number_of(backtest.series.ds[-1])
    dates = step.starts(end + 1, end + backtest.horizon)
    for column, ds in enumerate(dates):
        rules = {level: bands.rules[level][-1][column] for level in judgement.levels}
        yield {
            "unique_id": backtest.series.unique_id,
            "ds": ds,
            "horizon": column + 1,
            "forecast": float(backtest.forecasts[verdict.model][-1, column]),
            **bounds_at(bands, row=-1, column=column),
            **{f"rule_{level}": rule.value if rule else None for level, rule in rules.items()},
            "model": verdict.model.value,
            "status": verdict.status.value,
            "reason": verdict.reason.value,
            "reason_values": _as_text(verdict.values),
        }


def _verdict_table(
    verdicts: Mapping[str, Verdict],
    series: Mapping[str, CleanSeries],
    outcomes: Mapping[str, Outcome],
) -> pd.DataFrame:
    rows = [
        {
            "unique_id": name,
            "status": verdicts[name].status.value,
            "reason": verdicts[name].reason.value,
            "reason_values": _as_text(verdicts[name].values),
            "model": model.value if (model := verdicts[name].model) else None,
            "last_ds": series[name].ds[-1] if name in series else pd.NaT,
            "observations": series[name].observations if name in series else 0,
            "origins": outcomes[name].origins if name in outcomes else 0,
        }
        for name in sorted(verdicts)
    ]
    return pd.DataFrame(rows, columns=VERDICT_COLUMNS)


def _treatment_table(notes: Iterable[TreatmentNote]) -> pd.DataFrame:
    rows = [(note.unique_id, note.treatment.value, _as_text(note.values)) for note in notes]
    return pd.DataFrame(rows, columns=TREATMENT_COLUMNS)


def _failure_table(failures: Iterable[Failure]) -> pd.DataFrame:
    rows = [(f.unique_id, f.model.value, f.origin, f.message) for f in failures]
    return pd.DataFrame(rows, columns=FAILURE_COLUMNS).astype({"origin": "datetime64[ns]"})


def _joined(frames: Iterable[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    filled = [frame for frame in frames if not frame.empty]
    if not filled:
        return pd.DataFrame(columns=list(columns))
    return pd.concat(filled, ignore_index=True)


def _as_text(values: Values) -> str:
    """Values of a sentence as JSON with sorted keys, so that they fit one cell."""
    return json.dumps(dict(values), sort_keys=True, ensure_ascii=False)
