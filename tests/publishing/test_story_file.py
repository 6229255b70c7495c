"""The story as a file: one page without addresses, every word escaped, numbers as in the tables."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from functools import cache

import pytest
from lxml import html

from analytics.publishing.drawings import inline_svg
from analytics.publishing.story.scenes import LETTERS, scenes_of
from analytics.publishing.story.writer import briefing_html
from tests.figures.drawn_figures import EVIL
from tests.publishing.drawn_briefing import BAND, COVER, FIGURES, GRID, drawn_briefing

pytestmark = pytest.mark.thorough

ARMS = b"\x89PNG\r\n\x1a\n"


@cache
def page(language: str = "id") -> str:
    briefing = drawn_briefing(language=language, band=BAND, frozen=True)
    cover = replace(COVER, coat_of_arms=ARMS)
    return briefing_html(replace(briefing, cover=cover)).decode("utf-8")


@cache
def tree(language: str = "id") -> html.HtmlElement:
    return html.fromstring(page(language))


def test_page_says_its_language_and_forbids_every_request() -> None:
    for language in ("id", "en"):
        assert tree(language).get("lang") == language
    policy = tree().xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')[0]
    assert policy.startswith("default-src 'none'; ")
    for tag in ("script", "style"):
        (content,) = [e.text for e in tree().iter(tag)]
        digest = base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_no_attribute_names_another_place_runs_or_styles() -> None:
    for element in tree().iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on"), element.tag
            assert name != "style", element.tag
            if name.rpartition(":")[2] in ("href", "src"):
                assert value.startswith(("#", "data:")), value
    assert "@import" not in page()
    assert set(re.findall(r"url\(([a-z]+:)", page())) == {"data:"}


def test_script_in_a_name_is_text() -> None:
    assert EVIL not in page()
    assert tree().xpath("//h1")[0].text_content() == COVER.title
    assert len(tree().xpath("//script")) == 1


def test_every_figure_has_its_words_and_its_whole_table() -> None:
    for name, exhibit in zip(FIGURES, drawn_briefing().exhibits, strict=True):
        (slide,) = tree().xpath(f'//section[@data-figure="{exhibit.number}"]')
        pictures = slide.xpath('.//div[@role="img"]')
        assert len(pictures) == (0 if name in ("table", "empty") else 2)  # light and dark
        assert {picture.get("aria-label") for picture in pictures} <= {exhibit.alt_text}
        words = exhibit.figure.table("id").words()
        rows = [[str(cell) for cell in row] for row in words.itertuples(index=False)]
        shown = [[cell.text_content() for cell in row] for row in slide.xpath(".//tbody/tr")]
        assert shown == rows
        assert exhibit.source in slide.xpath("./footer")[0].text_content()


def test_band_edition_and_page_stand_on_every_slide() -> None:
    slides = tree().xpath("//section")
    for number, slide in enumerate(slides, 1):
        assert slide.xpath('./p[@class="band"]')[0].text == BAND
        foot = slide.xpath("./footer")[0].text_content()
        assert COVER.edition in foot
        assert f"{number} / {len(slides)}" in foot


def test_snapshot_stands_on_the_cover_and_same_briefing_gives_same_bytes() -> None:
    cover = tree().xpath("//section")[0].text_content()
    assert "k3f9" in cover
    assert "https://contoh.go.id/cuplikan/k3f9" in cover
    briefing = drawn_briefing(band=BAND, frozen=True)
    again = briefing_html(replace(briefing, cover=replace(COVER, coat_of_arms=ARMS)))
    assert again.decode("utf-8") == page()


def test_names_of_parts_of_drawings_are_each_used_once() -> None:
    names = tree().xpath("//@id")
    assert len(names) == len(set(names))


def test_long_table_and_long_text_go_on_on_further_slides() -> None:
    briefing = drawn_briefing()
    scenes = scenes_of(briefing, {e.number: {} for e in briefing.exhibits})
    grids = [scene for scene in scenes if scene.kind == "grid"]
    assert [row for scene in grids for row in scene.table.rows] == list(GRID.rows)
    assert [scene.heading for scene in grids] == [f"Anggaran ({n} dari 3)" for n in (1, 2, 3)]
    texts = [scene for scene in scenes if scene.kind == "text"]
    assert all(sum(b.letters for b in scene.blocks) <= LETTERS for scene in texts)


def test_drawing_inside_a_page_keeps_nothing_that_runs_or_loads() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'width="9" height="9" viewBox="0 0 9 9" onload="x()"><style>*{}</style>'
        '<clipPath id="c"/><script>x()</script><image xlink:href="https://e.org/a.png"/>'
        '<path style="fill: url(#c); stroke: red" clip-path="url(#c)"/>'
        '<use xlink:href="#c"/><use xlink:href="https://e.org/#c"/></svg>'
    )
    kept = inline_svg(svg, prefix="k-")
    for word in ("onload", "script", "style", "image", "e.org", "width="):
        assert word not in kept
    assert 'id="k-c"' in kept
    assert 'fill="url(#k-c)" stroke="red"' in kept
    assert 'href="#k-c"' in kept
