"""What the reader has chosen on the analysis page; all of it stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from analytics.agriculture.answers import area_label
from analytics.agriculture.balance_report import balance_months, balance_years, usual_balance_year
from analytics.agriculture.levels import MapLevel
from analytics.agriculture.measures import Measure, measures
from analytics.agriculture.panel import bases, basis_years, panel
from analytics.agriculture.progress_report import ASPECTS, course_of, followed_items
from analytics.agriculture.rows import PRODUCTION, YIELD
from analytics.agriculture.specialisation_report import BY_AREA, BY_ITEM
from analytics.agriculture.two_figures import two_figure_subjects
from analytics.editions.edition import Edition
from pages.ui import cache, filters
from pages.ui.state import formatter, language, say

SECTIONS = (
    "specialisation", "shifts", "klassen", "progress", "clusters", "balance", "two_figures",
)  # fmt: skip
WHOLE_YEAR = 0
LEAST_YEARS = 2
LEAST_AREAS = 5
Chosen = dict[str, object]


def choose_section() -> str:
    """Which analysis."""
    return filters.choose_view(
        "analysis",
        label="analysis.filter.section",
        options=SECTIONS,
        words=lambda code: say(f"analysis.section.{code}"),
        hides_label=True,
    )


def choose_level(levels: Mapping[str, MapLevel], *, cell: filters.Row) -> MapLevel:
    """The level whose areas are compared, named by the area that holds them."""
    code = filters.choose_one(
        "level",
        label="analysis.filter.level",
        options=list(levels),
        words=lambda code: levels[code].name.in_language(language()),
        cell=cell,
    )
    return levels[code]


def choose_make_up(edition: Edition, levels: Mapping[str, MapLevel], *, key: str) -> Chosen | None:
    """Level, span of years, and one commodity or one area; None where nothing compares."""
    with filters.row(f"analysis_{key}", visible=4) as row:
        level = choose_level(levels, cell=row)
        offered = cache.result(bases, edition, level=level.code)
        if not offered:
            return None
        basis = offered[0]
        years = cache.result(basis_years, edition, level=level.code, basis=basis)
        first, last = _choose_span(years, row=row)
        asked = {"level": level.code, "basis": basis, "first": first, "last": last}
        found = cache.result(panel, edition, **asked)
        by = filters.choose_view(
            "by",
            label="analysis.filter.by",
            options=(BY_ITEM, BY_AREA),
            words=lambda code: say(f"analysis.by.{code}"),
            cell=row,
        )
        codes = list(found.first.columns if by == BY_ITEM else found.first.index)
        if len(codes) < LEAST_YEARS:
            return None
        code = _choose_code(edition, by, codes, row=row)
    return {**asked, "by": by, "code": code}


def choose_progress(edition: Edition, levels: Mapping[str, MapLevel]) -> Chosen | None:
    """Level, commodity, aspect and span; None where no commodity can be followed."""
    with filters.row("analysis_progress", visible=4) as row:
        level = choose_level(levels, cell=row)
        items = cache.result(followed_items, edition, level=level.code)
        if not items:
            return None
        item = _choose_code(edition, BY_ITEM, items, row=row)
        aspect = filters.choose_one(
            "aspect",
            label="analysis.filter.aspect",
            options=ASPECTS,
            words=lambda code: say(f"analysis.aspect.{code}"),
            cell=row,
        )
        course = cache.result(course_of, edition, level=level.code, item=item, indicator=PRODUCTION)
        if len(course.years) < LEAST_YEARS:
            return None
        first, last = _choose_span(course.years, last=course.usual_last, row=row)
    return {"level": level.code, "item": item, "aspect": aspect, "first": first, "last": last}


def choose_clusters(edition: Edition, levels: Mapping[str, MapLevel]) -> Chosen | None:
    """Level, measure and period of a measure known in at least five areas."""
    with filters.row("analysis_clusters", visible=4) as row:
        level = choose_level(levels, cell=row)
        found = cache.result(measures, edition, level=level.code)
        known = [measure for measure in found if measure.known >= LEAST_AREAS]
        if not known:
            return None
        measure = _choose_measure(known, row=row)
        period = filters.choose_one(
            "period",
            label="analysis.filter.period",
            options=[choice.code for choice in measure.periods][::-1],
            words=lambda code: measure.period(code).period.words(language()),
            default=measure.usual_period.code,
            cell=row,
        )
    return {
        "level": level.code, "item": measure.item, "indicator": measure.indicator.code,
        "period": period,
    }  # fmt: skip


def choose_balance(edition: Edition, levels: Mapping[str, MapLevel]) -> Chosen | None:
    """Level, year, and the whole year or one month of it."""
    with filters.row("analysis_balance", visible=3) as row:
        level = choose_level(levels, cell=row)
        years = cache.result(balance_years, edition, level=level.code)
        if not years:
            return None
        usual = cache.result(usual_balance_year, edition, level=level.code)
        year = filters.choose_one(
            "year", label="analysis.filter.year", options=years[::-1], default=usual, cell=row
        )
        months = cache.result(balance_months, edition, level=level.code, year=year)
        month = filters.choose_one(
            "month",
            label="analysis.filter.month",
            options=(WHOLE_YEAR, *months),
            words=_month_words,
            default=WHOLE_YEAR,
            cell=row,
        )
    return {"level": level.code, "year": year, "month": month}


def choose_two_figures(edition: Edition, levels: Mapping[str, MapLevel]) -> Chosen | None:
    """Level, quantity and area for which two methods give a figure."""
    with filters.row("analysis_two_figures", visible=3) as row:
        level = choose_level(levels, cell=row)
        found = cache.result(two_figure_subjects, edition, level=level.code)
        if not found:
            return None
        names = {subject.code: subject.name.in_language(language()) for subject in found}
        code = filters.choose_one(
            "quantity",
            label="analysis.filter.measure",
            options=list(names),
            words=names.__getitem__,
            cell=row,
        )
        subject = next(subject for subject in found if subject.code == code)
        area = _choose_code(edition, BY_AREA, subject.areas, row=row)
    return {
        "level": level.code, "item": subject.item, "indicator": subject.indicator, "area": area,
    }  # fmt: skip


def _choose_span(
    years: Sequence[int], *, row: filters.Row, last: int | None = None
) -> tuple[int, int]:
    """First and last year; one year alone is widened to its neighbour, growth needs two."""
    first, last = filters.choose_span(
        "span",
        label="analysis.filter.span",
        options=list(years),
        words=str,
        default=(years[0], last or years[-1]),
        cell=row,
    )
    if first != last:
        return first, last
    place = list(years).index(last)
    return (years[place - 1], last) if place else (first, years[1])


def _choose_code(edition: Edition, by: str, codes: Sequence[str], *, row: filters.Row) -> str:
    """A commodity, or an area: the own region first where it is among them."""
    naming: Callable[[str], str] = {
        BY_ITEM: lambda code: edition.vocabulary.item_name(code).in_language(language()),
        BY_AREA: lambda code: area_label(edition, code).in_language(language()),
    }[by]
    ordered = list(codes) if by == BY_ITEM else sorted(codes, key=naming)
    own = edition.ref_area if by == BY_AREA and edition.ref_area in codes else ordered[0]
    return filters.choose_one(
        by, label=f"analysis.filter.{by}", options=ordered, words=naming, default=own, cell=row
    )


def _choose_measure(known: Sequence[Measure], *, row: filters.Row) -> Measure:
    """A commodity and its indicator as one choice."""
    by_code = {f"{measure.item}.{measure.indicator.code}": measure for measure in known}
    yields = [code for code in by_code if code.endswith(f".{YIELD}")]
    code = filters.choose_one(
        "measure",
        label="analysis.filter.measure",
        options=list(by_code),
        words=lambda code: by_code[code].indicator.name.in_language(language()),
        default=yields[0] if yields else None,
        cell=row,
    )
    return by_code[code]


def _month_words(month: int) -> str:
    return formatter().month_name(month) if month else say("analysis.filter.whole_year")
