"""Parts of a forecast on demand: weights, back-test, what was issued before, data and failures."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.figure import Column, Figure, Kind
from analytics.figures.result import Indicator, Label, Number, Period, Result, Statement
from analytics.figures.verdict_words import count, model_statement, values_in_words
from analytics.forecasting.engine import METHOD
from analytics.forecasting.reasons import TREATMENT_VALUES, Treatment
from analytics.forecasting.stored_weights import weights_at_end
from analytics.i18n import text
from analytics.ledger.forecasts import IssuedForecast
from analytics.observations.status import ObsStatus
from analytics.prices.names import both_languages
from analytics.prices.outlook import BANDS, SCORE_ORDER, run_statement
from analytics.prices.record import (
    horizon_names,
    labels_of,
    record_scores,
    share_indicator,
)
from analytics.prices.record_pairs import scored
from analytics.prices.series import series_key

COLOUR = "gold"
COMBINED = frozenset({"combination", "median"})
ORDER = tuple(name.value for name in SCORE_ORDER)


def _members(issued: IssuedForecast) -> tuple[str, ...]:
    """Models of the run's pool, the combination left out."""
    named = issued.facts.parameters.get("models", [])
    return tuple(str(name) for name in named if name not in COMBINED)  # type: ignore[attr-defined]


def _failed_at_end(issued: IssuedForecast) -> tuple[str, ...]:
    """Members that gave no forecast from the newest month: their origin is after all pairs."""
    if issued.backtest.empty:
        return ()
    newest = issued.backtest["ds"].max()
    return tuple(
        str(one["model"])  # type: ignore[index]
        for one in issued.failures
        if pd.Timestamp(one["origin"]) >= newest  # type: ignore[index]
    )


def _months_of_backtest(issued: IssuedForecast) -> Period:
    """The months that the stored back-test forecast: what weights and failures rest on."""
    if issued.backtest.empty:
        return Period(None, None)
    months = pd.to_datetime(issued.backtest["ds"])
    last = months.max() + pd.offsets.MonthEnd(0)
    return Period(months.min().date(), last.date(), "M")


def own_scores(issued: IssuedForecast) -> pd.DataFrame:
    """The stored scores of one forecast in the columns of `newest_scores`."""
    months = pd.to_datetime(issued.backtest["ds"])
    return pd.DataFrame(list(issued.scores)).assign(
        unique_id=issued.unique_id,
        status=issued.status,
        run_id=issued.run_id,
        first_ds=months.min().date() if len(months) else None,
        last_ds=months.max().date() if len(months) else None,
    )


# Weights


def model_weights(edition: Edition, *, series: str, issued: IssuedForecast) -> Result:
    """Part of each member in the combination by horizon: obs_value in percent, model, horizon.

    Empty, with the reason, for a run of another engine, whose weights were not kept.
    """
    frame = _weight_frame(issued)
    return Result(
        name=f"forecast_weights_{series_key(series).item}",
        frame=frame,
        indicator=share_indicator("weight", better="neither"),
        sources=_own_source(edition, series),
        period=_months_of_backtest(issued),
        edition=edition.stamp,
        title=_weight_title(frame),
        statements=(Statement("record.weights.features"), run_statement(edition, issued)),
        notes=() if len(frame) else (Statement("record.weights.none"),),
        parameters={"series": series, "run": issued.run_id},
    )


def _weight_frame(issued: IssuedForecast) -> pd.DataFrame:
    columns = ["model", "horizon", "obs_value", "obs_status"]
    if issued.facts.engine != METHOD:
        return pd.DataFrame(columns=columns)
    weights = weights_at_end(
        issued.backtest, models=_members(issued), failed=_failed_at_end(issued)
    ).dropna()
    return weights.assign(
        obs_value=100 * weights["weight"],
        horizon=weights["horizon"].astype(str),
        obs_status=str(ObsStatus.NORMAL),
    )[columns]


def _weight_title(frame: pd.DataFrame) -> Statement:
    if frame.empty:
        return Statement("record.weights.title_none")
    horizons = frame["horizon"].astype(int)
    near, far = (frame[horizons == at] for at in (horizons.min(), horizons.max()))
    values: dict[str, object] = {"horizon": count(int(horizons.max()))}
    for name, rows in (("near", near), ("far", far)):
        heaviest = rows.loc[rows["obs_value"].idxmax()]
        values[name] = model_statement(heaviest["model"])
        values[f"{name}_share"] = Number(heaviest["obs_value"], "percent", {"decimals": 0})
    return Statement("record.weights.title", values)


def weights_figure(edition: Edition, *, series: str, issued: IssuedForecast) -> Figure:
    """A stack of all members for each horizon."""
    result = model_weights(edition, series=series, issued=issued)
    return Figure(
        result=result,
        kind=Kind.STACKED_BARS,
        category="horizon",
        series="model",
        names={
            "horizon": horizon_names(result.frame["horizon"].unique()),
            "model": labels_of("forecasting.model", result.frame["model"].unique()),
        },
        order=ORDER,
        headings={
            "horizon": Statement("record.table.horizon"),
            "model": Statement("prices.outlook.table.model"),
        },
        keeps_order=True,
    )


# Issued before


