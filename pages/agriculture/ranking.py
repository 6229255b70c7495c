"""The ranking beside the map: a short table that keeps the area in focus in view."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from analytics.agriculture.ranking import RankedArea
from analytics.figures.result import Indicator
from analytics.figures.sentences import status_words
from analytics.observations.status import ObsStatus
from pages.ui.state import language, say

STYLE = """<style>
.ranking{max-height:HEIGHTpx;overflow:auto;border:1px solid var(--line);border-radius:.5rem;
background:var(--surface);font-variant-numeric:tabular-nums;font-size:.875rem}
.ranking table{width:100%;border-collapse:separate;border-spacing:0}
.ranking th,.ranking td{padding:.3rem .6rem;text-align:left;border-bottom:1px solid var(--line)}
.ranking th{position:sticky;top:0;z-index:1;background:var(--surface);
color:var(--quiet);font-weight:600}
.ranking th:last-child,.ranking td:last-child,.ranking td:first-child{text-align:right}
.ranking td:last-child{white-space:nowrap}
.ranking .status{display:block;white-space:normal;font-size:.8125rem;color:var(--quiet)}
.ranking .bar{display:block;height:3px;margin-top:2px;margin-left:auto;
background:var(--accent);opacity:.55}
.ranking .own td{position:sticky;top:2rem;bottom:0;background:var(--surface);font-weight:700;
border-top:2px solid var(--accent);border-bottom:2px solid var(--accent)}
.ranking .none td{color:var(--quiet)}
</style>"""


def show_ranking(
    lines: Sequence[RankedArea], *, indicator: Indicator, title: str, height: int
) -> None:
    """All areas from the highest value down; the own one stays in view while the list scrolls."""
    unit = indicator.unit_symbol.in_language(language())
    heads = (say("agriculture.table.rank"), say("figures.table.ref_area"), unit or title)
    head = "".join(f"<th scope='col'>{escape(words)}</th>" for words in heads)
    words = language()
    body = "".join(_row(line, words) for line in lines)
    label = escape(say("agriculture.ranking.label", title=title), quote=True)
    st.html(
        f"{STYLE.replace('HEIGHT', str(height))}"
        f"<div class='ranking' role='region' tabindex='0' aria-label='{label}'>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(line: RankedArea, words: str) -> str:
    is_missing = line.status == ObsStatus.MISSING
    kind = "own" if line.is_in_focus else "none" if is_missing else ""
    bar = f"<span class='bar' style='width:{line.share * 100:.0f}%'></span>" if line.share else ""
    cells = f"<td>{line.rank}</td><td>{escape(line.name)}</td><td>{_value(line, words)}{bar}</td>"
    return f"<tr class='{kind}'>{cells}</tr>"


def _value(line: RankedArea, words: str) -> str:
    """The value; below it its status in words unless it is a normal one."""
    if line.status == ObsStatus.NORMAL:
        return escape(line.value)
    status = status_words(line.status, words)
    if line.status == ObsStatus.MISSING:
        return escape(status)
    return f"{escape(line.value)} <span class='status'>{escape(status)}</span>"
