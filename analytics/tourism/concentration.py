"""How far visits gather at few sites of the panel: shares, HHI, the three busiest."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import told
from analytics.figures.result import Number, Result, Statement
from analytics.geography.concentration import LARGEST, concentration_hhi, top_share_pct
from analytics.tourism.formulas import share_pct
from analytics.tourism.panel_answers import (
    PanelChoice,
    PanelRows,
    answer,
    grouped,
    in_short,
    panel_rows,
)
from analytics.tourism.rows import YEAR
from analytics.tourism.site_months import common_cells
from analytics.tourism.words import computed_indicator, listed, percent, place_labels


def concentration_report(edition: Edition, *, choice: PanelChoice) -> Result:
    """Share of each panel site in the visits of the newest compared year, largest first.

    Columns `visits`, `rank`, `hhi` (0 to 10,000) and `top_share_pct` of the same year, and
    `first_hhi`, `first_top_share_pct` of the first compared year.
    """
    found = panel_rows(edition, choice)
    cells = common_cells(found.rows, found.panel)
    by_site = grouped(cells, ["year", "place"])
    frame = _shares(by_site)
    return answer(
        edition,
        found,
        name="concentration_of_visits",
        frame=frame,
        indicator=computed_indicator("site_share", unit="percent", decimals=1),
        title=_title(edition, frame),
        statements=_statements(found, frame),
    )


def _shares(by_site: pd.DataFrame) -> pd.DataFrame:
    last = by_site["year"].max() if len(by_site) else 0
    first = by_site["year"].min() if len(by_site) else 0
    newest = by_site[by_site["year"] == last].sort_values(
        "obs_value", ascending=False, kind="stable", ignore_index=True
    )
    counts = newest["obs_value"].astype(float)
    earlier = by_site.loc[by_site["year"] == first, "obs_value"].astype(float)
    start = pd.to_datetime(newest["year"].astype("Int64").astype(str), format="%Y")
    whole = pd.Series(counts.sum(), index=counts.index)
    return newest.assign(
        visits=counts,
        obs_value=share_pct(part=counts, whole=whole),
        rank=range(1, len(newest) + 1),
        hhi=concentration_hhi(counts),
        top_share_pct=top_share_pct(counts),
        first_year=first,
        first_hhi=concentration_hhi(earlier),
        first_top_share_pct=top_share_pct(earlier),
        period_start=start,
        period_end=start + pd.offsets.YearEnd(0),
        freq=YEAR,
        unit="percent",
    )


def _title(edition: Edition, frame: pd.DataFrame) -> Statement:
    if frame.empty:
        return Statement("tourism.concentration.title.empty")
    row = frame.iloc[0]
    values = {
        "names": listed(place_labels(edition, frame["place"].head(LARGEST))),
        "share": percent(row["top_share_pct"]),
        "year": str(int(row["year"])),
    }
    return Statement("tourism.concentration.title.top", values)


def _statements(found: PanelRows, frame: pd.DataFrame) -> tuple[Statement, ...]:
    if frame.empty:
        return ()
    row = frame.iloc[0]
    hhi = {"decimals": 0}
    values = {
        "hhi": Number(row["hhi"], "number", hhi),
        "first_hhi": Number(row["first_hhi"], "number", hhi),
        "year": str(int(row["year"])),
        "first_year": str(int(row["first_year"])),
        "first_share": percent(row["first_top_share_pct"]),
        "share": percent(row["top_share_pct"]),
    }
    kind = "course" if row["first_year"] != row["year"] else "single"
    return told([in_short(found), Statement(f"tourism.concentration.sentence.{kind}", values)])
