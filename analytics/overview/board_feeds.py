"""Scene of the feeds: the age of every dataset, which is late, and who sent it last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.result import Label, Number, Period, Result, Statement
from analytics.observations.status import ObsStatus
from analytics.overview.board_scene import (
    STEPS_ALLOWED,
    Cell,
    Duty,
    Scene,
    Tone,
    counting,
    day,
    due_on,
    heading,
    is_late,
    late_since,
    sender,
)
from analytics.overview.freshness import dataset_titles

NAME = "feeds"
ROWS_SHOWN = 10
DUTIES_SHOWN = 2
DAYS_IN_MONTH = 30.44


@dataclass(frozen=True)
class Feed:
    """One dataset: the rhythm most of its rows have, its newest period, and its source.

    `freq` is empty for a dataset without a rhythm, `newest` None for one without a dated row.
    """

    dataset: str
    title: Label
    freq: str
    newest: date | None
    source_id: str
    is_late: bool


def feeds(edition: Edition, *, today: date) -> tuple[Feed, ...]:
    """Every dataset of the edition, the late ones first, of these the oldest first."""
    titles = dataset_titles(edition)
    found = [_feed(edition, name, titles[name], today=today) for name in edition.datasets]
    return tuple(sorted(found, key=lambda one: (not one.is_late, one.newest or date.min)))


def _feed(edition: Edition, name: str, title: Label, *, today: date) -> Feed:
    rows = edition.observations(name)
    ends = rows["period_end"].fillna(rows["period_start"])
    dated = rows.assign(end=ends)[ends.notna() & (ends <= pd.Timestamp(today))]
    rhythm = dated[dated["freq"].isin(list(STEPS_ALLOWED))]
    freq = str(rhythm["freq"].value_counts().index[0]) if len(rhythm) else ""
    own = rhythm[rhythm["freq"] == freq] if freq else dated
    if own.empty:
        return Feed(name, title, "", None, "", is_late=False)
    newest = own.sort_values("end", kind="stable").iloc[-1]
    end = newest["end"].date()
    return Feed(
        dataset=name, title=title, freq=freq, newest=end, source_id=str(newest["source_id"]),
        is_late=bool(freq) and is_late(end, freq, today=today),
    )  # fmt: skip


def feeds_scene(edition: Edition, *, today: date, owners: Mapping[str, str] | None = None) -> Scene:
    """The age of every feed in months; late ones are marked and say who is to send what."""
    every = feeds(edition, today=today)
    late = [feed for feed in every if feed.is_late]
    return Scene(
        name=NAME,
        result=_result(edition, every, today=today),
        headings=tuple(heading(name) for name in ("feed", "newest", "age", "next")),
        rows=tuple(_row(feed, today=today) for feed in every[:ROWS_SHOWN]),
        further=max(0, len(every) - ROWS_SHOWN),
        duties=tuple(_duty(edition, feed, owners or {}) for feed in late[-DUTIES_SHOWN:]),
        stale=Statement("board.stale.feeds", {"n": len(late)}) if late else None,
    )


def _result(edition: Edition, every: tuple[Feed, ...], *, today: date) -> Result:
    known = [feed for feed in every if feed.newest is not None]
    late = sum(feed.is_late for feed in every)
    frame = pd.DataFrame(
        {
            "dataset": [feed.dataset for feed in every],
            "period_end": pd.to_datetime(pd.Series([feed.newest for feed in every])),
            "obs_value": [_age_days(feed, today) for feed in every],
            "obs_status": [
                str(ObsStatus.NORMAL if feed.newest else ObsStatus.MISSING) for feed in every
            ],
            "is_late": [feed.is_late for feed in every],
        }
    )
    newest = max((feed.newest for feed in known if feed.newest), default=None)
    kind = "late" if late else "fresh"
    return Result(
        name="board_feeds",
        frame=frame,
        indicator=counting("days"),
        sources=(),
        period=Period(newest, newest),
        edition=edition.stamp,
        title=Statement(f"board.feeds.title.{kind}", {"n": late, "total": str(len(every))}),
    )


def _age_days(feed: Feed, today: date) -> float:
    return float((today - feed.newest).days) if feed.newest else float("nan")


def _row(feed: Feed, *, today: date) -> tuple[Cell, ...]:
    if feed.newest is None:
        unknown = Cell(Statement("board.unknown"), Tone.QUIET)
        return (Cell(feed.title), unknown, unknown, unknown)
    tone = Tone.BAD if feed.is_late else Tone.PLAIN
    return (
        Cell(feed.title, tone),
        Cell(day(feed.newest)),
        Cell(age_words(feed.newest, today=today), tone),
        Cell(_next(feed), tone if feed.freq else Tone.QUIET),
    )


def _next(feed: Feed) -> Statement:
    """When the next figure is due, since when it is late, or that there is no rhythm."""
    assert feed.newest is not None
    due = due_on(feed.newest, feed.freq)
    if due is None:
        return Statement("board.feeds.no_rhythm")
    if feed.is_late:
        return late_since(feed.newest, feed.freq)
    return Statement("board.until.by", {"date": day(due)})


def _duty(edition: Edition, feed: Feed, owners: Mapping[str, str]) -> Duty:
    assert feed.newest is not None
    return Duty(
        who=sender(edition, dataset=feed.dataset, source_id=feed.source_id, owners=owners),
        what=Statement("board.do.send", {"what": feed.title, "date": day(feed.newest)}),
        until=late_since(feed.newest, feed.freq),
        is_late=True,
    )


def age_words(newest: date, *, today: date) -> Statement:
    """`3 hari`, `21 bulan`: days up to two months, then months."""
    days = max(0, (today - newest).days)
    if days <= 60:
        return Statement("board.age.days", {"n": days, "count": _whole(days)})
    months = int(days / DAYS_IN_MONTH)
    return Statement("board.age.months", {"n": months, "count": _whole(months)})


def _whole(count: int) -> Number:
    return Number(count, "number", {"decimals": 0})
