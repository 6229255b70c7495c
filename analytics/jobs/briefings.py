"""Briefings made in a job process: files and snapshots. What comes in is plain values."""

from __future__ import annotations

import importlib
import json
from datetime import UTC, datetime

from analytics.briefing.draft import draft_from
from analytics.briefing.makers import MAKERS
from analytics.briefing.model import MapDrawing
from analytics.briefing.office import open_office
from analytics.briefing.snapshot import freeze
from analytics.briefing.writers import ALL, written
from analytics.settings import load_settings


def import_ahead() -> None:
    """Imports what briefings otherwise import when it is asked for: makers and writers."""
    made = [name for one in MAKERS.values() for name in (one.report, one.draw, one.ground)]
    modules = {name.partition(":")[0] for name in (*made, *ALL.values()) if name}
    for module in sorted(modules):
        importlib.import_module(module)


def briefing_file(*, region: str, edition: int, draft: str, language: str, suffix: str) -> bytes:
    """A draft (JSON) as a file. Raises BadOutline, BadRecipe, UnknownKind, NoEdition."""
    office = open_office(load_settings(), region)
    document = office.briefing(
        draft_from(json.loads(draft)), office.edition(edition), language=language
    )
    return written(document, suffix=suffix)


def map_pictures(drawing: MapDrawing, *, theme: str, size: tuple[int, int]) -> dict[str, bytes]:
    """A map as SVG: `wide` of that size in pixels, `phone` with large letters, legend below."""
    from analytics.figures.map_picture import draw_map, draw_map_for_phone

    layer, boundary = drawing.layer, drawing.boundary
    labels, points = drawing.labels, drawing.points
    wide = draw_map(
        layer, boundary, size=size, dark=theme == "dark", labels=labels, points=points
    )  # fmt: skip
    phone = draw_map_for_phone(layer, boundary, theme=theme, labels=labels, points=points)
    return {"wide": wide, "phone": phone}


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
