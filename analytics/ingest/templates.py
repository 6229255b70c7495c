"""Templates to fill: one workbook a dataset with the region's own areas, places and commodities.

A template that comes back is read by the layout `template`, or by the layout of the form it has
(field report, recap of visits). What is filled in here is what that reading expects.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from analytics.i18n import text
from analytics.ingest.datasets import DatasetForm, dataset_form
from analytics.ingest.form_headings import MONTH_NAMES, OF_REGENCY, headings, period_headings
from analytics.ingest.region import Region

FILL = PatternFill("solid", fgColor="E3EDE6")
DATA_SHEET = "Isian"
RULES_SHEET = "Petunjuk"
CODES_SHEET = "Daftar kode"
FREE_ROWS = 2000
OVERARCHING = "all"  # dimension of what is no programme by itself: the masterplan, the evaluation
WIDTHS = {"Kode wilayah": 14, "Wilayah": 24, "Destinasi": 34, "Komoditas": 26, "Uraian": 26}
# Levels whose areas are filled in for every row, by dataset: kecamatan where there are any.
OWN_LEVEL = "kecamatan"


def template_workbook(region: Region, dataset: str, *, language: str) -> bytes:
    """The template of a dataset as XLSX. Raises UnknownDataset."""
    form = dataset_form(dataset)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = DATA_SHEET
    _write_form(sheet, region, form)
    _write_rules(book.create_sheet(RULES_SHEET), region, form, language)
    _write_codes(book.create_sheet(CODES_SHEET), region, form)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_form(sheet: Worksheet, region: Region, form: DatasetForm) -> None:
    names = headings(region, form)
    sheet.append(names)
    for row in form_rows(region, form):
        sheet.append(row)
    for position, name in enumerate(names, start=1):
        cell = sheet.cell(row=1, column=position)
        cell.font, cell.fill = Font(bold=True), FILL
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[cell.column_letter].width = WIDTHS.get(name, 16)
    sheet.freeze_panes = "A2"
    if "Bulan" in names:
        _offer_months(sheet, names.index("Bulan") + 1)


def _offer_months(sheet: Worksheet, column: int) -> None:
    choices = DataValidation(type="list", formula1=f'"{",".join(MONTH_NAMES)}"', allow_blank=True)
    letter = sheet.cell(row=1, column=column).column_letter
    choices.add(f"{letter}2:{letter}{FREE_ROWS}")
    sheet.add_data_validation(choices)


def form_rows(region: Region, form: DatasetForm) -> list[list[str | int]]:
    """Rows ready to fill: every area or site with every commodity, in the last whole period."""
    when = _last_period(form, region.today)
    names = region.tables["commodities"].set_index("item")["name_id"]
    items = [str(names[item]) for item in form.template_items if item in names.index]
    if form.place:
        return [[*_area(region, area), name, *when] for name, area in _sites(region, form)]
    if form.name == "planting":
        return [
            [*_area(region, a), "", item, *when] for a in _areas(region, form) for item in items
        ]
    programmes = _programmes(region) if form.programmes else []
    if programmes:
        return [
            [*_area(region, region.ref_area), name, *when, *([unit] if form.asks_unit else [])]
            for name, unit in programmes
        ]
    blank = [""] if form.name in OF_REGENCY and form.new_places else []
    return [
        [*_area(region, a), *blank, item, *when] for a in _areas(region, form) for item in items
    ]


def _programmes(region: Region) -> list[tuple[str, str]]:
    """Programmes by name, each with the symbol of its result's unit where the pack names one."""
    table = region.tables.get("programmes")
    if table is None:
        return []
    own = table[table["dimension"] != OVERARCHING]
    results = own["result_indicator"] if "result_indicator" in own else [""] * len(own)
    units = region.tables["indicators"].set_index("indicator")["unit"]
    names = region.tables["units"].set_index("unit")["name_id"]
    return [
        (name, str(names.get(units.get(result, ""), "")))
        for name, result in zip(own["name_id"], results, strict=True)
    ]


def _areas(region: Region, form: DatasetForm) -> Sequence[str]:
    """The region's kecamatan; the region itself where figures are the regency's."""
    if form.name in OF_REGENCY or OWN_LEVEL not in form.levels:
        return [region.ref_area]
    return region.areas.children_of(region.ref_area) or [region.ref_area]


def _area(region: Region, code: str) -> list[str]:
    return [code, region.areas.name_of(code)]


def _sites(region: Region, form: DatasetForm) -> list[tuple[str, str]]:
    table = region.tables["places"]
    mine = table[table["kind"] == form.place]
    return list(zip(mine["place_name"], mine["ref_area"], strict=True))


def _last_period(form: DatasetForm, today: date) -> list[str | int]:
    """The last year, month, half-month or day that is over."""
    names = period_headings(form)
    if names == ["Tahun"]:
        return [today.year - 1]
    if names == ["Tanggal"]:
        return [today.isoformat()]
    year, month = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
    half: list[str | int] = ["II"] if len(names) == 3 else []
    return [year, MONTH_NAMES[month - 1], *half]


def _write_rules(sheet: Worksheet, region: Region, form: DatasetForm, language: str) -> None:
    """How to fill it in, with examples of numbers and periods."""
    rules = (
        text("ingest.template.rule_rows", language, sheet=DATA_SHEET),
        text("ingest.template.rule_names", language, sheet=CODES_SHEET),
        text("ingest.template.rule_numbers", language),
        text("ingest.template.rule_missing", language),
        text("ingest.template.rule_periods", language),
        text("ingest.template.rule_status", language),
        text("ingest.template.rule_headings", language),
    )
    sheet.append([text("ingest.template.title", language,
                       dataset=text(f"data_desk.dataset.{form.name}.title", language),
                       region=region.areas.name_of(region.ref_area))])  # fmt: skip
    for rule in rules:
        sheet.append([rule])
    sheet["A1"].font = Font(bold=True)
    sheet.column_dimensions["A"].width = 110


def _write_codes(sheet: Worksheet, region: Region, form: DatasetForm) -> None:
    """Codes and names that may be used: areas, sites, commodities, measures."""
    sheet.append(["Jenis", "Kode", "Nama"])
    own = [region.ref_area, *region.areas.children_of(region.ref_area)]
    rows = [("Wilayah", code, region.areas.name_of(code)) for code in own]
    items = region.tables["commodities"]
    chosen = items[items["group"].isin(form.groups)]
    rows += [("Destinasi", code, region.places.labels[code]) for code in region.place_areas
             if form.place]  # fmt: skip
    if form.programmes and "programmes" in region.tables:
        own = region.tables["programmes"]
        rows += [("Program", *pair) for pair in zip(own["item"], own["name_id"], strict=True)]
    rows += [("Komoditas", *pair) for pair in zip(chosen["item"], chosen["name_id"], strict=True)]
    named = region.tables["indicators"].set_index("indicator")["name_id"]
    rows += [("Besaran", code, str(named[code])) for code in form.indicators]
    for row in rows:
        sheet.append(row)
    for letter, width in (("A", 14), ("B", 26), ("C", 50)):
        sheet.column_dimensions[letter].width = width
        sheet[f"{letter}1"].font = Font(bold=True)
    sheet.freeze_panes = "A2"
