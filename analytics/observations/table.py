"""Columns of the long table and how they are typed (names after SDMX)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

KEY_COLUMNS: tuple[str, ...] = (
    "dataset",
    "ref_area",
    "place",
    "item",
    "indicator",
    "period_start",
    "period_end",
    "freq",
    "source_id",
)
# Datasets whose rows are single voices: several may stand for one place and day, told apart by
# their words.
VOICES = frozenset({"reviews"})
OBSERVATION_COLUMNS: tuple[str, ...] = (
    "dataset",
    "ref_area",
    "place",
    "item",
    "indicator",
    "period_start",
    "period_end",
    "freq",
    "obs_value",
    "obs_text",
    "unit",
    "obs_status",
    "source_id",
    "batch_id",
    "source_row",
    "caveat",
)
# What an edition keeps beside the observation: the value as entered and what became of the row.
TRACE_COLUMNS: tuple[str, ...] = ("raw_value", "correction", "row_state", "row_reason")
EDITION_COLUMNS: tuple[str, ...] = OBSERVATION_COLUMNS + TRACE_COLUMNS

# What one row of a pack's observation file holds (dataset, batch and row are added on loading).
PACK_COLUMNS: tuple[str, ...] = (
    "ref_area",
    "place",
    "item",
    "indicator",
    "period_start",
    "period_end",
    "freq",
    "obs_value",
    "obs_text",
    "unit",
    "obs_status",
    "source_id",
    "caveat",
)
DATE_COLUMNS: tuple[str, ...] = ("period_start", "period_end")
NUMBER_COLUMNS: tuple[str, ...] = ("obs_value", "raw_value")

PUBLISHED = "published"
REPEATED = "repeated"
REJECTED = "rejected"


def key_columns(dataset: str) -> tuple[str, ...]:
    """What tells one value of a dataset from another; of single voices also their words."""
    return (*KEY_COLUMNS, "obs_text") if dataset in VOICES else KEY_COLUMNS


def in_edition_types(frame: pd.DataFrame | Mapping[str, pd.Series]) -> pd.DataFrame:
    """The edition's columns as a frame, in order: dates, floats, integers, else text.

    Missing text is the empty string, missing numbers NaN, missing dates None.
    """
    nothing = pd.Series("", index=frame[KEY_COLUMNS[0]].index)
    return pd.DataFrame(
        {column: _typed(frame.get(column, nothing), column) for column in EDITION_COLUMNS},
        copy=False,
    )


def _typed(values: pd.Series, column: str) -> pd.Series:
    if column in DATE_COLUMNS:
        return _plain_dates(pd.to_datetime(values, errors="raise"))
    if column in NUMBER_COLUMNS:
        return pd.to_numeric(values, errors="raise").astype(float)
    if column in ("batch_id", "source_row"):
        return values.astype("int64")
    return values.fillna("").astype(str)


def _plain_dates(moments: pd.Series) -> pd.Series:
    """Dates without a time, None where missing; each distinct day is made once."""
    codes, distinct = pd.factorize(moments)
    days = np.array([*(day.date() for day in pd.DatetimeIndex(distinct)), None], dtype=object)
    return pd.Series(days[codes], index=moments.index, name=moments.name)


def split_codes(caveat: str) -> tuple[str, ...]:
    """Caveat codes of one row: `a;b` gives (a, b)."""
    return tuple(code for code in caveat.split(";") if code)


def join_codes(*groups: str) -> str:
    """Caveat codes joined once each, in order of first appearance."""
    codes = dict.fromkeys(code for group in groups for code in split_codes(group))
    return ";".join(codes)
