"""Yearly figures of the whole region: one row a year, unknown years as missing rows."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.observations.status import ObsStatus
from analytics.tourism.rows import YEAR, region_rows

TOTAL, TARGET = "visits", "visits_target"
FOREIGN, DOMESTIC = "visits_foreign", "visits_domestic"
SHOWN = ["ref_area", "indicator", "year", "period_start", "period_end", "freq", "obs_value",
         "obs_status", "unit", "source_id", "caveat"]  # fmt: skip


def yearly(
    edition: Edition, dataset: str, indicator: str, *, with_unverified: bool = False
) -> pd.DataFrame:
    """One row a year of one indicator for the whole region, oldest first."""
    rows = region_rows(
        edition, dataset, with_unverified=with_unverified, indicator=indicator, freq=YEAR
    )
    return rows.drop_duplicates("year", keep="first")[SHOWN].reset_index(drop=True)


def with_gaps(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with a missing row for every year between the first and the last."""
    if rows.empty:
        return rows
    years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
    gaps = [year_row(rows.iloc[0], year) for year in years if year not in set(rows["year"])]
    return pd.concat([rows, pd.DataFrame(gaps, columns=SHOWN)] if gaps else [rows]).sort_values(
        "year", kind="stable", ignore_index=True
    )


def year_row(like: pd.Series, year: int, **values: object) -> dict[str, object]:
    empty = {"obs_value": float("nan"), "obs_status": ObsStatus.MISSING.value, "source_id": "",
             "caveat": ""}  # fmt: skip
    span = {"period_start": pd.Timestamp(year, 1, 1), "period_end": pd.Timestamp(year, 12, 31)}
    return {**like[SHOWN].to_dict(), **empty, **span, "year": year, **values}


def newest(frame: pd.DataFrame) -> pd.Series | None:
    """The newest row with a value, or None."""
    known = frame[frame["obs_value"].notna()]
    return known.iloc[-1] if len(known) else None
