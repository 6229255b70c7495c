"""The few figures beside a price chart."""

from __future__ import annotations

import pandas as pd

from analytics.figures.figure import Fact
from analytics.figures.result import Indicator, Number, Period, Statement
from analytics.figures.sentences import written_number
from analytics.prices.course import Standing, band_place, change_statement, direction

LEAST_POSITION_MONTHS = 12


def standing_facts(
    standing: Standing | None, indicator: Indicator, *, is_daily: bool, stage: str
) -> tuple[Fact, ...]:
    """Newest price, a year before, place in five years, and reports or reference price."""
    if standing is None:
        return ()
    found = [
        _newest(standing, indicator),
        _year_before(standing, indicator),
        _position(standing),
        _reports(standing) if is_daily else None,
        _reference(standing, indicator, stage=stage),
    ]
    return tuple(fact for fact in found if fact is not None)


def _month(month: pd.Timestamp) -> Period:
    return Period(month.date(), (month + pd.offsets.MonthEnd(0)).date(), "M")


def _newest(standing: Standing, indicator: Indicator) -> Fact:
    has_change = not pd.isna(standing.month_change_pct)
    comparison = (
        change_statement("prices.fact.from_month", standing.month_change_pct)
        if has_change
        else None
    )
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
        comparison=change_statement("prices.fact.since_then", standing.year_change_pct),
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


def _reference(standing: Standing, indicator: Indicator, *, stage: str) -> Fact | None:
    """The reference price in force; below a producer's floor or above a ceiling is bad."""
    band = standing.band
    if band is None:
        return None
    place, limit = band_place(standing.price, band)
    is_bad = place == ("below" if stage == "producer" else "above")
    gap = change_statement(
        "prices.fact.against_reference", 100.0 * (standing.price / limit - 1.0)
    )
    return Fact(
        heading=Statement("prices.fact.reference"),
        value=written_number(limit, indicator),
        period=_month(standing.month),
        comparison=Statement("prices.fact.within_reference") if place == "within" else gap,
        direction={"below": "down", "above": "up"}.get(place, "same"),
        tone="bad" if is_bad else "neutral",
    )
