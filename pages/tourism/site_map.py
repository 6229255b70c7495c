"""Peta: destinations over the kecamatan, with the list beside it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from analytics.editions.edition import Edition
from analytics.figures.map_layer import PointLayer
from analytics.figures.map_legend import point_symbol_html
from analytics.figures.result import Result
from analytics.geography.levels import inner_level
from analytics.tourism import figures
from analytics.tourism.destinations import (
    ALL_KINDS,
    KIND_ORDER,
    NO_PERIOD,
    destinations_report,
    site_periods,
)
from analytics.tourism.panel_answers import PanelChoice
from analytics.tourism.site_map import ground_layer, kind_layers
from analytics.tourism.words import kind_label
from pages.tourism import choices
from pages.ui import cache, filters, geometry
from pages.ui.figure import show_figure
from pages.ui.maps import show_map
from pages.ui.state import formatter, language, say, theme
from pages.ui.tables import show_table

MAP_PX = 520
LIST_PX = 420
LABELS = ("none", "names")


def show(edition: Edition, *, with_unverified: bool) -> None:
    """The map of destinations, sized by visits where they are known."""
    choices.warn_if(with_unverified)
    choice, period, kind, labels = _choose(edition, with_unverified=with_unverified)
    result = cache.result(destinations_report, edition, period=period, kind=kind, choice=choice)
    figure = figures.destinations_figure(edition, result, language=language())
    level = inner_level(edition)
    if result.frame.empty or level is None:
        show_figure(figure, key="tourism_map")
        return
    boundary = geometry.outlines(edition, level=level)
    ground = ground_layer(edition, result, boundary=boundary, language=language())
    points = kind_layers(result, language=language())

    def draw() -> str | None:
        left, right = st.columns([2, 1], gap="medium")
        with left:
            clicked = show_map(
                ground,
                geometry_url=geometry.boundary_address(edition, level=level),
                key="tourism", theme=theme(), height=MAP_PX, labels=labels, point_layers=points,
            )  # fmt: skip
        with right:
            _show_kinds(points)
            _explain_sizes(points)
            _show_list(result)
        return clicked

    show_figure(
        figure,
        key="tourism_map",
        map=draw,
        map_picture=lambda: {
            "layer": ground, "boundary": boundary, "labels": labels, "points": points,
        },
    )  # fmt: skip


def _choose(edition: Edition, *, with_unverified: bool) -> tuple[PanelChoice, str, str, str]:
    has_uncounted = bool(choices.offered_uncounted(edition, with_unverified=with_unverified))
    with filters.row("tourism_map", visible=4 if has_uncounted else 3) as row:
        place = row.next_cell()
        kind = filters.choose_one(
            "kind", label="tourism.filter.kind", options=(ALL_KINDS, *KIND_ORDER),
            words=lambda code: say(f"tourism.kind.{code}"), cell=row,
        )  # fmt: skip
        labels = filters.choose_view(
            "map_labels", label="tourism.filter.labels", options=LABELS,
            words=lambda code: say(f"tourism.labels.{code}"), cell=row,
        )  # fmt: skip
        with row.next_cell():
            uncounted = choices.choose_uncounted(edition, with_unverified=with_unverified)
        asked = {"with_unverified": with_unverified, "with_uncounted": uncounted}
        with place:
            period = _choose_period(edition, **asked)
    return PanelChoice(**asked), period, kind, labels


def _choose_period(edition: Edition, **asked: bool) -> str:
    """A span for which visits are known, or none: then the map shows where destinations lie."""
    periods = {found.code: found.period for found in cache.result(site_periods, edition, **asked)}
    return filters.choose_one(
        "visits_in", label="tourism.filter.period", options=[*periods, NO_PERIOD],
        words=lambda code: periods[code].words(language())
        if code in periods else say("tourism.period.none"),
    )  # fmt: skip


def _show_kinds(points: Sequence[PointLayer]) -> None:
    """The signs of the kinds with the number of destinations."""
    rows = "".join(
        f"<li>{point_symbol_html(layer, theme=theme())}{escape(words)}</li>"
        for layer in points
        for _, words in layer.sizes
    )
    plain = "list-style:none;margin:0;padding:0"
    st.html(f"<ul role='list' class='signs' style='{plain}'>{rows}</ul>")


def _explain_sizes(points: Sequence[PointLayer]) -> None:
    """What the size of a sign means, and a faded one."""
    remarks = [remark for layer in points for remark in layer.remarks]
    if remarks:
        st.caption(" ".join(remarks))


def _show_list(result: Result) -> None:
    """All destinations, those with most visits first; kind in words beside each name."""
    frame = result.frame
    heading, visits = say("tourism.page.list_heading"), say("tourism.table.visits")
    st.markdown(f"**{heading}**")
    kind = say("tourism.table.kind")
    table = pd.DataFrame(
        {
            say("figures.table.place"): frame["place_name"],
            visits: [formatter().number(value, 0) for value in frame["obs_value"]],
            kind: [kind_label(code).in_language(language()) for code in frame["kind"]],
        }
    )
    show_table(table, label=heading, numbers=(visits,), whole=(kind,), height=LIST_PX)
