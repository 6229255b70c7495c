"""A briefing as a workbook (XLSX): a sheet a figure, and "Tentang" with what holds for all."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from analytics.briefing.model import Briefing, Exhibit, Grid
from analytics.i18n import text
from analytics.publishing.axis_numbers import whole_format
from analytics.publishing.figure_file import figure_about, figure_table_to_take_away
from analytics.publishing.fixed_zip import fixed
from analytics.publishing.tables import (
    ABOUT_SHEET,
    BAND_FILL,
    MAX_COLUMN_WIDTH,
    guard,
    guarded,
    plain_dates,
)

HEAD_FILL = "E3EDE6"
BIGGEST_WHOLE = 999_999_999


def briefing_xlsx(briefing: Briefing) -> bytes:
    """The tables of all figures with their codes, dated by the edition."""
    book = Workbook()
    _about(book.active, briefing)
    for exhibit in briefing.exhibits:
        _figure(book.create_sheet(sheet_name(exhibit, briefing)), exhibit, briefing)
    grids = [part for section in briefing.sections for part in section.parts
             if isinstance(part, Grid)]  # fmt: skip
    for number, grid in enumerate(grids, start=1):
        _grid(book.create_sheet(text("briefing.workbook.table", briefing.language, n=number)),
              grid, briefing)  # fmt: skip
    moment = briefing.stamp.published_at.astimezone(UTC).replace(tzinfo=None)
    book.properties.creator = briefing.cover.office or briefing.cover.region
    book.properties.title = briefing.cover.title
    book.properties.created = book.properties.modified = moment
    target = io.BytesIO()
    book.save(target)
    return fixed(target.getvalue(), moment=briefing.stamp.published_at.astimezone(UTC))


def sheet_name(exhibit: Exhibit, briefing: Briefing) -> str:
    """`Gambar 3`: names of sheets may hold no more than 31 letters."""
    return text("briefing.workbook.figure", briefing.language, n=exhibit.number)


def _about(sheet: Any, briefing: Briefing) -> None:
    """What the briefing is, its figures, blanks, definitions, sources and status."""
    sheet.title = ABOUT_SHEET
    language, cover, annex = briefing.language, briefing.cover, briefing.annex
    if briefing.band:
        _write_band(sheet, briefing.band)
    for name, value in (
        ("title", cover.title), ("office", cover.office), ("hearing", cover.hearing),
        ("day", cover.day), ("region", cover.region), ("edition", cover.edition),
        ("snapshot", briefing.frozen.snapshot if briefing.frozen else ""),
        *(("legal_basis", each) for each in cover.legal_basis),
        *(("shown", f"{each.number}. {each.heading}") for each in briefing.exhibits),
        *(("blank", f"{gap.heading}: {gap.reason} {gap.cure}") for gap in briefing.gaps),
        *(("definition", f"{each.name}: {each.text}") for each in annex.definitions),
        *(("source", f"{s.number}. {s.citation} {s.address}".strip()) for s in annex.sources),
        *(("status", f"{each.exhibit}. {each.words}") for each in annex.statuses),
        *(("confirmation", each) for each in annex.confirmations),
        ("letters", text("figures.file.status_letters", language)),
    ):  # fmt: skip
        if value:
            _pair(sheet, text(f"briefing.workbook.{name}", language), value)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 110


def _figure(sheet: Any, exhibit: Exhibit, briefing: Briefing) -> None:
    """The heading, the table in words with its codes, and below it what is known about it."""
    language = briefing.language
    _heading(sheet, f"{exhibit.number}. {exhibit.heading}", briefing)
    table = plain_dates(figure_table_to_take_away(exhibit.figure, language=language))
    safe = guarded(table.astype(object).where(table.notna(), None))
    sheet.append([str(name) for name in safe.columns])
    _dress_head(sheet)
    for row in safe.itertuples(index=False):
        sheet.append([_cell(value) for value in row])
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, int | float):
                cell.number_format = _format(cell.value, language)
    sheet.append([])
    for name, value in figure_about(exhibit.figure, language=language):
        _pair(sheet, name, value, wraps=False)
    _fit(sheet, safe.columns, safe)


def _grid(sheet: Any, grid: Grid, briefing: Briefing) -> None:
    _heading(sheet, grid.heading, briefing)
    sheet.append([_guard(name) for name in grid.columns])
    _dress_head(sheet)
    for row in grid.rows:
        sheet.append([_guard(cell) for cell in row])
    if grid.source:
        sheet.append([])
        _pair(sheet, text("briefing.workbook.source", briefing.language), grid.source)
    for at in range(1, len(grid.columns) + 1):
        sheet.column_dimensions[get_column_letter(at)].width = 26


def _heading(sheet: Any, words: str, briefing: Briefing) -> None:
    if briefing.band:
        _write_band(sheet, briefing.band)
    sheet.append([_guard(words)])
    sheet.cell(row=sheet.max_row, column=1).font = Font(bold=True, size=14)


def _write_band(sheet: Any, band: str) -> None:
    sheet.append([band])
    cell = sheet.cell(row=1, column=1)
    cell.font, cell.fill = Font(bold=True, size=16), PatternFill("solid", fgColor=BAND_FILL)


def _dress_head(sheet: Any) -> None:
    for cell in sheet[sheet.max_row]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=HEAD_FILL)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = f"A{sheet.max_row + 1}"


def _pair(sheet: Any, name: str, value: str, *, wraps: bool = True) -> None:
    sheet.append([_guard(name), _guard(value)])
    sheet.cell(row=sheet.max_row, column=1).font = Font(bold=True)
    sheet.cell(row=sheet.max_row, column=2).alignment = Alignment(wrap_text=wraps, vertical="top")


def _guard(words: str) -> str:
    return str(guard(words))


def _cell(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def _format(value: float, language: str) -> str:
    """Whole numbers with points of their own; decimals stay as the viewer writes them."""
    is_whole = float(value).is_integer() and 0 <= value <= BIGGEST_WHOLE
    return whole_format(language) if is_whole else "General"


def _fit(sheet: Any, columns: Sequence[str], table: Any) -> None:
    for at, name in enumerate(columns, start=1):
        longest = max([len(str(name)) // 2, *table[name].astype(str).str.len().head(200)])
        sheet.column_dimensions[get_column_letter(at)].width = min(
            max(longest + 2, 10), MAX_COLUMN_WIDTH
        )
