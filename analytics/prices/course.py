"""One price series over time: where it stands, how it changed, how that compares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.result import Indicator, Label, Number, Period, Result, Statement
from analytics.figures.sentences import written_number
from analytics.prices.catalogue import is_stopped
from analytics.prices.formulas import (
    MONTHS_IN_YEAR,
    change_pct,
    position_pct,
    steps_since_as_high,
    steps_since_as_low,
)
from analytics.prices.names import SeriesName, series_name
from analytics.prices.references import Band, band_of_month, reference_prices
from analytics.prices.series import SeriesKey, series_key, series_prices

SAME_WITHIN_PCT = 0.05
POSITION_MONTHS = 60
LEAST_POSITION_MONTHS = 12
LEAST_STEPS_TOLD = 6
# The caveat by which a pack says that one day stands for the whole month.
FIRST_OBSERVATION = "first_observation_of_month"
MONEY_DECIMALS = 0


@dataclass(frozen=True)
class Standing:
    """The newest month of a series and what it is compared with. Missing is NaN or None.

    Changes are in percent; `position_pct` is the percent of the other months of five years
    that were cheaper, `cheaper` their number of `others`.
    """

    month: pd.Timestamp
    price: float
    status: str
    before: float
    month_change_pct: float
    year_before: float
    year_change_pct: float
    position_pct: float
    cheaper: int
    others: int
    reports: int
    areas: int
    band: Band | None


def price_course(
    edition: Edition,
    *,
    series: str,
    today: date,
    years: tuple[int, int] | None = None,
    reference: str = "",
) -> Result:
    """One series by month, in the years asked for (all by default), with its sentences.

    `reference` is a code of `reference_kinds`. Frame: that of `series_prices`. Raises
    UnknownSeries.
    """
    key = series_key(series)
    prices = series_prices(edition, series)
    whole = until(prices, years)
    standing = standing_of(edition, key, whole, reference=reference)
    shown = within(whole, years)
    indicator = edition.vocabulary.indicator(key.indicator, unit=key.unit)
    return Result(
        name=f"price_{key.item}",
        frame=shown,
        indicator=indicator,
        sources=edition.vocabulary.sources_of(shown),
        period=period_of(shown),
        edition=edition.stamp,
        title=_title(series_name(edition, key), standing, indicator),
        statements=_statements(key, whole, standing, indicator),
        caveats=caveats_of(edition, shown, band=standing.band if standing else None),
        notes=notes_of(shown, last=prices["ds"].iloc[-1], today=today),
        parameters={"series": series, "years": years or "", "reference": reference},
    )


def within(frame: pd.DataFrame, years: tuple[int, int] | None) -> pd.DataFrame:
    """The rows of some years, both included; all without a choice."""
    if years is None:
        return frame
    return frame[frame["ds"].dt.year.between(*years)].reset_index(drop=True)


def until(frame: pd.DataFrame, years: tuple[int, int] | None) -> pd.DataFrame:
    """The rows up to the end of the years asked for, from the first to the last value.

    Keeps one empty frame when the series begins later.
    """
    if years is None:
        return frame
    kept = frame[frame["ds"].dt.year <= years[1]]
    known = kept[kept["obs_value"].notna()]
    return kept[kept["ds"] <= known["ds"].max()].reset_index(drop=True)


def standing_of(
    edition: Edition, key: SeriesKey, whole: pd.DataFrame, *, reference: str = ""
) -> Standing | None:
    """Where the newest month of the frame stands; None when the frame is empty."""
    if whole.empty:
        return None
    prices = whole.set_index("ds")["obs_value"]
    last = whole.iloc[-1]
    month, price = last["ds"], float(last["obs_value"])
    before = _price_months_ago(prices, month, 1)
    year_before = _price_months_ago(prices, month, MONTHS_IN_YEAR)
    others = prices.iloc[-POSITION_MONTHS:-1].dropna()
    return Standing(
        month=month,
        price=price,
        status=str(last["obs_status"]),
        before=before,
        month_change_pct=change_pct(price, before),
        year_before=year_before,
        year_change_pct=change_pct(price, year_before),
        position_pct=position_pct(price, others),
        cheaper=int((others < price).sum()),
        others=len(others),
        reports=int(last["reports"]),
        areas=int(last["areas"]),
        band=_band(edition, key, month, reference),
    )


def _band(edition: Edition, key: SeriesKey, month: pd.Timestamp, reference: str) -> Band | None:
    if not reference:
        return None
    return band_of_month(reference_prices(edition, key, kind=reference), month)


def _price_months_ago(prices: pd.Series, month: pd.Timestamp, months: int) -> float:
    return float(prices.get(month - pd.DateOffset(months=months), float("nan")))


def direction(change: float) -> str:
    """`up`, `down` or `same`; changes that print as 0 percent are `same`."""
    if abs(change) < SAME_WITHIN_PCT:
        return "same"
    return "up" if change > 0 else "down"


def change_statement(key: str, change: float, **values: object) -> Statement:
    """A text that tells a change; `change` is written without a sign, the key has its direction."""
    return Statement(key, {"change": Number(abs(change), "percent"), **values})


def month_words(month: pd.Timestamp) -> Number:
    """A month that writes itself: `Agustus 2026`."""
    return Number(month.date(), "month")


def period_of(frame: pd.DataFrame) -> Period:
    """First to last month of the frame."""
    if frame.empty:
        return Period(None, None)
    return Period(frame["period_start"].min().date(), frame["period_end"].max().date(), "M")


def name_values(name: SeriesName) -> dict[str, Label]:
    """Values that every title takes: item, where and stage."""
    return {"item": name.item, "where": name.where, "stage": name.stage}


def _title(name: SeriesName, standing: Standing | None, indicator: Indicator) -> Statement:
    values: dict[str, object] = dict(name_values(name))
    if standing is None:
        return Statement("prices.course.title.none", values)
    values |= {
        "price": written_number(standing.price, indicator),
        "month": month_words(standing.month),
    }
    if pd.isna(standing.month_change_pct):
        return Statement("prices.course.title.first", values)
    side = direction(standing.month_change_pct)
    return change_statement(f"prices.course.title.{side}", standing.month_change_pct, **values)


def _statements(
    key: SeriesKey, whole: pd.DataFrame, standing: Standing | None, indicator: Indicator
) -> tuple[Statement, ...]:
    if standing is None:
        return ()
    found = [
        _year_change(standing, indicator),
        _since(whole),
        _position(standing),
        _reports(key, standing),
        reference_statement(standing, indicator),
        _one_observation(whole),
    ]
    return tuple(statement for statement in found if statement is not None)


def _one_observation(whole: pd.DataFrame) -> Statement | None:
    if not whole["caveat"].str.contains(FIRST_OBSERVATION, regex=False).any():
        return None
    return Statement("prices.course.one_observation")


def _year_change(standing: Standing, indicator: Indicator) -> Statement | None:
    if pd.isna(standing.year_change_pct):
        return None
    return change_statement(
        f"prices.course.year.{direction(standing.year_change_pct)}",
        standing.year_change_pct,
        month=month_words(standing.month - pd.DateOffset(years=1)),
        price=written_number(standing.year_before, indicator),
    )


def _since(whole: pd.DataFrame) -> Statement | None:
    """`Tertinggi sejak ...` or `Terendah sejak ...` when that is half a year back or more."""
    known = whole[whole["obs_value"].notna()].reset_index(drop=True)
    high, low = steps_since_as_high(known["obs_value"]), steps_since_as_low(known["obs_value"])
    extreme, side = max((high, "highest"), (low, "lowest"), key=lambda pair: pair[0].steps)
    if extreme.steps < LEAST_STEPS_TOLD:
        return None
    since = known["ds"].iloc[len(known) - 1 - extreme.steps]
    scope = "of_all" if extreme.is_of_all else "since"
    return Statement(f"prices.course.{side}.{scope}", {"month": month_words(since)})


def _position(standing: Standing) -> Statement | None:
    if standing.others < LEAST_POSITION_MONTHS:
        return None
    counts = {
        "others": Number(standing.others, "number", {"decimals": 0}),
        "cheaper": Number(standing.cheaper, "number", {"decimals": 0}),
    }
    return Statement("prices.course.position", counts)


def _reports(key: SeriesKey, standing: Standing) -> Statement | None:
    """How many daily reports and areas stand behind the newest month."""
    if not key.is_daily:
        return None
    counts = {
        "reports": Number(standing.reports, "number", {"decimals": 0}),
        "areas": Number(standing.areas, "number", {"decimals": 0}),
        "month": month_words(standing.month),
        "n": standing.reports,
    }
    return Statement("prices.course.reports", counts)


def reference_statement(standing: Standing, indicator: Indicator) -> Statement | None:
    """The price against the reference price in force in that month; None without one."""
    band = standing.band
    if band is None:
        return None
    place, limit = band_place(standing.price, band)
    shape = "one" if band.is_one_price else "band"
    values: Mapping[str, object] = {
        "month": month_words(standing.month),
        "low": written_number(band.low, indicator),
        "high": written_number(band.high, indicator),
        "gap": written_number(abs(standing.price - limit), indicator),
        "share": Number(abs(change_pct(standing.price, limit)), "percent"),
    }
    return Statement(f"prices.reference.{shape}.{place}", values)


def band_place(price: float, band: Band) -> tuple[str, float]:
    """`below`, `above` or `within` the band, and the limit that the price is held against."""
    if price < band.low:
        return "below", band.low
    return ("above", band.high) if price > band.high else ("within", band.low)


def caveats_of(
    edition: Edition, frame: pd.DataFrame, *, band: Band | None = None
) -> tuple[Label, ...]:
    """Caveats of the rows and of the rule in force; what a sentence already says is left out."""
    cells = [*frame["caveat"], band.caveat if band else ""]
    said = edition.vocabulary.caveats([FIRST_OBSERVATION]) if _says_first(frame) else ()
    return tuple(label for label in edition.vocabulary.caveats(cells) if label not in said)


def _says_first(frame: pd.DataFrame) -> bool:
    return bool(frame["caveat"].str.contains(FIRST_OBSERVATION, regex=False).any())


def notes_of(shown: pd.DataFrame, *, last: pd.Timestamp, today: date) -> tuple[Statement, ...]:
    """`Seri berhenti` with the series' last month, or why the years asked for show nothing."""
    if shown.empty:
        return (Statement("prices.course.no_years"), Statement("prices.course.no_years_cure"))
    if not is_stopped(last, today=today):
        return ()
    return (Statement("prices.course.stopped", {"month": month_words(last)}),)
