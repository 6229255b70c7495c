"""The plan in force and the scenes it asks for, as reports of this moment."""

from __future__ import annotations

from datetime import date

from analytics.editions.edition import Edition
from analytics.figures.map_layer import MapLayer
from analytics.geography.boundaries import Boundary
from analytics.ledger.board import BoardPlan, KeptPlan, SceneChoice, plans
from analytics.overview.board import deadlines, known_scenes, usual_plan, with_own_duty
from analytics.overview.board_feeds import feeds_scene
from analytics.overview.board_map import map_scene, measure_of_week
from analytics.overview.board_prices import prices_scene
from analytics.overview.board_programmes import programmes_scene
from analytics.overview.board_scene import Scene
from analytics.overview.board_visits import visits_scene
from analytics.overview.board_warnings import warnings_scene
from pages.ui import cache, geometry
from pages.ui.state import language, region
from pages.ui.warning_list import cards, kept

REPORTS = {"visits": visits_scene, "smart_city": programmes_scene, "feeds": feeds_scene}


def kept_plans() -> tuple[KeptPlan, ...]:
    """All plans of the region, that in force first."""
    with cache.store(region()).engine.connect() as connection:
        return plans(connection)


def plan_in_force() -> BoardPlan:
    """The newest plan that names a scene this version knows, else the usual one."""
    kept_ones = kept_plans()
    return kept_ones[0].plan if kept_ones and known_scenes(kept_ones[0].plan) else usual_plan()


def scenes_of(plan: BoardPlan) -> tuple[tuple[SceneChoice, Scene], ...]:
    """Every scene of the plan with what the newest edition says now."""
    edition, today = cache.edition(), cache.today()
    return tuple(
        (choice, with_own_duty(scene(edition, choice.name, plan, today), choice, today=today))
        for choice in known_scenes(plan)
    )


def scene(edition: Edition, name: str, plan: BoardPlan, today: date) -> Scene:
    """One scene of today. What people did about warnings is asked anew each time."""
    if name in REPORTS:
        return cache.result(_themed, edition, name=name, today=today, owners=_owners(plan))
    if name == "map":
        return _map_scene(edition, plan, today)
    found, run = kept()
    shown = cards(edition, found)
    if name == "warnings":
        return warnings_scene(edition, shown, run)
    until = tuple(sorted(deadlines(shown).items()))
    return cache.result(_prices, edition, today=today, until=until, owners=_owners(plan))


Owners = tuple[tuple[str, str], ...]


def _owners(plan: BoardPlan) -> Owners:
    return tuple(sorted(plan.owners.items()))


def _themed(edition: Edition, *, name: str, today: date, owners: Owners) -> Scene:
    return REPORTS[name](edition, today=today, owners=dict(owners))


def _prices(
    edition: Edition, *, today: date, until: tuple[tuple[str, date], ...], owners: Owners
) -> Scene:
    return prices_scene(edition, today=today, deadlines=dict(until), owners=dict(owners))


def map_outlines(edition: Edition, layer: MapLayer) -> Boundary:
    """The outlines that a layer is drawn over."""
    return geometry.outlines(edition, level=layer.level)


def _map_scene(edition: Edition, plan: BoardPlan, today: date) -> Scene:
    return cache.result(
        _map_of_week, edition, today=today, chosen=plan.measure, words=language(),
        owners=_owners(plan),
    )  # fmt: skip


def _map_of_week(
    edition: Edition, *, today: date, chosen: str, words: str, owners: Owners
) -> Scene:
    found = measure_of_week(edition, today=today, chosen=chosen)
    level = found[0].code if found else edition.boundary_levels[0]
    outlines = geometry.outlines(edition, level=level)
    return map_scene(
        edition, language=words, today=today, boundary=outlines, chosen=chosen,
        owners=dict(owners),
    )  # fmt: skip
