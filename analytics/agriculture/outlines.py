"""Outlines of a level and who borders on whom, read once for each edition."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from analytics.agriculture.rows import Question
from analytics.editions.edition import Edition
from analytics.geography.boundaries import Boundary
from analytics.geography.levels import edition_boundary
from analytics.geography.neighbours import neighbours


def outlines(edition: Edition, *, level: str) -> Boundary:
    """The areas of a level on the ground. Raises KeyError for a level without outlines."""
    return _outlines(Question.about(edition, level=level, with_unverified=False))


def neighbours_of(edition: Edition, *, level: str) -> Mapping[str, tuple[str, ...]]:
    """Codes of the areas that share a border with each area of the level."""
    return _neighbours(Question.about(edition, level=level, with_unverified=False))


@lru_cache(maxsize=16)
def _outlines(question: Question) -> Boundary:
    return edition_boundary(question.edition, level=question.level)


@lru_cache(maxsize=16)
def _neighbours(question: Question) -> Mapping[str, tuple[str, ...]]:
    return neighbours(_outlines(question))
