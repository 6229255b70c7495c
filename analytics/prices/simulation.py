"""What if: another horizon, a model less, a shock, a moved Lebaran, beside the issued forecast.

A simulation is never written to the ledger and is named as one in every title, row and file.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.figure import Figure, Kind, code_names
from analytics.figures.result import Indicator, Number, Result, Statement
from analytics.figures.sentences import written_number
from analytics.figures.verdict_words import count, model_statement, score
from analytics.ledger.forecasts import IssuedForecast
from analytics.observations.status import ObsStatus
from analytics.prices.break_even import break_even_rules
from analytics.prices.catalogue import price_catalogue
from analytics.prices.course import month_words, name_values, period_of
from analytics.prices.lebaran import decided_dates, lebaran_months, window_effects
from analytics.prices.names import full_label, series_name
from analytics.prices.outlook import BANDS
from analytics.prices.record import labels_of
from analytics.prices.series import forecast_datasets, series_key, series_prices
from analytics.prices.shock import (
    LEAST_MONTHS,
    is_certain,
    lebaran_factors,
    shock_factors,
)

PAST, ISSUED, SIMULATED = "past", "issued", "simulated"
SHOWN_MONTHS = 24
FORECAST_COLUMNS = ["ds", "forecast", "lo_80", "hi_80", "lo_95", "hi_95"]


@dataclass(frozen=True)
class WhatIf:
    """What is asked. `dropped` is a model's name or empty; `driver` the series that is shocked by
    `shock_pct` percent in month `shock_month` (from 1); `lebaran_shift` in months, later above 0.
    """

    horizon: int
    dropped: str = ""
    driver: str = ""
    shock_pct: int = 0
    shock_month: int = 1
    lebaran_shift: int = 0

    def is_refitted(self, issued: IssuedForecast) -> bool:
        """Whether the models must be fitted again; a shock alone moves the issued path."""
        return bool(self.dropped) or self.horizon != len(issued.forecasts)


def kept_models(issued: IssuedForecast, asked: WhatIf) -> tuple[str, ...]:
    """The pool of the run without the dropped model."""
    named = issued.facts.parameters.get("models", [])
    return tuple(str(name) for name in named if name != asked.dropped)  # type: ignore[attr-defined]


def drivers(edition: Edition, *, series: str) -> tuple[str, ...]:
    """Series that may be shocked: those of the pack's feeds first, then others of their group.

    Codes that begin with the same word are the same crop (`jagung`, `jagung_pipilan_kering`).
    Only series with three years of months in common, and never one of the same commodity.
    """
    feeds = {rule.feed_item for rule in break_even_rules(edition)}
    crops = {item.partition("_")[0] for item in feeds}
    groups = edition.vocabulary.items["group"]
    feed_groups = {groups.get(item) for item in feeds}
    catalogue = price_catalogue(edition)
    own = catalogue[series]
    found = [
        one
        for one in catalogue.series
        if one.key.item != own.key.item
        and groups.get(one.key.item) in feed_groups
        and one.key.dataset in forecast_datasets(edition)
        and _common_months(one.first, own.first, one.last, own.last) > LEAST_MONTHS
    ]
    ordered = sorted(found, key=lambda one: one.key.item.partition("_")[0] not in crops)
    return tuple(one.key.unique_id for one in ordered)


def _common_months(
    first: pd.Timestamp, other_first: pd.Timestamp, last: pd.Timestamp, other_last: pd.Timestamp
) -> int:
    start, end = max(first, other_first), min(last, other_last)
    return (end.year - start.year) * 12 + end.month - start.month + 1


def simulation(
    edition: Edition,
    *,
    series: str,
    issued: IssuedForecast,
    asked: WhatIf,
    refitted: pd.DataFrame | None,
    elasticity: pd.DataFrame | None,
) -> Result:
    """Two years of prices, the issued forecast and the simulation: `path` tells them apart.

    `refitted` is the path of `combined_forecast` where models were fitted again, `elasticity` that
    of `cumulative_elasticity` where a driver is shocked. Effects move the path and its ranges.
    """
    key = series_key(series)
    indicator = edition.vocabulary.indicator(key.indicator, unit=key.unit)
    history = series_prices(edition, series)
    base = issued.forecasts if refitted is None else refitted
    effects = window_effects(history, decided_dates(edition)) if asked.lebaran_shift else None
    moved = _moved(edition, base[FORECAST_COLUMNS], asked, elasticity, effects)
    frame = _paths(history, issued.forecasts, moved)
    return Result(
        name=f"simulasi_{key.item}",
        frame=frame,
        indicator=indicator,
        sources=edition.vocabulary.sources_of(history),
        period=period_of(frame),
        edition=edition.stamp,
        title=_title(edition, series, moved, indicator),
        statements=(
            Statement("record.simulation.named"),
            *_asked(issued, asked, refitted is not None),
            *_difference(issued.forecasts, moved, indicator),
        ),
        notes=(
            *_shock_notes(edition, asked, elasticity),
            *_lebaran_notes(edition, asked, effects, moved),
        ),
        parameters={"simulation": "yes", "series": series, "run": issued.run_id, **vars(asked)},
    )


def _moved(
    edition: Edition,
    base: pd.DataFrame,
    asked: WhatIf,
    elasticity: pd.DataFrame | None,
    effects: pd.DataFrame | None,
) -> pd.DataFrame:
    """The path with its ranges times both effects."""
    factors = pd.Series(1.0, index=base.index)
    if elasticity is not None:
        shocked = shock_factors(
            elasticity, months=len(base), at=asked.shock_month, shock_pct=asked.shock_pct
        )
        factors *= shocked.to_numpy()
    if effects is not None:
        factors *= _lebaran_moves(edition, base, asked, effects)
    numbers = [name for name in base.columns if name != "ds"]
    return base.assign(**{name: base[name] * factors for name in numbers})


def _lebaran_moves(
    edition: Edition, base: pd.DataFrame, asked: WhatIf, effects: pd.DataFrame
) -> np.ndarray:
    """What the moved Lebaran multiplies each month of a path by."""
    return lebaran_factors(
        effects, months=pd.DatetimeIndex(base["ds"]), lebaran=lebaran_months(edition),
        shift=asked.lebaran_shift,
    ).to_numpy()  # fmt: skip


def _paths(history: pd.DataFrame, issued: pd.DataFrame, moved: pd.DataFrame) -> pd.DataFrame:
    past = history.tail(SHOWN_MONTHS).assign(path=PAST)
    last = past.tail(1)
    parts = [past]
    for name, path in ((ISSUED, issued), (SIMULATED, moved)):
        ahead = path[FORECAST_COLUMNS].rename(columns=BANDS).rename(
            columns={"forecast": "obs_value"}
        )  # fmt: skip
        ahead = ahead.assign(
            path=name,
            obs_status=str(ObsStatus.FORECAST),
            period_start=ahead["ds"],
            period_end=ahead["ds"] + pd.offsets.MonthEnd(0),
            freq="M",
            unit=last["unit"].iloc[0],
            source_id="",
        )
        parts.append(ahead)
    wanted = ["path", "period_start", "period_end", "freq", "obs_value", "obs_status", "low_80",
              "high_80", "low_95", "high_95", "unit", "source_id"]  # fmt: skip
    joined = pd.concat(parts, ignore_index=True)[wanted]
    return joined.assign(
        source_id=joined["source_id"].fillna(""), is_simulated=joined["path"] == SIMULATED
    )


def _title(edition: Edition, series: str, moved: pd.DataFrame, indicator: Indicator) -> Statement:
    end = moved.iloc[-1]
    values = {
        **name_values(series_name(edition, series_key(series))),
        "price": written_number(end["forecast"], indicator),
        "month": month_words(end["ds"]),
    }
    return Statement("record.simulation.title", values)


def _asked(issued: IssuedForecast, asked: WhatIf, is_refitted: bool) -> tuple[Statement, ...]:
    found = []
    if is_refitted:
        values = {"horizon": count(asked.horizon), "models": count(len(kept_models(issued, asked)))}
        found.append(Statement("record.simulation.refitted", values))
    if asked.dropped:
        model = {"model": model_statement(asked.dropped)}
        found.append(Statement("record.simulation.dropped", model))
    return tuple(found)


def _difference(
    issued: pd.DataFrame, moved: pd.DataFrame, indicator: Indicator
) -> tuple[Statement, ...]:
    """How far the simulation lies from the issued forecast in the last month of both."""
    both = issued.merge(moved, on="ds", suffixes=("", "_moved"))
    if both.empty:
        return ()
    end = both.iloc[-1]
    values = {
        "month": month_words(end["ds"]),
        "issued": written_number(end["forecast"], indicator),
        "simulated": written_number(end["forecast_moved"], indicator),
        "change": Number(100 * (end["forecast_moved"] / end["forecast"] - 1), "signed_percent"),
    }
    return (Statement("record.simulation.difference", values),)


def _shock_notes(
    edition: Edition, asked: WhatIf, elasticity: pd.DataFrame | None
) -> tuple[Statement, ...]:
    """What the past shows of the driver's effect; plainly so where it shows none."""
    if elasticity is None:
        return ()
    driver = {"driver": full_label(series_name(edition, series_key(asked.driver)))}
    if elasticity.empty:
        few = {**driver, "least": count(LEAST_MONTHS)}
        return (Statement("record.simulation.shock_few", few),)
    end = elasticity.iloc[-1]
    values = {
        **driver,
        "shock": Number(asked.shock_pct, "signed_percent", {"decimals": 0}),
        "value": score(end["value"]),
        "low": score(end["low"]),
        "high": score(end["high"]),
        "lags": count(int(end["lag"])),
        "months": count(int(end["months"])),
    }
    key = "shock_seen" if is_certain(elasticity).any() else "shock_unseen"
    return (Statement(f"record.simulation.{key}", values),)


