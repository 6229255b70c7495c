"""Pieces of slides: words that fit their box, native tables, pictures, the foot of a slide."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from analytics.figures.palette import LIGHT
from analytics.publishing.letters import (
    FONT,
    LINE_HEIGHT,
    POINTS_PER_INCH,
    Fitted,
    fitted,
    width_in,
    wrapped,
)

LANGUAGE_TAGS = {"id": "id-ID", "en": "en-GB"}
CELL_IN = 0.06  # room left of and right of the words in a cell
ROW_PAD_IN = 0.08
WIDEST_CELL_IN = 4.2
TABLE_SIZES = (14, 13, 12, 11, 10)
READABLE_PT = 11


@dataclass(frozen=True)
class Box:
    """A place on a slide in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def right(self) -> float:
        return self.left + self.width

    def emu(self) -> tuple[int, int, int, int]:
        return (Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height))


@dataclass(frozen=True)
class Style:
    """Letters: sizes to try from large to small, weight, colour, alignment."""

    sizes: tuple[float, ...]
    weight: str = "Regular"
    colour: str = LIGHT.ink
    align: Any = PP_ALIGN.LEFT
    anchor: Any = MSO_ANCHOR.TOP


def rgb(colour: str) -> Any:
    """A colour such as `#0B5D3B` for python-pptx."""
    return RGBColor.from_string(colour.removeprefix("#").upper())


CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def plain(words: str) -> str:
    """Without characters that no Office file can hold."""
    return CONTROLS.sub("", words)


def fill_words(shape: Any, words: str, box: Box, style: Style, *, language: str) -> Fitted:
    """Writes words into a shape at the largest size that fits; gives how they fit."""
    words = plain(words)
    found = fitted(words, style.sizes, width=box.width, height=box.height, weight=style.weight)
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = style.anchor
    shown = found.text if found.is_cut else words
    for position, paragraph_words in enumerate(shown.split("\n")):
        paragraph = frame.paragraphs[0] if position == 0 else frame.add_paragraph()
        paragraph.alignment = style.align
        run = paragraph.add_run()
        run.text = paragraph_words
        _dress(run, found.size, style, language)
    return found


def _dress(run: Any, size: float, style: Style, language: str) -> None:
    run.font.size, run.font.name = Pt(size), FONT
    run.font.bold = style.weight in ("Bold", "SemiBold")
    run.font.color.rgb = rgb(style.colour)
    run._r.get_or_add_rPr().set("lang", LANGUAGE_TAGS[language])


def add_words(
    slide: Any, words: str, box: Box, style: Style, *, name: str, language: str
) -> Fitted | None:
    """A box of words; nothing where there are none."""
    if not words:
        return None
    shape = slide.shapes.add_textbox(*box.emu())
    shape.name = name
    return fill_words(shape, words, box, style, language=language)


def add_block(slide: Any, box: Box, colour: str, *, name: str) -> Any:
    """A plain field of colour, for decoration: it says nothing to a screen reader."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu())
    shape.name = name
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(colour)
    shape.line.fill.background()
    shape.shadow.inherit = False
    return shape


def add_number(slide: Any, box: Box, *, language: str) -> None:
    """The slide's number as a field that follows when slides are moved."""
    shape = slide.shapes.add_textbox(*box.emu())
    shape.name = "slide number"
    style = Style((10,), colour=LIGHT.grey, align=PP_ALIGN.RIGHT)
    fill_words(shape, "0", box, style, language=language)
    paragraph = shape.text_frame.paragraphs[0]._p
    run = paragraph.find(qn("a:r"))
    number = etree.Element(qn("a:fld"))
    number.set("id", "{5B1D3C2E-0000-4000-8000-000000000001}")
    number.set("type", "slidenum")
    for part in list(run):
        number.append(part)
    number.find(qn("a:t")).text = "‹#›"
    paragraph.replace(run, number)


def add_picture(slide: Any, content: bytes, box: Box, *, name: str, alt: str) -> Any:
    """A picture in the middle of the box, as large as it fits, with its text alternative."""
    picture = slide.shapes.add_picture(io.BytesIO(content), 0, 0)
    scale = min(Inches(box.width) / picture.width, Inches(box.height) / picture.height)
    width, height = int(picture.width * scale), int(picture.height * scale)
    picture.left = Inches(box.left) + (Inches(box.width) - width) // 2
    picture.top = Inches(box.top) + (Inches(box.height) - height) // 2
    picture.width, picture.height = width, height
    describe(picture, name=name, alt=alt)
    return picture


def describe(shape: Any, *, name: str, alt: str) -> None:
    """Name and text alternative of a shape."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("name", name)
    properties.set("descr", plain(alt))


# Tables ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TableWords:
    """A table in words; `numbers` are the positions of the columns that stand to the right.

    `fills` colours cells by row (from 0, without the head) and column. `widths` are those of the
    columns in inches, where the table is one page of a longer one.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    fills: Mapping[tuple[int, int], str] = field(default_factory=dict)
    widths: tuple[float, ...] = ()

    def part(self, first: int, last: int, *, widths: Sequence[float]) -> TableWords:
        """The rows from `first` to before `last` with their colours, in columns of `widths`."""
        fills = {
            (row - first, column): fill
            for (row, column), fill in self.fills.items()
            if first <= row < last
        }
        return TableWords(self.columns, self.rows[first:last], self.numbers, fills, tuple(widths))


