"""Checks of a whole pack before anything is written: schema, codes, units, keys, geometry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analytics.observations.status import ObsStatus
from analytics.observations.table import key_columns, split_codes
from analytics.pack.correction_checks import correction_problems
from analytics.pack.description import description_problems
from analytics.pack.layouts import raw_observations, wide_daily_columns
from analytics.pack.problems import PackProblem, PackRefused
from analytics.pack.reader import DESCRIPTOR, Pack, Resource, read_text_table
from analytics.pack.schema import MANY, schema_problems

ITEM_TABLES = ("commodities", "programmes")
# Key in datapackage.json -> kind of the code that stands there.
HEADLINE_CODES = {
    "dataset": "dataset",
    "ref_area": "area",
    "place": "place",
    "item": "item",
    "indicator": "indicator",
}
CODES_OF_A_FILE = {
    "caveats": "caveat",
    "basis_caveats": "caveat",
    "excluded_caveats": "caveat",
    "sources": "source",
    "source_ids": "source",
}
HOLE = "hole"


def check_pack(pack: Pack) -> None:
    """Raises PackRefused with every problem found (at most 50 of one file).

    What stands later is looked at only when what it builds on is sound.
    """
    problems = (
        description_problems(pack)
        or schema_problems(pack)
        or reference_problems(pack) + boundary_problems(pack)
        or _problems_of_datasets(pack)
    )
    if problems:
        raise PackRefused(problems)


def _problems_of_datasets(pack: Pack) -> list[PackProblem]:
    problems: list[PackProblem] = []
    for resource in pack.with_role("dataset"):
        problems += dataset_problems(pack, resource)[:MANY]
    return problems


def reference_problems(pack: Pack) -> list[PackProblem]:
    """Sources, areas, units and caveats that the pack names and no reference table knows."""
    problems = _unknown(pack, "indicators", "unit", "unknown_unit", _codes(pack, "units", "unit"))
    areas = _codes(pack, "areas", "area_code")
    problems += _unknown(pack, "places", "ref_area", "unknown_area", areas)
    places = _codes(pack, "places", "place")
    problems += _unknown(pack, "destinations", "place", "unknown_place", places)
    sources = _codes(pack, "sources", "source_id")
    for name in ("places", "destinations", "holidays"):
        problems += _unknown(pack, name, "source_id", "unknown_source", sources)
    licences = _codes(pack, "licences", "licence")
    problems += _unknown(pack, "sources", "licence", "unknown_licence", licences)
    return problems + _unknown_in_description(pack)


def _unknown_in_description(pack: Pack) -> list[PackProblem]:
    """Codes of the region, its headlines and its files that stand in datapackage.json."""
    region = pack.region
    named = [
        *((region[key], "area", key) for key in ("ref_area", "parent_area")),
        *((code, "area", "holes") for code in _listed(region, "holes")),
        *(
            (headline[key], kind, "headlines")
            for headline in _listed(region, "headlines")
            for key, kind in HEADLINE_CODES.items()
            if headline.get(key)
        ),
        *(
            (code, kind, resource.name)
            for resource in pack.resources
            for key, kind in CODES_OF_A_FILE.items()
            for code in _listed(resource.settings, key)
        ),
    ]
    known = _known_codes(pack)
    return [
        PackProblem(kind=f"unknown_{kind}", file=DESCRIPTOR, field=field, found=str(code))
        for code, kind, field in named
        if code not in known[kind]
    ]


def _listed(settings: Mapping[str, object], key: str) -> list[Any]:
    """What stands in a list, or the keys of a table; nothing where there is neither."""
    found = settings.get(key)
    return list(found) if isinstance(found, list | Mapping) else []


def _known_codes(pack: Pack) -> Mapping[str, set[str]]:
    """The codes of each kind that a row or the description may name."""
    return {
        "area": _codes(pack, "areas", "area_code"),
        "place": _codes(pack, "places", "place"),
        "item": set().union(*(_codes(pack, table, "item") for table in ITEM_TABLES)),
        "indicator": _codes(pack, "indicators", "indicator"),
        "unit": _codes(pack, "units", "unit"),
        "source": _codes(pack, "sources", "source_id"),
        "caveat": _codes(pack, "caveats", "caveat"),
        "dataset": {str(r.settings["dataset"]) for r in pack.with_role("dataset")},
    }


def _codes(pack: Pack, table: str, column: str) -> set[str]:
    return set(pack.table(table)[column]) if pack.has_resource(table) else set()


def _unknown(pack: Pack, table: str, column: str, kind: str, known: set[str]) -> list[PackProblem]:
    if not pack.has_resource(table):
        return []
    values = pack.table(table)[column]
    bad = values[~values.isin(known) & (values != "")]
    file = pack.resource(table).file
    return [
        PackProblem(kind=kind, file=file, row=str(row + 2), field=column, found=value)
        for row, value in bad.items()
    ]


def boundary_problems(pack: Pack) -> list[PackProblem]:
    """Unreadable, broken, overlapping, repeated, unknown or lacking outlines of every file."""
    problems: list[PackProblem] = []
    for resource in pack.with_role("boundary"):
        problems += _problems_of_boundary(pack, resource)[:MANY]
    return problems


def _problems_of_boundary(pack: Pack, resource: Resource) -> list[PackProblem]:
    from analytics.geography.boundaries import read_boundary

    level = str(resource.settings.get("level", ""))
    is_hole = level == HOLE
    of_level = _areas_of_level(resource, pack.table("areas"))
    holes = set(pack.region.get("holes", []))  # type: ignore[call-overload]
    try:
        read_boundary(
            resource.content,
            level=level,
            file=resource.file,
            known_codes=_codes(pack, "areas", "area_code") if is_hole else of_level,
            wanted_codes=holes if is_hole else of_level,
        )
    except PackRefused as refused:
        return refused.problems
    return []


def _areas_of_level(resource: Resource, areas: pd.DataFrame) -> set[str]:
    level = str(resource.settings.get("level", ""))
    parent = str(resource.settings.get("parent", ""))
    same = areas["level"].isin({level} if level != "kabupaten" else {"kabupaten", "kota"})
    return set(
        areas.loc[same & ((areas["parent_code"] == parent) if parent else True), "area_code"]
    )


def dataset_problems(pack: Pack, resource: Resource) -> list[PackProblem]:
    """Unknown codes, wrong units, impossible values, periods and statuses, repeated keys."""
    is_daily = resource.settings["layout"] == "wide_daily"
    lacking = _lacking_columns(resource) if is_daily else []
    if lacking:
        return lacking
    rows = raw_observations(resource)
    if rows.empty:
        return [PackProblem(kind="table_empty", file=resource.file)]
    problems = _code_problems(pack, resource, rows)
    problems += _unit_problems(pack, resource, rows)
    problems += _number_problems(resource, rows)
    problems += _period_problems(resource, rows)
    if is_daily:
        return problems or correction_problems(pack, resource)
    return problems + _status_problems(resource, rows) + _duplicate_problems(resource, rows)


def _lacking_columns(resource: Resource) -> list[PackProblem]:
    """Columns of a daily table that its description names and the file does not have."""
    items = [str(item) for item in _listed(resource.settings, "items")]
    named = [*wide_daily_columns(resource.settings).values(), *items]
    there = set(read_text_table(resource.path).columns)
    return [
        PackProblem(kind="column_lacking", file=resource.file, field=name)
        for name in named
        if name not in there
    ]


def _number_problems(resource: Resource, rows: pd.DataFrame) -> list[PackProblem]:
    """Values that are no numbers, such as NaN and INF: an empty cell is how missing is written."""
    numbers = pd.to_numeric(rows["obs_value"].replace("", "0"), errors="coerce")
    return _problems_at(resource, rows, ~np.isfinite(numbers), "type_number", "obs_value")


def _code_problems(pack: Pack, resource: Resource, rows: pd.DataFrame) -> list[PackProblem]:
    codes = _known_codes(pack)
    known = {
        "ref_area": ("unknown_area", codes["area"] | _lacking_area(resource)),
        "place": ("unknown_place", codes["place"] | {""}),
        "item": ("unknown_item", codes["item"]),
        "indicator": ("unknown_indicator", codes["indicator"]),
        "unit": ("unknown_unit", codes["unit"]),
        "source_id": ("unknown_source", codes["source"]),
        "obs_status": ("unknown_status", {status.value for status in ObsStatus}),
    }
    problems: list[PackProblem] = []
    for column, (kind, of_column) in known.items():
        problems += _problems_at(resource, rows, ~rows[column].isin(of_column), kind, column)
    unknown = rows["caveat"].map(lambda cell: ";".join(set(split_codes(cell)) - codes["caveat"]))
    bad = unknown != ""
    return problems + _problems_at(
        resource, rows.assign(caveat=unknown), bad, "unknown_caveat", "caveat"
    )


def _lacking_area(resource: Resource) -> set[str]:
    """Daily reports may lack their area: such rows are rejected one by one, not the whole pack."""
    return {""} if resource.settings["layout"] == "wide_daily" else set()


def _problems_at(
    resource: Resource, rows: pd.DataFrame, bad: pd.Series, kind: str, column: str
) -> list[PackProblem]:
    return [
        PackProblem(
            kind=kind, file=resource.file, row=str(row.source_row), field=column,
            found=str(getattr(row, column)),
        )
        for row in rows[bad].head(MANY).itertuples()
    ]  # fmt: skip


def _unit_problems(pack: Pack, resource: Resource, rows: pd.DataFrame) -> list[PackProblem]:
    """A value in kilograms under an indicator in hectares is a mixed-up column."""
    units = pack.table("units").set_index("unit")["base_unit"]
    indicators = pack.table("indicators").set_index("indicator")["unit"]
    wanted = rows["indicator"].map(indicators)
    comparable = wanted.isin(units.index) & rows["unit"].isin(units.index)
    free = wanted.eq("") | wanted.eq("any")
    bad = comparable & ~free & (rows["unit"].map(units) != wanted.map(units))
    return [
        PackProblem(
            kind="wrong_unit", file=resource.file, row=str(row.source_row), field="unit",
            found=str(row.unit), expected=str(indicators[row.indicator]),
        )
        for row in rows[bad].head(MANY).itertuples()
    ]  # fmt: skip


def _status_problems(resource: Resource, rows: pd.DataFrame) -> list[PackProblem]:
    is_missing = rows["obs_status"] == ObsStatus.MISSING
    has_nothing = (rows["obs_value"] == "") & (rows["obs_text"] == "")
    problems = _problems_at(
        resource, rows, has_nothing & ~is_missing, "value_missing", "obs_status"
    )
    return problems + _problems_at(
        resource, rows, (rows["obs_value"] != "") & is_missing, "value_present", "obs_value"
    )


def _period_problems(resource: Resource, rows: pd.DataFrame) -> list[PackProblem]:
    start, end = rows["period_start"], rows["period_end"]
    lacking = (start == "") & (rows["freq"] != "_U")
    problems = _problems_at(resource, rows.assign(period_start=rows["freq"]), lacking,
                            "period_missing", "period_start")  # fmt: skip
    reversed_ = (start != "") & (end != "") & (end < start)
    return problems + [
        PackProblem(
            kind="period_order", file=resource.file, row=str(row.source_row), field="period_end",
            found=str(row.period_end), expected=str(row.period_start),
        )
        for row in rows[reversed_].head(MANY).itertuples()
    ]  # fmt: skip


def _duplicate_problems(resource: Resource, rows: pd.DataFrame) -> list[PackProblem]:
    key = list(key_columns(str(resource.settings["dataset"])))
    first = rows.groupby(key, sort=False)["source_row"].transform("first")
    repeated = rows[rows.duplicated(key)]
    return [
        PackProblem(
            kind="duplicate_key", file=resource.file, row=str(row.source_row),
            found=str(first[row.Index]),
        )
        for row in repeated.head(MANY).itertuples()
    ]  # fmt: skip
