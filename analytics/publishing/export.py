"""The long table of a dataset as people take it away."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.i18n import Formatter, text
from analytics.observations.table import OBSERVATION_COLUMNS, PUBLISHED, REJECTED, REPEATED

RAW_COLUMNS = ("corrected_value", "correction", "row_state", "row_reason")
NAME_COLUMNS = ("place_name", "item_name")


def export_frame(
    edition: Edition,
    dataset: str,
    *,
    language: str,
    all_sources: bool = False,
    raw: bool = False,
    with_unverified: bool = False,
) -> pd.DataFrame:
    """A dataset with names beside the codes.

    By default corrected values, one source for each quantity, nothing unverified.
    `raw`: every row as entered, also repeated and rejected ones, with what became of it.
    """
    states = (PUBLISHED, REPEATED, REJECTED) if raw else (PUBLISHED,)
    frame = edition.observations(dataset, states=states, with_unverified=with_unverified)
    if raw:
        frame = frame.assign(corrected_value=frame["obs_value"], obs_value=frame["raw_value"])
    elif not all_sources:
        frame = edition.preferred(frame)
    named = frame.assign(
        place_name=_names(edition, frame["place"], kind="place", language=language),
        item_name=_names(edition, frame["item"], kind="item", language=language),
    )
    extra = RAW_COLUMNS if raw else ()
    ordered = named.sort_values("source_row", kind="stable") if raw else named
    return ordered[[*OBSERVATION_COLUMNS, *NAME_COLUMNS, *extra]].reset_index(drop=True)


def _names(edition: Edition, codes: pd.Series, *, kind: str, language: str) -> pd.Series:
    words = edition.vocabulary

    def name(code: str) -> str:
        if not code:
            return ""
        return (
            words.place_name(code)
            if kind == "place"
            else words.item_name(code).in_language(language)
        )

    return codes.map({code: name(code) for code in codes.unique()})


def about_export(
    edition: Edition, dataset: str, frame: pd.DataFrame, *, language: str
) -> tuple[tuple[str, str], ...]:
    """What stands beside an exported table: region, edition, sources, caveats."""
    words = edition.vocabulary
    formatter = Formatter(language)
    sources = [
        (text("export.about.source", language), f"{source.cited(language)} {source.url}".strip())
        for source in words.sources_of(frame)
    ]
    caveats = [
        (text("export.about.caveat", language), caveat.in_language(language))
        for caveat in words.caveats(frame["caveat"])
    ]
    return (
        (text("export.about.dataset", language), dataset),
        (text("export.about.region", language), edition.stamp.region_name.in_language(language)),
        (
            text("export.about.edition", language),
            f"{edition.stamp.number}, {formatter.date(edition.stamp.published_on)}",
        ),
        (text("export.about.status", language), text("export.about.status_letters", language)),
        *sources,
        *caveats,
    )
