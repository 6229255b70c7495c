"""Calendar of events: what is planned with the crowd to expect, and what came before."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import told
from analytics.figures.result import Label, Number, Result, Statement
from analytics.figures.sentences import written_number
from analytics.observations.status import ObsStatus
from analytics.tourism.event_days import event_rows
from analytics.tourism.rows import caveats_of, period_of, sources_of, weakest_status
from analytics.tourism.words import known_indicator

VISITORS = "event_visitors"
FEWEST_EDITIONS = 2


def calendar_report(edition: Edition, *, today: date, with_unverified: bool = False) -> Result:
    """Events that end today or later, the next one first: `obs_value` is the crowd to expect.

    It is the mean of past editions of the same name and site, at least two; `low` and `high`
    are their smallest and largest, `editions` their number. Otherwise it is missing: nobody
    is guessed. Column `event` is the name.
    """
    rows = event_rows(edition, with_unverified=with_unverified)
    is_ahead = rows["period_end"] >= pd.Timestamp(today)
    ahead = rows[is_ahead].reset_index(drop=True)
    past = rows[~is_ahead & rows["visitors"].notna()]
    frame = _with_expectation(ahead, past)
    return Result(
        name="event_calendar",
        frame=frame,
        indicator=known_indicator(edition, VISITORS),
        sources=sources_of(edition, rows),
        period=period_of(frame.assign(obs_value=1.0)),
        edition=edition.stamp,
        title=_title(frame),
        statements=_statements(edition, frame),
        caveats=caveats_of(edition, frame),
        notes=_notes(frame),
    )


def _with_expectation(ahead: pd.DataFrame, past: pd.DataFrame) -> pd.DataFrame:
    known = past.groupby(["name", "place"])["visitors"].agg(["mean", "min", "max", "count"])
    keys = pd.MultiIndex.from_frame(ahead[["name", "place"]])
    found = known.reindex(keys).reset_index(drop=True)
    enough = found["count"] >= FEWEST_EDITIONS
    status = [
        weakest_status([ObsStatus.ESTIMATED.value, own]) if is_enough else ObsStatus.MISSING.value
        for own, is_enough in zip(ahead["obs_status"], enough, strict=True)
    ]
    return ahead.assign(
        event=ahead["name"],
        obs_value=found["mean"].where(enough).astype(float),
        low=found["min"].where(enough).astype(float),
        high=found["max"].where(enough).astype(float),
        editions=found["count"].fillna(0).astype(int),
        obs_status=status,
        obs_text="",
        unit="visits",
    )


def _title(frame: pd.DataFrame) -> Statement:
    if frame.empty:
        return Statement("effects.calendar.title.empty")
    first = frame.iloc[0]
    values = {
        "n": len(frame),
        "event": Label(first["name"], first["name"]),
        "day": Number(first["period_start"].date(), "date"),
    }
    return Statement("effects.calendar.title.ahead", values)


def _statements(edition: Edition, frame: pd.DataFrame) -> tuple[Statement, ...]:
    known = frame[frame["obs_value"].notna()]
    if known.empty:
        return ()
    row = known.iloc[0]
    indicator = known_indicator(edition, VISITORS)
    values = {
        "event": Label(row["name"], row["name"]),
        "n": int(row["editions"]),
        **{
            name: written_number(row[column], indicator)
            for name, column in (("mean", "obs_value"), ("low", "low"), ("high", "high"))
        },
    }
    return told([Statement("effects.calendar.sentence", values)])


def _notes(frame: pd.DataFrame) -> tuple[Statement, ...]:
    if frame.empty:
        return (Statement("effects.calendar.empty_why"), Statement("effects.calendar.empty_cure"))
    unknown = int(frame["obs_value"].isna().sum())
    if not unknown:
        return ()
    return (Statement("effects.calendar.unknown", {"n": unknown}),)


def past_events_report(edition: Edition, *, today: date, with_unverified: bool = False) -> Result:
    """Visitors of every past event as its organisers counted them, oldest first.

    Columns `event` (a code a row), `name`, `cost_idr`, `cost_per_visitor`.
    """
    rows = event_rows(edition, with_unverified=with_unverified)
    rows = rows[rows["period_end"] < pd.Timestamp(today)].reset_index(drop=True)
    value = rows["visitors"].astype(float)
    frame = rows.assign(
        event=[f"{row.place}_{row.period_start:%Y-%m-%d}" for row in rows.itertuples()],
        obs_value=value,
        obs_text="",
        unit="visits",
        cost_per_visitor=rows["cost_idr"] / value.where(value > 0),
        obs_status=rows["obs_status"].where(value.notna(), ObsStatus.MISSING.value),
    )
    known = frame[frame["obs_value"].notna()]
    title = Statement("effects.past.empty")
    if len(known):
        top = known.loc[known["obs_value"].idxmax()]
        values = {
            "event": Label(top["name"], top["name"]),
            "year": str(top["period_start"].year),
            "value": written_number(top["obs_value"], known_indicator(edition, VISITORS)),
        }
        title = Statement("effects.past.title", values)
    return Result(
        name="past_events",
        frame=frame,
        indicator=known_indicator(edition, VISITORS),
        sources=sources_of(edition, frame),
        period=period_of(frame),
        edition=edition.stamp,
        title=title,
        statements=(Statement("effects.past.sentence", {"n": len(known)}),) if len(known) else (),
        caveats=caveats_of(edition, frame),
        notes=() if len(known) else (Statement("effects.calendar.empty_cure"),),
    )
