"""The map draws every area, and what is taken away opens: in a browser, on the real server."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import openpyxl
import pandas as pd
import pytest
from PIL import Image
from playwright.sync_api import FrameLocator, Page, WebSocketRoute, expect

from tests.browser.conftest import PATIENCE_MS, settle

PICTURE_WIDTH = 1080
MAP_PAGE = "/peta-pertanian?lang=en&level={level}"
FILES_OF_THE_MAP = ".st-key-files_agriculture_map"


def drawn_map(page: Page) -> FrameLocator:
    """The frame of the map on the page."""
    return page.frame_locator('iframe[title="streamlit_folium.st_folium"]')


def take_away(page: Page, words: str, *, files: str) -> tuple[str, bytes]:
    """Name and content of the file behind one button of a row of files."""
    with page.expect_download(timeout=PATIENCE_MS) as started:
        page.locator(files).get_by_role("button", name=words, exact=True).click()
    return started.value.suggested_filename, Path(started.value.path()).read_bytes()


# The city of Blitar is an area of its own in the middle of the kecamatan, with no value there.
@pytest.mark.parametrize(("level", "areas"), [("kabupaten", 38), ("kecamatan", 22 + 1)])
def test_map_draws_every_area(level: str, areas: int, visit: Callable[[str], Page]) -> None:
    page = visit(MAP_PAGE.format(level=level))
    expect(drawn_map(page).locator("path.leaflet-interactive")).to_have_count(areas)


def test_files_of_the_map_open(visit: Callable[[str], Page]) -> None:
    page = visit(MAP_PAGE.format(level="kabupaten"))
    settle(page)
    files = {words: take_away(page, words, files=FILES_OF_THE_MAP) for words in
             ("CSV", "XLSX", "GeoJSON", "Picture")}  # fmt: skip
    assert len(pd.read_csv(io.BytesIO(files["CSV"][1]))) == 38
    assert len(openpyxl.load_workbook(io.BytesIO(files["XLSX"][1])).sheetnames) == 2
    assert len(json.loads(files["GeoJSON"][1])["features"]) == 38
    assert Image.open(io.BytesIO(files["Picture"][1])).width == PICTURE_WIDTH
    assert all(name.startswith("blitar_") for name, _ in files.values())


def test_picture_of_a_chart_opens(visit: Callable[[str], Page]) -> None:
    page = visit("/harga-komoditas?lang=en")
    button = page.get_by_role("button", name="Picture", exact=True).first
    with page.expect_download(timeout=PATIENCE_MS) as started:
        button.click()
    assert Image.open(started.value.path()).width == PICTURE_WIDTH


FILLS = "paths => paths.map(path => path.getAttribute('fill')).join()"


def fills_of(page: Page) -> str:
    return str(drawn_map(page).locator("path.leaflet-interactive").evaluate_all(FILLS))


@pytest.mark.parametrize(
    ("language", "period", "item", "maize"),
    [("id", "Periode", "Komoditas atau topik", "Jagung"),
     ("en", "Period", "Commodity or topic", "Maize")],
)  # fmt: skip
def test_the_page_follows_what_was_painted_ahead(
    language: str, period: str, item: str, maize: str, visit: Callable[[str], Page]
) -> None:
    page = visit(f"/peta-pertanian?lang={language}&level=kabupaten&item=padi&period=2023")
    words = drawn_map(page).locator(".area-map")
    expect(words).to_have_attribute("aria-label", re.compile("2023"))
    page.get_by_role("slider", name=period).press("ArrowLeft")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2022")
    page.get_by_role("combobox", name=item).click()
    page.get_by_role("option", name=maize, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(maize.lower())
    expect(words).to_have_attribute("aria-label", re.compile(maize, re.IGNORECASE))
    settle(page)
    painted = fills_of(page)
    again = visit(page.url.removeprefix(app_of(page)))
    expect(words).to_have_attribute("aria-label", re.compile(maize, re.IGNORECASE))
    assert fills_of(again) == painted


def app_of(page: Page) -> str:
    parts = urlsplit(page.url)
    return f"{parts.scheme}://{parts.netloc}"


# Every painting of the map as its words and its colours, taken down when it is complete.
TAKE_DOWN = f"""box => {{
  const paths = () => Array.from(box.querySelectorAll("path.leaflet-interactive"));
  const look = () => [box.getAttribute("aria-label"), ({FILLS})(paths())];
  window.paintings = [look()];
  const watcher = new MutationObserver(() => window.paintings.push(look()));
  watcher.observe(box, {{ attributeFilter: ["data-painted"] }});
}}"""
IS_TAKEN_BACK = """([chosen, answered]) => {
  const words = window.paintings.map(painting => painting[0]);
  return words.some(one => one.includes(chosen)) && words.at(-1).includes(answered);
}"""


def test_a_choice_is_painted_while_the_page_does_not_answer(
    page: Page, visit: Callable[[str], Page]
) -> None:
    is_silent = False

    def pass_on(browser_side: WebSocketRoute) -> None:
        server_side = browser_side.connect_to_server()
        server_side.on_message(lambda words: None if is_silent else browser_side.send(words))

    page.route_web_socket(re.compile("_stcore/stream"), pass_on)
    visit("/peta-pertanian?lang=id&level=kabupaten&item=padi&period=2023")
    words = drawn_map(page).locator(".area-map")
    expect(words).to_have_attribute("aria-label", re.compile("2023"))
    frame = page.frame(url=re.compile("st_folium"))
    assert frame is not None
    words.evaluate(TAKE_DOWN)
    is_silent = True
    page.get_by_role("slider", name="Periode").press("ArrowLeft")
    frame.wait_for_function(IS_TAKEN_BACK, arg=["padi 2022", "padi 2023"], timeout=PATIENCE_MS)
    expect(page.get_by_role("heading", level=1)).to_contain_text("2023")
    before, *_, ahead, taken_back = frame.evaluate("() => window.paintings")
    assert "padi 2022" in ahead[0] and ahead[1] != before[1]
    # What the page never confirms is taken back: picture and words say the same again.
    assert taken_back == before
