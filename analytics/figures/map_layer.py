"""What a map shows, for browser, picture and legend alike: classes, marks of status, words.

A layer is made from a Result; browser and picture only draw it, so they cannot disagree.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analytics.figures.palette import THEMES, diverging, sequential
from analytics.figures.result import Indicator, Result
from analytics.figures.sentences import status_words, written
from analytics.geography.boundaries import Area, Boundary
from analytics.geography.classes import MISSING_CODE, Classes
from analytics.i18n import Formatter, text
from analytics.observations.status import ObsStatus

LABEL_CHOICES = ("none", "names", "values")
LARGEST_RADIUS_PX = 18.0
SMALLEST_RADIUS_PX = 4.0
EXTRA_DECIMALS = 4  # how many more decimals limits may show before two of them look equal

# Signs of a place beside the circle, as corners around its middle (y upwards); each has the
# area of a circle of radius one, so that size means the same whatever the sign.
SHAPES: Mapping[str, tuple[tuple[float, float], ...]] = {
    "circle": (),
    "square": ((0.886, 0.886), (0.886, -0.886), (-0.886, -0.886), (-0.886, 0.886)),
    "triangle": ((0.0, 1.555), (1.347, -0.778), (-1.347, -0.778)),
    "diamond": ((0.0, 1.253), (1.253, 0.0), (0.0, -1.253), (-1.253, 0.0)),
    "pentagon": ((0.0, 1.149), (1.093, 0.355), (0.675, -0.930), (-0.675, -0.930), (-1.093, 0.355)),
}

# How a status looks: a texture over the class colour, or an outline. Missing has no class.
TEXTURES: Mapping[str, str] = {
    ObsStatus.PROVISIONAL: "dots",
    ObsStatus.ESTIMATED: "bars",
    ObsStatus.FORECAST: "dashes",
}
OUTLINES: Mapping[str, str] = {ObsStatus.UNVERIFIED: "dotted"}
MARKED = (
    ObsStatus.PROVISIONAL,
    ObsStatus.ESTIMATED,
    ObsStatus.FORECAST,
    ObsStatus.UNVERIFIED,
)


class BadLayer(ValueError):
    """A frame that cannot be drawn as a map; the message names the rows and the cure."""


@dataclass(frozen=True)
class MarkStyle:
    """How one area, point or legend field looks.

    `texture` is hatch (missing), dots (provisional), bars (estimated), dashes (forecast) or
    empty; `outline` is dotted (unverified) or empty.
    """

    fill: str
    texture: str = ""
    outline: str = ""


@dataclass(frozen=True)
class AreaMark:
    """One area: its class (-1 missing), status and the words shown when it is pointed at."""

    code: str
    name: str
    short_name: str
    class_code: int
    status: str
    value_words: str
    lines: tuple[str, ...]

    @property
    def is_missing(self) -> bool:
        return self.class_code == MISSING_CODE

    def label(self, labels: str) -> str:
        """What is written on the area: nothing, its name, or name and value."""
        if labels == "none":
            return ""
        if labels == "names" or self.is_missing:
            return self.short_name
        return f"{self.short_name}\n{self.value_words}"


@dataclass(frozen=True)
class PointMark:
    """One place: a circle whose area grows with the value; hollow when the value is missing."""

    place: str
    name: str
    longitude: float
    latitude: float
    radius_px: float
    status: str
    is_missing: bool
    lines: tuple[str, ...]


@dataclass(frozen=True)
class PointLayer:
    """Places over the areas. `colour` names a colour of the theme, such as blue for tourism;
    `shape` is one of SHAPES, so that layers differ also without colour.

    In the legend stand `heading`, then a circle for each of `sizes` (radius in pixels and
    words), then `remarks`; an empty heading is left out.
    """

    title: str
    colour: str
    points: tuple[PointMark, ...]
    sizes: tuple[tuple[float, str], ...]
    without_position: tuple[str, ...]
    heading: str = ""
    remarks: tuple[str, ...] = ()
    shape: str = "circle"

    def told(self, *, language: str) -> tuple[str, ...]:
        """What the legend says below the signs: remarks, and places that have no position."""
        names = self.without_position
        if not names:
            return self.remarks
        words = text("maps.legend.without_position", language, n=len(names), names=", ".join(names))
        return (*self.remarks, words)

    def style(self, point: PointMark, *, theme: str) -> MarkStyle:
        """Look of one place."""
        fill = "" if point.is_missing else getattr(THEMES[theme], self.colour)
        return MarkStyle(fill, outline=OUTLINES.get(point.status, ""))


@dataclass(frozen=True)
class LegendEntry:
    """One line of the legend: its field and its words."""

    style: MarkStyle
    words: str


@dataclass(frozen=True)
class MapLayer:
    """Everything that browser, picture and legend need to draw the areas of one measure.

    `holes` are the names of areas that belong to another region; `aspect` is the width of
    the map divided by its height. `without_class` is what the legend calls areas that belong
    to no class, where that is not for want of data.
    """

    level: str
    language: str
    title: str
    alternative: str
    classes: Classes
    class_words: tuple[str, ...]
    areas: tuple[AreaMark, ...]
    holes: tuple[str, ...]
    aspect: float
    selected: str | None = None
    without_class: str = ""

    @property
    def missing(self) -> int:
        """Number of areas without a value."""
        return sum(area.is_missing for area in self.areas)

    def colours(self, *, theme: str) -> tuple[str, ...]:
        """Colour of each class, low to high."""
        if self.classes.count == 0:
            return ()
        ramp = diverging if self.classes.is_diverging else sequential
        return ramp(self.classes.count, theme=theme)

    def style(self, area: AreaMark, *, theme: str) -> MarkStyle:
        """Look of one area."""
        if area.is_missing:
            return missing_style(theme)
        return MarkStyle(
            fill=self.colours(theme=theme)[area.class_code],
            texture=TEXTURES.get(area.status, ""),
            outline=OUTLINES.get(area.status, ""),
        )

    def legend(self, *, theme: str) -> tuple[LegendEntry, ...]:
        """Lines of the legend: classes from high to low, marks of status, missing, holes."""
        return (
            *self._class_entries(theme),
            *self._status_entries(theme),
            *self._missing_entry(theme),
            *self._hole_entry(theme),
        )

    def _class_entries(self, theme: str) -> list[LegendEntry]:
        colours = self.colours(theme=theme)
        entries = []
        for code in reversed(range(self.classes.count)):
            count = sum(area.class_code == code for area in self.areas)
            words = text("maps.legend.class", self.language, limits=self.class_words[code], n=count)
            entries.append(LegendEntry(MarkStyle(colours[code]), words))
        return entries

    def _status_entries(self, theme: str) -> list[LegendEntry]:
        entries = []
        for status in MARKED:
            count = sum(area.status == status and not area.is_missing for area in self.areas)
            if count:
                words = text(f"maps.legend.status.{status.value}", self.language, n=count)
                entries.append(LegendEntry(_status_style(status, theme), words))
        return entries

    def _missing_entry(self, theme: str) -> list[LegendEntry]:
        if not self.missing:
            return []
        words = self.without_class or text(
            "maps.legend.missing", self.language, n=self.missing, total=len(self.areas)
        )
        return [LegendEntry(missing_style(theme), words)]

    def _hole_entry(self, theme: str) -> list[LegendEntry]:
        return [
            LegendEntry(hole_style(theme), text("maps.legend.hole", self.language, name=name))
            for name in self.holes
        ]


def map_layer(
    result: Result,
    *,
    boundary: Boundary,
    classes: Classes,
    language: str,
    selected: str | None = None,
    change_words: str = "maps.legend",
) -> MapLayer:
    """The map of a result's values over all areas of `boundary`.

    The frame has one row an area: `ref_area`, `obs_value`, `obs_status` and, if wanted,
    `lines`: further words for the pointer (rank, change, source) in `language`, one sequence
    of texts a row. Areas without a row are missing. `change_words` is where the catalogue has
    the words `rise`, `fall` and `unchanged` of diverging classes. Raises BadLayer for an area
    twice or an area that has no outline: it would vanish from the map.
    """
    rows = _rows_by_area(result.frame, boundary)
    indicator = result.indicator
    words = _class_words(classes, indicator=indicator, language=language, change_words=change_words)
    areas = tuple(
        _area_mark(boundary.area(code), rows.get(code), classes, indicator, language)
        for code in boundary.codes
    )
    return MapLayer(
        level=boundary.level,
        language=language,
        title=_title(result, language),
        alternative=_alternative(result, areas, language),
        classes=classes,
        class_words=words,
        areas=areas,
        holes=tuple(area.name for area in boundary.areas if area.is_hole),
        aspect=round(boundary.aspect, 3),
        selected=selected if selected in boundary.codes else None,
    )


def point_layer(
    result: Result, *, language: str, colour: str, largest_value: float | None = None
) -> PointLayer:
    """Places of a result as circles; the circle's area is in proportion to the value.

    The frame has one row a place: `place`, `place_name`, `longitude`, `latitude`,
    `obs_value`, `obs_status` and, if wanted, `lines`. `largest_value` (of all years) keeps
    sizes comparable between years. Places without coordinates are listed, not drawn.
    """
    frame = result.frame
    has_position = frame["longitude"].notna() & frame["latitude"].notna()
    largest = largest_value if largest_value is not None else frame["obs_value"].max()
    title = _title(result, language)
    points = [
        _point_mark(row, indicator=result.indicator, language=language, largest=largest)
        for row in _records(frame[has_position])
    ]
    return PointLayer(
        title=title,
        colour=colour,
        points=tuple(sorted(points, key=lambda point: (-point.radius_px, point.place))),
        sizes=_size_key(largest, indicator=result.indicator, language=language),
        without_position=tuple(frame.loc[~has_position, "place_name"]),
        heading=text("maps.legend.size_title", language, title=title),
    )


def paint_message(
    layer: MapLayer, *, theme: str, labels: str = "none", points: Sequence[PointLayer] = ()
) -> dict[str, Any]:
    """What the browser is told when the choice changes: looks and words by code, no geometry.

    An area is `[look, label, line, ...]`, a place `[code, latitude, longitude, radius, look,
    shape, line, ...]`; looks are `[fill, texture, outline]` and shapes corners, each once.
    All words are plain text: the browser never reads them as HTML.
    """
    if labels not in LABEL_CHOICES:
        raise BadLayer(f"Labels are {', '.join(LABEL_CHOICES)}, not '{labels}'.")
    looks: dict[MarkStyle, int] = {hole_style(theme): 0, missing_style(theme): 1}
    areas = {
        area.code: [_look(looks, layer.style(area, theme=theme)), area.label(labels), *area.lines]
        for area in layer.areas
    }
    circles = [
        [
            point.place,
            point.latitude,
            point.longitude,
            round(point.radius_px, 1),
            _look(looks, point_set.style(point, theme=theme)),
            point_set.shape,
            *point.lines,
        ]
        for point_set in points
        for point in point_set.points
    ]
    return {
        "theme": _browser_theme(theme),
        "looks": [[look.fill, look.texture, look.outline] for look in looks],
        "areas": areas,
        "points": circles,
        "shapes": {point_set.shape: SHAPES[point_set.shape] for point_set in points},
        "selected": layer.selected,
        "words": {
            "language": layer.language,
            "map": layer.alternative,
            "hole": text("maps.hover.hole", layer.language),
            "home": text("maps.control.home", layer.language),
            "zoomIn": text("maps.control.zoom_in", layer.language),
            "zoomOut": text("maps.control.zoom_out", layer.language),
            "failed": text("maps.control.failed", layer.language),
        },
    }


def missing_style(theme: str) -> MarkStyle:
    """Look of an area without a value: grey with hatching, in both themes."""
    return MarkStyle(THEMES[theme].missing, texture="hatch")


def hole_style(theme: str) -> MarkStyle:
    """Look of an area that belongs to another region: plain grey."""
    return MarkStyle(THEMES[theme].line)


def _status_style(status: ObsStatus, theme: str) -> MarkStyle:
    """Look of a status in the legend: its texture or outline on grey, whatever the class."""
    colours = THEMES[theme]
    return MarkStyle(
        fill=colours.grey if status in TEXTURES else colours.surface,
        texture=TEXTURES.get(status, ""),
        outline=OUTLINES.get(status, ""),
    )


def _look(looks: dict[MarkStyle, int], style: MarkStyle) -> int:
    return looks.setdefault(style, len(looks))


def _browser_theme(theme: str) -> dict[str, str]:
    colours = THEMES[theme]
    return {
        "name": theme,
        "ground": colours.paper,
        "surface": colours.surface,
        "ink": colours.ink,
        "grey": colours.grey,
        "line": colours.line,
    }


def _rows_by_area(frame: pd.DataFrame, boundary: Boundary) -> dict[str, dict[str, Any]]:
    codes = frame["ref_area"].astype(str)
    repeated = sorted(codes[codes.duplicated()].unique())
    if repeated:
        raise BadLayer(f"Areas with more than one row: {', '.join(repeated)}. Choose one value.")
    strange = sorted(set(codes) - set(boundary.codes))
    if strange:
        raise BadLayer(
            f"Areas without an outline at level {boundary.level}: {', '.join(strange)}. "
            "Select the rows of this level first."
        )
    return dict(zip(codes, _records(frame), strict=True))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _area_mark(
    area: Area,
    row: Mapping[str, Any] | None,
    classes: Classes,
    indicator: Indicator,
    language: str,
) -> AreaMark:
    value = None if row is None else row["obs_value"]
    (class_code,) = classes.codes_of([value])
    is_missing = class_code == MISSING_CODE
    status = str(ObsStatus.MISSING if is_missing or row is None else row["obs_status"])
    value_words = written(value, indicator, language)
    return AreaMark(
        code=area.code,
        name=area.name,
        short_name=area.label,
        class_code=class_code,
        status=status,
        value_words=value_words,
        lines=_lines(area.name, value_words, status, row, language),
    )


def _lines(
    name: str, value_words: str, status: str, row: Mapping[str, Any] | None, language: str
) -> tuple[str, ...]:
    """Name, value (or that there is none), status if it is not normal, then the report's lines."""
    lines = [name]
    if status == ObsStatus.MISSING:
        lines.append(text("maps.hover.missing", language))
    else:
        lines.append(value_words)
        if status in MARKED:
            lines.append(status_words(status, language))
    further = () if row is None else row.get("lines")
    return (*lines, *(further if isinstance(further, list | tuple) else ()))


