"""A briefing as data: the rows of all its figures in one long table, and its maps as GeoJSON.

One row a value. `measure` says which: `obs_value` is what the figure is about, the others are its
further columns (ends of a range, counts, words), each in rows of their own behind it, so that
figures of any shape share one table. Codes stand beside their names. Equal briefings give equal
bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from analytics.briefing.model import Briefing, Exhibit, Grid
from analytics.figures.figure import Figure
from analytics.figures.tables import RANGE_COLUMNS, FigureTable, row_statuses
from analytics.observations.status import ObsStatus
from analytics.publishing.figure_file import figure_about
from analytics.publishing.tables import (
    TRAINING_COLUMN,
    TRAINING_NOTICE,
    json_records,
    table_bytes,
)

VALUE = "obs_value"
COLUMNS = (
    "figure", "title", "row", "measure", "measure_name", "dataset", "ref_area", "area_name",
    "place", "place_name", "item", "item_name", "indicator", "indicator_name", "category",
    "category_code", "category_name", "series", "series_code", "series_name", "period_start",
    "period_end", "freq", "obs_value", "obs_text", "unit", "obs_status", "source_id", "caveat",
    "region", "edition",
)  # fmt: skip
NUMBERS = ("figure", "row", "edition")
NAMES = {"ref_area": "area_name", "place": "place_name", "item": "item_name",
         "indicator": "indicator_name"}  # fmt: skip
# Columns of a figure's table that are fields of the long table, not measures.
FIELDS = frozenset(
    {*NAMES, "period_start", VALUE, "obs_text", "obs_status", "correction", "source_id"}
)


def briefing_csv(briefing: Briefing) -> bytes:
    """The long table as CSV; each row of a training region says so."""
    return _table_file(briefing, "csv")


def briefing_parquet(briefing: Briefing) -> bytes:
    """The long table as Parquet: numbers as numbers, days as days."""
    return _table_file(briefing, "parquet")


def briefing_json(briefing: Briefing) -> bytes:
    """One object: the briefing, what is known of each figure, other tables in words, blanks,
    and all rows.
    """
    content: dict[str, object] = {
        **_head(briefing),
        "figures": [_about(exhibit, briefing.language) for exhibit in briefing.exhibits],
        "tables": [
            {
                "heading": grid.heading,
                "columns": grid.columns,
                "rows": grid.rows,
                "source": grid.source,
            }
            for section in briefing.sections
            for grid in section.parts
            if isinstance(grid, Grid)
        ],
        "blanks": [
            {"heading": gap.heading, "reason": gap.reason, "cure": gap.cure}
            for gap in briefing.gaps
        ],
        "rows": json_records(long_table(briefing)),
    }
    return _as_json(content)


def briefing_geojson(briefing: Briefing) -> bytes:
    """The figures that are maps: a feature a value, with the outline or the point it stands for.

    Areas without a value are there with null. A briefing without a map has no features.
    """
    features = [
        feature
        for exhibit in briefing.exhibits
        if exhibit.drawing is not None
        for feature in _features(exhibit, briefing)
    ]
    return _as_json({"type": "FeatureCollection", **_head(briefing), "features": features})


def long_table(briefing: Briefing) -> pd.DataFrame:
    """The rows of all figures with COLUMNS, in the order of the figures and of their rows."""
    rows = [row for exhibit in briefing.exhibits for row in exhibit_rows(exhibit, briefing)]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    texts = [name for name in COLUMNS if name not in (*NUMBERS, VALUE) and "period_" not in name]
    frame = frame.assign(**{name: frame[name].fillna("").astype(str) for name in texts})
    frame = frame.assign(**{name: frame[name].astype("int64") for name in NUMBERS})
    starts = {name: pd.to_datetime(frame[name]) for name in ("period_start", "period_end")}
    return frame.assign(obs_value=frame[VALUE].astype(float), **starts)


def exhibit_rows(exhibit: Exhibit, briefing: Briefing) -> Iterator[dict[str, Any]]:
    """The rows of one figure: for each row of its frame the value, then its further measures."""
    figure, language = exhibit.figure, briefing.language
    table = figure.table(language)
    frame = figure.frame.reset_index(drop=True).assign(obs_status=row_statuses(figure.frame))
    words, further = table.words(), _measures(figure, table)
    for place, row in enumerate(frame.to_dict("records")):
        fields = _fields(exhibit, row, place, language)
        yield fields
        for heading, code in further.items():
            told = _told(table, words, heading, place)
            if told is not None:
                named = {"measure": code, "measure_name": heading, "unit": _unit(figure, code)}
                yield fields | named | told


def _measures(figure: Figure, table: FigureTable) -> dict[str, str]:
    """Headings with the column each comes from, for columns that no field of a row holds."""
    drawn_by = {figure.series, figure.category}
    return {h: code for h, code in table.columns.items() if code not in FIELDS | drawn_by}


def _unit(figure: Figure, code: str) -> str:
    """The unit of a further measure: its own symbol, that of the value for ends of its range."""
    own = figure.result.indicator
    units = {column.name: column.unit for column in figure.columns}
    symbol = units.get(code)
    if code in RANGE_COLUMNS or (symbol is not None and symbol == own.unit_symbol):
        return own.unit
    return symbol.id if symbol is not None else ""


def _told(
    table: FigureTable, words: pd.DataFrame, heading: str, place: int
) -> dict[str, Any] | None:
    """A further measure: a number as a value, else its words; None where there is nothing."""
    cell = table.frame[heading].iloc[place]
    if pd.isna(cell) or cell == "":
        return None
    if heading in table.numbers:
        return {VALUE: float(cell), "obs_text": ""}
    return {VALUE: float("nan"), "obs_text": str(words[heading].iloc[place])}


def _fields(exhibit: Exhibit, row: Mapping[str, Any], place: int, language: str) -> dict[str, Any]:
    figure, result = exhibit.figure, exhibit.figure.result
    given = {
        "indicator": result.indicator.code,
        "unit": result.indicator.unit,
        "source_id": ";".join(source.source_id for source in result.sources),
        "caveat": " ".join(caveat.in_language(language) for caveat in result.caveats),
    }
    shown = {column.name for column in figure.columns}  # these tell of other columns
    fields = [name for name in row if name in COLUMNS and name not in shown & set(given)]
    known = given | {name: row[name] for name in fields if _is_known(row[name])}
    return {
        **dict.fromkeys(COLUMNS, None),
        **known,
        "figure": exhibit.number,
        "title": exhibit.heading,
        "row": place + 1,
        "measure": VALUE,
        "measure_name": result.indicator.name.in_language(language),
        **_names(figure, known, language),
        **_codes(figure, row, "category", language),
        **_codes(figure, row, "series", language),
        "region": result.edition.region,
        "edition": result.edition.number,
    }


def _is_known(cell: Any) -> bool:
    return not (cell is None or (pd.api.types.is_scalar(cell) and pd.isna(cell)))


def _names(figure: Figure, known: Mapping[str, Any], language: str) -> dict[str, str]:
    """Words for the codes of a row; those of its indicator where the figure has none of its own."""
    named = {
        to: figure.name_of(name, known[name], language)
        for name, to in NAMES.items()
        if known.get(name) and str(known[name]) in figure.names.get(name, {})
    }
    own = figure.result.indicator
    if known["indicator"] == own.code:
        named.setdefault("indicator_name", own.name.in_language(language))
    return named


def _codes(
    figure: Figure, row: Mapping[str, Any], role: str, language: str
) -> dict[str, str | None]:
    """What a row is drawn by: the column, its code and its words; empty without one."""
    column = figure.category if role == "category" else figure.series
    if column not in row or not _is_known(row[column]):
        return {role: None, f"{role}_code": None, f"{role}_name": None}
    code = str(row[column])
    return {
        role: column,
        f"{role}_code": code,
        f"{role}_name": figure.name_of(column, code, language),
    }


def _table_file(briefing: Briefing, file_format: str) -> bytes:
    return table_bytes(
        long_table(briefing), file_format=file_format, is_training=bool(briefing.band)
    )


# JSON ------------------------------------------------------------------------------------------


def _head(briefing: Briefing) -> dict[str, object]:
    """What holds for all rows; a training region's notice comes first."""
    cover, stamp = briefing.cover, briefing.stamp
    head: dict[str, object] = {TRAINING_COLUMN: TRAINING_NOTICE} if briefing.band else {}
    head |= {
        "title": cover.title,
        "office": cover.office,
        "hearing": cover.hearing,
        "day": cover.day,
        "region": stamp.region,
        "region_name": stamp.region_name.in_language(briefing.language),
        "edition": stamp.number,
        "published_on": stamp.published_on.isoformat(),
        "snapshot": briefing.frozen.snapshot if briefing.frozen else None,
        "sources": [
            {"number": line.number, "citation": line.citation, "address": line.address}
            for line in briefing.annex.sources
        ],
        "confirmations": list(briefing.annex.confirmations),
    }
    return head


