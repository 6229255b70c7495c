"""What is not known, as questions to the office in charge; a question's code never changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import in_both
from analytics.figures.result import Label, Result, Statement
from analytics.ledger.programme_entries import Entry
from analytics.smart_city.evidence import without_evidence
from analytics.smart_city.formulas import is_whole
from analytics.smart_city.indices import index_name
from analytics.smart_city.measures import BASELINE, REALISED, TARGET, budget_rows, measure_rows
from analytics.smart_city.recommendations import recommendation_table
from analytics.smart_city.rows import (
    SMART_CITY,
    own_rows,
    programme_labels,
    programmes,
    year_period,
    yearly,
)
from analytics.smart_city.scheme import DIMENSIONS, INDICES, OVERARCHING, State
from analytics.smart_city.score_reports import EVALUATION_ITEM
from analytics.smart_city.scores import offered, weights_pct
from analytics.smart_city.words import a_list

BETWEEN = ":"
KINDS: tuple[str, ...] = (
    "score", "weights", "index", "owner", "quick_win", "measure", "baseline", "target", "result",
    "budget", "evidence", "recommendation", "sub_dimension",
)  # fmt: skip
# Answered by a figure of `performance`, which the form of a programme's result brings in.
OF_FIGURES = frozenset({"quick_win", "baseline", "target", "result"})
HELD = "held"
NOBODY = ""
# What a reader chooses instead of an office: all questions, those that have none.
ALL, NO_OFFICE = "all", "nobody"


@dataclass(frozen=True)
class Question:
    """One thing that is not known: about which programme, for which year, to which office."""

    kind: str
    item: str
    owner: str
    dimension: str
    words: Label
    year: int | None = None
    about: str = ""

    @property
    def code(self) -> str:
        return BETWEEN.join((self.kind, self.about or self.item, str(self.year or "")))


def questions(edition: Edition, *, year: int) -> tuple[Question, ...]:
    """All open questions up to a whole year, by kind, then by dimension.

    Nothing is asked of a pack without programmes.
    """
    found = [*_of_programmes(edition, year), *_of_evaluation(edition, year)]
    order = {name: place for place, name in enumerate((OVERARCHING, *DIMENSIONS))}
    return tuple(
        sorted(found, key=lambda one: (KINDS.index(one.kind), order.get(one.dimension, 9)))
    )


def _of_programmes(edition: Edition, year: int) -> Iterator[Question]:
    rows = measure_rows(edition)
    known = rows[rows["obs_value"].notna()]
    parts = {part: set(known.loc[known["part"] == part, "item"]) for part in known["part"].unique()}
    newest = set(known.loc[(known["part"] == REALISED) & (known["year"] >= year), "item"])
    with_budget = set(budget_rows(edition)["item"])
    lacking_evidence = _lacking_evidence(edition)
    for row in programmes(edition).to_dict("records"):
        item = row["item"]
        has_result = item in parts.get(REALISED, set())
        has_measure = bool(row["result_indicator"]) or item in set(rows["item"])
        faults = {
            "owner": not row["owner"],
            "sub_dimension": not row["sub_dimension"],
            "measure": not has_measure,
            "baseline": has_measure and item not in parts.get(BASELINE, set()),
            "target": has_measure and item not in parts.get(TARGET, set()),
            "budget": item not in with_budget,
        }
        yield from (_ask(kind, row) for kind, is_open in faults.items() if is_open)
        if row["quick_win_year"] and not has_result:
            yield _ask("quick_win", row, int(row["quick_win_year"]))
        elif has_measure and item not in newest:
            yield _ask("result", row, year)
        if item in lacking_evidence:
            of_year, count = lacking_evidence[item]
            yield _ask("evidence", row, of_year, n=count)


def _lacking_evidence(edition: Edition) -> dict[str, tuple[int, int]]:
    """Programmes with scores of the newest scored year that have no document, and how many."""
    years = offered(edition)
    if not years:
        return {}
    newest = max(years)
    return {item: (newest, count) for item, count in without_evidence(edition, year=newest).items()}


def _ask(kind: str, row: Mapping[str, str], year: int | None = None, **values: object) -> Question:
    name = Label(row["name_id"], row["name_en"])
    words = in_both(
        f"smart_city.question.{kind}", name=name, year=str(year) if year else "", **values
    )
    return Question(kind, row["item"], row["owner"], row["dimension"], words, year)


def _of_evaluation(edition: Edition, year: int) -> Iterator[Question]:
    table = programmes(edition, with_overarching=True)
    if table.empty:
        return
    owner = table.set_index("item")["owner"].to_dict().get(EVALUATION_ITEM, NOBODY)
    years = offered(edition)
    for held in _years_held(edition):
        if State.VERIFIED not in years.get(held, ()):
            yield _evaluation_question("score", owner, held)
    for scored in years:
        if not is_whole(weights_pct(edition, scored)):
            yield _evaluation_question("weights", owner, scored)
    yield from _of_indices(edition, year)
    labels = programme_labels(edition)
    for row in recommendation_table(edition).to_dict("records"):
        if row["status"] == "unknown":
            words = in_both(
                "smart_city.question.recommendation",
                name=Label(row["text_id"], row["text_en"]), year=row["given_on"][:4],
            )  # fmt: skip
            yield Question(
                "recommendation", row["item"] if row["item"] in labels else EVALUATION_ITEM,
                row["owner"] or owner, row["dimension"], words, int(row["given_on"][:4]),
                row["recommendation"],
            )  # fmt: skip


def _evaluation_question(kind: str, owner: str, year: int) -> Question:
    words = in_both(f"smart_city.question.{kind}", year=str(year))
    return Question(kind, EVALUATION_ITEM, owner, OVERARCHING, words, year)


def _years_held(edition: Edition) -> tuple[int, ...]:
    """Years in which an evaluation is recorded to have been held."""
    rows = own_rows(edition, SMART_CITY, item=EVALUATION_ITEM)
    held = rows[rows["obs_text"] == HELD]
    return tuple(sorted({int(year) for year in held["year"].dropna()}))


def _of_indices(edition: Edition, year: int) -> Iterator[Question]:
    """Years after the last known value of an index, up to the last whole year."""
    table = programmes(edition, with_overarching=True)
    by_result = table[table["result_indicator"].isin(INDICES)].set_index("result_indicator")
    rows = yearly(edition, SMART_CITY, indicator=INDICES)
    known = rows[rows["obs_value"].notna()].groupby("indicator")["year"].max()
    for code in INDICES:
        if code not in known.index or int(known[code]) >= year or code not in by_result.index:
            continue
        first = int(known[code]) + 1
        span = str(first) if first == year else f"{first}–{year}"
        row = by_result.loc[code]
        words = in_both("smart_city.question.index", name=index_name(edition, code), years=span)
        yield Question("index", row["item"], row["owner"], row["dimension"], words, first)


def questions_report(edition: Edition, *, year: int) -> Result:
    """One row a question: code, programme, office, kind; `obs_text` is its year."""
    asked = questions(edition, year=year)
    frame = pd.DataFrame(
        {
            "question": [one.code for one in asked],
            "programme": [one.item for one in asked],
            "owner": [one.owner for one in asked],
            "dimension": [one.dimension for one in asked],
            "kind": [one.kind for one in asked],
            "obs_text": [str(one.year or "–") for one in asked],
            "obs_value": float("nan"),
            "obs_status": "A",
            "answered": "no",
        }
    )
    return Result(
        name="smart_city_questions",
        frame=frame,
        indicator=a_list("questions"),
        sources=(),
        period=year_period([year]),
        edition=edition.stamp,
        title=_title(frame),
        statements=_statements(frame),
        notes=() if len(frame) else (Statement("smart_city.questions.note.none"),),
        parameters={"year": year},
    )


def answered_by_figures(result: Result) -> dict[str, tuple[str, str]]:
    """Questions that a figure answers: code to programme and year; the year empty where none is
    asked for.
    """
    frame = result.frame
    asked = frame[frame["kind"].isin(OF_FIGURES)]
    years = asked["obs_text"].where(asked["obs_text"].str.isdigit(), "")
    return dict(zip(asked["question"], zip(asked["programme"], years, strict=True), strict=True))


def with_answers(result: Result, answers: Mapping[str, Sequence[Entry]]) -> Result:
    """The questions, each with whether an answer is kept; the title counts those without."""
    marks = ["yes" if code in answers else "no" for code in result.frame["question"]]
    frame = result.frame.assign(answered=marks)
    return replace(result, frame=frame, title=_title(frame))


def asked_of(result: Result, *, owner: str = ALL, kind: str = ALL) -> Result:
    """The questions to one office (ALL, NO_OFFICE or its name) and about one thing (ALL or one
    of KINDS). Title and sentence stay those of all questions.
    """
    frame = result.frame
    if owner != ALL:
        frame = frame[frame["owner"] == (NOBODY if owner == NO_OFFICE else owner)]
    if kind != ALL:
        frame = frame[frame["kind"] == kind]
    return replace(result, frame=frame.reset_index(drop=True))


def _title(frame: pd.DataFrame) -> Statement:
    if frame.empty:
        return Statement("smart_city.questions.title.none")
    still = int((frame["answered"] == "no").sum())
    return Statement("smart_city.questions.title.some", {"n": still, "all": len(frame)})


def _statements(frame: pd.DataFrame) -> tuple[Statement, ...]:
    if frame.empty:
        return ()
    without = int((frame["owner"] == NOBODY).sum())
    offices = int(frame.loc[frame["owner"] != NOBODY, "owner"].nunique())
    return (Statement("smart_city.questions.sentence.offices", {"n": offices, "without": without}),)


def question_labels(edition: Edition, *, year: int) -> dict[str, Label]:
    """Words of the questions by code."""
    return {one.code: one.words for one in questions(edition, year=year)}


def kind_labels() -> dict[str, Label]:
    """What a question asks for."""
    return {kind: in_both(f"smart_city.question_kind.{kind}") for kind in KINDS}
