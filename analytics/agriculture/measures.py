"""What can be put on the map: found in the edition, nothing listed in code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd

from analytics.agriculture.levels import MapLevel, map_level, map_levels
from analytics.agriculture.periods import (
    PeriodChoice,
    comparable_choices,
    period_choices,
    previous_choice,
)
from analytics.agriculture.rows import (
    ALL_COMMODITIES,
    AREA_ITEMS,
    CENTRE,
    COMMODITY_COUNT,
    MEASURE,
    PRODUCTION,
    SOURCE_COUNT,
    Question,
    map_rows,
)
from analytics.editions.edition import Edition
from analytics.figures.names import in_both
from analytics.i18n import LANGUAGES, text
from analytics.observations.concepts import Indicator, Label

COUNT_WORDS = {SOURCE_COUNT: "sources", COMMODITY_COUNT: "commodities"}
# A measure known for half of the areas outside is worth asking for inside, even before it is there.
WIDELY_KNOWN = 0.5
GOOD_COVERAGE = 0.7
REPEATED_WORD = re.compile(r"\b(\w+) \1\b")


class UnknownMeasure(KeyError):
    """A measure or period that the edition does not hold at this level."""


@dataclass(frozen=True)
class Measure:
    """One thing the map can show at a level.

    `indicator` carries the measure's full name ("Produksi padi") and the unit of its values.
    `known` is the number of areas with a value in any period; a measure of 0 is one that the
    wider level knows and this one has no table of yet.
    """

    item: str
    item_name: Label
    indicator: Indicator
    short_name: Label
    periods: tuple[PeriodChoice, ...]
    coverage: tuple[int, ...]
    known: int
    total: int
    values: int

    @property
    def is_about_areas(self) -> bool:
        """True for what describes the area itself: size, people, visits."""
        return self.item in AREA_ITEMS

    @property
    def is_centre(self) -> bool:
        return self.indicator.code == CENTRE

    def period(self, code: str) -> PeriodChoice:
        """The period of that code. Raises UnknownMeasure."""
        for choice in self.periods:
            if choice.code == code:
                return choice
        raise UnknownMeasure(f"{self.item} {self.indicator.code} has no period '{code}'.")

    def before(self, code: str) -> PeriodChoice | None:
        """The period of the same step before; None for the first and for undated values."""
        return previous_choice(self.periods, code)

    def comparable(self, code: str) -> tuple[PeriodChoice, ...]:
        """The periods that the one of that code can be compared with, itself left out."""
        found = comparable_choices(self.periods, code)
        return tuple(choice for choice in found if choice.code != code)

    @property
    def usual_period(self) -> PeriodChoice:
        """The newest period that is known for at least half as many areas as the best one."""
        enough = max(self.coverage) / 2
        pairs = zip(self.periods, self.coverage, strict=True)
        dated = [choice for choice, areas in pairs if areas >= enough and choice.period.start]
        return dated[-1] if dated else self.periods[-1]


def measures(edition: Edition, *, level: str, with_unverified: bool = False) -> tuple[Measure, ...]:
    """The measures of a level in the pack's order of commodities and indicators."""
    return _measures(Question.about(edition, level=level, with_unverified=with_unverified))


def measure_of(
    edition: Edition, *, level: str, item: str, indicator: str, with_unverified: bool = False
) -> Measure:
    """The measure of that commodity and indicator. Raises UnknownMeasure."""
    for measure in measures(edition, level=level, with_unverified=with_unverified):
        if (measure.item, measure.indicator.code) == (item, indicator):
            return measure
    raise UnknownMeasure(f"Nothing is known of {item}, {indicator} at level '{level}'.")


def usual_measure(found: Sequence[Measure]) -> Measure:
    """The measure shown first: output where most areas have it, else what is known best."""
    output = [
        measure
        for measure in found
        if measure.indicator.code == PRODUCTION and measure.known >= measure.total / 2
    ]
    if output:
        return output[0]
    grown = [measure for measure in found if not measure.is_about_areas and measure.known]
    candidates = grown or list(found)
    most = max(measure.values for measure in candidates)
    return next(m for m in candidates if m.values >= most * GOOD_COVERAGE)


def items_of(found: Sequence[Measure]) -> tuple[str, ...]:
    """The commodities of the measures, each once, in order."""
    return tuple(dict.fromkeys(measure.item for measure in found))


@lru_cache(maxsize=16)
def _measures(question: Question) -> tuple[Measure, ...]:
    edition, level = question.edition, map_level(question.edition, question.level)
    rows = map_rows(edition, level=level.code, with_unverified=question.with_unverified).chosen
    valued = rows[rows["obs_value"].notna()]
    own = [
        _measure(edition, level, str(item), str(indicator), group)
        for (item, indicator), group in valued.groupby(MEASURE, sort=False)
    ]
    asked_for = [] if level.holds_region else _not_yet_known(edition, level, own)
    return tuple(sorted([*own, *asked_for], key=lambda measure: _order(edition, measure)))


