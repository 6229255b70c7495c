"""The map draws every area, and what is taken away opens: in a browser, on the real server."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from PIL import Image
from playwright.sync_api import FrameLocator, Page, expect

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
