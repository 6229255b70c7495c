"""Two figures for one quantity as one printed page (PDF), set by Typst in a job process."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import pandas as pd

from analytics.agriculture.two_figures import SHEET_COLUMNS
from analytics.figures.figure import Figure
from analytics.figures.sentences import period_words
from analytics.i18n import Formatter, text
from analytics.ledger.two_figure_reasons import Reason
from analytics.settings import PROJECT_ROOT

TEMPLATE = PROJECT_ROOT / "analytics" / "publishing" / "two_figures_sheet.typ"
FONTS = PROJECT_ROOT / "static" / "fonts"


@dataclass(frozen=True)
class SheetReason:
    """A reason as it is printed: for which period, in what words, by whom and when."""

    period: str
    words: str
    by: str


@dataclass(frozen=True)
class Sheet:
    """Everything that stands on the page, in the reader's language; nothing in it is markup."""

    language: str
    training: str
    context: str
    title: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    numbers: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    sentences: tuple[str, ...]
    reasons_heading: str
    reasons: tuple[SheetReason, ...]
    sources: tuple[str, ...]
    footer: str


def sheet_of(
    figure: Figure,
    *,
    reasons: Mapping[str, Sequence[Reason]],
    language: str,
    context: str,
    address: str,
) -> Sheet:
    """The page of a two-figures figure with the newest reason of each period.

    `context` is the figure's line of context, `address` what stands in the footer.
    """
    table = figure.table(language)
    headings = {name: heading for heading, name in table.columns.items()}
    asked = [headings[name] for name in SHEET_COLUMNS if name in headings]
    words = table.words()[asked]
    result = figure.result
    return Sheet(
        language=language,
        training=text("nav.training", language) if result.edition.is_training else "",
        context=context,
        title=figure.title(language),
        headings=tuple(asked),
        widths=tuple(SHEET_COLUMNS[table.columns[heading]] for heading in asked),
        numbers=tuple(place for place, heading in enumerate(asked) if heading in table.numbers),
        rows=tuple(tuple(map(str, row)) for row in words.itertuples(index=False)),
        sentences=tuple(one.words(language) for one in result.statements),
        reasons_heading=text("analysis.two_figures.heading", language),
        reasons=_reasons(result.frame, reasons, language),
        sources=tuple(f"{source.cited(language)}. {source.url}" for source in result.sources),
        footer=address,
    )


def draw_sheet(*, sheet: Sheet) -> bytes:
    """The page as PDF."""
    import typst

    return typst.compile(
        str(TEMPLATE),
        format="pdf",
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(asdict(sheet), ensure_ascii=False)},
    )


def _reasons(
    frame: pd.DataFrame, reasons: Mapping[str, Sequence[Reason]], language: str
) -> tuple[SheetReason, ...]:
    """One entry a period: the newest written reason, or that there is none."""
    periods = frame.drop_duplicates("period").to_dict("records")
    return tuple(_reason(row, reasons.get(row["period"], ()), language) for row in periods)


def _reason(row: Mapping[str, object], written: Sequence[Reason], language: str) -> SheetReason:
    period = period_words(row, language)
    if not written:
        return SheetReason(period, text("analysis.two_figures.none", language, period=period), "")
    newest = written[0]
    when = Formatter(language).date(newest.written_at.date())
    by = text("analysis.two_figures.by", language, who=newest.written_by, when=when)
    return SheetReason(period, newest.reason, by)
