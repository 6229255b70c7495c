"""From a held file to an edition: rights, two persons, findings that were seen, the audit log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from analytics.desk import saved_mappings
from analytics.desk.acts import confirm_rows, effect, publish, withdraw
from analytics.desk.answers import (
    Done,
    HowToRead,
    Kept,
    Look,
    Refusal,
    Said,
    SheetHead,
    Shown,
    Sure,
    Unread,
)
from analytics.desk.bringing import keep, look
from analytics.desk.mapping import Chosen, beginning_of, profile_of, said_before, said_twice
from analytics.desk.uploads import hold
from analytics.editions.confirmation import Selection
from analytics.ledger.batches import batch_content
from analytics.ledger.desk import DeskRefused
from analytics.ledger.mapping_profiles import SavedProfile, save_profile, saved_profiles
from analytics.ledger.tables import mapping_profiles
from analytics.people.rights import PUBLIC, NotAllowed, Person, Role
from tests.desk.conftest import BUDI, SITI, person
from tests.small_desk import NOW, TODAY, Desk, file_of, timur

pytestmark = pytest.mark.thorough

AGRICULTURE = HowToRead("agriculture")


def held_file(desk: Desk, content: bytes, *, owner: str = "siti") -> str:
    return hold(desk.settings, "uji", content, name="padi.csv", owner=owner, now=NOW)


def brought(desk: Desk, content: bytes, *, who: Person = SITI, **said: object) -> Kept:
    token = held_file(desk, content, owner=who.name)
    seen = look("uji", who, token, AGRICULTURE, TODAY)
    assert isinstance(seen, Look)
    words = Said(seen=seen.seen, accepted_warnings="benar", **said)  # type: ignore[arg-type]
    kept = keep("uji", who, token, AGRICULTURE, words, TODAY)
    assert isinstance(kept, Kept)
    return kept


def test_a_file_goes_the_whole_way_and_every_act_is_recorded(
    desk: Desk, log: Callable[[], list[tuple[str, str, str]]]
) -> None:
    content = file_of(timur(7))
    kept = brought(desk, content, note="dari dinas")
    name = f"batch {kept.batch_id}"
    shown = effect("uji", SITI, kept.batch_id, "published")
    assert isinstance(shown, Shown)
    # The area was reported as missing before: a value is now in its place.
    assert (int(shown.counts["changed"].sum()), shown.edition) == (1, 2)
    done = publish("uji", BUDI, kept.batch_id)
    assert isinstance(done, Done)
    assert (done.edition, desk.value()) == (2, 7.0)
    taken = withdraw("uji", BUDI, kept.batch_id, "salah kirim")
    assert isinstance(taken, Done)
    assert (taken.edition, desk.value()) == (3, None)
    assert log() == [("siti", "uploaded", name), ("budi", "published", name),
                     ("budi", "withdrew", name)]  # fmt: skip
    with desk.store.engine.connect() as connection:
        assert batch_content(connection, kept.batch_id) == content


def test_without_the_right_nothing_is_done(
    desk: Desk, log: Callable[[], list[tuple[str, str, str]]]
) -> None:
    token = held_file(desk, file_of(timur(7)))
    seen = look("uji", SITI, token, AGRICULTURE, TODAY)
    assert isinstance(seen, Look)
    for answer in (
        look("uji", PUBLIC, token, AGRICULTURE, TODAY),
        keep("uji", PUBLIC, token, AGRICULTURE, Said(seen=seen.seen), TODAY),
        publish("uji", SITI, 1),
        withdraw("uji", SITI, 1, "iseng"),
        effect("uji", PUBLIC, 1, "published"),
    ):
        assert isinstance(answer, Refusal)
        assert answer.kind.startswith("people.refused.")
    assert (log(), desk.store.numbers()) == ([], (1,))


def test_the_own_batch_is_not_published_by_its_bringer(desk: Desk) -> None:
    rina = person("rina", Role.ADMIN)
    kept = brought(desk, file_of(timur(7)), who=rina)
    answer = publish("uji", rina, kept.batch_id)
    assert isinstance(answer, Refusal)
    assert (answer.kind, desk.value()) == ("same_person", None)


def test_findings_that_changed_are_to_be_looked_at_again(desk: Desk) -> None:
    token = held_file(desk, file_of(timur(7)))
    seen = look("uji", SITI, token, AGRICULTURE, TODAY)
    assert isinstance(seen, Look)
    desk.publish(file_of(timur(9)))  # now the file would change a published value
    answer = keep("uji", SITI, token, AGRICULTURE, Said(seen=seen.seen), TODAY)
    assert isinstance(answer, Refusal)
    assert answer.kind == "findings_changed"
    again = look("uji", SITI, token, AGRICULTURE, TODAY)
    assert isinstance(again, Look)
    without_reason = keep("uji", SITI, token, AGRICULTURE, Said(seen=again.seen), TODAY)
    assert isinstance(without_reason, Refusal)
    assert without_reason.kind == "warnings"


def test_unverified_figures_are_confirmed_by_those_who_may_and_recorded(
    desk: Desk, log: Callable[[], list[tuple[str, str, str]]]
) -> None:
    old = Selection("agriculture", start=date(2022, 1, 1), end=date(2022, 12, 31))
    for who in (PUBLIC, SITI):
        answer = confirm_rows("uji", who, old, "surat dinas", "A")
        assert isinstance(answer, Refusal)
        assert answer.kind == "people.refused.confirm_unverified"
    assert isinstance(confirm_rows("uji", BUDI, old, " ", "A"), Refusal)
    assert desk.store.numbers() == (1,)
    sure = confirm_rows("uji", BUDI, old, "surat dinas", "A")
    assert isinstance(sure, Sure)
    assert (sure.rows, sure.edition) == (1, 2)
    assert log() == [("budi", "confirmed", f"batch {sure.batch_id}")]


def test_markup_in_a_cell_stays_words(desk: Desk) -> None:
    token = held_file(desk, file_of(timur(7).replace(",7,", ",<script>alert(1)</script>,")))
    seen = look("uji", SITI, token, AGRICULTURE, TODAY)
    assert isinstance(seen, Look)
    assert seen.findings["found"].tolist()[0] == "<script>alert(1)</script>"
    assert seen.refused_count == 1


STRANGE = b"Tabel kantor,,\nNama Kec,Hasil,Thn\nTimur,7,2023\n"
CHOSEN = Chosen(
    roles={"Nama Kec": "area", "Hasil": "measure:production", "Thn": "year"},
    units={"Hasil": "t"},
    constants={"item": "padi", "source": "s_official"},
)


def test_a_strange_table_is_mapped_and_its_mapping_offered_next_time(desk: Desk) -> None:
    token = held_file(desk, STRANGE)
    unread = look("uji", SITI, token, AGRICULTURE, TODAY)
    assert isinstance(unread, Unread)
    assert (unread.refusal.kind, unread.fitting) == ("layout", ())
    assert [list(row) for row in unread.sheets[0].rows[1:]] == [
        ["Nama Kec", "Hasil", "Thn"], ["Timur", "7", "2023"],
    ]  # fmt: skip
    profile = profile_of("agriculture", CHOSEN).as_json()
    how = HowToRead("agriculture", profile=profile)
    seen = look("uji", SITI, token, how, TODAY)
    assert isinstance(seen, Look)
    assert seen.rows[["ref_area", "obs_value", "unit"]].values.tolist() == [["88.01.01", 7.0, "t"]]
    saved = SavedProfile("tabel kantor", "agriculture", profile, "siti", NOW)
    with desk.store.engine.begin() as connection:
        save_profile(connection, saved)
    offered = look("uji", SITI, token, AGRICULTURE, TODAY)
    assert isinstance(offered, Unread)
    assert offered.fitting == (saved,)


def test_a_file_that_was_read_may_still_be_mapped(desk: Desk) -> None:
    token = held_file(desk, file_of(timur(7)))
    profile = profile_of(
        "agriculture",
        Chosen(
            roles={"ref_area": "area", "nilai": "measure:production", "year": "year"},
            units={"nilai": "t"}, constants={"source": "s_official"}, items={"nilai": "padi"},
        ),
    )  # fmt: skip
    with desk.store.engine.begin() as connection:
        saved = SavedProfile("rekap", "agriculture", profile.as_json(), "siti", NOW)
        save_profile(connection, saved)
    seen = look("uji", SITI, token, AGRICULTURE, TODAY)
    assert isinstance(seen, Look)
    assert (seen.layout, seen.fitting) == ("template", (saved,))
    assert seen.sheets[0].rows[0][0] == "ref_area"
    by_hand = look("uji", SITI, token, HowToRead("agriculture", profile=profile.as_json()), TODAY)
    assert isinstance(by_hand, Look)
    assert by_hand.layout == "mapped"
    assert by_hand.rows[["item", "obs_value"]].values.tolist() == [["padi", 7.0]]


def test_a_mapping_for_another_dataset_leads_to_the_mapping_step(desk: Desk) -> None:
    token = held_file(desk, STRANGE)
    how = HowToRead("agriculture", profile=profile_of("visits", CHOSEN).as_json())
    unread = look("uji", SITI, token, how, TODAY)
    assert isinstance(unread, Unread)
    assert (unread.refusal.kind, len(unread.sheets)) == ("profile_dataset", 1)


def test_a_mapping_is_renamed_and_deleted_and_what_it_was_stays(desk: Desk) -> None:
    engine, content = desk.store.engine, profile_of("agriculture", CHOSEN).as_json()
    assert saved_mappings.save(engine, SITI, name=" lama ", content=content, now=NOW) == "lama"
    saved_mappings.save(engine, SITI, name="lain", content=content, now=NOW)
    about = {"dataset": "agriculture", "name": "lama", "now": NOW}
    for who, new_name, error in (
        (PUBLIC, "baru", NotAllowed), (SITI, "lain", DeskRefused), (SITI, " ", DeskRefused),
    ):  # fmt: skip
        with pytest.raises(error):
            saved_mappings.rename(engine, who, new_name=new_name, **about)
    saved_mappings.rename(engine, SITI, new_name="baru", **about)
    assert names(desk) == ["baru", "lain"]
    with pytest.raises(NotAllowed):
        saved_mappings.delete(engine, PUBLIC, dataset="agriculture", name="baru", now=NOW)
    saved_mappings.delete(engine, BUDI, dataset="agriculture", name="baru", now=NOW)
    with pytest.raises(DeskRefused, match="baru"):
        saved_mappings.delete(engine, BUDI, dataset="agriculture", name="baru", now=NOW)
    assert names(desk) == ["lain"]
    with engine.connect() as connection:
        kept = connection.execute(select(mapping_profiles)).all()
    assert [row.name for row in kept] == ["lama", "lain", "baru", "lama", "baru"]
    assert [row.saved_by for row in kept][-1] == "budi"


def names(desk: Desk) -> list[str]:
    with desk.store.engine.connect() as connection:
        return [one.name for one in saved_profiles(connection, "agriculture")]


def test_a_mapping_goes_on_from_what_was_said_before() -> None:
    sheets = (SheetHead("a", (("x",), ("Judul", ""))), SheetHead("b", (("Nama Kec", "Hasil"),)))
    before = profile_of("agriculture", Chosen({"Nama Kec": "area", "Hasil": "measure:production"},
                                              {"Hasil": "t"}, {}))  # fmt: skip
    assert beginning_of(sheets, before) == (1, 0)
    assert beginning_of(sheets, None) == (0, 0)
    assert [said_before(heading, before) for heading in ("Nama Kec", "Hasil", "Thn")] == [
        "area", "measure:production", "ignored",
    ]  # fmt: skip


def test_a_unit_in_the_heading_counts_where_nothing_else_says_it(desk: Desk) -> None:
    table = b"Wilayah,Tahun,Hasil (kuintal),Berat\nTimur,2023,70,5\n"
    token = held_file(desk, table)
    roles = {"Wilayah": "area", "Tahun": "year", "Hasil (kuintal)": "measure:production"}
    for units, constants, unit in (({}, {}, "kw"), ({"Hasil (kuintal)": "t"}, {}, "t"),
                                   ({}, {"unit": "kg"}, "kg")):  # fmt: skip
        told = Chosen(roles, units, {"item": "padi", "source": "s_official", **constants})
        how = HowToRead("agriculture", profile=profile_of("agriculture", told).as_json())
        seen = look("uji", SITI, token, how, TODAY)
        assert isinstance(seen, Look)
        assert seen.rows["unit"].tolist() == [unit]


def test_one_role_is_for_one_column() -> None:
    roles = {"a": "area", "b": "area", "c": "value", "d": "value", "e": "ignored", "f": "year"}
    assert said_twice(Chosen(roles, {}, {})) == ["area"]
    wide = {"Padi": "measure:production", "Jagung": "measure:production"}
    assert said_twice(Chosen(wide, {}, {})) == ["measure:production"]
    assert said_twice(Chosen(wide, {}, {}, items={"Padi": "padi", "Jagung": "jagung"})) == []


def test_the_newest_mapping_of_a_name_counts_and_earlier_ones_stay(desk: Desk) -> None:
    with desk.store.engine.begin() as connection:
        for content in ('{"dataset": "visits"}', '{"dataset": "visits", "columns": {}}'):
            save_profile(connection, SavedProfile(" rekap ", "visits", content, "siti", NOW))
        with pytest.raises(DeskRefused, match="name"):
            save_profile(connection, SavedProfile(" ", "visits", "{}", "siti", NOW))
        (found,) = saved_profiles(connection, "visits")
    assert (found.name, found.content) == ("rekap", '{"dataset": "visits", "columns": {}}')
