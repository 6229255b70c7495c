"""How revenue by account and the survey of hotels are drawn."""

from __future__ import annotations

from analytics.editions.edition import Edition
from analytics.figures.figure import Column, Figure, Kind, code_names
from analytics.figures.palette import THEME_COLOUR
from analytics.figures.result import Result, Statement

BLUE = THEME_COLOUR["tourism"]


def _column(name: str, style: str = "number", decimals: int | None = None) -> Column:
    return Column(name, Statement(f"money.table.{name}"), style=style, decimals=decimals)


def _told(result: Result, *columns: Column) -> tuple[Column, ...]:
    """The further columns; a result without a row has none."""
    return () if result.frame.empty else columns


TARGETS = (
    _column("target", style="rupiah"),
    _column("revised", style="rupiah"),
    _column("attainment_pct", style="percent_sign"),
)


def accounts_figure(edition: Edition, result: Result) -> Figure:
    """Accounts by what came in."""
    return Figure(
        result=result,
        kind=Kind.BARS,
        category="item",
        names=code_names(result.frame, edition, columns=("item", "source_id")),
        headings={"item": Statement("money.table.account")},
        colour=BLUE,
        columns=_told(result, *TARGETS),
    )


def sites_figure(edition: Edition, result: Result) -> Figure:
    """Sites by what came in."""
    return Figure(
        result=result,
        kind=Kind.BARS,
        category="place",
        names=code_names(result.frame, edition, columns=("place", "source_id")),
        colour=BLUE,
        columns=_told(result, *TARGETS),
    )


def contribution_figure(edition: Edition, result: Result) -> Figure:
    """Tourism's part by year."""
    return Figure(
        result=result,
        kind=Kind.GROUPED_BARS,
        category="year",
        names=code_names(result.frame, edition, columns=("source_id",)),
        colour=BLUE,
        columns=_told(
            result, _column("tourism_idr", style="rupiah"), _column("all_idr", style="rupiah")
        ),
    )


def hotel_figure(edition: Edition, result: Result) -> Figure:
    """The monthly line."""
    return Figure(
        result=result,
        kind=Kind.LINE,
        names=code_names(
            result.frame,
            edition,
            columns=("source_id",),
        ),
        colour=BLUE,
        columns=_told(result, _column("before_value", decimals=2), _column("change", decimals=2)),
    )
