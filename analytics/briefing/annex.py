"""What stands behind the sections: definitions, numbered sources, status of the numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analytics.briefing.model import Annex, Definition, Exhibit, SourceLine, StatusLine
from analytics.figures.result import Indicator, Source
from analytics.figures.sentences import status_summary


def annex_of(exhibits: Sequence[Exhibit], *, language: str) -> Annex:
    """The annex of these figures, sources numbered in the order of their first use."""
    return Annex(
        definitions=_definitions(exhibits, language),
        sources=_sources(exhibits, language),
        statuses=tuple(
            StatusLine(each.number, each.heading, status_summary(each.figure.frame,
                                                                 language=language))
            for each in exhibits
        ),
        confirmations=tuple(e.confirmation.words for e in exhibits if e.confirmation),
    )  # fmt: skip


def _definitions(exhibits: Iterable[Exhibit], language: str) -> tuple[Definition, ...]:
    used: dict[tuple[str, str], tuple[Indicator, list[int]]] = {}
    for exhibit in exhibits:
        for indicator in (exhibit.figure.result.indicator, exhibit.figure.x_indicator):
            if indicator is None or not indicator.definition.in_language(language):
                continue
            key = (indicator.name.in_language(language), indicator.unit)
            used.setdefault(key, (indicator, []))[1].append(exhibit.number)
    return tuple(
        Definition(
            name=indicator.name.in_language(language),
            unit=indicator.unit_symbol.in_language(language),
            text=indicator.definition.in_language(language),
            exhibits=tuple(numbers),
        )
        for indicator, numbers in used.values()
    )


def _sources(exhibits: Iterable[Exhibit], language: str) -> tuple[SourceLine, ...]:
    used: dict[str, tuple[Source, list[int]]] = {}
    for exhibit in exhibits:
        for source in exhibit.figure.result.sources:
            used.setdefault(source.source_id, (source, []))[1].append(exhibit.number)
    return tuple(
        SourceLine(
            number=number,
            citation=source.citation,
            method=source.method_name.in_language(language),
            licence=source.licence.in_language(language),
            address=source.url,
            exhibits=tuple(numbers),
        )
        for number, (source, numbers) in enumerate(used.values(), start=1)
    )