def _point_mark(
    row: Mapping[str, Any], *, indicator: Indicator, language: str, largest: float
) -> PointMark:
    value = row["obs_value"]
    is_missing = value is None or pd.isna(value)
    status = str(ObsStatus.MISSING if is_missing else row["obs_status"])
    value_words = written(value, indicator, language)
    name = str(row["place_name"])
    return PointMark(
        place=str(row["place"]),
        name=name,
        longitude=float(row["longitude"]),
        latitude=float(row["latitude"]),
        radius_px=SMALLEST_RADIUS_PX if is_missing else _radius_px(value, largest=largest),
        status=status,
        is_missing=is_missing,
        lines=_lines(name, value_words, status, row, language),
    )


def _radius_px(value: float, *, largest: float) -> float:
    share = value / largest if largest > 0 else 0.0
    return max(SMALLEST_RADIUS_PX, LARGEST_RADIUS_PX * math.sqrt(max(0.0, share)))


def _size_key(
    largest: float, *, indicator: Indicator, language: str
) -> tuple[tuple[float, str], ...]:
    """Circles for the legend: round values near the largest, a quarter and a twentieth of it."""
    if pd.isna(largest) or largest <= 0:
        return ()
    values = sorted({_round_down(largest * part) for part in (1.0, 0.25, 0.05)}, reverse=True)
    return tuple(
        (_radius_px(value, largest=largest), written(value, indicator, language))
        for value in values
        if value > 0
    )


