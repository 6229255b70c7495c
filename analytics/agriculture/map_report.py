"""The map of one measure: value, rank, share and change of every area of a level."""

from __future__ import annotations

import pandas as pd

from analytics.agriculture.answers import (
    area_label,
    caveats_of,
    method_label,
    notes_on_rows,
    one_row_an_area,
    rows_of,
    short_name,
    sources_of,
    value_words,
)
from analytics.agriculture.comparison import compared
from analytics.agriculture.formulas import change, change_pct, ranks_from_highest, share_pct
from analytics.agriculture.levels import MapLevel, map_level, own_region
from analytics.agriculture.measures import Measure, measure_of, within_sentence
from analytics.agriculture.rows import ALL_COMMODITIES, YIELD, MapRows, map_rows
from analytics.editions.edition import Edition, region_label
from analytics.figures.names import listed
from analytics.figures.result import Label, Number, Result, Statement

PERCENT_UNIT = "percent"
LAND_AREA = "land_area"
RANGE_TOLD_FROM = 3
NAMES_TOLD = 3
# What adds up over areas; prices, rates and heights do not.
ADDITIVE_UNITS = frozenset(
    {"t", "ha", "km2", "head", "person", "village", "household", "tree", "visits"}
)


def map_report(
    edition: Edition,
    *,
    level: str,
    item: str,
    indicator: str,
    period: str,
    focus: str | None = None,
    with_unverified: bool = False,
) -> Result:
    """Every area of a level in one period: value, rank, share, change against the period before.

    One row an area, missing where nothing is known; values in the base unit. Sentences are
    about `focus`, else about the own region where it lies on this level. Columns beside those
    of the long table: `rank` (1 is the highest, equal values share the better one), `ranked`,
    `share_pct` (of the sum of all areas, when every one is known), `previous_value`, `change`,
    `change_pct`, `median_value`, `printed_value`, `reports`, `sites`.
    Raises UnknownLevel or UnknownMeasure.
    """
    shown = map_level(edition, level)
    measure = measure_of(
        edition, level=level, item=item, indicator=indicator, with_unverified=with_unverified
    )
    rows = map_rows(edition, level=level, with_unverified=with_unverified)
    frame = map_frame(rows, shown, measure, period)
    focus = focus if focus in shown.areas else own_region(edition, shown)
    return Result(
        name=f"{level}_{item}_{indicator}_{period}",
        frame=frame,
        indicator=measure.indicator,
        sources=sources_of(edition, frame),
        period=measure.period(period).period,
        edition=edition.stamp,
        title=_title(edition, shown, measure, frame, focus, period),
        statements=_statements(edition, shown, measure, frame, focus, period),
        caveats=caveats_of(edition, frame),
        notes=_notes(edition, shown, rows, measure, frame, period),
        parameters={"level": level, "item": item, "indicator": indicator, "period": period},
    )


def map_frame(rows: MapRows, level: MapLevel, measure: Measure, period: str) -> pd.DataFrame:
    """One row an area with rank, share and change."""
    frame = one_row_an_area(rows_of(rows, measure, period), level, measure, period)
    values = frame["obs_value"]
    previous = measure.before(period)
    pairs = compared(rows, measure, before=previous.code if previous else None, after=period)
    pairs = pairs.reindex(frame["ref_area"]).set_axis(frame.index)
    return frame.assign(
        rank=ranks_from_highest(values),
        ranked=int(values.notna().sum()),
        share_pct=_share(values, measure),
        median_value=values.median() if values.notna().any() else float("nan"),
        previous_value=pairs["before"],
        change=change(before=pairs["before"], after=pairs["after"]),
        change_pct=change_pct(before=pairs["before"], after=pairs["after"]),
    )


def _share(values: pd.Series, measure: Measure) -> pd.Series:
    """Share of the sum in percent, only of what adds up and only when every area is known."""
    is_whole = measure.indicator.unit in ADDITIVE_UNITS and bool(values.notna().all())
    return share_pct(part=values, whole=float(values.sum()) if is_whole else float("nan"))


