"""Visits in percent of the year's target: computed where both are known, else as stated."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import told
from analytics.figures.result import Result, Statement
from analytics.figures.sentences import written_number
from analytics.observations.status import ObsStatus
from analytics.tourism.formulas import attainment_pct
from analytics.tourism.rows import (
    BRANDING,
    VISITS,
    YEAR,
    caveats_of,
    period_of,
    sources_of,
    usual_source,
)
from analytics.tourism.words import computed_indicator, known_indicator, percent, years_listed
from analytics.tourism.years import TARGET, TOTAL, newest, yearly

ATTAINMENT, OVER_TARGET = "visits_target_attainment", "visits_over_target"


def attainment_report(edition: Edition, *, with_unverified: bool = False) -> Result:
    """Visits in percent of the year's target, one row a year with a target or a stated result.

    `obs_value` is computed where both are known, else what the source states. Columns:
    `realised`, `target`, `stated_pct` (as printed), `is_stated` (nothing could be computed).
    """
    frame = _attainment_frame(edition, with_unverified=with_unverified)
    indicator = computed_indicator("attainment", unit="percent", decimals=1, better="up")
    return Result(
        name="visits_target_attainment",
        frame=frame,
        indicator=indicator,
        sources=sources_of(edition, frame),
        period=period_of(frame),
        edition=edition.stamp,
        title=_attainment_title(frame),
        statements=_attainment_statements(edition, frame),
        caveats=caveats_of(edition, frame),
        notes=_attainment_notes(frame),
    )


def _attainment_frame(edition: Edition, *, with_unverified: bool) -> pd.DataFrame:
    parts = {
        name: yearly(edition, dataset, indicator, with_unverified=with_unverified)
        for name, dataset, indicator in (
            ("realised", VISITS, TOTAL),
            ("target", BRANDING, TARGET),
            ("reached", BRANDING, ATTAINMENT),
            ("over", BRANDING, OVER_TARGET),
        )
    }
    values = {name: rows.set_index("year")["obs_value"] for name, rows in parts.items()}
    stated = values["reached"].combine_first(values["over"] + 100)
    years = sorted({int(year) for year in (*values["target"].index, *stated.index)})
    index = pd.Index(years, name="year", dtype="int64")
    table = pd.DataFrame(index=index).assign(
        realised=values["realised"].reindex(index).astype(float),
        target=values["target"].reindex(index).astype(float),
        stated_pct=stated.reindex(index).astype(float),
    )
    computed = attainment_pct(realised=table["realised"], target=table["target"])
    table = table.assign(
        obs_value=computed.fillna(table["stated_pct"]),
        is_stated=computed.isna() & table["stated_pct"].notna(),
        source_id=[_source_of(parts, year) for year in years],
        caveat=[_caveats_of_year(parts, year) for year in years],
        period_start=[pd.Timestamp(year, 1, 1) for year in years],
        period_end=[pd.Timestamp(year, 12, 31) for year in years],
        freq=YEAR,
    )
    is_known = table["obs_value"].notna()
    status = is_known.map({True: ObsStatus.NORMAL.value, False: ObsStatus.MISSING.value})
    return table.assign(obs_status=status, over_pct=table["obs_value"] - 100).reset_index()


def _source_of(parts: dict[str, pd.DataFrame], year: int) -> str:
    """The source of the target or the stated result: the visits' own stands in their figure."""
    for name in ("target", "reached", "over"):
        rows = parts[name][parts[name]["year"] == year]
        if len(rows):
            return usual_source(rows)
    return ""


def _caveats_of_year(parts: dict[str, pd.DataFrame], year: int) -> str:
    cells = [cell for rows in parts.values() for cell in rows.loc[rows["year"] == year, "caveat"]]
    return ";".join(dict.fromkeys(code for cell in cells for code in cell.split(";") if code))


def _attainment_title(frame: pd.DataFrame) -> Statement:
    row = newest(frame)
    if row is None:
        return Statement("tourism.attainment.title.empty")
    values = {"year": str(int(row["year"])), "share": percent(row["obs_value"])}
    kind = "reached" if row["obs_value"] >= 100 else "short"
    return Statement(f"tourism.attainment.title.{kind}", values)


def _attainment_statements(edition: Edition, frame: pd.DataFrame) -> tuple[Statement, ...]:
    indicator = known_indicator(edition, TOTAL)
    computed = frame[frame["obs_value"].notna() & ~frame["is_stated"]] if len(frame) else frame
    known = frame[frame["obs_value"].notna()] if len(frame) else frame
    statements: list[Statement | None] = []
    if len(computed):
        row = computed.iloc[-1]
        values = {
            "year": str(int(row["year"])),
            "realised": written_number(row["realised"], indicator),
            "target": written_number(row["target"], indicator),
            "share": percent(row["obs_value"]),
        }
        statements.append(Statement("tourism.attainment.sentence.computed", values))
    if len(known) > 1:
        reached = int((known["obs_value"] >= 100).sum())
        statements.append(
            Statement("tourism.attainment.sentence.count", {"n": reached, "years": len(known)})
        )
    return told(statements)


def _attainment_notes(frame: pd.DataFrame) -> tuple[Statement, ...]:
    if frame.empty or frame["obs_value"].isna().all():
        why = Statement("tourism.attainment.note.empty_why")
        return (why, Statement("tourism.note.empty_cure"))
    notes = []
    stated = [int(year) for year in frame.loc[frame["is_stated"], "year"]]
    if stated:
        notes.append(Statement("tourism.attainment.note.stated", {"years": years_listed(stated)}))
    unknown = [int(year) for year in frame.loc[frame["obs_value"].isna(), "year"]]
    if unknown:
        notes.append(Statement("tourism.attainment.note.gap", {"years": years_listed(unknown)}))
    return tuple(notes)
