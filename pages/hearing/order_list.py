"""The list in which sections and parts are put in order, by dragging, keys or buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from analytics.briefing.draft import MOST_PARTS, Draft
from analytics.briefing.model import Briefing, Exhibit, Gap, Grid, Listing, Part, Passage
from analytics.briefing.order import places
from pages.ui.state import language, region, say

FOLDER = Path(__file__).parent
LONGEST_LABEL = 90

order_list = st.components.v2.component(
    "order_list",
    css=(FOLDER / "order_list.css").read_text(encoding="utf-8"),
    js=(FOLDER / "order_list.js").read_text(encoding="utf-8"),
)


def show(draft: Draft, briefing: Briefing, take: Callable[[Sequence[str]], None]) -> None:
    """The list; `take` gets all names in the new order, before the page is drawn again."""
    key = f"order_{region()}"
    order_list(
        key=key, data={"rows": rows(draft, briefing), "words": _words()},
        on_order_change=partial(_changed, key, take),
    )  # fmt: skip


def _changed(key: str, take: Callable[[Sequence[str]], None]) -> None:
    take(names_in(st.session_state.get(key, {}).get("order")))


def names_in(sent: Any) -> tuple[str, ...]:
    """The names a browser sent; what it sends is not trusted."""
    if not isinstance(sent, Sequence) or isinstance(sent, str):
        return ()
    return tuple(str(name)[:64] for name in sent[: 2 * MOST_PARTS])


def rows(draft: Draft, briefing: Briefing) -> list[Mapping[str, object]]:
    """Each section and part with its name, its words and what it is."""
    found: list[Mapping[str, object]] = []
    for place in places(draft):
        section = draft.sections[place.section]
        if place.position is None:
            heading = section.heading.in_language(language())
            words = heading or say("briefing.page.unnamed_section", n=place.section + 1)
            found.append({"name": place.name, "label": words, "kind": "", "isSection": True})
            continue
        built = briefing.sections[place.section].parts[place.position]
        found.append(
            {"name": place.name, "label": part_words(built), "kind": _kind(built),
             "isSection": False}
        )  # fmt: skip
    return found


def part_words(built: Part) -> str:
    """What a part is called in the list: its heading, or how its text begins."""
    if isinstance(built, Exhibit | Gap | Grid | Listing) and built.heading:
        return built.heading
    if isinstance(built, Passage) and built.text:
        return built.text[:LONGEST_LABEL]
    return say(f"briefing.part.{'text' if isinstance(built, Passage) else 'list'}")


def _kind(built: Part) -> str:
    if isinstance(built, Exhibit):
        return say("briefing.page.order.exhibit", number=built.number)
    if isinstance(built, Gap):
        return say("briefing.page.order.blank")
    if isinstance(built, Grid):
        return say("briefing.page.order.table")
    return say(f"briefing.part.{'text' if isinstance(built, Passage) else 'list'}")


def _words() -> dict[str, str]:
    """Texts of the list; values in braces are filled in by the browser."""
    return {
        "list": say("briefing.page.order.list"),
        "hint": say("briefing.page.order.hint"),
        "up": say("briefing.page.order.up"),
        "down": say("briefing.page.order.down"),
        "movedPart": say("briefing.page.order.moved_part", name="{name}", section="{section}",
                         place="{place}", all="{all}"),
        "movedSection": say("briefing.page.order.moved_section", name="{name}", place="{place}",
                            all="{all}"),
    }  # fmt: skip
