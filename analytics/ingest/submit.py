"""A checked file becomes a submitted batch: bytes, rows, report and settings in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath

import pandas as pd
from sqlalchemy import Engine

from analytics.ingest.checking import CheckReport, Progress
from analytics.ingest.checks.slips import as_entered, known_rules
from analytics.ingest.datasets import dataset_form
from analytics.ingest.findings import Severity
from analytics.ingest.layouts import producer_daily_wide
from analytics.ingest.region import Region
from analytics.ledger.batches import NewBatch, add_batch, add_corrections, add_row_bytes
from analytics.ledger.desk import DATASET_ROLE, LONGEST_WORDS, DeskRefused, named, same_file
from analytics.ledger.exclusive import exclusive
from analytics.ledger.reports import BatchReport, add_report
from analytics.ledger.rows import rows_as_bytes
from analytics.observations.table import PACK_COLUMNS
from analytics.pack.slips import propose_corrections

STEPS = ("packing", "storing")


@dataclass(frozen=True)
class Wish:
    """What the officer said beside the file.

    `accepted_warnings` is the reason why warnings are right, `only_accepted` leaves refused rows
    out, `settings` is how the file was to be read (area, source, profile).
    """

    submitted_by: str
    note: str = ""
    accepted_warnings: str = ""
    only_accepted: bool = False
    settings: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Submission:
    """The batch that holds the file; not new where the same bytes had been brought before."""

    batch_id: int
    is_new: bool
    rows: int


def submit(
    engine: Engine,
    report: CheckReport,
    content: bytes,
    wish: Wish,
    *,
    region: Region,
    now: datetime,
    on_progress: Progress = lambda _done, _total, _name: None,
) -> Submission:
    """Keeps the file as a batch that waits to be published. All of it or nothing.

    Raises DeskRefused: refused rows, warnings without a reason, no source, nameless.
    """
    person = named(wish.submitted_by)
    content, file = kept_content(report, content)
    sha256 = hashlib.sha256(content).hexdigest()
    with engine.connect() as connection:
        known = same_file(connection, dataset=report.dataset, sha256=sha256)
    if known:
        return Submission(known.batch_id, False, known.row_count)
    accepted = report.accepted
    may_be_kept(report, accepted, wish, region)
    on_progress(0, len(STEPS), STEPS[0])
    rows = rows_as_bytes(_as_stored(report, accepted))
    corrections = _corrections(report, accepted, region)
    kept = BatchReport(_facts(report, wish, accepted), report.findings, _refused(report))
    on_progress(1, len(STEPS), STEPS[1])
    with exclusive(engine) as connection:
        known = same_file(connection, dataset=report.dataset, sha256=sha256)
        if known:
            return Submission(known.batch_id, False, known.row_count)
        batch = _batch(report, file, content, sha256, wish, region)
        batch_id = add_batch(connection, batch, submitted_by=person, submitted_at=now)
        add_row_bytes(connection, batch_id, rows, row_count=len(accepted))
        add_corrections(connection, batch_id, corrections)
        add_report(connection, batch_id, kept)
    on_progress(len(STEPS), len(STEPS), "")
    return Submission(batch_id, True, len(accepted))


def kept_content(report: CheckReport, content: bytes) -> tuple[bytes, str]:
    """The bytes and the name of the file that are kept.

    Of files that hold words of people only the rows as they would be stored are kept, as CSV:
    names, handles and whatever else stood in other columns never reach the ledger.
    """
    if not dataset_form(report.dataset).drops_people:
        return content, report.file
    rows = report.rows[list(PACK_COLUMNS)]
    written = rows.to_csv(index=False, lineterminator="\n", float_format="%.15g").encode("utf-8")
    return written, f"{PurePath(report.file).stem}.csv"


def may_be_kept(report: CheckReport, accepted: pd.DataFrame, wish: Wish, region: Region) -> None:
    """Raises DeskRefused with the first reason why the file cannot be kept as it is."""
    warnings = report.count(Severity.WARNING)
    if not report.is_clean and not wish.only_accepted:
        raise DeskRefused("rows_refused", n=report.refused_count)
    if accepted.empty:
        raise DeskRefused("nothing_accepted", file=report.file)
    if warnings and not wish.accepted_warnings.strip():
        raise DeskRefused("warnings", n=warnings)
    sourceless = int((accepted["source_id"] == "").sum())
    if sourceless:
        raise DeskRefused("source_missing", n=sourceless)
    unknown = sorted(set(accepted["source_id"].unique()) - region.sources)
    if unknown:
        raise DeskRefused("source_unknown", source=unknown[0])


def _as_stored(report: CheckReport, accepted: pd.DataFrame) -> dict[str, pd.Series]:
    """Accepted rows, each with a number of its own: its place in the report, counted from 1.

    Daily tables keep the number of the report's row in the sheet: the rules of daily entries see
    a report as one row of many commodities.
    """
    is_daily = report.layout == producer_daily_wide.NAME
    numbers = accepted["row"] if is_daily else accepted.index + 1
    columns: dict[str, pd.Series] = dict(accepted.items())
    return {**columns, "source_row": pd.Series(numbers, index=accepted.index)}


def _batch(
    report: CheckReport, file: str, content: bytes, sha256: str, wish: Wish, region: Region
) -> NewBatch:
    return NewBatch(
        dataset=report.dataset,
        role=DATASET_ROLE,
        file_name=file[-255:],
        sha256=sha256,
        content=content,
        settings={**wish.settings, **_daily_settings(report, region)},
        reader=report.layout,
        note=wish.note.strip()[:LONGEST_WORDS],
    )


def _daily_settings(report: CheckReport, region: Region) -> dict[str, object]:
    """How the rules of daily entries read the rows when an edition is built."""
    if report.layout != producer_daily_wide.NAME:
        return {}
    accepted = report.accepted
    items = list(dict.fromkeys(accepted["item"]))
    return {
        "layout": "wide_daily",
        "items": items,
        "rules_content": known_rules(set(items), region),
    }


def _corrections(report: CheckReport, accepted: pd.DataFrame, region: Region) -> pd.DataFrame:
    """What the rules of daily entries correct in this file, each with its reason and guard."""
    if report.layout != producer_daily_wide.NAME:
        return pd.DataFrame(columns=["row_id", "raw_value", "corrected_value"])
    return propose_corrections(
        as_entered(accepted), rules=known_rules(set(accepted["item"]), region)
    )


def _refused(report: CheckReport) -> pd.DataFrame:
    return report.rows[report.rows["is_refused"]].drop(columns="is_refused")


def _facts(report: CheckReport, wish: Wish, accepted: pd.DataFrame) -> dict[str, object]:
    return {
        "layout": report.layout,
        "row_count": len(report.rows),
        "refused_count": report.refused_count,
        "warnings": report.count(Severity.WARNING),
        "accepted_warnings": wish.accepted_warnings.strip()[:LONGEST_WORDS],
        "places": _new_places(report, accepted),
        "connector": str(wish.settings.get("connector", "")),
    }


def _new_places(report: CheckReport, accepted: pd.DataFrame) -> list[dict[str, str]]:
    """Places that the file names first, with the name as it is written there."""
    told = report.findings[report.findings["kind"] == "place_new"].drop_duplicates("expected")
    if told.empty:
        return []
    rows = accepted.drop_duplicates("place").set_index("place")
    kind = dataset_form(report.dataset).place_kind
    return [
        {
            "place": code,
            "place_name": name,
            "kind": kind,
            "ref_area": str(rows.at[code, "ref_area"]),
            "source_id": str(rows.at[code, "source_id"]),
        }
        for name, code in zip(told["found"], told["expected"], strict=True)
        if code in rows.index
    ]
