"""Sign-in by an OpenID Connect provider: npm's oidc-provider on the loopback."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from analytics.people.audit import Act, Wanted, entries
from analytics.people.database import open_people
from analytics.settings import PROJECT_ROOT
from tests.browser.conftest import PATIENCE_MS, settle
from tests.conftest import _missing
from tests.server.running import RunningServer, free_port, start_server
from tests.store import Store

PROVIDER = PROJECT_ROOT / "tests" / "oidc"
# oidc-provider refuses the `prompt=select_account` that Streamlit sends unless told otherwise.
SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "a secret of this test alone, long enough"
client_id = "sejahtera"
client_secret = "for-tests-only"
server_metadata_url = "http://127.0.0.1:{port}/.well-known/openid-configuration"
client_kwargs = {{ prompt = "login" }}
"""


@pytest.fixture
def server(copy_of_store: Store, tmp_path: Path) -> Iterator[RunningServer]:
    """The app beside a provider; the group `pemeriksa` makes a verifier."""
    if shutil.which("node") is None or not (PROVIDER / "node_modules").is_dir():
        _missing("oidc-provider: install nodejs and npm, then `npm ci --prefix tests/oidc`")
    port = free_port()
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(SECRETS.format(port=port), encoding="utf-8")
    config = tmp_path / "sejahtera.toml"
    usual = (PROJECT_ROOT / "sejahtera.toml").read_text(encoding="utf-8")
    config.write_text(f'{usual}pemeriksa = "verifier"\n', encoding="utf-8")
    environ = {**copy_of_store.environ, "SEJAHTERA_CONFIG": str(config)}
    options = ("--secrets.files", str(secrets))
    with start_server(environ=environ, log=tmp_path / "log.txt", options=options) as started:
        command = ["node", "provider.js", str(port), f"{started.address}/oauth2callback"]
        with subprocess.Popen(command, cwd=PROVIDER, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None and "ready" in process.stdout.readline()
            yield started
            process.terminate()


def sign_in(page: Page, server: RunningServer, name: str) -> None:
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{server.address}/masuk?lang=en")
    settle(page)
    page.get_by_role("button", name="Sign in with the office's account").click()
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill("any")
    page.locator("button[type=submit]").click()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"{server.address}/**")
    page.goto(f"{server.address}/masuk?lang=en")
    settle(page)


def test_a_named_group_gives_its_role_and_survives_a_reload(
    page: Page, server: RunningServer, copy_of_store: Store
) -> None:
    sign_in(page, server, "pemeriksa")
    title = page.get_by_role("heading", name="You are signed in as Test pemeriksa")
    expect(title).to_be_visible()
    expect(page.get_by_text("role verifier")).to_be_visible()
    page.reload()
    expect(title).to_be_visible()
    log = entries(open_people(copy_of_store.settings), Wanted(what=Act.SIGNED_IN))
    assert log.at[0, "who"] == "pemeriksa@example.org"
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda address: "/masuk" not in address)


def test_a_group_without_a_role_stays_the_public(page: Page, server: RunningServer) -> None:
    sign_in(page, server, "tamu")
    expect(page.get_by_role("button", name="Sign in with the office's account")).to_be_visible()
    expect(page.get_by_text("has no role here")).to_be_visible()
