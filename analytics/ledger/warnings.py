"""Warnings raised and what was done about them: added to, never changed or deleted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Row, exists, insert, not_, select
from sqlalchemy.exc import IntegrityError

from analytics.ledger.moments import as_utc
from analytics.ledger.tables import warning_events, warning_runs, warnings

LONGEST_NAME, LONGEST_NOTE = 128, 2_000
LEAST_NAME = 2
NUMBERS_ASKED = 500


class Action(StrEnum):
    """What can happen to a warning after it was raised."""

    ACKNOWLEDGED = "acknowledged"
    ACTED = "acted"
    ESCALATED = "escalated"
    CLOSED = "closed"


class CloseReason(StrEnum):
    """Why a warning ended: by its exit rule, because the series stopped, is gone from the
    edition, or its rule cannot judge it any more, or by a person."""

    OVER = "over"
    STOPPED = "stopped"
    GONE = "gone"
    UNJUDGED = "unjudged"
    PERSON = "person"


class EventRefused(ValueError):
    """The event cannot be kept; `reason` is a code: name, note, closed or unknown."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class WarningRun:
    """One look: edition, day, when it was made, series judged and series that have stopped.

    `details` holds what it saw and did not raise: `noise`, `refusals`.
    """

    edition: int
    as_of: date
    created_at: datetime
    judged: int
    stopped: int
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class NewWarning:
    """A warning to be kept; `details` are plain numbers and codes for its sentences."""

    series: str
    kind: str
    level: str
    freq: str
    since: date
    observed: date
    price: float
    office: str
    deadline: date
    cool_down_days: int
    details: Mapping[str, object]


@dataclass(frozen=True)
class Event:
    """One thing done: by whom (empty: by a rule), when, why, with what words and price."""

    action: str
    who: str
    at: datetime
    reason: str = ""
    note: str = ""
    price: float | None = None
    observed: date | None = None


@dataclass(frozen=True)
class KeptWarning:
    """A warning as it was raised, with the look that raised it and its events, oldest first."""

    warning_id: int
    raised: NewWarning
    run: WarningRun
    events: tuple[Event, ...] = ()

    @property
    def closed(self) -> Event | None:
        """The event that ended it; None while it is open."""
        ends = [event for event in self.events if event.action == Action.CLOSED]
        return ends[0] if ends else None

    @property
    def is_open(self) -> bool:
        return self.closed is None

    @property
    def last_observed(self) -> date:
        """The newest observation that anything of this warning speaks of."""
        return max([self.raised.observed, *(one.observed for one in self.events if one.observed)])

    @property
    def level(self) -> str:
        """The level now: as raised, or the last one it was raised to."""
        raised_to = [event.reason for event in self.events if event.action == Action.ESCALATED]
        return raised_to[-1] if raised_to else self.raised.level


def add_run(connection: Connection, run: WarningRun) -> int:
    """Keeps a look and gives its number."""
    result = connection.execute(
        insert(warning_runs).values(
            edition=run.edition, as_of=run.as_of, created_at=run.created_at,
            judged=run.judged, stopped=run.stopped,
            details=_json(run.details),
        )
    )  # fmt: skip
    return int(result.inserted_primary_key[0])  # type: ignore[index]


