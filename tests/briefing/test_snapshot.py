"""A snapshot stays as it was: through corrections, withdrawals, and against the database."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from analytics.briefing.draft import Draft, read_outline
from analytics.briefing.office import Office
from analytics.briefing.revisions import revision_lines
from analytics.briefing.snapshot import NothingToFreeze, differences, freeze, verified
from analytics.briefing.writers import ALL, written
from analytics.ledger.snapshots import (
    NoSnapshot,
    file_content,
    list_snapshots,
    read_snapshot,
    save_draft,
    saved_drafts,
)
from analytics.ledger.tables import briefing_drafts, snapshot_files, snapshots
from tests.briefing.conftest import MORE_YEARS, NOW, load
from tests.small_pack import AGRICULTURE

pytestmark = pytest.mark.thorough

SUFFIXES = tuple(ALL)


def frozen(office: Office, draft: Draft):
    return freeze(
        office, draft, edition=None, language="id", created_by="Siti", now=NOW, suffixes=SUFFIXES
    )


def files_of(office: Office, snapshot_id: str) -> dict[str, bytes]:
    with office.store.engine.connect() as connection:
        return {suffix: file_content(connection, snapshot_id, suffix) for suffix in SUFFIXES}


def rewrite(office: Office, tmp_path: Path, content: str) -> None:
    folder = tmp_path / "data" / "uji"
    (folder / "agriculture.csv").write_text(content, encoding="utf-8")
    load(office, folder)


def test_a_correction_changes_no_byte_and_is_told(
    small_office: Office, small_draft: Draft, tmp_path: Path
) -> None:
    kept = frozen(small_office, small_draft)
    before = files_of(small_office, kept.snapshot_id)
    corrected = (AGRICULTURE + MORE_YEARS).replace(",98,,t", ",97,,t")
    rewrite(small_office, tmp_path, corrected)
    assert small_office.store.newest_number() == 2
    assert files_of(small_office, kept.snapshot_id) == before
    assert verified(small_office, kept.snapshot_id).is_sound
    (change,) = differences(small_office, kept.snapshot_id)
    assert (change.exhibit, change.column, change.before, change.after) == (1, "obs_value", 98, 97)
    (line,) = revision_lines([change], small_office.edition().vocabulary, "id")
    assert "Padi" in line
    assert "98 menjadi 97 (−1)" in line


def test_a_withdrawal_changes_no_byte_and_is_told(
    small_office: Office, small_draft: Draft, tmp_path: Path
) -> None:
    kept = frozen(small_office, small_draft)
    before = files_of(small_office, kept.snapshot_id)
    header, *rows = (AGRICULTURE + MORE_YEARS).splitlines(keepends=True)
    left = [row for row in rows if ",padi,production," not in row]
    rewrite(small_office, tmp_path, "".join([header, *left]))
    assert files_of(small_office, kept.snapshot_id) == before
    assert verified(small_office, kept.snapshot_id).is_sound
    (change,) = differences(small_office, kept.snapshot_id)
    assert change.column == ""
    assert "ditarik" in next(revision_lines([change], small_office.edition().vocabulary, "id"))


def test_nothing_is_told_while_no_edition_came(small_office: Office, small_draft: Draft) -> None:
    kept = frozen(small_office, small_draft)
    assert differences(small_office, kept.snapshot_id) == ()
    found = verified(small_office, kept.snapshot_id)
    assert (found.figures, found.changes, found.code_is_same) == (1, (), True)
    assert set(found.files) == set(SUFFIXES)


def test_a_number_that_comes_out_otherwise_is_found(
    small_office: Office, small_draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = frozen(small_office, small_draft)
    wrong = kept.figures.replace(b"100.5", b"100.6")
    assert wrong != kept.figures
    from dataclasses import replace

    monkeypatch.setattr(
        "analytics.briefing.snapshot.read_snapshot",
        lambda connection, snapshot_id: replace(kept, figures=wrong),
    )
    found = verified(small_office, kept.snapshot_id)
    assert not found.is_sound
    assert found.changes[0].after == 100.5


@pytest.mark.parametrize("table", [snapshots, snapshot_files])
def test_the_ledger_refuses_to_change_or_delete_a_snapshot(
    small_office: Office, small_draft: Draft, table
) -> None:
    frozen(small_office, small_draft)
    column = "title" if table is snapshots else "sha256"
    for statement in (update(table).values({column: "x"}), delete(table)):
        with (
            pytest.raises(DatabaseError, match="is only added to"),
            small_office.store.engine.begin() as connection,
        ):
            connection.execute(statement)


def test_the_same_edition_and_draft_give_the_same_bytes(
    small_office: Office, small_draft: Draft
) -> None:

    edition = small_office.edition()
    for suffix in SUFFIXES:
        one, other = (
            written(small_office.briefing(small_draft, edition, language="id"), suffix=suffix)
            for _ in range(2)
        )
        assert one == other


def test_a_briefing_without_a_figure_is_not_frozen(small_office: Office) -> None:
    with pytest.raises(NothingToFreeze):
        frozen(small_office, read_outline("kosong"))


def test_an_unknown_id_is_said(small_office: Office) -> None:
    with (
        pytest.raises(NoSnapshot),
        small_office.store.engine.connect() as connection,
    ):
        read_snapshot(connection, "nono")


def test_snapshots_are_listed_the_newest_first(small_office: Office, small_draft: Draft) -> None:
    kept = frozen(small_office, small_draft)
    with small_office.store.engine.connect() as connection:
        assert [each.snapshot_id for each in list_snapshots(connection)] == [kept.snapshot_id]


def test_a_draft_saved_again_keeps_the_earlier_one(small_office: Office) -> None:
    with small_office.store.engine.begin() as connection:
        for content in ("{}", '{"name": "b"}'):
            save_draft(connection, "rapat", content, saved_by="Siti", saved_at=NOW)
    with small_office.store.engine.connect() as connection:
        assert saved_drafts(connection) == {"rapat": '{"name": "b"}'}
        assert len(connection.execute(briefing_drafts.select()).all()) == 2
