"""The internal index of this region beside that of peers whose packs are there.

Indices compare only when they are made alike: one year, the weights of this region, and the parts
that every region compared knows. A training region is never put beside a real one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.result import Indicator, Result, Source, Statement
from analytics.tourism.answers import answer, indicator_of, nothing
from analytics.tourism.brand_formulas import LEAST_KNOWN_PCT, known_weight_pct
from analytics.tourism.brand_index import (
    PartWeight,
    YearIndex,
    index_of_parts,
    index_row,
    indices,
    part_label,
    parts_used,
    weights_of,
)
from analytics.tourism.words import listed, percent


@dataclass(frozen=True)
class _Compared:
    """Regions of one year by their code, each with an index of the parts that all of them know."""

    year: int
    parts: tuple[str, ...]
    indices: Mapping[str, YearIndex]


def peers_report(edition: Edition, *, peers: tuple[Edition, ...] = ()) -> Result:
    """This region and its peers in the newest year that can be compared, the highest first.

    Columns `region`, `low`, `high`, `parts`, `edition` (number of each region's own edition).
    """
    indicator = indicator_of("brand_index", unit="score", decimals=1)
    alike = [peer for peer in peers if peer.stamp.is_training == edition.stamp.is_training]
    if not alike:
        return _no_peers(edition, indicator, "no_pack")
    compared = _compared((edition, *alike), weights_of(edition))
    if compared is None:
        return _no_peers(edition, indicator, "no_index")
    there = {one.stamp.region: one for one in (edition, *alike)}
    rows = [_row(there[region], index) for region, index in compared.indices.items()]
    frame = pd.DataFrame(rows).sort_values("obs_value", ascending=False, ignore_index=True)
    result = answer(
        edition, name="brand_peers", frame=frame, indicator=indicator, used=frame.head(0),
        title=Statement("brand.peers.title.beside",
                        {"n": len(frame), "year": str(compared.year)}),
        notes=_notes(compared, alike),
    )  # fmt: skip
    sources = [
        source
        for region, index in compared.indices.items()
        for source in _sources(there[region], index)
    ]
    return replace(result, sources=tuple(sources))


def _row(edition: Edition, index: YearIndex) -> dict[str, object]:
    row, stamp = index_row(index), edition.stamp
    source = _own_code(edition, str(row["source_id"]))
    return {**row, "source_id": source, "region": stamp.region, "edition": stamp.number}


def _own_code(edition: Edition, source_id: str) -> str:
    """The code of a source with its region before it: two packs may use one code for two things."""
    return f"{edition.stamp.region}/{source_id}" if source_id else ""


def _sources(edition: Edition, index: YearIndex) -> tuple[Source, ...]:
    """Sources of a region's parts as its own pack names them."""
    found = edition.vocabulary.sources_of(parts_used([index]).query("source_id != ''"))
    return tuple(
        replace(source, source_id=_own_code(edition, source.source_id)) for source in found
    )


def _compared(editions: Sequence[Edition], weights: Sequence[PartWeight]) -> _Compared | None:
    """The newest year in which the first edition and another share enough parts."""
    own, *others = (
        {index.year: index for index in indices(one, weights=tuple(weights))} for one in editions
    )
    names = [one.stamp.region for one in editions]
    for year in sorted(own, reverse=True):
        found = {names[0]: own[year].parts}
        for name, other in zip(names[1:], others, strict=True):
            if year in other and _is_enough({*_shared(found)} & {*other[year].parts}, weights):
                found[name] = other[year].parts
        parts = _shared(found)
        if len(found) > 1 and _is_enough(parts, weights):
            alike = {
                name: index_of_parts(year, {p: known[p] for p in parts}, weights)
                for name, known in found.items()
            }
            return _Compared(year, parts, alike)
    return None


def _shared(parts: Mapping[str, Mapping[str, object]]) -> tuple[str, ...]:
    """Parts that all of them know, in the order of the first."""
    first, *others = parts.values()
    return tuple(part for part in first if all(part in other for other in others))


def _is_enough(parts: Sequence[str] | set[str], weights: Sequence[PartWeight]) -> bool:
    sizes = {weight.part: weight.weight for weight in weights}
    scores = dict.fromkeys(parts, 0.0)
    return bool(np.greater_equal(known_weight_pct(scores, sizes), LEAST_KNOWN_PCT))


def _notes(compared: _Compared, peers: Sequence[Edition]) -> tuple[Statement, ...]:
    """How they were made alike, and which peers could not be."""
    names = listed([part_label(part) for part in compared.parts])
    notes = [Statement("brand.peers.note.alike", {"year": str(compared.year), "parts": names})]
    left = [peer.stamp.region_name for peer in peers if peer.stamp.region not in compared.indices]
    if left:
        values = {"regions": listed(left), "least": percent(LEAST_KNOWN_PCT)}
        notes.append(Statement("brand.peers.note.left_out", values))
    return tuple(notes)


def _no_peers(edition: Edition, indicator: Indicator, kind: str) -> Result:
    return answer(
        edition, name="brand_peers", frame=nothing("region"), indicator=indicator,
        title=Statement("brand.peers.title.none"),
        notes=(Statement(f"brand.peers.note.{kind}"), Statement("brand.peers.note.cure")),
    )  # fmt: skip
