"""Views of the record: scores by horizon, series or run, misses, and the back-test beside them."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from analytics.briefing.stamps import with_maker
from analytics.editions.edition import Edition
from analytics.ledger.forecasts import newest_run_id, newest_scores
from analytics.prices.record import (
    GROUPS,
    backtest_figure,
    chosen_pairs,
    misses_figure,
    record_figure,
    record_items,
    record_pairs,
)
from pages.ui import cache, filters
from pages.ui.figure import show_figure
from pages.ui.fold import folded
from pages.ui.state import formatter, language, region, say

ALL = ""
MISSES = "misses"


def show(edition: Edition) -> None:
    """The chosen part of the record, and below it the back-test under its own name."""
    st.title(say("record.page.title"))
    st.caption(say("record.page.lead"))
    pairs = issued_pairs(edition)
    item, run, horizon = _choose(edition, pairs)
    chosen = chosen_pairs(pairs, item=item, run=run, horizon=horizon)
    by = filters.choose_view(
        "by", label="record.filter.by", options=(*GROUPS, MISSES), hides_label=True,
        words=lambda code: say(f"record.by.{code}"),
    )  # fmt: skip
    asked = {"with_known_before": filters.switch("afterwards", label="record.filter.known_before")}
    figure = (
        misses_figure(edition, chosen, **asked)
        if by == MISSES
        else record_figure(edition, chosen, by=by, **asked)
    )
    figure = with_maker(
        figure, "prices/record", by=by, item=item, of_run=run, horizon=horizon,
        newest_run=int(pairs["run_id"].max()) if len(pairs) else 0, **asked,
    )  # fmt: skip
    show_figure(figure, key="record_scores")
    _show_backtest(edition, item=item, is_open=figure.is_empty)


def issued_pairs(edition: Edition) -> pd.DataFrame:
    """All issued forecasts, scored once for an edition and the newest run."""
    with cache.store(region()).engine.connect() as connection:
        newest = newest_run_id(connection)
    return cache.result(_record, edition, newest_run=newest)


def _record(edition: Edition, *, newest_run: int) -> pd.DataFrame:  # noqa: ARG001 (cache key)
    return record_pairs(cache.store(edition.stamp.region), edition)


def _choose(edition: Edition, pairs: pd.DataFrame) -> tuple[str, int, int]:
    """Commodity, run and horizon in one row; empty or 0 for all."""
    names = {code: edition.vocabulary.item_name(code) for code in record_items(pairs)}
    days = pairs.drop_duplicates("run_id").set_index("run_id")["as_of"]
    horizons = sorted(pairs["horizon"].unique())
    with filters.row("record", visible=3) as row:
        item = filters.choose_one(
            "item", label="record.filter.item", options=(ALL, *names), cell=row,
            words=lambda code: names[code].in_language(language())
            if code else say("record.filter.every_item"),
        )  # fmt: skip
        run = filters.choose_one(
            "run", label="record.filter.run", options=(0, *map(int, days.index)), cell=row,
            words=lambda number: _run_words(number, days)
            if number else say("record.filter.every_run"),
        )  # fmt: skip
        horizon = filters.choose_one(
            "horizon", label="record.filter.horizon", options=(0, *map(int, horizons)), cell=row,
            words=lambda months: say("forecasting.span.MS", n=months, count=months)
            if months else say("record.filter.every_horizon"),
        )  # fmt: skip
    return item, run, horizon


def _run_words(number: int, days: pd.Series) -> str:
    day: date = days[number].date()
    return say("record.filter.one_run", run=number, date=formatter().date(day))


def _show_backtest(edition: Edition, *, item: str, is_open: bool) -> None:
    def draw() -> None:
        with cache.store(edition.stamp.region).engine.connect() as connection:
            scores, newest = newest_scores(connection), newest_run_id(connection)
        figure = with_maker(
            backtest_figure(edition, scores, item=item), "prices/backtest", item=item,
            newest_run=newest,
        )  # fmt: skip
        show_figure(figure, key="record_backtest")

    folded("backtest", title=say("record.backtest.heading"), draw=draw, is_open_at_first=is_open)
