"""Mappings of strange tables, made once by a person and offered again: which column is what.

A profile is JSON: `{"dataset": "prices", "columns": {"Nama barang": "item", "Hrg": "value"},
"measures": {"Prod": {"indicator": "production", "unit": "t"}}, "constants": {"unit": "IDR/kg"},
"zero_is_missing": false}`. It fits any sheet that has all of its headings, wherever they stand.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from analytics.ingest.entries import TEXT_ROLES
from analytics.ingest.findings import FileRefused
from analytics.ingest.grids import Grid
from analytics.ingest.headings import HeadingReader
from analytics.ingest.places import plain
from analytics.ingest.records import PERIOD_PARTS, SEARCHED_ROWS, Measure, Records
from analytics.ingest.region import Region

ROLES = frozenset({*TEXT_ROLES, *PERIOD_PARTS, "value", "ignored"})


@dataclass(frozen=True)
class Profile:
    """Headings to roles; headings to indicator and unit; what the file itself does not say."""

    dataset: str
    columns: Mapping[str, str]
    measures: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    zero_is_missing: bool = False

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Profile:
        """A profile from its JSON. Raises FileRefused for roles and keys that there are not."""
        unknown = set(content) - set(cls.__dataclass_fields__)
        strange = {role for role in content.get("columns", {}).values() if role not in ROLES}
        strange |= {role for role in content.get("constants", {}) if role not in ROLES}
        if unknown or strange or not content.get("dataset"):
            wrong = ", ".join(sorted(unknown | strange)) or "dataset"
            raise FileRefused("profile", file="profile", found=wrong, expected=_listed_roles())
        return cls(**content)

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that a sheet must have."""
        return (*self.columns, *self.measures)

    def as_json(self) -> str:
        """The profile as it is saved."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2, sort_keys=True)


def _listed_roles() -> str:
    return ", ".join(sorted(ROLES))


def read_profile(content: bytes, *, name: str) -> Profile:
    """A saved profile. Raises FileRefused when it is none."""
    try:
        found = json.loads(content)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise FileRefused("json", file=name, found=str(error)) from error
    if not isinstance(found, dict):
        raise FileRefused("profile", file=name, found="{} ?", expected=_listed_roles())
    return Profile.of(found)


def records_of(grid: Grid, profile: Profile, region: Region) -> Records | None:
    """The table on a sheet that has every heading of the profile; None where there is none.

    Where neither the mapping nor a column tells the unit, that in the heading counts.
    """
    columns = {plain(heading): role for heading, role in profile.columns.items()}
    measures = {plain(heading): entry for heading, entry in profile.measures.items()}
    for position, row in enumerate(grid.head[:SEARCHED_ROWS]):
        if set(columns) | set(measures) <= set(_positions(row)):
            is_said = "unit" in profile.columns.values() or profile.constants.get("unit")
            unit_in = (lambda _heading: "") if is_said else HeadingReader(region).unit_in
            return _records(grid, position, columns, measures, unit_in)
    return None


def _records(
    grid: Grid,
    position: int,
    columns: Mapping[str, str],
    measures: Mapping[str, Mapping[str, str]],
    unit_in: Callable[[str], str],
) -> Records:
    row = grid.head[position]
    at = _positions(row)
    roles = {role: at[heading] for heading, role in columns.items()}
    roles = {role: column for role, column in roles.items() if role not in ("value", "ignored")}
    values = [
        Measure(at[heading], unit=unit_in(row[at[heading]]))
        for heading, role in columns.items()
        if role == "value"
    ]
    figures = [
        Measure(at[heading], entry.get("indicator", ""),
                entry.get("unit", "") or unit_in(row[at[heading]]), entry.get("item", ""))
        for heading, entry in measures.items()
    ]  # fmt: skip
    return Records(grid, position, roles, tuple(values + figures))


def _positions(row: Sequence[str]) -> dict[str, int]:
    return {plain(cell): column for column, cell in enumerate(row) if cell}
