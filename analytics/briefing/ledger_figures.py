"""Figures made with the ledger's own records: forecasts against what came, courses of warnings.

`newest_run` pins up to which run the record is told: later runs change nothing in a briefing.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.editions.edition import Edition
from analytics.editions.store import Store
from analytics.figures.figure import Figure
from analytics.figures.result import Result
from analytics.ledger.forecasts import IssuedForecast, newest_scores
from analytics.ledger.programme_entries import EntryKind, entries_of
from analytics.ledger.warnings import kept_warnings
from analytics.prices.outlook_parts import issued_before_figure, own_scores
from analytics.prices.record import (
    backtest_figure,
    chosen_pairs,
    misses_figure,
    record_figure,
    record_pairs,
)
from analytics.prices.warning_cards import warning_figure
from analytics.smart_city.questions import ALL, asked_of, questions_report, with_answers

MISSES = "misses"


def record(
    edition: Edition,
    *,
    store: Store,
    by: str,
    newest_run: int,
    item: str = "",
    of_run: int = 0,
    horizon: int = 0,
    with_known_before: bool = False,
) -> Figure:
    """The forecast record by horizon, series or run, or the list of misses."""
    pairs = chosen_pairs(_pairs(store, edition, newest_run), item=item, run=of_run, horizon=horizon)
    if by == MISSES:
        return misses_figure(edition, pairs, with_known_before=with_known_before)
    return record_figure(edition, pairs, by=by, with_known_before=with_known_before)


def issued_before(edition: Edition, *, store: Store, series: str, newest_run: int) -> Figure:
    """What was issued for a series, run by run, beside what came."""
    return issued_before_figure(edition, _pairs(store, edition, newest_run), series=series)


def backtest(edition: Edition, *, store: Store, newest_run: int, item: str = "") -> Figure:
    """The back-test of all series by horizon, as of a run."""
    with store.engine.connect() as connection:
        scores = newest_scores(connection, up_to_run=newest_run)
    return backtest_figure(edition, scores, item=item)


def horizons(edition: Edition, *, series: str, issued: IssuedForecast) -> Figure:
    """The back-test of one forecast by horizon."""
    return backtest_figure(edition, own_scores(issued), series=series)


def warning(edition: Edition, *, store: Store, number: int, today: date) -> Figure:
    """The price around one warning. Raises LookupError for a warning that is not kept."""
    with store.engine.connect() as connection:
        kept = kept_warnings(connection)
    found = next((one for one in kept if one.warning_id == number), None)
    if found is None:
        raise LookupError(f"No warning {number}.")
    return warning_figure(edition, found, today=today)


def questions(
    edition: Edition,
    *,
    store: Store,
    year: int,
    answers_until: int,
    owner: str = ALL,
    kind: str = ALL,
) -> Result:
    """Open questions on programmes with the answers given up to an entry of the ledger."""
    with store.engine.connect() as connection:
        written = entries_of(connection, EntryKind.ANSWER)
    known = {
        code: kept
        for code, entries in written.items()
        if (kept := [one for one in entries if one.entry_id <= answers_until])
    }
    asked = with_answers(questions_report(edition, year=year), known)
    return asked_of(asked, owner=owner, kind=kind)


def _pairs(store: Store, edition: Edition, newest_run: int) -> pd.DataFrame:
    pairs = record_pairs(store, edition)
    return pairs[pairs["run_id"] <= newest_run]
