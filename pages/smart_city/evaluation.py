"""Smart City: the evaluation of programmes with its evidence, and what is still unknown."""

import streamlit as st

from pages.smart_city import choices, lists, programmes, questions, scores, year
from pages.ui import cache, filters
from pages.ui.state import language, say

edition = cache.edition()
region = edition.stamp.region_name.in_language(language())
st.title(say("smart_city.page.title"))
if not choices.has_data(edition):
    choices.show_nothing(region)
st.caption(say("smart_city.page.intro", region=region))

SHOWN_BY = {
    "scores": scores.show,
    "programmes": programmes.show,
    "recommendations": lists.show_recommendations,
    "indices": lists.show_indices,
    "iso": lists.show_iso,
    "questions": questions.show,
    "year": year.show,
}
section = filters.choose_view(
    "section",
    label="smart_city.section.label",
    options=choices.SECTIONS,
    words=lambda name: say(f"smart_city.section.{name}"),
    hides_label=True,
)
SHOWN_BY[section](edition)
