"""What the reader has chosen on the agriculture map; all of it stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from analytics.agriculture.change_report import change_modes
from analytics.agriculture.levels import MapLevel
from analytics.agriculture.map_view import MANUAL, QUANTILE, read_breaks
from analytics.agriculture.measures import Measure, items_of, usual_measure
from analytics.editions.edition import Edition
from analytics.figures.map_layer import LABEL_CHOICES
from analytics.geography.classes import MAX_CLASSES, METHODS
from pages.ui import filters
from pages.ui.state import language, say

USUAL_CLASSES = 5
NO_AREA = ""
# Up to as many periods a slider's steps can be told apart; months come as a list.
STEPS_ON_A_SLIDER = 12


@dataclass(frozen=True)
class Comparison:
    """The earlier and the later period, and in what the change is shown."""

    before: str
    after: str
    mode: str


@dataclass(frozen=True)
class Choices:
    """One view of the map: everything that the address holds."""

    level: MapLevel
    measure: Measure
    period: str
    area: str
    method: str
    classes: int
    breaks: tuple[float, ...]
    has_same_breaks: bool
    labels: str
    with_unverified: bool
    comparison: Comparison | None

    @property
    def measured(self) -> Mapping[str, object]:
        """Which measure, for every report."""
        return {
            "level": self.level.code,
            "item": self.measure.item,
            "indicator": self.measure.indicator.code,
            "with_unverified": self.with_unverified,
        }

    @property
    def focused(self) -> Mapping[str, object]:
        """Which measure, with the area that sentences and outline are about."""
        return {**self.measured, "focus": self.area or None}

    @property
    def outside_the_map(self) -> tuple[object, ...]:
        """What the filters and the parts below the map depend on: on the period only for a
        chosen area, or for a comparison, whose filter offers the other periods.
        """
        is_of_one_period = bool(self.area or self.comparison)
        return (*self.measured.values(), self.area, self.method,
                self.period if is_of_one_period else "")  # fmt: skip

    @property
    def mapped(self) -> Mapping[str, Any]:
        """The map of one period, for the report that answers all of it."""
        over = self.periods_of_classes
        return {"period": self.period, **self.focused, **self.classed, "over": over}

    @property
    def classed(self) -> Mapping[str, object]:
        """How values are cut into classes."""
        return {"method": self.method, "classes": self.classes, "breaks": self.breaks}

    @property
    def periods_of_classes(self) -> tuple[str, ...]:
        """The periods whose values decide the limits; empty for the shown one alone."""
        if not self.has_same_breaks:
            return ()
        others = self.measure.comparable(self.period)
        return (self.period, *(choice.code for choice in others))


def choose_level(levels: Mapping[str, MapLevel]) -> str:
    """The level of the map, named by the area it shows."""
    return filters.choose_view(
        "level",
        label="agriculture.filter.level",
        options=list(levels),
        words=lambda code: levels[code].name.in_language(language()),
    )


def choose(
    edition: Edition,
    level: MapLevel,
    found: Sequence[Measure],
    *,
    is_compared: bool,
    with_unverified: bool,
    on_change: Callable[[], None],
) -> tuple[Choices, Sequence[filters.LaterRow]]:
    """What is chosen, and the rows of filters still to be drawn.

    The first row holds commodity, indicator, period and area, the rest folded; the second,
    for a comparison alone, the other period and in what the change is shown.
    """
    usual = usual_measure(found)
    row = filters.LaterRow("agriculture", visible=5, on_change=on_change)
    below = filters.LaterRow("agriculture_compare", visible=2, on_change=on_change)
    item = _choose_item(found, usual=usual, row=row)
    measure = _choose_indicator([m for m in found if m.item == item], usual=usual, row=row)
    period = _choose_period(measure, row=row)
    area = _choose_area(edition, level, row=row)
    chosen = Choices(
        level=level,
        measure=measure,
        period=period,
        area=area,
        with_unverified=with_unverified,
        comparison=_choose_comparison(measure, period, row=below) if is_compared else None,
        **_further_choices(row.folded("agriculture")),  # type: ignore[arg-type]
    )
    return chosen, [row, below] if chosen.comparison else [row]


def _choose_comparison(
    measure: Measure, period: str, *, row: filters.LaterRow
) -> Comparison | None:
    """None where no other period can be compared."""
    others = [choice.code for choice in measure.comparable(period)]
    if not others:
        return None
    earlier = measure.before(period)
    other = filters.choose_one(
        "before",
        label="agriculture.filter.before",
        options=others[::-1],
        words=lambda code: period_words(measure, code),
        default=earlier.code if earlier else others[0],
        cell=row,
    )
    mode = filters.choose_view(
        "mode",
        label="agriculture.filter.mode",
        options=change_modes(measure),
        words=lambda code: say(f"agriculture.mode.{code}"),
        cell=row,
    )
    before, after = sorted((other, period))
    return Comparison(before=before, after=after, mode=mode)


def period_words(measure: Measure, code: str) -> str:
    """The period in the reader's words."""
    return measure.period(code).period.words(language())


