"""Whether a series is forecast in public: issued, withheld, stopped or failed, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analytics.forecasting.backtest import Backtest
from analytics.forecasting.models import ModelName
from analytics.forecasting.reasons import Reason, Status
from analytics.forecasting.scores import Judgement, better_naive, mase_of
from analytics.forecasting.series import CleanSeries, SeriesError, Values
from analytics.forecasting.steps import Step


@dataclass(frozen=True)
class Verdict:
    """What became of a series, why, and under which model's name."""

    status: Status
    reason: Reason
    values: Values
    model: ModelName | None = None


def refusal(error: SeriesError, status: Status, model: ModelName | None = None) -> Verdict:
    """The verdict that a fault or an obstacle found at the door leads to."""
    return Verdict(status, error.reason, error.values, model)


def stopped_verdict(series: CleanSeries, *, step: Step, as_of: date) -> Verdict | None:
    """The verdict on a series whose last value is more than three steps old, else None."""
    last = series.ds[-1]
    age = step.number_of(pd.Timestamp(as_of)) - step.number_of(last)
    if age <= step.oldest_age:
        return None
    values = {"last": last.date().isoformat(), "age": age}
    return Verdict(Status.STOPPED, Reason.STOPPED, values)


def verdict_on(
    judgement: Judgement, *, scores: pd.DataFrame, step: Step, may_withhold: bool = True
) -> Verdict:
    """Issue only what can be shown to beat the better naive over the back-test.

    Without `may_withhold` a combination that did not is issued too, with that reason.
    """
    naive = better_naive(scores)
    failed = _failed_at_the_end(judgement.backtest)
    if failed is not None:
        return Verdict(Status.FAILED, Reason.MODEL_FAILED, {"model": failed.value})
    origins = judgement.complete_origins
    if origins < step.least_origins:
        values: Values = {
            "observations": judgement.backtest.series.observations,
            "origins": origins,
            "needed": step.least_origins,
        }
        return Verdict(Status.WITHHELD, Reason.TOO_FEW_ORIGINS, values, ModelName.LAST_VALUE)
    mase, naive_mase = mase_of(scores, ModelName.COMBINATION), mase_of(scores, naive)
    if not (np.isfinite(mase) and np.isfinite(naive_mase)):
        return Verdict(
            Status.WITHHELD, Reason.UNSCORABLE, {"origins": origins}, ModelName.LAST_VALUE
        )
    values = {"mase": mase, "naive": naive.value, "naive_mase": naive_mase, "origins": origins}
    if mase < naive_mase:
        return Verdict(Status.ISSUED, Reason.BETTER_THAN_NAIVE, values, ModelName.COMBINATION)
    if may_withhold:
        return Verdict(Status.WITHHELD, Reason.NOT_BETTER, values, naive)
    return Verdict(Status.ISSUED, Reason.NOT_BETTER_ISSUED, values, ModelName.COMBINATION)


def _failed_at_the_end(backtest: Backtest) -> ModelName | None:
    """The first member without a forecast ahead, where too few are left for a combination."""
    if np.isfinite(backtest.forecasts[ModelName.COMBINATION][-1]).all():
        return None
    return next(
        name for name, ahead in backtest.forecasts.items() if not np.isfinite(ahead[-1]).all()
    )
