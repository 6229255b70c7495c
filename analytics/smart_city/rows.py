"""Rows of programmes in an edition, and the reference tables that stand beside them.

A pack may lack any of these tables; what is asked of it is then empty, never an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.result import Label, Period, Source
from analytics.observations.table import EDITION_COLUMNS, split_codes
from analytics.smart_city.scheme import INDICES, OVERARCHING

SMART_CITY, PERFORMANCE, BUDGET = "smart_city", "performance", "budget"
DATASETS = (SMART_CITY, PERFORMANCE, BUDGET)
YEAR = "A"
PROGRAMME_COLUMNS = (
    "item", "name_id", "name_en", "dimension", "sub_dimension", "pillar_id", "pillar_en",
    "quick_win_year", "result_indicator", "owner",
)  # fmt: skip
TEXT = "text"


def reference(edition: Edition, name: str, columns: Sequence[str]) -> pd.DataFrame:
    """A reference table, every cell text; empty where the pack has none, columns always there."""
    tables = edition.vocabulary.tables
    found = tables[name] if name in tables else pd.DataFrame()
    return found.reindex(columns=list(columns), fill_value="").fillna("").reset_index(drop=True)


def programmes(edition: Edition, *, with_overarching: bool = False) -> pd.DataFrame:
    """Programmes of the region with dimension, owner and measure, in the pack's order.

    Masterplan, evaluation and the like, and what is measured by an index of the region as a
    whole, come only `with_overarching`.
    """
    table = reference(edition, "programmes", PROGRAMME_COLUMNS)
    if with_overarching:
        return table
    is_index = table["result_indicator"].isin(INDICES)
    return table[(table["dimension"] != OVERARCHING) & ~is_index]


def own_rows(edition: Edition, dataset: str, **equal_to: str | Sequence[str]) -> pd.DataFrame:
    """Rows of the region as a whole, one source for each quantity, oldest first.

    A further column `year`. Empty when the edition has no such dataset.
    """
    if dataset not in edition.datasets:
        return pd.DataFrame(columns=[*EDITION_COLUMNS, "year"])
    wanted: dict[str, Any] = {"ref_area": edition.ref_area, "place": "", **equal_to}
    found = edition.preferred(edition.observations(dataset, **wanted))
    ordered = found.sort_values(
        ["period_start", "period_end", "item", "indicator"], kind="stable", ignore_index=True
    )
    return ordered.assign(year=ordered["period_start"].dt.year)


def yearly(edition: Edition, dataset: str, **equal_to: str | Sequence[str]) -> pd.DataFrame:
    """The region's rows of whole years."""
    return own_rows(edition, dataset, freq=YEAR, **equal_to).astype({"year": "Int64"})


def has_anything(edition: Edition) -> bool:
    """Whether the pack knows of any programme or any figure of one."""
    return len(programmes(edition, with_overarching=True)) > 0 or bool(
        set(DATASETS) & set(edition.datasets)
    )


def programme_labels(edition: Edition) -> dict[str, Label]:
    """Names of programmes by code."""
    table = programmes(edition, with_overarching=True)
    return {row["item"]: Label(row["name_id"], row["name_en"]) for row in table.to_dict("records")}


def sources_of(edition: Edition, rows: pd.DataFrame) -> tuple[Source, ...]:
    """Sources of the rows, those of most rows first."""
    if "source_id" not in rows or rows.empty:
        return ()
    return edition.vocabulary.sources_of(rows[rows["source_id"].fillna("") != ""])


def caveats_of(edition: Edition, rows: pd.DataFrame, dataset: str = "") -> tuple[Label, ...]:
    """Caveats of the dataset as a whole, then those of the rows."""
    of_dataset = [
        code
        for resource in edition.descriptor["resources"]  # type: ignore[attr-defined]
        if resource.get("sejahtera", {}).get("dataset") == dataset
        for code in resource["sejahtera"].get("caveats", [])
    ] if dataset else []  # fmt: skip
    cells = rows["caveat"].fillna("") if "caveat" in rows else []
    codes = dict.fromkeys([*of_dataset, *(c for cell in cells for c in split_codes(cell))])
    return tuple(edition.vocabulary.caveat(code) for code in codes)


def year_period(years: Sequence[int]) -> Period:
    """From the first day of the first year to the last day of the last; open without years."""
    if not len(years):
        return Period(None, None)
    first, last = pd.Timestamp(min(years), 1, 1), pd.Timestamp(max(years), 12, 31)
    return Period(first.date(), last.date(), YEAR)


def with_year_period(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with `period_start`, `period_end` and `freq` of its column `year`."""
    years = frame["year"].astype(int)
    return frame.assign(
        period_start=[pd.Timestamp(year, 1, 1) for year in years],
        period_end=[pd.Timestamp(year, 12, 31) for year in years],
        freq=YEAR,
    )
