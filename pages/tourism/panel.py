"""Bulanan: visits on the fixed panel of destinations, recovery, kinds, who reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from analytics.editions.edition import Edition
from analytics.tourism import figures, visit_figures
from analytics.tourism.areas import areas_report, panel_origin_report
from analytics.tourism.concentration import concentration_report
from analytics.tourism.growth import growth_report
from analytics.tourism.mix import panel_mix_report
from analytics.tourism.monthly import (
    monthly_report,
    panel_years_report,
    recovery_report,
    sites_by_month_report,
)
from analytics.tourism.panel_answers import PanelChoice, panel_rows, panel_statement
from analytics.tourism.reporting import months_by_site_report, reporting_report
from analytics.tourism.site_money import capacity_report, income_report
from analytics.tourism.site_months import reported_months
from pages.tourism import choices
from pages.ui import cache, filters
from pages.ui.figure import show_empty, show_figure
from pages.ui.state import language, say

VIEWS = ("sum", "growth", "recovery", "sites", "areas", "mix", "income", "reporting")
SITES_AT_MOST = 5
SITES_SHOWN = 3


def show(edition: Edition, *, with_unverified: bool) -> None:
    """The panel's filters, its rule, and one view of it."""
    choices.warn_if(with_unverified)
    choice = choices.choose_panel(edition, with_unverified=with_unverified)
    found = cache.result(panel_rows, edition, choice=choice)
    if found.is_empty:
        result = cache.result(monthly_report, edition, choice=choice)
        show_empty(figures.monthly_figure(edition, result))
        return
    show_rule(edition, choice)
    view = filters.choose_view(
        "view", label="tourism.filter.view", options=VIEWS, hides_label=True,
        words=lambda name: say(f"tourism.view.{name}"),
    )  # fmt: skip
    SHOWN_BY[view](edition, choice)


def show_rule(edition: Edition, choice: PanelChoice) -> None:
    """Who is in the panel and what a zero means."""
    found = cache.result(panel_rows, edition, choice=choice)
    rule = panel_statement(edition, found).words(language())
    st.caption(say("tourism.page.panel_line", rule=rule))


def _show_sum(edition: Edition, choice: PanelChoice) -> None:
    monthly = cache.result(monthly_report, edition, choice=choice)
    years = cache.result(panel_years_report, edition, choice=choice)
    reporting = cache.result(reporting_report, edition, choice=choice)
    show_figure(
        figures.monthly_figure(edition, monthly),
        key="tourism_monthly",
        facts=figures.panel_facts(years, reporting),
    )
    show_figure(
        figures.panel_years_figure(edition, years), key="tourism_years", level=3, height=300
    )


def _show_recovery(edition: Edition, choice: PanelChoice) -> None:
    result = cache.result(recovery_report, edition, choice=choice)
    base_year = cache.result(panel_rows, edition, choice=choice).panel.base_year
    figure = figures.recovery_figure(edition, result, base_year=base_year)
    show_figure(figure, key="tourism_recovery")


def _show_sites(edition: Edition, choice: PanelChoice) -> None:
    found = cache.result(panel_rows, edition, choice=choice)
    sites = tuple(sorted(reported_months(found.rows).index))
    largest = found.own.groupby("place")["obs_value"].sum().nlargest(SITES_SHOWN)
    places = filters.choose_many(
        "places", label="tourism.filter.places", options=sites, default=tuple(largest.index),
        words=edition.vocabulary.place_name, at_most=SITES_AT_MOST, at_least=1,
    )  # fmt: skip
    result = cache.result(sites_by_month_report, edition, choice=choice, places=places)
    show_figure(figures.sites_figure(edition, result), key="tourism_sites")


def _show_mix(edition: Edition, choice: PanelChoice) -> None:
    concentration = cache.result(concentration_report, edition, choice=choice)
    mix = cache.result(panel_mix_report, edition, choice=choice)
    show_figure(figures.concentration_figure(edition, concentration), key="tourism_concentration")
    show_figure(
        figures.panel_mix_figure(edition, mix), key="tourism_panel_mix", level=3, height=320
    )


def _show_reporting(edition: Edition, choice: PanelChoice) -> None:
    by_year = cache.result(reporting_report, edition, choice=choice)
    by_site = cache.result(months_by_site_report, edition, choice=choice)
    show_figure(figures.reporting_figure(edition, by_year), key="tourism_reporting", height=300)
    show_figure(figures.months_by_site_figure(edition, by_site), key="tourism_months", level=3)


def _show_growth(edition: Edition, choice: PanelChoice) -> None:
    result = cache.result(growth_report, edition, choice=choice)
    show_figure(visit_figures.growth_figure(edition, result), key="tourism_growth")


def _show_areas(edition: Edition, choice: PanelChoice) -> None:
    areas = cache.result(areas_report, edition, choice=choice)
    origin = cache.result(panel_origin_report, edition, choice=choice)
    show_figure(visit_figures.areas_figure(edition, areas), key="tourism_areas")
    show_figure(
        visit_figures.panel_origin_figure(edition, origin),
        key="tourism_panel_origin", level=3, height=300,
    )  # fmt: skip


def _show_income(edition: Edition, choice: PanelChoice) -> None:
    asked = {"with_unverified": choice.with_unverified}
    income = cache.result(income_report, edition, **asked)
    capacity = cache.result(capacity_report, edition, **asked)
    show_figure(visit_figures.income_figure(edition, income), key="tourism_income")
    show_figure(visit_figures.capacity_figure(edition, capacity), key="tourism_capacity", level=3)


SHOWN_BY: Mapping[str, Callable[[Edition, PanelChoice], None]] = {
    "sum": _show_sum,
    "growth": _show_growth,
    "areas": _show_areas,
    "income": _show_income,
    "recovery": _show_recovery,
    "sites": _show_sites,
    "mix": _show_mix,
    "reporting": _show_reporting,
}
