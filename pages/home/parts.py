"""Parts of the home page below the key figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from analytics.editions.edition import Edition
from analytics.overview.freshness import DatasetAge
from analytics.overview.news import News, news_since
from pages.ui import cache
from pages.ui.navigation import link_to
from pages.ui.plain_text import as_text
from pages.ui.state import formatter, language, say
from pages.ui.tables import show_table

GROUPS = {
    "agriculture": (
        ("map", "agriculture"),
        ("analysis", "analysis"),
        ("profile", "profile"),
        ("prices", "prices"),
    ),
    "tourism": (("visits", "tourism"),),
    "officials": (("sources", "sources"), ("methods", "methods")),
}
MONTHS_TOLD_AS_YEARS = 24


def show_groups() -> None:
    """Where each of the three groups goes next."""
    st.header(say("overview.page.groups_heading"))
    for column, (group, links) in zip(st.columns(len(GROUPS)), GROUPS.items(), strict=True):
        with column.container(border=True, height="stretch"):
            st.markdown(f"**{say(f'overview.group.{group}.heading')}**")
            st.write(say(f"overview.group.{group}.text"))
            for key, page in links:
                link_to(page, label=say(f"overview.group.{group}.{key}"))


def show_news(ages: Sequence[DatasetAge], edition: Edition) -> None:
    """What this edition brought: everything for the first one, else what changed by area."""
    st.header(say("overview.page.new_heading"))
    number = edition.stamp.number
    previous = cache.store(edition.stamp.region).number_before(number)
    if previous is None:
        values = formatter().number(sum(age.values for age in ages))
        st.write(say("overview.page.new_first", n=len(ages), values=values))
        return
    news = _news(edition.stamp.region, number, edition, cache.edition(number=previous))
    if not news:
        st.write(say("overview.page.new_nothing", edition=number))
        return
    st.caption(say("overview.page.new_since", edition=number, previous=previous))
    for one in news:
        _show_dataset_news(one)


@st.cache_resource(max_entries=8, show_spinner=False)
def _news(region: str, number: int, _edition: Edition, _previous: Edition) -> tuple[News, ...]:  # noqa: ARG001
    """Editions never change, so region and number are key enough."""
    return news_since(_edition, previous=_previous)


def _show_dataset_news(news: News) -> None:
    """A dataset in one sentence; its areas in a fold."""
    lines = [as_text(area.words(language())) for area in news.areas]
    if news.further:
        lines.append(as_text(say("overview.news.further", n=news.further)))
    with st.expander(news.dataset.words(language())):
        st.markdown("\n".join(f"- {line}" for line in lines))


def show_ages(ages: Sequence[DatasetAge], *, today: date) -> None:
    """Table of the datasets' ages, newest first."""
    st.header(say("overview.page.ages_heading"))
    st.caption(say("overview.page.ages_lead", today=formatter().date(today)))
    counts = ("values", "missing", "corrected", "unverified")
    table = pd.DataFrame(
        {
            say("overview.ages.dataset"): age.title.in_language(language()),
            say("overview.ages.newest"): _newest(age),
            say("overview.ages.age"): _age(age),
            **{
                say(f"overview.ages.{name}"): formatter().number(getattr(age, name), 0)
                for name in counts
            },
        }
        for age in ages
    )
    show_table(
        table,
        label=say("overview.page.ages_heading"),
        numbers=[say(f"overview.ages.{name}") for name in counts],
        is_stacked=True,
    )


def _newest(age: DatasetAge) -> str:
    return formatter().date(age.newest) if age.newest else say("overview.ages.undated")


def _age(age: DatasetAge) -> str:
    if age.age_months is None:
        return say("overview.ages.undated")
    if age.age_months < 1:
        return say("overview.age.current")
    if age.age_months < MONTHS_TOLD_AS_YEARS:
        return say("overview.age.months", n=age.age_months)
    return say("overview.age.years", n=age.age_months // 12)
