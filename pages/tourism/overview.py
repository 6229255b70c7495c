"""Ringkas: visits by year, targets, origin, pace, kinds as sources state them."""

from __future__ import annotations

import streamlit as st

from analytics.editions.edition import Edition
from analytics.tourism import figures
from analytics.tourism.mix import stated_mix_report
from analytics.tourism.origin import origin_report
from analytics.tourism.pace import pace_report
from analytics.tourism.targets import attainment_report
from analytics.tourism.totals import totals_report
from pages.tourism import choices
from pages.ui import cache
from pages.ui.figure import show_figure


def show(edition: Edition, *, with_unverified: bool) -> None:
    """The region's totals first, then what they rest on."""
    choices.warn_if(with_unverified)
    chosen = {"with_unverified": with_unverified}
    totals = cache.result(totals_report, edition, **chosen)
    attainment = cache.result(attainment_report, edition, **chosen)
    origin = cache.result(origin_report, edition, **chosen)
    show_figure(
        figures.totals_figure(edition, totals),
        key="tourism_totals",
        facts=figures.totals_facts(totals, origin, attainment),
        height=360,
    )
    left, right = st.columns(2, gap="large")
    with left:
        show_figure(
            figures.attainment_figure(edition, attainment),
            key="tourism_attainment", level=3, height=280,
        )  # fmt: skip
    with right:
        show_figure(
            figures.origin_figure(edition, origin), key="tourism_origin", level=3, height=280
        )
    _show_further(edition, with_unverified=with_unverified)


def _show_further(edition: Edition, *, with_unverified: bool) -> None:
    """Pace and kinds, where a source says anything about them."""
    pace = cache.result(pace_report, edition, with_unverified=with_unverified)
    mix = cache.result(stated_mix_report, edition, with_unverified=with_unverified)
    if not pace.is_empty:
        figure = figures.pace_figure(edition, pace)
        show_figure(figure, key="tourism_pace", level=3)
    if not mix.is_empty:
        figure = figures.stated_mix_figure(edition, mix)
        show_figure(figure, key="tourism_mix", level=3, height=320)
