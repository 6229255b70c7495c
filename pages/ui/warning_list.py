"""The open price warnings in a few lines, for the home page and the price pages."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from analytics.editions.edition import Edition
from analytics.figures.palette import THEMES
from analytics.ledger.warnings import KeptWarning, WarningRun, kept_warnings, newest_run
from analytics.prices.warning_cards import (
    Card,
    look_sentence,
    open_cards,
    quiet_sentence,
    warning_cards,
)
from analytics.prices.warning_rules import Level
from pages.ui import cache
from pages.ui.navigation import link_to
from pages.ui.plain_text import as_text
from pages.ui.state import language, region, say, theme

SHOWN = 4
# Colour never speaks alone: each level has its own number of marks and its word.
LEVEL_MARKS = {Level.ATTENTION: "▲", Level.ALERT: "▲▲", Level.CRISIS: "▲▲▲"}
LEVEL_COLOURS = {Level.ATTENTION: "grey", Level.ALERT: "gold", Level.CRISIS: "brick"}


def kept() -> tuple[tuple[KeptWarning, ...], WarningRun | None]:
    """The open warnings of the chosen region with their events, and the newest look."""
    with cache.store(region()).engine.connect() as connection:
        return kept_warnings(connection, is_open=True), newest_run(connection)


def cards(edition: Edition, warnings: Sequence[KeptWarning]) -> tuple[Card, ...]:
    """The warnings as cards, as of today."""
    return warning_cards(edition, warnings, today=cache.today())


def show_warning_list(edition: Edition, *, item: str = "") -> None:
    """Up to four open warnings, those of `item` first, with a link to all; or why there is none."""
    warnings, run = kept()
    found = open_cards(cards(edition, warnings), item=item)
    with st.container(border=True, key="warning_list"):
        st.markdown(f"## {say('warnings.list.heading')}")
        if not found:
            st.write(quiet_sentence(run).words(language()))
        if run is None:
            st.caption(as_text(say("warnings.empty.never_cure")))
            return
        for card in found[:SHOWN]:
            show_line(card)
        if len(found) > SHOWN:
            st.write(say("warnings.list.others", count=len(found) - SHOWN))
        st.caption(as_text(look_sentence(run).words(language())))
        link_to("warnings", label=say("warnings.list.open"))


def show_line(card: Card) -> None:
    """Level, kind and what happened."""
    what = escape(card.what.words(language()))
    st.html(f"<div class='warning-line'>{chip(card)} {what}</div>")


def chip(card: Card) -> str:
    """HTML of the level and the kind, in the level's colour."""
    colour = getattr(THEMES[theme()], LEVEL_COLOURS[card.level])
    words = f"{LEVEL_MARKS[card.level]} {card.level_name.words(language())}"
    kind = escape(card.kind.words(language()))
    return (
        f"<span class='warning-level' style='color:{colour};border-color:{colour}'>"
        f"{escape(words)}</span> <strong>{kind}.</strong>"
    )
