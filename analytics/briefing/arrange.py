"""Adds, changes and removes sections and parts of a draft. Drafts come in, changed ones go out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from analytics.briefing.draft import EMPTY, Draft, DraftPart, DraftSection
from analytics.observations.concepts import Label

Place = tuple[int, int]


def with_heading(draft: Draft, section: int, heading: Label) -> Draft:
    """The draft with another heading of a section."""
    return _with_section(draft, section, replace(draft.sections[section], heading=heading))


def without_section(draft: Draft, section: int) -> Draft:
    """The draft without a section and its parts."""
    kept = [each for at, each in enumerate(draft.sections) if at != section]
    return replace(draft, sections=tuple(kept))


def with_new_section(draft: Draft) -> Draft:
    """The draft with an empty section at its end."""
    return replace(draft, sections=(*draft.sections, DraftSection(EMPTY)))


def with_new_part(draft: Draft, section: int, kind: str) -> Draft:
    """The draft with an empty part of that kind at the end of a section."""
    parts = (*draft.sections[section].parts, DraftPart(kind))
    return _with_parts(draft, section, parts)


def with_part(draft: Draft, place: Place, **changes: Any) -> Draft:
    """The draft with changed fields of one part."""
    section, position = place
    parts = list(draft.sections[section].parts)
    parts[position] = replace(parts[position], **changes)
    return _with_parts(draft, section, parts)


def without_part(draft: Draft, place: Place) -> Draft:
    """The draft without one part."""
    section, position = place
    kept = [part for at, part in enumerate(draft.sections[section].parts) if at != position]
    return _with_parts(draft, section, kept)


def _with_parts(draft: Draft, section: int, parts: Sequence[DraftPart]) -> Draft:
    changed = replace(draft.sections[section], parts=tuple(parts))
    return _with_section(draft, section, changed)


def _with_section(draft: Draft, section: int, changed: DraftSection) -> Draft:
    sections = list(draft.sections)
    sections[section] = changed
    return replace(draft, sections=tuple(sections))
