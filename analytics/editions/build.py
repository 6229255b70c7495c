"""Builds a dataset's published table from what the ledger holds as entered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection

from analytics.ledger.batches import ActiveBatch, corrections_of, rows_as_entered
from analytics.observations.status import ObsStatus
from analytics.observations.table import (
    KEY_COLUMNS,
    PUBLISHED,
    REJECTED,
    REPEATED,
    in_edition_types,
    join_codes,
)
from analytics.pack.layouts import as_published
from analytics.pack.slips import clean_wide_daily

SORT_COLUMNS = (*KEY_COLUMNS, "batch_id", "source_row")


@dataclass(frozen=True)
class DatasetCounts:
    """What became of the rows of a dataset; values = published + repeated + rejected."""

    rows: int
    values: int
    corrected: int
    missing: int
    repeated: int
    rejected: int


def build_dataset(
    connection: Connection, data: Sequence[ActiveBatch], corrections: Sequence[ActiveBatch]
) -> pd.DataFrame:
    """The dataset's rows in edition columns, sorted; the newest batch's value of a key wins."""
    correction_ids = [batch.batch_id for batch in corrections]
    parts = [_rows_of(connection, batch, correction_ids) for batch in data]
    frame = in_edition_types(pd.concat(parts, ignore_index=True))
    return _newest_of_each_key(frame).sort_values(list(SORT_COLUMNS), ignore_index=True)


def _rows_of(
    connection: Connection, batch: ActiveBatch, correction_ids: Sequence[int]
) -> pd.DataFrame:
    rows = rows_as_entered(connection, [batch.batch_id])
    rows = rows.assign(raw_value=rows["obs_value"])
    if batch.settings.get("layout") != "wide_daily":
        return as_published(rows)
    return _clean_daily(rows, corrections_of(connection, correction_ids), batch.settings)


def _clean_daily(
    rows: pd.DataFrame, corrections: pd.DataFrame, settings: Mapping[str, object]
) -> pd.DataFrame:
    """Daily reports after corrections and rules: values, statuses and states per raw row."""
    rules: Mapping[str, object] = settings.get("rules_content") or {}  # type: ignore[assignment]
    cleaned = clean_wide_daily(wide_daily(rows, settings), corrections, rules)
    cleaned = cleaned.rename(columns={"row_id": "source_row", "caveat": "found_caveat"})
    outcome = ["obs_value", "obs_status", "found_caveat", "correction", "row_state", "row_reason"]
    joined = rows.drop(columns=["obs_value", "obs_status"]).merge(
        cleaned[["source_row", "item", *outcome]],
        on=["source_row", "item"], how="left", validate="one_to_one",
    )  # fmt: skip
    caveats = [
        join_codes(*pair) for pair in zip(joined["caveat"], joined["found_caveat"], strict=True)
    ]
    return joined.assign(caveat=caveats)


def wide_daily(rows: pd.DataFrame, settings: Mapping[str, object]) -> pd.DataFrame:
    """Raw daily rows as they stood in the file: one row a report, one column an item."""
    wide = rows.pivot(
        index=["source_row", "ref_area", "period_start"], columns="item", values="raw_value"
    )
    names = {"source_row": "row_id", "ref_area": "area_code", "period_start": "date"}
    items = list(settings["items"])  # type: ignore[call-overload]
    return wide[items].reset_index().rename(columns=names)


def _newest_of_each_key(frame: pd.DataFrame) -> pd.DataFrame:
    """Published rows of an older batch give way to a newer batch's; rows of one batch all stay."""
    published = frame[frame["row_state"] == PUBLISHED]
    newest = published.groupby(list(KEY_COLUMNS), dropna=False)["batch_id"].transform("max")
    outdated = published.index[published["batch_id"] < newest]
    return frame.drop(index=outdated)


def count(frame: pd.DataFrame) -> DatasetCounts:
    """Counts of a built dataset."""
    states = frame["row_state"].value_counts()
    published = frame[frame["row_state"] == PUBLISHED]
    return DatasetCounts(
        rows=int(frame.groupby("batch_id")["source_row"].nunique().sum()),
        values=len(frame),
        corrected=int((published["correction"] != "").sum()),
        missing=int((published["obs_status"] == ObsStatus.MISSING).sum()),
        repeated=int(states.get(REPEATED, 0)),
        rejected=int(states.get(REJECTED, 0)),
    )


def rejected_rows(frame: pd.DataFrame) -> list[tuple[int, str]]:
    """Row number and reason of each rejected source row."""
    rejected = frame[frame["row_state"] == REJECTED]
    pairs = rejected[["source_row", "row_reason"]].drop_duplicates()
    return [(int(row.source_row), str(row.row_reason)) for row in pairs.itertuples()]
