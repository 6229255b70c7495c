"""Words that an outline may use instead of a code of one region: `@own`, `@newest`, ...

An outline names no region. Before a figure is made, each such word becomes the code of this
edition; what a snapshot keeps are the codes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from analytics.agriculture.balance_report import balance_years, usual_balance_year
from analytics.agriculture.levels import MapLevel, map_levels
from analytics.agriculture.measures import Measure, measure_of
from analytics.agriculture.progress_report import Course, course_of
from analytics.agriculture.rows import PRODUCTION
from analytics.briefing.making import NOT_KNOWN, CannotMake
from analytics.editions.edition import Edition
from analytics.figures.recipe import Recipe
from analytics.geography.levels import inner_level
from analytics.prices.catalogue import Catalogue, price_catalogue
from analytics.prices.margin import partners
from analytics.prices.ratio import ratio_areas
from analytics.prices.references import reference_kinds
from analytics.prices.series import SeriesKey, series_key
from analytics.prices.warning_series import own_areas
from analytics.prices.weekly import is_over, week_choices
from analytics.smart_city.year_report import report_years, year_state
from analytics.tourism.accounts import pad_years
from analytics.tourism.destinations import NO_PERIOD, site_periods
from analytics.tourism.effect_data import choice_of, offered_events
from analytics.tourism.measures import brand_measures
from analytics.tourism.panel_answers import PanelChoice, offered_years
from analytics.tourism.site_months import usual_years
from analytics.tourism.visit_series import panel_id, site_id

Choices = Mapping[str, Any]
MARK = "@"
# Pages put the year that a reader chose in the place of this word.
SMART_CITY_YEAR = "@smart_city_year"


def resolved(recipe: Recipe, edition: Edition) -> Recipe:
    """The recipe with every word replaced, in the order of its choices.

    Raises CannotMake where the edition has nothing that a word could stand for.
    """
    choices: dict[str, Any] = {}
    for name, value in recipe.choices.items():
        choices[name] = _value(value, edition, choices)
    return Recipe(recipe.maker, choices)


def _value(value: Any, edition: Edition, choices: Choices) -> Any:
    if isinstance(value, tuple):
        return tuple(_value(part, edition, choices) for part in value)
    if not (isinstance(value, str) and value.startswith(MARK)):
        return value
    word, *rest = value.split(":")
    if word not in WORDS:
        raise CannotMake(f"An outline does not know the word '{word}'.")
    try:
        return WORDS[word](edition, choices, *rest)
    except CannotMake:
        raise
    except (*NOT_KNOWN, TypeError) as error:
        raise CannotMake(f"{value}: {error}") from error


def _level(edition: Edition, *, holds_region: bool) -> str:
    found: list[MapLevel] = [
        level for level in map_levels(edition) if level.holds_region == holds_region
    ]
    if not found:
        raise CannotMake("No map of that level.")
    return found[0].code


def _measure(edition: Edition, choices: Choices) -> Measure:
    return measure_of(
        edition, level=choices["level"], item=choices["item"], indicator=choices["indicator"]
    )


def _usual_period(edition: Edition, choices: Choices) -> str:
    measure = _measure(edition, choices)
    if not measure.known:
        raise CannotMake(f"No value of {measure.item}, {measure.indicator.code}.")
    return measure.usual_period.code


def _period_before(edition: Edition, choices: Choices) -> str:
    measure = _measure(edition, choices)
    before = measure.before(measure.usual_period.code)
    if before is None:
        raise CannotMake("No earlier period.")
    return before.code


def _balance_year(edition: Edition, choices: Choices) -> int:
    if not balance_years(edition, level=choices["level"]):
        raise CannotMake("No year with paddy.")
    return usual_balance_year(edition, level=choices["level"])


def _course(edition: Edition, choices: Choices) -> Course:
    course = course_of(edition, level=choices["level"], item=choices["item"], indicator=PRODUCTION)
    if len(course.years) < 2:
        raise CannotMake("Fewer than two years.")
    return course


def _first_year(edition: Edition, choices: Choices) -> int:
    return int(_course(edition, choices).years[0])


def _last_year(edition: Edition, choices: Choices) -> int:
    course = _course(edition, choices)
    return int(course.usual_last or course.years[-1])


def _price(edition: Edition, _choices: Choices, item: str, indicator: str) -> str:
    """The region's own best series of a commodity at one stage of trade."""
    own = own_areas(edition)
    for listed in _catalogue(_Held.of(edition)).of_item(item):
        if listed.key.indicator == indicator and listed.key.ref_area in own:
            return listed.key.unique_id
    raise CannotMake(f"No own price series of {item}, {indicator}.")


@dataclass(frozen=True)
class _Held:
    """Names an edition for the cache: the edition itself takes no part in the comparison."""

    region: str
    number: int
    folder: str
    edition: Edition = field(compare=False)

    @classmethod
    def of(cls, edition: Edition) -> _Held:
        return cls(edition.stamp.region, edition.stamp.number, str(edition.folder), edition)


