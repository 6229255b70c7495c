"""What is wrong with a pack: where, what was found, what was expected, how to mend it."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.i18n import text


@dataclass(frozen=True)
class PackProblem:
    """One fault. `kind` is a key below `pack.problem`, which tells expectation and cure.

    `row` is the row of a table, counted with its header, or the feature of a boundary file;
    `field` the column of a table, or the entry of datapackage.json.
    """

    kind: str
    file: str
    row: str = ""
    field: str = ""
    found: str = ""
    expected: str = ""

    def words(self, language: str) -> str:
        """The whole sentence: file, row and column, what was found and what to do."""
        where = text(_where_key(self), language, file=self.file, row=self.row, field=self.field)
        return text(
            f"pack.problem.{self.kind}",
            language,
            where=where,
            found=self.found,
            expected=self.expected,
        )


class PackRefused(ValueError):
    """The pack is not loaded; every problem is listed, nothing was written."""

    def __init__(self, problems: list[PackProblem]) -> None:
        self.problems = problems
        super().__init__("\n".join(problem.words("en") for problem in problems))


def _where_key(problem: PackProblem) -> str:
    if problem.row and problem.kind.startswith("geometry_"):
        return "pack.where.feature"
    if problem.field and problem.file.endswith(".json"):
        return "pack.where.entry"
    if problem.row and problem.field:
        return "pack.where.row_and_field"
    if problem.row:
        return "pack.where.row"
    return "pack.where.field" if problem.field else "pack.where.file"
