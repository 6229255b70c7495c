"""Golden frames: a file of every layout comes in as drawn, cell by cell."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from analytics.ingest.checking import CheckReport
from analytics.ingest.layouts import layouts
from tests.ingest.layout_files import EXAMPLES, Example

DRAWN = (
    "ref_area", "place", "item", "indicator", "period_start", "period_end", "obs_value", "unit",
    "obs_status", "caveat",
)  # fmt: skip


def expected(rows: str) -> list[list[str]]:
    return [line.split() for line in rows.splitlines() if line.strip()]


def as_drawn(rows: pd.DataFrame) -> list[list[str]]:
    """Rows as they are drawn: a point for nothing, numbers without needless zeros."""
    values = rows["obs_value"].map(lambda value: "" if pd.isna(value) else f"{value:.12g}")
    texts = rows.assign(obs_value=values)[list(DRAWN)]
    return [[str(cell) or "." for cell in row] for row in texts.to_numpy().tolist()]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_file_comes_in_as_drawn(check: Callable[..., CheckReport], example: Example) -> None:
    report = check(example.content, example.dataset, **example.said)
    assert report.layout == example.layout
    assert as_drawn(report.rows) == expected(example.rows)
    assert [f.words("en") for f in report.listed() if f.severity == "error"] == []
    assert report.is_clean


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_every_value_says_where_it_stands(
    check: Callable[..., CheckReport], example: Example
) -> None:
    """Addresses are of different cells (or records of an archive), counted as in a spreadsheet."""
    rows = check(example.content, example.dataset, **example.said).rows
    assert not rows.duplicated(["sheet", "row", "column"]).any()
    assert (rows["row"] >= 1).all()


def test_every_layout_has_an_example() -> None:
    assert {example.layout for example in EXAMPLES} == {layout.name for layout in layouts()}


def test_the_name_of_a_file_means_nothing(check: Callable[..., CheckReport]) -> None:
    for example in EXAMPLES[:4]:
        named = check(example.content, example.dataset, name="harga.json", **example.said)
        assert named.layout == example.layout


def test_what_is_left_out_is_told(check: Callable[..., CheckReport]) -> None:
    by_name = {example.name: example for example in EXAMPLES}
    told = {
        name: set(check(one.content, one.dataset, **one.said).findings["kind"])
        for name, one in by_name.items()
    }
    assert "rows_outside" in told["wfp_True"]
    assert "groups_left_out" in told["pihps"]
    assert "commodities_left_out" in told["pink_sheet"]
    assert "place_new" in told["field_report"]
    assert "encoding_guessed" in told["bps_sections"]
