"""Citra & acara: events by date, revenue, hotel rooms, every other measure."""

from __future__ import annotations

import streamlit as st

from analytics.editions.edition import Edition
from analytics.tourism import figures
from analytics.tourism.events import events_report
from analytics.tourism.lodging import occupancy_report
from analytics.tourism.measures import brand_measures, measure_report
from analytics.tourism.revenue import revenue_report
from pages.tourism import choices
from pages.ui import cache, filters
from pages.ui.figure import show_figure
from pages.ui.state import language, say


def show(edition: Edition, *, with_unverified: bool) -> None:
    """The timeline first, then money, rooms and the rest."""
    choices.warn_if(with_unverified)
    chosen = {"with_unverified": with_unverified}
    events = cache.result(events_report, edition, **chosen)
    show_figure(figures.events_figure(edition, events), key="tourism_events")
    revenue = cache.result(revenue_report, edition, **chosen)
    rooms = cache.result(occupancy_report, edition, **chosen)
    money = figures.revenue_figure(edition, revenue)
    show_figure(money, key="tourism_revenue", level=3, height=320)
    show_figure(figures.occupancy_figure(edition, rooms), key="tourism_occupancy", level=3)
    _show_other(edition, with_unverified=with_unverified)


def _show_other(edition: Edition, *, with_unverified: bool) -> None:
    """One measure at a time, chosen from all that are known."""
    found = cache.result(brand_measures, edition, with_unverified=with_unverified)
    if not found:
        return
    names = {measure.code: measure.name.in_language(language()) for measure in found}
    st.header(say("tourism.page.other_heading"))
    code = filters.choose_one(
        "measure", label="tourism.filter.measure", options=list(names), words=names.__getitem__
    )
    result = cache.result(measure_report, edition, measure=code, with_unverified=with_unverified)
    figure = figures.measure_figure(edition, result)
    show_figure(figure, key="tourism_measure", level=3, height=300)