def newest_run(connection: Connection) -> WarningRun | None:
    """The newest look, or None when there was none."""
    query = select(warning_runs).order_by(warning_runs.c.run_id.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else replace(_run(row), details=json.loads(row.details))


def raise_warning(connection: Connection, run_id: int, warning: NewWarning) -> int:
    """Keeps a warning and gives its number. Raises IntegrityError for a repeated observation."""
    result = connection.execute(
        insert(warnings).values(
            run_id=run_id,
            series=warning.series,
            kind=warning.kind,
            level=warning.level,
            freq=warning.freq,
            since=warning.since,
            observed=warning.observed,
            price=warning.price,
            office=warning.office,
            deadline=warning.deadline,
            cool_down_days=warning.cool_down_days,
            details=_json(warning.details),
        )
    )
    return int(result.inserted_primary_key[0])  # type: ignore[index]


def add_event(connection: Connection, warning_id: int, event: Event) -> None:
    """Keeps what a rule or a person did.

    Raises EventRefused: `unknown` warning, `closed` already.
    """
    kept = connection.execute(
        select(warnings.c.warning_id).where(warnings.c.warning_id == warning_id)
    ).one_or_none()
    if kept is None:
        raise EventRefused("unknown")
    if any(
        event.action == Action.CLOSED for event in _events(connection, [warning_id])[warning_id]
    ):
        raise EventRefused("closed")
    try:
        with connection.begin_nested():  # a refusal must not undo what else the caller does
            connection.execute(
                insert(warning_events).values(
                    warning_id=warning_id, action=event.action, who=event.who, at=event.at,
                    reason=event.reason, note=event.note, price=event.price,
                    observed=event.observed,
                )
            )  # fmt: skip
    except IntegrityError as error:  # closed by another process in between
        raise EventRefused("closed") from error


def by_person(action: Action, *, who: str, note: str, at: datetime, **seen: object) -> Event:
    """What a person did, with name and words as they were written.

    Raises EventRefused: `name` (two characters at least), `note` (needed for an action and for
    a result). `seen` is the newest price and its day.
    """
    name, words = who.strip()[:LONGEST_NAME], note.strip()[:LONGEST_NOTE]
    if len(name) < LEAST_NAME:
        raise EventRefused("name")
    if not words and action is not Action.ACKNOWLEDGED:
        raise EventRefused("note")
    reason = CloseReason.PERSON.value if action is Action.CLOSED else ""
    return Event(action.value, name, at, reason, words, **seen)  # type: ignore[arg-type]


def kept_warnings(
    connection: Connection, *, is_open: bool | None = None, series: str = "", kind: str = ""
) -> tuple[KeptWarning, ...]:
    """Warnings with their events, the newest first: all, the open or the closed ones, or those
    of one series and kind. Only what is asked for is read.
    """
    of_the_look = [c for c in warning_runs.columns if c.name not in ("run_id", "details")]
    query = (
        select(warnings, *of_the_look)
        .join(warning_runs, warning_runs.c.run_id == warnings.c.run_id)
        .order_by(warnings.c.warning_id.desc())
    )
    for column, wanted in ((warnings.c.series, series), (warnings.c.kind, kind)):
        query = query.where(column == wanted) if wanted else query
    if is_open is not None:
        query = query.where(not_(_is_closed()) if is_open else _is_closed())
    rows = connection.execute(query).all()
    events = _events(connection, [row.warning_id for row in rows])
    return tuple(
        KeptWarning(
            warning_id=row.warning_id,
            raised=_warning(row),
            run=_run(row),
            events=tuple(events[row.warning_id]),
        )
        for row in rows
    )


def _is_closed() -> ColumnElement[bool]:
    return exists().where(
        warning_events.c.warning_id == warnings.c.warning_id,
        warning_events.c.action == Action.CLOSED,
    )


def _events(connection: Connection, numbers: Sequence[int]) -> dict[int, list[Event]]:
    """Events of these warnings, oldest first; asked for in parts that every database takes."""
    found: dict[int, list[Event]] = {number: [] for number in numbers}
    for start in range(0, len(numbers), NUMBERS_ASKED):
        part = numbers[start : start + NUMBERS_ASKED]
        query = select(warning_events).where(warning_events.c.warning_id.in_(part))
        for row in connection.execute(query.order_by(warning_events.c.event_id)):
            event = Event(row.action, row.who, as_utc(row.at), row.reason, row.note, row.price,
                          row.observed)  # fmt: skip
            found[row.warning_id].append(event)
    return found


def _warning(row: Row) -> NewWarning:
    return NewWarning(
        series=row.series,
        kind=row.kind,
        level=row.level,
        freq=row.freq,
        since=row.since,
        observed=row.observed,
        price=row.price,
        office=row.office,
        deadline=row.deadline,
        cool_down_days=row.cool_down_days,
        details=json.loads(row.details),
    )


def _run(row: Row) -> WarningRun:
    return WarningRun(row.edition, row.as_of, as_utc(row.created_at), row.judged, row.stopped)


def _json(details: Mapping[str, object]) -> str:
    return json.dumps(dict(details), sort_keys=True, allow_nan=False)
