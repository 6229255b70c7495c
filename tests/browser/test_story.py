"""A story opened from a stick, with the network cut: keys, presenter's window, question sheets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from analytics.publishing.story.writer import briefing_html
from tests.browser.conftest import PATIENCE_MS, Watch, settle
from tests.figures.drawn_figures import EVIL
from tests.publishing.drawn_briefing import BAND, FIGURES, drawn_briefing

NOW = ".slide.now"
ANSWER = "Gabah kering giling."
TOLERANCE_PX = 2


@pytest.fixture(scope="module")
def story_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The drawn story of a training region, as a file."""
    file = tmp_path_factory.mktemp("story") / "paparan.html"
    file.write_bytes(briefing_html(drawn_briefing(band=BAND)))
    return file


@pytest.fixture
def story(page: Page, watch: Watch, story_file: Path) -> Page:
    """The story on a wide screen; a dialogue that a script opened would fail the test."""
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.context.set_offline(True)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(story_file.as_uri())
    return page


def figure_shown(page: Page) -> str:
    return page.locator(NOW).get_attribute("data-figure") or ""


def place(page: Page) -> str:
    return page.locator(NOW).get_attribute("id") or ""


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_keys_lead_through_all_slides_and_no_request_leaves(story: Page, watch: Watch) -> None:
    slides = story.locator(".slide").count()
    assert place(story) == "s1"
    for key in ("ArrowRight", "Space", "PageDown", "ArrowDown"):
        press(story, key)
    assert place(story) == "s5"
    press(story, "ArrowLeft", "PageUp", "Shift+Space")
    assert place(story) == "s2"
    press(story, "End", "ArrowRight")
    assert place(story) == f"s{slides}"
    press(story, "Home")
    assert place(story) == "s1"
    press(story, "6", "Enter")
    assert figure_shown(story) == "6"
    assert [address for address in watch.requests if not address.startswith("file:")] == []
    assert watch.errors == []


def test_every_slide_fits_its_page_with_long_titles_and_the_band(story: Page) -> None:
    for number in range(story.locator(".slide").count()):
        overflow = story.locator(NOW).evaluate(
            """slide => [slide, ...slide.querySelectorAll('.body, .beside-words, .cover-words')]
                .map(part => part.scrollHeight - part.clientHeight)"""
        )
        assert max(overflow) <= TOLERANCE_PX, f"slide {number + 1}"
        expect(story.locator(f"{NOW} .band")).to_have_text(BAND)
        press(story, "ArrowRight")


def test_key_q_opens_the_question_sheet_of_the_figure(story: Page) -> None:
    press(story, "1", "Enter", "q")
    sheet = story.locator("dialog#sheet")
    expect(sheet).to_contain_text(ANSWER)
    expect(sheet).to_contain_text(EVIL)
    press(story, "q")
    expect(sheet).to_be_hidden()
    press(story, "2", "q")
    expect(sheet).not_to_contain_text(ANSWER)
    sheet.locator("select").select_option("1")
    expect(sheet).to_contain_text(ANSWER)
    press(story, "Escape")
    assert figure_shown(story) == "1"


def test_presenters_window_follows_and_leads(story: Page) -> None:
    press(story, "1", "Enter")
    with story.context.expect_page() as opened:
        press(story, "p")
    presenter = opened.value
    assert presenter.url.startswith("file:")
    expect(presenter.locator("#speaker-notes")).to_contain_text("Buka dengan angka terbaru.")
    expect(presenter.locator("#speaker-questions")).to_contain_text(ANSWER)
    expect(presenter.locator("#next-figure")).to_contain_text("2.")
    expect(presenter.locator(".slide.next")).to_have_attribute("data-figure", "2")
    expect(presenter.locator("#elapsed")).to_have_text("0:00:00")
    press(presenter, "ArrowRight")
    expect(story.locator(NOW)).to_have_attribute("data-figure", "2")
    press(story, "End")
    expect(presenter.locator(NOW)).to_have_attribute("id", place(story))


def test_table_stands_behind_each_picture_and_overview_chooses(story: Page) -> None:
    for number in range(1, len(FIGURES) + 1):
        press(story, str(number), "Enter", "t")
        expect(story.locator(f"{NOW} table")).to_be_visible()
        press(story, "t")
    press(story, "o")
    expect(story.locator("#s2")).to_be_visible()
    story.locator("#s2").focus()
    press(story, "Enter")
    assert place(story) == "s2"


def test_a_telephone_held_upright_reads_a_document(
    page: Page, watch: Watch, story_file: Path
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(story_file.as_uri())
    assert page.locator("html").get_attribute("class") == "read"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator('[data-do="show"]').click()
    assert place(page) == "s1"
    assert watch.errors == []


def test_story_opens_from_the_app(visit: Callable[[str], Page]) -> None:
    page = visit("/paparan?lang=id&region=contoh")
    page.get_by_role("button", name="Pakai", exact=True).click()
    expect(page.get_by_text("Gambar 1.").first).to_be_visible(timeout=PATIENCE_MS)
    settle(page)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Buka cerita").click()
    story = opened.value
    expect(story.locator(NOW)).to_be_visible(timeout=PATIENCE_MS)
    assert story.locator(".slide[data-figure]").count() >= 12
    expect(story.locator(NOW)).to_contain_text("DATA LATIHAN")
