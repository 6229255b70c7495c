"""How tourism's results are drawn: kinds of figures, names, further columns of their tables."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.annotations import holiday_annotations
from analytics.figures.figure import (
    Annotation,
    Column,
    Fact,
    Figure,
    Kind,
    ReferenceLine,
    code_names,
)
from analytics.figures.names import in_both
from analytics.figures.palette import THEME_COLOUR
from analytics.figures.result import Label, Number, Result, Statement
from analytics.figures.sentences import written_number
from analytics.tourism.destinations import KIND_ORDER
from analytics.tourism.events import LANES, event_labels
from analytics.tourism.holidays import holiday_labels
from analytics.tourism.mix import group_labels
from analytics.tourism.rows import BASE_YEAR, MONTH, period_of
from analytics.tourism.seasonality import EVEN_SHARE_PCT
from analytics.tourism.words import kind_label, percent
from analytics.tourism.years import TARGET, TOTAL, newest

BLUE = THEME_COLOUR["tourism"]
YEAR_CATEGORY, MONTH_CATEGORY = "year", "month"
WHOLE_PCT = 100.0


def _column(name: str, style: str = "number", decimals: int | None = None) -> Column:
    return Column(name, Statement(f"tourism.table.{name}"), style=style, decimals=decimals)


def _count(name: str) -> Column:
    return _column(name, decimals=0)


def _change(name: str = "change_pct") -> Column:
    return _column(name, style="signed_percent")


def _share(name: str) -> Column:
    return _column(name, style="percent_sign")


def _labels(codes: Iterable[str]) -> dict[str, Label]:
    return {str(code): kind_label(str(code)) for code in codes}


def totals_figure(edition: Edition, result: Result) -> Figure:
    """Visits and targets beside each other, year by year."""
    names = code_names(result.frame, edition, columns=("source_id",))
    series = {
        TOTAL: in_both("tourism.totals.series.visits"),
        TARGET: in_both("tourism.totals.series.visits_target"),
    }
    return Figure(
        result=result,
        kind=Kind.GROUPED_BARS,
        category=YEAR_CATEGORY,
        series="indicator",
        names={**names, "indicator": series},
        order=("", "", TOTAL, TARGET),
        columns=(_change(), _share("base_pct")),
    )


def attainment_figure(edition: Edition, result: Result) -> Figure:
    """Percent of the target by year, with the line of a target just reached."""
    reached = ReferenceLine(in_both("tourism.attainment.reference.reached"), WHOLE_PCT)
    return Figure(
        result=result,
        kind=Kind.GROUPED_BARS,
        category=YEAR_CATEGORY,
        names=code_names(result.frame, edition, columns=("source_id",)),
        colour=BLUE,
        references=(reached,),
        columns=(_count("realised"), _count("target"), _share("stated_pct")),
    )


def origin_figure(edition: Edition, result: Result) -> Figure:
    """Foreign visits by year."""
    return Figure(
        result=result,
        kind=Kind.GROUPED_BARS,
        category=YEAR_CATEGORY,
        names=code_names(result.frame, edition, columns=("source_id",)),
        colour=BLUE,
        columns=(
            _count("domestic"),
            _count("total"),
            _column("foreign_share_pct", style="percent_sign", decimals=3),
        ),
    )


def pace_figure(edition: Edition, result: Result) -> Figure:
    """Parts of years, the oldest first."""
    spans = {
        row["span"]: Label(
            *(period_of(row.to_frame().T).words(language) for language in ("id", "en"))
        )
        for _, row in result.frame.iterrows()
    }
    return Figure(
        result=result,
        kind=Kind.BARS,
        category="span",
        names={**code_names(result.frame, edition, columns=("source_id",)), "span": spans},
        headings={"span": Statement("tourism.table.span")},
        colour=BLUE,
        keeps_order=True,
        columns=(_change(), _share("target_share_pct"), _share("year_share_pct")),
    )


def stated_mix_figure(edition: Edition, result: Result) -> Figure:
    """Kinds stacked, one bar a group of visitors and period."""
    frame = result.frame
    names = code_names(frame, edition, columns=("source_id",))
    return Figure(
        result=result,
        kind=Kind.STACKED_BARS,
        category="group",
        series="kind",
        names={**names, "group": group_labels(frame), "kind": _labels(frame["kind"])},
        order=KIND_ORDER,
        headings=_group_headings(),
    )


def _group_headings() -> dict[str, Statement]:
    return {
        "group": Statement("tourism.table.group"),
        "kind": Statement("tourism.table.kind"),
    }


def panel_mix_figure(edition: Edition, result: Result) -> Figure:
    """Kinds stacked, one bar a year."""
    names = code_names(result.frame, edition, columns=("source_id",))
    return Figure(
        result=result,
        kind=Kind.STACKED_BARS,
        category=YEAR_CATEGORY,
        series="kind",
        names={**names, "kind": _labels(result.frame["kind"])},
        order=KIND_ORDER,
        headings=_group_headings(),
        columns=(_count("visits"), _count("reporting")),
    )


def _lebaran(edition: Edition, result: Result) -> tuple[Annotation, ...]:
    span = result.period
    if span.start is None or span.end is None:
        return ()
    return holiday_annotations(edition, start=span.start, end=span.end, holidays=("idulfitri",))


def monthly_figure(edition: Edition, result: Result) -> Figure:
    """The panel's visits by month, with the first days of Syawal."""
    return Figure(
        result=result,
        kind=Kind.LINE,
        names=code_names(result.frame, edition, columns=("source_id",)),
        colour=BLUE,
        annotations=_lebaran(edition, result),
        columns=(_change(), _count("reporting"), _count("panel_sites")),
    )


