"""Small tables as HTML: they wrap long words, and on a telephone nothing is cut at the right.

For tables that are read. Long ones that are sorted and searched stay `st.dataframe`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import escape
from textwrap import shorten

import pandas as pd
import streamlit as st

FOLDED_FROM = 120  # letters: a longer cell shows its beginning until it is opened
SHOWN_LETTERS = 70
MOST_COLUMNS = 8  # more are set smaller


def show_table(
    table: pd.DataFrame,
    *,
    label: str,
    numbers: Collection[str] = (),
    whole: Collection[str] = (),
    links: Mapping[str, Sequence[str]] | None = None,
    height: int | None = None,
    is_stacked: bool = False,
) -> None:
    """The table with every cell as text; columns in `numbers` stand at the right.

    `label` names it for those who do not see it. Columns in `whole` never break a cell. `links`
    gives addresses by column; only those of the web become links. A very long cell is folded.
    Higher than `height` pixels it scrolls. `is_stacked`: on a telephone the cells of a row
    stand below its first one, each with its own heading.
    """
    st.html(
        table_html(
            table, label=label, numbers=numbers, whole=whole, links=links, height=height,
            is_stacked=is_stacked,
        )
    )  # fmt: skip


def table_html(
    table: pd.DataFrame,
    *,
    label: str,
    numbers: Collection[str] = (),
    whole: Collection[str] = (),
    links: Mapping[str, Sequence[str]] | None = None,
    height: int | None = None,
    is_stacked: bool = False,
) -> str:
    """The HTML of `show_table`; nothing in the cells is read as markup."""
    kinds = {name: _kind(name, numbers, whole) for name in table.columns}
    head = "".join(f"<th scope='col'{kinds[name]}>{escape(name)}</th>" for name in table.columns)
    first = table.columns[0]
    cells = {
        name: [_cell(cell, is_folded=name != first) for cell in table[name].astype(str)]
        for name in table.columns
    }
    for name, addresses in (links or {}).items():
        cells[name] = [_link(*pair) for pair in zip(cells[name], addresses, strict=True)]
    rows = zip(*cells.values(), strict=True)
    body = "".join(_row(dict(zip(cells, row, strict=True)), kinds) for row in rows)
    frame = "plain-table is-stacked" if is_stacked else "plain-table"
    is_wide = len(table.columns) > MOST_COLUMNS
    frame += " is-wide" if is_wide else ""
    scroll = f" style='max-height:{height}px'" if height else ""
    scroll += " tabindex='0'" if height or is_wide else ""  # what scrolls is reached by keys
    return (
        f"<div class='{frame}' role='region' aria-label='{escape(label)}'{scroll}>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _kind(name: str, numbers: Collection[str], whole: Collection[str]) -> str:
    if name in numbers:
        return " class='is-number'"
    return " class='is-whole'" if name in whole else ""


def _cell(words: str, *, is_folded: bool) -> str:
    if len(words) < FOLDED_FROM or not is_folded:
        return escape(words)
    beginning = shorten(words, SHOWN_LETTERS, placeholder="…")
    return f"<details><summary>{escape(beginning)}</summary>{escape(words)}</details>"


def _link(words: str, address: str) -> str:
    """The words, as a link where the address is one of the web."""
    if not address.startswith(("http://", "https://")):
        return words
    return f"<a href='{escape(address)}' target='_blank' rel='noopener'>{words}</a>"


def _row(cells: Mapping[str, str], kinds: Mapping[str, str]) -> str:
    """One row; its first cell is its heading."""
    first, *others = cells
    rest = "".join(
        f"<td{kinds[name]} data-heading='{escape(name)}'>{cells[name]}</td>" for name in others
    )
    return f"<tr><th scope='row'>{cells[first]}</th>{rest}</tr>"
