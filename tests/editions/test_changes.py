"""What changed between two editions: added, changed, removed, by dataset and area."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select

from analytics.editions.changes import Counts, changes_since
from analytics.editions.publish import publish_pack
from analytics.editions.store import open_store
from analytics.ledger.tables import editions
from analytics.overview.news import news_since
from analytics.pack.reader import read_pack
from tests.editions.test_publish import settings_for
from tests.small_pack import AGRICULTURE, describe, write_small_pack

pytestmark = pytest.mark.thorough

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LATER = (
    AGRICULTURE.replace("A,100.5,,t,A,s_official,", "A,101.5,,t,A,s_official,")  # another number
    .replace("A,20,,ha,P,s_official,", "A,20,,ha,A,s_official,")  # another status
    .replace("88.01,,padi,production,2023-01-01,2023-12-31,A,150,,t,A,s_office,rounded\n", "")
    + "88.01.02,,padi,production,2024-01-01,2024-12-31,A,7,,t,A,s_official,\n"
)


def _name_the_dataset(descriptor):
    for resource in descriptor["resources"]:
        if resource["sejahtera"].get("role") == "dataset":
            resource["sejahtera"]["title"] = {"id": "Pertanian", "en": "Agriculture"}


def test_the_edition_before_is_the_newest_older_one_whatever_gap_lies_between(tmp_path):
    two_editions(tmp_path)
    store = open_store(settings_for(tmp_path, "uji"), "uji")
    with store.engine.begin() as connection:
        row = connection.execute(select(editions).where(editions.c.number == 2)).one()
        connection.execute(insert(editions).values(**{**row._mapping, "number": 5}))
    assert [store.number_before(number) for number in (5, 4, 2, 1)] == [2, 2, 1, None]


def two_editions(tmp_path, *, later=LATER):
    settings = settings_for(tmp_path, "uji")
    folder = tmp_path / "data" / "uji"
    store = open_store(settings, "uji")
    for content in (AGRICULTURE, later):
        write_small_pack(folder, agriculture=content)
        describe(folder, _name_the_dataset)
        publish_pack(store, read_pack(folder), published_by="tester", now=NOW)
    return store.edition(1), store.edition()


def test_each_kind_of_change_is_counted_by_area(tmp_path):
    before, after = two_editions(tmp_path)
    (change,) = changes_since(after, previous=before)
    assert (change.dataset, change.whole) == ("agriculture", Counts(1, 2, 1))
    assert dict(change.areas) == {"88.01": Counts(0, 2, 1), "88.01.02": Counts(1, 0, 0)}


def test_backwards_what_was_added_is_removed(tmp_path):
    before, after = two_editions(tmp_path)
    (change,) = changes_since(before, previous=after)
    assert change.whole == Counts(1, 2, 1)
    assert dict(change.areas)["88.01.02"] == Counts(0, 0, 1)


def test_an_edition_has_not_changed_against_itself(tmp_path):
    _, after = two_editions(tmp_path)
    assert changes_since(after, previous=after) == ()


def test_a_filled_gap_is_a_change_and_a_gap_that_stays_is_none(tmp_path):
    filled = AGRICULTURE.replace("A,,,t,M,s_official,not_reported", "A,9,,t,A,s_official,")
    before, after = two_editions(tmp_path, later=filled)
    (change,) = changes_since(after, previous=before)
    assert change.areas == (("88.01.01", Counts(0, 1, 0)),)


def test_unverified_values_are_no_news(tmp_path):
    other = AGRICULTURE.replace("A,900,,kw,U,s_office", "A,950,,kw,U,s_office")
    before, after = two_editions(tmp_path, later=other)
    assert changes_since(after, previous=before) == ()


def test_editions_of_two_regions_do_not_compare(tmp_path):
    before, after = two_editions(tmp_path)
    stranger = replace(before, stamp=replace(before.stamp, region="lain"))
    with pytest.raises(ValueError, match="two regions"):
        changes_since(after, previous=stranger)


def test_changes_are_told_in_whole_sentences(tmp_path):
    before, after = two_editions(tmp_path)
    (news,) = news_since(after, previous=before)
    assert news.dataset.words("id") == "Pertanian: 1 angka baru, 2 berubah, 1 tidak ada lagi."
    assert news.dataset.words("en") == "Agriculture: new values: 1; changed: 2; gone: 1."
    assert [area.words("id") for area in news.areas] == [
        "Kabupaten Uji: 2 angka berubah, 1 tidak ada lagi", "Barat: 1 angka baru",
    ]  # fmt: skip
    assert news.further == 0
