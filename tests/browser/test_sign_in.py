"""Signing in as a person does it: one-time password, new password, reload, sign-out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE_MS, settle
from tests.server.running import RunningServer, start_server
from tests.store import Store

SECRET = "padi menguning di sawah"


@pytest.fixture
def own_server(copy_of_store: Store, tmp_path: Path) -> Iterator[RunningServer]:
    with start_server(environ=copy_of_store.environ, log=tmp_path / "log.txt") as server:
        yield server


@pytest.fixture
def one_time(copy_of_store: Store, run_analytics: Callable[..., Any]) -> str:
    """The one-time password of the administrator `siti`."""
    done = run_analytics("user", "add", "siti", "--role", "admin", "--lang", "en",
                         "--display-name", "Siti A", store=copy_of_store)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return re.findall(r"One-time password: (\w+)", done.stdout)[0]


def open_at(page: Page, server: RunningServer, path: str) -> None:
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{server.address}{path}")
    settle(page)


def send(page: Page, password: str, name: str = "siti") -> None:
    page.get_by_label("Account name").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_test_id("stFormSubmitButton").get_by_role("button").click()


def test_a_sign_in_survives_a_reload_and_ends_with_the_sign_out(
    page: Page, own_server: RunningServer, one_time: str
) -> None:
    open_at(page, own_server, "/masuk?lang=en")
    send(page, "not this one")
    expect(page.get_by_text("Account name or password is wrong")).to_be_visible()
    send(page, one_time)
    page.get_by_label("New password", exact=True).fill(SECRET)
    page.get_by_label("New password once more").fill(SECRET)
    page.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    title = page.get_by_role("heading", name="You are signed in as Siti A")
    expect(title).to_be_visible()
    page.reload()
    expect(title).to_be_visible()
    (cookie,) = [one for one in page.context.cookies() if one["name"] == "sejahtera_session"]
    assert cookie["httpOnly"] and cookie["sameSite"] == "Lax"
    open_at(page, own_server, "/orang-jejak?lang=en")
    expect(page.get_by_role("heading", name="People & audit")).to_be_visible()
    expect(page.get_by_text("sign-in failed").first).to_be_visible()
    open_at(page, own_server, "/masuk?lang=en")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Account name")).to_be_visible()
    page.context.add_cookies([cookie])  # a copy of the cookie is worth nothing any more
    page.reload()
    expect(page.get_by_label("Account name")).to_be_visible()
