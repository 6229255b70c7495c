"""What stands behind a score: its source, documents of the pack, entries of offices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.result import Label, Result, Statement
from analytics.ledger.programme_entries import Entry
from analytics.smart_city.rows import programme_labels, reference, sources_of, year_period
from analytics.smart_city.scores import score_rows
from analytics.smart_city.words import a_list, component_labels

COLUMNS = (
    "evidence", "item", "component", "year", "title_id", "title_en", "address", "dated",
    "recorded_by", "source_id",
)  # fmt: skip
BETWEEN = ":"
SOURCE, DOCUMENT, ENTRY = "source", "document", "entry"


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence: what it is, where it lies, of which day, and who recorded it.

    `kind` is source (of the figure), document (of the pack) or entry (by an office).
    """

    kind: str
    title: Label
    address: str = ""
    dated: date | None = None
    recorded_by: str = ""
    entry: Entry | None = None


def subject_of(item: str, year: int, component: str) -> str:
    """The code under which evidence for a score is kept."""
    return BETWEEN.join((item, str(year), component))


def evidence_table(edition: Edition) -> pd.DataFrame:
    """Documents that the pack names, every cell text."""
    return reference(edition, "programme_evidence", COLUMNS)


def evidence_of(
    edition: Edition, *, item: str, year: int, component: str, entries: Sequence[Entry] = ()
) -> tuple[Evidence, ...]:
    """Everything behind the score of a component: sources, documents, entries (newest first)."""
    rows = score_rows(edition)
    own = rows[
        (rows["item"] == item) & (rows["year"] == year) & (rows["component"] == component)
        & rows["obs_value"].notna()
    ]  # fmt: skip
    table = evidence_table(edition)
    documents = table[
        (table["item"] == item) & (table["year"] == str(year))
        & table["component"].isin([component, ""])
    ]  # fmt: skip
    return (
        *(
            Evidence(SOURCE, Label(source.citation, source.citation), source.url)
            for source in sources_of(edition, own)
        ),
        *(_document(row) for row in documents.to_dict("records")),
        *(_entry(entry) for entry in entries),
    )


def _document(row: dict[str, str]) -> Evidence:
    return Evidence(
        DOCUMENT,
        Label(row["title_id"], row["title_en"]),
        row["address"],
        date.fromisoformat(row["dated"]) if row["dated"] else None,
        row["recorded_by"],
    )


def _entry(entry: Entry) -> Evidence:
    return Evidence(
        ENTRY,
        Label(entry.words, entry.words),
        entry.address,
        entry.dated,
        entry.written_by,
        entry,
    )


def without_evidence(edition: Edition, *, year: int) -> dict[str, int]:
    """Programmes with scores of a year that no document of the pack stands behind, and how many."""
    rows = score_rows(edition)
    scored = rows[(rows["year"] == year) & rows["obs_value"].notna()]
    pairs = scored[["item", "component"]].drop_duplicates()
    table = evidence_table(edition)
    of_year = table[table["year"] == str(year)]
    shown = set(zip(of_year["item"], of_year["component"], strict=True))
    lacking = pairs[
        [
            (item, component) not in shown and (item, "") not in shown
            for item, component in zip(pairs["item"], pairs["component"], strict=True)
        ]
    ]
    return {
        str(item): int(count) for item, count in lacking["item"].value_counts(sort=False).items()
    }


def evidence_report(edition: Edition, *, year: int) -> Result:
    """Documents of the pack for a year: programme, component, title, address, day, who."""
    table = evidence_table(edition)
    own = table[table["year"] == str(year)].reset_index(drop=True)
    frame = own.assign(
        obs_value=float("nan"),
        obs_status="A",
        obs_text=own["address"],
        title=own["evidence"],
        dated=pd.to_datetime(own["dated"].where(own["dated"] != "")),
    )
    key = "some" if len(frame) else "none"
    return Result(
        name="smart_city_evidence",
        frame=frame,
        indicator=a_list("evidence"),
        sources=sources_of(edition, frame),
        period=year_period([year]),
        edition=edition.stamp,
        title=Statement(f"smart_city.evidence.title.{key}", {"n": len(frame), "year": str(year)}),
        parameters={"year": year},
    )


def evidence_labels(edition: Edition, frame: pd.DataFrame) -> dict[str, dict[str, Label]]:
    """Words by code for a table of evidence."""
    return {
        "item": programme_labels(edition),
        "component": component_labels(),
        "title": {str(r["evidence"]): Label(r["title_id"], r["title_en"])
                  for r in frame.to_dict("records")},
    }  # fmt: skip
