"""Scene of visits and events: the newest year against its target, what comes, what was held."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.result import Label, Number, Result, Statement
from analytics.figures.sentences import written_number
from analytics.overview.board_scene import (
    Cell,
    Duty,
    Scene,
    Tone,
    day,
    due_on,
    heading,
    is_late,
    late_since,
    sender,
)
from analytics.tourism.events import event_labels, events_report
from analytics.tourism.rows import VISITS
from analytics.tourism.targets import attainment_report
from analytics.tourism.totals import totals_report
from analytics.tourism.years import TOTAL

NAME = "visits"
HOLIDAYS_SHOWN, EVENTS_SHOWN = 3, 2
HOLIDAYS = "holidays"


def visits_scene(
    edition: Edition, *, today: date, owners: Mapping[str, str] | None = None
) -> Scene:
    """Visits of the newest year, the share of its target, the next holidays, the last events."""
    totals = totals_report(edition)
    newest = _newest(totals)
    rows = (
        *((_visits_row(totals, newest),) if newest is not None else ()),
        *_target_rows(edition),
        *_holiday_rows(edition, today=today),
        *_event_rows(edition, today=today),
    )
    return Scene(
        name=NAME,
        result=totals,
        headings=tuple(heading(name) for name in ("about", "value", "note")),
        rows=rows,
        duties=_duties(edition, newest, today=today, owners=owners or {}),
        stale=_stale(newest, today=today),
    )


def _newest(totals: Result) -> pd.Series | None:
    frame = totals.frame
    if frame.empty:
        return None
    known = frame[(frame["indicator"] == TOTAL) & frame["obs_value"].notna()]
    return known.iloc[-1] if len(known) else None


def _visits_row(totals: Result, newest: pd.Series) -> tuple[Cell, ...]:
    name = Statement("board.visits.of_year", {"year": str(newest["period_end"].year)})
    change = newest["change_pct"]
    return (
        Cell(name),
        Cell(written_number(newest["obs_value"], totals.indicator), Tone.STRONG),
        Cell(_change(change, newest) if pd.notna(change) else Statement("board.change.none")),
    )


def _change(change: float, newest: pd.Series) -> Statement:
    kind = "up" if change > 0 else "down" if change < 0 else "same"
    values = {
        "change": Number(abs(change), "percent"),
        "before": str(int(newest["before_year"])),
    }
    return Statement(f"board.visits.change.{kind}", values)


def _target_rows(edition: Edition) -> list[tuple[Cell, ...]]:
    """The newest year that has a share of its target."""
    report = attainment_report(edition)
    known = report.frame.dropna(subset=["obs_value"]) if len(report.frame) else report.frame
    if known.empty:
        return []
    row = known.iloc[-1]
    name = Statement("board.visits.target_of_year", {"year": str(int(row["year"]))})
    is_short = row["obs_value"] < 100
    kind = "short" if is_short else "reached"
    return [
        (
            Cell(name),
            Cell(Number(row["obs_value"], "percent"), Tone.STRONG),
            Cell(Statement(f"board.visits.target.{kind}"), Tone.BAD if is_short else Tone.PLAIN),
        )
    ]


def _holiday_rows(edition: Edition, *, today: date) -> list[tuple[Cell, ...]]:
    if HOLIDAYS not in edition.vocabulary.tables:
        return []
    table = edition.reference(HOLIDAYS)
    days = pd.to_datetime(table["date"])
    ahead = table.assign(day=days)[days >= pd.Timestamp(today)].sort_values("day", kind="stable")
    return [_holiday_row(row, today=today) for row in ahead.head(HOLIDAYS_SHOWN).itertuples()]


def _holiday_row(row: object, *, today: date) -> tuple[Cell, ...]:
    when = row.day.date()  # type: ignore[attr-defined]
    is_decided = str(row.is_decided).lower() == "true"  # type: ignore[attr-defined]
    left = (when - today).days
    count = Number(left, "number", {"decimals": 0})
    name = Label(row.name_id, row.name_en)  # type: ignore[attr-defined]
    return (
        Cell(Statement("board.visits.holiday", {"name": name})),
        Cell(day(when), Tone.STRONG),
        Cell(Statement(f"board.visits.ahead.{'decided' if is_decided else 'calculated'}",
                       {"n": left, "count": count})),
    )  # fmt: skip


def _event_rows(edition: Edition, *, today: date) -> list[tuple[Cell, ...]]:
    """The last events whose day is known."""
    frame = events_report(edition).frame
    past = frame[~frame["is_year_only"] & (frame["period_start"] <= pd.Timestamp(today))]
    shown = past.tail(EVENTS_SHOWN).iloc[::-1]
    labels = event_labels(edition, frame)
    return [
        (
            Cell(Statement("board.visits.event", {"name": labels[row.event]})),
            Cell(day(row.period_start.date())),
            Cell(Statement("board.visits.past"), Tone.QUIET),
        )
        for row in shown.itertuples()
    ]


def _stale(newest: pd.Series | None, *, today: date) -> Statement | None:
    if newest is None or not is_late(newest["period_end"].date(), "A", today=today):
        return None
    return Statement("board.stale.visits", {"year": str(newest["period_end"].year)})


def _duties(
    edition: Edition, newest: pd.Series | None, *, today: date, owners: Mapping[str, str]
) -> tuple[Duty, ...]:
    """The next year's figure, by whoever gave the newest."""
    if newest is None:
        keeper, what = Statement("board.who.keeper"), Statement("board.do.send_visits_first")
        return (Duty(keeper, what, Statement("board.until.unset")),)
    end = newest["period_end"].date()
    due = due_on(end, "A")
    late = is_late(end, "A", today=today)
    assert due is not None
    until = late_since(end, "A") if late else Statement("board.until.by", {"date": day(due)})
    who = sender(edition, dataset=VISITS, source_id=str(newest["source_id"]), owners=owners)
    what = Statement("board.do.send_visits", {"year": str(end.year + 1)})
    return (Duty(who, what, until, late),)
