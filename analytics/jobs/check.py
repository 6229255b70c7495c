"""Checks one file from disk against a region, as the command line and the office's scripts do."""

from __future__ import annotations

import argparse
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from analytics.editions.store import NoEdition, open_store
from analytics.ingest.checking import CheckReport, Progress, check_file
from analytics.ingest.datasets import dataset_form
from analytics.ingest.door import MAX_BYTES, too_large
from analytics.ingest.findings import FileRefused
from analytics.ingest.profiles import Profile, read_profile
from analytics.ingest.region import Region, daily_rules, region_of_edition, region_of_pack
from analytics.ledger.mapping_profiles import SavedProfile, saved_profiles
from analytics.pack.reader import read_pack
from analytics.settings import Settings


@dataclass(frozen=True)
class Checked:
    """A file that was checked: its report, its bytes, the region it was held against, and the
    mapping by which it was read, as JSON.
    """

    report: CheckReport
    content: bytes
    region: Region
    mapping: str = ""


def check_path(
    settings: Settings, options: argparse.Namespace, *, today: date, on_progress: Progress
) -> Checked:
    """Checks `options.file`, read as the options say; nothing is stored.

    Raises FileRefused, UnknownDataset, SettingsError for an unknown region.
    """
    content = read_upload(options.file)
    region = region_in_force(settings, options.region, today=today)
    profile = _profile(settings, options)
    report = check_file(
        options.file.name,
        content,
        region=region,
        dataset=options.dataset,
        area=options.area,
        source=options.source,
        profile=asdict(profile) if profile else None,
        on_progress=on_progress,
    )
    return Checked(report, content, region, profile.as_json() if profile else "")


def read_upload(path: Path) -> bytes:
    """The file's bytes; one that is too large is not read. Raises FileRefused."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise too_large(path.name, size)
    return path.read_bytes()


def _profile(settings: Settings, options: argparse.Namespace) -> Profile | None:
    """The mapping of `--profile`: a JSON file, else a saved one by its name. Raises FileRefused."""
    said = options.profile
    if not said:
        return None
    if Path(said).is_file():
        return read_profile(Path(said).read_bytes(), name=Path(said).name)
    found = saved_mappings(settings, options.region, options.dataset)
    saved = {one.name: one.content for one in found}
    if said not in saved:
        raise FileRefused("profile_unknown", file=said, expected=", ".join(saved) or "–")
    return read_profile(saved[said].encode(), name=said)


def saved_mappings(settings: Settings, region: str, dataset: str) -> list[SavedProfile]:
    """The saved mappings of a dataset, by name. Raises UnknownDataset."""
    dataset_form(dataset)
    with open_store(settings, region).engine.connect() as connection:
        return saved_profiles(connection, dataset)


def region_in_force(settings: Settings, name: str, *, today: date) -> Region:
    """The region as published; as its pack describes it where nothing is published yet."""
    pack = read_pack(settings.pack_dir(name))
    try:
        edition = open_store(settings, name).edition()
    except NoEdition:
        return region_of_pack(pack, today=today)
    return region_of_edition(edition, today=today, rules=daily_rules(pack))
