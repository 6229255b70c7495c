"""Parts of the home page below the key figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from analytics.overview.freshness import DatasetAge
from pages.ui.navigation import link_to
from pages.ui.state import formatter, language, say
from pages.ui.tables import show_table

GROUPS = {
    "agriculture": (("map", "agriculture"), ("prices", "prices")),
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


def show_news(ages: Sequence[DatasetAge], *, edition_number: int) -> None:
    """What this edition brought: everything for the first one, else the datasets that changed."""
    st.header(say("overview.page.new_heading"))
    if edition_number == 1:
        values = formatter().number(sum(age.values for age in ages))
        st.write(say("overview.page.new_first", n=len(ages), values=values))
        return
    changed = [age.title.in_language(language()) for age in ages if age.is_changed]
    if not changed:
        st.write(say("overview.page.new_nothing", edition=edition_number))
    st.markdown(
        "\n".join(
            f"- {say('overview.page.new_changed', title=title, edition=edition_number)}"
            for title in changed
        )
    )


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
