"""The briefing as a Word file (DOCX), to be finished by hand: real headings, tables, captions.

A template of the office gives its styles, its page and its letterhead. The briefing stands where
the template has a paragraph with the mark `{{ isi }}` alone, else after everything in its body.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import cached_property
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor

from analytics.briefing.model import BadLetter, Briefing, Exhibit, Gap, Grid, Listing, Part, Passage
from analytics.figures.palette import LIGHT
from analytics.i18n import text
from analytics.pack.pictures import as_png
from analytics.publishing.drawings import (
    Box,
    Drawing,
    Drawings,
    drawings_of,
    no_collecting,
    png_of,
    with_heading,
)
from analytics.publishing.fixed_zip import fixed
from analytics.publishing.paper.content import (
    caption_words,
    cover_lines,
    snapshot_words,
    source_words,
    with_unit,
)
from analytics.publishing.paper.word_parts import (
    add_field,
    add_picture,
    add_rule,
    add_shading,
    clean,
    number_headings,
    set_language,
    table_of,
)
from analytics.publishing.printed_table import ExhibitTable, PrintedTable, grid_table

MARK = "{{ isi }}"
LANGUAGE = {"id": "id-ID", "en": "en-GB"}
FONT, FONT_PT = "Arial", 11  # every office has it
CHART = Box(width=560, height=320)
SHARPNESS = 2.0
BAND_FILL = "FFD54F"
ROWS, LETTERS = 12, 90
ARMS_MM, ARMS_PX = 20, 480
WIDE_PICTURE, SMALL_PICTURE = 0.88, 0.31  # of the text's width; small ones three to a line
SIGNATURE_LINES = 4


def briefing_docx(briefing: Briefing) -> bytes:
    """The briefing as DOCX, on the template of the office where the cover has one.

    The same briefing gives the same bytes. Raises BadLetter.
    """
    drawings = drawings_of(briefing.exhibits, language=briefing.language, theme="light", box=CHART)
    paper = _Paper(briefing, opened(briefing.cover.letter), drawings)
    with no_collecting():
        paper.write()
    target = io.BytesIO()
    paper.document.save(target)
    return fixed(target.getvalue(), moment=datetime.combine(briefing.today, time()))


def opened(template: bytes) -> WordFile:
    """The template, or an empty A4 page in our own manner. Raises BadLetter."""
    if not template:
        return _own_page()
    try:
        return Document(io.BytesIO(template))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise BadLetter(str(error)) from error


def _own_page() -> WordFile:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.top_margin, section.bottom_margin = Mm(30), Mm(22)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(FONT_PT)
    for name, size in (("Title", 22), ("Heading 1", 15), ("Heading 2", 12), ("Caption", 9)):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().rFonts
        for theme in [one for one in fonts.attrib if one.endswith("Theme")]:
            del fonts.attrib[theme]
    title = document.styles["Title"].element.get_or_add_pPr()
    title.remove(title.find(qn("w:pBdr")))  # the letterhead has its own line
    return document


@dataclass
class _Paper:
    """One Word file while it is written; `after` is the element that stands last."""

    briefing: Briefing
    document: WordFile
    drawings: Drawings
    tables: dict[int, ExhibitTable] = field(default_factory=dict)
    after: Any = None
    has_template: bool = False

    @property
    def language(self) -> str:
        return self.briefing.language

    @property
    def accent(self) -> str:
        return str(getattr(LIGHT, self.briefing.colour)).removeprefix("#")

    @property
    def width(self) -> Emu:
        """Room between the margins."""
        section = self.document.sections[0]
        taken = (section.left_margin or 0) + (section.right_margin or 0)
        return Emu((section.page_width or Mm(210)) - taken)

    def said(self, key: str, **values: object) -> str:
        return text(f"paper.{key}", self.language, **values)

    def write(self) -> None:
        """Everything, in order."""
        briefing = self.briefing
        self.has_template = bool(briefing.cover.letter)
        self.tables = {one.number: ExhibitTable(one, self.language) for one in briefing.exhibits}
        self._find_place()
        set_language(self.document, LANGUAGE[self.language])
        self._properties()
        if not self.has_template:
            self._own_colours()
            self._letterhead()
        number_headings(self.document)
        self._cover()
        for section in briefing.sections:
            self.paragraph(section.heading, style="Heading 1")
            for one in section.parts:
                self._part(one)
        self._signature()
        self._annex()
        self._head_and_foot()

    # Paragraphs

    def _find_place(self) -> None:
        """Before the mark where the template has one; it goes. Else at the end of the body."""
        for paragraph in self.document.paragraphs:
            if paragraph.text.strip() == MARK:
                self.after = paragraph._p
                return

    def _put(self, element: Any) -> None:
        """Moves a new element behind the last one of the briefing."""
        if self.after is not None:
            self.after.addnext(element)
            if self.after.tag.endswith("}p") and _words_of(self.after) == MARK:
                self.after.getparent().remove(self.after)
            self.after = element

    def paragraph(self, words: str = "", *, style: str = "Normal", size: float = 0) -> Any:
        """A paragraph in a style of the document; a template without it has plain text."""
        made = self.document.add_paragraph(style=self._style(style))
        if words:
            run = made.add_run(clean(words))
            if size:
                run.font.size = Pt(size)
        self._put(made._p)
        return made

    def _style(self, name: str) -> str | None:
        return name if name in self.styles else None

    @cached_property
    def styles(self) -> frozenset[str]:
        """Names of the styles that the document has."""
        return frozenset(str(style.name) for style in self.document.styles)

    def small(self, words: str) -> None:
        """Grey small print; nothing for no words."""
        if words:
            run = self.paragraph(words, size=9).runs[0]
            run.font.color.rgb = RGBColor.from_string(LIGHT.grey.removeprefix("#"))

    def points(self, items: tuple[str, ...] | list[str]) -> None:
        """A list, with dashes where the template has no style for it."""
        is_styled = self._style("List Bullet") is not None
        for item in items:
            self.paragraph(item if is_styled else f"– {item}", style="List Bullet")

    def table(self, printed: PrintedTable, heading: str) -> None:
        """A table and room below it."""
        element = table_of(printed, width=self.width, alt=heading, accent=self.accent)
        self.document.element.body.insert(len(self.document.element.body) - 1, element)
        self._put(element)
        self.paragraph("", size=4).paragraph_format.space_after = Pt(2)

    def numbered(self, name: str, number: int, words: str) -> None:
        """`Gambar 3. ...` whose number Word counts itself."""
        made = self.paragraph(style="Caption")
        label = self.said(f"label.{name}")
        made.add_run(f"{label} ")
        add_field(made, f"SEQ {label} \\* ARABIC", str(number))
        made.add_run(clean(f". {words}"))
        made.paragraph_format.keep_with_next = name == "table"

    # Parts of the document

    def _properties(self) -> None:
        briefing, words = self.briefing, self.document.core_properties
        words.title = clean(briefing.cover.title)[:255]
        words.subject = clean(briefing.cover.hearing)[:255]
        words.author = clean(briefing.cover.office or briefing.cover.region)[:255]
        words.last_modified_by = words.author
        words.language = LANGUAGE[self.language]
        words.comments = clean(briefing.cover.edition)
        words.keywords = snapshot_words(briefing.frozen, self.language)
        words.revision = 1

    def _own_colours(self) -> None:
        for name in ("Title", "Heading 1", "Heading 2"):
            self.document.styles[name].font.color.rgb = RGBColor.from_string(self.accent)
        ink = RGBColor.from_string(LIGHT.grey.removeprefix("#"))
        self.document.styles["Caption"].font.color.rgb = ink

    def _letterhead(self) -> None:
        cover = self.briefing.cover
        head = self.paragraph()
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if cover.coat_of_arms:
            picture = io.BytesIO(as_png(cover.coat_of_arms, height_px=ARMS_PX))
            shape = head.add_run().add_picture(picture, height=Mm(ARMS_MM))
            shape._inline.docPr.set("descr", self.said("arms"))
        for words, size in ((cover.region, 13), (cover.office, 15)):
            if words:
                line = self.paragraph(words, size=size)
                line.alignment = WD_ALIGN_PARAGRAPH.CENTER
                line.runs[0].bold = True
                line.paragraph_format.space_after = Pt(0)
        add_rule(line, self.accent)

    def _cover(self) -> None:
        cover = self.briefing.cover
        self.paragraph(cover.title, style="Title")
        for line in (*cover_lines(self.briefing), cover.edition):
            self.paragraph(line)
        if cover.legal_basis:
            self.paragraph(self.said("basis")).runs[0].bold = True
            self.points(cover.legal_basis)
        if self.briefing.frozen is not None:
            snapshot = snapshot_words(self.briefing.frozen, self.language)
            self.small(" · ".join(filter(None, (snapshot, self.briefing.frozen.address))))

    def _part(self, one: Part) -> None:
        writers: Mapping[type, Callable[[Any], None]] = {
            Exhibit: self._exhibit,
            Passage: lambda part: self.paragraph(part.text) and None,
            Listing: self._listing,
            Grid: self._grid,
            Gap: self._gap,
        }
        writers[type(one)](one)

    def _listing(self, listing: Listing) -> None:
        if listing.heading:
            self.paragraph(listing.heading).runs[0].bold = True
        self.points(listing.items)

    def _grid(self, grid: Grid) -> None:
        self.paragraph(grid.heading, style="Heading 2")
        self.table(grid_table(grid), grid.heading)
        self.small(grid.source)

    def _gap(self, gap: Gap) -> None:
        self.paragraph(gap.heading, style="Heading 2")
        self.paragraph(gap.reason)
        self.small(gap.cure)

    def _exhibit(self, exhibit: Exhibit) -> None:
        self.paragraph(exhibit.heading, style="Heading 2")
        cites = "".join(f"[{n}]" for n in self.briefing.citations()[exhibit.number])
        if exhibit.sentence:
            told = self.paragraph(f"{exhibit.sentence} {cites}".strip())
            told.paragraph_format.keep_with_next = bool(self.drawings[exhibit.number])
        self._pictures(exhibit, self.drawings[exhibit.number])
        printed = self.tables[exhibit.number].newest(most_rows=ROWS, most_letters=LETTERS)
        if printed.rows:
            self.table(printed, exhibit.heading)
            if printed.left_out:
                shown = len(printed.rows)
                self.small(self.said("rest", shown=shown, n=printed.left_out + shown))
        self.small(exhibit.source)
        self.small(" ".join(exhibit.caveats))
        if exhibit.confirmation:
            self.paragraph(exhibit.confirmation.words).runs[0].bold = True

    def _pictures(self, exhibit: Exhibit, drawings: tuple[Drawing, ...]) -> None:
        """The picture in the line, or small ones three to a line, and the caption below."""
        if not drawings:
            return
        is_one = len(drawings) == 1
        width = Emu(int(self.width * (WIDE_PICTURE if is_one else SMALL_PICTURE)))
        line = self.paragraph()
        line.paragraph_format.keep_with_next = True
        for drawing in drawings:
            alt = f"{drawing.heading}. {exhibit.alt_text}" if drawing.heading else exhibit.alt_text
            picture = png_of(titled(drawing), scale=SHARPNESS)
            add_picture(line, picture, width=width, alt=alt, number=exhibit.number)
        self.numbered("figure", exhibit.number, caption_words(exhibit, self.language))

    def _signature(self) -> None:
        """Place, day, office and room for a name, at the right."""
        cover = self.briefing.cover
        blank = self.said("blank")
        place_and_day = f"{cover.place or blank}, {cover.day or blank}"
        name = (cover.prepared_by or blank, self.said("staff_number"))
        lines = (place_and_day, cover.office, *[""] * SIGNATURE_LINES, *name)
        for words in lines:
            line = self.paragraph(words)
            line.paragraph_format.left_indent = Emu(int(self.width * 0.55))
            line.paragraph_format.space_after = Pt(0)
            line.paragraph_format.keep_with_next = words != lines[-1]

    def _annex(self) -> None:
        annex = self.briefing.annex
        heading = self.paragraph(self.said("annex"), style="Heading 1")
        heading.paragraph_format.page_break_before = True
        if self.tables:
            self.paragraph(self.said("tables"), style="Heading 2")
        for number, table in self.tables.items():
            self.numbered("table", number, table.exhibit.heading)
            self.table(table.whole(with_common_source=False), table.exhibit.heading)
            self.small(table.exhibit.source)
        names = [with_unit(one.name, one.unit, self.language) for one in annex.definitions]
        definitions = [
            f"{name}: {one.text}" for name, one in zip(names, annex.definitions, strict=True)
        ]
        statuses = [self.said("status", n=one.exhibit, words=one.words) for one in annex.statuses]
        self._chapter("definitions", definitions)
        self._sources()
        self._chapter("statuses", statuses)
        self._chapter("confirmations", list(annex.confirmations))

    def _chapter(self, name: str, items: list[str]) -> None:
        if items:
            self.paragraph(self.said(name), style="Heading 2")
            self.points(items)

    def _sources(self) -> None:
        if self.briefing.annex.sources:
            self.paragraph(self.said("sources"), style="Heading 2")
        for line in self.briefing.annex.sources:
            self.paragraph(f"[{line.number}] {source_words(line)} {line.address}".strip())

    def _head_and_foot(self) -> None:
        """Band, title and edition above; region and page below. An office's own lines stay."""
        for section in self.document.sections:
            head, foot = section.header, section.footer
            if not _has_words(head):
                head.paragraphs[0].text = clean(
                    f"{self.briefing.cover.title} · {self.briefing.cover.edition}"
                )
            if self.briefing.band:
                band = head.paragraphs[0].insert_paragraph_before()
                band.add_run(self.briefing.band).bold = True
                band.alignment = WD_ALIGN_PARAGRAPH.CENTER
                add_shading(band, BAND_FILL)
            if not _has_words(foot):
                self._page_number(foot.paragraphs[0])

    def _page_number(self, line: Any) -> None:
        snapshot = snapshot_words(self.briefing.frozen, self.language)
        cover = self.briefing.cover
        line.add_run(
            clean(" · ".join(filter(None, (cover.region, cover.edition, snapshot)))) + " · "
        )
        before, between, after = self.said("page", n="\n", of="\n").split("\n")
        line.add_run(before)
        add_field(line, "PAGE", "1")
        line.add_run(between)
        add_field(line, "NUMPAGES", "1")
        line.add_run(after)


def _words_of(element: Any) -> str:
    return "".join(each.text or "" for each in element.iter(qn("w:t"))).strip()


def _has_words(part: Any) -> bool:
    return not part.is_linked_to_previous and bool(_words_of(part._element))


def titled(drawing: Drawing) -> str:
    """The drawing with its heading above it, since small pictures stand in one line."""
    if not drawing.heading:
        return drawing.svg
    return with_heading(drawing)
