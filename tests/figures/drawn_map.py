"""A map small enough to check by eye: four square areas, one of them without a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd

from analytics.figures.map_layer import MapLayer, map_layer
from analytics.figures.result import (
    EditionStamp,
    Indicator,
    Label,
    Period,
    Result,
    Statement,
)
from analytics.geography.boundaries import Boundary, read_boundary, with_holes
from analytics.geography.classes import Classes, classify
from tests.geography.square_region import four_areas, gap_feature, geojson

ROWS = (
    {"ref_area": "99.01.01", "obs_value": 10.0, "obs_status": "A"},
    {"ref_area": "99.01.02", "obs_value": 20.0, "obs_status": "P"},
    {"ref_area": "99.01.03", "obs_value": 30.0, "obs_status": "U"},
)


def square_boundary(**names: str) -> Boundary:
    """The four squares and the gap; `names` gives an area (a01 to a04) another name."""
    features = four_areas()
    for key, name in names.items():
        features[int(key[1:]) - 1]["properties"]["name"] = name
    holes = read_boundary(geojson([gap_feature()]), level="hole").areas
    return with_holes(read_boundary(geojson(features), level="kecamatan"), holes=holes)


def drawn_result(
    rows: Sequence[Mapping[str, Any]] = ROWS, *, unit: str = "t", decimals: int = 0
) -> Result:
    """A result of these rows in tonnes, or in another unit."""
    return Result(
        name="drawn",
        frame=pd.DataFrame(list(rows)),
        indicator=Indicator(
            code="production",
            name=Label("Produksi padi", "Rice production"),
            unit=unit,
            unit_symbol=Label(unit, unit),
            decimals=decimals,
            better="up",
            aggregate="sum",
            definition=Label("", ""),
        ),
        sources=(),
        period=Period(date(2023, 1, 1), date(2023, 12, 31), "A"),
        edition=EditionStamp(
            "squares", Label("Persegi", "Squares"), 1, datetime(2024, 1, 1), date(2024, 1, 1), False
        ),
        title=Statement("maps.hover.missing"),
    )


def drawn_layer(
    rows: Sequence[Mapping[str, Any]] = ROWS,
    *,
    classes: Classes | None = None,
    boundary: Boundary | None = None,
    language: str = "id",
    selected: str | None = None,
) -> MapLayer:
    """The map of these rows over the four squares, in two classes unless told otherwise."""
    result = drawn_result(rows)
    found = classes or classify(result.frame["obs_value"], method="manual", breaks=[15])
    return map_layer(
        result,
        boundary=boundary or square_boundary(),
        classes=found,
        language=language,
        selected=selected,
    )
