"""Indeks merek (internal): parts, years, sub-brands, peers, and other weights to try."""

from __future__ import annotations

import streamlit as st

from analytics.editions.edition import Edition
from analytics.editions.store import NoEdition
from analytics.figures.result import Label
from analytics.tourism import brand_figures as figures
from analytics.tourism.brand_index import (
    BRANDS,
    brand_label,
    index_report,
    part_label,
    parts_report,
    sub_brands_report,
    trial_report,
    weights_of,
)
from analytics.tourism.brand_peers import peers_report
from pages.tourism.perception import worked_out
from pages.ui import cache, filters, state
from pages.ui.figure import show_figure
from pages.ui.fold import folded
from pages.ui.state import language, say

MOST_WEIGHT = 100


def show(edition: Edition, *, with_unverified: bool) -> None:  # noqa: ARG001 (sections are alike)
    """The index is made of verified figures only, whatever the switch says."""
    st.caption(say("brand.page.intro"))
    if not worked_out(edition):
        return
    with filters.row("brand", visible=3) as row:
        brand = filters.choose_one(
            "brand", label="brand.page.which", options=BRANDS, cell=row,
            words=lambda code: brand_label(code).in_language(language()),
        )  # fmt: skip
    parts = cache.result(parts_report, edition, brand=brand)
    show_figure(figures.parts_figure(edition, parts), key="brand_parts")
    _show_definitions(edition, brand)
    index = cache.result(index_report, edition, brand=brand)
    show_figure(figures.index_figure(edition, index), key="brand_index", level=3, height=300)
    left, right = st.columns(2, gap="large")
    with left:
        subs = cache.result(sub_brands_report, edition)
        show_figure(figures.sub_brands_figure(edition, subs), key="sub_brands", level=3)
    with right:
        _show_peers(edition)
    if not index.is_empty and brand == BRANDS[0]:
        folded("brand_trial", title=say("brand.page.trial"), draw=lambda: _show_trial(edition))


def _show_definitions(edition: Edition, brand: str) -> None:
    lines = [
        f"- **{part_label(weight.part).in_language(language())}**: "
        f"{say(f'brand.part.{weight.part}.definition')}"
        for weight in weights_of(edition, brand)
    ]
    folded(
        "brand_definitions",
        title=say("brand.page.definitions"),
        draw=lambda: st.markdown("\n".join(lines)),
    )


def _show_peers(edition: Edition) -> None:
    editions = _other_editions(edition)
    peers = peers_report(edition, peers=editions)
    names: dict[str, Label] = {
        one.stamp.region: one.stamp.region_name for one in (edition, *editions)
    }
    figure = figures.peers_figure(peers, regions=names)
    show_figure(figure, key="brand_peers", level=3)


def _other_editions(edition: Edition) -> tuple[Edition, ...]:
    """Newest editions of the other regions of the same kind, where there are any."""
    found = []
    for region in state.settings().regions:
        if region == edition.stamp.region:
            continue
        try:
            other = cache.store(region).edition()
        except NoEdition:
            continue
        if other.stamp.is_training == edition.stamp.is_training:
            found.append(other)
    return tuple(found)


def _show_trial(edition: Edition) -> None:
    """Sliders of weights; what they make is shown beside the stored index and kept nowhere."""
    st.caption(say("brand.page.trial_hint"))
    weights = weights_of(edition)
    cells = st.columns(3)
    sizes = []
    for at, weight in enumerate(weights):
        name = part_label(weight.part).in_language(language())
        with cells[at % 3]:
            size = st.slider(name, 0, MOST_WEIGHT, round(weight.weight), key=f"trial_{weight.part}")
        sizes.append((weight.part, float(size)))
    if not any(size for _, size in sizes):
        st.info(say("brand.page.trial_none"))
        return
    result = cache.result(trial_report, edition, sizes=tuple(sizes))
    show_figure(figures.trial_figure(edition, result), key="brand_trial", level=3)
