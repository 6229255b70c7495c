"""One area: its values over time, its neighbours, what is known of it, its codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analytics.agriculture.answers import (
    area_label,
    caveats_of,
    one_row_an_area,
    rows_of,
    sources_of,
    value_words,
)
from analytics.agriculture.formulas import change_pct, change_points, ranks_from_highest
from analytics.agriculture.levels import MapLevel, level_of_area, map_level
from analytics.agriculture.map_report import PERCENT_UNIT, direction
from analytics.agriculture.measures import Measure, measure_of, measures
from analytics.agriculture.methods import method_names
from analytics.agriculture.rows import CENTRE, COMMODITY_COUNT, MapRows, map_rows
from analytics.editions.edition import Edition
from analytics.figures.figure import Fact
from analytics.figures.names import in_both, listed
from analytics.figures.result import Label, Number, Result, Statement
from analytics.observations.concepts import Period
from analytics.observations.status import ObsStatus

PROFILE_MEASURES = (
    ("penduduk", "population"),
    ("wilayah", "land_area"),
    ("wilayah", "village_count"),
)


@dataclass(frozen=True)
class AreaProfile:
    """What an area is: codes of both lists, the area it belongs to, its seat, known figures."""

    code: str
    name: Label
    kind: Label
    bps_code: str
    parent: Label | None
    capital: str
    centres: tuple[Label, ...]
    facts: tuple[Fact, ...]


def area_profile(edition: Edition, *, area: str, with_unverified: bool = False) -> AreaProfile:
    """The profile of an area that lies on one of the levels. Raises KeyError for another."""
    level = level_of_area(edition, area)
    if level is None:
        raise KeyError(f"'{area}' lies on no level of the map.")
    row = edition.vocabulary.areas.loc[area]
    rows = map_rows(edition, level=level.code, with_unverified=with_unverified)
    return AreaProfile(
        code=area,
        name=area_label(edition, area),
        kind=level.kind,
        bps_code=str(row["bps_code"]),
        parent=area_label(edition, row["parent_code"]) if row["parent_code"] else None,
        capital=str(row["capital"]),
        centres=_centres(edition, rows, area),
        facts=_facts(edition, level, rows, area, with_unverified=with_unverified),
    )


def series_report(
    edition: Edition,
    *,
    level: str,
    item: str,
    indicator: str,
    period: str,
    area: str,
    with_unverified: bool = False,
) -> Result:
    """Values of one area over all periods of one length, a series for each method.

    Methods are never joined in one line: `method` tells them apart, `method_names` of the
    figure names them. Undated values have no place on a time axis and are left out.
    """
    measure = measure_of(
        edition, level=level, item=item, indicator=indicator, with_unverified=with_unverified
    )
    rows = map_rows(edition, level=level, with_unverified=with_unverified)
    frame = _series_frame(rows, measure, area=area, freq=measure.period(period).freq)
    dated = frame[frame["obs_value"].notna()]
    span = Period(None, None) if dated.empty else _span(dated)
    return Result(
        name=f"{area}_{item}_{indicator}_series",
        frame=frame,
        indicator=measure.indicator,
        sources=sources_of(edition, frame),
        period=span,
        edition=edition.stamp,
        title=_series_title(edition, measure, dated, area),
        statements=_series_statements(edition, measure, dated),
        caveats=caveats_of(edition, frame),
        notes=_series_notes(edition, measure, dated, area),
    )


def neighbours_report(
    edition: Edition,
    *,
    level: str,
    item: str,
    indicator: str,
    period: str,
    area: str,
    neighbours: tuple[str, ...],
    with_unverified: bool = False,
) -> Result:
    """One area beside the areas that share a border with it: value, rank among them."""
    shown = map_level(edition, level)
    measure = measure_of(
        edition, level=level, item=item, indicator=indicator, with_unverified=with_unverified
    )
    rows = map_rows(edition, level=level, with_unverified=with_unverified)
    whole = one_row_an_area(rows_of(rows, measure, period), shown, measure, period)
    together = whole[whole["ref_area"].isin([area, *neighbours])]
    frame = together.assign(rank=ranks_from_highest(together["obs_value"]))
    return Result(
        name=f"{area}_{item}_{indicator}_{period}_neighbours",
        frame=frame.reset_index(drop=True),
        indicator=measure.indicator,
        sources=sources_of(edition, frame),
        period=measure.period(period).period,
        edition=edition.stamp,
        title=_neighbours_title(edition, measure, frame, area, period),
        statements=_neighbours_statements(shown, frame),
        caveats=caveats_of(edition, frame),
        notes=_neighbours_notes(edition, frame, area),
    )


def _series_frame(rows: MapRows, measure: Measure, *, area: str, freq: str) -> pd.DataFrame:
    parts = []
    for part in (rows.chosen, rows.other_methods):
        is_asked = (
            (part["ref_area"] == area)
            & (part["item"] == measure.item)
            & (part["indicator"] == measure.indicator.code)
            & (part["freq"] == freq)
            & part["period_start"].notna()
        )
        parts.append(part[is_asked])
    frame = pd.concat([part for part in parts if len(part)] or parts[:1])
    ordered = frame.sort_values(["period_start", "method"], kind="stable")
    return ordered.reset_index(drop=True)


def _span(dated: pd.DataFrame) -> Period:
    first, last = dated["period_start"].min(), dated["period_end"].max()
    return Period(first.date(), last.date(), str(dated["freq"].iloc[0]))


def _main_series(dated: pd.DataFrame) -> pd.DataFrame:
    """The series of the method that gave most values."""
    return dated[dated["method"] == dated["method"].mode()[0]]


def _series_title(edition: Edition, measure: Measure, dated: pd.DataFrame, area: str) -> Statement:
    values: dict[str, object] = {
        "measure": measure.indicator.name,
        "area": area_label(edition, area),
    }
    if dated.empty:
        return Statement("agriculture.series.title.empty", values)
    main = _main_series(dated)
    first, last = main.iloc[0], main.iloc[-1]
    values |= {
        "first_period": _period(first),
        "last_period": _period(last),
        "value": value_words(last["obs_value"], measure),
    }
    if len(main) == 1:
        return Statement("agriculture.series.title.single", values)
    size = _change_between(first, last, measure)
    values["change"] = Number(abs(size), "points" if _is_share(measure) else "percent")
    return Statement(f"agriculture.series.title.{direction(size)}", values)


def _series_statements(
    edition: Edition, measure: Measure, dated: pd.DataFrame
) -> tuple[Statement, ...]:
    if dated.empty:
        return ()
    main = _main_series(dated)
    low, high = main.loc[main["obs_value"].idxmin()], main.loc[main["obs_value"].idxmax()]
    told = []
    if len(main) > 2:
        values = {
            "high": value_words(high["obs_value"], measure),
            "high_period": _period(high),
            "low": value_words(low["obs_value"], measure),
            "low_period": _period(low),
        }
        told.append(Statement("agriculture.series.sentence.range", values))
    if dated["method"].nunique() > 1:
        names = method_names(edition, dated).values()
        told.append(
            Statement("agriculture.series.sentence.methods", {"methods": listed(list(names))})
        )
    return tuple(told)


def _series_notes(
    edition: Edition, measure: Measure, dated: pd.DataFrame, area: str
) -> tuple[Statement, ...]:
    if len(dated):
        return ()
    values = {"measure": measure.indicator.name, "area": area_label(edition, area)}
    return (
        Statement("agriculture.series.note.why", values),
        Statement("agriculture.series.note.cure", values),
    )


def _change_between(first: pd.Series, last: pd.Series, measure: Measure) -> float:
    before, after = pd.Series([first["obs_value"]]), pd.Series([last["obs_value"]])
    if _is_share(measure):
        return float(change_points(before_pct=before, after_pct=after).iloc[0])
    return float(change_pct(before=before, after=after).fillna(0.0).iloc[0])


def _is_share(measure: Measure) -> bool:
    return measure.indicator.unit == PERCENT_UNIT


def _period(row: pd.Series | Mapping[str, Any]) -> Period:
    start, end = row["period_start"], row["period_end"]
    return Period(
        None if pd.isna(start) else start.date(), None if pd.isna(end) else end.date(), row["freq"]
    )


def _neighbours_title(
    edition: Edition, measure: Measure, frame: pd.DataFrame, area: str, period: str
) -> Statement:
    own = frame[frame["ref_area"] == area].iloc[0]
    values = {
        "measure": measure.indicator.name,
        "period": measure.period(period).period,
        "area": area_label(edition, area),
        "n": int(frame["obs_value"].notna().sum()),
    }
    if pd.isna(own["obs_value"]):
        return Statement("agriculture.neighbours.title.missing", values)
    values["rank"] = int(own["rank"])
    return Statement("agriculture.neighbours.title.rank", values)


def _neighbours_statements(level: MapLevel, frame: pd.DataFrame) -> tuple[Statement, ...]:
    missing = int(frame["obs_value"].isna().sum())
    if not missing or missing == len(frame):
        return ()
    values = {"n": missing, "total": len(frame), "kinds": level.kinds}
    return (Statement("agriculture.map.sentence.missing", values),)


def _neighbours_notes(edition: Edition, frame: pd.DataFrame, area: str) -> tuple[Statement, ...]:
    if frame["obs_value"].notna().any():
        return ()
    values = {"area": area_label(edition, area)}
    return (
        Statement("agriculture.neighbours.note.why", values),
        Statement("agriculture.neighbours.note.cure", values),
    )


def _facts(
    edition: Edition, level: MapLevel, rows: MapRows, area: str, *, with_unverified: bool
) -> tuple[Fact, ...]:
    """Newest known people, size and villages of the area, each with period, status, source."""
    known = {
        (measure.item, measure.indicator.code): measure
        for measure in measures(edition, level=level.code, with_unverified=with_unverified)
    }
    facts = (_fact(edition, rows, known[pair], area) for pair in PROFILE_MEASURES if pair in known)
    return tuple(fact for fact in facts if fact is not None)


def _fact(edition: Edition, rows: MapRows, measure: Measure, area: str) -> Fact | None:
    chosen = rows.chosen
    own = chosen[
        (chosen["ref_area"] == area)
        & (chosen["item"] == measure.item)
        & (chosen["indicator"] == measure.indicator.code)
        & chosen["obs_value"].notna()
    ]
    if own.empty:
        return None
    newest = own.sort_values("period_start", na_position="first", kind="stable").iloc[-1]
    return Fact(
        heading=measure.indicator.name,
        value=value_words(newest["obs_value"], measure),
        period=_period(newest),
        status=str(newest["obs_status"]),
        source=edition.vocabulary.source(str(newest["source_id"])),
    )


def _centres(edition: Edition, rows: MapRows, area: str) -> tuple[Label, ...]:
    """Commodities that a source names the area as a centre of."""
    chosen = rows.chosen
    own = chosen[
        (chosen["ref_area"] == area)
        & (chosen["indicator"] == CENTRE)
        & (chosen["unit"] != COMMODITY_COUNT)
        & (chosen["obs_status"] != ObsStatus.MISSING)
    ]
    return tuple(edition.vocabulary.item_name(item) for item in sorted(own["item"].unique()))


def profile_words(
    profile: AreaProfile, *, neighbours: Sequence[Label]
) -> tuple[tuple[Label, Label], ...]:
    """Heading and words of each line of the profile that is known."""
    lines = [
        ("code", Label(profile.code, profile.code)),
        ("bps_code", Label(profile.bps_code, profile.bps_code)),
        ("parent", profile.parent or Label("", "")),
        ("capital", Label(profile.capital, profile.capital)),
        ("neighbours", listed(list(neighbours))),
        ("centres", listed(list(profile.centres))),
    ]
    return tuple((in_both(f"agriculture.profile.{key}"), words) for key, words in lines if words.id)
