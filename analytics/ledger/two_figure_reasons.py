"""Written reasons why two figures for one quantity differ: added to, never changed or deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from analytics.ledger.moments import as_utc
from analytics.ledger.tables import two_figure_reasons as table

LONGEST_REASON, LONGEST_NAME = 2_000, 128


class ReasonRefused(ValueError):
    """The reason cannot be kept; `fault` is a code: empty, too_long or nameless."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class Quantity:
    """What two figures are about: area, commodity and indicator."""

    ref_area: str
    item: str
    indicator: str


@dataclass(frozen=True)
class Reason:
    """A reason for one period, with who wrote it, when, and looking at which edition."""

    period: str
    reason: str
    written_by: str
    written_at: datetime
    edition: int


def add_reason(connection: Connection, quantity: Quantity, reason: Reason) -> None:
    """Keeps a reason beside all earlier ones. Raises ReasonRefused."""
    words = reason.reason.strip()
    for fault, is_there in (
        ("empty", not words),
        ("too_long", len(words) > LONGEST_REASON),
        ("nameless", not 0 < len(reason.written_by.strip()) <= LONGEST_NAME),
    ):
        if is_there:
            raise ReasonRefused(fault)
    connection.execute(
        insert(table).values(
            ref_area=quantity.ref_area,
            item=quantity.item,
            indicator=quantity.indicator,
            period=reason.period,
            reason=words,
            written_by=reason.written_by.strip(),
            written_at=reason.written_at,
            edition=reason.edition,
        )
    )


def reasons_of(connection: Connection, quantity: Quantity) -> Mapping[str, Sequence[Reason]]:
    """All reasons about a quantity by period, the newest first."""
    query = (
        select(table)
        .where(
            table.c.ref_area == quantity.ref_area,
            table.c.item == quantity.item,
            table.c.indicator == quantity.indicator,
        )
        .order_by(table.c.reason_id.desc())
    )
    found: dict[str, list[Reason]] = {}
    for row in connection.execute(query):
        found.setdefault(row.period, []).append(
            Reason(row.period, row.reason, row.written_by, as_utc(row.written_at), row.edition)
        )
    return found
