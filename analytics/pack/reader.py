"""Reads a region pack: a Frictionless Data Package with a `sejahtera` section."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from analytics.pack.problems import PackProblem, PackRefused

DESCRIPTOR = "datapackage.json"
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
    problems = _missing_keys(descriptor)
    resources = tuple(_resource(folder, entry) for entry in descriptor.get("resources", []))  # type: ignore[attr-defined]
    problems += [
        PackProblem(kind="file_missing", file=resource.file)
        for resource in resources
        if not resource.path.is_file()
    ]
    if problems:
        raise PackRefused(problems)
    return Pack(folder=folder, descriptor=descriptor, resources=resources)


def _read_descriptor(path: Path) -> Mapping[str, object]:
    if not path.is_file():
        raise PackRefused([PackProblem(kind="descriptor_missing", file=str(path))])
    try:
        descriptor = json.loads(path.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        problem = PackProblem(kind="descriptor_invalid", file=DESCRIPTOR, found=str(error))
        raise PackRefused([problem]) from error
    return descriptor


def _missing_keys(descriptor: Mapping[str, object]) -> list[PackProblem]:
    section = descriptor.get("sejahtera") or {}
    return [
        PackProblem(kind="descriptor_key", file=DESCRIPTOR, expected=key)
        for key in REGION_KEYS
        if key not in section  # type: ignore[operator]
    ]


def _resource(folder: Path, entry: Mapping[str, object]) -> Resource:
    file = str(entry["path"])
    settings: Mapping[str, object] = entry.get("sejahtera", {})  # type: ignore[assignment]
    return Resource(
        name=str(entry["name"]),
        path=folder / file,
        file=file,
        role=str(settings.get("role", "")),
        descriptor=entry,
        settings=settings,
    )
