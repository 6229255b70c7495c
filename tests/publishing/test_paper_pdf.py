"""The briefing as PDF: tagged, to be kept, with fonts inside, numbers as in the tables."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache

import pikepdf
import pypdf
import pytest

from analytics.publishing.paper.content import document_of, fitted
from analytics.publishing.paper.pdf import LAYOUTS, UnknownLayout, briefing_pdf
from analytics.publishing.printed_table import ExhibitTable, PrintedTable
from tests.figures.drawn_figures import EVIL
from tests.publishing.drawn_briefing import BAND, drawn_briefing

pytestmark = pytest.mark.thorough

A4_PT = (595, 842)


@cache
def pdf_of(layout: str, language: str = "id") -> bytes:
    briefing = drawn_briefing(language=language, band=BAND, frozen=True)
    return briefing_pdf(briefing, layout=layout)


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """All elements of the structure tree below a node."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_pdf_is_tagged_says_its_language_and_claims_the_standards(layout: str) -> None:
    pdf = opened(pdf_of(layout))
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang).startswith("id")
    with pdf.open_metadata() as words:
        assert (words["pdfaid:part"], words["pdfaid:conformance"]) == ("2", "A")
        assert words["pdfuaid:part"] == "1"
        assert EVIL in str(words["dc:title"])
    tags = {str(element.S) for element in elements(pdf.Root.StructTreeRoot)}
    assert "/Figure" in tags
    assert layout == "summary" or "/H2" in tags
    assert layout != "report" or {"/Table", "/TH", "/TD", "/Caption", "/Link"} <= tags


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_picture_has_its_words_and_every_font_lies_inside(layout: str) -> None:
    pdf = opened(pdf_of(layout))
    figures = [e for e in elements(pdf.Root.StructTreeRoot) if str(e.S) == "/Figure"]
    assert figures
    assert all(str(figure.get("/Alt", "")) for figure in figures)
    fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)
             and o.get("/Type") == pikepdf.Name.FontDescriptor]  # fmt: skip
    assert fonts
    assert all(any(f"/FontFile{n}" in font for n in ("", "2", "3")) for font in fonts)


def page_sizes(content: bytes) -> list[tuple[int, ...]]:
    """Width and height of each page in points."""
    return [tuple(round(float(x)) for x in page.mediabox[2:]) for page in opened(content).pages]


def test_layouts_have_their_pages() -> None:
    sizes = {layout: page_sizes(pdf_of(layout)) for layout in LAYOUTS}
    assert sizes["summary"] == [A4_PT]
    assert set(sizes["report"]) == {A4_PT}
    assert set(sizes["handout"]) == {A4_PT[::-1]}
    assert len(sizes["handout"]) == 1 + 4  # two of the eight figures on each page


def test_same_briefing_gives_same_bytes_and_another_snapshot_others() -> None:
    again = briefing_pdf(drawn_briefing(band=BAND, frozen=True), layout="summary")
    assert again == pdf_of("summary")
    assert briefing_pdf(drawn_briefing(band=BAND), layout="summary") != again


def test_english_briefing_is_marked_as_english() -> None:
    assert str(opened(pdf_of("summary", "en")).Root.Lang).startswith("en")


def test_unknown_layout_names_those_there_are() -> None:
    with pytest.raises(UnknownLayout, match="report, summary, handout"):
        briefing_pdf(drawn_briefing(), layout="poster")


def test_tables_of_the_annex_hold_every_cell_of_the_figures_tables() -> None:
    briefing = drawn_briefing()
    drawings = {exhibit.number: () for exhibit in briefing.exhibits}
    document = document_of(briefing, layout="report", drawings=drawings)
    for exhibit, table in zip(briefing.exhibits, document["tables"], strict=True):
        words = exhibit.figure.table("id").words()
        assert [row[: len(words.columns)] for row in table["rows"]] == [
            [str(cell) for cell in row][: len(table["headings"])]
            for row in words.itertuples(index=False)
        ]


def test_newest_rows_are_those_of_the_last_periods() -> None:
    first = drawn_briefing().exhibits[0]
    table = ExhibitTable(first, "id").newest(most_rows=4, most_letters=80)
    periods = {cell for row in table.rows for cell in row if "20" in cell}
    assert periods == {"Januari 2024", "Februari 2024"}
    assert table.left_out == len(first.figure.frame) - 4


def test_column_keeps_the_room_of_its_longest_word() -> None:
    table = PrintedTable(("a", "b"), (("Tulungagung", "satu dua tiga empat lima"),), ())
    assert fitted(table, 20) == (11, 9)
    assert fitted(table, 5) == (11, 5)


def test_band_and_snapshot_stand_on_every_page() -> None:
    for layout in LAYOUTS:
        pages = pypdf.PdfReader(io.BytesIO(pdf_of(layout))).pages
        words = [page.extract_text() for page in pages]
        assert all(BAND in one for one in words), layout
        assert all("k3f9" in one for one in words), layout
