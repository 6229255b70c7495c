"""Warnings as cards: what was kept, told in words, with office, deadline and what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pandas as pd

from analytics.editions.edition import Edition
from analytics.editions.vocabulary import UnknownCode
from analytics.figures.figure import Annotation, Figure, Kind, code_names
from analytics.figures.result import Label, Number, Period, Result, Source, Statement
from analytics.ledger.warnings import Action, KeptWarning, WarningRun
from analytics.observations.status import ObsStatus
from analytics.prices.daily import LONGEST_PAUSE_DAYS
from analytics.prices.names import both_languages, full_label, series_name
from analytics.prices.offices import Office, office
from analytics.prices.series import series_key
from analytics.prices.warning_course import WEEK_STEP, JudgedCourse, judged_course
from analytics.prices.warning_rules import Kind as Rule
from analytics.prices.warning_rules import Level, Refusal, deadline_of
from analytics.prices.warning_series import MONTHLY
from analytics.prices.warning_words import (
    before_after_sentence,
    event_sentence,
    exit_sentence,
    followed_sentence,
    indicator_of,
    kind_words,
    level_words,
    since_sentence,
    unusual_sentences,
    what_sentence,
)

COLOUR = "gold"
# Whose words say why a rule could not judge the newest price.
NOT_JUDGED: Mapping[Rule, str] = {
    Rule.ALPS_HIGH: "alps",
    Rule.ALPS_LOW: "alps",
    Rule.ANOMALY_HIGH: "anomaly",
    Rule.ANOMALY_LOW: "anomaly",
    Rule.VOLATILE: "volatile",
    Rule.BELOW_BREAK_EVEN: "below_break_even",
}
BEFORE = pd.DateOffset(months=12)
AFTER = pd.DateOffset(months=3)


class State(StrEnum):
    """Where a warning stands in its life."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    ACTED = "acted"
    CLOSED = "closed"


@dataclass(frozen=True)
class Card:
    """One warning in words. `sentences`: since when, how unusual, what usually follows."""

    number: int
    kept: KeptWarning
    state: State
    level: Level
    item: str
    kind: Statement
    level_name: Statement
    what: Statement
    sentences: tuple[Statement, ...]
    exit_rule: Statement
    source: Source
    office: Office | None
    deadline: date
    is_late: bool
    history: tuple[tuple[Statement, str], ...]
    before_after: Statement | None


def warning_cards(
    edition: Edition, kept: Sequence[KeptWarning], *, today: date
) -> tuple[Card, ...]:
    """Cards of all warnings: open ones first, the most pressing first, then the newest closed.

    A warning of a series whose codes this edition does not know any more is left out.
    """
    cards = [
        _card(edition, one, today=today) for one in kept if _is_known(edition, one.raised.series)
    ]
    return tuple(sorted(cards, key=_order))


def _order(card: Card) -> tuple[bool, int, date, int]:
    return card.state is State.CLOSED, -card.level.rank, card.deadline, -card.number


def _is_known(edition: Edition, series: str) -> bool:
    try:
        key = series_key(series)
        series_name(edition, key)
        edition.vocabulary.source(key.source_id)
    except (UnknownCode, KeyError):
        return False
    return True


def _card(edition: Edition, kept: KeptWarning, *, today: date) -> Card:
    raised = kept.raised
    end = kept.closed
    state = _state(kept)
    deadline = deadline_now(edition, kept)
    return Card(
        number=kept.warning_id,
        kept=kept,
        state=state,
        level=Level(kept.level),
        item=series_key(raised.series).item,
        kind=kind_words(raised.kind),
        level_name=level_words(kept.level),
        what=what_sentence(edition, raised),
        sentences=(
            since_sentence(raised),
            *unusual_sentences(edition, raised),
            followed_sentence(raised),
        ),
        exit_rule=exit_sentence(raised),
        source=edition.vocabulary.source(series_key(raised.series).source_id),
        office=office(edition, raised.office),
        deadline=deadline,
        is_late=state is State.RAISED and today > deadline,
        history=tuple((event_sentence(edition, event), event.note) for event in kept.events),
        before_after=before_after_sentence(edition, raised, end) if end else None,
    )


