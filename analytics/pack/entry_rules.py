"""Rules for daily entries that officers type: what a pack declares beside its table."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TypeVar

from analytics.pack.corrections import CorrectionError

Rule = TypeVar("Rule")


class InvalidRules(CorrectionError):
    """The rules of a daily table name something unknown or lack a value."""


@dataclass(frozen=True)
class Limits:
    """When a value is judged, and from where it counts as far off or impossible.

    Distances are ratios of prices: 1.25 means a quarter above or a fifth below. Each limit is the
    larger of its floor and a multiple of the item's usual spread.
    """

    own_days: int = 21
    own_days_when_sparse: int = 60
    other_days: int = 7
    own_entries: int = 3
    other_areas_alone: int = 2
    far_ratio: float = 1.25
    far_spreads: float = 4.0
    gross_ratio: float = 1.75
    gross_spreads: float = 6.0
    same_ratio: float = 1.05
    column_ratio: float = 1.5
    level_entries: int = 10


@dataclass(frozen=True)
class Basis:
    """Limits of one way to price an item (such as live weight); bases are never compared."""

    item: str
    basis: str
    low: float
    high: float
    caveat: str

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True)
class OrderedPair:
    """Two columns of which `lower` is the cheaper good."""

    lower: str
    upper: str


@dataclass(frozen=True)
class CaveatPeriod:
    """A caveat for all values of some items up to a row of the table."""

    items: tuple[str, ...]
    caveat: str
    last_row_id: int


@dataclass(frozen=True)
class EntryRules:
    """All that is special in one daily table; the empty rules fit every table."""

    limits: Limits = field(default_factory=Limits)
    label_columns: tuple[str, ...] = ()
    bases: tuple[Basis, ...] = ()
    ordered: tuple[OrderedPair, ...] = ()
    caveats: tuple[CaveatPeriod, ...] = ()

    def bases_of(self, item: str) -> tuple[Basis, ...]:
        return tuple(basis for basis in self.bases if basis.item == item)

    def basis_caveat(self, item: str, value: float) -> str:
        """The caveat that names the basis of a value; empty for plain items and off every basis."""
        return next((one.caveat for one in self.bases_of(item) if one.holds(value)), "")

    def named_items(self) -> set[str]:
        """Every item that the rules name."""
        pairs = {name for pair in self.ordered for name in (pair.lower, pair.upper)}
        periods = {name for period in self.caveats for name in period.items}
        return {basis.item for basis in self.bases} | pairs | periods


def read_entry_rules(path: Path) -> EntryRules:
    """The rules in a TOML file. Raises InvalidRules naming what cannot be used."""
    return entry_rules(tomllib.loads(path.read_text(encoding="utf-8")))


def entry_rules(content: Mapping[str, object]) -> EntryRules:
    """Rules from the content of a rules file; an empty mapping gives the plain rules.

    Raises InvalidRules naming the table or the key.
    """
    unknown = set(content) - {entry.name for entry in fields(EntryRules)}
    if unknown:
        raise InvalidRules(f"unknown tables: {', '.join(sorted(unknown))}")
    return EntryRules(
        limits=Limits(**_known(Limits, content.get("limits", {}))),  # type: ignore[arg-type]
        label_columns=tuple(content.get("label_columns", ())),  # type: ignore[arg-type]
        bases=_all(Basis, content, "bases"),
        ordered=_all(OrderedPair, content, "ordered"),
        caveats=_all(CaveatPeriod, content, "caveats"),
    )


def _all(kind: type[Rule], content: Mapping[str, object], table: str) -> tuple[Rule, ...]:
    try:
        return tuple(kind(**_known(kind, entry)) for entry in content.get(table, ()))  # type: ignore[attr-defined]
    except TypeError as error:
        raise InvalidRules(f"[[{table}]]: {error}") from error


def _known(kind: type, entry: object) -> dict[str, object]:
    names = {one.name for one in fields(kind)}
    if not isinstance(entry, Mapping) or set(entry) - names:
        raise InvalidRules(f"{kind.__name__}: expected only {', '.join(sorted(names))}")
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
