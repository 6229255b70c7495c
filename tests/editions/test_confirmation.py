"""Unverified figures count only after a named person confirmed them, and can be taken back."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.editions.confirmation import Selection, confirm, unverified_rows
from analytics.editions.office import withdraw_batch
from analytics.ledger.desk import DeskRefused, find_batch
from analytics.observations.status import CONFIRMED_CAVEAT
from tests.editions.test_publish import settings_for
from tests.small_desk import NOW, Desk
from tests.small_pack import AGRICULTURE, write_small_pack

pytestmark = pytest.mark.thorough
YEAR_2022 = Selection("agriculture", start=date(2022, 1, 1), end=date(2022, 12, 31))


@pytest.fixture
def desk(tmp_path) -> Desk:
    write_small_pack(tmp_path / "data" / "uji")
    found = Desk(settings_for(tmp_path))
    found.load()
    return found


def of_2022(desk: Desk, **asked: bool) -> list[tuple[float, str, str]]:
    rows = desk.store.edition().observations("agriculture", **asked)
    rows = rows[rows["period_start"].dt.year == 2022]
    return list(zip(rows["obs_value"], rows["obs_status"], rows["caveat"], strict=True))


def confirmed(desk: Desk, selection: Selection = YEAR_2022, *, by: str = "ani", **more: str):
    return confirm(desk.store, selection, verifier=by, note="cek buku tamu", now=NOW, **more)


def test_a_figure_counts_only_once_it_is_confirmed(desk):
    assert of_2022(desk) == []
    done = confirmed(desk)
    assert (done.rows, done.outcome.edition) == (1, 2)
    assert of_2022(desk) == [(900.0, "A", CONFIRMED_CAVEAT)]
    assert "dipastikan" in desk.store.edition().vocabulary.caveat(CONFIRMED_CAVEAT).id


def test_who_when_and_why_are_kept(desk):
    batch = confirmed(desk).outcome.batch_id
    with desk.store.engine.connect() as connection:
        steps = find_batch(connection, batch).steps
    assert [(s.step, s.who, s.reason, s.edition) for s in steps] == [
        ("submitted", "ani", "", None),
        ("published", "ani", "cek buku tamu", 2),
    ]


def test_a_confirmation_is_taken_back_by_withdrawing_it(desk):
    before = desk.store.edition().files()
    batch = confirmed(desk).outcome.batch_id
    withdraw_batch(desk.store, batch, withdrawn_by="budi", reason="buku keliru", now=NOW)
    assert of_2022(desk) == []
    assert desk.store.edition().files() == before


def test_a_confirmation_survives_a_pack_that_is_loaded_again(desk, tmp_path):
    confirmed(desk)
    more = AGRICULTURE + "88.01.02,,padi,production,2023-01-01,2023-12-31,A,5,,t,A,s_official,\n"
    write_small_pack(tmp_path / "data" / "uji", agriculture=more)
    desk.load()
    assert [row[:2] for row in of_2022(desk)] == [(900.0, "A")]


def test_a_value_that_changed_since_is_not_the_one_confirmed(desk, tmp_path):
    confirmed(desk)
    other = AGRICULTURE.replace(",900,,kw,U,", ",901,,kw,U,")
    write_small_pack(tmp_path / "data" / "uji", agriculture=other)
    desk.load()
    assert of_2022(desk) == []


def test_the_fitting_status_is_kept(desk):
    confirmed(desk, status="P")
    assert [row[1] for row in of_2022(desk)] == ["P"]


@pytest.mark.parametrize(
    ("selection", "more", "said"),
    [
        (Selection("agriculture"), {}, "one site or one period"),
        (Selection("unknown"), {}, "no dataset unknown"),
        (Selection("agriculture", place="pasar-uji"), {}, "no unverified figure"),
        (YEAR_2022, {"by": " "}, "Say who"),
        (YEAR_2022, {"status": "F"}, "cannot give status F"),
    ],
)
def test_what_cannot_be_confirmed_is_refused_and_nothing_is_kept(desk, selection, more, said):
    with pytest.raises(DeskRefused, match=said):
        confirmed(desk, selection, **more)
    assert desk.store.numbers() == (1,)


def test_a_reason_is_needed(desk):
    with pytest.raises(DeskRefused, match="why"):
        confirm(desk.store, YEAR_2022, verifier="ani", note=" ", now=NOW)


def test_who_brought_a_figure_in_does_not_confirm_it(desk):
    header = "ref_area,place,item,indicator,year,nilai,unit,source_id,obs_status,caveat"
    row = "88.01.02,,padi,production,2022,9,t,s_office,U,unverified_source"
    desk.publish("\n".join([header, row, ""]).encode())
    assert len(unverified_rows(desk.store.edition(), YEAR_2022)) == 2
    with pytest.raises(DeskRefused, match="Another person"):
        confirmed(desk, by="Siti")
    assert confirmed(desk, by="budi").rows == 2
