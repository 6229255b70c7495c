"""The board and the page that sets it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from analytics.overview.board import SCENES
from tests.store import Store


def words_of(app: Any) -> str:
    return " ".join(str(element.proto.body) for element in app.get("html"))


@pytest.mark.parametrize(("region", "language"), [("blitar", "id"), ("contoh", "en")])
def test_board_shows_every_scene_and_its_duties(
    region: str, language: str, open_page: Callable[..., Any]
) -> None:
    app = open_page("board", region=region, lang=language)
    assert not app.exception
    words = words_of(app)
    assert words.count("<section class='board-scene") == len(SCENES)
    assert words.count("<div class='board-duties'>") == len(SCENES)
    assert ("DATA LATIHAN" in words) == (region == "contoh")
    assert "board-pulse" in words


@pytest.fixture
def own_page(
    copy_of_store: Store, open_page: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """Like `open_page`, over a store that may be changed."""
    for name, value in copy_of_store.environ.items():
        monkeypatch.setenv(name, value)
    return open_page


@pytest.mark.thorough
@pytest.mark.usefixtures("as_officer")
def test_a_saved_plan_is_what_the_board_shows(own_page: Callable[..., Any]) -> None:
    app = own_page("board_settings", lang="id")
    app.multiselect(key="board_chosen").set_value(["feeds", "prices"]).run()
    app.text_input(key="board_what_feeds").set_value("Rapat <b>data</b>")
    app.text_input(key="board_owner_feeds").set_value("Diskominfo")
    app.text_input(key="board_sender_visits").set_value("Disparbud")
    app.button(key="board_save").click().run()
    assert [success.value for success in app.success]
    assert "Siti" in words_of(app)
    board = own_page("board", lang="id")
    words = words_of(board)
    assert words.count("<section class='board-scene") == 2
    assert words.index("scene-feeds") < words.index("scene-prices")
    assert "Rapat &lt;b&gt;data&lt;/b&gt;" in words and "Diskominfo" in words


def test_the_public_cannot_set_the_board(own_page: Callable[..., Any]) -> None:
    app = own_page("board_settings", lang="id")
    assert not app.multiselect and not app.button
    assert "Mengatur papan adalah hak petugas" in " ".join(one.value for one in app.info)


@pytest.mark.thorough
@pytest.mark.usefixtures("as_officer")
def test_a_plan_without_a_scene_is_not_saved(own_page: Callable[..., Any]) -> None:
    app = own_page("board_settings", lang="id")
    app.multiselect(key="board_chosen").set_value([]).run()
    app.button(key="board_save").click().run()
    assert [error.value for error in app.error] == ["Pilih paling sedikit satu adegan."]
    assert "Papan belum pernah diatur" in " ".join(one.value for one in app.markdown)