def _measure(
    edition: Edition, level: MapLevel, item: str, indicator: str, group: pd.DataFrame
) -> Measure:
    periods = period_choices(group)
    by_period = group.groupby("period")["ref_area"].nunique()
    unit = str(group["unit"].iloc[0])
    return Measure(
        item=item,
        item_name=_item_name(edition, item),
        indicator=_named_indicator(edition, item=item, indicator=indicator, unit=unit),
        short_name=_plain_indicator(edition, indicator, unit=unit).name,
        periods=periods,
        coverage=tuple(int(by_period[choice.code]) for choice in periods),
        known=int(group["ref_area"].nunique()),
        total=len(level.areas),
        values=len(group),
    )


def _not_yet_known(edition: Edition, level: MapLevel, own: Sequence[Measure]) -> list[Measure]:
    """What the wider level knows well and this one has no table of: shown as missing."""
    have = {(measure.item, measure.indicator.code) for measure in own}
    wider = [other for other in map_levels(edition) if other.holds_region]
    outside = [measure for other in wider for measure in measures(edition, level=other.code)]
    return [
        _without_values(measure, total=len(level.areas))
        for measure in outside
        if (measure.item, measure.indicator.code) not in have
        and not measure.is_about_areas
        and measure.known >= measure.total * WIDELY_KNOWN
    ]


def _without_values(measure: Measure, *, total: int) -> Measure:
    """The measure of the wider level as one that is asked for here, in its widely known periods."""
    pairs = zip(measure.periods, measure.coverage, strict=True)
    periods = tuple(choice for choice, n in pairs if n >= measure.total * WIDELY_KNOWN)
    nothing = (0,) * len(periods)
    return replace(measure, periods=periods, coverage=nothing, known=0, total=total, values=0)


def _order(edition: Edition, measure: Measure) -> tuple[bool, float, int, int]:
    """Commodities by group and place in the pack, area facts last, indicators as in the pack."""
    items, indicators = (
        _places(edition, "commodities", "item"),
        _places(edition, "indicators", "indicator"),
    )
    groups = _group_order(edition)
    return (
        measure.is_about_areas or measure.item == ALL_COMMODITIES,
        groups.get(measure.item, float("inf")),
        items.get(measure.item, len(items)),
        _indicator_place(indicators, measure),
    )


def _indicator_place(indicators: dict[str, int], measure: Measure) -> int:
    """Production before everything else: it is asked for most."""
    return -1 if measure.indicator.code == PRODUCTION else indicators[measure.indicator.code]


def _places(edition: Edition, table: str, column: str) -> dict[str, int]:
    return {code: place for place, code in enumerate(edition.reference(table)[column])}


def _group_order(edition: Edition) -> dict[str, float]:
    groups = edition.reference("commodity_groups")
    order = dict(zip(groups["group"], pd.to_numeric(groups["sort"]), strict=True))
    commodities = edition.reference("commodities")
    return {row.item: order.get(row.group, float("inf")) for row in commodities.itertuples()}


def _item_name(edition: Edition, item: str) -> Label:
    if item == ALL_COMMODITIES:
        return in_both("agriculture.measure.all_commodities")
    return edition.vocabulary.item_name(item)


def _named_indicator(edition: Edition, *, item: str, indicator: str, unit: str) -> Indicator:
    """The indicator under the measure's name, in the unit of the values."""
    if indicator == CENTRE:
        return _counting_indicator(edition, item=item, unit=unit)
    own = _plain_indicator(edition, indicator, unit=unit)
    if item in AREA_ITEMS:
        return own
    return replace(own, name=_named("named", own.name, edition.vocabulary.item_name(item)))


def _plain_indicator(edition: Edition, indicator: str, *, unit: str) -> Indicator:
    return edition.vocabulary.indicator(indicator, unit=None if unit in COUNT_WORDS else unit)


def _counting_indicator(edition: Edition, *, item: str, unit: str) -> Indicator:
    own = edition.vocabulary.indicator(CENTRE)
    if unit == COMMODITY_COUNT:
        name = in_both("agriculture.measure.all_centres")
    else:
        name = _named("centre", own.name, edition.vocabulary.item_name(item))
    symbol = in_both(f"agriculture.unit.{COUNT_WORDS[unit]}")
    return replace(own, name=name, unit=unit, unit_symbol=symbol, decimals=0)


def _named(key: str, indicator: Label, item: Label) -> Label:
    return Label(*(_name_in(key, indicator, item, language) for language in LANGUAGES))


def _name_in(key: str, indicator: Label, item: Label, language: str) -> str:
    words = text(
        f"agriculture.measure.{key}",
        language,
        indicator=indicator.in_language(language),
        item=within_sentence(item.in_language(language)),
    )
    # "Luas lahan" of "lahan sawah" is "luas lahan sawah".
    return REPEATED_WORD.sub(r"\1", words)


def within_sentence(name: str) -> str:
    """A commodity's name with a small first letter, unless it starts with an abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
