"""Values as JSON, for pipes between the server and its job processes. Nothing is pickled.

Text, numbers, lists and dictionaries are themselves; every other value is an object with one
name that begins with `$`: `{"$date": "2024-03-01"}`. What is not listed here is refused, when
it is written and when it is read: a message can only make values of these kinds and frozen
dataclasses and enumerations of this project.
"""

from __future__ import annotations

import base64
import importlib
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

OWN_PACKAGE = "analytics."
MOMENTS = "datetime64["
PLAIN_KINDS = "fiub"  # floats, integers, booleans of any size


class NotSendable(TypeError):
    """A value of a kind that is not sent between processes; the message names kind and place."""


def encoded(value: object) -> bytes:
    """The value as JSON. Raises NotSendable, naming where in the value the trouble lies."""
    plain = _encode(value, "value")
    return json.dumps(plain, ensure_ascii=False, allow_nan=False).encode("utf-8")


def decoded(message: bytes) -> Any:
    """The value of a message that `encoded` wrote. Raises NotSendable for any other content."""
    return _decode(json.loads(message))


# Writing --------------------------------------------------------------------------------------


def _encode(value: object, place: str) -> Any:
    if isinstance(value, Enum):
        return {"$enum": [_own_name(type(value), place), value.value]}
    if value is None or type(value) in (str, bool, int):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return _encode_dataclass(value, place)
    for kind, write in WRITERS:
        if isinstance(value, kind):
            return write(value, place)
    raise NotSendable(
        f"{place}: a {type(value).__module__}.{type(value).__qualname__} cannot be sent to a job. "
        "Send plain values, tables or frozen dataclasses of this project."
    )


def _encode_dataclass(value: Any, place: str) -> Any:
    if not value.__dataclass_params__.frozen:
        raise NotSendable(f"{place}: {type(value).__qualname__} is not frozen.")
    parts = {
        each.name: _encode(getattr(value, each.name), f"{place}.{each.name}")
        for each in fields(value)
    }
    return {"$dataclass": [_own_name(type(value), place), parts]}


def _encode_mapping(value: Mapping[Any, Any], place: str) -> Any:
    """As a JSON object where its names allow it, else as pairs."""
    if all(type(name) is str and not name.startswith("$") for name in value):
        return {name: _encode(part, f"{place}[{name!r}]") for name, part in value.items()}
    pairs = [
        [_encode(name, f"a name in {place}"), _encode(part, f"{place}[{name!r}]")]
        for name, part in value.items()
    ]
    return {"$mapping": pairs}


def _encode_frame(frame: pd.DataFrame, place: str) -> Any:
    index = None if frame.index.equals(pd.RangeIndex(len(frame))) else list(frame.index)
    columns = [
        [
            _encode(name, f"a column of {place}"),
            *_encode_column(frame.iloc[:, at], f"{place}[{name!r}]"),
        ]
        for at, name in enumerate(frame.columns)
    ]
    return {"$frame": [_encode(index, f"the index of {place}"), len(frame), columns]}


def _encode_column(column: pd.Series, place: str) -> tuple[str, Any]:
    dtype = str(column.dtype)
    if _is_moments(dtype):
        return dtype, column.astype("int64").tolist()
    if column.dtype.kind in PLAIN_KINDS and isinstance(column.dtype, np.dtype):
        return dtype, _encode(column.tolist(), place)
    if dtype == "object":
        return dtype, [_encode(cell, f"{place}, row {row}") for row, cell in enumerate(column)]
    raise NotSendable(f"{place}: a column of type {dtype} cannot be sent to a job.")


def _encode_float(value: float, _place: str) -> Any:
    return float(value) if math.isfinite(value) else {"$float": str(float(value))}


def _encode_list(value: list[Any], place: str) -> Any:
    return [_encode(part, f"{place}[{at}]") for at, part in enumerate(value)]


def _own_name(kind: type, place: str) -> str:
    """`module:name` of a class of this project."""
    if not kind.__module__.startswith(OWN_PACKAGE):
        raise NotSendable(f"{place}: {kind.__module__}.{kind.__qualname__} is not of this project.")
    return f"{kind.__module__}:{kind.__qualname__}"