def _lebaran_notes(
    edition: Edition, asked: WhatIf, effects: pd.DataFrame | None, moved: pd.DataFrame
) -> tuple[Statement, ...]:
    """How many steps around Lebaran have a certain effect, and where it would fall."""
    if effects is None:
        return ()
    months = lebaran_months(edition)
    ahead = months[months >= moved["ds"].iloc[0]]
    certain = effects[is_certain(effects)]
    values: dict[str, object] = {
        "certain": count(len(certain)),
        "steps": count(len(effects)),
        "years": count(int(effects["years"].max())),
    }
    if len(certain) and np.allclose(_lebaran_moves(edition, moved, asked, effects), 1.0):
        return (Statement("record.simulation.lebaran_far"),)
    if len(ahead):
        shifted = ahead[0] + pd.DateOffset(months=asked.lebaran_shift)
        values |= {"now": month_words(ahead[0]), "then": month_words(shifted)}
    key = "lebaran_seen" if len(certain) else "lebaran_unseen"
    return (Statement(f"record.simulation.{key}", values),)


def simulation_figure(edition: Edition, result: Result) -> Figure:
    """Three lines: prices, the issued forecast, the simulation."""
    frame = result.frame
    return Figure(
        result=result,
        kind=Kind.LINE,
        series="path",
        names={
            **code_names(frame, edition, columns=("source_id",)),
            "path": labels_of("record.path", (PAST, ISSUED, SIMULATED)),
        },
        order=(PAST, ISSUED, SIMULATED),
        headings={"path": Statement("record.table.path")},
    )
