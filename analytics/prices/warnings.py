"""Which warnings an edition gives on a day, what is noise, and what can't be judged and why.

Pure: nothing is written here. The job keeps what is raised; pages show what was kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from analytics.editions.edition import Edition
from analytics.prices.break_even import break_even_rules
from analytics.prices.noise import CONFIRMED, judged_jumps
from analytics.prices.offices import office_of
from analytics.prices.references import reference_kinds, reference_prices
from analytics.prices.series import SeriesKey, series_key
from analytics.prices.warning_judges import (
    Judgement,
    judge_alps,
    judge_anomaly,
    judge_break_even,
    judge_jumps,
    judge_limits,
    judge_volatility,
    refused,
    regional_level,
)
from analytics.prices.warning_rules import (
    Kind,
    Level,
    Refusal,
    cool_down_days,
    deadline_days,
)
from analytics.prices.warning_series import (
    WEEKLY,
    PriceHistory,
    by_item,
    consumer_prices,
    has_stopped,
    monthly_histories,
    officer_reports,
    regional_key,
    weekly_histories,
)

NOISE_SHOWN_DAYS = 28


@dataclass(frozen=True)
class PriceWarning:
    """One alarm as it stands on the day: everything a card says, before words.

    `series` names what is warned of; `values` are the plain numbers of its sentences.
    """

    series: str
    kind: Kind
    level: Level
    freq: str
    since: date
    observed: date
    price: float
    office: str
    deadline: date
    cool_down_days: int
    values: Mapping[str, object]


@dataclass(frozen=True)
class Findings:
    """What a day's look at an edition gave.

    `over`: series and kinds whose newest values are no alarm any more. `stopped`: series and
    steps (MS, W-MON) whose newest value is too old; `stopped_series` counts those not judged.
    `noise`: jumps that are shown, not raised (series, reporter, day, price_before, price,
    change_pct, reporters, verdict). `refusals`: series, kind (empty: every rule), reason, values.
    """

    warnings: tuple[PriceWarning, ...]
    over: frozenset[tuple[str, str]]
    stopped: frozenset[tuple[str, str]]
    noise: pd.DataFrame
    refusals: pd.DataFrame
    judged: int
    stopped_series: int


def find_warnings(edition: Edition, *, today: date) -> Findings:
    """Judges every own series by every rule that speaks of it."""
    own = [*_judge_monthly(edition, today=today), *_judge_weekly(edition, today=today)]
    jumps, noise = _judge_items(edition, today=today)
    judgements = [*own, *jumps]
    raised = [_warning(edition, one, today=today) for one in judgements if one.is_on]
    stopped = {(one.series, one.freq) for one in judgements if one.refusal is Refusal.STOPPED}
    judged = {one.series for one in own if one.refusal is None}
    return Findings(
        warnings=tuple(sorted(raised, key=_most_pressing_first)),
        over=frozenset((one.series, str(one.kind)) for one in judgements if one.is_over),
        stopped=frozenset(stopped),
        noise=noise,
        refusals=_refusals(own),
        judged=len(judged),
        stopped_series=len({one.series for one in own} & {name for name, _ in stopped} - judged),
    )


def _most_pressing_first(warning: PriceWarning) -> tuple[int, date, str, str]:
    return -warning.level.rank, warning.since, warning.series, warning.kind.value


def _judge_monthly(edition: Edition, *, today: date) -> Iterator[Judgement]:
    cpi = consumer_prices(edition)
    for history in monthly_histories(edition, today=today):
        if has_stopped(history.last, freq=history.freq, today=today):
            yield refused(history, Refusal.STOPPED, last=history.last.date().isoformat())
            continue
        yield from judge_alps(history)
        yield from judge_anomaly(history, cpi)
        yield from judge_volatility(history)
        if not history.key.is_daily:  # officers' reports are held to the limits of their own day
            yield from judge_limits(history, _limits(edition, history.key))


def _limits(edition: Edition, key: SeriesKey) -> pd.DataFrame:
    """Every floor and ceiling that speaks of a series, of whatever quality."""
    parts = [reference_prices(edition, key, kind=kind) for kind in reference_kinds(edition, key)]
    columns = ["period_start", "period_end", "low", "high"]
    if not parts:
        empty = pd.DataFrame(columns=columns)
        return empty.astype({"period_start": "datetime64[ns]", "period_end": "datetime64[ns]"})
    return pd.concat(parts, ignore_index=True)[columns]


def _judge_weekly(edition: Edition, *, today: date) -> Iterator[Judgement]:
    rules = break_even_rules(edition)
    running: dict[tuple[str, str], PriceHistory] = {}
    for history in weekly_histories(edition):
        if has_stopped(history.last, freq=history.freq, today=today):
            yield refused(history, Refusal.STOPPED, last=history.last.date().isoformat())
            continue
        running[history.key.ref_area, history.key.item] = history
        yield from judge_limits(history, _limits(edition, history.key))
    for (area, item), product in running.items():
        own = tuple(one for one in rules if one.product_item == item)
        feed = running.get((area, own[0].feed_item)) if own else None
        if feed is not None:
            yield from judge_break_even(product, feed, own)


def _judge_items(edition: Edition, *, today: date) -> tuple[list[Judgement], pd.DataFrame]:
    """Jumps by item over all kecamatan, and what the guard calls noise among the newest."""
    found: list[Judgement] = []
    noise: list[pd.DataFrame] = []
    for key, own in by_item(officer_reports(edition)):
        reports = own.rename(columns={"ref_area": "reporter"})
        history = _regional_history(regional_key(key, edition), reports)
        if has_stopped(history.last, freq=WEEKLY, today=today):
            found.append(refused(history, Refusal.STOPPED, last=history.last.date().isoformat()))
            continue
        jumps = judged_jumps(reports[["reporter", "day", "price"]])
        found += judge_jumps(history, jumps)
        noise.append(_noise(jumps, own, today=today))
    columns = ["series", "reporter", "day", "price_before", "price", "change_pct", "reporters",
               "verdict"]  # fmt: skip
    kept = [part for part in noise if len(part)]
    return found, pd.concat(kept, ignore_index=True) if kept else pd.DataFrame(columns=columns)


def _regional_history(key: SeriesKey, reports: pd.DataFrame) -> PriceHistory:
    return PriceHistory(key, WEEKLY, regional_level(reports), reports)


def _noise(jumps: pd.DataFrame, own: pd.DataFrame, *, today: date) -> pd.DataFrame:
    since = pd.Timestamp(today) - pd.Timedelta(days=NOISE_SHOWN_DAYS)
    newest = jumps[(jumps["verdict"] != CONFIRMED) & (jumps["day"] > since)]
    first = own.iloc[0]
    names = [
        SeriesKey(
            dataset=str(first["dataset"]), ref_area=reporter, place=str(first["place"]),
            item=str(first["item"]), basis=str(first["basis"]),
            indicator=str(first["indicator"]), unit=str(first["unit"]),
            source_id=str(first["source_id"]),
        ).unique_id
        for reporter in newest["reporter"]
    ]  # fmt: skip
    return newest.assign(series=names)


def _warning(edition: Edition, one: Judgement, *, today: date) -> PriceWarning:
    assert one.kind is not None and one.since is not None and one.observed is not None
    return PriceWarning(
        series=one.series,
        kind=one.kind,
        level=one.level,
        freq=one.freq,
        since=one.since.date(),
        observed=one.observed.date(),
        price=one.price,
        office=office_of(edition, series_key(one.series)),
        deadline=today + timedelta(days=deadline_days(edition, one.level)),
        cool_down_days=cool_down_days(edition, one.freq),
        values=one.values,
    )


def _refusals(judgements: list[Judgement]) -> pd.DataFrame:
    rows = [
        {"series": one.series, "kind": one.kind.value if one.kind else "",
         "reason": one.refusal.value, "values": dict(one.values)}
        for one in judgements
        if one.refusal is not None
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["series", "kind", "reason", "values"])
    # A kecamatan's reports are looked at by month and by week: what stopped is told once.
    return table.drop_duplicates(["series", "kind", "reason"], ignore_index=True)
