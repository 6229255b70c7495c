"""The slides of a story in their order: what a page of 16:9 holds, no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TypeVar

from analytics.briefing.model import (
    Briefing,
    Exhibit,
    Gap,
    Grid,
    Listing,
    Part,
    Passage,
    Section,
    SourceLine,
)
from analytics.i18n import text
from analytics.publishing.drawings import Drawing
from analytics.publishing.printed_table import ExhibitTable, PrintedTable, grid_table

GRID_ROWS = 10
LETTERS = 650  # of words on one slide
GAPS, DEFINITIONS, SOURCES, STATUSES = 3, 5, 7, 10
CAVEATS_TOLD = 3

T = TypeVar("T")
Pictures = Mapping[str, Sequence[Drawing]]


@dataclass(frozen=True)
class Block:
    """Words below each other: a paragraph, a list, a blank with its reason."""

    kind: str
    heading: str = ""
    lines: tuple[str, ...] = ()
    items: tuple[str, ...] = ()

    @property
    def letters(self) -> int:
        """Letters of the block, with room for its own lines."""
        return sum(len(words) + 40 for words in (self.heading, *self.lines, *self.items) if words)


@dataclass(frozen=True)
class Scene:
    """One slide. `pictures` are the exhibit's drawings by theme, empty for a table."""

    kind: str  # cover, chapter, exhibit, text, grid, sources
    heading: str
    chapter: str = ""
    source: str = ""
    exhibit: Exhibit | None = None
    pictures: Pictures = field(default_factory=dict)
    table: PrintedTable | None = None
    blocks: tuple[Block, ...] = ()

    @property
    def shows_table(self) -> bool:
        """Whether there is no picture to show."""
        return self.exhibit is not None and not self.pictures

    @property
    def has_words_beside(self) -> bool:
        """Whether something stands beside the picture."""
        shown = self.exhibit
        return bool(shown and (shown.sentence or shown.caveats or shown.confirmation))

    @property
    def caveats_told(self) -> tuple[str, ...]:
        """The first caveats; all of them stand on the question sheet."""
        return self.exhibit.caveats[:CAVEATS_TOLD] if self.exhibit else ()

    @property
    def more_caveats(self) -> int:
        """How many caveats stand on the question sheet only."""
        return max(0, len(self.exhibit.caveats) - CAVEATS_TOLD) if self.exhibit else 0

    @property
    def notes(self) -> tuple[str, ...]:
        """Paragraphs of the speaker's notes."""
        return tuple(filter(None, self.exhibit.notes.split("\n"))) if self.exhibit else ()


def scenes_of(briefing: Briefing, pictures: Mapping[int, Pictures]) -> tuple[Scene, ...]:
    """Cover, each section with its figures, and the annex without the tables."""
    scenes = [Scene("cover", briefing.cover.title)]
    for section in briefing.sections:
        scenes += _section(section, briefing.language, pictures)
    return (*scenes, *_annex(briefing))


def _section(section: Section, language: str, pictures: Mapping[int, Pictures]) -> list[Scene]:
    name = text("story.chapter", language, n=section.number, heading=section.heading)
    figures = tuple(
        text("story.figure", language, n=part.number, heading=part.heading)
        for part in section.parts
        if isinstance(part, Exhibit)
    )
    scenes = [Scene("chapter", name, blocks=(Block("list", items=figures),))] if figures else []
    for kind, parts in groupby(section.parts, key=_how_shown):
        shown = _shown(kind, list(parts), section, language, pictures)
        scenes += [replace(scene, chapter=_chapter(name, scene, language)) for scene in shown]
    return scenes


def _chapter(name: str, scene: Scene, language: str) -> str:
    """What stands above a heading: the chapter and the figure's number."""
    if scene.exhibit is None:
        return name
    return text("story.chapter_figure", language, chapter=name, n=scene.exhibit.number)


def _how_shown(part: Part) -> str:
    if isinstance(part, Exhibit):
        return "exhibit"
    return "grid" if isinstance(part, Grid) else "text"


