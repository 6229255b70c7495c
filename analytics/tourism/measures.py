"""Every other figure on tourism and the region's name, one measure at a time."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import in_both, told
from analytics.figures.result import Label, Result, Statement
from analytics.figures.sentences import written_number
from analytics.tourism.events import EVENT_UNITS
from analytics.tourism.formulas import change_pct
from analytics.tourism.holidays import STATED_LEBARAN
from analytics.tourism.lodging import OCCUPANCY
from analytics.tourism.mix import STATED_SHARE
from analytics.tourism.pace import CUMULATIVE
from analytics.tourism.revenue import ITEM as REVENUE
from analytics.tourism.rows import BRANDING, NO_PLACE, caveats_of, own_rows, period_of, sources_of
from analytics.tourism.targets import ATTAINMENT, OVER_TARGET
from analytics.tourism.totals import GROWTH, GROWTH_TARGET
from analytics.tourism.words import direction, percent
from analytics.tourism.years import TARGET

# Measures that have a figure of their own on the page.
SHOWN_ELSEWHERE = (TARGET, ATTAINMENT, OVER_TARGET, GROWTH, GROWTH_TARGET)
SHOWN_BY_PREFIX = (CUMULATIVE, STATED_LEBARAN, OCCUPANCY)
TEXT = "text"
AT = "@"


@dataclass(frozen=True)
class BrandMeasure:
    """One measure of the region or of one place. `code` stands in the address."""

    code: str
    indicator: str
    place: str
    name: Label
    periods: int


def brand_measures(edition: Edition, *, with_unverified: bool = False) -> tuple[BrandMeasure, ...]:
    """All measures without a figure of their own: the region's first, longest series first."""
    rows = _rows(edition, with_unverified=with_unverified)
    found = [
        BrandMeasure(
            code=f"{indicator}{AT}{place}" if place else str(indicator),
            indicator=str(indicator),
            place=str(place),
            name=_name(edition, str(indicator), str(place)),
            periods=int(group["period_start"].nunique()),
        )
        for (indicator, place), group in rows.groupby(["indicator", "place"])
    ]
    return tuple(sorted(found, key=lambda m: (m.place != NO_PLACE, -m.periods, m.name.id)))


def _rows(edition: Edition, *, with_unverified: bool) -> pd.DataFrame:
    rows = own_rows(edition, BRANDING, with_unverified=with_unverified)
    code = rows["indicator"].astype(str)
    is_shown = code.isin(SHOWN_ELSEWHERE) | (rows["item"] == REVENUE)
    is_shown |= code.str.startswith(SHOWN_BY_PREFIX) | code.str.match(STATED_SHARE)
    is_event = pd.Series(
        [row.unit in EVENT_UNITS.get(row.item, ()) for row in rows.itertuples()],
        index=rows.index,
        dtype=bool,
    )
    is_placed = (rows["place"] != NO_PLACE) | (rows["ref_area"] == edition.ref_area)
    is_number = (rows["unit"] != TEXT) & rows["obs_value"].notna()
    return rows[is_number & is_placed & ~is_shown & ~is_event].reset_index(drop=True)


def _name(edition: Edition, indicator: str, place: str) -> Label:
    name = edition.vocabulary.indicator(indicator).name
    if not place:
        return name
    spot = edition.vocabulary.place_name(place)
    if spot.lower() in name.id.lower():
        return name
    return in_both("tourism.measure.at_place", name=name, place=spot)


def measure_report(edition: Edition, *, measure: str, with_unverified: bool = False) -> Result:
    """All figures of one measure, oldest first, with `change_pct` against the figure before.

    Raises KeyError for a measure that is not offered.
    """
    offered = {m.code: m for m in brand_measures(edition, with_unverified=with_unverified)}
    chosen = offered[measure]
    rows = _rows(edition, with_unverified=with_unverified)
    own = rows[(rows["indicator"] == chosen.indicator) & (rows["place"] == chosen.place)]
    frame = own.reset_index(drop=True)
    before = frame["obs_value"].shift()
    frame = frame.assign(
        before_value=before, change_pct=change_pct(before=before, after=frame["obs_value"])
    )
    indicator = edition.vocabulary.indicator(chosen.indicator, unit=str(frame["unit"].iloc[-1]))
    last = frame.iloc[-1]
    values: dict[str, object] = {
        "name": chosen.name,
        "value": written_number(last["obs_value"], indicator),
        "period": period_of(last.to_frame().T),
    }
    return Result(
        name=f"brand_{chosen.code.replace(AT, '_').replace('-', '_')}",
        frame=frame,
        indicator=indicator,
        sources=sources_of(edition, frame),
        period=period_of(frame),
        edition=edition.stamp,
        title=Statement("tourism.measure.title", values),
        statements=told([_change(frame)]),
        caveats=caveats_of(edition, frame),
        parameters={"measure": chosen.code},
    )


def _change(frame: pd.DataFrame) -> Statement | None:
    """The change against the figure before, where both are of one source and step; no shares."""
    last = frame.iloc[-1]
    if pd.isna(last["change_pct"]) or last["unit"] in ("percent", "index"):
        return None
    if frame[["freq", "source_id"]].tail(2).duplicated().sum() == 0:
        return None
    kind = direction(last["change_pct"])
    values = {
        "change": percent(abs(last["change_pct"])),
        "before": period_of(frame.iloc[[-2]]),
    }
    return Statement(f"tourism.measure.{kind}", values)
