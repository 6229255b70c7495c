"""What a check is: rows of the long table in, faulty rows with what was found and expected out."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pandas as pd

from analytics.ingest.datasets import DatasetForm
from analytics.ingest.findings import Severity
from analytics.ingest.region import Region

LIMITS_FILE = Path(__file__).parents[1] / "limits.toml"
# What tells one series of a dataset from another.
SERIES: tuple[str, ...] = ("ref_area", "place", "item", "indicator", "unit", "freq")


@dataclass(frozen=True)
class Scene:
    """What rows are checked against."""

    region: Region
    form: DatasetForm

    @cached_property
    def published(self) -> pd.DataFrame:
        """The dataset's rows in force, periods as ISO texts like those of a file."""
        frame = self.region.published(self.form.name)
        return frame.assign(
            **{name: iso_dates(frame[name]) for name in ("period_start", "period_end")}
        )


def iso_dates(dates: pd.Series) -> pd.Series:
    """Dates as ISO texts, empty where there is none."""
    moments = pd.to_datetime(dates)
    return moments.dt.strftime("%Y-%m-%d").fillna("").astype(object)


@dataclass(frozen=True)
class Outcome:
    """Rows with one kind of fault (`bad`, in the rows' index), what was found and expected.

    `other_row` and `other_batch` name the row that a row meets, where the fault is a meeting.
    Numbers stay numbers here: only those of faulty rows are ever written out.
    """

    kind: str
    severity: Severity
    bad: pd.Series
    found: pd.Series | str = ""
    expected: pd.Series | str = ""
    other_row: pd.Series | str = ""
    other_batch: pd.Series | str = ""


@dataclass(frozen=True)
class Check:
    """One check. `run` is given the rows that are not refused yet and never changes them."""

    name: str
    run: Callable[[pd.DataFrame, Scene], Iterable[Outcome]]


@cache
def limits() -> Mapping[str, Mapping[str, float]]:
    """The limits of `limits.toml`."""
    return tomllib.loads(LIMITS_FILE.read_text(encoding="utf-8"))
