"""A file from disk into the desk: checked and submitted, as the command line does."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import date, datetime

from analytics.editions.store import open_store
from analytics.ingest.checking import CheckReport, Progress
from analytics.ingest.region import Region
from analytics.ingest.submit import Submission, Wish, submit
from analytics.jobs.check import check_bytes, read_upload, region_in_force
from analytics.settings import Settings


@dataclass(frozen=True)
class Checked:
    """A file that was checked: its report, its bytes, and the region it was held against."""

    report: CheckReport
    content: bytes
    region: Region


def check_for_desk(
    settings: Settings, options: argparse.Namespace, *, today: date, on_progress: Progress
) -> Checked:
    """Checks `options.file`; nothing is stored.

    Raises FileRefused, UnknownDataset, SettingsError for an unknown region.
    """
    content = read_upload(options.file)
    region = region_in_force(settings, options.region, today=today)
    report = check_bytes(options, content, region=region, on_progress=on_progress)
    return Checked(report, content, region)


def submit_checked(
    settings: Settings, region: str, checked: Checked, wish: Wish, *, now: datetime,
    on_progress: Progress,
) -> Submission:  # fmt: skip
    """Keeps the file as a batch that waits. Raises DeskRefused."""
    return submit(
        open_store(settings, region).engine, checked.report, checked.content, wish,
        region=checked.region, now=now, on_progress=on_progress,
    )  # fmt: skip
