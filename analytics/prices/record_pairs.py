"""Every forecast that was issued beside the price that came: one row a run, series and month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analytics.editions.edition import Edition
from analytics.forecasting import formulas
from analytics.forecasting.reasons import Status
from analytics.observations.status import ObsStatus
from analytics.prices.series import DAILY_DATASET, MONTHLY_DATASET, monthly_prices, series_key

SEASON = 12
LEVELS = (80, 95)
# What became of a forecast. `known_before`: its price stood in the edition it was made from, so
# that it was computed afterwards and foretold nothing.
DUE, WAITING, KNOWN_BEFORE = "due", "waiting", "known_before"


def issued_pairs(
    edition: Edition, forecasts: pd.DataFrame, *, editions: Sequence[Edition]
) -> pd.DataFrame:
    """Forecasts that were issued, scored by the prices of `edition`.

    `forecasts` is that of `every_forecast`; `editions` are all editions from the oldest run's to
    `edition`, oldest first. Withheld series are left out: their range was not a forecast.
    Further columns: y (price at this edition, NaN while waiting), obs_status, source_id, state
    (DUE, WAITING or KNOWN_BEFORE), first_y (the price as it was first published after the run),
    is_revised, scale (mean change over a year before the forecast, for MASE), inside_80,
    inside_95 (1, 0 or NaN).
    """
    issued = forecasts[forecasts["status"] == Status.ISSUED.value].reset_index(drop=True)
    issued = issued[issued["edition"] <= edition.stamp.number]
    values = _known_values(edition)
    pairs = issued.merge(values, on=["unique_id", "ds"], how="left", validate="many_to_one")
    pairs = pairs.assign(
        obs_status=pairs["obs_status"].fillna(str(ObsStatus.MISSING)),
        source_id=[series_key(name).source_id for name in pairs["unique_id"]],
    )
    pairs = _with_first_values(pairs, _histories(editions))
    pairs = pairs.assign(scale=_scales(pairs, values))
    return pairs.assign(**{f"inside_{level}": _inside(pairs, level) for level in LEVELS})


def _known_values(edition: Edition) -> pd.DataFrame:
    """unique_id, ds, y, obs_status of every monthly price of an edition."""
    prices = monthly_prices(edition).dropna(subset=["obs_value"])
    prices = prices.drop_duplicates(["unique_id", "ds"], keep="last")
    return prices.rename(columns={"obs_value": "y"})[["unique_id", "ds", "y", "obs_status"]]


def _histories(editions: Sequence[Edition]) -> dict[int, pd.Series]:
    """Prices by edition, indexed by series and month; read once where the files are the same."""
    found: dict[int, pd.Series] = {}
    read: dict[tuple[str, ...], pd.Series] = {}
    for edition in editions:
        files = _price_files(edition)
        if files not in read:
            read[files] = _known_values(edition).set_index(["unique_id", "ds"])["y"]
        found[edition.stamp.number] = read[files]
    return found


def _price_files(edition: Edition) -> tuple[str, ...]:
    wanted = [name for name in (MONTHLY_DATASET, DAILY_DATASET) if name in edition.datasets]
    return tuple(str(edition.dataset_facts(name)["file"]) for name in wanted)


def _with_first_values(pairs: pd.DataFrame, histories: Mapping[int, pd.Series]) -> pd.DataFrame:
    """What became of each forecast, the price first published after it, and if it was revised."""
    keys = pd.MultiIndex.from_frame(pairs[["unique_id", "ds"]])
    made_from = pairs["edition"].to_numpy()
    first, is_known_before = np.full(len(pairs), np.nan), np.zeros(len(pairs), dtype=bool)
    for number in sorted(histories):
        values = histories[number].reindex(keys).to_numpy(float)
        is_known_before |= (made_from == number) & np.isfinite(values)
        is_first = (number > made_from) & np.isnan(first)
        first = np.where(is_first, values, first)
    has_come = pairs["y"].notna()
    state = np.select([is_known_before, has_come], [KNOWN_BEFORE, DUE], default=WAITING)
    is_revised = np.isfinite(first) & has_come & (first != pairs["y"])
    return pairs.assign(state=state, first_y=first, is_revised=is_revised & (state == DUE))


def _scales(pairs: pd.DataFrame, values: pd.DataFrame) -> pd.Series:
    """Mean absolute change over a year, in the unit of the price, before each forecast began."""
    starts = pairs.groupby(["run_id", "unique_id"])["ds"].transform("min")
    histories = {
        name: rows.set_index("ds")["y"].asfreq("MS")
        for name, rows in values[values["unique_id"].isin(pairs["unique_id"])].groupby("unique_id")
    }
    known: dict[tuple[str, pd.Timestamp], float] = {}
    for name, start in set(zip(pairs["unique_id"], starts, strict=True)):
        training = histories[name][: start - pd.Timedelta(days=1)] if name in histories else None
        known[name, start] = _scale(training)
    wanted = zip(pairs["unique_id"], starts, strict=True)
    return pd.Series([known[pair] for pair in wanted], index=pairs.index, dtype=float)


def _scale(training: pd.Series | None) -> float:
    if training is None or len(training) <= SEASON:
        return float("nan")
    return formulas.seasonal_scale(training.to_numpy(float), season=SEASON)


def _inside(pairs: pd.DataFrame, level: int) -> pd.Series:
    """1 where the price lies in the range, bounds included, 0 where not, NaN without either."""
    low, high, y = pairs[f"lo_{level}"], pairs[f"hi_{level}"], pairs["y"]
    is_known = low.notna() & high.notna() & y.notna()
    return ((low <= y) & (y <= high)).astype(float).where(is_known)


def scored(pairs: pd.DataFrame, *, with_known_before: bool = False) -> pd.DataFrame:
    """The pairs that count: those whose price came after the run; with the others when asked."""
    states = (DUE, KNOWN_BEFORE) if with_known_before else (DUE,)
    return pairs[pairs["state"].isin(states) & pairs["y"].notna()]


def grouped_scores(pairs: pd.DataFrame, *, by: str) -> pd.DataFrame:
    """Scores by horizon, unique_id or run_id, in order of appearance.

    Columns: `by`, pairs, mape, mase, bias, and for each level coverage_, ranges_, inside_ and the
    95 percent interval of the coverage share_low_, share_high_. All but counts and MASE in percent.
    """
    rows = [{by: code, **scores_of(rows)} for code, rows in pairs.groupby(by, sort=True)]
    return pd.DataFrame(rows, columns=[by, *scores_of(pairs.iloc[:0])])


def scores_of(pairs: pd.DataFrame) -> dict[str, float]:
    """The scores of some pairs taken together; NaN without any."""
    actual, forecast = pairs["y"].to_numpy(float), pairs["forecast"].to_numpy(float)
    found: dict[str, float] = {
        "pairs": len(pairs),
        "mape": formulas.mape(actual, forecast),
        "mase": formulas.mase(actual, forecast, scale=pairs["scale"].to_numpy(float)),
        "bias": formulas.bias(actual, forecast),
    }
    for level in LEVELS:
        held = pairs[f"inside_{level}"].dropna()
        low, high = formulas.share_interval(int(held.sum()), len(held))
        found |= {
            f"coverage_{level}": 100 * formulas.mean_of(held.to_numpy(float)),
            f"ranges_{level}": len(held),
            f"inside_{level}": int(held.sum()),
            f"share_low_{level}": low,
            f"share_high_{level}": high,
        }
    return found
