"""PAD & hotel: own revenue by account and site, tourism's part, rooms and stays."""

from __future__ import annotations

import streamlit as st

from analytics.editions.edition import Edition
from analytics.tourism import money_figures
from analytics.tourism.accounts import (
    accounts_report,
    contribution_report,
    pad_years,
    sites_report,
)
from analytics.tourism.stay import OCCUPANCY, STAY, hotel_report
from pages.tourism import choices
from pages.ui import cache, filters
from pages.ui.figure import show_figure


def show(edition: Edition, *, with_unverified: bool) -> None:
    """Accounts of a year, its sites, the part of tourism over the years, then hotels."""
    choices.warn_if(with_unverified)
    asked = {"with_unverified": with_unverified}
    years = cache.result(pad_years, edition, **asked)
    year = cache.today().year
    if years:
        year = filters.choose_one("pad_year", label="money.filter.year", options=years)
    accounts = cache.result(accounts_report, edition, year=year, **asked)
    show_figure(money_figures.accounts_figure(edition, accounts), key="tourism_accounts")
    if years:
        _show_further(edition, year=year, asked=asked)
    left, right = st.columns(2, gap="large")
    for cell, measure in ((left, OCCUPANCY), (right, STAY)):
        with cell:
            result = cache.result(hotel_report, edition, measure=measure, **asked)
            figure = money_figures.hotel_figure(edition, result)
            show_figure(figure, key=f"tourism_{measure}", level=3, height=300)


def _show_further(edition: Edition, *, year: int, asked: dict[str, bool]) -> None:
    sites = cache.result(sites_report, edition, year=year, **asked)
    part = cache.result(contribution_report, edition, **asked)
    left, right = st.columns(2, gap="large")
    with left:
        figure = money_figures.sites_figure(edition, sites)
        show_figure(figure, key="tourism_pad_sites", level=3)
    with right:
        figure = money_figures.contribution_figure(edition, part)
        show_figure(figure, key="tourism_pad_share", level=3, height=300)
