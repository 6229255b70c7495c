"""Plans of the board are added to, never changed: on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from analytics.ledger.board import (
    LONGEST_WHAT,
    BoardPlan,
    PlanRefused,
    SceneChoice,
    keep_plan,
    plans,
)

pytestmark = pytest.mark.thorough

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
WORDS = "Rapat <b>TPID</b> {n}; -- 'beras'"
FIRST = BoardPlan(
    scenes=(SceneChoice("prices", 30, WORDS, "Dinas", date(2026, 12, 1)), SceneChoice("feeds")),
    refresh_seconds=120,
    measure="padi|production",
    owners={"prices": "Dinas Perdagangan"},
)
SECOND = BoardPlan(scenes=(SceneChoice("feeds"),))


def test_the_newest_plan_comes_first_and_earlier_ones_stay_as_they_were(engine):
    for plan in (FIRST, SECOND):
        with engine.begin() as connection:
            keep_plan(connection, plan, who=" Siti ", at=NOON)
    with engine.connect() as connection:
        found = plans(connection)
    assert [kept.plan for kept in found] == [SECOND, FIRST]
    assert {(kept.saved_by, kept.saved_at) for kept in found} == {("Siti", NOON)}


def test_without_a_plan_there_is_none(engine):
    with engine.connect() as connection:
        assert plans(connection) == ()


@pytest.mark.parametrize(
    ("fault", "plan", "who"),
    [
        ("empty", BoardPlan(scenes=()), "Siti"),
        ("twice", BoardPlan(scenes=(SceneChoice("feeds"), SceneChoice("feeds"))), "Siti"),
        ("seconds", BoardPlan(scenes=(SceneChoice("feeds", seconds=4),)), "Siti"),
        ("seconds", replace(SECOND, refresh_seconds=0), "Siti"),
        (
            "too_long",
            BoardPlan(scenes=(SceneChoice("feeds", what="x" * (LONGEST_WHAT + 1)),)),
            "Siti",
        ),
        ("too_long", replace(SECOND, owners={"prices": "x" * 81}), "Siti"),
        ("nameless", SECOND, "  "),
    ],
)
def test_a_plan_that_cannot_be_shown_is_refused(engine, fault, plan, who):
    with pytest.raises(PlanRefused) as refused, engine.begin() as connection:
        keep_plan(connection, plan, who=who, at=NOON)
    assert refused.value.fault == fault
    with engine.connect() as connection:
        assert plans(connection) == ()