def _title(
    edition: Edition,
    level: MapLevel,
    measure: Measure,
    frame: pd.DataFrame,
    focus: str | None,
    period: str,
) -> Statement:
    """What the map shows, as a sentence: who is highest and where the area in focus stands."""
    values: dict[str, object] = {
        "measure": measure.indicator.name,
        "period": measure.period(period).period,
        "kinds": level.kinds,
        "level": level.name,
        "total": len(level.areas),
    }
    known = frame[frame["obs_value"].notna()]
    if known.empty:
        return Statement("agriculture.map.title.empty", values)
    highest = known[known["rank"] == 1]
    values |= {
        "n": len(known),
        "count": len(highest),
        "top": _areas_at(edition, known, known["obs_value"].max(), level),
        "value": value_words(float(highest["obs_value"].iloc[0]), measure),
    }
    if measure.is_centre:
        return _centre_title(measure, values)
    if focus is None or len(known) == 1 or len(highest) > 1:
        return Statement(f"agriculture.map.title.{_plain_kind(known, highest)}", values)
    return _focus_title(edition, known, focus, values)


def _plain_kind(known: pd.DataFrame, highest: pd.DataFrame) -> str:
    if len(known) == 1:
        return "only"
    if len(highest) == len(known):
        return "equal"
    return "tied" if len(highest) > 1 else "top"


def _centre_title(measure: Measure, values: dict[str, object]) -> Statement:
    if measure.item == ALL_COMMODITIES:
        return Statement("agriculture.map.title.all_centres", values)
    item = Label(*(within_sentence(name) for name in (measure.item_name.id, measure.item_name.en)))
    return Statement("agriculture.map.title.centre", {**values, "item": item})


def _focus_title(
    edition: Edition, known: pd.DataFrame, focus: str, values: dict[str, object]
) -> Statement:
    own = known[known["ref_area"] == focus]
    values = {**values, "area": area_label(edition, focus)}
    if own.empty:
        return Statement("agriculture.map.title.focus_missing", values)
    rank = int(own["rank"].iloc[0])
    if rank == 1:
        return Statement("agriculture.map.title.focus_first", values)
    return Statement("agriculture.map.title.focus", {**values, "rank": rank})


def _statements(
    edition: Edition,
    level: MapLevel,
    measure: Measure,
    frame: pd.DataFrame,
    focus: str | None,
    period: str,
) -> tuple[Statement, ...]:
    """Rank, share and change of the area in focus, the range of all, and how many are missing."""
    known = frame[frame["obs_value"].notna()]
    if known.empty:
        return ()
    told: list[Statement | None] = []
    if focus is not None:
        told += _focus_statements(edition, level, measure, frame, focus, period)
    told += [
        _range(edition, measure, known, level),
        _basis(measure, known, level),
        _missing(frame, level),
        _method(edition, measure, frame),
    ]
    return tuple(statement for statement in told if statement is not None)


def _focus_statements(
    edition: Edition,
    level: MapLevel,
    measure: Measure,
    frame: pd.DataFrame,
    focus: str,
    period: str,
) -> list[Statement | None]:
    row = frame[frame["ref_area"] == focus].iloc[0]
    area = area_label(edition, focus)
    if pd.isna(row["obs_value"]):
        return [Statement("agriculture.map.sentence.area_missing", {"area": area})]
    return [
        _rank_statement(row, measure, area=area),
        _share_statement(row, level),
        change_statement(measure, row, period=period),
        _printed_statement(measure, row),
    ]


def _rank_statement(row: pd.Series, measure: Measure, *, area: Label) -> Statement | None:
    if row["ranked"] == 1:
        return None
    values = {
        "area": area,
        "rank": int(row["rank"]),
        "n": int(row["ranked"]),
        "value": value_words(row["obs_value"], measure),
    }
    return Statement("agriculture.map.sentence.rank", values)


def _share_statement(row: pd.Series, level: MapLevel) -> Statement | None:
    if pd.isna(row["share_pct"]):
        return None
    share = Number(row["share_pct"], "percent")
    values = {"share": share, "kinds": level.kinds, "level": level.name}
    return Statement("agriculture.map.sentence.share", values)


