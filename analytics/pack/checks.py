"""Checks of a whole pack before anything is written: schema, codes, units, keys, geometry."""

from __future__ import annotations

import pandas as pd

from analytics.observations.status import ObsStatus
from analytics.observations.table import KEY_COLUMNS, split_codes
from analytics.pack.layouts import raw_observations
from analytics.pack.problems import PackProblem, PackRefused
from analytics.pack.reader import Pack, Resource

ITEM_TABLES = ("commodities", "programmes")
# Frictionless error type -> our problem kind; all others become `schema`.
SCHEMA_KINDS = {"type-error": "type", "constraint-error": "constraint"}
MANY = 50
HOLE = "hole"


def check_pack(pack: Pack) -> None:
    """Raises PackRefused with every problem found (at most 50 of one file)."""
    problems = schema_problems(pack)
    if not problems:
        problems = reference_problems(pack) + boundary_problems(pack)
    if not problems:
        for resource in pack.with_role("dataset"):
            problems += dataset_problems(pack, resource)[:MANY]
    if problems:
        raise PackRefused(problems)


def schema_problems(pack: Pack) -> list[PackProblem]:
    """What the frictionless library finds: missing columns, wrong types, broken constraints."""
    from frictionless import Package, system

    with system.use_context(trusted=True):
        report = Package(str(pack.folder / "datapackage.json")).validate(limit_errors=MANY)
    problems = [
        _schema_problem(task.place or task.name, error)
        for task in report.tasks
        for error in task.errors
    ]
    return problems + [_schema_problem("datapackage.json", error) for error in report.errors]


def _schema_problem(place: str, error: object) -> PackProblem:
    kind = SCHEMA_KINDS.get(getattr(error, "type", ""), "schema")
    expected = str(getattr(error, "note", ""))
    return PackProblem(
        kind=kind,
        file=place.rsplit("/", maxsplit=1)[-1],
        row=str(getattr(error, "row_number", "") or ""),
        field=str(getattr(error, "field_name", "") or ""),
        found=str(getattr(error, "cell", "")) if kind != "schema" else str(error.message),  # type: ignore[attr-defined]
        expected=expected.removeprefix("type is ").strip('"'),
    )


def reference_problems(pack: Pack) -> list[PackProblem]:
    """Sources, areas, units and caveats that reference tables name and nobody knows."""
    problems = _unknown(pack, "indicators", "unit", "unknown_unit", _codes(pack, "units", "unit"))
    areas = _codes(pack, "areas", "area_code")
    problems += _unknown(pack, "places", "ref_area", "unknown_area", areas)
    places = _codes(pack, "places", "place")
    problems += _unknown(pack, "destinations", "place", "unknown_place", places)
    sources = _codes(pack, "sources", "source_id")
    for name in ("places", "destinations", "holidays"):
        problems += _unknown(pack, name, "source_id", "unknown_source", sources)
    return problems


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
    """Unknown codes, wrong units, impossible periods and statuses, duplicate keys of a dataset."""
    rows = raw_observations(resource)
    problems = _code_problems(pack, resource, rows)
    problems += _unit_problems(pack, resource, rows)
    problems += _status_problems(resource, rows)
    problems += _period_problems(resource, rows)
    if resource.settings["layout"] == "observations":
        problems += _duplicate_problems(resource, rows)
    return problems


def _code_problems(pack: Pack, resource: Resource, rows: pd.DataFrame) -> list[PackProblem]:
    items: set[str] = set()
    for table in ITEM_TABLES:
        items |= _codes(pack, table, "item")
    known = {
        "ref_area": ("unknown_area", _codes(pack, "areas", "area_code") | _lacking_area(resource)),
        "place": ("unknown_place", _codes(pack, "places", "place") | {""}),
        "item": ("unknown_item", items),
        "indicator": ("unknown_indicator", _codes(pack, "indicators", "indicator")),
        "unit": ("unknown_unit", _codes(pack, "units", "unit")),
        "source_id": ("unknown_source", _codes(pack, "sources", "source_id")),
        "obs_status": ("unknown_status", {status.value for status in ObsStatus}),
    }
    problems: list[PackProblem] = []
    for column, (kind, codes) in known.items():
        problems += _problems_at(resource, rows, ~rows[column].isin(codes), kind, column)
    caveats = _codes(pack, "caveats", "caveat")
    unknown = rows["caveat"].map(lambda cell: ";".join(set(split_codes(cell)) - caveats))
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
    if resource.settings["layout"] != "observations":
        return []
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
    key = list(KEY_COLUMNS)
    first = rows.groupby(key, sort=False)["source_row"].transform("first")
    repeated = rows[rows.duplicated(key)]
    return [
        PackProblem(
            kind="duplicate_key", file=resource.file, row=str(row.source_row),
            found=str(first[row.Index]),
        )
        for row in repeated.head(MANY).itertuples()
    ]  # fmt: skip
