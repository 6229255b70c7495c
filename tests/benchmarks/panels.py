"""The panels that forecasts are measured on. They lie outside the repository.

`SEJAHTERA_BENCH` names their folder; each has a README with source, licence and the way of
scoring. M3 and M4 count steps from 1 without dates: they are set to end in December 2020, so
that every series has a calendar, though not its own.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analytics.forecasting.formulas import seasonal_scale
from analytics.forecasting.known_ahead import holiday_shares
from analytics.forecasting.steps import step_of
from analytics.forecasting.transform import Array
from analytics.settings import PROJECT_ROOT

VARIABLE = "SEJAHTERA_BENCH"
PRODUCERS = {"eggs": "UD. Telur Intan", "broilers": "Peternak Desa Kambingan"}
HOLIDAYS = PROJECT_ROOT / "data" / "blitar" / "holidays.csv"
SPEED_MONTHS, SPEED_ORIGINS = 120, 12
M4_LONGEST = 520  # newest ten years; no model of the engine reads more than six


@dataclass(frozen=True, eq=False)
class BenchPanel:
    """One panel: what may be learned from, and what came.

    `training` has `unique_id, ds, y`. `test` holds the values after the training part; without
    it the last `scored_origins` origins of the training part are scored instead. `scales` is
    the in-sample change over a season by which MASE divides, from the whole training part.
    `regressors` are the decided holidays, where the panel's dates are real ones.
    """

    name: str
    freq: str
    horizon: int
    max_origins: int
    training: pd.DataFrame
    test: Mapping[str, Array]
    scales: Mapping[str, float]
    season: int
    scored_origins: int = 0
    regressors: pd.DataFrame | None = None


def bench_folder() -> Path | None:
    """The folder that `SEJAHTERA_BENCH` names; None when it is not set."""
    named = os.environ.get(VARIABLE, "").strip()
    return Path(named) if named else None


def load_m3(folder: Path) -> BenchPanel:
    """M3, 1,428 monthly series, 18 steps ahead."""
    table = pd.read_csv(folder / "m3" / "m3_monthly.csv")
    training, test, scales = _split(table, freq="MS", end="2020-12-01", scale_season=12)
    return BenchPanel("m3", "MS", 18, 30, training, test, scales, season=12)


def load_long_m3(folder: Path) -> BenchPanel:
    """The newest 120 months of the series of M3 that have as many, 6 steps ahead, 12 origins."""
    training = load_m3(folder).training
    places = training.groupby("unique_id").cumcount(ascending=False)
    lengths = training.groupby("unique_id")["y"].transform("size")
    newest = training[(lengths >= SPEED_MONTHS) & (places < SPEED_MONTHS)]
    origins = SPEED_ORIGINS
    return BenchPanel(
        "m3_long", "MS", 6, origins + 6 - 1, newest.reset_index(drop=True), {}, {}, season=12,
        scored_origins=origins,
    )  # fmt: skip


def load_m4_weekly(folder: Path) -> BenchPanel:
    """M4, 359 weekly series, 13 steps ahead."""
    table = pd.read_parquet(folder / "m4" / "m4_weekly.parquet")
    training, test, scales = _split(
        table, freq="W-MON", end="2020-12-28", scale_season=1, longest=M4_LONGEST
    )
    return BenchPanel("m4w", "W-MON", 13, 25, training, test, scales, season=52)


def load_pihps(folder: Path) -> BenchPanel:
    """PIHPS, food prices of 33 provinces, monthly means in rupiah, 6 steps ahead."""
    source = folder / "pihps_provinsi_2020_2023" / "pihps_provinsi_daily.parquet"
    table = pd.read_parquet(source)
    table["unique_id"] = table["province"].astype(str) + "|" + table["commodity"].astype(str)
    monthly = _by_month(table, "mean")
    return BenchPanel(
        "pihps", "MS", 6, 30, monthly, {}, {}, season=12, scored_origins=6,
        regressors=_holidays_of(monthly, horizon=6),
    )  # fmt: skip


def load_producers(folder: Path) -> BenchPanel:
    """Farm-gate prices of East Java, monthly medians in rupiah, 6 steps ahead.

    Values that the archive repeated are left out.
    """
    source = folder / "siskaperbapo_produsen_2016_2026" / "siskaperbapo_produsen_daily.csv"
    table = pd.read_csv(source)
    table = table[table["carried_forward"] == 0]
    table = table.assign(unique_id=table["market"] + "|" + table["commodity"])
    return BenchPanel(
        "producers", "MS", 6, 96, _by_month(table, "median"), {}, {}, season=12, scored_origins=6
    )


def submitted_m3(folder: Path) -> pd.DataFrame:
    """The 24 forecasts handed in to M3: `method, unique_id, h, forecast`."""
    return pd.read_parquet(folder / "m3" / "m3_monthly_submitted_forecasts.parquet")


LOADERS = {
    "m3": load_m3,
    "m3_long": load_long_m3,
    "m4w": load_m4_weekly,
    "pihps": load_pihps,
    "producers": load_producers,
}


def _split(
    table: pd.DataFrame, *, freq: str, end: str, scale_season: int, longest: int | None = None
) -> tuple[pd.DataFrame, dict[str, Array], dict[str, float]]:
    frames, test, scales = [], {}, {}
    for name, rows in table.sort_values("t").groupby("unique_id"):
        is_training = rows["split"] == "train"
        y = rows.loc[is_training, "value"].to_numpy(float)
        test[str(name)] = rows.loc[~is_training, "value"].to_numpy(float)
        scales[str(name)] = seasonal_scale(y, season=scale_season)
        y = y[-longest:] if longest else y
        ds = pd.date_range(end=end, periods=len(y), freq=freq)
        frames.append(pd.DataFrame({"unique_id": str(name), "ds": ds, "y": y}))
    return pd.concat(frames, ignore_index=True), test, scales


def _by_month(table: pd.DataFrame, measure: str) -> pd.DataFrame:
    months = pd.to_datetime(table["date"]).dt.to_period("M").dt.to_timestamp()
    grouped = table.assign(ds=months).groupby(["unique_id", "ds"], observed=True)["value"]
    return grouped.agg(measure).rename("y").reset_index()


def _holidays_of(monthly: pd.DataFrame, *, horizon: int) -> pd.DataFrame:
    """Shares of the decided holidays over the panel's months and those ahead."""
    table = pd.read_csv(HOLIDAYS, dtype=str)
    last = monthly["ds"].max() + pd.DateOffset(months=horizon)
    return holiday_shares(table, step=step_of("MS"), first=monthly["ds"].min(), last=last)


def drawn(panel: BenchPanel, *, sample: int | None, seed: int) -> list[str]:
    """Names of the series to be measured: all, or a sample drawn with the seed."""
    names = sorted(panel.training["unique_id"].unique())
    if sample is None or sample >= len(names):
        return names
    chosen = np.random.default_rng(seed).choice(len(names), size=sample, replace=False)
    return [names[place] for place in sorted(chosen)]