def change_statement(measure: Measure, row: pd.Series, *, period: str) -> Statement | None:
    """Change of one area against the period before, in points for percentages."""
    previous = measure.before(period)
    is_share = measure.indicator.unit == PERCENT_UNIT
    size = row["change" if is_share else "change_pct"]
    if previous is None or pd.isna(size):
        return None
    values = {
        "change": Number(abs(size), "points" if is_share else "percent"),
        "previous": previous.period,
        "before": value_words(row["previous_value"], measure),
    }
    return Statement(f"agriculture.map.sentence.{direction(size)}", values)


def direction(size: float) -> str:
    """`up`, `down` or `same` by the sign of a change."""
    return "up" if size > 0 else "down" if size < 0 else "same"


def _printed_statement(measure: Measure, row: pd.Series) -> Statement | None:
    if measure.indicator.code != YIELD or pd.isna(row["printed_value"]):
        return None
    values = {"printed": value_words(row["printed_value"], measure)}
    return Statement("agriculture.map.sentence.printed", values)


def _range(
    edition: Edition, measure: Measure, known: pd.DataFrame, level: MapLevel
) -> Statement | None:
    if len(known) < RANGE_TOLD_FROM or known["obs_value"].nunique() == 1 or measure.is_centre:
        return None
    low, high = known["obs_value"].min(), known["obs_value"].max()
    values = {
        "high_area": _areas_at(edition, known, high, level),
        "high": value_words(high, measure),
        "low_area": _areas_at(edition, known, low, level),
        "low": value_words(low, measure),
        "median": value_words(known["median_value"].iloc[0], measure),
    }
    return Statement("agriculture.map.sentence.range", values)


def _areas_at(
    edition: Edition, known: pd.DataFrame, value: float, level: MapLevel
) -> Label | Statement:
    """The areas with that value by name; only their number when they are many."""
    codes = known.loc[known["obs_value"] == value, "ref_area"]
    if len(codes) > NAMES_TOLD:
        return Statement("agriculture.list.count", {"n": len(codes), "kinds": level.kinds})
    return listed([area_label(edition, code) for code in codes])


def _basis(measure: Measure, known: pd.DataFrame, level: MapLevel) -> Statement | None:
    """On how many reports or sites the values rest."""
    if measure.is_centre:
        return Statement("agriculture.map.sentence.centre")
    for column in ("reports", "sites"):
        if known[column].notna().any():
            values = {"n": int(known[column].sum()), "known": len(known), "kinds": level.kinds}
            return Statement(f"agriculture.map.sentence.{column}", values)
    return None


def _missing(frame: pd.DataFrame, level: MapLevel) -> Statement | None:
    missing = int(frame["obs_value"].isna().sum())
    if not missing:
        return None
    values = {"n": missing, "total": len(frame), "kinds": level.kinds}
    return Statement("agriculture.map.sentence.missing", values)


def _method(edition: Edition, measure: Measure, frame: pd.DataFrame) -> Statement | None:
    method = method_label(edition, frame)
    if method is None or measure.is_about_areas or measure.is_centre:
        return None
    return Statement("agriculture.map.sentence.method", {"method": method})


def _notes(
    edition: Edition,
    level: MapLevel,
    rows: MapRows,
    measure: Measure,
    frame: pd.DataFrame,
    period: str,
) -> tuple[Statement, ...]:
    """Why nothing is shown and what to do, or what had to be left out and which basis is used."""
    if frame["obs_value"].isna().all():
        return _empty_notes(edition, level, measure)
    notes = list(notes_on_rows(edition, rows, measure, period))
    if measure.indicator.code == LAND_AREA:
        names = dict.fromkeys(short_name(source) for source in sources_of(edition, frame))
        sources = listed([Label(name, name) for name in names])
        notes.append(Statement("agriculture.note.area_basis", {"sources": sources}))
    return tuple(notes)


def _empty_notes(edition: Edition, level: MapLevel, measure: Measure) -> tuple[Statement, ...]:
    values = {
        "measure": measure.indicator.name,
        "kind": level.kind,
        "region": region_label(edition.descriptor),
    }
    return (
        Statement("agriculture.note.empty_why", values),
        Statement("agriculture.note.empty_cure", values),
    )
