"""The ledger of warnings: raised once, events added, nothing after the end, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, create_engine, insert
from sqlalchemy.exc import IntegrityError

from analytics.ledger.tables import editions, metadata
from analytics.ledger.warnings import (
    LONGEST_NAME,
    Action,
    CloseReason,
    Event,
    EventRefused,
    NewWarning,
    WarningRun,
    add_event,
    add_run,
    by_person,
    kept_warnings,
    newest_run,
    raise_warning,
)

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
RUN = WarningRun(1, date(2026, 11, 24), NOW, 5, 2, {"noise": [], "refusals": [["x", "y", 1]]})
SERIES = "prices|88.01||telur||price_producer|IDR/kg|s_office"


def warning(*, observed: date = date(2026, 10, 1), level: str = "alert") -> NewWarning:
    return NewWarning(
        series=SERIES, kind="below_floor", level=level, freq="MS", since=observed,
        observed=observed, price=700.0, office="ternak", deadline=date(2026, 12, 1),
        cool_down_days=45, details={"limit": 900.0, "followed_median_pct": None},
    )  # fmt: skip


def prepare(connection: Connection) -> int:
    """Tables and one look; gives its number."""
    connection.execute(
        insert(editions).values(number=1, published_at=NOW, published_by="t", manifest="{}")
    )
    return add_run(connection, RUN)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def connection(request: pytest.FixtureRequest) -> Iterator[Connection]:
    """An empty ledger in a transaction that is taken back."""
    url = "sqlite://"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_url").replace("postgresql://",
                                                              "postgresql+psycopg://")  # fmt: skip
    engine = create_engine(url)
    with engine.connect() as opened:
        metadata.create_all(opened)
        yield opened
        opened.rollback()
    engine.dispose()


def test_a_warning_comes_back_as_it_was_raised(connection: Connection) -> None:
    number = raise_warning(connection, prepare(connection), warning())
    (kept,) = kept_warnings(connection)
    assert (kept.warning_id, kept.raised, kept.events) == (number, warning(), ())
    assert (kept.is_open, kept.level, kept.run.as_of) == (True, "alert", RUN.as_of)
    assert newest_run(connection) == RUN


def test_one_observation_raises_once(connection: Connection) -> None:
    run = prepare(connection)
    raise_warning(connection, run, warning())
    with pytest.raises(IntegrityError), connection.begin_nested():
        raise_warning(connection, run, warning())
    raise_warning(connection, run, warning(observed=date(2026, 11, 1)))


def test_events_stand_in_their_order_with_who_and_words(connection: Connection) -> None:
    number = raise_warning(connection, prepare(connection), warning())
    add_event(connection, number, by_person(Action.ACKNOWLEDGED, who=" Siti ", note="", at=NOW))
    add_event(connection, number, Event(Action.ESCALATED, "", NOW, "crisis"))
    add_event(
        connection, number,
        by_person(Action.CLOSED, who="Siti", note="Pasar murah", at=NOW, price=920.0,
                  observed=date(2026, 11, 1)),
    )  # fmt: skip
    (kept,) = kept_warnings(connection)
    assert [event.action for event in kept.events] == ["acknowledged", "escalated", "closed"]
    assert kept.level == "crisis"
    assert kept.closed == Event(
        "closed", "Siti", NOW, CloseReason.PERSON, "Pasar murah", 920.0, date(2026, 11, 1)
    )


def test_open_and_closed_ones_are_read_alone(connection: Connection) -> None:
    run = prepare(connection)
    ended = raise_warning(connection, run, warning())
    lasting = raise_warning(connection, run, warning(observed=date(2026, 11, 1)))
    add_event(connection, ended, Event(Action.CLOSED, "", NOW, CloseReason.OVER))
    add_event(connection, lasting, Event(Action.ACKNOWLEDGED, "Siti", NOW))
    numbers = {
        is_open: [one.warning_id for one in kept_warnings(connection, is_open=is_open)]
        for is_open in (True, False, None)
    }
    assert numbers == {True: [lasting], False: [ended], None: [lasting, ended]}
    assert kept_warnings(connection, series=SERIES, kind="alps_low") == ()


@pytest.mark.parametrize("action", list(Action))
def test_nothing_is_added_after_the_end(connection: Connection, action: Action) -> None:
    number = raise_warning(connection, prepare(connection), warning())
    add_event(connection, number, Event(Action.CLOSED, "", NOW, CloseReason.OVER))
    with pytest.raises(EventRefused, match="closed"):
        add_event(connection, number, Event(action, "Siti", NOW))


def test_two_ends_at_once_leave_one(connection: Connection, monkeypatch) -> None:
    """The second process looked before the first one wrote."""
    number = raise_warning(connection, prepare(connection), warning())
    add_event(connection, number, Event(Action.CLOSED, "", NOW, CloseReason.OVER))
    monkeypatch.setattr(
        "analytics.ledger.warnings._events", lambda _connection, numbers: {n: [] for n in numbers}
    )
    with pytest.raises(EventRefused, match="closed"):
        add_event(connection, number, Event(Action.CLOSED, "", NOW, CloseReason.OVER))


def test_an_unknown_warning_takes_no_event(connection: Connection) -> None:
    prepare(connection)
    with pytest.raises(EventRefused, match="unknown"):
        add_event(connection, 99, Event(Action.ACKNOWLEDGED, "Siti", NOW))


@pytest.mark.parametrize(
    ("action", "who", "note", "reason"),
    [
        (Action.ACKNOWLEDGED, " ", "", "name"),
        (Action.ACTED, "S", "Operasi pasar", "name"),
        (Action.ACTED, "Siti", "  ", "note"),
        (Action.CLOSED, "Siti", "", "note"),
    ],
)
def test_people_give_a_name_and_say_what_they_did(
    action: Action, who: str, note: str, reason: str
) -> None:
    with pytest.raises(EventRefused) as refused:
        by_person(action, who=who, note=note, at=NOW)
    assert refused.value.reason == reason


def test_a_name_longer_than_the_column_is_cut() -> None:
    assert len(by_person(Action.ACKNOWLEDGED, who="S" * 500, note="", at=NOW).who) == LONGEST_NAME
