"""Briefings made in a job process: files and snapshots. What comes in is plain values."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from analytics.briefing.draft import draft_from
from analytics.briefing.office import open_office
from analytics.briefing.snapshot import freeze
from analytics.briefing.writers import written
from analytics.settings import load_settings


def briefing_file(*, region: str, edition: int, draft: str, language: str, suffix: str) -> bytes:
    """A draft (JSON) as a file. Raises BadOutline, BadRecipe, UnknownKind, NoEdition."""
    office = open_office(load_settings(), region)
    document = office.briefing(
        draft_from(json.loads(draft)), office.edition(edition), language=language
    )
    return written(document, suffix=suffix)


def freeze_briefing(
    *, region: str, edition: int, draft: str, language: str, created_by: str, address: str
) -> str:
    """Freezes a draft (JSON) with all its files and gives the id of the snapshot."""
    office = open_office(load_settings(), region)
    snapshot = freeze(
        office, draft_from(json.loads(draft)), edition=edition, language=language,
        created_by=created_by, now=datetime.now(UTC), address=address,
    )  # fmt: skip
    return snapshot.snapshot_id
