"""Publishing and withdrawing a batch of an office: each makes the next edition.

The files are built without keeping anyone waiting; only the last step is done alone. Where
another edition came in between, the work is done again on top of it: both are kept, in order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from analytics import __version__
from analytics.editions.assemble import (
    PACK_REFERENCE,
    Progress,
    Workshop,
    build_datasets,
    complete_references,
    unwatched,
)
from analytics.editions.edition import Edition
from analytics.editions.files import at_work
from analytics.editions.record import add_edition, newest_manifest, newest_number
from analytics.editions.store import Store
from analytics.ledger.batches import PACK_READER, ActiveBatch, active_batches, describe_batch
from analytics.ledger.desk import (
    CONFIRMATION_ROLE,
    LONGEST_WORDS,
    BatchEntry,
    DeskRefused,
    find_batch,
    named,
)
from analytics.ledger.exclusive import exclusive, steady
from analytics.ledger.steps import PUBLISHED, SUBMITTED, WITHDRAWN, add_step


@dataclass(frozen=True)
class Act:
    """What a person does to a batch: `step` is published or withdrawn."""

    batch_id: int
    step: str
    who: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Outcome:
    """What an act did. `edition` is None where a batch was withdrawn before it was published."""

    batch_id: int
    dataset: str
    edition: int | None
    previous: int | None


def publish_batch(
    store: Store,
    batch_id: int,
    *,
    published_by: str,
    now: datetime,
    on_progress: Progress = unwatched,
) -> Outcome:
    """Puts a submitted batch in force as a new edition.

    Raises DeskRefused: unknown batch, not waiting, the uploader's own, nameless; no edition yet.
    """
    return put_in_force(store, Act(batch_id, PUBLISHED, named(published_by), now), on_progress)


def put_in_force(store: Store, act: Act, on_progress: Progress = unwatched) -> Outcome:
    """Makes the edition of an act. Raises DeskRefused as `may_act` does, or without an edition."""
    with at_work(store.folder):
        return _new_edition(store, act, on_progress)


def withdraw_batch(
    store: Store,
    batch_id: int,
    *,
    withdrawn_by: str,
    reason: str,
    now: datetime,
    on_progress: Progress = unwatched,
) -> Outcome:
    """Takes a batch back at any time: a new edition without it, or none if it was only waiting.

    Raises DeskRefused: unknown batch, withdrawn before, of a pack, nameless, no reason.
    """
    words = reason.strip()[:LONGEST_WORDS]
    act = Act(batch_id, WITHDRAWN, named(withdrawn_by), now, words)
    if not words:
        raise DeskRefused("reason_missing")
    with exclusive(store.engine) as connection:
        batch = find_batch(connection, batch_id)
        may_act(batch, act)
        if batch.state == SUBMITTED:
            add_step(connection, batch_id, WITHDRAWN, who=act.who, at=now, reason=words)
            return Outcome(batch_id, batch.dataset, None, None)
    with at_work(store.folder):
        return _new_edition(store, act, on_progress)


def may_act(batch: BatchEntry, act: Act) -> None:
    """Raises DeskRefused with the reason why this person may not do this to the batch."""
    if batch.reader == PACK_READER:
        raise DeskRefused("of_pack", batch=batch.batch_id)
    if batch.state == WITHDRAWN:
        raise DeskRefused("withdrawn", batch=batch.batch_id)
    if act.step != PUBLISHED:
        return
    done = batch.done(PUBLISHED)
    if done:
        raise DeskRefused("published", batch=batch.batch_id, edition=done.edition)
    # A confirmation is the second look itself; who brought its rows in was asked when it was made.
    if batch.role == CONFIRMATION_ROLE:
        return
    if act.who.casefold() == batch.submitted.who.casefold():
        raise DeskRefused("same_person", batch=batch.batch_id, person=act.who)


def _new_edition(store: Store, act: Act, on_progress: Progress) -> Outcome:
    """Builds on the newest edition and puts the result in force; again if it was overtaken."""
    while True:
        with steady(store.engine) as connection:
            batch = find_batch(connection, act.batch_id)
            may_act(batch, act)
            base, manifest = _manifest(connection, store, act, store.folder, on_progress)
        with exclusive(store.engine) as connection:
            if newest_number(connection) != base:
                continue
            may_act(find_batch(connection, act.batch_id), act)
            number = add_edition(
                connection, manifest, [(act.batch_id, act.step)],
                published_by=act.who, published_at=act.at, reason=act.reason,
            )  # fmt: skip
            return Outcome(act.batch_id, batch.dataset, number, base)


def _manifest(
    connection: Connection, store: Store, act: Act, folder: Path, on_progress: Progress
) -> tuple[int, dict[str, object]]:
    """The number built upon and the manifest after the act, its new files in `folder`."""
    base, before = newest_manifest(connection)
    if not base:
        raise DeskRefused("no_edition", region=store.region)
    in_force = _after(connection, act, base)
    stale = {describe_batch(connection, act.batch_id, base).dataset}
    workshop = Workshop(connection, kept=store.folder, folder=folder)
    datasets = build_datasets(
        workshop, before, in_force, stale=stale, until=act.at.date(), on_progress=on_progress
    )
    own: Mapping[str, str] = before.get(PACK_REFERENCE, before["reference"])
    kept = {
        "descriptor": workshop.place(before["descriptor"]),
        "boundaries": {name: workshop.place(f) for name, f in before["boundaries"].items()},
    }
    return base, {
        **before,
        **kept,
        "datasets": datasets,
        "changed": sorted(stale),
        "reference": complete_references(workshop, own, datasets, in_force),
        PACK_REFERENCE: own,
        "code_version": __version__,
    }


def _after(connection: Connection, act: Act, base: int) -> Sequence[ActiveBatch]:
    active = active_batches(connection)
    if act.step == WITHDRAWN:
        return [batch for batch in active if batch.batch_id != act.batch_id]
    return [*active, describe_batch(connection, act.batch_id, base + 1)]


def candidate(
    store: Store, act: Act, *, folder: Path, on_progress: Progress = unwatched
) -> Edition:
    """The edition that the act would make, in a folder of its own; nothing is put in force.

    It can be read as long as the folder is there. Raises DeskRefused as the act itself would,
    but for the two-person rule: whoever brought a file may look at what it would do.
    """
    with steady(store.engine) as connection:
        batch = find_batch(connection, act.batch_id)
        may_act(batch, replace(act, who=""))
        base, manifest = _manifest(connection, store, act, folder, on_progress)
    current = store.edition(base)
    stamp = replace(current.stamp, number=base + 1, published_at=act.at)
    return Edition(stamp=stamp, folder=folder, manifest=manifest)
