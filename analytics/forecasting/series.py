"""The door of the engine: every series is checked once, treated openly or turned away.

Input is a frame `unique_id, ds, y`. A fault in one series never touches another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.forecasting.reasons import Reason, Treatment
from analytics.forecasting.steps import Step, step_of

COLUMNS = ("unique_id", "ds", "y")
_OFFSET = r"(T.*?)(?:Z|[+-]\d\d:?\d\d)$"

Values = Mapping[str, object]


class MissingColumn(ValueError):
    """The frame lacks one of unique_id, ds, y."""


class SeriesError(ValueError):
    """One series cannot be taken as it is. `values` fill the sentence of `reason`."""

    reason: ClassVar[Reason]

    def __init__(self, unique_id: str, **values: object) -> None:
        details = ", ".join(f"{name} {value}" for name, value in values.items())
        super().__init__(f"Series '{unique_id}': {self.reason.value} ({details}).")
        self.unique_id = unique_id
        self.values: Values = values

    def __reduce__(self) -> tuple[Callable[..., SeriesError], tuple[object, ...]]:
        """Travels to another process with its values."""
        return _rebuilt, (type(self), self.unique_id, self.values)


def _rebuilt(kind: type[SeriesError], unique_id: str, values: Values) -> SeriesError:
    return kind(unique_id, **values)


class MissingIdentifier(SeriesError):
    """Rows that name no series."""

    reason = Reason.MISSING_IDENTIFIER


class InvalidDate(SeriesError):
    """A date that cannot be read."""

    reason = Reason.INVALID_DATE


class NonNumericValue(SeriesError):
    """A text or an infinite number where a value was expected."""

    reason = Reason.NON_NUMERIC


class NegativeValue(SeriesError):
    """A price or count below zero."""

    reason = Reason.NEGATIVE


class DuplicateDate(SeriesError):
    """Two different values for one date."""

    reason = Reason.DUPLICATE_DATE


class MixedStep(SeriesError):
    """Several dates inside one step: the series is finer than it was said to be."""

    reason = Reason.MIXED_STEP


class NoObservation(SeriesError):
    """Nothing is left after empty rows."""

    reason = Reason.NO_OBSERVATION


class ShortSeries(SeriesError):
    """Less history than the step asks for."""

    reason = Reason.TOO_SHORT


class GappySeries(SeriesError):
    """More is missing than may be bridged."""

    reason = Reason.TOO_MANY_GAPS


class ConstantSeries(SeriesError):
    """The value never changed."""

    reason = Reason.CONSTANT


@dataclass(frozen=True)
class TreatmentNote:
    """One recorded treatment of one series."""

    unique_id: str
    treatment: Treatment
    values: Values


@dataclass(frozen=True, eq=False)
class CleanSeries:
    """One series on an unbroken grid of steps.

    `y` keeps NaN where nothing was observed; `filled` has bridged gaps and serves
    fitting only. `obstacle` says why a sound series still gets no forecast.
    """

    unique_id: str
    ds: pd.DatetimeIndex
    y: NDArray[np.float64]
    filled: NDArray[np.float64]
    obstacle: SeriesError | None = None

    @property
    def observations(self) -> int:
        """Number of steps with a value."""
        return int(np.isfinite(self.y).sum())


@dataclass(frozen=True)
class ValidatedPanel:
    """What came through the door: series, refusals and treatments, by series."""

    freq: str
    series: Mapping[str, CleanSeries]
    errors: Mapping[str, SeriesError]
    treatments: tuple[TreatmentNote, ...] = field(default_factory=tuple)


def validate_series(frame: pd.DataFrame, *, freq: str, as_of: date | None = None) -> ValidatedPanel:
    """Check every series of `unique_id, ds, y`; the frame stays as it was.

    Rows dated after `as_of` are left out and recorded. Empty values become gaps.
    Raises MissingColumn or UnknownStep; a fault of one series is kept in `errors`.
    """
    step = step_of(freq)
    table = _typed(frame)
    series: dict[str, CleanSeries] = {}
    errors: dict[str, SeriesError] = {}
    notes: list[TreatmentNote] = []
    for unique_id, rows in table.groupby("unique_id", sort=True):
        door = _Door(str(unique_id), step)
        try:
            series[door.unique_id] = door.admit(rows, as_of=as_of)
        except SeriesError as error:
            errors[door.unique_id] = error
        notes.extend(door.notes)
    return ValidatedPanel(freq=freq, series=series, errors=errors, treatments=tuple(notes))


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """The three columns as text, date and number, with the raw text of unreadable cells."""
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise MissingColumn(
            f"Column {', '.join(missing)} is missing; a series needs {', '.join(COLUMNS)}."
        )
    raw_value = frame["y"]
    y = _numbers(raw_value)
    words = raw_value.astype("string").str.strip().fillna("")
    dates = _dates(frame["ds"])
    return pd.DataFrame(
        {
            "unique_id": frame["unique_id"].astype("string").str.strip().fillna("").to_numpy(str),
            "ds": dates.to_numpy(),
            "y": y.to_numpy(),
            "ds_text": frame["ds"].astype("string").fillna("").to_numpy(str),
            "y_text": words.to_numpy(str),
            "is_bad_value": ~np.isfinite(y.to_numpy())
            & (words.ne("") & raw_value.notna()).to_numpy(bool),
        }
    )


def _numbers(column: pd.Series) -> pd.Series:
    """Numbers to the last digit, however written; NaN where a cell is none."""
    numbers = pd.to_numeric(column, errors="coerce").astype("float64")
    if pd.api.types.is_numeric_dtype(column):
        return numbers
    # The fast parser of to_numeric may miss the last digit of a number written as text.
    is_number = numbers.notna()
    numbers[is_number] = [float(cell) for cell in column[is_number]]
    return numbers


def _dates(column: pd.Series) -> pd.Series:
    """Dates as written on the spot, without time zone; NaT where a cell is no ISO date."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return column.dt.tz_localize(None)
    words = column.astype("string").str.replace(_OFFSET, r"\1", regex=True)
    return pd.to_datetime(words, errors="coerce", format="ISO8601")


