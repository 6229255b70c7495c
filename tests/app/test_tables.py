"""Small tables of pages: cells are text, headings travel with them, addresses are checked."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from analytics.i18n import Formatter, text
from analytics.overview.methods import drawn_tables
from pages.about import parts
from pages.about.parts import WORDS_IN_CELLS
from pages.ui.tables import table_html

TABLE = pd.DataFrame({"Tempat": ["Kampung Coklat", "Candi"], "Kunjungan": ["19.734", "–"]})


def html_of(table: pd.DataFrame = TABLE, **options: object) -> str:
    return table_html(table, label="Destinasi", **options)  # type: ignore[arg-type]


def test_markup_in_a_cell_is_text() -> None:
    html = html_of(pd.DataFrame({"a": ["<script>x</script>"], "b": ["' onmouseover='x"]}))
    assert "<script>" not in html
    assert "' onmouseover='" not in html


def test_each_cell_carries_its_heading_and_numbers_stand_at_the_right() -> None:
    html = html_of(numbers=("Kunjungan",))
    assert "<td class='is-number' data-heading='Kunjungan'>19.734</td>" in html
    assert "<th scope='row'>Candi</th>" in html


@pytest.mark.parametrize(
    ("address", "is_link"),
    [("https://blitarkab.go.id/a?b=1&c='2'", True), ("javascript:alert(1)", False), ("", False)],
)
def test_only_addresses_of_the_web_become_links(address: str, is_link: bool) -> None:
    html = html_of(TABLE.head(1), links={"Tempat": [address]})
    assert ("<a href=" in html) is is_link
    assert "javascript:" not in html
    assert "c='2'" not in html


def test_very_long_cell_is_folded_and_whole_inside() -> None:
    words = "kata " * 60
    html = html_of(pd.DataFrame({"a": ["b"], "Catatan": [words.strip()]}))
    assert "<details><summary>" in html
    assert words.strip() in html


def test_table_that_scrolls_can_be_reached_by_keyboard() -> None:
    assert "tabindex='0'" in html_of(height=200)
    assert "tabindex" not in html_of()


# Names of areas and series are letters; an empty cell is shown as missing.
CELLS_AS_THEY_ARE = re.compile(
    r"|[A-Z](( \+)? [A-Z])*|[xy]|\d{1,2}|\d{4}(-\d\d){0,2}|Jan|Feb|Mar|Apr"
)


@pytest.mark.parametrize("drawn", drawn_tables(), ids=lambda drawn: f"{drawn.theme}_{drawn.name}")
def test_drawn_tables_are_in_the_readers_words(drawn) -> None:
    for table in (drawn.given, drawn.expected):
        for language in ("id", "en"):
            headings = [text(f"about.methods.column.{name}", language) for name in table.columns]
            assert len(set(headings)) == len(headings)
        cells = {cell for name in table for cell in table[name] if isinstance(cell, str)}
        assert {cell for cell in cells if not CELLS_AS_THEY_ARE.fullmatch(cell)} <= WORDS_IN_CELLS


def test_dates_of_metadata_are_written_out(monkeypatch) -> None:
    monkeypatch.setattr(parts, "formatter", lambda: Formatter("id"))
    assert parts.with_dates_in_words("2026-11-24") == "24 November 2026"
    assert parts.with_dates_in_words("Kominfo") == "Kominfo"
