"""BPS WebAPI, `list/model/data`: one variable by area (or commodity), year and part of the year.

From documentation only: `datacontent` is keyed by the codes of `vervar`, `var`, `turvar`, `tahun`
and `turtahun` written after one another; each of these lists gives `val` and `label`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import pandas as pd

from analytics.ingest.entries import Reading, together
from analytics.ingest.grids import Book
from analytics.ingest.headings import HeadingReader
from analytics.ingest.layouts.layout import Layout, Task
from analytics.ingest.numbers import Style
from analytics.ingest.periods import month_number
from analytics.ingest.places import BPS_CODE, plain

NAME = "bps_webapi"
DATASETS = ("agriculture", "rice_monthly", "population")
LISTS = ("vervar", "var", "turvar", "tahun", "turtahun")
AREA_WORDS = ("kabupaten", "kota", "provinsi", "kecamatan", "wilayah")
WITHOUT = frozenset({"tidakada", "", "none"})


def recognise(book: Book, _task: Task) -> float:
    """Certain when every list and the content are there."""
    return 1.0 if _answer(book) else 0.0


def _answer(book: Book) -> Mapping[str, Any]:
    found = json.loads(book.text) if book.kind == "json" else {}
    is_there = isinstance(found, dict) and isinstance(found.get("datacontent"), dict)
    return found if is_there and all(_labels(found, name) for name in LISTS) else {}


def _labels(answer: Mapping[str, Any], name: str) -> dict[str, str]:
    """Labels by code, in the order of the list."""
    entries = answer.get(name)
    rows = [one for one in entries if isinstance(one, dict)] if isinstance(entries, list) else []
    return {str(one.get("val", "")): str(one.get("label", "")) for one in rows}


def read(book: Book, task: Task) -> Reading:
    """One entry a value, in the order of the lists; `row` is its place among the keys."""
    answer = _answer(book)
    found = list(_entries(answer, task))
    frame = pd.DataFrame(found) if found else together([])
    return Reading(layout=NAME, entries=frame, style=Style.DOT)


def _entries(answer: Mapping[str, Any], task: Task) -> Iterator[dict[str, Any]]:
    lists = [_labels(answer, name) for name in LISTS]
    content = answer["datacontent"]
    is_by_area = any(word in str(answer.get("labelvervar", "")).lower() for word in AREA_WORDS)
    reader = HeadingReader(task.region)
    named = _named(answer, reader)
    for row, codes in enumerate(product(*lists), start=1):
        key = "".join(codes)
        if key not in content:
            continue
        who, _, kind, year, part = (lists[at][code] for at, code in enumerate(codes))
        is_code = bool(BPS_CODE.fullmatch(codes[0]))
        area = (codes[0] if is_code else who) if is_by_area else task.default_area
        item = named["item"] if is_by_area else who
        yield {
            "sheet": "", "row": row, "column": "", "value": str(content[key]),
            "is_number": isinstance(content[key], int | float), "area": area,
            "item": item if plain(kind) in WITHOUT else kind,
            "indicator": named["indicator"], "unit": named["unit"], "period": _period(year, part),
        }  # fmt: skip


def _named(answer: Mapping[str, Any], reader: HeadingReader) -> dict[str, str]:
    """Measure, commodity and unit as the variable's label and unit say them."""
    variable = next(one for one in answer["var"] if isinstance(one, dict))
    label, unit = str(variable.get("label", "")), str(variable.get("unit", ""))
    indicator = reader.indicator_in(label)
    item = reader.item_in(label) or reader.default_items.get(indicator, "")
    return {"indicator": indicator, "item": item, "unit": reader.unit_in(f"({unit})")}


def _period(year: str, part: str) -> str:
    month = month_number(part)
    return f"{year}-{month:02d}" if month else year


LAYOUT = Layout(NAME, DATASETS, recognise, read)
