"""What the engine may decide about a series, why, and what it did to its rows.

Every reason and treatment names the values its sentence needs and how each is
written; the sentences stand in `i18n/<language>/forecasting.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Status(StrEnum):
    """What the reader gets: a forecast, a named naive range, nothing, or a fault."""

    ISSUED = "issued"
    WITHHELD = "withheld"
    STOPPED = "stopped"
    FAILED = "failed"


class Reason(StrEnum):
    """Why a series has its status."""

    BETTER_THAN_NAIVE = "better_than_naive"
    NOT_BETTER = "not_better"
    NOT_BETTER_ISSUED = "not_better_issued"
    TOO_SHORT = "too_short"
    TOO_FEW_ORIGINS = "too_few_origins"
    TOO_MANY_GAPS = "too_many_gaps"
    CONSTANT = "constant"
    UNSCORABLE = "unscorable"
    STOPPED = "stopped"
    MODEL_FAILED = "model_failed"
    MISSING_IDENTIFIER = "missing_identifier"
    INVALID_DATE = "invalid_date"
    NON_NUMERIC = "non_numeric"
    NEGATIVE = "negative"
    DUPLICATE_DATE = "duplicate_date"
    MIXED_STEP = "mixed_step"
    NO_OBSERVATION = "no_observation"


class Treatment(StrEnum):
    """What was done to a series at the door, always recorded."""

    SORTED = "sorted"
    REPEATS_DROPPED = "repeats_dropped"
    EMPTY_DROPPED = "empty_dropped"
    LATER_DROPPED = "later_dropped"
    DATES_ALIGNED = "dates_aligned"
    GAPS_FILLED = "gaps_filled"


class ValueKind(StrEnum):
    """How a value of a sentence is written by the formatter."""

    COUNT = "count"
    STEPS = "steps"
    SCORE = "score"
    SHARE = "share"
    NUMBER = "number"
    DATE = "date"
    STEP_DATE = "step_date"
    MODEL = "model"
    TEXT = "text"


_FIRST_BAD_ROW = {"date": ValueKind.DATE, "rows": ValueKind.COUNT}

REASON_VALUES: Mapping[Reason, Mapping[str, ValueKind]] = MappingProxyType(
    {
        Reason.BETTER_THAN_NAIVE: {
            "mase": ValueKind.SCORE,
            "naive": ValueKind.MODEL,
            "naive_mase": ValueKind.SCORE,
            "origins": ValueKind.COUNT,
        },
        Reason.NOT_BETTER: {
            "mase": ValueKind.SCORE,
            "naive": ValueKind.MODEL,
            "naive_mase": ValueKind.SCORE,
            "origins": ValueKind.COUNT,
        },
        Reason.NOT_BETTER_ISSUED: {
            "mase": ValueKind.SCORE,
            "naive": ValueKind.MODEL,
            "naive_mase": ValueKind.SCORE,
            "origins": ValueKind.COUNT,
        },
        Reason.TOO_SHORT: {"observations": ValueKind.STEPS, "needed": ValueKind.STEPS},
        Reason.TOO_FEW_ORIGINS: {
            "observations": ValueKind.STEPS,
            "origins": ValueKind.COUNT,
            "needed": ValueKind.COUNT,
        },
        Reason.TOO_MANY_GAPS: {
            "missing": ValueKind.STEPS,
            "share": ValueKind.SHARE,
            "longest": ValueKind.STEPS,
        },
        Reason.CONSTANT: {"value": ValueKind.NUMBER, "observations": ValueKind.STEPS},
        Reason.UNSCORABLE: {"origins": ValueKind.COUNT},
        Reason.STOPPED: {"last": ValueKind.STEP_DATE, "age": ValueKind.STEPS},
        Reason.MODEL_FAILED: {"model": ValueKind.MODEL},
        Reason.MISSING_IDENTIFIER: {"rows": ValueKind.COUNT},
        Reason.INVALID_DATE: {"text": ValueKind.TEXT, "rows": ValueKind.COUNT},
        Reason.NON_NUMERIC: {**_FIRST_BAD_ROW, "text": ValueKind.TEXT},
        Reason.NEGATIVE: {**_FIRST_BAD_ROW, "value": ValueKind.NUMBER},
        Reason.DUPLICATE_DATE: _FIRST_BAD_ROW,
        Reason.MIXED_STEP: _FIRST_BAD_ROW,
        Reason.NO_OBSERVATION: {},
    }
)

TREATMENT_VALUES: Mapping[Treatment, Mapping[str, ValueKind]] = MappingProxyType(
    {
        Treatment.SORTED: {"rows": ValueKind.COUNT},
        Treatment.REPEATS_DROPPED: {"rows": ValueKind.COUNT},
        Treatment.EMPTY_DROPPED: {"rows": ValueKind.COUNT},
        Treatment.LATER_DROPPED: {"rows": ValueKind.COUNT},
        Treatment.DATES_ALIGNED: {"rows": ValueKind.COUNT},
        Treatment.GAPS_FILLED: {"missing": ValueKind.STEPS, "longest": ValueKind.STEPS},
    }
)
