"""Slides: numbers as in the frame, nothing outside or over another, packages that open."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from pptx import Presentation
from pptx.util import Inches

from analytics.briefing.model import Briefing, Cover, Exhibit, Gap, Listing, Passage, Section
from analytics.figures.figure import Figure, Kind
from analytics.figures.recipe import Recipe
from analytics.publishing.plot import plot_of
from analytics.publishing.slides import HEIGHT_IN, WIDTH_IN, briefing_pptx
from tests.figures.drawn_charts import figure_of

pytestmark = pytest.mark.thorough

TODAY = date(2026, 11, 24)
EVIL = "<script>alert(1)</script> & 'kutip' \"ganda\" \x07"
LONG = "Produktivitas padi sawah irigasi teknis pada musim tanam kedua " * 6
DECK: dict[tuple[str, str], tuple[Briefing, bytes]] = {}
TOUCHING = Inches(0.02)


@pytest.fixture(scope="session")
def lkpj_deck(lkpj: Callable[[str, str], Briefing]) -> Callable[[str, str], Any]:
    def build(region: str, language: str) -> tuple[Briefing, bytes]:
        if (region, language) not in DECK:
            briefing = lkpj(region, language)
            DECK[region, language] = (briefing, briefing_pptx(briefing))
        return DECK[region, language]

    return build


def opened(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def charts_of(deck: Any) -> Iterator[tuple[str, Any]]:
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart:
                yield shape.name, shape.chart


def test_every_chart_holds_the_numbers_of_the_frame(lkpj_deck: Callable[..., Any]) -> None:
    briefing, content = lkpj_deck("blitar", "id")
    charts = dict(charts_of(opened(content)))
    drawn = [e for e in briefing.exhibits if plot_of(e.figure, language="id") is not None]
    assert len(drawn) == len(charts) >= 10
    for exhibit in drawn:
        chart = charts[f"figure {exhibit.number}"]
        told = sorted(
            value
            for series in drawn_in(chart)
            for value in series.values
            if value is not None and series.name not in references(exhibit)
        )
        frame = exhibit.figure.frame
        bands = [c for c in ("low_80", "high_80", "low_95", "high_95") if c in frame]
        known = [frame["obs_value"].dropna(), *(frame[c].dropna() for c in bands)]
        assert told == sorted(float(value) for column in known for value in column)


def drawn_in(chart: Any) -> Any:
    """Series with numbers of the export; the areas of a fan's bands lie in a chart before them."""
    return chart.plots[len(chart.plots) - 1].series


def references(exhibit: Exhibit) -> set[str]:
    return {line.label.id for line in exhibit.figure.references}


def test_the_workbook_of_a_chart_holds_what_the_chart_shows(lkpj_deck: Callable[..., Any]) -> None:
    import openpyxl

    _, content = lkpj_deck("blitar", "id")
    _, chart = next(charts_of(opened(content)))
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    cells = list(book.active.iter_rows(min_row=2, values_only=True))
    for at, series in enumerate(chart.plots[0].series, start=1):
        assert [row[at] for row in cells] == list(series.values)


def test_whole_numbers_bring_their_own_points_and_no_decimal_is_left_to_the_viewer(
    lkpj_deck: Callable[..., Any],
) -> None:
    _, content = lkpj_deck("blitar", "id")
    for _, chart in charts_of(opened(content)):
        axis = chart.value_axis
        is_shown = axis.tick_label_position is not None and axis.tick_label_position != -4142
        if is_shown:
            assert axis.tick_labels.number_format == (r"[>=1000000]#\.###\.###;[>=1000]#\.###;0")
            step = axis.major_unit
            assert float(step).is_integer()


@pytest.mark.parametrize("region", ["blitar", "contoh"])
def test_nothing_leaves_a_slide_and_no_words_lie_on_others(
    lkpj_deck: Callable[..., Any], region: str
) -> None:
    _, content = lkpj_deck(region, "id")
    check_layout(opened(content))


def check_layout(deck: Any) -> None:
    for number, slide in enumerate(deck.slides, start=1):
        boxes = [(s.name, s.left, s.top, s.left + s.width, s.top + s.height) for s in slide.shapes]
        for name, left, top, right, bottom in boxes:
            place = f"slide {number}, {name}"
            assert left >= 0, place
            assert top >= 0, place
            assert right <= Inches(WIDTH_IN) + TOUCHING, place
            assert bottom <= Inches(HEIGHT_IN) + TOUCHING, place
        for at, one in enumerate(boxes):
            for other in boxes[at + 1 :]:
                assert not overlap(one, other), f"slide {number}: {one[0]} and {other[0]}"


def overlap(one: tuple, other: tuple) -> bool:
    across = min(one[3], other[3]) - max(one[1], other[1])
    down = min(one[4], other[4]) - max(one[2], other[2])
    return across > TOUCHING and down > TOUCHING


