"""A checked file as it is shown: the first rows and findings, and what of it may be mapped.

A file may have a million rows: what is sent to the page is bounded, the whole is checked again
when the file is brought in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, replace

import pandas as pd

from analytics.desk.answers import HowToRead, Look, SheetHead, Unread, refusal
from analytics.ingest.checking import STEPS, CheckReport, Progress, check_book, check_file
from analytics.ingest.door import open_upload
from analytics.ingest.findings import FINDING_COLUMNS, FileRefused, Severity
from analytics.ingest.grids import Book, read_book
from analytics.ingest.profiles import Profile, read_profile, records_of
from analytics.ingest.region import Region
from analytics.ledger.mapping_profiles import SavedProfile

SHOWN_ROWS, SHOWN_FINDINGS = 300, 300
SHOWN_HEAD, SHOWN_COLUMNS, SHOWN_LETTERS = 30, 60, 80
# Refusals after which a person may say what the columns are.
MAY_BE_MAPPED = ("layout", "no_values", "profile", "profile_unfit", "profile_dataset")


def look_at(
    name: str,
    content: bytes,
    how: HowToRead,
    *,
    region: Region,
    saved: Sequence[SavedProfile],
    on_progress: Progress,
) -> Look | Unread:
    """What the file would bring, or why it cannot be read and which saved mappings fit it."""
    on_progress(0, len(STEPS), STEPS[0])
    try:
        book = read_book(open_upload(name, content))
    except FileRefused as refused:
        return Unread(refusal(refused))
    heads, fit = heads_of(book), fitting(book, saved, region)
    try:
        report = check_book(
            book, region=region, dataset=how.dataset, area=how.area, source=how.source,
            profile=_profile(name, how), on_progress=on_progress,
        )  # fmt: skip
    except FileRefused as refused:
        is_mapped = refused.kind in MAY_BE_MAPPED
        return Unread(refusal(refused), heads, fit) if is_mapped else Unread(refusal(refused))
    return replace(shown(report), sheets=heads, fitting=fit)


def checked(
    name: str, content: bytes, how: HowToRead, *, region: Region, on_progress: Progress
) -> CheckReport:
    """The whole report of a file. Raises FileRefused, UnknownDataset."""
    return check_file(
        name, content, region=region, dataset=how.dataset, area=how.area, source=how.source,
        profile=_profile(name, how), on_progress=on_progress,
    )  # fmt: skip


def _profile(name: str, how: HowToRead) -> dict[str, object] | None:
    return asdict(read_profile(how.profile.encode(), name=name)) if how.profile else None


def shown(report: CheckReport) -> Look:
    """The bounded view of a report."""
    return Look(
        file=report.file,
        dataset=report.dataset,
        layout=report.layout,
        row_count=len(report.rows),
        refused_count=report.refused_count,
        counts={severity.value: report.count(severity) for severity in Severity},
        sourceless=int((report.accepted["source_id"] == "").sum()),
        rows=_plain(report.rows.head(SHOWN_ROWS)),
        findings=_plain(report.findings.head(SHOWN_FINDINGS)),
        seen=digest_of(report.findings),
    )


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.reset_index(drop=True)


def digest_of(findings: pd.DataFrame) -> str:
    """A digest of all warnings and errors with their cells, the same for the same findings."""
    told = findings[findings["severity"] != Severity.NOTE.value][list(FINDING_COLUMNS)].astype(str)
    lines = sorted("\t".join(row) for row in told.itertuples(index=False, name=None))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def heads_of(book: Book) -> tuple[SheetHead, ...]:
    """The beginning of every sheet, bounded in rows, columns and letters."""
    return tuple(
        SheetHead(
            grid.sheet,
            tuple(
                tuple(cell[:SHOWN_LETTERS] for cell in row[:SHOWN_COLUMNS])
                for row in grid.head[:SHOWN_HEAD]
            ),
        )
        for grid in book.grids
    )


def fitting(book: Book, saved: Sequence[SavedProfile], region: Region) -> tuple[SavedProfile, ...]:
    """Saved mappings whose headings all stand in a sheet of the file."""
    return tuple(
        one for one in saved if _fits(book, read_profile(one.content.encode(), name=""), region)
    )


def _fits(book: Book, profile: Profile, region: Region) -> bool:
    return any(records_of(grid, profile, region) is not None for grid in book.grids)
