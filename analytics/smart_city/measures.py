"""Baseline, target and result of programmes, and their money, from whichever table has them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analytics.editions.edition import Edition
from analytics.smart_city.rows import BUDGET, PERFORMANCE, SMART_CITY, programmes, yearly

BASELINE, TARGET, REALISED = "baseline", "target", "realised"
PARTS: tuple[str, ...] = (BASELINE, TARGET, REALISED)
PERFORMANCE_PARTS: Mapping[str, str] = {f"performance_{part}": part for part in PARTS}
SUFFIXES: Mapping[str, str] = {BASELINE: "_baseline", TARGET: "_target", REALISED: ""}
CEILING, REVISED, SPENT = "budget_ceiling", "budget_revised", "budget_realised"
BUDGET_PARTS: tuple[str, ...] = (CEILING, REVISED, SPENT)
COLUMNS = ("item", "part", "year", "obs_value", "unit", "obs_status", "source_id", "caveat")


def measure_rows(edition: Edition) -> pd.DataFrame:
    """One row a programme, part (baseline, target, realised) and year.

    From the offices' table `performance`; where that says nothing, from the pack's Smart City
    figures of the programme's result indicator, its `_baseline` and `_target`.
    """
    reported = yearly(edition, PERFORMANCE, indicator=tuple(PERFORMANCE_PARTS))
    reported = reported.assign(part=reported["indicator"].map(PERFORMANCE_PARTS))
    parts = [part.reindex(columns=list(COLUMNS)) for part in (reported, _known(edition))]
    joined = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    first = joined.drop_duplicates(["item", "part", "year"], keep="first")
    return first.sort_values(["item", "part", "year"], kind="stable", ignore_index=True)


def _known(edition: Edition) -> pd.DataFrame:
    """Figures of result indicators in the pack's own table."""
    table = programmes(edition)
    wanted = {
        (item, f"{code}{suffix}"): part
        for item, code in zip(table["item"], table["result_indicator"], strict=True)
        if code
        for part, suffix in SUFFIXES.items()
    }
    rows = yearly(edition, SMART_CITY, indicator=tuple({code for _, code in wanted}))
    keys = list(zip(rows["item"], rows["indicator"], strict=True))
    rows = rows.assign(part=[wanted.get(key, "") for key in keys])
    return rows[rows["part"] != ""]


def budget_rows(edition: Edition) -> pd.DataFrame:
    """Budgets and spending of programmes by year, in IDR."""
    rows = yearly(edition, BUDGET, indicator=BUDGET_PARTS)
    return rows[rows["item"].isin(programmes(edition)["item"])].reset_index(drop=True)


def budgets(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a programme and year with the three amounts as columns; missing stays missing."""
    wide = rows.pivot_table(
        index=["item", "year"], columns="indicator", values="obs_value", dropna=False
    )
    return wide.reindex(columns=list(BUDGET_PARTS)).astype(float).dropna(how="all").reset_index()


def newest_measures(rows: pd.DataFrame) -> pd.DataFrame:
    """For each programme the newest result, and the baseline and target that belong to it.

    Columns: baseline, target, realised, year (of the result, of the target where none is known),
    target_year, unit, obs_status, source_id. The target is that of the result's year, else the
    next one after it, else the last one. Figures in another unit than the result's are left out.
    """
    found = [_newest(group) | {"item": item} for item, group in rows.groupby("item", sort=False)]
    columns = ["item", *PARTS, "year", "target_year", "unit", "obs_status", "source_id"]
    return pd.DataFrame(found, columns=columns).set_index("item")


def _newest(group: pd.DataFrame) -> dict[str, object]:
    known = group[group["obs_value"].notna()]
    results = known[known["part"] == REALISED]
    row = (results if len(results) else known).iloc[-1] if len(known) else group.iloc[-1]
    same = known[known["unit"] == row["unit"]]
    year = int(row["year"])
    targets = same[same["part"] == TARGET]
    target = _target_of(targets, year)
    baselines = same[same["part"] == BASELINE]
    return {
        "baseline": baselines["obs_value"].iloc[-1] if len(baselines) else np.nan,
        "target": target["obs_value"] if target is not None else np.nan,
        "realised": row["obs_value"] if len(results) else np.nan,
        "year": year,
        "target_year": int(target["year"]) if target is not None else pd.NA,
        "unit": row["unit"],
        "obs_status": row["obs_status"],
        "source_id": row["source_id"],
    }


def _target_of(targets: pd.DataFrame, year: int) -> pd.Series | None:
    if targets.empty:
        return None
    later = targets[targets["year"] >= year]
    return later.iloc[0] if len(later) else targets.iloc[-1]
