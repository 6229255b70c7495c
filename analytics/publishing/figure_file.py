"""A figure as a file: its table in words, with what traces every row back to the edition.

Beside each name stands its code, in columns named as in the long table (`ref_area`, `item`,
`source_id`, ...), so that a row can be found again by `python -m analytics export`.
"""

from __future__ import annotations

import json

import pandas as pd

from analytics.figures.figure import Figure
from analytics.figures.tables import row_statuses
from analytics.i18n import Formatter, text
from analytics.publishing.tables import TRAINING_COLUMN, TRAINING_NOTICE, json_records

About = tuple[tuple[str, str], ...]

# In the order of the long table. What a figure's frame does not hold is left out, except what
# its result says for all rows: indicator, unit, source, caveat, region, edition.
TRACE_COLUMNS = (
    "dataset",
    "ref_area",
    "place",
    "item",
    "indicator",
    "period_start",
    "period_end",
    "freq",
    "unit",
    "obs_status",
    "source_id",
    "batch_id",
    "source_row",
    "caveat",
    "region",
    "edition",
)


def figure_table_to_take_away(figure: Figure, *, language: str) -> pd.DataFrame:
    """The figure's table in words with the codes beside the names, one row an observation.

    `caveat` holds the codes of each row where the figure has them, else the words that hold
    for all rows. Dates stay dates, numbers stay numbers, what is missing stays empty.
    """
    table = figure.table(language)
    traced = _traced(figure, language)
    columns: dict[str, pd.Series] = {}
    for heading in table.frame.columns:
        columns[heading] = table.frame[heading]
        code = table.columns[heading]
        if code in traced and code not in columns and not code.startswith("period"):
            columns[code] = traced[code]
    columns |= {name: traced[name] for name in traced if name not in columns}
    return pd.DataFrame(columns)


def _traced(figure: Figure, language: str) -> dict[str, pd.Series]:
    """The columns that trace a row: codes of the frame, else what the result says of all rows."""
    result = figure.result
    frame = figure.frame.reset_index(drop=True)
    frame = frame.assign(obs_status=row_statuses(frame))
    for_all = {
        "indicator": result.indicator.code,
        "unit": result.indicator.unit,
        "source_id": ";".join(source.source_id for source in result.sources),
        "caveat": " ".join(caveat.in_language(language) for caveat in result.caveats),
        "region": result.edition.region,
        "edition": result.edition.number,
    }
    drawn_by = [name for name in (figure.series, figure.category) if name in figure.names]
    names = [*(name for name in drawn_by if name not in TRACE_COLUMNS), *TRACE_COLUMNS]
    of_others = {column.name for column in figure.columns} & set(for_all)  # tell of other columns
    traced = {}
    for name in names:
        if name in frame.columns and name not in of_others:
            traced[name] = frame[name]
        elif name in for_all:
            traced[name] = pd.Series(for_all[name], index=frame.index)
    return traced


def figure_about(figure: Figure, *, language: str) -> About:
    """What a file says of its figure, name and value: title, region, edition, sources, caveats."""
    result = figure.result
    stamp = result.edition
    published = Formatter(language).date(stamp.published_on)
    edition = text("figures.file.edition_value", language, number=stamp.number, date=published)
    rows = [
        ("title", figure.title(language)),
        ("sentence", figure.sentence(language)),
        ("region", stamp.region_name.in_language(language)),
        ("period", result.period.words(language)),
        ("edition", edition),
        ("indicator", result.indicator.name.in_language(language)),
        ("unit", result.indicator.unit_symbol.in_language(language) or result.indicator.unit),
        ("definition", result.indicator.definition.in_language(language)),
        *(
            ("source", f"{source.cited(language)} {source.url}".strip())
            for source in result.sources
        ),
        *(("licence", source.licence.in_language(language)) for source in result.sources),
        *(("caveat", caveat.in_language(language)) for caveat in result.caveats),
        ("status", text("figures.file.status_letters", language)),
    ]
    return tuple((text(f"figures.file.{name}", language), value) for name, value in rows if value)


def figure_json(figure: Figure, *, language: str) -> bytes:
    """The figure as one JSON object: `about` (name and value, in order) and `rows`."""
    about = figure_about(figure, language=language)
    content: dict[str, object] = {
        "about": [{"name": name, "value": value} for name, value in about],
        "rows": json_records(figure_table_to_take_away(figure, language=language)),
    }
    if figure.result.edition.is_training:
        content = {TRAINING_COLUMN: TRAINING_NOTICE, **content}
    return (json.dumps(content, ensure_ascii=False, default=str, indent=1) + "\n").encode("utf-8")
