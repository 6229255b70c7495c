"""How the Smart City results are drawn: radar, cells, bars, lines and lists, all in violet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.figure import Annotation, Column, Fact, Figure, Kind, code_names
from analytics.figures.names import in_both
from analytics.figures.palette import THEME_COLOUR
from analytics.figures.result import Label, Number, Period, Result, Statement
from analytics.smart_city.evidence import evidence_labels
from analytics.smart_city.facts import fact_labels
from analytics.smart_city.indices import METHOD, SELF_ASSESSED, breaks_of, stretch_labels
from analytics.smart_city.indices import TARGET as INDEX_TARGET
from analytics.smart_city.iso import ANSWERS, COMPARED, NOT_COMPARED, iso_labels
from analytics.smart_city.measures import BASELINE, BUDGET_PARTS, PARTS, REALISED, TARGET
from analytics.smart_city.programme_reports import states_of
from analytics.smart_city.questions import KINDS, kind_labels, question_labels
from analytics.smart_city.recommendations import GIVERS, STATUSES, labels_of
from analytics.smart_city.rows import programme_labels
from analytics.smart_city.scheme import COMPONENTS, DIMENSIONS, SCALE_TOP, SUB_DIMENSIONS, State
from analytics.smart_city.score_reports import AT
from analytics.smart_city.scores import SCORE
from analytics.smart_city.words import (
    component_labels,
    dimension_labels,
    score,
    state_label,
    sub_dimension_label,
)

VIOLET = THEME_COLOUR["smart_city"]
YEAR_CATEGORY = "year"
FEWEST_YEARS_OF_A_LINE = 5
SCALE = (0.0, SCALE_TOP)


def _column(name: str, style: str = "number", decimals: int | None = None) -> Column:
    return Column(name, Statement(f"smart_city.table.{name}"), style=style, decimals=decimals)


def _heading(name: str) -> Statement:
    return Statement(f"smart_city.table.{name}")


def _labels(key: Callable[[str], str], codes: Iterable[str]) -> dict[str, Label]:
    return {code: in_both(key(code)) for code in codes}


def _as_they_are(values: Iterable[object]) -> dict[str, Label]:
    """Words of a pack that stand in one language, such as names of offices."""
    return {str(value): Label(str(value), str(value)) for value in values if str(value)}


# Scores --------------------------------------------------------------------------------------


def dimension_figure(edition: Edition, result: Result) -> Figure:
    """Radar of the six dimensions: the year and the year before it."""
    years = list(dict.fromkeys(result.frame["series"]))
    return Figure(
        result=result,
        kind=Kind.RADAR,
        category="dimension",
        series="series",
        names={
            **code_names(result.frame, edition, columns=("source_id",)),
            "dimension": dimension_labels(),
            "series": _as_they_are(years),
        },
        order=_older_in_grey(years),
        emphasis=(years[-1],),
        headings={"dimension": _heading("dimension"), "series": _heading("year")},
        columns=(_column("scored", decimals=0), _column("programmes", decimals=0)),
        limits=SCALE,
    )


def _older_in_grey(years: list[str]) -> tuple[str, ...]:
    """Places in the order of colours: the sixth of them is violet."""
    return ("", "", "", "", "", years[-1])


def component_figure(edition: Edition, result: Result) -> Figure:
    """Cells of components: a row for each dimension or programme, the score at the end."""
    by = str(result.parameters["by"])
    rows = dimension_labels() if by == "dimension" else programme_labels(edition)
    return Figure(
        result=result,
        kind=Kind.MATRIX,
        category=by,
        series="component",
        names={by: rows, "component": component_labels()},
        order=(*COMPONENTS, SCORE),
        headings={by: _heading(by), "component": _heading("component")},
        limits=SCALE,
    )


def change_figure(edition: Edition, result: Result) -> Figure:
    """Bars of the change of each dimension, in the scheme's order."""
    return Figure(
        result=result,
        kind=Kind.BARS,
        category="dimension",
        names={
            **code_names(result.frame, edition, columns=("source_id",)),
            "dimension": dimension_labels(),
        },
        headings={"dimension": _heading("dimension")},
        colour=VIOLET,
        keeps_order=True,
        columns=(
            _column("as_scored", decimals=2),
            _column("before_score", decimals=2),
            _column("compared", decimals=0),
        ),
    )


def weights_figure(edition: Edition, result: Result) -> Figure:
    """Weights stacked to a hundred, one bar a year."""
    return Figure(
        result=result,
        kind=Kind.STACKED_BARS,
        category=YEAR_CATEGORY,
        series="component",
        names={
            **code_names(result.frame, edition, columns=("source_id",)),
            "component": component_labels(),
        },
        order=COMPONENTS,
        headings={"component": _heading("component")},
    )


def missing_figure(edition: Edition, result: Result) -> Figure:
    """The components that are lacking, as a table."""
    return Figure(
        result=result,
        kind=Kind.TABLE,
        category="component",
        series="dimension",
        names={
            "item": programme_labels(edition),
            "component": component_labels(),
            "dimension": dimension_labels(),
        },
        headings={
            "item": _heading("item"),
            "component": _heading("component"),
            "dimension": _heading("dimension"),
        },
    )


