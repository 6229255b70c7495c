"""The order of a draft's sections and parts as one list of names, and a draft put in order.

A name is made from what it names, so it stays the same wherever the thing is moved: an order that
was chosen before somebody added or changed a part can still be followed, and nothing is lost.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from analytics.briefing.draft import Draft, DraftPart, DraftSection, part_as_plain
from analytics.observations.concepts import Label

NAME_LENGTH = 12


@dataclass(frozen=True)
class Place:
    """A section's heading (`position` is None) or a part, with its name; both count from 0."""

    name: str
    section: int
    position: int | None = None


def places(draft: Draft) -> tuple[Place, ...]:
    """Every section, each followed by its parts, in the order of the draft."""
    seen: Counter[str] = Counter()
    found = []
    for number, section in enumerate(draft.sections):
        found.append(Place(_name(seen, _heading(section.heading)), number))
        for position, part in enumerate(section.parts):
            found.append(Place(_name(seen, _content(part)), number, position))
    return tuple(found)


def in_order(draft: Draft, wanted: Sequence[str]) -> Draft:
    """The draft with its sections and parts in the wanted order of names.

    A part belongs to the section whose name stands before it; one before every section begins
    the first section. Names the draft does not have are passed over; what is not named stays
    behind what it stood behind. So every section and part is there once, whatever is wanted.
    """
    known = {place.name: place for place in places(draft)}
    chosen = [name for name in dict.fromkeys(wanted) if name in known]
    before = ""
    for name in known:
        if name not in chosen:
            chosen.insert(chosen.index(before) + 1 if before else 0, name)
        before = name
    return _built(draft, [known[name] for name in chosen])


def _built(draft: Draft, order: Sequence[Place]) -> Draft:
    """The sections in that order; parts before the first heading come behind it."""
    groups: list[tuple[DraftSection | None, list[DraftPart]]] = [(None, [])]
    for place in order:
        section = draft.sections[place.section]
        if place.position is None:
            is_first = groups[-1][0] is None
            groups.append((section, groups.pop()[1] if is_first else []))
        else:
            groups[-1][1].append(section.parts[place.position])
    sections = [replace(each, parts=tuple(parts)) for each, parts in groups if each is not None]
    return replace(draft, sections=tuple(sections))


def _heading(heading: Label) -> str:
    return json.dumps(["section", heading.id, heading.en])


def _content(part: DraftPart) -> str:
    return json.dumps(["part", part_as_plain(part)], sort_keys=True)


def _name(seen: Counter[str], content: str) -> str:
    """Equal things are told apart by counting: which of them is which makes no difference."""
    digest = sha256(content.encode()).hexdigest()[:NAME_LENGTH]
    seen[digest] += 1
    return f"{digest}-{seen[digest]}"
