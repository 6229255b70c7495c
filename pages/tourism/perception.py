"""Permintaan & persepsi: what visitors say, what is sought and promoted, what surveys tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from analytics.editions.edition import Edition
from analytics.jobs.render import JobFailed
from analytics.tourism import brand_figures as figures
from analytics.tourism.perception_report import (
    course_report,
    perception_years,
    scores_report,
    words_report,
)
from analytics.tourism.search import promotion_gap_report, search_share_report, voice_report
from analytics.tourism.surveys import nps_report, support_report
from pages.ui import cache, filters
from pages.ui.figure import show_figure
from pages.ui.state import say


def show(edition: Edition, *, with_unverified: bool) -> None:  # noqa: ARG001 (sections are alike)
    """One of three views; nothing here rests on figures that are not verified."""
    view = filters.choose_view(
        "perception_view", label="perception.page.view_label", options=tuple(SHOWN_BY),
        words=lambda name: say(f"perception.page.view.{name}"), hides_label=True,
    )  # fmt: skip
    SHOWN_BY[view](edition)


def worked_out(edition: Edition) -> bool:
    """Whether the reviews of this edition are read; the first reader waits for the job."""
    try:
        with st.spinner(say("perception.page.working")):
            cache.result(perception_years, edition)
    except JobFailed as failed:
        st.error(say("perception.page.failed", reason=failed))
        return False
    return True


def _show_opinions(edition: Edition) -> None:
    if not worked_out(edition):
        return
    years = cache.result(perception_years, edition)
    year = 0
    if years:
        with filters.row("perception", visible=3) as row:
            year = filters.choose_one(
                "perception_year", label="perception.page.year", options=years[::-1], cell=row
            )
    scores = cache.result(scores_report, edition, year=year)
    show_figure(figures.scores_figure(edition, scores), key="perception_scores")
    left, right = st.columns(2, gap="large")
    course = cache.result(course_report, edition)
    words = cache.result(words_report, edition)
    if course.is_empty:
        return
    with left:
        figure = figures.course_figure(edition, course)
        show_figure(figure, key="perception_course", level=3, height=300)
    with right:
        show_figure(figures.words_figure(edition, words), key="perception_words", level=3)


def _show_search(edition: Edition) -> None:
    gap = cache.result(promotion_gap_report, edition)
    share = cache.result(search_share_report, edition)
    voice = cache.result(voice_report, edition)
    show_figure(figures.gap_figure(edition, gap), key="promotion_gap")
    left, right = st.columns(2, gap="large")
    with left:
        figure = figures.search_share_figure(edition, share)
        show_figure(figure, key="search_share", level=3)
    with right:
        show_figure(figures.voice_figure(edition, voice), key="share_of_voice", level=3)


def _show_surveys(edition: Edition) -> None:
    nps = cache.result(nps_report, edition)
    support = cache.result(support_report, edition)
    show_figure(figures.nps_figure(edition, nps), key="nps", height=300)
    show_figure(
        figures.support_figure(edition, support), key="resident_support", level=3, height=300
    )


SHOWN_BY: Mapping[str, Callable[[Edition], None]] = {
    "opinions": _show_opinions,
    "search": _show_search,
    "surveys": _show_surveys,
}
