"""Reads a region pack: a Frictionless Data Package with a `sejahtera` section."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from analytics.i18n import LANGUAGES
from analytics.pack.problems import PackProblem, PackRefused

DESCRIPTOR = "datapackage.json"
WORDS_IN_BOTH_LANGUAGES = ("name", "short_name")
REGION_KEYS = ("region", "ref_area", "parent_area", "name", "short_name", "is_training", "levels")


@dataclass(frozen=True)
class Resource:
    """One file of the pack; `settings` is its `sejahtera` section."""

    name: str
    path: Path
    file: str
    role: str
    descriptor: Mapping[str, object]
    settings: Mapping[str, object]

    @cached_property
    def content(self) -> bytes:
        return self.path.read_bytes()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Pack:
    """A region pack on disk, not yet checked."""

    folder: Path
    descriptor: Mapping[str, object]
    resources: tuple[Resource, ...]

    @property
    def region(self) -> Mapping[str, object]:
        """The `sejahtera` section: region, names, levels, whether it is for training."""
        return self.descriptor["sejahtera"]  # type: ignore[return-value]

    def with_role(self, role: str) -> tuple[Resource, ...]:
        return tuple(resource for resource in self.resources if resource.role == role)

    def resource(self, name: str) -> Resource:
        """The resource of that name. Raises KeyError."""
        for resource in self.resources:
            if resource.name == name:
                return resource
        raise KeyError(f"The pack has no resource '{name}'.")

    def has_resource(self, name: str) -> bool:
        return any(resource.name == name for resource in self.resources)

    def table(self, name: str) -> pd.DataFrame:
        """A CSV resource with every cell as text, empty where empty; file rows from 2."""
        return read_text_table(self.resource(name).path)


def read_text_table(path: Path) -> pd.DataFrame:
    """A CSV file with every cell as text, empty where empty."""
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


def read_pack(folder: Path) -> Pack:
    """The pack in `folder`. Raises PackRefused when its descriptor cannot be used."""
    descriptor = _read_descriptor(folder / DESCRIPTOR)
    problems = _region_problems(descriptor) + _resource_problems(folder, descriptor)
    if problems:
        raise PackRefused(problems)
    entries: list[Mapping[str, object]] = descriptor["resources"]  # type: ignore[assignment]
    resources = tuple(_resource(folder, entry) for entry in entries)
    return Pack(folder=folder, descriptor=descriptor, resources=resources)


def is_file_of(folder: Path, file: str) -> bool:
    """Whether the pack's folder holds that file; one outside the folder is none of the pack's."""
    path = (folder / file).resolve()
    return path.is_relative_to(folder.resolve()) and path.is_file()


def _read_descriptor(path: Path) -> Mapping[str, object]:
    if not path.is_file():
        raise PackRefused([PackProblem(kind="descriptor_missing", file=str(path))])
    try:
        descriptor = json.loads(path.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        problem = PackProblem(kind="descriptor_invalid", file=DESCRIPTOR, found=str(error))
        raise PackRefused([problem]) from error
    if not isinstance(descriptor, dict):
        raise PackRefused([PackProblem(kind="descriptor_invalid", file=DESCRIPTOR, found="{} ?")])
    return descriptor


def _region_problems(descriptor: Mapping[str, object]) -> list[PackProblem]:
    section = descriptor.get("sejahtera")
    if not isinstance(section, Mapping):
        section = {}
    lacking = [key for key in REGION_KEYS if key not in section]
    lacking += [
        f"{key}.{language}"
        for key in WORDS_IN_BOTH_LANGUAGES
        if key in section
        for language in LANGUAGES
        if not isinstance(section[key], Mapping) or not section[key].get(language)
    ]
    return [PackProblem(kind="descriptor_key", file=DESCRIPTOR, expected=key) for key in lacking]


def _resource_problems(folder: Path, descriptor: Mapping[str, object]) -> list[PackProblem]:
    """Resources without name or path, and files that are not there."""
    entries = descriptor.get("resources")
    if not isinstance(entries, list) or not entries:
        return [PackProblem(kind="resources_lacking", file=DESCRIPTOR)]
    problems: list[PackProblem] = []
    for position, entry in enumerate(entries, start=1):
        found: Mapping[str, object] = entry if isinstance(entry, Mapping) else {}
        lacking = [key for key in ("name", "path") if not isinstance(found.get(key), str)]
        problems += [
            PackProblem(
                kind="resource_incomplete", file=DESCRIPTOR, found=str(position), expected=key
            )
            for key in lacking
        ]
        if not lacking and not is_file_of(folder, str(found["path"])):
            problems.append(PackProblem(kind="file_missing", file=str(found["path"])))
    return problems


def _resource(folder: Path, entry: Mapping[str, object]) -> Resource:
    file = str(entry["path"])
    section = entry.get("sejahtera")
    settings: Mapping[str, object] = section if isinstance(section, Mapping) else {}
    return Resource(
        name=str(entry["name"]),
        path=folder / file,
        file=file,
        role=str(settings.get("role", "")),
        descriptor=entry,
        settings=settings,
    )
