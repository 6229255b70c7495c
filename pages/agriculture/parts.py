"""Parts of the agriculture map: map with ranking, two periods, the panel of an area, calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NoReturn

import streamlit as st

from analytics.agriculture.answers import area_label
from analytics.agriculture.area_reports import AreaProfile, area_profile, profile_words
from analytics.agriculture.calendar_report import calendar_areas, calendar_indicators
from analytics.agriculture.facts import change_facts, map_facts
from analytics.agriculture.figures import (
    calendar_figure,
    change_figure,
    map_figure,
    neighbours_figure,
    series_figure,
    sources_figure,
    two_figures_figure,
)
from analytics.agriculture.levels import MapLevel, level_below
from analytics.agriculture.map_view import change_view, map_view
from analytics.agriculture.outlines import neighbours_of, outlines
from analytics.agriculture.ranking import ranking
from analytics.agriculture.rows import PRODUCTION
from analytics.editions.edition import Edition
from analytics.figures.figure import Fact, Figure
from analytics.figures.map_layer import MapLayer
from pages.agriculture.choices import NO_AREA, Choices, choose_comparison, period_words
from pages.agriculture.ranking import show_ranking
from pages.ui import cache, filters, geometry
from pages.ui.figure import show_facts, show_figure
from pages.ui.maps import show_legend, show_map
from pages.ui.state import language, say, theme, to_address

MAP_PX = 520
SMALL_MAP_PX = 380
RANKING_PX = 330
SERIES_PX = 300
CENTRES_TOLD = 8


def show_nothing(name: str, **values: str) -> NoReturn:
    """The designed empty state of the page: why, and what to do."""
    st.title(say("agriculture.page.title"))
    with st.container(border=True):
        st.markdown(f"**{say(f'agriculture.page.{name}_title', **values)}**")
        st.write(say(f"agriculture.page.{name}_cure"))
    st.stop()


# Map and ranking


def show_map_and_ranking(edition: Edition, chosen: Choices, *, is_compared: bool) -> None:
    """The map with its figures, and the ranking of all areas beside it."""
    period = {"period": chosen.period}
    layer = cache.result(
        map_view, edition, **period, **chosen.focused, **chosen.classed,
        over=chosen.periods_of_classes, language=language(),
    )  # fmt: skip
    if is_compared:
        st.info(say("agriculture.page.nothing_to_compare"))
    _show_main_map(
        edition,
        chosen,
        figure=cache.result(map_figure, edition, **period, **chosen.focused),
        layer=layer,
        facts=cache.result(map_facts, edition, **period, **chosen.focused),
    )


def _show_main_map(
    edition: Edition,
    chosen: Choices,
    *,
    figure: Figure,
    layer: MapLayer,
    facts: Sequence[Fact],
) -> None:
    """Title, context, map beside facts and ranking, and all that stands under a figure."""
    st.title(figure.title(language()))
    st.caption(figure.context(language(), today=cache.today()))
    clicked = show_figure(
        figure,
        key="agriculture_map",
        is_bare=True,
        map=lambda: _map_beside_ranking(edition, chosen, figure, layer, facts),
        map_picture=lambda: _picture_of(edition, chosen, layer),
        boundary=edition.boundary(chosen.level.code),
    )
    if clicked:
        to_address(area=clicked)
        st.rerun()


def _map_beside_ranking(
    edition: Edition, chosen: Choices, figure: Figure, layer: MapLayer, facts: Sequence[Fact]
) -> str | None:
    left, right = st.columns([2, 1], gap="medium")
    with left:
        clicked = _draw(edition, chosen, layer, key="agriculture", height=MAP_PX)
    with right:
        show_facts(facts, columns=len(facts) if len(facts) < 3 else 2)
        if not figure.is_empty:
            lines = ranking(edition, figure.result, focus=chosen.area or None, language=language())
            indicator = figure.result.indicator
            title = indicator.name.in_language(language())
            show_ranking(lines, indicator=indicator, title=title, height=RANKING_PX)
    return clicked


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
    )
    show_legend(layer, theme=theme())
    return clicked


def _picture_of(edition: Edition, chosen: Choices, layer: MapLayer) -> dict[str, object]:
    """What the job needs to draw the map again for the picture to share."""
    boundary = outlines(edition, level=chosen.level.code)
    return {"layer": layer, "boundary": boundary, "labels": chosen.labels}


# Two periods


def show_comparison(edition: Edition, chosen: Choices) -> None:
    """The change map first, then the two periods side by side in the same classes."""
    before, after, mode = choose_comparison(chosen)
    asked = {**chosen.focused, "before": before, "after": after, "mode": mode}
    _show_main_map(
        edition,
        chosen,
        figure=cache.result(change_figure, edition, **asked),
        layer=cache.result(change_view, edition, **asked, language=language()),
        facts=cache.result(change_facts, edition, **asked),
    )
    _show_two_periods(edition, chosen, before=before, after=after)


def _show_two_periods(edition: Edition, chosen: Choices, *, before: str, after: str) -> None:
    st.subheader(say("agriculture.page.side_by_side"))
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


def show_area(edition: Edition, chosen: Choices, *, levels: Mapping[str, MapLevel]) -> None:
    """Profile, series, neighbours and the other figures of the area in focus."""
    own = edition.ref_area if edition.ref_area in chosen.level.areas else NO_AREA
    shown = chosen.area or own
    if not shown:
        _show_ways(edition, chosen, shown=shown, levels=levels)
        return
    st.divider()
    profile = cache.result(
        area_profile, edition, area=shown, with_unverified=chosen.with_unverified
    )
    st.header(say("agriculture.page.area_heading", area=profile.name.in_language(language())))
    _show_ways(edition, chosen, shown=shown, levels=levels)
    _show_profile(edition, chosen, profile)
    asked = {**chosen.measured, "area": shown}
    _show_two_figures(edition, asked)
    left, right = st.columns(2, gap="large")
    with left:
        _show(series_figure, edition, key="series", height=SERIES_PX,
              **asked, period=chosen.period)  # fmt: skip
    with right:
        _show(neighbours_figure, edition, key="neighbours", **asked, period=chosen.period)
    _show_sources(edition, asked, period=chosen.period)


def _show(
    make: Callable[..., Figure],
    edition: Edition,
    *,
    key: str,
    height: int | None = None,
    **choices: object,
) -> None:
    figure = cache.result(make, edition, **choices)
    show_figure(figure, key=f"agriculture_{key}", level=3, height=height)


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


def _show_two_figures(edition: Edition, asked: Mapping[str, object]) -> None:
    """Where two methods give a figure, both stand with their difference and the reason."""
    figure = cache.result(two_figures_figure, edition, **asked)
    if figure.is_empty:
        return
    with st.container(border=True, key="agriculture_two"):
        st.markdown(f"**{say('agriculture.page.two_figures_heading')}**")
        show_figure(figure, key="agriculture_two_figures", level=3, height=260)


def _show_sources(edition: Edition, asked: Mapping[str, object], *, period: str) -> None:
    """All sources' figures where there is more than one."""
    figure = cache.result(sources_figure, edition, **asked, period=period)
    if len(figure.frame) > 1:
        show_figure(figure, key="agriculture_sources", level=3)


# Calendar


def show_calendar(edition: Edition) -> None:
    """Months of harvest: a strip of years by months."""
    areas = cache.result(calendar_areas, edition)
    if not areas:
        return
    indicators = cache.result(calendar_indicators, edition)
    st.divider()
    st.header(say("agriculture.page.calendar_heading"))
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
    _show(calendar_figure, edition, key="calendar", area=area, indicator=indicator)