def panel_years_figure(edition: Edition, result: Result) -> Figure:
    """The panel's visits by compared year."""
    return Figure(
        result=result,
        kind=Kind.GROUPED_BARS,
        category=YEAR_CATEGORY,
        names=code_names(result.frame, edition, columns=("source_id",)),
        colour=BLUE,
        columns=(
            _change(),
            _share("recovery_pct"),
            _count("reporting"),
            _count("site_months"),
        ),
    )


def recovery_figure(edition: Edition, result: Result, *, base_year: int = BASE_YEAR) -> Figure:
    """Each month in percent of the base year, with the line of equal."""
    same = ReferenceLine(in_both("tourism.recovery.reference.base", year=base_year), WHOLE_PCT)
    return Figure(
        result=result,
        kind=Kind.LINE,
        names=code_names(result.frame, edition, columns=("source_id",)),
        colour=BLUE,
        references=(same,),
        columns=(_count("visits"), _count("base_value"), _count("reporting")),
    )


def sites_figure(edition: Edition, result: Result) -> Figure:
    """Single destinations by month."""
    return Figure(
        result=result,
        kind=Kind.LINE,
        series="place",
        names=code_names(result.frame, edition, columns=("place", "source_id")),
    )


def reporting_figure(edition: Edition, result: Result) -> Figure:
    """How many destinations report, by year."""
    return Figure(
        result=result,
        kind=Kind.GROUPED_BARS,
        category=YEAR_CATEGORY,
        names=code_names(result.frame, edition, columns=("source_id",)),
        colour=BLUE,
        columns=(_count("whole_year"), _count("listed"), _count("panel_sites")),
    )


def months_by_site_figure(edition: Edition, result: Result) -> Figure:
    """Reported months of every destination by year: a table."""
    years = [name for name in result.frame.columns if name.startswith("months_")]
    by_year = tuple(
        Column(name, Label(*(name.removeprefix("months_"),) * 2), decimals=0) for name in years
    )
    membership = {"True": Label("✓", "✓"), "False": Label("–", "–")}
    return Figure(
        result=result,
        kind=Kind.TABLE,
        category="place",
        names={**code_names(result.frame, edition, columns=("place",)), "in_panel": membership},
        columns=(*by_year, _column("in_panel", style="code")),
    )


