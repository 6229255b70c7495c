"""The agriculture map: both languages and regions, what is missing, senseless addresses."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, urlsplit

import pytest

from analytics.agriculture.measures import measures
from pages.agriculture.ahead import colours_ahead
from tests.store import Store


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


# What the browser paints before the page answers is what the page answers.


def sent_to_the_map(page):
    """The colours that the page sent last, and where it says that the other views are."""
    (script,) = [element.proto.json_args for element in page.get("component_instance")][:1]
    words = json.loads(script)["feature_group"]
    return json.loads(words[words.index("areaMap.paint(") + len("areaMap.paint(") :].split(");")[0])


def told(store: Store, message, name, **choice):
    """The view at the address told for a filter, once the browser has added the choice."""
    places = {dict(parse_qsl(urlsplit(found).query))["of"]: found for _, found in message["ahead"]}
    address = urlsplit(places[name])
    _, folder, region, number, file = address.path.split("/")
    edition = store.edition(region)
    assert (folder, number) == ("map-colours", str(edition.stamp.number))
    asked = dict(parse_qsl(address.query, keep_blank_values=True))
    return colours_ahead(edition, file.removesuffix(".json"), {**asked, **choice})


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("item", ["jagung", "durian"])
def test_a_commodity_is_painted_ahead_as_the_page_will_paint_it(open_page, store, language, item):
    now = {"lang": language, "level": "kabupaten", "indicator": "yield", "period": "2019"}
    before = sent_to_the_map(opened(open_page, **now, item="padi", labels="values"))
    names = {found.item: found.item_name.in_language(language)
             for found in measures(store.edition("blitar"), level="kabupaten")}  # fmt: skip
    after = json.loads(json.dumps(told(store, before, "item", words=names[item])))
    assert after == sent_to_the_map(opened(open_page, **now, item=item, labels="values"))
    assert names[item].lower() in after["words"]["map"].lower()


def test_a_period_is_painted_ahead_as_the_page_will_paint_it(open_page, store):
    page = opened(open_page, same="1", classes="4", area="35.05")
    before = sent_to_the_map(page)
    page.select_slider(key="filter_period").set_value("2019").run()
    after = json.loads(json.dumps(told(store, before, "period", step="2")))
    assert after == sent_to_the_map(page)
    assert "2019" in after["words"]["map"]


def test_a_comparison_waits_for_the_page(open_page):
    page = opened(open_page, compare="1", before="2023", period="2024")
    assert "ahead" not in sent_to_the_map(page)
