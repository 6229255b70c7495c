"""Visits by month and year on the fixed panel, recovery against 2019, and single sites."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import told
from analytics.figures.result import Result, Statement
from analytics.figures.sentences import written_number
from analytics.observations.status import ObsStatus
from analytics.tourism.formulas import change_pct, recovery_pct
from analytics.tourism.panel_answers import (
    PanelChoice,
    PanelRows,
    answer,
    base_label,
    grouped,
    in_short,
    month_label,
    monthly_sums,
    panel_rows,
)
from analytics.tourism.rows import YEAR, period_of
from analytics.tourism.site_months import common_cells
from analytics.tourism.words import (
    computed_indicator,
    direction,
    known_indicator,
    percent,
    place_labels,
)
from analytics.tourism.years import TOTAL


def monthly_report(edition: Edition, *, choice: PanelChoice) -> Result:
    """Visits of the whole panel by month; a month that a site did not report is a gap.

    Columns `reporting` and `panel_sites`, `change_pct` against the same month a year before.
    """
    found = panel_rows(edition, choice)
    sums = monthly_sums(found)
    earlier = sums.set_index(["year", "month"])["obs_value"]
    keys = [(year - 1, month) for year, month in zip(sums["year"], sums["month"], strict=True)]
    before = earlier.reindex(pd.MultiIndex.from_tuples(keys, names=["year", "month"]))
    before = before.set_axis(sums.index) if len(keys) else sums["obs_value"]
    frame = sums.assign(
        before_value=before, change_pct=change_pct(before=before, after=sums["obs_value"])
    )
    return answer(
        edition,
        found,
        name="visits_by_month",
        frame=frame,
        indicator=known_indicator(edition, TOTAL),
        title=_monthly_title(edition, found, frame),
        statements=_monthly_statements(edition, found, frame),
        period=period_of(frame),
    )


def _newest(frame: pd.DataFrame) -> pd.Series | None:
    known = frame[frame["obs_value"].notna()]
    return known.iloc[-1] if len(known) else None


def _monthly_title(edition: Edition, found: PanelRows, frame: pd.DataFrame) -> Statement:
    row = _newest(frame)
    if row is None:
        return Statement("tourism.monthly.title.empty")
    values = _month_values(edition, row) | {"n": len(found.panel.sites)}
    return Statement(f"tourism.monthly.title.{direction(row['change_pct'])}", values)


def _month_values(edition: Edition, row: pd.Series) -> dict[str, object]:
    values: dict[str, object] = {
        "month": month_label(row),
        "value": written_number(row["obs_value"], known_indicator(edition, TOTAL)),
    }
    if pd.notna(row["change_pct"]):
        values["change"] = percent(abs(row["change_pct"]))
    return values


def _monthly_statements(
    edition: Edition, found: PanelRows, frame: pd.DataFrame
) -> tuple[Statement, ...]:
    known = frame[frame["obs_value"].notna()]
    if known.empty:
        return ()
    peak = known.loc[known["obs_value"].idxmax()]
    missing = int(frame["obs_value"].isna().sum())
    return told(
        [
            in_short(found),
            Statement("tourism.monthly.sentence.peak", _month_values(edition, peak)),
            Statement("tourism.monthly.sentence.gaps", {"n": missing}) if missing else None,
        ]
    )


def panel_years_report(edition: Edition, *, choice: PanelChoice) -> Result:
    """Visits of the panel by compared year, over site-months reported in every one of them.

    Columns `sites`, `site_months`, `change_pct` against the compared year before and
    `recovery_pct` against the base year.
    """
    found = panel_rows(edition, choice)
    cells = common_cells(found.rows, found.panel)
    frame = _year_sums(cells, found)
    return answer(
        edition,
        found,
        name="visits_by_year_on_panel",
        frame=frame,
        indicator=known_indicator(edition, TOTAL),
        title=_years_title(found, frame),
        statements=_years_statements(edition, frame),
    )


def _year_sums(cells: pd.DataFrame, found: PanelRows) -> pd.DataFrame:
    sums = grouped(cells, ["year"])
    before = sums["obs_value"].shift()
    base = sums.loc[sums["year"] == (found.panel.base_year if len(sums) else 0), "obs_value"]
    start = pd.to_datetime(sums["year"].astype("Int64").astype(str), format="%Y")
    return sums.assign(
        site_months=[int((cells["year"] == year).sum()) for year in sums["year"]],
        before_year=sums["year"].shift(),
        change_pct=change_pct(before=before, after=sums["obs_value"]),
        recovery_pct=recovery_pct(
            visits=sums["obs_value"],
            base=pd.Series(base.iloc[0] if len(base) else float("nan"), index=sums.index),
        ),
        period_start=start,
        period_end=start + pd.offsets.YearEnd(0),
        freq=YEAR,
        unit="visits",
    )


def _years_title(found: PanelRows, frame: pd.DataFrame) -> Statement:
    row = _newest(frame)
    if row is None:
        return Statement("tourism.panel_years.title.empty")
    values: dict[str, object] = {"year": str(int(row["year"])), "n": len(found.panel.sites)}
    if row["year"] == found.panel.base_year:
        return Statement("tourism.panel_years.title.base", values)
    values |= {"share": percent(row["recovery_pct"]), "base": base_label(found)}
    return Statement("tourism.panel_years.title.recovery", values)


def _years_statements(edition: Edition, frame: pd.DataFrame) -> tuple[Statement, ...]:
    row = _newest(frame)
    if row is None:
        return ()
    indicator = known_indicator(edition, TOTAL)
    values: dict[str, object] = {
        "year": str(int(row["year"])),
        "value": written_number(row["obs_value"], indicator),
    }
    statements: list[Statement | None] = []
    if pd.notna(row["change_pct"]):
        kind = "up" if row["change_pct"] >= 0 else "down"
        values |= {
            "change": percent(abs(row["change_pct"])),
            "before_year": str(int(row["before_year"])),
        }
        statements.append(Statement(f"tourism.panel_years.sentence.{kind}", values))
    cells = {"n": int(row["site_months"]), "sites": int(row["reporting"])}
    statements.append(Statement("tourism.panel_years.sentence.cells", cells))
    return told(statements)


def recovery_report(edition: Edition, *, choice: PanelChoice) -> Result:
    """Each month in percent of the same month of the base year, on the whole panel.

    A month counts when every site of the panel reported in both years; else it is a gap.
    """
    found = panel_rows(edition, choice)
    sums = monthly_sums(found)
    base_year = found.panel.base_year if found.panel.years else None
    base = sums[sums["year"] == base_year].set_index("month")["obs_value"]
    later = sums[sums["year"] > (base_year or 0)].reset_index(drop=True)
    base_value = later["month"].map(base).astype(float)
    values = recovery_pct(visits=later["obs_value"], base=base_value)
    frame = later.assign(
        visits=later["obs_value"],
        base_value=base_value,
        obs_value=values,
        obs_status=later["obs_status"].where(values.notna(), ObsStatus.MISSING.value),
        unit="percent",
    )
    return answer(
        edition,
        found,
        name="recovery_by_month",
        frame=frame,
        indicator=computed_indicator("recovery", unit="percent", decimals=1, better="up"),
        title=_recovery_title(found, frame),
        statements=_recovery_statements(found, frame),
        period=period_of(frame),
    )


def _recovery_title(found: PanelRows, frame: pd.DataFrame) -> Statement:
    row = _newest(frame)
    if row is None:
        return Statement("tourism.recovery.title.empty")
    values = {
        "month": month_label(row),
        "share": percent(row["obs_value"]),
        "base": base_label(found),
    }
    return Statement("tourism.recovery.title.share", values)


def _recovery_statements(found: PanelRows, frame: pd.DataFrame) -> tuple[Statement, ...]:
    known = frame[frame["obs_value"].notna()]
    if known.empty:
        return ()
    newest_year = known[known["year"] == known["year"].max()]
    above = int((newest_year["obs_value"] >= 100).sum())
    values = {
        "n": above,
        "months": len(newest_year),
        "year": str(int(newest_year["year"].iloc[0])),
        "base": base_label(found),
    }
    return (in_short(found), Statement("tourism.recovery.sentence.above", values))


def sites_by_month_report(
    edition: Edition, *, choice: PanelChoice, places: Sequence[str]
) -> Result:
    """Monthly visits of single sites, whether in the panel or not; not reported is a gap."""
    found = panel_rows(edition, choice)
    frame = found.rows[found.rows["place"].isin(list(places))].reset_index(drop=True)
    known = frame[frame["obs_value"].notna()]
    values: dict[str, object] = {"n": len(places)}
    title = Statement("tourism.sites_monthly.title.empty")
    statements: tuple[Statement, ...] = ()
    if len(known):
        peak = known.loc[known["obs_value"].idxmax()]
        (name,) = place_labels(edition, [peak["place"]])
        values |= {
            "place": name,
            "month": month_label(peak),
            "value": written_number(peak["obs_value"], known_indicator(edition, TOTAL)),
        }
        title = Statement("tourism.sites_monthly.title.peak", values)
        missing = int(frame["obs_value"].isna().sum())
        if missing:
            statements = (Statement("tourism.sites_monthly.sentence.gaps", {"n": missing}),)
    return answer(
        edition,
        found,
        name="visits_by_month_and_site",
        frame=frame,
        indicator=known_indicator(edition, TOTAL),
        title=title,
        statements=statements,
        period=period_of(frame),
        rows=frame,
    )
