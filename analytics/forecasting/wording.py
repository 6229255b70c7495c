"""Sentences for verdicts and treatments, in the language of a formatter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from analytics.forecasting.reasons import (
    REASON_VALUES,
    TREATMENT_VALUES,
    Reason,
    Treatment,
    ValueKind,
)
from analytics.forecasting.scores import SCORE_DECIMALS
from analytics.i18n import Formatter, text


def reason_sentence(
    reason: Reason, values: Mapping[str, object], *, freq: str, formatter: Formatter
) -> str:
    """The plain sentence of a verdict. Raises MissingText when a value is missing."""
    words = written_values(values, REASON_VALUES[reason], freq=freq, formatter=formatter)
    return text(f"forecasting.reason.{reason.value}", formatter.language, **words)


def treatment_sentence(
    treatment: Treatment, values: Mapping[str, object], *, freq: str, formatter: Formatter
) -> str:
    """The plain sentence of what was done to a series at the door."""
    words = written_values(values, TREATMENT_VALUES[treatment], freq=freq, formatter=formatter)
    return text(f"forecasting.treatment.{treatment.value}", formatter.language, **words)


def span(steps: int, *, freq: str, formatter: Formatter) -> str:
    """A number of steps in words: `24 bulan`."""
    count = formatter.number(steps, 0)
    return text(f"forecasting.span.{freq}", formatter.language, n=steps, count=count)


def written_values(
    values: Mapping[str, object],
    kinds: Mapping[str, ValueKind],
    *,
    freq: str,
    formatter: Formatter,
) -> dict[str, object]:
    """Values as words, with `n` for the choice between one and many rows."""
    words: dict[str, object] = {
        name: _written(values[name], kind, freq=freq, formatter=formatter)
        for name, kind in kinds.items()
        if name in values
    }
    if "rows" in values:
        words["n"] = values["rows"]
    return words


def _written(value: object, kind: ValueKind, *, freq: str, formatter: Formatter) -> str:
    if kind is ValueKind.MODEL:
        return text(f"forecasting.model.{value}", formatter.language)
    if kind is ValueKind.TEXT:
        return str(value)
    if kind in (ValueKind.DATE, ValueKind.STEP_DATE):
        day = date.fromisoformat(str(value))
        is_month = kind is ValueKind.STEP_DATE and freq == "MS"
        return formatter.month(day) if is_month else formatter.date(day)
    number = float(str(value))
    if kind is ValueKind.STEPS:
        return span(int(number), freq=freq, formatter=formatter)
    if kind is ValueKind.SHARE:
        return formatter.percent(number)
    decimals = {ValueKind.COUNT: 0, ValueKind.SCORE: SCORE_DECIMALS}.get(kind)
    return formatter.number(number, decimals)
