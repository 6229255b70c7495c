"""Musim & libur: the profile of a year, how uneven it is, and holidays."""

from __future__ import annotations

import streamlit as st

from analytics.editions.edition import Edition
from analytics.tourism import figures, visit_figures
from analytics.tourism.feast import feast_report
from analytics.tourism.holidays import (
    holiday_days_report,
    holiday_sites_report,
    holiday_totals_report,
)
from analytics.tourism.long_weekends import long_weekends_report
from analytics.tourism.panel_answers import PanelChoice, panel_rows
from analytics.tourism.seasonality import (
    profile_report,
    season_report,
    site_unevenness_report,
    unevenness_report,
)
from pages.tourism import choices
from pages.tourism.panel import show_rule
from pages.ui import cache
from pages.ui.figure import show_empty, show_figure
from pages.ui.state import say


def show(edition: Edition, *, with_unverified: bool) -> None:
    """Seasons on the panel where months are known, then holidays as reported."""
    choices.warn_if(with_unverified)
    choice = choices.choose_panel(edition, with_unverified=with_unverified)
    if cache.result(panel_rows, edition, choice=choice).is_empty:
        season = cache.result(season_report, edition, choice=choice)
        show_empty(figures.season_figure(edition, season))
    else:
        show_rule(edition, choice)
        _show_seasons(edition, choice)
    st.header(say("tourism.page.holidays_heading"))
    _show_feast(edition, choice)
    _show_holidays(edition, with_unverified=with_unverified)


def _show_seasons(edition: Edition, choice: PanelChoice) -> None:
    season = cache.result(season_report, edition, choice=choice)
    profile = cache.result(profile_report, edition, choice=choice)
    by_year = cache.result(unevenness_report, edition, choice=choice)
    by_site = cache.result(site_unevenness_report, edition, choice=choice)
    show_figure(figures.season_figure(edition, season), key="tourism_season")
    show_figure(
        figures.profile_figure(edition, profile), key="tourism_profile", level=3, height=300
    )
    left, right = st.columns(2, gap="large")
    with left:
        figure = figures.unevenness_figure(edition, by_year, category="year")
        show_figure(figure, key="tourism_gini", level=3, height=300)
    with right:
        figure = figures.unevenness_figure(edition, by_site, category="place")
        show_figure(figure, key="tourism_gini_sites", level=3)


def _show_feast(edition: Edition, choice: PanelChoice) -> None:
    """Months aligned by Lebaran, and the long weekends to come."""
    feast = cache.result(feast_report, edition, choice=choice)
    if not feast.is_empty:
        show_figure(visit_figures.feast_figure(edition, feast), key="tourism_feast", level=3)
    asked = {"today": cache.today(), "with_unverified": choice.with_unverified}
    weekends = cache.result(long_weekends_report, edition, **asked)
    show_figure(visit_figures.weekends_figure(edition, weekends), key="tourism_weekends", level=3)


def _show_holidays(edition: Edition, *, with_unverified: bool) -> None:
    chosen = {"with_unverified": with_unverified}
    totals = cache.result(holiday_totals_report, edition, **chosen)
    days = cache.result(holiday_days_report, edition, **chosen)
    sites = cache.result(holiday_sites_report, edition, **chosen)
    figure = figures.holiday_totals_figure(edition, totals)
    show_figure(figure, key="tourism_holidays", level=3)
    left, right = st.columns(2, gap="large")
    with left:
        if not days.is_empty:
            figure = figures.holiday_days_figure(edition, days)
            show_figure(figure, key="tourism_days", level=3, height=300)
    with right:
        if not sites.is_empty:
            figure = figures.holiday_sites_figure(edition, sites)
            show_figure(figure, key="tourism_holiday_sites", level=3)
