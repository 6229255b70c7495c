"""Destinations on the map: circles by kind over quiet areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.map_layer import (
    AreaMark,
    LegendEntry,
    MapLayer,
    MarkStyle,
    PointLayer,
    PointMark,
    hole_style,
    map_layer,
    point_layer,
)
from analytics.figures.palette import THEMES
from analytics.figures.result import Number, Result, Statement
from analytics.figures.sentences import written
from analytics.geography.boundaries import Boundary
from analytics.geography.classes import classify
from analytics.i18n import text
from analytics.observations.status import ObsStatus
from analytics.tourism.destinations import KIND_ORDER, kind_counts
from analytics.tourism.words import computed_indicator, kind_label

# A kind has its colour and its sign: nobody needs to tell the colours apart.
KIND_COLOURS = {"nature": "green", "culture": "violet", "manmade": "gold", "village": "blue"}
KIND_SHAPES = {"nature": "triangle", "culture": "diamond", "manmade": "square", "village": "circle"}
OTHER_COLOUR, OTHER_SHAPE = "brick", "pentagon"
LEGEND_RADIUS_PX = 8.0
FADED = 0.45  # how much of its kind's colour a place without a figure keeps
NAMES_ON_HOVER = 8


@dataclass(frozen=True)
class QuietLayer(MapLayer):
    """Areas as ground for places: all of one colour, the words still say what lies in them."""

    def style(self, area: AreaMark, *, theme: str) -> MarkStyle:  # noqa: ARG002
        return MarkStyle(THEMES[theme].missing)

    def legend(self, *, theme: str) -> tuple[LegendEntry, ...]:
        return tuple(
            LegendEntry(hole_style(theme), text("maps.legend.hole", self.language, name=name))
            for name in self.holes
        )


@dataclass(frozen=True)
class KindLayer(PointLayer):
    """Places of one kind: the colour says the kind also where no visits are known, then faded."""

    def style(self, point: PointMark, *, theme: str) -> MarkStyle:
        known = super().style(replace(point, is_missing=False), theme=theme)
        if not point.is_missing:
            return known
        return MarkStyle(_mixed(known.fill, THEMES[theme].surface, part=FADED))


def _mixed(colour: str, ground: str, *, part: float) -> str:
    """A colour thinned with the ground: `part` of it is left."""
    pairs = [(int(colour[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a * part + b * (1 - part)):02X}" for a, b in pairs)


def ground_layer(
    edition: Edition, result: Result, *, boundary: Boundary, language: str
) -> QuietLayer:
    """The areas with the number and names of the destinations in them."""
    counts = _by_area(edition, result, boundary, language)
    drawn = map_layer(
        counts,
        boundary=boundary,
        classes=classify(counts.frame["obs_value"], method="equal", k=1),
        language=language,
    )
    fields = {name: getattr(drawn, name) for name in MapLayer.__dataclass_fields__}
    return QuietLayer(**{**fields, "title": text("tourism.destinations.legend_title", language)})


def _by_area(edition: Edition, result: Result, boundary: Boundary, language: str) -> Result:
    frame = result.frame[result.frame["ref_area"].isin(boundary.codes)]
    rows = [
        {
            "ref_area": area,
            "obs_value": float(len(group)),
            "obs_status": ObsStatus.NORMAL.value,
            "lines": _names(group["place_name"], language),
        }
        for area, group in frame.groupby("ref_area")
    ]
    table = pd.DataFrame(rows, columns=["ref_area", "obs_value", "obs_status", "lines"])
    listed = computed_indicator("destinations_listed", unit="site", decimals=0)
    title = Statement("tourism.destinations.title.listed", {"n": len(result.frame)})
    return replace(result, frame=table, indicator=listed, title=title, edition=edition.stamp)


def _names(names: pd.Series, language: str) -> tuple[str, ...]:
    shown = [str(name) for name in names.sort_values().head(NAMES_ON_HOVER)]
    rest = len(names) - len(shown)
    more = [text("tourism.destinations.more", language, n=rest)] if rest else []
    return (*shown, *more)


def kind_layers(result: Result, *, language: str) -> tuple[PointLayer, ...]:
    """One layer of circles a kind, all sized by the same largest value, in the legend's order.

    The last one's remarks say what the size of every circle means.
    """
    frame = with_lines(result.frame, language=language)
    largest = frame["obs_value"].max()
    layers = [
        _kind_layer(replace(result, frame=frame[frame["kind"] == kind]), kind, n, largest, language)
        for kind, n in kind_counts(frame).items()
    ]
    if result.is_empty:
        return tuple(layers)
    return (*layers[:-1], replace(layers[-1], remarks=_size_remarks(result, language)))


def _size_remarks(result: Result, language: str) -> tuple[str, ...]:
    value = written(result.frame["obs_value"].max(), result.indicator, language)
    return (
        text("tourism.page.legend_size", language, value=value),
        text("tourism.page.legend_hollow", language),
    )


def _kind_layer(result: Result, kind: str, n: int, largest: float, language: str) -> PointLayer:
    words = kind_label(kind).in_language(language)
    drawn = point_layer(
        result,
        language=language,
        colour=KIND_COLOURS.get(kind, OTHER_COLOUR),
        largest_value=float(largest) if pd.notna(largest) else None,
    )
    count = text("tourism.destinations.kind_count", language, kind=words, n=n)
    fields = {name: getattr(drawn, name) for name in PointLayer.__dataclass_fields__}
    key = {"title": words, "heading": "", "sizes": ((LEGEND_RADIUS_PX, count),)}
    shape = KIND_SHAPES.get(kind, OTHER_SHAPE)
    return KindLayer(**{**fields, **key, "without_position": (), "shape": shape})


def with_lines(frame: pd.DataFrame, *, language: str) -> pd.DataFrame:
    """The frame with what is said of a place when it is pointed at: kind, months, ticket."""
    return frame.assign(lines=[_lines(row, language) for row in frame.to_dict("records")])


def _lines(row: dict, language: str) -> tuple[str, ...]:
    statements = [kind_label(str(row["kind"])).in_language(language)]
    if pd.notna(row["months_reported"]):
        statements.append(
            text("tourism.destinations.months", language, n=int(row["months_reported"]))
        )
    statements += site_facts(row, language=language)
    return tuple(statements)


def site_facts(row: dict, *, language: str) -> list[str]:
    """Operator and ticket of a destination, as far as known."""
    operator = str(row["operator_en" if language == "en" else "operator"] or "")
    facts = [text("tourism.destinations.operator", language, operator=operator)] if operator else []
    price = row["ticket_idr"]
    if pd.notna(price) and price == 0:
        facts.append(text("tourism.destinations.free", language))
    elif pd.notna(price):
        value = Statement("tourism.destinations.ticket", {"price": Number(price, "rupiah")})
        facts.append(value.words(language))
    return facts


def kind_order(kinds: Sequence[str]) -> tuple[str, ...]:
    """Kinds in the order of the legend."""
    return (
        *(kind for kind in KIND_ORDER if kind in kinds),
        *sorted(set(kinds) - set(KIND_ORDER)),
    )