def indicator_words(measure: Measure) -> str:
    """The indicator with the number of areas that are known."""
    name = measure.short_name.in_language(language())
    if not measure.known:
        return say("agriculture.filter.indicator_unknown", indicator=name)
    return say(
        "agriculture.filter.indicator_known", indicator=name, n=measure.known, total=measure.total
    )


def _choose_item(found: Sequence[Measure], *, usual: Measure, row: filters.LaterRow) -> str:
    words = language()
    names = {measure.item: measure.item_name.in_language(words) for measure in found}
    return filters.choose_one(
        "item",
        label="agriculture.filter.item",
        options=items_of(found),
        words=names.__getitem__,
        default=usual.item,
        cell=row,
    )


def _choose_indicator(
    found: Sequence[Measure], *, usual: Measure, row: filters.LaterRow
) -> Measure:
    by_code = {measure.indicator.code: measure for measure in found}
    code = filters.choose_one(
        "indicator",
        label="agriculture.filter.indicator",
        options=list(by_code),
        words=lambda code: indicator_words(by_code[code]),
        default=best_known(found, usual=usual).indicator.code,
        cell=row,
    )
    return by_code[code]


def best_known(found: Sequence[Measure], *, usual: Measure) -> Measure:
    """Of one commodity's measures, the one shown when nothing else is asked for."""
    return usual if usual in found else max(found, key=lambda measure: measure.known)


def offered_periods(measure: Measure) -> Sequence[str]:
    """The periods in the order of their filter: a few from left to right, many newest first."""
    codes = [choice.code for choice in measure.periods]
    return codes if _is_short(codes) else codes[::-1]


def _is_short(codes: Sequence[str]) -> bool:
    return 1 < len(codes) <= STEPS_ON_A_SLIDER


def _choose_period(measure: Measure, *, row: filters.LaterRow) -> str:
    """A slider over a few years, a list (newest first) of many months."""
    codes = offered_periods(measure)
    chooser = filters.choose_step if _is_short(codes) else filters.choose_one
    return chooser(
        "period",
        label="agriculture.filter.period",
        options=codes,
        words=lambda code: period_words(measure, code),
        default=measure.usual_period.code,
        cell=row,
    )


def _choose_area(edition: Edition, level: MapLevel, *, row: filters.LaterRow) -> str:
    """The area of the panel, from the list or by a click on the map; empty for none."""
    names = {code: edition.vocabulary.area_name(code) for code in level.areas}
    ordered = sorted(level.areas, key=names.__getitem__)
    return filters.choose_one(
        "area",
        label="agriculture.page.choose_area",
        options=[NO_AREA, *ordered],
        words=lambda code: names.get(code, say("agriculture.page.no_area")),
        default=NO_AREA,
        cell=row,
    )


def _further_choices(row: filters.LaterRow) -> dict[str, object]:
    method = filters.choose_one(
        "method",
        label="agriculture.filter.method",
        options=METHODS,
        words=lambda code: say(f"agriculture.method_name.{code}"),
        default=QUANTILE,
        cell=row,
    )
    return {
        "method": method,
        "breaks": _choose_breaks(row) if method == MANUAL else (),
        "classes": filters.number(
            "classes",
            label="agriculture.filter.classes",
            default=USUAL_CLASSES,
            low=2,
            high=MAX_CLASSES,
            cell=row,
        ),
        "has_same_breaks": filters.switch("same", label="agriculture.filter.same_breaks", cell=row),
        "labels": filters.choose_view(
            "labels",
            label="agriculture.filter.labels",
            options=LABEL_CHOICES,
            words=lambda code: say(f"agriculture.labels.{code}"),
            cell=row,
        ),
    }


def _caption(words: str) -> Callable[..., object]:
    return lambda **_: st.caption(words)


def _choose_breaks(row: filters.LaterRow) -> tuple[float, ...]:
    """Limits that the reader typed; a hint where they cannot be used."""
    typed = filters.typed("breaks", label="agriculture.filter.breaks", cell=row)
    limits = read_breaks(typed, language=language())
    if not limits:
        hint = "breaks_bad" if limits is None else "breaks_none"
        row.waiting["breaks_hint"] = _caption(say(f"agriculture.filter.{hint}"))
    return limits or ()
