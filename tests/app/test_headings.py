"""Headings of every page: one title, no level skipped, in both languages and regions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

LEVELS = {"title": 1, "header": 2, "subheader": 3}
VIEWS = [
    ("summary", {}),
    ("analysis", {"analysis": "specialisation", "level": "kecamatan"}),
    ("analysis", {"analysis": "clusters"}),
    ("analysis", {"analysis": "balance"}),
    ("analysis", {"analysis": "two_figures"}),
    ("profile", {"about": "area"}),
    ("profile", {"about": "item"}),
    ("prices", {"view": "course"}),
    ("prices", {"view": "forecast"}),
    ("prices", {"view": "season"}),
    ("prices", {"view": "lebaran"}),
    ("prices", {"view": "list"}),
    ("smart_city", {"section": "scores"}),
    ("smart_city", {"section": "programmes"}),
    ("smart_city", {"section": "questions"}),
    ("smart_city", {"section": "year"}),
    ("tourism", {"section": "totals"}),
    ("tourism", {"section": "monthly", "unverified": "1"}),
    ("tourism", {"section": "season", "unverified": "1"}),
    ("tourism", {"section": "map"}),
    ("tourism", {"section": "brand"}),
    ("sources", {}),
    ("methods", {}),
]


def levels(block: Any) -> Iterator[int]:
    """Levels of the headings in the order of the page."""
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from levels(child)
        elif child.type in LEVELS:
            yield LEVELS[child.type]
        elif child.type == "markdown":
            marks = re.match(r"(#{1,6}) ", child.value)
            if marks:
                yield len(marks[1])


@pytest.mark.parametrize("region", ["blitar", "contoh"])
@pytest.mark.parametrize(("page", "address"), VIEWS)
def test_headings_never_skip_a_level(open_page, page, address, region) -> None:
    app = open_page(page, region=region, **address)
    assert not app.exception
    found = list(levels(app.main))
    assert found[0] == 1
    assert found.count(1) == 1
    for before, after in pairwise(found):
        assert after <= before + 1, found


@pytest.mark.parametrize("page", ["summary", "sources", "methods"])
def test_pages_about_the_data_open_in_english(open_page, page) -> None:
    app = open_page(page, region="blitar", lang="en")
    assert not app.exception
    assert app.query_params["lang"] in ("en", ["en"])