class _Door:
    """Checks one series and notes what it did to it."""

    def __init__(self, unique_id: str, step: Step) -> None:
        self.unique_id = unique_id
        self.step = step
        self.notes: list[TreatmentNote] = []

    def admit(self, rows: pd.DataFrame, *, as_of: date | None) -> CleanSeries:
        """The clean series, or the SeriesError that says why not."""
        self._refuse_unreadable(rows)
        rows = self._sorted(rows)
        rows = self._kept(rows, rows["y"].notna(), Treatment.EMPTY_DROPPED)
        if as_of is not None:
            rows = self._kept(rows, rows["ds"] <= pd.Timestamp(as_of), Treatment.LATER_DROPPED)
        if rows.empty:
            raise NoObservation(self.unique_id)
        rows = self._kept(rows, ~rows.duplicated(["ds", "y"]), Treatment.REPEATS_DROPPED)
        self._refuse_impossible(rows)
        return self._on_grid(rows)

    def _note(self, treatment: Treatment, **values: object) -> None:
        self.notes.append(TreatmentNote(self.unique_id, treatment, values))

    def _refuse_unreadable(self, rows: pd.DataFrame) -> None:
        if not self.unique_id:
            raise MissingIdentifier(self.unique_id, rows=len(rows))
        undated = rows.loc[rows["ds"].isna(), "ds_text"]
        if len(undated):
            raise InvalidDate(self.unique_id, text=min(undated), rows=len(undated))
        worded = rows[rows["is_bad_value"]].sort_values(["ds", "y_text"])
        if len(worded):
            raise NonNumericValue(
                self.unique_id,
                date=_iso(worded["ds"].iloc[0]),
                rows=len(worded),
                text=worded["y_text"].iloc[0],
            )

    def _sorted(self, rows: pd.DataFrame) -> pd.DataFrame:
        out_of_order = int((rows["ds"].diff() < pd.Timedelta(0)).sum())
        if out_of_order:
            self._note(Treatment.SORTED, rows=out_of_order)
        return rows.sort_values(["ds", "y"], kind="stable")

    def _kept(self, rows: pd.DataFrame, keep: pd.Series, treatment: Treatment) -> pd.DataFrame:
        dropped = int((~keep).sum())
        if dropped:
            self._note(treatment, rows=dropped)
        return rows[keep]

    def _refuse_impossible(self, rows: pd.DataFrame) -> None:
        negative = rows[rows["y"] < 0]
        if len(negative):
            first = negative.iloc[0]
            raise NegativeValue(
                self.unique_id,
                date=_iso(first["ds"]),
                rows=len(negative),
                value=float(first["y"]),
            )
        self._refuse_repeated(rows["ds"], DuplicateDate)
        numbers = self.step.ordinals(pd.DatetimeIndex(rows["ds"]))
        self._refuse_repeated(pd.Series(numbers, index=rows["ds"]), MixedStep)

    def _refuse_repeated(self, keys: pd.Series, error: type[SeriesError]) -> None:
        repeated = keys.duplicated()
        if repeated.any():
            first = keys[repeated].index[0] if error is MixedStep else keys[repeated].iloc[0]
            raise error(self.unique_id, date=_iso(first), rows=int(repeated.sum()))

    def _on_grid(self, rows: pd.DataFrame) -> CleanSeries:
        numbers = self.step.ordinals(pd.DatetimeIndex(rows["ds"]))
        ds = self.step.starts(int(numbers[0]), int(numbers[-1]))
        y = np.full(len(ds), np.nan)
        y[numbers - numbers[0]] = rows["y"].to_numpy()
        moved = int((rows["ds"].to_numpy() != ds.to_numpy()[numbers - numbers[0]]).sum())
        if moved:
            self._note(Treatment.DATES_ALIGNED, rows=moved)
        obstacle = self._obstacle(y)
        filled = y.copy()
        if not isinstance(obstacle, GappySeries) and np.isnan(y).any():
            filled = bridge_gaps(y)
            self._note(
                Treatment.GAPS_FILLED, missing=int(np.isnan(y).sum()), longest=longest_gap(y)
            )
        return CleanSeries(self.unique_id, ds, y, filled, obstacle)

    def _obstacle(self, y: NDArray[np.float64]) -> SeriesError | None:
        """Why a sound series gets no forecast; the first reason that holds."""
        seen = y[np.isfinite(y)]
        missing = len(y) - len(seen)
        if len(seen) > 1 and seen.min() == seen.max():
            return ConstantSeries(self.unique_id, value=float(seen[0]), observations=len(seen))
        if len(seen) < self.step.least_history:
            return ShortSeries(
                self.unique_id, observations=len(seen), needed=self.step.least_history
            )
        longest = longest_gap(y)
        share = missing / len(y)
        if longest > self.step.longest_gap or share > self.step.largest_missing_share:
            return GappySeries(self.unique_id, missing=missing, share=100 * share, longest=longest)
        return None


def longest_gap(y: NDArray[np.float64]) -> int:
    """Length of the longest run of missing steps."""
    longest = run = 0
    for is_missing in np.isnan(y):
        run = run + 1 if is_missing else 0
        longest = max(longest, run)
    return longest


def bridge_gaps(y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Missing steps on the straight line between their two observed neighbours.

    A bridge ends at an observation, so a training part that ends at an observation
    is bridged from its own values alone.
    """
    seen = np.isfinite(y)
    steps = np.arange(len(y))
    return np.where(seen, y, np.interp(steps, steps[seen], y[seen]))


def _iso(day: pd.Timestamp) -> str:
    return pd.Timestamp(day).date().isoformat()
