"""Checks one file from disk against a region, as the command line and the office's scripts do."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from analytics.editions.store import NoEdition, open_store
from analytics.ingest.checking import CheckReport, Progress, check_file
from analytics.ingest.door import MAX_BYTES, too_large
from analytics.ingest.profiles import read_profile
from analytics.ingest.region import Region, daily_rules, region_of_edition, region_of_pack
from analytics.pack.reader import read_pack
from analytics.settings import Settings


@dataclass(frozen=True)
class Checked:
    """A file that was checked: its report, its bytes, and the region it was held against."""

    report: CheckReport
    content: bytes
    region: Region


def check_path(
    settings: Settings, options: argparse.Namespace, *, today: date, on_progress: Progress
) -> Checked:
    """Checks `options.file`, read as the options say; nothing is stored.

    Raises FileRefused, UnknownDataset, SettingsError for an unknown region.
    """
    content = _read_upload(options.file)
    region = region_in_force(settings, options.region, today=today)
    report = check_file(
        options.file.name,
        content,
        region=region,
        dataset=options.dataset,
        area=options.area,
        source=options.source,
        profile=_profile(options.profile),
        on_progress=on_progress,
    )
    return Checked(report, content, region)


def _read_upload(path: Path) -> bytes:
    """The file's bytes; one that is too large is not read. Raises FileRefused."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise too_large(path.name, size)
    return path.read_bytes()


def _profile(path: Path | None) -> Mapping[str, object] | None:
    return asdict(read_profile(path.read_bytes(), name=path.name)) if path else None


def region_in_force(settings: Settings, name: str, *, today: date) -> Region:
    """The region as published; as its pack describes it where nothing is published yet."""
    pack = read_pack(settings.pack_dir(name))
    try:
        edition = open_store(settings, name).edition()
    except NoEdition:
        return region_of_pack(pack, today=today)
    return region_of_edition(edition, today=today, rules=daily_rules(pack))
