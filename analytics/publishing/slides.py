"""A briefing as slides (PPTX): native charts and tables, maps as pictures, notes, sources.

Everything is placed and measured here: what does not fit becomes smaller, and at the smallest
size is cut with an ellipsis while the whole text stands in the speaker's notes. Equal briefings
give equal bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC
from typing import Any

import pandas as pd
from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.util import Inches

from analytics.briefing.model import (
    Annex,
    Briefing,
    Exhibit,
    Gap,
    Grid,
    Listing,
    Part,
    Passage,
    Section,
)
from analytics.figures.figure import Figure, Kind
from analytics.figures.palette import LIGHT, sequential
from analytics.figures.tables import NAME_ORDER
from analytics.i18n import MISSING, Formatter, text
from analytics.pack.pictures import as_png
from analytics.publishing.crosswise import crosswise_table
from analytics.publishing.fixed_zip import fixed
from analytics.publishing.letters import FONT
from analytics.publishing.plot import plot_of
from analytics.publishing.slide_charts import add_chart
from analytics.publishing.slide_parts import (
    Box,
    Style,
    TableWords,
    add_block,
    add_number,
    add_picture,
    add_table,
    add_words,
    describe,
    fill_words,
    largest_size,
    pages_of,
    plain,
    rgb,
)

WIDTH_IN, HEIGHT_IN = 40 / 3, 7.5
MARGIN_IN = 0.5
INNER_IN = WIDTH_IN - 2 * MARGIN_IN
BAND = Box(0, 0, WIDTH_IN, 0.3)
BAND_FILL = "#FFD54F"
KICKER = Box(MARGIN_IN, 0.4, INNER_IN, 0.24)
TITLE = Box(MARGIN_IN, 0.66, INNER_IN, 0.92)
CONTEXT = Box(MARGIN_IN, 1.62, INNER_IN, 0.24)
BODY = Box(MARGIN_IN, 1.98, INNER_IN, 4.82)
PICTURE = Box(MARGIN_IN, 1.98, 8.3, 4.82)
WORDS = Box(9.1, 1.98, WIDTH_IN - MARGIN_IN - 9.1, 3.0)
CAVEATS = Box(9.1, 5.05, WIDTH_IN - MARGIN_IN - 9.1, 1.75)
FOOT = Box(MARGIN_IN, 6.92, INNER_IN - 1, 0.4)
NUMBER = Box(WIDTH_IN - MARGIN_IN - 0.8, 6.95, 0.8, 0.25)
TITLE_STYLE = Style((26, 24, 22, 20, 18, 16, 14), weight="SemiBold", anchor=MSO_ANCHOR.TOP)
SMALL_TABLE_PT = 9
MOST_PAGES = 4
PROPERTY_LETTERS = 255
TITLE_ONLY = 5
MAP_PX = (797, 463)  # PICTURE at 96 to the inch
GAP_HEIGHT_IN = 1.45
CAVEATS_SHOWN = 3
ARMS_PX = 600  # high: 400 dots an inch on the cover
RAMP_SHOWN = 5


def briefing_pptx(briefing: Briefing) -> bytes:
    """The briefing as PPTX, dated by its edition."""
    deck = Deck(briefing)
    deck.write()
    target = io.BytesIO()
    deck.file.save(target)
    moment = briefing.stamp.published_at.astimezone(UTC)
    return fixed(target.getvalue(), moment=moment)


class Deck:
    """The slides of a briefing while they are written."""

    def __init__(self, briefing: Briefing) -> None:
        self.briefing = briefing
        self.language = briefing.language
        self.colour: str = getattr(LIGHT, briefing.colour)
        self.file = Presentation()
        self.file.slide_width, self.file.slide_height = Inches(WIDTH_IN), Inches(HEIGHT_IN)
        _dress_theme(self.file, self.colour)
        self._describe()

    def write(self) -> None:
        """All slides in order."""
        self._cover()
        self._contents()
        for section in self.briefing.sections:
            for parts in _together(section.parts):
                self._parts(section, parts)
        self._annex(self.briefing.annex)

    def say(self, key: str, **values: object) -> str:
        return text(key, self.language, **values)

    def _describe(self) -> None:
        cover, properties = self.briefing.cover, self.file.core_properties
        moment = self.briefing.stamp.published_at.astimezone(UTC).replace(tzinfo=None)
        author = cover.office or cover.region
        properties.title, properties.author, properties.subject = (
            plain(words)[:PROPERTY_LETTERS] for words in (cover.title, author, cover.hearing)
        )
        properties.language = self.language
        properties.last_modified_by, properties.revision = properties.author, 1
        properties.created = properties.modified = moment
        properties.comments = plain(cover.edition)[:PROPERTY_LETTERS]

    # What stands on every slide

    def frame(self, title: str, *, kicker: str = "", source: str = "", context: str = "") -> Any:
        """A slide with band, kicker, title, context, source and number; gives the slide."""
        slide = self.file.slides.add_slide(self.file.slide_layouts[TITLE_ONLY])
        heading = slide.shapes.title
        heading.left, heading.top, heading.width, heading.height = (
            Inches(each) for each in (TITLE.left, TITLE.top, TITLE.width, TITLE.height)
        )
        fill_words(heading, title, TITLE, TITLE_STYLE, language=self.language)
        kicker_style = Style((11, 10, 9), weight="SemiBold", colour=self.colour)
        quiet = Style((11, 10, 9, 8), colour=LIGHT.grey)
        foot = Style((10, 9, 8), colour=LIGHT.grey)
        for words, box, style, name in (
            (kicker, KICKER, kicker_style, "section"),
            (context, CONTEXT, quiet, "context"),
            (source or self._plain_source(), FOOT, foot, "source"),
        ):
            add_words(slide, words, box, style, name=name, language=self.language)
        add_number(slide, NUMBER, language=self.language)
        self._band(slide)
        return slide

    def _plain_source(self) -> str:
        cover = self.briefing.cover
        return f"{cover.region} · {cover.edition}"

    def _band(self, slide: Any) -> None:
        """DATA LATIHAN over the whole width of a training region's slides."""
        if not self.briefing.band:
            return
        shape = add_block(slide, BAND, BAND_FILL, name="training band")
        style = Style((14,), weight="Bold", align=PP_ALIGN.CENTER, anchor=MSO_ANCHOR.MIDDLE)
        fill_words(shape, self.briefing.band, BAND, style, language=self.language)

    # Cover and contents

    def _cover(self) -> None:
        cover = self.briefing.cover
        slide = self.file.slides.add_slide(self.file.slide_layouts[TITLE_ONLY])
        add_block(slide, Box(0, 0.3, 0.28, HEIGHT_IN - 0.3), self.colour, name="edge")
        box = Box(1, 1.5, 10.2, 1.9)
        heading = slide.shapes.title
        heading.left, heading.top, heading.width, heading.height = box.emu()
        style = Style((40, 36, 32, 28, 24, 20), weight="Bold", anchor=MSO_ANCHOR.BOTTOM)
        fill_words(heading, cover.title, box, style, language=self.language)
        meeting = " · ".join(each for each in (cover.hearing, cover.day, cover.place) if each)
        self._cover_lines(
            slide,
            (
                (cover.office, Box(1, 3.55, 10.2, 0.4), (20, 18, 16, 14)),
                (meeting, Box(1, 4.0, 10.2, 0.6), (16, 14, 12)),
                (cover.prepared_by, Box(1, 4.62, 10.2, 0.3), (13, 12, 10)),
                ("\n".join(cover.legal_basis), Box(1, 5.0, 10.2, 1.3), (12, 11, 10, 9)),
                (self._cover_foot(), Box(1, 6.6, 10.2, 0.5), (12, 11, 10)),
            ),
        )
        self._arms(slide, cover.coat_of_arms)
        self._band(slide)

    def _cover_lines(self, slide: Any, lines: Sequence[tuple[str, Box, tuple[float, ...]]]) -> None:
        for position, (words, box, sizes) in enumerate(lines):
            style = Style(sizes, colour=LIGHT.ink if position < 2 else LIGHT.grey)
            add_words(slide, words, box, style, name=f"cover {position}", language=self.language)

    def _cover_foot(self) -> str:
        frozen = self.briefing.frozen
        words = self._plain_source()
        if frozen is None:
            return words
        return " · ".join(
            each for each in (words, self.say("briefing.slide.snapshot", id=frozen.snapshot),
                              frozen.address) if each
        )  # fmt: skip

    def _arms(self, slide: Any, content: bytes) -> None:
        if not content:
            return
        picture = as_png(content, height_px=ARMS_PX)
        alt = self.say("briefing.slide.arms", region=self.briefing.cover.region)
        add_picture(slide, picture, Box(11.5, 0.6, 1.3, 1.5), name="coat of arms", alt=alt)

    def _contents(self) -> None:
        """Sections with the number of their figures, and of their blanks."""
        if not self.briefing.sections:
            return
        columns = tuple(
            self.say(f"briefing.slide.{name}") for name in ("section", "figures", "blanks")
        )
        write = Formatter(self.language)
        rows = tuple(
            (
                f"{section.number}. {section.heading}",
                *(
                    write.number(sum(isinstance(part, kind) for part in section.parts), 0)
                    for kind in (Exhibit, Gap)
                ),
            )
            for section in self.briefing.sections
        )
        self._table_slides(
            self.say("briefing.slide.contents"), TableWords(columns, rows, frozenset({1, 2}))
        )

    # Sections

    def _parts(self, section: Section, parts: Sequence[Part]) -> None:
        kicker = f"{section.number} · {section.heading}"
        first = parts[0]
        if isinstance(first, Exhibit):
            self._exhibit(first, kicker)
        elif isinstance(first, Grid):
            numbers = frozenset(
                at for at, name in enumerate(first.columns) if name in first.numbers
            )
            self._table_slides(
                first.heading, TableWords(first.columns, first.rows, numbers), kicker=kicker,
                source=first.source,
            )  # fmt: skip
        elif isinstance(first, Gap):
            self._gaps(section, [part for part in parts if isinstance(part, Gap)], kicker)
        else:
            self._words(section, first, kicker)

    def _words(self, section: Section, part: Part, kicker: str) -> None:
        assert isinstance(part, Passage | Listing)
        heading = part.heading if isinstance(part, Listing) and part.heading else section.heading
        words = part.text if isinstance(part, Passage) else "\n".join(f"•  {i}" for i in part.items)
        slide = self.frame(heading, kicker=kicker)
        style = Style((20, 18, 16, 14, 12, 11, 10))
        found = add_words(slide, words, BODY, style, name="text", language=self.language)
        if found is not None and found.is_cut:
            slide.notes_slide.notes_text_frame.text = plain(words)

    def _gaps(self, section: Section, gaps: Sequence[Gap], kicker: str) -> None:
        """Blanks with their reason and cure, up to three on a slide."""
        slide = self.frame(section.heading, kicker=kicker)
        for position, gap in enumerate(gaps):
            top = BODY.top + position * (GAP_HEIGHT_IN + 0.15)
            add_block(slide, Box(BODY.left, top, 0.06, GAP_HEIGHT_IN), LIGHT.gold, name="mark")
            for words, offset, height, style in (
                (gap.heading, 0.0, 0.36, Style((18, 16, 14, 12), weight="SemiBold")),
                (gap.reason, 0.4, 0.48, Style((14, 13, 12, 11, 10))),
                (gap.cure, 0.92, 0.5, Style((13, 12, 11, 10, 9), colour=LIGHT.grey)),
            ):
                box = Box(BODY.left + 0.25, top + offset, BODY.width - 0.25, height)
                add_words(
                    slide, words, box, style, name=f"blank {position + 1}", language=self.language
                )

    # Figures

    def _exhibit(self, exhibit: Exhibit, kicker: str) -> None:
        plot = plot_of(exhibit.figure, language=self.language)
        if plot is None and exhibit.drawing is None:
            self._exhibit_table(exhibit, kicker)
            return
        slide = self._exhibit_frame(exhibit, kicker, exhibit.heading)
        if plot is not None:
            shape = add_chart(slide.shapes, plot, PICTURE.emu(), language=self.language)
            describe(shape, name=f"figure {exhibit.number}", alt=exhibit.alt_text)
        else:
            add_picture(
                slide, map_png(exhibit), PICTURE, name=f"figure {exhibit.number}",
                alt=exhibit.alt_text,
            )  # fmt: skip
        self._beside(slide, exhibit)

    def _exhibit_frame(self, exhibit: Exhibit, kicker: str, title: str) -> Any:
        slide = self.frame(title, kicker=kicker, source=exhibit.source, context=exhibit.context)
        slide.notes_slide.notes_text_frame.text = plain(self.notes(exhibit))
        return slide

    def _beside(self, slide: Any, exhibit: Exhibit) -> None:
        """The sentences beside the picture, below them what must be known of the numbers."""
        add_words(
            slide, exhibit.sentence, WORDS, Style((16, 15, 14, 13, 12, 11, 10)), name="sentence",
            language=self.language,
        )  # fmt: skip
        told = list(exhibit.caveats[:CAVEATS_SHOWN])
        more = len(exhibit.caveats) - CAVEATS_SHOWN
        if more > 0:
            told.append(self.say("briefing.slide.more_caveats", n=more))
        if exhibit.confirmation is not None:
            told.insert(0, exhibit.confirmation.words)
        add_words(
            slide, "\n".join(told), CAVEATS, Style((11, 10, 9, 8), colour=LIGHT.grey),
            name="caveats", language=self.language,
        )  # fmt: skip

    def _exhibit_table(self, exhibit: Exhibit, kicker: str) -> None:
        """A figure that is read as a table, over as many slides as it needs, at most four; what
        is left out is counted on the last of them.
        """
        table = exhibit_table(exhibit.figure, self.language)
        size = largest_size(table, BODY)
        pages = pages_of(table, BODY, size=size)
        shown = pages[:MOST_PAGES]
        told = sum(len(page.rows) for page in shown)
        for position, page in enumerate(shown, start=1):
            title = self._page_title(exhibit.heading, position, len(shown))
            if position == len(shown) and told < len(table.rows):
                rest = self.say("briefing.slide.rest", shown=told, n=len(table.rows))
                exhibit = replace(exhibit, context=f"{exhibit.context} · {rest}")
            slide = self._exhibit_frame(exhibit, kicker, title)
            self._add_table(slide, page, size=size, name=f"figure {exhibit.number}",
                            alt=exhibit.alt_text)  # fmt: skip

    def _page_title(self, title: str, page: int, pages: int) -> str:
        if pages == 1:
            return title
        return self.say("briefing.slide.page", title=title, page=page, pages=pages)

    def _table_slides(
        self, title: str, table: TableWords, *, size: float = 0, kicker: str = "",
        source: str = "",
    ) -> None:  # fmt: skip
        """A table over as many slides as it needs; without a size, the largest for one slide."""
        size = size or largest_size(table, BODY)
        pages = pages_of(table, BODY, size=size)
        for position, page in enumerate(pages, start=1):
            name = self._page_title(title, position, len(pages))
            slide = self.frame(name, kicker=kicker, source=source)
            self._add_table(slide, page, size=size, name="table", alt=name)

    def _add_table(self, slide: Any, table: TableWords, *, size: float, name: str,
                   alt: str) -> None:  # fmt: skip
        add_table(
            slide, table, BODY, size=size, name=name, alt=alt, colour=self.colour,
            language=self.language,
        )  # fmt: skip

    def notes(self, exhibit: Exhibit) -> str:
        """The speaker's notes: what to say, the questions with answers, all sources."""
        parts = [exhibit.notes]
        parts += [
            self.say("briefing.slide.question", question=each.question, answer=each.answer)
            for each in exhibit.questions
        ]
        if exhibit.confirmation is not None:
            parts.append(exhibit.confirmation.words)
        parts += [source.citation for source in exhibit.figure.result.sources]
        parts.append(exhibit.context)
        return "\n\n".join(part for part in parts if part)

    # Annex

    def _annex(self, annex: Annex) -> None:
        kicker = self.say("briefing.annex.heading")
        for name, rows, numbers in (
            ("definitions", _definition_rows(annex), ()),
            ("statuses", _status_rows(annex), ()),
            ("sources", _source_rows(annex), ()),
        ):
            if not rows:
                continue
            columns = tuple(
                self.say(f"briefing.annex.column.{column}") for column in ANNEX_COLUMNS[name]
            )
            self._table_slides(
                self.say(f"briefing.annex.{name}"),
                TableWords(columns, tuple(rows), frozenset(numbers)),
                size=SMALL_TABLE_PT, kicker=kicker,
            )  # fmt: skip
        if annex.confirmations:
            slide = self.frame(self.say("briefing.annex.confirmations"), kicker=kicker)
            add_words(slide, "\n".join(annex.confirmations), BODY, Style((14, 12, 11, 10)),
                      name="text", language=self.language)  # fmt: skip