def _shown(
    kind: str,
    parts: Sequence[Part],
    section: Section,
    language: str,
    pictures: Mapping[int, Pictures],
) -> list[Scene]:
    if kind == "exhibit":
        exhibits = [part for part in parts if isinstance(part, Exhibit)]
        return [_exhibit(one, language, pictures[one.number]) for one in exhibits]
    if kind == "grid":
        return [one for part in parts if isinstance(part, Grid) for one in _grid(part, language)]
    blocks = [block for part in parts for block in _blocks(part)]
    pages = list(_pages_of_blocks(blocks))
    return [
        Scene("text", _numbered(section.heading, n, len(pages), language), blocks=page)
        for n, page in enumerate(pages, 1)
    ]


def _exhibit(exhibit: Exhibit, language: str, pictures: Pictures) -> Scene:
    return Scene(
        "exhibit",
        exhibit.heading,
        source=exhibit.source,
        exhibit=exhibit,
        pictures={theme: drawn for theme, drawn in pictures.items() if drawn},
        table=ExhibitTable(exhibit, language).whole(),
    )


def _grid(grid: Grid, language: str) -> list[Scene]:
    table = grid_table(grid)
    pages = list(_chunks(table.rows, GRID_ROWS)) or [()]
    return [
        Scene(
            "grid",
            _numbered(grid.heading, n, len(pages), language),
            source=grid.source,
            table=replace(table, rows=tuple(rows)),
        )
        for n, rows in enumerate(pages, 1)
    ]


def _numbered(heading: str, number: int, count: int, language: str) -> str:
    if count == 1:
        return heading
    return text("story.page_of", language, heading=heading, n=number, of=count)


def _blocks(part: Part) -> Iterator[Block]:
    if isinstance(part, Passage):
        yield Block("passage", lines=(part.text,))
    elif isinstance(part, Gap):
        yield Block(
            "gap", heading=part.heading, lines=tuple(filter(None, (part.reason, part.cure)))
        )
    elif isinstance(part, Listing):
        heading = part.heading
        for items in _by_letters(part.items):
            yield Block("list", heading=heading, items=items)
            heading = ""


def _by_letters(items: Sequence[str]) -> Iterator[tuple[str, ...]]:
    page: tuple[str, ...] = ()
    for item in items:
        if page and Block("list", items=(*page, item)).letters > LETTERS:
            yield page
            page = ()
        page = (*page, item)
    yield page


def _pages_of_blocks(blocks: Iterable[Block]) -> Iterator[tuple[Block, ...]]:
    page: tuple[Block, ...] = ()
    for block in blocks:
        is_full = page and (
            sum(one.letters for one in page) + block.letters > LETTERS
            or sum(one.kind == "gap" for one in page) >= GAPS
        )
        if is_full:
            yield page
            page = ()
        page = (*page, block)
    if page:
        yield page


def _annex(briefing: Briefing) -> list[Scene]:
    language, annex = briefing.language, briefing.annex
    definitions = [
        Block("definition", heading=_named(one.name, one.unit, language), lines=(one.text,))
        for one in annex.definitions
    ]
    sources = [Block("source", lines=(_source(line, language),)) for line in annex.sources]
    statuses = [
        Block("status", lines=(text("story.status", language, n=line.exhibit, words=line.words),))
        for line in annex.statuses
    ]
    confirmed = [Block("confirmation", lines=(words,)) for words in annex.confirmations]
    named = (
        ("definitions", definitions, DEFINITIONS),
        ("sources", sources, SOURCES),
        ("statuses", statuses, STATUSES),
        ("confirmations", confirmed, DEFINITIONS),
    )
    return [
        scene
        for name, blocks, most in named
        for scene in _annex_scenes(text(f"story.annex.{name}", language), blocks, most, language)
    ]


def _annex_scenes(
    heading: str, blocks: Sequence[Block], most: int, language: str
) -> Iterator[Scene]:
    pages = list(_chunks(blocks, most))
    for number, page in enumerate(pages, 1):
        yield Scene("sources", _numbered(heading, number, len(pages), language), blocks=tuple(page))


def _named(name: str, unit: str, language: str) -> str:
    return text("story.with_unit", language, name=name, unit=unit) if unit else name


def _source(line: SourceLine, language: str) -> str:
    parts = (line.citation, line.method, line.licence, line.address)
    return text("story.source", language, n=line.number, words=". ".join(filter(None, parts)))


def _chunks(rows: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), most):
        yield rows[start : start + most]
