"""WCAG 2.2 AA on every page: axe-core finds nothing serious outside Streamlit's own elements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page

from analytics.settings import PROJECT_ROOT
from pages.ui.navigation import PAGES
from tests.browser.conftest import PATIENCE_MS, settle
from tests.conftest import _missing
from tests.server.running import RunningServer

AXE = PROJECT_ROOT / "tests" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")
# Findings on elements that are Streamlit's own and cannot be mended here: rule and a piece of the
# element. The list may only shrink: an entry that is not found any more fails the test.
# The list of pages on a telephone holds its sections as headings between the entries.
STREAMLITS_OWN: frozenset[tuple[str, str]] = frozenset(
    {("list", "stSidebarNavItems"), ("listitem", "e1o1t1hb4")}
)
LOOK = """() => axe.run(document, {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'],
}).then((found) => found.violations.flatMap((rule) => rule.nodes.map((node) => ({
  rule: rule.id, impact: rule.impact, element: node.html.slice(0, 300) }))))"""
# What a page shows beside its first view.
VIEWS = (
    "peta-pertanian?level=kabupaten&compare=1",
    "analisis?analysis=specialisation&level=kecamatan",
    "analisis?analysis=two_figures",
    "profil?about=item",
    "harga-komoditas?view=forecast",
    "harga-komoditas?view=lebaran",
    "harga-komoditas?view=list",
    "peringatan?part=history",
    "peringatan?part=ratio",
    "peringatan?part=rules",
    "pariwisata?section=season&unverified=1",
    "pariwisata?section=map",
    "pariwisata?section=brand",
)
# As high as the longest page: axe judges no contrast of what is scrolled out of sight.
SIZES = {"wide": (1440, 9_000), "telephone": (360, 20_000)}
FIRST_VIEWS = tuple("" if page.is_start else page.address for page in PAGES)


@pytest.fixture(scope="module")
def axe() -> str:
    """The script that looks; skips where npm has not brought it."""
    if not AXE.is_file():
        _missing("axe-core: install npm, then `npm ci --prefix tests/axe`")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture
def open_in(browser: Browser, app_server: RunningServer) -> Callable[..., Page]:
    """`open_in("dark")` gives a page of that theme, without the rules that let no script in."""

    def make(theme: str, *, size: str = "wide") -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            base_url=app_server.address, color_scheme=theme, bypass_csp=True,
            viewport={"width": width, "height": height},
        )  # fmt: skip
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        return page

    return make


def findings(page: Page, axe: str, *, path: str, **choices: str) -> list[dict[str, str]]:
    """What axe says of a page and of the frames in it."""
    query = "&".join(f"{name}={value}" for name, value in choices.items())
    page.goto(f"/{path}{'&' if '?' in path else '?'}{query}")
    settle(page)
    return [{**one, "path": path} for frame in page.frames for one in look(frame, axe)]


def look(frame: Frame, axe: str) -> Iterable[dict[str, str]]:
    frame.evaluate(axe)
    return frame.evaluate(LOOK)


def grave_ones(found: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    return [one for one in found if one["impact"] in GRAVE and not owned(one)]


def owned(one: Mapping[str, str]) -> tuple[str, str] | None:
    """The entry of the list that a finding is excused by."""
    entries = (entry for entry in STREAMLITS_OWN if entry[0] == one["rule"])
    return next((entry for entry in entries if entry[1] in one["element"]), None)


def look_at_all(page: Page, axe: str, paths: Iterable[str], **choices: str) -> list[dict[str, str]]:
    return [one for path in paths for one in findings(page, axe, path=path, **choices)]


def test_no_grave_finding_on_any_page(open_in: Callable[..., Page], axe: str) -> None:
    found = look_at_all(open_in("light"), axe, FIRST_VIEWS, lang="id", region="blitar")
    assert grave_ones(found) == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("theme", "size", "paths"),
    [
        ("dark", "wide", FIRST_VIEWS),
        ("light", "wide", VIEWS),
        ("dark", "wide", VIEWS),
        ("light", "telephone", (*FIRST_VIEWS, *VIEWS)),
    ],
    ids=["dark", "views", "views-dark", "telephone"],
)
def test_no_grave_finding_in_other_views(
    theme: str, size: str, paths: tuple[str, ...], open_in: Callable[..., Page], axe: str
) -> None:
    found = look_at_all(open_in(theme, size=size), axe, paths, lang="en", region="contoh")
    left = {(one["rule"], one["element"][:200], one["path"]) for one in grave_ones(found)}
    assert left == set()
    if size == "telephone":
        excused = {owned(one) for one in found if owned(one)}
        assert STREAMLITS_OWN - excused == set(), "No longer found: take it off the list."


IN_ORDER = """() => axe.run(document, { runOnly: ['heading-order'] })
  .then((found) => found.violations.flatMap((rule) => rule.nodes.map((node) => node.html)))"""
WITH_HEADINGS = (
    "peta-pertanian?level=kecamatan&profile=1", "peta-pertanian?level=kabupaten&compare=1",
    "paparan?",
)  # fmt: skip


@pytest.mark.thorough
@pytest.mark.parametrize("path", WITH_HEADINGS)
def test_headings_follow_each_other_without_a_gap(
    path: str, open_in: Callable[..., Page], axe: str
) -> None:
    page = open_in("light")
    page.goto(f"/{path}&lang=id&region=contoh")
    settle(page)
    if path.startswith("paparan"):
        page.get_by_role("button", name="Pakai", exact=True).click()
        page.get_by_role("listbox", name="Urutan").wait_for()
        settle(page)
    page.evaluate(axe)
    assert page.evaluate(IN_ORDER) == []


BARRIERS = """() => { document.querySelector(
  '[data-testid=stMainBlockContainer] [data-testid=stVerticalBlock]'
  ).insertAdjacentHTML('beforeend',
  "<p style='color:#999;background:#aaa'>too pale to be read</p><img src='x.png'>"
  + "<button></button>"); }"""


def test_barriers_would_be_seen(open_in: Callable[..., Page], axe: str) -> None:
    page = open_in("light")
    assert grave_ones(findings(page, axe, path="papan-atur", lang="id")) == []
    page.evaluate(BARRIERS)
    rules = {one["rule"] for one in grave_ones(look(page.main_frame, axe))}
    assert {"color-contrast", "image-alt", "button-name"} <= rules


def test_words_for_paper_are_all_there(open_in: Callable[..., Page]) -> None:
    """Printed, a page hides what is pressed and nothing is cut at a window's height."""
    page = open_in("light")
    page.goto("/harga-komoditas?lang=id&region=contoh")
    settle(page)
    page.emulate_media(media="print")
    shown: Callable[[str], Any] = lambda name: page.get_by_test_id(name).first.is_visible()  # noqa: E731
    assert not shown("stHeader")
    assert not page.locator("[class*='st-key-files_']").first.is_visible()
    fields = page.get_by_test_id("stMain").locator(
        '[data-testid="stButtonGroup"], [data-testid="stSelectbox"], [data-testid="stCheckbox"]'
    )
    assert fields.count() > 0
    assert not any(field.is_visible() for field in fields.all())
    assert page.locator("h1").first.is_visible()
    assert page.locator(".st-key-training_band").is_visible()
    page.set_viewport_size({"width": 1440, "height": 900})
    main = page.get_by_test_id("stMain")
    assert main.evaluate("(e) => e.scrollHeight <= e.clientHeight + 1")


def test_areas_of_the_map_are_reached_by_keys(open_in: Callable[..., Page]) -> None:
    """One stop of the tab key, arrows from area to area, and the focus is seen."""
    page = open_in("light")
    page.goto("/peta-pertanian?lang=id&region=blitar&level=kecamatan")
    settle(page)
    frame = page.frame_locator('iframe[title="streamlit_folium.st_folium"]')
    frame.locator("path[data-code]").first.wait_for()
    label = page.locator('iframe[title="streamlit_folium.st_folium"]').get_attribute("aria-label")
    assert label == frame.locator(".leaflet-container").get_attribute("aria-label")
    assert label
    stop = frame.locator("path[data-code][tabindex='0']")
    assert stop.count() == 1
    first = stop.get_attribute("data-code")
    page.evaluate("document.body.tabIndex = -1; document.body.focus()")
    stop.press("ArrowRight")
    focused = frame.locator("path[data-code]:focus-visible")
    assert focused.get_attribute("data-code") != first
    assert focused.evaluate("(e) => parseFloat(getComputedStyle(e).strokeWidth)") >= 3
    assert focused.get_attribute("aria-label")
    assert frame.locator("html").get_attribute("lang") == "id"
