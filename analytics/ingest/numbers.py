"""Numbers as offices write them, Indonesian and English, with nihil and tidak tersedia kept apart.

`240.224,41`, `"247,366.27"`, `26 811,0`, `240224.41`, `Rp12.000,-`, `(1.250)`, `1.234*`; a lone
hyphen is nihil, an ellipsis is not available, and neither is ever 0. Marks of BPS publications:
`*` provisional, `**` very provisional, `e` estimated, `r` revised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd


class Kind(StrEnum):
    """What a cell says."""

    NUMBER = "number"
    NIHIL = "nihil"
    NOT_AVAILABLE = "not_available"
    BELOW = "below"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    AMBIGUOUS = "ambiguous"
    FORMULA = "formula"


class Style(StrEnum):
    """How a file writes numbers: which mark stands before the decimals."""

    COMMA = "comma"
    DOT = "dot"
    EITHER = "either"  # nothing in the file decides; one point or comma before three digits
    MIXED = "mixed"


NIHIL_MARKS = frozenset("-–—−‐")
NOT_AVAILABLE_MARKS = frozenset(
    {"…", "..", "...", "....", "n.a", "n.a.", "na", "n/a", "nd", "tad", "t.a.d", "#n/a", "null"}
)
STATUS_OF_MARK = {"*": "P", "**": "P", "x": "P", "e": "E", "r": "A"}

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")
_SUPERSCRIPTS = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁾]+$")
_FOOTNOTE = re.compile(r"(?<=\d)\s+\(?\d\)$|(?<=\d)\s*\([a-z]\)$|(?<=\d)\s+[a-z]\)$")
_MARK = re.compile(r"(?<=\d)\s*(\*{1,2}|[rex])\)?$", re.IGNORECASE)
_CURRENCY = re.compile(r"^rp\.?\s*|,-+$|\s*%$", re.IGNORECASE)
_BELOW = re.compile(r"^<\s*\d+([.,]\d+)?$")
_PLAIN = re.compile(r"^-?\d+$")
_SPACED = re.compile(r"^-?\d{1,3}( \d{3})+([.,]\d+)?$")
# One separator that may part thousands as well as decimals.
_UNDECIDED = re.compile(r"^-?[1-9]\d{0,2}[.,]\d{3}$")
_THOUSANDS_DOT = re.compile(r"^-?[1-9]\d{0,2}(\.\d{3})+(,\d+)?$")
_THOUSANDS_COMMA = re.compile(r"^-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$")
_DECIMAL_DOT = re.compile(r"^-?\d*\.\d+$|^-?\d+\.$")
_DECIMAL_COMMA = re.compile(r"^-?\d*,\d+$")
_SCIENTIFIC = re.compile(r"^-?\d(\.\d+)?[eE][+-]?\d+$")


@dataclass(frozen=True)
class Cell:
    """One cell read: `value` is NaN for every kind but NUMBER; `status` is A, P or E."""

    kind: Kind
    value: float
    status: str = "A"


def read_numbers(
    texts: pd.Series, *, is_number: pd.Series | None = None, style: Style | None = None
) -> pd.DataFrame:
    """`kind`, `value` and `status` of every cell, in the series' index.

    Cells that the file stores as numbers (`is_number`) are taken as they are. How the others are
    written is decided over all of them together, unless `style` is known.
    """
    codes, cells = pd.factorize(texts.astype(object))
    stored = np.zeros(len(texts), bool) if is_number is None else is_number.to_numpy(bool)
    stored_codes = np.unique(codes[stored]) if stored.any() else np.array([], int)
    typed = [prepared(str(cell)) for cell in cells]
    written = np.setdiff1d(np.unique(codes), stored_codes)
    style = style or style_of(typed[code][0] for code in written)
    read = [_read(number, status, style) for number, status in typed]
    kinds = np.array([cell.kind.value for cell in read] or [""], dtype=object)
    values = np.array([cell.value for cell in read] or [np.nan])
    statuses = np.array([cell.status for cell in read] or ["A"], dtype=object)
    frame = pd.DataFrame(
        {"kind": kinds[codes], "value": values[codes], "status": statuses[codes]}, index=texts.index
    )
    return _with_stored(frame, texts, stored)


def _with_stored(frame: pd.DataFrame, texts: pd.Series, stored: np.ndarray) -> pd.DataFrame:
    if not stored.any():
        return frame
    numbers = pd.to_numeric(texts[stored], errors="coerce").astype(float)
    frame.loc[stored, "value"] = numbers
    frame.loc[stored, "kind"] = np.where(
        np.isfinite(numbers), Kind.NUMBER.value, Kind.UNREADABLE.value
    )
    frame.loc[stored, "status"] = "A"
    return frame


def prepared(text: str) -> tuple[str, str]:
    """The cell without currency, footnote and mark, and the status that the mark gives."""
    if text.isascii() and _PLAIN.match(text):
        return text, "A"
    cell = _SPACES.sub(" ", text).strip().replace("−", "-").lstrip("'")
    cell = _CURRENCY.sub("", _SUPERSCRIPTS.sub("", cell)).strip()
    cell = _FOOTNOTE.sub("", cell)
    mark = _MARK.search(cell)
    if mark:
        cell = cell[: mark.start()].strip()
    if cell.startswith("(") and cell.endswith(")") and any(sign.isdigit() for sign in cell):
        cell = "-" + cell[1:-1].strip()
    return cell, STATUS_OF_MARK[mark[1].lower()] if mark else "A"


def style_of(cells: Iterable[str]) -> Style:
    """How numbers are written, from every prepared cell that leaves no choice."""
    found: set[Style] = set()
    undecided: set[str] = set()
    for cell in cells:
        if _UNDECIDED.match(cell):
            undecided.add("." if "." in cell else ",")
        else:
            found |= _evidence(cell)
    if len(found) == 1:
        return found.pop()
    if found or len(undecided) == 2:
        return Style.MIXED
    return Style.EITHER


def _evidence(cell: str) -> set[Style]:
    if _PLAIN.match(cell) or not any(mark in cell for mark in ".,"):
        return set()
    if _SPACED.match(cell):
        return {Style.COMMA if "," in cell else Style.DOT}
    if _THOUSANDS_DOT.match(cell) or (_DECIMAL_COMMA.match(cell) and "." not in cell):
        return set() if _THOUSANDS_COMMA.match(cell) and cell.count(",") > 1 else {Style.COMMA}
    if _THOUSANDS_COMMA.match(cell) or _DECIMAL_DOT.match(cell):
        return {Style.DOT}
    return set()


def _read(cell: str, status: str, style: Style) -> Cell:
    kind = _kind_without_number(cell)
    if kind:
        return Cell(kind, np.nan, "A")
    if _PLAIN.match(cell) or _SCIENTIFIC.match(cell):
        return Cell(Kind.NUMBER, float(cell), status)
    if _SPACED.match(cell):
        return Cell(Kind.NUMBER, float(cell.replace(" ", "").replace(",", ".")), status)
    if _UNDECIDED.match(cell):
        return _undecided(cell, status, style)
    number = _decided(cell)
    return Cell(Kind.UNREADABLE, np.nan) if number is None else Cell(Kind.NUMBER, number, status)


def _kind_without_number(cell: str) -> Kind | None:
    lowered = cell.lower()
    if not cell:
        return Kind.EMPTY
    if cell in NIHIL_MARKS or lowered == "nihil":
        return Kind.NIHIL
    if lowered in NOT_AVAILABLE_MARKS:
        return Kind.NOT_AVAILABLE
    if _BELOW.match(cell):
        return Kind.BELOW
    return Kind.FORMULA if cell.startswith("=") else None


def _undecided(cell: str, status: str, style: Style) -> Cell:
    """`1.234`: thousands in a file that writes decimals otherwise or nowhere."""
    if style is Style.MIXED:
        return Cell(Kind.AMBIGUOUS, np.nan)
    decimal = {Style.COMMA: ",", Style.DOT: "."}.get(style)
    mark = "." if "." in cell else ","
    return Cell(Kind.NUMBER, float(cell.replace(mark, "." if mark == decimal else "")), status)


def _decided(cell: str) -> float | None:
    """A number whose writing leaves no choice; None for everything that is no number."""
    if _THOUSANDS_DOT.match(cell):
        return float(cell.replace(".", "").replace(",", "."))
    if _THOUSANDS_COMMA.match(cell):
        return float(cell.replace(",", ""))
    if _DECIMAL_DOT.match(cell):
        return float(cell)
    if _DECIMAL_COMMA.match(cell):
        return float(cell.replace(",", "."))
    return None
