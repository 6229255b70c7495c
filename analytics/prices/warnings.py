"""Which warnings an edition gives on a day, what is noise, and what can't be judged and why.

Pure: nothing is written here. The job keeps what is raised; pages show what was kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.editions.edition import Edition
from analytics.prices.break_even import break_even_rules, rules_by_product
from analytics.prices.clean_reports import ITEM_COLUMNS, jumps_by_item, without_noise
from analytics.prices.feed_pairs import feed_pairs
from analytics.prices.noise import CONFIRMED
from analytics.prices.offices import office_of
from analytics.prices.references import reference_kinds, reference_prices
from analytics.prices.series import SEPARATOR, SERIES_COLUMNS, SeriesKey, series_key
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
    deadline_of,
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
LIMIT_COLUMNS = ("period_start", "period_end", "low", "high")
NOISE_COLUMNS = ("series", "day", "price_before", "price", "change_pct", "reporters", "verdict")


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

    `over`: series and kinds whose newest values are no alarm any more. `alive`: series and
    kinds that are judged, or were within the last three steps; what is not among them can
    neither last nor end by itself. `seen`: series and steps (MS, W-MON) of this edition;
    `stopped`: those whose newest value is too old; `stopped_series` counts those not judged.
    `noise`: jumps of the last 28 days that are shown, not raised: NOISE_COLUMNS.
    `refusals`: series, kind (empty: every rule), reason, values.
    """

    warnings: tuple[PriceWarning, ...]
    over: frozenset[tuple[str, str]]
    alive: frozenset[tuple[str, str]]
    seen: frozenset[tuple[str, str]]
    stopped: frozenset[tuple[str, str]]
    noise: pd.DataFrame
    refusals: pd.DataFrame
    judged: int
    stopped_series: int


def find_warnings(edition: Edition, *, today: date) -> Findings:
    """Judges every own series by every rule that speaks of it."""
    reports = officer_reports(edition)
    reports = reports[reports["day"] <= pd.Timestamp(today)]
    jumps = jumps_by_item(reports)
    clean = without_noise(reports, jumps)
    own = [
        *_judge_monthly(edition, today=today),
        *_judge_weekly(edition, clean, today=today),
    ]
    by_region = list(_judge_items(edition, clean, jumps, today=today))
    judgements = [*own, *by_region]
    raised = [_warning(edition, one, today=today) for one in judgements if one.is_on]
    stopped = {(one.series, one.freq) for one in judgements if one.refusal is Refusal.STOPPED}
    judged = {one.series for one in own if one.refusal is None}
    return Findings(
        warnings=tuple(sorted(raised, key=_most_pressing_first)),
        over=frozenset((one.series, str(one.kind)) for one in judgements if one.is_over),
        alive=frozenset(
            (one.series, str(one.kind)) for one in judgements if _can_judge(one, today=today)
        ),
        seen=frozenset((one.series, one.freq) for one in judgements),
        stopped=frozenset(stopped),
        noise=_newest_noise(jumps, today=today),
        refusals=_refusals(own),
        judged=len(judged),
        stopped_series=len({one.series for one in own} & {name for name, _ in stopped} - judged),
    )


def _can_judge(one: Judgement, *, today: date) -> bool:
    """True when the rule judged the newest price, or one within the last three steps."""
    if one.refusal is Refusal.NEWEST_NOT_JUDGED and one.observed is not None:
        return not has_stopped(one.observed, freq=one.freq, today=today)
    return one.refusal is None


def _most_pressing_first(warning: PriceWarning) -> tuple[int, date, str, str]:
    return -warning.level.rank, warning.since, warning.series, warning.kind.value


def _judge_monthly(edition: Edition, *, today: date) -> Iterator[Judgement]:
    cpi, limits = consumer_prices(edition), _Limits(edition)
    for history in monthly_histories(edition, today=today):
        if has_stopped(history.last, freq=history.freq, today=today):
            yield refused(history, Refusal.STOPPED, last=history.last.date().isoformat())
            continue
        yield from judge_alps(history)
        yield from judge_anomaly(history, cpi)
        yield from judge_volatility(history)
        if not history.key.is_daily:  # officers' reports are held to the limits of their own day
            yield from judge_limits(history, limits.of(history.key))


class _Limits:
    """Every floor and ceiling that speaks of a series, of whatever quality; read once an item."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.known: dict[tuple[str, str, str], pd.DataFrame] = {}

    def of(self, key: SeriesKey) -> pd.DataFrame:
        """period_start, period_end (missing: still in force), low, high."""
        name = (key.item, key.indicator, key.unit)
        if name not in self.known:
            self.known[name] = self._read(key)
        return self.known[name]

    def _read(self, key: SeriesKey) -> pd.DataFrame:
        kinds = reference_kinds(self.edition, key)
        parts = [reference_prices(self.edition, key, kind=kind) for kind in kinds]
        if parts:
            return pd.concat(parts, ignore_index=True)[list(LIMIT_COLUMNS)]
        dates = dict.fromkeys(("period_start", "period_end"), "datetime64[ns]")
        return pd.DataFrame(columns=list(LIMIT_COLUMNS)).astype(dates)


def _judge_weekly(edition: Edition, reports: pd.DataFrame, *, today: date) -> Iterator[Judgement]:
    rules, limits = break_even_rules(edition), _Limits(edition)
    running = []
    for history in weekly_histories(reports):
        if has_stopped(history.last, freq=history.freq, today=today):
            yield refused(history, Refusal.STOPPED, last=history.last.date().isoformat())
            continue
        running.append(history)
        yield from judge_limits(history, limits.of(history.key))
    for own in rules_by_product(rules):
        for product, feed in feed_pairs(running, own[-1]).values():
            if feed is None:
                yield refused(product, Refusal.NO_FEED, Kind.BELOW_BREAK_EVEN)
            else:
                yield from judge_break_even(product, feed, own)


def _judge_items(
    edition: Edition, reports: pd.DataFrame, jumps: pd.DataFrame, *, today: date
) -> Iterator[Judgement]:
    """Confirmed jumps by item over all kecamatan."""
    for key, own in by_item(reports):
        renamed = own.rename(columns={"ref_area": "reporter"})
        history = _regional_history(regional_key(key, edition), renamed)
        if has_stopped(history.last, freq=WEEKLY, today=today):
            yield refused(history, Refusal.STOPPED, last=history.last.date().isoformat())
            continue
        is_own = (jumps[ITEM_COLUMNS] == [getattr(key, name) for name in ITEM_COLUMNS]).all(axis=1)
        yield from judge_jumps(history, jumps[is_own])


def _regional_history(key: SeriesKey, reports: pd.DataFrame) -> PriceHistory:
    return PriceHistory(key, WEEKLY, regional_level(reports), reports)


def _newest_noise(jumps: pd.DataFrame, *, today: date) -> pd.DataFrame:
    """What the guard held back in the last 28 days: NOISE_COLUMNS, newest first."""
    since = pd.Timestamp(today) - pd.Timedelta(days=NOISE_SHOWN_DAYS)
    newest = jumps[(jumps["verdict"] != CONFIRMED) & (jumps["day"] > since)]
    named = newest.rename(columns={"reporter": "ref_area"})
    series = [SEPARATOR.join(row) for row in named[list(SERIES_COLUMNS)].to_numpy(dtype=str)]
    table = newest.assign(series=series).sort_values("day", ascending=False, kind="stable")
    return table[list(NOISE_COLUMNS)].reset_index(drop=True)


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
        deadline=deadline_of(edition, one.level, since=today),
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
