"""Rows of a batch as one Parquet table: a million of them go in and out in a second or two."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.observations.table import DATE_COLUMNS, PACK_COLUMNS

# Where a row stood in its file; pack files and forms leave it empty.
ADDRESS_TYPES = {"sheet": pa.string(), "row": pa.int64(), "column": pa.string()}
KEY_TYPES = {"source_row": pa.int64(), "dataset": pa.string()}
OWN_TYPES = {"obs_value": pa.float64(), **{name: pa.date32() for name in DATE_COLUMNS}}
ROWS_SCHEMA = pa.schema(
    [
        *KEY_TYPES.items(),
        *((name, OWN_TYPES.get(name, pa.string())) for name in PACK_COLUMNS),
        *ADDRESS_TYPES.items(),
    ]
)


def rows_as_bytes(frame: pd.DataFrame | Mapping[str, pd.Series]) -> bytes:
    """Rows as entered as a Parquet file, in the frame's order.

    Numbers and dates may be text; empty ones are missing. Raises ValueError for others.
    """
    arrays = [pa.array(_entered(frame, part.name), type=part.type) for part in ROWS_SCHEMA]
    return table_as_bytes(pa.Table.from_arrays(arrays, schema=ROWS_SCHEMA))


def _entered(frame: pd.DataFrame | Mapping[str, pd.Series], name: str) -> pd.Series:
    if name not in frame:
        return pd.Series(0 if name == "row" else "", index=range(len(frame["source_row"])))
    values = frame[name]
    if name == "obs_value":
        return pd.to_numeric(values, errors="raise").astype(float)
    if name in DATE_COLUMNS:
        return pd.to_datetime(values, errors="raise")
    return values.astype("int64") if name in ("source_row", "row") else values.fillna("")


def bytes_as_rows(content: bytes) -> pd.DataFrame:
    """The rows back: dates as datetime64, text as text."""
    frame = bytes_as_frame(content)
    return frame.astype(dict.fromkeys(DATE_COLUMNS, "datetime64[ns]"))


def frame_as_bytes(frame: pd.DataFrame) -> bytes:
    """Any plain frame as a Parquet file."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    return table_as_bytes(table.replace_schema_metadata(None))


def table_as_bytes(table: pa.Table) -> bytes:
    """An Arrow table as a Parquet file."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue().to_pybytes()


def bytes_as_frame(content: bytes) -> pd.DataFrame:
    """The frame of a Parquet file."""
    table = pq.read_table(pa.BufferReader(content), use_threads=False)
    return table.to_pandas(date_as_object=False, split_blocks=True, self_destruct=True)
