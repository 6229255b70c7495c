"""The audit log: who did what, when, to what. Added to only.

audit.record(engine, Act.UPLOADED, who=person, at=now, object="batch 7", region="blitar")
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import pandas as pd
from sqlalchemy import Engine, Select, insert, select

from analytics.people.rights import Person
from analytics.people.tables import audit_log

LONGEST_OBJECT = 320
COLUMNS = ("at", "who", "role", "signed_in_by", "what", "object", "region", "details")


class Act(StrEnum):
    """What is recorded."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    LOCKED_OUT = "locked_out"
    SIGNED_OUT = "signed_out"
    CHANGED_PASSWORD = "changed_password"  # noqa: S105 (an act, not a password)
    ADDED_USER = "added_user"
    CHANGED_RIGHT = "changed_right"
    DISABLED_USER = "disabled_user"
    ENABLED_USER = "enabled_user"
    RESET_PASSWORD = "reset_password"  # noqa: S105 (an act, not a password)
    UPLOADED = "uploaded"
    PUBLISHED = "published"
    WITHDREW = "withdrew"
    CONFIRMED = "confirmed"
    EXPORTED = "exported"
    ANSWERED_WARNING = "answered_warning"
    WROTE_REASON = "wrote_reason"
    REPORTED_PROGRAMME = "reported_programme"
    SET_BOARD = "set_board"
    SAVED_BRIEFING = "saved_briefing"
    FROZE_BRIEFING = "froze_briefing"
    SAVED_MAPPING = "saved_mapping"
    RENAMED_MAPPING = "renamed_mapping"
    DELETED_MAPPING = "deleted_mapping"


@dataclass(frozen=True)
class Wanted:
    """Which entries: by whom, which act, since when; None for all."""

    who: str | None = None
    what: Act | None = None
    since: datetime | None = None


def record(
    engine: Engine,
    what: Act,
    *,
    who: Person,
    at: datetime,
    object: str = "",
    region: str = "",
    details: Mapping[str, object] | None = None,
) -> None:
    """Adds one entry. Call it right after the act is kept."""
    with engine.begin() as connection:
        connection.execute(
            insert(audit_log).values(
                at=at,
                who=who.name,
                role=who.role.value,
                signed_in_by=who.signed_in_by.value,
                what=what.value,
                object=object[:LONGEST_OBJECT],
                region=region,
                details=json.dumps(dict(details or {}), sort_keys=True, ensure_ascii=False),
            )
        )


def entries(engine: Engine, wanted: Wanted, *, limit: int | None = None) -> pd.DataFrame:
    """The entries as text with the columns of `COLUMNS`, the newest first."""
    query = _query(wanted)
    with engine.connect() as connection:
        rows = connection.execute(query if limit is None else query.limit(limit)).all()
    frame = pd.DataFrame([tuple(row) for row in rows], columns=list(COLUMNS), dtype=object)
    return frame.assign(at=[row.at.isoformat(timespec="seconds") for row in rows])


def _query(wanted: Wanted) -> Select:
    query = select(*(audit_log.c[name] for name in COLUMNS)).order_by(audit_log.c.entry_id.desc())
    if wanted.who is not None:
        query = query.where(audit_log.c.who == wanted.who)
    if wanted.what is not None:
        query = query.where(audit_log.c.what == wanted.what.value)
    if wanted.since is not None:
        query = query.where(audit_log.c.at >= wanted.since)
    return query
