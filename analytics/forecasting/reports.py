"""Daily reports of officers, brought to one value a step: a median over reporters."""

from __future__ import annotations

import pandas as pd

from analytics.forecasting.steps import step_of

COLUMNS = ("unique_id", "ds", "reporter", "y")


def medians_over_reporters(reports: pd.DataFrame, *, freq: str) -> pd.DataFrame:
    """One row a series and step: unique_id, ds (start of the step), y, reporters.

    `reports` has unique_id, ds (a date), reporter and y (a number). First the median of each
    reporter's days of the step, then the median over reporters: who reports every day counts
    as much as who reports once, and one slip moves nothing. Empty values are no report.
    `reporters` is the number of reporters behind a value. Raises UnknownStep.
    """
    step = step_of(freq)
    told = reports.dropna(subset=["ds", "y"])
    starts = told["ds"].dt.to_period(step.period).dt.start_time
    own = told.assign(ds=starts).groupby(["unique_id", "ds", "reporter"], sort=True)["y"].median()
    steps = own.groupby(level=["unique_id", "ds"], sort=True)
    return pd.DataFrame({"y": steps.median(), "reporters": steps.size()}).reset_index()
