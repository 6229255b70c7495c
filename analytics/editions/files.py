"""Immutable files of editions: written beside, checked, then named by their hash."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.observations.table import DATE_COLUMNS, EDITION_COLUMNS, NUMBER_COLUMNS

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

HASH_LENGTH = 16
WRITING = ".writing-"
LOCK = ".lock"
HASHED_ROWS = 100_000
COMPRESSION = "zstd"
INTEGER_COLUMNS = ("batch_id", "source_row")


class BrokenEdition(RuntimeError):
    """A file of an edition is missing or differs from its hash."""


def observation_schema() -> pa.Schema:
    """Types of the long table on disk."""
    return pa.schema([(name, _type(name)) for name in EDITION_COLUMNS])


def _type(column: str) -> pa.DataType:
    if column in DATE_COLUMNS:
        return pa.date32()
    if column in NUMBER_COLUMNS:
        return pa.float64()
    return pa.int64() if column in INTEGER_COLUMNS else pa.string()


def write_observations(frame: pd.DataFrame, *, folder: Path, name: str) -> str:
    """Writes a dataset (edition columns, sorted) and returns the file's name."""
    table = pa.Table.from_pandas(frame, schema=observation_schema(), preserve_index=False)
    return _write_parquet(table.replace_schema_metadata(None), folder=folder, name=name)


def write_reference(frame: pd.DataFrame, *, folder: Path, name: str) -> str:
    """Writes a reference table, all text, and returns the file's name."""
    schema = pa.schema([(column, pa.string()) for column in frame.columns])
    table = pa.Table.from_pandas(frame, schema=schema, preserve_index=False)
    return _write_parquet(table.replace_schema_metadata(None), folder=folder, name=name)


def write_bytes(content: bytes, *, folder: Path, name: str, suffix: str) -> str:
    """Keeps a file as it is (a boundary, the descriptor) and returns its name."""
    return _keep(lambda path: path.write_bytes(content), folder=folder, name=name, suffix=suffix)


def take_file(source: Path, *, folder: Path) -> str:
    """Copies a file of an edition from another folder and returns its name, which is the same."""
    name, _, _ = source.stem.rpartition("-")
    return _keep(
        lambda path: shutil.copyfile(source, path),
        folder=folder, name=name, suffix=source.suffix.removeprefix("."),
    )  # fmt: skip


def _write_parquet(table: pa.Table, *, folder: Path, name: str) -> str:
    def write(path: Path) -> None:
        pq.write_table(table, path, compression=COMPRESSION, write_statistics=True)

    return _keep(write, folder=folder, name=name, suffix="parquet")


def _keep(write: Callable[[Path], object], *, folder: Path, name: str, suffix: str) -> str:
    """Written to a temporary file, flushed, then switched: a crash leaves no half file."""
    folder.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=WRITING)
    os.close(handle)
    path = Path(temporary)
    try:
        write(path)
        with path.open("rb+") as stream:
            os.fsync(stream.fileno())
        file_name = f"{name}-{file_hash(path)[:HASH_LENGTH]}.{suffix}"
        path.chmod(0o644)
        path.replace(folder / file_name)
        _flush_names(folder)
    finally:
        path.unlink(missing_ok=True)
    return file_name


def _flush_names(folder: Path) -> None:
    """The new name survives a power cut too, where the system lets a folder be flushed."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


@contextmanager
def at_work(folder: Path) -> Iterator[None]:
    """Says that files are being made in the folder; several may be at work at once.

    The system takes the word back when the process ends, however it ends.
    """
    with _lock(folder, alone=False):
        yield


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Whether nobody is at work in the folder; if so nobody begins before this is over."""
    with _lock(folder, alone=True) as is_alone:
        yield is_alone


@contextmanager
def _lock(folder: Path, *, alone: bool) -> Iterator[bool]:
    """Where the system has no such locks nobody is ever known to be alone."""
    if fcntl is None:
        yield not alone
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)
        except BlockingIOError:
            yield False
        else:
            yield True


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def check_file(path: Path) -> None:
    """Raises BrokenEdition when the file is missing or is not what its name says."""
    if not path.is_file():
        raise BrokenEdition(f"{path} is missing.")
    expected = path.stem.rsplit("-", maxsplit=1)[-1]
    if not file_hash(path).startswith(expected):
        raise BrokenEdition(f"{path} differs from its hash {expected}.")


def rows_hash(frame: pd.DataFrame) -> str:
    """SHA-256 of the rows as text, so that any machine can prove an edition equal."""
    digest = hashlib.sha256()
    for start in range(0, max(len(frame), 1), HASHED_ROWS):
        part = frame.iloc[start : start + HASHED_ROWS]
        digest.update(
            part.to_csv(
                index=False, header=start == 0, lineterminator="\n", float_format="%.12g"
            ).encode("utf-8")
        )
    return digest.hexdigest()
