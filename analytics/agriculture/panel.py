"""Tables of areas by commodities in one unit: what quotients and shift-share are computed from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.agriculture.levels import MapLevel, map_level
from analytics.agriculture.rows import AREA_UNIT, Question, map_rows, weakest_status
from analytics.editions.edition import Edition
from analytics.figures.result import Statement
from analytics.observations.concepts import Period
from analytics.observations.table import join_codes

# Amounts that add up over commodities: hectares. Tonnes of different goods do not.
BASES = ("harvested_area", "planted_area")
LEAST_ITEMS = 2
YEARLY = "A"
CELL = ["ref_area", "item"]


@dataclass(frozen=True)
class Panel:
    """Amounts of two years for the same areas and commodities, without any gap.

    `first` and `last` have one row an area and one column a commodity. `traces` says, by area
    and commodity, how far both amounts can be trusted and where they come from. An area that
    has no amount at all and a commodity that some area lacks are left out and named.
    """

    level: MapLevel
    basis: str
    years: tuple[int, int]
    first: pd.DataFrame
    last: pd.DataFrame
    traces: pd.DataFrame
    areas_left_out: tuple[str, ...]
    items_left_out: tuple[str, ...]

    @property
    def is_usable(self) -> bool:
        """True with at least two commodities in at least two areas."""
        return min(self.first.shape[1] // LEAST_ITEMS, self.first.shape[0] // 2) >= 1

    @property
    def span(self) -> int:
        """Years between the two."""
        return self.years[1] - self.years[0]

    @property
    def period(self) -> Period:
        """The year that the figures stand for."""
        return year_period(self.years[1])


def year_period(year: int) -> Period:
    """A calendar year."""
    start, end = pd.Timestamp(year, 1, 1), pd.Timestamp(year, 12, 31)
    return Period(start.date(), end.date(), YEARLY)


def bases(edition: Edition, *, level: str, with_unverified: bool = False) -> tuple[str, ...]:
    """Amounts of which at least two years can be compared at the level."""
    return tuple(
        basis
        for basis in BASES
        if len(basis_years(edition, level=level, basis=basis, with_unverified=with_unverified)) > 1
    )


def basis_years(
    edition: Edition, *, level: str, basis: str, with_unverified: bool = False
) -> tuple[int, ...]:
    """Years in which at least two commodities are known for every area that takes part."""
    question = Question.about(edition, level=level, with_unverified=with_unverified)
    rows = _rows(question, basis)
    found = []
    for year, group in rows.groupby(rows["period_start"].dt.year):
        (table,) = _complete([_table(group)])
        if table.shape[0] > 1 and table.shape[1] >= LEAST_ITEMS:
            found.append(int(year))
    return tuple(found)


def make_up_gap(edition: Edition, *, level: str) -> tuple[Statement, Statement]:
    """Why the make-up of commodities cannot be compared at a level, and what to do."""
    shown = map_level(edition, level)
    rows = _rows(Question.about(edition, level=level, with_unverified=False), BASES[0])
    years = rows.groupby(rows["period_start"].dt.year)
    complete = [len(_table(group).dropna(axis="columns").columns) for _, group in years
                if group["ref_area"].nunique() > 1]  # fmt: skip
    values = {"n": max(complete, default=0), "kinds": shown.kinds, "level": shown.name}
    return Statement("analysis.note.few_items", values), Statement("analysis.note.cure")


def panel(
    edition: Edition,
    *,
    level: str,
    basis: str,
    first: int,
    last: int,
    with_unverified: bool = False,
) -> Panel:
    """The amounts of `basis` in two years, for the areas and commodities known in both."""
    question = Question.about(edition, level=level, with_unverified=with_unverified)
    rows = _rows(question, basis)
    years = rows["period_start"].dt.year
    both = [rows[years == year] for year in (first, last)]
    comparable = _of_one_method(both)
    tables = _complete([_table(part[part["item"].isin(comparable)]) for part in both])
    shown = map_level(edition, level)
    areas = [code for code in shown.areas if code in tables[0].index]
    items = _in_order(edition, tables[0].columns)
    every_item = _in_order(edition, pd.concat(both)["item"].unique())
    return Panel(
        level=shown,
        basis=basis,
        years=(first, last),
        first=tables[0].loc[areas, items],
        last=tables[1].loc[areas, items],
        traces=_traces(pd.concat(both)),
        areas_left_out=tuple(code for code in shown.areas if code not in areas),
        items_left_out=tuple(item for item in every_item if item not in items),
    )


def _rows(question: Question, basis: str) -> pd.DataFrame:
    """Yearly amounts in hectares that have a value."""
    rows = map_rows(
        question.edition, level=question.level, with_unverified=question.with_unverified
    ).chosen
    is_asked = (rows["indicator"] == basis) & (rows["freq"] == YEARLY) & (rows["unit"] == AREA_UNIT)
    return rows[is_asked & rows["obs_value"].notna()]


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.pivot(index="ref_area", columns="item", values="obs_value")


def _complete(tables: Sequence[pd.DataFrame]) -> list[pd.DataFrame]:
    """The same areas and commodities of every table, without a gap in any."""
    areas = set.intersection(*(set(table.index) for table in tables))
    narrowed = [table.loc[sorted(areas)] for table in tables]
    whole = [set(table.columns[table.notna().all()]) for table in narrowed] if areas else [set()]
    items = sorted(set.intersection(*whole))
    return [table[items] for table in narrowed]


def _of_one_method(parts: Sequence[pd.DataFrame]) -> set[str]:
    """Commodities that were measured in the same way in both years."""
    methods = [part.groupby("item")["method"].agg(frozenset).to_dict() for part in parts]
    return {item for item, method in methods[0].items() if methods[1].get(item) == method}


def _traces(rows: pd.DataFrame) -> pd.DataFrame:
    """Weakest status, all sources and caveats of the amounts behind each area and commodity."""
    groups = rows.groupby(CELL, sort=False)
    return pd.DataFrame(
        {
            "obs_status": groups["obs_status"].agg(weakest_status),
            "source_id": groups["source_id"].last(),
            "source_ids": groups["source_ids"].agg(lambda cells: join_codes(*cells)),
            "caveat": groups["caveat"].agg(lambda cells: join_codes(*cells)),
        }
    )


def _in_order(edition: Edition, items: Sequence[str]) -> list[str]:
    known = list(edition.vocabulary.items.index)
    return sorted(items, key=known.index)
