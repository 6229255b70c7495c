"""Peta mingguan: officers' reports by kecamatan and week, with reporters and what was left out."""

from __future__ import annotations

import streamlit as st

from analytics.briefing.stamps import with_maker
from analytics.editions.edition import Edition
from analytics.figures.map_layer import MapLayer
from analytics.geography.levels import inner_level
from analytics.prices.catalogue import Catalogue
from analytics.prices.series import SeriesKey
from analytics.prices.weekly import week_choices
from analytics.prices.weekly_map import WeeklyAnswer, weekly_answer
from pages.prices import choices as choice
from pages.prices.choices import Choices
from pages.ui import cache, geometry
from pages.ui.figure import show_figure
from pages.ui.maps import show_legend, show_map
from pages.ui.state import language, say, theme, to_address

MAP_PX = 480


def show_weekly(edition: Edition, catalogue: Catalogue, chosen: Choices) -> None:
    """The map of one week; a click on a kecamatan chooses its series."""
    key = choice.reported_key(catalogue, chosen.listed)
    level = inner_level(edition)
    if key is None or not cache.result(week_choices, edition, key=key):
        _show_nothing("prices.weekly.none_title", "prices.weekly.none_cure")
        return
    if level is None:
        _show_nothing("prices.weekly.none_title", "prices.weekly.no_map")
        return
    week, labels = choice.choose_week(edition, key)
    asked = {
        "key": key, "week": week, "level": level,
        "focus": key.ref_area if chosen.listed.key.is_daily else None,
    }  # fmt: skip
    answer = cache.result(_answer, edition, today=cache.today(), language=language(), **asked)
    clicked = show_figure(
        with_maker(answer.figure, "prices/weekly", **asked),
        key="price_weekly",
        facts=answer.facts,
        level=1,
        map=lambda: _draw(edition, answer.layer, level=level, labels=labels),
        map_picture=lambda: {
            "layer": answer.layer,
            "boundary": geometry.outlines(edition, level=level),
            "labels": labels,
        },
        boundary=edition.boundary(level),
    )
    _take_up(catalogue, key, clicked)


def _answer(edition: Edition, *, level: str, **asked: object) -> WeeklyAnswer:
    boundary = geometry.outlines(edition, level=level)
    return weekly_answer(edition, boundary=boundary, **asked)  # type: ignore[arg-type]


def _draw(edition: Edition, layer: MapLayer, *, level: str, labels: str) -> str | None:
    clicked = show_map(
        layer,
        geometry_url=geometry.boundary_address(edition, level=level),
        key="price_weekly",
        theme=theme(),
        height=MAP_PX,
        labels=labels,
    )
    show_legend(layer, theme=theme())
    return clicked


def _take_up(catalogue: Catalogue, key: SeriesKey, clicked: str | None) -> None:
    """The clicked kecamatan's own series of the commodity, where it has ever reported it."""
    if clicked is None:
        return
    own = [
        one.key.unique_id
        for one in catalogue.of_item(key.item)
        if one.key.is_daily and (one.key.ref_area, one.key.basis) == (clicked, key.basis)
    ]
    if own:
        to_address(series=own[0])
        st.rerun()


def _show_nothing(title: str, cure: str) -> None:
    st.title(say(title))
    st.write(say(cure))
