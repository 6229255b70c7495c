"""What is found in a file: faults of a cell or row, and reasons to refuse the whole file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from analytics.i18n import Formatter, text


class Severity(StrEnum):
    """An error blocks its row, a warning needs a tick, a note only tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


FINDING_COLUMNS: tuple[str, ...] = (
    "kind",
    "severity",
    "sheet",
    "row",
    "column",
    "found",
    "expected",
    "other_row",
    "other_batch",
)
# Findings that tell numbers which were computed or read, not texts as they stand in the file.
KINDS_OF_NUMBERS = frozenset(
    {
        "above_hundred",
        "changes_published",
        "columns_swapped",
        "commodities_left_out",
        "factor_ten",
        "groups_left_out",
        "jump",
        "negative",
        "not_whole",
        "nothing_harvested",
        "repeated",
        "rows_outside",
        "same_as_published",
        "search_queries_left_out",
        "slip_corrected",
        "slip_suspected",
        "slip_withdrawn",
        "source_missing",
        "sum_differs",
        "too_many_days",
        "yield_impossible",
        "yield_not_made",
    }
)
ADDRESS_COLUMNS: tuple[str, ...] = ("sheet", "row", "column")


@dataclass(frozen=True)
class Finding:
    """One finding. `kind` is a key below `ingest.finding`, which tells the cure.

    `row` counts from 1 as in a spreadsheet, 0 where the whole sheet or file is meant;
    `column` is the letter of a spreadsheet column. `other_row` and `other_batch` name the row
    that this one meets: of the same file, or of a batch that was published.
    """

    kind: str
    severity: str
    sheet: str
    row: int
    column: str
    found: str
    expected: str
    other_row: str = ""
    other_batch: str = ""

    def words(self, language: str, *, field: str = "") -> str:
        """The whole sentence: where, what was found, what was expected, how to mend it.

        `field` is the label of the field of a form, where the reader sees no cells.
        """
        address = {"sheet": self.sheet, "row": self.row, "column": self.column}
        where = field or text(_where_key(self), language, **address)
        told = [self.found, self.expected]
        if self.kind in KINDS_OF_NUMBERS:
            told = [_number_words(value, language) for value in told]
        return text(
            f"ingest.finding.{self.kind}", language, where=where, found=told[0], expected=told[1],
            other_row=self.other_row, other_batch=self.other_batch,
        )  # fmt: skip


def _number_words(value: str, language: str) -> str:
    """A number as people of that language write it; what is none stays as it is."""
    try:
        return Formatter(language).number(float(value))
    except ValueError:
        return value


def _where_key(finding: Finding) -> str:
    if not finding.row:
        return "ingest.where.sheet" if finding.sheet else "ingest.where.file"
    part = "cell" if finding.column else "row"
    return f"ingest.where.{part}" if finding.sheet else f"ingest.where.{part}_alone"


class FileRefused(ValueError):
    """The file cannot be taken at all: nothing of it was read into rows."""

    def __init__(self, kind: str, *, file: str, found: str = "", expected: str = "") -> None:
        self.kind = kind
        self.file = file
        self.found = found
        self.expected = expected
        super().__init__(self.words("en"))

    def words(self, language: str) -> str:
        """The sentence that tells what is wrong with the file and what to do."""
        return text(
            f"ingest.refused.{self.kind}",
            language,
            file=self.file,
            found=self.found,
            expected=self.expected,
        )


def no_findings() -> pd.DataFrame:
    """An empty frame of findings."""
    return pd.DataFrame({name: pd.Series(dtype=object) for name in FINDING_COLUMNS})


def findings_at(
    entries: pd.DataFrame,
    kind: str,
    severity: Severity,
    *,
    found: pd.Series | str = "",
    expected: pd.Series | str = "",
    other_row: pd.Series | str = "",
    other_batch: pd.Series | str = "",
) -> pd.DataFrame:
    """One finding for each row of `entries`, at its address."""
    if entries.empty:
        return no_findings()
    frame = entries[list(ADDRESS_COLUMNS)].copy()
    frame["kind"] = kind
    frame["severity"] = severity.value
    frame["found"] = found
    frame["expected"] = expected
    frame["other_row"] = other_row
    frame["other_batch"] = other_batch
    return frame[list(FINDING_COLUMNS)]


def finding_of_file(
    kind: str, severity: Severity, *, sheet: str = "", found: str = "", expected: str = ""
) -> pd.DataFrame:
    """One finding about a whole sheet or file."""
    values = (kind, severity.value, sheet, 0, "", found, expected, "", "")
    return pd.DataFrame([values], columns=list(FINDING_COLUMNS))


def joined(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Findings of several sources, each once, in order of sheet and row within a source."""
    kept = [part for part in parts if len(part)]
    if not kept:
        return no_findings()
    return pd.concat(kept, ignore_index=True).drop_duplicates(ignore_index=True)


def as_findings(frame: pd.DataFrame) -> list[Finding]:
    """The rows of a frame of findings."""
    return [
        Finding(kind, severity, sheet, int(row), column, *(str(told) for told in words))
        for kind, severity, sheet, row, column, *words in zip(
            *(frame[name] for name in FINDING_COLUMNS), strict=True
        )
    ]
