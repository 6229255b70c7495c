"""Batches of offices: two persons, the newest published counts, undo, nothing twice."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from sqlalchemy import select

from analytics.editions.files import WRITING
from analytics.editions.heal import heal
from analytics.editions.office import publish_batch, withdraw_batch
from analytics.jobs.preview import effect_of_outcome, preview
from analytics.ledger.batches import batch_content
from analytics.ledger.desk import DeskRefused, find_batch, list_batches
from analytics.ledger.reports import report_of
from analytics.ledger.tables import batches
from tests.editions.test_publish import settings_for
from tests.small_desk import NOW, Desk, file_of, timur
from tests.small_pack import AGRICULTURE, write_small_pack

pytestmark = pytest.mark.thorough


@pytest.fixture
def desk(tmp_path) -> Desk:
    write_small_pack(tmp_path / "data" / "uji")
    found = Desk(settings_for(tmp_path))
    found.load()
    return found


def state(desk: Desk, batch: int) -> str:
    with desk.store.engine.connect() as connection:
        return find_batch(connection, batch).state


def test_a_file_waits_until_another_person_publishes_it(desk):
    batch = desk.bring(file_of(timur(7)), accepted_warnings="benar").batch_id
    assert (state(desk, batch), desk.store.numbers(), desk.value()) == ("submitted", (1,), None)
    for uploader in ("siti", "Siti "):
        with pytest.raises(DeskRefused, match="another person"):
            publish_batch(desk.store, batch, published_by=uploader, now=NOW)
    outcome = publish_batch(desk.store, batch, published_by="budi", now=NOW)
    assert (outcome.edition, state(desk, batch), desk.value()) == (2, "published", 7.0)


def test_the_history_tells_who_when_and_why(desk):
    batch = desk.publish(file_of(timur(7)))
    withdraw_batch(desk.store, batch, withdrawn_by="ani", reason="salah tahun", now=NOW)
    with desk.store.engine.connect() as connection:
        entry = find_batch(connection, batch)
        assert batch_content(connection, batch) == file_of(timur(7))
    assert [(s.step, s.who, s.reason, s.edition, s.at) for s in entry.steps] == [
        ("submitted", "siti", "", None, NOW),
        ("published", "budi", "", 2, NOW),
        ("withdrawn", "ani", "salah tahun", 3, NOW),
    ]


def test_undo_gives_the_edition_before_to_the_byte(desk):
    before = desk.store.edition().files()
    batch = desk.publish(file_of(timur(7)))
    assert desk.store.edition().files() != before
    withdraw_batch(desk.store, batch, withdrawn_by="siti", reason="keliru", now=NOW)
    assert desk.store.edition().files() == before
    assert desk.value(edition=2) == 7.0


def test_a_waiting_file_is_withdrawn_without_an_edition(desk):
    batch = desk.bring(file_of(timur(7)), accepted_warnings="benar").batch_id
    outcome = withdraw_batch(desk.store, batch, withdrawn_by="siti", reason="keliru", now=NOW)
    assert (outcome.edition, desk.store.numbers()) == (None, (1,))
    with pytest.raises(DeskRefused, match="has been withdrawn"):
        publish_batch(desk.store, batch, published_by="budi", now=NOW)


def test_of_a_value_the_one_published_last_counts_not_the_one_brought_last(desk):
    first = desk.bring(file_of(timur(1)), accepted_warnings="benar").batch_id
    second = desk.bring(file_of(timur(2)), accepted_warnings="benar").batch_id
    for batch in (second, first):
        publish_batch(desk.store, batch, published_by="budi", now=NOW)
    assert desk.value() == 1.0
    withdraw_batch(desk.store, first, withdrawn_by="budi", reason="keliru", now=NOW)
    assert desk.value() == 2.0


def test_office_and_pack_stand_together_and_a_new_pack_keeps_the_office(desk):
    desk.publish(file_of(timur(7)))
    changed = AGRICULTURE.replace("100.5", "101.5")
    write_small_pack(desk.settings.pack_dir("uji"), agriculture=changed)
    desk.load()
    assert (desk.value(area="88.01"), desk.store.numbers()) == (101.5, (1, 2, 3))
    # The pack says "not reported" of Timur and was published last: it counts.
    assert desk.value() is None


def test_the_same_bytes_are_kept_once_until_they_are_withdrawn(desk):
    first = desk.bring(file_of(timur(7)), accepted_warnings="benar")
    again = desk.bring(file_of(timur(7)), by="ani")
    assert (again.batch_id, again.is_new, first.is_new) == (first.batch_id, False, True)
    withdraw_batch(desk.store, first.batch_id, withdrawn_by="siti", reason="keliru", now=NOW)
    assert desk.bring(file_of(timur(7)), accepted_warnings="benar").is_new


BAD_ROW = "88.01.99,,padi,production,2023,3,t,s_official"


@pytest.mark.parametrize(
    ("row", "wish", "kind"),
    [
        (BAD_ROW, {"accepted_warnings": "benar"}, "rows_refused"),
        ("88.01,,padi,production,2023,101.5,t,s_official", {}, "warnings"),
        ("88.01.02,,padi,production,2023,3,t,", {"accepted_warnings": "benar"}, "source_missing"),
        ("88.01.02,,padi,production,2023,3,t,s_official", {"by": " "}, "nameless"),
    ],
)
def test_what_is_not_right_is_not_stored(desk, row, wish, kind):
    with pytest.raises(DeskRefused) as refused:
        desk.bring(file_of(timur(7), row), **wish)
    assert refused.value.kind == kind
    assert refused.value.words("id") != refused.value.words("en")
    with desk.store.engine.connect() as connection:
        assert [b.reader for b in list_batches(connection)] == ["pack"]


def test_refused_rows_stay_in_the_report_only(desk):
    batch = desk.publish(file_of(timur(7), BAD_ROW), only_accepted=True)
    with desk.store.engine.connect() as connection:
        report = report_of(connection, batch)
        assert find_batch(connection, batch).row_count == 1
    assert report.facts["refused_count"] == 1
    assert report.refused["row"].tolist() == [3]
    assert desk.value() == 7.0


def test_shared_words_that_a_file_uses_come_into_the_edition_and_go_with_it(desk):
    header = "ref_area,item,indicator,period,nilai,unit,source_id"
    row = "88.01.01,padi,planted_area,Maret 2024,12,ha,s_office"
    batch = desk.publish(file_of(row, header=header), dataset="planting")
    vocabulary = desk.store.edition().vocabulary
    assert vocabulary.indicator_name("planted_area").en == "Planted area"
    assert "guests" not in set(vocabulary.tables["indicators"]["indicator"])
    withdraw_batch(desk.store, batch, withdrawn_by="budi", reason="keliru", now=NOW)
    assert "planting" not in desk.store.edition().datasets
    assert "planted_area" not in set(desk.store.edition().reference("indicators")["indicator"])


def test_a_place_named_first_has_its_name_as_it_was_written(desk):
    header = "ref_area,place,item,indicator,period,nilai,unit,source_id"
    row = "88.01.01,Pasar Baru <b>,telur,price_producer,Maret 2024,25000,IDR/kg,s_office"
    desk.publish(file_of(row, header=header), dataset="prices")
    edition = desk.store.edition()
    place = edition.observations("prices")["place"].item()
    assert edition.vocabulary.place_name(place) == "Pasar Baru <b>"


def test_every_row_has_a_number_of_its_own(desk):
    desk.publish(file_of(timur(1), timur(2, year=2022), timur(3, year=2021)))
    rows = desk.store.edition().observations("agriculture", ref_area="88.01.01")
    of_office = rows[rows["batch_id"] > 1]
    assert sorted(of_office["source_row"]) == [1, 2, 3]


def test_the_preview_tells_new_changed_same_and_totals_and_changes_nothing(desk):
    rows = (timur(40), "88.01,,padi,production,2023,110,t,s_official",
            "88.01,,padi,harvested_area,2023,20,ha,s_official",
            "88.01.02,,padi,production,2023,2,t,s_official")  # fmt: skip
    batch = desk.bring(file_of(*rows), accepted_warnings="benar").batch_id
    files = sorted(path.name for path in desk.store.folder.iterdir())
    shown = preview(desk.store, batch, now=NOW)
    counts = shown.effect.counts.set_index(["ref_area", "indicator"])
    assert counts.loc[("88.01.02", "production"), "new"] == 1
    assert counts.loc[("88.01.01", "production"), "changed"] == 1
    totals = shown.effect.totals.set_index(["level", "indicator"])
    assert totals.loc[("kabupaten", "production"), ["old", "new"]].tolist() == [100.5, 110.0]
    assert totals.loc[("kecamatan", "production"), "new"] == 42.0
    assert desk.store.numbers() == (1,)
    assert sorted(path.name for path in desk.store.folder.iterdir()) == files
    outcome = publish_batch(desk.store, batch, published_by="budi", now=NOW)
    done = effect_of_outcome(desk.store, outcome)
    assert done.effect.counts.equals(shown.effect.counts)


def test_what_a_pack_brought_is_not_for_the_desk(desk):
    with pytest.raises(DeskRefused, match="pack"):
        withdraw_batch(desk.store, 1, withdrawn_by="ani", reason="keliru", now=NOW)
    with pytest.raises(DeskRefused, match="no batch 99"):
        publish_batch(desk.store, 99, published_by="ani", now=NOW)


def publish_at_once(desk: Desk) -> None:
    """Two officers publish in the same moment: both build on the same edition."""
    waiting = [desk.bring(file_of(timur(v)), accepted_warnings="benar").batch_id for v in (1, 2)]
    together = threading.Barrier(2, timeout=60)
    met: set[int] = set()

    def at_start(batch: int):
        def on_progress(done: int, _total: int, _name: str) -> None:
            if done == 0 and batch not in met:
                met.add(batch)
                together.wait()

        return on_progress

    def work(batch: int) -> None:
        publish_batch(desk.store, batch, published_by="budi", now=NOW, on_progress=at_start(batch))

    threads = [threading.Thread(target=work, args=[batch]) for batch in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert desk.store.numbers() == (1, 2, 3)
    assert {state(desk, batch) for batch in waiting} == {"published"}
    with desk.store.engine.connect() as connection:
        last = max((find_batch(connection, b) for b in waiting), key=lambda e: e.steps[-1].edition)
        rows = connection.execute(select(batches.c.batch_id)).scalars().all()
    assert desk.value() == waiting.index(last.batch_id) + 1.0
    assert len(rows) == 3


def test_two_officers_at_once_are_both_kept_in_order(desk):
    publish_at_once(desk)


def test_two_officers_at_once_on_postgresql(tmp_path, postgres_url):
    write_small_pack(tmp_path / "data" / "serentak")
    settings = replace(settings_for(tmp_path, "serentak"), database_url=postgres_url,
                       default_region="serentak")  # fmt: skip
    desk = Desk(settings, "serentak")
    desk.load()
    publish_at_once(desk)
    desk.store.engine.dispose()


def test_what_a_crash_left_is_cleared_and_a_lost_file_built_again(desk):
    desk.publish(file_of(timur(7)))
    edition = desk.store.edition()
    (desk.store.folder / f"{WRITING}abc").write_bytes(b"half")
    lost = edition.folder / str(edition.dataset_facts("agriculture")["file"])
    lost.unlink()
    found = heal(desk.store)
    assert (found.leftovers, found.rebuilt) == ((f"{WRITING}abc",), (lost.name,))
    assert len(found.sentences("id")) == 2
    edition.check()
    assert heal(desk.store).sentences("en") == []
