"""Native charts on slides: editable, with their workbook, and with separators of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from lxml import etree
from pptx.chart.data import XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.oxml.ns import qn
from pptx.util import Pt

from analytics.figures.palette import LIGHT
from analytics.i18n import Formatter
from analytics.publishing.axis_numbers import Scale, axis_format, scale_of, whole_format
from analytics.publishing.letters import FONT
from analytics.publishing.plot import BANDS, OLDER, Plot, Row, Shape
from analytics.publishing.slide_fan import Area, FanData, areas_of, lay_bands, lighter

NATIVE = {
    Shape.LINE: XL_CHART_TYPE.LINE,
    Shape.FAN: XL_CHART_TYPE.LINE,
    Shape.BAR: XL_CHART_TYPE.BAR_CLUSTERED,
    Shape.COLUMN: XL_CHART_TYPE.COLUMN_CLUSTERED,
    Shape.STACKED: XL_CHART_TYPE.BAR_STACKED,
    Shape.SCATTER: XL_CHART_TYPE.XY_SCATTER,
}
OVER_TIME = (Shape.LINE, Shape.FAN)
ACROSS = (Shape.BAR, Shape.STACKED)
TEXT_PT, SMALL_PT = 12, 10
TIGHT_PT = 8
CATEGORIES_READ = 9  # names that stand beside each other under an axis
LABELS_AT_MOST = 24
MONTHS_COUNTED = 36  # up to as many months are counted, more are told by their years
TIME_LABELS = 12
FEW_CATEGORIES = 3
LETTER_IN = 0.085  # of a figure at SMALL_PT
PLOT_IN = 7.0
GAP_SHARE = 0.6
POINTS_SHOWN = 12
# The limits of a forecast are thin edges of the bands, stepped back towards white.
EDGE_SHADE, EDGE_PT = 0.35, 0.5
DASHES = {"forecast": MSO_LINE_DASH_STYLE.DASH, "reference": MSO_LINE_DASH_STYLE.DASH}


def add_chart(shapes: Any, plot: Plot, box: tuple[int, int, int, int], *, language: str) -> Any:
    """Adds the chart of a plot and gives its graphic frame. `box`: left, top, width, height."""
    areas = areas_of(plot, language) if plot.shape is Shape.FAN else ()
    frame = shapes.add_chart(NATIVE[plot.shape], *box, _data(plot, areas, language))
    chart = frame.chart
    chart.font.size, chart.font.name = Pt(TEXT_PT), FONT
    chart.font.color.rgb = _rgb(LIGHT.ink)
    chart.has_title = False
    _say_legend(chart, plot)
    if areas:
        lay_bands(chart, plot, areas, plot.rows[0].colour)
    scale = scale_of(plot.values, from_zero=plot.shape not in (*OVER_TIME, Shape.SCATTER))
    _scale_axes(chart, plot, scale, language)
    _paint(chart, plot)
    _write_values(chart, plot, scale, language)
    return frame


def _data(plot: Plot, areas: Sequence[Area], language: str) -> Any:
    number_format = _workbook_format(plot, language)
    if plot.shape is Shape.SCATTER:
        points = XyChartData(number_format=number_format)
        for row in plot.rows:
            series = points.add_series(row.name)
            for across, value in zip(row.across, row.values, strict=True):
                series.add_data_point(across, value)
        return points
    data = FanData(number_format, areas)
    data.categories = plot.dates or plot.categories
    for row in plot.rows:
        data.add_series(row.name, row.values, number_format=number_format)
    data.add_areas()
    return data


def _workbook_format(plot: Plot, language: str) -> str:
    """How the workbook writes its cells: with points of its own where all values are whole."""
    is_plain = all(value >= 0 and float(value).is_integer() for value in plot.values)
    return whole_format(language) if is_plain else "General"


def _say_legend(chart: Any, plot: Plot) -> None:
    chart.has_legend = len(plot.rows) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(SMALL_PT)


# Axes ------------------------------------------------------------------------------------------


def _scale_axes(chart: Any, plot: Plot, scale: Scale, language: str) -> None:
    values = chart.value_axis
    values.minimum_scale, values.maximum_scale, values.major_unit = (
        scale.low,
        scale.high,
        scale.step,
    )
    values.major_gridlines.format.line.color.rgb = _rgb(LIGHT.line)
    values.format.line.fill.background()
    _show_numbers(values, scale, language)
    _name_axis(values, plot.unit, is_upright=True)
    if plot.shape is Shape.SCATTER:
        _scale_across(chart, plot, language)
        return
    names = chart.category_axis
    names.tick_labels.font.size = Pt(TEXT_PT if len(plot.categories) <= 20 else TIGHT_PT)
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.has_major_gridlines = False
    names.format.line.color.rgb = _rgb(LIGHT.grey)
    if plot.shape in ACROSS:
        names.reverse_order = True
        _cross_at_far_end(values)
    elif plot.dates:
        _count_time(names, plot.dates)
    elif len(plot.categories) > CATEGORIES_READ:
        _thin_out(names, every=-(-len(plot.categories) // CATEGORIES_READ))


def _show_numbers(axis: Any, scale: Scale, language: str) -> None:
    """Whole steps with the format; other steps are not left to the viewer's own separators."""
    if not scale.is_whole:
        axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        return
    axis.tick_labels.number_format = axis_format(scale, language)
    axis.tick_labels.number_format_is_linked = False
    axis.tick_labels.font.size = Pt(SMALL_PT)


