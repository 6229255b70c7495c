"""How a file writes its numbers: decided over all its cells, never cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import pandas as pd

# Added to a cell that reads both ways in a file that writes both: it is no number then.
DOUBTFUL = " (?)"


class Style(StrEnum):
    """The mark before decimals; `both` where the file uses one here and the other there."""

    POINT = "point"
    COMMA = "comma"
    BOTH = "both"


@dataclass(frozen=True)
class _Marks:
    """What numbers of one style look like. A group of thousands never begins with a zero:
    `0.123` can only be a fraction."""

    decimal: str
    thousands: str

    @property
    def groups(self) -> str:
        """One group of thousands or several: `1.234`, `1.234.567`."""
        return rf"-?[1-9]\d{{0,2}}(?:\{self.thousands}\d{{3}})+"

    @property
    def several_groups(self) -> str:
        return rf"-?[1-9]\d{{0,2}}(?:\{self.thousands}\d{{3}}){{2,}}"

    @property
    def fraction(self) -> str:
        return rf"(?:{self.groups}|-?\d*)\{self.decimal}\d+"


MARKS: Mapping[Style, _Marks] = MappingProxyType(
    {Style.POINT: _Marks(".", ","), Style.COMMA: _Marks(",", ".")}
)
OTHER: Mapping[Style, Style] = MappingProxyType(
    {Style.POINT: Style.COMMA, Style.COMMA: Style.POINT}
)


def number_style(columns: Iterable[pd.Series], *, delimiter: str) -> Style:
    """The style of a file from the cells (stripped text) of all its columns of numbers.

    `1.500` and `1,500` alone leave it open; then the delimiter decides: a file that is cut at
    commas cannot well have them as decimals, and one cut at semicolons is Excel's in Indonesian.
    """
    cells = pd.concat([pd.Series(dtype=object), *columns], ignore_index=True).astype(str)
    found = [style for style in MARKS if _is_certain(cells, style).any()]
    if found:
        return Style.BOTH if len(found) > 1 else found[0]
    if cells.str.fullmatch(MARKS[Style.POINT].groups).any():
        return Style.POINT if delimiter == "," else Style.COMMA
    has_points = cells.str.fullmatch(MARKS[Style.COMMA].groups).any()
    return Style.COMMA if delimiter == ";" and has_points else Style.POINT


def with_points(cells: pd.Series, style: Style) -> pd.Series:
    """Cells with a decimal point and without marks of thousands; what is no number stays.

    In a file of both styles a cell that reads both ways is marked as doubtful, and no number.
    """
    if style is not Style.BOTH:
        marks = MARKS[style]
        is_number = cells.str.fullmatch(marks.fraction) | cells.str.fullmatch(marks.groups)
        return cells.where(~is_number, _plain(cells, marks))
    read = cells
    for one, marks in MARKS.items():
        read = read.where(~_is_certain(cells, one), _plain(cells, marks))
        is_open = cells.str.fullmatch(marks.groups) & ~cells.str.fullmatch(marks.several_groups)
        read = read.where(~is_open, cells + DOUBTFUL)
    return read


def _is_certain(cells: pd.Series, style: Style) -> pd.Series:
    """Cells that can only be read in this style."""
    marks, other = MARKS[style], MARKS[OTHER[style]]
    is_fraction = cells.str.fullmatch(marks.fraction) & ~cells.str.fullmatch(other.groups)
    return is_fraction | cells.str.fullmatch(marks.several_groups)


def _plain(cells: pd.Series, marks: _Marks) -> pd.Series:
    plain = cells.str.replace(marks.thousands, "", regex=False)
    return plain.str.replace(marks.decimal, ".", regex=False)
