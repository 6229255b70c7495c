"""What a forecast run decided about a series, as statements that know both languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from analytics.figures.result import Number, Statement
from analytics.forecasting.reasons import REASON_VALUES, Reason, ValueKind
from analytics.forecasting.scores import SCORE_DECIMALS

STEP = "MS"


def reason_statement(reason: str, values: Mapping[str, object]) -> Statement:
    """The sentence of a verdict with its values."""
    return Statement(
        f"forecasting.reason.{reason}", values_in_words(values, REASON_VALUES[Reason(reason)])
    )


def values_in_words(
    values: Mapping[str, object], kinds: Mapping[str, ValueKind]
) -> dict[str, object]:
    """Values of a reason or treatment, with `n` for the choice between one and many rows."""
    words = {name: _value(values[name], kind) for name, kind in kinds.items() if name in values}
    if "rows" in values:
        words["n"] = values["rows"]
    return words


def model_statement(model: str) -> Statement:
    """The name of a model, written small."""
    return Statement(f"forecasting.model.{model}")


def score(value: float) -> Number:
    """A MASE as it is printed everywhere."""
    return Number(value, "number", {"decimals": SCORE_DECIMALS})


def count(value: int) -> Number:
    return Number(value, "number", {"decimals": 0})


def _value(value: object, kind: ValueKind) -> object:
    if kind is ValueKind.MODEL:
        return model_statement(str(value))
    if kind is ValueKind.TEXT:
        return str(value)
    if kind in (ValueKind.DATE, ValueKind.STEP_DATE):
        style = "month" if kind is ValueKind.STEP_DATE else "date"
        return Number(date.fromisoformat(str(value)), style)
    number = float(str(value))
    if kind is ValueKind.STEPS:
        steps = int(number)
        return Statement(f"forecasting.span.{STEP}", {"n": steps, "count": count(steps)})
    if kind is ValueKind.SHARE:
        return Number(number, "percent")
    if kind is ValueKind.SCORE:
        return score(number)
    return count(int(number)) if kind is ValueKind.COUNT else Number(number, "number")
