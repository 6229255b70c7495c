"""A checked file into the desk, as the command line submits it."""

from __future__ import annotations

import argparse
from datetime import datetime

from analytics.editions.store import open_store
from analytics.ingest.checking import Progress
from analytics.ingest.submit import Submission, Wish, submit
from analytics.jobs.check import Checked
from analytics.settings import Settings

READING_OPTIONS = ("area", "source", "profile")


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
