"""The figures of the agriculture map: reports with the choice of how each is drawn."""

from __future__ import annotations

from dataclasses import replace

from analytics.agriculture.area_reports import neighbours_report, series_report
from analytics.agriculture.calendar_report import calendar_report
from analytics.agriculture.change_report import change_report
from analytics.agriculture.map_report import map_report
from analytics.agriculture.methods import method_names
from analytics.agriculture.outlines import neighbours_of
from analytics.agriculture.two_figures import other_sources_report, two_figures_report
from analytics.editions.edition import Edition
from analytics.figures.figure import Column, Figure, Kind, Names, code_names
from analytics.figures.result import Label, Result, Statement
from analytics.figures.sentences import period_words
from analytics.i18n import LANGUAGES

USED_MARK = "✓"
NAMED = ("ref_area", "source_id")


def map_figure(edition: Edition, **choices: str | bool | None) -> Figure:
    """The map of one period with rank, share and change in its table."""
    result = map_report(edition, **choices)  # type: ignore[arg-type]
    columns = [
        _number("rank", decimals=0),
        _value("previous_value", result),
        Column("share_pct", _heading("share_pct"), style="percent_sign"),
        Column("change_pct", _heading("change_pct"), style="signed_percent"),
        _value("printed_value", result),
        _number("reports", decimals=0),
        _number("sites", decimals=0),
    ]
    return _figure(edition, result, Kind.MAP, columns=columns)


def change_figure(edition: Edition, **choices: str | bool | None) -> Figure:
    """The map of a change, with both values in its table."""
    result = change_report(edition, **choices)  # type: ignore[arg-type]
    own = edition.vocabulary.unit_symbol(str(result.frame["unit"].iloc[0]))
    decimals = edition.vocabulary.indicator(str(choices["indicator"])).decimals
    columns = [
        Column("before_value", _heading("before_value"), decimals=decimals, unit=own),
        Column("after_value", _heading("after_value"), decimals=decimals, unit=own),
        _number("rank", decimals=0),
        _number("sites_compared", decimals=0),
    ]
    return _figure(edition, result, Kind.MAP, columns=columns)


def series_figure(edition: Edition, **choices: str | bool | None) -> Figure:
    """Values of one area over time, a line for each method; the longest series comes first."""
    result = series_report(edition, **choices)  # type: ignore[arg-type]
    order = tuple(result.frame["method"].value_counts().index)
    return replace(
        _figure(edition, result, Kind.LINE), series="method", order=order, headings=_by_method()
    )


def neighbours_figure(edition: Edition, **choices: str | bool | None) -> Figure:
    """One area beside those that share a border with it."""
    level, area = str(choices["level"]), str(choices["area"])
    beside = neighbours_of(edition, level=level).get(area, ())
    result = neighbours_report(edition, neighbours=beside, **choices)  # type: ignore[arg-type]
    return replace(_figure(edition, result, Kind.BARS), category="ref_area", emphasis=(area,))


def two_figures_figure(edition: Edition, **choices: str | bool | None) -> Figure:
    """Two methods' figures for one quantity, year by year beside each other."""
    result = two_figures_report(edition, **choices)  # type: ignore[arg-type]
    columns = [
        _value("difference", result),
        Column("difference_pct", _heading("difference_pct"), style="signed_percent"),
        Column("released", _heading("released"), style="text"),
    ]
    order = tuple(result.frame["method"].drop_duplicates())
    drawn = _figure(edition, result, Kind.GROUPED_BARS, columns=columns)
    drawn = replace(drawn, names={**drawn.names, "period": _period_names(result)})
    return replace(drawn, category="period", series="method", order=order, headings=_by_method())


def sources_figure(edition: Edition, **choices: str | bool | None) -> Figure:
    """Every source's figure for one area and period, with a mark on the one that is used."""
    result = other_sources_report(edition, **choices)  # type: ignore[arg-type]
    marks = result.frame["is_used"].map({True: USED_MARK, False: ""})
    marked = replace(result, frame=result.frame.assign(is_used=marks))
    columns = [Column("is_used", _heading("is_used"), style="text")]
    return _figure(edition, marked, Kind.TABLE, columns=columns)


def calendar_figure(edition: Edition, *, area: str, indicator: str) -> Figure:
    """Months of harvest: a strip of years by months."""
    result = calendar_report(edition, area=area, indicator=indicator)
    columns = [Column("share_pct", _heading("share_of_year"), style="percent_sign")]
    return _figure(edition, result, Kind.HEAT, columns=columns)


def _figure(
    edition: Edition, result: Result, kind: Kind, *, columns: list[Column] | None = None
) -> Figure:
    held = [
        column
        for column in columns or []
        if column.name in result.frame and result.frame[column.name].notna().any()
    ]
    return Figure(
        result=result,
        kind=kind,
        names=_names(edition, result),
        columns=tuple(held),
        colour="green",
    )


def _names(edition: Edition, result: Result) -> Names:
    names: dict[str, dict[str, Label]] = code_names(result.frame, edition, columns=NAMED)
    if "method" in result.frame:
        names["method"] = method_names(edition, result.frame)
    return names


def _period_names(result: Result) -> dict[str, Label]:
    rows = result.frame.drop_duplicates("period").to_dict("records")
    return {
        row["period"]: Label(*(period_words(row, words) for words in LANGUAGES)) for row in rows
    }


def _by_method() -> dict[str, Statement]:
    return {"method": _heading("method")}


def _heading(name: str) -> Statement:
    return Statement(f"agriculture.table.{name}")


def _number(name: str, *, decimals: int) -> Column:
    return Column(name, _heading(name), decimals=decimals)


def _value(name: str, result: Result) -> Column:
    """A further value in the unit of the measure."""
    indicator = result.indicator
    return Column(name, _heading(name), decimals=indicator.decimals, unit=indicator.unit_symbol)