def test_every_figure_has_a_text_alternative_notes_and_a_source(
    lkpj_deck: Callable[..., Any],
) -> None:
    briefing, content = lkpj_deck("blitar", "id")
    seen = set()
    for slide in opened(content).slides:
        for shape in slide.shapes:
            if shape.name.startswith("figure "):
                seen.add(int(shape.name.removeprefix("figure ")))
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr")
                assert slide.notes_slide.notes_text_frame.text.strip()
                foot = next(s for s in slide.shapes if s.name == "source")
                assert "Sumber:" in foot.text_frame.text
                assert "Edisi 1" in foot.text_frame.text
    assert seen == {exhibit.number for exhibit in briefing.exhibits}


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_band_stands_on_every_slide_of_a_training_region(
    lkpj_deck: Callable[..., Any], language: str
) -> None:
    _, content = lkpj_deck("contoh", language)
    for slide in opened(content).slides:
        assert any("DATA LATIHAN" in s.text_frame.text for s in slide.shapes if s.has_text_frame)


def test_real_data_carry_no_band(lkpj_deck: Callable[..., Any]) -> None:
    _, content = lkpj_deck("blitar", "id")
    words = zipfile.ZipFile(io.BytesIO(content)).read("ppt/slides/slide1.xml")
    assert b"DATA LATIHAN" not in words


def test_the_file_is_small_and_the_same_each_time(lkpj_deck: Callable[..., Any]) -> None:
    briefing, content = lkpj_deck("blitar", "id")
    assert len(content) < 5_000_000
    assert briefing_pptx(briefing) == content


def test_relationships_content_types_and_ids_are_whole(lkpj_deck: Callable[..., Any]) -> None:
    _, content = lkpj_deck("blitar", "id")
    check_package(content)


RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def check_package(content: bytes) -> None:
    """Every target exists, every part has a content type, ids on a slide are different."""
    package = zipfile.ZipFile(io.BytesIO(content))
    names = set(package.namelist())
    assert len(names) == len(package.namelist())
    types = ElementTree.fromstring(package.read("[Content_Types].xml"))
    defaults = {e.get("Extension", "").lower() for e in types if e.tag.endswith("Default")}
    overrides = {e.get("PartName", "").removeprefix("/") for e in types if
                 e.tag.endswith("Override")}  # fmt: skip
    for name in names - {"[Content_Types].xml"}:
        assert name in overrides or name.rpartition(".")[2].lower() in defaults, name
    assert overrides <= names
    for name in names:
        if name.endswith(".rels"):
            check_targets(package, name, names)
        elif re.fullmatch(r"ppt/slides/slide\d+\.xml", name):
            ids = re.findall(rb'<p:cNvPr id="(\d+)"', package.read(name))
            assert len(ids) == len(set(ids)), name
    assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def check_targets(package: zipfile.ZipFile, name: str, names: set[str]) -> None:
    folder = name.rpartition("_rels/")[0]
    for each in ElementTree.fromstring(package.read(name)).iter(RELATIONSHIP):
        if each.get("TargetMode") == "External":
            continue
        target = each.get("Target", "")
        parts: list[str] = [] if target.startswith("/") else folder.strip("/").split("/")
        for part in target.strip("/").split("/"):
            parts = parts[:-1] if part == ".." else [*parts, part]
        assert "/".join(p for p in parts if p) in names, f"{name}: {target}"


# Drawn by hand ----------------------------------------------------------------------------------


def exhibit_of(figure: Figure, heading: str = "Judul") -> Exhibit:
    return Exhibit(
        number=1,
        heading=heading,
        figure=figure,
        recipe=Recipe("data/series"),
        sentence=heading,
        context="Uji",
        source="Sumber: Uji. Edisi 1.",
        alt_text=figure.alt_text("id"),
        caveats=(heading, heading),
    )


def deck_of(*parts: Any, heading: str = "Bagian") -> bytes:
    stamp = figure_of(Kind.LINE).result.edition
    return briefing_pptx(
        Briefing(
            name="uji", language="id", stamp=stamp, today=TODAY,
            cover=Cover(title=heading, region=heading, edition="Edisi 1", office=heading,
                        hearing=heading, legal_basis=(heading,) * 3),
            sections=(Section(1, heading, tuple(parts)),),
        )
    )  # fmt: skip


@pytest.mark.parametrize("words", [LONG, EVIL, "W" * 300, ""])
def test_long_and_strange_words_stay_words_within_their_slides(words: str) -> None:
    parts = (
        exhibit_of(figure_of(Kind.LINE), words),
        Passage(words * 20),
        Listing((words,) * 12, words),
        Gap(words, words, words),
    )
    content = deck_of(*parts, heading=words or "Bagian")
    deck = opened(content)
    check_layout(deck)
    check_package(content)
    for slide in deck.slides:
        for shape in slide.shapes:
            assert not shape._element.xpath(".//*[local-name()='script']")


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_figure_becomes_a_slide(kind: Kind) -> None:
    figure = figure_of(kind)
    if kind is Kind.MAP:
        figure = replace(figure, kind=Kind.TABLE)
    deck = opened(deck_of(exhibit_of(figure)))
    names = [shape.name for slide in deck.slides for shape in slide.shapes]
    assert "figure 1" in names
