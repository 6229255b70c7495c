"""What is marked on a time axis: holidays of an edition, floors and ceilings in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.figure import Annotation, ReferenceLine
from analytics.figures.result import Label

RAMADAN = "ramadan"
RAMADAN_BEGINS = "ramadan_1"
RAMADAN_ENDS_BEFORE = "idulfitri"
RAMADAN_NAME = Label("Ramadan", "Ramadan")
YES = frozenset({"true", "yes", "1"})


def holiday_annotations(
    edition: Edition, *, start: date, end: date, holidays: Sequence[str] = (RAMADAN, "idulfitri")
) -> tuple[Annotation, ...]:
    """Holidays of the edition between two days, oldest first.

    `ramadan` is the span from 1 Ramadan to the day before Idulfitri of the same Hijri year;
    all other names are codes of the edition's table of holidays.
    """
    table = edition.reference("holidays")
    dated = table.assign(day=pd.to_datetime(table["date"]).dt.date)
    found = [
        annotation
        for code in holidays
        for annotation in (_ramadans(dated) if code == RAMADAN else _days(dated, code))
        if (annotation.end or annotation.start) >= start and annotation.start <= end
    ]
    return tuple(sorted(found, key=lambda annotation: (annotation.start, annotation.label.id)))


def _days(dated: pd.DataFrame, code: str) -> list[Annotation]:
    return [
        Annotation(
            label=_short(Label(row.name_id, row.name_en)),
            start=row.day,
            is_decided=row.is_decided.lower() in YES,
        )
        for row in dated[dated["holiday"] == code].itertuples()
    ]


def _ramadans(dated: pd.DataFrame) -> list[Annotation]:
    begins = dated[dated["holiday"] == RAMADAN_BEGINS].set_index("hijri_year")
    ends = dated[dated["holiday"] == RAMADAN_ENDS_BEFORE].set_index("hijri_year")
    return [
        Annotation(
            label=RAMADAN_NAME,
            start=begins.loc[year, "day"],
            end=ends.loc[year, "day"] - timedelta(days=1),
            is_decided=str(begins.loc[year, "is_decided"]).lower() in YES,
        )
        for year in begins.index.intersection(ends.index)
    ]


def _short(name: Label) -> Label:
    """`Idulfitri` of `Idulfitri (1 Syawal)`: pictures have little room."""
    return Label(name.id.partition(" (")[0], name.en.partition(" (")[0])


def reference_lines(frame: pd.DataFrame, *, label: Label) -> tuple[ReferenceLine, ...]:
    """Values in force as lines: one for each row with a value and a known start.

    `frame` has the long table's columns; an open end stays open. A row whose start is not
    stated is left out: nobody knows where its line would begin.
    """
    rows = frame[frame["obs_value"].notna() & frame["period_start"].notna()]
    return tuple(
        ReferenceLine(
            label=label,
            value=float(row.obs_value),
            start=pd.Timestamp(row.period_start).date(),
            end=None if pd.isna(row.period_end) else pd.Timestamp(row.period_end).date(),
        )
        for row in rows.sort_values("period_start", kind="stable").itertuples()
    )
