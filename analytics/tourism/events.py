"""Events around the region's name: slogans, launches, awards, festivals, by date."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import in_both
from analytics.figures.result import Label, Period, Result, Statement
from analytics.figures.sentences import written
from analytics.i18n import LANGUAGES
from analytics.tourism.rows import BRANDING, YEAR, caveats_of, own_rows, period_of, sources_of
from analytics.tourism.words import computed_indicator

BRAND, EVENTS, VILLAGES = "merek", "acara_budaya", "desa_wisata"
LANES = (BRAND, EVENTS, VILLAGES)
TEXT_UNIT = "text"
# Numbers that are themselves an event: the n-th festival, villages honoured, people who took part.
EVENT_UNITS = {EVENTS: ("edition", "person", "award"), VILLAGES: ("village", "award")}
BESIDE_AN_EVENT = ("event_cost", "event_visitors")
HELD = "event_held"


def events_report(edition: Edition, *, with_unverified: bool = False) -> Result:
    """One row an event, oldest first: texts, and numbers that are themselves an event.

    Columns `item` (the lane), `event` (a code of the row; see `event_labels`), `visitors` and
    `cost_idr` where a source gives them for the same event, `is_year_only`.
    """
    rows = own_rows(edition, BRANDING, with_unverified=with_unverified, item=list(LANES))
    frame = _events(rows)
    return Result(
        name="brand_events",
        frame=frame,
        indicator=computed_indicator("event", unit="event", decimals=0),
        sources=sources_of(edition, frame),
        period=_span(frame),
        edition=edition.stamp,
        title=_title(edition, frame),
        statements=_statements(frame),
        caveats=caveats_of(edition, frame),
        notes=_notes(frame),
    )


def _events(rows: pd.DataFrame) -> pd.DataFrame:
    has_text = rows["obs_text"].fillna("") != ""
    is_number = pd.Series(
        [row.unit in EVENT_UNITS.get(row.item, ()) for row in rows.itertuples()],
        index=rows.index,
        dtype=bool,
    )
    beside = rows["indicator"].isin(BESIDE_AN_EVENT)
    chosen = rows[(has_text | is_number) & ~beside].reset_index(drop=True)
    return chosen.assign(
        event=[f"event_{position}" for position in range(len(chosen))],
        is_year_only=chosen["freq"] == YEAR,
        visitors=_beside(rows, chosen, "event_visitors"),
        cost_idr=_beside(rows, chosen, "event_cost"),
    )


def _beside(rows: pd.DataFrame, events: pd.DataFrame, indicator: str) -> pd.Series:
    """What a source gives for the same days and area, beside events that were held."""
    key = ["ref_area", "place", "period_start", "period_end"]
    known = rows[rows["indicator"] == indicator].set_index(key)["obs_value"]
    keys = pd.MultiIndex.from_frame(events[key])
    found = known.reindex(keys).to_numpy(dtype=float) if len(known) else float("nan")
    values = pd.Series(found, index=events.index, dtype=float)
    return values.where(events["indicator"] == HELD)


def event_labels(edition: Edition, frame: pd.DataFrame) -> dict[str, Label]:
    """What each event is called, in both languages."""
    results = _result_texts(edition)
    return {row["event"]: _label(edition, row, results) for row in frame.to_dict("records")}


def _result_texts(edition: Edition) -> dict[str, Label]:
    """The pack's words for text results; without such a table the texts stand as they are."""
    table = edition.vocabulary.tables.get("result_texts")
    if table is None:
        return {}
    return {row.obs_text: Label(row.name_id, row.name_en) for row in table.itertuples()}


def _label(edition: Edition, row: Mapping[str, object], results: Mapping[str, Label]) -> Label:
    indicator = edition.vocabulary.indicator(str(row["indicator"]), unit=str(row["unit"]))
    words = str(row["obs_text"] or "")
    if words:
        result = results.get(words, Label(words, words))
    elif row["unit"] == "edition":
        number = str(int(row["obs_value"]))  # type: ignore[call-overload]
        return in_both("tourism.event.edition", name=indicator.name, n=number)
    else:
        values = [written(row["obs_value"], indicator, language) for language in LANGUAGES]  # type: ignore[arg-type]
        result = Label(*values)
    if row["indicator"] == HELD:
        return result
    place = str(row["place"])
    if place and not words:
        name = edition.vocabulary.place_name(place)
        result = Label(name, name)
    return in_both("tourism.event.named", name=indicator.name, result=result)


def _span(frame: pd.DataFrame) -> Period:
    dated = frame.assign(obs_value=1.0)
    return period_of(dated)


def _title(edition: Edition, frame: pd.DataFrame) -> Statement:
    if frame.empty:
        return Statement("tourism.events.title.empty")
    brand = frame[(frame["item"] == BRAND) & (frame["obs_text"] != "")]
    years = {
        "first_year": str(frame["period_start"].min().year),
        "last_year": str(frame["period_start"].max().year),
    }
    slogans = brand[brand["indicator"].str.contains("slogan")]
    if slogans.empty:
        return Statement("tourism.events.title.count", {"n": len(frame), **years})
    newest = slogans.iloc[-1]
    results = _result_texts(edition)
    slogan = results.get(newest["obs_text"], Label(newest["obs_text"], newest["obs_text"]))
    values = {"n": len(frame), "slogan": slogan, "year": str(newest["period_start"].year), **years}
    return Statement("tourism.events.title.slogan", values)


def _statements(frame: pd.DataFrame) -> tuple[Statement, ...]:
    if frame.empty:
        return ()
    counts = {lane: int((frame["item"] == lane).sum()) for lane in LANES}
    values = {"brand": counts[BRAND], "events": counts[EVENTS], "villages": counts[VILLAGES]}
    return (Statement("tourism.events.sentence.lanes", values),)


def _notes(frame: pd.DataFrame) -> tuple[Statement, ...]:
    if frame.empty:
        return (Statement("tourism.events.note.empty_why"), Statement("tourism.note.empty_cure"))
    year_only = int(frame["is_year_only"].sum())
    if not year_only:
        return ()
    return (Statement("tourism.events.note.year_only", {"n": year_only}),)
