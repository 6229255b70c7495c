"""Program: all programmes as a table, their money by dimension, and one of them from near."""

from __future__ import annotations

import streamlit as st

from analytics.editions.edition import Edition
from analytics.smart_city import figures
from analytics.smart_city.facts import facts_report
from analytics.smart_city.programme_reports import (
    achievement_report,
    budget_by_dimension_report,
    budget_report,
    budget_years,
    money_report,
    programme_report,
    states_of,
)
from analytics.smart_city.rows import programmes
from analytics.smart_city.words import dimension_labels, sub_dimension_label
from pages.smart_city import choices, templates
from pages.ui import cache, filters
from pages.ui.figure import show_figure
from pages.ui.plain_text import as_text
from pages.ui.state import language, say


def show(edition: Edition) -> None:
    """The list first, then money, then one programme."""
    result = cache.result(programme_report, edition, year=choices.last_whole_year())
    show_figure(figures.programme_figure(edition, result), key="smart_city_programmes")
    st.caption(say("smart_city.page.sub_assigned"))
    if result.frame.empty:
        return
    _show_money(edition)
    _show_one(edition)
    templates.offer_templates()


def _show_money(edition: Edition) -> None:
    years = cache.result(budget_years, edition)
    if not years:
        return
    whole = [year for year in years if year <= choices.last_whole_year()]
    st.header(say("smart_city.page.budget_heading"))
    year = filters.choose_step(
        "budget_year", label="smart_city.filter.year", options=list(years),
        default=(whole or years)[-1],
    )  # fmt: skip
    result = cache.result(budget_by_dimension_report, edition, year=year)
    figure = figures.budget_dimension_figure(edition, result)
    show_figure(figure, key="smart_city_budget_dimensions", level=3, height=340)
    money = cache.result(money_report, edition, year=year)
    show_figure(figures.money_figure(edition, money), key="smart_city_money", level=3)


def _show_one(edition: Edition) -> None:
    """Who answers for a programme, what it reached, what it cost."""
    st.header(say("smart_city.page.programme_heading"))
    item = choices.choose_programme(edition, with_overarching=True)
    table = cache.result(programmes, edition, with_overarching=True)
    row = table.set_index("item").loc[item]
    st.markdown(" · ".join(as_text(part) for part in _facts(row)))
    state = cache.result(states_of, edition).get(item)
    if state is not None:
        st.caption(as_text(state.in_language(language())))
    if item in set(cache.result(programmes, edition)["item"]):
        _show_measures(edition, item)
    facts = cache.result(facts_report, edition, item=item)
    if len(facts.frame):
        show_figure(figures.facts_figure(edition, facts), key="smart_city_facts", level=3)


def _show_measures(edition: Edition, item: str) -> None:
    """Results against targets, and money, side by side."""
    left, right = st.columns(2, gap="large")
    with left:
        result = cache.result(achievement_report, edition, item=item)
        show_figure(
            figures.achievement_figure(edition, result), key="smart_city_achievement", level=3
        )
    with right:
        result = cache.result(budget_report, edition, item=item)
        show_figure(figures.budget_figure(edition, result), key="smart_city_budget", level=3)


def _facts(row: object) -> list[str]:
    """Dimension, sub-dimension, word of the vision, quick win and office in words."""
    words = language()
    pillar = row[f"pillar_{words}"]  # type: ignore[index]
    owner = row["owner"]  # type: ignore[index]
    quick_win = row["quick_win_year"]  # type: ignore[index]
    found = [
        dimension_labels()[row["dimension"]].in_language(words),  # type: ignore[index]
        sub_dimension_label(row["sub_dimension"]).in_language(words),  # type: ignore[index]
        pillar,
        say("smart_city.page.quick_win_line", year=quick_win) if quick_win else "",
        say("smart_city.page.owner_line", owner=owner)
        if owner
        else say("smart_city.page.owner_none"),
    ]
    return [part for part in found if part]
