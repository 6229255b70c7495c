"""What draws an answer that needs a word more than the answer itself."""

from __future__ import annotations

from datetime import date

from analytics.briefing.model import MapDrawing
from analytics.editions.edition import Edition
from analytics.figures.figure import Figure
from analytics.figures.result import Result
from analytics.geography.boundaries import Boundary
from analytics.geography.levels import edition_boundary, inner_level
from analytics.ledger.forecasts import IssuedForecast
from analytics.overview.agro_brand_map import centres_layer, destination_layers
from analytics.prices.series import SeriesKey
from analytics.prices.weekly_map import WeeklyAnswer, weekly_answer
from analytics.tourism import figures
from analytics.tourism.effect_data import EffectChoice
from analytics.tourism.effect_report import effect_report
from analytics.tourism.outlook import backtest_figure, outlook_figure, visit_outlook
from analytics.tourism.panel_answers import PanelChoice, panel_rows
from analytics.tourism.site_map import ground_layer, kind_layers
from analytics.tourism.visit_series import place_of


def recovery(edition: Edition, result: Result, *, choice: PanelChoice) -> Figure:
    """Recovery with the line of the base year of its panel."""
    base_year = panel_rows(edition, choice).panel.base_year
    return figures.recovery_figure(edition, result, base_year=base_year)


def visits_ahead(
    edition: Edition,
    *,
    series: str,
    issued: IssuedForecast | None,
    today: date,
    with_unverified: bool = False,
) -> Figure:
    """Visits of the panel or of a site with what was forecast. Raises ValueError for another
    series than one of visits.
    """
    result = visit_outlook(
        edition, place=place_of(series), issued=issued, today=today,
        with_unverified=with_unverified,
    )  # fmt: skip
    return outlook_figure(edition, result, today=today)


def visits_backtest(
    edition: Edition,
    *,
    series: str,
    issued: IssuedForecast,
    today: date,
    with_unverified: bool = False,
) -> Figure:
    """What past forecasts of visits had said. Raises LookupError where no back-test is kept."""
    result = visit_outlook(
        edition, place=place_of(series), issued=issued, today=today,
        with_unverified=with_unverified,
    )  # fmt: skip
    figure = backtest_figure(edition, result, issued)
    if figure is None:
        raise LookupError(f"No back-test of {series}.")
    return figure


def event_effect(
    edition: Edition,
    *,
    choice: EffectChoice,
    issued: IssuedForecast | None,
    series: str = "",  # noqa: ARG001 (names the forecast; empty for several sites)
) -> Result:
    """The effect of an event, beside the forecast without it where its site has one."""
    return effect_report(edition, choice=choice, issued=issued)


def weekly(
    edition: Edition,
    *,
    key: SeriesKey,
    week: str,
    today: date,
    level: str,
    language: str,
    focus: str | None = None,
) -> WeeklyAnswer:
    """The map of one week of officers' reports. Raises UnknownWeek."""
    return weekly_answer(
        edition, key=key, week=week, today=today, language=language, focus=focus,
        boundary=edition_boundary(edition, level=level),
    )  # fmt: skip


def destinations_drawing(edition: Edition, result: Result, *, language: str) -> MapDrawing | None:
    """Destinations over the areas inside the region; None without outlines of these."""
    boundary = _areas_inside(edition, result)
    if boundary is None:
        return None
    return MapDrawing(
        layer=ground_layer(edition, result, boundary=boundary, language=language),
        boundary=boundary,
        points=tuple(kind_layers(result, language=language)),
    )


def centres_drawing(edition: Edition, result: Result, *, language: str) -> MapDrawing | None:
    """Centres of products with their destinations; None without outlines of the areas inside."""
    boundary = _areas_inside(edition, result)
    if boundary is None:
        return None
    return MapDrawing(
        layer=centres_layer(result, boundary=boundary, language=language),
        boundary=boundary,
        points=destination_layers(edition, language=language),
    )


def _areas_inside(edition: Edition, result: Result) -> Boundary | None:
    """Outlines of the areas inside the region, where there are any and anything to show."""
    level = inner_level(edition)
    if result.frame.empty or level is None:
        return None
    return edition_boundary(edition, level=level)
