"""What the reader has chosen on the agriculture map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
import streamlit as st

from analytics.agriculture.levels import MapLevel
from analytics.agriculture.map_report import map_report
from analytics.agriculture.measures import Measure, items_of, usual_measure
from analytics.editions.edition import Edition
from analytics.figures.map_layer import LABEL_CHOICES
from analytics.geography.classes import MAX_CLASSES, BadClasses, Classes, classify
from pages.ui import cache, filters
from pages.ui.state import language, say

METHODS = ("quantile", "natural", "equal", "manual")
USUAL_CLASSES = 5
USUAL_METHOD = "quantile"


@dataclass(frozen=True)
class Choices:
    """One view of the map: everything that the address holds."""

    level: MapLevel
    measure: Measure
    period: str
    method: str
    classes: int
    breaks: str
    has_same_breaks: bool
    labels: str
    with_unverified: bool

    @property
    def arguments(self) -> Mapping[str, object]:
        """Arguments that every report of this view takes."""
        return {
            "level": self.level.code,
            "item": self.measure.item,
            "indicator": self.measure.indicator.code,
            "with_unverified": self.with_unverified,
        }


def choose(level: MapLevel, found: Sequence[Measure], *, unverified: bool) -> Choices:
    """Filters in one row: commodity, indicator, period; the rest folded."""
    usual = usual_measure(found)
    names = {measure.item: measure.item_name.in_language(language()) for measure in found}
    with filters.row("agriculture", visible=4) as row:
        item = filters.choose_one(
            "item", label="agriculture.filter.item", options=items_of(found),
            words=names.__getitem__, default=usual.item, cell=row,
        )  # fmt: skip
        measure = _choose_indicator([m for m in found if m.item == item], usual=usual, row=row)
        period = _choose_period(measure, row=row)
        with filters.more(key="agriculture", cell=row):
            further = _further_choices(unverified=unverified)
    return Choices(level=level, measure=measure, period=period, **further)


def _choose_indicator(found: Sequence[Measure], *, usual: Measure, row: filters.Row) -> Measure:
    by_code = {measure.indicator.code: measure for measure in found}
    default = (
        usual.indicator.code if usual in found else max(found, key=lambda m: m.known).indicator.code
    )
    code = filters.choose_one(
        "indicator", label="agriculture.filter.indicator", options=list(by_code),
        words=lambda code: indicator_words(by_code[code]), default=default, cell=row,
    )  # fmt: skip
    return by_code[code]


def indicator_words(measure: Measure) -> str:
    """The indicator with the number of areas that are known."""
    name = measure.short_name.in_language(language())
    if not measure.known:
        return say("agriculture.filter.indicator_unknown", indicator=name)
    return say(
        "agriculture.filter.indicator_known", indicator=name, n=measure.known, total=measure.total
    )


def period_words(measure: Measure, code: str) -> str:
    return measure.period(code).period.words(language())


def _choose_period(measure: Measure, *, row: filters.Row) -> str:
    return filters.choose_one(
        "period", label="agriculture.filter.period",
        options=[choice.code for choice in reversed(measure.periods)],
        words=lambda code: period_words(measure, code),
        default=measure.usual_period.code, cell=row,
    )  # fmt: skip


def _further_choices(*, unverified: bool) -> dict[str, object]:
    method = filters.choose_one(
        "method", label="agriculture.filter.method", options=METHODS, default=USUAL_METHOD,
        words=lambda code: say(f"agriculture.method_name.{code}"),
    )  # fmt: skip
    return {
        "method": method,
        "classes": filters.number(
            "classes", label="agriculture.filter.classes", default=USUAL_CLASSES, low=2,
            high=MAX_CLASSES,
        ),
        "breaks": filters.typed("breaks", label="agriculture.filter.breaks")
        if method == "manual" else "",
        "has_same_breaks": filters.switch("same", label="agriculture.filter.same_breaks"),
        "labels": filters.choose_view(
            "labels", label="agriculture.filter.labels", options=LABEL_CHOICES,
            words=lambda code: say(f"agriculture.labels.{code}"),
        ),
        "with_unverified": unverified,
    }  # fmt: skip


def classes_of(edition: Edition, values: pd.Series, choices: Choices) -> Classes:
    """Classes of the map's values as chosen; manual limits that cannot be used give quantiles."""
    over = all_values(edition, choices) if choices.has_same_breaks else None
    if choices.method == "manual":
        breaks = read_breaks(choices.breaks)
        if breaks:
            try:
                return classify(values, method="manual", breaks=breaks, k=len(breaks) + 1)
            except BadClasses:
                breaks = ()
        if choices.breaks.strip():
            st.warning(say("agriculture.filter.breaks_bad"))
    method = USUAL_METHOD if choices.method == "manual" else choices.method
    return classify(values, method=method, k=choices.classes, over=over)


def read_breaks(typed: str) -> tuple[float, ...]:
    """Limits from `1000; 5000`; empty when one is no number or they do not rise."""
    parts = [part.strip() for part in typed.split(";") if part.strip()]
    try:
        limits = tuple(float(part.replace(".", "").replace(",", ".")) for part in parts)
    except ValueError:
        return ()
    is_rising = all(low < high for low, high in pairwise(limits))
    return limits if is_rising and len(limits) < MAX_CLASSES else ()


def all_values(edition: Edition, choices: Choices) -> pd.Series:
    """Values of every period of the measure, for limits that hold over all of them."""
    return pd.concat(
        cache.result(map_report, edition, period=choice.code, **choices.arguments).frame[
            "obs_value"
        ]
        for choice in (
            *choices.measure.comparable(choices.period),
            choices.measure.period(choices.period),
        )
    )
