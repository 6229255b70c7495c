""" "Setahun Smart City": the figures of the yearly evaluation report, in the order they are told.

A briefing takes `year_figures` as the parts of its outline `smart-city`; the page offers the same
figures as a workbook, one sheet each.
"""

from __future__ import annotations

from dataclasses import dataclass

from analytics.editions.edition import Edition
from analytics.figures.figure import Figure
from analytics.figures.names import in_both
from analytics.figures.result import Label, Statement
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
    parts = [
        *_scores(edition, year),
        Part("programmes", figures.programme_figure(edition, programme_report(edition, year=year))),
        *_budget(edition, year),
        *(
            Part(code, figures.index_figure(edition, index_report(edition, code=code)))
            for code in offered_indices(edition)
        ),
        Part(
            "recommendations",
            figures.recommendations_figure(
                edition, recommendations_report(edition, until_year=year)
            ),
        ),
        Part("iso", figures.iso_figure(edition, iso_report(edition))),
        Part(
            "questions", figures.questions_figure(edition, questions_report(edition, year=year))
        ),
    ]  # fmt: skip
    return tuple(part for part in parts if len(part.figure.frame))


def _scores(edition: Edition, year: int) -> list[Part]:
    state = year_state(edition, year)
    if state is None:
        held = figures.evaluations_figure(edition, evaluations_report(edition))
        return [Part("evaluations", held)]
    chosen = {"year": year, "state": state}
    return [
        Part("dimensions", figures.dimension_figure(edition, dimension_report(edition, **chosen))),  # type: ignore[arg-type]
        *(
            Part(
                f"components_{by}",
                figures.component_figure(edition, component_report(edition, by=by, **chosen)),  # type: ignore[arg-type]
            )
            for by in ("dimension", "item")
        ),
        Part("change", figures.change_figure(edition, change_report(edition, **chosen))),  # type: ignore[arg-type]
        Part("weights", figures.weights_figure(edition, weights_report(edition))),
        Part("missing", figures.missing_figure(edition, missing_report(edition, **chosen))),  # type: ignore[arg-type]
        Part("evidence", figures.evidence_figure(edition, evidence_report(edition, year=year))),
    ]


def _budget(edition: Edition, year: int) -> list[Part]:
    if year not in budget_years(edition):
        return []
    by_dimension = budget_by_dimension_report(edition, year=year)
    money = figures.money_figure(edition, money_report(edition, year=year))
    return [
        Part("budget", figures.budget_dimension_figure(edition, by_dimension)),
        Part("money", money),
    ]
