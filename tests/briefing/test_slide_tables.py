"""Tables over several slides: every page fits its box, in the same columns, with its colours."""

from __future__ import annotations

from typing import Any

from pptx import Presentation
from pptx.util import Inches

from analytics.publishing.slide_parts import (
    Box,
    TableWords,
    add_table,
    column_widths,
    pages_of,
)

BOX = Box(0.5, 1.5, 12.0, 3.0)
SIZE = 12
SHORT = tuple((f"Baris {n}", "ya", "pendek") for n in range(20))
LONG = tuple((f"Baris {n}", "ya", "uraian yang jauh lebih panjang " * 6) for n in range(12))
TABLE = TableWords(
    ("Nama", "Ada", "Uraian"), SHORT + LONG, fills={(0, 1): "#FFFFFF", (30, 1): "#0B5D3B"}
)


def drawn(page: TableWords) -> Any:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    return add_table(
        slide, page, BOX, size=SIZE, name="t", alt="t", colour="#0B5D3B", language="id"
    )


def test_every_page_of_a_table_of_uneven_rows_fits_its_box() -> None:
    pages = pages_of(TABLE, BOX, size=SIZE)
    assert len(pages) > 2
    assert sum((page.rows for page in pages), ()) == TABLE.rows
    for page in pages:
        shape = drawn(page)
        assert sum(row.height for row in shape.table.rows) <= Inches(BOX.height) + 10
        assert [c.width for c in shape.table.columns] == [Inches(w) for w in pages[0].widths]


def test_colours_follow_their_rows_to_the_next_page() -> None:
    pages = pages_of(TABLE, BOX, size=SIZE)
    first = {page.rows[row][0]: fill for page in pages for (row, _), fill in page.fills.items()}
    assert first == {"Baris 0": "#FFFFFF", "Baris 10": "#0B5D3B"}


def test_a_table_that_fits_stays_as_it_is() -> None:
    small = TableWords(("Nama",), (("satu",),))
    assert pages_of(small, BOX, size=SIZE) == [small]


def test_a_column_of_long_words_gets_more_room_than_short_ones() -> None:
    rows = tuple(("Dinas Komunikasi dan Informatika " * 2, "kata yang panjang " * 9) for _ in "abc")
    widths = column_widths(TableWords(("Dinas", "Uraian"), rows), 6.0, SIZE)
    assert widths[1] > 0.4 * sum(widths)
