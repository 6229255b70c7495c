"""Forecasts of `unique_id, ds, y`: pure functions, no store, no clock, no Streamlit.

statsforecast is imported when a model is fitted, never when a page is shown.
"""

from analytics.forecasting.engine import (
    DEFAULT_HORIZON,
    DEFAULT_LEVELS,
    METHOD,
    ForecastRun,
    InvalidSetting,
    forecast_panel,
)
from analytics.forecasting.models import ModelName
from analytics.forecasting.reasons import Reason, Status, Treatment
from analytics.forecasting.series import MissingColumn, SeriesError, validate_series
from analytics.forecasting.steps import STEPS, UnknownStep, step_of

__all__ = [
    "DEFAULT_HORIZON",
    "DEFAULT_LEVELS",
    "METHOD",
    "STEPS",
    "ForecastRun",
    "InvalidSetting",
    "MissingColumn",
    "ModelName",
    "Reason",
    "SeriesError",
    "Status",
    "Treatment",
    "UnknownStep",
    "forecast_panel",
    "step_of",
    "validate_series",
]
