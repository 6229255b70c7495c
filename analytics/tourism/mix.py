"""Which kinds of destinations are visited: as sources state it, and as the panel shows it."""

from __future__ import annotations

import re

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import in_both, told
from analytics.figures.result import Label, Result, Statement
from analytics.tourism.formulas import share_pct
from analytics.tourism.panel_answers import (
    PanelChoice,
    PanelRows,
    answer,
    grouped,
    in_short,
    panel_rows,
)
from analytics.tourism.rows import BRANDING, YEAR, caveats_of, period_of, region_rows, sources_of
from analytics.tourism.site_months import common_cells
from analytics.tourism.words import computed_indicator, kind_label, percent

STATED_SHARE = re.compile(r"^(?:(?P<origin>domestic|foreign)_)?visits?_share_(?P<kind>[a-z]+)$")
ALL_VISITORS = "all"


def stated_mix_report(edition: Edition, *, with_unverified: bool = False) -> Result:
    """Shares of visits by kind of destination as sources print them, one row a share.

    Columns `origin` (domestic, foreign, all), `kind`, and `group`: origin and period together,
    the newest first. Shares of a group need not add to 100: sources leave kinds out.
    """
    frame = _stated_shares(edition, with_unverified=with_unverified)
    return Result(
        name="visits_by_kind_as_stated",
        frame=frame,
        indicator=computed_indicator("kind_share", unit="percent", decimals=2),
        sources=sources_of(edition, frame),
        period=period_of(frame),
        edition=edition.stamp,
        title=_stated_title(frame),
        statements=_stated_statements(frame),
        caveats=caveats_of(edition, frame),
        notes=_stated_notes(frame),
    )


def _stated_shares(edition: Edition, *, with_unverified: bool) -> pd.DataFrame:
    rows = region_rows(edition, BRANDING, with_unverified=with_unverified)
    parts = rows["indicator"].astype(str).str.extract(STATED_SHARE)
    shares = rows.assign(origin=parts["origin"].fillna(ALL_VISITORS), kind=parts["kind"])
    shares = shares[shares["kind"].notna()]
    spans = (
        shares["period_start"]
        .dt.strftime("%Y-%m-%d")
        .str.cat(shares["period_end"].dt.strftime("%Y-%m-%d"), sep="_")
    )
    return shares.assign(group=shares["origin"].str.cat(spans, sep="_")).sort_values(
        ["period_end", "origin", "obs_value"],
        ascending=[False, True, False],
        kind="stable",
        ignore_index=True,
    )


def group_labels(frame: pd.DataFrame) -> dict[str, Label]:
    """Words for the groups of a stated mix: who came, and when."""
    firsts = frame.drop_duplicates("group")
    return {
        row["group"]: in_both(
            f"tourism.mix.group.{row['origin']}",
            period=Label(*(period_of(row.to_frame().T).words(lang) for lang in ("id", "en"))),
        )
        for _, row in firsts.iterrows()
    }


def _leading(frame: pd.DataFrame) -> pd.Series | None:
    """The largest share of the newest group that is about domestic or all visitors."""
    wide = frame[frame["origin"] != "foreign"] if len(frame) else frame
    return wide.iloc[0] if len(wide) else None


def _stated_title(frame: pd.DataFrame) -> Statement:
    row = _leading(frame)
    if row is None:
        return Statement("tourism.mix.title.empty")
    values = {
        "kind": kind_label(row["kind"]),
        "share": percent(row["obs_value"]),
        "group": group_labels(frame)[row["group"]],
    }
    return Statement("tourism.mix.title.stated", values)


def _stated_statements(frame: pd.DataFrame) -> tuple[Statement, ...]:
    row = _leading(frame)
    if row is None:
        return ()
    same = frame[(frame["kind"] == row["kind"]) & (frame["origin"] == row["origin"])]
    foreign = frame[frame["origin"] == "foreign"]
    statements: list[Statement | None] = []
    if len(same) > 1:
        before = same.iloc[1]
        values = {
            "kind": kind_label(row["kind"]),
            "share": percent(before["obs_value"]),
            "group": group_labels(frame)[before["group"]],
        }
        statements.append(Statement("tourism.mix.sentence.before", values))
    if len(foreign):
        first = foreign.iloc[0]
        values = {
            "kind": kind_label(first["kind"]),
            "share": percent(first["obs_value"]),
            "group": group_labels(frame)[first["group"]],
        }
        statements.append(Statement("tourism.mix.sentence.foreign", values))
    return told(statements)


def _stated_notes(frame: pd.DataFrame) -> tuple[Statement, ...]:
    if frame.empty:
        return (Statement("tourism.mix.note.empty_why"), Statement("tourism.note.empty_cure"))
    sums = frame.groupby("group")["obs_value"].sum()
    return (Statement("tourism.mix.note.not_whole"),) if (sums < 99).any() else ()


def panel_mix_report(edition: Edition, *, choice: PanelChoice) -> Result:
    """Shares of visits by kind on the panel, one row a compared year and kind.

    Column `visits` holds the counts. Withheld when the panel holds one kind only: its share
    of the panel would say nothing about the region.
    """
    found = panel_rows(edition, choice)
    cells = common_cells(found.rows, found.panel)
    sums = grouped(cells, ["year", "kind"])
    whole = sums.groupby("year")["obs_value"].transform("sum").astype(float)
    start = pd.to_datetime(sums["year"].astype("Int64").astype(str), format="%Y")
    shares = sums.assign(
        visits=sums["obs_value"],
        obs_value=share_pct(part=sums["obs_value"].astype(float), whole=whole),
        period_start=start,
        period_end=start + pd.offsets.YearEnd(0),
        freq=YEAR,
        unit="percent",
    )
    is_one_kind = not shares.empty and shares["kind"].nunique() == 1
    frame = shares.head(0) if is_one_kind else shares
    return answer(
        edition,
        found,
        name="visits_by_kind_on_panel",
        frame=frame,
        indicator=computed_indicator("kind_share", unit="percent", decimals=1),
        title=_panel_title(frame),
        statements=_panel_statements(found, frame),
        notes=_one_kind_notes(shares) if is_one_kind else (),
    )


def _one_kind_notes(shares: pd.DataFrame) -> tuple[Statement, ...]:
    values = {"kind": kind_label(str(shares["kind"].iloc[0]))}
    return (
        Statement("tourism.mix.note.one_kind_why", values),
        Statement("tourism.mix.note.one_kind_cure"),
    )


def _panel_title(frame: pd.DataFrame) -> Statement:
    if frame.empty:
        return Statement("tourism.mix.title.panel_empty")
    newest = frame[frame["year"] == frame["year"].max()]
    row = newest.loc[newest["obs_value"].idxmax()]
    values = {
        "kind": kind_label(row["kind"]),
        "share": percent(row["obs_value"]),
        "year": str(int(row["year"])),
    }
    return Statement("tourism.mix.title.panel", values)


def _panel_statements(found: PanelRows, frame: pd.DataFrame) -> tuple[Statement, ...]:
    if frame.empty:
        return ()
    newest = frame[frame["year"] == frame["year"].max()]
    kind = str(newest.loc[newest["obs_value"].idxmax(), "kind"])
    same = frame[frame["kind"] == kind]
    first, last = same.iloc[0], same.iloc[-1]
    values = {
        "kind": kind_label(kind),
        "first": percent(first["obs_value"]),
        "first_year": str(int(first["year"])),
        "last": percent(last["obs_value"]),
        "last_year": str(int(last["year"])),
    }
    is_course = len(same) > 1
    course = Statement("tourism.mix.sentence.course", values) if is_course else None
    return told([in_short(found), course])
