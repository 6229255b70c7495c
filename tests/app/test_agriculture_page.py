"""The agriculture map: both languages and regions, what is missing, senseless addresses."""

from __future__ import annotations

import pytest


def opened(open_page, **address):
    page = open_page("agriculture", **address)
    assert not page.exception
    return page


def words(page):
    return " ".join(element.value for element in (*page.title, *page.markdown, *page.info))


@pytest.mark.parametrize(
    ("language", "title"),
    [("id", "Produksi padi 2024: Kabupaten Lamongan"), ("en", "Production of paddy, 2024")],
)
def test_it_opens_on_rice_in_the_province(open_page, language, title):
    page = opened(open_page, lang=language)
    assert page.title[0].value.startswith(title)
    assert page.query_params["item"] == "padi"
    assert page.query_params["period"] == "2024"


@pytest.mark.parametrize("level", ["kabupaten", "kecamatan"])
def test_the_training_region_has_output_on_both_levels(open_page, level):
    page = opened(open_page, region="contoh", level=level)
    assert page.title[0].value.startswith("Produksi padi 2025")


def test_kecamatan_without_output_say_why_and_what_to_do(open_page):
    page = opened(open_page, level="kecamatan", item="padi", indicator="production")
    assert "belum ada data untuk 22 kecamatan" in page.title[0].value
    assert "tidak dibagi" in words(page)


def test_both_figures_for_rice_stand_on_the_page(open_page):
    told = words(opened(open_page)).replace("\\", "")
    assert "380.688 t" in told and "375.490 t" in told and "240.224 t" in told


def test_two_periods_are_compared(open_page):
    page = opened(open_page, compare="1", before="2023", period="2024")
    assert page.title[0].value.startswith("Produksi padi 2023 ke 2024")


def test_a_view_is_restored_from_the_address(open_page):
    page = opened(open_page, level="kecamatan", item="telur_ayam_ras", period="2024-05",
                  area="35.05.06", labels="values")  # fmt: skip
    assert "Mei 2024" in page.title[0].value
    assert page.query_params["labels"] == "values"
    assert "Profil Ponggok" in [heading.value for heading in page.header]


@pytest.mark.parametrize(
    "address",
    [
        {"level": "desa"},
        {"item": "<script>", "indicator": "' or 1=1", "period": "2999", "area": "99"},
        {"classes": "900", "method": "magic", "labels": "x", "compare": "maybe"},
        {"method": "manual", "breaks": "5; 1; x"},
    ],
)
def test_an_address_that_makes_no_sense_shows_the_usual_map(open_page, address):
    assert opened(open_page, **address).title[0].value.startswith("Produksi padi 2024")
