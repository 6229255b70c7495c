"""The scenes of the board, in their usual order; each is a report that joins the themes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from analytics.figures.result import Label, Statement
from analytics.ledger.board import BoardPlan, SceneChoice
from analytics.overview import (
    board_feeds,
    board_map,
    board_prices,
    board_programmes,
    board_visits,
    board_warnings,
)
from analytics.overview.board_scene import Duty, Scene, day
from analytics.prices.warning_cards import Card, State

SCENES: tuple[str, ...] = (
    board_warnings.NAME,
    board_prices.NAME,
    board_map.NAME,
    board_visits.NAME,
    board_programmes.NAME,
    board_feeds.NAME,
)


def usual_plan() -> BoardPlan:
    """All scenes, as long as nobody has chosen."""
    return BoardPlan(scenes=tuple(SceneChoice(name=name) for name in SCENES))


def known_scenes(plan: BoardPlan) -> tuple[SceneChoice, ...]:
    """The scenes of a plan that this version can show, in the plan's order."""
    return tuple(choice for choice in plan.scenes if choice.name in SCENES)


def deadlines(cards: Sequence[Card]) -> Mapping[str, date]:
    """The nearest deadline of the open warnings by series."""
    found: dict[str, date] = {}
    for card in cards:
        if card.state is not State.CLOSED:
            series = card.kept.raised.series
            found[series] = min(card.deadline, found.get(series, card.deadline))
    return found


def with_own_duty(scene: Scene, choice: SceneChoice, *, today: date) -> Scene:
    """The scene with the duty that the team has written for it, before those of the data."""
    if not choice.what:
        return scene
    late = choice.due is not None and today > choice.due
    kind = "unset" if choice.due is None else "late_since" if late else "by"
    values = {} if choice.due is None else {"date": day(choice.due)}
    who = Label(choice.who, choice.who) if choice.who else Statement("board.who.unnamed")
    own = Duty(who, Label(choice.what, choice.what), Statement(f"board.until.{kind}", values), late)
    return replace(scene, duties=(own, *scene.duties)[:2])
