"""Hotels as surveyed month by month: how full rooms are, and how long guests stay."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import told
from analytics.figures.result import Number, Result, Statement
from analytics.figures.sentences import written_number
from analytics.tourism.rows import (
    MONTH,
    caveats_of,
    joined_caveats,
    period_of,
    region_rows,
    sources_of,
    weakest_status,
)
from analytics.tourism.words import known_indicator

HOTEL_SURVEY = "hotel_survey"
OCCUPANCY, STAY = "hotel_room_occupancy", "length_of_stay"
PARTS = {
    OCCUPANCY: ("room_nights_occupied", "room_nights_available", 100.0),
    STAY: ("guest_nights", "guests", 1.0),
}


def hotel_report(edition: Edition, *, measure: str, with_unverified: bool = False) -> Result:
    """Room occupancy (percent) or mean stay (nights) by month, from the survey of hotels.

    Recomputed from its parts where both are known, else as stated. Columns `before_value`, the
    same month of the year before, and `change` against it: points, or nights.
    """
    frame = _monthly(edition, measure, with_unverified=with_unverified)
    indicator = known_indicator(edition, measure)
    title = Statement(f"money.hotel.{measure}.empty")
    if len(frame):
        row = frame.iloc[-1]
        values = {
            "value": written_number(row["obs_value"], indicator),
            "month": Number(row["period_start"].date(), "month"),
        }
        title = Statement(f"money.hotel.{measure}.title", values)
    return Result(
        name=f"survey_{measure}",
        frame=frame,
        indicator=indicator,
        sources=sources_of(edition, frame),
        period=period_of(frame),
        edition=edition.stamp,
        title=title,
        statements=_change(frame, measure),
        caveats=caveats_of(edition, frame),
        notes=() if len(frame) else (
            Statement("money.hotel.empty_why"), Statement("money.hotel.empty_cure"),
        ),
    )  # fmt: skip


def _monthly(edition: Edition, measure: str, *, with_unverified: bool) -> pd.DataFrame:
    rows = region_rows(edition, HOTEL_SURVEY, with_unverified=with_unverified, freq=MONTH)
    rows = rows[rows["obs_value"].notna()]
    above, below, factor = PARTS[measure]
    wide = rows.pivot_table(index="period_start", columns="indicator", values="obs_value")
    wide = wide.reindex(columns=[above, below, measure])
    value = (factor * wide[above] / wide[below].where(wide[below] > 0)).combine_first(wide[measure])
    value = value.dropna()
    about = rows[rows["indicator"].isin([above, below, measure])].groupby("period_start")
    before = value.reindex(value.index - pd.DateOffset(years=1)).to_numpy()
    frame = pd.DataFrame({"period_start": value.index, "obs_value": value.to_numpy()})
    groups = dict(iter(about))
    return frame.assign(
        before_value=before,
        change=frame["obs_value"] - before,
        period_end=frame["period_start"] + pd.offsets.MonthEnd(0),
        obs_status=[weakest_status(groups[d]["obs_status"]) for d in frame["period_start"]],
        source_id=[str(groups[d]["source_id"].iloc[0]) for d in frame["period_start"]],
        caveat=[joined_caveats(groups[d]) for d in frame["period_start"]],
        freq=MONTH,
    )


def _change(frame: pd.DataFrame, measure: str) -> tuple[Statement, ...]:
    if frame.empty or pd.isna(frame["change"].iloc[-1]):
        return ()
    change = float(frame["change"].iloc[-1])
    style = "points" if measure == OCCUPANCY else "number"
    options = {} if measure == OCCUPANCY else {"decimals": 2}
    values = {"change": Number(abs(change), style, options)}
    side = "up" if change >= 0 else "down"
    return told([Statement(f"money.hotel.{measure}.{side}", values)])
