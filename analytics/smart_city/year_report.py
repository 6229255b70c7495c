""" "Setahun Smart City": the figures of the yearly evaluation report, in the order they are told.

A briefing takes `year_figures` as the parts of its outline `smart-city`; the page offers the same
figures as a workbook, one sheet each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from analytics.editions.edition import Edition
from analytics.figures.figure import Figure
from analytics.figures.names import in_both
from analytics.figures.recipe import Recipe
from analytics.figures.result import Label, Result, Statement
from analytics.smart_city import figures
from analytics.smart_city.evidence import evidence_report
from analytics.smart_city.indices import index_report, offered_indices
from analytics.smart_city.iso import iso_report
from analytics.smart_city.programme_reports import (
    budget_by_dimension_report,
    budget_years,
    money_report,
    programme_report,
)
from analytics.smart_city.questions import questions_report
from analytics.smart_city.recommendations import recommendations_report
from analytics.smart_city.rows import programmes
from analytics.smart_city.scheme import State
from analytics.smart_city.score_reports import (
    change_report,
    component_report,
    dimension_report,
    evaluations_report,
    missing_report,
    weights_report,
)
from analytics.smart_city.scores import offered

OUTLINE = "smart-city"


@dataclass(frozen=True)
class Part:
    """One part of the report: its code (a sheet's name is made of it) and its figure."""

    code: str
    figure: Figure

    @property
    def name(self) -> Label:
        return in_both(f"smart_city.year.part.{self.code}")


def year_title(year: int) -> Statement:
    """The report's own title."""
    return Statement("smart_city.year.title", {"year": str(year)})


def report_years(edition: Edition, *, until: int) -> tuple[int, ...]:
    """Years that a report can be made of, up to the last whole one, oldest first."""
    years = {*offered(edition), *budget_years(edition)}
    known = sorted(year for year in years if year <= until)
    return tuple(known) or ((until,) if len(programmes(edition)) else ())


def year_state(edition: Edition, year: int) -> State | None:
    """The surest state in which the year has scores; None where it has none."""
    return next(iter(offered(edition).get(year, ())), None)


def year_figures(edition: Edition, *, year: int) -> tuple[Part, ...]:
    """Every figure of the year that has anything to show; lists of words are tables."""
    of_year: dict[str, Any] = {"year": year}
    parts = [
        *_scores(edition, year),
        _part(edition, "programmes", programme_report, figures.programme_figure, **of_year),
        *_budget(edition, year),
        *(
            _part(edition, code, index_report, figures.index_figure, maker="index", code=code)
            for code in offered_indices(edition)
        ),
        _part(
            edition, "recommendations", recommendations_report, figures.recommendations_figure,
            until_year=year,
        ),
        _part(edition, "iso", iso_report, figures.iso_figure),
        _part(edition, "questions", questions_report, figures.questions_figure, **of_year),
    ]  # fmt: skip
    return tuple(part for part in parts if len(part.figure.frame))


def _part(
    edition: Edition,
    name: str,
    report: Callable[..., Result],
    draw: Callable[[Edition, Result], Figure],
    *,
    maker: str = "",
    **choices: Any,
) -> Part:
    """A part with the recipe that makes its figure again in a briefing."""
    plain = {key: str(one) if isinstance(one, State) else one for key, one in choices.items()}
    figure = draw(edition, report(edition, **choices))
    return Part(name, replace(figure, recipe=Recipe(f"smart_city/{maker or name}", plain)))


def _scores(edition: Edition, year: int) -> list[Part]:
    state = year_state(edition, year)
    if state is None:
        return [_part(edition, "evaluations", evaluations_report, figures.evaluations_figure)]
    scored: dict[str, Any] = {"year": year, "state": state}
    return [
        _part(edition, "dimensions", dimension_report, figures.dimension_figure, **scored),
        *(
            _part(
                edition, f"components_{by}", component_report, figures.component_figure,
                maker="components", by=by, **scored,
            )
            for by in ("dimension", "item")
        ),
        _part(edition, "change", change_report, figures.change_figure, **scored),
        _part(edition, "weights", weights_report, figures.weights_figure),
        _part(edition, "missing", missing_report, figures.missing_figure, **scored),
        _part(edition, "evidence", evidence_report, figures.evidence_figure, year=year),
    ]  # fmt: skip


def _budget(edition: Edition, year: int) -> list[Part]:
    if year not in budget_years(edition):
        return []
    return [
        _part(
            edition, "budget", budget_by_dimension_report, figures.budget_dimension_figure,
            maker="budget_dimensions", year=year,
        ),
        _part(edition, "money", money_report, figures.money_figure, year=year),
    ]  # fmt: skip
