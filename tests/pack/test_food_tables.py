"""Parameters of the rice balance in every pack: dated, sourced, or empty with a reason."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from tests.pack.test_warning_tables import PACKS, codes_of, rows_of

UNITS = {
    "rice_conversion": "percent",
    "rice_consumption_home": "kg/person/month",
    "rice_consumption_outside": "kg/person/year",
}


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_a_figure_has_a_source_and_a_gap_has_a_reason(pack: Path) -> None:
    sources = codes_of(pack, "sources", "source_id")
    for row in rows_of(pack, "food_parameters"):
        assert row["unit"] == UNITS[row["parameter"]]
        assert bool(row["value"]) == (row["source_id"] in sources)
        assert row["note_id"] and row["note_en"]


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_validities_of_a_parameter_do_not_overlap(pack: Path) -> None:
    spans = defaultdict(list)
    for row in rows_of(pack, "food_parameters"):
        end = date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max
        key = (row["parameter"], row["ref_area"])
        spans[key].append((date.fromisoformat(row["valid_from"]), end))
    for each in spans.values():
        ordered = sorted(each)
        assert all(one[1] < other[0] for one, other in pairwise(ordered))


def test_no_consumption_is_carried_on_past_its_years() -> None:
    rows = rows_of(next(pack for pack in PACKS if pack.name == "blitar"), "food_parameters")
    later = [row for row in rows if row["valid_from"] >= "2023-01-01"]
    assert {row["parameter"] for row in later} == set(UNITS) - {"rice_conversion"}
    assert all(row["value"] == "" for row in later)
