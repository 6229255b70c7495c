"""Fetches a service's file, reads and checks it like an upload, and makes a waiting batch of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import pandas as pd
from sqlalchemy import Engine

from analytics.connectors.services import SERVICES, Request
from analytics.connectors.transport import ConnectorFault, Manners
from analytics.ingest.checking import CheckReport, check_file
from analytics.ingest.datasets import dataset_forms
from analytics.ingest.findings import FileRefused
from analytics.ingest.listing import as_json
from analytics.ingest.region import Region
from analytics.ingest.submit import Submission, Wish, submit
from analytics.settings import Settings


@dataclass(frozen=True)
class Fetched:
    """A service's whole file and the report on it; `since` is the first year in the report."""

    service: str
    source_id: str
    content: bytes
    report: CheckReport
    since: int | None = None


def fetch(
    settings: Settings, region: Region, *, source: str, since: int | None, today: date,
    manners: Manners | None = None,
) -> Fetched:  # fmt: skip
    """What the service has. Raises ConnectorFault: unknown, off, a setting missing, unreachable
    or changed. A batch needs the source of its rows, so it is asked for before the service is.

    `since` leaves the rows of earlier years out of the report; the file stays whole.
    """
    if source not in SERVICES:
        raise ConnectorFault("unknown", source=source, expected=", ".join(SERVICES))
    own = settings.connectors.get(source, {})
    if own.get("enabled") is not True:
        raise ConnectorFault("off", source=source)
    service = SERVICES[source]
    words = {name: str(value) for name, value in own.items()}
    request = Request(words, since, today, manners or Manners())
    source_id, dataset = (request.setting(source, name) for name in ("source", "dataset"))
    _refuse_wrong(source, region, source_id=source_id, dataset=dataset)
    content = service.fetch(request)
    try:
        report = check_file(service.file, content, region=region, source=source_id, dataset=dataset)
    except FileRefused as refused:
        raise ConnectorFault("changed", source=source, found=refused.kind,
                             expected=service.layout) from refused  # fmt: skip
    if report.layout != service.layout:
        raise ConnectorFault("changed", source=source, found=report.layout,
                             expected=service.layout)  # fmt: skip
    return Fetched(source, source_id, content, _since(report, since), since)


def _refuse_wrong(source: str, region: Region, *, source_id: str, dataset: str) -> None:
    """Raises ConnectorFault for a dataset or source that there is not."""
    known = {"dataset": set(dataset_forms()), "source": region.sources}
    for name, said in (("dataset", dataset), ("source", source_id)):
        if said not in known[name]:
            raise ConnectorFault("setting_wrong", source=source, found=f"{name} = {said}")


def _since(report: CheckReport, since: int | None) -> CheckReport:
    """The report without the rows of earlier years and what was found in them."""
    if since is None:
        return report
    is_early = (report.rows["period_start"] != "") & (report.rows["period_start"] < str(since))
    address = ["sheet", "row", "column"]
    early = set(report.rows.loc[is_early, address].itertuples(index=False, name=None))
    places = report.findings[address].itertuples(index=False, name=None)
    kept = pd.Series([place not in early for place in places], dtype=bool)
    return replace(report, rows=report.rows[~is_early].reset_index(drop=True),
                   findings=report.findings[kept].reset_index(drop=True))  # fmt: skip


def hand_to_ingest(
    engine: Engine, fetched: Fetched, wish: Wish, *, region: Region, now: datetime
) -> Submission:
    """The file as a batch that waits for another person. Raises DeskRefused as for an upload."""
    told = {"connector": fetched.service, "source": fetched.source_id, "since": fetched.since}
    settings = {name: value for name, value in told.items() if value is not None}
    return submit(
        engine, fetched.report, fetched.content, replace(wish, settings=settings),
        region=region, now=now,
    )  # fmt: skip


def keep_refused(fetched: Fetched, folder: Path, *, today: date, language: str) -> Path:
    """Keeps the bytes and the report of a file that the desk refused, so that it can be mended.

    Files are named by day and content, written beside and then renamed: a file there is whole.
    """
    mark = hashlib.sha256(fetched.content).hexdigest()[:12]
    kept = folder / f"{today.isoformat()}_{mark}_{fetched.report.file}"
    folder.mkdir(parents=True, exist_ok=True)
    report = as_json(fetched.report, language=language).encode()
    for path, content in ((kept.with_name(kept.name + ".check.json"), report),
                          (kept, fetched.content)):  # fmt: skip
        beside = path.with_name(path.name + ".part")
        beside.write_bytes(content)
        beside.replace(path)
    return kept
