"""Every sign in a legend has its name, whatever else is drawn over the time axis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import vl_convert

from analytics.figures.charts import chart_spec
from analytics.figures.figure import Figure, Kind
from tests.figures.drawn_charts import FLOOR, LEBARAN, RAMADAN, figure_of

TELEPHONE_PX = 328
CALCULATED = replace(RAMADAN, is_decided=False)


def legend_names(figure: Figure) -> list[str]:
    """The names that the browser writes into the legends."""
    spec = chart_spec(figure, language="id", theme="light")
    fitted = {"width": TELEPHONE_PX, "autosize": {"type": "fit", "contains": "padding"}}
    scene = vl_convert.vegalite_to_scenegraph({**spec, **fitted})  # type: ignore[dict-item]
    return list(_labels(scene["scenegraph"]))


def _labels(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if part.get("role") == "legend-label":
            yield from (item.get("text") or "" for item in part["items"])
        for value in part.values():
            yield from _labels(value)
    elif isinstance(part, list):
        for value in part:
            yield from _labels(value)


@pytest.mark.parametrize("kind", [Kind.LINE, Kind.FAN])
@pytest.mark.parametrize(
    ("annotations", "names"),
    [
        ((RAMADAN,), {"Ramadan"}),
        ((LEBARAN,), {"Idulfitri"}),
        ((RAMADAN, LEBARAN), {"Ramadan", "Idulfitri"}),
        (
            (RAMADAN, CALCULATED, LEBARAN),
            {"Ramadan", "Ramadan (perkiraan tanggal)", "Idulfitri"},
        ),
    ],
)
def test_bands_and_rules_are_named_beside_reference_lines(kind, annotations, names):
    figure = replace(figure_of(kind), annotations=annotations, references=(FLOOR,))
    found = legend_names(figure)
    assert names <= set(found)
    assert all(found)
    assert len(found) == len(set(found))
