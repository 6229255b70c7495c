"""Visits by kecamatan and by origin on the fixed panel, with how much of each is covered."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import told
from analytics.figures.result import Label, Result, Statement
from analytics.figures.sentences import written_number
from analytics.observations.status import ObsStatus
from analytics.tourism.formulas import change_pct, share_pct
from analytics.tourism.panel_answers import PanelChoice, PanelRows, answer, grouped, panel_rows
from analytics.tourism.rows import MONTH, VISITS, YEAR, own_areas, own_rows
from analytics.tourism.site_months import common_cells
from analytics.tourism.words import known_indicator, percent
from analytics.tourism.years import FOREIGN, TOTAL


def areas_report(edition: Edition, *, choice: PanelChoice) -> Result:
    """Visits of the newest compared year by kecamatan, one row an area with a destination.

    Columns `reporting` (sites of the panel in it), `registered` (sites listed in it),
    `coverage_pct`, `share_pct` of all, `change_pct` against the compared year before. An area
    without a site of the panel has a missing value.
    """
    found = panel_rows(edition, choice)
    frame = _by_area(edition, found)
    return answer(
        edition,
        found,
        name="visits_by_area",
        frame=frame,
        indicator=known_indicator(edition, TOTAL),
        title=_title(edition, frame),
        statements=_statements(frame),
    )


def _by_area(edition: Edition, found: PanelRows) -> pd.DataFrame:
    registered = _registered(edition, choice=found.choice)
    cells = common_cells(found.rows, found.panel)
    cells = cells[cells["ref_area"].isin(registered.index)]
    years = sorted(cells["year"].unique())
    sums = grouped(cells, ["ref_area", "year"]) if years else grouped(cells, ["ref_area"])
    if not years:
        return pd.DataFrame(columns=["ref_area", "obs_value", "obs_status", "source_id", "caveat"])
    newest = sums[sums["year"] == years[-1]].set_index("ref_area")
    before = sums[sums["year"] == (years[-2] if len(years) > 1 else 0)].set_index("ref_area")
    frame = newest.reindex(registered.index).rename_axis("ref_area").reset_index()
    value = frame["obs_value"].astype(float)
    listed = frame["ref_area"].map(registered).astype(float)
    start = pd.Timestamp(int(years[-1]), 1, 1)
    return frame.assign(
        registered=listed,
        reporting=frame["reporting"].fillna(0).astype(float),
        coverage_pct=share_pct(part=frame["reporting"].fillna(0).astype(float), whole=listed),
        share_pct=share_pct(part=value, whole=pd.Series(value.sum(), index=value.index)),
        change_pct=change_pct(
            before=frame["ref_area"].map(before["obs_value"]).astype(float), after=value
        ),
        obs_status=frame["obs_status"].where(value.notna(), ObsStatus.MISSING.value),
        source_id=frame["source_id"].fillna(""),
        caveat=frame["caveat"].fillna(""),
        year=int(years[-1]),
        period_start=start,
        period_end=start + pd.offsets.YearEnd(0),
        freq=YEAR,
        unit="visits",
    ).sort_values("obs_value", ascending=False, kind="stable", ignore_index=True)


def _registered(edition: Edition, *, choice: PanelChoice) -> pd.Series:
    """Number of listed destinations by kecamatan; those not counted by default aside."""
    table = edition.vocabulary.destinations
    inside = table["ref_area"].isin(set(own_areas(edition)) - {edition.ref_area})
    counted = table["is_counted_by_default"].str.lower() == "true"
    kept = table[inside & (counted | choice.with_uncounted)]
    return kept.groupby("ref_area").size()


def _title(edition: Edition, frame: pd.DataFrame) -> Statement:
    known = frame[frame["obs_value"].notna()]
    if known.empty:
        return Statement("visits.areas.title.empty")
    row = known.iloc[0]
    name = edition.vocabulary.area_name(str(row["ref_area"]))
    values = {
        "area": Label(name, name),
        "value": written_number(row["obs_value"], known_indicator(edition, TOTAL)),
        "share": percent(row["share_pct"]),
        "year": str(int(row["year"])),
    }
    return Statement("visits.areas.title.top", values)


def _statements(frame: pd.DataFrame) -> tuple[Statement, ...]:
    if frame.empty or frame["obs_value"].isna().all():
        return ()
    values = {
        "n": int(frame["reporting"].sum()),
        "all": int(frame["registered"].sum()),
        "dark": int(frame["obs_value"].isna().sum()),
    }
    return (Statement("visits.areas.sentence", values),)


def panel_origin_report(edition: Edition, *, choice: PanelChoice) -> Result:
    """Visits from abroad at the panel's sites by compared year, apart from all others.

    Over site-months in which both the total and the foreign visits were reported in every
    compared year. Columns `total`, `foreign_share_pct`, `reporting`.
    """
    found = panel_rows(edition, choice)
    frame = _foreign(edition, found)
    return answer(
        edition,
        found,
        name="foreign_visits_on_panel",
        frame=frame,
        indicator=known_indicator(edition, FOREIGN),
        title=_origin_title(edition, frame),
        statements=(),
        notes=() if found.is_empty or len(frame) else (Statement("visits.origin.none"),),
    )


def _foreign(edition: Edition, found: PanelRows) -> pd.DataFrame:
    rows = own_rows(
        edition, VISITS, with_unverified=found.choice.with_unverified, indicator=FOREIGN, freq=MONTH
    )
    rows = rows.assign(month=rows["period_start"].dt.month)
    cells = common_cells(rows, found.panel)
    both = cells.merge(
        common_cells(found.rows, found.panel)[["place", "year", "month", "obs_value"]],
        on=["place", "year", "month"], suffixes=("", "_total"), validate="one_to_one",
    )  # fmt: skip
    if both.empty:
        return pd.DataFrame(columns=["year", "obs_value", "obs_status", "source_id", "caveat"])
    sums = grouped(both, ["year"])
    total = both.groupby("year")["obs_value_total"].sum().reindex(sums["year"]).to_numpy()
    start = pd.to_datetime(sums["year"].astype(str), format="%Y")
    return sums.assign(
        total=total,
        foreign_share_pct=share_pct(part=sums["obs_value"], whole=pd.Series(total, sums.index)),
        change_pct=change_pct(before=sums["obs_value"].shift(), after=sums["obs_value"]),
        period_start=start,
        period_end=start + pd.offsets.YearEnd(0),
        freq=YEAR,
        unit="visits",
    )


def _origin_title(edition: Edition, frame: pd.DataFrame) -> Statement:
    if frame.empty:
        return Statement("visits.origin.title.empty")
    row = frame.iloc[-1]
    values = {
        "year": str(int(row["year"])),
        "value": written_number(row["obs_value"], known_indicator(edition, FOREIGN)),
        "share": percent(row["foreign_share_pct"]),
    }
    return told([Statement("visits.origin.title.value", values)])[0]
