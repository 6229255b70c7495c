"""Sumber data: sources, licences, ages and caveats; metadata; corrected and rejected rows."""

import streamlit as st

from analytics.overview.freshness import dataset_titles
from analytics.overview.sources import dataset_metadata, source_table, treated_by_dataset
from pages.about import parts
from pages.ui import cache, filters
from pages.ui.state import language, say

edition = cache.edition()
titles = cache.result(dataset_titles, edition)

st.title(say("about.sources.title"))
st.caption(parts.context(edition))

table = cache.result(source_table, edition, language=language())
with filters.row("sources", visible=2) as row:
    dataset = filters.choose_one(
        "dataset",
        label="about.sources.dataset",
        options=[parts.ALL, *titles],
        words=lambda code: parts.dataset_words(code, titles),
        default=parts.ALL,
        cell=row,
    )
    typed = filters.typed("search", label="about.sources.search", cell=row)
chosen = parts.matching(table, dataset=dataset, titles=titles, typed=typed)
parts.show_sources(chosen, total=len(table), edition=edition)

st.header(say("about.metadata.title"))
parts.show_metadata(cache.result(dataset_metadata, edition, language=language()), chosen=dataset)

st.header(say("about.treated.title"))
parts.show_treated(edition, cache.result(treated_by_dataset, edition))
