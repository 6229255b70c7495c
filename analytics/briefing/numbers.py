"""The numbers and texts of a briefing as plain data: what a snapshot keeps and verifies.

Two readings of one figure are compared row by row: rows are found again by what they are about
(area, commodity, period, series), never by their place in the table.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analytics.briefing.model import Briefing, Exhibit
from analytics.figures.figure import Figure
from analytics.publishing.tables import json_records

KEYS = (
    "ref_area", "place", "item", "indicator", "source_id", "series", "unique_id", "method", "year",
    "month", "freq", "period", "period_start", "period_end", "ds",
)  # fmt: skip
TEXTS = ("heading", "title", "sentence", "context", "source", "alt_text", "notes")
# Where a value came from: another file with the same value is no revision.
PROVENANCE = ("batch_id", "source_row", "raw_value")
TEXT_COLUMNS = ("obs_status", "obs_text", "caveat")


@dataclass(frozen=True)
class Change:
    """One value that differs between two readings; None where one has no such row.

    `about` are the key columns of its row with their codes; empty for a figure that is gone.
    """

    exhibit: int
    heading: str
    about: Mapping[str, Any]
    column: str
    before: Any
    after: Any

    @property
    def difference(self) -> float | None:
        """After less before, where both are numbers."""
        both = (self.before, self.after)
        if not all(isinstance(v, int | float) and not isinstance(v, bool) for v in both):
            return None
        return float(self.after) - float(self.before)


def numbers_of(briefing: Briefing) -> list[dict[str, Any]]:
    """Every figure of a briefing as plain data: recipe, texts, rows."""
    return [_exhibit(exhibit, briefing.language) for exhibit in briefing.exhibits]


def as_json(numbers: Sequence[Mapping[str, Any]]) -> bytes:
    """The numbers as JSON: equal numbers, equal bytes."""
    text = json.dumps(numbers, ensure_ascii=False, sort_keys=True, allow_nan=False, default=str)
    return text.encode("utf-8")


def from_json(content: bytes) -> list[dict[str, Any]]:
    """The numbers that `as_json` wrote."""
    found: list[dict[str, Any]] = json.loads(content)
    return found


def _exhibit(exhibit: Exhibit, language: str) -> dict[str, Any]:
    figure = exhibit.figure
    texts = {name: getattr(exhibit, name) for name in TEXTS if name != "title"}
    return {
        "number": exhibit.number,
        "recipe": exhibit.recipe.as_plain(),
        "title": figure.title(language),
        **texts,
        "caveats": list(exhibit.caveats),
        "questions": [[q.kind, q.question, q.answer] for q in exhibit.questions],
        "unit": figure.result.indicator.unit,
        "sources": [source.source_id for source in figure.result.sources],
        "keys": _key_columns(figure),
        "rows": json_records(_plain_frame(figure)),
    }


def _key_columns(figure: Figure) -> list[str]:
    drawn = [figure.series, figure.category]
    columns = [*KEYS, *(name for name in drawn if name and name not in KEYS)]
    return [name for name in columns if name in figure.frame.columns]


def _plain_frame(figure: Figure) -> pd.DataFrame:
    """Key columns, numbers and words of the frame; cells that hold lists are left out."""
    frame = figure.frame
    keys = _key_columns(figure)
    kept = [
        name
        for name in frame.columns
        if name in keys
        or name in TEXT_COLUMNS
        or (pd.api.types.is_numeric_dtype(frame[name]) and name not in PROVENANCE)
    ]
    return frame[kept].reset_index(drop=True)


def changes_between(
    before: Sequence[Mapping[str, Any]], after: Mapping[int, Mapping[str, Any]]
) -> Iterator[Change]:
    """Every value of `before` that is another one in `after` (by number of the exhibit), and
    rows that only one of the two has. An exhibit that `after` lacks is one change.
    """
    for one in before:
        number, heading = int(one["number"]), str(one["heading"])
        other = after.get(number)
        if other is None:
            yield Change(number, heading, {}, "", one["title"], None)
            continue
        for about, column, was, now in _row_changes(one, other):
            yield Change(number, heading, about, column, was, now)


def _row_changes(
    one: Mapping[str, Any], other: Mapping[str, Any]
) -> Iterator[tuple[dict[str, Any], str, Any, Any]]:
    was, now = _by_key(one), _by_key(other)
    for key, row in was.items():
        about = _about(one, row)
        if key not in now:
            yield about, "obs_value", row.get("obs_value"), None
            continue
        columns = [name for name in row if name not in one["keys"]]
        yield from (
            (about, name, row[name], now[key].get(name))
            for name in columns
            if not _same(row[name], now[key].get(name))
        )
    for key, row in now.items():
        if key not in was:
            yield _about(other, row), "obs_value", None, row.get("obs_value")


def _about(numbers: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in numbers["keys"] if row.get(name) not in ("", None)}


def _by_key(numbers: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Rows by what they are about; equal ones are counted."""
    found: dict[str, Mapping[str, Any]] = {}
    for row in json.loads(json.dumps(numbers["rows"], default=str)):
        key = json.dumps(_about(numbers, row))
        place = key
        copies = 2
        while place in found:
            place, copies = f"{key} ({copies})", copies + 1
        found[place] = row
    return found


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, int | float):
        return one == other or math.isclose(one, other, rel_tol=1e-12, abs_tol=0.0)
    return bool(one == other)
