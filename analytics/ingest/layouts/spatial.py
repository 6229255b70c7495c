"""GeoJSON, GeoPackage and zipped shapefiles: attributes as records, by their headings or a mapping.

Known from the formats' own documents (RFC 7946, OGC 12-128, ESRI 1998), not from an office's file.
The geometry is only used for rows that name neither place nor area: a point within 500 m of one
known site is that site, a polygon around the seat of one area is that area.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analytics.ingest.datasets import dataset_forms
from analytics.ingest.entries import Reading, together
from analytics.ingest.findings import Severity, finding_of_file, findings_at, joined
from analytics.ingest.grids import SPATIAL_KINDS, Book, Grid
from analytics.ingest.layouts.layout import Layout, Task
from analytics.ingest.profiles import Profile, records_of
from analytics.ingest.records import Records, entries_of_records, find_records
from analytics.ingest.region import Region

NAME = "spatial"
DATASETS = tuple(dataset_forms())
NEAR_M = 500.0
EARTH_RADIUS_M = 6_371_000.0


def recognise(book: Book, task: Task) -> float:
    """Certain of a file with geometry whose attributes are understood, or mapped."""
    is_spatial = book.kind in SPATIAL_KINDS
    return 1.0 if is_spatial and any(_records(grid, task) for grid in book.grids) else 0.0


def _records(grid: Grid, task: Task) -> Records | None:
    if task.profile:
        return records_of(grid, Profile.of(task.profile), task.region)
    return find_records(grid, task.region, needs_names=False)


def read(book: Book, task: Task) -> Reading:
    """Entries of every layer; rows without a name take that of their geometry."""
    profile = Profile.of(task.profile) if task.profile else None
    constants = dict(profile.constants) if profile else {}
    parts, findings = [], []
    for grid, shapes in zip(book.grids, book.shapes, strict=True):
        records = _records(grid, task)
        if records is None:
            continue
        entries = entries_of_records(records, task.region, **constants)
        entries, found = _with_places(entries, shapes, task)
        parts.append(entries)
        findings.append(found)
    return Reading(
        layout=NAME,
        entries=together(parts),
        findings=joined(findings),
        zero_is_missing=bool(profile and profile.zero_is_missing),
        may_name_places=task.form.new_places,
    )


def _with_places(
    entries: pd.DataFrame, shapes: np.ndarray, task: Task
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Entries with the place or area of their geometry where they name none, and what was done."""
    nothing = pd.Series("", index=entries.index, dtype=object)
    named = {role: entries.get(role, nothing).fillna("").astype(str) for role in ("area", "place")}
    open_rows = (named["area"].str.strip() == "") & (named["place"].str.strip() == "")
    if not open_rows.any():
        return entries, joined([])
    if task.area:
        return entries.assign(area=named["area"].mask(open_rows, task.area)), joined([])
    at = entries.loc[open_rows, "row"]
    by_row = {int(row): _match(shapes[int(row) - 2], task.region) for row in at.unique()}
    codes = {role: at.map({row: found[role] for row, found in by_row.items()}).reindex(
        entries.index, fill_value="") for role in named}  # fmt: skip
    is_found = open_rows & ((codes["area"] != "") | (codes["place"] != ""))
    filled = {role: named[role].mask(is_found, codes[role]) for role in named}
    where = at.map({row: found["where"] for row, found in by_row.items()})
    lost = entries[open_rows & ~is_found].drop_duplicates("row")
    findings = [findings_at(lost, "geometry_unmatched", Severity.WARNING, found=where[lost.index])]
    if is_found.any():
        count = str(entries.loc[is_found, "row"].nunique())
        findings.append(finding_of_file("geometry_matched", Severity.NOTE, found=count))
    return entries.assign(**filled), joined(findings)


def _match(shape: Any, region: Region) -> dict[str, str]:
    """Codes of the one place or area that a geometry stands for, and where it lies."""
    nowhere = {"area": "", "place": "", "where": "–"}
    if shape is None or shape.is_empty:
        return nowhere
    middle = shape.representative_point()
    told = {**nowhere, "where": f"{middle.y:.5f}, {middle.x:.5f}"}
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return {**told, "area": _area_within(shape, region)}
    if shape.geom_type != "Point":
        return told
    return {**told, "place": _place_near(middle.x, middle.y, region)}


def _located(table: pd.DataFrame) -> pd.DataFrame:
    """Rows of a reference table with coordinates as numbers."""
    numbers = table[["longitude", "latitude"]].apply(pd.to_numeric, errors="coerce")
    return table.assign(**numbers)[numbers.notna().all(axis="columns")]


def _area_within(shape: Any, region: Region) -> str:
    """The only area of the region whose seat lies in a polygon; empty for none or several."""
    import shapely

    areas = _located(region.tables["areas"])
    own = areas[areas["parent_code"] == region.ref_area]
    inside = own[shapely.contains_xy(shape, own["longitude"], own["latitude"])]
    return str(inside["area_code"].iloc[0]) if len(inside) == 1 else ""


def _place_near(longitude: float, latitude: float, region: Region) -> str:
    """The only known place near a point; empty for none or several."""
    places = _located(region.tables["places"])
    far = _distance_m(places["longitude"], places["latitude"], longitude, latitude)
    near = places[far <= NEAR_M]
    return str(near["place"].iloc[0]) if len(near) == 1 else ""


def _distance_m(
    longitudes: pd.Series, latitudes: pd.Series, longitude: float, latitude: float
) -> pd.Series:
    """Metres between points a few kilometres apart at most: the earth taken as flat there."""
    east = np.radians(longitudes - longitude) * np.cos(np.radians(latitude))
    north = np.radians(latitudes - latitude)
    distances: pd.Series = np.hypot(east, north) * EARTH_RADIUS_M
    return distances


LAYOUT = Layout(NAME, DATASETS, recognise, read, by_mapping=True)
