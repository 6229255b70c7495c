"""Everything that is on record about one programme or about the evaluation as a whole."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.result import Label, Result, Statement
from analytics.figures.sentences import written_number
from analytics.i18n import LANGUAGES
from analytics.smart_city.programme_reports import result_text
from analytics.smart_city.rows import (
    SMART_CITY,
    caveats_of,
    own_rows,
    programme_labels,
    sources_of,
    year_period,
)
from analytics.smart_city.scores import SCORES
from analytics.smart_city.words import a_list


def facts_report(edition: Edition, *, item: str) -> Result:
    """All rows of the Smart City table about an item but scores, oldest first.

    Column `fact` holds the row's position; its words are those of `fact_labels`.
    Raises KeyError for an unknown programme.
    """
    rows = own_rows(edition, SMART_CITY, item=item)
    own = rows[~rows["indicator"].isin(list(SCORES))].reset_index(drop=True)
    frame = own.assign(fact=[str(position) for position in own.index], words=own["obs_text"])
    frame = frame.drop(columns="obs_text")
    name = programme_labels(edition)[item]
    key = "some" if len(frame) else "none"
    return Result(
        name="smart_city_facts",
        frame=frame,
        indicator=a_list("facts"),
        sources=sources_of(edition, frame),
        period=year_period([int(year) for year in frame["year"].dropna()]),
        edition=edition.stamp,
        title=Statement(f"smart_city.facts.title.{key}", {"name": name, "n": len(frame)}),
        caveats=caveats_of(edition, frame),
        parameters={"item": item},
    )


def fact_labels(edition: Edition, frame: pd.DataFrame) -> dict[str, Label]:
    """Each fact in words: a number with its unit, or a result read in both languages."""
    return {str(row["fact"]): _words(edition, row) for row in frame.to_dict("records")}


def _words(edition: Edition, row: dict[str, object]) -> Label:
    if row["words"]:
        return result_text(edition, str(row["words"]))
    if pd.isna(row["obs_value"]):
        return Label("–", "–")
    indicator = edition.vocabulary.indicator(str(row["indicator"]), unit=str(row["unit"]))
    said = written_number(float(row["obs_value"]), indicator)  # type: ignore[arg-type]
    return Label(*(said.words(language) for language in LANGUAGES))
