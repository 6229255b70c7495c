"""The door: what a file really is, by its bytes and never by its name, and whether it comes in."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from charset_normalizer import from_bytes

from analytics.ingest.findings import FileRefused

MAX_BYTES = 128 * 1024 * 1024
MAX_UNPACKED_BYTES = 1024 * 1024 * 1024
MAX_PACKING = 200  # a spreadsheet of repeated rows packs about 1 to 40
SMALL_PART_BYTES = 10 * 1024 * 1024
SAMPLE_BYTES = 200_000
MEGABYTE = 1024 * 1024

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
WORKBOOK_STREAM = "Workbook".encode("utf-16-le")
# Everything that reading a damaged archive may raise; a part that is not there is a KeyError.
BROKEN_ARCHIVE = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, OSError, RuntimeError,
    ValueError,
)  # fmt: skip
SQLITE = b"SQLite format 3"
# What a GeoPackage writes where a database names its application.
GEOPACKAGE_MARKS = (b"GPKG", b"GP10", b"GP11")
SHAPEFILE_PARTS = frozenset({".shp", ".shx", ".dbf", ".prj", ".cpg"})
# First bytes -> what the file is, where that is nothing we read.
FOREIGN = (
    (b"{\\rtf", "RTF"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"\x1f\x8b", "GZIP"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"PAR1", "Parquet"),
    (SQLITE, "SQLite"),
)
HTML = re.compile(rb"\s*(<!doctype html|<html|<table|<\?xml)", re.IGNORECASE)
BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
FALLBACKS = ["cp1252", "mac_roman"]


@dataclass(frozen=True)
class Upload:
    """A file that may come in: `kind` is text, json, xlsx, xls, ods, tables, geojson, gpkg or
    shapefile; tables are CSV files in one archive.

    `encoding` is how the letters of text, json and geojson files are written.
    """

    name: str
    content: bytes
    kind: str
    encoding: str = ""

    @property
    def text(self) -> str:
        """The characters of a text, json or geojson file."""
        return self.content.decode(self.encoding)


def open_upload(name: str, content: bytes) -> Upload:
    """What the bytes are. Raises FileRefused for what is not read or not safe to read."""
    if not content.strip():
        raise FileRefused("empty", file=name)
    if len(content) > MAX_BYTES:
        raise too_large(name, len(content))
    if content.startswith(OLE):
        return _of_ole(name, content)
    if content.startswith(b"PK"):
        return _of_zip(name, content)
    if content.startswith(SQLITE) and content[68:72] in GEOPACKAGE_MARKS:
        return Upload(name=name, content=content, kind="gpkg")
    for start, foreign in FOREIGN:
        if content.startswith(start):
            raise FileRefused("foreign", file=name, found=foreign)
    return _of_text(name, content)


def too_large(name: str, size: int) -> FileRefused:
    """The refusal of a file above the limit, so that it need not be read first."""
    return FileRefused(
        "too_large",
        file=name,
        found=f"{size / MEGABYTE:.0f}",
        expected=f"{MAX_BYTES / MEGABYTE:.0f}",
    )


def _of_ole(name: str, content: bytes) -> Upload:
    if ENCRYPTED_STREAM in content:
        raise FileRefused("password", file=name)
    if WORKBOOK_STREAM not in content:
        raise FileRefused("foreign", file=name, found="OLE")
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise FileRefused("macros", file=name)
    return Upload(name=name, content=content, kind="xls")


def _of_zip(name: str, content: bytes) -> Upload:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return Upload(name=name, content=content, kind=_kind_of_archive(name, archive))
    except FileRefused:
        raise
    except BROKEN_ARCHIVE as error:
        raise FileRefused("cut", file=name) from error


def _kind_of_archive(name: str, archive: zipfile.ZipFile) -> str:
    parts = archive.infolist()
    _refuse_bomb(name, parts)
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefused("password", file=name)
    if any(part.endswith("vbaProject.bin") or part.startswith("Basic/") for part in names):
        raise FileRefused("macros", file=name)
    _refuse_entities(name, archive, parts)
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "mimetype" in names and archive.read("mimetype").startswith(_ODS):
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise FileRefused("password", file=name)
        return "ods"
    if any(PurePosixPath(part).suffix.lower() in SHAPEFILE_PARTS for part in names):
        _refuse_paths(name, names)
        return "shapefile"
    if tables_within(names):
        _refuse_paths(name, names)
        return "tables"
    raise FileRefused("foreign", file=name, found=_archive_word(names))


def tables_within(names: Iterable[str]) -> list[str]:
    """Names of the CSV files of an archive that holds nothing else, in its order; else none."""
    files = [part for part in names if not part.endswith("/") and not part.startswith("__MACOSX/")]
    is_tables = all(PurePosixPath(part).suffix.lower() == ".csv" for part in files)
    return files if is_tables else []


_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def _archive_word(names: set[str]) -> str:
    if any(part.startswith("word/") for part in names):
        return "Word"
    return "PowerPoint" if any(part.startswith("ppt/") for part in names) else "ZIP"


def _refuse_paths(name: str, names: set[str]) -> None:
    """Parts that would lie outside the folder into which an archive is unpacked."""
    for part in sorted(names):
        path = PurePosixPath(part.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in part:
            raise FileRefused("archive_path", file=name, found=part)


def _refuse_bomb(name: str, parts: list[zipfile.ZipInfo]) -> None:
    """Archives that unpack to more than a table ever holds, as a whole or in one part."""
    total = sum(part.file_size for part in parts)
    is_bomb = total > MAX_UNPACKED_BYTES or any(
        part.file_size > SMALL_PART_BYTES
        and part.file_size > MAX_PACKING * max(part.compress_size, 1)
        for part in parts
    )
    if is_bomb:
        raise FileRefused("bomb", file=name, found=f"{total / MEGABYTE:.0f}")


def _refuse_entities(name: str, archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """A document type in a spreadsheet's XML only serves to expand entities."""
    for part in parts:
        if part.filename.endswith(".xml"):
            with archive.open(part) as stream:
                if b"<!DOCTYPE" in stream.read(4096):
                    raise FileRefused("bomb", file=name, found=part.filename)


