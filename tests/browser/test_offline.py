"""Nothing on any page leaves the machine."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from pages.ui.navigation import PAGES, PageEntry
from tests.browser.conftest import Watch, settle

LOCAL_SCHEMES = {"data", "blob", "about"}
# Streamlit's page looks for its server beside the page's own address first; the 404 is its answer.
LOOKING_FOR_THE_SERVER = ("/_stcore/health", "/_stcore/host-config")


def leaves_the_machine(address: str) -> bool:
    """Whether an address is anything but this machine's."""
    parts = urlsplit(address)
    return parts.scheme not in LOCAL_SCHEMES and parts.hostname != "127.0.0.1"


def is_a_fault(error: str) -> bool:
    """Whether a console error is ours: not Streamlit's search for its server."""
    return not ("404" in error and error.rstrip(")").endswith(LOOKING_FOR_THE_SERVER))


OPEN_TO_ALL = [page for page in PAGES if page.right is None]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("entry", OPEN_TO_ALL, ids=lambda entry: entry.name)
def test_page_asks_nothing_of_the_outside(
    entry: PageEntry, language: str, visit: Callable[[str], Page], watch: Watch
) -> None:
    path = "/" if entry.is_start else f"/{entry.address}"
    page = visit(f"{path}?lang={language}")
    page.wait_for_load_state("networkidle")
    settle(page)
    assert [address for address in watch.requests if leaves_the_machine(address)] == []
    assert [error for error in watch.errors if is_a_fault(error)] == []
    assert page.locator(".st-key-failure").count() == 0
    assert page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize(
    "address",
    ["https://fonts.example.org/a.css", "//cdn.example.org/x.js", "ws://10.0.0.1/stream"],
)
def test_foreign_address_is_seen_as_one(address: str) -> None:
    assert leaves_the_machine(address)


def test_a_request_to_the_outside_would_be_noticed(
    visit: Callable[[str], Page], watch: Watch
) -> None:
    page = visit("/")
    page.evaluate("fetch('https://cdn.example.org/leaflet.js').catch(() => null)")
    assert any(leaves_the_machine(address) for address in watch.requests) or any(
        "cdn.example.org" in error for error in watch.errors
    )


def test_font_is_our_own(visit: Callable[[str], Page]) -> None:
    page = visit("/")
    assert page.evaluate(
        "document.fonts.ready.then(() => document.fonts.check('16px \"Plus Jakarta Sans\"'))"
    )


def test_pages_that_do_not_fit_into_the_bar_stand_behind_a_word_of_ours(
    visit: Callable[[str], Page],
) -> None:
    page = visit("/?lang=id")
    page.set_viewport_size({"width": 800, "height": 600})
    rest = page.locator(".rc-overflow-item-rest button")
    rest.wait_for()
    assert rest.inner_text() == ""
    word = (
        "getComputedStyle(e.querySelector('[data-testid=stMarkdownContainer]'), '::after').content"
    )
    assert page.evaluate(f"e => {word}", rest.element_handle()) == '"Lainnya"'
    assert page.get_by_role("navigation", name="Halaman aplikasi").count() == 1
