"""Slips in daily producer prices, found by the region's own rules of daily entries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analytics.ingest.checks.check import Check, Outcome, Scene
from analytics.ingest.findings import Severity
from analytics.ingest.region import Region
from analytics.pack.explanations import LEFT_ALONE
from analytics.pack.slips import describe_candidates

DATASET = "farmgate_prices"
MOST_REPORTS = 20_000


def run(rows: pd.DataFrame, scene: Scene) -> Iterator[Outcome]:
    """Suspicious cells with what the rules make of them; nothing is changed here."""
    if scene.form.name != DATASET or rows.empty or rows["row"].nunique() > MOST_REPORTS:
        return
    described = describe_candidates(
        as_entered(rows), rules=known_rules(set(rows["item"]), scene.region)
    )
    found = rows[["row", "item"]].merge(
        described, left_on=["row", "item"], right_on=["row_id", "field"], how="left"
    )
    found.index = rows.index
    is_corrected = found["kind"].notna() & (found["kind"] != LEFT_ALONE)
    is_left = found["kind"] == LEFT_ALONE
    raw, corrected = found["raw_value"].fillna(""), found["corrected_value"].fillna("")
    has_value = is_corrected & (corrected != "")
    yield Outcome("slip_corrected", Severity.WARNING, has_value, raw, corrected)
    yield Outcome("slip_withdrawn", Severity.WARNING, is_corrected & (corrected == ""), raw)
    yield Outcome("slip_suspected", Severity.WARNING, is_left, raw)


def as_entered(rows: pd.DataFrame) -> pd.DataFrame:
    """The daily table again: one row a report, one column an item."""
    items = list(dict.fromkeys(rows["item"]))
    wide = rows.pivot_table(
        index=["row", "ref_area", "period_start"], columns="item", values="obs_value",
        aggfunc="first", dropna=False,
    )  # fmt: skip
    wide = wide[wide.notna().any(axis=1)].reset_index()
    renamed = wide.rename(
        columns={"row": "row_id", "ref_area": "area_code", "period_start": "date"}
    )
    return renamed[["row_id", "area_code", "date", *items]]


def known_rules(items: set[str], region: Region) -> dict[str, object]:
    """The region's rules of daily entries as far as the file has their items."""
    rules: dict[str, Any] = dict(region.rules.get(DATASET, {}))
    for table, keys in (("bases", ("item",)), ("ordered", ("lower", "upper"))):
        entries = rules.get(table, [])
        rules[table] = [entry for entry in entries if {entry[key] for key in keys} <= items]
    rules["caveats"] = []
    rules.pop("label_columns", None)
    return rules


CHECK = Check("slips", run)
