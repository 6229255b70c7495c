"""The briefing as a workbook: a sheet a figure with its codes, and "Tentang" with the rest."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from analytics.briefing.model import Briefing
from analytics.publishing.workbook import briefing_xlsx


@pytest.fixture(scope="session")
def book(lkpj: Callable[[str, str], Briefing]) -> Any:
    return openpyxl.load_workbook(io.BytesIO(briefing_xlsx(lkpj("blitar", "id"))))


def values_of(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_every_figure_has_a_sheet_with_all_its_values(
    book: Any, lkpj: Callable[[str, str], Briefing]
) -> None:
    for exhibit in lkpj("blitar", "id").exhibits:
        rows = values_of(book[f"Gambar {exhibit.number}"])
        known = sorted(exhibit.figure.frame["obs_value"].dropna())
        cells = [c for row in rows for c in row if isinstance(c, int | float)]
        assert all(any(abs(cell - value) < 1e-9 for cell in cells) for value in known)


def test_the_about_sheet_comes_first_and_tells_sources_blanks_and_definitions(book: Any) -> None:
    assert book.sheetnames[0] == "Tentang"
    names = [row[0] for row in values_of(book["Tentang"])]
    assert {"Judul", "Edisi", "Gambar", "Belum terisi", "Definisi", "Sumber", "Status angka",
            "Dasar hukum", "Huruf status"} <= set(names)  # fmt: skip


def test_training_data_carry_the_band_on_every_sheet(lkpj: Callable[[str, str], Briefing]) -> None:
    training = openpyxl.load_workbook(io.BytesIO(briefing_xlsx(lkpj("contoh", "id"))))
    assert {sheet["A1"].value for sheet in training} == {"DATA LATIHAN"}


def test_the_same_briefing_gives_the_same_bytes(lkpj: Callable[[str, str], Briefing]) -> None:
    briefing = lkpj("blitar", "id")
    assert briefing_xlsx(briefing) == briefing_xlsx(briefing)