def _about(exhibit: Exhibit, language: str) -> dict[str, object]:
    about = figure_about(exhibit.figure, language=language)
    return {
        "figure": exhibit.number,
        "title": exhibit.heading,
        "sentence": exhibit.sentence,
        "about": [{"name": name, "value": value} for name, value in about],
    }


def _as_json(content: Mapping[str, object]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, default=str, indent=1) + "\n").encode("utf-8")


# Maps ------------------------------------------------------------------------------------------


def _features(exhibit: Exhibit, briefing: Briefing) -> Iterator[dict[str, Any]]:
    """A feature for each value of the map, then for each area that has none."""
    long = long_table_of(exhibit, briefing)
    places = _positions(exhibit)
    values = long[long["measure"] == VALUE]
    further = dict(iter(long[long["measure"] != VALUE].groupby("row")))
    for properties in json_records(values):
        beside = further.get(properties["row"])
        measures = {} if beside is None else dict(_measured(json_records(beside)))
        yield _feature(
            _where(exhibit, properties, places), _marked(properties | measures, briefing)
        )
    if not places:
        yield from _without_value(exhibit, set(values["ref_area"]), briefing)


def long_table_of(exhibit: Exhibit, briefing: Briefing) -> pd.DataFrame:
    """The long table of one figure."""
    section = replace(briefing.sections[0], parts=(exhibit,))
    return long_table(replace(briefing, sections=(section,)))


