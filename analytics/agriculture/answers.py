"""What the reports of the map share: rows of one measure and period, statements, sources, notes."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analytics.agriculture.levels import MapLevel
from analytics.agriculture.measures import Measure
from analytics.agriculture.rows import MapRows
from analytics.editions.edition import Edition, region_label
from analytics.figures.names import listed
from analytics.figures.result import Label, Source, Statement
from analytics.figures.sentences import written_number
from analytics.observations.status import ObsStatus
from analytics.observations.table import split_codes

TEXT_COLUMNS = ("obs_text", "source_id", "caveat", "source_ids", "correction", "place")


def rows_of(rows: MapRows, measure: Measure, period: str, *, part: str = "chosen") -> pd.DataFrame:
    """Rows of one measure and period."""
    return rows.of(part, item=measure.item, indicator=measure.indicator.code, period=period)


def one_row_an_area(
    rows: pd.DataFrame, level: MapLevel, measure: Measure, period: str
) -> pd.DataFrame:
    """The rows with one row for every area of the level; areas without any are missing."""
    choice = measure.period(period)
    filled = rows.set_index("ref_area").reindex(list(level.areas)).rename_axis("ref_area")
    filled = filled.reset_index().assign(
        item=measure.item,
        indicator=measure.indicator.code,
        unit=measure.indicator.unit,
        period=period,
        period_start=pd.Timestamp(choice.period.start) if choice.period.start else pd.NaT,
        period_end=pd.Timestamp(choice.period.end) if choice.period.end else pd.NaT,
        freq=choice.freq,
    )
    statuses = filled["obs_status"].where(filled["obs_value"].notna(), ObsStatus.MISSING.value)
    words = {column: filled[column].fillna("") for column in TEXT_COLUMNS if column in filled}
    return filled.assign(obs_status=statuses, **words)


def sources_of(edition: Edition, rows: pd.DataFrame) -> tuple[Source, ...]:
    """All sources behind the rows' values, those of most rows first."""
    codes = pd.Series(
        [
            code
            for cell in rows.loc[rows["obs_value"].notna(), "source_ids"]
            for code in split_codes(cell)
        ],
        dtype=object,
    )
    return edition.vocabulary.sources_of(pd.DataFrame({"source_id": codes}))


def short_name(source: Source) -> str:
    """Who published, without what stands in brackets: the full citation is under the figure."""
    return source.publisher.partition(" (")[0]


def caveats_of(edition: Edition, rows: pd.DataFrame) -> tuple[Label, ...]:
    """The caveats of the rows, those of many rows first, so that the reader meets them first."""
    counts = pd.Series(
        [code for cell in rows["caveat"] for code in split_codes(cell)], dtype=object
    )
    ordered = counts.value_counts(sort=True)
    codes = sorted(ordered.index, key=lambda code: -ordered[code])
    return tuple(edition.vocabulary.caveat(code) for code in codes)


def area_label(edition: Edition, code: str) -> Label:
    """The area's name; the own region has one in each language."""
    if code == edition.ref_area:
        return region_label(edition.descriptor)
    name = edition.vocabulary.area_name(code)
    return Label(name, name)


def value_words(value: float, measure: Measure) -> Statement:
    """A value of the measure with its unit."""
    return written_number(value, measure.indicator)


def method_label(edition: Edition, rows: pd.DataFrame) -> Label | None:
    """What the method behind the values is called, when it is one."""
    valued = rows[rows["obs_value"].notna()]
    if valued["method"].nunique() != 1:
        return None
    return edition.vocabulary.source(str(valued["source_id"].mode()[0])).method_name


def notes_on_rows(
    edition: Edition, rows: MapRows, measure: Measure, period: str
) -> tuple[Statement, ...]:
    """Why some values are not on the map: another method, an impossible pair."""
    other = rows_of(rows, measure, period, part="other_methods")
    other = other[other["obs_value"].notna()]
    notes = []
    if len(other):
        names = [
            edition.vocabulary.source(code).method_name for code in _distinct(other["source_id"])
        ]
        values = {"n": len(other), "methods": listed(_distinct(names))}
        notes.append(Statement("agriculture.note.other_method", values))
    impossible = rows.impossible
    impossible = impossible[(impossible["item"] == measure.item) & (impossible["period"] == period)]
    if len(impossible) and measure.indicator.code == "yield":
        areas = listed([area_label(edition, code) for code in impossible["ref_area"]])
        notes.append(Statement("agriculture.note.impossible", {"areas": areas}))
    return tuple(notes)


def _distinct(values: Iterable) -> list:
    return list(dict.fromkeys(values))
