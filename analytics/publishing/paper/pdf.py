"""The briefing as PDF: tagged for readers of screens (PDF/UA) and to be kept (PDF/A)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from analytics.briefing.model import Briefing
from analytics.publishing.drawings import FONTS, Box, drawings_of, no_collecting
from analytics.publishing.paper.content import document_of

TEMPLATE = Path(__file__).with_name("layouts.typ")
LAYOUTS = ("report", "summary", "handout")
STANDARDS = ["a-2a", "ua-1"]
CHART = {
    "report": Box(width=460, height=290),
    "summary": Box(width=280, height=170),
    "handout": Box(width=560, height=320),
}


class UnknownLayout(ValueError):
    """A layout that there is not."""


def briefing_pdf(briefing: Briefing, *, layout: str = "report") -> bytes:
    """The briefing as PDF: an A4 `report`, a `summary` of one page, a landscape `handout`.

    The same briefing and layout give the same bytes. Raises UnknownLayout, naming the layouts.
    """
    if layout not in LAYOUTS:
        raise UnknownLayout(", ".join(LAYOUTS))
    drawings = drawings_of(
        briefing.exhibits, language=briefing.language, theme="light", box=CHART[layout]
    )
    with no_collecting():
        document = document_of(briefing, layout=layout, drawings=drawings)
    return _compiler().compile(
        format="pdf",
        sys_inputs={"document": json.dumps(document, ensure_ascii=False)},
        pdf_standards=STANDARDS,
        timestamp=datetime.combine(briefing.today, time(), tzinfo=UTC),
    )


def summary_pdf(briefing: Briefing) -> bytes:
    """The briefing as one A4 page: every figure small, with its heading."""
    return briefing_pdf(briefing, layout="summary")


def handout_pdf(briefing: Briefing) -> bytes:
    """The briefing to hand out: landscape, two figures on each page."""
    return briefing_pdf(briefing, layout="handout")


@cache
def _compiler() -> Any:
    import typst

    return typst.Compiler(str(TEMPLATE), font_paths=[str(FONTS)], ignore_system_fonts=True)