def _of_text(name: str, content: bytes) -> Upload:
    encoding = _encoding(name, content)
    try:
        words = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileRefused("encoding", file=name, found=encoding) from error
    if "\x00" in words:
        raise FileRefused("binary", file=name)
    if not words.strip():
        raise FileRefused("empty", file=name)
    if HTML.match(content):
        raise FileRefused("foreign", file=name, found="HTML")
    kind = "json" if words.lstrip()[:1] in ("{", "[") else "text"
    if kind == "json":
        kind = _kind_of_json(name, words)
    return Upload(name=name, content=content, kind=kind, encoding=encoding)


def _kind_of_json(name: str, words: str) -> str:
    """geojson for a collection of features, else json. Raises FileRefused for a broken one."""
    try:
        found = json.loads(words)
    except (json.JSONDecodeError, RecursionError) as error:
        raise FileRefused("json", file=name, found=str(error)) from error
    is_features = isinstance(found, dict) and found.get("type") == "FeatureCollection"
    return "geojson" if is_features else "json"


def _encoding(name: str, content: bytes) -> str:
    """UTF-8 where the bytes are UTF-8, else by its mark, else the likeliest of Windows."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return encoding
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _likeliest_encoding(name, content)
    return "utf-8"


def _likeliest_encoding(name: str, content: bytes) -> str:
    if b"\x00" in content[:SAMPLE_BYTES]:
        raise FileRefused("binary", file=name)
    sample = b"\n".join(line for line in content.splitlines() if not line.isascii())
    best = from_bytes(sample[:SAMPLE_BYTES], cp_isolation=FALLBACKS).best()
    encoding = best.encoding if best else "cp1252"
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return "latin-1"
    return encoding
