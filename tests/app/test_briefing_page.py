"""The page Paparan: an outline taken up and put in order, figures of other pages, snapshots."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from analytics.briefing import arrange
from analytics.briefing.draft import DraftPart, read_outline
from analytics.briefing.office import Office
from analytics.briefing.snapshot import document_of, freeze
from analytics.editions.store import open_store
from analytics.figures.recipe import Recipe
from pages.hearing import stories
from pages.hearing.order_list import names_in
from tests.app.opening import OFFICER
from tests.briefing.conftest import NOW
from tests.store import Store

OUTLINE = "smart-city"


def words(app: Any) -> str:
    return " ".join([each.value for each in (*app.markdown, *app.caption, *app.info, *app.warning)])


def press(app: Any, label: str) -> Any:
    next(button for button in app.button if button.label == label).click()
    return app.run()


def listed(app: Any) -> list[dict[str, Any]]:
    """The rows the page gives the list of the order."""
    (mine,) = [one for one in app.get("bidi_component") if "order_list" in one.proto.component_name]
    rows: list[dict[str, Any]] = json.loads(mine.proto.json)["rows"]
    return rows


def test_an_outline_is_taken_up_and_its_order_is_listed(open_page: Callable[..., Any]) -> None:
    app = open_page("briefing", region="blitar")
    assert "Belum ada isi" in words(app)
    app.selectbox(key="briefing_outline").set_value(OUTLINE)
    app.run()
    app = press(app, "Pakai")
    assert not app.exception
    before = app.session_state["briefing_blitar"]
    assert before.name == OUTLINE
    assert "**Gambar 1.**" in words(app)
    rows = listed(app)
    headings = [row["name"] for row in rows if row["isSection"]]
    assert len(headings) == len(before.sections)
    assert {row["kind"] for row in rows} >= {"", "Gambar 1", "belum terisi"}


def test_regions_have_briefings_of_their_own(open_page: Callable[..., Any]) -> None:
    app = open_page("briefing", region="contoh")
    assert "briefing_contoh" in app.session_state
    assert "briefing_blitar" not in app.session_state


def test_a_figure_with_a_recipe_enters_at_the_end() -> None:
    recipe = Recipe("tourism/totals")
    draft = read_outline("kosong").with_figure(recipe).with_figure(recipe)
    assert draft.recipes == (recipe, recipe)


def test_parts_are_removed_and_changed() -> None:
    draft = arrange.with_new_section(arrange.with_new_section(read_outline("kosong")))
    for section, kind in ((0, "text"), (0, "list"), (1, "budget")):
        draft = arrange.with_new_part(draft, section, kind)
    kinds = lambda d: [[part.kind for part in s.parts] for s in d.sections]  # noqa: E731
    assert kinds(arrange.without_part(draft, (0, 0))) == [["list"], ["budget"]]
    assert arrange.with_part(draft, (1, 0), kind="list").sections[1].parts == (DraftPart("list"),)


def test_what_a_browser_sends_as_an_order_is_not_trusted() -> None:
    assert names_in(["a", 7, "x" * 900]) == ("a", "7", "x" * 64)
    assert names_in("abc") == names_in(None) == names_in({"order": ["a"]}) == ()


@pytest.mark.thorough
def test_a_snapshot_opens_read_only_with_its_banner(
    open_page: Callable[..., Any], copy_of_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEJAHTERA_HOME", str(copy_of_store.home))
    office = Office(open_store(copy_of_store.settings, "blitar"))
    draft = replace(read_outline("kosong")).with_figure(Recipe("tourism/totals"))
    kept = freeze(office, draft, edition=None, language="id", created_by="Siti", now=NOW,
                  suffixes=("html",))  # fmt: skip
    app = open_page("briefing", region="blitar", snapshot=kept.snapshot_id)
    assert not app.exception
    asked: list[str] = []
    monkeypatch.setattr(
        "pages.hearing.frozen.chart_spec", lambda *_, language, **__: asked.append(language)
    )
    assert not open_page(
        "briefing", region="blitar", snapshot=kept.snapshot_id, lang="en"
    ).exception
    assert set(asked) == {"id"}  # pictures speak the language of the frozen words
    (story,) = app.get("link_button")
    assert story.proto.url == f"/frozen-story/blitar/{kept.snapshot_id}"
    assert stories.frozen_story_page("blitar", kept.snapshot_id).startswith(b"<!doctype html>")
    assert "Siti" in words(app)
    assert "tidak ada angkanya yang direvisi" in words(app)
    assert not [b for b in app.button if b.label in ("Ubah", "Buang")]


@pytest.mark.thorough
def test_a_frozen_map_is_drawn_from_the_edition_of_its_snapshot(
    open_page: Callable[..., Any], copy_of_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEJAHTERA_HOME", str(copy_of_store.home))
    office = Office(open_store(copy_of_store.settings, "blitar"))
    outline = read_outline("lkpj-pertanian")
    of_map = next(one for one in outline.recipes if one.maker == "agriculture/map")
    kept = freeze(office, read_outline("kosong").with_figure(of_map), edition=None, language="id",
                  created_by="Siti", now=NOW, suffixes=("xlsx",))  # fmt: skip
    drawn_from = []
    monkeypatch.setattr(
        "pages.hearing.frozen.run_job",
        lambda _job, *, drawing, **_: drawn_from.append(drawing) or {"wide": b"<svg/>"},
    )
    app = open_page("briefing", region="blitar", snapshot=kept.snapshot_id)
    assert not app.exception
    (picture,) = [
        one.proto.body for one in app.get("html") if 'class="frozen-map' in one.proto.body
    ]
    assert 'alt="Peta: ' in picture
    assert b64encode(b"<svg/>").decode() in picture
    (exhibit,) = document_of(office, kept).exhibits
    assert exhibit.drawing is not None
    assert drawn_from[0].layer == exhibit.drawing.layer
    assert drawn_from[0].boundary.codes == exhibit.drawing.boundary.codes
    assert [one.label for one in app.expander if one.label == "Tabel peta ini"]


def test_an_unknown_snapshot_is_said(open_page: Callable[..., Any]) -> None:
    app = open_page("briefing", region="blitar", snapshot="<script>")
    assert not app.exception
    assert "Tidak ada salinan beku" in words(app)


@pytest.mark.thorough
def test_only_signed_in_people_keep_briefings(
    open_page: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page("briefing", region="blitar", lang="id")
    app = press(app, "Pakai")
    assert "briefing_save" not in {one.key for one in app.button}
    monkeypatch.setattr("pages.ui.access.who_is_asking", lambda: OFFICER)
    app.run()
    assert "briefing_save" in {one.key for one in app.button}


def test_addresses_of_stories_are_kept_for_the_newest() -> None:
    asked = stories.Asked(most=2)
    first = asked.keep({"draft": "a", "edition": 1})
    assert asked.keep({"edition": 1, "draft": "a"}) == first
    assert asked.find(first) == {"draft": "a", "edition": 1}
    second, third = (asked.keep({"draft": draft, "edition": 1}) for draft in "bc")
    assert len({first, second, third}) == 3
    with pytest.raises(stories.NoStory):
        asked.find(first)
    assert asked.find(second)["draft"] == "b"
