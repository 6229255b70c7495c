"""Templates of the two tables that offices fill for their programmes."""

from __future__ import annotations

import streamlit as st

from analytics.jobs.render import run_job
from analytics.smart_city.rows import BUDGET, PERFORMANCE
from pages.ui import cache
from pages.ui.downloads import MIME
from pages.ui.state import language, region, say

MAKE = "analytics.desk.files:template"


def offer_templates() -> None:
    """Both workbooks, made on a click in a process of their own."""
    with st.container(horizontal=True, key="smart_city_templates"):
        for dataset in (PERFORMANCE, BUDGET):
            st.download_button(
                say(f"smart_city.page.template_{dataset}"),
                data=lambda dataset=dataset: _template(dataset),
                file_name=f"{region()}_{dataset}.xlsx",
                mime=MIME["xlsx"],
                key=f"smart_city_template_{dataset}",
                on_click="ignore",
                type="tertiary",
                icon=":material/download:",
            )


def _template(dataset: str) -> bytes:
    return run_job(MAKE, region=region(), dataset=dataset, language=language(), today=cache.today())
