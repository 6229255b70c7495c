"""How each rule judges a series: alarm or not at every moment, and the numbers behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from analytics.prices.aftermath import (
    Aftermath,
    alarm_starts,
    has_begun,
    is_over,
    on_since,
    what_followed,
)
from analytics.prices.alps import (
    ALERT,
    CRISIS,
    LEAST_MONTHS,
    LEAST_SHARE_PCT,
    alps_scores,
    span_and_share,
)
from analytics.prices.break_even import DatedRule, weekly_ratio
from analytics.prices.formulas import MONTHS_IN_YEAR
from analytics.prices.ifpa import ABNORMAL, LEAST_OTHER_YEARS, anomaly, real_prices
from analytics.prices.noise import CONFIRMED
from analytics.prices.price_floor import (
    above_ceiling_pct,
    below_floor_pct,
    days_outside,
    limits_in_force,
)
from analytics.prices.volatility import (
    LEAST_EARLIER,
    RED_PCT,
    WINDOW,
    calmer_pct,
    volatility_pct,
)
from analytics.prices.warning_rules import (
    ENTRY_VALUES,
    EXIT_VALUES,
    JUMP_CRISIS_PCT,
    TIMING,
    Kind,
    Level,
    Refusal,
    gap_level,
)
from analytics.prices.warning_series import MONTHLY, PriceHistory

JUMP_LASTS_DAYS = 14
PRODUCER = "price_producer"
# A year to look back, the judged month, and the same month in three other years.
ANOMALY_MONTHS = MONTHS_IN_YEAR * (1 + LEAST_OTHER_YEARS) + 1
# Seven prices for one spread, and 24 earlier spreads to hold it against.
VOLATILITY_MONTHS = WINDOW + 1 + LEAST_EARLIER
LEVEL_REPORT_DAYS = 7
Values = Mapping[str, object]


@dataclass(frozen=True)
class Judgement:
    """One rule on one series: refused with a reason, or judged up to the newest value.

    `values` are the plain numbers of the newest judged moment that its sentence needs;
    `observed` is that moment, also where the newest price itself could not be judged.
    """

    series: str
    kind: Kind | None
    freq: str
    refusal: Refusal | None = None
    is_on: bool = False
    is_over: bool = False
    since: pd.Timestamp | None = None
    observed: pd.Timestamp | None = None
    price: float = float("nan")
    level: Level = Level.ATTENTION
    values: Values = field(default_factory=dict)


def refused(
    history: PriceHistory, reason: Refusal, kind: Kind | None = None, **values: object
) -> Judgement:
    """The rule (or, without a kind, every rule) says nothing of the series, and why."""
    return Judgement(history.unique_id, kind, history.freq, refusal=reason, values=values)


def _too_short(history: PriceHistory, kind: Kind, needed: int) -> Judgement:
    months = len(history.prices)
    return refused(history, Refusal.TOO_SHORT, kind, months=months, needed=needed)


def _judged(
    history: PriceHistory,
    kind: Kind,
    table: pd.DataFrame,
    *,
    prices: pd.Series | None = None,
    entry: int = 1,
) -> Judgement:
    """`table`: is_on, level and the numbers, indexed by the moments that could be judged.

    `entry` is how many newest values in a row must be an alarm before one is raised; `prices`
    stand for those of the history. Refused when the newest price is not among the judged.
    """
    prices = history.prices if prices is None else prices
    if table.empty or table.index[-1] < prices.dropna().index[-1]:
        last = pd.Timestamp(table.index[-1]) if len(table) else None
        return replace(refused(history, Refusal.NEWEST_NOT_JUDGED, kind), observed=last)
    newest, is_on = table.iloc[-1], table["is_on"]
    return Judgement(
        series=history.unique_id,
        kind=kind,
        freq=history.freq,
        is_on=has_begun(is_on, steps=entry),
        is_over=is_over(is_on, steps=EXIT_VALUES),
        since=on_since(is_on),
        observed=pd.Timestamp(table.index[-1]),
        price=float(prices[table.index[-1]]),
        level=Level(newest["level"]),
        values={**_plain(newest.drop(["is_on", "level"])), **_past(history, is_on, prices)},
    )


def _plain(numbers: pd.Series) -> dict[str, object]:
    """Numbers that can be kept as JSON."""
    return {
        str(name): value.item() if isinstance(value, np.generic) else value
        for name, value in numbers.items()
    }


def _past(history: PriceHistory, is_on: pd.Series, prices: pd.Series) -> dict[str, object]:
    """How unusual the alarm is, and what followed earlier ones; the one that lasts is none."""
    starts = alarm_starts(is_on)
    earlier = starts[starts != on_since(is_on)]
    after = TIMING[history.freq].follow_up_offset
    followed: Aftermath = what_followed(prices, earlier, after=after)
    return {
        "on_count": int(is_on.sum()),
        "judged_count": len(is_on),
        "followed": followed.count,
        "followed_rises": followed.rises,
        "followed_falls": followed.falls,
        "followed_median_pct": followed.median_change_pct if followed.count else None,
    }


def _sides(history: PriceHistory, high: Kind, low: Kind) -> tuple[tuple[Kind, float], ...]:
    """Upward for every series; downward too for producers, whom a fall hurts."""
    upward = ((high, 1.0),)
    return (*upward, (low, -1.0)) if history.key.indicator == PRODUCER else upward


# ALPS


def judge_alps(history: PriceHistory) -> tuple[Judgement, ...]:
    """An alarm needs both variants at `alert` or beyond; the milder decides on the level."""
    span, share = span_and_share(history.prices)
    kinds = _sides(history, Kind.ALPS_HIGH, Kind.ALPS_LOW)
    if span < LEAST_MONTHS:
        return tuple(_too_short(history, kind, LEAST_MONTHS) for kind, _ in kinds)
    if share < LEAST_SHARE_PCT:
        return tuple(
            refused(history, Refusal.TOO_MANY_GAPS, kind, share=share, needed=LEAST_SHARE_PCT)
            for kind, _ in kinds
        )
    scores = alps_scores(history.prices).dropna()
    gap = 100.0 * (history.prices.reindex(scores.index) / scores["fitted"] - 1.0)
    return tuple(
        _judged(history, kind, _alps_table(scores.assign(gap_pct=gap), side))
        for kind, side in kinds
    )


def _alps_table(scores: pd.DataFrame, side: float) -> pd.DataFrame:
    milder = (scores[["published", "left_out"]] * side).min(axis=1)
    level = np.where(milder >= CRISIS, Level.CRISIS.value, Level.ALERT.value)
    return scores.assign(is_on=milder >= ALERT, level=level)


# Anomalies after FAO's method, volatility


def judge_anomaly(history: PriceHistory, cpi: pd.Series | None) -> tuple[Judgement, ...]:
    """In real prices; withheld without a consumer price index."""
    kinds = _sides(history, Kind.ANOMALY_HIGH, Kind.ANOMALY_LOW)
    if cpi is None:
        return tuple(refused(history, Refusal.NO_CPI, kind) for kind, _ in kinds)
    if len(history.prices) < ANOMALY_MONTHS:
        return tuple(_too_short(history, kind, ANOMALY_MONTHS) for kind, _ in kinds)
    score = anomaly(real_prices(history.prices, cpi)).dropna().rename("score")
    return tuple(
        _judged(
            history,
            kind,
            score.to_frame().assign(is_on=score * side >= ABNORMAL, level=Level.ALERT.value),
        )
        for kind, side in kinds
    )


def judge_volatility(history: PriceHistory) -> tuple[Judgement, ...]:
    """An alarm while the light is red."""
    if len(history.prices) < VOLATILITY_MONTHS:
        return (_too_short(history, Kind.VOLATILE, VOLATILITY_MONTHS),)
    volatility = volatility_pct(history.prices)
    table = pd.DataFrame(
        {"volatility_pct": volatility, "calmer_pct": calmer_pct(volatility)}
    ).dropna()
    table = table.assign(is_on=table["calmer_pct"] >= RED_PCT, level=Level.ATTENTION.value)
    return (_judged(history, Kind.VOLATILE, table),)


# Floors and ceilings


def judge_limits(history: PriceHistory, references: pd.DataFrame) -> tuple[Judgement, ...]:
    """A producer's price below its floor, or a consumer's above its ceiling, on its own day.

    A month counts when the rule held on all its days. `references`: period_start, period_end,
    low, high of every rule that speaks of the series.
    """
    is_producer = history.key.indicator == PRODUCER
    kind, side = (Kind.BELOW_FLOOR, "low") if is_producer else (Kind.ABOVE_CEILING, "high")
    reports = history.reports
    rules = _whole_months(references) if history.freq == MONTHLY else references
    limit = limits_in_force(reports["period_start"], rules)[side]
    if limit.empty or np.isnan(limit.iloc[-1]):
        return (refused(history, Refusal.NO_LIMIT, kind),)
    prices = reports.set_index("period_start")["price"]
    table = _limit_table(reports, limit, kind)
    return (_judged(history, kind, table, prices=prices, entry=ENTRY_VALUES[history.freq]),)


def _whole_months(references: pd.DataFrame) -> pd.DataFrame:
    """Rules as they hold for first days of months that they cover to the last day."""
    after = references["period_end"] + pd.Timedelta(days=1)
    covered = after.dt.to_period("M").dt.to_timestamp() - pd.Timedelta(days=1)
    return references.assign(period_end=covered)


def _limit_table(reports: pd.DataFrame, limit: pd.Series, kind: Kind) -> pd.DataFrame:
    gap = below_floor_pct if kind is Kind.BELOW_FLOOR else above_ceiling_pct
    table = reports.assign(limit=limit, gap_pct=gap(reports["price"], limit))
    table = table.dropna(subset=["gap_pct"])
    is_on = table["gap_pct"] > 0
    days = days_outside(table["period_start"], table["period_end"], is_on)
    table = table.assign(
        is_on=is_on, days=days, level=[gap_level(value).value for value in table["gap_pct"]]
    )
    return table.set_index("period_start")[["is_on", "level", "limit", "gap_pct", "days"]]


# Break-even


def judge_break_even(
    product: PriceHistory, feed: PriceHistory, rules: tuple[DatedRule, ...]
) -> tuple[Judgement, ...]:
    """The product's price of a week against what the rule in force says feeding costs.

    A rule of thumb never raises more than `attention`.
    """
    table = weekly_ratio(product.prices, feed.prices, rules).dropna(subset=["break_even"])
    if table.empty:
        return (refused(product, Refusal.NO_BREAK_EVEN, Kind.BELOW_BREAK_EVEN),)
    thumb = {one.code for one in rules if one.is_rule_of_thumb}
    levels = [
        Level.ATTENTION.value if row.rule in thumb else gap_level(row.short_pct).value
        for row in table.itertuples()
    ]
    table = table.assign(is_on=table["short_pct"] > 0, level=levels).drop(columns="product")
    entry = ENTRY_VALUES[product.freq]
    return (_judged(product, Kind.BELOW_BREAK_EVEN, table, entry=entry),)


# Jumps


def judge_jumps(history: PriceHistory, jumps: pd.DataFrame) -> tuple[Judgement, ...]:
    """Confirmed jumps of officers' reports over all kecamatan; each lasts fourteen days.

    `history.prices` is the region's level by day (see `regional_level`), `jumps` as judged by
    the noise guard.
    """
    confirmed = jumps[jumps["verdict"] == CONFIRMED]
    sides = (
        (Kind.JUMP_UP, confirmed["change_pct"] > 0),
        (Kind.JUMP_DOWN, confirmed["change_pct"] < 0),
    )
    return tuple(
        _judged(history, kind, _jump_table(history.prices.index, confirmed[side]))
        for kind, side in sides
    )


def _jump_table(days: pd.Index, jumps: pd.DataFrame) -> pd.DataFrame:
    """One row a report day: the confirmed jumps of the fourteen days up to it."""
    at = jumps["day"].to_numpy(dtype="datetime64[D]")
    changes = jumps["change_pct"].to_numpy(dtype=float)
    areas = jumps["reporter"].to_numpy(dtype=object)
    rows = []
    for day in days.to_numpy(dtype="datetime64[D]"):
        age = (day - at).astype(int)
        recent = (age >= 0) & (age < JUMP_LASTS_DAYS)
        rows.append(_jumps_together(changes[recent], areas[recent]))
    return pd.DataFrame(rows, index=days)


def _jumps_together(changes: np.ndarray, areas: np.ndarray) -> dict[str, object]:
    change = float(np.median(changes)) if len(changes) else 0.0
    level = Level.CRISIS if abs(change) >= JUMP_CRISIS_PCT else Level.ALERT
    return {
        "is_on": len(changes) > 0,
        "level": level.value,
        "change_pct": change,
        "reporters": len(set(areas)),
        "areas": ";".join(sorted(set(areas))),
    }


def regional_level(reports: pd.DataFrame) -> pd.Series:
    """Median over kecamatan of each one's newest report of the last seven days, by report day.

    `reports`: reporter, day, price.
    """
    wide = reports.pivot(index="day", columns="reporter", values="price")
    daily = wide.asfreq("D").ffill(limit=LEVEL_REPORT_DAYS - 1)
    return daily.median(axis=1).reindex(wide.index)