def pages_of(table: TableWords, box: Box, *, size: float) -> list[TableWords]:
    """The table in pieces that each fit the box at a size of letters, all in the same columns."""
    widths = column_widths(table, box.width, size)
    room = box.height - _row_height(table.columns, widths, size, "SemiBold")
    starts, left = [0], room
    for at, row in enumerate(table.rows):
        height = _row_height(row, widths, size, "Regular")
        if height > left and at > starts[-1]:
            starts.append(at)
            left = room
        left -= height
    if len(starts) == 1:
        return [table]
    ends = [*starts[1:], len(table.rows)]
    return [
        table.part(first, last, widths=widths) for first, last in zip(starts, ends, strict=True)
    ]


def largest_size(table: TableWords, box: Box) -> float:
    """The largest size of letters at which the table stands on one page, else a readable one."""
    return next(
        (size for size in TABLE_SIZES if len(pages_of(table, box, size=size)) == 1),
        READABLE_PT,
    )


def column_widths(table: TableWords, width: float, size: float) -> list[float]:
    """Widths in inches: what each column's words need, shared out where all need more."""
    needs = [
        min(WIDEST_CELL_IN, max(width_in(cell, size, weight="SemiBold") for cell in cells))
        + 2 * CELL_IN + 0.04
        for cells in zip(table.columns, *table.rows, strict=True)
    ]  # fmt: skip
    least = [
        max(_longest_word(cell, size) for cell in cells) + 2 * CELL_IN + 0.04
        for cells in zip(table.columns, *table.rows, strict=True)
    ]
    return _shared(needs, least, table, width)


def _longest_word(cell: str, size: float) -> float:
    return max(width_in(word, size, weight="SemiBold") for word in cell.split(" "))


def _shared(
    needs: Sequence[float], least: Sequence[float], table: TableWords, width: float
) -> list[float]:
    """All of the width: what is over goes to the columns with most words."""
    total = sum(needs)
    if total > width:
        spare = max(0.0, width - sum(least))
        wanted = [max(0.0, need - floor) for need, floor in zip(needs, least, strict=True)]
        whole = sum(wanted) or 1
        shared = [floor + spare * want / whole for floor, want in zip(least, wanted, strict=True)]
        return [each * width / sum(shared) for each in shared]
    letters = [
        sum(len(cell) for cell in cells) for cells in zip(table.columns, *table.rows, strict=True)
    ]
    return [
        need + (width - total) * count / max(1, sum(letters))
        for need, count in zip(needs, letters, strict=True)
    ]


def _row_height(row: Sequence[str], widths: Sequence[float], size: float, weight: str) -> float:
    lines = max(
        len(wrapped(cell, size, most_in=max(0.2, width - 2 * CELL_IN), weight=weight))
        for cell, width in zip(row, widths, strict=True)
    )
    return lines * size * LINE_HEIGHT / POINTS_PER_INCH + ROW_PAD_IN


def add_table(
    slide: Any, table: TableWords, box: Box, *, size: float, name: str, alt: str, colour: str,
    language: str,
) -> Any:  # fmt: skip
    """A native table; its rows are as high as their words need."""
    widths = table.widths or column_widths(table, box.width, size)
    heights = [
        _row_height(table.columns, widths, size, "SemiBold"),
        *(_row_height(row, widths, size, "Regular") for row in table.rows),
    ]
    shape = slide.shapes.add_table(
        len(table.rows) + 1, len(table.columns), Inches(box.left), Inches(box.top),
        Inches(box.width), Inches(sum(heights)),
    )  # fmt: skip
    describe(shape, name=name, alt=alt)
    native = shape.table
    native.horz_banding = False
    for column, width in zip(native.columns, widths, strict=True):
        column.width = Inches(width)
    for row, height in zip(native.rows, heights, strict=True):
        row.height = Inches(height)
    for at, words in enumerate((table.columns, *table.rows)):
        for column, cell in enumerate(words):
            _write_cell(
                native.cell(at, column), cell, size, is_head=at == 0,
                is_number=column in table.numbers, colour=colour, language=language,
                fill=table.fills.get((at - 1, column), ""),
            )  # fmt: skip
    return shape


def _write_cell(
    cell: Any, words: str, size: float, *, is_head: bool, is_number: bool, colour: str,
    language: str, fill: str = "",
) -> None:  # fmt: skip
    cell.margin_left = cell.margin_right = Inches(CELL_IN)
    cell.margin_top = cell.margin_bottom = Inches(ROW_PAD_IN / 2)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    ground = colour if is_head else fill or LIGHT.surface
    cell.fill.fore_color.rgb = rgb(ground)
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if is_number else PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = plain(words).replace("\n", " ")
    style = Style(
        (size,), weight="SemiBold" if is_head else "Regular",
        colour=LIGHT.surface if is_dark(ground) else LIGHT.ink,
    )  # fmt: skip
    _dress(run, size, style, language)


def is_dark(colour: str) -> bool:
    """Whether light letters are read better on a colour than dark ones (relative luminance)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] < 0.18
