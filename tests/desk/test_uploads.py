"""A held file belongs to who brought it, lies under a name of ours, and is gone after a day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from analytics.desk.uploads import held, hold, let_go, shown_name
from analytics.ledger.desk import DeskRefused
from tests.small_desk import NOW, Desk

pytestmark = pytest.mark.thorough


def test_a_file_is_found_again_by_its_owner_alone(desk: Desk) -> None:
    token = hold(desk.settings, "uji", b"a;b", name="../../etc/x.csv", owner="siti", now=NOW)
    file = held(desk.settings, "uji", token, owner="siti")
    assert (file.name, file.content()) == ("x.csv", b"a;b")
    assert file.path.is_relative_to(desk.settings.home / "uji" / "desk")
    with pytest.raises(DeskRefused, match="no longer there"):
        held(desk.settings, "uji", token, owner="budi")


@pytest.mark.parametrize("token", ["", "..", "../../people", "a" * 31, "A" * 32, "0" * 32])
def test_a_token_that_is_none_finds_nothing(desk: Desk, token: str) -> None:
    with pytest.raises(DeskRefused):
        held(desk.settings, "uji", token, owner="siti")
    let_go(desk.settings, "uji", token)
    assert desk.settings.home.is_dir()


def test_a_file_of_the_day_before_yesterday_is_cleared_away(desk: Desk) -> None:
    said = {"name": "a.csv", "owner": "siti"}
    old = hold(desk.settings, "uji", b"a", now=NOW - timedelta(days=2), **said)
    fresh = hold(desk.settings, "uji", b"b", now=NOW, **said)
    with pytest.raises(DeskRefused):
        held(desk.settings, "uji", old, owner="siti")
    assert held(desk.settings, "uji", fresh, owner="siti").content() == b"b"


def test_a_name_without_letters_gets_one() -> None:
    assert shown_name("C:\\tabel\\padi\x07.xlsx") == "padi.xlsx"
    assert shown_name("\x00") == "berkas"
