"""What is known of one area or one commodity: the newest value of every indicator, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from analytics.agriculture.answers import area_label, short_name
from analytics.agriculture.formulas import ranks_from_highest
from analytics.agriculture.levels import MapLevel, level_of_area, map_level, map_levels
from analytics.agriculture.map_report import ADDITIVE_UNITS
from analytics.agriculture.measures import Measure, measures
from analytics.agriculture.rows import AREA_ITEMS, MEASURE, map_rows
from analytics.editions.edition import Edition
from analytics.figures.result import Label, Number, Statement
from analytics.figures.sentences import period_words, status_words, written
from analytics.i18n import LANGUAGES
from analytics.observations.status import ObsStatus

KEY = ["ref_area", *MEASURE]
Naming = Callable[[pd.Series], str]


@dataclass(frozen=True)
class Known:
    """The newest value of each indicator of an area or commodity.

    `rows` has one row an area and measure: value, period, status, source, `rank` among the areas
    of the level in that period and `ranked`, the number of them. `by_measure` names measures.
    """

    level: MapLevel
    rows: pd.DataFrame
    by_measure: Mapping[tuple[str, str], Measure]

    @property
    def newest(self) -> pd.Series | None:
        """The row with the newest period; None when nothing is known."""
        dated = self.rows[self.rows["period_start"].notna()]
        return None if dated.empty else dated.loc[dated["period_start"].idxmax()]


def known_areas(edition: Edition) -> tuple[str, ...]:
    """Areas of which something is known, the own region first, the wider level before the inner.

    What describes an area itself (size, people, villages) counts.
    """
    found = []
    for level in map_levels(edition):
        rows = _valued(edition, level.code)
        known = set(rows["ref_area"])
        found += [area for area in level.areas if area in known]
    return tuple(sorted(found, key=lambda code: code != edition.ref_area))


def known_items(edition: Edition) -> tuple[str, ...]:
    """Commodities with a value at some level, in the pack's order."""
    found: dict[str, None] = {}
    for level in map_levels(edition):
        for measure in measures(edition, level=level.code):
            if measure.known and not measure.is_about_areas and measure.item in _items(edition):
                found[measure.item] = None
    return tuple(found)


def about_area(edition: Edition, *, area: str) -> Known:
    """The newest values of an area. Raises KeyError for one on no level of the map."""
    level = level_of_area(edition, area)
    if level is None:
        raise KeyError(f"'{area}' lies on no level of the map.")
    return _known(edition, level.code, column="ref_area", code=area)


def about_item(edition: Edition, *, item: str, level: str) -> Known:
    """The newest values of a commodity in every area of a level."""
    return _known(edition, level, column="item", code=item)


def levels_with(edition: Edition, *, item: str) -> tuple[str, ...]:
    """Levels at which something is known of a commodity, the one with most areas first."""
    known = {
        level.code: sum(
            measure.known for measure in measures(edition, level=level.code) if measure.item == item
        )
        for level in map_levels(edition)
    }
    return tuple(sorted((code for code, n in known.items() if n), key=lambda code: -known[code]))


def profile_title(edition: Edition, known: Known, *, area: str = "", item: str = "") -> Statement:
    """Who it is about, how many indicators are known and how new the newest is."""
    name = area_label(edition, area) if area else edition.vocabulary.item_name(item)
    if known.newest is None:
        return Statement("analysis.page.profile_none", {"name": name})
    values = {
        "name": name,
        "n": len(known.rows) if area else known.rows["ref_area"].nunique(),
        "period": Label(*(period_words(known.newest, words) for words in LANGUAGES)),
    }
    return Statement(f"analysis.profile.title_{'area' if area else 'item'}", values)


def profile_table(edition: Edition, known: Known, *, by: str, language: str) -> pd.DataFrame:
    """The rows in words; `by` is the first column's: item (an area's profile) or ref_area.

    One row an area and indicator, in the order of the pack; commodities before what describes
    the area itself.
    """
    columns: dict[str, Naming] = {
        "measure" if by == "item" else "area": _first_column(edition, known, by, language),
        "value": lambda row: written(row["obs_value"], _measure(known, row).indicator, language),
        "period": lambda row: period_words(row, language),
        "rank": lambda row: _rank(row).words(language) if row["ranked"] > 1 else "",
        "status": lambda row: status_words(str(row["obs_status"]), language),
        "source": lambda row: short_name(edition.vocabulary.source(str(row["source_id"]))),
    }
    if by == "ref_area":
        columns = {"area": columns.pop("area"),
                   "measure": lambda row: _measure(known, row).short_name.in_language(language),
                   **columns}  # fmt: skip
    rows = [row for _, row in known.rows.iterrows()]
    return pd.DataFrame({name: [tell(row) for row in rows] for name, tell in columns.items()})


def areas_without_output(edition: Edition, *, level: str) -> tuple[int, int]:
    """How many areas of a level have no amount of any commodity, and how many there are.

    Amounts are tonnes, hectares, animals and the like; prices and names of centres are none.
    """
    shown = map_level(edition, level)
    rows = _valued(edition, level)
    grown = rows[~rows["item"].isin(AREA_ITEMS) & rows["unit"].isin(ADDITIVE_UNITS)]
    return len(set(shown.areas) - set(grown["ref_area"])), len(shown.areas)


def _items(edition: Edition) -> set[str]:
    return set(edition.vocabulary.items.index)


def _valued(edition: Edition, level: str) -> pd.DataFrame:
    rows = map_rows(edition, level=level).chosen
    return rows[rows["obs_value"].notna() & (rows["obs_status"] != ObsStatus.MISSING)]


def _known(edition: Edition, level: str, *, column: str, code: str) -> Known:
    rows = _valued(edition, level)
    by_measure = {
        (measure.item, measure.indicator.code): measure
        for measure in measures(edition, level=level)
    }
    groups = rows.groupby([*MEASURE, "period"])["obs_value"]
    ranked = rows.assign(
        rank=groups.transform(ranks_from_highest), ranked=groups.transform("count")
    )
    own = ranked[ranked[column] == code].sort_values(
        "period_end", na_position="first", kind="stable"
    )
    newest = own[~own.duplicated(KEY, keep="last")]
    place = {pair: place for place, pair in enumerate(by_measure)}
    order = [place[pair] for pair in zip(newest["item"], newest["indicator"], strict=True)]
    ordered = newest.assign(order=order).sort_values(["order", "rank"], kind="stable")
    return Known(map_level(edition, level), ordered.reset_index(drop=True), by_measure)


def _measure(known: Known, row: pd.Series) -> Measure:
    return known.by_measure[(row["item"], row["indicator"])]


def _first_column(edition: Edition, known: Known, by: str, language: str) -> Naming:
    if by == "item":
        return lambda row: _measure(known, row).indicator.name.in_language(language)
    return lambda row: area_label(edition, str(row["ref_area"])).in_language(language)


def _rank(row: pd.Series) -> Statement:
    values = {"rank": Number(row["rank"], "number", {"decimals": 0}), "n": int(row["ranked"])}
    return Statement("analysis.profile.of", values)
