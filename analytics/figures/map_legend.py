"""The legend of a map as HTML: fields drawn by CSS alone, words escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from analytics.figures.map_layer import SHAPES, LegendEntry, MapLayer, MarkStyle, PointLayer
from analytics.figures.palette import THEMES
from analytics.i18n import text

FIELD_WIDTH_PX = 26
FIELD_HEIGHT_PX = 17
SIGN_RADIUS_PX = 8.0


def legend_html(layer: MapLayer, *, theme: str, points: Sequence[PointLayer] = ()) -> str:
    """Title, classes with counts, marks of status, missing areas, and sizes of circles."""
    parts = [_title(layer.title), _list(layer.legend(theme=theme), theme)]
    if layer.classes.count == 0:
        parts.insert(1, f"<p>{escape(text('maps.legend.no_class', layer.language))}</p>")
    for point_set in points:
        parts += _point_parts(point_set, theme=theme, language=layer.language)
    style = f"color:{THEMES[theme].ink};font-size:14px;line-height:1.5"
    return f'<div class="map-legend" style="{style}">{"".join(parts)}</div>'


def _point_parts(points: PointLayer, *, theme: str, language: str) -> list[str]:
    colour = getattr(THEMES[theme], points.colour)
    signs = [(_symbol(radius, colour, points.shape), words) for radius, words in points.sizes]
    rows = "".join(_row(sign, words) for sign, words in signs)
    parts = [_title(points.heading)] if points.heading else []
    told = points.told(language=language)
    parts += [_as_list(rows), *(f"<p>{escape(remark)}</p>" for remark in told)]
    return parts


def _title(words: str) -> str:
    return f'<p style="font-weight:600;margin:0 0 .3rem">{escape(words)}</p>'


def _list(entries: Sequence[LegendEntry], theme: str) -> str:
    return _as_list("".join(_row(_field(e.style, theme), e.words) for e in entries))


def _as_list(rows: str) -> str:
    style = "list-style:none;margin:0 0 .6rem;padding:0;"
    style += "display:flex;flex-wrap:wrap;gap:.15rem 1.2rem"
    return f'<ul role="list" style="{style}">{rows}</ul>'


def _row(field: str, words: str) -> str:
    style = "display:flex;align-items:center;gap:.5rem;margin:0;padding:0"
    return f'<li style="{style}">{field}<span>{escape(words)}</span></li>'


def _field(style: MarkStyle, theme: str) -> str:
    colours = THEMES[theme]
    edge = f"2px dotted {colours.ink}" if style.outline else f"1px solid {colours.line}"
    css = (
        f"flex:none;box-sizing:border-box;width:{FIELD_WIDTH_PX}px;height:{FIELD_HEIGHT_PX}px;"
        f"border:{edge};border-radius:3px;background:{_background(style, theme)}"
    )
    return f'<span aria-hidden="true" style="{css}"></span>'


def _background(style: MarkStyle, theme: str) -> str:
    """CSS background with the texture of a style: the browser's patterns, drawn by gradients."""
    grey, paper = THEMES[theme].grey, THEMES[theme].paper
    textures = {
        "hatch": f"repeating-linear-gradient(135deg,{grey} 0 1px,transparent 1px 5px),",
        "dots": f"radial-gradient({paper} 1.4px,transparent 1.7px) 0 0/6px 6px,",
        "bars": f"repeating-linear-gradient(90deg,{paper} 0 1.5px,transparent 1.5px 6px),",
        "dashes": f"repeating-linear-gradient(0deg,{paper} 0 1.5px,transparent 1.5px 6px),",
        "": "",
    }
    return f"{textures[style.texture]}{style.fill}"


def _symbol(radius_px: float, colour: str, shape: str) -> str:
    """The sign of a place: a box cut to its shape."""
    size = round(2 * radius_px, 1)
    cut = f"clip-path:{_cut(shape)}" if SHAPES[shape] else "border-radius:50%"
    css = f"flex:none;width:{size}px;height:{size}px;{cut};background:{colour};opacity:.78"
    return f'<span aria-hidden="true" style="{css}"></span>'


def _cut(shape: str) -> str:
    """CSS polygon of a shape that fills its box."""
    reach = max(max(abs(x), abs(y)) for x, y in SHAPES[shape])
    corners = [f"{50 + 50 * x / reach:.0f}% {50 - 50 * y / reach:.0f}%" for x, y in SHAPES[shape]]
    return f"polygon({','.join(corners)})"


def point_symbol_html(points: PointLayer, *, theme: str) -> str:
    """The sign of a layer of places, to stand beside its name in a list of the page's own."""
    return _symbol(SIGN_RADIUS_PX, getattr(THEMES[theme], points.colour), points.shape)
