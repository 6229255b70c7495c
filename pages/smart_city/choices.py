"""What the reader has chosen on the Smart City page."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from analytics.editions.edition import Edition
from analytics.smart_city.rows import has_anything, programme_labels, programmes
from analytics.smart_city.scheme import State
from analytics.smart_city.scores import offered
from pages.ui import cache, filters
from pages.ui.state import language, say

SECTIONS = ("scores", "programmes", "recommendations", "indices", "iso", "questions", "year")


def has_data(edition: Edition) -> bool:
    """True when the pack knows of any programme or figure of one."""
    return cache.result(has_anything, edition)


def show_nothing(region: str) -> NoReturn:
    """The designed empty state of the page: why, and what to do."""
    with st.container(border=True):
        st.markdown(f"**{say('smart_city.page.no_data_title', region=region)}**")
        st.write(say("smart_city.page.no_data_cure"))
    st.stop()


def last_whole_year() -> int:
    """The last year that is over."""
    return cache.today().year - 1


def choose_evaluation(edition: Edition) -> tuple[int, State] | None:
    """Year and state of the scores; None where there are none."""
    found = cache.result(offered, edition)
    if not found:
        return None
    years = sorted(found)
    whole = [year for year in years if year <= last_whole_year()]
    with filters.row("smart_city_scores", visible=2) as row:
        year = filters.choose_step(
            "year", label="smart_city.filter.year", options=years,
            default=(whole or years)[-1], cell=row,
        )  # fmt: skip
        state = filters.choose_view(
            "state",
            label="smart_city.filter.state",
            options=[state.value for state in found[year]],
            words=lambda code: say(f"smart_city.state_sign.{code}"),
            cell=row,
        )
    return year, State(state)


def choose_programme(edition: Edition, *, with_overarching: bool = False) -> str:
    """One programme of the region, or also what spans all of them."""
    names = {
        code: label.in_language(language())
        for code, label in cache.result(programme_labels, edition).items()
    }
    table = cache.result(programmes, edition, with_overarching=with_overarching)
    codes = list(table["item"])
    return filters.choose_one(
        "programme", label="smart_city.filter.programme", options=codes, words=names.__getitem__
    )
