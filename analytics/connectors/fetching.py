"""Fetches a service's file, reads and checks it like an upload, and keeps it with its report."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from analytics.connectors.services import SERVICES, Request
from analytics.connectors.transport import ConnectorFault, Manners
from analytics.ingest.checking import CheckReport, check_file
from analytics.ingest.findings import FileRefused
from analytics.ingest.listing import as_json
from analytics.ingest.region import Region
from analytics.settings import Settings


@dataclass(frozen=True)
class Fetched:
    """A service's whole file and the report on it."""

    source: str
    name: str
    content: bytes
    report: CheckReport


def fetch(
    settings: Settings, region: Region, *, source: str, since: int | None, today: date,
    manners: Manners | None = None,
) -> Fetched:  # fmt: skip
    """What the service has. Raises ConnectorFault: unknown, off, unreachable or changed.

    `since` leaves the rows of earlier years out of the report; the file stays whole.
    """
    if source not in SERVICES:
        raise ConnectorFault("unknown", source=source, expected=", ".join(SERVICES))
    own = settings.connectors.get(source, {})
    if not own.get("enabled"):
        raise ConnectorFault("off", source=source)
    service = SERVICES[source]
    words = {name: str(value) for name, value in own.items()}
    content = service.fetch(Request(words, since, today, manners or Manners()))
    try:
        report = check_file(service.file, content, region=region, source=words.get("source", ""),
                            dataset=words.get("dataset", "prices"))  # fmt: skip
    except FileRefused as refused:
        raise ConnectorFault("changed", source=source, found=refused.kind,
                             expected=service.layout) from refused  # fmt: skip
    if report.layout != service.layout:
        raise ConnectorFault("changed", source=source, found=report.layout,
                             expected=service.layout)  # fmt: skip
    return Fetched(source, service.file, content, _since(report, since))


def _since(report: CheckReport, since: int | None) -> CheckReport:
    """The report without the rows of earlier years and what was found in them."""
    if since is None:
        return report
    is_early = (report.rows["period_start"] != "") & (report.rows["period_start"] < str(since))
    address = ["sheet", "row", "column"]
    early = set(report.rows.loc[is_early, address].itertuples(index=False, name=None))
    places = report.findings[address].itertuples(index=False, name=None)
    kept = [place not in early for place in places]
    return replace(report, rows=report.rows[~is_early].reset_index(drop=True),
                   findings=report.findings[kept].reset_index(drop=True))  # fmt: skip


def hand_to_ingest(fetched: Fetched, folder: Path, *, today: date, language: str) -> Path:
    """Keeps the bytes and the check report; the one place where a batch is to be made of them.

    Files are named by day and content, written beside and then renamed: a file there is whole.
    """
    mark = hashlib.sha256(fetched.content).hexdigest()[:12]
    kept = folder / f"{today.isoformat()}_{mark}_{fetched.name}"
    folder.mkdir(parents=True, exist_ok=True)
    report = as_json(fetched.report, language=language).encode()
    for path, content in ((kept.with_name(kept.name + ".check.json"), report),
                          (kept, fetched.content)):  # fmt: skip
        beside = path.with_name(path.name + ".part")
        beside.write_bytes(content)
        beside.replace(path)
    return kept
