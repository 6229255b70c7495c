"""Visits of the whole region by year, as its office gave them, with targets and gaps."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import told
from analytics.figures.result import Result, Statement
from analytics.figures.sentences import plain_number, written_number
from analytics.observations.status import ObsStatus
from analytics.tourism.formulas import change_pct, recovery_pct
from analytics.tourism.rows import (
    BASE_YEAR,
    BRANDING,
    VISITS,
    caveats_of,
    period_of,
    sources_of,
)
from analytics.tourism.words import direction, known_indicator, percent, years_listed
from analytics.tourism.years import TARGET, TOTAL, newest, with_gaps, year_row, yearly

GROWTH, GROWTH_TARGET = "visits_growth", "visits_growth_target"


def totals_report(edition: Edition, *, with_unverified: bool = False) -> Result:
    """Visits and targets by year, one row a year and indicator; unknown years are missing rows.

    Further columns: `change_pct` against the last known year, `base_pct` in percent of 2019,
    `stated_growth_pct` as the source says it. A target that a source only gives as growth is
    computed and marked as estimated.
    """
    visits = with_gaps(yearly(edition, VISITS, TOTAL, with_unverified=with_unverified))
    frame = pd.concat(
        [_compared(visits, edition, with_unverified=with_unverified),
         _targets(edition, visits, with_unverified=with_unverified)],
        ignore_index=True,
    )  # fmt: skip
    return Result(
        name="visits_by_year",
        frame=frame,
        indicator=known_indicator(edition, TOTAL),
        sources=sources_of(edition, frame),
        period=period_of(frame[frame["indicator"] == TOTAL]),
        edition=edition.stamp,
        title=_title(edition, frame),
        statements=_statements(edition, frame),
        caveats=caveats_of(edition, frame),
        notes=_notes(frame),
    )


def _compared(visits: pd.DataFrame, edition: Edition, *, with_unverified: bool) -> pd.DataFrame:
    """Changes against the last known year and against 2019, and growth as sources state it."""
    before = visits["obs_value"].ffill().shift()
    before_year = visits["year"].where(visits["obs_value"].notna()).ffill().shift()
    base = visits.loc[visits["year"] == BASE_YEAR, "obs_value"]
    stated = yearly(edition, BRANDING, GROWTH, with_unverified=with_unverified)
    return visits.assign(
        before_year=before_year,
        before_value=before,
        change_pct=change_pct(before=before, after=visits["obs_value"]),
        base_pct=recovery_pct(
            visits=visits["obs_value"],
            base=pd.Series(base.iloc[0] if len(base) else float("nan"), index=visits.index),
        ),
        stated_growth_pct=visits["year"].map(stated.set_index("year")["obs_value"]),
    )


def _targets(edition: Edition, visits: pd.DataFrame, *, with_unverified: bool) -> pd.DataFrame:
    """Targets as stated; where only a growth target is known, computed from the year before."""
    stated = yearly(edition, BRANDING, TARGET, with_unverified=with_unverified)
    if visits.empty:
        return stated
    first = int(visits["year"].min())
    stated = stated[stated["year"] >= first]
    growth = yearly(edition, BRANDING, GROWTH_TARGET, with_unverified=with_unverified)
    known = visits.set_index("year")["obs_value"]
    computed = [
        year_row(
            visits.iloc[0],
            int(row.year),
            indicator=TARGET,
            obs_value=known[row.year - 1] * (1 + row.obs_value / 100),
            obs_status=ObsStatus.ESTIMATED.value,
            source_id=row.source_id,
            growth_target_pct=row.obs_value,
        )
        for row in growth.itertuples()
        if row.year not in set(stated["year"]) and pd.notna(known.get(row.year - 1))
    ]
    return pd.concat([stated, pd.DataFrame(computed)], ignore_index=True)


def _totals(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["indicator"] == TOTAL] if len(frame) else frame


def _title(edition: Edition, frame: pd.DataFrame) -> Statement:
    row = newest(_totals(frame))
    if row is None:
        return Statement("tourism.totals.title.empty")
    values = _change_values(edition, row)
    values |= {"value": plain_number(row["obs_value"], known_indicator(edition, TOTAL))}
    return Statement(f"tourism.totals.title.{direction(row['change_pct'])}", values)


def _change_values(edition: Edition, row: pd.Series) -> dict[str, object]:
    values: dict[str, object] = {
        "year": str(int(row["year"])),
        "value": written_number(row["obs_value"], known_indicator(edition, TOTAL)),
    }
    if pd.notna(row["change_pct"]):
        values |= {
            "change": percent(abs(row["change_pct"])),
            "before_year": str(int(row["before_year"])),
            "before": written_number(row["before_value"], known_indicator(edition, TOTAL)),
        }
    return values


def _statements(edition: Edition, frame: pd.DataFrame) -> tuple[Statement, ...]:
    row = newest(_totals(frame))
    if row is None:
        return ()
    values = _change_values(edition, row)
    kind = direction(row["change_pct"])
    return told(
        [
            Statement(f"tourism.totals.sentence.{kind}", values),
            _against_base(row),
            _stated_growth(row),
            _next_target(edition, frame, row),
        ]
    )


def _against_base(row: pd.Series) -> Statement | None:
    if pd.isna(row["base_pct"]) or row["year"] <= BASE_YEAR or row["before_year"] == BASE_YEAR:
        return None
    values = {"share": percent(row["base_pct"]), "year": str(BASE_YEAR)}
    return Statement("tourism.totals.sentence.base", values)


def _stated_growth(row: pd.Series) -> Statement | None:
    if pd.isna(row["stated_growth_pct"]):
        return None
    values = {"growth": percent(row["stated_growth_pct"]), "before_year": str(int(row["year"]) - 1)}
    return Statement("tourism.totals.sentence.stated_growth", values)


def _next_target(edition: Edition, frame: pd.DataFrame, row: pd.Series) -> Statement | None:
    """The target after the newest known year, and what a growth target amounts to."""
    ahead = frame[(frame["indicator"] == TARGET) & (frame["year"] > row["year"])]
    if ahead.empty:
        return None
    target = ahead.iloc[0]
    values: dict[str, object] = {
        "year": str(int(target["year"])),
        "target": written_number(target["obs_value"], known_indicator(edition, TOTAL)),
    }
    growth = target.get("growth_target_pct", float("nan"))
    if pd.isna(growth):
        return Statement("tourism.totals.sentence.target", values)
    return Statement("tourism.totals.sentence.growth_target", values | {"growth": percent(growth)})


def _notes(frame: pd.DataFrame) -> tuple[Statement, ...]:
    """Which years are unknown and why nothing is put in their place."""
    totals = _totals(frame)
    if totals.empty or totals["obs_value"].isna().all():
        return (Statement("tourism.totals.note.empty_why"), Statement("tourism.note.empty_cure"))
    unknown = [int(year) for year in totals.loc[totals["obs_value"].isna(), "year"]]
    if not unknown:
        return ()
    return (Statement("tourism.totals.note.gap", {"years": years_listed(unknown)}),)
