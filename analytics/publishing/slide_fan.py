"""The bands of a forecast on a slide: stacked areas below the lines, in the same native chart.

The limits stay series of their own with the numbers of the export. A band is the difference of
two limits laid on the lowest one, which is drawn without colour; in the workbook base and widths
are formulas over the columns of the limits, so a limit changed by hand moves its band.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn

from analytics.i18n import text
from analytics.publishing.plot import BANDS, Plot, Row

LOWEST_FIRST = ("low_95", "low_80", "high_80", "high_95")
LEVEL = {"low_95": "95", "high_95": "95", "low_80": "80", "high_80": "80"}
SHADE = {"95": 0.78, "80": 0.52}  # towards white; a band of 95 % is paler than one of 80 %
LINE_ONLY = ("c:marker", "c:smooth", "c:dLbls", "c:spPr")


@dataclass(frozen=True)
class Area:
    """One stacked area: `level` is empty for the base. `cells` are formulas, "" where empty."""

    name: str
    level: str
    values: tuple[float | None, ...]
    cells: tuple[str, ...]


def areas_of(plot: Plot, language: str) -> tuple[Area, ...]:
    """Base and bands from below, one value a category; none where a plot has no two limits.

    Before the forecast the base follows what was observed and the bands have no width: they
    open at the last observation, and a blank would be drawn as zero.
    """
    columns = {row.role: at for at, row in enumerate(plot.rows)}
    limits = [role for role in LOWEST_FIRST if role in columns]
    if len(limits) < 2 or columns.get("", 0) != 0:
        return ()
    rows = [plot.rows[columns[role]] for role in limits]
    names = [_cell(columns[role]) for role in limits]
    base = _base(plot.rows[0], rows[0], names[0])
    areas = [Area(text("figures.mark.band_base", language), "", *zip(*base, strict=True))]
    for at in range(len(limits) - 1):
        level = max(LEVEL[limits[at]], LEVEL[limits[at + 1]])
        pairs = _widths(rows[at], rows[at + 1], names[at], names[at + 1])
        name = text(f"figures.mark.band_{level}", language)
        areas.append(Area(name, level, *zip(*pairs, strict=True)))
    return tuple(areas)


def _base(observed: Row, lowest: Row, column: str) -> list[tuple[float | None, str]]:
    """The lowest limit; before it the last value that was observed."""
    found: list[tuple[float | None, str]] = []
    last: tuple[float | None, str] = (None, "")
    for at, (value, limit) in enumerate(zip(observed.values, lowest.values, strict=True)):
        if value is not None:
            last = (value, f"={_cell(0)}{at + 2}")
        found.append(last if limit is None else (limit, f"={column}{at + 2}"))
    return found


def _widths(low: Row, high: Row, below: str, above: str) -> list[tuple[float, str]]:
    return [
        (0.0, "=0") if under is None or over is None
        else (over - under, f"={above}{at}-{below}{at}")
        for at, (under, over) in enumerate(zip(low.values, high.values, strict=True), start=2)
    ]  # fmt: skip


def _cell(series: int) -> str:
    """The workbook's column of a series: the categories stand in the first."""
    return CategoryWorkbookWriter._column_reference(series + 2)


class FanData(CategoryChartData):
    """Chart data whose last series, the areas, stand in the workbook as formulas."""

    def __init__(self, number_format: str, areas: Sequence[Area]) -> None:
        super().__init__(number_format=number_format)
        self.areas = areas

    def add_areas(self) -> None:
        """After the lines: one series for each area."""
        for area in self.areas:
            self.add_series(area.name, area.values)

    @property
    def _workbook_writer(self) -> CategoryWorkbookWriter:
        return _FormulaWriter(self)


class _FormulaWriter(CategoryWorkbookWriter):
    def _write_series(self, workbook: Any, worksheet: Any) -> None:
        super()._write_series(workbook, worksheet)
        areas = self._chart_data.areas
        offset = self._chart_data.categories.depth + len(self._chart_data) - len(areas)
        for column, area in enumerate(areas, start=offset):
            for row, (cell, value) in enumerate(zip(area.cells, area.values, strict=True), start=1):
                if cell:
                    worksheet.write_formula(row, column, cell, None, value)


def lay_bands(chart: Any, plot: Plot, areas: Sequence[Area], colour: str) -> None:
    """Moves the areas' series from the chart of lines into one of stacked areas before it."""
    lines = chart._chartSpace.chart.plotArea.xCharts[0]
    series = lines.findall(qn("c:ser"))
    drawn, below = series[: len(plot.rows)], series[len(plot.rows) :]
    stacked = _stacked_areas(lines)
    for area, each in zip(areas, below, strict=True):
        stacked.insert(len(stacked.findall(qn("c:ser"))) + 2, each)
        _paint(each, area, colour)
    lines.addprevious(stacked)
    for order, each in enumerate([*below, *drawn]):
        each.find(qn("c:idx")).set("val", str(order))
        each.find(qn("c:order")).set("val", str(order))
    _hide_in_legend(chart, _unnamed(plot, areas))


def _stacked_areas(lines: Any) -> Any:
    """An empty chart of areas on the axes of the lines."""
    stacked = lines.makeelement(qn("c:areaChart"))
    etree.SubElement(stacked, qn("c:grouping")).set("val", "stacked")
    etree.SubElement(stacked, qn("c:varyColors")).set("val", "0")
    for axis in lines.findall(qn("c:axId")):
        etree.SubElement(stacked, qn("c:axId")).set("val", axis.get("val"))
    return stacked


def _paint(series: Any, area: Area, colour: str) -> None:
    """Plain colour without an edge; the base has none. In the order that the schema asks for."""
    for name in LINE_ONLY:
        for old in series.findall(qn(name)):
            series.remove(old)
    shape = etree.Element(qn("c:spPr"))
    if area.level:
        fill = etree.SubElement(etree.SubElement(shape, qn("a:solidFill")), qn("a:srgbClr"))
        fill.set("val", lighter(colour, SHADE[area.level]))
    else:
        etree.SubElement(shape, qn("a:noFill"))
    etree.SubElement(etree.SubElement(shape, qn("a:ln")), qn("a:noFill"))
    series.find(qn("c:tx")).addnext(shape)


def _unnamed(plot: Plot, areas: Sequence[Area]) -> list[int]:
    """Places in the legend that say nothing: base, limits, and a range's lower half."""
    levels = [area.level for area in areas]
    base = [at for at, level in enumerate(levels) if not level or level in levels[at + 1 :]]
    return base + [len(areas) + at for at, row in enumerate(plot.rows) if row.role in BANDS]


def _hide_in_legend(chart: Any, places: Sequence[int]) -> None:
    legend = chart.legend._element
    position = legend.find(qn("c:legendPos"))
    for place in reversed(places):
        entry = etree.Element(qn("c:legendEntry"))
        etree.SubElement(entry, qn("c:idx")).set("val", str(place))
        etree.SubElement(entry, qn("c:delete")).set("val", "1")
        position.addnext(entry)


def lighter(colour: str, share: float) -> str:
    """The colour mixed with white, six digits: `share` 1 is white."""
    parts = [int(colour.removeprefix("#")[at : at + 2], 16) for at in (0, 2, 4)]
    return str(RGBColor(*(round(part + (255 - part) * share) for part in parts)))
