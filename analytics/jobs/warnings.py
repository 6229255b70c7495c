"""Looks for price warnings in the newest edition and keeps what began, rose or ended."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from analytics.editions.edition import Edition
from analytics.editions.store import Store
from analytics.ledger.warnings import (
    Action,
    CloseReason,
    Event,
    KeptWarning,
    NewWarning,
    WarningRun,
    add_event,
    add_run,
    kept_warnings,
    newest_run,
    raise_warning,
)
from analytics.prices.warning_rules import Level
from analytics.prices.warning_series import newest_price
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


def warn_region(store: Store, *, as_of: date, now: datetime) -> WarnReport:
    """Raises what is new, lifts what rose, ends what is over. Twice the same day: no change.

    Raises NoEdition.
    """
    edition = store.edition()
    found = find_warnings(edition, today=as_of)
    run = WarningRun(
        edition.stamp.number, as_of, now, found.judged, found.stopped_series, _seen(found)
    )
    with store.engine.begin() as connection:
        kept = kept_warnings(connection)
        closed = _close(connection, edition, kept, found, now=now)
        kept = kept_warnings(connection)
        escalated = _escalate(connection, kept, found, now=now)
        raised = [one for one in found.warnings if may_raise(one, kept, today=as_of)]
        _keep(connection, run, raised)
        still_open = sum(one.is_open for one in kept) + len(raised)
    return WarnReport(
        region=store.region, edition=run.edition, judged=run.judged, stopped=run.stopped,
        raised=len(raised), escalated=escalated, closed=closed, open=still_open,
    )  # fmt: skip


def may_raise(warning: PriceWarning, kept: Sequence[KeptWarning], *, today: date) -> bool:
    """False while the same warning is open or cooling down, or for an observation already used.

    Cool-down does not hold back a higher level than the last one had.
    """
    same = [
        one
        for one in kept
        if one.raised.series == warning.series and one.raised.kind == warning.kind
    ]
    if any(one.is_open or one.raised.observed >= warning.observed for one in same):
        return False
    return not any(_is_cooling(one, warning, today) for one in same)


def _is_cooling(one: KeptWarning, warning: PriceWarning, today: date) -> bool:
    assert one.closed is not None
    until = one.closed.at.date() + timedelta(days=one.raised.cool_down_days)
    return today < until and warning.level.rank <= Level(one.level).rank


def _seen(found: Findings) -> dict[str, object]:
    """What was seen and not raised, as it can be kept: noise, and how often a rule said nothing."""
    noise = found.noise.assign(day=[day.date().isoformat() for day in found.noise["day"]])
    counts = found.refusals.groupby(["kind", "reason"]).size()
    refusals = [[kind, reason, int(number)] for (kind, reason), number in counts.items()]
    return {"noise": json.loads(noise.to_json(orient="records")), "refusals": refusals}


def _close(
    connection: Connection,
    edition: Edition,
    kept: Sequence[KeptWarning],
    found: Findings,
    *,
    now: datetime,
) -> int:
    """Ends open warnings whose exit rule holds, or whose series has stopped."""
    closed = 0
    for one in kept:
        reason = _exit_reason(one, found)
        if one.is_open and reason is not None:
            price, day = newest_price(edition, one.raised.series, freq=one.raised.freq)
            end = Event(Action.CLOSED, "", now, reason, price=price, observed=day)
            add_event(connection, one.warning_id, end)
            closed += 1
    return closed


def _exit_reason(one: KeptWarning, found: Findings) -> str | None:
    if (one.raised.series, one.raised.freq) in found.stopped:
        return CloseReason.STOPPED.value
    is_over = (one.raised.series, one.raised.kind) in found.over
    return CloseReason.OVER.value if is_over else None


def _escalate(
    connection: Connection, kept: Sequence[KeptWarning], found: Findings, *, now: datetime
) -> int:
    """Notes a higher level on open warnings."""
    levels = {(one.series, one.kind.value): one for one in found.warnings}
    escalated = 0
    for one in kept:
        risen = levels.get((one.raised.series, one.raised.kind))
        if one.is_open and risen is not None and risen.level.rank > Level(one.level).rank:
            event = Event(Action.ESCALATED, "", now, risen.level.value, "", risen.price,
                          risen.observed)  # fmt: skip
            add_event(connection, one.warning_id, event)
            escalated += 1
    return escalated


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
