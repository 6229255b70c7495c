"""The pictures of a briefing's figures as SVG, drawn one after the other in a job process.

What has been drawn is kept: PDF, Word file and story of one briefing share their charts.
"""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from analytics.briefing.model import Exhibit, MapDrawing
from analytics.figures.charts import chart_spec, drawn_kind, height_of, small_specs
from analytics.figures.figure import Figure, Kind
from analytics.settings import PROJECT_ROOT

FONTS = PROJECT_ROOT / "static" / "fonts"
FONT = "Plus Jakarta Sans"
KEPT = 256
SMALL_HEIGHT_PX = 130
BY_ROW = (Kind.BARS, Kind.TIMELINE, Kind.HEAT)
TIMES_HIGHER = 1.6  # kinds drawn row by row may be so much higher than the box
HEADING_PX = 20
WHITE_GROUND = '<rect width="100%" height="100%" fill="#FFFFFF"/>'
MAP_LARGER = 1.3  # a map needs room for its legend; its letters are larger than a chart's
NAMESPACES = {"svg": "http://www.w3.org/2000/svg", "xlink": "http://www.w3.org/1999/xlink"}


@dataclass(frozen=True)
class Box:
    """Room for a chart in pixels of 1/96 inch, in which its letters are 12 pixels high."""

    width: int
    height: int


@dataclass(frozen=True)
class Drawing:
    """One drawing as SVG; the heading is empty where the figure has only one."""

    svg: str
    heading: str = ""


Drawings = Mapping[int, tuple[Drawing, ...]]


def drawings_of(
    exhibits: Iterable[Exhibit], *, language: str, theme: str, box: Box
) -> dict[int, tuple[Drawing, ...]]:
    """The drawings of each exhibit by its number; none for a table or an empty figure."""
    with no_collecting():
        return {
            exhibit.number: _drawn(exhibit, language=language, theme=theme, box=box)
            for exhibit in exhibits
        }


@contextmanager
def no_collecting() -> Iterator[None]:
    """Python's search for cycles rests: it takes a quarter of the time in which charts are made,
    and finds nothing. Threads would gain nothing either: the drawing library lets one run.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _drawn(exhibit: Exhibit, *, language: str, theme: str, box: Box) -> tuple[Drawing, ...]:
    figure = exhibit.figure
    if exhibit.drawing is not None:
        return (Drawing(_map_svg(exhibit.drawing, theme=theme, box=box)),)
    if drawn_kind(figure) is Kind.SMALL_MULTIPLES and not figure.is_empty:
        small = small_specs(figure, language=language, theme=theme, height=SMALL_HEIGHT_PX)
        side = (box.width - 20) // 3
        return tuple(Drawing(_chart_svg(spec | {"width": side}), name) for name, spec in small)
    height = _height(figure, box)
    spec = chart_spec(figure, language=language, theme=theme, width=box.width, height=height)
    return () if spec is None else (Drawing(_chart_svg(spec)),)


def _height(figure: Figure, box: Box) -> int:
    """Pixels of a chart: the box, or what rows of bars need within limits."""
    if drawn_kind(figure) in BY_ROW:
        return min(max(height_of(figure), box.height // 2), round(box.height * TIMES_HIGHER))
    return box.height


def _chart_svg(spec: Mapping[str, Any]) -> str:
    return _kept_chart(json.dumps(spec, ensure_ascii=False, sort_keys=True, default=str))


@lru_cache(maxsize=KEPT)
def _kept_chart(spec: str) -> str:
    import vl_convert

    _with_house_font()
    return one_font(vl_convert.vegalite_to_svg(spec))


@cache
def _with_house_font() -> None:
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))


def _map_svg(drawing: MapDrawing, *, theme: str, box: Box) -> str:
    from analytics.figures.map_picture import draw_map

    svg = draw_map(
        drawing.layer,
        drawing.boundary,
        size=(round(box.width * MAP_LARGER), round(box.height * MAP_LARGER)),
        dark=theme == "dark",
        labels=drawing.labels,
        points=drawing.points,
    )
    return svg.decode("utf-8")


def one_font(svg: str) -> str:
    """One font in the drawing, without the fallbacks that a reader would look for elsewhere."""
    return re.sub(r'font-family="[^"]*"', f'font-family="{FONT}"', svg)


def png_of(svg: str, *, scale: float) -> bytes:
    """The drawing as PNG on white, enlarged `scale` times."""
    import vl_convert

    _with_house_font()
    ground = re.sub(r"(<svg\b[^>]*>)", rf"\g<1>{WHITE_GROUND}", svg, count=1)
    return vl_convert.svg_to_png(ground, scale=scale)


def with_heading(drawing: Drawing) -> str:
    """The drawing with its heading as a line of letters above it."""
    from lxml import etree

    root = etree.fromstring(drawing.svg.encode("utf-8"))
    width, height = (float(root.get(name)) for name in ("width", "height"))
    space = f"{{{NAMESPACES['svg']}}}"
    group = etree.Element(f"{space}g", {"transform": f"translate(0,{HEADING_PX})"})
    group.extend(list(root))
    words = etree.SubElement(root, f"{space}text", {
        "x": "4", "y": "14", "font-family": FONT, "font-size": "13", "font-weight": "600",
    })  # fmt: skip
    words.text = drawing.heading
    root.append(group)
    root.set("height", str(height + HEADING_PX))
    root.set("viewBox", f"0 0 {width} {height + HEADING_PX}")
    return etree.tostring(root, encoding="unicode")


# Inside another document ----------------------------------------------------------------------


def inline_svg(svg: str, *, prefix: str) -> str:
    """The drawing to stand inside a page among others.

    Names of its parts carry the prefix; styles are attributes, so that the page may forbid
    inline styles; whatever could run, load or be read aloud a second time is left out.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    root = etree.fromstring(svg.encode("utf-8"), parser)
    for element in list(root.iter()):
        if _local(element) in UNWANTED:
            element.getparent().remove(element)
    for element in root.iter():
        _rewrite(element.attrib, prefix)
    root.attrib.pop("width", None)
    root.attrib.pop("height", None)
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    return etree.tostring(root, encoding="unicode")


UNWANTED = frozenset({"script", "style", "metadata", "foreignObject", "image", "a"})
USELESS = re.compile(r"^(on|aria-|role$|class$|tabindex$)")
LOCAL_NAME = re.compile(r"url\(#([^)]+)\)")


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _rewrite(attributes: Any, prefix: str) -> None:
    for declaration in filter(None, str(attributes.pop("style", "")).split(";")):
        name, _, value = declaration.partition(":")
        attributes[name.strip()] = value.strip()
    for name, value in list(attributes.items()):
        local = name.rpartition("}")[2]
        if USELESS.match(local) or (local == "href" and not value.startswith("#")):
            del attributes[name]
        elif local == "id":
            attributes[name] = prefix + value
        elif local == "href":
            attributes[name] = f"#{prefix}{value[1:]}"
        elif "url(#" in value:
            attributes[name] = LOCAL_NAME.sub(rf"url(#{prefix}\1)", value)
