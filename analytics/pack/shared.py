"""Words that all regions share (measures of planting, hotels, budgets …); a pack's row wins.

They lie in `analytics/pack/vocabulary`. A dataset can so come in before a pack names its codes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

import pandas as pd

from analytics.pack.reader import read_text_table

VOCABULARY = Path(__file__).with_name("vocabulary")
# Tables that every region shares, with the column of their codes.
COMMON_TABLES = {
    "commodities": "item",
    "indicators": "indicator",
    "units": "unit",
    "caveats": "caveat",
}
# Codes in a shared row that need a row of their own.
NAMED_WITHIN = {"indicators": ("numerator", "denominator"), "units": ("base_unit",)}


@cache
def shared_rows(name: str) -> pd.DataFrame:
    """The shared rows of a table, every cell text; not to be changed."""
    return read_text_table(VOCABULARY / f"{name}.csv")


def with_common(
    tables: Mapping[str, pd.DataFrame], used: Mapping[str, Collection[str]] | None = None
) -> dict[str, pd.DataFrame]:
    """The region's tables, and below them the shared rows whose codes they lack.

    `used` names by table the codes that are wanted, and what these name themselves; by default
    all are.
    """
    completed = dict(tables)
    for name, code in COMMON_TABLES.items():
        own, shared = tables[name], shared_rows(name)
        lacking = shared[~shared[code].isin(own[code])]
        if used is not None:
            lacking = lacking[lacking[code].isin(_with_named(shared, name, used.get(name, ())))]
        if lacking.empty and used is not None:
            continue
        joined = pd.concat([own, lacking], ignore_index=True)
        completed[name] = joined[[*own.columns, *shared.columns.difference(own.columns)]].fillna("")
    return completed


def _with_named(shared: pd.DataFrame, name: str, codes: Collection[str]) -> set[str]:
    rows = shared[shared[COMMON_TABLES[name]].isin(codes)]
    return {*codes, *(code for column in NAMED_WITHIN.get(name, ()) for code in rows[column])}
