"""Ringkasan: key figures, what is new, how old the data are, where to go next."""

import streamlit as st

from analytics.overview.cards import headline_fact, headline_trend
from analytics.overview.freshness import dataset_ages
from analytics.overview.headlines import headlines
from pages.home import parts
from pages.ui import cache
from pages.ui.figure import show_facts
from pages.ui.state import formatter, say
from pages.ui.warning_list import show_warning_list

edition = cache.edition()
today = cache.today()

st.title(
    say("overview.page.heading", region=edition.stamp.region_name.in_language(formatter().language))
)
st.caption(
    say(
        "overview.page.lead",
        edition=edition.stamp.number,
        published=formatter().date(edition.stamp.published_on),
    )
)

results = cache.result(headlines, edition)
show_facts(
    tuple(headline_fact(result) for result in results),
    columns=4,
    sparks={i: trend for i, result in enumerate(results) if (trend := headline_trend(result))},
)

show_warning_list(edition)
parts.show_groups()

ages = cache.result(dataset_ages, edition, today=today)
parts.show_news(ages, edition)
parts.show_ages(ages, today=today)
