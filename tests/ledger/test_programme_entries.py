"""What offices write about programmes is added to, never changed: on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DatabaseError

from analytics.ledger.programme_entries import (
    LARGEST_FILE_BYTES,
    LONGEST_ADDRESS,
    LONGEST_WORDS,
    Entry,
    EntryKind,
    EntryRefused,
    add_entry,
    entries_of,
    file_of,
)
from analytics.ledger.tables import programme_entries
from tests.editions.test_publish import settings_for
from tests.ledger.test_postgres import load
from tests.small_pack import write_small_pack

pytestmark = pytest.mark.thorough

PDF = b"%PDF-1.7 laporan"
FIRST = Entry(
    EntryKind.ANSWER, "owner:e_health:", "Dinas Kesehatan.", "Siti",
    datetime(2026, 11, 24, 2, 0, tzinfo=UTC), 1,
)  # fmt: skip
SECOND = replace(FIRST, words="RSUD, bukan dinas.", written_by="Budi",
                 written_at=datetime(2026, 11, 25, 2, 0, tzinfo=UTC))  # fmt: skip
EVIDENCE = replace(
    FIRST, kind=EntryKind.EVIDENCE, subject="e_health:2024:output", dated=date(2024, 12, 1),
    file_name="Laporan.PDF", content=PDF,
)  # fmt: skip


def test_the_newest_comes_first_and_earlier_ones_stay(engine):
    for entry in (FIRST, SECOND, replace(FIRST, kind=EntryKind.FOLLOW_UP)):
        with engine.begin() as connection:
            add_entry(connection, entry)
    with engine.connect() as connection:
        found = entries_of(connection, EntryKind.ANSWER)
        other = entries_of(connection, EntryKind.ANSWER, ["budget:e_health:"])
    assert [one.words for one in found[FIRST.subject]] == [SECOND.words, FIRST.words]
    assert found[FIRST.subject][0].written_at == SECOND.written_at
    assert other == {}


def test_a_file_comes_back_byte_for_byte(engine):
    with engine.begin() as connection:
        add_entry(connection, EVIDENCE)
    with engine.connect() as connection:
        (kept,) = entries_of(connection, EntryKind.EVIDENCE)[EVIDENCE.subject]
        assert file_of(connection, kept.entry_id) == PDF
        assert (kept.content, len(kept.sha256), kept.dated) == (b"", 64, date(2024, 12, 1))
        with pytest.raises(KeyError, match="has no file"):
            file_of(connection, kept.entry_id + 1)


def test_the_ledger_refuses_to_change_or_delete_an_entry(engine):
    with engine.begin() as connection:
        add_entry(connection, FIRST)
    table = programme_entries
    for statement in (delete(table), update(table).values(words="Bukan saya.")):
        with engine.connect() as connection, pytest.raises(DatabaseError, match="only added to"):
            connection.execute(statement)


@pytest.mark.parametrize(
    ("fault", "changed"),
    [
        ("empty", {"words": "  \n "}),
        ("too_long", {"words": "x" * (LONGEST_WORDS + 1)}),
        ("nameless", {"written_by": " "}),
        ("bad_address", {"address": "javascript:alert(1)"}),
        ("bad_address", {"address": "https://a b"}),
        ("bad_address", {"address": "https://" + "a" * LONGEST_ADDRESS}),
        ("nothing_shown", {"content": b"", "file_name": ""}),
        ("bad_file", {"file_name": "x.exe"}),
        ("bad_file", {"content": b"<html>", "file_name": "x.pdf"}),
        ("large_file", {"content": PDF + b"0" * LARGEST_FILE_BYTES}),
    ],
)
def test_a_faulty_entry_is_refused_and_nothing_kept(tmp_path, fault, changed):
    write_small_pack(tmp_path / "data" / "uji")
    store, _ = load(settings_for(tmp_path))
    with store.engine.connect() as connection:
        with pytest.raises(EntryRefused) as refused:
            add_entry(connection, replace(EVIDENCE, **changed))
        kept = connection.execute(select(func.count()).select_from(programme_entries)).scalar()
    assert (refused.value.fault, kept) == (fault, 0)
