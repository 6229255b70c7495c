"""Prices before Lebaran: by year, against the usual, and for each commodity on its own.

Dates are the decided ones of the edition's table of holidays. Effects differ in sign between
commodities, so there is never one for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.result import Indicator, Number, Period, Result, Statement
from analytics.i18n import text
from analytics.observations.status import weakest_status
from analytics.prices.catalogue import price_catalogue
from analytics.prices.course import caveats_of, name_values
from analytics.prices.formulas import (
    MedianInterval,
    beyond_usual_pct,
    change_pct,
    median_interval,
    usual_change_pct,
)
from analytics.prices.names import both_languages, series_name
from analytics.prices.series import series_key, series_prices

HOLIDAY = "idulfitri"
YES = frozenset({"true", "yes", "1"})
WINDOWS = (2, 1, 3)
PATH_STEPS = (-2, -1, 0, 1)
# Fewer Lebaran say too little beside a series that has ten.
LEAST_YEARS = 8
LEAST_COMPARED_YEARS = 3
SERIES_TOLD = 4
# The month before Lebaran and that of Lebaran: what the title speaks of.
TITLE_STEPS = ("-1", "0")
CHANGE_COLUMNS = [
    "period_start", "period_end", "freq", "holiday", "price_before", "price", "obs_value",
    "usual", "beyond", "obs_status", "source_id", "unit",
]  # fmt: skip


@dataclass(frozen=True)
class Effect:
    """Changes into the month of Lebaran: as they were, and beyond what is usual."""

    changes: MedianInterval
    beyond: MedianInterval
    falls: int
    rises: int


def lebaran_changes(edition: Edition, *, series: str, months: int = WINDOWS[0]) -> Result:
    """Change of the price from `months` before to the month of Lebaran, one row a year.

    Frame: CHANGE_COLUMNS; obs_value in percent; `usual` is the median change over the same
    calendar months of the years in which Lebaran fell elsewhere, `beyond` what exceeds it.
    Years without either price are left out. Raises UnknownSeries.
    """
    key = series_key(series)
    prices = series_prices(edition, series)
    frame = change_frame(prices, decided_dates(edition), months=months)
    effect = effect_of(frame)
    return Result(
        name=f"lebaran_{key.item}",
        frame=frame,
        indicator=_change_indicator("change"),
        sources=edition.vocabulary.sources_of(prices),
        period=_period(frame),
        edition=edition.stamp,
        title=_title(edition, series, effect, months),
        statements=_statements(effect, months),
        caveats=caveats_of(edition, prices),
        notes=_notes(effect),
        parameters={"series": series, "months": months},
    )


def decided_dates(edition: Edition, holiday: str = HOLIDAY) -> pd.Series:
    """Decided days of a holiday, oldest first; calculated ones are left out."""
    table = edition.reference("holidays")
    is_decided = table["is_decided"].str.lower().isin(YES)
    days = table.loc[(table["holiday"] == holiday) & is_decided, "date"]
    return pd.to_datetime(days).sort_values(ignore_index=True)


def change_frame(prices: pd.DataFrame, days: pd.Series, *, months: int) -> pd.DataFrame:
    """One row a Lebaran for which both prices are known: CHANGE_COLUMNS."""
    known = prices.set_index("ds")
    values, statuses = known["obs_value"], known["obs_status"]
    changes = changes_pct(values, months=months)
    lebarans = {_month(day) for day in days}
    rows = [
        {
            "period_start": month,
            "period_end": month + pd.offsets.MonthEnd(0),
            "freq": "M",
            "holiday": day,
            "price_before": values.get(month - pd.DateOffset(months=months)),
            "price": values.get(month),
            "obs_value": changes.get(month, float("nan")),
            "usual": usual_into(changes, month, lebarans),
            "obs_status": status_into(statuses, [month], months=months),
            "source_id": prices["source_id"].iloc[0],
            "unit": "percent",
        }
        for day, month in ((day, _month(day)) for day in days)
    ]
    frame = pd.DataFrame(rows, columns=[name for name in CHANGE_COLUMNS if name != "beyond"])
    frame = frame[frame["obs_value"].notna()].reset_index(drop=True)
    pairs = zip(frame["obs_value"], frame["usual"], strict=True)
    return frame.assign(beyond=[beyond_usual_pct(*pair) for pair in pairs])[CHANGE_COLUMNS]


def changes_pct(values: pd.Series, *, months: int) -> pd.Series:
    """Change in percent over `months`, by the month it ends in."""
    before = values.shift(months, freq="MS").reindex(values.index)
    pairs = zip(values, before, strict=True)
    return pd.Series([change_pct(*pair) for pair in pairs], index=values.index, dtype=float)


def status_into(statuses: pd.Series, ends: Iterable[pd.Timestamp], *, months: int) -> str:
    """The weakest status of the prices behind changes over `months` into each of `ends`."""
    both = {day for end in ends for day in (end, end - pd.DateOffset(months=months))}
    return weakest_status(statuses.reindex(sorted(both)).dropna())


def usual_into(changes: pd.Series, month: pd.Timestamp, lebarans: set[pd.Timestamp]) -> float:
    """The usual change into a calendar month: its median over years when Lebaran was elsewhere.

    NaN with fewer than three such years.
    """
    same = changes[(changes.index.month == month.month) & ~changes.index.isin(lebarans)].dropna()
    return usual_change_pct(same) if len(same) >= LEAST_COMPARED_YEARS else float("nan")


def effect_of(frame: pd.DataFrame) -> Effect:
    """Sign, middle and range of the changes of all years."""
    return Effect(
        changes=median_interval(frame["obs_value"]),
        beyond=median_interval(frame["beyond"]),
        falls=int((frame["obs_value"] < 0).sum()),
        rises=int((frame["obs_value"] > 0).sum()),
    )


def _month(day: pd.Timestamp) -> pd.Timestamp:
    return day.to_period("M").to_timestamp()


def _period(frame: pd.DataFrame) -> Period:
    if frame.empty:
        return Period(None, None)
    return Period(frame["period_start"].min().date(), frame["period_end"].max().date(), "M")


def _title(edition: Edition, series: str, effect: Effect, months: int) -> Statement:
    values: dict[str, object] = {
        **name_values(series_name(edition, series_key(series))),
        "falls": _count(effect.falls),
        "rises": _count(effect.rises),
        "years": _count(effect.changes.count),
        "months": _count(months),
        "n": months,
    }
    if effect.changes.count == 0:
        return Statement("prices.lebaran.title.none", values)
    if effect.falls == effect.rises:
        return Statement("prices.lebaran.title.even", values)
    side = "falls" if effect.falls > effect.rises else "rises"
    return Statement(f"prices.lebaran.title.{side}", values)


def _statements(effect: Effect, months: int) -> tuple[Statement, ...]:
    if effect.changes.count == 0:
        return ()
    shape = _shape(effect.changes)
    found = [_middle(f"prices.lebaran.change.{shape}", effect.changes, months=months)]
    if effect.beyond.count:
        shape = _shape(effect.beyond)
        found.append(_middle(f"prices.lebaran.beyond.{shape}", effect.beyond, months=months))
    return tuple(found)


def _middle(key: str, interval: MedianInterval, *, months: int) -> Statement:
    """Median with its range, or without one where there are too few years."""
    values = {
        "median": Number(interval.median, "signed_percent"),
        "low": Number(interval.low, "signed_percent"),
        "high": Number(interval.high, "signed_percent"),
        "level": Number(interval.least_pct, "percent", {"decimals": 0}),
        "years": _count(interval.count),
        "months": _count(months),
        "n": months,
    }
    return Statement(key, values)


def _shape(interval: MedianInterval) -> str:
    return "range" if interval.is_known else "few"


def _notes(effect: Effect) -> tuple[Statement, ...]:
    """Says when the sign is not certain or the years are too few to tell."""
    years = effect.changes.count
    if years == 0:
        return (Statement("prices.lebaran.no_years"), Statement("prices.lebaran.no_years_cure"))
    if not effect.changes.is_known:
        return (Statement("prices.lebaran.few_years", {"years": _count(years)}),)
    is_certain = effect.changes.low > 0 or effect.changes.high < 0
    return () if is_certain else (Statement("prices.lebaran.uncertain"),)


def _count(value: int) -> Number:
    return Number(value, "number", {"decimals": 0})


def _change_indicator(name: str) -> Indicator:
    words = both_languages(lambda language: text(f"prices.lebaran.indicator.{name}", language))
    definition = both_languages(
        lambda language: text(f"prices.lebaran.indicator.{name}_definition", language)
    )
    return Indicator(
        code=f"lebaran_{name}", name=words, unit="percent",
        unit_symbol=both_languages(lambda _: "%"), decimals=1, better="neither",
        aggregate="none", definition=definition,
    )  # fmt: skip


# Month by month, several commodities beside each other


def lebaran_steps(edition: Edition, *, series: str) -> Result:
    """Monthly changes beyond the usual around Lebaran: one row a series and step.

    Frame: series, item, step (months from Lebaran's month), obs_value (median in percent over the
    years), low, high (range, NaN below six years), years. The chosen series and up to three
    others of the same stage that have eight Lebarans.
    """
    days = decided_dates(edition)
    chosen = compared_series(edition, series=series, days=days)
    frame = pd.concat([_steps(edition, name, days) for name in chosen], ignore_index=True)
    known = frame[frame["obs_value"].notna()]
    return Result(
        name="lebaran_steps",
        frame=frame,
        indicator=_change_indicator("step"),
        sources=edition.vocabulary.sources_of(frame),
        period=_years_period(known),
        edition=edition.stamp,
        title=_steps_title(edition, known),
        statements=_steps_statements(edition, known),
        notes=() if len(known) else _notes(effect_of(_no_changes())),
        parameters={"series": ", ".join(chosen)},
    )


def compared_series(edition: Edition, *, series: str, days: pd.Series) -> tuple[str, ...]:
    """The chosen series, then one of each other commodity of its stage, longest first."""
    key = series_key(series)
    found = {key.item: series}
    for listed in price_catalogue(edition).series:
        other = listed.key
        spans = days.between(listed.first + pd.DateOffset(months=1), listed.last).sum()
        if other.indicator == key.indicator and spans >= LEAST_YEARS:
            found.setdefault(other.item, other.unique_id)
    return tuple(found.values())[:SERIES_TOLD]


def _steps(edition: Edition, series: str, days: pd.Series) -> pd.DataFrame:
    prices = series_prices(edition, series)
    return window_effects(prices, days).assign(
        series=series,
        item=prices["item"].iloc[0],
        ref_area=prices["ref_area"].iloc[0],
        place=prices["place"].iloc[0],
        source_id=prices["source_id"].iloc[0],
        unit="percent",
    )


def _step(
    changes: pd.Series, statuses: pd.Series, days: pd.Series, *, step: int
) -> dict[str, object]:
    """The middle over the years of the change into one month, beyond the usual."""
    months = [_month(day) + pd.DateOffset(months=step) for day in days]
    taken = set(months)
    beyond = pd.Series(
        [
            beyond_usual_pct(
                float(changes.get(month, float("nan"))), usual_into(changes, month, taken)
            )
            for month in months
        ],
        index=months,
        dtype=float,
    )
    told = beyond.dropna().index
    interval = median_interval(beyond)
    return {
        "step": str(step),
        "obs_value": interval.median,
        "low": interval.low,
        "high": interval.high,
        "years": interval.count,
        "falls": int((beyond < 0).sum()),
        "rises": int((beyond > 0).sum()),
        "obs_status": status_into(statuses, told, months=1),
        "first": told.min(),
        "last": told.max(),
    }


def _no_changes() -> pd.DataFrame:
    return pd.DataFrame(columns=CHANGE_COLUMNS, dtype=float)


def _years_period(known: pd.DataFrame) -> Period:
    """From the first to the last month whose change counts in any of the bars."""
    if known.empty:
        return Period(None, None)
    end = known["last"].max() + pd.offsets.MonthEnd(0)
    return Period(known["first"].min().date(), end.date(), "M")


def _steps_title(edition: Edition, known: pd.DataFrame) -> Statement:
    """The largest fall and the largest rise up to Lebaran; called so where their ranges agree."""
    if known.empty:
        return Statement("prices.lebaran.steps_title.none")
    pair = opposite_pair(known)
    if pair is None:
        return Statement("prices.lebaran.steps_title.plain")
    low, high = pair
    values = {
        "falling": edition.vocabulary.item_name(low["item"]),
        "fall": Number(low["obs_value"], "signed_percent"),
        "rising": edition.vocabulary.item_name(high["item"]),
        "rise": Number(high["obs_value"], "signed_percent"),
    }
    is_certain = low["high"] < 0 and high["low"] > 0
    return Statement(f"prices.lebaran.steps_title.{'both' if is_certain else 'unsure'}", values)


def opposite_pair(steps: pd.DataFrame) -> tuple[pd.Series, pd.Series] | None:
    """The largest fall and the largest rise up to Lebaran, of two commodities; None without."""
    ahead = steps[steps["step"].isin(TITLE_STEPS) & steps["obs_value"].notna()]
    if ahead.empty:
        return None
    low, high = ahead.loc[ahead["obs_value"].idxmin()], ahead.loc[ahead["obs_value"].idxmax()]
    if low["item"] == high["item"] or low["obs_value"] >= 0 or high["obs_value"] <= 0:
        return None
    return low, high


def _steps_statements(edition: Edition, known: pd.DataFrame) -> tuple[Statement, ...]:
    """In how many years each of the opposite pair moved so, with the range, and how to read it."""
    if known.empty:
        return ()
    pair = opposite_pair(known) or ()
    told = [
        _counted(edition, row, side=side)
        for row, side in zip(pair, ("falls", "rises"), strict=False)
    ]
    return (*told, Statement("prices.lebaran.steps_sentence"))


def _counted(edition: Edition, row: pd.Series, *, side: str) -> Statement:
    has_range = not pd.isna(row["low"])
    values = {
        "item": edition.vocabulary.item_name(row["item"]),
        "step": Statement(f"prices.lebaran.step.{row['step']}"),
        "count": _count(int(row[side])),
        "years": _count(int(row["years"])),
        "median": Number(row["obs_value"], "signed_percent"),
        "low": Number(row["low"], "signed_percent"),
        "high": Number(row["high"], "signed_percent"),
    }
    return Statement(f"prices.lebaran.{side}.{'range' if has_range else 'few'}", values)


def window_effects(prices: pd.DataFrame, days: pd.Series) -> pd.DataFrame:
    """One series' changes around Lebaran beyond the usual, a row a step of PATH_STEPS.

    Columns: step, obs_value (median in percent over the years), low, high, years, falls, rises,
    obs_status (the weakest of the prices behind the changes), first, last (months they end in).
    """
    known = prices.set_index("ds")
    changes = changes_pct(known["obs_value"], months=1)
    rows = [_step(changes, known["obs_status"], days, step=step) for step in PATH_STEPS]
    return pd.DataFrame(rows)


def lebaran_months(edition: Edition) -> pd.DatetimeIndex:
    """Months of every Idulfitri of the edition's table, decided or calculated."""
    table = edition.reference("holidays")
    days = pd.to_datetime(table.loc[table["holiday"] == HOLIDAY, "date"]).sort_values()
    return pd.DatetimeIndex(days.dt.to_period("M").dt.to_timestamp())
