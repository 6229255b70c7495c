"""Which function writes which kind of file. A writer takes a Briefing and gives bytes:
the same briefing, the same bytes, on every machine with the same lock.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping

from analytics.briefing.model import Briefing

Writer = Callable[[Briefing], bytes]

# Suffix -> module:function. Imported when asked for: the server never loads these libraries.
DOCUMENTS: Mapping[str, str] = {
    "pptx": "analytics.publishing.slides:briefing_pptx",
    "xlsx": "analytics.publishing.workbook:briefing_xlsx",
    "docx": "analytics.publishing.paper.word:briefing_docx",
    "pdf": "analytics.publishing.paper.pdf:briefing_pdf",
    "html": "analytics.publishing.story.writer:briefing_html",
}

# The figures' rows without the words around them.
DATA: Mapping[str, str] = {
    "csv": "analytics.publishing.briefing_data:briefing_csv",
    "json": "analytics.publishing.briefing_data:briefing_json",
    "geojson": "analytics.publishing.briefing_data:briefing_geojson",
    "parquet": "analytics.publishing.briefing_data:briefing_parquet",
}

# PDF in another layout, written and kept beside the report.
LAYOUTS: Mapping[str, str] = {
    "summary.pdf": "analytics.publishing.paper.pdf:summary_pdf",
    "handout.pdf": "analytics.publishing.paper.pdf:handout_pdf",
}
WRITERS: Mapping[str, str] = {**DOCUMENTS, **DATA}
ALL: Mapping[str, str] = {**DOCUMENTS, **LAYOUTS, **DATA}


class UnknownKind(ValueError):
    """A suffix that no writer writes."""


def written(briefing: Briefing, *, suffix: str) -> bytes:
    """The briefing as a file of that kind. Raises UnknownKind, naming the kinds there are."""
    try:
        module, _, function = ALL[suffix].partition(":")
    except KeyError:
        raise UnknownKind(", ".join(ALL)) from None
    write: Writer = getattr(importlib.import_module(module), function)
    return write(briefing)
