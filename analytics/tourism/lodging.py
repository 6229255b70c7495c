"""How full hotel rooms are (TPK): by month where surveyed, else the few figures there are."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import told
from analytics.figures.result import Number, Result, Statement
from analytics.figures.sentences import written_number
from analytics.tourism.rows import (
    BRANDING,
    MONTH,
    caveats_of,
    period_of,
    region_rows,
    sources_of,
)
from analytics.tourism.words import known_indicator

ITEM = "hotel"
OCCUPANCY = "hotel_room_occupancy"
HOTELS, SAMPLED = "hotels_count", "hotels_sampled_for_occupancy"


def occupancy_report(edition: Edition, *, with_unverified: bool = False) -> Result:
    """Room occupancy in percent, one row a figure; the monthly series where there is one.

    Columns `hotels` and `sampled_hotels` (of the same year), `change_points` against the month
    before: shares change in points.
    """
    rows = region_rows(edition, BRANDING, with_unverified=with_unverified, item=ITEM)
    figures = rows[rows["indicator"].astype(str).str.startswith(OCCUPANCY)]
    monthly = figures[figures["freq"] == MONTH]
    frame = _with_hotels(monthly if len(monthly) else figures, rows)
    is_monthly = len(monthly) > 0
    before = frame["obs_value"].shift() if is_monthly else pd.Series(float("nan"), frame.index)
    frame = frame.assign(before_value=before, change_points=frame["obs_value"] - before)
    return Result(
        name="hotel_occupancy",
        frame=frame,
        indicator=known_indicator(edition, OCCUPANCY),
        sources=sources_of(edition, frame),
        period=period_of(frame),
        edition=edition.stamp,
        title=_title(edition, frame),
        statements=_statements(frame),
        caveats=caveats_of(edition, frame),
        notes=_notes(frame),
        parameters={"is_monthly": is_monthly},
    )


def _with_hotels(figures: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    counts = {
        name: rows[rows["indicator"] == code].drop_duplicates("year", keep="last")
        .set_index("year")["obs_value"]
        for name, code in (("hotels", HOTELS), ("sampled_hotels", SAMPLED))
    }  # fmt: skip
    frame = figures.reset_index(drop=True)
    return frame.assign(
        **{name: frame["year"].map(count).astype(float) for name, count in counts.items()}
    )


def _newest(frame: pd.DataFrame) -> pd.Series | None:
    """The newest figure; of several that end alike the one about the longest span."""
    known = frame[frame["obs_value"].notna()]
    if known.empty:
        return None
    plain = known[known["indicator"] == OCCUPANCY]
    return (plain if len(plain) else known).iloc[-1]


def _title(edition: Edition, frame: pd.DataFrame) -> Statement:
    row = _newest(frame)
    if row is None:
        return Statement("tourism.occupancy.title.empty")
    values = {
        "value": written_number(row["obs_value"], known_indicator(edition, OCCUPANCY)),
        "period": period_of(row.to_frame().T),
    }
    return Statement("tourism.occupancy.title.value", values)


def _statements(frame: pd.DataFrame) -> tuple[Statement, ...]:
    row = _newest(frame)
    if row is None:
        return ()
    return told([_change(row), _basis(row)])


def _change(row: pd.Series) -> Statement | None:
    if pd.isna(row["change_points"]):
        return None
    kind = "up" if row["change_points"] >= 0 else "down"
    values = {"change": Number(abs(row["change_points"]), "points")}
    return Statement(f"tourism.occupancy.sentence.{kind}", values)


def _basis(row: pd.Series) -> Statement | None:
    """On how many hotels the figure rests."""
    if pd.isna(row["sampled_hotels"]):
        return None
    n = int(row["sampled_hotels"])
    if pd.isna(row["hotels"]):
        return Statement("tourism.occupancy.sentence.sampled", {"n": n})
    return Statement("tourism.occupancy.sentence.sampled_of", {"n": n, "all": int(row["hotels"])})


def _notes(frame: pd.DataFrame) -> tuple[Statement, ...]:
    if frame.empty:
        return (Statement("tourism.occupancy.note.empty_why"), Statement("tourism.note.empty_cure"))
    if frame["sampled_hotels"].notna().any():
        return (Statement("tourism.occupancy.note.sample"),)
    return ()
