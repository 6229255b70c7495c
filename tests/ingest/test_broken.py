"""Broken files of real layouts: each gets its sentence in both languages, never a traceback."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from analytics.i18n import LANGUAGES
from analytics.ingest.checking import CheckReport
from analytics.ingest.findings import FileRefused
from tests.ingest.writers import as_csv, as_xlsx, with_part

TITLE = ["Luas Panen dan Produksi Padi Menurut Kecamatan di Kabupaten Blitar, 2023"]
HEAD = ["Kecamatan", "Luas Panen (ha)", "Produksi (ton)"]
BAKUNG = ["Bakung", "1234.5", "7407.25"]
LONG = ["kode wilayah", "komoditas", "indikator", "tahun", "nilai", "satuan"]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def table(*rows: list[str], head: list[str] | None = None, title: list[str] | None = None) -> bytes:
    return as_csv([title or TITLE, head or HEAD, *(rows or [BAKUNG])])


def long_rows(*rows: list[str]) -> bytes:
    return as_csv([LONG, *rows])


PIHPS = [["No", "Komoditas (Rp)", "03/ 01/ 2022"], ["1", "Beras Kualitas Bawah I", "10,900"]]

# The whole file is turned away: name, kind of refusal, dataset, bytes.
REFUSED = (
    ("heading lost", "layout", "agriculture", as_csv([BAKUNG, ["Doko", "1", "2"]])),
    ("only names", "layout", "agriculture", as_csv([["Kecamatan"], ["Bakung"], ["Doko"]])),
    ("sheet missing", "layout", "agriculture", as_xlsx(("Sampul", [["Laporan Tahunan"]]))),
    ("wrong dataset", "layout", "visits", as_csv(PIHPS)),
    ("cut workbook", "cut", "agriculture", as_xlsx(("1", [HEAD, BAKUNG]))[:900]),
    ("cut in a quote", "quotes", "agriculture", b'Kecamatan,Produksi padi (ton)\n"Bakung,12\n'),
    ("password", "password", "agriculture", OLE + "EncryptedPackage".encode("utf-16-le")),
    ("macros", "macros", "agriculture",
     with_part(as_xlsx(("1", [HEAD, BAKUNG])), "xl/vbaProject.bin", b"x")),
    ("bomb", "bomb", "agriculture",
     with_part(as_xlsx(("1", [HEAD, BAKUNG])), "xl/a.xml", b"0" * (30 * 1024 * 1024))),
    ("RTF named .csv", "foreign", "agriculture", b"{\\rtf1\\ansi Kecamatan;Produksi}"),
    ("web page named .xls", "foreign", "agriculture", b"<table><tr><td>Bakung</td></tr></table>"),
    ("no figure", "no_values", "agriculture",
     as_csv([["Kode wilayah", "Komoditas", "Tahun", "Produksi (ton)"],
             ["35.05.01", "Padi", "2024", ""]])),
    ("empty", "empty", "prices", b"\n\n"),
)  # fmt: skip

# Rows are refused or must be looked at: name, kinds that must be found, dataset, bytes.
FOUND = (
    ("misspelt place", {"area_unknown"}, "agriculture", table(["Bakungg", "1", "2"])),
    ("place of nowhere", {"area_unknown_far"}, "agriculture",
     table(BAKUNG, ["Xanadu Raya", "1", "2"])),
    ("ambiguous place", {"area_ambiguous"}, "agriculture",
     long_rows(["Malang", "padi", "production", "2023", "5", "ton"])),
    ("mixed codes", {"area_unknown_far"}, "agriculture",
     long_rows(["35.05.01", "padi", "production", "2023", "5", "ton"],
               ["3505010", "padi", "production", "2023", "5", "ton"],
               ["350599", "padi", "production", "2023", "5", "ton"])),
    ("HTML in a name", {"area_unknown"}, "agriculture",
     table(BAKUNG, ["<script>alert(1)</script>", "1", "2"], ["<b>Bakung</b>", "1", "2"])),
    ("emoji in a figure", {"not_a_number"}, "agriculture", table(["Bakung", "12😀", "2"])),
    ("words in a figure", {"not_a_number"}, "agriculture", table(["Bakung", "dua", "2"], BAKUNG)),
    ("formula as text", {"formula_text"}, "agriculture", table(["Doko", "=B2*2", "2"], BAKUNG)),
    ("formula without result", {"formula_without_result"}, "agriculture",
     as_xlsx(("1", [TITLE, HEAD, ["Bakung", 10, "=B3*5"]]))),
    ("two ways to write numbers", {"number_ambiguous"}, "agriculture",
     table(["Bakung", "1.234", "5,25"], ["Doko", "10.5", "7"])),
    ("wrong year", {"period_future"}, "agriculture",
     table(title=["Luas Panen Padi Menurut Kecamatan, 2032"])),
    ("year of no calendar", {"period_unreadable"}, "agriculture",
     long_rows(["35.05.01", "padi", "production", "20233", "5", "ton"])),
    ("month before day", {"period_unreadable"}, "prices",
     long_rows(["35.05", "telur ayam ras", "price_retail", "01/17/2022", "5000", "Rp/kg"])),
    ("unit of another thing", {"unit_wrong"}, "agriculture",
     table(head=["Kecamatan", "Luas Panen (ton)", "Produksi (ha)"])),
    ("unit of nobody", {"unit_unknown_far"}, "agriculture",
     long_rows(["35.05.01", "padi", "production", "2023", "5", "xyzzy"])),
    ("negative", {"negative"}, "agriculture", table(["Bakung", "-5", "7"], BAKUNG)),
    ("impossible yield", {"yield_impossible"}, "agriculture", table(["Bakung", "10", "740"])),
    ("harvest of nothing", {"nothing_harvested"}, "agriculture", table(["Bakung", "0", "740"])),
    ("row twice", {"repeated"}, "agriculture", table(BAKUNG, BAKUNG)),
    ("total that is none", {"sum_differs"}, "agriculture",
     table(BAKUNG, ["Jumlah", "1000", "5000"])),
    ("commodity of nobody", {"item_unknown_far"}, "agriculture",
     long_rows(["35.05.01", "kurma ajwa", "production", "2023", "5", "ton"])),
    ("measure of another dataset", {"indicator_not_of_dataset"}, "population",
     long_rows(["35.05.01", "padi", "production", "2023", "5", "ton"])),
    ("no period", {"period_missing"}, "agriculture",
     table(title=["Luas Panen dan Produksi Padi Menurut Kecamatan"])),
    ("no commodity", {"item_missing"}, "agriculture",
     table(title=["Luas Panen dan Produksi Menurut Kecamatan, 2023"])),
    ("heading shifted", {"column_not_understood"}, "agriculture",
     table(head=["Kecamatan", "", "Luas Panen (ha)"])),
    ("free price", {"price_zero"}, "prices",
     long_rows(["35.05", "telur ayam ras", "price_retail", "2022-01-17", "0", "Rp/kg"])),
    ("area not said", {"area_missing"}, "prices", as_csv(PIHPS)),
    ("month too long", {"too_many_days"}, "visits",
     as_csv([["Destinasi", "Tahun", "Bulan", "Hari buka"], ["Candi Penataran", "2025", "Februari",
                                                            "30"]])),
    ("half a visitor", {"not_whole"}, "visits",
     as_csv([["Destinasi", "Tahun", "Bulan", "Wisnus"], ["Candi Penataran", "2025", "Februari",
                                                         "30,5"]], delimiter=";")),
    ("more than all rooms", {"above_hundred"}, "hotel_survey",
     as_csv([["Wilayah", "Tahun", "Bulan", "TPK (%)"], ["35.05", "2025", "Mei", "145"]])),
    ("status of nobody", {"status_unknown"}, "agriculture",
     as_csv([[*LONG, "status"], ["35.05.01", "padi", "production", "2023", "5", "ton", "kira"]])),
    ("source of nobody", {"source_unknown"}, "agriculture",
     as_csv([[*LONG, "sumber"], ["35.05.01", "padi", "production", "2023", "5", "ton", "x1"]])),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "dataset", "content"), [row[1:] for row in REFUSED],
                         ids=[row[0] for row in REFUSED])  # fmt: skip
def test_a_hopeless_file_is_refused_with_a_sentence(
    check: Callable[..., CheckReport], kind: str, dataset: str, content: bytes
) -> None:
    with pytest.raises(FileRefused) as caught:
        check(content, dataset)
    assert caught.value.kind == kind
    for language in LANGUAGES:
        assert caught.value.words(language)


@pytest.mark.parametrize(("kinds", "dataset", "content"), [row[1:] for row in FOUND],
                         ids=[row[0] for row in FOUND])  # fmt: skip
def test_a_fault_is_told_where_it_stands(
    check: Callable[..., CheckReport], kinds: set[str], dataset: str, content: bytes
) -> None:
    report = check(content, dataset)
    assert kinds <= set(report.findings["kind"])
    for language in LANGUAGES:
        sentences = [finding.words(language) for finding in report.listed()]
        assert all(sentence.count("{") == 0 and len(sentence) > 20 for sentence in sentences)
    is_error = report.findings["severity"] == "error"
    assert is_error.any() == (not report.is_clean)


def test_errors_refuse_their_rows_and_no_others(check: Callable[..., CheckReport]) -> None:
    report = check(table(["Bakungg", "1", "2"], ["Doko", "1234.5", "dua"]), "agriculture")
    refused = report.rows["is_refused"].tolist()
    assert refused == [True, True, False, True]
    assert report.refused_count == 3
    assert report.accepted["ref_area"].tolist() == ["35.05.18"]


def test_a_name_with_markup_is_only_text(check: Callable[..., CheckReport]) -> None:
    report = check(table(BAKUNG, ["<script>alert(1)</script>", "1", "2"]), "agriculture")
    sentence = next(f.words("id") for f in report.listed() if f.kind.startswith("area_unknown"))
    assert "'<script>alert(1)</script>'" in sentence
    assert "<script>" not in "".join(report.accepted.astype(str).sum())


def test_the_sentence_says_cell_what_was_found_and_what_to_do(
    check: Callable[..., CheckReport],
) -> None:
    report = check(as_xlsx(("Padi 2023", [TITLE, HEAD, ["Sanankuln", 10, 50]])), "agriculture")
    assert report.listed()[0].words("id") == (
        "Lembar Padi 2023 sel A3: wilayah 'Sanankuln' tidak dikenal. Maksudnya Sanankulon"
        " (35.05.07)? Perbaiki namanya atau tulis kodenya."
    )
