"""What the parts of the desk share: names of datasets and codes, tables of findings and rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

import pandas as pd
import streamlit as st

from analytics.ingest.datasets import dataset_forms
from analytics.ingest.findings import FINDING_COLUMNS, Finding, as_findings
from analytics.ingest.region import Region, daily_rules, region_of_edition
from analytics.jobs.background import HowFar
from pages.ui import cache
from pages.ui.state import formatter, language, pack, say
from pages.ui.tables import show_table

STEPS = frozenset(
    {"opening", "recognising", "reading", "resolving", "checking", "packing", "storing", "done"}
)
LAST_STEP = "done"  # told without a name
ROW_HEADS = ("row", "area", "place", "item", "indicator", "period", "value", "unit", "status",
             "source", "refused")  # fmt: skip


def title_of(dataset: str) -> str:
    """The dataset's name; one that no file can be for keeps its code."""
    return say(f"data_desk.dataset.{dataset}.title") if dataset in dataset_forms() else dataset


def moment(at: datetime) -> str:
    """Day and time in UTC, as records keep them."""
    return f"{formatter().date(at.date())} {at:%H:%M} UTC"


def progress_words(key: str, **values: object) -> Callable[[HowFar], str]:
    """The sentence of a work that is under way, by its key."""

    def words(far: HowFar) -> str:
        code = far.step or LAST_STEP
        known = code in STEPS
        step = say(f"data_desk.check.step.{code}") if known else title_of(code)
        return say(key, step=step, done=far.done, total=far.total, **values)

    return words


def region_in_force() -> Region:
    """The region as its newest edition describes it, with what is published."""
    return cache.result(_region, cache.edition(), today=cache.today())


def _region(edition: object, *, today: date) -> Region:
    return region_of_edition(edition, today=today, rules=daily_rules(pack()))  # type: ignore[arg-type]


def show_findings(
    findings: pd.DataFrame, *, label: str, fields: Mapping[tuple[int, str], str] | None = None
) -> None:
    """Findings as sentences, the gravest first; every word of the file is text.

    `fields` are the labels of a form's fields by row and column of the file that it makes: who
    filled in a form has seen no cells.
    """
    listed = as_findings(findings[list(FINDING_COLUMNS)])
    where = "cell" if fields is None else "field"
    heads = [say(f"data_desk.column.{name}") for name in ("severity", where, "sentence")]
    rows = [_finding_row(one, fields) for one in listed]
    show_table(pd.DataFrame(rows, columns=heads), label=label, whole=heads[:1], height=420,
               is_stacked=True)  # fmt: skip


def _finding_row(
    one: Finding, fields: Mapping[tuple[int, str], str] | None
) -> tuple[str, str, str]:
    severity = say(f"ingest.severity.{one.severity}")
    if fields is None:
        return severity, _cell(one.sheet, one.row, one.column), one.words(language())
    field = fields.get((one.row, one.column)) or say("data_desk.form.whole")
    return severity, field, one.words(language(), field=field)


def _cell(sheet: str, row: int, column: str) -> str:
    at = f"{column}{row}" if row else ""
    return " ".join(part for part in (sheet, at) if part)


def show_rows(rows: pd.DataFrame, region: Region) -> None:
    """Rows as they would be stored, codes with their names."""
    heads = {name: say(f"data_desk.column.{name}") for name in ROW_HEADS}
    areas = region.areas
    table = pd.DataFrame(
        {
            heads["row"]: [_cell(*at) for at in zip(rows["sheet"], rows["row"], rows["column"],
                                                    strict=True)],
            heads["area"]: [areas.name_of(code) if code in _codes(region) else code
                            for code in rows["ref_area"]],
            heads["place"]: [region.places.labels.get(code, code) for code in rows["place"]],
            heads["item"]: _names(rows["item"], region, "commodities", "item"),
            heads["indicator"]: _names(rows["indicator"], region, "indicators", "indicator"),
            heads["period"]: [_period(*span) for span in zip(
                rows["period_start"], rows["period_end"], rows["freq"], strict=True)],
            heads["value"]: [_value(*pair) for pair in zip(rows["obs_value"], rows["obs_text"],
                                                           strict=True)],
            heads["unit"]: rows["unit"].to_numpy(),
            heads["status"]: rows["obs_status"].to_numpy(),
            heads["source"]: rows["source_id"].to_numpy(),
            heads["refused"]: ["✗" if refused else "" for refused in rows["is_refused"]],
        }
    )  # fmt: skip
    st.dataframe(
        table, hide_index=True, height=min(420, 40 + 35 * len(table)),
        column_config={heads["value"]: st.column_config.TextColumn(alignment="right")},
    )  # fmt: skip


def _codes(region: Region) -> frozenset[str]:
    return frozenset(region.areas.table["area_code"])


def _names(codes: pd.Series, region: Region, table: str, column: str) -> list[str]:
    frame = region.tables[table]
    names: Mapping[str, str] = dict(zip(frame[column], frame[f"name_{language()}"], strict=True))
    return [names.get(code, code) for code in codes]


def _period(start: object, end: object, freq: str) -> str:
    """The period as the reader writes it; what is no date stays as it is."""
    first, last = (pd.to_datetime(day, errors="coerce") for day in (start, end))
    if pd.isna(first) or pd.isna(last):
        return ""
    return formatter().period(first.date(), last.date(), freq)


def _value(number: float | None, words: str) -> str:
    return formatter().number(number) if number is not None and number == number else words
