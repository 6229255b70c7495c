"""The season of a price: one line a year, and each month against the mean of its year."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.result import Indicator, Number, Result, Statement
from analytics.i18n import text
from analytics.prices.course import (
    caveats_of,
    name_values,
    notes_of,
    period_of,
    until,
    within,
)
from analytics.prices.formulas import share_of_year_pct
from analytics.prices.names import both_languages, series_name
from analytics.prices.series import SeriesKey, series_key, series_prices

LEAST_YEARS = 3


def price_by_year(
    edition: Edition, *, series: str, today: date, years: tuple[int, int] | None = None
) -> Result:
    """Months across, one line a year. Frame: that of `series_prices`. Raises UnknownSeries."""
    key = series_key(series)
    prices = series_prices(edition, series)
    shown = within(until(prices, years), years)
    indicator = edition.vocabulary.indicator(key.indicator, unit=key.unit)
    return Result(
        name=f"price_by_year_{key.item}",
        frame=shown,
        indicator=indicator,
        sources=edition.vocabulary.sources_of(shown),
        period=period_of(shown),
        edition=edition.stamp,
        title=_year_title(edition, key, shown),
        statements=(Statement("prices.season.how_drawn"),) if len(shown) else (),
        caveats=caveats_of(edition, shown),
        notes=notes_of(shown, last=prices["ds"].iloc[-1], today=today),
        parameters={"series": series, "years": years or ""},
    )


def _year_title(edition: Edition, key: SeriesKey, shown: pd.DataFrame) -> Statement:
    """In how many months the newest year was dearer than the one before."""
    values: dict[str, object] = dict(name_values(series_name(edition, key)))
    pairs = _pairs_of_newest_years(shown)
    if pairs.empty:
        return Statement("prices.season.by_year", values)
    year = int(shown["ds"].dt.year.max())
    values |= {
        "dearer": Number(int((pairs["now"] > pairs["before"]).sum()), "number", {"decimals": 0}),
        "months": Number(len(pairs), "number", {"decimals": 0}),
        "year": str(year),
        "before": str(year - 1),
        "n": len(pairs),
    }
    return Statement("prices.season.newest_year", values)


def _pairs_of_newest_years(shown: pd.DataFrame) -> pd.DataFrame:
    if shown.empty:
        return pd.DataFrame(columns=["now", "before"])
    year = shown["ds"].dt.year.max()
    by_month = shown.assign(month=shown["ds"].dt.month).set_index("month")["obs_value"]
    years = shown["ds"].dt.year.to_numpy()
    return pd.DataFrame(
        {"now": by_month[years == year], "before": by_month[years == year - 1]}
    ).dropna()


def month_pattern(edition: Edition, *, series: str, years: tuple[int, int] | None = None) -> Result:
    """Each month's price in percent of the mean of its year, for years with twelve prices.

    The level of prices, which rises over the years, is thus taken out. Frame: that of
    `series_prices` with `price` and obs_value in percent. Empty with fewer than three years.
    """
    key = series_key(series)
    prices = within(until(series_prices(edition, series), years), years)
    frame = _shares(prices)
    count = frame["ds"].dt.year.nunique() if len(frame) else 0
    return Result(
        name=f"month_pattern_{key.item}",
        frame=frame if count >= LEAST_YEARS else frame.iloc[:0],
        indicator=_share_indicator(),
        sources=edition.vocabulary.sources_of(frame),
        period=period_of(frame),
        edition=edition.stamp,
        title=_pattern_title(edition, series, frame, count),
        statements=_pattern_statements(frame, count),
        caveats=caveats_of(edition, frame),
        notes=_pattern_notes(count),
        parameters={"series": series, "years": years or ""},
    )


def _shares(prices: pd.DataFrame) -> pd.DataFrame:
    shares = share_of_year_pct(prices["obs_value"], prices["ds"].dt.year)
    frame = prices.assign(price=prices["obs_value"], obs_value=shares, unit="percent")
    return frame[shares.notna()].reset_index(drop=True)


def month_medians(frame: pd.DataFrame) -> pd.Series:
    """The middle of the shares of each month of the year, by month number."""
    return frame.groupby(frame["ds"].dt.month)["obs_value"].median()


def _pattern_title(edition: Edition, series: str, frame: pd.DataFrame, count: int) -> Statement:
    values: dict[str, object] = dict(name_values(series_name(edition, series_key(series))))
    if count < LEAST_YEARS:
        return Statement("prices.season.pattern_none", values)
    medians = month_medians(frame)
    values |= {"cheapest": _month_name(medians.idxmin()), "dearest": _month_name(medians.idxmax())}
    return Statement("prices.season.pattern", values)


def _pattern_statements(frame: pd.DataFrame, count: int) -> tuple[Statement, ...]:
    if count < LEAST_YEARS:
        return ()
    medians = month_medians(frame)
    values = {
        "years": Number(count, "number", {"decimals": 0}),
        "cheapest": _month_name(medians.idxmin()),
        "low": Number(medians.min(), "percent"),
        "dearest": _month_name(medians.idxmax()),
        "high": Number(medians.max(), "percent"),
    }
    return (Statement("prices.season.pattern_sentence", values),)


def _pattern_notes(count: int) -> tuple[Statement, ...]:
    if count >= LEAST_YEARS:
        return ()
    counts = {
        "found": Number(count, "number", {"decimals": 0}),
        "needed": Number(LEAST_YEARS, "number", {"decimals": 0}),
    }
    return (
        Statement("prices.season.too_few_years", counts),
        Statement("prices.season.too_few_years_cure"),
    )


def _month_name(month: int) -> Number:
    return Number(int(month), "month_name")


def _share_indicator() -> Indicator:
    """Percent of the year's mean."""
    name = both_languages(lambda language: text("prices.season.share", language))
    unit = both_languages(lambda language: text("prices.season.share_unit", language))
    definition = both_languages(lambda language: text("prices.season.share_definition", language))
    return Indicator(
        code="price_share_of_year", name=name, unit="percent", unit_symbol=unit, decimals=1,
        better="neither", aggregate="none", definition=definition,
    )  # fmt: skip
