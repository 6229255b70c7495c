"""The office of the chosen region, and documents built once for what they are built from."""

from __future__ import annotations

from collections.abc import MutableMapping
from datetime import date

import streamlit as st

from analytics.briefing.draft import Draft
from analytics.briefing.making import Made
from analytics.briefing.model import Briefing
from analytics.briefing.office import Office, coat_of_arms
from analytics.editions.edition import Edition
from pages.ui import cache, state

FIGURES_KEPT = 120
KITCHENS_KEPT = 6
# Files that are told by a name of their own; the others by their suffix.
NAMED_KINDS = {"summary.pdf": "pdf_summary", "handout.pdf": "pdf_handout", "html": "html_story"}


def office() -> Office:
    """Where briefings of the chosen region are made."""
    region = state.region()
    return Office(cache.store(region), coat_of_arms(state.settings(), region))


def document(draft: Draft, edition: Edition) -> Briefing:
    """The briefing of a draft in the reader's language; figures are made once and kept."""
    today = draft.day or edition.stamp.published_on
    made = _made(edition.stamp.region, edition.stamp.number, state.language(), today)
    if len(made) > FIGURES_KEPT:
        made.clear()
    builder = office().builder(edition, language=state.language(), today=today, made=made)
    return builder.briefing(draft)


@st.cache_resource(max_entries=KITCHENS_KEPT, show_spinner=False)
def _made(
    region: str,  # noqa: ARG001 (all four are the cache's key)
    number: int,  # noqa: ARG001
    language: str,  # noqa: ARG001
    today: date,  # noqa: ARG001
) -> MutableMapping[str, Made]:
    return {}


def file_kind(suffix: str) -> str:
    """What a kind of file is called on a button: `PPTX`, or the name of a layout or the story."""
    if suffix in NAMED_KINDS:
        return state.say(f"briefing.page.{NAMED_KINDS[suffix]}")
    return suffix.upper()
