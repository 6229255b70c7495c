"""The forecast of a series as it was issued or withheld, with its past beside it.

Nothing is fitted here: the numbers are those of the newest forecast run in the ledger.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from analytics.editions.edition import Edition, day_in_region
from analytics.figures.figure import Fact
from analytics.figures.result import Indicator, Number, Period, Result, Statement
from analytics.figures.sentences import written_number
from analytics.figures.verdict_words import count, model_statement, reason_statement, score
from analytics.forecasting import formulas
from analytics.forecasting.models import NAIVE, ModelName
from analytics.forecasting.reasons import Status
from analytics.forecasting.scores import ALL_HORIZONS
from analytics.i18n import text
from analytics.ledger.forecasts import IssuedForecast
from analytics.ledger.moments import as_utc
from analytics.observations.status import ObsStatus
from analytics.prices.catalogue import is_stopped
from analytics.prices.course import caveats_of, month_words, name_values, period_of
from analytics.prices.names import both_languages, series_name
from analytics.prices.series import (
    SeriesKey,
    forecast_datasets,
    series_key,
    series_prices,
)

HISTORY_MONTHS = 60
# Origins shown in the strip: apart by five months, so that they fall on every month of the year.
SHOWN_ORIGIN_STEP = 5
NAMING_COLUMNS = ("dataset", "ref_area", "place", "item", "basis", "indicator")
BANDS = {"lo_80": "low_80", "hi_80": "high_80", "lo_95": "low_95", "hi_95": "high_95"}
COMBINATIONS = (ModelName.COMBINATION.value, ModelName.MEDIAN.value)
# The combination, the two yardsticks, then the members.
SCORE_ORDER = (
    ModelName.COMBINATION, ModelName.MEDIAN, *NAIVE, ModelName.THETA, ModelName.ETS,
    ModelName.CES, ModelName.ARIMA, ModelName.PANEL,
)  # fmt: skip
SCORE_COLUMNS = ["model", "mape", "median_mape", "coverage_80", "coverage_95", "origins"]


def price_outlook(
    edition: Edition, *, series: str, issued: IssuedForecast | None, today: date
) -> Result:
    """History of five years and, with status F, what the newest run issued (low_80 ... high_95).

    A withheld series shows the naive range under its own name; a stopped one, or one that no run
    has seen, its history alone with the reason in the notes. Raises UnknownSeries.
    """
    key = series_key(series)
    history = series_prices(edition, series)
    state = outlook_state(edition, key, history, issued, today=today)
    ahead = _ahead(history, key, issued if state in ("issued", "withheld") else None)
    shown = history.tail(HISTORY_MONTHS).reset_index(drop=True)
    frame = pd.concat([shown, ahead], ignore_index=True) if len(ahead) else shown
    indicator = edition.vocabulary.indicator(key.indicator, unit=key.unit)
    return Result(
        name=f"forecast_{key.item}",
        frame=frame,
        indicator=indicator,
        sources=edition.vocabulary.sources_of(shown),
        period=period_of(frame),
        edition=edition.stamp,
        title=_title(edition, key, history, ahead, state, indicator),
        statements=_statements(edition, ahead, issued, state, indicator),
        caveats=caveats_of(edition, shown),
        notes=_notes(history, issued, state),
        parameters={"series": series, "run": issued.run_id if issued else ""},
    )


def outlook_state(
    edition: Edition,
    key: SeriesKey,
    history: pd.DataFrame,
    issued: IssuedForecast | None,
    *,
    today: date,
) -> str:
    """`stopped`, `not_forecast`, `no_run`, or the verdict: issued, withheld, failed.

    A series that stopped since the run is stopped: what was issued then is not shown.
    """
    if is_stopped(history["ds"].iloc[-1], today=today):
        return Status.STOPPED.value
    if key.dataset not in forecast_datasets(edition):
        return "not_forecast"
    if issued is None or issued.status == Status.STOPPED.value:
        return "no_run"
    return issued.status


def _ahead(history: pd.DataFrame, key: SeriesKey, issued: IssuedForecast | None) -> pd.DataFrame:
    """Rows of status F in the columns of the history, later than its last month.

    `is_naive` says that they are the range of a simple method, the forecast being withheld.
    """
    if issued is None:
        return pd.DataFrame()
    values = issued.forecasts
    later = values[values["ds"] > history["ds"].iloc[-1]].rename(columns=BANDS)
    return later.assign(
        unique_id=key.unique_id,
        obs_value=later["forecast"],
        obs_status=str(ObsStatus.FORECAST),
        is_naive=issued.status != Status.ISSUED,
        period_start=later["ds"],
        period_end=later["ds"] + pd.offsets.MonthEnd(0),
        freq="M",
        unit=key.unit,
        **{name: history[name].iloc[-1] for name in NAMING_COLUMNS},
        source_id="",
        caveat="",
        correction="",
        reports=0,
        areas=0,
        corrected=0,
    ).drop(columns="forecast")


def _title(
    edition: Edition,
    key: SeriesKey,
    history: pd.DataFrame,
    ahead: pd.DataFrame,
    state: str,
    indicator: Indicator,
) -> Statement:
    values: dict[str, object] = dict(name_values(series_name(edition, key)))
    values["last"] = month_words(history["ds"].iloc[-1])
    if state == "issued" and len(ahead):
        values |= _range_values(ahead.iloc[-1], indicator)
        return Statement("prices.outlook.title.issued", values)
    if state in ("stopped", "withheld", "failed"):
        return Statement(f"prices.outlook.title.{state}", values)
    return Statement("prices.outlook.title.none", values)


def _range_values(row: pd.Series, indicator: Indicator) -> dict[str, object]:
    return {
        "month": month_words(row["ds"]),
        "price": written_number(row["obs_value"], indicator),
        "low": written_number(row["low_80"], indicator),
        "high": written_number(row["high_80"], indicator),
    }


def _statements(
    edition: Edition,
    ahead: pd.DataFrame,
    issued: IssuedForecast | None,
    state: str,
    indicator: Indicator,
) -> tuple[Statement, ...]:
    if issued is None or state not in ("issued", "withheld"):
        return ()
    found = [reason_statement(issued.reason, issued.reason_values)] if state == "issued" else []
    if len(ahead):
        key = "next" if state == "issued" else "next_naive"
        naive = {"model": model_statement(issued.model)}
        found.append(
            Statement(f"prices.outlook.{key}", {**_range_values(ahead.iloc[0], indicator), **naive})
        )
    found.append(run_statement(edition, issued))
    return tuple(found)


def run_statement(edition: Edition, issued: IssuedForecast) -> Statement:
    """Which model, run, edition and day (of the region) a forecast comes from."""
    made = day_in_region(edition.descriptor, as_utc(issued.facts.created_at))
    values = {
        "model": model_statement(issued.model),
        "run": str(issued.run_id),
        "edition": str(issued.facts.edition),
        "date": Number(made, "date"),
    }
    return Statement("prices.outlook.run", values)


def _notes(
    history: pd.DataFrame, issued: IssuedForecast | None, state: str
) -> tuple[Statement, ...]:
    if state == "stopped":
        last = {"month": month_words(history["ds"].iloc[-1])}
        return (Statement("prices.outlook.stopped", last),)
    if state in ("not_forecast", "no_run"):
        return (Statement(f"prices.outlook.{state}"), Statement(f"prices.outlook.{state}_cure"))
    assert issued is not None
    notes = []
    if state in ("withheld", "failed"):
        notes.append(reason_statement(issued.reason, issued.reason_values))
    if state == "withheld" and len(issued.forecasts):
        model = {"model": model_statement(issued.model)}
        notes.append(Statement("prices.outlook.naive_range", model))
    if len(issued.forecasts) and issued.forecasts["ds"].min() <= history["ds"].iloc[-1]:
        notes.append(Statement("prices.outlook.outdated"))
    return tuple(notes)


def outlook_facts(result: Result, issued: IssuedForecast | None) -> tuple[Fact, ...]:
    """Next month and the last month ahead with their 80 percent range; nothing without them.

    A withheld forecast's range goes by the name of the simple method that gave it.
    """
    ahead = result.frame[result.frame["obs_status"] == str(ObsStatus.FORECAST)]
    if ahead.empty or issued is None:
        return ()
    is_issued = issued.status == Status.ISSUED
    heading = Statement("prices.fact.ahead") if is_issued else _naive_heading(issued)
    return tuple(
        _month_fact(row, result.indicator, heading=heading, is_issued=is_issued)
        for _, row in ahead.iloc[[0, -1]].iterrows()
    )


def _naive_heading(issued: IssuedForecast) -> Statement:
    return Statement("prices.fact.naive", {"model": model_statement(issued.model)})


def _month_fact(
    row: pd.Series, indicator: Indicator, *, heading: Statement, is_issued: bool
) -> Fact:
    month = Period(row["period_start"].date(), row["period_end"].date(), "M")
    bounds = {
        "low": written_number(row["low_80"], indicator),
        "high": written_number(row["high_80"], indicator),
    }
    return Fact(
        heading=heading,
        value=written_number(row["obs_value"], indicator),
        period=month,
        comparison=Statement("prices.fact.range_80", bounds),
        status=str(ObsStatus.FORECAST) if is_issued else "",
    )


# The past of a forecast


def past_forecasts(edition: Edition, *, series: str, issued: IssuedForecast) -> Result:
    """What the shown model had said from past months, and what came.

    Frame: obs_value (what came), forecast_value, low_80, high_80, cutoff (origin). Every fifth
    origin is shown; the scores count all of them. Raises UnknownSeries.
    """
    key = series_key(series)
    indicator = edition.vocabulary.indicator(key.indicator, unit=key.unit)
    frame = _shown_origins(issued, key)
    return Result(
        name=f"backtest_{key.item}",
        frame=frame,
        indicator=indicator,
        sources=edition.vocabulary.sources_of(frame),
        period=period_of(frame),
        edition=edition.stamp,
        title=_past_title(issued),
        statements=(Statement("prices.outlook.shown_origins"), run_statement(edition, issued)),
        parameters={"series": series, "run": issued.run_id, "model": issued.model},
    )


def _shown_origins(issued: IssuedForecast, key: SeriesKey) -> pd.DataFrame:
    own = issued.backtest[issued.backtest["model"] == issued.model]
    origins = sorted(own["origin"].unique(), reverse=True)[::SHOWN_ORIGIN_STEP]
    shown = own[own["origin"].isin(origins)].drop(columns=["lo_95", "hi_95"]).rename(columns=BANDS)
    return shown.assign(
        obs_value=shown["y"],
        forecast_value=shown["forecast"],
        cutoff=shown["origin"],
        obs_status=str(ObsStatus.NORMAL),
        period_start=shown["ds"],
        period_end=shown["ds"] + pd.offsets.MonthEnd(0),
        freq="M",
        unit=key.unit,
        source_id=key.source_id,
    ).sort_values(["origin", "ds"], ignore_index=True)


def _past_title(issued: IssuedForecast) -> Statement:
    scores = overall_scores(issued)
    own = scores.loc[issued.model] if issued.model in scores.index else None
    model = {"model": model_statement(issued.model)}
    if own is None or pd.isna(own["coverage_80"]):
        return Statement("prices.outlook.past_plain", model)
    return Statement(
        "prices.outlook.past", {**model, "coverage": Number(own["coverage_80"], "percent")}
    )


def overall_scores(issued: IssuedForecast) -> pd.DataFrame:
    """Scores over all horizons by model: mase, mape, coverage_80, coverage_95, origins, ranges."""
    scores = pd.DataFrame(list(issued.scores))
    if scores.empty:
        return pd.DataFrame(columns=["mase", "mape", "coverage_80", "coverage_95", "origins"])
    whole = scores[scores["horizon"] == ALL_HORIZONS].set_index("model")
    return whole.astype({"mase": float, "mape": float, "coverage_80": float, "coverage_95": float})


def median_mape_by_model(backtest: pd.DataFrame) -> pd.Series:
    """MAPE of each origin on its own, then the median over origins, in percent by model.

    Only the origins that have every step ahead, so that none is short.
    """
    if backtest.empty:
        return pd.Series(dtype=float)
    steps = backtest["horizon"].max()
    complete = backtest.groupby(["model", "origin"]).filter(lambda rows: len(rows) == steps)
    by_origin = complete.groupby(["model", "origin"]).apply(
        lambda rows: formulas.mape(rows["y"].to_numpy(float), rows["forecast"].to_numpy(float)),
        include_groups=False,
    )
    return by_origin.groupby("model").median()


def model_scores(edition: Edition, *, series: str, issued: IssuedForecast) -> Result:
    """How good each model was over the back-test: obs_value is MASE, and SCORE_COLUMNS.

    MASE below 1 beats the change over a year; coverage is the percent of values in the range.
    """
    key = series_key(series)
    frame = _score_frame(issued)
    return Result(
        name=f"forecast_scores_{key.item}",
        frame=frame,
        indicator=_mase_indicator(),
        sources=edition.vocabulary.sources_of(pd.DataFrame({"source_id": [key.source_id]})),
        period=_origin_period(issued),
        edition=edition.stamp,
        title=_score_title(frame),
        statements=_score_statements(frame),
        notes=() if len(frame) else (Statement("prices.outlook.no_backtest"),),
        parameters={"series": series, "run": issued.run_id},
    )


def _score_frame(issued: IssuedForecast) -> pd.DataFrame:
    scores = overall_scores(issued)
    order = [name.value for name in SCORE_ORDER]
    known = [model for model in order if model in scores.index]
    frame = scores.loc[known].reset_index()
    return frame.assign(
        median_mape=frame["model"].map(median_mape_by_model(issued.backtest)),
        obs_value=frame["mase"],
        obs_status=np.where(frame["mase"].notna(), str(ObsStatus.NORMAL), str(ObsStatus.MISSING)),
    )


def _origin_period(issued: IssuedForecast) -> Period:
    if issued.backtest.empty:
        return Period(None, None)
    first, last = issued.backtest["origin"].min(), issued.backtest["ds"].max()
    return Period(first.date(), (last + pd.offsets.MonthEnd(0)).date(), "M")


def _score_title(frame: pd.DataFrame) -> Statement:
    if frame.empty:
        return Statement("prices.outlook.scores_none")
    origins = {"origins": count(int(frame["origins"].iloc[0]))}
    return Statement("prices.outlook.scores", origins)


def _score_statements(frame: pd.DataFrame) -> tuple[Statement, ...]:
    """The combination against both naive forecasts, and how often its ranges held."""
    by_model = frame.set_index("model")
    joined = next((name for name in COMBINATIONS if name in by_model.index), None)
    wanted: Sequence[str] = [str(joined), *(name.value for name in NAIVE)]
    if not set(wanted) <= set(by_model.index):
        return ()
    median, last, season = (by_model.loc[name] for name in wanted)
    compared = {
        "mase": score(median["mase"]),
        "last_mase": score(last["mase"]),
        "season_mase": score(season["mase"]),
        "mape": Number(median["mape"], "percent"),
        "last_mape": Number(last["mape"], "percent"),
        "season_mape": Number(season["mape"], "percent"),
        "origins": count(int(median["origins"])),
    }
    held = {
        "coverage_80": Number(median["coverage_80"], "percent"),
        "coverage_95": Number(median["coverage_95"], "percent"),
        "ranges": count(int(median["ranges"])),
    }
    return (
        Statement("prices.outlook.compared", compared),
        Statement("prices.outlook.held", held),
    )


def _mase_indicator() -> Indicator:
    name = both_languages(lambda language: text("forecasting.score.mase", language))
    definition = both_languages(lambda language: text("prices.outlook.mase_definition", language))
    return Indicator(
        code="mase", name=name, unit="index", unit_symbol=both_languages(lambda _: ""), decimals=3,
        better="down", aggregate="none", definition=definition,
    )  # fmt: skip
