"""The map as SVG for a page without scripts, such as the board: looks are those of the layer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from math import cos, radians

import shapely
from shapely.geometry.base import BaseGeometry

from analytics.figures.map_layer import MapLayer, MarkStyle, hole_style
from analytics.figures.palette import THEMES
from analytics.geography.boundaries import Boundary

WIDTH = 1000
TOLERANCE = 0.5  # units of the picture: finer bends are not seen
TILE = 14
TEXTURES: Mapping[str, str] = {
    "hatch": "<path d='M0 14L14 0M-3 3L3 -3M11 17L17 11'/>",
    "dots": "<circle cx='7' cy='7' r='2'/>",
    "bars": "<path d='M7 0V14'/>",
    "dashes": "<path d='M2 7H12'/>",
}


def map_svg(
    layer: MapLayer,
    boundary: Boundary,
    *,
    theme: str,
    labels: Mapping[str, str],
    letter_share: float,
) -> str:
    """The areas with a word on those in `labels` (code to word), its letters `letter_share` of
    the picture's height.

    The picture is 1000 units wide and as high as its outlines need; where it is used it
    takes the layer's `alternative` for those who do not see it.
    """
    west, south, east, north = boundary.focus
    shrink = cos(radians((south + north) / 2))
    scale = WIDTH / ((east - west) * shrink)
    height = round((north - south) * scale)

    def place(geometry: BaseGeometry) -> BaseGeometry:
        moved = shapely.transform(
            geometry, lambda points: (points - (west, north)) * (shrink * scale, -scale)
        )
        return moved.simplify(TOLERANCE)

    letter, colours = letter_share * height, THEMES[theme]
    styles = {area.code: layer.style(area, theme=theme) for area in layer.areas}
    drawn = [
        _path(place(area.geometry), styles.get(area.code, hole_style(theme)), theme)
        for area in boundary.areas
    ]
    words = [
        _word(place(shapely.Point(boundary.area(code).label_point)), word, letter, colours.paper)
        for code, word in labels.items()
    ]
    patterns = "".join(_pattern(style, theme) for style in dict.fromkeys(styles.values()))
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {height}' "
        f"font-family='Plus Jakarta Sans, sans-serif' font-weight='800' fill='{colours.ink}'>"
        f"<defs>{patterns}</defs>{''.join(drawn)}{''.join(words)}</svg>"
    )


def _path(geometry: BaseGeometry, style: MarkStyle, theme: str) -> str:
    rings = [ring for part in _parts(geometry) for ring in (part.exterior, *part.interiors)]
    lines = "".join(f"M{_points(ring.coords[:-1])}Z" for ring in rings if not ring.is_empty)
    fill = f"url(#{_pattern_id(style)})" if style.texture else style.fill or "none"
    dotted = " stroke-dasharray='2 5'" if style.outline == "dotted" else ""
    colours = THEMES[theme]
    edge = colours.ink if style.outline == "dotted" else colours.paper
    return (
        f"<path d='{lines}' fill='{fill}' fill-rule='evenodd' stroke='{edge}' "
        f"stroke-width='3'{dotted}/>"
    )


def _parts(geometry: BaseGeometry) -> list[shapely.Polygon]:
    parts = geometry.geoms if hasattr(geometry, "geoms") else (geometry,)
    return [part for part in parts if isinstance(part, shapely.Polygon)]


def _points(coordinates: Iterable[tuple[float, ...]]) -> str:
    return "L".join(f"{x:.0f} {y:.0f}" for x, y, *_ in coordinates)


def _word(point: BaseGeometry, word: str, letter: float, rim: str) -> str:
    """A word with a rim, so that it is read on any colour."""
    assert isinstance(point, shapely.Point)
    place = f"x='{point.x:.0f}' y='{point.y + letter * 0.35:.0f}' text-anchor='middle'"
    edge = f"paint-order='stroke' stroke='{rim}' stroke-width='{letter / 5:.0f}'"
    return f"<text {place} {edge} font-size='{letter:.0f}'>{escape(word)}</text>"


def _pattern_id(style: MarkStyle) -> str:
    return f"board-{style.texture}-{style.fill}".replace("#", "")


def _pattern(style: MarkStyle, theme: str) -> str:
    if not style.texture:
        return ""
    colours = THEMES[theme]
    ink = colours.grey if style.texture == "hatch" else colours.paper
    return (
        f"<pattern id='{_pattern_id(style)}' width='{TILE}' height='{TILE}' "
        f"patternUnits='userSpaceOnUse'><rect width='{TILE}' height='{TILE}' "
        f"fill='{style.fill or colours.missing}'/><g stroke='{ink}' fill='none' "
        f"stroke-width='2'>{TEXTURES[style.texture]}</g></pattern>"
    )
