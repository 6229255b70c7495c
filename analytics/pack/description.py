"""Checks of what a pack says about itself in datapackage.json, before a table is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from zipfile import is_zipfile

from analytics.pack import pictures
from analytics.pack.layouts import LAYOUTS
from analytics.pack.problems import PackProblem
from analytics.pack.reader import DESCRIPTOR, Pack, Resource, is_file_of

ROLES = ("dataset", "reference", "corrections", "boundary")
REQUIRED_TABLES = (
    "areas", "places", "commodities", "indicators", "units", "sources", "licences",
    "caveats",
)  # fmt: skip
# Settings of a dataset by its layout, and of the other roles.
SETTINGS = {
    "observations": ("dataset", "layout"),
    "wide_daily": (
        "dataset", "layout", "row", "ref_area", "date", "items", "indicator", "unit", "source_id",
    ),
    "boundary": ("level",),
    "corrections": ("dataset",),
}  # fmt: skip
EXTRA_FILES = ("corrections", "rules")


def description_problems(pack: Pack) -> list[PackProblem]:
    """Unknown roles and layouts, lacking settings, tables, files and levels."""
    problems: list[PackProblem] = []
    for resource in pack.resources:
        problems += _problems_of_resource(pack, resource)
    problems += _repeated(pack) + _lacking_tables(pack) + _levels(pack)
    return problems + _picture(pack) + _letter(pack)


def _told(kind: str, *, field: str = "", found: str = "", expected: str = "") -> PackProblem:
    return PackProblem(kind=kind, file=DESCRIPTOR, field=field, found=found, expected=expected)


def _problems_of_resource(pack: Pack, resource: Resource) -> list[PackProblem]:
    settings, name = resource.settings, resource.name
    if resource.role not in ROLES:
        return [_told("role_unknown", field=name, found=resource.role, expected=", ".join(ROLES))]
    layout = str(settings.get("layout", ""))
    if resource.role == "dataset" and layout not in LAYOUTS:
        return [_told("layout_unknown", field=name, found=layout, expected=", ".join(LAYOUTS))]
    wanted = SETTINGS.get(layout if resource.role == "dataset" else resource.role, ())
    lacking = [
        _told("setting_lacking", field=name, expected=key)
        for key in wanted
        if not settings.get(key)
    ]
    files = [str(settings[key]) for key in EXTRA_FILES if key in settings]
    return lacking + [
        PackProblem(kind="file_missing", file=file)
        for file in files
        if not is_file_of(pack.folder, file)
    ]


def _repeated(pack: Pack) -> list[PackProblem]:
    """Resources of one name, datasets and boundary levels that two files claim."""
    names = [("name", resource.name) for resource in pack.resources]
    datasets = [("dataset", str(r.settings.get("dataset"))) for r in pack.with_role("dataset")]
    levels = [("level", str(r.settings.get("level"))) for r in pack.with_role("boundary")]
    return [
        _told("described_twice", found=found, expected=key)
        for key, found in _more_than_once([*names, *datasets, *levels])
    ]


def _more_than_once(pairs: list[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    return [pair for pair in dict.fromkeys(pairs) if pairs.count(pair) > 1]


def _lacking_tables(pack: Pack) -> list[PackProblem]:
    known = {resource.name for resource in pack.with_role("reference")}
    return [_told("table_lacking", expected=name) for name in REQUIRED_TABLES if name not in known]


def _levels(pack: Pack) -> list[PackProblem]:
    """Every level of the region needs the boundary file that it names."""
    levels = pack.region["levels"]
    if not isinstance(levels, Mapping) or not levels:
        return [_told("level_without_boundary", found="levels")]
    known = {(r.name, r.settings.get("level")) for r in pack.with_role("boundary")}
    named = {level: entry.get("boundary") for level, entry in levels.items()}
    if "holes_boundary" in pack.region:
        named["hole"] = pack.region["holes_boundary"]
    return [
        _told("level_without_boundary", found=level)
        for level, name in named.items()
        if (name, level) not in known
    ]


def _picture(pack: Pack) -> list[PackProblem]:
    """The coat of arms, where the pack names one."""
    file = str(pack.region.get("coat_of_arms") or "")
    if not file:
        return []
    if not is_file_of(pack.folder, file):
        return [PackProblem(kind="file_missing", file=file)]
    if Path(file).suffix.lower() not in pictures.KINDS:
        return [PackProblem(kind="picture_kind", file=file)]
    is_shown = pictures.picture_of(pack.folder, file)
    return [] if is_shown else [PackProblem(kind="picture_broken", file=file)]


def _letter(pack: Pack) -> list[PackProblem]:
    """The Word file with the office's letterhead, where the pack names one."""
    file = str(pack.region.get("letter_template") or "")
    if not file:
        return []
    if not is_file_of(pack.folder, file):
        return [PackProblem(kind="file_missing", file=file)]
    is_package = is_zipfile(Path(pack.folder) / file)
    return [] if is_package else [PackProblem(kind="letter_kind", file=file)]
