"""What offices write about programmes: answers to questions, evidence, follow-up of advice.

Added to, never changed or deleted: triggers in `kept.*.sql` hold that. The newest one counts,
earlier ones stay readable.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection, func, insert, select

from analytics.ledger.moments import as_utc
from analytics.ledger.tables import programme_entries as table

LONGEST_WORDS, LONGEST_NAME, LONGEST_ADDRESS = 2_000, 128, 500
LARGEST_FILE_BYTES = 10 * 1024 * 1024
# First bytes of the kinds of files that are taken, by ending.
FILE_STARTS: Mapping[str, bytes] = {
    "pdf": b"%PDF-",
    "png": b"\x89PNG",
    "jpg": b"\xff\xd8\xff",
    "jpeg": b"\xff\xd8\xff",
    "xlsx": b"PK\x03\x04",
    "docx": b"PK\x03\x04",
}
ADDRESS_STARTS = ("http://", "https://")


class EntryKind(StrEnum):
    """What an entry is about."""

    ANSWER = "answer"
    EVIDENCE = "evidence"
    FOLLOW_UP = "follow_up"


class EntryRefused(ValueError):
    """The entry cannot be kept; `fault` is a code: empty, too_long, nameless, bad_address,
    bad_file, large_file or nothing_shown (evidence without address and file).
    """

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class Entry:
    """Words about a subject, perhaps with an address or a file, by whom, when, at which edition.

    `subject` is the code of a question or a recommendation, or `programme:year:component`.
    """

    kind: EntryKind
    subject: str
    words: str
    written_by: str
    written_at: datetime
    edition: int
    address: str = ""
    dated: date | None = None
    file_name: str = ""
    sha256: str = ""
    content: bytes = field(default=b"", repr=False)
    entry_id: int = 0


def add_entry(connection: Connection, entry: Entry) -> None:
    """Keeps an entry beside all earlier ones. Raises EntryRefused."""
    _refuse_faulty(entry)
    connection.execute(
        insert(table).values(
            kind=entry.kind.value,
            subject=entry.subject,
            words=entry.words.strip(),
            address=entry.address.strip(),
            dated=entry.dated,
            file_name=entry.file_name,
            sha256=hashlib.sha256(entry.content).hexdigest() if entry.content else "",
            content=entry.content or None,
            written_by=entry.written_by.strip(),
            written_at=entry.written_at,
            edition=entry.edition,
        )
    )


def _refuse_faulty(entry: Entry) -> None:
    words, address = entry.words.strip(), entry.address.strip()
    is_evidence = entry.kind is EntryKind.EVIDENCE
    faults = (
        ("empty", not words),
        ("too_long", len(words) > LONGEST_WORDS),
        ("nameless", not 0 < len(entry.written_by.strip()) <= LONGEST_NAME),
        ("bad_address", bool(address) and not _is_address(address)),
        ("nothing_shown", is_evidence and not address and not entry.content),
        ("large_file", len(entry.content) > LARGEST_FILE_BYTES),
        ("bad_file", bool(entry.content) and not _is_file(entry.file_name, entry.content)),
    )
    for fault, is_there in faults:
        if is_there:
            raise EntryRefused(fault)


def _is_address(address: str) -> bool:
    return (
        address.startswith(ADDRESS_STARTS)
        and len(address) <= LONGEST_ADDRESS
        and not any(letter.isspace() for letter in address)
    )


def _is_file(name: str, content: bytes) -> bool:
    """Whether the file begins as its ending says; what is inside is never opened here."""
    start = FILE_STARTS.get(name.rpartition(".")[2].lower())
    return start is not None and content.startswith(start)


def entries_of(
    connection: Connection, kind: EntryKind, subjects: Sequence[str] = ()
) -> Mapping[str, Sequence[Entry]]:
    """Entries by subject, the newest first, without the bytes of files; of all subjects if none
    are named.
    """
    columns = [column for column in table.c if column is not table.c.content]
    query = select(*columns).where(table.c.kind == kind.value)
    if subjects:
        query = query.where(table.c.subject.in_(list(subjects)))
    found: dict[str, list[Entry]] = {}
    for row in connection.execute(query.order_by(table.c.entry_id.desc())):
        found.setdefault(row.subject, []).append(
            Entry(
                EntryKind(row.kind), row.subject, row.words, row.written_by,
                as_utc(row.written_at), row.edition, row.address, row.dated, row.file_name,
                row.sha256, entry_id=row.entry_id,
            )
        )  # fmt: skip
    return found


def newest_entry_id(connection: Connection) -> int:
    """The number of the newest entry of any kind; 0 where there is none."""
    return int(connection.execute(select(func.max(table.c.entry_id))).scalar() or 0)


def file_of(connection: Connection, entry_id: int) -> bytes:
    """The file that was given with an entry, as it came. Raises KeyError where there is none."""
    content = connection.execute(
        select(table.c.content).where(table.c.entry_id == entry_id)
    ).scalar()
    if content is None:
        raise KeyError(f"Entry {entry_id} has no file.")
    return bytes(content)
