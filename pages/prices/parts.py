"""Views of the price page: each asks its reports and shows the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NoReturn

import streamlit as st

from analytics.briefing.stamps import stamped
from analytics.editions.edition import Edition
from analytics.forecasting.reasons import Status
from analytics.ledger.forecasts import IssuedForecast, newest_forecast
from analytics.prices.catalogue import Catalogue
from analytics.prices.facts import course_facts
from analytics.prices.figures import (
    comparison_figure,
    course_figure,
    daily_figure,
    entries_figure,
    lebaran_figure,
    lebaran_steps_figure,
    list_figure,
    outlook_figure,
    past_figure,
    pattern_figure,
    scores_figure,
    season_figure,
)
from analytics.prices.holiday_effects import holiday_effects_figure
from analytics.prices.margin import margin_figure
from analytics.prices.outlook import outlook_facts
from pages.prices import choices as choice
from pages.prices.choices import Choices
from pages.prices.forecast_parts import show_parts
from pages.prices.simulation_parts import show_simulation
from pages.prices.weekly_parts import show_weekly
from pages.ui import cache, filters
from pages.ui.figure import show_empty, show_figure
from pages.ui.state import region, say

Show = Callable[[Edition, Catalogue, Choices], None]

LINE_PX = 440
STRIP_PX = 240


def show_nothing() -> NoReturn:
    """The designed empty state of the page: why, and what to do."""
    st.title(say("prices.page.title"))
    with st.container(border=True):
        st.markdown(f"**{say('prices.list.none')}**")
        st.write(say("prices.list.none_cure"))
    st.stop()


def show_course(edition: Edition, _catalogue: Catalogue, chosen: Choices) -> None:
    """The series as a line, with four figures beside it."""
    asked = {"years": chosen.years, "reference": chosen.reference, "today": cache.today()}
    figure = cache.result(
        course_figure, edition, series=chosen.series, has_holidays=chosen.has_holidays, **asked
    )
    facts = cache.result(course_facts, edition, series=chosen.series, years=chosen.years,
                         reference=chosen.reference)  # fmt: skip
    show_figure(figure, key="price_course", facts=facts, level=1, height=LINE_PX)


def show_season(edition: Edition, _catalogue: Catalogue, chosen: Choices) -> None:
    """One line a year, and each month against the mean of its year."""
    asked = {"series": chosen.series, "years": chosen.years}
    by_year = cache.result(season_figure, edition, today=cache.today(), **asked)
    show_figure(by_year, key="price_season", level=1, height=LINE_PX)
    show_figure(cache.result(pattern_figure, edition, **asked), key="price_pattern")


def show_lebaran(edition: Edition, _catalogue: Catalogue, chosen: Choices) -> None:
    """Around Lebaran: commodities side by side, the chosen series by holiday and year by year."""
    steps = cache.result(lebaran_steps_figure, edition, series=chosen.series)
    show_figure(steps, key="lebaran_steps", level=1, height=LINE_PX)
    effects = cache.result(holiday_effects_figure, edition, series=chosen.series)
    show_figure(effects, key="holiday_effects")
    months = choice.choose_window()
    by_year = cache.result(lebaran_figure, edition, series=chosen.series, months=months)
    show_figure(by_year, key="lebaran_years")


def show_comparison(edition: Edition, catalogue: Catalogue, chosen: Choices) -> None:
    """Several series in one picture, as prices or as an index."""
    series = choice.choose_compared(edition, catalogue, chosen)
    if len(series) == 1:
        st.info(say("prices.compare.one_series"))
    base = choice.choose_base(edition, series)
    if base is None:
        st.warning(say("prices.compare.no_common_month"))
        st.write(say("prices.compare.no_common_month_cure"))
        return
    figure = cache.result(
        comparison_figure, edition, series=series, indexed_to=base, years=chosen.years,
        today=cache.today(), has_holidays=chosen.has_holidays,
    )  # fmt: skip
    show_figure(figure, key="price_comparison", level=1, height=LINE_PX)


def show_margin(edition: Edition, _catalogue: Catalogue, chosen: Choices) -> None:
    """From producer to consumer: the gap by month, where both prices are known."""
    partner = choice.choose_partner(edition, chosen)
    if partner is None:
        st.title(say("margin.none.title"))
        st.write(say("margin.none.cure"))
        return
    figure = cache.result(margin_figure, edition, series=chosen.series, partner=partner)
    show_figure(figure, key="price_margin", level=1, height=LINE_PX)


def show_daily(edition: Edition, _catalogue: Catalogue, chosen: Choices) -> None:
    """Daily reports; every entry as typed after a switch."""
    asked = {"series": chosen.series, "years": chosen.years}
    daily = cache.result(
        daily_figure, edition, today=cache.today(), has_holidays=chosen.has_holidays, **asked
    )
    show_figure(daily, key="price_daily", level=1, height=LINE_PX)
    if filters.switch("raw", label="prices.filter.raw"):
        show_figure(cache.result(entries_figure, edition, **asked), key="price_entries")


def show_forecast(edition: Edition, _catalogue: Catalogue, chosen: Choices) -> None:
    """The forecast as issued or withheld, with its back-test beside it."""
    issued = newest_issued(chosen.series)
    figure = outlook_figure(
        edition, series=chosen.series, issued=issued, today=cache.today(),
        has_holidays=chosen.has_holidays,
    )  # fmt: skip
    figure = stamped(
        figure, outlook_figure, {"series": chosen.series, "has_holidays": chosen.has_holidays}
    )
    facts = outlook_facts(figure.result, issued)
    show_figure(figure, key="price_forecast", facts=facts, level=1, height=LINE_PX)
    if facts and issued is not None:
        _show_backtest(edition, chosen, issued)
        show_parts(edition, series=chosen.series, issued=issued)
        if issued.status == Status.ISSUED:
            show_simulation(edition, series=chosen.series, issued=issued)


def _show_backtest(edition: Edition, chosen: Choices, issued: IssuedForecast) -> None:
    """Past forecasts as a strip, then the scores of every model."""
    asked = {"series": chosen.series}
    past = stamped(past_figure(edition, issued=issued, **asked), past_figure, asked)
    if past.is_empty:
        show_empty(past)
        return
    show_figure(past, key="price_backtest", height=STRIP_PX)
    scores = stamped(scores_figure(edition, issued=issued, **asked), scores_figure, asked)
    show_figure(scores, key="price_scores")


def newest_issued(series: str) -> IssuedForecast | None:
    """The newest verdict on the series in the ledger of the chosen region."""
    with cache.store(region()).engine.connect() as connection:
        return newest_forecast(connection, series)


def show_list(edition: Edition, _catalogue: Catalogue, _chosen: Choices) -> None:
    """All series as a table."""
    show_figure(cache.result(list_figure, edition, today=cache.today()), key="price_list", level=1)


SHOW: Mapping[str, Show] = {
    "course": show_course,
    "forecast": show_forecast,
    "season": show_season,
    "lebaran": show_lebaran,
    "compare": show_comparison,
    "margin": show_margin,
    "weekly": show_weekly,
    "daily": show_daily,
    "list": show_list,
}
