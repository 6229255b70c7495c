"""What the board shows, as the Smart City team has set it: every setting is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, insert, select

from analytics.ledger.moments import as_utc
from analytics.ledger.tables import board_plans as table

LONGEST_WHO, LONGEST_WHAT, LONGEST_NAME = 80, 120, 128
SECONDS = range(5, 301)
REFRESH_SECONDS = range(1, 901)


class PlanRefused(ValueError):
    """The plan cannot be kept; `fault` is a code: empty, twice, seconds, too_long or nameless."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class SceneChoice:
    """One scene: how long it stands, and what the team wants done, by whom and until when."""

    name: str
    seconds: int = 20
    what: str = ""
    who: str = ""
    due: date | None = None


@dataclass(frozen=True)
class BoardPlan:
    """The scenes in their order, how often figures are asked for, and the measure of the map.

    `measure` is a code of `board_map.measure_code`; empty for another one every week.
    `owners` are who is to send each dataset.
    """

    scenes: tuple[SceneChoice, ...]
    refresh_seconds: int = 60
    measure: str = ""
    owners: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class KeptPlan:
    """A plan with who set it and when."""

    plan: BoardPlan
    saved_by: str
    saved_at: datetime


def keep_plan(connection: Connection, plan: BoardPlan, *, who: str, at: datetime) -> None:
    """Adds a plan, which is in force from now on. Raises PlanRefused."""
    fault = _fault(plan, who.strip())
    if fault:
        raise PlanRefused(fault)
    content = json.dumps(asdict(plan), default=str, ensure_ascii=False)
    connection.execute(insert(table).values(saved_at=at, saved_by=who.strip(), content=content))


def _fault(plan: BoardPlan, who: str) -> str:
    names = [scene.name for scene in plan.scenes]
    faults = {
        "empty": not names,
        "twice": len(set(names)) < len(names),
        "seconds": plan.refresh_seconds not in REFRESH_SECONDS
        or any(scene.seconds not in SECONDS for scene in plan.scenes),
        "too_long": any(
            len(scene.what) > LONGEST_WHAT or len(scene.who) > LONGEST_WHO for scene in plan.scenes
        )
        or any(len(owner) > LONGEST_WHO for owner in plan.owners.values()),
        "nameless": not 0 < len(who) <= LONGEST_NAME,
    }
    return next((fault for fault, is_there in faults.items() if is_there), "")


def plans(connection: Connection, *, at_most: int = 20) -> tuple[KeptPlan, ...]:
    """The newest plans, that in force first; none where the board was never set."""
    rows = connection.execute(select(table).order_by(table.c.plan_id.desc()).limit(at_most))
    return tuple(
        KeptPlan(_read(json.loads(row.content)), row.saved_by, as_utc(row.saved_at)) for row in rows
    )


def _read(content: Mapping[str, object]) -> BoardPlan:
    scenes: list[dict[str, object]] = content["scenes"]  # type: ignore[assignment]
    owners: dict[str, object] = content["owners"]  # type: ignore[assignment]
    return BoardPlan(
        scenes=tuple(_scene(scene) for scene in scenes),
        refresh_seconds=int(str(content["refresh_seconds"])),
        measure=str(content["measure"]),
        owners={str(name): str(who) for name, who in owners.items()},
    )


def _scene(content: Mapping[str, object]) -> SceneChoice:
    due = content["due"]
    return SceneChoice(
        name=str(content["name"]),
        seconds=int(str(content["seconds"])),
        what=str(content["what"]),
        who=str(content["who"]),
        due=date.fromisoformat(str(due)) if due else None,
    )
