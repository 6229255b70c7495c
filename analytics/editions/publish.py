"""Loads a pack: checked, kept in the ledger, published as one new edition. All or nothing."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

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
from analytics.editions.files import at_work, write_bytes, write_reference
from analytics.editions.record import add_edition, newest_manifest
from analytics.editions.store import Store
from analytics.ledger.batches import (
    ActiveBatch,
    NewBatch,
    active_batches,
    add_batch,
    add_corrections,
    add_rows,
    describe_batch,
)
from analytics.ledger.exclusive import exclusive
from analytics.ledger.steps import PUBLISHED, WITHDRAWN
from analytics.pack.checks import check_pack
from analytics.pack.layouts import raw_observations
from analytics.pack.problems import PackProblem, PackRefused
from analytics.pack.reader import DESCRIPTOR, Pack, Resource, read_text_table


@dataclass(frozen=True)
class LoadReport:
    """What loading did: the edition in force, whether it is new, facts per dataset."""

    region: str
    edition: int
    is_new: bool
    datasets: Mapping[str, Mapping[str, object]]


def publish_pack(
    store: Store,
    pack: Pack,
    *,
    published_by: str,
    now: datetime,
    on_progress: Progress = unwatched,
) -> LoadReport:
    """Brings a pack into the ledger and publishes what changed as one edition.

    Nothing changed: no edition, `is_new` False. Raises PackRefused before anything is written.
    """
    fingerprint = pack_fingerprint(pack)
    with store.engine.connect() as connection:
        in_force = _in_force(connection, store, fingerprint)
    if in_force:
        return in_force
    check_pack(pack)
    with at_work(store.folder), exclusive(store.engine) as connection:
        # Another process may have loaded the same pack while this one checked it.
        return _in_force(connection, store, fingerprint) or _publish(
            connection, store, pack, fingerprint, published_by, now, on_progress
        )


def pack_fingerprint(pack: Pack) -> str:
    """SHA-256 over the descriptor and every file that the pack names."""
    digest = hashlib.sha256((pack.folder / DESCRIPTOR).read_bytes())
    for resource in sorted(pack.resources, key=lambda resource: resource.file):
        digest.update(resource.file.encode() + resource.content)
        for extra in _extra_files(resource):
            digest.update((pack.folder / extra).read_bytes())
    digest.update(__version__.encode())
    return digest.hexdigest()


def _extra_files(resource: Resource) -> list[str]:
    return [
        str(resource.settings[key]) for key in ("corrections", "rules") if key in resource.settings
    ]


def _in_force(connection: Connection, store: Store, fingerprint: str) -> LoadReport | None:
    number, manifest = newest_manifest(connection)
    if manifest.get("pack_fingerprint") != fingerprint:
        return None
    return LoadReport(store.region, number, False, manifest["datasets"])


def _publish(
    connection: Connection,
    store: Store,
    pack: Pack,
    fingerprint: str,
    published_by: str,
    now: datetime,
    on_progress: Progress,
) -> LoadReport:
    newest, before = newest_manifest(connection)
    active = active_batches(connection)
    changed: list[tuple[int, str]] = []
    stale: set[str] = set()
    for batch, add in _batches_of(pack):
        outcome = _accept(connection, batch, add, active, published_by, now)
        if outcome:
            changed += outcome
            stale.add(batch.dataset)
    in_force = _after(connection, active, changed, newest + 1)
    workshop = Workshop(connection, kept=store.folder, folder=store.folder)
    datasets = build_datasets(
        workshop, before, in_force, stale=stale, until=now.date(), on_progress=on_progress
    )
    own = _keep_references(store, pack)
    manifest = {
        "datasets": datasets,
        "changed": sorted(stale),
        "reference": complete_references(workshop, own, datasets, in_force),
        PACK_REFERENCE: own,
        "boundaries": _keep_boundaries(store, pack),
        "descriptor": write_bytes(
            (pack.folder / DESCRIPTOR).read_bytes(), folder=store.folder, name="datapackage",
            suffix="json",
        ),
        "pack_fingerprint": fingerprint,
        "code_version": __version__,
    }  # fmt: skip
    number = add_edition(connection, manifest, changed, published_by=published_by, published_at=now)
    return LoadReport(store.region, number, True, datasets)


AddRows = Callable[[Connection, int], None]


def _batches_of(pack: Pack) -> list[tuple[NewBatch, AddRows]]:
    """The pack's datasets and their corrections as batches, each with what it adds."""
    found: list[tuple[NewBatch, AddRows]] = []
    for resource in pack.with_role("dataset"):
        settings = dict(resource.settings)
        dataset = str(settings["dataset"])
        if "rules" in settings:
            settings["rules_content"] = _read_rules(pack, str(settings["rules"]))
        found.append((_batch(resource, dataset, settings), _adds_observations(resource)))
        if "corrections" in settings:
            found.append(_correction_batch(pack, dataset, str(settings["corrections"])))
    return found


