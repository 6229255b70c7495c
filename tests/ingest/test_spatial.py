"""Map files: attributes come in as rows, geometry only finds places, broken ones get a sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import shapely

from analytics.i18n import LANGUAGES
from analytics.ingest.checking import CheckReport
from analytics.ingest.door import MAX_PACKING, SMALL_PART_BYTES
from analytics.ingest.findings import FileRefused
from tests.ingest.conftest import drawn, kinds
from tests.ingest.spatial_files import (
    FEATURES,
    as_geojson,
    as_geopackage,
    as_zip,
    shapefile_parts,
)

MAPPED = {
    "dataset": "agriculture",
    "columns": {"Kecamatan": "area", "Komoditas": "item", "Tahun": "period"},
    "measures": {"Prod (ton)": {"indicator": "production", "unit": "t"}},
}
COLUMNS = ("ref_area", "item", "indicator", "period_start", "obs_value", "unit", "obs_status")
ROWS = [
    ("35.05.05", "padi", "production", "2024-01-01", 1234.5, "t", "A"),
    ("35.05.08", "padi", "production", "2024-01-01", 820.0, "t", "P"),
]
SITE = (112.4364437, -7.9730441)  # Air Terjun Sirah Kencong, in the pack's list of places
VISITS = ("Tahun", "Kunjungan wisatawan nusantara (kunjungan)")
UTM = "EPSG:32749"


@pytest.fixture
def refusal(check: Callable[..., CheckReport]) -> Callable[..., FileRefused]:
    """The refusal of a file, told in both languages."""

    def refused(content: bytes) -> FileRefused:
        with pytest.raises(FileRefused) as caught:
            check(content, "agriculture", profile=MAPPED)
        assert all("{" not in caught.value.words(language) for language in LANGUAGES)
        return caught.value

    return refused


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (as_geojson(), {}),
        (as_geopackage(), {}),
        (as_geopackage(UTM), {}),
        (as_zip(shapefile_parts()), {"profile": MAPPED}),
        (as_zip(shapefile_parts(UTM)), {"profile": MAPPED}),
    ],
    ids=["geojson", "gpkg", "gpkg_utm", "shapefile", "shapefile_utm"],
)
def test_attributes_come_in_as_rows(
    check: Callable[..., CheckReport], content: bytes, said: dict[str, object]
) -> None:
    report = check(content, "agriculture", **said)
    assert report.layout == "spatial"
    assert drawn(report.rows, *COLUMNS) == ROWS
    assert report.is_clean


def test_a_point_near_one_known_site_is_that_site(check: Callable[..., CheckReport]) -> None:
    near, far = shapely.Point(SITE[0] + 0.001, SITE[1]), shapely.Point(0.0, 0.0)
    report = check(as_geojson(((("2023", 120), near), (("2023", 7), far)), VISITS), "visits")
    assert drawn(report.rows, "place", "ref_area", "is_refused") == [
        ("air-terjun-sirah-kencong", "35.05.17", False),
        ("", "", True),
    ]
    assert {"geometry_matched", "geometry_unmatched"} <= set(report.findings["kind"])
    assert any("0.00000, 0.00000" in finding.words("id") for finding in report.listed())


BAKUNG, WONOTIRTO = (112.07259, -8.2726), (112.17738, -8.2638)  # seats in the pack's areas


def _around(*seats: tuple[float, float]) -> shapely.Geometry:
    """A box a little larger than what holds the seats."""
    return shapely.box(*shapely.MultiPoint(seats).buffer(0.01).bounds)


@pytest.mark.parametrize(
    ("shape", "area"),
    [
        (_around(BAKUNG), "35.05.05"),
        (shapely.MultiPolygon([_around(BAKUNG)]), "35.05.05"),
        (_around(BAKUNG, WONOTIRTO), ""),
        (shapely.box(0.0, 0.0, 1.0, 1.0), ""),
        (shapely.Polygon(), ""),
        (shapely.LineString([BAKUNG, WONOTIRTO]), ""),
        (None, ""),
    ],
    ids=["one", "one_of_many_parts", "two", "elsewhere", "empty", "line", "none"],
)
def test_a_polygon_around_the_seat_of_one_area_is_that_area(
    check: Callable[..., CheckReport], shape: shapely.Geometry | None, area: str
) -> None:
    fields = ("Komoditas", "Tahun", "Produksi (ton)")
    report = check(as_geojson(((("Padi", "2024", 5.0), shape),), fields), "agriculture")
    assert drawn(report.rows, "ref_area", "is_refused") == [(area, not area)]
    assert ("geometry_unmatched" in kinds(report)) is not bool(area)


def test_a_named_area_is_never_replaced_by_that_of_its_polygon(
    check: Callable[..., CheckReport],
) -> None:
    report = check(as_geojson(((FEATURES[0][0], _around(WONOTIRTO)),)), "agriculture")
    assert drawn(report.rows, "ref_area") == [("35.05.05",)]


def test_a_line_by_a_site_is_not_that_site(check: Callable[..., CheckReport]) -> None:
    path = shapely.LineString([SITE, (SITE[0] + 0.001, SITE[1])])
    report = check(as_geojson(((("2023", 120), path),), VISITS), "visits")
    assert drawn(report.rows, "place", "is_refused") == [("", True)]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (as_geojson(crs={"type": "name", "properties": {"name": "EPSG:99999999"}}), "crs_unknown"),
        (as_geojson(((FEATURES[0][0], shapely.Point(640000.0, 9100000.0)),)),
         "coordinates_impossible"),
        (as_zip({name: part for name, part in shapefile_parts().items()
                 if not name.endswith(".prj")}), "crs_missing"),
    ],
)  # fmt: skip
def test_geometry_that_cannot_be_trusted_is_said_and_left_out(
    check: Callable[..., CheckReport], content: bytes, kind: str
) -> None:
    profile = MAPPED if content.startswith(b"PK") else None
    report = check(content, "agriculture", profile=profile)
    assert kind in kinds(report)
    assert report.is_clean, "rows that name their area need no geometry"


@pytest.mark.parametrize("lacking", [".shp", ".shx", ".dbf"])
def test_a_shapefile_without_a_part_names_it(refusal, lacking: str) -> None:
    parts = {name: part for name, part in shapefile_parts().items() if not name.endswith(lacking)}
    refused = refusal(as_zip(parts))
    assert (refused.kind, refused.expected) == ("shapefile_part", lacking)


@pytest.mark.parametrize("path", ["../panen.shp", "/etc/panen.shp", "a\\..\\..\\b.dbf", "C:/p.shp"])
def test_a_path_out_of_the_archive_is_refused(refusal, path: str) -> None:
    refused = refusal(as_zip({**shapefile_parts(), path: b"x"}))
    assert refused.kind == "archive_path"


def test_a_bomb_among_the_parts_is_refused(refusal) -> None:
    zeros = bytes(SMALL_PART_BYTES + MAX_PACKING)
    assert refusal(as_zip({**shapefile_parts(), "panen/panen.dbf": zeros})).kind == "bomb"


def _cut_part(ending: str) -> bytes:
    parts = shapefile_parts()
    name = f"panen/panen.{ending}"
    return as_zip({**parts, name: parts[name][: len(parts[name]) // 2]})


def _with_a_flipped_byte(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def _with_a_page_of_noise(content: bytes, page: int) -> bytes:
    """A database in which one page of 4096 bytes (counted from 0) says nothing."""
    return content[: page * 4096] + b"\xa5" * 4096 + content[(page + 1) * 4096 :]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (as_geojson()[:-40], "json"),
        (as_geojson(()), "empty"),
        (as_geopackage()[:-5000], "cut"),
        (as_geopackage()[:200], "cut"),
        (as_zip(shapefile_parts())[:-300], "cut"),
        (_cut_part("shp"), "cut"),
        (_cut_part("dbf"), "cut"),
        (_with_a_flipped_byte(as_zip(shapefile_parts()), 60), "cut"),
        (_with_a_flipped_byte(as_zip(shapefile_parts()), 90), "cut"),
        (_with_a_page_of_noise(as_geopackage(), 5), "cut"),
    ],
    ids=[
        "geojson",
        "empty",
        "gpkg",
        "gpkg_head",
        "zip",
        "shp",
        "dbf",
        "zip_sum",
        "zip_packed",
        "gpkg_page",
    ],
)
def test_a_cut_file_is_told_as_cut(refusal, content: bytes, kind: str) -> None:
    assert refusal(content).kind == kind


def test_features_of_any_shape_never_end_in_a_traceback(check: Callable[..., CheckReport]) -> None:
    strange = as_geojson().replace(b'"Polygon"', b'"Sphere"')
    assert len(check(strange, "agriculture").rows) == len(FEATURES)
    bare = b'{"type": "FeatureCollection", "features": [null, {"properties": null}, 3]}'
    with pytest.raises(FileRefused):
        check(bare, "agriculture")
