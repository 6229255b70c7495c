"""The map as a picture: the same colours, textures, outlines and words as in the browser.

Drawn with matplotlib's figures alone, without pyplot and its shared state, so that any
thread may draw. Equal input gives equal bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from io import BytesIO
from math import cos, radians
from typing import Any

import matplotlib
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.patches import Circle, Patch, PathPatch, Polygon, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.patheffects import withStroke
from shapely.geometry.base import BaseGeometry

from analytics.figures.map_layer import SHAPES, MapLayer, MarkStyle, PointLayer, hole_style
from analytics.figures.palette import THEMES, Theme
from analytics.geography.boundaries import Area, Boundary
from analytics.i18n import text
from analytics.settings import PROJECT_ROOT

# Names of elements in an SVG are hashes with this word, or they would differ each time.
matplotlib.rcParams["svg.hashsalt"] = "sejahtera"
# Letters keep their own widths; fitted to the pixels they stand unevenly.
matplotlib.rcParams["text.hinting"] = "none"

FONT_FOLDER = PROJECT_ROOT / "static" / "fonts"
PIXELS_PER_INCH = 96
POINTS_PER_INCH = 72
POINTS_PER_PIXEL = POINTS_PER_INCH / PIXELS_PER_INCH
SUBPIXELS = 64  # in which FreeType measures
PRINT_DPI = 300
MARGIN_PX = 10
TEXT_PX = 13
ROW_PX = 22
FIELD_PX = (26, 16)
GAP_PX = 8
SMALLEST_BEND_PX = 0.4
WIDE = 1.25  # a picture wider than this times its height has its legend at the right
MOST_BESIDE = 0.4  # of the width: a legend that needs more stands below the map
# For a telephone: letters of 33 pixels in a picture of 1,080, which it shows as 11.
PHONE_PX = 992
PHONE_SCALE = 33 / TEXT_PX
MOST_MAP_HEIGHT = 1.0  # of the width
LINE_PX = 18
HATCHES = {"hatch": "////", "dots": "..", "bars": "|||", "dashes": "---", "": None}
DOTTED = (0, (0.1, 2.2))


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels, counted from the lower left."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def overlaps(self, other: Box) -> bool:
        """True when the two share some ground."""
        apart = self.right < other.left or other.right < self.left
        return not (apart or self.top < other.bottom or other.top < self.bottom)

    def holds(self, other: Box) -> bool:
        """True when `other` lies wholly inside."""
        sideways = self.left <= other.left and other.right <= self.right
        return sideways and self.bottom <= other.bottom and other.top <= self.top


@dataclass(frozen=True)
class Projection:
    """From degrees to pixels: true in shape at the middle latitude of the map."""

    west: float
    south: float
    shrink: float
    pixels_per_degree: float
    left: float
    bottom: float

    def place(self, points: np.ndarray) -> np.ndarray:
        """Longitudes and latitudes (two columns) as pixels."""
        across = (points[:, 0] - self.west) * self.shrink * self.pixels_per_degree
        up = (points[:, 1] - self.south) * self.pixels_per_degree
        return np.column_stack([across + self.left, up + self.bottom])


@dataclass(frozen=True)
class Sheet:
    """What is drawn on: the axes in pixels, the theme's colours and the scale of all marks."""

    axes: Axes
    colours: Theme
    scale: float

    def points(self, pixels: float) -> float:
        """Line widths and letters are measured in points."""
        return pixels * self.scale * POINTS_PER_PIXEL

    def write(
        self, words: str, x: float, y: float, *, weight: str = "Medium", **options: Any
    ) -> None:
        """One text; a dollar sign in a name is a dollar sign."""
        style = {"color": self.colours.ink, "va": "center", **options}
        size = self.points(TEXT_PX)
        font = _font(weight)
        self.axes.text(x, y, words, fontproperties=font, size=size, parse_math=False, **style)


def draw_map(
    layer: MapLayer,
    boundary: Boundary,
    *,
    size: tuple[int, int],
    dark: bool = False,
    labels: str = "names",
    points: Sequence[PointLayer] = (),
    scale: float = 1.0,
) -> bytes:
    """The map with its legend as SVG.

    `size` is width and height in pixels of 1/96 inch; `scale` enlarges letters, lines and
    fields (2 for a picture of 1080 pixels read on a telephone). Letters are outlines: the
    picture looks alike where the font is not installed.
    """
    figure = _figure(layer, boundary, size, dark=dark, labels=labels, points=points, scale=scale)
    target = BytesIO()
    figure.savefig(target, format="svg", metadata={"Date": None, "Creator": None})
    return _with_short_paths(target.getvalue())