def _measured(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    for row in rows:
        yield row["measure"], row[VALUE] if row[VALUE] is not None else row["obs_text"]


def _positions(exhibit: Exhibit) -> dict[str, tuple[float, float]]:
    """Longitude and latitude of each place that the map shows as a point."""
    assert exhibit.drawing is not None
    return {
        point.place: (point.longitude, point.latitude)
        for layer in exhibit.drawing.points
        for point in layer.points
    }


def _where(
    exhibit: Exhibit, properties: Mapping[str, Any], places: Mapping[str, tuple[float, float]]
) -> dict[str, Any] | None:
    """The geometry of a row: its place's point, its area's outline; None where neither is known."""
    if properties["place"] in places:
        return {"type": "Point", "coordinates": list(places[properties["place"]])}
    return None if places else _outline(exhibit, str(properties["ref_area"]))


def _outline(exhibit: Exhibit, code: str) -> dict[str, Any] | None:
    import shapely

    assert exhibit.drawing is not None
    try:
        area = exhibit.drawing.boundary.area(code)
    except KeyError:
        return None
    found: dict[str, Any] = json.loads(shapely.to_geojson(area.geometry))
    return found


def _without_value(
    exhibit: Exhibit, told: set[str], briefing: Briefing
) -> Iterator[dict[str, Any]]:
    assert exhibit.drawing is not None
    boundary, result = exhibit.drawing.boundary, exhibit.figure.result
    for code in boundary.codes:
        if code in told:
            continue
        properties = dict.fromkeys(COLUMNS, None) | {
            "figure": exhibit.number, "title": exhibit.heading, "measure": VALUE,
            "ref_area": code, "area_name": boundary.area(code).name,
            "indicator": result.indicator.code, "unit": result.indicator.unit,
            "obs_status": ObsStatus.MISSING.value, "region": result.edition.region,
            "edition": briefing.stamp.number,
        }  # fmt: skip
        yield _feature(_outline(exhibit, code), _marked(properties, briefing))


def _feature(geometry: object, properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": dict(properties), "geometry": geometry}


def _marked(properties: Mapping[str, Any], briefing: Briefing) -> dict[str, Any]:
    """Properties with the notice of a training region, which many programs read alone."""
    notice = {TRAINING_COLUMN: TRAINING_NOTICE} if briefing.band else {}
    return {**notice, **properties}