def concentration_figure(edition: Edition, result: Result) -> Figure:
    """Shares of destinations, largest first."""
    return Figure(
        result=result,
        kind=Kind.BARS,
        category="place",
        names=code_names(result.frame, edition, columns=("place", "source_id")),
        colour=BLUE,
        columns=(_count("visits"), _count("rank")),
    )


def season_figure(edition: Edition, result: Result) -> Figure:
    """One line a year over the months."""
    return Figure(
        result=result,
        kind=Kind.SEASONAL,
        names=code_names(result.frame, edition, columns=("source_id",)),
        colour=BLUE,
        columns=(_share("share_pct"), _count("reporting")),
    )


def profile_figure(edition: Edition, result: Result) -> Figure:
    """Mean share of each month."""
    return Figure(
        result=result,
        kind=Kind.GROUPED_BARS,
        category=MONTH_CATEGORY,
        names=code_names(result.frame, edition, columns=("source_id",)),
        colour=BLUE,
        references=(ReferenceLine(in_both("tourism.profile.reference.even"), EVEN_SHARE_PCT),),
        columns=(_share("low_pct"), _share("high_pct")),
    )


def unevenness_figure(edition: Edition, result: Result, *, category: str) -> Figure:
    """Gini by year or by destination, Theil in the table."""
    is_site = category == "place"
    columns = ("place", "source_id") if is_site else ("source_id",)
    return Figure(
        result=result,
        kind=Kind.BARS if is_site else Kind.GROUPED_BARS,
        category=category,
        names=code_names(result.frame, edition, columns=columns),
        colour=BLUE,
        columns=(_column("theil", decimals=3), _count("visits")),
    )


def holiday_totals_figure(edition: Edition, result: Result) -> Figure:
    """Reported totals of holidays, oldest first."""
    names = code_names(result.frame, edition, columns=("source_id",))
    return Figure(
        result=result,
        kind=Kind.BARS,
        category="group",
        names={**names, "group": holiday_labels(edition, result.frame)},
        headings={"group": Statement("tourism.table.holiday")},
        colour=BLUE,
        keeps_order=True,
    )


def holiday_days_figure(edition: Edition, result: Result) -> Figure:
    """Visits day by day, with the first day of Syawal."""
    return Figure(
        result=result,
        kind=Kind.LINE,
        names=code_names(result.frame, edition, columns=("source_id",)),
        colour=BLUE,
        annotations=_lebaran(edition, result),
    )


def holiday_sites_figure(edition: Edition, result: Result) -> Figure:
    """Destinations in a holiday, busiest first."""
    return Figure(
        result=result,
        kind=Kind.BARS,
        category="place",
        names=code_names(result.frame, edition, columns=("place", "source_id")),
        colour=BLUE,
    )


def destinations_figure(edition: Edition, result: Result, *, language: str) -> Figure:
    """The map of destinations with its table."""
    names = code_names(result.frame, edition, columns=("ref_area", "place", "source_id"))
    operator = "operator_en" if language == "en" else "operator"
    return Figure(
        result=result,
        kind=Kind.MAP,
        category="place",
        names={**names, "kind": _labels(result.frame["kind"])},
        colour=BLUE,
        columns=(
            _column("kind", style="code"),
            _count("months_reported"),
            Column(operator, Statement("tourism.table.operator"), style="text"),
            _column("ticket_idr", style="rupiah"),
        ),
    )


def events_figure(edition: Edition, result: Result) -> Figure:
    """Events by date, coloured by what they are about."""
    names = code_names(result.frame, edition, columns=("place", "source_id"))
    lanes = {lane: in_both(f"tourism.lane.{lane}") for lane in LANES}
    return Figure(
        result=result,
        kind=Kind.TIMELINE,
        category="event",
        series="item",
        names={**names, "event": event_labels(edition, result.frame), "item": lanes},
        order=LANES,
        headings={
            "event": Statement("tourism.table.event"),
            "item": Statement("tourism.table.lane"),
        },
    )


