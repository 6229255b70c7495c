"""Destinations of the region: where they lie, what kind they are, and visits where known."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import in_both, told
from analytics.figures.result import Label, Period, Result, Statement
from analytics.figures.sentences import written_number
from analytics.observations.status import ObsStatus
from analytics.tourism.panel_answers import PanelChoice, grouped
from analytics.tourism.rows import (
    NO_PLACE,
    OTHER_SPAN,
    VISITS,
    YEAR,
    caveats_of,
    own_areas,
    own_rows,
    sources_of,
)
from analytics.tourism.site_months import comparable_years, site_months, uncounted_sites
from analytics.tourism.words import kind_label, known_indicator, listed, place_labels
from analytics.tourism.years import TOTAL

ALL_KINDS = "all"
KIND_ORDER = ("nature", "culture", "manmade", "village")
LEAST_SITES = 2
NO_PERIOD = "none"


@dataclass(frozen=True)
class SitePeriod:
    """A span for which visits of several sites are known. `code` stands in the address."""

    code: str
    period: Period


def site_periods(
    edition: Edition, *, with_unverified: bool = False, with_uncounted: bool = False
) -> tuple[SitePeriod, ...]:
    """Spans with visits of at least two sites, newest first: years, and windows of holidays."""
    rows = site_months(edition, with_unverified=with_unverified, with_uncounted=with_uncounted)
    years = [_year_period(year) for year in comparable_years(rows)]
    spans = _span_rows(edition, with_unverified=with_unverified)
    counts = spans.groupby(["period_start", "period_end"])["place"].nunique()
    windows = [_window_period(*span) for span, sites in counts.items() if sites >= LEAST_SITES]
    return tuple(sorted((*years, *windows), key=lambda p: p.period.end, reverse=True))  # type: ignore[arg-type,return-value]


def _year_period(year: int) -> SitePeriod:
    start, end = pd.Timestamp(year, 1, 1).date(), pd.Timestamp(year, 12, 31).date()
    return SitePeriod(str(year), Period(start, end, YEAR))


def _window_period(start: pd.Timestamp, end: pd.Timestamp) -> SitePeriod:
    code = f"{start:%Y-%m-%d}_{end:%Y-%m-%d}"
    return SitePeriod(code, Period(start.date(), end.date(), OTHER_SPAN))


def _span_rows(edition: Edition, *, with_unverified: bool) -> pd.DataFrame:
    rows = own_rows(
        edition, VISITS, with_unverified=with_unverified, indicator=TOTAL, freq=OTHER_SPAN
    )
    return rows[(rows["place"] != NO_PLACE) & rows["obs_value"].notna()]


def destinations_report(
    edition: Edition, *, period: str = NO_PERIOD, kind: str = ALL_KINDS, choice: PanelChoice
) -> Result:
    """Every destination of the region, one row each: kind, place on the map, visits if known.

    `obs_value` is missing where no figure is known for `period` (a code of `site_periods`).
    A year's figure is the sum of the months reported; `months_reported` says how many.
    Columns `place_name`, `latitude`, `longitude`, `kind`, `operator`, `operator_en`,
    `ticket_idr`, `is_counted`. Raises KeyError for a period that is not offered.
    """
    offered = {
        found.code: found.period
        for found in site_periods(
            edition,
            with_unverified=choice.with_unverified,
            with_uncounted=choice.with_uncounted,
        )
    }
    span = offered[period] if period != NO_PERIOD else Period(None, None)
    frame = _frame(edition, _visits(edition, period, choice), span)
    shown = frame if kind == ALL_KINDS else frame[frame["kind"] == kind]
    shown = shown.reset_index(drop=True)
    return Result(
        name="destinations",
        frame=shown,
        indicator=known_indicator(edition, TOTAL),
        sources=_sources(edition, shown),
        period=span,
        edition=edition.stamp,
        title=_title(edition, shown, span),
        statements=_statements(shown),
        caveats=caveats_of(edition, shown[shown["obs_value"].notna()]),
        notes=_notes(shown),
        parameters={"kind": kind},
    )


def _visits(edition: Edition, period: str, choice: PanelChoice) -> pd.DataFrame:
    """Visits of each site in a span; sites without any are no rows."""
    columns = ["place", "obs_value", "obs_status", "caveat", "source_id", "months_reported"]
    if period == NO_PERIOD:
        return pd.DataFrame(columns=columns)
    if "_" in period:
        start, end = (pd.Timestamp(day) for day in period.split("_"))
        spans = _span_rows(edition, with_unverified=choice.with_unverified)
        found = spans[(spans["period_start"] == start) & (spans["period_end"] == end)]
        return found.assign(months_reported=float("nan"))[columns]
    rows = site_months(
        edition, with_unverified=choice.with_unverified, with_uncounted=choice.with_uncounted
    )
    rows = rows[rows["year"] == int(period)]
    months = rows.groupby("place")["obs_value"].count()
    sums = grouped(rows, ["place"])
    return sums.assign(months_reported=sums["place"].map(months).astype(float))[columns]


def _frame(edition: Edition, visits: pd.DataFrame, span: Period) -> pd.DataFrame:
    table = edition.vocabulary.destinations.reset_index()
    table = table[table["ref_area"].isin(own_areas(edition))]
    own_source = table["source_id"]
    joined = table.drop(columns=["source_id", "caveat"]).merge(
        visits, on="place", how="left", validate="one_to_one"
    )
    frame = joined.assign(
        listed_in=own_source.to_numpy(),
        obs_value=joined["obs_value"].astype(float),
        latitude=pd.to_numeric(joined["latitude"]),
        longitude=pd.to_numeric(joined["longitude"]),
        ticket_idr=pd.to_numeric(joined["ticket_idr"]),
        operator_en=joined.get("operator_en", joined["operator"]),
        is_counted=~joined["place"].isin(uncounted_sites(edition)),
        caveat=joined["caveat"].fillna(""),
        source_id=joined["source_id"].fillna(""),
        unit="visits",
        freq=span.freq,
        period_start=pd.Timestamp(span.start) if span.start else pd.NaT,
        period_end=pd.Timestamp(span.end) if span.end else pd.NaT,
    )
    is_known = frame["obs_value"].notna()
    status = frame["obs_status"].where(is_known, ObsStatus.MISSING.value)
    order = {kind: position for position, kind in enumerate(KIND_ORDER)}
    return (
        frame.assign(obs_status=status, _kind=frame["kind"].map(order).fillna(len(order)))
        .sort_values(
            ["obs_value", "_kind", "place_name"],
            ascending=[False, True, True],
            kind="stable",
            ignore_index=True,
        )
        .drop(columns="_kind")
    )


def _sources(edition: Edition, frame: pd.DataFrame) -> tuple:
    """Sources of the figures, else of the list of destinations."""
    found = sources_of(edition, frame)
    return found or edition.vocabulary.sources_of(
        pd.DataFrame({"source_id": frame.loc[frame["listed_in"] != "", "listed_in"]})
    )


def _title(edition: Edition, frame: pd.DataFrame, span: Period) -> Statement:
    known = frame[frame["obs_value"].notna()]
    if known.empty:
        return Statement("tourism.destinations.title.listed", {"n": len(frame)})
    top = known.iloc[0]
    (name,) = place_labels(edition, [top["place"]])
    values = {
        "place": name,
        "value": written_number(top["obs_value"], known_indicator(edition, TOTAL)),
        "period": span,
    }
    return Statement("tourism.destinations.title.top", values)


def _statements(frame: pd.DataFrame) -> tuple[Statement, ...]:
    if frame.empty:
        return ()
    kinds = [
        in_both("tourism.destinations.kind_count", kind=kind_label(kind), n=n)
        for kind, n in kind_counts(frame).items()
    ]
    known = int(frame["obs_value"].notna().sum())
    all_kinds = {"n": len(frame), "kinds": listed(kinds)}
    values = {"known": known, "n": len(frame)}
    return told(
        [
            Statement("tourism.destinations.sentence.kinds", all_kinds),
            Statement("tourism.destinations.sentence.known", values) if known else None,
        ]
    )


def kind_counts(frame: pd.DataFrame) -> dict[str, int]:
    """Number of destinations by kind, in the order of the legend."""
    counts = frame["kind"].value_counts()
    ordered = [*KIND_ORDER, *sorted(set(counts.index) - set(KIND_ORDER))]
    return {kind: int(counts[kind]) for kind in ordered if kind in counts}


def _notes(frame: pd.DataFrame) -> tuple[Statement, ...]:
    if frame.empty:
        return (
            Statement("tourism.destinations.note.empty_why"),
            Statement("tourism.destinations.note.empty_cure"),
        )
    unplaced = int((frame["longitude"].isna() | frame["latitude"].isna()).sum())
    uncounted = place_names_left_out(frame)
    return told(
        [
            Statement("tourism.destinations.note.unplaced", {"n": unplaced}) if unplaced else None,
            Statement("tourism.destinations.note.uncounted", {"names": uncounted})
            if uncounted.id else None,
        ]
    )  # fmt: skip


def place_names_left_out(frame: pd.DataFrame) -> Label:
    """Names of sites whose figures are left out by default and are not shown here."""
    left_out = frame[~frame["is_counted"] & frame["obs_value"].isna()]
    names = ", ".join(left_out["place_name"])
    return Label(names, names)
