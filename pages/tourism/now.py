"""Bulan ini & ramalan: target and pace, the running month, the months ahead."""

from __future__ import annotations

from analytics.briefing.stamps import with_maker
from analytics.editions.edition import Edition
from analytics.ledger.forecasts import IssuedForecast, newest_forecast
from analytics.tourism import visit_figures
from analytics.tourism.effect_data import offered_sites
from analytics.tourism.needed import needed_report
from analytics.tourism.outlook import backtest_figure, outlook_figure, visit_outlook
from analytics.tourism.visit_series import panel_id, site_id
from pages.tourism import choices
from pages.ui import cache, filters
from pages.ui.figure import show_figure
from pages.ui.state import say

PANEL = ""


def show(edition: Edition, *, with_unverified: bool) -> None:
    """The forecast first, its back-test, then target against realisation."""
    choices.warn_if(with_unverified)
    sites = cache.result(offered_sites, edition, with_unverified=with_unverified)
    place = PANEL
    if sites:
        place = filters.choose_one(
            "series", label="visits.filter.place", options=(PANEL, *sites),
            words=lambda code: edition.vocabulary.place_name(code)
            if code else say("visits.page.place_all"),
        )  # fmt: skip
    issued = issued_for(edition, place)
    today = cache.today()
    recipe = {
        "series": series_of(edition, place), "with_unverified": with_unverified,
        **run_of(issued),
    }  # fmt: skip
    result = visit_outlook(
        edition, place=place, issued=issued, today=today, with_unverified=with_unverified
    )
    figure = outlook_figure(edition, result, today=today)
    show_figure(with_maker(figure, "tourism/outlook", **recipe), key="tourism_outlook")
    past = backtest_figure(edition, result, issued) if issued and not result.is_empty else None
    if past is not None:
        past = with_maker(past, "tourism/backtest", **recipe)
        show_figure(past, key="tourism_backtest", level=3, height=200)
    needed = cache.result(needed_report, edition, with_unverified=with_unverified)
    show_figure(visit_figures.needed_figure(edition, needed), key="tourism_needed", level=2)


def issued_for(edition: Edition, place: str) -> IssuedForecast | None:
    """The newest verdict on the series of a site, or of the panel."""
    with cache.store(edition.stamp.region).engine.connect() as connection:
        return newest_forecast(connection, series_of(edition, place))


def series_of(edition: Edition, place: str) -> str:
    """The series of a site, or of the panel where `place` is empty."""
    return site_id(edition, place) if place else panel_id(edition)


def run_of(issued: IssuedForecast | None) -> dict[str, int]:
    """Which run a figure was made with, for its recipe; nothing without a forecast."""
    return {"run": issued.run_id} if issued is not None else {}