def _name_axis(axis: Any, words: str, *, is_upright: bool = False) -> None:
    axis.has_title = bool(words)
    if not words:
        return
    frame = axis.axis_title.text_frame
    frame.text = words
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold = Pt(SMALL_PT), False
    font.color.rgb = _rgb(LIGHT.grey)
    if is_upright:
        frame._txBody.bodyPr.set("rot", "0")
        frame._txBody.bodyPr.set("vert", "horz")


def _scale_across(chart: Any, plot: Plot, language: str) -> None:
    across = [value for row in plot.rows for value in row.across if value is not None]
    scale = scale_of(across, from_zero=False)
    axis = chart.category_axis
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = scale.low, scale.high, scale.step
    axis.has_major_gridlines = False
    _show_numbers(axis, scale, language)
    _name_axis(axis, plot.across_unit)


def _cross_at_far_end(values: Any) -> None:
    """With the first category on top the numbers would stand above the bars."""
    crosses = values._element.find(qn("c:crosses"))
    if crosses is not None:
        crosses.set("val", "max")


def _count_time(axis: Any, dates: Sequence[date]) -> None:
    """Months or years in figures: names of months would come in the viewer's own language."""
    months = (dates[-1].year - dates[0].year) * 12 + dates[-1].month - dates[0].month + 1
    is_short = months <= MONTHS_COUNTED
    axis.tick_labels.number_format = r"mm\/yyyy" if is_short else "yyyy"
    axis.tick_labels.number_format_is_linked = False
    step = 3 if is_short else -(-months // 12 // TIME_LABELS)
    element = axis._element
    for name in ("c:baseTimeUnit", "c:majorUnit", "c:majorTimeUnit"):
        for old in element.findall(qn(name)):
            element.remove(old)
    unit = "months" if is_short else "years"
    for name, value in (
        ("c:baseTimeUnit", "months"),
        ("c:majorUnit", str(max(1, step))),
        ("c:majorTimeUnit", unit),
    ):
        etree.SubElement(element, qn(name)).set("val", value)


def _thin_out(axis: Any, *, every: int) -> None:
    """Every n-th name only; in the order that the schema asks for."""
    element = axis._element
    later = element.find(qn("c:noMultiLvlLbl"))
    for name in ("c:tickLblSkip", "c:tickMarkSkip"):
        skip = etree.Element(qn(name))
        skip.set("val", str(every))
        if later is not None:
            later.addprevious(skip)
        else:
            element.append(skip)


# Looks -----------------------------------------------------------------------------------------


def _paint(chart: Any, plot: Plot) -> None:
    if plot.shape in (Shape.BAR, Shape.COLUMN, Shape.STACKED):
        chart.plots[0].gap_width = 60 if len(plot.categories) > FEW_CATEGORIES else 200
        if plot.shape is Shape.STACKED:
            chart.plots[0].overlap = 100
    for series, row in zip(_drawn(chart), plot.rows, strict=True):
        if plot.shape in OVER_TIME:
            _paint_line(series, row)
        elif plot.shape is Shape.SCATTER:
            _paint_points(series, row)
        else:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = _rgb(row.colour)


def _drawn(chart: Any) -> Any:
    """The series that stand for rows of the plot: bands lie in a chart before the lines."""
    return chart.plots[len(chart.plots) - 1].series


def _paint_line(series: Any, row: Row) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE

    series.smooth = False
    line = series.format.line
    is_edge = row.role in BANDS
    line.color.rgb = _rgb(lighter(row.colour, EDGE_SHADE) if is_edge else row.colour)
    line.width = Pt(EDGE_PT if is_edge else row.weight)
    if row.role in DASHES:
        line.dash_style = DASHES[row.role]
    known = sum(value is not None for value in row.values)
    has_points = not row.role and known <= POINTS_SHOWN
    series.marker.style = XL_MARKER_STYLE.CIRCLE if has_points else XL_MARKER_STYLE.NONE
    if has_points:
        series.marker.size = 7
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = _rgb(row.colour)
        series.marker.format.line.color.rgb = _rgb(row.colour)


def _paint_points(series: Any, row: Row) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE

    series.format.line.fill.background()
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 9
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = _rgb(row.colour)


# Values as text --------------------------------------------------------------------------------


def _write_values(chart: Any, plot: Plot, scale: Scale, language: str) -> None:
    """Values beside their points, written out, so that no viewer writes them in its own way."""
    write = Formatter(language)
    for series, row in zip(_drawn(chart), plot.rows, strict=True):
        if plot.shape is Shape.SCATTER:
            _label(series, dict(enumerate(row.labels[:LABELS_AT_MOST])), XL_LABEL_POSITION.RIGHT)
            continue
        told = _told(plot, row, is_numbered=scale.is_whole)
        words = {at: write.number(row.values[at], plot.decimals) for at in told}
        _label(series, words, _label_position(plot))


def _told(plot: Plot, row: Row, *, is_numbered: bool) -> list[int]:
    """Positions whose values are written: of bars all while they are few, of lines the last
    one; also first, lowest and highest where the axis has no numbers.
    """
    known = [at for at, value in enumerate(row.values) if value is not None]
    if not known or row.role in (*BANDS, "reference", OLDER):
        return []
    if plot.shape not in OVER_TIME:
        return known if _bars_have_room(plot) else []
    if is_numbered:
        return [known[-1]]
    if len(known) <= POINTS_SHOWN and len(plot.rows) == 1:
        return known
    numbers = {at: float(row.values[at] or 0) for at in known}
    low, high = min(numbers, key=numbers.__getitem__), max(numbers, key=numbers.__getitem__)
    return sorted({known[0], known[-1], low, high})


def _bars_have_room(plot: Plot) -> bool:
    """Whether the values of all bars can stand beside each other."""
    bars = len(plot.categories) * len(plot.rows)
    if bars > LABELS_AT_MOST or plot.shape in ACROSS:
        return bars <= LABELS_AT_MOST
    longest = max((len(f"{value:,.{plot.decimals}f}") for value in plot.values), default=0)
    return longest * LETTER_IN <= PLOT_IN / (len(plot.categories) * (len(plot.rows) + GAP_SHARE))


def _label_position(plot: Plot) -> Any:
    if plot.shape in OVER_TIME:
        return XL_LABEL_POSITION.ABOVE
    return (
        XL_LABEL_POSITION.CENTER if plot.shape is Shape.STACKED else XL_LABEL_POSITION.OUTSIDE_END
    )


def _label(series: Any, words: dict[int, str], position: Any) -> None:
    for at, written in words.items():
        label = series.points[at].data_label
        frame = label.text_frame
        frame.text = written
        frame.paragraphs[0].runs[0].font.size = Pt(SMALL_PT)
        label.position = position


def _rgb(colour: str) -> Any:
    return RGBColor.from_string(colour.removeprefix("#").upper())
