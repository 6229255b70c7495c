"""What was found in an office's file, kept beside its batch."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, insert, select

from analytics.ledger.rows import bytes_as_frame, frame_as_bytes
from analytics.ledger.tables import batch_reports

PLACE_COLUMNS = ("place", "place_name", "kind", "ref_area", "source_id")


@dataclass(frozen=True)
class BatchReport:
    """The report of checks of a batch.

    `facts`: layout, row_count, refused_count, warnings, accepted_warnings (the reason given),
    places (those the file named first). `findings` and `refused` are frames in the columns of
    ingest: FINDING_COLUMNS, ROW_COLUMNS.
    """

    facts: Mapping[str, object]
    findings: pd.DataFrame
    refused: pd.DataFrame


def add_report(connection: Connection, batch_id: int, report: BatchReport) -> None:
    """Keeps the report of a batch."""
    connection.execute(
        insert(batch_reports).values(
            batch_id=batch_id,
            facts=json.dumps(report.facts, sort_keys=True),
            findings=frame_as_bytes(report.findings),
            refused=frame_as_bytes(report.refused),
        )
    )


def report_of(connection: Connection, batch_id: int) -> BatchReport | None:
    """The report of a batch; None for one that came with a pack."""
    row = connection.execute(
        select(batch_reports).where(batch_reports.c.batch_id == batch_id)
    ).one_or_none()
    if row is None:
        return None
    return BatchReport(
        json.loads(row.facts), bytes_as_frame(row.findings), bytes_as_frame(row.refused)
    )


def facts_of(connection: Connection, batch_ids: Sequence[int]) -> dict[int, Mapping[str, object]]:
    """The counts of each batch that has a report."""
    query = select(batch_reports.c.batch_id, batch_reports.c.facts).where(
        batch_reports.c.batch_id.in_(batch_ids)
    )
    return {row.batch_id: json.loads(row.facts) for row in connection.execute(query)}


def new_places(connection: Connection, batch_ids: Sequence[int]) -> pd.DataFrame:
    """Places that the batches named first, in PLACE_COLUMNS, by batch in the order given."""
    facts = facts_of(connection, batch_ids)
    rows = [place for number in batch_ids for place in facts.get(number, {}).get("places", ())]  # type: ignore[attr-defined]
    return pd.DataFrame(rows, columns=list(PLACE_COLUMNS))
