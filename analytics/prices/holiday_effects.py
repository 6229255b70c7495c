"""Holidays in rupiah: what a price did into the month of Ramadan, Lebaran, Iduladha, Christmas.

From decided dates only. A holiday that moves through the year is held against the usual change
of the same calendar months in other years; one that never moves has no other years, and its
plain change is given and named as such. Signs differ by commodity, so each series stands alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.figure import Column, Figure, Kind, code_names
from analytics.figures.result import Indicator, Label, Number, Period, Result, Statement
from analytics.figures.sentences import written_number
from analytics.i18n import text
from analytics.prices.course import caveats_of, name_values
from analytics.prices.formulas import MedianInterval, median_interval
from analytics.prices.lebaran import changes_pct, decided_dates, status_into, usual_into
from analytics.prices.names import both_languages, series_name
from analytics.prices.series import SeriesKey, series_key, series_prices

# In the order of the table; the first three move through the year.
HOLIDAYS = ("ramadan_1", "idulfitri", "iduladha", "natal")
FIXED = frozenset({"natal"})
COLOUR = "gold"
FEW, RISE, FALL, UNCLEAR = "few", "rise", "fall", "unclear"


@dataclass(frozen=True)
class HolidayChange:
    """Effects of one holiday, one a year, in the unit of the prices, with their weakest status."""

    effects: pd.Series
    status: str
    months: tuple[pd.Timestamp, ...]


def effect_idr(price: float, before: float, usual_pct: float) -> float:
    """What a price is above or below where the usual change leads, in its own unit.

    `price` of the holiday's month, `before` of the month ahead of it. Missing in, missing out.
    """
    return price - before * (1.0 + usual_pct / 100.0)


def verdict(interval: MedianInterval) -> str:
    """`rise` or `fall` where the whole range lies on one side of zero, `unclear` where it holds
    zero, `few` where too few years give no range."""
    if not interval.is_known:
        return FEW
    if interval.low > 0:
        return RISE
    return FALL if interval.high < 0 else UNCLEAR


def holiday_effects(edition: Edition, *, series: str) -> Result:
    """One row a holiday: obs_value (median effect in the unit of the price), low, high, years,
    falls, rises, verdict, basis (`usual` or `plain`). Raises UnknownSeries.
    """
    key = series_key(series)
    prices = series_prices(edition, series)
    known = prices[prices["obs_value"].notna()].set_index("ds")
    changes = {name: changes_into(known, decided_dates(edition, name), is_fixed=name in FIXED)
               for name in HOLIDAYS}  # fmt: skip
    frame = pd.DataFrame([_row(name, one, key) for name, one in changes.items()])
    indicator = _indicator(edition, key)
    return Result(
        name=f"holiday_effects_{key.item}",
        frame=frame,
        indicator=indicator,
        sources=edition.vocabulary.sources_of(prices),
        period=_period(changes),
        edition=edition.stamp,
        title=_title(edition, key, frame),
        statements=_statements(frame, indicator),
        caveats=caveats_of(edition, prices),
        notes=_notes(frame),
        parameters={"series": series},
    )


def changes_into(known: pd.DataFrame, days: pd.Series, *, is_fixed: bool) -> HolidayChange:
    """Effects into the months of a holiday. `known`: obs_value, obs_status by first of month."""
    values = known["obs_value"].asfreq("MS")
    months = [day.to_period("M").to_timestamp() for day in days]
    changes, taken = changes_pct(values, months=1), set(months)
    effects = {}
    for month in dict.fromkeys(months):
        ahead = month - pd.DateOffset(months=1)
        usual = 0.0 if is_fixed else usual_into(changes, month, taken)
        effects[month] = effect_idr(
            float(values.get(month, math.nan)), float(values.get(ahead, math.nan)), usual
        )
    found = pd.Series(effects, dtype=float).dropna()
    status = status_into(known["obs_status"], found.index, months=1)
    return HolidayChange(found, status, tuple(found.index))


def _row(holiday: str, change: HolidayChange, key: SeriesKey) -> dict[str, object]:
    interval = median_interval(change.effects)
    return {
        "holiday": holiday,
        "item": key.item,
        "obs_value": interval.median,
        "low": interval.low,
        "high": interval.high,
        "years": interval.count,
        "falls": int((change.effects < 0).sum()),
        "rises": int((change.effects > 0).sum()),
        "verdict": verdict(interval),
        "basis": "plain" if holiday in FIXED else "usual",
        "obs_status": change.status,
        "source_id": key.source_id,
        "unit": key.unit,
    }


def _indicator(edition: Edition, key: SeriesKey) -> Indicator:
    price = edition.vocabulary.indicator(key.indicator, unit=key.unit)
    name, definition = (
        both_languages(lambda language, word=word: text(f"holiday_effects.{word}", language))  # type: ignore[misc]
        for word in ("name", "definition")
    )
    return Indicator(
        code="holiday_effect", name=name, unit=price.unit, unit_symbol=price.unit_symbol,
        decimals=price.decimals, better="neither", aggregate="none", definition=definition,
    )  # fmt: skip


def _period(changes: dict[str, HolidayChange]) -> Period:
    months = [month for one in changes.values() for month in one.months]
    if not months:
        return Period(None, None)
    return Period(min(months).date(), (max(months) + pd.offsets.MonthEnd(0)).date(), "M")


def _title(edition: Edition, key: SeriesKey, frame: pd.DataFrame) -> Statement:
    values: dict[str, object] = dict(name_values(series_name(edition, key)))
    clear = frame[frame["verdict"].isin((RISE, FALL))]
    if frame["years"].max() == 0:
        return Statement("holiday_effects.title.none", values)
    if clear.empty:
        return Statement("holiday_effects.title.unclear", values)
    count = {"count": Number(len(clear), "number", {"decimals": 0}), "n": len(clear)}
    return Statement("holiday_effects.title.clear", {**values, **count})


def _statements(frame: pd.DataFrame, indicator: Indicator) -> tuple[Statement, ...]:
    known = frame[frame["years"] > 0]
    return tuple(_sentence(row, indicator) for _, row in known.iterrows())


def _sentence(row: pd.Series, indicator: Indicator) -> Statement:
    """A fall and a rise have words of their own: no sentence rises by minus something."""
    side = row["verdict"]
    is_fall = side == FALL
    low, high = (-row["high"], -row["low"]) if is_fall else (row["low"], row["high"])
    median = abs(row["obs_value"]) if side in (RISE, FALL) else row["obs_value"]
    values = {
        "holiday": Statement(f"holiday_effects.holiday.{row['holiday']}"),
        "median": written_number(median, indicator),
        "low": written_number(low, indicator),
        "high": written_number(high, indicator),
        "years": Number(int(row["years"]), "number", {"decimals": 0}),
        "n": int(row["years"]),
    }
    return Statement(f"holiday_effects.{row['basis']}.{side}", values)


def _notes(frame: pd.DataFrame) -> tuple[Statement, ...]:
    if frame["years"].max() == 0:
        return (Statement("holiday_effects.no_years"), Statement("holiday_effects.no_years_cure"))
    return (Statement("holiday_effects.range_note"), Statement("holiday_effects.plain_note"))


def holiday_effects_figure(edition: Edition, *, series: str) -> Figure:
    """The median effect of each holiday as a bar with its range across its end."""
    result = holiday_effects(edition, series=series)
    if result.is_empty:
        return Figure(result=result, kind=Kind.TABLE)
    indicator = result.indicator
    frame = result.frame
    columns = [
        Column(name, Statement(f"holiday_effects.table.{name}"), decimals=indicator.decimals,
               unit=indicator.unit_symbol)
        for name in ("low", "high")
    ]  # fmt: skip
    columns += [
        Column(name, Statement(f"holiday_effects.table.{name}"), decimals=0)
        for name in ("years", "falls", "rises")
    ]
    columns += [
        Column(name, Statement(f"holiday_effects.table.{name}"), style="code")
        for name in ("verdict", "basis")
    ]
    names = {
        name: {code: _words(name, str(code)) for code in frame[name].unique()}
        for name in ("holiday", "verdict", "basis")
    }
    return Figure(
        result=result,
        kind=Kind.BARS,
        category="holiday",
        names={**code_names(frame, edition), **names},
        colour=COLOUR,
        headings={"holiday": Statement("holiday_effects.table.holiday")},
        columns=tuple(columns),
        keeps_order=True,
        bar_range=("low", "high"),
    )


def _words(group: str, code: str) -> Label:
    return both_languages(lambda language: text(f"holiday_effects.{group}.{code}", language))
