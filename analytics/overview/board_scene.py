"""What every scene of the board is made of: a result, rows of words, and who does what by when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.map_layer import MapLayer
from analytics.figures.result import Indicator, Label, Number, Result, Statement
from analytics.i18n import text
from analytics.prices.offices import office_rows

Words = Statement | Label | Number

# After the end of a period its successor may take one step to be over and some time to arrive:
# later than this it is late. Ours; no rule prescribes it.
STEPS_ALLOWED: Mapping[str, pd.DateOffset] = {
    "D": pd.DateOffset(days=7),
    "W": pd.DateOffset(weeks=2),
    "M": pd.DateOffset(months=2),
    "Q": pd.DateOffset(months=6),
    "A": pd.DateOffset(years=2),
}


class Tone(StrEnum):
    """How loud a cell is; a bad one has a mark beside its colour."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    BAD = "bad"


@dataclass(frozen=True)
class Cell:
    """Words in one cell."""

    words: Words
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True)
class Duty:
    """What is to be done, by whom and until when; `who` and `until` say so where nobody knows."""

    who: Words
    what: Words
    until: Words
    is_late: bool = False


@dataclass(frozen=True)
class Scene:
    """One picture of the board. `stale` says that its newest figure is too old, and since when."""

    name: str
    result: Result
    headings: tuple[Statement, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    further: int = 0
    duties: tuple[Duty, ...] = ()
    stale: Statement | None = None
    layer: MapLayer | None = None


def due_on(newest_end: date, freq: str) -> date | None:
    """The day until which the next figure of a feed should have come; None without a rhythm.

    `newest_end` is the last day of the newest period, `freq` its frequency (D, W, M, Q, A).
    """
    allowed = STEPS_ALLOWED.get(freq)
    if allowed is None:
        return None
    end = pd.Timestamp(newest_end)
    due = end + allowed
    return (due + pd.offsets.MonthEnd(0) if freq in ("M", "Q", "A") else due).date()


def is_late(newest_end: date, freq: str, *, today: date) -> bool:
    """Whether the next figure of a feed should have come before today."""
    due = due_on(newest_end, freq)
    return due is not None and today > due


def heading(name: str) -> Statement:
    """Heading of a column."""
    return Statement(f"board.heading.{name}")


def day(value: date) -> Number:
    """A day that writes itself."""
    return Number(value, "date")


def late_since(newest_end: date, freq: str) -> Statement:
    """`terlambat sejak ...`, for a feed with a rhythm."""
    due = due_on(newest_end, freq)
    assert due is not None
    return Statement("board.until.late_since", {"date": day(due)})


def sender(edition: Edition, *, dataset: str, source_id: str, owners: Mapping[str, str]) -> Words:
    """Who is to send a dataset's next figures: whom the team has named in `owners`, else the
    office of the pack that gave the newest ones; else that nobody is named, and who gave them.
    """
    named = owners.get(dataset, "")
    if named:
        return Label(named, named)
    publisher = edition.vocabulary.source(source_id).short_publisher
    offices = office_rows(edition)
    own = offices[(offices["name_id"] == publisher) | (offices["name_en"] == publisher)]
    if len(own):
        return Label(str(own["name_id"].iloc[0]), str(own["name_en"].iloc[0]))
    return Statement("board.who.last_from", {"name": publisher})


def counting(name: str) -> Indicator:
    """An indicator of the board's own that counts things."""
    words = Label(text(f"board.counted.{name}", "id"), text(f"board.counted.{name}", "en"))
    nothing = Label("", "")
    return Indicator(
        code=f"board_{name}", name=words, unit="", unit_symbol=nothing, decimals=0,
        better="neither", aggregate="none", definition=words,
    )  # fmt: skip
