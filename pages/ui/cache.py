"""Editions and results kept between reruns. An edition never changes, so nothing goes stale."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import streamlit as st

from analytics.briefing.stamps import stamped
from analytics.editions.edition import Edition
from analytics.editions.heal import Healing, heal
from analytics.editions.store import NoEdition, Store, open_store
from pages.ui import state

Answer = TypeVar("Answer")

EDITIONS_KEPT = 8
RESULTS_KEPT = 400


@st.cache_resource(max_entries=16, show_spinner=False)
def store(region: str) -> Store:
    """Ledger and editions of a region, opened once for each start of the server."""
    return open_store(state.settings(), region)


@st.cache_resource(max_entries=16, show_spinner=False)
def healed(home: Path, region: str) -> Healing:  # noqa: ARG001 (part of the cache key)
    """What a crash had left and the start of this server has mended."""
    return heal(store(region))


def edition(number: int | None = None) -> Edition:
    """The newest edition of the chosen region, or the one of that number.

    Ends the page with an explanation when there is no such edition.
    """
    region = state.region()
    try:
        number = store(region).newest_number() if number is None else number
        return _edition(region, number)
    except NoEdition:
        st.info(state.say("ui.edition.none_title"), icon=":material/inventory_2:")
        st.markdown(state.say("ui.edition.none_cure", region=region))
        st.stop()


def edition_of(region: str, number: int) -> Edition:
    """One edition of a region. Raises SettingsError for an unknown region, else NoEdition."""
    return _edition(region, number)


@st.cache_resource(max_entries=EDITIONS_KEPT, show_spinner=False)
def _edition(region: str, number: int) -> Edition:
    return store(region).edition(number)


def result(report: Callable[..., Answer], of: Edition, /, **choices: Hashable) -> Answer:
    """What `report(edition, **choices)` answers, computed once for an edition and its choices.

    The answer is shared by all readers: never change it. Reports are pure functions. A figure
    in the answer carries its recipe, so that it can be put into a briefing.
    """
    name = f"{report.__module__}.{report.__qualname__}"
    return _result(name, of.stamp.region, of.stamp.number, choices, report, of)


@st.cache_resource(max_entries=RESULTS_KEPT, show_spinner=False)
def _result(
    name: str,  # noqa: ARG001 (the first four are the cache's key)
    region: str,  # noqa: ARG001
    number: int,  # noqa: ARG001
    choices: dict[str, Any],
    _report: Callable[..., Answer],
    _of: Edition,
) -> Answer:
    return stamped(_report(_of, **choices), _report, choices)


def today() -> date:
    """Today's date in the time zone of the chosen region."""
    zone = ZoneInfo(str(state.pack().region["timezone"]))
    return datetime.now(zone).date()
