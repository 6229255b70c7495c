"""Writes map files the way geographic programs do, so that reading them can be tested."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import geopandas
import shapely

WGS84 = "EPSG:4326"
FIELDS = ("Kecamatan", "Komoditas", "Tahun", "Produksi (ton)")
FEATURES: tuple[tuple[tuple[object, ...], shapely.Geometry], ...] = (
    (("Bakung", "Padi", "2024", 1234.5), shapely.box(112.0, -8.3, 112.1, -8.2)),
    (("Wonotirto", "Padi", "2024*", 820.0), shapely.box(112.1, -8.3, 112.2, -8.2)),
)
ENDINGS = ("shp", "shx", "dbf", "prj", "cpg")


def as_geojson(
    rows: Sequence[tuple[tuple[object, ...], shapely.Geometry | None]] = FEATURES,
    fields: Sequence[str] = FIELDS,
    **more: object,
) -> bytes:
    """A GeoJSON of these attributes and geometries."""
    features = [
        {
            "type": "Feature",
            "properties": dict(zip(fields, values, strict=True)),
            "geometry": None if shape is None else shapely.geometry.mapping(shape),
        }
        for values, shape in rows
    ]
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def _frame(crs: str, fields: Sequence[str]) -> geopandas.GeoDataFrame:
    table = {name: [values[i] for values, _ in FEATURES] for i, name in enumerate(fields)}
    shapes = geopandas.GeoSeries([shape for _, shape in FEATURES], crs=WGS84).to_crs(crs)
    return geopandas.GeoDataFrame(table, geometry=shapes)


def as_geopackage(crs: str = WGS84) -> bytes:
    """A GeoPackage with the layer `panen`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "panen.gpkg"
        _frame(crs, FIELDS).to_file(path, driver="GPKG", layer="panen")
        return path.read_bytes()


def shapefile_parts(crs: str = WGS84) -> dict[str, bytes]:
    """The parts of a shapefile by name; its headings have ten letters at most."""
    short = ("Kecamatan", "Komoditas", "Tahun", "Prod (ton)")
    with tempfile.TemporaryDirectory() as folder:
        _frame(crs, short).to_file(Path(folder) / "panen.shp", encoding="utf-8")
        files = [Path(folder) / f"panen.{ending}" for ending in ENDINGS]
        return {f"panen/{file.name}": file.read_bytes() for file in files}


def as_zip(parts: dict[str, bytes]) -> bytes:
    """An archive of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()
