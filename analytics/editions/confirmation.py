"""Confirming unverified figures: a named verifier, one site or one period at a time.

A confirmation is a batch of its own that holds the rows it confirms, each with the value that was
looked at. Where an edition is built, a row that still has that value takes the new status; one
that was changed since stays unverified. Withdrawing the batch takes the confirmation back.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime

import pandas as pd
from sqlalchemy import Connection, select

from analytics.editions.confirmed import is_unverified
from analytics.editions.edition import Edition
from analytics.editions.office import Act, Outcome, put_in_force
from analytics.editions.store import Store
from analytics.ledger.batches import PACK_READER, NewBatch, add_batch, add_rows
from analytics.ledger.desk import CONFIRMATION_ROLE, LONGEST_WORDS, DeskRefused, named
from analytics.ledger.exclusive import exclusive
from analytics.ledger.steps import PUBLISHED
from analytics.ledger.tables import batches
from analytics.observations.status import CONFIRMED_CAVEAT, UNVERIFIED_CAVEAT, ObsStatus
from analytics.observations.table import join_codes, split_codes

READER = "confirmation"
FITTING = (ObsStatus.NORMAL.value, ObsStatus.PROVISIONAL.value, ObsStatus.ESTIMATED.value)


@dataclass(frozen=True)
class Selection:
    """Which unverified rows: those of one place, of one span of days, or of both.

    `source_id` narrows it to one source.
    """

    dataset: str
    place: str = ""
    start: date | None = None
    end: date | None = None
    source_id: str = ""

    @property
    def name(self) -> str:
        """Place and span as one word, for the name of the batch."""
        span = f"{self.start}_{self.end}" if self.start else ""
        return "-".join(part for part in (self.dataset, self.place, span) if part)


@dataclass(frozen=True)
class Confirmed:
    """What a confirmation did: its batch and edition, and how many rows now count."""

    outcome: Outcome
    rows: int


def unverified_rows(edition: Edition, selection: Selection) -> pd.DataFrame:
    """Rows of the selection that wait for a confirmation, in the edition's columns.

    Raises DeskRefused for an unknown dataset, or where neither place nor period is named.
    """
    if selection.dataset not in edition.datasets:
        raise DeskRefused("dataset_absent", dataset=selection.dataset)
    if not selection.place and selection.start is None:
        raise DeskRefused("confirm_too_much")
    rows = edition.observations(selection.dataset, with_unverified=True)
    chosen = is_unverified(rows)
    if selection.place:
        chosen &= rows["place"] == selection.place
    if selection.source_id:
        chosen &= rows["source_id"] == selection.source_id
    if selection.start is not None:
        chosen &= rows["period_start"] >= pd.Timestamp(selection.start)
        chosen &= rows["period_end"] <= pd.Timestamp(selection.end or selection.start)
    return rows[chosen].reset_index(drop=True)


def confirm(
    store: Store,
    selection: Selection,
    *,
    verifier: str,
    note: str,
    now: datetime,
    status: str = ObsStatus.NORMAL.value,
) -> Confirmed:
    """Puts a confirmation in force as a new edition.

    Raises DeskRefused: nameless, without a reason, nothing to confirm, a status that does not
    fit, or a verifier who brought the rows in.
    """
    person, words = named(verifier), note.strip()[:LONGEST_WORDS]
    if not words:
        raise DeskRefused("reason_missing")
    if status not in FITTING:
        raise DeskRefused("confirm_status", status=status, known=", ".join(FITTING))
    rows = unverified_rows(store.edition(), selection)
    if rows.empty:
        raise DeskRefused("confirm_nothing")
    with exclusive(store.engine) as connection:
        _refuse_own(connection, rows, person)
        batch = _batch(selection, rows, person=person, note=words, now=now)
        number = add_batch(connection, batch, submitted_by=person, submitted_at=now)
        add_rows(connection, number, confirmed_rows(rows, status=status))
    outcome = put_in_force(store, Act(number, PUBLISHED, person, now, words))
    return Confirmed(outcome, len(rows))


def _refuse_own(connection: Connection, rows: pd.DataFrame, person: str) -> None:
    """Who brought a figure in does not confirm it."""
    query = select(batches.c.submitted_by).where(
        batches.c.batch_id.in_([int(number) for number in rows["batch_id"].unique()]),
        batches.c.reader != PACK_READER,
    )
    bringers = {str(name).casefold() for name in connection.execute(query).scalars()}
    if person.casefold() in bringers:
        raise DeskRefused("confirm_own", person=person)


def _batch(
    selection: Selection, rows: pd.DataFrame, *, person: str, note: str, now: datetime
) -> NewBatch:
    said = {**asdict(selection), "rows": len(rows), "by": person, "at": now, "note": note}
    content = json.dumps(said, default=str, sort_keys=True, ensure_ascii=False).encode()
    return NewBatch(
        dataset=selection.dataset,
        role=CONFIRMATION_ROLE,
        file_name=f"{selection.name}.json"[-255:],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        settings={},
        reader=READER,
        note=note,
    )


def confirmed_rows(rows: pd.DataFrame, *, status: str) -> pd.DataFrame:
    """The rows as they are after the confirmation; a missing value stays missing."""
    is_missing = rows["obs_status"] == ObsStatus.MISSING.value
    numbers = pd.Series(range(1, len(rows) + 1), index=rows.index)
    return rows.assign(
        obs_status=rows["obs_status"].where(is_missing, status),
        caveat=[_confirmed_caveat(cell) for cell in rows["caveat"]],
        source_row=numbers,
    )


def _confirmed_caveat(cell: str) -> str:
    kept = ";".join(code for code in split_codes(cell) if code != UNVERIFIED_CAVEAT)
    return join_codes(kept, CONFIRMED_CAVEAT)
