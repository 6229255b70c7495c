"""Builds a dataset's published table from what the ledger holds as entered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection

from analytics.editions.confirmed import with_confirmations
from analytics.ledger.batches import ActiveBatch, corrections_of, rows_as_entered
from analytics.observations.keys import key_numbers, sorted_positions
from analytics.observations.status import ObsStatus
from analytics.observations.table import (
    EDITION_COLUMNS,
    KEY_COLUMNS,
    PUBLISHED,
    REJECTED,
    REPEATED,
    in_edition_types,
    join_codes,
    key_columns,
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
    connection: Connection,
    data: Sequence[ActiveBatch],
    corrections: Sequence[ActiveBatch],
    confirmations: Sequence[ActiveBatch] = (),
) -> pd.DataFrame:
    """The dataset's rows in edition columns, sorted; of a key the value published last counts.

    `data` and `confirmations` stand in the order of publication.
    """
    frame = _newest_of_each_key(
        pd.concat(
            [_rows_of(connection, batch, _corrections_for(batch, corrections)) for batch in data],
            ignore_index=True,
        ),
        [batch.batch_id for batch in data],
    )
    frame = with_confirmations(frame, connection, [batch.batch_id for batch in confirmations])
    order = sorted_positions(frame, SORT_COLUMNS)
    # Column by column: of a million rows there is no room for a second copy of all columns.
    return in_edition_types(
        {name: frame.pop(name).iloc[order].reset_index(drop=True) for name in EDITION_COLUMNS},
    )


def _corrections_for(batch: ActiveBatch, corrections: Sequence[ActiveBatch]) -> list[int]:
    """An office's file carries its own corrections; those of the pack are for the pack's file."""
    return [c.batch_id for c in corrections] if batch.is_of_pack else [batch.batch_id]


def _rows_of(
    connection: Connection, batch: ActiveBatch, correction_ids: Sequence[int]
) -> pd.DataFrame:
    rows = rows_as_entered(connection, batch.batch_id)
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
    dated = rows.assign(period_start=rows["period_start"].dt.date)
    wide = dated.pivot(
        index=["source_row", "ref_area", "period_start"], columns="item", values="raw_value"
    )
    names = {"source_row": "row_id", "ref_area": "area_code", "period_start": "date"}
    items = list(settings["items"])  # type: ignore[call-overload]
    return wide[items].reset_index().rename(columns=names)


def _newest_of_each_key(frame: pd.DataFrame, in_order: Sequence[int]) -> pd.DataFrame:
    """Published rows give way to those of a batch published later; rows of one batch all stay."""
    if len(in_order) == 1 or frame.empty:
        return frame
    position = frame["batch_id"].map({number: at for at, number in enumerate(in_order)})
    is_published = (frame["row_state"] == PUBLISHED).to_numpy()
    key = key_columns(str(frame["dataset"].iat[0]))
    keys = pd.Series(key_numbers(frame, key), index=frame.index)[is_published]
    newest = position[is_published].groupby(keys).transform("max")
    outdated = newest.index[position[is_published] < newest]
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
