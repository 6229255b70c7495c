"""The mapping step: what the columns of a strange table seem to be, and the mapping chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from analytics.desk.answers import SheetHead
from analytics.ingest.datasets import DatasetForm
from analytics.ingest.findings import FileRefused
from analytics.ingest.grids import Book
from analytics.ingest.headings import HeadingReader
from analytics.ingest.profiles import Profile
from analytics.ingest.records import role_of
from analytics.ingest.region import Region

IGNORED, VALUE = "ignored", "value"
MEASURE = "measure:"
# Several columns may have these.
FREE_ROLES = frozenset({IGNORED, VALUE, "text"})
# What a column may be, in the order in which it is offered; measures follow.
COLUMN_ROLES: tuple[str, ...] = (
    IGNORED, VALUE, "area", "place", "item", "indicator", "period", "period_start", "period_end",
    "year", "month", "half", "unit", "source", "status", "text",
)  # fmt: skip
# What may be said for the whole table.
CONSTANT_ROLES: tuple[str, ...] = ("area", "item", "indicator", "unit", "year", "month", "period")


@dataclass(frozen=True)
class Chosen:
    """What a person chose: a role for each heading, units and items of measures, and what holds for
    all.
    """

    roles: Mapping[str, str]
    units: Mapping[str, str]
    constants: Mapping[str, str]
    zero_is_missing: bool = False
    items: Mapping[str, str] = field(default_factory=dict)


def header_of(rows: Sequence[Sequence[str]]) -> int:
    """The likeliest row of headings: the one with the most different texts that are no numbers."""

    def breadth(row: Sequence[str]) -> int:
        return len({cell for cell in row if cell and not _is_figure(cell)})

    return max(range(len(rows)), key=lambda at: (breadth(rows[at]), -at), default=0)


def _is_figure(cell: str) -> bool:
    return cell.replace(".", "").replace(",", "").replace(" ", "").strip("-").isdigit()


def headings_in(row: Sequence[str]) -> list[str]:
    """The headings that a row has, each once."""
    return list(dict.fromkeys(cell for cell in row if cell.strip()))


def suggested(headings: Sequence[str], region: Region, form: DatasetForm) -> dict[str, str]:
    """The role that each heading seems to have; `ignored` where it says nothing we know.

    A role that only one column can have goes to the first, as when the desk reads by itself.
    """
    found: dict[str, str] = {}
    for heading in headings:
        role = _suggested(heading, region, form)
        is_given = role in found.values() and role not in FREE_ROLES
        found[heading] = IGNORED if is_given else role
    return found


def _suggested(heading: str, region: Region, form: DatasetForm) -> str:
    role = role_of(heading)
    if role in COLUMN_ROLES:
        return role
    indicator = HeadingReader(region).indicator_in(heading)
    return f"{MEASURE}{indicator}" if indicator in form.indicators else IGNORED


def item_in(heading: str, region: Region) -> str:
    """The code of the item that a heading names; empty where it names none."""
    return HeadingReader(region).item_in(heading)


def beginning_of(sheets: Sequence[SheetHead], before: Profile | None) -> tuple[int, int]:
    """Positions of the sheet and its row of headings: where the mapping's stand, else the
    likeliest row of the first sheet.
    """
    wanted = set(before.headings) if before else set()
    found = (
        (at, row)
        for at, sheet in enumerate(sheets)
        for row, cells in enumerate(sheet.rows)
        if wanted and wanted <= set(cells)
    )
    return next(found, (0, header_of(sheets[0].rows)))


def said_before(heading: str, before: Profile) -> str:
    """The role that a mapping gave a heading; `ignored` for one that it does not name."""
    if heading in before.measures:
        return f"{MEASURE}{before.measures[heading]['indicator']}"
    role = before.columns.get(heading, IGNORED)
    return role if role in COLUMN_ROLES else IGNORED


def said_twice(chosen: Chosen) -> list[str]:
    """Roles that several columns have, though only one can: all but figures, texts, nothing, and
    measures that name their item.
    """
    given = [
        role for heading, role in chosen.roles.items()
        if role not in FREE_ROLES and not (role.startswith(MEASURE) and chosen.items.get(heading))
    ]  # fmt: skip
    return sorted({role for role in given if given.count(role) > 1})


def draft(book: Book, region: Region, form: DatasetForm) -> Profile:
    """A mapping to go on from: what the headings of the widest sheet seem to be, all of them named.

    Raises FileRefused where the file has no heading.
    """
    rows = [grid.head[header_of(grid.head)] for grid in book.grids]
    names = max((headings_in(row) for row in rows), key=len, default=[])
    if not names:
        raise FileRefused("no_heading", file=book.name)
    roles = suggested(names, region, form)
    found = profile_of(form.name, Chosen(roles, {}, {}))
    ignored = {name: IGNORED for name, role in roles.items() if role == IGNORED}
    return replace(found, columns={**found.columns, **ignored})


def profile_of(dataset: str, chosen: Chosen) -> Profile:
    """The mapping as a profile: `check --profile` reads the same."""
    columns = {
        heading: role
        for heading, role in chosen.roles.items()
        if role != IGNORED and not role.startswith(MEASURE)
    }
    measures = {
        heading: _measure(
            role.removeprefix(MEASURE), chosen.units.get(heading, ""), chosen.items.get(heading, "")
        )
        for heading, role in chosen.roles.items()
        if role.startswith(MEASURE)
    }
    constants = {role: words.strip() for role, words in chosen.constants.items() if words.strip()}
    return Profile(dataset, columns, measures, constants, chosen.zero_is_missing)


def _measure(indicator: str, unit: str, item: str) -> dict[str, str]:
    told = {"indicator": indicator, "unit": unit.strip(), "item": item.strip()}
    return {name: words for name, words in told.items() if words}


def has_figures(chosen: Chosen) -> bool:
    """Whether any column holds figures; without one there is nothing to bring in."""
    return any(
        role == VALUE or role == "text" or role.startswith(MEASURE)
        for role in chosen.roles.values()
    )
