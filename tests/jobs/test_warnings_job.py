"""The job of warnings: raised once, lifted, ended by rule, quiet while cooling down."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from analytics.editions.store import Store
from analytics.jobs import warnings as job
from analytics.ledger.warnings import (
    Action,
    KeptWarning,
    add_event,
    by_person,
    kept_warnings,
    newest_run,
)
from analytics.prices.warning_cards import State, warning_cards
from analytics.prices.warning_rules import Kind, Level
from analytics.prices.warnings import NOISE_COLUMNS, Findings, PriceWarning
from tests.prices.small_prices import OFFICES, build, flat_months, limit_rows, monthly_rows

AS_OF = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
SERIES = "prices|88.01|pasar-uji|telur||price_producer|IDR/kg|s_office"
KEY = (SERIES, "below_floor")


@pytest.fixture(scope="module")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return build(
        tmp_path_factory.mktemp("job"),
        prices=monthly_rows(flat_months(760.0, 700.0)),
        reference_prices=limit_rows(("telur", "2024-06-01", "", 900, 1100)),
        offices=OFFICES,
    )


@pytest.fixture
def store(small_store: Store) -> Store:
    """The small store without any warning."""
    from analytics.ledger.tables import warning_events, warning_runs, warnings

    with small_store.engine.begin() as connection:
        for table in (warning_events, warnings, warning_runs):
            connection.execute(table.delete())
    return small_store


def warning(*, level: Level = Level.ALERT, observed: date = date(2026, 10, 1)) -> PriceWarning:
    return PriceWarning(
        series=SERIES, kind=Kind.BELOW_FLOOR, level=level, freq="MS", since=observed,
        observed=observed, price=700.0, office="ternak", deadline=AS_OF + timedelta(days=7),
        cool_down_days=45,
        values={"limit": 900.0, "gap_pct": 10.0, "days": 31, "on_count": 1, "judged_count": 9,
                "followed": 0},
    )  # fmt: skip


def findings(
    *raised: PriceWarning,
    over: bool = False,
    stopped: bool = False,
    is_alive: bool = True,
    is_seen: bool = True,
) -> Findings:
    return Findings(
        warnings=raised,
        over=frozenset({KEY} if over else ()),
        alive=frozenset({KEY} if is_alive else ()),
        seen=frozenset({(SERIES, "MS")} if is_seen else ()),
        stopped=frozenset({(SERIES, "MS")} if stopped else ()),
        noise=pd.DataFrame(columns=list(NOISE_COLUMNS)).astype({"day": "datetime64[ns]"}),
        refusals=pd.DataFrame(columns=["series", "kind", "reason", "values"]),
        judged=1,
        stopped_series=0,
    )


def run(
    store: Store, monkeypatch: pytest.MonkeyPatch, found: Findings, *, days: int = 0
) -> job.WarnReport:
    with monkeypatch.context() as patch:
        patch.setattr(job, "find_warnings", lambda _edition, *, today: found)
        return job.warn_region(
            store, as_of=AS_OF + timedelta(days=days), now=NOW + timedelta(days=days)
        )


def kept(store: Store) -> tuple[KeptWarning, ...]:
    with store.engine.connect() as connection:
        return kept_warnings(connection)


def test_the_whole_way_from_prices_to_the_ledger(store: Store) -> None:
    report = job.warn_region(store, as_of=AS_OF, now=NOW)
    assert report.raised == report.open > 1
    floor = next(one for one in kept(store) if one.raised.kind == "below_floor")
    assert (floor.raised.price, floor.raised.office) == (700.0, "ternak")
    with store.engine.connect() as connection:
        look = newest_run(connection)
    assert look is not None and ["anomaly_low", "no_cpi", 1] in look.details["refusals"]


def test_a_second_look_on_the_same_day_changes_nothing(store: Store) -> None:
    first = job.warn_region(store, as_of=AS_OF, now=NOW)
    before = kept(store)
    second = job.warn_region(store, as_of=AS_OF, now=NOW + timedelta(hours=1))
    assert (second.raised, second.escalated, second.closed) == (0, 0, 0)
    assert (second.open, kept(store)) == (first.open, before)


def test_an_open_warning_is_not_raised_again_by_newer_data(store: Store, monkeypatch) -> None:
    run(store, monkeypatch, findings(warning()))
    later = warning(observed=date(2026, 11, 1))
    assert run(store, monkeypatch, findings(later), days=20).raised == 0


def test_a_higher_level_is_noted_once(store: Store, monkeypatch) -> None:
    run(store, monkeypatch, findings(warning()))
    risen = findings(warning(level=Level.CRISIS, observed=date(2026, 11, 1)))
    assert [run(store, monkeypatch, risen, days=day).escalated for day in (8, 9)] == [1, 0]
    (one,) = kept(store)
    assert (one.level, one.raised.level) == ("crisis", "alert")


def test_exit_rule_ends_it_with_the_newest_price(store: Store, monkeypatch) -> None:
    run(store, monkeypatch, findings(warning()))
    assert run(store, monkeypatch, findings(over=True), days=30).closed == 1
    (one,) = kept(store)
    assert one.closed is not None
    assert (one.closed.reason, one.closed.who) == ("over", "")
    assert (one.closed.price, one.closed.observed) == (700.0, date(2026, 10, 1))
    assert run(store, monkeypatch, findings(over=True), days=31).closed == 0


def test_a_stopped_series_ends_its_warning(store: Store, monkeypatch) -> None:
    run(store, monkeypatch, findings(warning()))
    run(store, monkeypatch, findings(stopped=True), days=100)
    (one,) = kept(store)
    assert one.closed is not None and one.closed.reason == "stopped"


@pytest.mark.parametrize(
    ("found", "reason"),
    [(findings(is_seen=False, is_alive=False), "gone"), (findings(is_alive=False), "unjudged")],
)
def test_no_warning_outlives_its_series_or_its_rule(
    store: Store, monkeypatch, found: Findings, reason: str
) -> None:
    run(store, monkeypatch, findings(warning()))
    assert run(store, monkeypatch, found, days=1).closed == 1
    (one,) = kept(store)
    assert one.closed is not None and one.closed.reason == reason


def test_an_answer_to_a_lower_level_answers_no_higher_one(store: Store, monkeypatch) -> None:
    run(store, monkeypatch, findings(warning()))
    (one,) = kept(store)
    with store.engine.begin() as connection:
        add_event(connection, one.warning_id,
                  by_person(Action.ACKNOWLEDGED, who="Siti", note="", at=NOW))  # fmt: skip
    risen = warning(level=Level.CRISIS, observed=date(2026, 11, 1))
    run(store, monkeypatch, findings(risen), days=9)  # Thursday 3 December
    edition = store.edition()
    (card,) = warning_cards(edition, kept(store), today=date(2026, 12, 8))
    # Three days on is a Sunday: the office has until Monday.
    assert (card.state, card.deadline, card.is_late) == (State.RAISED, date(2026, 12, 7), True)


def test_what_a_person_closed_on_newer_data_is_not_raised_again_by_them(
    store: Store, monkeypatch
) -> None:
    run(store, monkeypatch, findings(warning()))
    (one,) = kept(store)
    newer = date(2026, 11, 1)
    with store.engine.begin() as connection:
        end = by_person(Action.CLOSED, who="Siti", note="Pulih", at=NOW, price=800.0,
                        observed=newer)  # fmt: skip
        add_event(connection, one.warning_id, end)
    assert run(store, monkeypatch, findings(warning(observed=newer)), days=60).raised == 0


@pytest.mark.parametrize(("days", "reason"), [(-1, "earlier"), (1, "later")])
def test_nobody_looks_from_the_past_or_the_future(
    store: Store, monkeypatch, days: int, reason: str
) -> None:
    run(store, monkeypatch, findings(warning()))
    with pytest.raises(job.LookRefused) as refused:
        job.warn_region(store, as_of=AS_OF + timedelta(days=days), now=NOW)
    assert refused.value.reason == reason


def test_today_is_the_day_of_the_region(store: Store, monkeypatch) -> None:
    monkeypatch.setattr(job, "find_warnings", lambda _edition, *, today: findings())
    job.warn_region(store, now=datetime(2026, 11, 24, 20, tzinfo=UTC))  # 3 in the morning there
    with store.engine.connect() as connection:
        look = newest_run(connection)
    assert look is not None and look.as_of == date(2026, 11, 25)


def test_two_looks_at_once_take_turns(store: Store, monkeypatch) -> None:
    monkeypatch.setattr(job, "find_warnings", lambda _edition, *, today: findings(warning()))
    with ThreadPoolExecutor(2) as pool:
        looks = [pool.submit(job.warn_region, store, as_of=AS_OF, now=NOW) for _ in range(2)]
    assert sorted(look.result().raised for look in looks) == [0, 1]
    assert len(kept(store)) == 1


@pytest.mark.parametrize(("days", "raised"), [(44, 0), (45, 1)])
def test_cool_down_counts_from_the_end(store: Store, monkeypatch, days: int, raised: int) -> None:
    run(store, monkeypatch, findings(warning()))
    run(store, monkeypatch, findings(over=True))
    newer = warning(observed=date(2026, 12, 1))
    assert run(store, monkeypatch, findings(newer), days=days).raised == raised


def test_cool_down_does_not_hold_back_a_higher_level(store: Store, monkeypatch) -> None:
    run(store, monkeypatch, findings(warning()))
    run(store, monkeypatch, findings(over=True))
    worse = warning(level=Level.CRISIS, observed=date(2026, 12, 1))
    assert run(store, monkeypatch, findings(worse), days=10).raised == 1


def test_data_already_warned_of_are_not_warned_of_twice(store: Store, monkeypatch) -> None:
    run(store, monkeypatch, findings(warning()))
    run(store, monkeypatch, findings(over=True))
    same = replace(warning(), level=Level.CRISIS)
    assert run(store, monkeypatch, findings(same), days=60).raised == 0


def test_command_says_what_it_did(tmp_path: Path, capsys, monkeypatch) -> None:
    from analytics.cli import main

    build(tmp_path, prices=monthly_rows(flat_months(700.0)))
    for name, value in (("REGIONS", "uji"), ("REGION", "uji"), ("DATA", str(tmp_path / "data")),
                        ("HOME", str(tmp_path / "home"))):  # fmt: skip
        monkeypatch.setenv(f"SEJAHTERA_{name}", value)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr("analytics.commands.forecasts.moment", lambda: NOW)
    assert main(["warn", "--as-of", "2026-11-25", "--lang", "en"]) == 2
    assert "--as-of 2026-11-25 has not come yet" in capsys.readouterr().err
    assert main(["warn", "--as-of", "2026-11-24", "--lang", "en"]) == 0
    first = capsys.readouterr().out
    assert "1 series judged from edition 1" in first and " 0 warnings raised" not in first
    assert main(["warn", "--as-of", "2026-11-24", "--lang", "en"]) == 0
    assert "0 warnings raised" in capsys.readouterr().out
