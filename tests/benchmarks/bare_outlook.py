"""A bare page with the charts of the forecast page, made before: what sending them costs by itself.

Run by bench_outlook. BARE_CHARTS names a JSON file with a list of Vega-Lite charts.
"""

import json
import os
from pathlib import Path

import streamlit as st


@st.cache_resource
def charts() -> list[dict]:
    """Read once, as an app would keep them."""
    return json.loads(Path(os.environ["BARE_CHARTS"]).read_text(encoding="utf-8"))


st.set_page_config(layout="wide")
st.title("Bare")
for place, chart in enumerate(charts()):
    st.vega_lite_chart(chart, width="stretch", theme=None, key=str(place))
