"""The broken files that the desk must outlive: each gets its sentence, ledger and edition stay.

Every file goes the way of the page: held, looked at, and sent in although it was refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from analytics.desk.answers import HowToRead, Kept, Look, Refusal, Said, Unread
from analytics.desk.bringing import keep, look
from analytics.desk.uploads import hold
from analytics.i18n import LANGUAGES
from analytics.ingest import door
from analytics.ingest.findings import as_findings
from analytics.ledger.desk import list_batches
from tests.desk.conftest import SITI, loaded_desk
from tests.ingest.test_door import locked
from tests.ingest.writers import as_csv, as_xlsx, with_part
from tests.small_desk import HEADER, NOW, TODAY, Desk, file_of, timur

pytestmark = pytest.mark.thorough

GOOD = [HEADER.split(","), timur(7).split(",")]
MEGABYTE = 1024 * 1024


def row(**other: str) -> bytes:
    """The good file with other words in some of its cells."""
    told = {**dict(zip(*GOOD, strict=True)), **other}
    return file_of(",".join(told.values()))


def long_file(rows: int) -> bytes:
    """As many rows, all of the same area and year."""
    return file_of(*[timur(7)] * rows)


# Name of the variant, what the refusal or the first finding is called, the file.
VARIANTS: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
    ("shifted header", "area_missing",
     lambda: as_csv([["", *GOOD[0][3:], "x", "y", "z"], GOOD[1]])),
    ("missing header", "layout", lambda: as_csv([GOOD[1]])),
    ("missing sheet", "layout", lambda: as_xlsx(("Sampul", [["Laporan Tahunan 2023"]]))),
    ("cut workbook", "cut", lambda: as_xlsx(("1", GOOD))[:-300]),
    ("cut text", "quotes", lambda: b'"' + row()),
    ("wrong encoding", "binary", lambda: row().decode().encode("utf-16-le")),
    ("letters of Windows", "area_unknown_far",
     lambda: row(ref_area="B\u00e4rat J\u00e4uh").decode().encode("cp1252")),
    ("password", "password", locked),
    ("zip bomb", "bomb",
     lambda: with_part(as_xlsx(("1", GOOD)), "xl/a.bin", b"0" * (40 * MEGABYTE))),
    ("macros", "macros", lambda: with_part(as_xlsx(("1", GOOD)), "xl/vbaProject.bin", b"x")),
    ("formula as text", "formula_text", lambda: row(nilai="=SUM(A1:A9)")),
    ("HTML in a name", "area_unknown_far", lambda: row(ref_area="<script>alert(1)</script>")),
    ("wrong year", "period_future", lambda: row(year="2032")),
    ("no year at all", "period_unreadable", lambda: row(year="20233")),
    ("mixed codes", "repeated",
     lambda: file_of(timur(7), timur(7).replace("88.01.01", "8801010"))),
    ("emoji in a figure", "not_a_number", lambda: row(nilai="7\U0001f33e")),
    ("emoji as a name", "area_unknown_far", lambda: row(ref_area="\U0001f33e\U0001f33e")),
    ("RTF named .csv", "foreign", lambda: rb"{\rtf1\ansi Kecamatan;Produksi}"),
    ("web page named .csv", "foreign", lambda: b"<html><table><tr><td>7</td></tr></table></html>"),
    ("nothing but blanks", "empty", lambda: b"\n \n"),
    ("unit of another thing", "unit_wrong", lambda: row(unit="ha")),
    ("source of nobody", "source_unknown", lambda: row(source_id="kira-kira")),
)  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all of them: nothing that happens here may change it."""
    with pytest.MonkeyPatch.context() as patch:
        yield loaded_desk(tmp_path_factory.mktemp("desk"), patch)


def state(desk: Desk) -> tuple[object, ...]:
    """All that must stay as it was: batches, editions, the edition's file."""
    with desk.store.engine.connect() as connection:
        batches = [one.batch_id for one in list_batches(connection)]
    return batches, desk.store.numbers(), desk.store.edition().stamp, desk.value()


def brought(desk: Desk, content: bytes) -> tuple[Look | Unread | Refusal, Kept | Refusal]:
    """What the desk says when the file is looked at, and when it is sent in all the same."""
    how = HowToRead("agriculture")
    token = hold(desk.settings, "uji", content, name="a.csv", owner=SITI.name, now=NOW)
    found = look("uji", SITI, token, how, TODAY)
    seen = found.seen if isinstance(found, Look) else ""
    said = Said(seen=seen, accepted_warnings="benar")
    return found, keep("uji", SITI, token, how, said, TODAY)


def told(found: Look | Unread | Refusal, language: str) -> tuple[list[str], list[str]]:
    """Kinds and sentences of what was found."""
    if isinstance(found, Look):
        listed = as_findings(found.findings)
        return [one.kind for one in listed], [one.words(language) for one in listed]
    refused = found.refusal if isinstance(found, Unread) else found
    return [refused.kind], [refused.words(language)]


def refuses(desk: Desk, kind: str, content: bytes) -> None:
    before = state(desk)
    found, answer = brought(desk, content)
    for language in LANGUAGES:
        kinds, sentences = told(found, language)
        assert kind in kinds
        assert all(len(one) > 20 and "Traceback" not in one for one in sentences)
    assert isinstance(answer, Refusal), answer
    assert state(desk) == before


@pytest.mark.parametrize(
    ("kind", "made"), [one[1:] for one in VARIANTS], ids=[one[0] for one in VARIANTS]
)
def test_a_broken_file_gets_its_sentence_and_changes_nothing(
    desk: Desk, kind: str, made: Callable[[], bytes]
) -> None:
    refuses(desk, kind, made())


def test_a_file_above_the_limit_changes_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "MAX_BYTES", 10)
    refuses(desk, "too_large", row())


@pytest.mark.long
def test_200_mb_past_the_browser_change_nothing(desk: Desk) -> None:
    refuses(desk, "too_large", b"0," * (100 * MEGABYTE))


def test_many_rows_of_one_key_change_nothing(desk: Desk) -> None:
    refuses(desk, "repeated", long_file(2_000))


@pytest.mark.long
def test_a_million_rows_of_one_key_change_nothing(desk: Desk) -> None:
    refuses(desk, "repeated", long_file(1_000_000))


def test_the_file_that_the_variants_break_comes_in(desk: Desk) -> None:
    """Last: from here on the desk is another one."""
    assert isinstance(brought(desk, row())[1], Kept)
