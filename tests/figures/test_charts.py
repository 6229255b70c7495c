"""Charts: valid for every kind, readable on a telephone, nothing said by colour alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
import vl_convert
from hypothesis import given
from hypothesis import strategies as st

from analytics.figures.chart_style import in_lines, round_limits
from analytics.figures.charts import (
    DRAWN_BY,
    chart_spec,
    draw_chart,
    height_of,
    small_specs,
)
from analytics.figures.figure import Figure, Kind, ReferenceLine
from analytics.figures.layers import Canvas, EndLabel, ValueScale, apart
from analytics.figures.result import Label
from analytics.settings import PROJECT_ROOT
from tests.figures.drawn_charts import (
    INDEX,
    LONG_NAME,
    PERCENT,
    categories,
    figure_of,
    months,
    result_of,
    several,
)

TELEPHONE_PX = 328
vl_convert.register_font_directory(str(PROJECT_ROOT / "static" / "fonts"))


def spec_of(figure: Figure, **look: Any) -> dict[str, Any]:
    spec = chart_spec(figure, language="id", theme="light", **look)
    assert spec is not None
    return spec


def parts(spec: Any) -> Iterator[dict[str, Any]]:
    """Every object in a spec, however deep."""
    if isinstance(spec, dict):
        yield spec
        for value in spec.values():
            yield from parts(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from parts(value)


def legend_words(spec: dict[str, Any]) -> str:
    """What the legends write."""
    found = [part["legend"]["labelExpr"] for part in parts(spec)
             if isinstance(part.get("legend"), dict) and "labelExpr" in part["legend"]]  # fmt: skip
    return " ".join(found)


def rows_of(spec: dict[str, Any], column: str) -> list[Any]:
    rows = [row for rows in spec["datasets"].values() for row in rows]
    return [row[column] for row in rows if column in row]


def lines_of(*names: str, counts: tuple[int, ...] = ()) -> Figure:
    figure = Figure(
        result=result_of(several(*names, counts=counts)), kind=Kind.LINE, series="series"
    )
    return replace(figure, names={"series": {name: Label(name, name) for name in names}})


def plot_px(figure: Figure, *, width: int) -> float:
    """Pixels between the axis and the right edge of the plot, fitted into `width` as on a page."""
    spec = {**spec_of(figure), "width": width, "autosize": {"type": "fit", "contains": "padding"}}
    scene = vl_convert.vegalite_to_scenegraph(spec)
    return float(scene["scenegraph"]["items"][0]["width"])


@pytest.mark.parametrize("kind", list(DRAWN_BY))
def test_every_kind_is_drawn_and_valid(kind: Kind) -> None:
    chart = draw_chart(figure_of(kind), language="id", theme="dark")
    assert chart is not None
    assert vl_convert.vegalite_to_svg(chart.to_dict()).startswith("<svg")


def test_long_names_leave_half_of_a_telephone_to_the_lines() -> None:
    figure = lines_of("UD. Telur Intan Kabupaten Blitar", LONG_NAME)
    assert plot_px(figure, width=TELEPHONE_PX) > 0.45 * TELEPHONE_PX


def test_the_newest_value_takes_only_its_own_room() -> None:
    figure = Figure(result=result_of(months()), kind=Kind.LINE)
    assert plot_px(figure, width=TELEPHONE_PX) > 0.55 * TELEPHONE_PX


def test_no_name_is_cut_at_a_lines_end() -> None:
    words = rows_of(spec_of(lines_of("satu", LONG_NAME)), "words")
    assert LONG_NAME in [name.replace("\n", " ") for name in words]


def test_line_that_stops_early_is_led_to_its_name() -> None:
    spec = spec_of(lines_of("satu", "dua", counts=(36, 20)))
    early = [row for rows in spec["datasets"].values() for row in rows if "edge" in row]
    assert [row["t"] < row["edge"] for row in early] == [True]


def test_axis_of_an_index_says_what_it_measures() -> None:
    figure = Figure(result=result_of(months(), indicator=INDEX), kind=Kind.LINE)
    titles = [part["title"] for part in parts(spec_of(figure)) if "titleAnchor" in part]
    assert any(str(title).startswith("Indeks harga") for title in titles)
    assert not any(str(title).startswith(("·", " ")) for title in titles)


def test_value_of_a_negative_bar_stands_beyond_its_end() -> None:
    frame = categories({"2019": -12.5, "2020": 4.0})
    figure = Figure(result=result_of(frame, indicator=PERCENT), kind=Kind.BARS, category="place")
    texts = [layer for layer in spec_of(figure)["layer"] if layer["mark"]["type"] == "text"]
    sides = {
        layer["transform"][0]["filter"]: layer["mark"] for layer in texts if "transform" in layer
    }
    left = next(mark for test, mark in sides.items() if "< 0" in test)
    assert left["align"] == "right" and left["dx"] < 0


@pytest.mark.parametrize("kind", [Kind.BARS, Kind.GROUPED_BARS])
def test_range_of_a_bar_is_drawn_in_full_and_told(kind: Kind) -> None:
    frame = categories({"telur": 4.0, "jagung": 2.0})
    frame = frame.assign(low=[-30.0, float("nan")], high=[20.0, float("nan")])
    figure = Figure(
        result=result_of(frame, indicator=PERCENT), kind=kind, category="place",
        bar_range=("low", "high"),
    )  # fmt: skip
    spec = spec_of(figure)
    assert any(layer["mark"]["type"] == "rule" for layer in spec["layer"])
    domains = [part["domain"] for part in parts(spec) if part.get("nice") is False]
    assert any(low <= -30 and high >= 20 for low, high in domains)
    assert {"", "−30 persen – 20 persen"} == set(rows_of(spec, "bar_range"))


@pytest.mark.parametrize("kind", [Kind.BARS, Kind.GROUPED_BARS, Kind.STACKED_BARS])
def test_bars_draw_what_they_are_compared_with(kind: Kind) -> None:
    spec = spec_of(figure_of(kind))
    assert "separuh: 50 persen" in legend_words(spec)
    assert 50.0 in rows_of(spec, "y")


def test_value_to_compare_with_lies_inside_the_picture() -> None:
    far = ReferenceLine(Label("target", "target"), 100.0)
    frame = categories({"2019": 20.0, "2020": 30.0})
    figure = Figure(
        result=result_of(frame, indicator=PERCENT), kind=Kind.GROUPED_BARS, category="place",
        references=(far,),
    )  # fmt: skip
    domains = [part["domain"] for part in parts(spec_of(figure)) if part.get("nice") is False]
    assert [0.0, 100.0] in domains


def test_holidays_and_reference_prices_are_named_below_the_picture() -> None:
    words = legend_words(spec_of(figure_of(Kind.LINE)))
    for name in ("Ramadan", "Idulfitri", "Harga acuan"):
        assert name in words


def test_reference_that_held_at_another_time_leaves_no_legend_without_a_name() -> None:
    long_ago = ReferenceLine(Label("Harga acuan", "Reference price"), 20.0,
                             start=date(1990, 1, 1), end=date(1990, 12, 31))  # fmt: skip
    figure = replace(figure_of(Kind.LINE), references=(long_ago,))
    spec = chart_spec(figure, language="id", theme="light", width=TELEPHONE_PX)
    width = re.search(r'width="([0-9.e+]+)"', vl_convert.vegalite_to_svg(spec))
    assert width
    assert float(width[1]) < 2 * TELEPHONE_PX


def test_year_without_a_value_is_marked() -> None:
    spec = spec_of(figure_of(Kind.GROUPED_BARS))
    assert "belum ada data" in legend_words(spec)


def test_lanes_of_events_are_named_not_only_coloured() -> None:
    figure = replace(
        figure_of(Kind.TIMELINE),
        names={"lane": {"brand": Label("Merek", "Brand"), "events": Label("Acara", "Events")}},
    )
    assert {"Merek", "Acara"} <= set(rows_of(spec_of(figure), "words"))


def test_names_too_long_to_stand_below_bars_stand_beside_them() -> None:
    frame = categories({LONG_NAME: 3.0, "pendek": 4.0}).assign(kind="alam")
    figure = Figure(
        result=result_of(frame), kind=Kind.STACKED_BARS, category="place", series="kind"
    )
    bar = next(layer for layer in spec_of(figure)["layer"] if layer["mark"]["type"] == "bar")
    assert bar["encoding"]["y"]["field"] == "key"


def test_bars_with_long_names_are_higher() -> None:
    short, long = (
        Figure(result=result_of(categories({name: 1.0, "b": 2.0, "c": 3.0, "d": 4.0})),
               kind=Kind.BARS, category="place")
        for name in ("a", LONG_NAME)
    )  # fmt: skip
    assert height_of(long) > height_of(short)


def test_older_years_step_back_behind_the_newest() -> None:
    scales = [part for part in parts(spec_of(figure_of(Kind.SEASONAL)))
              if part.get("domain") == ["newest", "before", "older"]]  # fmt: skip
    assert {scale["type"] for scale in scales if isinstance(scale["range"][0], float | int)} == {
        "ordinal"
    }


@given(
    st.lists(st.floats(min_value=0, max_value=100), min_size=1, max_size=8),
    st.lists(st.integers(min_value=1, max_value=3), min_size=8, max_size=8),
)
def test_labels_never_cover_each_other(heights: list[float], lines: list[int]) -> None:
    canvas = Canvas(language="id", theme="light", height=600)
    labels = [
        EndLabel(0, y, "\n".join("x" * count), "#000000")
        for y, count in zip(heights, lines, strict=False)
    ]
    placed = apart(labels, ValueScale(0, 100, from_zero=True), canvas)
    unit = 100 / (600 * 0.82)
    for below, above in pairwise(placed):
        least = (below.height_px + above.height_px) / 2 * unit
        assert above.y - below.y >= least - 1e-6


@pytest.mark.parametrize(
    ("low", "high", "limits"),
    [
        (0, 100, (0, 100)),
        (0, 100.0000001, (0, 100)),
        (0, 111_000, (0, 120_000)),
        (11_500, 27_100, (10_000, 28_000)),
        (-12.8, 15.3, (-15, 20)),
        (5, 5, (5, 5)),
    ],
)
def test_limits_are_round(low: float, high: float, limits: tuple[float, float]) -> None:
    assert round_limits(low, high) == pytest.approx(limits)


@given(st.text(min_size=1, max_size=120).filter(str.strip), st.integers(8, 40))
def test_lines_keep_the_words(name: str, letters: int) -> None:
    lines = in_lines(name, letters, most=200)
    assert "".join(lines.split()) == "".join(name.split())


def test_what_exceeds_the_lines_is_cut_with_dots() -> None:
    assert in_lines("satu dua tiga empat", 4, most=2) == "satu\ndua…"


def test_numbers_on_axes_are_written_as_in_the_language() -> None:
    assert spec_of(figure_of(Kind.LINE))["config"]["locale"]["number"]["thousands"] == "."
    english = chart_spec(figure_of(Kind.LINE), language="en", theme="light")
    assert english is not None
    assert english["config"]["locale"]["number"]["thousands"] == ","
    assert json.dumps(english)  # nothing in it but plain values


def test_labels_move_as_little_as_possible() -> None:
    canvas = Canvas(language="id", theme="light", height=600)
    labels = [EndLabel(0, y, name, "#000000") for name, y in (("a", 50.0), ("b", 50.0))]
    low, high = apart(labels, ValueScale(0, 100, from_zero=True), canvas)
    assert (low.y + high.y) / 2 == pytest.approx(50.0)


def test_newest_value_before_a_fan_is_clear_of_the_line() -> None:
    figure = figure_of(Kind.FAN)
    rows = [row for rows in spec_of(figure)["datasets"].values() for row in rows if "words" in row]
    (label,) = [row for row in rows if row["words"].startswith("Rp")]
    recent = months()["obs_value"].dropna().tail(18)
    assert label["y"] in (recent.min(), recent.max())


def test_marks_of_small_charts_are_explained_once() -> None:
    charts = small_specs(figure_of(Kind.SMALL_MULTIPLES), language="id", theme="light")
    told = ["sementara" in legend_words(spec) for _, spec in charts]
    assert told == [False, True]
