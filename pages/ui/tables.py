"""Small tables as HTML: they wrap long words, and on a telephone nothing is cut at the right.

For tables that are read. Long ones that are sorted and searched stay `st.dataframe`.
"""

from __future__ import annotations

from collections.abc import Collection
from html import escape

import pandas as pd
import streamlit as st


def show_table(
    table: pd.DataFrame,
    *,
    label: str,
    numbers: Collection[str] = (),
    height: int | None = None,
    is_stacked: bool = False,
) -> None:
    """The table with every cell as text; columns in `numbers` stand at the right.

    `label` names it for those who do not see it. Higher than `height` pixels it scrolls.
    `is_stacked` sets the cells of a row below each other on a telephone, each with its heading.
    """
    st.html(table_html(table, label=label, numbers=numbers, height=height, is_stacked=is_stacked))


def table_html(
    table: pd.DataFrame,
    *,
    label: str,
    numbers: Collection[str] = (),
    height: int | None = None,
    is_stacked: bool = False,
) -> str:
    """The HTML of `show_table`; nothing in the cells is read as markup."""
    kinds = {name: " class='is-number'" if name in numbers else "" for name in table.columns}
    head = "".join(f"<th scope='col'{kinds[name]}>{escape(name)}</th>" for name in table.columns)
    body = "".join(_row(row, kinds) for row in table.astype(str).to_dict("records"))
    frame = "plain-table is-stacked" if is_stacked else "plain-table"
    scroll = f" style='max-height:{height}px' tabindex='0'" if height else ""
    return (
        f"<div class='{frame}' role='region' aria-label='{escape(label)}'{scroll}>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(cells: dict, kinds: dict[str, str]) -> str:
    """One row; its first cell is its heading."""
    first, *others = cells
    rest = "".join(
        f"<td{kinds[name]} data-heading='{escape(name)}'>{escape(cells[name])}</td>"
        for name in others
    )
    return f"<tr><th scope='row'>{escape(cells[first])}</th>{rest}</tr>"
