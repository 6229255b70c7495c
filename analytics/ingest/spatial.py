"""Files with geometry: GeoJSON, GeoPackage and zipped shapefiles, as a table of their attributes.

The geometry only serves to find the place or area of a row that names none. Where its coordinates
cannot be trusted it is left out, and that is said.
"""

from __future__ import annotations

import io
import json
import sqlite3
import struct
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import pandas as pd

from analytics.ingest.door import BROKEN_ARCHIVE, SHAPEFILE_PARTS, Upload
from analytics.ingest.findings import FileRefused, Severity, finding_of_file, joined
from analytics.ingest.grids import Book, Grid, as_text, is_number

WGS84 = "EPSG:4326"
# Names by which old GeoJSON files say what is the rule today.
LONGITUDE_LATITUDE = frozenset({"urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84"})
SHAPEFILE_HEADER = 100
PAGE_OF_64K = 65536


@dataclass(frozen=True)
class Layer:
    """One layer as its file has it: headings, rows of values, geometries and their system."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Any]]
    geometries: np.ndarray
    crs: str


def read_spatial(upload: Upload) -> Book:
    """The layers' attributes as sheets, headings in the first row, and their shapes in WGS 84.

    Raises FileRefused when the file is cut, lacks a part or holds no row.
    """
    readers: Mapping[str, Callable[[Upload], Iterable[Layer]]] = {
        "geojson": _geojson_layers,
        "gpkg": _geopackage_layers,
        "shapefile": _shapefiles,
    }
    layers = [layer for layer in readers[upload.kind](upload) if layer.rows]
    if not layers:
        raise FileRefused("empty", file=upload.name)
    placed = [_in_wgs84(layer) for layer in layers]
    return Book(
        name=upload.name,
        kind=upload.kind,
        grids=tuple(_grid(layer) for layer in layers),
        findings=joined([findings for _, findings in placed]),
        shapes=tuple(shapes for shapes, _ in placed),
    )


def _grid(layer: Layer) -> Grid:
    values: list[list[Any]] = [list(layer.headings), *(list(row) for row in layer.rows)]
    texts = pd.DataFrame([[as_text(cell) for cell in row] for row in values], dtype=object)
    numbers: np.ndarray = np.array(
        [[is_number(cell) for cell in row] for row in values], dtype=bool
    )
    return Grid(sheet=layer.name, cells=texts, is_number=numbers)


# Coordinates


def _in_wgs84(layer: Layer) -> tuple[np.ndarray, pd.DataFrame]:
    """Geometries as longitude and latitude; none of them where the file leaves that open."""
    import shapely

    nothing = np.full(len(layer.rows), None, dtype=object)
    if not layer.crs:
        return nothing, _told("crs_missing", layer)
    try:
        shapes = _projected(layer)
    except ValueError:
        return nothing, _told("crs_unknown", layer, found=layer.crs)
    bounds = shapely.bounds(shapes)
    known = bounds[np.isfinite(bounds).all(axis=1)]
    is_possible = (np.abs(known[:, [0, 2]]) <= 180).all() and (np.abs(known[:, [1, 3]]) <= 90).all()
    if not is_possible:
        corner = f"{known[0, 0]:.0f}, {known[0, 1]:.0f}"
        return nothing, _told("coordinates_impossible", layer, found=corner)
    return shapes, joined([])


def _projected(layer: Layer) -> np.ndarray:
    """Raises ValueError for a system that nobody knows (pyproj's error is a RuntimeError)."""
    import geopandas
    from pyproj.exceptions import ProjError

    try:
        series = geopandas.GeoSeries(layer.geometries, crs=layer.crs)
        return np.asarray(series.to_crs(WGS84).array, dtype=object)
    except ProjError as error:
        raise ValueError(str(error)) from error


def _told(kind: str, layer: Layer, *, found: str = "") -> pd.DataFrame:
    return finding_of_file(kind, Severity.WARNING, sheet=layer.name, found=found[:80])


# GeoJSON


def _geojson_layers(upload: Upload) -> Iterator[Layer]:
    content: Mapping[str, Any] = json.loads(upload.text)
    features = [one for one in content.get("features") or () if isinstance(one, Mapping)]
    properties = [_mapping(one.get("properties")) for one in features]
    headings = list(dict.fromkeys(name for one in properties for name in one))
    yield Layer(
        name="",
        headings=headings,
        rows=[[_flat(one.get(name)) for name in headings] for one in properties],
        geometries=np.array([_shape(one.get("geometry")) for one in features], dtype=object),
        crs=_geojson_crs(content),
    )


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _flat(value: object) -> object:
    """Nested values as their JSON, nothing as an empty cell."""
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _shape(geometry: object) -> object:
    """The geometry, None where there is none that can be read."""
    import shapely
    from shapely.geometry import shape

    try:
        return shape(geometry) if geometry else None
    except (shapely.errors.ShapelyError, AttributeError, KeyError, TypeError, ValueError):
        return None


def _geojson_crs(content: Mapping[str, Any]) -> str:
    """Longitude and latitude by the standard, unless an older file names another system."""
    named = str(_mapping(_mapping(content.get("crs")).get("properties")).get("name", ""))
    return WGS84 if not named or named in LONGITUDE_LATITUDE else named


# GeoPackage


def _geopackage_layers(upload: Upload) -> list[Layer]:
    if _is_cut_database(upload.content):
        raise FileRefused("cut", file=upload.name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "layers.gpkg"
        path.write_bytes(upload.content)
        if not _is_sound_database(path):
            raise FileRefused("cut", file=upload.name)
        return _layers_of(path, upload.name)


def _is_cut_database(content: bytes) -> bool:
    """Whether fewer pages are there than the header of the database counts."""
    page, pages = struct.unpack(">H", content[16:18])[0], struct.unpack(">I", content[28:32])[0]
    return len(content) < (PAGE_OF_64K if page == 1 else page) * pages


def _is_sound_database(path: Path) -> bool:
    """Whether every page can be read: rows of a damaged one would be lacking without a word."""
    try:
        with closing(sqlite3.connect(path)) as database:
            return database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False


def _layers_of(path: Path, name: str) -> list[Layer]:
    """All layers of a file on disk. Raises FileRefused when the library cannot read it."""
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError
    from shapely.errors import ShapelyError

    broken = (DataLayerError, DataSourceError, FeatureError, FieldError, ShapelyError,
              UnicodeDecodeError)  # fmt: skip
    try:
        names = [str(layer) for layer, _ in pyogrio.list_layers(path)]
        return [_layer(path, layer) for layer in names]
    except broken as error:
        raise FileRefused("cut", file=name) from error


def _layer(path: Path, name: str) -> Layer:
    import pyogrio
    import shapely

    meta, _, geometries, fields = pyogrio.raw.read(path, layer=name)
    table = pd.DataFrame(dict(enumerate(fields))).astype(object)
    filled = table.where(table.notna(), "")
    count = len(filled) if len(fields) else len(geometries)
    shapes = np.full(count, None) if geometries is None else shapely.from_wkb(geometries)
    return Layer(
        name=name,
        headings=[str(field) for field in meta["fields"]],
        rows=filled.to_numpy().tolist(),
        geometries=shapes,
        crs=str(meta["crs"] or ""),
    )


# Zipped shapefiles


def _shapefiles(upload: Upload) -> list[Layer]:
    """Each shapefile of the archive. Raises FileRefused where a part of it is damaged."""
    try:
        return _unpacked(upload)
    except FileRefused:
        raise
    except BROKEN_ARCHIVE as error:
        raise FileRefused("cut", file=upload.name) from error


def _unpacked(upload: Upload) -> list[Layer]:
    """Each shapefile of the archive. Its parts are written under names of our own."""
    found = []
    with zipfile.ZipFile(io.BytesIO(upload.content)) as archive:
        for stem, parts in _parts_by_stem(archive).items():
            _refuse_incomplete(upload.name, stem, parts)
            _refuse_cut(upload.name, archive.read(parts[".shp"]), archive.read(parts[".dbf"]))
            with tempfile.TemporaryDirectory() as folder:
                for ending, part in parts.items():
                    (Path(folder) / f"layer{ending}").write_bytes(archive.read(part))
                layers = _layers_of(Path(folder) / "layer.shp", upload.name)
            found += [_named(layer, PurePosixPath(stem).name) for layer in layers]
    return found


def _parts_by_stem(archive: zipfile.ZipFile) -> dict[str, dict[str, str]]:
    """Names of the parts by ending, for each shapefile."""
    stems: dict[str, dict[str, str]] = {}
    for name in archive.namelist():
        path = PurePosixPath(name)
        if path.suffix.lower() in SHAPEFILE_PARTS and not path.name.startswith("."):
            stems.setdefault(str(path.with_suffix("")), {})[path.suffix.lower()] = name
    return stems


def _refuse_incomplete(name: str, stem: str, parts: Mapping[str, str]) -> None:
    lacking = [ending for ending in (".shp", ".shx", ".dbf") if ending not in parts]
    if lacking:
        raise FileRefused("shapefile_part", file=name, found=stem, expected=", ".join(lacking))


def _refuse_cut(name: str, shapes: bytes, table: bytes) -> None:
    """Shapes shorter than their header says, or a table with fewer records than it counts."""
    whole = len(shapes) >= SHAPEFILE_HEADER and len(table) >= 32
    if whole:
        records, head, length = struct.unpack("<IHH", table[4:12])
        promised = 2 * struct.unpack(">I", shapes[24:28])[0]
        whole = len(shapes) >= promised and len(table) >= head + records * length
    if not whole:
        raise FileRefused("cut", file=name)


def _named(layer: Layer, name: str) -> Layer:
    return Layer(name, layer.headings, layer.rows, layer.geometries, layer.crs)
