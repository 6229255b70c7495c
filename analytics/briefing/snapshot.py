"""Freezes a briefing: edition, recipes, numbers, texts, forecast runs, code, and its files.

Nothing of a snapshot is ever changed. `verified` makes every number again from the edition that
the snapshot names; `differences` makes them from the newest one and tells what has been revised.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

from analytics import __version__
from analytics.briefing.build import pinned
from analytics.briefing.draft import Draft, as_plain, draft_from
from analytics.briefing.making import RUN
from analytics.briefing.model import Briefing, Frozen
from analytics.briefing.numbers import Change, as_json, changes_between, from_json, numbers_of
from analytics.briefing.office import Office
from analytics.briefing.writers import ALL, written
from analytics.ledger.exclusive import exclusive
from analytics.ledger.snapshots import (
    KeptSnapshot,
    add_snapshot,
    file_content,
    file_hashes,
    read_snapshot,
)

PACKAGE = Path(__file__).resolve().parents[1]
CODE = (".py", ".toml", ".sql", ".typ", ".html", ".css", ".js")
ID_LETTERS = 8


class NothingToFreeze(ValueError):
    """The briefing has no figure."""


@dataclass(frozen=True)
class Verdict:
    """What verifying a snapshot found: values that come out otherwise, files that differ."""

    snapshot: KeptSnapshot
    figures: int
    values: int
    changes: tuple[Change, ...]
    files: Mapping[str, str]
    code_is_same: bool

    @property
    def is_sound(self) -> bool:
        return not self.changes


@cache
def code_version() -> str:
    """The version of the program with a hash of its code, such as `0.1.0+3f2a...`."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in CODE:
            digest.update(path.relative_to(PACKAGE).as_posix().encode())
            digest.update(path.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:12]}"


def freeze(
    office: Office,
    draft: Draft,
    *,
    edition: int | None,
    language: str,
    created_by: str,
    now: datetime,
    suffixes: Sequence[str] = (),
    address: str = "",
) -> KeptSnapshot:
    """Makes a snapshot of a draft with its files and keeps it. `address` is where snapshots are
    opened: their id is put at its end. Raises NothingToFreeze.
    """
    found = office.edition(edition)
    today = draft.day or found.stamp.published_on
    builder = office.builder(found, language=language, today=today)
    plain = builder.briefing(draft)
    if not plain.exhibits:
        raise NothingToFreeze(draft.name)
    kept = pinned(draft, plain)
    snapshot = _snapshot(kept, plain, language=language, today=today, created_by=created_by,
                         now=now)  # fmt: skip
    frozen = Frozen(snapshot.snapshot_id, f"{address}{snapshot.snapshot_id}" if address else "")
    document = replace(plain, frozen=frozen)
    files = {suffix: written(document, suffix=suffix) for suffix in suffixes or tuple(ALL)}
    with exclusive(office.store.engine) as connection:
        add_snapshot(connection, snapshot, files)
    return snapshot


def _snapshot(
    draft: Draft, briefing: Briefing, *, language: str, today: date, created_by: str, now: datetime
) -> KeptSnapshot:
    figures = as_json(numbers_of(briefing))
    content = json.dumps(as_plain(draft), ensure_ascii=False, sort_keys=True)
    runs = {int(recipe.choices[RUN]) for recipe in draft.recipes if recipe.choices.get(RUN)}
    stamp = briefing.stamp
    return KeptSnapshot(
        snapshot_id=_short_id(stamp.region, str(stamp.number), content, language,
                              now.isoformat(), created_by, hashlib.sha256(figures).hexdigest()),
        edition=stamp.number,
        language=language,
        title=briefing.cover.title,
        draft=content,
        figures=figures,
        runs=tuple(sorted(runs)),
        today=today,
        code_version=code_version(),
        created_by=created_by,
        created_at=now,
    )  # fmt: skip


def _short_id(*parts: str) -> str:
    """Eight letters and figures that can be read out."""
    digest = hashlib.sha256("\n".join(parts).encode("utf-8")).digest()
    return base64.b32encode(digest).decode("ascii")[:ID_LETTERS].lower()


def draft_of(snapshot: KeptSnapshot) -> Draft:
    """The draft of a snapshot, its recipes in codes."""
    return draft_from(json.loads(snapshot.draft))


def document_of(office: Office, snapshot: KeptSnapshot, *, edition: int | None = None) -> Briefing:
    """The document of a snapshot made again, from its own edition or another one."""
    found = office.edition(snapshot.edition if edition is None else edition)
    builder = office.builder(
        found, language=snapshot.language, today=snapshot.today,
        frozen=Frozen(snapshot.snapshot_id),
    )  # fmt: skip
    return builder.briefing(draft_of(snapshot))


def verified(office: Office, snapshot_id: str) -> Verdict:
    """Makes every number of a snapshot again from its edition and reads its files against their
    hashes. Raises NoSnapshot or BrokenSnapshot.
    """
    with office.store.engine.connect() as connection:
        snapshot = read_snapshot(connection, snapshot_id)
        hashes = file_hashes(connection, snapshot_id)
        for suffix in hashes:
            file_content(connection, snapshot_id, suffix)
    office.edition(snapshot.edition).check()
    before = from_json(snapshot.figures)
    again = document_of(office, snapshot)
    changes = tuple(changes_between(before, _by_recipe(before, again)))
    values = sum(row.get("obs_value") is not None for figure in before for row in figure["rows"])
    return Verdict(
        snapshot=snapshot,
        figures=len(before),
        values=values,
        changes=changes,
        files=hashes,
        code_is_same=snapshot.code_version == code_version(),
    )


def differences(
    office: Office, snapshot_id: str, *, edition: int | None = None
) -> tuple[Change, ...]:
    """What the newest edition (or another one) says otherwise than the snapshot.

    Forecasts stay those of the runs that the snapshot names. Raises NoSnapshot.
    """
    with office.store.engine.connect() as connection:
        snapshot = read_snapshot(connection, snapshot_id)
    number = office.store.newest_number() if edition is None else edition
    if number == snapshot.edition:
        return ()
    before = from_json(snapshot.figures)
    now = document_of(office, snapshot, edition=number)
    return tuple(changes_between(before, _by_recipe(before, now)))


def _by_recipe(before: Sequence[Mapping[str, object]], briefing: Briefing) -> dict[int, Mapping]:
    """The figures of a document by the number that the same recipe has in the snapshot.

    A figure that another edition cannot make would shift all numbers after it.
    """
    waiting: dict[str, list[int]] = {}
    for one in before:
        waiting.setdefault(_key(one), []).append(int(str(one["number"])))
    found: dict[int, Mapping] = {}
    for figure in numbers_of(briefing):
        numbers = waiting.get(_key(figure), [])
        if numbers:
            found[numbers.pop(0)] = figure
    return found


def _key(figure: Mapping[str, object]) -> str:
    return json.dumps(figure["recipe"], sort_keys=True, default=str)
