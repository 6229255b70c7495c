"""The first request to a restarted server, by a deep link, goes through `streamlit_app.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.ui.navigation import PAGES, PageEntry
from tests.server.running import start_server
from tests.server.session import open_session
from tests.store import Store

FRAME = "frame_brand"
DEEP = [page for page in PAGES if not page.is_start]


@pytest.mark.parametrize("page", DEEP[:2], ids=lambda page: page.address)
def test_first_request_of_a_new_server_gets_frame_and_page(
    page: PageEntry, store: Store, tmp_path: Path
) -> None:
    with (
        start_server(environ=store.environ, log=tmp_path / "log.txt") as server,
        open_session(server.address) as session,
    ):
        messages = session.run(page=page.address, query={"lang": "en"})
    navigation = next(message.navigation for message in messages if message.HasField("navigation"))
    shown = {entry.page_script_hash: entry.url_pathname for entry in navigation.app_pages}
    assert shown[navigation.page_script_hash] == page.address
    assert not any(message.HasField("page_not_found") for message in messages)
    assert FRAME in session.texts()


def test_name_of_a_file_below_pages_is_no_address(store: Store, tmp_path: Path) -> None:
    with (
        start_server(environ=store.environ, log=tmp_path / "log.txt") as server,
        open_session(server.address) as session,
    ):
        messages = session.run(page="ui")
    assert any(message.HasField("page_not_found") for message in messages)
    assert FRAME in session.texts()
