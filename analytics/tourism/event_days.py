"""Events with the days they were held, the site, visitors and cost, from the dataset `events`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.editions.edition import Edition
from analytics.tourism.events import HELD
from analytics.tourism.rows import own_rows

EVENTS = "events"
VISITORS, COST = "event_visitors", "event_cost"
KEY = ["ref_area", "place", "period_start", "period_end"]


@dataclass(frozen=True)
class EventDays:
    """One edition of an event. `code` stands in the address; what nobody said is missing."""

    code: str
    name: str
    place: str
    ref_area: str
    start: date
    end: date
    visitors: float
    cost_idr: float


def event_rows(edition: Edition, *, with_unverified: bool = False) -> pd.DataFrame:
    """One row an event, oldest first: KEY, `name`, `visitors`, `cost_idr` and the rows' columns."""
    rows = own_rows(edition, EVENTS, with_unverified=with_unverified)
    held = rows[rows["indicator"] == HELD]
    held = held[held["obs_text"].fillna("") != ""].reset_index(drop=True)
    return held.assign(
        name=held["obs_text"],
        visitors=_beside(rows, held, VISITORS),
        cost_idr=_beside(rows, held, COST),
    ).sort_values(["period_start", "place"], kind="stable", ignore_index=True)


def _beside(rows: pd.DataFrame, held: pd.DataFrame, indicator: str) -> pd.Series:
    told = rows[rows["indicator"] == indicator].drop_duplicates(KEY).set_index(KEY)["obs_value"]
    found = told.reindex(pd.MultiIndex.from_frame(held[KEY])).to_numpy(dtype=float)
    return pd.Series(found, index=held.index, dtype=float)


def event_days(edition: Edition, *, with_unverified: bool = False) -> tuple[EventDays, ...]:
    """All events, newest first."""
    rows = event_rows(edition, with_unverified=with_unverified)
    found = [
        EventDays(
            code=f"{row.place or row.ref_area}_{row.period_start:%Y-%m-%d}",
            name=str(row.name_said),
            place=str(row.place),
            ref_area=str(row.ref_area),
            start=row.period_start.date(),
            end=row.period_end.date(),
            visitors=float(row.visitors),
            cost_idr=float(row.cost_idr),
        )
        for row in rows.rename(columns={"name": "name_said"}).itertuples(index=False)
    ]
    return tuple(reversed(found))
