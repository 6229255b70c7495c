"""How demand, perception and the internal brand index are drawn."""

from __future__ import annotations

from collections.abc import Iterable

from analytics.editions.edition import Edition
from analytics.figures.figure import Column, Figure, Kind, code_names, source_label
from analytics.figures.names import in_both
from analytics.figures.result import Label, Result, Statement
from analytics.tourism.answers import item_label
from analytics.tourism.brand_index import brand_label, part_label
from analytics.tourism.perception_report import score_label

BLUE = "blue"
SIDES = ("searched", "promoted")


def _column(name: str, style: str = "number", decimals: int | None = 0) -> Column:
    return Column(name, Statement(f"perception.table.{name}"), style=style, decimals=decimals)


def _range(decimals: int = 0) -> tuple[Column, ...]:
    return _column("low", decimals=decimals), _column("high", decimals=decimals)


def _there(result: Result, *columns: Column) -> tuple[Column, ...]:
    """The columns that the frame has: an empty answer has none of its own."""
    return tuple(column for column in columns if column.name in result.frame.columns)


def _heading(name: str) -> dict[str, Statement | Label]:
    return {name: Statement(f"perception.table.{name}")}


def _names(edition: Edition, result: Result, *columns: str) -> dict[str, dict[str, Label]]:
    return code_names(result.frame, edition, columns=(*columns, "source_id"))


def _codes(result: Result, column: str) -> Iterable[object]:
    return result.frame[column] if column in result.frame.columns else ()


def _labels(codes: Iterable[object], label) -> dict[str, Label]:  # type: ignore[no-untyped-def]
    return {str(code): label(str(code)) for code in codes}


def search_share_figure(edition: Edition, result: Result) -> Figure:
    """Regions of the peer set, the most searched first; the own one stands out."""
    return Figure(
        result=result,
        kind=Kind.BARS,
        category="ref_area",
        names=_names(edition, result, "ref_area"),
        colour=BLUE,
        emphasis=(edition.ref_area,),
        columns=_there(
            result, _column("before_pct", "percent_sign", 1), _column("terms"), _column("months")
        ),
    )


def voice_figure(edition: Edition, result: Result) -> Figure:
    """Regions by share of mentions."""
    return Figure(
        result=result,
        kind=Kind.BARS,
        category="ref_area",
        names=_names(edition, result, "ref_area"),
        colour=BLUE,
        emphasis=(edition.ref_area,),
        columns=_there(result, _column("mentions")),
    )


def gap_figure(edition: Edition, result: Result) -> Figure:
    """Searched beside promoted, the widest gap first."""
    topics = _codes(result, "topic")
    names = {
        **_names(edition, result),
        "topic": _labels(topics, lambda item: item_label(edition, item)),
        "side": _labels(SIDES, lambda side: in_both(f"perception.gap.side.{side}")),
    }
    return Figure(
        result=result,
        kind=Kind.GROUPED_BARS,
        category="topic",
        series="side",
        names=names,
        order=SIDES,
        headings={**_heading("topic"), **_heading("side")},
        keeps_order=True,
        columns=_there(result, _column("gap_points", decimals=1)),
    )


def nps_figure(edition: Edition, result: Result) -> Figure:
    """Net promoter score by year with its interval."""
    return Figure(
        result=result,
        kind=Kind.GROUPED_BARS,
        category="year",
        names=_names(edition, result),
        colour=BLUE,
        bar_range=("low", "high"),
        columns=_there(
            result,
            *_range(),
            _column("respondents"),
            _column("promoters"),
            _column("passives"),
            _column("detractors"),
        ),
    )


def support_figure(edition: Edition, result: Result) -> Figure:
    """Residents in support by year with the interval."""
    return Figure(
        result=result,
        kind=Kind.GROUPED_BARS,
        category="year",
        names=_names(edition, result),
        colour=BLUE,
        bar_range=("low", "high"),
        columns=_there(result, *_range(1), _column("asked")),
    )