def issued_before(edition: Edition, pairs: pd.DataFrame, *, series: str) -> Result:
    """What was issued for a series in earlier runs beside what came: forecast_value, low_80 ...

    `pairs` are those of the record. Empty with its reason while no price has come since.
    """
    key = series_key(series)
    own = pairs[pairs["unique_id"] == series]
    judged = record_scores(edition, own, by="horizon")
    frame = _issued_frame(scored(own))
    return Result(
        name=f"forecast_record_{key.item}",
        frame=frame,
        indicator=edition.vocabulary.indicator(key.indicator, unit=key.unit),
        sources=judged.sources,
        period=judged.period,
        edition=edition.stamp,
        title=judged.title,
        statements=judged.statements,
        notes=judged.notes,
        parameters={"series": series},
    )


def _issued_frame(own: pd.DataFrame) -> pd.DataFrame:
    key_columns = [series_key(name) for name in own["unique_id"]]
    months_back = [pd.DateOffset(months=int(horizon)) for horizon in own["horizon"]]
    return own.rename(columns=BANDS).assign(
        obs_value=own["y"],
        forecast_value=own["forecast"],
        cutoff=[day - back for day, back in zip(own["ds"], months_back, strict=True)],
        period_start=own["ds"],
        period_end=own["ds"] + pd.offsets.MonthEnd(0),
        freq="M",
        unit=[key.unit for key in key_columns],
    ).sort_values(["run_id", "ds"], ignore_index=True)  # fmt: skip


def issued_before_figure(edition: Edition, pairs: pd.DataFrame, *, series: str) -> Figure:
    """One dashed line a run beside what came."""
    result = issued_before(edition, pairs, series=series)
    indicator = result.indicator
    columns = (
        Column("run_id", Statement("record.table.run"), decimals=0),
        Column("forecast_value", Statement("record.table.forecast"),
               decimals=indicator.decimals, unit=indicator.unit_symbol),
    )  # fmt: skip
    return Figure(result=result, kind=Kind.BACKTEST, colour=COLOUR, columns=columns)


# Data, run and failures


def run_details(edition: Edition, *, series: str, issued: IssuedForecast) -> Result:
    """Every model of the run with how often it failed (obs_value), and what was done to the data.

    A failed model is shown as failed: `state`, with the library's own message.
    """
    frame = _failure_frame(issued)
    return Result(
        name=f"forecast_run_{series_key(series).item}",
        frame=frame,
        indicator=_failure_indicator(),
        sources=_own_source(edition, series),
        period=_months_of_backtest(issued),
        edition=edition.stamp,
        title=_failure_title(frame),
        statements=(*_settings(edition, issued), *_treatments(issued)),
        parameters={"series": series, "run": issued.run_id},
    )


def _failure_frame(issued: IssuedForecast) -> pd.DataFrame:
    found = pd.DataFrame(list(issued.failures), columns=["model", "origin", "message"])
    at_end = _failed_at_end(issued)
    rows = []
    for model in _members(issued):
        own = found[found["model"] == model]
        state = "failed_at_end" if model in at_end else "failed" if len(own) else "fitted"
        message = str(own["message"].iloc[-1]) if len(own) else ""
        rows.append((model, float(len(own)), state, message))
    frame = pd.DataFrame(rows, columns=["model", "obs_value", "state", "message"])
    return frame.assign(obs_status=str(ObsStatus.NORMAL))


def _failure_title(frame: pd.DataFrame) -> Statement:
    failed = int((frame["obs_value"] > 0).sum())
    values = {"failed": count(failed), "models": count(len(frame))}
    return Statement("record.run.title_failed" if failed else "record.run.title", values)


def _settings(edition: Edition, issued: IssuedForecast) -> tuple[Statement, ...]:
    parameters = issued.facts.parameters
    values = {
        "as_of": Number(issued.facts.as_of, "date"),
        "engine": issued.facts.engine,
        "seed": str(issued.facts.seed),
        "horizon": count(int(str(parameters.get("horizon", 0)))),
        "origins": count(int(str(parameters.get("max_origins", 0)))),
    }
    return (run_statement(edition, issued), Statement("record.run.settings", values))


def _treatments(issued: IssuedForecast) -> tuple[Statement, ...]:
    """What was done to the rows at the door, each as a sentence."""
    if not issued.treatments:
        return (Statement("record.run.untreated"),)
    return tuple(_treatment(one) for one in issued.treatments)  # type: ignore[arg-type]


def _treatment(one: Mapping[str, str]) -> Statement:
    values = json.loads(one["treatment_values"])
    kinds = TREATMENT_VALUES[Treatment(one["treatment"])]
    return Statement(f"forecasting.treatment.{one['treatment']}", values_in_words(values, kinds))


def _failure_indicator() -> Indicator:
    name = both_languages(lambda language: text("record.run.failures", language))
    return Indicator(
        code="forecast_failures", name=name, unit="origins", unit_symbol=Label("", ""), decimals=0,
        better="down", aggregate="sum", definition=name,
    )  # fmt: skip


def run_figure(edition: Edition, *, series: str, issued: IssuedForecast) -> Figure:
    """All models of the run as a table."""
    result = run_details(edition, series=series, issued=issued)
    frame = result.frame
    columns = [Column("state", Statement("record.table.state"), style="code")]
    if frame["message"].ne("").any():
        columns.append(Column("message", Statement("record.table.message"), style="text"))
    return Figure(
        result=result,
        kind=Kind.TABLE,
        category="model",
        names={
            "model": labels_of("forecasting.model", frame["model"].unique()),
            "state": labels_of("record.state", frame["state"].unique()),
        },
        headings={"model": Statement("prices.outlook.table.model")},
        columns=tuple(columns),
        keeps_order=True,
    )


def _own_source(edition: Edition, series: str):  # type: ignore[no-untyped-def]
    codes = pd.DataFrame({"source_id": [series_key(series).source_id]})
    return edition.vocabulary.sources_of(codes)
