"""The two profiles: of an area and of a commodity."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NoReturn

import streamlit as st

from analytics.agriculture.answers import area_label
from analytics.agriculture.area_reports import area_profile, profile_words
from analytics.agriculture.balance_report import PADDY
from analytics.agriculture.calendar_report import calendar_areas
from analytics.agriculture.figures import calendar_figure, neighbours_figure, series_figure
from analytics.agriculture.levels import map_level, map_levels
from analytics.agriculture.measures import Measure, measures, usual_measure
from analytics.agriculture.outlines import neighbours_of
from analytics.agriculture.profile_report import (
    Known,
    about_area,
    about_item,
    areas_without_output,
    known_areas,
    known_items,
    levels_with,
    profile_table,
    profile_title,
)
from analytics.agriculture.rows import PRODUCTION
from analytics.editions.edition import Edition
from pages.ui import cache, filters
from pages.ui.downloads import offer_table
from pages.ui.figure import show_facts, show_figure
from pages.ui.navigation import link_to
from pages.ui.plain_text import as_text
from pages.ui.state import language, say
from pages.ui.tables import show_table

ABOUT = ("area", "item")
TABLE_PX = 520
SERIES_PX = 300
FACTS_BESIDE = 3


# One area


def show_area(edition: Edition) -> None:
    """Codes and people, the newest value of every indicator, its course, its neighbours."""
    codes = cache.result(known_areas, edition)
    if not codes:
        _show_nothing(edition.stamp.region_name.in_language(language()))
    names = {code: area_label(edition, code).in_language(language()) for code in codes}
    area = filters.choose_one(
        "area", label="analysis.profile.choose_area", options=codes, words=names.__getitem__,
        default=codes[0],
    )  # fmt: skip
    known = cache.result(about_area, edition, area=area)
    st.title(profile_title(edition, known, area=area).words(language()))
    _show_codes_and_facts(edition, known, area=area)
    st.header(say("analysis.page.known_heading", name=names[area]))
    _show_known(edition, known, by="item", name=area)
    if not known.level.holds_region:
        _tell_gaps(edition, known)
    _show_course(edition, known, area=area)
    _show_calendar(edition, area=area)
    _link_to_map(edition, level=known.level.code, area=area)


def _show_codes_and_facts(edition: Edition, known: Known, *, area: str) -> None:
    profile = cache.result(area_profile, edition, area=area)
    beside = neighbours_of(edition, level=known.level.code).get(area, ())
    lines = profile_words(profile, neighbours=[area_label(edition, code) for code in beside])
    words = [
        f"**{heading.in_language(language())}**: {as_text(told.in_language(language()))}"
        for heading, told in lines
    ]
    st.markdown("  \n".join(words))
    if profile.facts:
        show_facts(profile.facts, columns=FACTS_BESIDE)


def _tell_gaps(edition: Edition, known: Known) -> None:
    """How many areas of the level have no output at all: why this profile may be short."""
    missing, total = cache.result(areas_without_output, edition, level=known.level.code)
    if missing:
        level = known.level
        st.info(
            say("analysis.profile.others", n=missing, total=total,
                kinds=level.kinds.in_language(language()),
                level=level.name.in_language(language()))
        )  # fmt: skip


def _show_course(edition: Edition, known: Known, *, area: str) -> None:
    """Course and neighbours of one indicator, output first."""
    rows = known.rows[known.rows["period_start"].notna()]
    found = [known.by_measure[pair] for pair in zip(rows["item"], rows["indicator"], strict=True)]
    if not found:
        return
    st.header(say("analysis.page.series_heading"))
    measure = _choose_measure(found)
    period = rows.loc[
        (rows["item"] == measure.item) & (rows["indicator"] == measure.indicator.code), "period"
    ].iloc[0]
    asked = {"level": known.level.code, "item": measure.item,
             "indicator": measure.indicator.code, "period": str(period), "area": area}  # fmt: skip
    left, right = st.columns(2, gap="large")
    with left:
        figure = cache.result(series_figure, edition, **asked)
        show_figure(figure, key="profile_series", level=3, height=SERIES_PX)
    with right:
        # A forecast of the own area alone is newer than what the neighbours can be compared by.
        beside = {**asked, "period": measure.usual_period.code}
        figure = cache.result(neighbours_figure, edition, **beside)
        show_figure(figure, key="profile_neighbours", level=3)


def _choose_measure(found: list[Measure]) -> Measure:
    by_code = {f"{measure.item}.{measure.indicator.code}": measure for measure in found}
    usual = usual_measure(found)
    code = filters.choose_one(
        "measure",
        label="analysis.filter.measure",
        options=list(by_code),
        words=lambda code: by_code[code].indicator.name.in_language(language()),
        default=f"{usual.item}.{usual.indicator.code}",
    )
    return by_code[code]


# One commodity


def show_item(edition: Edition) -> None:
    """The newest value of every area and indicator of a commodity, and the region's course."""
    items = cache.result(known_items, edition)
    if not items:
        _show_nothing(edition.stamp.region_name.in_language(language()))
    words = edition.vocabulary
    names = {item: words.item_name(item).in_language(language()) for item in items}
    levels = {level.code: level for level in cache.result(map_levels, edition)}
    with filters.row("profile_item", visible=2) as row:
        item = filters.choose_one(
            "item", label="analysis.profile.choose_item", options=items, words=names.__getitem__,
            cell=row,
        )  # fmt: skip
        level = filters.choose_one(
            "level",
            label="analysis.filter.level",
            options=cache.result(levels_with, edition, item=item),
            words=lambda code: levels[code].name.in_language(language()),
            cell=row,
        )
    known = cache.result(about_item, edition, item=item, level=level)
    st.title(profile_title(edition, known, item=item).words(language()))
    _show_own_course(edition, item=item)
    st.header(say("analysis.page.areas_heading", name=names[item]))
    _show_known(edition, known, by="ref_area", name=item)
    if item == PADDY:
        _show_calendar(edition, area=edition.ref_area)
    _link_to_map(edition, level=level, item=item)


