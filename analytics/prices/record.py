"""The record of forecasts: how far those that were issued missed, and how often ranges held."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analytics.editions.edition import Edition
from analytics.editions.store import Store
from analytics.figures.figure import Column, Figure, Kind, code_names
from analytics.figures.result import Indicator, Label, Number, Period, Result, Statement
from analytics.figures.verdict_words import count, score
from analytics.forecasting.models import NAIVE, ModelName
from analytics.forecasting.reasons import Status
from analytics.forecasting.scores import ALL_HORIZONS
from analytics.i18n import text
from analytics.ledger.forecasts import every_forecast
from analytics.observations.status import ObsStatus
from analytics.prices.course import month_words
from analytics.prices.names import both_languages, full_label, series_name
from analytics.prices.record_pairs import (
    DUE,
    KNOWN_BEFORE,
    WAITING,
    grouped_scores,
    issued_pairs,
    scored,
    scores_of,
)
from analytics.prices.series import is_price_series, series_key
from analytics.publishing.tables import TRAINING_NOTICE

COLOUR = "gold"
PERCENT = Label("%", "%")
GROUPS = ("horizon", "series", "run")
GROUP_COLUMNS = {"horizon": "horizon", "series": "unique_id", "run": "run_id"}
SHARE_COLUMNS = (
    "bias", "coverage_80", "share_low_80", "share_high_80",
    "coverage_95", "share_low_95", "share_high_95",
)  # fmt: skip
COMPARED = (ModelName.COMBINATION.value, ModelName.MEDIAN.value, *(name.value for name in NAIVE))


def record_pairs(store: Store, edition: Edition) -> pd.DataFrame:
    """Every issued forecast of the ledger, scored by an edition: columns of `issued_pairs`."""
    with store.engine.connect() as connection:
        forecasts = every_forecast(connection)
    forecasts = forecasts[forecasts["unique_id"].map(is_price_series).astype(bool)]
    first = forecasts["edition"].min()
    wanted = [number for number in store.numbers() if first <= number <= edition.stamp.number]
    return issued_pairs(edition, forecasts, editions=[store.edition(n) for n in wanted])


def chosen_pairs(
    pairs: pd.DataFrame, *, item: str = "", series: str = "", run: int = 0, horizon: int = 0
) -> pd.DataFrame:
    """The pairs of one commodity, series, run or horizon; empty or 0 leaves all."""
    is_chosen = pd.Series(True, index=pairs.index)
    if item:
        is_chosen &= _items(pairs["unique_id"]) == item
    for column, wanted in (("unique_id", series), ("run_id", run), ("horizon", horizon)):
        if wanted:
            is_chosen &= pairs[column] == wanted
    return pairs[is_chosen]


def _items(names: pd.Series) -> pd.Series:
    return names.map({name: series_key(name).item for name in names.unique()})


def record_items(pairs: pd.DataFrame) -> tuple[str, ...]:
    """Commodities with an issued forecast, in order of code."""
    return tuple(sorted(_items(pairs["unique_id"]).unique()))


# Scores of what was issued


def record_scores(
    edition: Edition, pairs: pd.DataFrame, *, by: str, with_known_before: bool = False
) -> Result:
    """Scores of the pairs whose price has come, by horizon, series or run.

    Frame: the group's code, obs_value (MAPE in percent) and the columns of `grouped_scores`.
    Without any such pair it is empty, and the notes say what waits and since when.
    """
    told = scored(pairs, with_known_before=with_known_before)
    frame = _score_frame(told, by=by)
    return Result(
        name=f"forecast_record_{by}",
        frame=frame,
        indicator=share_indicator("mape"),
        sources=edition.vocabulary.sources_of(told),
        period=_months_of(told if len(told) else pairs),
        edition=edition.stamp,
        title=_score_title(told),
        statements=_score_statements(told, pairs),
        notes=_score_notes(told, pairs, with_known_before=with_known_before),
        parameters={"by": by, "with_known_before": with_known_before},
    )


def _score_frame(told: pd.DataFrame, *, by: str) -> pd.DataFrame:
    column = GROUP_COLUMNS[by]
    frame = grouped_scores(told, by=column).rename(columns={column: by, "mape": "obs_value"})
    return frame.assign(
        **{by: frame[by].astype(str)},
        obs_status=np.where(
            frame["obs_value"].notna(), str(ObsStatus.NORMAL), str(ObsStatus.MISSING)
        ),
    )


def _months_of(told: pd.DataFrame) -> Period:
    if told.empty:
        return Period(None, None)
    last = told["ds"].max() + pd.offsets.MonthEnd(0)
    return Period(told["ds"].min().date(), last.date(), "M")


def _score_title(told: pd.DataFrame) -> Statement:
    if told.empty:
        return Statement("record.title.none")
    scores = scores_of(told)
    values = {
        "pairs": count(len(told)),
        "mape": Number(scores["mape"], "percent"),
        "coverage": Number(scores["coverage_80"], "percent"),
    }
    has_known = bool((told["state"] == KNOWN_BEFORE).any())
    return Statement(f"record.title.{'afterwards' if has_known else 'scores'}", values)


def _score_statements(told: pd.DataFrame, pairs: pd.DataFrame) -> tuple[Statement, ...]:
    if told.empty:
        return ()
    scores = scores_of(told)
    errors = {
        "pairs": count(len(told)),
        "runs": count(told["run_id"].nunique()),
        "mape": Number(scores["mape"], "percent"),
        "mase": score(scores["mase"]),
        "bias": Number(scores["bias"], "signed_percent"),
    }
    held = [_held(scores, level) for level in (80, 95) if scores[f"ranges_{level}"]]
    revised = {
        "revised": count(int(told["is_revised"].sum())),
        "provisional": count(int((told["obs_status"] == str(ObsStatus.PROVISIONAL)).sum())),
    }
    return (
        Statement("record.told.errors", errors),
        *held,
        Statement("record.told.dependent"),
        Statement("record.told.revised", revised),
        *_waiting(pairs),
    )


def _held(scores: Mapping[str, float], level: int) -> Statement:
    values = {
        "level": count(level),
        "inside": count(int(scores[f"inside_{level}"])),
        "ranges": count(int(scores[f"ranges_{level}"])),
        "coverage": Number(scores[f"coverage_{level}"], "percent"),
        "low": Number(scores[f"share_low_{level}"], "percent"),
        "high": Number(scores[f"share_high_{level}"], "percent"),
    }
    return Statement("record.told.held", values)


def _waiting(pairs: pd.DataFrame) -> tuple[Statement, ...]:
    """How many forecasts wait for their price, and for which month first."""
    waiting = pairs[pairs["state"] == WAITING]
    if waiting.empty:
        return ()
    values = {
        "waiting": count(len(waiting)),
        "series": count(waiting["unique_id"].nunique()),
        "first": month_words(waiting["ds"].min()),
        "last": month_words(waiting["ds"].max()),
    }
    return (Statement("record.told.waiting", values),)


def _score_notes(
    told: pd.DataFrame, pairs: pd.DataFrame, *, with_known_before: bool
) -> tuple[Statement, ...]:
    """Why there is nothing to score yet, and which forecasts were computed afterwards."""
    notes: list[Statement] = []
    if told.empty:
        notes += [
            Statement("record.told.none"),
            *(_waiting(pairs) or (Statement("record.told.none_cure"),)),
        ]
    afterwards = int((pairs["state"] == KNOWN_BEFORE).sum())
    if afterwards:
        key = "record.known_before.shown" if with_known_before else "record.known_before.left_out"
        notes.append(Statement(key, {"count": count(afterwards)}))
    return tuple(notes)


def share_indicator(name: str, *, better: str = "down") -> Indicator:
    """A measure in percent whose words stand in the catalogue of the record."""
    words = both_languages(lambda language: text(f"record.indicator.{name}", language))
    definition = both_languages(
        lambda language: text(f"record.indicator.{name}_definition", language)
    )
    return Indicator(
        code=f"forecast_{name}", name=words, unit="percent", unit_symbol=PERCENT, decimals=1,
        better=better, aggregate="none", definition=definition,
    )  # fmt: skip


def record_figure(
    edition: Edition, pairs: pd.DataFrame, *, by: str, with_known_before: bool = False
) -> Figure:
    """Bars by horizon; a table by series or run."""
    result = record_scores(edition, pairs, by=by, with_known_before=with_known_before)
    return Figure(
        result=result,
        kind=Kind.GROUPED_BARS if by == "horizon" else Kind.TABLE,
        category=by,
        names={by: _group_names(edition, result.frame, by=by)},
        colour=COLOUR,
        columns=_score_columns(),
        headings={by: Statement(f"record.table.{by}")},
        keeps_order=True,
    )


def _group_names(edition: Edition, frame: pd.DataFrame, *, by: str) -> dict[str, Label]:
    codes = frame[by].unique()
    if by == "horizon":
        return horizon_names(codes)
    if by == "series":
        return series_names(edition, codes)
    return {code: Label(code, code) for code in codes}


def horizon_names(codes: object) -> dict[str, Label]:
    """`1 bulan`, `2 bulan`: months ahead."""
    return {
        str(code): both_languages(
            lambda language, code=code: text(  # type: ignore[misc]
                "forecasting.span.MS", language, n=int(code), count=str(code)
            )
        )
        for code in codes  # type: ignore[attr-defined]
    }


def series_names(edition: Edition, codes: object) -> dict[str, Label]:
    """Commodity and where of each series."""
    return {
        str(code): full_label(series_name(edition, series_key(str(code))))
        for code in codes  # type: ignore[attr-defined]
    }


def _score_columns() -> tuple[Column, ...]:
    numbers = [Column("mase", Statement("record.table.mase"), decimals=3)]
    shares = [
        Column(name, Statement(f"record.table.{name}"), decimals=1, unit=PERCENT)
        for name in SHARE_COLUMNS
    ]
    return (Column("pairs", Statement("record.table.pairs"), decimals=0), *numbers, *shares)


def record_text(edition: Edition, pairs: pd.DataFrame, *, language: str) -> str:
    """The record in words with its scores by horizon, for the command line."""
    figure = record_figure(edition, pairs, by="horizon")
    result = figure.result
    states = pairs["state"].value_counts()
    heading = text(
        "record.cli.heading", language, region=edition.stamp.region, edition=edition.stamp.number,
        issued=len(pairs), due=states.get(DUE, 0), waiting=states.get(WAITING, 0),
        known=states.get(KNOWN_BEFORE, 0),
    )  # fmt: skip
    notice = [TRAINING_NOTICE] if edition.stamp.is_training else []
    said = [statement.words(language) for statement in (*result.statements, *result.notes)]
    table = [] if result.is_empty else [figure.table(language).words().T.to_string(header=False)]
    return "\n".join([*notice, heading, result.title.words(language), *said, *table]) + "\n"


# Misses


def record_misses(
    edition: Edition, pairs: pd.DataFrame, *, with_known_before: bool = False
) -> Result:
    """Forecasts whose price came outside the 80 percent range, newest month first.

    obs_value is the miss in percent of the price (above 0: the forecast was too high); `price`,
    `forecast` and the bounds are in the unit of `unit_code`; `outside` says on which side and
    whether beyond the 95 percent range too.
    """
    told = scored(pairs, with_known_before=with_known_before)
    frame = _miss_frame(told[told["inside_80"] == 0])
    return Result(
        name="forecast_misses",
        frame=frame,
        indicator=share_indicator("miss"),
        sources=edition.vocabulary.sources_of(frame),
        period=_months_of(told),
        edition=edition.stamp,
        title=_miss_title(told, frame),
        statements=(Statement("record.miss.reading"),) if len(frame) else (),
        notes=_miss_notes(told, frame, pairs, with_known_before=with_known_before),
        parameters={"with_known_before": with_known_before},
    )


def _miss_frame(missed: pd.DataFrame) -> pd.DataFrame:
    is_beyond = (missed["inside_95"] == 0).map({True: "95", False: "80"}).astype(str)
    side = (missed["y"] > missed["hi_80"]).map({True: "above_", False: "below_"}).astype(str)
    units = {name: series_key(name).unit for name in missed["unique_id"].unique()}
    frame = missed.assign(
        series=missed["unique_id"],
        run=missed["run_id"].astype(str),
        horizon=missed["horizon"].astype(str),
        period_start=missed["ds"],
        period_end=missed["ds"] + pd.offsets.MonthEnd(0),
        freq="M",
        obs_value=100 * (missed["forecast"] - missed["y"]) / missed["y"],
        price=missed["y"],
        unit_code=missed["unique_id"].map(units),
        outside=side + is_beyond,
        revision=missed["is_revised"].map({True: "revised", False: ""}),
    )
    return frame.sort_values(["ds", "unique_id", "run_id"], ascending=[False, True, True],
                             ignore_index=True)  # fmt: skip


def _miss_notes(
    told: pd.DataFrame, frame: pd.DataFrame, pairs: pd.DataFrame, *, with_known_before: bool
) -> tuple[Statement, ...]:
    """Why the list is empty: nothing was outside its range, or nothing can be judged yet."""
    if told.empty:
        return _score_notes(told, pairs, with_known_before=with_known_before)
    return () if len(frame) else (Statement("record.miss.none"), Statement("record.told.kept"))


def _miss_title(told: pd.DataFrame, frame: pd.DataFrame) -> Statement:
    if told.empty:
        return Statement("record.title.none")
    values = {
        "misses": count(len(frame)),
        "pairs": count(int(told["inside_80"].notna().sum())),
        "beyond": count(int((frame["inside_95"] == 0).sum())),
    }
    return Statement("record.miss.title", values)


def misses_figure(
    edition: Edition, pairs: pd.DataFrame, *, with_known_before: bool = False
) -> Figure:
    """All misses as a table."""
    result = record_misses(edition, pairs, with_known_before=with_known_before)
    frame = result.frame
    units = {code: edition.vocabulary.unit_symbol(code) for code in frame["unit_code"].unique()}
    words = {
        column: labels_of(f"record.{column}", frame[column].unique())
        for column in ("outside", "revision")
    }
    numbers = [
        Column(name, Statement(f"record.table.{name}"), decimals=0)
        for name in ("price", "forecast", "lo_80", "hi_80", "lo_95", "hi_95")
    ]
    codes = [
        Column(name, Statement(f"record.table.{name}"), style="code")
        for name in ("unit_code", "outside", "run", "horizon", "revision")
    ]
    return Figure(
        result=result,
        kind=Kind.TABLE,
        series="series",
        names={
            **code_names(frame, edition, columns=("source_id",)),
            "series": series_names(edition, frame["series"].unique()),
            "unit_code": units,
            "horizon": horizon_names(frame["horizon"].unique()),
            **words,
        },
        headings={"series": Statement("record.table.series")},
        columns=(*numbers, *codes),
    )


def labels_of(prefix: str, codes: object) -> dict[str, Label]:
    """Words of codes, each the text `prefix.code`; an empty code has none."""
    return {
        str(code): both_languages(
            lambda language, code=code: text(f"{prefix}.{code}", language)  # type: ignore[misc]
        )
        for code in codes  # type: ignore[attr-defined]
        if code
    }


# The back-test, named as one


def backtest_scores(
    edition: Edition, scores: pd.DataFrame, *, item: str = "", series: str = ""
) -> Result:
    """The back-test of issued series by horizon and model: never a forecast that was issued.

    `scores` is that of `newest_scores`. obs_value is MAPE in percent; mase, coverage_80,
    coverage_95, pairs, ranges. Several series are joined by their numbers of pairs or ranges.
    """
    rows = _backtest_rows(scores, item=item, series=series)
    frame = _backtest_frame(rows)
    own = frame[frame["model"].isin(COMPARED[:2])]
    return Result(
        name="backtest_by_horizon",
        frame=frame,
        indicator=share_indicator("mape"),
        sources=_sources(edition, rows),
        period=_months_of_backtest(rows),
        edition=edition.stamp,
        title=_backtest_title(own),
        statements=_backtest_statements(
            own, series=rows["unique_id"].nunique() if len(rows) else 0
        ),
        notes=() if len(frame) else (Statement("prices.outlook.no_backtest"),),
        parameters={"item": item, "series": series},
    )


def _backtest_rows(scores: pd.DataFrame, *, item: str, series: str) -> pd.DataFrame:
    if scores.empty:
        return scores
    is_told = (scores["horizon"] != ALL_HORIZONS) & scores["model"].isin(COMPARED)
    is_told &= scores["unique_id"].map(is_price_series).astype(bool)
    rows = scores[is_told & (scores["unique_id"] == series if series else _is_issued(scores))]
    return rows[_items(rows["unique_id"]) == item] if item else rows


def _is_issued(scores: pd.DataFrame) -> pd.Series:
    return scores["status"] == Status.ISSUED.value


def _months_of_backtest(rows: pd.DataFrame) -> Period:
    known = rows.dropna(subset=["first_ds", "last_ds"]) if len(rows) else rows
    if known.empty:
        return Period(None, None)
    last = pd.Timestamp(known["last_ds"].max()) + pd.offsets.MonthEnd(0)
    return Period(known["first_ds"].min(), last.date(), "M")


def _sources(edition: Edition, rows: pd.DataFrame):  # type: ignore[no-untyped-def]
    names = rows["unique_id"] if len(rows) else pd.Series(dtype=str)
    codes = [series_key(name).source_id for name in names.unique()]
    return edition.vocabulary.sources_of(pd.DataFrame({"source_id": codes}))


def _backtest_frame(rows: pd.DataFrame) -> pd.DataFrame:
    columns = ["horizon", "model", "obs_value", "mase", "coverage_80", "coverage_95", "pairs",
               "ranges", "obs_status"]  # fmt: skip
    if rows.empty:
        return pd.DataFrame(columns=columns)
    found = [
        {"horizon": str(horizon), "model": model, **_joined_scores(part)}
        for (horizon, model), part in rows.groupby(["horizon", "model"], sort=True)
    ]
    frame = pd.DataFrame(found)
    status = frame["obs_value"].isna().map({True: str(ObsStatus.MISSING), False: "A"})
    order = {name: place for place, name in enumerate(COMPARED)}
    ranked = frame.assign(obs_status=status, rank=frame["model"].map(order))
    return ranked.sort_values(["horizon", "rank"], key=_as_number, ignore_index=True)[columns]


def _as_number(values: pd.Series) -> pd.Series:
    return pd.to_numeric(values)


def _joined_scores(part: pd.DataFrame) -> dict[str, float]:
    pairs, ranges = part["pairs"].astype(float), part["ranges"].astype(float)
    return {
        "obs_value": _weighted(part["mape"], pairs),
        "mase": _weighted(part["mase"], pairs),
        "coverage_80": _weighted(part["coverage_80"], ranges),
        "coverage_95": _weighted(part["coverage_95"], ranges),
        "pairs": pairs.sum(),
        "ranges": ranges.sum(),
    }


def _weighted(values: pd.Series, weights: pd.Series) -> float:
    """Mean of the known values by their weights; NaN without any."""
    known = values.astype(float).notna() & (weights > 0)
    if not known.any():
        return float("nan")
    return float(np.average(values[known].astype(float), weights=weights[known]))


def _backtest_title(own: pd.DataFrame) -> Statement:
    if own.empty:
        return Statement("prices.outlook.scores_none")
    first, last = own.iloc[0], own.iloc[-1]
    values = {
        "near": Number(first["obs_value"], "percent"),
        "far": Number(last["obs_value"], "percent"),
        "horizon": count(int(last["horizon"])),
    }
    return Statement("record.backtest.title", values)


def _backtest_statements(own: pd.DataFrame, *, series: int) -> tuple[Statement, ...]:
    if own.empty:
        return ()
    held = {
        f"coverage_{level}": Number(_weighted(own[f"coverage_{level}"], own["ranges"]), "percent")
        for level in (80, 95)
    }
    ranges = {"ranges": count(int(own["ranges"].sum())), "series": count(series)}
    return (Statement("record.backtest.named"), Statement("record.backtest.held", held | ranges))


def backtest_figure(
    edition: Edition, scores: pd.DataFrame, *, item: str = "", series: str = ""
) -> Figure:
    """MAPE by horizon of the combination and both naive forecasts, as bars beside each other."""
    result = backtest_scores(edition, scores, item=item, series=series)
    shares = [
        Column(name, Statement(f"record.table.{name}"), decimals=1, unit=PERCENT)
        for name in ("coverage_80", "coverage_95")
    ]
    numbers = [
        Column(name, Statement(f"record.table.{name}"), decimals=decimals)
        for name, decimals in (("mase", 3), ("pairs", 0), ("ranges", 0))
    ]
    return Figure(
        result=result,
        kind=Kind.GROUPED_BARS,
        category="horizon",
        series="model",
        names={
            "horizon": horizon_names(result.frame["horizon"].unique()),
            "model": labels_of("forecasting.model", result.frame["model"].unique()),
        },
        order=COMPARED,
        columns=(numbers[0], *shares, *numbers[1:]),
        headings={
            "horizon": Statement("record.table.horizon"),
            "model": Statement("prices.outlook.table.model"),
        },
        keeps_order=True,
    )
