"""The table of a figure on the picture to share: its first rows as cards, as many as fit.

A telephone holds no wide table. Each row has its name at the left, its value at the right and
what else it says in a line below; what is the same in every row stands in the picture's words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from analytics.figures.figure import Figure
from analytics.figures.picture import PictureRow, PictureRows
from analytics.figures.tables import NAME_ORDER, FigureTable, row_statuses
from analytics.i18n import MISSING, Formatter, text
from analytics.observations.status import ObsStatus

ROOM_PX = 1150  # for all rows, such that a picture stays near 1,920 pixels high
LINE_PX, GAP_PX = 42, 22
LETTERS_OF_NAME, LETTERS_OF_DETAIL = 32, 54
VALUE, WORDS, STATUS, SOURCE = "obs_value", "obs_text", "obs_status", "source_id"


@dataclass(frozen=True)
class TableParts:
    """The headings of a table by what they are on a card."""

    names: tuple[str, ...]
    value: str
    details: tuple[str, ...]


def picture_rows(figure: Figure, *, language: str) -> PictureRows:
    """The first rows of a figure's table, and in words how many more it has."""
    table = figure.table(language)
    words = table.words()
    parts = _parts(figure, table, words)
    shown = _as_many_as_fit(_cards(figure, table, words, parts))
    left = len(words) - len(shown)
    return PictureRows(
        names=" · ".join(parts.names),
        value=parts.value,
        rows=shown,
        more=text("figures.picture.more_rows", language, n=Formatter(language).number(left, 0))
        if left
        else "",
    )


def _parts(figure: Figure, table: FigureTable, words: pd.DataFrame) -> TableParts:
    """What names a row, what it says, and what else differs between rows."""
    column_of = table.columns
    by_column = {column: heading for heading, column in column_of.items()}
    naming = dict.fromkeys((*NAME_ORDER, figure.series, figure.category))
    names = [by_column[name] for name in naming if name in by_column and name != SOURCE]
    names = names or [by_column.get("period_start", words.columns[0])]
    value = by_column.get(VALUE, "")
    told = {*names, value}
    details = tuple(
        heading
        for heading in words.columns
        if heading not in told
        and column_of[heading] != SOURCE
        and (len(words) == 1 or column_of[heading] == WORDS or words[heading].nunique() > 1)
    )
    return TableParts(tuple(names), value, details)


def _cards(
    figure: Figure, table: FigureTable, words: pd.DataFrame, parts: TableParts
) -> Iterator[PictureRow]:
    is_normal = row_statuses(figure.frame.reset_index(drop=True)) == ObsStatus.NORMAL.value
    for (_, row), quiet in zip(words.iterrows(), is_normal, strict=True):
        yield PictureRow(
            name=" · ".join(filter(None, (row[heading] for heading in parts.names))),
            value=row[parts.value] if parts.value else "",
            details=" · ".join(_details(row, table, parts, is_normal=bool(quiet))),
        )


def _details(
    row: pd.Series, table: FigureTable, parts: TableParts, *, is_normal: bool
) -> Iterator[str]:
    for heading in parts.details:
        column, words = table.columns[heading], str(row[heading])
        if not words or words == MISSING or (column == STATUS and is_normal):
            continue
        yield words if column in (WORDS, STATUS, "period_start") else f"{heading}: {words}"


def _as_many_as_fit(cards: Iterable[PictureRow]) -> tuple[PictureRow, ...]:
    """At least one row, then as long as there is room; no further card is made."""
    shown: list[PictureRow] = []
    room = ROOM_PX
    for card in cards:
        room -= _height(card)
        if shown and room < 0:
            break
        shown.append(card)
    return tuple(shown)


def _height(card: PictureRow) -> int:
    lines = -(-(len(card.name) + len(card.value)) // LETTERS_OF_NAME)
    lines += -(-len(card.details) // LETTERS_OF_DETAIL)
    return lines * LINE_PX + GAP_PX
