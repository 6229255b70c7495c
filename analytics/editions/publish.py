"""Loads a pack: checked, kept in the ledger, published as one new edition. All or nothing."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

import pandas as pd
from sqlalchemy import Connection, func, insert, select

from analytics import __version__
from analytics.editions.build import build_dataset, count, rejected_rows
from analytics.editions.files import (
    rows_hash,
    write_bytes,
    write_observations,
    write_reference,
)
from analytics.editions.store import Store, edition_row
from analytics.ledger.batches import (
    PUBLISHED,
    WITHDRAWN,
    ActiveBatch,
    NewBatch,
    active_batches,
    add_batch,
    add_corrections,
    add_observations,
    describe_batch,
)
from analytics.ledger.tables import editions, publications
from analytics.observations.table import EDITION_COLUMNS
from analytics.pack.checks import check_pack
from analytics.pack.layouts import raw_observations
from analytics.pack.problems import PackProblem, PackRefused
from analytics.pack.reader import DESCRIPTOR, Pack, Resource, read_text_table

Progress = Callable[[int, int, str], None]


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
    on_progress: Progress = lambda _done, _total, _name: None,
) -> LoadReport:
    """Brings a pack into the ledger and publishes what changed as one edition.

    Nothing changed: no edition, `is_new` False. Raises PackRefused before anything is written.
    """
    fingerprint = pack_fingerprint(pack)
    if _is_in_force(store, fingerprint):
        edition = store.edition()
        return LoadReport(store.region, edition.stamp.number, False, edition.manifest["datasets"])  # type: ignore[arg-type]
    check_pack(pack)
    with store.engine.begin() as connection:
        number, manifest = _publish(connection, store, pack, published_by, now, on_progress)
    return LoadReport(store.region, number, True, manifest["datasets"])  # type: ignore[arg-type]


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


def _is_in_force(store: Store, fingerprint: str) -> bool:
    numbers = store.numbers()
    return bool(numbers) and store.edition().manifest.get("pack_fingerprint") == fingerprint


def _publish(
    connection: Connection,
    store: Store,
    pack: Pack,
    published_by: str,
    now: datetime,
    on_progress: Progress,
) -> tuple[int, Mapping[str, object]]:
    number = (connection.execute(select(func.max(editions.c.number))).scalar() or 0) + 1
    previous = edition_row(connection, number - 1)
    before: Mapping = json.loads(previous.manifest) if previous else {}
    active = active_batches(connection)
    changed: list[tuple[int, str]] = []
    stale: set[str] = set()
    for batch, add_rows in _batches_of(pack):
        outcome = _accept(connection, batch, add_rows, active, published_by, now)
        if outcome:
            changed += outcome
            stale.add(batch.dataset)
    in_force = _after(connection, active, changed, number)
    manifest = _manifest(
        connection, store, pack, before, in_force, stale=stale, now=now, on_progress=on_progress
    )
    connection.execute(
        insert(editions).values(
            number=number,
            published_at=now,
            published_by=published_by,
            manifest=json.dumps(manifest, sort_keys=True),
            note="",
        )
    )
    if changed:
        rows = [{"edition": number, "batch_id": b, "action": action} for b, action in changed]
        connection.execute(insert(publications), rows)
    return number, manifest


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
        add_observations(connection, batch_id, raw_observations(resource))

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


def _manifest(
    connection: Connection,
    store: Store,
    pack: Pack,
    before: Mapping,
    active: Sequence[ActiveBatch],
    *,
    stale: set[str],
    now: datetime,
    on_progress: Progress,
) -> dict[str, object]:
    names = sorted({batch.dataset for batch in active})
    built: dict[str, object] = {}
    for done, name in enumerate(names):
        on_progress(done, len(names), name)
        kept = None if name in stale else before.get("datasets", {}).get(name)
        built[name] = kept or _build(connection, store, name, active, until=now.date())
    on_progress(len(names), len(names), "")
    return {
        "datasets": built,
        "changed": sorted(stale),
        "reference": _keep_references(store, pack),
        "boundaries": _keep_boundaries(store, pack),
        "descriptor": write_bytes(
            (pack.folder / DESCRIPTOR).read_bytes(), folder=store.folder, name="datapackage",
            suffix="json",
        ),
        "pack_fingerprint": pack_fingerprint(pack),
        "code_version": __version__,
    }  # fmt: skip


def _build(
    connection: Connection, store: Store, name: str, active: Sequence[ActiveBatch], *, until: date
) -> dict[str, object]:
    data = [a for a in active if a.dataset == name and a.role == "dataset"]
    corrections = [a for a in active if a.dataset == name and a.role == "corrections"]
    frame = build_dataset(connection, data, corrections)
    return {
        "file": write_observations(frame, folder=store.folder, name=name),
        "rows_sha256": rows_hash(frame[list(EDITION_COLUMNS)]),
        "newest_period": _newest_period(frame, until=until),
        "rejected_rows": rejected_rows(frame),
        "batches": [a.batch_id for a in data],
        **asdict(count(frame)),
    }


def _newest_period(frame: pd.DataFrame, *, until: date) -> str | None:
    """End of the newest period that carries a value; of what is open, its start.

    Plans and targets for a time after `until` do not make a dataset newer.
    """
    with_value = frame[frame["obs_value"].notna() | (frame["obs_text"] != "")]
    ends = with_value["period_end"].where(
        with_value["period_end"].notna(), with_value["period_start"]
    )
    return max((str(day) for day in ends if day is not None and day <= until), default=None)


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
