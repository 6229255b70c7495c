"""The record of forecasts: honest while nothing has come due, complete once something has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[..., Any]


def words_of(app: Any) -> str:
    elements = [*app.title, *app.markdown, *app.caption, *app.info, *app.warning]
    return " ".join(str(element.value) for element in elements).replace("\\", "")


@pytest.mark.parametrize(
    ("region", "language", "told"),
    [
        ("blitar", "id", "Belum ada harga yang datang sesudah ramalan diterbitkan"),
        ("contoh", "en", "These figures were never issued as forecasts"),
    ],
)
def test_first_runs_wait_and_the_back_test_goes_by_its_name(
    open_page: Open, region: str, language: str, told: str
) -> None:
    app = open_page("record", region=region, lang=language)
    assert not app.exception
    assert told in words_of(app)


@pytest.mark.parametrize("by", ["horizon", "series", "run", "misses"])
def test_every_view_stands_with_a_wrong_link(open_page: Open, by: str) -> None:
    app = open_page("record", region="contoh", by=by, run="99", item="<x>", afterwards="1")
    assert not app.exception
    assert app.query_params["by"] == by and app.query_params["run"] == "0"