def evaluations_figure(edition: Edition, result: Result) -> Figure:
    """Days of evaluations on a line of time."""
    names = {
        str(row["event"]): edition.vocabulary.indicator_name(str(row["event"]).split(AT)[0])
        for row in result.frame.to_dict("records")
    }
    return Figure(
        result=result,
        kind=Kind.TIMELINE,
        category="event",
        names={**code_names(result.frame, edition, columns=("source_id",)), "event": names},
        headings={"event": _heading("event")},
        colour=VIOLET,
    )


def score_facts(
    result: Result, *, whole: float, complete: int, programmes: int
) -> tuple[Fact, ...]:
    """The score of all, its state, and how many programmes have one."""
    state = State(str(result.parameters["state"]))
    period = Period(
        date(int(result.parameters["year"]), 1, 1),  # type: ignore[call-overload]
        date(int(result.parameters["year"]), 12, 31),  # type: ignore[call-overload]
        "A",
    )
    value: Number | Statement = score(whole)
    if pd.isna(whole):
        value = Statement("smart_city.fact.no_score")
    return (
        Fact(Statement("smart_city.fact.whole"), value, period, status=state.status),
        Fact(
            Statement("smart_city.fact.state"),
            Statement("smart_city.fact.as_it_is", {"words": state_label(state)}),
        ),
        Fact(
            Statement("smart_city.fact.complete"),
            Statement("smart_city.fact.of", {"n": complete, "all": programmes}),
            period,
        ),
    )


# Programmes ----------------------------------------------------------------------------------


def programme_figure(edition: Edition, result: Result) -> Figure:
    """All programmes as a table."""
    frame = result.frame
    pillars = {str(r["pillar_id"]): Label(r["pillar_id"], r["pillar_en"])
               for r in frame.to_dict("records") if r["pillar_id"]}  # fmt: skip
    subs = [code for codes in SUB_DIMENSIONS.values() for code in codes]
    units = {code: edition.vocabulary.unit_symbol(code) for code in frame["unit"].unique() if code}
    return Figure(
        result=result,
        kind=Kind.TABLE,
        category="dimension",
        names={
            **code_names(frame, edition, columns=("source_id",)),
            "item": programme_labels(edition),
            "dimension": _labels(lambda code: f"smart_city.dimension_short.{code}", DIMENSIONS),
            "sub_dimension": {code: sub_dimension_label(code) for code in subs},
            "pillar": pillars,
            "unit": units,
            "state": states_of(edition),
        },
        headings={
            "obs_text": _heading("owner"),
            "item": _heading("item"),
            "dimension": _heading("dimension"),
        },
        columns=(
            _column("sub_dimension", "code"),
            _column("pillar", "code"),
            _column("quick_win_year", "text"),
            _column("state", "code"),
            _column("baseline"),
            _column("target"),
            _column("realised"),
            _column("unit", "code"),
        ),
    )


def money_figure(edition: Edition, result: Result) -> Figure:
    """Budget, revised budget and spending of all programmes as a table."""
    return Figure(
        result=result,
        kind=Kind.TABLE,
        category="dimension",
        names={
            **code_names(result.frame, edition, columns=("source_id",)),
            "item": programme_labels(edition),
            "dimension": dimension_labels(),
        },
        headings={"item": _heading("item"), "dimension": _heading("dimension")},
        columns=(
            _column("ceiling", decimals=0),
            _column("revised", decimals=0),
            _column("spent", decimals=0),
        ),
    )


def _line_or_bars(result: Result) -> Kind:
    """Few years stand as bars: an axis of time would count their months."""
    years = result.frame["year"].dropna()
    is_long = len(years) > 0 and int(years.max()) - int(years.min()) >= FEWEST_YEARS_OF_A_LINE
    return Kind.LINE if is_long else Kind.GROUPED_BARS


def facts_figure(edition: Edition, result: Result) -> Figure:
    """What is on record about one item as a table."""
    return Figure(
        result=result,
        kind=Kind.TABLE,
        category="indicator",
        names={
            **code_names(result.frame, edition, columns=("indicator", "source_id")),
            "fact": fact_labels(edition, result.frame),
        },
        headings={"indicator": _heading("what")},
        columns=(_column("fact", "code"),),
    )


def achievement_figure(edition: Edition, result: Result) -> Figure:
    """Targets, results and baseline of one programme over the years."""
    return Figure(
        result=result,
        kind=_line_or_bars(result),
        category=YEAR_CATEGORY,
        series="part",
        names={
            **code_names(result.frame, edition, columns=("source_id",)),
            "part": _labels(lambda code: f"smart_city.part.{code}", PARTS),
        },
        order=("", BASELINE, TARGET, "", "", REALISED),
        headings={"part": _heading("part")},
    )


