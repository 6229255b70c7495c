"""What a file is read against: the region's vocabulary, its published rows, and today's date."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.editions.edition import Edition
from analytics.ingest.places import Areas, Names
from analytics.observations.table import EDITION_COLUMNS
from analytics.pack.reader import Pack
from analytics.pack.shared import with_common

WORDS_FILE = Path(__file__).with_name("words.toml")
ANY_UNIT = "any"
ITEM_TABLES = ("commodities", "programmes")


def _nothing_published(_dataset: str) -> pd.DataFrame:
    return pd.DataFrame(columns=list(EDITION_COLUMNS))


@dataclass(frozen=True)
class Region:
    """The region that a file is for. `published` gives a dataset's rows in force."""

    tables: Mapping[str, pd.DataFrame]
    ref_area: str
    parent_area: str
    today: date
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    published: Callable[[str], pd.DataFrame] = _nothing_published

    @cached_property
    def areas(self) -> Areas:
        return Areas(table=self.tables["areas"], ref_area=self.ref_area)

    @cached_property
    def places(self) -> Names:
        table = self.tables["places"]
        pairs = zip(table["place_name"], table["place"], strict=True)
        return Names.of(pairs, codes=table["place"])

    @cached_property
    def place_areas(self) -> Mapping[str, str]:
        """The area in which each known place lies."""
        table = self.tables["places"]
        return dict(zip(table["place"], table["ref_area"], strict=True))

    @cached_property
    def items(self) -> Names:
        tables = [self.tables[name] for name in ITEM_TABLES if name in self.tables]
        codes = [code for table in tables for code in table["item"]]
        return Names.of([*_both_names(tables, "item"), *_further("items")], codes=codes)

    @cached_property
    def indicators(self) -> Names:
        table = self.tables["indicators"]
        names = [*_both_names([table], "indicator"), *_further("indicators")]
        return Names.of(names, codes=table["indicator"])

    @cached_property
    def units(self) -> Names:
        table = self.tables["units"]
        symbols = [
            pair for column in ("symbol_id", "symbol_en")
            for pair in zip(table[column], table["unit"], strict=True)
        ]  # fmt: skip
        names = [*symbols, *_both_names([table], "unit"), *_further("units")]
        return Names.of(names, codes=table["unit"])

    @cached_property
    def base_units(self) -> Mapping[str, str]:
        """What each unit measures: units with one base unit can be converted."""
        table = self.tables["units"]
        return dict(zip(table["unit"], table["base_unit"], strict=True))

    @cached_property
    def unit_factors(self) -> Mapping[str, float]:
        table = self.tables["units"]
        return dict(zip(table["unit"], pd.to_numeric(table["factor"]), strict=True))

    @cached_property
    def allowed_units(self) -> Mapping[str, tuple[str, ...]]:
        """Units in which an indicator may stand; none named means any."""
        table = self.tables["indicators"]
        listed = table["allowed_units"] if "allowed_units" in table else table["unit"]
        pairs = zip(table["indicator"], table["unit"], listed, strict=True)
        return {
            code: tuple(part for part in allowed.split(";") if part and part != ANY_UNIT)
            or ((unit,) if unit and unit != ANY_UNIT else ())
            for code, unit, allowed in pairs
        }

    @cached_property
    def sources(self) -> frozenset[str]:
        return frozenset(self.tables["sources"]["source_id"])


def _further(kind: str) -> Iterator[tuple[str, str]]:
    for code, names in words()[kind].items():
        for name in names:
            yield name, code


@cache
def words() -> Mapping[str, Mapping[str, list[str]]]:
    """Further names that offices and services use for items, indicators and units, by code."""
    return tomllib.loads(WORDS_FILE.read_text(encoding="utf-8"))


def _both_names(tables: list[pd.DataFrame], code: str) -> Iterator[tuple[str, str]]:
    for table in tables:
        for column in ("name_id", "name_en"):
            yield from zip(table[column], table[code], strict=True)


def daily_rules(pack: Pack) -> dict[str, Mapping[str, Any]]:
    """The rules of daily entries that a pack declares, by dataset."""
    named = [resource for resource in pack.with_role("dataset") if "rules" in resource.settings]
    return {
        str(resource.settings["dataset"]): tomllib.loads(
            (pack.folder / str(resource.settings["rules"])).read_text(encoding="utf-8")
        )
        for resource in named
    }


def region_of_edition(
    edition: Edition, *, today: date, rules: Mapping[str, Mapping[str, Any]] | None = None
) -> Region:
    """The region as its newest edition describes it, with what is published."""

    def published(dataset: str) -> pd.DataFrame:
        if dataset not in edition.datasets:
            return _nothing_published(dataset)
        return edition.observations(dataset, with_unverified=True)

    return Region(
        tables=with_common(edition.vocabulary.tables),
        ref_area=edition.ref_area,
        parent_area=edition.parent_area,
        today=today,
        rules=rules or {},
        published=published,
    )


def region_of_pack(pack: Pack, *, today: date) -> Region:
    """The region as its pack describes it; nothing is published yet."""
    tables = {resource.name: pack.table(resource.name) for resource in pack.with_role("reference")}
    return Region(
        tables=with_common(tables),
        ref_area=str(pack.region["ref_area"]),
        parent_area=str(pack.region["parent_area"]),
        today=today,
        rules=daily_rules(pack),
    )
