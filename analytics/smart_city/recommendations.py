"""Recommendations of evaluators and the regional council, and what was done about them."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.result import Label, Result, Statement
from analytics.smart_city.rows import reference, sources_of, year_period
from analytics.smart_city.words import a_list

COLUMNS = (
    "recommendation", "item", "dimension", "given_by", "given_on", "text_id", "text_en", "owner",
    "due_on", "status", "action_id", "action_en", "action_on", "source_id",
)  # fmt: skip
GIVERS: tuple[str, ...] = ("evaluator", "dprd")
STATUSES: tuple[str, ...] = ("unknown", "open", "in_progress", "done")


def recommendation_table(edition: Edition) -> pd.DataFrame:
    """All recommendations, newest first, every cell text."""
    table = reference(edition, "recommendations", COLUMNS)
    return table.sort_values("given_on", ascending=False, kind="stable", ignore_index=True)


def recommendations_report(edition: Edition, *, until_year: int | None = None) -> Result:
    """One row a recommendation: day, giver, words, office, deadline, state, what was done.

    `obs_text` is its code; the words stand in `words` and `actions` (codes of `labels_of`).
    """
    table = recommendation_table(edition)
    days = pd.to_datetime(table["given_on"])
    if until_year is not None:
        table, days = table[days.dt.year <= until_year], days[days.dt.year <= until_year]
    frame = table.assign(
        period_start=days, period_end=days, freq="D", obs_value=float("nan"), obs_status="A",
        obs_text=table["recommendation"], words=table["recommendation"],
        action=table["recommendation"].where(table["action_id"] != "", ""),
        due_on=pd.to_datetime(table["due_on"].where(table["due_on"] != "")),
        action_on=pd.to_datetime(table["action_on"].where(table["action_on"] != "")),
    ).reset_index(drop=True)  # fmt: skip
    open_ones = int((frame["status"] != "done").sum())
    key = "some" if len(frame) else "none"
    return Result(
        name="smart_city_recommendations",
        frame=frame,
        indicator=a_list("recommendations"),
        sources=sources_of(edition, frame),
        period=year_period([int(day.year) for day in days]),
        edition=edition.stamp,
        title=Statement(
            f"smart_city.recommendations.title.{key}", {"n": open_ones, "all": len(frame)}
        ),
        notes=() if len(frame) else _nothing(),
    )


def _nothing() -> tuple[Statement, ...]:
    why = Statement("smart_city.recommendations.note.none")
    return (why, Statement("smart_city.recommendations.note.cure"))


def labels_of(frame: pd.DataFrame) -> dict[str, dict[str, Label]]:
    """Words of the recommendations and of what was done, by their codes."""
    rows = frame.to_dict("records")
    return {
        "words": {str(r["recommendation"]): Label(r["text_id"], r["text_en"]) for r in rows},
        "action": {
            str(r["recommendation"]): Label(r["action_id"], r["action_en"] or r["action_id"])
            for r in rows
            if r["action_id"]
        },
    }
