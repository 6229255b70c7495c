"""Parts of the agriculture map: map with ranking, two periods, the panel of an area, calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NoReturn

import pandas as pd
import streamlit as st

from analytics.agriculture.answers import area_label
from analytics.agriculture.area_reports import (
    AreaProfile,
    area_profile,
    method_names,
    neighbours_report,
    profile_words,
    series_report,
)
from analytics.agriculture.calendar_report import (
    calendar_areas,
    calendar_indicators,
    calendar_report,
)
from analytics.agriculture.change_report import change_modes, change_report, neutral_size
from analytics.agriculture.hover import with_lines
from analytics.agriculture.levels import MapLevel, level_below
from analytics.agriculture.map_report import map_report
from analytics.agriculture.two_figures import other_sources_report, two_figures_report
from analytics.editions.edition import Edition
from analytics.figures.figure import Column, Figure, Kind, code_names
from analytics.figures.map_layer import MapLayer, map_layer
from analytics.figures.result import Number, Result, Statement
from analytics.geography.classes import Classes, classify, classify_change
from analytics.geography.neighbours import neighbours
from pages.agriculture.choices import Choices, classes_of, period_words
from pages.ui import cache, filters, geometry
from pages.ui.figure import show_fact, show_figure
from pages.ui.maps import show_legend, show_map
from pages.ui.state import language, say, theme, to_address

MAP_PX = 520
SMALL_MAP_PX = 380
NO_AREA = ""
GREEN = "green"


def show_nothing(name: str, **values: str) -> NoReturn:
    """The designed empty state of the page: why, and what to do."""
    st.title(say("agriculture.page.title"))
    with st.container(border=True):
        st.markdown(f"**{say(f'agriculture.page.{name}_title', **values)}**")
        st.write(say(f"agriculture.page.{name}_cure"))
    st.stop()


def chosen_area(edition: Edition, level: MapLevel) -> str:
    """The area of the panel, from the list or from a click on the map; empty for none."""
    names = {code: edition.vocabulary.area_name(code) for code in level.areas}
    ordered = sorted(level.areas, key=names.__getitem__)
    return filters.choose_one(
        "area", label="agriculture.page.choose_area", options=[NO_AREA, *ordered],
        words=lambda code: names.get(code, say("agriculture.page.no_area")), default=NO_AREA,
    )  # fmt: skip


# Map and ranking


def show_map_and_ranking(edition: Edition, chosen: Choices, *, area: str) -> None:
    """The map with its figures, and the ranking of all areas beside it."""
    result = cache.result(
        map_report, edition, period=chosen.period, focus=area or None, **chosen.arguments
    )
    classes = classes_of(edition, result.frame["obs_value"], chosen)
    figure = _figure(edition, result, kind=Kind.MAP, columns=_map_columns())
    layer = _layer(edition, result, chosen, classes=classes, area=area)
    st.title(figure.title(language()))
    st.caption(figure.context(language(), today=cache.today()))
    clicked = show_figure(
        figure,
        key="agriculture_map",
        is_bare=True,
        map=lambda: _map_beside_ranking(edition, figure, layer, chosen),
        map_picture=lambda: _picture_of(edition, layer, chosen),
        boundary=edition.boundary(chosen.level.code),
    )
    if clicked:
        to_address(area=clicked)
        st.rerun()


def _map_beside_ranking(
    edition: Edition, figure: Figure, layer: MapLayer, chosen: Choices
) -> str | None:
    left, right = st.columns([2, 1], gap="medium")
    with left:
        clicked = show_map(
            layer,
            geometry_url=geometry.boundary_address(edition, level=chosen.level.code),
            key="agriculture",
            theme=theme(),
            height=MAP_PX,
            labels=chosen.labels,
        )
    with right:
        show_legend(layer, theme=theme())
        _show_ranking(figure)
    return clicked


def _show_ranking(figure: Figure) -> None:
    """Areas from the highest value to the lowest; those without a value at the end."""
    ordered = figure.frame.sort_values(
        ["rank", "ref_area"], na_position="last", kind="stable", ignore_index=True
    )
    indicator = figure.result.indicator
    table = pd.DataFrame(
        {
            say("agriculture.table.rank"): ordered["rank"].astype("Int64"),
            say("figures.table.ref_area"): [
                figure.name_of("ref_area", code, language()) for code in ordered["ref_area"]
            ],
            indicator.unit_symbol.in_language(language())
            or indicator.name.in_language(language()): [
                Number(value, "number", {"decimals": indicator.decimals}).words(language())
                for value in ordered["obs_value"]
            ],
        }
    )
    st.dataframe(table, hide_index=True, height=320, width="stretch")


def _layer(
    edition: Edition, result: Result, chosen: Choices, *, classes: Classes, area: str
) -> MapLayer:
    told = with_lines(result, measure=chosen.measure, language=language())
    return map_layer(
        told,
        boundary=geometry.outlines(edition, level=chosen.level.code),
        classes=classes,
        language=language(),
        selected=area or None,
    )


def _picture_of(edition: Edition, layer: MapLayer, chosen: Choices) -> dict[str, object]:
    """What the job needs to draw the map again for the picture to share."""
    boundary = geometry.outlines(edition, level=chosen.level.code)
    return {"layer": layer, "boundary": boundary, "labels": chosen.labels}


def _figure(edition: Edition, result: Result, *, kind: Kind, columns: tuple[Column, ...] = (),
            **drawn: object) -> Figure:  # fmt: skip
    names = dict(code_names(result.frame, edition))
    if "method" in result.frame.columns:
        names |= method_names(edition, result.frame)
    return Figure(result=result, kind=kind, names=names, columns=columns, colour=GREEN, **drawn)  # type: ignore[arg-type]


def _map_columns() -> tuple[Column, ...]:
    return (
        Column("rank", Statement("agriculture.table.rank"), decimals=0),
        Column("share_pct", Statement("agriculture.table.share_pct"), style="percent_sign"),
        Column("change_pct", Statement("agriculture.table.change_pct"), style="signed_percent"),
        Column("reports", Statement("agriculture.table.reports"), decimals=0),
        Column("sites", Statement("agriculture.table.sites"), decimals=0),
    )


# Two periods


def show_comparison(edition: Edition, chosen: Choices, *, area: str) -> None:
    """The change map first, then the two periods side by side in the same classes."""
    before, mode = _comparison_choices(chosen)
    result = cache.result(
        change_report, edition, before=before, after=chosen.period, mode=mode,
        focus=area or None, **chosen.arguments,
    )  # fmt: skip
    classes = classify_change(result.frame["obs_value"], neutral=neutral_size(result.frame, mode))
    layer = _layer(edition, result, chosen, classes=classes, area=area)
    columns = (
        Column("before_value", Statement("agriculture.table.before_value")),
        Column("after_value", Statement("agriculture.table.after_value")),
        Column("rank", Statement("agriculture.table.rank"), decimals=0),
    )
    figure = _figure(edition, result, kind=Kind.MAP, columns=columns)
    st.title(figure.title(language()))
    st.caption(figure.context(language(), today=cache.today()))
    clicked = show_figure(
        figure,
        key="agriculture_change",
        is_bare=True,
        map=lambda: _map_beside_ranking(edition, figure, layer, chosen),
        map_picture=lambda: _picture_of(edition, layer, chosen),
        boundary=edition.boundary(chosen.level.code),
    )
    if clicked:
        to_address(area=clicked)
        st.rerun()
    _show_two_periods(edition, chosen, before=before, area=area)


def _comparison_choices(chosen: Choices) -> tuple[str, str]:
    measure = chosen.measure
    others = [period.code for period in measure.comparable(chosen.period)]
    earlier = measure.before(chosen.period)
    with filters.row("agriculture_compare", visible=2) as row:
        before = filters.choose_one(
            "before", label="agriculture.filter.before", options=others[::-1],
            words=lambda code: period_words(measure, code),
            default=earlier.code if earlier and earlier.code in others else others[-1], cell=row,
        )  # fmt: skip
        mode = filters.choose_view(
            "mode", label="agriculture.filter.mode", options=change_modes(measure),
            words=lambda code: say(f"agriculture.mode.{code}"), cell=row,
        )  # fmt: skip
    return before, mode


def _show_two_periods(edition: Edition, chosen: Choices, *, before: str, area: str) -> None:
    st.subheader(say("agriculture.page.side_by_side"))
    results = {
        code: cache.result(map_report, edition, period=code, **chosen.arguments)
        for code in (before, chosen.period)
    }
    both = pd.concat(result.frame["obs_value"] for result in results.values())
    classes_over = {
        code: classes_of(edition, result.frame["obs_value"], chosen)
        if chosen.method == "manual"
        else _same_classes(result, both, chosen)
        for code, result in results.items()
    }
    for column, (code, result) in zip(st.columns(2), results.items(), strict=True):
        layer = _layer(edition, result, chosen, classes=classes_over[code], area=area)
        with column:
            st.markdown(f"**{period_words(chosen.measure, code)}**")
            show_map(
                layer,
                geometry_url=geometry.boundary_address(edition, level=chosen.level.code),
                key=f"agriculture_{'before' if code == before else 'after'}",
                theme=theme(),
                height=SMALL_MAP_PX,
                labels=chosen.labels,
            )
            show_legend(layer, theme=theme())


def _same_classes(result: Result, both: pd.Series, chosen: Choices) -> Classes:
    """Both periods in the same classes, or colours could not be compared."""
    return classify(result.frame["obs_value"], method=chosen.method, k=chosen.classes, over=both)


# The panel of an area


def show_area(
    edition: Edition, chosen: Choices, *, area: str, levels: Mapping[str, MapLevel]
) -> None:
    """Profile, series, neighbours and the other figures of the chosen area."""
    shown = area or (edition.ref_area if edition.ref_area in chosen.level.areas else "")
    if not shown:
        return
    st.divider()
    profile = cache.result(
        area_profile, edition, area=shown, with_unverified=chosen.with_unverified
    )
    name = profile.name.in_language(language())
    st.subheader(say("agriculture.page.area_heading", area=name))
    _show_ways(edition, chosen, area=area, levels=levels)
    beside = neighbours(geometry.outlines(edition, level=chosen.level.code)).get(shown, ())
    _show_profile(edition, profile, beside)
    arguments = {**chosen.arguments, "area": shown}
    series = cache.result(series_report, edition, period=chosen.period, **arguments)
    near = cache.result(
        neighbours_report, edition, period=chosen.period, neighbours=beside, **arguments
    )
    left, right = st.columns(2, gap="large")
    with left:
        show_figure(
            _figure(edition, series, kind=Kind.LINE, series="method"),
            key="agriculture_series", level=3, height=300,
        )  # fmt: skip
    with right:
        show_figure(
            _figure(edition, near, kind=Kind.BARS, category="ref_area", emphasis=(shown,)),
            key="agriculture_neighbours", level=3,
        )  # fmt: skip
    _show_two_figures(edition, chosen, arguments)


def _show_ways(
    edition: Edition, chosen: Choices, *, area: str, levels: Mapping[str, MapLevel]
) -> None:
    """Up to the wider map, down into the own region, or close the panel."""
    below = level_below(edition, area) if area else None
    wider = next((level for level in levels.values() if level.holds_region), None)
    with st.container(horizontal=True):
        if below is not None:
            label = say("agriculture.page.down", area=edition.vocabulary.area_name(area))
            st.button(label, on_click=to_address, kwargs={"level": below.code, "area": NO_AREA})
        if wider is not None and not chosen.level.holds_region:
            label = say("agriculture.page.up", level=wider.name.in_language(language()))
            st.button(label, on_click=to_address, kwargs={"level": wider.code, "area": NO_AREA})
        if area:
            label = say("agriculture.page.clear")
            st.button(label, on_click=to_address, kwargs={"area": NO_AREA})


def _show_profile(edition: Edition, profile: AreaProfile, beside: tuple[str, ...]) -> None:
    labels = [area_label(edition, code) for code in beside]
    lines = profile_words(profile, neighbours=labels)
    left, *cells = st.columns([2, *(1 for _ in profile.facts)])
    with left:
        for heading, words in lines:
            st.markdown(f"**{heading.in_language(language())}**: {words.in_language(language())}")
    for cell, fact in zip(cells, profile.facts, strict=True):
        with cell:
            show_fact(fact)


def _show_two_figures(edition: Edition, chosen: Choices, arguments: Mapping[str, object]) -> None:
    """Where two methods give a figure, both stand with their difference and the reason."""
    two = cache.result(two_figures_report, edition, **arguments)
    if not two.is_empty:
        st.subheader(say("agriculture.page.two_figures_heading"))
        unit = two.indicator.unit_symbol
        columns = (
            Column("method", Statement("agriculture.table.method"), style="code"),
            Column("difference", Statement("agriculture.table.difference"), unit=unit,
                   decimals=two.indicator.decimals),
            Column("difference_pct", Statement("agriculture.table.difference_pct"),
                   style="signed_percent"),
        )  # fmt: skip
        show_figure(
            _figure(edition, two, kind=Kind.TABLE, columns=columns),
            key="agriculture_two_figures", level=3,
        )  # fmt: skip
    others = cache.result(other_sources_report, edition, period=chosen.period, **arguments)
    if len(others.frame) > 1:
        columns = (Column("is_used", Statement("agriculture.table.is_used"), style="text"),)
        frame = others.frame.assign(is_used=others.frame["is_used"].map({True: "✓", False: ""}))
        show_figure(
            _figure(edition, replace(others, frame=frame), kind=Kind.TABLE, columns=columns),
            key="agriculture_sources", level=3,
        )  # fmt: skip


# Calendar


def show_calendar(edition: Edition) -> None:
    """Months of harvest: a strip of years by months."""
    areas = cache.result(calendar_areas, edition)
    indicators = cache.result(calendar_indicators, edition)
    if not areas:
        return
    st.divider()
    st.subheader(say("agriculture.page.calendar_heading"))
    words = edition.vocabulary
    with filters.row("agriculture_calendar", visible=2) as row:
        area = filters.choose_one(
            "calendar_area", label="agriculture.filter.calendar_area", options=areas,
            words=words.area_name, cell=row,
        )  # fmt: skip
        indicator = filters.choose_one(
            "calendar_indicator", label="agriculture.filter.calendar_indicator",
            options=indicators, default="production" if "production" in indicators else None,
            words=lambda code: words.indicator(code).name.in_language(language()), cell=row,
        )  # fmt: skip
    result = cache.result(calendar_report, edition, area=area, indicator=indicator)
    columns = (
        Column("share_pct", Statement("agriculture.table.share_of_year"), style="percent_sign"),
    )
    show_figure(
        _figure(edition, result, kind=Kind.HEAT, columns=columns),
        key="agriculture_calendar_figure", level=3,
    )  # fmt: skip
