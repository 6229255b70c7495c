"""Parts of a Word file that python-docx has no words for: fields, numbering, tables, alt text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart
from docx.shared import Emu

from analytics.publishing.printed_table import PrintedTable
from analytics.publishing.tables import CONTROLS

HEADINGS = ("heading 1", "heading 2")
LINE = "D5DAD2"
HEADER_FILL = "EEF2EC"
LETTER_TWIPS = 8 * 20  # of a cell's letters
BORDERS = ("top", "bottom", "insideH")


def part(tag: str, *children: Any, **attributes: object) -> Any:
    """An element `w:tag` with children and attributes `w:name`."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(children)
    return element


def clean(words: str) -> str:
    """Words without the characters that no office file can hold."""
    return CONTROLS.sub("", words)


def letters(words: str, *properties: Any) -> Any:
    """A run of text, written as it is."""
    run = part("r", part("rPr", *properties)) if properties else part("r")
    text = part("t")
    text.text = clean(words)
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(text)
    return run


def add_field(paragraph: Any, instruction: str, shown: str) -> None:
    """A field that Word counts itself, with what it shows until then."""
    field = part("fldSimple", letters(shown), instr=f" {instruction} ")
    paragraph._p.append(field)


def add_shading(paragraph: Any, fill: str) -> None:
    """A coloured ground behind a whole paragraph."""
    paragraph._p.get_or_add_pPr().append(part("shd", val="clear", color="auto", fill=fill))


def add_rule(paragraph: Any, colour: str, *, size: int = 12) -> None:
    """A line below the paragraph, in eighths of a point."""
    line = part("bottom", val="single", sz=size, space=4, color=colour)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(part("pBdr", line), "w:shd", "w:tabs", "w:spacing", "w:ind",
                                     "w:jc", "w:rPr")  # fmt: skip


def add_picture(paragraph: Any, content: bytes, *, width: Emu, alt: str, number: int) -> None:
    """A picture in the line with its words for those who do not see it."""
    shape = paragraph.add_run().add_picture(io.BytesIO(content), width=width)
    properties = shape._inline.docPr
    properties.set("descr", clean(alt))
    properties.set("name", f"Gambar {number}")


# Language and numbering ------------------------------------------------------------------------


def set_language(document: Document, language: str) -> None:
    """The language that Word checks and reads aloud in."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    if defaults is None:
        defaults = part("docDefaults")
        document.styles.element.insert(0, defaults)
    whole = _child(defaults, "rPrDefault")
    properties = _child(whole, "rPr")
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(part("lang", val=language, eastAsia=language, bidi="ar-SA"))


def _child(element: Any, tag: str) -> Any:
    found = element.find(qn(f"w:{tag}"))
    if found is None:
        found = part(tag)
        element.append(found)
    return found


def number_headings(document: Document) -> None:
    """Numbers 1 and 1.1 before headings, unless the office's template has its own."""
    styles = {s.find(qn("w:name")).get(qn("w:val")).lower(): s
              for s in document.styles.element.findall(qn("w:style"))}  # fmt: skip
    if any(_numbered(styles[name]) for name in HEADINGS if name in styles):
        return
    number = _add_numbering(document)
    for level, name in enumerate(HEADINGS):
        if name in styles:
            properties = styles[name].get_or_add_pPr()
            numbering = properties.get_or_add_numPr()
            numbering.append(part("ilvl", val=level))
            numbering.append(part("numId", val=number))


def _numbered(style: Any) -> bool:
    properties = style.find(qn("w:pPr"))
    return properties is not None and properties.find(qn("w:numPr")) is not None


def _add_numbering(document: Document) -> int:
    """A list of two levels; gives its number."""
    root = _numbering_part(document).element
    abstract = _next(root, "abstractNum", "abstractNumId")
    levels = [_level(0, "%1", "Heading1"), _level(1, "%1.%2", "Heading2")]
    kind = part("multiLevelType", val="multilevel")
    first = root.find(qn("w:num"))
    whole = part("abstractNum", kind, *levels, abstractNumId=abstract)
    if first is None:
        root.append(whole)
    else:
        first.addprevious(whole)
    number = _next(root, "num", "numId")
    root.append(part("num", part("abstractNumId", val=abstract), numId=number))
    return number


def _level(level: int, pattern: str, style: str) -> Any:
    indent = part("pPr", part("ind", left=567 + 142 * level, hanging=567 + 142 * level))
    return part("lvl", part("start", val=1), part("numFmt", val="decimal"),
                part("pStyle", val=style), part("lvlText", val=pattern), part("lvlJc", val="left"),
                indent, ilvl=level)  # fmt: skip


def _next(root: Any, tag: str, attribute: str) -> int:
    used = [int(one.get(qn(f"w:{attribute}"))) for one in root.findall(qn(f"w:{tag}"))]
    return max(used, default=0) + 1


def _numbering_part(document: Document) -> Any:
    """The part that holds lists; a template without any list has none yet."""
    main = document.part
    for relation in main.rels.values():
        if relation.reltype == RT.NUMBERING:
            return relation.target_part
    made = NumberingPart(PackURI("/word/numbering.xml"), CT.WML_NUMBERING, part("numbering"),
                         main.package)  # fmt: skip
    main.relate_to(made, RT.NUMBERING)
    return made


# Tables ----------------------------------------------------------------------------------------


def table_of(printed: PrintedTable, *, width: Emu, alt: str, accent: str) -> Any:
    """A table as wide as the page's text: its head repeated on each page, no row torn apart."""
    twips = int(width / 635)
    widths = _twips(printed, twips)
    head = _row(printed, printed.headings, widths, accent, is_head=True)
    rows = [_row(printed, row, widths, accent) for row in printed.rows]
    grid = part("tblGrid", *(part("gridCol", w=one) for one in widths))
    return part("tbl", _table_properties(twips, clean(alt)), grid, head, *rows)


def _twips(printed: PrintedTable, whole: int) -> list[int]:
    letters_of = printed.widths
    return [max(1, whole * one // sum(letters_of)) for one in letters_of]


def _table_properties(twips: int, alt: str) -> Any:
    borders = [part(side, val="single", sz=4, space=0, color=LINE) for side in BORDERS]
    margins = [part(side, w=60, type="dxa") for side in ("left", "right")]
    return part(
        "tblPr", part("tblW", w=twips, type="dxa"), part("tblBorders", *borders),
        part("tblLayout", type="fixed"), part("tblCellMar", *margins),
        part("tblLook", val="0020", firstRow=1), part("tblCaption", val=alt),
    )  # fmt: skip


def _row(
    printed: PrintedTable,
    cells: Sequence[str],
    widths: Sequence[int],
    accent: str,
    *,
    is_head: bool = False,
) -> Any:
    properties = part("trPr", part("cantSplit"))
    if is_head:
        properties.append(part("tblHeader"))
    made = [
        _cell(cell, widths[place], place in printed.numbers, accent, is_head)
        for place, cell in enumerate(cells)
    ]
    return part("tr", properties, *made)


def _cell(words: str, width: int, is_number: bool, accent: str, is_head: bool) -> Any:
    properties = part("tcPr", part("tcW", w=width, type="dxa"))
    style = [part("sz", val=17)]
    if is_head:
        properties.append(part("shd", val="clear", color="auto", fill=HEADER_FILL))
        style = [part("b"), part("color", val=accent), *style]
    paragraph = part("pPr", part("spacing", before=20, after=20, line=240, lineRule="auto"),
                     part("jc", val="right" if is_number else "left"))  # fmt: skip
    return part("tc", properties, part("p", paragraph, letters(words, *style)))
