"""Parts of the agriculture map: map with ranking, two periods, the panel of an area, calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.agriculture.answers import area_label
from analytics.agriculture.area_reports import AreaProfile, area_profile, profile_words
from analytics.agriculture.calendar_report import calendar_areas, calendar_indicators
from analytics.agriculture.figures import (
    calendar_figure,
    neighbours_figure,
    series_figure,
    sources_figure,
    two_figures_figure,
)
from analytics.agriculture.levels import MapLevel, level_below, own_region
from analytics.agriculture.map_answer import MapAnswer, change_answer, map_answer
from analytics.agriculture.map_view import map_view
from analytics.agriculture.measures import measures
from analytics.agriculture.outlines import neighbours_of, outlines
from analytics.agriculture.rows import PRODUCTION
from analytics.editions.edition import Edition
from analytics.figures.figure import Figure
from analytics.figures.map_layer import MapLayer
from pages.agriculture.ahead import told_ahead
from pages.agriculture.choices import NO_AREA, Choices, Comparison, choose, period_words
from pages.agriculture.ranking import show_ranking
from pages.ui import cache, filters, geometry
from pages.ui.figure import show_facts, show_figure, show_words_and_files
from pages.ui.fold import folded
from pages.ui.maps import show_legend, show_map
from pages.ui.state import language, say, theme, to_address

MAP_PX = 520
SMALL_MAP_PX = 380
RANKING_PX = 330
SERIES_PX = 300
PERIOD = "period"
MAIN_MAP = "agriculture"
MAP_PART = "agriculture_map_part"
# What the parts outside the map were drawn for.
OUTSIDE = "agriculture_outside_the_map"


def show_nothing(name: str, **values: str) -> NoReturn:
    """The designed empty state of the page: why, and what to do."""
    st.title(say("agriculture.page.title"))
    with st.container(border=True):
        st.markdown(f"**{say(f'agriculture.page.{name}_title', **values)}**")
        st.write(say(f"agriculture.page.{name}_cure"))
    st.stop()


# The part that runs on its own: another year repaints the map and leaves the rest alone


@dataclass(frozen=True)
class View:
    """What the switches above the map say."""

    edition: Edition
    level: MapLevel
    is_compared: bool
    with_unverified: bool

    def choose(self) -> tuple[Choices, Sequence[filters.LaterRow]]:
        """What is chosen now, and the filters to be drawn."""
        found = cache.result(
            measures, self.edition, level=self.level.code, with_unverified=self.with_unverified
        )
        return choose(
            self.edition, self.level, found, is_compared=self.is_compared,
            with_unverified=self.with_unverified, on_change=_run_the_map_first,
        )  # fmt: skip


def _run_the_map_first() -> None:
    st.rerun([MAP_PART])


def show_filters_and_map(view: View) -> None:
    """The row of filters, and below it the map, which is sent before they are."""
    chosen, rows = view.choose()
    st.session_state[OUTSIDE] = chosen.outside_the_map
    cells = [row.cells() for row in rows]
    _show_map_part(view, cells[0][PERIOD])
    for row, own in zip(rows, cells, strict=True):
        row.draw(own, but=(PERIOD,))


@st.fragment(key=MAP_PART)
def _show_map_part(view: View, period_cell: DeltaGenerator) -> None:
    """Map and ranking, then the filter of the period: another period runs this part alone."""
    chosen, rows = view.choose()
    if chosen.comparison is None:
        _show_map_and_ranking(view, chosen)
    else:
        _show_comparison(view.edition, chosen, chosen.comparison)
    rows[0].draw_one(PERIOD, period_cell)
    if st.session_state[OUTSIDE] != chosen.outside_the_map:
        st.rerun()


def show_parts_below(view: View, levels: Mapping[str, MapLevel]) -> None:
    """The panel of the area in focus; without one, what there is of the own region, folded."""
    chosen, _ = view.choose()
    own = own_region(view.edition, chosen.level) or NO_AREA
    _show_ways(view.edition, chosen, shown=chosen.area or own, levels=levels)
    if chosen.area:
        _show_area(view.edition, chosen, area=chosen.area)
    elif own:
        _fold_own_area(view.edition, chosen, area=own)
    _fold_calendar(view.edition)


# Map and ranking


def _show_map_and_ranking(view: View, chosen: Choices) -> None:
    if view.is_compared:
        st.info(say("agriculture.page.nothing_to_compare"))
    answer = cache.result(map_answer, view.edition, **chosen.mapped, language=language())
    _show_main_map(view.edition, chosen, answer)


def _show_main_map(edition: Edition, chosen: Choices, answer: MapAnswer) -> None:
    """Title, context, map beside facts and ranking, and all that stands under a figure.

    The map is sent before the words above it: the browser paints it while they are written.
    """
    figure, layer = answer.figure, answer.layer
    words_above = st.container()
    left, right = st.columns([2, 1], gap="medium")
    with left:
        clicked = _draw(edition, chosen, layer, key=MAIN_MAP, height=MAP_PX)
    with words_above:
        st.title(figure.title(language()))
        st.caption(figure.context(language(), today=cache.today()))
    with right:
        _show_facts_and_ranking(answer)
    show_words_and_files(
        figure,
        key="agriculture_map",
        map_picture=lambda: _picture_of(edition, chosen, layer),
        boundary=edition.boundary(chosen.level.code),
    )
    if clicked:
        to_address(area=clicked)
        st.rerun()


def _show_facts_and_ranking(answer: MapAnswer) -> None:
    facts = answer.facts
    show_facts(facts, columns=len(facts) if len(facts) < 3 else 2)
    if not answer.figure.is_empty:
        indicator = answer.figure.result.indicator
        title = indicator.name.in_language(language())
        show_ranking(answer.lines, indicator=indicator, title=title, height=RANKING_PX)


def _draw(
    edition: Edition, chosen: Choices, layer: MapLayer, *, key: str, height: int
) -> str | None:
    """The map with its legend below; gives the area that was clicked."""
    clicked = show_map(
        layer,
        geometry_url=geometry.boundary_address(edition, level=chosen.level.code),
        key=key,
        theme=theme(),
        height=height,
        labels=chosen.labels,
        further=_ahead(edition, chosen) if key == MAIN_MAP else {},
    )
    show_legend(layer, theme=theme())
    return clicked


def _ahead(edition: Edition, chosen: Choices) -> Mapping[str, object]:
    """The other views of the map, to be painted at once; a comparison waits for the page."""
    if chosen.comparison is not None:
        return {}
    return told_ahead(edition, chosen, theme=theme(), language=language())


def _picture_of(edition: Edition, chosen: Choices, layer: MapLayer) -> dict[str, object]:
    """What the job needs to draw the map again for the picture to share."""
    boundary = outlines(edition, level=chosen.level.code)
    return {"layer": layer, "boundary": boundary, "labels": chosen.labels}


# Two periods


def _show_comparison(edition: Edition, chosen: Choices, comparison: Comparison) -> None:
    """The change map first, then the two periods side by side in the same classes."""
    before, after = comparison.before, comparison.after
    answer = cache.result(
        change_answer, edition, **chosen.focused, before=before, after=after,
        mode=comparison.mode, language=language(),
    )  # fmt: skip
    _show_main_map(edition, chosen, answer)
    _show_two_periods(edition, chosen, before=before, after=after)


def _show_two_periods(edition: Edition, chosen: Choices, *, before: str, after: str) -> None:
    st.header(say("agriculture.page.side_by_side"))
    over = chosen.periods_of_classes or (before, after)
    for column, (place, period) in zip(
        st.columns(2), (("before", before), ("after", after)), strict=True
    ):
        layer = cache.result(
            map_view, edition, period=period, **chosen.focused, **chosen.classed, over=over,
            language=language(),
        )  # fmt: skip
        with column:
            st.markdown(f"**{period_words(chosen.measure, period)}**")
            _draw(edition, chosen, layer, key=f"agriculture_{place}", height=SMALL_MAP_PX)


# The panel of an area


def _show_area(edition: Edition, chosen: Choices, *, area: str) -> None:
    """Profile, two figures, series, neighbours and sources of the area in focus."""
    st.divider()
    st.header(_area_heading(edition, area))
    _show_area_profile(edition, chosen, area=area)
    figure = _two_figures(edition, chosen, area=area)
    if not figure.is_empty:
        with st.container(border=True, key="agriculture_two"):
            st.markdown(f"**{say('agriculture.page.two_figures_heading')}**")
            _show_two_figures(figure)
    _show_area_figures(edition, chosen, area=area)


def _fold_own_area(edition: Edition, chosen: Choices, *, area: str) -> None:
    """The same of the own region, each part drawn when the reader opens it."""
    figure = _two_figures(edition, chosen, area=area)
    if not figure.is_empty:
        heading = say("agriculture.page.two_figures_heading")
        folded("two", title=heading, draw=lambda: _show_two_figures(figure, level=2),
               is_open_at_first=True)  # fmt: skip

    def draw() -> None:
        _show_area_profile(edition, chosen, area=area)
        _show_area_figures(edition, chosen, area=area, level=2)

    folded("profile", title=_area_heading(edition, area), draw=draw)


def _area_heading(edition: Edition, area: str) -> str:
    name = area_label(edition, area).in_language(language())
    return say("agriculture.page.area_heading", area=name)


def _show_area_profile(edition: Edition, chosen: Choices, *, area: str) -> None:
    profile = cache.result(area_profile, edition, area=area, with_unverified=chosen.with_unverified)
    _show_profile(edition, chosen, profile)


def _two_figures(edition: Edition, chosen: Choices, *, area: str) -> Figure:
    """Where two methods give a figure, both with their difference and the reason."""
    return cache.result(two_figures_figure, edition, **chosen.measured, area=area)


def _show_two_figures(figure: Figure, *, level: int = 3) -> None:
    show_figure(figure, key="agriculture_two_figures", level=level, height=260)


def _show_area_figures(edition: Edition, chosen: Choices, *, area: str, level: int = 3) -> None:
    """`level` of the headings: what is folded has no heading of its own above them."""
    asked = {**chosen.measured, "area": area, "period": chosen.period}
    left, right = st.columns(2, gap="large")
    with left:
        _show(series_figure, edition, key="series", height=SERIES_PX, choices=asked, level=level)
    with right:
        _show(neighbours_figure, edition, key="neighbours", choices=asked, level=level)
    _show_sources(edition, asked)


def _show(
    make: Callable[..., Figure],
    edition: Edition,
    *,
    key: str,
    choices: Mapping[str, object],
    height: int | None = None,
    level: int = 3,
) -> None:
    figure = cache.result(make, edition, **choices)
    show_figure(figure, key=f"agriculture_{key}", level=level, height=height)


def _show_ways(
    edition: Edition, chosen: Choices, *, shown: str, levels: Mapping[str, MapLevel]
) -> None:
    """Up to the wider map, down into the own region, or close the panel."""
    below = level_below(edition, shown) if shown else None
    wider = next((level for level in levels.values() if level.holds_region), None)
    with st.container(horizontal=True, key="agriculture_ways"):
        if below is not None:
            area = area_label(edition, shown).in_language(language())
            _way(say("agriculture.page.down", area=area), icon="arrow_downward", level=below.code)
        if wider is not None and not chosen.level.holds_region:
            name = wider.name.in_language(language())
            _way(say("agriculture.page.up", level=name), icon="arrow_upward", level=wider.code)
        if chosen.area:
            _way(say("agriculture.page.clear"), icon="close", level=chosen.level.code)


def _way(label: str, *, icon: str, level: str) -> None:
    st.button(
        label,
        icon=f":material/{icon}:",
        key=f"agriculture_way_{icon}",
        on_click=to_address,
        kwargs={"level": level, "area": NO_AREA},
    )


def _show_profile(edition: Edition, chosen: Choices, profile: AreaProfile) -> None:
    beside = neighbours_of(edition, level=chosen.level.code).get(profile.code, ())
    lines = profile_words(profile, neighbours=[area_label(edition, code) for code in beside])
    words = [
        f"**{heading.in_language(language())}**: {told.in_language(language())}"
        for heading, told in lines
    ]
    left, right = st.columns([1, 2] if profile.facts else [1, 0.01], gap="medium")
    with left:
        st.markdown("  \n".join(words))
    with right:
        if profile.facts:
            show_facts(profile.facts, columns=len(profile.facts))


def _show_sources(edition: Edition, asked: Mapping[str, object]) -> None:
    """All sources' figures where there is more than one."""
    figure = cache.result(sources_figure, edition, **asked)
    if len(figure.frame) > 1:
        show_figure(figure, key="agriculture_sources", level=3)


# Calendar


def _fold_calendar(edition: Edition) -> None:
    """Months of harvest, where they are known."""
    areas = cache.result(calendar_areas, edition)
    if areas:
        folded(
            "calendar",
            title=say("agriculture.page.calendar_heading"),
            draw=lambda: _show_calendar(edition, areas),
        )


def _show_calendar(edition: Edition, areas: Sequence[str]) -> None:
    """A strip of years by months."""
    indicators = cache.result(calendar_indicators, edition)
    words = edition.vocabulary
    with filters.row("agriculture_calendar", visible=2) as row:
        area = filters.choose_one(
            "calendar_area",
            label="agriculture.filter.calendar_area",
            options=areas,
            words=words.area_name,
            cell=row,
        )
        indicator = filters.choose_one(
            "calendar_indicator",
            label="agriculture.filter.calendar_indicator",
            options=indicators,
            words=lambda code: words.indicator(code).name.in_language(language()),
            default=PRODUCTION if PRODUCTION in indicators else indicators[0],
            cell=row,
        )
    asked = {"area": area, "indicator": indicator}
    _show(calendar_figure, edition, key="calendar", choices=asked)
