"""A forecast on a slide: bands between the limits, which stay the numbers of the export."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.chart.plot import AreaPlot, LinePlot
from pptx.oxml.ns import qn
from pptx.util import Inches

from analytics.figures.figure import Kind
from analytics.publishing.plot import BANDS, Plot, plot_of
from analytics.publishing.slide_charts import add_chart
from analytics.publishing.slide_fan import areas_of
from tests.figures.drawn_charts import figure_of

BOX = (0, 0, Inches(8), Inches(4))
# ECMA-376, part 1, 21.2: children of plotArea, areaChart and its series in this order.
PLOT_AREA = ["layout", "areaChart", "lineChart", "catAx", "dateAx", "valAx"]
AREA_SERIES = ["idx", "order", "tx", "spPr", "cat", "val"]


def fan() -> Plot:
    plot = plot_of(figure_of(Kind.FAN), language="id")
    assert plot is not None
    return plot


def chart_of(plot: Plot) -> Any:
    """The chart after the presentation was written and opened again."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    add_chart(slide.shapes, plot, BOX, language="id")
    target = io.BytesIO()
    deck.save(target)
    (again,) = Presentation(io.BytesIO(target.getvalue())).slides[0].shapes
    return again.chart


def names(element: Any) -> list[str]:
    return [child.tag.rpartition("}")[2] for child in element]


def test_limits_stay_as_they_are_and_bands_reach_from_one_to_the_next() -> None:
    plot = fan()
    below, drawn = chart_of(plot).plots
    assert isinstance(below, AreaPlot)
    assert isinstance(drawn, LinePlot)
    assert [tuple(series.values) for series in drawn.series] == [row.values for row in plot.rows]
    limit = {row.role: row.values for row in plot.rows if row.role in BANDS}
    base, *widths = (series.values for series in below.series)
    ahead = [at for at, value in enumerate(limit["low_95"]) if value is not None]
    assert ahead
    for at in ahead:
        heights = [base[at]]
        for width in widths:
            heights.append(heights[-1] + width[at])
        told = [limit[role][at] for role in ("low_95", "low_80", "high_80", "high_95")]
        assert heights == pytest.approx(told)


def test_before_the_forecast_the_bands_are_shut_on_the_line() -> None:
    plot = fan()
    base, *widths = chart_of(plot).plots[0].series
    observed = plot.rows[0].values
    known = [at for at, value in enumerate(observed) if value is not None]
    assert all(base.values[at] == observed[at] for at in known)
    assert all(width.values[at] == 0 for width in widths for at in known)


def test_a_month_without_a_number_before_the_forecast_does_not_drop_to_zero() -> None:
    plot = fan()
    last = max(at for at, value in enumerate(plot.rows[0].values) if value is not None)
    holed = replace(plot.rows[0], values=(*plot.rows[0].values[:last], None,
                                          *plot.rows[0].values[last + 1:]))  # fmt: skip
    base = areas_of(replace(plot, rows=(holed, *plot.rows[1:])), "id")[0]
    assert base.values[last] == plot.rows[0].values[last - 1]


def test_the_workbook_computes_the_bands_from_the_limits() -> None:
    chart = chart_of(fan())
    blob = chart.part.chart_workbook.xlsx_part.blob
    shown, written = (
        openpyxl.load_workbook(io.BytesIO(blob), data_only=is_shown).active
        for is_shown in (True, False)
    )
    below, drawn = chart.plots
    columns = [*drawn.series, *below.series]
    for at, series in enumerate(columns, start=2):
        cells = [row[0] for row in shown.iter_rows(min_row=2, min_col=at, max_col=at,
                                                   values_only=True)]  # fmt: skip
        assert cells == pytest.approx(list(series.values)), series.name
    last = [cell.value for cell in written[written.max_row]]
    assert [str(value).startswith("=") for value in last[1:]] == [False] * len(drawn.series) + [
        True
    ] * len(below.series)


def test_parts_of_the_chart_stand_in_the_order_of_the_standard() -> None:
    chart = chart_of(fan())
    area = chart._chartSpace.chart.plotArea
    places = [PLOT_AREA.index(name) for name in names(area)]
    assert places == sorted(places)
    below = area.find(qn("c:areaChart"))
    series = below.findall(qn("c:ser"))
    assert names(below) == ["grouping", "varyColors", *["ser"] * len(series), "axId", "axId"]
    assert all(names(each) == AREA_SERIES for each in series)
    axes = [each.get("val") for each in below.findall(qn("c:axId"))]
    assert axes == [each.get("val") for each in area.find(qn("c:lineChart")).findall(qn("c:axId"))]
    numbers = [each.get("val") for each in area.iter(qn("c:order"))]
    assert numbers == [str(at) for at in range(len(numbers))]


def test_the_legend_names_what_was_observed_the_forecast_and_each_range_once() -> None:
    chart = chart_of(fan())
    legend = chart._chartSpace.chart.find(qn("c:legend"))
    hidden = {int(each.find(qn("c:idx")).get("val")) for each in legend.iter(qn("c:legendEntry"))}
    all_names = [series.name for plot in chart.plots for series in plot.series]
    shown = [name for at, name in enumerate(all_names) if at not in hidden]
    plot = fan()
    lines = [row.name for row in plot.rows if row.role not in BANDS]
    assert shown == ["rentang 80%", "rentang 95%", *lines]
    assert names(legend)[: len(hidden) + 1] == ["legendPos", *["legendEntry"] * len(hidden)]


def test_a_forecast_without_ranges_has_only_lines() -> None:
    plot = fan()
    bare = replace(plot, rows=tuple(row for row in plot.rows if row.role not in BANDS))
    assert areas_of(bare, "id") == ()
    assert [type(each) for each in chart_of(bare).plots] == [LinePlot]


def test_one_range_alone_is_one_band() -> None:
    plot = fan()
    one = replace(plot, rows=tuple(r for r in plot.rows if r.role not in ("low_95", "high_95")))
    assert [area.level for area in areas_of(one, "id")] == ["", "80"]
