"""The door: what a file is by its bytes, and what is turned away with a sentence."""

from __future__ import annotations

import io
import zipfile

import pytest

from analytics.i18n import LANGUAGES
from analytics.ingest import door
from analytics.ingest.door import open_upload
from analytics.ingest.findings import FileRefused
from analytics.ingest.grids import read_book
from tests.ingest.writers import as_csv, as_ods, as_xlsx, with_part

CELLS = [["Kecamatan", "Produksi padi (ton)"], ["Bakung", 12.5], ["Doko", 7]]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def locked() -> bytes:
    """A workbook with a password is an OLE file with this stream."""
    return OLE + b"\x00" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 500


def bomb() -> bytes:
    return with_part(as_xlsx(("1", CELLS)), "xl/media/a.bin", b"0" * (40 * 1024 * 1024))


def expanding() -> bytes:
    part = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><sst/>'
    return with_part(as_xlsx(("1", CELLS)), "xl/sharedStrings.xml", part)


REFUSED = (
    ("empty", b""),
    ("empty", b"  \r\n "),
    ("password", locked()),
    ("macros", with_part(as_xlsx(("1", CELLS)), "xl/vbaProject.bin", b"x")),
    ("bomb", bomb()),
    ("bomb", expanding()),
    ("cut", as_xlsx(("1", CELLS))[:-200]),
    ("cut", b"PK\x03\x04rest"),
    ("foreign", b"{\\rtf1 Kecamatan}"),
    ("foreign", b"%PDF-1.7"),
    ("foreign", b"<html><table><tr><td>Bakung</td></tr></table></html>"),
    ("foreign", zipped(**{"word/document.xml": b"<w/>"})),
    ("foreign", OLE + b"\x00" * 900),
    ("binary", b"Kecamatan\x00\x01\x02,1\n"),
    ("quotes", b'Kecamatan,Produksi\n"Bakung,12\nDoko,7\n'),
    ("json", b'{"commodities": '),
)


@pytest.mark.parametrize(("kind", "content"), REFUSED)
def test_a_file_that_cannot_come_in_gets_its_sentence(kind: str, content: bytes) -> None:
    with pytest.raises(FileRefused) as caught:
        read_book(open_upload("data.csv", content))
    assert caught.value.kind == kind
    for language in LANGUAGES:
        assert caught.value.words(language).startswith("data.csv: ")


def test_a_file_above_the_limit_is_not_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MAX_BYTES", 10)
    with pytest.raises(FileRefused, match="at most") as caught:
        open_upload("data.csv", b"Kecamatan,Produksi\n")
    assert caught.value.kind == "too_large"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_survive_every_encoding(encoding: str) -> None:
    cells = [["Kecamatan", "Catatan"], ["Bakung", "rata‑rata … 5 °C – ½"]]
    if encoding == "cp1252":
        cells[1][1] = "rata-rata … 5 °C – ½"
    book = read_book(open_upload("a", as_csv(cells, encoding=encoding)))
    assert book.grids[0].head == cells


def test_guessed_letters_are_told() -> None:
    book = read_book(open_upload("a", as_csv([["Kecamatan", "5 °C"]], encoding="cp1252")))
    assert book.findings["kind"].tolist() == ["encoding_guessed"]
    assert book.findings["found"].tolist() == ["cp1252"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_gives_the_same_cells(delimiter: str) -> None:
    cells = [["Kecamatan\nSubdistrict", "Luas, ha"], ["Bakung", "1.234,5"], ["", ""], ["Doko", "7"]]
    book = read_book(open_upload("a", as_csv(cells, delimiter=delimiter)))
    assert book.grids[0].head == cells


def test_workbooks_give_the_cells_of_every_sheet() -> None:
    for content in (as_xlsx(("1", CELLS)), as_ods("1", CELLS)):
        book = read_book(open_upload("a", content))
        assert book.grids[0].head == [["Kecamatan", "Produksi padi (ton)"], ["Bakung", "12.5"],
                                      ["Doko", "7"]]  # fmt: skip
        assert book.grids[0].is_number.tolist() == [[False, False], [False, True], [False, True]]


def test_merged_names_stand_in_each_of_their_rows() -> None:
    cells = [["Kecamatan", "Nilai"], ["Bakung", 1], [None, 2], ["Doko", 3]]
    book = read_book(open_upload("a", as_xlsx(("1", cells), merged=["A2:A3"])))
    assert [row[0] for row in book.grids[0].head] == ["Kecamatan", "Bakung", "Bakung", "Doko"]


def test_formulas_that_were_never_calculated_are_named() -> None:
    book = read_book(open_upload("a", as_xlsx(("1", [["Bakung", 1], ["Doko", "=B1*2"]]))))
    assert book.findings[["kind", "found"]].to_numpy().tolist() == [
        ["formula_without_result", "B2"]
    ]
