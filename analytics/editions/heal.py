"""After a crash: what was left half done is cleared away, what is lost is built again.

An edition is put in force by one transaction after all its files are there. A process that was
killed leaves at most files that no edition names, and batches that still wait.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from analytics.editions.assemble import Workshop, build_one
from analytics.editions.edition import Edition
from analytics.editions.files import LOCK, BrokenEdition, alone, check_file
from analytics.editions.store import NoEdition, Store
from analytics.i18n import text
from analytics.ledger.batches import active_batches
from analytics.ledger.tables import editions


@dataclass(frozen=True)
class Healing:
    """What was found: files no edition names, dataset files built again, files still broken."""

    leftovers: tuple[str, ...] = ()
    rebuilt: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()

    def sentences(self, language: str) -> list[str]:
        """One sentence for each kind of thing that was found; none when all was well."""
        told = []
        if self.leftovers:
            told.append(text("desk.heal.leftovers", language, n=len(self.leftovers)))
        told += [text("desk.heal.rebuilt", language, file=file) for file in self.rebuilt]
        told += [text("desk.heal.broken", language, file=file) for file in self.broken]
        return told


def heal(store: Store) -> Healing:
    """Clears away and mends what a crash left, unless somebody is publishing just now."""
    with alone(store.folder) as is_alone:
        if not is_alone:
            return Healing()
        leftovers = find_leftovers(store)
        for name in leftovers:
            (store.folder / name).unlink(missing_ok=True)
        rebuilt, broken = _mend_newest(store)
    return Healing(tuple(leftovers), tuple(rebuilt), tuple(broken))


def find_leftovers(store: Store) -> list[str]:
    """Files in the folder of editions that no edition names."""
    with store.engine.connect() as connection:
        manifests = connection.execute(select(editions.c.manifest)).scalars().all()
    named = {LOCK} | {file for manifest in manifests for file in named_files(manifest)}
    return sorted(
        path.name for path in store.folder.iterdir() if path.is_file() and path.name not in named
    )


def named_files(manifest: str) -> set[str]:
    """Files that an edition needs, the pack's own reference tables among them."""
    content = json.loads(manifest)
    return {
        str(content["descriptor"]),
        *(facts["file"] for facts in content["datasets"].values()),
        *(file for part in ("reference", "pack_reference", "boundaries")
          for file in content.get(part, {}).values()),
    }  # fmt: skip


def _mend_newest(store: Store) -> tuple[list[str], list[str]]:
    """Names of files of the newest edition that were built again, and of those that could not."""
    try:
        edition = store.edition()
    except (NoEdition, OSError):
        return [], []
    rebuilt: list[str] = []
    broken: list[str] = []
    for file in _damaged(edition):
        (rebuilt if _rebuild(store, edition, file) else broken).append(file)
    return rebuilt, broken


def _damaged(edition: Edition) -> Sequence[str]:
    found = []
    for file in edition.files():
        try:
            check_file(edition.folder / file)
        except BrokenEdition:
            found.append(file)
    return found


def _rebuild(store: Store, edition: Edition, file: str) -> bool:
    """Whether the ledger gave the same file again, to the byte."""
    name = next((n for n in edition.datasets if edition.dataset_facts(n)["file"] == file), None)
    if name is None:
        return False
    with store.engine.connect() as connection:
        active = active_batches(connection, edition=edition.stamp.number)
        workshop = Workshop(connection, kept=store.folder, folder=store.folder)
        facts = build_one(workshop, name, active, until=edition.stamp.published_at.date())
    return facts["file"] == file
