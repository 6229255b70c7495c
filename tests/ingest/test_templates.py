"""A template comes back in once it is filled; a marked copy shows where the faults are."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from analytics.ingest.annotated import annotated_copy
from analytics.ingest.checking import CheckReport, check_file
from analytics.ingest.datasets import dataset_form, dataset_forms
from analytics.ingest.form_headings import headings
from analytics.ingest.region import Region, region_of_pack
from analytics.ingest.templates import CODES_SHEET, DATA_SHEET, template_workbook
from analytics.pack.reader import read_pack
from analytics.settings import PROJECT_ROOT
from tests.ingest.writers import as_csv, as_xlsx, saved

TITLE = ["Luas Panen Padi Menurut Kecamatan, 2023"]
HEAD = ["Kecamatan", "Luas Panen (ha)"]


def filled(region: Region, dataset: str) -> tuple[bytes, list[float]]:
    """The template with a figure in every cell that asks for one, and the figures."""
    book = load_workbook(io.BytesIO(template_workbook(region, dataset, language="id")))
    sheet = book[DATA_SHEET]
    measures = len(dataset_form(dataset).template_indicators)
    first = sheet.max_column - measures
    if dataset_form(dataset).asks_unit:  # where the pack does not know how a programme is measured
        for row in range(2, sheet.max_row + 1):
            unit = sheet.cell(row=row, column=first - 1)
            unit.value = unit.value or "persen"
    chance = random.Random(7)
    figures = []
    for column in range(first, first + measures):
        for row in range(2, sheet.max_row + 1):
            figures.append(float(chance.randint(1, 28)))
            sheet.cell(row=row, column=column, value=figures[-1])
    return saved(book), figures


@pytest.mark.parametrize("dataset", sorted(dataset_forms()))
def test_a_filled_template_comes_back_in(
    check: Callable[..., CheckReport], region: Region, dataset: str
) -> None:
    content, figures = filled(region, dataset)
    report = check(content, dataset)
    assert report.rows["obs_value"].tolist() == figures
    hard = {"area_unknown", "item_unknown", "period_unreadable", "unit_missing", "place_unknown"}
    assert not hard & set(report.findings["kind"])
    assert set(report.rows["indicator"]) == set(dataset_form(dataset).template_indicators)
    if dataset_form(dataset).programmes:
        table = region.tables["programmes"]
        assert set(report.rows["item"]) == set(table.loc[table["dimension"] != "all", "item"])


def test_a_template_is_written_by_the_command_line(store, run_analytics, tmp_path) -> None:
    path = tmp_path / "padi.xlsx"
    done = run_analytics("template", "agriculture", "--region", "blitar", "--output", str(path),
                         store=store)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert DATA_SHEET in load_workbook(path).sheetnames
    unknown = run_analytics("template", "padi", "--output", str(path), store=store)
    assert (unknown.returncode, "agriculture" in unknown.stderr) == (2, True)


@pytest.mark.parametrize("dataset", sorted(dataset_forms()))
def test_a_template_names_the_regions_own_areas_and_codes(region: Region, dataset: str) -> None:
    book = load_workbook(io.BytesIO(template_workbook(region, dataset, language="en")))
    cells = [str(cell.value) for row in book[CODES_SHEET].iter_rows() for cell in row]
    assert {"35.05", "Kabupaten Blitar", "35.05.22", "Selopuro"} <= set(cells)
    assert set(dataset_form(dataset).indicators) <= set(cells)
    assert [cell.value for cell in book[DATA_SHEET][1]] == headings(region, dataset_form(dataset))


def test_another_regency_gets_its_own_templates() -> None:
    pack = read_pack(PROJECT_ROOT / "data" / "contoh")
    region = region_of_pack(pack, today=date(2026, 11, 24))
    for dataset in ("agriculture", "visits", "planting", "hotel_survey"):
        content, figures = filled(region, dataset)
        report = check_file("isian.xlsx", content, region=region, dataset=dataset)
        assert report.rows["obs_value"].tolist() == figures
        assert set(report.rows["ref_area"].str.slice(0, 2)) == {"99"}


def test_an_empty_template_brings_nothing(
    region: Region, check: Callable[..., CheckReport]
) -> None:
    from analytics.ingest.findings import FileRefused

    with pytest.raises(FileRefused) as caught:
        check(template_workbook(region, "agriculture", language="id"), "agriculture")
    assert caught.value.kind == "no_values"


def marked(sheet: Worksheet) -> dict[str, str]:
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row
            if cell.comment}  # fmt: skip


def test_the_marked_copy_shows_each_fault_at_its_cell(check: Callable[..., CheckReport]) -> None:
    content = as_xlsx(("Padi", [TITLE, HEAD, ["Bakung", 12], ["Dokoo", -5]]))
    report = check(content, "agriculture", name="padi.xlsx")
    book = load_workbook(io.BytesIO(annotated_copy(report, content, language="id")))
    comments = marked(book["Padi"])
    assert set(comments) == {"A4"}
    assert "Maksudnya Doko (35.05.18)" in comments["A4"]
    assert book["Padi"]["A4"].fill.fgColor.rgb == "00F8C9C4"
    assert book["Padi"]["B3"].value == 12
    assert book["Temuan"]["D2"].value == report.listed()[0].words("id")


def test_the_marked_copy_of_a_text_file_guards_formulas(check: Callable[..., CheckReport]) -> None:
    content = as_csv([TITLE, HEAD, ["Bakung", "=1+1"], ["=HYPERLINK(9)", "5"], ["Doko", "7"]])
    report = check(content, "agriculture")
    book = load_workbook(io.BytesIO(annotated_copy(report, content, language="en")))
    sheet = book.worksheets[0]
    assert {"B3", "A4"} <= set(marked(sheet))
    for cell in ("B3", "A4"):
        assert sheet[cell].data_type == "s" and sheet[cell].quotePrefix


def test_a_row_that_only_names_its_area_is_understood(check: Callable[..., CheckReport]) -> None:
    head = ["Kode wilayah", "Wilayah", "Komoditas", "Tahun", "Produksi (ton)"]
    report = check(
        as_csv([head, ["35.05.01", "", "Padi", "2024", "9"], ["", "Bakung", "Padi", "2024", "8"],
                ["", "Bakungg", "Padi", "2024", "7"]]),
        "agriculture",
    )  # fmt: skip
    assert report.rows["ref_area"].tolist()[:2] == ["35.05.01", "35.05.05"]
    assert report.rows["is_refused"].tolist() == [False, False, True]
    first = report.listed()[0]
    assert (first.kind, first.row, first.column) == ("area_unknown", 4, "B")
