"""Rows that a confirmation in force covers: they count from then on, and say that they do."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection

from analytics.ledger.batches import rows_as_entered
from analytics.observations.status import UNVERIFIED_CAVEAT, ObsStatus
from analytics.observations.table import KEY_COLUMNS, PUBLISHED

COMPARED = [*KEY_COLUMNS, "obs_value"]


def is_unverified(rows: pd.DataFrame) -> pd.Series:
    """Which rows do not count until somebody confirms them."""
    from_unverified = rows["caveat"].fillna("").str.contains(UNVERIFIED_CAVEAT, regex=False)
    return (rows["obs_status"] == ObsStatus.UNVERIFIED.value) | from_unverified


def with_confirmations(
    frame: pd.DataFrame, connection: Connection, batch_ids: Sequence[int]
) -> pd.DataFrame:
    """Rows of a dataset with the status that the confirmations give them, the last one counting.

    A confirmation counts only for a row that still has the value that was confirmed.
    """
    waiting = is_unverified(frame) & (frame["row_state"] == PUBLISHED)
    if not batch_ids or not waiting.any():
        return frame
    said = pd.concat([rows_as_entered(connection, number) for number in batch_ids])
    newest = said.set_index(_keys(said))
    newest = newest[~newest.index.duplicated(keep="last")]
    at = newest.index.get_indexer(_keys(frame[waiting]))
    found = frame.index[waiting][at >= 0]
    changed = frame.copy()
    for column in ("obs_status", "caveat"):
        changed.loc[found, column] = newest[column].to_numpy()[at[at >= 0]]
    return changed


def _keys(rows: pd.DataFrame) -> pd.MultiIndex:
    """Key and value as text, so that missing ones are equal to missing ones."""
    return pd.MultiIndex.from_frame(rows[COMPARED].astype(str))
