"""Looks for price warnings in the newest edition and keeps what began, rose or ended."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from analytics.editions.edition import Edition
from analytics.editions.store import Store
from analytics.ledger.exclusive import exclusive
from analytics.ledger.warnings import (
    Action,
    CloseReason,
    Event,
    EventRefused,
    KeptWarning,
    NewWarning,
    WarningRun,
    add_event,
    add_run,
    kept_warnings,
    newest_run,
    raise_warning,
)
from analytics.prices.warning_course import newest_price
from analytics.prices.warning_rules import Level
from analytics.prices.warnings import Findings, PriceWarning, find_warnings


@dataclass(frozen=True)
class WarnReport:
    """What a look did: series judged and stopped, warnings raised, risen, ended, still open."""

    region: str
    edition: int
    judged: int
    stopped: int
    raised: int
    escalated: int
    closed: int
    open: int


class LookRefused(ValueError):
    """Nobody can look from that day: `later` than today, or `earlier` than the last look."""

    def __init__(self, reason: str, *, as_of: date, limit: date) -> None:
        super().__init__(f"{reason}: {as_of}, {limit}")
        self.reason, self.as_of, self.limit = reason, as_of, limit


def warn_region(store: Store, *, now: datetime, as_of: date | None = None) -> WarnReport:
    """Raises what is new, lifts what rose, ends what is over. Twice the same day: no change.

    `as_of` is the day to look from, today in the region without one. Two looks at once take
    turns. Raises NoEdition, LookRefused.
    """
    edition = store.edition()
    as_of = as_of or edition.day_of(now)
    if as_of > edition.day_of(now):
        raise LookRefused("later", as_of=as_of, limit=edition.day_of(now))
    found = find_warnings(edition, today=as_of)
    run = WarningRun(
        edition.stamp.number, as_of, now, found.judged, found.stopped_series, _seen(found)
    )
    with exclusive(store.engine) as connection:
        _refuse_the_past(connection, as_of)
        closed = _close(connection, edition, found, run)
        escalated = _escalate(connection, found, now=now)
        raised = [
            one for one in found.warnings
            if may_raise(one, _alike(connection, one), today=as_of, day_of=edition.day_of)
        ]  # fmt: skip
        _keep(connection, run, raised)
        still_open = len(kept_warnings(connection, is_open=True))
    return WarnReport(
        region=store.region, edition=run.edition, judged=run.judged, stopped=run.stopped,
        raised=len(raised), escalated=escalated, closed=closed, open=still_open,
    )  # fmt: skip


def _refuse_the_past(connection: Connection, as_of: date) -> None:
    """What later looks raised and ended cannot be seen from an earlier day any more."""
    last = newest_run(connection)
    if last is not None and last.as_of > as_of:
        raise LookRefused("earlier", as_of=as_of, limit=last.as_of)


def _alike(connection: Connection, one: PriceWarning) -> tuple[KeptWarning, ...]:
    return kept_warnings(connection, series=one.series, kind=one.kind.value)


def may_raise(
    warning: PriceWarning,
    alike: Sequence[KeptWarning],
    *,
    today: date,
    day_of: Callable[[datetime], date],
) -> bool:
    """False while the same warning is open or cooling down, or for an observation already used.

    `alike` are the warnings of its series and kind, `day_of` tells the region's day of a moment.
    Cool-down does not hold back a higher level than the last one had.
    """
    if any(one.is_open or one.last_observed >= warning.observed for one in alike):
        return False
    return not any(_is_cooling(one, warning, today, day_of) for one in alike)


def _is_cooling(
    one: KeptWarning, warning: PriceWarning, today: date, day_of: Callable[[datetime], date]
) -> bool:
    assert one.closed is not None
    until = day_of(one.closed.at) + timedelta(days=one.raised.cool_down_days)
    return today < until and warning.level.rank <= Level(one.level).rank


def _seen(found: Findings) -> dict[str, object]:
    """What was seen and not raised, as it can be kept: noise, and how often a rule said nothing."""
    noise = found.noise.assign(day=[day.date().isoformat() for day in found.noise["day"]])
    counts = found.refusals.groupby(["kind", "reason"]).size()
    refusals = [[kind, reason, int(number)] for (kind, reason), number in counts.items()]
    return {"noise": json.loads(noise.to_json(orient="records")), "refusals": refusals}


def _close(connection: Connection, edition: Edition, found: Findings, run: WarningRun) -> int:
    """Ends open warnings whose exit rule holds, or that nothing can judge any more."""
    closed = 0
    for one in kept_warnings(connection, is_open=True):
        reason = exit_reason(one, found)
        if reason is None:
            continue
        raised = one.raised
        price, day = newest_price(
            edition, raised.series, kind=raised.kind, freq=raised.freq, today=run.as_of
        )
        end = Event(Action.CLOSED, "", run.created_at, reason.value, price=price, observed=day)
        closed += _add(connection, one.warning_id, end)
    return closed


def exit_reason(one: KeptWarning, found: Findings) -> CloseReason | None:
    """Why an open warning ends now; None while it lasts. No warning outlives its series."""
    series, rule = (one.raised.series, one.raised.freq), (one.raised.series, one.raised.kind)
    if series not in found.seen:
        return CloseReason.GONE
    if series in found.stopped:
        return CloseReason.STOPPED
    if rule in found.over:
        return CloseReason.OVER
    return None if rule in found.alive else CloseReason.UNJUDGED


def _escalate(connection: Connection, found: Findings, *, now: datetime) -> int:
    """Notes a higher level on open warnings."""
    levels = {(one.series, one.kind.value): one for one in found.warnings}
    escalated = 0
    for one in kept_warnings(connection, is_open=True):
        risen = levels.get((one.raised.series, one.raised.kind))
        if risen is not None and risen.level.rank > Level(one.level).rank:
            event = Event(Action.ESCALATED, "", now, risen.level.value, "", risen.price,
                          risen.observed)  # fmt: skip
            escalated += _add(connection, one.warning_id, event)
    return escalated


def _add(connection: Connection, number: int, event: Event) -> bool:
    """False when a person closed the warning in the same moment: their word stands."""
    try:
        add_event(connection, number, event)
    except EventRefused:
        return False
    return True


def _keep(connection: Connection, run: WarningRun, raised: Sequence[PriceWarning]) -> None:
    """Keeps the look when it is a new day or edition, or raised something."""
    before = newest_run(connection)
    is_same = before is not None and (before.edition, before.as_of) == (run.edition, run.as_of)
    if is_same and not raised:
        return
    run_id = add_run(connection, run)
    for one in raised:
        raise_warning(connection, run_id, _new(one))


def _new(one: PriceWarning) -> NewWarning:
    return NewWarning(
        series=one.series, kind=one.kind.value, level=one.level.value, freq=one.freq,
        since=one.since, observed=one.observed, price=one.price, office=one.office,
        deadline=one.deadline, cool_down_days=one.cool_down_days, details=one.values,
    )  # fmt: skip
