"""A reader's browser against the real server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request

from tests.server.running import RunningServer

SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
PATIENCE_MS = 30_000


@dataclass
class Watch:
    """What a page asked for and complained about."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture
def watch(page: Page) -> Watch:
    """Collects addresses and console errors of `page` from now on."""
    seen = Watch()

    def note_request(request: Request) -> None:
        seen.requests.append(request.url)

    def note_message(message: ConsoleMessage) -> None:
        if message.type == "error":
            seen.errors.append(f"{message.text} ({message.location.get('url', '')})")

    page.on("request", note_request)
    page.on("websocket", lambda socket: seen.requests.append(socket.url))
    page.on("console", note_message)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    return seen


@pytest.fixture
def visit(page: Page, app_server: RunningServer) -> Callable[[str], Page]:
    """`visit("/harga-komoditas?lang=en")` opens an address and waits until the page is drawn."""
    page.set_default_timeout(PATIENCE_MS)

    def go(path: str) -> Page:
        page.goto(f"{app_server.address}{path}")
        settle(page)
        return page

    return go


def settle(page: Page) -> None:
    """Waits until the app's run has ended and nothing is a skeleton any more."""
    page.locator(SETTLED).wait_for()
    page.locator('[data-testid="stSkeleton"]').first.wait_for(state="detached")
