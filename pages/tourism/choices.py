"""What the reader has chosen on the tourism page."""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

import streamlit as st

from analytics.editions.edition import Edition
from analytics.tourism.panel_answers import PanelChoice, offered_years
from analytics.tourism.rows import BRANDING, VISITS, has_unverified
from analytics.tourism.site_months import (
    MONTHS_IN_YEAR,
    site_months,
    uncounted_sites,
    usual_years,
)
from pages.ui import cache, filters
from pages.ui.state import say

SECTIONS = (
    "totals", "now", "monthly", "season", "map", "effects", "money", "perception", "index", "brand",
    "confirm",
)  # fmt: skip


def has_data(edition: Edition) -> bool:
    """True when the pack has visits or figures of the region's name."""
    return bool({VISITS, BRANDING} & set(edition.datasets))


def show_nothing(region: str) -> NoReturn:
    """The designed empty state of the page: why, and what to do."""
    with st.container(border=True):
        st.markdown(f"**{say('tourism.page.no_data_title', region=region)}**")
        st.write(say("tourism.page.no_data_cure"))
    st.stop()


def choose_unverified(edition: Edition) -> bool:
    """The switch for figures that are not verified, where it would change anything."""
    if not cache.result(has_unverified, edition):
        return False
    return filters.switch("unverified", label="tourism.filter.unverified")


def warn_if(with_unverified: bool) -> None:
    """Says that figures that are not verified are among those shown."""
    if with_unverified:
        st.warning(say("tourism.page.unverified_on"), icon=":material/warning:")


def choose_panel(edition: Edition, *, with_unverified: bool) -> PanelChoice:
    """Years to compare; how much a site must have reported, and sites left out by default."""
    lenient = PanelChoice(least_months=1, with_unverified=with_unverified, with_uncounted=True)
    if not cache.result(offered_years, edition, choice=lenient):
        return PanelChoice(with_unverified=with_unverified)
    with filters.row("tourism_panel", visible=2) as row:
        place = row.next_cell()
        with filters.more(key="tourism_panel", cell=row):
            least = filters.number(
                "months", label="tourism.filter.least_months", default=MONTHS_IN_YEAR, low=1,
                high=MONTHS_IN_YEAR,
            )  # fmt: skip
            uncounted = choose_uncounted(edition, with_unverified=with_unverified)
        choice = PanelChoice(
            least_months=least, with_unverified=with_unverified, with_uncounted=uncounted
        )
        offered = cache.result(offered_years, edition, choice=choice)
        if not offered:
            return choice
        with place:
            years = filters.choose_many(
                "years", label="tourism.filter.years", options=offered,
                default=usual_years(offered), at_least=min(2, len(offered)),
            )  # fmt: skip
    return replace(choice, years=tuple(sorted(years)))


def offered_uncounted(edition: Edition, *, with_unverified: bool) -> tuple[str, ...]:
    """Names of sites that are left out unless asked for and have figures to show."""
    asked = {"with_unverified": with_unverified, "with_uncounted": True}
    reported = set(cache.result(site_months, edition, **asked)["place"])
    names = edition.vocabulary.place_name
    return tuple(names(site) for site in uncounted_sites(edition) if site in reported)


def choose_uncounted(edition: Edition, *, with_unverified: bool) -> bool:
    """The switch for those sites, where it would change anything."""
    names = offered_uncounted(edition, with_unverified=with_unverified)
    if not names:
        return False
    is_on = filters.switch("uncounted", label="tourism.filter.uncounted")
    st.caption(", ".join(names))
    return is_on
