"""The briefing as plain data for Typst: every text written out, every drawing as SVG."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from analytics.briefing.model import (
    Briefing,
    Exhibit,
    Frozen,
    Gap,
    Grid,
    Listing,
    Part,
    Passage,
    SourceLine,
)
from analytics.figures.palette import LIGHT
from analytics.i18n import text
from analytics.publishing.drawings import Drawing, Drawings
from analytics.publishing.printed_table import ExhibitTable, PrintedTable, grid_table

# Rows and letters to a line of a table beside its chart, and where it stands for the chart.
BESIDE = (12, 42)
INSTEAD = (30, 110)
HALF_LINE, FEW_ROWS = 46, 25  # a long and narrow table stands in two columns
LONGEST_WORD = 30
SOURCES_TOLD = 5
MAY_BREAK = "\u200b"
WEB = ("https://", "http://")


def document_of(briefing: Briefing, *, layout: str, drawings: Drawings) -> dict[str, Any]:
    """What `layouts.typ` takes, for one layout."""
    language, cover = briefing.language, briefing.cover
    citations = briefing.citations()
    tables = {one.number: ExhibitTable(one, language) for one in briefing.exhibits}
    exhibits = {n: _exhibit(table, drawings[n], citations[n]) for n, table in tables.items()}
    is_report = layout == "report"
    return {
        "layout": layout,
        "language": language,
        "colours": _colours(briefing.colour),
        "training": briefing.band,
        "title": cover.title,
        "author": cover.office or cover.region,
        "description": " · ".join(filter(None, (cover.region, cover.hearing, cover.edition))),
        "edition": cover.edition,
        "footer": _footer(briefing),
        "words": _words(language),
        "cover": _cover(briefing),
        "frozen": _frozen(briefing.frozen, language),
        "sections": [
            {"heading": section.heading, "parts": [_part(part, exhibits) for part in section.parts]}
            for section in briefing.sections
        ],
        "exhibits": list(exhibits.values()),
        "gaps": [
            text("paper.gap", language, heading=g.heading, why=g.reason) for g in briefing.gaps
        ],
        "summary-sources": _sources_in_a_line(briefing),
        "tables": [_whole(table) for table in tables.values()] if is_report else [],
        **_annex(briefing),
    }


def _colours(accent: str) -> dict[str, str]:
    names = ("ink", "grey", "line", "gold")
    return {name: getattr(LIGHT, name) for name in names} | {"accent": getattr(LIGHT, accent)}


def _words(language: str) -> dict[str, str]:
    names = ("contents", "annex", "tables", "definitions", "sources", "statuses", "confirmations",
             "basis", "arms", "gaps")  # fmt: skip
    found = {name: text(f"paper.{name}", language) for name in names}
    # Only Typst knows the numbers of the pages.
    return found | {"page": text("paper.page", language, n="{n}", of="{of}")}


def _footer(briefing: Briefing) -> str:
    snapshot = snapshot_words(briefing.frozen, briefing.language)
    return " · ".join(filter(None, (briefing.cover.region, briefing.cover.edition, snapshot)))


def snapshot_words(frozen: Frozen | None, language: str) -> str:
    """`Cuplikan k3f9`; empty for a briefing that is not frozen."""
    return text("paper.snapshot", language, name=frozen.snapshot) if frozen else ""


def cover_lines(briefing: Briefing) -> list[str]:
    """Hearing, place with day, and by whom it was prepared; what is empty is left out."""
    cover = briefing.cover
    place_and_day = ", ".join(filter(None, (cover.place, cover.day)))
    by = text("paper.prepared_by", briefing.language, name=cover.prepared_by)
    return [
        line for line in (cover.hearing, place_and_day, by if cover.prepared_by else "") if line
    ]


def _cover(briefing: Briefing) -> dict[str, Any]:
    cover = briefing.cover
    region = "" if cover.region in cover.office else cover.region
    lead = (cover.office, region, *cover_lines(briefing), cover.edition)
    return {
        "title": cover.title,
        "region": cover.region,
        "office": cover.office,
        "lines": cover_lines(briefing),
        "basis": list(cover.legal_basis),
        "lead": " · ".join(filter(None, lead)),
        "arms": list(cover.coat_of_arms),
    }


def _frozen(frozen: Frozen | None, language: str) -> dict[str, str] | None:
    if frozen is None:
        return None
    return {
        "words": snapshot_words(frozen, language),
        "address": frozen.address,
        "shown": breakable(frozen.address),
        "code": quick_code(frozen.address) if frozen.address else "",
        "alt": text("paper.code_alt", language, address=frozen.address),
    }


def quick_code(address: str) -> str:
    """The address as a QR code in SVG, a fifth of it repeated so that a crease does no harm."""
    import segno

    return segno.make(address, error="q", micro=False).svg_inline(border=2, light="white")


# Figures --------------------------------------------------------------------------------------


def caption(exhibit: Exhibit, language: str) -> str:
    """`Gambar 3. Produksi padi (t). Kabupaten · 2018–2024 · ...`."""
    return text("paper.caption", language, n=exhibit.number, words=caption_words(exhibit, language))


def caption_words(exhibit: Exhibit, language: str) -> str:
    """What is measured in which unit, where and when."""
    indicator = exhibit.figure.result.indicator
    unit = indicator.unit_symbol.in_language(language)
    name = with_unit(indicator.name.in_language(language), unit, language)
    return text("paper.measured", language, indicator=name, about=exhibit.context)


def _exhibit(
    table: ExhibitTable, drawings: Sequence[Drawing], cites: Sequence[int]
) -> dict[str, Any]:
    exhibit, language = table.exhibit, table.language
    rows, letters = BESIDE if drawings else INSTEAD
    beside = table.newest(most_rows=rows, most_letters=letters)
    confirmed = exhibit.confirmation
    return {
        "kind": "exhibit",
        "number": exhibit.number,
        "heading": breakable(exhibit.heading),
        "context": exhibit.context,
        "sentence": breakable(exhibit.sentence),
        "caption": breakable(caption(exhibit, language)),
        "source": exhibit.source,
        "caveats": " ".join(exhibit.caveats),
        "confirmation": confirmed.words if confirmed else "",
        "cites": list(cites),
        "drawings": [
            {"svg": drawing.svg, "heading": drawing.heading, "alt": _alt(exhibit, drawing.heading)}
            for drawing in drawings
        ],
        "beside": _table(beside, letters) | {"rest": _rest(beside, language)}
        if beside.rows
        else None,
    }


def _alt(exhibit: Exhibit, heading: str) -> str:
    return f"{heading}. {exhibit.alt_text}" if heading else exhibit.alt_text


def _rest(table: PrintedTable, language: str) -> str:
    if not table.left_out:
        return ""
    shown = len(table.rows)
    return text("paper.rest", language, shown=shown, n=table.left_out + shown)


def _whole(table: ExhibitTable) -> dict[str, Any]:
    exhibit = table.exhibit
    heading = text("paper.table_of", table.language, n=exhibit.number, heading=exhibit.heading)
    printed = table.whole(with_common_source=False)
    halves = sum(printed.widths) <= HALF_LINE and len(printed.rows) > FEW_ROWS
    return _table(printed) | {"heading": heading, "source": exhibit.source, "halves": halves}


def _table(table: PrintedTable, letters: int = INSTEAD[1]) -> dict[str, Any]:
    return {
        "headings": [breakable(cell) for cell in table.headings],
        "rows": [[breakable(cell) for cell in row] for row in table.rows],
        "numbers": list(table.numbers),
        "widths": list(fitted(table, letters)),
    }


def fitted(table: PrintedTable, letters: int) -> tuple[int, ...]:
    """Letters of each column, the widest made narrower until all stand in a line; a column
    keeps the room of its longest word.
    """
    widths, words = list(table.widths), table.words_of_columns
    while sum(widths) > letters:
        spare = [width - word for width, word in zip(widths, words, strict=True)]
        widest = spare.index(max(spare))
        if spare[widest] <= 0:
            break
        widths[widest] -= 1
    return tuple(widths)


def breakable(words: str) -> str:
    """Words with room to break inside those that are wider than a line, such as addresses."""
    return re.sub(rf"(\S{{{LONGEST_WORD}}})(?=\S)", rf"\1{MAY_BREAK}", words)


# Sections and annex ---------------------------------------------------------------------------


def _part(part: Part, exhibits: Mapping[int, dict[str, Any]]) -> dict[str, Any]:
    if isinstance(part, Exhibit):
        return exhibits[part.number]
    if isinstance(part, Passage):
        return {"kind": "passage", "text": breakable(part.text)}
    if isinstance(part, Listing):
        return {"kind": "listing", "heading": part.heading, "items": list(part.items)}
    if isinstance(part, Gap):
        gap = {"heading": part.heading, "reason": part.reason, "cure": part.cure}
        return {"kind": "gap", **gap}
    return _grid(part)


def _grid(grid: Grid) -> dict[str, Any]:
    table = _table(grid_table(grid))
    return {"kind": "grid", "heading": grid.heading, "source": grid.source, "table": table}


def _annex(briefing: Briefing) -> dict[str, Any]:
    language, annex = briefing.language, briefing.annex
    return {
        "definitions": [
            {"name": with_unit(one.name, one.unit, language), "text": one.text}
            for one in annex.definitions
        ],
        "sources": [_source(line) for line in annex.sources],
        "statuses": [
            text("paper.status", language, n=line.exhibit, words=line.words)
            for line in annex.statuses
        ],
        "confirmations": list(annex.confirmations),
    }


def with_unit(name: str, unit: str, language: str) -> str:
    """`Produksi padi (t)`."""
    return text("paper.with_unit", language, name=name, unit=unit) if unit else name


def source_words(line: SourceLine) -> str:
    """Citation, method and licence as sentences."""
    return " ".join(
        f"{part.rstrip('.')}." for part in (line.citation, line.method, line.licence) if part
    )


def _source(line: SourceLine) -> dict[str, Any]:
    is_web = line.address.startswith(WEB)
    return {
        "number": line.number,
        "words": breakable(
            source_words(line) + ("" if is_web or not line.address else f" {line.address}")
        ),
        "address": line.address if is_web else "",
        "shown": breakable(line.address),
    }


def _sources_in_a_line(briefing: Briefing) -> str:
    """The first publishers, and how many more sources there are."""
    sources = [line for one in briefing.exhibits for line in one.figure.result.sources]
    named = list(dict.fromkeys(f"{line.short_publisher} {line.year}".strip() for line in sources))
    if not named:
        return ""
    more = len(named) - SOURCES_TOLD
    key = "paper.more_sources" if more > 0 else "paper.sources_line"
    return text(key, briefing.language, sources="; ".join(named[:SOURCES_TOLD]), n=more)
