"""How answers on demand, perception and the brand index are put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analytics.editions.edition import Edition
from analytics.editions.vocabulary import UnknownCode
from analytics.figures.names import in_both
from analytics.figures.result import Indicator, Label, Result, Statement
from analytics.tourism.rows import YEAR, caveats_of, period_of, sources_of

# Fewer people asked than this are not shown: their margin says more than their answer.
FEWEST_ASKED = 30
FRAME_COLUMNS = ("period_start", "period_end", "freq", "obs_value", "obs_status", "source_id",
                 "caveat")  # fmt: skip


def indicator_of(code: str, *, unit: str, decimals: int, better: str = "up") -> Indicator:
    """An indicator computed here; its words stand under `perception.indicator`."""
    return Indicator(
        code=code,
        name=in_both(f"perception.indicator.{code}.name"),
        unit=unit,
        unit_symbol=in_both(f"perception.unit.{unit}"),
        decimals=decimals,
        better=better,
        aggregate="none",
        definition=in_both(f"perception.indicator.{code}.definition"),
    )


def item_label(edition: Edition, item: str) -> Label:
    """The name of an item; its code where the edition has none."""
    try:
        return edition.vocabulary.item_name(item)
    except UnknownCode:
        return Label(item, item)


def answer(
    edition: Edition,
    *,
    name: str,
    frame: pd.DataFrame,
    indicator: Indicator,
    title: Statement,
    statements: Sequence[Statement] = (),
    notes: Sequence[Statement] = (),
    used: pd.DataFrame | None = None,
    parameters: Mapping[str, object] | None = None,
) -> Result:
    """A result whose sources and caveats are those of the rows it was made from (`used`)."""
    rows = frame if used is None else used
    has_rows = len(rows) > 0
    return Result(
        name=name,
        frame=frame,
        indicator=indicator,
        sources=sources_of(edition, rows) if has_rows else (),
        period=period_of(frame) if len(frame) else period_of(nothing()),
        edition=edition.stamp,
        title=title,
        statements=tuple(statements),
        caveats=caveats_of(edition, rows) if has_rows else (),
        notes=tuple(notes),
        parameters=parameters or {},
    )


def nothing(*columns: str) -> pd.DataFrame:
    """An empty frame with the columns of an answer and `columns`."""
    frame = pd.DataFrame(columns=[*FRAME_COLUMNS, *columns])
    moments = dict.fromkeys(("period_start", "period_end"), "datetime64[ns]")
    return frame.astype({**moments, "obs_value": float})


def year_cells(year: int, *, until: pd.Timestamp | None = None) -> dict[str, object]:
    """The period of a whole year, or of the year up to a day."""
    return {
        "period_start": pd.Timestamp(year, 1, 1),
        "period_end": pd.Timestamp(year, 12, 31) if until is None else until,
        "freq": YEAR,
        "year": year,
    }


def ranged(row: pd.Series) -> tuple[float, float, float]:
    """Value, low and high of a row."""
    return float(row["obs_value"]), float(row["low"]), float(row["high"])


def first_code(values: pd.Series) -> str:
    """The commonest code of a column; empty without any."""
    known = values[values != ""]
    return str(known.mode().iloc[0]) if len(known) else ""


def missing_notes(name: str) -> tuple[Statement, Statement]:
    """Why a figure is empty and how to bring what it needs."""
    why = Statement(f"perception.missing.{name}", {"least": FEWEST_ASKED})
    if name == "reviews":  # words come from an export as it is, not from a form
        return why, Statement("perception.missing.cure_reviews")
    template = in_both(f"perception.template.{name}")
    return why, Statement("perception.missing.cure", {"template": template})