def revenue_figure(edition: Edition, result: Result) -> Figure:
    """Targets and realised revenue by year."""
    return Figure(
        result=result,
        kind=Kind.GROUPED_BARS,
        category=YEAR_CATEGORY,
        series="indicator",
        names=code_names(result.frame, edition, columns=("indicator", "source_id")),
        columns=(_share("attainment_pct"), _share("stated_pct")),
    )


def occupancy_figure(edition: Edition, result: Result) -> Figure:
    """The monthly line, or the few figures as bars."""
    is_monthly = len(result.frame) > 0 and set(result.frame["freq"]) == {MONTH}
    return Figure(
        result=result,
        kind=Kind.LINE if is_monthly else Kind.BARS,
        category="" if is_monthly else "indicator",
        names=code_names(result.frame, edition, columns=("indicator", "source_id")),
        colour=BLUE,
        columns=(_count("hotels"), _count("sampled_hotels"))
        if not is_monthly
        else (_column("change_points", decimals=2),),
    )


def measure_figure(edition: Edition, result: Result) -> Figure:
    """A line where a measure has several periods of one length, else a table."""
    frame = result.frame
    is_series = len(frame) > 1 and frame["freq"].nunique() == 1
    return Figure(
        result=result,
        kind=Kind.LINE if is_series else Kind.TABLE,
        names=code_names(frame, edition, columns=("source_id",)),
        colour=BLUE,
        columns=(_change(),),
    )


# Facts beside the pictures


def totals_facts(totals: Result, origin: Result, attainment: Result) -> tuple[Fact, ...]:
    """Newest total, foreign visits, target, and where that stands against 2019."""
    rows = totals.frame[totals.frame["indicator"] == TOTAL]
    found = [
        _value_fact(totals, newest(rows), "total"),
        _value_fact(origin, newest(origin.frame), "foreign"),
        _share_fact(attainment.frame, "attainment", column="obs_value"),
        _share_fact(rows, "base", column="base_pct"),
    ]
    return tuple(fact for fact in found if fact is not None)


def _value_fact(result: Result, row: pd.Series | None, name: str) -> Fact | None:
    if row is None:
        return None
    comparison, direction = None, ""
    if pd.notna(row["change_pct"]):
        direction = "up" if row["change_pct"] >= 0 else "down"
        before = str(int(row["before_year"]))
        values = {"change": percent(abs(row["change_pct"])), "before": before}
        comparison = Statement(f"tourism.fact.{direction}", values)
    heading = Statement(f"tourism.fact.{name}", {"year": str(int(row["year"]))})
    return Fact(
        heading=heading,
        value=written_number(row["obs_value"], result.indicator),
        period=period_of(row.to_frame().T),
        comparison=comparison,
        direction=direction,
        tone="good" if direction == "up" else "bad" if direction == "down" else "neutral",
        status=str(row["obs_status"]),
    )


def _share_fact(frame: pd.DataFrame, name: str, *, column: str) -> Fact | None:
    row = newest(frame)
    if row is None or pd.isna(row[column]):
        return None
    return Fact(
        heading=Statement(f"tourism.fact.{name}"),
        value=Number(row[column], "percent_sign"),
        period=period_of(row.to_frame().T),
        status=str(row["obs_status"]),
    )


def panel_facts(years: Result, reporting: Result) -> tuple[Fact, ...]:
    """Size of the panel and the newest year against the base year."""
    facts: list[Fact] = []
    sites = newest(reporting.frame)
    if sites is not None:
        facts.append(
            Fact(
                heading=Statement("tourism.fact.panel"),
                value=Number(int(sites["panel_sites"])),
                period=Statement("tourism.fact.panel_of", {"n": int(sites["all_sites"])}),
            )
        )
    row = newest(years.frame)
    if row is not None and pd.notna(row["recovery_pct"]):
        base = str(int(years.frame.loc[years.frame["recovery_pct"] == 100, "year"].iloc[0]))
        facts.append(
            Fact(
                heading=Statement("tourism.fact.recovery", {"base": base}),
                value=Number(row["recovery_pct"], "percent_sign"),
                period=period_of(row.to_frame().T),
                status=str(row["obs_status"]),
            )
        )
    return tuple(facts)