def deadline_now(edition: Edition, kept: KeptWarning) -> date:
    """As it was raised with; a higher level asks for an answer again, in its own time.

    Nobody gets more time by it: an earlier deadline that was not answered stays.
    """
    deadline, is_answered = kept.raised.deadline, False
    for event in kept.events:
        if event.action != Action.ESCALATED:
            is_answered = True
            continue
        own = deadline_of(edition, Level(event.reason), since=edition.day_of(event.at))
        deadline, is_answered = (own if is_answered else min(deadline, own)), False
    return deadline


def _state(kept: KeptWarning) -> State:
    """What was done since the level last rose: an answer to a lower level answers no higher one."""
    if not kept.is_open:
        return State.CLOSED
    done: set[str] = set()
    for event in kept.events:
        done = set() if event.action == Action.ESCALATED else done | {event.action}
    if Action.ACTED in done:
        return State.ACTED
    return State.ACKNOWLEDGED if Action.ACKNOWLEDGED in done else State.RAISED


def open_cards(cards: Sequence[Card], *, item: str = "") -> tuple[Card, ...]:
    """The open ones, those of one commodity first where one is named."""
    found = [card for card in cards if card.state is not State.CLOSED]
    return tuple(sorted(found, key=lambda card: card.item != item)) if item else tuple(found)


# Why nothing is there


def quiet_sentence(run: WarningRun | None) -> Statement:
    """Why no warning is open: nobody looked, nothing could be judged, or all is quiet."""
    if run is None:
        return Statement("warnings.empty.never")
    return Statement("warnings.empty.none" if run.judged else "warnings.empty.nothing_judged")


def look_sentence(run: WarningRun) -> Statement:
    """When it was looked, at which edition, how many series could be judged."""
    values = {
        "date": Number(run.as_of, "date"),
        "edition": str(run.edition),
        "judged": _count(run.judged),
        "stopped": _count(run.stopped),
    }
    return Statement("warnings.look", values)


def refusal_sentences(run: WarningRun) -> tuple[Statement, ...]:
    """Which rules said nothing of how many series, and why; the most frequent first."""
    counts = run.details.get("refusals", [])
    rows = sorted(counts, key=lambda row: (-row[2], row[0], row[1]))  # type: ignore[call-overload]
    return tuple(_refusal(str(kind), str(reason), int(number)) for kind, reason, number in rows)


def _refusal(kind: str, reason: str, number: int) -> Statement:
    values: dict[str, object] = {"count": _count(number), "n": number}
    if kind:
        values["kind"] = kind_words(kind)
    if reason == Refusal.NEWEST_NOT_JUDGED:  # each rule has reasons of its own
        name = NOT_JUDGED.get(Rule(kind), "other")
        return Statement(f"warnings.newest_not_judged.{name}", values)
    return Statement(f"warnings.refusal.{reason}", values)


def noise_sentences(edition: Edition, run: WarningRun) -> tuple[Statement, ...]:
    """Jumps that were seen and held back, newest first, each with the reason."""
    rows = run.details.get("noise", [])
    known = [row for row in rows if _is_known(edition, row["series"])]  # type: ignore[attr-defined]
    return tuple(_noise(edition, row) for row in known)


def _noise(edition: Edition, row: dict[str, object]) -> Statement:
    name = series_name(edition, series_key(str(row["series"])))
    change = float(str(row["change_pct"]))
    values = {
        "item": name.item,
        "where": name.where,
        "change": Number(change, "signed_percent"),
        "date": Number(date.fromisoformat(str(row["day"])), "date"),
        "reporters": _count(row["reporters"]),
    }
    return Statement(f"warnings.noise.{row['verdict']}", values)


def _count(value: object) -> Number:
    return Number(value, "number", {"decimals": 0})


# The price before and after


def warning_figure(edition: Edition, kept: KeptWarning, *, today: date) -> Figure:
    """The price from a year before the alarm to three months after its end, with both marked."""
    result = _course(edition, kept, today=today)
    return Figure(
        result=result,
        kind=Kind.LINE,
        names=code_names(result.frame, edition),
        colour=COLOUR,
        annotations=_marks(edition, kept, result.period),
    )