def draw_map_for_phone(
    layer: MapLayer,
    boundary: Boundary,
    *,
    theme: str,
    labels: str = "none",
    points: Sequence[PointLayer] = (),
) -> bytes:
    """The map as SVG for a picture read on a telephone: large letters, the legend below.

    It is PHONE_PX wide and as high as map and legend need.
    """
    size = (PHONE_PX, _height_of_all(layer, boundary, points, theme=theme))
    return draw_map(
        layer, boundary, size=size, dark=theme == "dark", labels=labels, points=points,
        scale=PHONE_SCALE,
    )  # fmt: skip


def _height_of_all(
    layer: MapLayer, boundary: Boundary, points: Sequence[PointLayer], *, theme: str
) -> int:
    """Pixels of margins, map at full width and legend, drawn for a telephone."""
    margin = MARGIN_PX * PHONE_SCALE
    width = PHONE_PX - 2 * margin
    rows = _all_entries(layer, points, theme=theme, most_px=width / PHONE_SCALE)
    legend = _legend_height(_columns_within(width, rows, scale=PHONE_SCALE)) * PHONE_SCALE
    map_height = min(width / boundary.aspect, MOST_MAP_HEIGHT * width)
    return round(map_height + legend + 3 * margin)


def draw_map_png(
    layer: MapLayer,
    boundary: Boundary,
    *,
    size: tuple[int, int],
    dark: bool = False,
    labels: str = "names",
    points: Sequence[PointLayer] = (),
    scale: float = 1.0,
    dpi: int = PRINT_DPI,
) -> bytes:
    """The same picture as PNG: at 96 dpi exactly `size` pixels, at 300 dpi for print."""
    figure = _figure(layer, boundary, size, dark=dark, labels=labels, points=points, scale=scale)
    target = BytesIO()
    figure.savefig(target, format="png", dpi=dpi, metadata={"Software": None})
    return target.getvalue()


def _with_short_paths(svg: bytes) -> bytes:
    """Coordinates with two decimals instead of six: a third of the file, nothing to see."""

    def shortened(match: re.Match[bytes]) -> bytes:
        return re.sub(rb"\d+\.\d{3,}", lambda number: b"%.2f" % float(number[0]), match[0])

    return re.sub(rb'(?<= d=")[^"]+', shortened, svg)


def _figure(
    layer: MapLayer,
    boundary: Boundary,
    size: tuple[int, int],
    *,
    dark: bool,
    labels: str,
    points: Sequence[PointLayer],
    scale: float,
) -> Figure:
    theme = "dark" if dark else "light"
    figure, sheet = _blank_sheet(size, theme=theme, scale=scale)
    whole = _inset(Box(0, 0, *size), MARGIN_PX * scale)
    rows = _all_entries(layer, points, theme=theme, most_px=whole.width / scale)
    map_box, legend = _parted(whole, rows, sheet)
    projection = _fitted(boundary, map_box)
    _draw_areas(sheet, layer, boundary, projection, map_box, theme=theme)
    _draw_points(sheet, points, projection, map_box, theme=theme)
    _draw_labels(sheet, layer, boundary, projection, map_box, labels=labels)
    _draw_legend(sheet, legend)
    return figure


def _blank_sheet(size: tuple[int, int], *, theme: str, scale: float) -> tuple[Figure, Sheet]:
    width, height = size
    colours = THEMES[theme]
    figure = Figure(
        figsize=(width / PIXELS_PER_INCH, height / PIXELS_PER_INCH),
        dpi=PIXELS_PER_INCH,
        facecolor=colours.paper,
    )
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, width), ylim=(0, height))
    return figure, Sheet(axes=axes, colours=colours, scale=scale)


def _inset(box: Box, by: float) -> Box:
    return Box(box.left + by, box.bottom + by, box.right - by, box.top - by)


# --- Areas -----------------------------------------------------------------------------------


def _fitted(boundary: Boundary, box: Box) -> Projection:
    """The projection that shows the first view of the boundary as large as the box allows."""
    west, south, east, north = boundary.focus
    shrink = cos(radians((south + north) / 2))
    per_degree = min(box.width / ((east - west) * shrink), box.height / (north - south))
    spare_width = box.width - (east - west) * shrink * per_degree
    spare_height = box.height - (north - south) * per_degree
    return Projection(
        west=west,
        south=south,
        shrink=shrink,
        pixels_per_degree=per_degree,
        left=box.left + spare_width / 2,
        bottom=box.bottom + spare_height / 2,
    )


