"""Scene of the open warnings: what, which office, until when."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.result import Period, Result, Statement
from analytics.ledger.warnings import WarningRun
from analytics.observations.status import ObsStatus
from analytics.overview.board_scene import Cell, Duty, Scene, Tone, Words, counting, day, heading
from analytics.prices.warning_cards import Card, State, look_sentence, quiet_sentence

NAME = "warnings"
ROWS_SHOWN = 5
DUTIES_SHOWN = 2


def warnings_scene(edition: Edition, cards: Sequence[Card], run: WarningRun | None) -> Scene:
    """The open warnings, the most pressing first, each with its office and its deadline.

    `cards` may hold closed ones too; they are left out. Without any it says why.
    """
    open_ones = [card for card in cards if card.state is not State.CLOSED]
    return Scene(
        name=NAME,
        result=_result(edition, open_ones, run),
        headings=tuple(heading(name) for name in ("level", "what", "office", "until")),
        rows=tuple(_row(card) for card in open_ones[:ROWS_SHOWN]),
        further=max(0, len(open_ones) - ROWS_SHOWN),
        duties=_duties(open_ones, run),
    )


def _result(edition: Edition, cards: Sequence[Card], run: WarningRun | None) -> Result:
    late = sum(card.is_late for card in cards)
    values = {"n": len(cards), "late": str(late)}
    kind = "late" if late else "open"
    title = Statement(f"board.warnings.title.{kind}", values) if cards else quiet_sentence(run)
    seen = run.as_of if run else None
    frame = pd.DataFrame(
        {
            "warning": [card.number for card in cards],
            "obs_value": [card.kept.raised.price for card in cards],
            "obs_status": [str(ObsStatus.NORMAL)] * len(cards),
            "is_late": [card.is_late for card in cards],
        }
    )
    return Result(
        name="board_warnings",
        frame=frame,
        indicator=counting("warnings"),
        sources=tuple(dict.fromkeys(card.source for card in cards)),
        period=Period(seen, seen, "D"),
        edition=edition.stamp,
        title=title,
        statements=(look_sentence(run),) if run else (),
    )


def _row(card: Card) -> tuple[Cell, ...]:
    tone = Tone.BAD if card.is_late else Tone.PLAIN
    return (
        Cell(card.level_name, Tone.STRONG),
        Cell(card.what),
        Cell(office_words(card)),
        Cell(_until(card), tone),
    )


def office_words(card: Card) -> Words:
    """The office whose duty it is, or that the pack names none."""
    return card.office.name if card.office else Statement("board.who.unnamed")


def _until(card: Card) -> Statement:
    kind = "late_since" if card.is_late else "by"
    return Statement(f"board.until.{kind}", {"date": day(card.deadline)})


def _duties(cards: Sequence[Card], run: WarningRun | None) -> tuple[Duty, ...]:
    """The unanswered ones first; where nobody ever looked, that somebody is to look."""
    if run is None:
        who = Statement("board.who.keeper")
        return (Duty(who, Statement("board.do.look"), Statement("board.until.at_once"), True),)
    unanswered = [card for card in cards if card.state is State.RAISED]
    return tuple(
        Duty(
            who=office_words(card),
            what=Statement("board.do.answer", {"number": str(card.number), "kind": card.kind}),
            until=_until(card),
            is_late=card.is_late,
        )
        for card in unanswered[:DUTIES_SHOWN]
    )
