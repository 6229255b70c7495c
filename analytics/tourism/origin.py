"""Foreign and domestic visits of the whole region by year."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import told
from analytics.figures.result import Number, Result, Statement
from analytics.figures.sentences import plain_number, written_number
from analytics.tourism.formulas import change_pct, share_pct
from analytics.tourism.rows import VISITS, caveats_of, period_of, sources_of
from analytics.tourism.words import direction, known_indicator, percent, years_listed
from analytics.tourism.years import DOMESTIC, FOREIGN, TOTAL, newest, with_gaps, yearly


def origin_report(edition: Edition, *, with_unverified: bool = False) -> Result:
    """Foreign visits by year, with domestic visits and the total beside them where stated.

    Columns `domestic`, `total` and `foreign_share_pct` (of the total, else of both parts).
    """
    rows = {
        name: yearly(edition, VISITS, indicator, with_unverified=with_unverified)
        for name, indicator in (("foreign", FOREIGN), ("domestic", DOMESTIC), ("total", TOTAL))
    }
    frame = with_gaps(rows["foreign"])
    beside = {name: rows[name].set_index("year")["obs_value"] for name in ("domestic", "total")}
    frame = frame.assign(**{name: frame["year"].map(column) for name, column in beside.items()})
    whole = frame["total"].fillna(frame["domestic"] + frame["obs_value"])
    frame = frame.assign(foreign_share_pct=share_pct(part=frame["obs_value"], whole=whole))
    frame = _with_changes(frame)
    used = pd.concat([frame, rows["domestic"]], ignore_index=True)
    return Result(
        name="foreign_visits_by_year",
        frame=frame,
        indicator=known_indicator(edition, FOREIGN),
        sources=sources_of(edition, used),
        period=period_of(frame),
        edition=edition.stamp,
        title=_origin_title(edition, frame),
        statements=_origin_statements(edition, frame),
        caveats=caveats_of(edition, used),
        notes=_origin_notes(frame),
    )


def _with_changes(frame: pd.DataFrame) -> pd.DataFrame:
    """Change against the last known year."""
    before = frame["obs_value"].ffill().shift()
    year = frame["year"].where(frame["obs_value"].notna()).ffill().shift()
    change = change_pct(before=before, after=frame["obs_value"])
    return frame.assign(before_value=before, before_year=year, change_pct=change)


def _origin_title(edition: Edition, frame: pd.DataFrame) -> Statement:
    row = newest(frame)
    if row is None:
        return Statement("tourism.origin.title.empty")
    values: dict[str, object] = {
        "year": str(int(row["year"])),
        "value": plain_number(row["obs_value"], known_indicator(edition, FOREIGN)),
    }
    kind = direction(row["change_pct"])
    if kind in ("up", "down"):
        values |= {
            "change": percent(abs(row["change_pct"])),
            "before": str(int(row["before_year"])),
        }
    return Statement(f"tourism.origin.title.{kind}", values)


def _origin_statements(edition: Edition, frame: pd.DataFrame) -> tuple[Statement, ...]:
    row = newest(frame)
    if row is None:
        return ()
    known = frame[frame["obs_value"].notna()]
    low = known.loc[known["obs_value"].idxmin()]
    indicator = known_indicator(edition, FOREIGN)
    statements: list[Statement | None] = []
    if pd.notna(row["foreign_share_pct"]):
        share = Number(row["foreign_share_pct"], "percent", {"decimals": 3})
        statements.append(Statement("tourism.origin.sentence.share", {"share": share}))
    if len(known) > 2 and low["year"] != row["year"]:
        values = {
            "year": str(int(low["year"])),
            "value": written_number(low["obs_value"], indicator),
        }
        statements.append(Statement("tourism.origin.sentence.lowest", values))
    both = frame[frame["domestic"].notna()]
    if len(both):
        last = both.iloc[-1]
        values = {
            "year": str(int(last["year"])),
            "value": written_number(last["domestic"], known_indicator(edition, DOMESTIC)),
        }
        statements.append(Statement("tourism.origin.sentence.domestic", values))
    return told(statements)


def _origin_notes(frame: pd.DataFrame) -> tuple[Statement, ...]:
    if frame.empty or frame["obs_value"].isna().all():
        return (Statement("tourism.origin.note.empty_why"), Statement("tourism.note.empty_cure"))
    unknown = [int(year) for year in frame.loc[frame["domestic"].isna(), "year"]]
    if not unknown:
        return ()
    return (Statement("tourism.origin.note.no_domestic", {"years": years_listed(unknown)}),)