def budget_figure(edition: Edition, result: Result) -> Figure:
    """Budget, revised budget and spending of one programme by year."""
    return Figure(
        result=result,
        kind=Kind.GROUPED_BARS,
        category=YEAR_CATEGORY,
        series="indicator",
        names={
            **code_names(result.frame, edition, columns=("source_id",)),
            "indicator": _labels(lambda code: f"smart_city.part.{code}", BUDGET_PARTS),
        },
        order=BUDGET_PARTS,
        headings={"indicator": _heading("part")},
    )


def budget_dimension_figure(edition: Edition, result: Result) -> Figure:
    """Budget, revised budget and spending of the dimensions in one year."""
    return Figure(
        result=result,
        kind=Kind.GROUPED_BARS,
        category="dimension",
        series="indicator",
        names={
            **code_names(result.frame, edition, columns=("source_id",)),
            "dimension": _labels(lambda code: f"smart_city.dimension_short.{code}", DIMENSIONS),
            "indicator": _labels(lambda code: f"smart_city.part.{code}", BUDGET_PARTS),
        },
        order=BUDGET_PARTS,
        headings={"dimension": _heading("dimension"), "indicator": _heading("part")},
        columns=(_column("lacking", decimals=0),),
        keeps_order=True,
    )


# Indices, lists ------------------------------------------------------------------------------


def index_figure(edition: Edition, result: Result) -> Figure:
    """One line for each way of scoring; breaks are marked and no line crosses them."""
    code = str(result.parameters["code"])
    marks = tuple(
        Annotation(in_both("smart_city.indices.break"), date(int(year), 1, 1))
        for year in breaks_of(edition, code)["from_year"]
    )
    stretches = list(dict.fromkeys(result.frame["stretch"]))
    methods = sorted(name for name in stretches if name.startswith(METHOD))
    return Figure(
        result=result,
        kind=_line_or_bars(result),
        category=YEAR_CATEGORY,
        series="stretch",
        names={
            **code_names(result.frame, edition, columns=("source_id",)),
            "stretch": stretch_labels(result),
        },
        order=("", INDEX_TARGET, SELF_ASSESSED, "", "", *methods[-1:], *methods[:-1]),
        headings={"stretch": _heading("stretch")},
        annotations=marks,
    )


def recommendations_figure(edition: Edition, result: Result) -> Figure:
    """Recommendations as a table, newest first."""
    frame = result.frame
    return Figure(
        result=result,
        kind=Kind.TABLE,
        category="given_by",
        names={
            **code_names(frame, edition, columns=("source_id",)),
            "given_by": _labels(lambda code: f"smart_city.giver.{code}", GIVERS),
            "item": programme_labels(edition),
            "status": _labels(lambda code: f"smart_city.follow_up.{code}", STATUSES),
            **labels_of(frame),
        },
        headings={
            "obs_text": _heading("number"),
            "given_by": _heading("given_by"),
            "item": _heading("item"),
        },
        columns=(
            _column("words", "code"),
            _column("owner", "text"),
            _column("due_on", "date"),
            _column("status", "code"),
            _column("action", "code"),
            _column("action_on", "date"),
        ),
    )


def iso_figure(edition: Edition, result: Result) -> Figure:
    """Indicators by answer as a table."""
    return Figure(
        result=result,
        kind=Kind.TABLE,
        category="answer",
        names={
            "answer": _labels(lambda code: f"smart_city.iso.answer.{code}", ANSWERS),
            "checked": _labels(
                lambda code: f"smart_city.iso.checked.{code}", (COMPARED, NOT_COMPARED)
            ),
            "dimension": dimension_labels(),
            **iso_labels(edition, result.frame),
        },
        headings={"obs_text": _heading("number"), "answer": _heading("answer")},
        columns=(
            _column("checked", "code"),
            _column("words", "code"),
            _column("dimension", "code"),
            _column("held", "code"),
            _column("reason", "code"),
            _column("number_source", "text"),
        ),
    )


def questions_figure(edition: Edition, result: Result) -> Figure:
    """Questions as a table."""
    year = int(result.parameters["year"])  # type: ignore[call-overload]
    frame = result.frame
    return Figure(
        result=result,
        kind=Kind.TABLE,
        category="kind",
        names={
            "kind": kind_labels(),
            "question": question_labels(edition, year=year),
            "dimension": dimension_labels(),
            "owner": _as_they_are(frame["owner"].unique()),
            "answered": _labels(lambda code: f"smart_city.answered.{code}", ("yes", "no")),
        },
        headings={
            "obs_text": _heading("year"),
            "kind": _heading("kind"),
        },
        order=KINDS,
        columns=(
            _column("question", "code"),
            _column("answered", "code"),
            _column("owner", "code"),
            _column("dimension", "code"),
        ),
    )


def evidence_figure(edition: Edition, result: Result) -> Figure:
    """Documents behind the scores of a year as a table."""
    return Figure(
        result=result,
        kind=Kind.TABLE,
        category="component",
        names={
            **code_names(result.frame, edition, columns=("source_id",)),
            **evidence_labels(edition, result.frame),
        },
        headings={
            "obs_text": _heading("address"),
            "component": _heading("component"),
            "item": _heading("item"),
        },
        columns=(
            _column("title", "code"),
            _column("dated", "date"),
            _column("recorded_by", "text"),
        ),
    )
