"""What changed since the edition before, in sentences: per dataset and area."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.editions.changes import Counts, changes_since
from analytics.editions.edition import Edition
from analytics.figures.result import Label, Number, Statement
from analytics.overview.freshness import dataset_titles

AREAS_TOLD = 8


@dataclass(frozen=True)
class News:
    """The sentence of a dataset, those of its areas, and how many areas are not told."""

    dataset: Statement
    areas: tuple[Statement, ...]
    further: int


def news_since(edition: Edition, *, previous: Edition) -> tuple[News, ...]:
    """One entry a changed dataset; areas with most changes first, at most eight of them."""
    titles = {**dataset_titles(previous), **dataset_titles(edition)}
    return tuple(
        News(
            dataset=_statement("dataset", titles[one.dataset], one.whole),
            areas=tuple(
                _statement("area", _area(edition, code), counts)
                for code, counts in one.areas[:AREAS_TOLD]
            ),
            further=max(0, len(one.areas) - AREAS_TOLD),
        )
        for one in changes_since(edition, previous=previous)
    )


def _statement(about: str, name: Label, counts: Counts) -> Statement:
    """The whole sentence of what there is: added, changed, removed, in every combination."""
    parts = ("added", "changed", "removed")
    values = {part: getattr(counts, part) for part in parts}
    key = "_".join(part for part in parts if values[part])
    numbers = {part: Number(n, "number", {"decimals": 0}) for part, n in values.items() if n}
    return Statement(f"overview.news.{about}.{key}", {"name": name, **numbers})


def _area(edition: Edition, code: str) -> Label:
    if code not in edition.vocabulary.areas.index:
        return Label(code, code)
    name = edition.vocabulary.area_name(code)
    return Label(name, name)