def _batch(resource: Resource, dataset: str, settings: Mapping[str, object]) -> NewBatch:
    return NewBatch(
        dataset=dataset,
        role="dataset",
        file_name=resource.file,
        sha256=resource.sha256,
        content=resource.content,
        settings=settings,
    )


def _adds_observations(resource: Resource) -> AddRows:
    def add(connection: Connection, batch_id: int) -> None:
        add_rows(connection, batch_id, raw_observations(resource))

    return add


def _correction_batch(pack: Pack, dataset: str, file: str) -> tuple[NewBatch, AddRows]:
    content = (pack.folder / file).read_bytes()
    batch = NewBatch(
        dataset=dataset,
        role="corrections",
        file_name=file,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        settings={},
    )

    def add(connection: Connection, batch_id: int) -> None:
        add_corrections(connection, batch_id, read_text_table(pack.folder / file))

    return batch, add


def _read_rules(pack: Pack, file: str) -> Mapping[str, object]:
    try:
        return tomllib.loads((pack.folder / file).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise PackRefused(
            [PackProblem(kind="rules_invalid", file=file, found=str(error))]
        ) from error


def _accept(
    connection: Connection,
    batch: NewBatch,
    add_rows: AddRows,
    active: Sequence[ActiveBatch],
    published_by: str,
    now: datetime,
) -> list[tuple[int, str]]:
    """A changed file is a new batch, and the pack's former one is withdrawn. Unchanged: nothing."""
    former = [
        a
        for a in active
        if (a.dataset, a.role, a.reader) == (batch.dataset, batch.role, batch.reader)
    ]
    same = [
        a for a in former if a.sha256 == batch.sha256 and dict(a.settings) == dict(batch.settings)
    ]
    if same:
        return []
    batch_id = add_batch(connection, batch, submitted_by=published_by, submitted_at=now)
    add_rows(connection, batch_id)
    return [(batch_id, PUBLISHED), *((a.batch_id, WITHDRAWN) for a in former)]


def _after(
    connection: Connection,
    active: Sequence[ActiveBatch],
    changed: Sequence[tuple[int, str]],
    number: int,
) -> list[ActiveBatch]:
    gone = {batch_id for batch_id, action in changed if action == WITHDRAWN}
    new = [describe_batch(connection, b, number) for b, action in changed if action == PUBLISHED]
    return [a for a in active if a.batch_id not in gone] + new


def _keep_references(store: Store, pack: Pack) -> dict[str, str]:
    return {
        resource.name: write_reference(
            read_text_table(resource.path), folder=store.folder, name=resource.name
        )
        for resource in pack.with_role("reference")
    }


def _keep_boundaries(store: Store, pack: Pack) -> dict[str, str]:
    return {
        str(resource.settings["level"]): write_bytes(
            resource.content, folder=store.folder, name=resource.name, suffix="geojson"
        )
        for resource in pack.with_role("boundary")
    }
