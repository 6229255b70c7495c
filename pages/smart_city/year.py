"""Setahun: the figures of the yearly evaluation report, one after the other and as files."""

from __future__ import annotations

import json
from functools import partial

import streamlit as st

from analytics.briefing.draft import as_plain
from analytics.briefing.smart_city_year import draft_of_year
from analytics.editions.edition import Edition
from analytics.jobs.render import run_job
from analytics.publishing.figure_file import figure_about, figure_table_to_take_away
from analytics.publishing.tables import file_name
from analytics.smart_city.year_report import Part, report_years, year_figures, year_title
from pages.smart_city import choices
from pages.ui import cache, filters
from pages.ui.downloads import MIME
from pages.ui.figure import show_figure
from pages.ui.fold import folded
from pages.ui.plain_text import as_text
from pages.ui.state import language, say

MAKE = "analytics.publishing.several_tables:workbook_bytes"
WRITE = "analytics.jobs.briefings:briefing_file"
BRIEFINGS = ("pptx", "pdf")


def show(edition: Edition) -> None:
    """The year, the workbook, and its parts."""
    years = cache.result(report_years, edition, until=choices.last_whole_year())
    if not years:
        with st.container(border=True):
            st.markdown(f"**{say('smart_city.page.year_none')}**")
            st.write(say("smart_city.page.no_data_cure"))
        return
    year = filters.choose_step("year", label="smart_city.filter.year", options=list(years))
    st.header(year_title(year).words(language()))
    st.caption(say("smart_city.page.year_intro", year=year))
    parts = cache.result(year_figures, edition, year=year)
    with st.container(horizontal=True, key="smart_city_year_files"):
        for suffix in BRIEFINGS:
            _offer_briefing(edition, year, suffix)
        _offer_workbook(edition, parts, year)
    st.subheader(say("smart_city.page.year_parts"))
    for part in parts:
        _show_part(part)


def _show_part(part: Part) -> None:
    """Drawn when it is opened: all at once would be a long wait."""
    name = part.name.in_language(language())
    folded(
        f"part_{part.code}",
        title=as_text(f"{name}: {part.figure.title(language())}"),
        draw=partial(show_figure, part.figure, key=f"smart_city_year_{part.code}", level=4),
    )


def _offer_briefing(edition: Edition, year: int, suffix: str) -> None:
    """The report as a briefing, made by the same job as those of the page Paparan."""
    st.download_button(
        say(f"smart_city.page.year_{suffix}", year=year),
        data=partial(briefing, edition, year=year, language=language(), suffix=suffix),
        file_name=_file_name(edition, year, suffix),
        mime=MIME[suffix],
        key=f"smart_city_year_{suffix}",
        on_click="ignore",
        icon=":material/download:",
    )


def briefing(edition: Edition, *, year: int, language: str, suffix: str) -> bytes:
    """The report of a year as slides or a paper in a language."""
    content: bytes = run_job(
        WRITE, region=edition.stamp.region, edition=edition.stamp.number, language=language,
        draft=json.dumps(as_plain(draft_of_year(year)), ensure_ascii=False), suffix=suffix,
    )  # fmt: skip
    return content


def _file_name(edition: Edition, year: int, suffix: str) -> str:
    stamp = edition.stamp
    stem = f"{stamp.region}_smart_city_{year}_e{stamp.number}"
    return file_name(stem, suffix=suffix, is_training=stamp.is_training)


def _offer_workbook(edition: Edition, parts: tuple[Part, ...], year: int) -> None:
    stamp = edition.stamp
    st.download_button(
        say("smart_city.page.year_workbook", year=year),
        data=partial(
            workbook, parts, is_training=stamp.is_training, language=language()
        ),
        file_name=_file_name(edition, year, "xlsx"),
        mime=MIME["xlsx"],
        key="smart_city_year_workbook",
        on_click="ignore",
        icon=":material/download:",
    )  # fmt: skip


def workbook(parts: tuple[Part, ...], *, is_training: bool, language: str) -> bytes:
    """One sheet a part in a language, and what each is about on the last one."""
    words = language
    sheets = [
        (part.name.in_language(words), figure_table_to_take_away(part.figure, language=words))
        for part in parts
    ]
    about = [
        (part.name.in_language(words), f"{name}: {value}")
        for part in parts
        for name, value in figure_about(part.figure, language=words)
    ]
    return run_job(MAKE, sheets=sheets, is_training=is_training, about=about)
