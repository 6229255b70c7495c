"""The few figures beside a price chart."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.figure import Fact
from analytics.figures.result import Indicator, Number, Period, Statement
from analytics.figures.sentences import written_number
from analytics.prices.course import (
    LEAST_POSITION_MONTHS,
    Standing,
    band_place,
    change_statement,
    direction,
    standing_of,
    until,
)
from analytics.prices.series import series_key, series_prices

PRODUCER = "price_producer"


def course_facts(
    edition: Edition, *, series: str, years: tuple[int, int] | None = None, reference: str = ""
) -> tuple[Fact, ...]:
    """Newest price, a year before, place in five years, and reports or reference price."""
    key = series_key(series)
    whole = until(series_prices(edition, series), years)
    standing = standing_of(edition, key, whole, reference=reference)
    if standing is None:
        return ()
    indicator = edition.vocabulary.indicator(key.indicator, unit=key.unit)
    found = [
        _newest(standing, indicator),
        _year_before(standing, indicator),
        _position(standing),
        _reports(standing) if key.is_daily else None,
        _reference(standing, indicator, is_producer=key.indicator == PRODUCER),
    ]
    return tuple(fact for fact in found if fact is not None)


def _month(month: pd.Timestamp) -> Period:
    return Period(month.date(), (month + pd.offsets.MonthEnd(0)).date(), "M")


def _newest(standing: Standing, indicator: Indicator) -> Fact:
    has_change = not pd.isna(standing.month_change_pct)
    comparison = _from_month(standing.month_change_pct) if has_change else None
    return Fact(
        heading=Statement("prices.fact.newest"),
        value=written_number(standing.price, indicator),
        period=_month(standing.month),
        comparison=comparison,
        direction=direction(standing.month_change_pct) if has_change else "",
        status=standing.status,
    )


def _year_before(standing: Standing, indicator: Indicator) -> Fact | None:
    if pd.isna(standing.year_before):
        return None
    return Fact(
        heading=Statement("prices.fact.year_before"),
        value=written_number(standing.year_before, indicator),
        period=_month(standing.month - pd.DateOffset(years=1)),
        comparison=_since_then(standing.year_change_pct),
        direction=direction(standing.year_change_pct),
    )


def _position(standing: Standing) -> Fact | None:
    if standing.others < LEAST_POSITION_MONTHS:
        return None
    others = Number(standing.others, "number", {"decimals": 0})
    return Fact(
        heading=Statement("prices.fact.position"),
        value=Number(standing.position_pct, "percent_sign", {"decimals": 0}),
        period=Statement("prices.fact.position_of", {"others": others}),
    )


def _reports(standing: Standing) -> Fact:
    return Fact(
        heading=Statement("prices.fact.reports"),
        value=Number(standing.reports, "number", {"decimals": 0}),
        period=Statement(
            "prices.fact.areas",
            {"areas": Number(standing.areas, "number", {"decimals": 0}), "n": standing.areas},
        ),
    )


def _reference(standing: Standing, indicator: Indicator, *, is_producer: bool) -> Fact | None:
    """The reference price in force; below a producer's floor or above a ceiling is bad."""
    band = standing.band
    if band is None:
        return None
    place, limit = band_place(standing.price, band)
    is_bad = place == ("below" if is_producer else "above")
    gap = _against(100.0 * (standing.price / limit - 1.0))
    return Fact(
        heading=Statement("prices.fact.reference"),
        value=written_number(limit, indicator),
        period=_month(standing.month),
        comparison=Statement("prices.fact.within_reference") if place == "within" else gap,
        direction={"below": "down", "above": "up"}.get(place, "same"),
        tone="bad" if is_bad else "neutral",
    )


def _from_month(change: float) -> Statement:
    return change_statement(f"prices.fact.from_month.{direction(change)}", change)


def _since_then(change: float) -> Statement:
    return change_statement(f"prices.fact.since_then.{direction(change)}", change)


def _against(change: float) -> Statement:
    return change_statement(f"prices.fact.against_reference.{direction(change)}", change)
