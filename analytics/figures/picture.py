"""The picture to share: 1,080 pixels wide, with sentence, period, edition and source."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from analytics.figures.palette import THEMES
from analytics.i18n import Formatter, text
from analytics.settings import PROJECT_ROOT

if TYPE_CHECKING:
    from analytics.figures.figure import Figure

WIDTH_PX = 1080
CHART_WIDTH, CHART_HEIGHT = 500, 330
# Typst measures in points: 540 pt at 144 ppi are 1,080 pixels.
PPI = 144
TEMPLATE = PROJECT_ROOT / "analytics" / "figures" / "picture.typ"
FONTS = PROJECT_ROOT / "static" / "fonts"
SOURCES_TOLD = 2
CAVEATS_TOLD = 2
LONGEST_CAVEAT = 160


@dataclass(frozen=True)
class PictureWords:
    """Everything that is written on the picture, in one language."""

    region: str
    title: str
    sentence: str
    period: str
    edition: str
    sources: str
    caveats: str
    training: str
    language: str


def picture_words(figure: Figure, *, language: str) -> PictureWords:
    """The words of a figure's picture, generated from its result."""
    result = figure.result
    stamp = result.edition
    published = Formatter(language).date(stamp.published_at.date())
    training = text("figures.picture.training", language) if stamp.is_training else ""
    return PictureWords(
        region=stamp.region_name.in_language(language),
        title=figure.title(language),
        sentence=figure.sentence(language),
        period=result.period.words(language),
        edition=text("figures.picture.edition", language, number=stamp.number, date=published),
        sources=_sources(figure, language),
        caveats=_caveats(figure, language),
        training=training,
        language=language,
    )


def _sources(figure: Figure, language: str) -> str:
    sources = figure.result.sources
    told = "; ".join(source.citation for source in sources[:SOURCES_TOLD])
    further = len(sources) - SOURCES_TOLD
    if further > 0:
        return text("figures.picture.more_sources", language, sources=told, n=further)
    return text("figures.picture.source", language, sources=told) if told else ""


def _caveats(figure: Figure, language: str) -> str:
    caveats = [caveat.in_language(language) for caveat in figure.result.caveats]
    short = [caveat for caveat in caveats if len(caveat) <= LONGEST_CAVEAT][:CAVEATS_TOLD]
    if not caveats:
        return ""
    key = "caveats" if len(short) == len(caveats) else "more_caveats"
    return text(f"figures.picture.{key}", language, caveats=" ".join(short))


def chart_picture(words: PictureWords, *, spec: Mapping[str, Any], theme: str) -> bytes:
    """The picture of a chart as PNG. `spec` is Vega-Lite with its own width and height."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    drawing = vl_convert.vegalite_to_svg(dict(spec))
    return compose(words, drawing=drawing.encode("utf-8"), theme=theme)


def map_picture(words: PictureWords, *, layer: Any, boundary: Any, theme: str,
                labels: str = "none", points: tuple = ()) -> bytes:  # fmt: skip
    """The picture of a map as PNG, with the legend beside or below it."""
    from analytics.figures.map_picture import draw_map

    drawing = draw_map(
        layer, boundary, size=(1000, 760), dark=theme == "dark", labels=labels, points=points,
        scale=1.5,
    )  # fmt: skip
    return compose(words, drawing=drawing, theme=theme)


def compose(words: PictureWords, *, drawing: bytes, theme: str) -> bytes:
    """Words and drawing (SVG) set by Typst; the words go in as data, never as markup."""
    import typst

    colours = asdict(THEMES[theme])
    return typst.compile(
        str(TEMPLATE),
        format="png",
        ppi=PPI,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={
            "words": json.dumps(asdict(words), ensure_ascii=False),
            "colours": json.dumps(colours),
            "drawing": _fonts_by_name(drawing.decode("utf-8")),
        },
    )


def _fonts_by_name(svg: str) -> str:
    """One font in the drawing, without the fallbacks that Typst would look for in the system."""
    return re.sub(r'font-family="[^"]*"', 'font-family="Plus Jakarta Sans"', svg)
