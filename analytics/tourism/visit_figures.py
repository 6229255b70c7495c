"""How the further views of visits are drawn: growth, areas, origin, feast, pace, sites."""

from __future__ import annotations

from analytics.editions.edition import Edition
from analytics.figures.figure import Column, Figure, Kind, ReferenceLine, code_names
from analytics.figures.names import in_both
from analytics.figures.palette import THEME_COLOUR
from analytics.figures.result import Result, Statement
from analytics.tourism.feast import OFFSETS
from analytics.tourism.growth import BY_SITES, BY_VISITS
from analytics.tourism.needed import LAST_YEAR, NEEDED, SO_FAR

BLUE = THEME_COLOUR["tourism"]
WHOLE_PCT = 100.0


def _column(name: str, style: str = "number", decimals: int | None = None) -> Column:
    return Column(name, Statement(f"visits.table.{name}"), style=style, decimals=decimals)


def _count(name: str) -> Column:
    return _column(name, decimals=0)


def _told(result: Result, *columns: Column) -> tuple[Column, ...]:
    """The further columns; a result without a row has none."""
    return () if result.frame.empty else columns


def growth_figure(edition: Edition, result: Result) -> Figure:
    """Both parts of each year's change beside each other."""
    parts = {part: in_both(f"visits.part.{part}") for part in (BY_SITES, BY_VISITS)}
    return Figure(
        result=result,
        kind=Kind.GROUPED_BARS,
        category="year",
        series="part",
        names={
            **code_names(
                result.frame,
                edition,
                columns=("source_id",),
            ),
            "part": parts,
        },
        order=(BY_SITES, BY_VISITS),
        headings={"part": Statement("visits.table.part")},
        columns=_told(
            result,
            _count("change"),
            _count("months"),
            _count("site_months"),
            _count("site_months_before"),
        ),
    )


def areas_figure(edition: Edition, result: Result) -> Figure:
    """Kecamatan, most visits first, with coverage."""
    return Figure(
        result=result,
        kind=Kind.BARS,
        category="ref_area",
        names=code_names(result.frame, edition, columns=("ref_area", "source_id")),
        colour=BLUE,
        columns=_told(
            result,
            _column("share_pct", style="percent_sign"),
            _column("change_pct", style="signed_percent"),
            _count("reporting"),
            _count("registered"),
            _column("coverage_pct", style="percent_sign", decimals=0),
        ),
    )


def panel_origin_figure(edition: Edition, result: Result) -> Figure:
    """Visits from abroad by year."""
    return Figure(
        result=result,
        kind=Kind.GROUPED_BARS,
        category="year",
        names=code_names(
            result.frame,
            edition,
            columns=("source_id",),
        ),
        colour=BLUE,
        columns=_told(
            result,
            _count("total"),
            _column("foreign_share_pct", style="percent_sign", decimals=3),
            _column("change_pct", style="signed_percent"),
            _count("reporting"),
        ),
    )


def feast_figure(edition: Edition, result: Result) -> Figure:
    """Five months around Lebaran with the range over feasts."""
    months = {str(offset): in_both(f"visits.offset.{_offset_key(offset)}") for offset in OFFSETS}
    usual = ReferenceLine(in_both("visits.feast.usual"), WHOLE_PCT)
    return Figure(
        result=result,
        kind=Kind.BARS,
        category="offset",
        names={
            **code_names(
                result.frame,
                edition,
                columns=("source_id",),
            ),
            "offset": months,
        },
        headings={"offset": Statement("visits.table.offset")},
        colour=BLUE,
        keeps_order=True,
        references=(usual,),
        bar_range=("low", "high"),
        columns=_told(result, _count("feasts")),
    )


def _offset_key(offset: int) -> str:
    return "feast" if offset == 0 else f"before_{-offset}" if offset < 0 else f"after_{offset}"


def weekends_figure(edition: Edition, result: Result) -> Figure:
    """The list of long weekends."""
    names = code_names(
        result.frame,
        edition,
        columns=("source_id",),
    )
    told = {row["weekend"]: row["names"] for row in result.frame.to_dict("records")}
    return Figure(
        result=result,
        kind=Kind.TABLE,
        category="weekend",
        names={**names, "weekend": told},
        headings={"weekend": Statement("visits.table.weekend")},
        keeps_order=True,
        columns=_told(
            result,
            _count("visits"),
        ),
    )


def needed_figure(edition: Edition, result: Result) -> Figure:
    """The three paces as bars."""
    paces = {pace: in_both(f"visits.pace.{pace}") for pace in (SO_FAR, NEEDED, LAST_YEAR)}
    return Figure(
        result=result,
        kind=Kind.BARS,
        category="pace",
        names={
            **code_names(
                result.frame,
                edition,
                columns=("source_id",),
            ),
            "pace": paces,
        },
        headings={"pace": Statement("visits.table.pace")},
        colour=BLUE,
        keeps_order=True,
        columns=_told(result, _count("target"), _count("so_far"), _count("months_left")),
    )


def income_figure(edition: Edition, result: Result) -> Figure:
    """Sites by what a visit brings."""
    return Figure(
        result=result,
        kind=Kind.BARS,
        category="place",
        names=code_names(result.frame, edition, columns=("place", "source_id")),
        colour=BLUE,
        columns=_told(
            result, _column("income_idr", style="rupiah"), _count("visits"), _count("months")
        ),
    )


def capacity_figure(edition: Edition, result: Result) -> Figure:
    """Sites by how full their busiest month was."""
    return Figure(
        result=result,
        kind=Kind.BARS,
        category="place",
        names=code_names(result.frame, edition, columns=("place", "source_id")),
        colour=BLUE,
        references=(ReferenceLine(in_both("visits.capacity.full"), WHOLE_PCT),),
        columns=_told(
            result, _column("period_start", style="month"), _count("visits"), _count("capacity_day")
        ),
    )
