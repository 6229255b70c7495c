"""The board on a screen: size of its words, nothing cut, keys, a server that comes back, memory."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, WebSocketRoute, expect

from analytics.editions.store import open_store
from analytics.ledger.board import BoardPlan, SceneChoice, keep_plan
from analytics.overview.board import SCENES
from tests.browser.conftest import PATIENCE_MS
from tests.server import running
from tests.server.running import RunningServer, start_server
from tests.store import Store

SMALLEST_SHARE = 1 / 36
SCREENS = ((1920, 1080), (1280, 720))
# Height of every word that is seen as a share of the screen's; what is cut off; what scrolls.
MEASURE = """() => {
  const seen = [...document.querySelectorAll('.stApp *')].filter((e) => e.checkVisibility({
    opacityProperty: true, visibilityProperty: true }) && e.getClientRects().length);
  const own = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
  const sizes = seen.filter(own).map((e) => [
    parseFloat(getComputedStyle(e).fontSize) / innerHeight, e.textContent.trim().slice(0, 40)]);
  document.querySelectorAll('.board-picture img').forEach((e) => {
    if (!e.checkVisibility()) return;
    const shown = Math.min(e.clientHeight, e.clientWidth * e.naturalHeight / e.naturalWidth);
    sizes.push([Number(e.dataset.letter) * shown / innerHeight, 'numbers on the map']);
  });
  const cut = seen.filter((e) => e.closest('.board-scene') && !e.matches('.board-origin, h1, li')
    && (e.scrollHeight > e.clientHeight + 2 || e.scrollWidth > e.clientWidth + 2)
    && ['board-body', 'board-scene', 'board-stale'].some((name) => e.classList.contains(name)))
    .map((e) => `${e.className}: ${e.scrollHeight - e.clientHeight}`);
  const bars = seen.filter((e) => /auto|scroll/.test(getComputedStyle(e).overflowY)
    && e.scrollHeight > e.clientHeight).map((e) => e.className || e.tagName);
  const root = document.documentElement;
  if (root.scrollHeight > innerHeight || root.scrollWidth > innerWidth) bars.push('page');
  return { sizes, cut, bars, cursor: getComputedStyle(document.body).cursor,
    scenes: seen.filter((e) => e.matches('.board-scene')).length };
}"""


@pytest.fixture
def board(page: Page, app_server: RunningServer) -> Callable[..., Page]:
    """`board(region="contoh")` opens the board and holds it still on its first scene."""
    page.set_default_timeout(PATIENCE_MS)

    def go(address: str = app_server.address, **choices: str) -> Page:
        query = "&".join(f"{name}={value}" for name, value in choices.items())
        page.goto(f"{address}/papan?{query}")
        is_turning = re.compile(r"\d")
        expect(page.locator("html")).to_have_attribute(
            "data-board-scene", is_turning, timeout=PATIENCE_MS
        )
        page.keyboard.press("Space")
        return page

    return go


@pytest.mark.parametrize("region", ["blitar", "contoh"])
def test_words_are_read_at_five_metres_and_nothing_is_cut(
    region: str, board: Callable[..., Page]
) -> None:
    page = board(region=region, lang="id")
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        for _ in SCENES:
            found = page.evaluate(MEASURE)
            small = [words for share, words in found["sizes"] if share < SMALLEST_SHARE - 1e-4]
            assert small == []
            assert (found["cut"], found["bars"], found["scenes"]) == ([], [], 1)
            assert found["cursor"] == "none"
            page.keyboard.press("ArrowRight")
    assert page.locator(".board-band").count() == (region == "contoh")


def test_keys_step_pause_and_leave(board: Callable[..., Page]) -> None:
    page = board(lang="en")
    root = page.locator("html")
    expect(page.locator(".board-paused")).to_have_text("PAUSED")
    expect(page.locator(".board-clock")).to_have_text(re.compile(r"\d\d:\d\d WIB$"))
    expect(root).to_have_attribute("data-board-scene", "0")
    page.keyboard.press("ArrowLeft")
    expect(root).to_have_attribute("data-board-scene", str(len(SCENES) - 1))
    expect(page.locator(".scene-feeds")).to_be_visible()
    page.keyboard.press("Space")
    expect(page.locator(".board-paused")).to_be_empty()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stHeader")).to_be_visible()


def set_plan(store: Store, *, refresh_seconds: int, seconds: int = 5) -> None:
    """All scenes, turned and asked for as fast as is permitted."""
    plan = BoardPlan(
        scenes=tuple(SceneChoice(name, seconds) for name in SCENES),
        refresh_seconds=refresh_seconds,
    )
    settings = store.settings
    engine = open_store(settings, settings.default_region).engine
    with engine.begin() as connection:
        keep_plan(connection, plan, who="Uji", at=datetime.now(UTC))


def test_board_tells_of_a_server_that_is_gone_and_goes_on_with_the_next(
    copy_of_store: Store,
    tmp_path: Path,
    board: Callable[..., Page],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The second server stands at the first one's address, as after a restart."""
    set_plan(copy_of_store, refresh_seconds=1)
    port = running.free_port()
    monkeypatch.setattr(running, "free_port", lambda: port)
    start: dict[str, Any] = {"environ": copy_of_store.environ, "log": tmp_path / "log.txt"}
    with start_server(**start) as server:
        page = board(server.address, lang="en")
        pulse = page.locator(".board-pulse")
        first = pulse.get_attribute("data-start")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".board-lost")).to_contain_text("cannot be reached", timeout=PATIENCE_MS)
    expect(page.locator(".scene-prices")).to_be_visible()
    with start_server(**start):
        expect(pulse).not_to_have_attribute("data-start", str(first), timeout=PATIENCE_MS)
        expect(page.locator(".board-lost")).to_be_empty()
        expect(
            page.locator(".scene-warnings, .scene-prices").locator("visible=true")
        ).to_have_count(1)


