"""The command with which a verifier confirms unverified figures: confirm."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import TYPE_CHECKING

from analytics.commands.common import (
    BAD_INPUT,
    FINE,
    Command,
    add_person,
    add_region,
    healed_store,
    moment,
)
from analytics.commands.people import acting, note_outcome
from analytics.i18n import text
from analytics.settings import Settings

if TYPE_CHECKING:
    from analytics.editions.confirmation import Confirmed, Selection
    from analytics.editions.store import Store


def _add_confirm(command: argparse.ArgumentParser, settings: Settings) -> None:
    command.add_argument("dataset", metavar="DATASET", help="dataset that holds the figures")
    add_region(command, settings)
    command.add_argument("--place", default="", help="code of the site")
    command.add_argument("--period", default="", help="YYYY, YYYY-MM, or FIRST_LAST as two days")
    command.add_argument("--source", default="", help="only rows of this source")
    command.add_argument("--reason", default="", help="how it was confirmed; kept for good")
    command.add_argument(
        "--status", default="A", help="A normal, P provisional, E estimated (default: %(default)s)"
    )
    add_person(command)
    command.add_argument("--dry-run", action="store_true", help="only say what it would confirm")


def _confirm(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.editions.confirmation import Selection, confirm

    try:
        start, end = _span(options.period)
    except ValueError:
        told = text("desk.confirm.period_unread", options.lang, period=options.period)
        print(told, file=sys.stderr)
        return BAD_INPUT
    selection = Selection(options.dataset, options.place, start, end, options.source)
    if options.dry_run:
        print(_looked(healed_store(settings, options.region, options.lang), selection, options))
        return FINE
    person = acting(settings, options, "confirm_unverified")
    store = healed_store(settings, options.region, options.lang)
    done = confirm(
        store, selection, verifier=person.name, note=options.reason, now=moment(),
        status=options.status,
    )  # fmt: skip
    note_outcome(settings, person, "confirmed", done.outcome, region=options.region,
                 reason=options.reason)  # fmt: skip
    print(_done(done, options, verifier=person.name))
    return FINE


def _span(words: str) -> tuple[date | None, date | None]:
    """First and last day of `2024`, `2024-05` or `2024-04-08_2024-04-15`. Raises ValueError."""
    import pandas as pd

    if not words:
        return None, None
    if "_" in words:
        first, _, last = words.partition("_")
        return date.fromisoformat(first), date.fromisoformat(last)
    span = pd.Period(words)
    return span.start_time.date(), span.end_time.date()


def _looked(store: Store, selection: Selection, options: argparse.Namespace) -> str:
    from analytics.editions.confirmation import unverified_rows
    from analytics.ledger.desk import DeskRefused

    rows = unverified_rows(store.edition(), selection)
    if rows.empty:
        raise DeskRefused("confirm_nothing")
    return text(
        "desk.confirm.looked", options.lang, rows=len(rows), sites=rows["place"].nunique(),
        first=rows["period_start"].min().date(), last=rows["period_end"].max().date(),
    )  # fmt: skip


def _done(done: Confirmed, options: argparse.Namespace, *, verifier: str) -> str:
    return text(
        "desk.confirm.done", options.lang, batch=done.outcome.batch_id,
        dataset=done.outcome.dataset, rows=done.rows, person=verifier,
        edition=done.outcome.edition,
    )  # fmt: skip


COMMANDS: tuple[Command, ...] = (
    ("confirm", "Confirm unverified figures of one site or period.", _confirm, _add_confirm),
)
