"""What the Frictionless library finds wrong with the files of a pack, in our words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from analytics.pack.problems import PackProblem
from analytics.pack.reader import DESCRIPTOR, Pack, Resource, read_text_table

MANY = 50
TYPES = frozenset({"number", "integer", "date", "boolean"})
CONSTRAINTS = frozenset({"required", "enum", "minimum", "maximum"})
# Table that a code is looked up in -> kind of an unknown one.
UNKNOWN_IN = {
    "areas": "unknown_area",
    "places": "unknown_place",
    "commodities": "unknown_item",
    "programmes": "unknown_item",
    "indicators": "unknown_indicator",
    "units": "unknown_unit",
    "sources": "unknown_source",
    "licences": "unknown_licence",
}
# What the library takes for a number, and a figure never is.
NO_NUMBER = re.compile(r"[+-]?(nan|inf)", re.IGNORECASE)
SAME_ROW_TWICE = frozenset({"primary-key", "unique-error"})
COLUMN_KINDS = frozenset({"column_lacking", "column_wrong", "column_extra"})
ROW_KINDS = frozenset({"cell_lacking", "row_blank"})


def schema_problems(pack: Pack) -> list[PackProblem]:
    """Missing columns, wrong types, broken rules, repeated keys, codes that nobody knows.

    At most 50 of one file. Of a file with wrong columns or a row with lacking cells only that
    is told: everything else about it follows from it.
    """
    from frictionless import FrictionlessException, Package, system

    try:
        with system.use_context(trusted=True):
            report = Package(str(pack.folder / DESCRIPTOR)).validate(limit_errors=MANY)
    except FrictionlessException as error:
        return [_of_descriptor(error.error)]
    problems = [_of_descriptor(error) for error in report.errors]
    for task in report.tasks:
        resource = pack.resource(task.name)
        found = [_problem(error, resource) for error in task.errors]
        problems += islice(_first_causes(found or _lacking_columns(resource)), MANY)
    return problems


def _lacking_columns(resource: Resource) -> list[PackProblem]:
    """Described columns that a file parted by commas lacks: the library also takes semicolons."""
    schema: Mapping[str, Any] = resource.descriptor.get("schema") or {}  # type: ignore[assignment]
    if resource.path.suffix != ".csv":
        return []
    there = set(read_text_table(resource.path).columns)
    return [
        PackProblem(kind="column_lacking", file=resource.file, field=str(field["name"]))
        for field in schema.get("fields", ())
        if field["name"] not in there
    ]


def _of_descriptor(error: Any) -> PackProblem:
    return PackProblem(kind="schema", file=DESCRIPTOR, found=str(error.note or error.message))


def _first_causes(found: Iterable[PackProblem]) -> list[PackProblem]:
    """Each problem once, without what only follows from another one."""
    problems = list(dict.fromkeys(found))
    of_columns = [problem for problem in problems if problem.kind in COLUMN_KINDS]
    if of_columns:
        return of_columns
    cut = {problem.row: problem for problem in reversed(problems) if problem.kind in ROW_KINDS}
    return [problem for problem in problems if cut.get(problem.row, problem) == problem]


def _problem(error: Any, resource: Resource) -> PackProblem:
    """One error of the library; what we have no words for keeps the library's."""
    if error.type in SAME_ROW_TWICE:
        return _same_row_twice(error, resource)
    if error.type == "foreign-key":
        return _unknown_code(error, resource)
    kind, found, expected = _cell_or_column(error)
    return PackProblem(
        kind=kind,
        file=resource.file,
        row=str(getattr(error, "row_number", "") or ""),
        field=str(getattr(error, "field_name", "") or ""),
        found=found,
        expected=expected,
    )


def _same_row_twice(error: Any, resource: Resource) -> PackProblem:
    """The key of a row that stood there before; a row without any key is a blank one."""
    first = re.search(r"row at position (\d+)", error.note)
    is_dataset = resource.settings.get("layout") == "observations"
    kind = "duplicate_key" if is_dataset else "duplicate_row"
    return PackProblem(
        kind=kind if first else "row_blank",
        file=resource.file,
        row=str(error.row_number),
        found=first[1] if first else "",
    )


def _unknown_code(error: Any, resource: Resource) -> PackProblem:
    table = error.reference_name or resource.name
    return PackProblem(
        kind=UNKNOWN_IN.get(table, "unknown_code"),
        file=resource.file,
        row=str(error.row_number),
        field=", ".join(error.field_names),
        found=", ".join(error.field_cells),
        expected=f"{table}.csv",
    )


def _cell_or_column(error: Any) -> tuple[str, str, str]:
    """Kind, what was found and what was expected."""
    cell = str(getattr(error, "cell", "") or "")
    label = str(getattr(error, "label", "") or "")
    simple: Mapping[str, tuple[str, str, str]] = {
        "blank-row": ("row_blank", "", ""),
        "missing-cell": ("cell_lacking", "", ""),
        "extra-cell": ("cell_extra", cell, ""),
        "missing-label": ("column_lacking", "", ""),
        "incorrect-label": ("column_wrong", label, ""),
        "extra-label": ("column_extra", label, ""),
    }
    if error.type == "type-error":
        name = error.note.removeprefix('type is "').split("/")[0]
        return (f"type_{name}" if name in TYPES else "type"), cell, name
    if error.type == "constraint-error":
        return _broken_rule(cell, error.note)
    return simple.get(error.type, ("schema", str(error.message), ""))


def _broken_rule(cell: str, note: str) -> tuple[str, str, str]:
    """The library's note reads: constraint "enum" is "['A', 'B']"."""
    rule = re.match(r'constraint "(\w+)" is "?(.*?)"?$', note)
    name, limit = rule.groups() if rule else ("", note)
    if NO_NUMBER.fullmatch(cell):
        return "type_number", cell, ""
    if name not in CONSTRAINTS:
        return "constraint", cell, f"{name}: {limit}" if name else limit
    return f"constraint_{name}", cell, re.sub(r"[\[\]']", "", limit)
