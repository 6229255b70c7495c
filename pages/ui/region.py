"""What the frame says of a region: name, coat of arms, whether its data are for training.

It comes from the newest edition: a pack that is being edited, or is broken, changes no page.
Before the first edition there is only the pack.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analytics.editions.store import NoEdition
from pages.ui import cache, state

SECONDS_KEPT = 60


@st.cache_resource(max_entries=16, ttl=SECONDS_KEPT, show_spinner=False)
def facts(region: str) -> Mapping[str, object]:
    """The region's `sejahtera` section: codes, names, levels, training or not."""
    try:
        return cache.store(region).edition().region
    except NoEdition:
        return state.pack(region).region


def short_name(region: str) -> str:
    """The region's short name in the reader's language."""
    names = facts(region)["short_name"]
    return str(names[state.language()])  # type: ignore[index]


def is_training(region: str) -> bool:
    """Whether the region's data are invented, for training and tests."""
    return bool(facts(region)["is_training"])