def _course(edition: Edition, kept: KeptWarning, *, today: date) -> Result:
    raised = kept.raised
    key = series_key(raised.series)
    course = judged_course(edition, raised.series, kind=raised.kind, freq=raised.freq, today=today)
    frame = _frame(_shown(edition, course, kept), course.step).assign(
        ref_area=key.ref_area, place=key.place, item=key.item, indicator=key.indicator,
        unit=key.unit, source_id=key.source_id,
    )  # fmt: skip
    return Result(
        name=f"warning_{kept.warning_id}",
        frame=frame,
        indicator=indicator_of(edition, raised.series),
        sources=edition.vocabulary.sources_of(frame),
        period=_period(frame),
        edition=edition.stamp,
        title=Statement(
            "warnings.course.title",
            {"kind": kind_words(raised.kind), "name": full_label(series_name(edition, key))},
        ),
        parameters={"warning": kept.warning_id},
    )


def _shown(edition: Edition, course: JudgedCourse, kept: KeptWarning) -> pd.DataFrame:
    """Steps from a year before the alarm to its last mark at least; without a price where none
    came yet. After the end three months more.
    """
    table = course.table
    if table.empty:
        return table
    start = max(table.index.min(), pd.Timestamp(kept.raised.since) - BEFORE)
    end = _last_shown(edition, table.index.max(), kept)
    own = table[(table.index >= start) & (table.index <= end)]
    return own.reindex(_steps(own.index if len(own) else table.index[-1:], end, course.step))


def _last_shown(edition: Edition, newest: pd.Timestamp, kept: KeptWarning) -> pd.Timestamp:
    marks = [kept.run.as_of, *(edition.day_of(event.at) for event in kept.events)]
    last = max(pd.Timestamp(day) for day in marks)
    if kept.closed is None:
        return max(last, newest)
    return max(last, min(newest, pd.Timestamp(edition.day_of(kept.closed.at)) + AFTER))


def _steps(known: pd.DatetimeIndex, end: pd.Timestamp, step: str) -> pd.DatetimeIndex:
    """Every month or week; days with a report, and one empty day in each long pause.

    One step more than the end: a step is drawn at its first day, and the marks lie behind it.
    """
    if step == MONTHLY:
        return pd.date_range(known[0], end + pd.offsets.MonthBegin(1), freq=MONTHLY)
    if step == WEEK_STEP:
        return pd.date_range(known[0], end + pd.Timedelta(days=7), freq=WEEK_STEP)
    day = pd.Timedelta(days=1)
    is_long = known[1:] - known[:-1] > pd.Timedelta(days=LONGEST_PAUSE_DAYS)
    return known.union(known[:-1][is_long] + day).union(pd.DatetimeIndex([end + day]))


def _frame(table: pd.DataFrame, step: str) -> pd.DataFrame:
    lengths = {MONTHLY: pd.offsets.MonthEnd(0), WEEK_STEP: pd.Timedelta(days=6)}
    return pd.DataFrame(
        {
            "period_start": table.index,
            "period_end": table.index + lengths.get(step, pd.Timedelta(0)),
            "freq": {MONTHLY: "M", WEEK_STEP: "W"}.get(step, "D"),
            "obs_value": table["price"].to_numpy(),
            "obs_status": table["obs_status"].fillna(ObsStatus.MISSING.value).to_numpy(),
            "caveat": table["caveat"].fillna("").to_numpy(),
        }
    )


def _period(frame: pd.DataFrame) -> Period:
    if frame.empty:
        return Period(None, None)
    return Period(frame["period_start"].min().date(), frame["period_end"].max().date())


def _marks(edition: Edition, kept: KeptWarning, period: Period) -> tuple[Annotation, ...]:
    """The time of the alarm, to its end or to the end of the picture, and the day it was raised."""
    end = edition.day_of(kept.closed.at) if kept.closed else period.end
    return (
        Annotation(label=_mark("lasting"), start=kept.raised.since, end=end),
        Annotation(label=_mark("raised"), start=kept.run.as_of),
    )


def _mark(name: str) -> Label:
    return both_languages(lambda language: Statement(f"warnings.mark.{name}").words(language))
