"""Rows of the region itself: visits and brand figures, never those of a neighbour.

An enclosed city is another region with a code of its own, so nothing of it is counted here.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.result import Label, Period, Source
from analytics.observations.status import weakest_status as weakest_status
from analytics.observations.table import EDITION_COLUMNS, split_codes

VISITS, BRANDING = "visits", "branding"
NO_PLACE = ""
YEAR, QUARTER, MONTH, DAY, OTHER_SPAN = "A", "Q", "M", "D", "_O"

# The pandemic closed sites by order in these years; they are no year to compare with.
CLOSURE_YEARS = (2020, 2021)
BASE_YEAR = 2019


def own_areas(edition: Edition) -> tuple[str, ...]:
    """Codes of the region and of everything below it, the region first."""
    areas = [edition.ref_area]
    for area in areas:
        areas.extend(edition.vocabulary.children(area))
    return tuple(areas)


def own_rows(
    edition: Edition,
    dataset: str,
    *,
    with_unverified: bool = False,
    **equal_to: str | Sequence[str],
) -> pd.DataFrame:
    """Rows of the region and its areas, one source for each quantity, oldest first.

    Empty when the pack has no such dataset. A further column `year` is missing for undated rows.
    """
    if dataset not in edition.datasets:
        return _no_rows()
    found = edition.observations(
        dataset, with_unverified=with_unverified, ref_area=own_areas(edition), **equal_to
    )
    chosen = edition.preferred(found).sort_values(
        ["period_start", "period_end", "place", "indicator"], kind="stable", ignore_index=True
    )
    return chosen.assign(year=chosen["period_start"].dt.year)


def _no_rows() -> pd.DataFrame:
    """No row at all, with columns of the kinds that rows have."""
    moments = dict.fromkeys(("period_start", "period_end"), "datetime64[ns]")
    frame = pd.DataFrame(columns=[*EDITION_COLUMNS, "year"])
    return frame.astype({**moments, "obs_value": float, "year": float})


def region_rows(
    edition: Edition,
    dataset: str,
    *,
    with_unverified: bool = False,
    **equal_to: str | Sequence[str],
) -> pd.DataFrame:
    """Rows about the region as a whole."""
    rows = own_rows(
        edition,
        dataset,
        with_unverified=with_unverified,
        **({"place": NO_PLACE} | equal_to),
    )
    return rows[rows["ref_area"] == edition.ref_area].reset_index(drop=True)


def has_unverified(edition: Edition) -> bool:
    """True when a switch for figures that are not verified would change anything."""
    areas = own_areas(edition)
    return any(
        len(edition.observations(dataset, with_unverified=True, ref_area=areas))
        > len(edition.observations(dataset, ref_area=areas))
        for dataset in (VISITS, BRANDING)
        if dataset in edition.datasets
    )


def joined_caveats(rows: pd.DataFrame) -> str:
    """The caveat codes of many rows, each once, as one cell."""
    codes = dict.fromkeys(code for cell in rows["caveat"].unique() for code in split_codes(cell))
    return ";".join(codes)


def usual_source(rows: pd.DataFrame) -> str:
    """The source of most rows; empty without rows."""
    return str(rows["source_id"].mode().iloc[0]) if len(rows) else ""


def sources_of(edition: Edition, rows: pd.DataFrame) -> tuple[Source, ...]:
    """Sources of the rows that hold a value or a text, those of most rows first."""
    has_text = rows["obs_text"].fillna("") != "" if "obs_text" in rows else False
    told = rows[(rows["obs_value"].notna() | has_text) & (rows["source_id"] != "")]
    return edition.vocabulary.sources_of(told)


def caveats_of(edition: Edition, rows: pd.DataFrame) -> tuple[Label, ...]:
    """Caveats of the rows, those of many rows first."""
    codes = pd.Series(
        [code for cell in rows["caveat"].fillna("") for code in split_codes(cell)], dtype=object
    )
    counts = codes.value_counts(sort=False)
    ordered = sorted(dict.fromkeys(codes), key=lambda code: -counts[code])
    return tuple(edition.vocabulary.caveat(code) for code in ordered)


def period_of(rows: pd.DataFrame) -> Period:
    """The span from the first to the last row with a value; open when none has.

    Whole months are written as months.
    """
    told = rows[rows["obs_value"].notna() & rows["period_start"].notna()]
    if told.empty:
        return Period(None, None)
    freqs = set(told["freq"])
    start, end = told["period_start"].min(), told["period_end"].max()
    freq = str(next(iter(freqs))) if len(freqs) == 1 else OTHER_SPAN
    if freq == OTHER_SPAN and start.is_month_start and end.is_month_end:
        freq = MONTH
    return Period(start.date(), end.date(), freq)


def year_span(years: Sequence[int]) -> Period:
    """From the first day of the first year to the last day of the last."""
    if not years:
        return Period(None, None)
    first, last = pd.Timestamp(min(years), 1, 1), pd.Timestamp(max(years), 12, 31)
    return Period(first.date(), last.date(), YEAR)
