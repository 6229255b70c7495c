"""The briefing as a Word file: headings, captions, tables and language that Word understands."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from functools import cache

import pytest
from docx import Document
from docx.document import Document as WordFile
from docx.oxml.ns import qn

from analytics.briefing.model import BadLetter
from analytics.publishing.paper.word import MARK, briefing_docx
from tests.figures.drawn_figures import EVIL
from tests.publishing.drawn_briefing import BAND, COVER, FIGURES, GRID, LONG_TITLE, drawn_briefing

pytestmark = pytest.mark.thorough

ARMS = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="50"><rect width="40" height="50" fill="#0B5D3B"/></svg>'  # noqa: E501
HEAD = "PEMERINTAH KABUPATEN PERSEGI"


@cache
def content_of(language: str = "id") -> bytes:
    briefing = drawn_briefing(language=language, band=BAND, frozen=True)
    return briefing_docx(replace(briefing, cover=replace(COVER, coat_of_arms=ARMS)))


def read(content: bytes) -> WordFile:
    return Document(io.BytesIO(content))


def words_of(document: WordFile) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def cells_of(document: WordFile) -> list[list[list[str]]]:
    """Every table as rows of cells."""
    return [
        [["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row.findall(qn("w:tc"))]
         for row in table._tbl.findall(qn("w:tr"))]
        for table in document.tables
    ]  # fmt: skip


def test_headings_are_real_and_numbered_by_word() -> None:
    document = read(content_of())
    headings = {p.style.name: p.text for p in document.paragraphs if "Heading" in p.style.name}
    assert set(headings) == {"Heading 1", "Heading 2"}
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == [
        "Pendahuluan", f"Capaian {EVIL}", "Lampiran",
    ]  # fmt: skip
    assert LONG_TITLE in [p.text for p in document.paragraphs if p.style.name == "Heading 2"]
    numbering = document.styles["Heading 2"].element.pPr.numPr
    assert numbering.find(qn("w:ilvl")).get(qn("w:val")) == "1"


def test_every_picture_has_its_words_and_a_caption_with_a_field() -> None:
    document = read(content_of())
    shapes = document.inline_shapes
    drawn = 1 + 1 + 1 + 1 + 10 + 1  # six kinds, of which one is ten small pictures
    assert len(shapes) == 1 + drawn  # and the coat of arms
    assert all(shape._inline.docPr.get("descr") for shape in shapes)
    fields = [f.get(qn("w:instr")) for f in document.element.body.iter(qn("w:fldSimple"))]
    assert fields.count(" SEQ Gambar \\* ARABIC ") == 6
    assert fields.count(" SEQ Tabel \\* ARABIC ") == len(FIGURES)


def test_numbers_are_those_of_the_figures_tables() -> None:
    tables = cells_of(read(content_of()))
    for exhibit in drawn_briefing().exhibits:
        table = exhibit.figure.table("id").words()
        rows = [[str(cell) for cell in row] for row in table.itertuples(index=False)]
        assert [list(table.columns), *rows] in tables, exhibit.heading
    assert [list(GRID.columns), *map(list, GRID.rows)] in tables


def test_heads_of_tables_are_repeated_and_numbers_stand_to_the_right() -> None:
    table = read(content_of()).tables[-1]._tbl
    rows = table.findall(qn("w:tr"))
    assert rows[0].find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
    sides = [p.find(qn("w:pPr")).find(qn("w:jc")).get(qn("w:val")) for p in rows[1].iter(qn("w:p"))]
    assert sides == ["left", "right", "left"]
    assert table.tblPr.find(qn("w:tblCaption")).get(qn("w:val")).startswith("Gambar yang ke-")


@pytest.mark.parametrize(("language", "code"), [("id", "id-ID"), ("en", "en-GB")])
def test_language_is_set_and_captions_are_in_it(language: str, code: str) -> None:
    document = read(content_of(language))
    (tag,) = document.styles.element.find(qn("w:docDefaults")).iter(qn("w:lang"))
    assert tag.get(qn("w:val")) == code
    assert document.core_properties.language == code
    label = {"id": "Gambar 1. Produksi padi (t)", "en": "Figure 1. Rice production (t)"}[language]
    assert any(words.startswith(label.partition(" 1")[0]) and label[-1] in words
               for words in words_of(document))  # fmt: skip


def test_band_edition_and_page_number_stand_on_every_page() -> None:
    section = read(content_of()).sections[0]
    assert section.header.paragraphs[0].text == BAND
    assert COVER.edition in section.header.paragraphs[1].text
    fields = [f.get(qn("w:instr")) for f in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == [" PAGE ", " NUMPAGES "]
    assert "k3f9" in section.footer.paragraphs[0].text


def test_letterhead_and_signature_name_office_place_and_day() -> None:
    words = words_of(read(content_of()))
    assert words.index(COVER.region) < words.index(COVER.office) < words.index(COVER.title)
    assert f"{COVER.place}, {COVER.day}" in words
    assert "NIP" in words


def test_same_briefing_gives_same_bytes_and_every_part_is_readable() -> None:
    again = briefing_docx(replace(drawn_briefing(band=BAND, frozen=True),
                                  cover=replace(COVER, coat_of_arms=ARMS)))  # fmt: skip
    assert again == content_of()
    package = zipfile.ZipFile(io.BytesIO(again))
    assert package.testzip() is None
    assert {entry.date_time[0] for entry in package.infolist()} == {1980}
    assert b"2024-03-01T00:00:00Z" in package.read("docProps/core.xml")


def template(*paragraphs: str, header: str = "") -> bytes:
    """A Word file such as an office has."""
    document = Document()
    document.styles["Normal"].font.name = "Bookman Old Style"
    for words in paragraphs:
        document.add_paragraph(words)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def on_template(content: bytes) -> WordFile:
    briefing = drawn_briefing(band=BAND)
    return read(briefing_docx(replace(briefing, cover=replace(COVER, letter=content))))


def test_template_of_the_office_gives_styles_letterhead_and_place() -> None:
    document = on_template(template(HEAD, MARK, "Tembusan: Bupati", header="Jalan Sudanco 1"))
    words = [one for one in words_of(document) if one]
    assert words[0] == HEAD
    assert words[1] == COVER.title
    assert words[-1] == "Tembusan: Bupati"
    assert MARK not in words
    assert document.styles["Normal"].font.name == "Bookman Old Style"
    header = [paragraph.text for paragraph in document.sections[0].header.paragraphs]
    assert header == [BAND, "Jalan Sudanco 1"]


def test_template_without_a_mark_is_written_behind_its_words() -> None:
    words = [one for one in words_of(on_template(template(HEAD))) if one]
    assert words[:2] == [HEAD, COVER.title]


def test_what_is_no_word_file_is_refused() -> None:
    with pytest.raises(BadLetter):
        on_template(b"bukan berkas Word")
