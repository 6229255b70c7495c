"""SPBE and the innovation index over the years, cut where the way of scoring changed."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.editions.vocabulary import UnknownCode
from analytics.figures.names import in_both, told
from analytics.figures.result import Label, Result, Statement
from analytics.figures.sentences import written_number
from analytics.smart_city.formulas import segments
from analytics.smart_city.rows import (
    SMART_CITY,
    caveats_of,
    reference,
    sources_of,
    year_period,
    yearly,
)
from analytics.smart_city.scheme import INDICES

SELF_ASSESSED, TARGET = "self_assessed", "target"
BREAK_COLUMNS = ("indicator", "from_year", "text_id", "text_en", "source_id")
METHOD = "method_"


def offered_indices(edition: Edition) -> tuple[str, ...]:
    """Indices that the region has any value of."""
    rows = yearly(edition, SMART_CITY, indicator=INDICES)
    known = set(rows.loc[rows["obs_value"].notna(), "indicator"])
    return tuple(code for code in INDICES if code in known)


def breaks_of(edition: Edition, code: str) -> pd.DataFrame:
    """Years from which an index was scored in another way, oldest first, with what changed."""
    table = reference(edition, "series_breaks", BREAK_COLUMNS)
    own = table[table["indicator"] == code]
    return own.assign(from_year=pd.to_numeric(own["from_year"])).sort_values("from_year")


def index_report(edition: Edition, *, code: str) -> Result:
    """The region's values of an index by year.

    Column `stretch`: years scored in one way have one code (`method_0`, `method_1`), what the
    region assessed itself is `self_assessed`, what it aims at `target`. No line joins them.
    """
    rows = _rows(edition, code)
    breaks = breaks_of(edition, code)
    frame = rows.assign(stretch=_stretches(rows, code, list(breaks["from_year"])))
    own = frame[frame["stretch"].str.startswith(METHOD)]
    breaks_and_rows = pd.concat([frame, breaks])
    return Result(
        name=f"smart_city_{code}",
        frame=frame.drop(columns="indicator"),
        indicator=edition.vocabulary.indicator(code),
        sources=sources_of(edition, breaks_and_rows),
        period=year_period([int(year) for year in frame["year"]]),
        edition=edition.stamp,
        title=_title(edition, code, own),
        statements=_statements(edition, code, own),
        caveats=caveats_of(edition, frame),
        notes=tuple(_break_note(row) for row in breaks.to_dict("records")),
        parameters={"code": code},
    )


def _rows(edition: Edition, code: str) -> pd.DataFrame:
    codes = (code, f"{code}_{SELF_ASSESSED}", f"{code}_{TARGET}")
    rows = yearly(edition, SMART_CITY, indicator=codes)
    return rows[rows["obs_value"].notna()].reset_index(drop=True)


def _stretches(rows: pd.DataFrame, code: str, breaks: list[int]) -> list[str]:
    parts = segments([int(year) for year in rows["year"]], breaks=breaks)
    return [
        f"{METHOD}{part}" if indicator == code else str(indicator).removeprefix(f"{code}_")
        for indicator, part in zip(rows["indicator"], parts, strict=True)
    ]


def stretch_labels(result: Result) -> dict[str, Label]:
    """Names of the stretches of a series: the years of each way of scoring."""
    labels = {
        SELF_ASSESSED: in_both("smart_city.indices.stretch.self_assessed"),
        TARGET: in_both("smart_city.indices.stretch.target"),
    }
    frame = result.frame
    for name, group in frame.groupby("stretch"):
        if str(name).startswith(METHOD):
            first, last = int(group["year"].min()), int(group["year"].max())
            words = f"{first}–{last}" if last > first else str(first)
            labels[str(name)] = in_both("smart_city.indices.stretch.method", years=words)
    return labels


def _title(edition: Edition, code: str, own: pd.DataFrame) -> Statement:
    indicator = edition.vocabulary.indicator(code)
    if own.empty:
        return Statement("smart_city.indices.title.none", {"name": indicator.name})
    last = own.iloc[-1]
    values = {
        "name": indicator.name,
        "value": written_number(float(last["obs_value"]), indicator),
        "year": str(int(last["year"])),
    }
    return Statement("smart_city.indices.title.some", values)


def _statements(edition: Edition, code: str, own: pd.DataFrame) -> tuple[Statement, ...]:
    """The change within the newest stretch; nothing is said over a break."""
    if own.empty:
        return ()
    stretch = own[own["stretch"] == own.iloc[-1]["stretch"]]
    if len(stretch) < 2:
        return (Statement("smart_city.indices.sentence.alone"),)
    before, last = stretch.iloc[-2], stretch.iloc[-1]
    indicator = edition.vocabulary.indicator(code)
    size = float(last["obs_value"] - before["obs_value"])
    key = "same" if size == 0 else "up" if size > 0 else "down"
    values = {
        "before": str(int(before["year"])),
        "old": written_number(float(before["obs_value"]), indicator),
        "size": written_number(abs(size), indicator),
    }
    return told([Statement(f"smart_city.indices.sentence.{key}", values)])


def _break_note(row: dict[str, object]) -> Statement:
    values = {
        "year": str(row["from_year"]),
        "words": Label(str(row["text_id"]), str(row["text_en"])),
    }
    return Statement("smart_city.indices.note.break", values)


def index_name(edition: Edition, code: str) -> Label:
    """What an index is called; the code where the pack does not know it."""
    try:
        return edition.vocabulary.indicator_name(code)
    except UnknownCode:
        return Label(code, code)