def _draw_areas(
    sheet: Sheet,
    layer: MapLayer,
    boundary: Boundary,
    projection: Projection,
    box: Box,
    *,
    theme: str,
) -> None:
    """Fields first, special outlines last: a neighbour's border never covers them."""
    styles = {area.code: layer.style(area, theme=theme) for area in layer.areas}
    outlines = _outlines(boundary, projection)
    for code, outline in outlines.items():
        style = styles.get(code, hole_style(theme))
        patch = PathPatch(outline, linewidth=sheet.points(0.9), edgecolor=sheet.colours.paper)
        _add(sheet, _filled(patch, style, sheet), box)
    for code, style in styles.items():
        if style.outline:
            _add(sheet, _dotted(PathPatch(outlines[code], fill=False), sheet), box)
    if layer.selected:
        chosen = PathPatch(outlines[layer.selected], fill=False, edgecolor=sheet.colours.ink)
        chosen.set_linewidth(sheet.points(2.5))
        _add(sheet, chosen, box)


def _outlines(boundary: Boundary, projection: Projection) -> dict[str, Outline]:
    """Outlines by code, without the bends that are too small to be seen at this size."""
    simplified = shapely.coverage_simplify(
        [area.geometry for area in boundary.areas],
        SMALLEST_BEND_PX / projection.pixels_per_degree,
    )
    return {
        area.code: _outline(geometry, projection)
        for area, geometry in zip(boundary.areas, simplified, strict=True)
    }


