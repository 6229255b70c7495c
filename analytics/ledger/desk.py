"""Batches of offices as the desk lists them: what they are, who did what, in which state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, Select, select

from analytics.i18n import text
from analytics.ledger.reports import facts_of
from analytics.ledger.steps import WITHDRAWN, BatchStep, state_of, steps_of
from analytics.ledger.tables import batch_rows, batches

DATASET_ROLE = "dataset"
CONFIRMATION_ROLE = "confirmation"
LONGEST_NAME, LONGEST_WORDS = 128, 2_000


class DeskRefused(ValueError):
    """What was asked of the desk cannot be done; `kind` is a key below that of the class."""

    below = "desk.refused"

    def __init__(self, kind: str, **values: object) -> None:
        self.kind = kind
        self.values = values
        super().__init__(self.words("en"))

    def words(self, language: str) -> str:
        """The sentence that tells why and what to do."""
        return text(f"{self.below}.{self.kind}", language, **self.values)


@dataclass(frozen=True)
class BatchEntry:
    """A batch without its bytes. `facts` is the report's counts, empty for batches of a pack."""

    batch_id: int
    dataset: str
    file_name: str
    sha256: str
    reader: str
    note: str
    row_count: int
    steps: tuple[BatchStep, ...]
    facts: Mapping[str, object] = field(default_factory=dict)
    role: str = DATASET_ROLE

    @property
    def state(self) -> str:
        """submitted, published or withdrawn."""
        return state_of(self.steps)

    @property
    def submitted(self) -> BatchStep:
        """Who brought it and when."""
        return self.steps[0]

    def done(self, step: str) -> BatchStep | None:
        """The act of that name, or None while it has not happened."""
        return next((one for one in self.steps if one.step == step), None)


def list_batches(connection: Connection, *, state: str = "") -> list[BatchEntry]:
    """All batches of data, newest first; `state` keeps those in that state."""
    entries = _entries(connection, _query())[::-1]
    return [entry for entry in entries if state in ("", entry.state)]


def find_batch(connection: Connection, batch_id: int) -> BatchEntry:
    """The batch of that number. Raises DeskRefused when there is none."""
    found = _entries(connection, _query().where(batches.c.batch_id == batch_id))
    if not found:
        raise DeskRefused("unknown_batch", batch=batch_id)
    return found[0]


def same_file(connection: Connection, *, dataset: str, sha256: str) -> BatchEntry | None:
    """The batch that brought these bytes to the dataset and was not withdrawn."""
    query = _query().where(batches.c.dataset == dataset, batches.c.sha256 == sha256)
    found = [one for one in _entries(connection, query) if one.state != WITHDRAWN]
    return found[-1] if found else None


def named(person: str) -> str:
    """The name of who acts, trimmed. Raises DeskRefused for none."""
    name = person.strip()[:LONGEST_NAME]
    if not name:
        raise DeskRefused("nameless")
    return name


def _query() -> Select:
    columns = [c for c in batches.columns if c.name not in ("content", "settings")]
    return (
        select(*columns, batch_rows.c.row_count)
        .join(batch_rows, batch_rows.c.batch_id == batches.c.batch_id)
        .where(batches.c.role.in_([DATASET_ROLE, CONFIRMATION_ROLE]))
        .order_by(batches.c.batch_id)
    )


def _entries(connection: Connection, query: Select) -> list[BatchEntry]:
    rows = connection.execute(query).all()
    numbers = [row.batch_id for row in rows]
    steps, facts = steps_of(connection, numbers), facts_of(connection, numbers)
    return [
        BatchEntry(
            batch_id=row.batch_id,
            dataset=row.dataset,
            file_name=row.file_name,
            sha256=row.sha256,
            reader=row.reader,
            note=row.note,
            row_count=row.row_count,
            steps=tuple(steps[row.batch_id]),
            facts=facts.get(row.batch_id, {}),
            role=row.role,
        )
        for row in rows
    ]