ANNEX_COLUMNS = {
    "definitions": ("indicator", "unit", "definition", "figures"),
    "statuses": ("figure", "title", "status"),
    "sources": ("number", "source", "method", "licence", "figures"),
}


def _definition_rows(annex: Annex) -> list[tuple[str, ...]]:
    return [(d.name, d.unit, d.text, _listed(d.exhibits)) for d in annex.definitions]


def _status_rows(annex: Annex) -> list[tuple[str, ...]]:
    return [(str(line.exhibit), line.heading, line.words) for line in annex.statuses]


def _source_rows(annex: Annex) -> list[tuple[str, ...]]:
    return [
        (str(line.number), line.citation, line.method, line.licence, _listed(line.exhibits))
        for line in annex.sources
    ]


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(str(number) for number in numbers)


def _together(parts: Sequence[Part]) -> Iterator[Sequence[Part]]:
    """Each part alone, blanks that follow each other up to three together."""
    waiting: list[Part] = []
    for part in parts:
        if isinstance(part, Gap):
            waiting.append(part)
            if len(waiting) == 3:
                yield waiting
                waiting = []
            continue
        if waiting:
            yield waiting
            waiting = []
        yield [part]
    if waiting:
        yield waiting


def map_png(exhibit: Exhibit) -> bytes:
    """The map with its legend at 300 dpi."""
    from analytics.figures.map_picture import draw_map_png

    drawing = exhibit.drawing
    assert drawing is not None
    return draw_map_png(
        drawing.layer, drawing.boundary, size=MAP_PX, labels=drawing.labels,
        points=drawing.points,
    )  # fmt: skip


