"""Analysis and profile pages: both regions and languages, gaps, senseless addresses, the form."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from analytics.editions.store import open_store
from analytics.jobs.render import run_job
from analytics.ledger.two_figure_reasons import Quantity, Reason, add_reason, reasons_of
from analytics.settings import load_settings
from pages.agriculture.analysis_choices import SECTIONS
from tests.app.opening import OFFICER, open_in_process

RICE = Quantity("35.05", "padi", "production")
FIGURES = {
    "specialisation": "LQ padi 2025", "shifts": "Shift-share padi", "klassen": "Klassen padi",
    "progress": "Produksi padi 2025", "clusters": "Produktivitas padi, 2025",
    "balance": "Neraca beras 2025",
}  # fmt: skip


def opened(open_page, name="analysis", **address):
    page = open_page(name, **address)
    assert not page.exception
    return page


def words(page):
    parts = (*page.title, *page.markdown, *page.info, *page.caption)
    return " ".join(element.value for element in parts).replace("\\", "")


@pytest.mark.parametrize("section", FIGURES)
def test_every_analysis_is_visible_in_the_training_region(open_page, section):
    page = opened(open_page, region="contoh", level="kecamatan", analysis=section)
    assert f"## {FIGURES[section]}" in words(page)


def test_two_figures_of_the_training_region(open_page):
    told = words(opened(open_page, region="contoh", analysis="two_figures"))
    assert "punya dua angka" in told and "Belum ada alasan tertulis" in told


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("language", ["id", "en"])
def test_real_sections_open_and_gaps_have_a_reason(open_page, section, language):
    page = opened(open_page, lang=language, level="kecamatan", analysis=section)
    assert len(words(page)) > 100


def test_one_area_shows_its_commodities(open_page):
    page = opened(open_page, region="contoh", level="kecamatan", by="area", area="99.01.02")
    assert "komoditas ber-LQ di atas 1" in words(page)
    assert page.query_params["area"] in ("99.01.02", ["99.01.02"])


def test_missing_consumption_is_told_not_guessed(open_page):
    told = words(opened(open_page, analysis="balance", level="kabupaten", year="2023"))
    assert "belum ditemukan angka bersumber" in told


def test_a_month_can_be_put_on_the_map(open_page):
    page = opened(open_page, region="contoh", level="kecamatan", analysis="balance",
                  year="2024", month="12")  # fmt: skip
    assert "Neraca beras Desember 2024" in words(page)


@pytest.mark.parametrize(
    "address",
    [
        {"analysis": "<script>", "level": "desa", "span": "2030..1990", "by": "x"},
        {"analysis": "progress", "item": "' or 1=1", "aspect": "magic", "span": "a..b"},
        {"analysis": "balance", "year": "-1", "month": "13"},
        {"analysis": "two_figures", "quantity": "x.y", "area": "99"},
    ],
)
def test_an_address_that_makes_no_sense_shows_the_usual_view(open_page, address):
    opened(open_page, **address)
    opened(open_page, region="contoh", **address)


@pytest.mark.parametrize("region", ["blitar", "contoh"])
@pytest.mark.parametrize("about", ["area", "item"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_profiles_open_in_both_regions_and_languages(open_page, region, about, language):
    page = opened(open_page, "profile", region=region, about=about, lang=language)
    assert page.title[0].value


def test_a_kecamatan_without_output_says_why_its_profile_is_short(open_page):
    page = opened(open_page, "profile", area="35.05.01")
    assert "tidak ada yang dibagi rata" in words(page)


# The reasons of two figures


def test_the_public_reads_reasons_and_has_no_form(open_page):
    page = opened(open_page, analysis="two_figures")
    assert "ditulis oleh petugas yang masuk" in words(page)
    assert not page.text_area


def test_an_officer_writes_a_reason_that_keeps_name_and_date(copy_of_store, monkeypatch, tmp_path):
    for name, value in copy_of_store.environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("pages.ui.access.who_is_asking", lambda: OFFICER)
    page = open_in_process("analysis", analysis="two_figures")
    page.text_area[0].set_value("Luas *tambah* tanam <b>ikut</b> dihitung.")
    page.button[-1].click()
    page.run()
    assert not page.exception
    assert "Luas *tambah* tanam <b>ikut</b> dihitung." in words(page)
    assert "Ditulis Siti" in words(page)
    store = open_store(load_settings(environ=copy_of_store.environ), "blitar")
    with store.engine.connect() as connection:
        (kept,) = reasons_of(connection, RICE)["2018"]
    assert (kept.written_by, kept.edition) == (OFFICER.signature, store.newest_number())


def test_an_empty_reason_is_not_kept(copy_of_store, monkeypatch):
    for name, value in copy_of_store.environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("pages.ui.access.who_is_asking", lambda: OFFICER)
    page = open_in_process("analysis", analysis="two_figures")
    page.button[-1].click()
    page.run()
    assert [error.value for error in page.error] == ["Tulis alasannya dahulu."]


def test_the_page_to_print_holds_figures_and_reasons(blitar_figure):
    from analytics.publishing.two_figures_sheet import sheet_of

    written = {"2023": [Reason("2023", "Kata *siapa* #saja", "Siti",
                               datetime(2026, 11, 24, tzinfo=UTC), 1)]}  # fmt: skip
    sheet = sheet_of(blitar_figure, reasons=written, language="id", context="c", address="a")
    cells = [cell for row in sheet.rows for cell in row]
    assert {"224.179", "380.688", "240.224", "375.490"} <= set(cells)
    assert [reason.by for reason in sheet.reasons] == ["", "Ditulis Siti, 24 November 2026."]
    made = run_job("analytics.publishing.two_figures_sheet:draw_sheet", sheet=sheet)
    assert made.startswith(b"%PDF") and len(made) > 5_000


@pytest.fixture
def blitar_figure(store):
    from analytics.agriculture.figures import two_figures_figure

    return two_figures_figure(
        store.edition("blitar"), level="kabupaten", item="padi", indicator="production",
        area="35.05",
    )  # fmt: skip


def test_reasons_of_another_quantity_stay_apart(copy_of_store):
    store = open_store(load_settings(environ=copy_of_store.environ), "blitar")
    reason = Reason("2018", "x", "Siti", datetime(2026, 11, 24, tzinfo=UTC), 1)
    with store.engine.begin() as connection:
        add_reason(connection, Quantity("35.05", "padi", "harvested_area"), reason)
        assert reasons_of(connection, RICE) == {}


def test_an_area_stands_beside_its_neighbours_in_a_year_that_they_have_too(open_page):
    page = opened(open_page, "profile", region="contoh", about="area", lang="id")
    titles = words(page)
    assert "peringkat" in titles
    assert "dari 1 wilayah yang berbatasan" not in titles
