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

READING_OPTIONS = ("area", "source", "profile")


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
    settings: Settings,
    options: argparse.Namespace,
    checked: Checked,
    *,
    now: datetime,
    on_progress: Progress,
) -> Submission:
    """Keeps the file as a batch that waits. Raises DeskRefused."""
    told = {name: str(getattr(options, name) or "") for name in READING_OPTIONS}
    wish = Wish(
        submitted_by=options.person,
        note=options.note,
        accepted_warnings=options.accept_warnings,
        only_accepted=options.only_accepted,
        settings={name: value for name, value in told.items() if value},
    )
    engine = open_store(settings, options.region).engine
    return submit(
        engine, checked.report, checked.content, wish,
        region=checked.region, now=now, on_progress=on_progress,
    )  # fmt: skip
