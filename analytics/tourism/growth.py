"""Why reported visits grew: more sites reporting, or more visits at each of them."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import told
from analytics.figures.result import Number, Result, Statement
from analytics.tourism.formulas import growth_split
from analytics.tourism.panel_answers import PanelChoice, answer, panel_rows
from analytics.tourism.rows import (
    CLOSURE_YEARS,
    YEAR,
    joined_caveats,
    usual_source,
    weakest_status,
    year_span,
)
from analytics.tourism.words import known_indicator
from analytics.tourism.years import TOTAL

BY_SITES, BY_VISITS = "sites", "visits_per_site"


def growth_report(edition: Edition, *, choice: PanelChoice) -> Result:
    """Change of all reported visits against the year before, in two parts, one row a part.

    Over calendar months that any site reported in both years, all counted sites, not the panel.
    Columns `part`, `year`, `before_year`, `change`, `site_months`, `site_months_before`. Years of
    closure are neither judged nor compared with.
    """
    found = panel_rows(edition, choice)
    frame = _parts(found.rows)
    years = [int(year) for year in frame["year"].unique()] if len(frame) else []
    return answer(
        edition,
        found,
        name="growth_of_visits",
        frame=frame,
        indicator=known_indicator(edition, TOTAL),
        title=_title(frame),
        statements=_statements(frame),
        period=year_span(years),
        rows=found.rows,
    )


def _parts(rows: pd.DataFrame) -> pd.DataFrame:
    known = rows[rows["obs_value"].notna() & ~rows["year"].isin(CLOSURE_YEARS)]
    years = sorted(int(year) for year in known["year"].unique())
    found = [
        part
        for before, after in pairwise(years)
        for part in _between(known[known["year"] == before], known[known["year"] == after])
    ]
    columns = ["year", "part", "obs_value", "obs_status", "source_id", "caveat"]
    frame = pd.DataFrame(found) if found else pd.DataFrame(columns=columns)
    start = pd.to_datetime(frame["year"].astype("Int64").astype(str), format="%Y")
    return frame.assign(
        period_start=start, period_end=start + pd.offsets.YearEnd(0), freq=YEAR, unit="visits"
    )


def _between(before: pd.DataFrame, after: pd.DataFrame) -> list[dict[str, object]]:
    common = set(before["month"]) & set(after["month"])
    first, last = (part[part["month"].isin(common)] for part in (before, after))
    if first.empty or last.empty:
        return []
    parts = growth_split(
        sites_before=len(first), sites_after=len(last),
        visits_before=first["obs_value"].sum(), visits_after=last["obs_value"].sum(),
    )  # fmt: skip
    both = pd.concat([first, last])
    about = {
        "year": int(last["year"].iloc[0]),
        "before_year": int(first["year"].iloc[0]),
        "change": float(last["obs_value"].sum() - first["obs_value"].sum()),
        "months": len(common),
        "site_months": len(last),
        "site_months_before": len(first),
        "obs_status": weakest_status(both["obs_status"]),
        "source_id": usual_source(both),
        "caveat": joined_caveats(both),
    }
    return [
        {**about, "part": part, "obs_value": value}
        for part, value in zip((BY_SITES, BY_VISITS), parts, strict=True)
    ]


def _newest(frame: pd.DataFrame) -> dict[str, pd.Series]:
    """The two rows of the newest year by part; empty when nothing is known."""
    if frame.empty or frame["obs_value"].isna().all():
        return {}
    rows = frame[frame["year"] == frame["year"].max()]
    return {str(row["part"]): row for _, row in rows.iterrows()}


def _title(frame: pd.DataFrame) -> Statement:
    parts = _newest(frame)
    if not parts:
        return Statement("visits.growth.title.empty")
    row = parts[BY_SITES]
    larger = max(parts, key=lambda part: abs(parts[part]["obs_value"]))
    side = "up" if row["change"] >= 0 else "down"
    values = {
        "year": str(int(row["year"])),
        "before": str(int(row["before_year"])),
        "change": Number(abs(row["change"]), "number", {"decimals": 0}),
    }
    return Statement(f"visits.growth.title.{side}.{larger}", values)


def _statements(frame: pd.DataFrame) -> tuple[Statement, ...]:
    parts = _newest(frame)
    if not parts:
        return ()
    row = parts[BY_SITES]
    whole = {"decimals": 0}
    values = {
        "sites": Number(row["obs_value"], "number", whole),
        "visits": Number(parts[BY_VISITS]["obs_value"], "number", whole),
        "n": int(row["site_months"]),
        "before": Number(row["site_months_before"], "number", whole),
        "months": int(row["months"]),
    }
    return told([Statement("visits.growth.sentence", values)])
