"""Parts of the analysis page: one for each analysis, from its filters to its pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from analytics.agriculture import analysis_figures as made
from analytics.agriculture.calendar_report import calendar_areas
from analytics.agriculture.figures import calendar_figure, two_figures_figure
from analytics.agriculture.levels import MapLevel
from analytics.agriculture.outlines import outlines
from analytics.agriculture.panel import make_up_gap
from analytics.agriculture.rows import PRODUCTION
from analytics.editions.edition import Edition
from analytics.figures.figure import Figure, Kind
from analytics.figures.map_layer import MapLayer
from analytics.figures.neighbour_chart import neighbour_spec
from analytics.figures.result import Statement
from pages.agriculture import analysis_choices as choices
from pages.agriculture.reasons import show_reasons
from pages.ui import cache, geometry
from pages.ui.figure import draw_spec, show_figure
from pages.ui.maps import show_legend, show_map
from pages.ui.plain_text import as_text
from pages.ui.state import from_address, language, say, theme

MAP_PX = 480
PICTURE_PX = 420
TWO_FIGURES_PX = 280
Levels = Mapping[str, MapLevel]


def show_section(edition: Edition, section: str, levels: Levels) -> None:
    """The analysis of that name."""
    SHOWN[section](edition, levels)


def show_nothing(section: str, *reasons: Statement) -> None:
    """That there is nothing to compute from, why, and what to do."""
    name = say(f"analysis.section.{section}")
    words = [reason.words(language()) for reason in reasons]
    with st.container(border=True):
        st.markdown(f"**{say('analysis.page.nothing_title', section=name)}**")
        for line in words or [say("analysis.page.nothing_cure")]:
            st.write(as_text(line))


def _show_make_up(section: str, make: Callable[..., made.Analysis]) -> Callable[..., None]:
    """LQ, shift-share and Klassen differ only in what is computed."""

    def show(edition: Edition, levels: Levels) -> None:
        chosen = choices.choose_make_up(edition, levels, key=section)
        if chosen is None:
            level = from_address("level", offered=levels, otherwise=next(iter(levels)))
            show_nothing(section, *cache.result(make_up_gap, edition, level=level))
            return
        _show(edition, cache.result(make, edition, language=language(), **chosen), chosen, section)

    return show


def _show_progress(edition: Edition, levels: Levels) -> None:
    chosen = choices.choose_progress(edition, levels)
    if chosen is None:
        show_nothing("progress")
        return
    level = levels[str(chosen["level"])]
    focus = edition.ref_area if edition.ref_area in level.areas else None
    answer = cache.result(made.progress, edition, language=language(), focus=focus, **chosen)
    _show(edition, answer, chosen, "progress")


def _show_clusters(edition: Edition, levels: Levels) -> None:
    chosen = choices.choose_clusters(edition, levels)
    if chosen is None:
        show_nothing("clusters")
        return
    with st.spinner(say("analysis.page.computing")):
        answer = cache.result(made.clusters, edition, language=language(), **chosen)
    _show(edition, answer, chosen, "clusters")
    if answer.layer is not None:
        st.subheader(say("analysis.page.neighbours_heading"))
        st.caption(say("analysis.page.neighbours_lead"))
        _draw_neighbours(edition, answer, level=str(chosen["level"]))


def _draw_neighbours(edition: Edition, answer: made.Analysis, *, level: str) -> None:
    frame = answer.main.frame
    spec = neighbour_spec(
        answer.layer,
        geometry=geometry.boundary_of(edition, level=level),
        neighbours=dict(zip(frame["ref_area"], frame["beside"], strict=True)),
        theme=theme(),
    )
    draw_spec(spec, key="analysis_neighbours")


def _show_balance(edition: Edition, levels: Levels) -> None:
    chosen = choices.choose_balance(edition, levels)
    if chosen is None:
        show_nothing("balance")
        return
    level = levels[str(chosen["level"])]
    focus = edition.ref_area if edition.ref_area in level.areas else None
    answer = cache.result(made.balance, edition, language=language(), focus=focus, **chosen)
    _show(edition, answer, chosen, "balance")
    wide = next(code for code, one in levels.items() if edition.ref_area in one.areas)
    monthly = cache.result(made.monthly_balance, edition, area=edition.ref_area, level=wide)
    show_figure(monthly, key="analysis_balance_months", height=PICTURE_PX)
    _show_calendar(edition)


def _show_calendar(edition: Edition) -> None:
    """Months of harvest of the own region, where they are known."""
    areas = cache.result(calendar_areas, edition)
    if edition.ref_area in areas:
        figure = cache.result(calendar_figure, edition, area=edition.ref_area, indicator=PRODUCTION)
        show_figure(figure, key="analysis_calendar")


def _show_two_figures(edition: Edition, levels: Levels) -> None:
    chosen = choices.choose_two_figures(edition, levels)
    if chosen is None:
        with st.container(border=True):
            st.markdown(f"**{say('analysis.two_figures.nothing')}**")
            st.write(say("analysis.two_figures.nothing_cure"))
        return
    figure = cache.result(two_figures_figure, edition, **chosen)
    show_figure(figure, key="analysis_two_figures", height=TWO_FIGURES_PX)
    show_reasons(edition, figure, chosen)


def _show(edition: Edition, answer: made.Analysis, chosen: choices.Chosen, section: str) -> None:
    """The map first where there is one, then the quadrants or bars."""
    level = str(chosen["level"])
    if answer.layer is None:
        height = PICTURE_PX if answer.main.kind is Kind.SCATTER else None
        show_figure(answer.main, key=f"analysis_{section}", height=height)
        return
    layer = answer.layer
    show_figure(
        answer.main,
        key=f"analysis_{section}",
        map=lambda: _draw_map(edition, layer, level=level),
        map_picture=lambda: _picture_of(edition, layer, level=level),
        boundary=edition.boundary(level),
    )
    if answer.picture is not None:
        _show_picture(answer.picture, section)


def _show_picture(figure: Figure, section: str) -> None:
    """Under the map, whose words say the rest; bars are as high as their number asks for."""
    height = PICTURE_PX if figure.kind is Kind.SCATTER else None
    show_figure(figure, key=f"analysis_{section}_picture", height=height, is_bare=True)


def _draw_map(edition: Edition, layer: MapLayer, *, level: str) -> None:
    show_map(
        layer,
        geometry_url=geometry.boundary_address(edition, level=level),
        key="analysis_map",
        theme=theme(),
        height=MAP_PX,
    )
    show_legend(layer, theme=theme())


def _picture_of(edition: Edition, layer: MapLayer, *, level: str) -> dict[str, object]:
    """What the job needs to draw the map again for the picture to share."""
    return {"layer": layer, "boundary": outlines(edition, level=level), "labels": "none"}


SHOWN: Mapping[str, Callable[[Edition, Levels], None]] = {
    "specialisation": _show_make_up("specialisation", made.quotients),
    "shifts": _show_make_up("shifts", made.shifts),
    "klassen": _show_make_up("klassen", made.klassen),
    "progress": _show_progress,
    "clusters": _show_clusters,
    "balance": _show_balance,
    "two_figures": _show_two_figures,
}