# Tables of figures -----------------------------------------------------------------------------

# What is told beside the table already: the edition's own words stand in its file.
LEFT_OUT = frozenset({"correction"})
# Kinds that no native chart draws and that are read across.
CROSSWISE = frozenset({Kind.MATRIX, Kind.RADAR})


def exhibit_table(figure: Figure, language: str) -> TableWords:
    """A figure as the table that is read on a slide: codes or months across for cells."""
    if figure.kind in CROSSWISE and figure.series and figure.category:
        return crosswise_table(figure, language)
    if figure.kind is Kind.HEAT:
        return _heat_table(figure, language)
    table = figure.table(language)
    words = table.words()
    shown = [
        name
        for name in words.columns
        if not _says_nothing(table.columns[name], words[name])
        and not _is_code(table.columns[name], figure)
    ]
    rows = tuple(tuple(str(cell) for cell in row) for row in words[shown].itertuples(index=False))
    numbers = frozenset(at for at, name in enumerate(shown) if name in table.numbers)
    return TableWords(tuple(shown), rows, numbers)


def _is_code(column: str, figure: Figure) -> bool:
    """A column of codes that the figure has no words for."""
    return column in NAME_ORDER and column not in figure.names


def _says_nothing(column: str, cells: pd.Series) -> bool:
    """Columns that are the same in every row of a long table, and those told elsewhere."""
    if column in LEFT_OUT:
        return True
    is_one = cells.nunique() == 1 and len(cells) > 1
    return is_one and column in ("source_id", "obs_status")


