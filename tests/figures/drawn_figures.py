"""Figures small enough to check by eye, with names as long as a pack may hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from analytics.figures.figure import Column, Figure, Kind
from analytics.figures.result import Label, Source, Statement
from tests.figures.drawn_map import drawn_result

LONG_NAME = "Kelompok Tani Sumber Makmur Sejahtera Desa Karangrejo Kecamatan Garum"
EVIL = '<script>alert("1")</script>'
MONTHS = tuple(pd.date_range("2023-01-01", periods=14, freq="MS"))
SOURCE = Source(
    source_id="bps",
    title="Produksi Padi Menurut Kabupaten/Kota (Ton), bulanan dan tahunan",
    publisher="BPS Provinsi Jawa Timur",
    year="2024",
    url="https://example.org/padi",
    licence=Label("CC BY 4.0", "CC BY 4.0"),
    method="ksa",
    method_name=Label("Kerangka Sampel Area", "Area sampling frame"),
)


def names_of(column: str, **names: str) -> dict[str, dict[str, Label]]:
    """The same names in both languages."""
    return {column: {code: Label(name, name) for code, name in names.items()}}


def line_figure(*, is_training: bool = False, **names: str) -> Figure:
    """One line a name over fourteen months, in tonnes."""
    rows = [
        {"ref_area": code, "period_start": month, "period_end": month + pd.offsets.MonthEnd(),
         "freq": "M", "obs_value": 100.0 + 10 * position + month.month, "obs_status": "A"}
        for position, code in enumerate(names)
        for month in MONTHS
    ]  # fmt: skip
    return drawn_figure(
        rows,
        kind=Kind.LINE,
        series="ref_area",
        names=names_of("ref_area", **names),
        is_training=is_training,
    )


def bar_figure(kind: Kind = Kind.BARS, **names: str) -> Figure:
    """One bar a name, in tonnes."""
    rows = [
        {"ref_area": code, "obs_value": 50.0 + 7 * position, "obs_status": "A"}
        for position, code in enumerate(names)
    ]
    return drawn_figure(rows, kind=kind, category="ref_area", names=names_of("ref_area", **names))


def table_figure(**names: str) -> Figure:
    """One row a name, in tonnes, with its kind of area and the last value provisional."""
    figure = bar_figure(Kind.TABLE, **names)
    frame = figure.frame.assign(kind=["Desa", *["Kota"] * (len(names) - 1)])
    frame.loc[frame.index[-1], "obs_status"] = "P"
    column = Column("kind", Label("Jenis", "Kind"), style="text")
    return replace(figure, result=replace(figure.result, frame=frame), columns=(column,))


def event_figure(*events: str) -> Figure:
    """Events of successive months, the last one estimated."""
    rows = [
        {"period_start": month, "period_end": month + pd.offsets.MonthEnd(), "freq": "M",
         "obs_text": event, "obs_value": float("nan"), "obs_status": "A", "indicator": "brand"}
        for month, event in zip(MONTHS, events, strict=False)
    ]  # fmt: skip
    rows[-1]["obs_status"] = "E"
    return drawn_figure(rows, kind=Kind.TIMELINE, series="indicator",
                        names=names_of("indicator", brand="Merek"))  # fmt: skip


def drawn_figure(
    rows: Sequence[Mapping[str, Any]], *, kind: Kind, is_training: bool = False, **options: Any
) -> Figure:
    """A figure of these rows, with a source and, if asked for, of a training region."""
    result = drawn_result(rows)
    result = replace(
        result,
        sources=(SOURCE,),
        edition=replace(result.edition, is_training=is_training),
    )
    return Figure(result=result, kind=kind, **options)


def titled(figure: Figure, words: str) -> Figure:
    """The figure with another title and sentence, as a report might give them."""
    told = Statement("figures.picture.source", {"sources": words})
    result = replace(figure.result, title=told, statements=(told,))
    return replace(figure, result=result)