def scores_figure(edition: Edition, result: Result) -> Figure:
    """The five scores with their intervals, the best first."""
    names = {**_names(edition, result), "score": _labels(_codes(result, "score"), score_label)}
    return Figure(
        result=result,
        kind=Kind.BARS,
        category="score",
        names=names,
        colour=BLUE,
        headings=_heading("score"),
        bar_range=("low", "high"),
        columns=_there(
            result, _column("raw"), *_range(), _column("texts"), _column("last_day", "date")
        ),
    )


def course_figure(edition: Edition, result: Result) -> Figure:
    """The score of whole reviews by year with its interval."""
    return Figure(
        result=result,
        kind=Kind.GROUPED_BARS,
        category="year",
        names=_names(edition, result),
        colour=BLUE,
        bar_range=("low", "high"),
        columns=_there(result, _column("raw"), *_range(), _column("texts")),
    )


def words_figure(edition: Edition, result: Result) -> Figure:
    """Telling words: right of zero content, left discontented."""
    names = {
        **_names(edition, result),
        "word": {str(word): Label(str(word), str(word)) for word in _codes(result, "word")},
    }
    return Figure(
        result=result,
        kind=Kind.BARS,
        category="word",
        names=names,
        colour=BLUE,
        headings=_heading("word"),
        keeps_order=True,
        columns=_there(result, _column("positive_texts"), _column("negative_texts")),
    )


def parts_figure(edition: Edition, result: Result) -> Figure:
    """Scores of the parts with their intervals; missing parts stand there as missing."""
    names = {**_names(edition, result), "part": _labels(_codes(result, "part"), part_label)}
    return Figure(
        result=result,
        kind=Kind.BARS,
        category="part",
        names=names,
        colour=BLUE,
        headings=_heading("part"),
        keeps_order=True,
        bar_range=("low", "high"),
        columns=_there(
            result,
            _column("value", decimals=1),
            *_range(1),
            _column("n"),
            _column("day", "date"),
            _column("floor"),
            _column("ceiling"),
            _column("weight", decimals=2),
            _column("contribution", decimals=2),
        ),
    )


def index_figure(edition: Edition, result: Result) -> Figure:
    """The internal index by year with its interval."""
    return Figure(
        result=result,
        kind=Kind.GROUPED_BARS,
        category="year",
        names=_names(edition, result),
        colour=BLUE,
        bar_range=("low", "high"),
        columns=_there(
            result,
            *_range(1),
            _column("known_pct", "percent_sign"),
            _column("parts"),
            _column("rank_low"),
            _column("rank_high"),
        ),
    )


def sub_brands_figure(edition: Edition, result: Result) -> Figure:
    """The three sub-brands."""
    names = {**_names(edition, result), "brand": _labels(_codes(result, "brand"), brand_label)}
    return Figure(
        result=result,
        kind=Kind.BARS,
        category="brand",
        names=names,
        colour=BLUE,
        headings=_heading("brand"),
        keeps_order=True,
        bar_range=("low", "high"),
        columns=_there(result, *_range(1), _column("parts"), _column("known_pct", "percent_sign")),
    )


def peers_figure(result: Result, *, regions: dict[str, Label]) -> Figure:
    """Regions beside each other, the highest first; sources named as their own packs name them."""
    sources = {source.source_id: source_label(source) for source in result.sources}
    return Figure(
        result=result,
        kind=Kind.BARS,
        category="region",
        names={"source_id": sources, "region": regions},
        colour=BLUE,
        headings=_heading("region"),
        bar_range=("low", "high"),
        columns=_there(result, *_range(1), _column("parts"), _column("edition")),
    )


def trial_figure(edition: Edition, result: Result) -> Figure:
    """The stored index above the tried one."""
    labels = _labels(("stored", "tried"), lambda which: in_both(f"brand.trial.which.{which}"))
    names = {**_names(edition, result), "which": labels}
    return Figure(
        result=result,
        kind=Kind.BARS,
        category="which",
        names=names,
        colour=BLUE,
        headings=_heading("which"),
        keeps_order=True,
        bar_range=("low", "high"),
        columns=_there(result, *_range(1)),
    )