def _heat_table(figure: Figure, language: str) -> TableWords:
    """Years down, months across, values written, the larger the darker."""
    frame = figure.frame[figure.frame["period_start"].notna()]
    starts = pd.to_datetime(frame["period_start"])
    keyed = frame.assign(year=starts.dt.year, month=starts.dt.month)
    wide = keyed.pivot_table(index="year", columns="month", values="obs_value", aggfunc="first")
    wide = wide.reindex(columns=range(1, 13))
    write = Formatter(language)
    decimals = figure.result.indicator.decimals
    rows = tuple(
        (str(year), *(MISSING if pd.isna(v) else write.number(v, decimals) for v in wide.loc[year]))
        for year in wide.index
    )
    columns = (
        text("briefing.slide.year", language),
        *(write.month_name_short(month) for month in range(1, 13)),
    )
    return TableWords(columns, rows, frozenset(range(1, 13)), fills=_heat_fills(wide))


def _heat_fills(wide: pd.DataFrame) -> dict[tuple[int, int], str]:
    ramp = sequential(RAMP_SHOWN)
    low, high = float(wide.min().min()), float(wide.max().max())
    span = (high - low) or 1
    fills = {}
    for at, year in enumerate(wide.index):
        for month in wide.columns:
            value = wide.loc[year, month]
            if pd.notna(value):
                step = min(RAMP_SHOWN - 1, int((float(value) - low) / span * RAMP_SHOWN))
                fills[(at, int(month))] = ramp[step]
    return fills


# The theme of the file -------------------------------------------------------------------------


def _dress_theme(file: Any, colour: str) -> None:
    """Fonts and colours of the product in the file's theme, for what is added by hand later."""
    part = file.slide_master.part.part_related_by(RT.THEME)
    theme = part.blob.decode("utf-8")
    accents = (colour, LIGHT.gold, LIGHT.blue, LIGHT.brick, LIGHT.violet, LIGHT.grey)
    for number, accent in enumerate(accents, start=1):
        theme = re.sub(
            rf"(<a:accent{number}>)<a:srgbClr val=\"[0-9A-F]+\"/>",
            rf'\g<1><a:srgbClr val="{rgb(accent)}"/>',
            theme,
        )
    part._blob = re.sub(r'(<a:latin typeface=")[^"]*(")', rf"\g<1>{FONT}\g<2>", theme).encode()
