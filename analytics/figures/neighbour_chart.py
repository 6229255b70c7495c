"""Which areas count as neighbours, drawn: outlines, a line for each pair, a dot for each area."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from analytics.figures.map_layer import MapLayer
from analytics.figures.palette import THEMES
from analytics.geography.boundaries import WebGeometry
from analytics.i18n import text

HEIGHT_PX = 360
DOT_AREA = 36


def neighbour_spec(
    layer: MapLayer,
    *,
    geometry: WebGeometry,
    neighbours: Mapping[str, tuple[str, ...]],
    theme: str,
    height: int = HEIGHT_PX,
) -> dict[str, Any]:
    """Vega-Lite of the areas in the colours of `layer` with a line between neighbours.

    Drawn flat, north up; nothing is fetched. Areas of another region are left out.
    """
    every = json.loads(geometry.content)["features"]
    features = [feature for feature in every if not feature["properties"].get("hole")]
    places = {f["properties"]["code"]: _point(f) for f in features}
    pairs = neighbour_pairs(neighbours)
    words = text(
        "analysis.page.neighbours_alternative", layer.language, n=len(features), links=len(pairs)
    )
    return {
        "height": height,
        "width": "container",
        "description": words,
        "background": "transparent",
        "projection": {"type": "identity", "reflectY": True},
        "config": {"view": {"stroke": None}},
        "layer": [
            _outlines(features, layer, theme),
            _lines([(places[one], places[other]) for one, other in pairs], theme),
            _dots(features, places, theme),
        ],
    }


def neighbour_pairs(neighbours: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """Each pair of neighbours once, in order of code."""
    found: Iterable[tuple[str, str]] = {
        (min(one, other), max(one, other)) for one, others in neighbours.items() for other in others
    }
    return sorted(found)


def _point(feature: Mapping[str, Any]) -> list[float]:
    return [feature["properties"]["x"], feature["properties"]["y"]]


def _outlines(features: list[dict[str, Any]], layer: MapLayer, theme: str) -> dict[str, Any]:
    looks = {area.code: layer.style(area, theme=theme).fill for area in layer.areas}
    rows = [
        {**feature, "name": feature["properties"]["name"],
         "fill": looks[feature["properties"]["code"]]}
        for feature in features
    ]  # fmt: skip
    return {
        "data": {"values": rows},
        "mark": {"type": "geoshape", "stroke": THEMES[theme].grey, "fillOpacity": 0.55},
        "encoding": {
            "fill": {"field": "fill", "type": "nominal", "scale": None},
            "tooltip": {"field": "name", "type": "nominal", "title": ""},
        },
    }


def _lines(ends: list[tuple[list[float], list[float]]], theme: str) -> dict[str, Any]:
    rows = [
        {"type": "Feature", "properties": {},
         "geometry": {"type": "LineString", "coordinates": list(pair)}}
        for pair in ends
    ]  # fmt: skip
    return {
        "data": {"values": rows},
        "mark": {"type": "geoshape", "filled": False, "stroke": THEMES[theme].ink,
                 "strokeWidth": 1.4},
    }  # fmt: skip


def _dots(
    features: list[dict[str, Any]], places: Mapping[str, list[float]], theme: str
) -> dict[str, Any]:
    rows = [
        {"type": "Feature", "properties": {},
         "geometry": {"type": "Point", "coordinates": places[feature["properties"]["code"]]}}
        for feature in features
    ]  # fmt: skip
    return {
        "data": {"values": rows},
        "mark": {"type": "geoshape", "filled": True, "fill": THEMES[theme].ink,
                 "pointRadius": DOT_AREA**0.5 / 2},
    }  # fmt: skip
