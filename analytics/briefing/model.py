"""The document of a briefing, in one language: what every writer of files takes, and nothing else.

Made by `analytics.briefing.build` from an outline (or a cart) and an edition. Texts are final;
writers lay them out and add none of their own but captions from the catalogue (`briefing.*`).
A figure gives its table (`figure.table(language)`), chart and words itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from analytics.figures.figure import Figure
from analytics.figures.map_layer import MapLayer, PointLayer
from analytics.figures.recipe import Recipe
from analytics.geography.boundaries import Boundary
from analytics.observations.concepts import EditionStamp


class BadLetter(ValueError):
    """A letter template that is no Word file."""


@dataclass(frozen=True)
class Cover:
    """The first page. `day` and `edition` are written out; an empty text is left out.

    `coat_of_arms` is an SVG or PNG, `letter` a Word file whose styles and letterhead the DOCX
    takes; empty where the pack has none.
    """

    title: str
    region: str
    edition: str
    office: str = ""
    hearing: str = ""
    day: str = ""
    place: str = ""
    prepared_by: str = ""
    legal_basis: tuple[str, ...] = ()
    coat_of_arms: bytes = b""
    letter: bytes = b""


@dataclass(frozen=True)
class Question:
    """A question that may be asked, with its answer.

    `kind` is `definition`, `change`, `two_figures` or `own` (written by a person).
    """

    kind: str
    question: str
    answer: str


@dataclass(frozen=True)
class MapDrawing:
    """What `analytics.figures.map_picture` needs to draw a figure of kind MAP."""

    layer: MapLayer
    boundary: Boundary
    labels: str = "none"
    points: tuple[PointLayer, ...] = ()


@dataclass(frozen=True)
class Confirmation:
    """That a person took figures that are unverified or in conflict into the briefing.

    `words` is the whole sentence, with name, day and reason, to be printed beside the figure.
    """

    name: str
    day: date
    reason: str
    words: str


@dataclass(frozen=True)
class Exhibit:
    """One figure: a slide, a numbered picture with its table, a scene of the story.

    number      1, 2, 3 ... through the whole briefing
    heading     what stands above it; the figure's own title unless a person wrote another
    sentence    what the data say, in whole sentences; may be empty
    context     one line: region, period, edition, age, status
    source      one line: sources and edition, for the foot of a slide
    alt_text    the picture in words
    caveats     what must be known about the numbers, each a sentence
    notes       speaker's notes; paragraphs parted by a line break
    drawing     for maps only
    """

    number: int
    heading: str
    figure: Figure
    recipe: Recipe
    sentence: str
    context: str
    source: str
    alt_text: str
    caveats: tuple[str, ...] = ()
    notes: str = ""
    questions: tuple[Question, ...] = ()
    drawing: MapDrawing | None = None
    confirmation: Confirmation | None = None


@dataclass(frozen=True)
class Passage:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Listing:
    """Points below each other, with what introduces them (may be empty)."""

    items: tuple[str, ...]
    heading: str = ""


@dataclass(frozen=True)
class Grid:
    """A table that is no figure: every cell is written out.

    `numbers` are the headings of the columns that stand to the right.
    """

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Gap:
    """A blank with its reason: what is missing, why, and how to bring it."""

    heading: str
    reason: str
    cure: str


Part = Exhibit | Passage | Listing | Grid | Gap


@dataclass(frozen=True)
class Section:
    """A numbered chapter; `number` counts from 1."""

    number: int
    heading: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Definition:
    """What an indicator means. `exhibits` are the numbers of the figures that show it."""

    name: str
    unit: str
    text: str
    exhibits: tuple[int, ...]


@dataclass(frozen=True)
class SourceLine:
    """A source, numbered for citation. `exhibits` are the figures that use it."""

    number: int
    citation: str
    method: str
    licence: str
    address: str
    exhibits: tuple[int, ...]


@dataclass(frozen=True)
class StatusLine:
    """How far the numbers of a figure can be trusted: how many carry which status.

    The status of each single number stands in the last columns of the figure's table.
    """

    exhibit: int
    heading: str
    words: str


@dataclass(frozen=True)
class Annex:
    """What stands behind the sections. The tables are those of the exhibits, whole."""

    definitions: tuple[Definition, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    statuses: tuple[StatusLine, ...] = ()
    confirmations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Frozen:
    """The snapshot that the document comes from: short id, and its address where one is known."""

    snapshot: str
    address: str = ""


@dataclass(frozen=True)
class Briefing:
    """The whole document of one region, edition and language.

    name        code of the outline, for file names
    language    `id` or `en`; every text is in it
    colour      name of the colour of `palette.Theme` that headings carry
    band        what must stand on every page and slide of a training region, else empty
    today       the day that ages are counted to
    frozen      of which snapshot it is, else None
    """

    name: str
    language: str
    stamp: EditionStamp
    today: date
    cover: Cover
    sections: tuple[Section, ...]
    annex: Annex = field(default_factory=Annex)
    colour: str = "green"
    band: str = ""
    frozen: Frozen | None = None

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """All figures in order."""
        return tuple(self._exhibits())

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """All blanks with their reasons."""
        return tuple(p for section in self.sections for p in section.parts if isinstance(p, Gap))

    def _exhibits(self) -> Iterator[Exhibit]:
        for section in self.sections:
            yield from (part for part in section.parts if isinstance(part, Exhibit))

    def citations(self) -> Mapping[int, tuple[int, ...]]:
        """Numbers of the sources of each exhibit, by the exhibit's number."""
        return {
            exhibit.number: tuple(
                line.number for line in self.annex.sources if exhibit.number in line.exhibits
            )
            for exhibit in self.exhibits
        }