@pytest.mark.thorough
def test_board_outlives_a_line_that_is_cut_and_comes_back(
    copy_of_store: Store, tmp_path: Path, board: Callable[..., Page], page: Page
) -> None:
    """The server lives on, but nothing comes through: neither figures nor an answer."""
    set_plan(copy_of_store, refresh_seconds=1)
    is_cut = False

    def carry(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        socket.on_message(lambda message: None if is_cut else server.send(message))
        server.on_message(lambda message: None if is_cut else socket.send(message))

    page.route_web_socket(re.compile("/stream$"), carry)
    with start_server(environ=copy_of_store.environ, log=tmp_path / "log.txt") as server:
        board(server.address, lang="en")
        first = page.locator(".board-pulse").get_attribute("data-start")
        page.evaluate("window.isThePageOfBefore = true")
        is_cut = True
        page.context.set_offline(True)
        expect(page.locator("html")).to_have_attribute(
            "data-board-lost", "true", timeout=PATIENCE_MS
        )
        expect(page.locator(".board-lost")).to_contain_text("cannot be reached")
        page.keyboard.press("ArrowRight")
        expect(page.locator(".scene-prices")).to_be_visible()
        assert page.locator('[role="dialog"]:visible').count() == 0
        assert page.evaluate("window.isThePageOfBefore") is True
        is_cut = False
        page.context.set_offline(False)
        expect(page.locator("html")).to_have_attribute(
            "data-board-lost", "false", timeout=PATIENCE_MS
        )
        expect(page.locator(".board-lost")).to_be_empty()
        expect(page.locator(".board-pulse")).to_have_attribute("data-start", str(first))


BEATS = 240  # refreshes; a day of the usual plan has 1,440
WARM_UP = 60
MOST_GROWTH_BROWSER = 1.10
MOST_GROWTH_SERVER_MB = 8


@pytest.mark.long
def test_memory_does_not_grow(
    copy_of_store: Store, tmp_path: Path, board: Callable[..., Page]
) -> None:
    """A day of the board, scaled: 240 refreshes at one a second, the scenes turning all the time.

    The usual plan asks once a minute, so this is four hours of its refreshes in four minutes.
    After 60 of them (caches are filled, code is compiled) the browser's heap after a collection,
    its number of DOM nodes and listeners, and the server's resident memory are noted, and again
    at the end. Growth in proportion to refreshes would show in all of them: the nodes may not
    grow at all, the heap by a tenth, the server by 8 MB. For a whole day set BEATS to 86,400 / 60
    (a minute apart) and run the test alone.
    """
    set_plan(copy_of_store, refresh_seconds=1)
    with start_server(environ=copy_of_store.environ, log=tmp_path / "log.txt") as server:
        page = board(server.address, lang="id")
        page.keyboard.press("Space")
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")
        wait_for_beats(page, WARM_UP)
        before = taken(session, server)
        wait_for_beats(page, BEATS - WARM_UP)
        after = taken(session, server)
    assert after["Nodes"] <= before["Nodes"] * 1.02, (before, after)
    assert after["JSEventListeners"] <= before["JSEventListeners"] * 1.02, (before, after)
    assert after["JSHeapUsedSize"] <= before["JSHeapUsedSize"] * MOST_GROWTH_BROWSER, (
        before,
        after,
    )
    assert after["server_mb"] <= before["server_mb"] + MOST_GROWTH_SERVER_MB, (before, after)


def wait_for_beats(page: Page, count: int) -> None:
    """Until the figures have been asked for `count` times."""
    page.evaluate(
        """(count) => new Promise((resolve) => {
          let seen = '', left = count;
          const timer = setInterval(() => {
            const at = document.querySelector('.board-pulse').dataset.at;
            if (at !== seen) { seen = at; left -= 1; }
            if (left < 0) { clearInterval(timer); resolve(); }
          }, 200);
        })""",
        count,
    )


def taken(session: CDPSession, server: RunningServer) -> dict[str, float]:
    """Memory of the page after a collection, and of the server in MB."""
    for _ in range(2):
        session.send("HeapProfiler.collectGarbage")
    metrics = {
        one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]
    }
    status = Path(f"/proc/{server.process.pid}/status")
    resident = 0.0
    with suppress(OSError):
        resident = float(re.findall(r"VmRSS:\s+(\d+)", status.read_text())[0]) / 1024
    wanted = ("Nodes", "JSEventListeners", "JSHeapUsedSize")
    return {**{name: metrics[name] for name in wanted}, "server_mb": resident}
