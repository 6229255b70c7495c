"""What the reader has chosen on the price page; all of it stands in the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from analytics.editions.edition import Edition
from analytics.figures.map_layer import LABEL_CHOICES
from analytics.prices.catalogue import Catalogue, Listed, is_stopped
from analytics.prices.comparison import common_months
from analytics.prices.lebaran import WINDOWS
from analytics.prices.margin import partner_labels, partners
from analytics.prices.references import kind_label, reference_kinds
from analytics.prices.series import SeriesKey
from analytics.prices.weekly import is_over, week_choices
from pages.ui import cache, filters
from pages.ui.state import formatter, language, say

VIEWS = (
    "course", "forecast", "season", "lebaran", "compare", "margin", "weekly", "daily", "list",
)  # fmt: skip
DAILY_VIEW, WEEKLY_VIEW = "daily", "weekly"
NO_REFERENCE = "none"
NAMED = "names"
MOST_COMPARED = 12
COMPARED_AT_FIRST = 7


@dataclass(frozen=True)
class Choices:
    """One view of the page."""

    listed: Listed
    view: str
    years: tuple[int, int] | None
    has_holidays: bool
    reference: str

    @property
    def series(self) -> str:
        return self.listed.key.unique_id


def choose(edition: Edition, catalogue: Catalogue) -> Choices:
    """Commodity, series and further choices in one row; the view below it."""
    names = {code: edition.vocabulary.item_name(code) for code in catalogue.items}
    with filters.row("prices", visible=3) as row:
        item = filters.choose_one(
            "item", label="prices.filter.item", options=catalogue.items,
            words=lambda code: names[code].in_language(language()), cell=row,
        )  # fmt: skip
        listed = _choose_series(catalogue, item, row=row)
        with filters.more(key="prices", cell=row):
            years, has_holidays, reference = _further_choices(edition, listed)
    return Choices(
        listed=listed,
        view=_choose_view(catalogue, listed),
        years=years,
        has_holidays=has_holidays,
        reference=reference,
    )


def _choose_series(catalogue: Catalogue, item: str, *, row: filters.Row) -> Listed:
    offered = {one.key.unique_id: one for one in catalogue.of_item(item)}
    series = filters.choose_one(
        "series", label="prices.filter.series", options=tuple(offered),
        words=lambda code: option_words(catalogue[code]), cell=row,
    )  # fmt: skip
    return offered[series]


def option_words(listed: Listed) -> str:
    """Where and at which stage, with the mark of a series that has stopped."""
    words = listed.label.in_language(language())
    if not is_stopped(listed.last, today=cache.today()):
        return words
    month = formatter().month_short(listed.last.date())
    return say("prices.series.option_stopped", option=words, month=month)


def _choose_view(catalogue: Catalogue, listed: Listed) -> str:
    """Daily reports of the series, and the weekly map of its commodity, only where there are."""
    has_reports = {DAILY_VIEW: listed.key.is_daily,
                   WEEKLY_VIEW: reported_key(catalogue, listed) is not None}  # fmt: skip
    offered = [view for view in VIEWS if has_reports.get(view, True)]
    return filters.choose_view(
        "view", label="prices.filter.view", options=offered, hides_label=True,
        words=lambda code: say(f"prices.view.{code}"),
    )  # fmt: skip


def reported_key(catalogue: Catalogue, listed: Listed) -> SeriesKey | None:
    """The series whose commodity and basis officers report: the chosen one, else another of the
    same commodity; None where nobody reports it.
    """
    if listed.key.is_daily:
        return listed.key
    others = (one.key for one in catalogue.of_item(listed.key.item) if one.key.is_daily)
    return next(others, None)


def choose_week(edition: Edition, key: SeriesKey) -> tuple[str, str]:
    """The Monday of the week, newest first, and what is written on the map.

    At first the newest week that is over.
    """
    weeks = cache.result(week_choices, edition, key=key)
    over = [code for code, week in weeks.items() if is_over(week, today=cache.today())]
    with filters.row("weekly", visible=2) as row:
        week = filters.choose_one(
            "week", label="prices.filter.week", options=tuple(weeks),
            words=lambda code: weeks[code].words(language()), cell=row,
            default=next(iter(over or weeks)),
        )  # fmt: skip
        labels = filters.choose_view(
            "labels", label="prices.filter.labels", options=LABEL_CHOICES, default=NAMED,
            words=lambda code: say(f"prices.weekly.label.{code}"), cell=row,
        )  # fmt: skip
    return week, labels


def _further_choices(edition: Edition, listed: Listed) -> tuple[tuple[int, int] | None, bool, str]:
    offered = list(range(listed.first.year, listed.last.year + 1))
    span = filters.choose_span("years", label="prices.filter.years", options=offered)
    has_holidays = filters.switch("holidays", label="prices.filter.holidays", default=True)
    reference = _choose_reference(edition, listed)
    is_all = span == (offered[0], offered[-1])
    return (None if is_all else span), has_holidays, reference


def _choose_reference(edition: Edition, listed: Listed) -> str:
    """The kind of reference price to draw; nothing to choose where no rule fits."""
    kinds = cache.result(reference_kinds, edition, key=listed.key)
    if not kinds:
        return ""
    labels = {kind: kind_label(edition, kind).in_language(language()) for kind in kinds}
    labels[NO_REFERENCE] = say("prices.reference.none")
    kind = filters.choose_one(
        "reference", label="prices.filter.reference", options=tuple(labels),
        words=labels.__getitem__,
    )  # fmt: skip
    st.caption(say("prices.reference.gap"))
    return "" if kind == NO_REFERENCE else kind


def choose_compared(edition: Edition, catalogue: Catalogue, chosen: Choices) -> tuple[str, ...]:
    """The chosen series and those beside it: by default those of its commodity, stage and table."""
    own = chosen.listed.key
    others = [one for one in catalogue.series if one.key != own]
    alike = [one.key.unique_id for one in others if _alike(one.key) == _alike(own)]
    names = {
        one.key.unique_id: say(
            "prices.series.name",
            item=edition.vocabulary.item_name(one.key.item).in_language(language()),
            where=option_words(one),
        )
        for one in others
    }
    compared = filters.choose_many(
        "compare", label="prices.filter.compare", options=tuple(names), words=names.__getitem__,
        default=alike[:COMPARED_AT_FIRST], at_most=MOST_COMPARED - 1,
    )  # fmt: skip
    return (chosen.series, *compared)


def choose_partner(edition: Edition, chosen: Choices) -> str | None:
    """The series at the other stage of trade; None where there is none."""
    found = cache.result(partners, edition, series=chosen.series)
    if not found:
        return None
    labels = partner_labels(edition, found)
    return filters.choose_one(
        "partner", label="margin.filter.partner", options=found,
        words=lambda name: labels[name].in_language(language()),
    )  # fmt: skip


def _alike(key: SeriesKey) -> tuple[str, ...]:
    return key.dataset, key.item, key.basis, key.indicator, key.unit


def choose_base(edition: Edition, series: tuple[str, ...]) -> str | None:
    """Base month of an index; empty for prices as they are, None when no month serves."""
    if not filters.switch("index", label="prices.filter.index"):
        return ""
    months = cache.result(common_months, edition, series=series)
    if not months:
        return None
    return filters.choose_step(
        "base", label="prices.filter.base", options=months, default=months[0],
        words=_month_words,
    )  # fmt: skip


def _month_words(month: str) -> str:
    return formatter().month_short(date.fromisoformat(f"{month}-01"))


def choose_window() -> int:
    """How many months before Lebaran the change begins."""
    return filters.choose_view(
        "window", label="prices.filter.window", options=WINDOWS,
        words=lambda months: say("prices.lebaran.window", n=months),
    )  # fmt: skip