# The first kind that fits decides: pandas' missing moment before moments, moments before dates.
WRITERS: tuple[tuple[Any, Callable[[Any, str], Any]], ...] = (
    (type(pd.NaT), lambda _value, _place: {"$missing": "NaT"}),
    (type(pd.NA), lambda _value, _place: {"$missing": "NA"}),
    (np.str_, lambda value, _place: str(value)),
    (np.bool_, lambda value, _place: bool(value)),
    (np.integer, lambda value, _place: int(value)),
    (float | np.floating, _encode_float),
    (pd.Timestamp, lambda value, _place: {"$timestamp": value.isoformat()}),
    (datetime, lambda value, _place: {"$datetime": value.isoformat()}),
    (date, lambda value, _place: {"$date": value.isoformat()}),
    (bytes, lambda value, _place: {"$bytes": base64.b64encode(value).decode("ascii")}),
    (Path, lambda value, _place: {"$path": str(value)}),
    (BaseGeometry, lambda value, _place: {"$geometry": shapely.to_wkb(value, hex=True)}),
    (pd.DataFrame, _encode_frame),
    (tuple, lambda value, place: {"$tuple": _encode_list(list(value), place)}),
    (list, _encode_list),
    (Mapping, _encode_mapping),
)


# Reading --------------------------------------------------------------------------------------


def _decode(plain: Any) -> Any:
    if isinstance(plain, list):
        return [_decode(part) for part in plain]
    if not isinstance(plain, dict):
        return plain
    marks = [name for name in plain if name.startswith("$")]
    if not marks:
        return {name: _decode(part) for name, part in plain.items()}
    if len(plain) > 1 or marks[0] not in READERS:
        raise NotSendable(f"A message holds '{marks[0]}', which is no kind of value.")
    return READERS[marks[0]](plain[marks[0]])


def _decode_dataclass(content: Any) -> Any:
    name, parts = content
    kind = _own_class(name)
    if not is_dataclass(kind) or not kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        raise NotSendable(f"'{name}' is not a frozen dataclass.")
    return kind(**{field: _decode(part) for field, part in parts.items()})


def _decode_enum(content: Any) -> Any:
    name, value = content
    kind = _own_class(name)
    if not issubclass(kind, Enum):
        raise NotSendable(f"'{name}' is not an enumeration.")
    return kind(value)


def _decode_frame(content: Any) -> pd.DataFrame:
    index, length, columns = content
    series = [_decode_column(dtype, cells) for _, dtype, cells in columns]
    frame = pd.DataFrame(dict(enumerate(series)), index=range(length))
    frame.columns = pd.Index([_decode(name) for name, _, _ in columns])
    return frame if index is None else frame.set_axis(pd.Index(_decode(index)), axis="index")


def _decode_column(dtype: str, cells: Any) -> pd.Series:
    if _is_moments(dtype):
        return pd.Series(np.array(cells, dtype="int64").view(dtype))
    if dtype != "object" and _numpy_kind(dtype) not in PLAIN_KINDS:
        raise NotSendable(f"A message holds a column of type {dtype}.")
    return pd.Series(_decode(cells), dtype=dtype)


def _is_moments(dtype: str) -> bool:
    """Moments without a time zone, in seconds or finer."""
    return dtype.startswith(MOMENTS) and dtype.endswith("s]") and "," not in dtype


def _numpy_kind(dtype: str) -> str:
    """The letter of a numpy type; a blank for what numpy does not know."""
    try:
        return np.dtype(dtype).kind
    except TypeError:
        return " "


def _own_class(name: str) -> type:
    """The class of this project of that name. Raises NotSendable for any other."""
    module, _, attribute = name.partition(":")
    if not module.startswith(OWN_PACKAGE):
        raise NotSendable(f"'{name}' is not of this project.")
    found = getattr(importlib.import_module(module), attribute, None)
    if not isinstance(found, type):
        raise NotSendable(f"'{name}' is not a class.")
    return found


READERS: Mapping[str, Callable[[Any], Any]] = {
    "$missing": lambda content: {"NaT": pd.NaT, "NA": pd.NA}[content],
    "$float": float,
    "$timestamp": pd.Timestamp,
    "$datetime": datetime.fromisoformat,
    "$date": date.fromisoformat,
    "$bytes": lambda content: base64.b64decode(content, validate=True),
    "$path": Path,
    "$geometry": shapely.from_wkb,
    "$tuple": lambda content: tuple(_decode(content)),
    "$mapping": lambda content: {_decode(name): _decode(part) for name, part in content},
    "$frame": _decode_frame,
    "$dataclass": _decode_dataclass,
    "$enum": _decode_enum,
}
