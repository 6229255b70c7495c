"""Regional revenue from tourism (PAD): target, revised target, what came in."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import told
from analytics.figures.result import Result, Statement
from analytics.figures.sentences import written_number
from analytics.tourism.formulas import attainment_pct
from analytics.tourism.rows import BRANDING, YEAR, caveats_of, period_of, region_rows, sources_of
from analytics.tourism.words import known_indicator, percent, years_listed

ITEM = "pendapatan_pariwisata"
RUPIAH = "IDR"
REALISED, REALISED_SHARE = "tourism_pad_realised", "tourism_pad_realised_share"
# The revised target replaces the first one in the course of the year.
TARGETS = ("tourism_pad_target_revised", "tourism_pad_target", "tourism_pad_target_original")
ORDER = (
    "tourism_retribution_target",
    "tourism_pad_target_original",
    "tourism_pad_target",
    "tourism_pad_target_cut",
    "tourism_pad_target_revised",
    REALISED,
)


def revenue_report(edition: Edition, *, with_unverified: bool = False) -> Result:
    """Targets and realised revenue of the whole region, one row a year and account.

    Columns on the realised rows: `target_idr` (the revised target where there is one),
    `attainment_pct` computed, `stated_pct` as printed.
    """
    rows = region_rows(
        edition, BRANDING, with_unverified=with_unverified, item=ITEM, freq=YEAR, place=""
    )
    frame = _compared(rows[rows["unit"] == RUPIAH].reset_index(drop=True), rows)
    return Result(
        name="tourism_revenue",
        frame=frame,
        indicator=known_indicator(edition, REALISED),
        sources=sources_of(edition, frame),
        period=period_of(frame),
        edition=edition.stamp,
        title=_title(edition, frame),
        statements=_statements(edition, frame),
        caveats=caveats_of(edition, frame),
        notes=_notes(frame),
    )


def _compared(money: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    is_realised = money["indicator"] == REALISED
    target = money["year"].map(_target_of_year(money)).astype(float).where(is_realised)
    stated = rows[rows["indicator"] == REALISED_SHARE].set_index("year")["obs_value"]
    rank = {code: position for position, code in enumerate(ORDER)}
    return (
        money.assign(
            obs_value=money["obs_value"].astype(float),
            target_idr=target,
            attainment_pct=attainment_pct(realised=money["obs_value"].astype(float), target=target),
            stated_pct=money["year"].map(stated).astype(float).where(is_realised),
            _rank=money["indicator"].map(rank).fillna(0),
        )
        .sort_values(["year", "_rank"], kind="stable", ignore_index=True)
        .drop(columns="_rank")
    )


def _target_of_year(money: pd.DataFrame) -> pd.Series:
    by_year = [
        money[money["indicator"] == code].drop_duplicates("year").set_index("year")["obs_value"]
        for code in TARGETS
    ]
    target = by_year[0].astype(float)
    for other in by_year[1:]:
        target = target.combine_first(other.astype(float))
    return target


def _newest_realised(frame: pd.DataFrame) -> pd.Series | None:
    known = frame[(frame["indicator"] == REALISED) & frame["obs_value"].notna()]
    return known.iloc[-1] if len(known) else None


def _title(edition: Edition, frame: pd.DataFrame) -> Statement:
    row = _newest_realised(frame)
    if row is None:
        kind = "empty" if frame.empty else "targets"
        return Statement(f"tourism.revenue.title.{kind}")
    values: dict[str, object] = {
        "year": str(int(row["year"])),
        "value": written_number(row["obs_value"], known_indicator(edition, REALISED)),
    }
    if pd.isna(row["attainment_pct"]):
        return Statement("tourism.revenue.title.realised", values)
    share = percent(row["attainment_pct"])
    return Statement("tourism.revenue.title.attainment", values | {"share": share})


def _statements(edition: Edition, frame: pd.DataFrame) -> tuple[Statement, ...]:
    row = _newest_realised(frame)
    if row is None:
        return ()
    indicator = known_indicator(edition, REALISED)
    statements: list[Statement | None] = []
    if pd.notna(row["target_idr"]):
        values = {
            "year": str(int(row["year"])),
            "target": written_number(row["target_idr"], indicator),
        }
        statements.append(Statement("tourism.revenue.sentence.target", values))
    if pd.notna(row["stated_pct"]):
        stated = {"share": percent(row["stated_pct"])}
        statements.append(Statement("tourism.revenue.sentence.stated", stated))
    return told(statements)


def _notes(frame: pd.DataFrame) -> tuple[Statement, ...]:
    if frame.empty:
        return (Statement("tourism.revenue.note.empty_why"), Statement("tourism.note.empty_cure"))
    realised = set(frame.loc[frame["indicator"] == REALISED, "year"])
    first, last = int(frame["year"].min()), int(frame["year"].max())
    unknown = [year for year in range(first, last + 1) if year not in realised]
    if not unknown:
        return ()
    return (Statement("tourism.revenue.note.gap", {"years": years_listed(unknown)}),)
