"""A map of named classes: quadrants, clusters. Each area carries its class in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from analytics.figures.map_layer import MapLayer, map_layer
from analytics.figures.result import Result
from analytics.geography.boundaries import Boundary
from analytics.geography.classes import MISSING_CODE, Classes


def category_layer(
    result: Result,
    *,
    boundary: Boundary,
    column: str,
    names: Mapping[str, str],
    language: str,
    selected: str | None = None,
    is_diverging: bool = False,
    without_class: str = "",
) -> MapLayer:
    """The map of the classes in `column`; `names` gives their words from low to high.

    An area whose class is in none of them is hatched; `without_class` is what the legend calls
    such areas. What the report says of an area (`lines`) is kept.
    """
    known = dict(zip(result.frame["ref_area"], result.frame[column], strict=True))
    codes = {name: code for code, name in enumerate(names)}
    drawn = map_layer(
        result,
        boundary=boundary,
        classes=_classes(len(names), is_diverging=is_diverging),
        language=language,
        selected=selected,
    )
    areas = tuple(
        replace(
            area,
            class_code=codes.get(known.get(area.code, ""), MISSING_CODE),
            value_words=names.get(known.get(area.code, ""), area.value_words),
        )
        for area in drawn.areas
    )
    words = tuple(names.values())
    return replace(drawn, areas=areas, class_words=words, without_class=without_class)


def _classes(count: int, *, is_diverging: bool) -> Classes:
    """One class for each name; the limits mean nothing and are not shown."""
    limits = tuple(step - 0.5 for step in range(count + 1))
    return Classes(
        method="manual",
        breaks=limits[1:-1],
        bounds=tuple(pairwise(limits)),
        counts=(0,) * count,
        codes=(),
        neutral=0.5 if is_diverging else None,
    )
