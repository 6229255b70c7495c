"""Names, units, sources and caveats of an edition: what turns codes into words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import pandas as pd

from analytics.observations.concepts import Indicator, Label, Source
from analytics.observations.table import split_codes

SOURCE_WORDS = "source_words"


class UnknownCode(KeyError):
    """A code that no reference table of the edition knows."""


@dataclass(frozen=True)
class Vocabulary:
    """Lookups over the reference tables of an edition (all cells text)."""

    tables: Mapping[str, pd.DataFrame]

    @cached_property
    def areas(self) -> pd.DataFrame:
        """Areas by code: bps_code, parent_code, level, name, capital, latitude, longitude."""
        return self.tables["areas"].set_index("area_code")

    @cached_property
    def places(self) -> pd.DataFrame:
        """Destinations, markets and farms by code."""
        return self.tables["places"].set_index("place")

    @cached_property
    def destinations(self) -> pd.DataFrame:
        """Destinations by place code, with the place's own columns."""
        own = self.tables["destinations"].set_index("place")
        shared = own.columns.intersection(self.places.columns)
        return own.join(self.places.drop(columns=shared), how="left")

    @cached_property
    def items(self) -> pd.DataFrame:
        """Commodities and programmes by code: name_id, name_en, group."""
        tables = [
            self.tables[name] for name in ("commodities", "programmes") if name in self.tables
        ]
        return pd.concat(tables).fillna("").set_index("item")

    @cached_property
    def _indicator_rows(self) -> pd.DataFrame:
        return self.tables["indicators"].set_index("indicator")

    @cached_property
    def _unit_rows(self) -> pd.DataFrame:
        return self.tables["units"].set_index("unit")

    @cached_property
    def sources(self) -> pd.DataFrame:
        """Sources by id, with their preference as a number (small is preferred)."""
        table = self.tables["sources"].set_index("source_id")
        return table.assign(preference=pd.to_numeric(table["preference"]).fillna(99).astype(int))

    @cached_property
    def indonesian_sources(self) -> Mapping[str, Mapping[str, str]]:
        """`publisher_id` and `title_id` of the sources whose remarks the pack gives in Indonesian;
        empty in editions from before there was such a table.
        """
        if SOURCE_WORDS not in self.tables:
            return {}
        table = self.tables[SOURCE_WORDS].fillna("").set_index("source_id")
        return table[["publisher_id", "title_id"]].to_dict("index")

    @cached_property
    def _licence_rows(self) -> pd.DataFrame:
        return self.tables["licences"].set_index("licence")

    @cached_property
    def _caveat_rows(self) -> pd.DataFrame:
        return self.tables["caveats"].set_index("caveat")

    def area_name(self, code: str) -> str:
        return str(self._cell("areas", code, "name"))

    def place_name(self, code: str) -> str:
        return str(self._cell("places", code, "place_name"))

    def item_name(self, code: str) -> Label:
        return self._label("items", code, "name")

    def indicator_name(self, code: str) -> Label:
        """Its name alone, also where its unit differs from commodity to commodity."""
        return self._label("_indicator_rows", code, "name")

    def unit_symbol(self, code: str) -> Label:
        return self._label("_unit_rows", code, "symbol")

    def licence(self, code: str) -> Label:
        """Its words; the code itself in editions from before packs had a table of licences."""
        if "licences" not in self.tables:
            return Label(code, code)
        return self._label("_licence_rows", code, "name")

    def caveat(self, code: str) -> Label:
        return self._label("_caveat_rows", code, "text")

    def caveats(self, cells: Iterable[str]) -> tuple[Label, ...]:
        """The distinct caveats of many rows, in order of first appearance."""
        codes = dict.fromkeys(code for cell in dict.fromkeys(cells) for code in split_codes(cell))
        return tuple(self.caveat(code) for code in codes)

    def indicator(self, code: str, *, unit: str | None = None) -> Indicator:
        """The indicator, in its own unit or in another one of the same kind."""
        row = self._row("_indicator_rows", code)
        unit = unit or str(row["unit"])
        return Indicator(
            code=code,
            name=Label(row["name_id"], row["name_en"]),
            unit=unit,
            unit_symbol=self.unit_symbol(unit),
            decimals=int(row["decimals"] or 0),
            better=str(row["better"]),
            aggregate=str(row["aggregate"]),
            definition=Label(row["definition_id"], row["definition_en"]),
            numerator=row["numerator"] or None,
            denominator=row["denominator"] or None,
        )

    def source(self, source_id: str) -> Source:
        row = self._row("sources", source_id)
        return Source(
            source_id=source_id,
            title=row["title"],
            publisher=row["publisher"],
            year=row["year"],
            url=row["url"],
            licence=self.licence(row["licence"]),
            method=row["method"],
            method_name=Label(row["method_name_id"], row["method_name_en"]),
            **self.indonesian_sources.get(source_id, {}),
        )

    def sources_of(self, frame: pd.DataFrame) -> tuple[Source, ...]:
        """The sources of the frame's rows, most rows first."""
        counts = frame["source_id"].value_counts(sort=True)
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(self.source(str(source_id)) for source_id, _ in ordered)

    def factor(self, unit: str, to_unit: str) -> Decimal:
        """What a value in `unit` is multiplied with to stand in `to_unit`. Raises UnknownCode."""
        source, target = self._row("_unit_rows", unit), self._row("_unit_rows", to_unit)
        if source["base_unit"] != target["base_unit"]:
            raise UnknownCode(f"{unit} and {to_unit} measure different things.")
        return Decimal(source["factor"]) / Decimal(target["factor"])

    def in_unit(self, frame: pd.DataFrame, to_unit: str) -> pd.DataFrame:
        """The frame with obs_value and unit in `to_unit`; rows of another kind are refused."""
        factors = {unit: float(self.factor(unit, to_unit)) for unit in frame["unit"].unique()}
        values = frame["obs_value"] * frame["unit"].map(factors)
        return frame.assign(obs_value=values.round(9), unit=to_unit)

    def children(self, parent: str) -> tuple[str, ...]:
        """Codes of the areas directly below `parent`, in order of code."""
        below = self.areas[self.areas["parent_code"] == parent]
        return tuple(sorted(below.index))

    def of_level(self, level: str) -> tuple[str, ...]:
        """Codes of a map level: `kabupaten` includes the cities."""
        levels = {"kabupaten", "kota"} if level == "kabupaten" else {level}
        return tuple(sorted(self.areas.index[self.areas["level"].isin(levels)]))

    def _cell(self, table: str, code: str, column: str) -> object:
        return self._row(table, code)[column]

    def _label(self, table: str, code: str, stem: str) -> Label:
        row = self._row(table, code)
        return Label(str(row[f"{stem}_id"]), str(row[f"{stem}_en"]))

    @cached_property
    def _by_code(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Rows of the tables asked so far: a page asks for hundreds of names."""
        return {}

    def _row(self, table: str, code: str) -> Mapping[str, Any]:
        if table not in self._by_code:
            self._by_code[table] = getattr(self, table).to_dict("index")
        try:
            return self._by_code[table][code]
        except KeyError:
            raise UnknownCode(f"'{code}' is in no reference table of this edition.") from None