def _round_down(value: float) -> float:
    """Down to one significant digit: 0.03 from 0.0371, 400 from 478."""
    step = 10.0 ** math.floor(math.log10(value))
    return math.floor(value / step + 1e-9) * step


def _title(result: Result, language: str) -> str:
    unit = result.indicator.unit_symbol.in_language(language)
    return text(
        "maps.legend.title" if unit else "maps.legend.title_without_unit",
        language,
        indicator=result.indicator.name.in_language(language),
        unit=unit,
        period=result.period.words(language),
    )


def _alternative(result: Result, areas: Sequence[AreaMark], language: str) -> str:
    return text(
        "maps.alternative",
        language,
        title=result.title.words(language),
        sentence=result.sentence(language),
        known=sum(not area.is_missing for area in areas),
        total=len(areas),
    )


def _class_words(
    classes: Classes, *, indicator: Indicator, language: str, change_words: str
) -> tuple[str, ...]:
    """Limits of each class in words, with as many decimals as keep different limits apart."""
    limits = sorted({limit for pair in classes.bounds for limit in pair})
    decimals = _decimals_that_part(limits, least=indicator.decimals)
    words = Formatter(language)

    def number(value: float) -> str:
        return words.number(value, decimals)

    return tuple(
        _limits_in_words(classes, code, number=number, language=language, change_words=change_words)
        for code in range(classes.count)
    )


def _limits_in_words(
    classes: Classes, code: int, *, number: Any, language: str, change_words: str
) -> str:
    low, high = classes.bounds[code]
    if classes.is_diverging:
        middle = classes.count // 2
        kind = "unchanged" if code == middle else "rise" if code > middle else "fall"
        small, large = sorted((abs(low), abs(high)))
        return text(f"{change_words}.{kind}", language, low=number(small), high=number(large))
    if low == high:
        return number(low)
    kind = "first_range" if code == 0 else "range"
    return text(f"maps.legend.{kind}", language, low=number(low), high=number(high))


def _decimals_that_part(limits: Sequence[float], *, least: int) -> int:
    for decimals in range(least, least + EXTRA_DECIMALS):
        if len({round(limit, decimals) for limit in limits}) == len(limits):
            return decimals
    return least + EXTRA_DECIMALS
