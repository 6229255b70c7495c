"""Which datasets files may be for, and what each may hold."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATASETS_FILE = Path(__file__).with_name("datasets.toml")


@dataclass(frozen=True)
class DatasetForm:
    """What rows of a dataset look like."""

    name: str
    freqs: tuple[str, ...]
    levels: tuple[str, ...]
    groups: tuple[str, ...]
    indicators: tuple[str, ...]
    template_items: tuple[str, ...]
    template_indicators: tuple[str, ...]
    place: str = ""
    new_places: bool = False
    place_kind: str = ""
    programmes: bool = False
    asks_unit: bool = False
    drops_people: bool = False


class UnknownDataset(LookupError):
    """A dataset that no file can be for."""


@cache
def dataset_forms() -> Mapping[str, DatasetForm]:
    """All datasets by name."""
    content = tomllib.loads(DATASETS_FILE.read_text(encoding="utf-8"))
    return {name: _form(name, entry) for name, entry in content.items()}


def _form(name: str, entry: Mapping[str, object]) -> DatasetForm:
    values = {
        key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
    }
    return DatasetForm(name=name, **values)  # type: ignore[arg-type]


def dataset_form(name: str) -> DatasetForm:
    """The form of a dataset. Raises UnknownDataset, naming those there are."""
    try:
        return dataset_forms()[name]
    except KeyError:
        raise UnknownDataset(", ".join(dataset_forms())) from None
