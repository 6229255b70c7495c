"""A checked file into the desk, as the command line submits it."""

from __future__ import annotations

from datetime import datetime

from analytics.editions.store import open_store
from analytics.ingest.checking import Progress
from analytics.ingest.submit import Submission, Wish, submit
from analytics.jobs.check import Checked
from analytics.settings import Settings


def submit_checked(
    settings: Settings, region: str, checked: Checked, wish: Wish, *, now: datetime,
    on_progress: Progress,
) -> Submission:  # fmt: skip
    """Keeps the file as a batch that waits. Raises DeskRefused."""
    return submit(
        open_store(settings, region).engine, checked.report, checked.content, wish,
        region=checked.region, now=now, on_progress=on_progress,
    )  # fmt: skip
