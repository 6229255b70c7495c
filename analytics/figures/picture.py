"""The picture to share: 1,080 pixels wide, with sentence, period, status, edition and source.

It is read on a telephone, in a third of its size: its letters are never under 30 pixels.
This runs in a job process; what is said and drawn comes from `picture_words` and
`picture_charts`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any
from xml.etree import ElementTree

from analytics.figures.palette import THEMES
from analytics.settings import PROJECT_ROOT

WIDTH_PX = 1080
# Typst measures in points: 540 pt at 144 ppi are 1,080 pixels.
PPI = 144
TEMPLATE = PROJECT_ROOT / "analytics" / "figures" / "picture.typ"
FONTS = PROJECT_ROOT / "static" / "fonts"
# A chart is drawn as for a telephone and then enlarged: its letters of 12 pixels become 33.
CHART_PX, SMALL_CHART_PX = 360, 174
CONTENT_PX = 992  # between the margins
SHAPES = ("circle", "square", "triangle", "diamond")
NARROWEST_PX, PADDING_PX = 60, 4
LONGEST_WORD = 30
MAY_BREAK = "\u200b"


@dataclass(frozen=True)
class PictureWords:
    """Everything that is written on the picture, in one language."""

    context: str
    title: str
    sentence: str
    edition: str
    sources: str
    caveats: str
    training: str
    language: str


@dataclass(frozen=True)
class PictureChart:
    """A chart of the picture as Vega-Lite; the heading is empty where the title says it."""

    spec: Mapping[str, Any]
    heading: str = ""


@dataclass(frozen=True)
class KeyEntry:
    """What a number in the chart or the shape of a mark means."""

    mark: str
    name: str
    colour: str


@dataclass(frozen=True)
class PictureEvent:
    """One line of a list of events."""

    when: str
    words: str
    mark: str
    colour: str


@dataclass(frozen=True)
class PictureRow:
    """One row of a table: what it is about, its value, and what else it says."""

    name: str
    value: str
    details: str


@dataclass(frozen=True)
class PictureRows:
    """Rows of a table under the headings of names and value; `more` tells of those left out."""

    names: str
    value: str
    rows: tuple[PictureRow, ...]
    more: str


@dataclass(frozen=True)
class PictureContent:
    """What is drawn: one chart or small ones beside each other, events or rows; and the key."""

    charts: tuple[PictureChart, ...] = ()
    key: tuple[KeyEntry, ...] = ()
    events: tuple[PictureEvent, ...] = ()
    table: PictureRows | None = None


NOTHING_BESIDE = PictureContent()


@dataclass(frozen=True)
class Drawing:
    """One drawing of the picture as SVG, with its heading."""

    svg: str
    heading: str = ""


def chart_picture(words: PictureWords, *, content: PictureContent, theme: str) -> bytes:
    """The picture of a figure's charts, events or rows as PNG."""
    width = CHART_PX if len(content.charts) == 1 else SMALL_CHART_PX
    drawings = [Drawing(_svg(chart.spec, width=width), chart.heading) for chart in content.charts]
    return compose(words, drawings=drawings, theme=theme, beside=content)


def _svg(spec: Mapping[str, Any], *, width: int) -> str:
    """The chart with axes and labels `width` pixels wide.

    What axes and labels take is known only when it is drawn: so it is drawn, measured and
    drawn again. Vega's own fitting cuts legends and counts labels at line ends twice.
    """
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    whole = {**spec, "width": width, "padding": PADDING_PX, "autosize": "pad"}
    beside = _width_of(vl_convert.vegalite_to_svg(whole)) - width
    return vl_convert.vegalite_to_svg({**whole, "width": max(NARROWEST_PX, width - beside)})


def _width_of(svg: str) -> float:
    """Width in pixels that the drawing's own tag gives."""
    return float(ElementTree.fromstring(svg).attrib["width"])  # noqa: S314 (drawn by ourselves)


def map_picture(words: PictureWords, *, layer: Any, boundary: Any, theme: str,
                labels: str = "none", points: tuple = ()) -> bytes:  # fmt: skip
    """The picture of a map as PNG, with the legend below it."""
    from analytics.figures.map_picture import draw_map_for_phone

    drawing = draw_map_for_phone(layer, boundary, theme=theme, labels=labels, points=points)
    return compose(words, drawings=[Drawing(drawing.decode("utf-8"))], theme=theme)


def compose(
    words: PictureWords,
    *,
    drawings: Sequence[Drawing],
    theme: str,
    beside: PictureContent = NOTHING_BESIDE,
) -> bytes:
    """Words and drawings set by Typst; the words go in as data, never as markup."""
    import typst

    given: dict[str, Any] = {
        "words": _texts(words),
        "colours": asdict(THEMES[theme]),
        "drawings": [
            {"svg": _fonts_by_name(drawing.svg), "heading": _breakable(drawing.heading)}
            for drawing in drawings
        ],
        "key": _texts(beside.key),
        "events": _texts(beside.events),
        "table": _texts(beside.table),
    }
    return typst.compile(
        str(TEMPLATE),
        format="png",
        ppi=PPI,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={name: json.dumps(part, ensure_ascii=False) for name, part in given.items()},
    )


def _texts(part: Any) -> Any:
    """Words, or whatever holds words, as data in which every word has room to break."""
    if isinstance(part, str):
        return _breakable(part)
    if isinstance(part, tuple):
        return [_texts(each) for each in part]
    if part is None:
        return None
    return {each.name: _texts(getattr(part, each.name)) for each in fields(part)}


def _breakable(words: str) -> str:
    """Words with room to break inside those that are wider than a line, such as addresses."""
    return re.sub(rf"(\S{{{LONGEST_WORD}}})(?=\S)", rf"\1{MAY_BREAK}", words)


def _fonts_by_name(svg: str) -> str:
    """One font in the drawing, without the fallbacks that Typst would look for in the system."""
    return re.sub(r'font-family="[^"]*"', 'font-family="Plus Jakarta Sans"', svg)
