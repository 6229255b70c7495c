"""The heavy parts of a simulation, each in a process of its own: one model fitted, one effect."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.jobs.forecast import STEP
from analytics.jobs.render import run_job
from analytics.prices.series import forecast_input


def fitted_member(
    edition: Edition, *, series: str, model: str, horizon: int, max_origins: int
) -> pd.DataFrame:
    """What one model says of a series (`member_forecasts`). Raises JobFailed."""
    answer: pd.DataFrame = run_job(
        "analytics.forecasting.what_if:member_forecasts",
        series=series_values(edition, series), freq=STEP, model=model, horizon=horizon,
        max_origins=max_origins,
    )  # fmt: skip
    return answer


def measured_elasticity(edition: Edition, *, series: str, driver: str) -> pd.DataFrame:
    """How a series moved with another (`cumulative_elasticity`). Raises JobFailed."""
    answer: pd.DataFrame = run_job(
        "analytics.prices.shock:cumulative_elasticity",
        target=series_values(edition, series).drop(columns="unique_id"),
        driver=series_values(edition, driver).drop(columns="unique_id"),
    )
    return answer


def series_values(edition: Edition, series: str) -> pd.DataFrame:
    """unique_id, ds, y of one series."""
    frame = forecast_input(edition)
    return frame[frame["unique_id"] == series].reset_index(drop=True)