@lru_cache(maxsize=4)
def _catalogue(held: _Held) -> Catalogue:
    """An outline asks for several series: their list is read once an edition."""
    return price_catalogue(held.edition)


def _partner(edition: Edition, choices: Choices) -> str:
    found = partners(edition, series=choices["series"])
    if not found:
        raise CannotMake("No series at the other stage of trade.")
    return found[0]


def _reference(edition: Edition, choices: Choices) -> str:
    """The newest kind of reference price of the series; empty where no rule fits."""
    return next(iter(reference_kinds(edition, series_key(choices["series"]))), "")


def _ratio_area(edition: Edition, _choices: Choices) -> str:
    return _first(ratio_areas(edition), "No area with both prices.")


def _panel(edition: Edition, _choices: Choices) -> dict[str, Any]:
    choice = PanelChoice()
    years = usual_years(offered_years(edition, choice=choice))
    return {**asdict(choice), "years": tuple(sorted(years))}


def _any_panel(_edition: Edition, _choices: Choices) -> dict[str, Any]:
    return asdict(PanelChoice())


def _site_period(edition: Edition, _choices: Choices) -> str:
    return next((found.code for found in site_periods(edition)), NO_PERIOD)


def _brand_measure(edition: Edition, _choices: Choices, indicator: str) -> str:
    codes = (found.code for found in brand_measures(edition) if found.indicator == indicator)
    return _first(tuple(codes), f"No figure of {indicator}.")


def _reported(edition: Edition, _choices: Choices, item: str) -> dict[str, Any]:
    """A commodity as officers report it day by day; the best of its series stands for all."""
    for listed in _catalogue(_Held.of(edition)).of_item(item):
        if listed.key.is_daily:
            return asdict(listed.key)
    raise CannotMake(f"Nobody reports {item}.")


def _week(edition: Edition, choices: Choices) -> str:
    """The newest week that was over when the edition was published, else the newest."""
    weeks = week_choices(edition, SeriesKey(**choices["key"]))
    over = [code for code, week in weeks.items() if is_over(week, today=_day(edition))]
    return _first((*over[:1], *weeks), "No week with reports.")


def _inner(edition: Edition, _choices: Choices) -> str:
    level = inner_level(edition)
    if level is None:
        raise CannotMake("No map of areas inside the region.")
    return level


def _newest_event(edition: Edition, _choices: Choices) -> dict[str, Any]:
    found = offered_events(edition)
    if not found:
        raise CannotMake("No event at a site with visits by month.")
    return asdict(choice_of(found[0]))


def _pad_year(edition: Edition, _choices: Choices) -> int:
    """The newest whole year with accounts of own revenue."""
    years = [year for year in pad_years(edition) if year < _day(edition).year]
    if not years:
        raise CannotMake("No own revenue by account.")
    return max(years)


def _smart_city_year(edition: Edition, _choices: Choices) -> int:
    """The newest whole year that a yearly evaluation can tell of."""
    years = report_years(edition, until=_day(edition).year - 1)
    if not years:
        raise CannotMake("No programmes.")
    return years[-1]


def _smart_city_state(edition: Edition, choices: Choices) -> str:
    """The surest state in which the chosen year has scores."""
    state = year_state(edition, int(choices["year"]))
    if state is None:
        raise CannotMake(f"No scores of {choices['year']}.")
    return state.value


def _day(edition: Edition) -> date:
    """The day that an outline's words are told from: that of the edition."""
    return edition.stamp.published_on


def _first(found: tuple[str, ...], otherwise: str) -> str:
    if not found:
        raise CannotMake(otherwise)
    return found[0]


WORDS: Mapping[str, Callable[..., Any]] = {
    "@own": lambda edition, _choices: edition.ref_area,
    "@wide": lambda edition, _choices: _level(edition, holds_region=True),
    "@inner": lambda edition, _choices: _level(edition, holds_region=False),
    "@usual_period": _usual_period,
    "@period_before": _period_before,
    "@balance_year": _balance_year,
    "@first_year": _first_year,
    "@last_year": _last_year,
    "@price": _price,
    "@partner": _partner,
    "@reference": _reference,
    "@ratio_area": _ratio_area,
    "@panel": _panel,
    "@any_panel": _any_panel,
    "@site_period": _site_period,
    "@brand_measure": _brand_measure,
    "@reported": _reported,
    "@week": _week,
    "@inside": _inner,
    "@visits": lambda edition, _choices: panel_id(edition),
    "@newest_event": _newest_event,
    "@event_visits": lambda edition, choices: site_id(edition, choices["choice"]["sites"][0]),
    "@pad_year": _pad_year,
    SMART_CITY_YEAR: _smart_city_year,
    "@smart_city_state": _smart_city_state,
}
