"""A map's figures with their boundaries as GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.figures.figure import Figure
from analytics.observations.status import ObsStatus
from analytics.publishing.tables import TRAINING_COLUMN, TRAINING_NOTICE

COLUMNS = ("item", "obs_value", "obs_text", "unit", "obs_status", "period_start", "period_end",
           "source_id", "caveat")  # fmt: skip


def map_geojson(figure: Figure, *, boundary: Path, language: str) -> bytes:
    """Every area of the boundary with the figure's value, status and source, null where missing.

    Region and edition stand at every area too: programs that read GeoJSON drop what is said of
    the whole collection.
    """
    shapes = json.loads(boundary.read_text(encoding="utf-8"))
    rows = {str(row["ref_area"]): row for row in figure.frame.to_dict("records")}
    result = figure.result
    features = [
        feature | {"properties": _properties(feature["properties"], rows, figure, language)}
        for feature in shapes["features"]
    ]
    collection = {
        "type": "FeatureCollection",
        "title": figure.title(language),
        "indicator": result.indicator.code,
        "region": result.edition.region_name.in_language(language),
        "edition": result.edition.number,
        "sources": [f"{source.cited(language)} {source.url}".strip() for source in result.sources],
        "features": features,
    }
    if result.edition.is_training:
        collection[TRAINING_COLUMN] = TRAINING_NOTICE
    return json.dumps(collection, ensure_ascii=False, default=str).encode("utf-8")


def _properties(
    own: Mapping[str, Any], rows: Mapping[str, Mapping[str, Any]], figure: Figure, language: str
) -> dict[str, Any]:
    row = rows.get(str(own["code"]), {})
    result = figure.result
    found = {name: _plain(row.get(name)) for name in COLUMNS}
    found["unit"] = found["unit"] or result.indicator.unit
    found["obs_status"] = found["obs_status"] or ObsStatus.MISSING.value
    found["indicator"] = result.indicator.code
    found["indicator_name"] = result.indicator.name.in_language(language)
    found |= {"region": result.edition.region, "edition": result.edition.number}
    if result.edition.is_training:
        found[TRAINING_COLUMN] = TRAINING_NOTICE
    return {"code": own["code"], "name": own.get("name"), **found}


def _plain(value: Any) -> Any:
    if value is None or pd.isna(value):
        return None
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else value