def _outline(geometry: BaseGeometry, projection: Projection) -> Outline:
    """All rings of a geometry as one path; inner rings run the other way and stay open."""
    oriented = shapely.orient_polygons(geometry)
    rings = [
        ring
        for polygon in shapely.get_parts(oriented)
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    return Outline.make_compound_path(
        *(Outline(projection.place(np.asarray(ring.coords)), closed=True) for ring in rings)
    )


def _add(sheet: Sheet, patch: Patch, box: Box) -> None:
    """Adds a patch, cut off at the edge of the map's box."""
    sheet.axes.add_patch(patch)
    frame = Rectangle((box.left, box.bottom), box.width, box.height)
    frame.set_transform(sheet.axes.transData)
    patch.set_clip_path(frame)


def _filled(patch: Patch, style: MarkStyle, sheet: Sheet) -> Patch:
    """The class colour with the texture of the status over it."""
    patch.set_facecolor(style.fill or "none")
    hatch = HATCHES[style.texture]
    if hatch:
        is_missing = style.texture == "hatch"
        patch.set_hatch(hatch)
        patch.set_hatchcolor(sheet.colours.grey if is_missing else sheet.colours.paper)
        patch.set_hatch_linewidth(sheet.points(0.7 if is_missing else 1.3))
    return patch


def _dotted(patch: Patch, sheet: Sheet, *, width: float = 2.2) -> Patch:
    patch.set(
        edgecolor=sheet.colours.ink,
        linewidth=sheet.points(width),
        linestyle=DOTTED,
        capstyle="round",
    )
    return patch


def _draw_points(
    sheet: Sheet,
    point_layers: Sequence[PointLayer],
    projection: Projection,
    box: Box,
    *,
    theme: str,
) -> None:
    for point_layer in point_layers:
        for point in point_layer.points:
            style = point_layer.style(point, theme=theme)
            (centre,) = projection.place(np.array([[point.longitude, point.latitude]]))
            radius = point.radius_px * sheet.scale
            sign = _sign(point_layer.shape, float(centre[0]), float(centre[1]), radius)
            sign.set(edgecolor=sheet.colours.paper, linewidth=sheet.points(1.2))
            if style.fill:
                sign.set_facecolor(style.fill)
            else:
                sign.set(fill=False, edgecolor=sheet.colours.ink, linestyle=(0, (2, 2)))
            _add(sheet, _dotted(sign, sheet, width=1.5) if style.outline else sign, box)


def _sign(shape: str, x: float, y: float, radius: float) -> Patch:
    """The sign of a place around a point, with the area of a circle of that radius."""
    corners = SHAPES[shape]
    if not corners:
        return Circle((x, y), radius, alpha=0.8)
    return Polygon([(x + radius * dx, y + radius * dy) for dx, dy in corners], alpha=0.8)


# --- Names -----------------------------------------------------------------------------------


def _draw_labels(
    sheet: Sheet,
    layer: MapLayer,
    boundary: Boundary,
    projection: Projection,
    box: Box,
    *,
    labels: str,
) -> None:
    """Names on the areas, large areas first; one that finds no free place is left out."""
    taken: list[Box] = []
    marks = {area.code: area.label(labels) for area in layer.areas}
    for area in sorted(boundary.areas, key=lambda area: area.area_km2, reverse=True):
        words = area.label if area.is_hole else marks.get(area.code, "")
        for place in _places_within(area, projection, row_px=ROW_PX * sheet.scale):
            wanted = _text_box(words, place, sheet)
            if words and box.holds(wanted) and not any(wanted.overlaps(b) for b in taken):
                taken.append(wanted)
                _write_label(sheet, words, place, is_hole=area.is_hole)
                break


def _places_within(
    area: Area, projection: Projection, *, row_px: float
) -> Iterator[tuple[float, float]]:
    """Pixels where a name may be centred: the roomiest spot, then others within the area."""
    longitude, latitude = area.label_point
    row = row_px / projection.pixels_per_degree
    for across, up in ((0, 0), (0, 0.7), (0, -0.7), (1, 0), (-1, 0), (0, 1.4), (0, -1.4)):
        spot = (longitude + across * row / projection.shrink, latitude + up * row)
        if area.geometry.contains(shapely.Point(spot)):
            (place,) = projection.place(np.array([spot]))
            yield float(place[0]), float(place[1])


def _text_box(words: str, centre: tuple[float, float], sheet: Sheet) -> Box:
    lines = words.split("\n")
    half_width = max(_text_width(line, "SemiBold") for line in lines) * sheet.scale / 2
    half_height = len(lines) * TEXT_PX * 0.6 * sheet.scale
    x, y = centre
    return Box(x - half_width, y - half_height, x + half_width, y + half_height)


def _write_label(sheet: Sheet, words: str, place: tuple[float, float], *, is_hole: bool) -> None:
    halo = withStroke(linewidth=sheet.points(3.5), foreground=sheet.colours.paper)
    sheet.write(
        words,
        *place,
        weight="Medium" if is_hole else "SemiBold",
        color=sheet.colours.grey if is_hole else sheet.colours.ink,
        ha="center",
        linespacing=1.15,
        path_effects=[halo],
    )


# --- Legend ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """One row of the legend: a heading, a field with words, or a circle with words."""

    lines: tuple[str, ...]
    style: MarkStyle | None = None
    radius_px: float = 0.0
    weight: str = "Medium"
    shape: str = "circle"

    @property
    def field_px(self) -> float:
        """Pixels that field or circle take, with the gap to the words."""
        return max(FIELD_PX[0], 2 * self.radius_px) + GAP_PX if self.style else 0.0

    @property
    def height_px(self) -> float:
        words = ROW_PX + (len(self.lines) - 1) * LINE_PX
        return max(words, 2 * self.radius_px + 4)

    @property
    def width_px(self) -> float:
        return self.field_px + max(_text_width(line, self.weight) for line in self.lines)


def _row(
    words: str,
    style: MarkStyle | None = None,
    *,
    most_px: float,
    radius_px: float = 0.0,
    weight: str = "Medium",
) -> Row:
    """A row no wider than `most_px`: words that need more go on in further lines."""
    row = Row(("",), style, radius_px, weight)
    return replace(row, lines=_wrapped(words, weight, most_px=most_px - row.field_px))


def _wrapped(words: str, weight: str, *, most_px: float) -> tuple[str, ...]:
    lines = [""]
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _text_width(longer, weight) > most_px:
            lines.append(word)
        else:
            lines[-1] = longer
    return tuple(lines)


def _all_entries(
    layer: MapLayer, points: Sequence[PointLayer], *, theme: str, most_px: float
) -> tuple[Row, ...]:
    """The legend's rows in reading order, none wider than `most_px`."""
    row = partial(_row, most_px=most_px)
    heading = partial(_row, most_px=most_px, weight="SemiBold")
    rows = [heading(layer.title)]
    if layer.classes.count == 0:
        rows.append(row(text("maps.legend.no_class", layer.language)))
    rows += [row(entry.words, entry.style) for entry in layer.legend(theme=theme)]
    for point_layer in points:
        style = MarkStyle(getattr(THEMES[theme], point_layer.colour))
        if point_layer.heading:
            rows.append(heading(point_layer.heading))
        rows += [
            replace(row(words, style, radius_px=radius), shape=point_layer.shape)
            for radius, words in point_layer.sizes
        ]
        rows += [row(remark) for remark in point_layer.told(language=layer.language)]
    return tuple(rows)


def _parted(
    whole: Box, rows: Sequence[Row], sheet: Sheet
) -> tuple[Box, list[tuple[Box, Sequence[Row]]]]:
    """The map's box, and the legend's columns: beside it in a wide picture, else below it."""
    gap = MARGIN_PX * sheet.scale
    width = max(row.width_px for row in rows) * sheet.scale
    if whole.width > WIDE * whole.height and width <= MOST_BESIDE * whole.width:
        edge = whole.right - width
        column = Box(edge, whole.bottom, whole.right, whole.top)
        return Box(whole.left, whole.bottom, edge - gap, whole.top), [(column, rows)]
    columns = _columns_within(whole.width, rows, scale=sheet.scale)
    top = whole.bottom + _legend_height(columns) * sheet.scale
    boxes = [
        Box(whole.left + i * (width + gap), whole.bottom, whole.right, top)
        for i in range(len(columns))
    ]
    map_box = Box(whole.left, top + gap, whole.right, whole.top)
    return map_box, list(zip(boxes, columns, strict=True))


def _columns_within(width: float, rows: Sequence[Row], *, scale: float) -> list[Sequence[Row]]:
    """Rows in as many columns as stand beside each other in `width` pixels."""
    widest = (max(row.width_px for row in rows) + MARGIN_PX) * scale
    return _columns(rows, count=max(1, int((width + MARGIN_PX * scale) // widest)))


def _columns(rows: Sequence[Row], *, count: int) -> list[Sequence[Row]]:
    """Rows in `count` columns of like length or fewer, in reading order."""
    length = -(-len(rows) // count)
    return [rows[start : start + length] for start in range(0, len(rows), length)]


def _legend_height(columns: Sequence[Sequence[Row]]) -> float:
    """Pixels of the highest column, before scaling."""
    return max(sum(row.height_px for row in column) for column in columns)


def _draw_legend(sheet: Sheet, columns: Sequence[tuple[Box, Sequence[Row]]]) -> None:
    for box, rows in columns:
        y = box.top
        for row in rows:
            height = row.height_px * sheet.scale
            _draw_row(sheet, row, box.left, y - height / 2)
            y -= height


def _draw_row(sheet: Sheet, row: Row, left: float, middle: float) -> None:
    if row.style is not None:
        _draw_field(sheet, row, row.style, left, middle)
    start = left + row.field_px * sheet.scale
    for position, line in enumerate(row.lines):
        offset = (position - (len(row.lines) - 1) / 2) * LINE_PX * sheet.scale
        sheet.write(line, start, middle - offset, weight=row.weight)


def _draw_field(sheet: Sheet, row: Row, style: MarkStyle, left: float, middle: float) -> None:
    width, height = (side * sheet.scale for side in FIELD_PX)
    if row.radius_px:
        radius = row.radius_px * sheet.scale
        centre = left + max(width, 2 * radius) / 2
        patch: Patch = _sign(row.shape, centre, middle, radius)
    else:
        patch = Rectangle((left, middle - height / 2), width, height)
    patch.set(edgecolor=sheet.colours.line, linewidth=sheet.points(0.8))
    _filled(patch, style, sheet)
    sheet.axes.add_patch(_dotted(patch, sheet) if style.outline else patch)


# --- Letters ---------------------------------------------------------------------------------


@cache
def _font(weight: str) -> FontProperties:
    """The house font; matplotlib's own where its files are not there."""
    file = FONT_FOLDER / f"PlusJakartaSans-{weight}.ttf"
    return FontProperties(fname=str(file)) if file.is_file() else FontProperties()


@cache
def _text_width(words: str, weight: str) -> float:
    """Width of one line in pixels at the normal size."""
    letters = get_font(findfont(_font(weight)))
    letters.set_size(TEXT_PX, POINTS_PER_INCH)
    letters.set_text(words, 0.0, flags=LoadFlags.NO_HINTING)
    return float(letters.get_width_height()[0]) / SUBPIXELS
