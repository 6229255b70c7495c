"""The board on the screen: frame, clock, scenes, and the script that turns them.

The scenes come all together and are turned in the browser, so that the board goes on while the
server is away. Streamlit's own front end connects again and asks for the page; the script adds
what that lacks: it says that figures stand still, and loads the page again when the server is a
new one or stays silent though it answers.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import streamlit as st
from babel.dates import get_timezone_name

from analytics.figures.palette import THEMES
from analytics.i18n.formatting import LOCALES
from pages.board.plan import plan_in_force, scenes_of
from pages.board.scene_html import THEME, scenes_html
from pages.ui import cache, geometry, region, state
from pages.ui.navigation import PAGES
from pages.ui.state import language, say

STYLE = Path(__file__).with_name("wall.css")
SCRIPT = Path(__file__).with_name("wall.js")
MOST_SCENES = 12


@st.cache_resource(max_entries=1, show_spinner=False)
def _start() -> str:
    """A word that is another one after each start of the server."""
    return uuid4().hex


def show() -> None:
    """Frame and script once, the scenes again and again."""
    plan = plan_in_force()
    st.html(f"<style>{_colours()}{_one_at_a_time()}{STYLE.read_text(encoding='utf-8')}</style>")
    st.html(_frame_html())
    st.fragment(show_scenes, run_every=plan.refresh_seconds)()
    st.html(f"<script>{_script()}</script>", unsafe_allow_javascript=True)


def show_scenes() -> None:
    """The scenes of now, and the sign that they are of now."""
    plan = plan_in_force()
    label = say("board.frame.label", region=region.short_name(state.region()))
    with st.container(key="board_scenes"):
        st.html(
            f"<div class='board-stage' role='region' aria-label='{escape(label)}'>"
            f"{scenes_html(cache.edition(), scenes_of(plan))}</div>"
        )
    now = datetime.now(UTC)
    st.html(
        f"<i class='board-pulse' data-at='{now.timestamp():.0f}' data-start='{_start()}' "
        f"data-every='{plan.refresh_seconds}'></i>"
    )


def _frame_html() -> str:
    """Name of the region, clock, what the keys do, and the lines that the script fills."""
    name = escape(region.short_name(state.region()))
    band = (
        f"<p class='board-band' role='note'>{escape(say('nav.training'))}</p>"
        if region.is_training(state.region())
        else ""
    )
    return (
        f"{band}<header class='board-top'><b>{name}</b><span class='board-paused' role='status'>"
        "</span><time class='board-clock'></time></header>"
        "<p class='board-lost' role='alert'></p>"
        f"<footer class='board-foot'><span>{escape(say('board.frame.keys'))}</span>"
        "<span class='board-updated'></span></footer>"
    )


def _script() -> str:
    """The script with what it needs to know of language, time zone and addresses."""
    zone = str(region.facts(state.region())["timezone"])
    start = next(page for page in PAGES if page.is_start).address
    told = {
        "locale": LOCALES[language()].replace("_", "-"),
        "zone": zone,
        "zoneName": _short_name(zone),
        "words": {name: say(f"board.frame.{name}", **values) for name, values in (
            ("updated", {"time": "{time}"}), ("lost", {"time": "{time}"}), ("paused", {}),
        )},
        "health": f"{geometry.prefix()}/healthz",
        "exit": f"{geometry.prefix()}/{start}?lang={language()}&region={state.region()}",
    }  # fmt: skip
    settings = json.dumps(told, ensure_ascii=True).replace("<", "\\u003c")
    return SCRIPT.read_text(encoding="utf-8").replace("BOARD_SETTINGS", settings)


def _short_name(zone: str) -> str:
    """`WIB`; the short names of the country's zones are the same in both languages."""
    return get_timezone_name(datetime.now(ZoneInfo(zone)), width="short", locale=LOCALES["id"])


def _colours() -> str:
    """The dark colours whatever theme the browser has: the room is dim, the screen is not read
    by daylight.
    """
    names = ("paper", "surface", "ink", "green", "gold", "blue", "brick", "violet", "grey", "line")
    colours = THEMES[THEME]
    return f":root{{{''.join(f'--b-{name}:{getattr(colours, name)};' for name in names)}}}"


def _one_at_a_time() -> str:
    """Which scene is seen stands at the page's root, where no refresh undoes it."""
    shown = ",".join(
        f"html[data-board-scene='{place}'] .board-scene[data-index='{place}']"
        for place in range(MOST_SCENES)
    )
    return f"{shown},html:not([data-board-scene]) .board-scene[data-index='0']{{display:grid}}"
