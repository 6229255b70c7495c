"""The file given back with its faults: cells coloured and commented, all on one more sheet."""

from __future__ import annotations

import io

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from analytics.i18n import text
from analytics.ingest.checking import CheckReport
from analytics.ingest.door import open_upload
from analytics.ingest.findings import Finding, Severity
from analytics.ingest.grids import Grid, read_book

FILLS = {
    Severity.ERROR.value: PatternFill("solid", fgColor="F8C9C4"),
    Severity.WARNING.value: PatternFill("solid", fgColor="FCE8B2"),
    Severity.NOTE.value: PatternFill("solid", fgColor="DCE6F1"),
}
AUTHOR = "Sejahtera"
MOST_FINDINGS = 5000
COLUMN_WIDTHS = {"A": 12, "B": 18, "C": 10, "D": 110}
# A cell that begins so is taken for a formula by spreadsheet programs.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def annotated_copy(report: CheckReport, content: bytes, *, language: str) -> bytes:
    """An XLSX of the file with up to 5,000 findings in it; other formats are written anew."""
    book = _workbook(report.file, content)
    findings = report.listed()[:MOST_FINDINGS]
    for finding in findings:
        _mark(_sheet(book, finding), finding, language)
    _add_list(book, findings, language)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _workbook(name: str, content: bytes) -> Workbook:
    """The workbook itself where it is an XLSX, else its cells in a new one."""
    upload = open_upload(name, content)
    if upload.kind == "xlsx":
        return load_workbook(io.BytesIO(content))
    book = Workbook()
    book.remove(book.active)
    for grid in read_book(upload).grids:
        _write_grid(book, grid)
    if not book.worksheets:
        book.create_sheet("1")
    return book


def _write_grid(book: Workbook, grid: Grid) -> None:
    sheet = book.create_sheet(grid.sheet[:31] or "1")
    for position, row in grid.rows():
        for column, cell in enumerate(row, start=1):
            if cell:
                _write_text(sheet, position + 1, column, cell)


def _write_text(sheet: Worksheet, row: int, column: int, words: str) -> None:
    """A cell that stays text whatever it begins with."""
    cell = sheet.cell(row=row, column=column)
    cell.value = words
    cell.data_type = "s"
    if words.startswith(FORMULA_STARTS):
        cell.quotePrefix = True


def _sheet(book: Workbook, finding: Finding) -> Worksheet:
    name = finding.sheet[:31]
    return book[name] if name in book.sheetnames else book.worksheets[0]


def _mark(sheet: Worksheet, finding: Finding, language: str) -> None:
    """Colours the cell and adds the sentence to its comment; the worst finding gives the colour."""
    if not finding.row:
        return
    cell = sheet[f"{finding.column or 'A'}{finding.row}"]
    target = _top_left(sheet, cell.coordinate)
    words = finding.words(language)
    if target.comment:
        words = f"{target.comment.text}\n{words}"
    else:
        target.fill = FILLS[finding.severity]
    target.comment = Comment(words, AUTHOR, height=120, width=360)


def _top_left(sheet: Worksheet, coordinate: str):  # type: ignore[no-untyped-def]
    """The cell itself, or the first one of the merged cells it belongs to."""
    for merged in sheet.merged_cells.ranges:
        if coordinate in merged:
            return sheet.cell(row=merged.min_row, column=merged.min_col)
    return sheet[coordinate]


def _add_list(book: Workbook, findings: list[Finding], language: str) -> None:
    """One more sheet: severity, sheet, cell and sentence of every finding."""
    title = text("ingest.annotated.title", language)
    sheet = book.create_sheet(title if title not in book.sheetnames else f"{title} 2")
    heads = ("severity", "sheet", "cell", "sentence")
    sheet.append([text(f"ingest.annotated.{head}", language) for head in heads])
    for number, finding in enumerate(findings, start=2):
        cell = f"{finding.column}{finding.row}" if finding.row else ""
        severity = text(f"ingest.severity.{finding.severity}", language)
        cells = (severity, finding.sheet, cell, finding.words(language))
        for position, words in enumerate(cells, start=1):
            _write_text(sheet, number, position, words)
        sheet.cell(row=number, column=1).fill = FILLS[finding.severity]
    for column, width in COLUMN_WIDTHS.items():
        sheet.column_dimensions[column].width = width
        sheet[f"{column}1"].font = Font(bold=True)
    sheet.freeze_panes = "A2"