def _show_own_course(edition: Edition, *, item: str) -> None:
    """The own region's series of the commodity's best known indicator."""
    wide = next(
        level for level in cache.result(map_levels, edition) if edition.ref_area in level.areas
    )
    found = [
        m for m in cache.result(measures, edition, level=wide.code) if m.item == item and m.known
    ]
    if not found:
        return
    measure = usual_measure(found)
    asked = {
        "level": wide.code, "item": item, "indicator": measure.indicator.code,
        "period": measure.usual_period.code, "area": edition.ref_area,
    }  # fmt: skip
    figure = cache.result(series_figure, edition, **asked)
    show_figure(figure, key="profile_item_series", height=SERIES_PX)


# Both


def _show_known(edition: Edition, known: Known, *, by: str, name: str) -> None:
    table = profile_table(edition, known, by=by, language=language())
    table = table.rename(columns={name: say(f"analysis.profile.{name}") for name in table.columns})
    label = say("analysis.page.profile_title")
    show_table(
        table,
        label=label,
        numbers=(say("analysis.profile.value"),),
        whole=(say("analysis.profile.rank"),),
        height=TABLE_PX,
        is_stacked=True,
    )
    offer_table(known.rows.drop(columns="order"), name=f"profile_{name}", edition=edition,
                key="profile_files")  # fmt: skip


def _show_calendar(edition: Edition, *, area: str) -> None:
    if area not in cache.result(calendar_areas, edition):
        return
    st.header(say("analysis.page.calendar_heading"))
    figure = cache.result(calendar_figure, edition, area=area, indicator=PRODUCTION)
    show_figure(figure, key="profile_calendar", level=3)


def _link_to_map(edition: Edition, *, level: str, **choices: str) -> None:
    shown = map_level(edition, level)
    label = say("analysis.page.to_map")
    link_to("agriculture", label=label, level=shown.code, **choices)


def _show_nothing(name: str) -> NoReturn:
    st.title(say("analysis.page.profile_title"))
    with st.container(border=True):
        st.markdown(f"**{say('analysis.page.profile_none', name=name)}**")
        st.write(say("analysis.page.profile_none_cure"))
    st.stop()


SHOWN: Mapping[str, Callable[[Edition], None]] = {"area": show_area, "item": show_item}
