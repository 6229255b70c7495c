"""The map of one week of officers' reports, its figure and the few figures beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.figure import Column, Fact, Figure, Kind, code_names
from analytics.figures.map_layer import MapLayer, map_layer
from analytics.figures.result import Label, Number, Result, Statement
from analytics.figures.sentences import written, written_number
from analytics.geography.boundaries import Boundary
from analytics.geography.classes import classify
from analytics.i18n import text
from analytics.prices.names import both_languages
from analytics.prices.series import SeriesKey
from analytics.prices.weekly import (
    ONLY_NOISE,
    REPORTED,
    UNREPORTED,
    inner_kinds,
    weekly_prices,
    weekly_reports,
)

COLOUR = "gold"
CLASSES = 5
PERCENT = Label("%", "%")


@dataclass(frozen=True)
class WeeklyAnswer:
    """One week in the reader's language; every part is made from the same rows."""

    figure: Figure
    layer: MapLayer
    facts: tuple[Fact, ...]


def weekly_answer(
    edition: Edition,
    *,
    key: SeriesKey,
    week: str,
    today: date,
    boundary: Boundary,
    language: str,
    focus: str | None = None,
) -> WeeklyAnswer:
    """Map, table and facts of one week; `focus` is a kecamatan to outline and to tell of.

    Raises UnknownWeek.
    """
    result = weekly_prices(edition, key=key, week=week, today=today)
    return WeeklyAnswer(
        figure=weekly_figure(edition, result),
        layer=weekly_layer(
            edition, result, key=key, boundary=boundary, language=language, focus=focus
        ),
        facts=weekly_facts(edition, result, key=key, focus=focus),
    )


def weekly_layer(
    edition: Edition,
    result: Result,
    *,
    key: SeriesKey,
    boundary: Boundary,
    language: str,
    focus: str | None = None,
) -> MapLayer:
    """The week in classes whose limits are the same in every week of the commodity."""
    every = weekly_reports(edition, key).prices.stack()
    values = result.frame["obs_value"]
    layer = map_layer(
        replace(result, frame=result.frame.assign(lines=_lines(result, language))),
        boundary=boundary,
        classes=classify(values, method="quantile", k=CLASSES, over=every),
        language=language,
        selected=focus,
    )
    return replace(layer, without_class=_without_price(edition, result.frame, language))


def _without_price(edition: Edition, frame: pd.DataFrame, language: str) -> str:
    """What the legend says of the hatched areas: nobody reported, or all reports are noise."""
    counts = frame["state"].value_counts()
    noise = int(counts.get(ONLY_NOISE, 0))
    return text(
        "prices.weekly.legend.with_noise" if noise else "prices.weekly.legend.unreported",
        language,
        n=int(counts.get(UNREPORTED, 0)),
        noise=noise,
        total=len(frame),
        kinds=inner_kinds(edition).in_language(language),
    )


def _lines(result: Result, language: str) -> list[tuple[str, ...]]:
    """Further words of each area: reports, change, what was left out, the last report."""
    return [
        tuple(line.words(language) for line in _lines_of(row, result, language))
        for row in result.frame.to_dict("records")
    ]


def _lines_of(row: Mapping[str, Any], result: Result, language: str) -> list[Statement]:
    told = []
    if row["state"] == REPORTED:
        told.append(Statement("prices.weekly.hover.reports", {"n": row["reports"]}))
    if row["left_out"]:
        price = written(row["noise_price"], result.indicator, language)
        told.append(Statement("prices.weekly.hover.noise", {"n": row["left_out"], "price": price}))
    if not pd.isna(row["change_pct"]):
        told.append(_change_line(float(row["change_pct"])))
    if row["state"] == UNREPORTED:
        told.append(_last_report(row["last_report"]))
    return told


def _change_line(change_pct: float) -> Statement:
    direction = "same" if round(abs(change_pct), 1) == 0 else "rise" if change_pct > 0 else "fall"
    return Statement(
        f"prices.weekly.hover.{direction}", {"change": Number(abs(change_pct), "percent")}
    )


def _last_report(day: object) -> Statement:
    if pd.isna(day):
        return Statement("prices.weekly.hover.never")
    return Statement("prices.weekly.hover.last", {"day": Number(pd.Timestamp(day).date(), "date")})


def weekly_figure(edition: Edition, result: Result) -> Figure:
    """The week as a map with its table: every kecamatan, reported or not."""
    indicator = result.indicator
    unit = indicator.unit_symbol

    def heading(name: str) -> Statement:
        return Statement(f"prices.weekly.table.{name}")

    columns = (
        Column("reports", heading("reports"), decimals=0),
        Column("left_out", heading("left_out"), decimals=0),
        Column("noise_price", heading("noise_price"), decimals=indicator.decimals, unit=unit),
        Column("change_pct", heading("change_pct"), decimals=1, unit=PERCENT),
        Column("state", heading("state"), style="code"),
        Column("last_report", heading("last_report"), style="date"),
    )
    states = {
        code: both_languages(
            lambda language, code=code: text(f"prices.weekly.state.{code}", language)  # type: ignore[misc]
        )
        for code in (REPORTED, ONLY_NOISE, UNREPORTED)
    }
    return Figure(
        result=result,
        kind=Kind.MAP,
        category="ref_area",
        names={**code_names(result.frame, edition), "state": states},
        colour=COLOUR,
        columns=columns,
    )


def weekly_facts(
    edition: Edition, result: Result, *, key: SeriesKey, focus: str | None = None
) -> tuple[Fact, ...]:
    """The median over reporters, how many reported, and the kecamatan in focus."""
    frame = result.frame
    reported = int((frame["state"] == REPORTED).sum())
    kinds = inner_kinds(edition)
    found = [_median(edition, result, key)]
    counts = {"total": Number(len(frame), "number", {"decimals": 0}), "kinds": kinds}
    found.append(
        Fact(
            heading=Statement("prices.weekly.fact.reporters"),
            value=Number(reported, "number", {"decimals": 0}),
            period=Statement("prices.weekly.fact.of", counts),
        )
    )
    found.append(_own(edition, result, focus))
    return tuple(fact for fact in found if fact is not None)


def _median(edition: Edition, result: Result, key: SeriesKey) -> Fact | None:
    reporters = weekly_reports(edition, key).reporters
    monday = result.frame["period_start"].iloc[0]
    if monday not in reporters.index:
        return None
    return Fact(
        heading=Statement("prices.weekly.fact.median"),
        value=written_number(float(reporters.loc[monday, "y"]), result.indicator),
        period=result.period,
    )


def _own(edition: Edition, result: Result, focus: str | None) -> Fact | None:
    """The price of the kecamatan in focus, where it has one."""
    own = result.frame[result.frame["ref_area"] == focus]
    if own.empty or pd.isna(own["obs_value"].iloc[0]):
        return None
    row = own.iloc[0]
    name = edition.vocabulary.area_name(str(row["ref_area"]))
    return Fact(
        heading=Label(name, name),
        value=written_number(float(row["obs_value"]), result.indicator),
        period=Statement("prices.weekly.hover.reports", {"n": int(row["reports"])}),
        comparison=None if pd.isna(row["change_pct"]) else _change_line(float(row["change_pct"])),
        direction="" if pd.isna(row["change_pct"]) else _arrow(float(row["change_pct"])),
        status=str(row["obs_status"]),
    )


def _arrow(change_pct: float) -> str:
    return "same" if round(abs(change_pct), 1) == 0 else "up" if change_pct > 0 else "down"
