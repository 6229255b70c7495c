"""The pace within a year: what was counted from January on, against target, year and last year."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import told
from analytics.figures.result import Result, Statement
from analytics.figures.sentences import written_number
from analytics.tourism.formulas import attainment_pct, change_pct, share_pct
from analytics.tourism.rows import (
    BRANDING,
    DAY,
    MONTH,
    VISITS,
    YEAR,
    caveats_of,
    joined_caveats,
    period_of,
    region_rows,
    sources_of,
    usual_source,
    weakest_status,
)
from analytics.tourism.site_months import site_months
from analytics.tourism.words import known_indicator, percent
from analytics.tourism.years import DOMESTIC, FOREIGN, TARGET, TOTAL, yearly

CUMULATIVE = "visits_cumulative"
STATED, PARTS, SITES = "stated", "parts", "sites"
SPAN = ["period_start", "period_end"]
WHOLE_YEAR_MONTHS = 12


def pace_report(edition: Edition, *, with_unverified: bool = False) -> Result:
    """Visits counted from January to a month before December, one row a span, oldest first.

    `basis`: stated by a source, the sum of its domestic and foreign parts, or, for a year
    without a total, the sum of the sites that reported every month of two years. Columns:
    `target_share_pct` of the year's target, `year_share_pct` of the year's total, `change_pct`
    against the same span of the year before. Sums of sites are not held against the target.
    """
    frame = _with_comparisons(edition, _spans(edition, with_unverified), with_unverified)
    return Result(
        name="visits_within_the_year",
        frame=frame,
        indicator=known_indicator(edition, TOTAL),
        sources=sources_of(edition, frame),
        period=period_of(frame),
        edition=edition.stamp,
        title=_title(edition, frame),
        statements=_statements(edition, frame),
        caveats=caveats_of(edition, frame),
        notes=_notes(frame),
    )


def _spans(edition: Edition, with_unverified: bool) -> pd.DataFrame:
    parts = [
        _stated(edition, with_unverified),
        _sum_of_parts(edition, with_unverified),
        _sum_of_sites(edition, with_unverified),
    ]
    filled = [part for part in parts if len(part)]
    if not filled:
        return _from_january(region_rows(edition, VISITS).head(0)).assign(basis="", sites=0)
    joined = pd.concat(filled, ignore_index=True)
    return joined.drop_duplicates(SPAN).sort_values(SPAN, kind="stable", ignore_index=True)


def _from_january(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows that begin on 1 January and end before December does."""
    start, end = rows["period_start"].dt, rows["period_end"].dt
    begins = (start.month == 1) & (start.day == 1) & (start.year == end.year)
    is_short = (end.month < WHOLE_YEAR_MONTHS) & rows["obs_value"].notna()
    steps = rows["freq"].isin([YEAR, MONTH, DAY])
    return rows[begins & is_short & ~steps].reset_index(drop=True)


def _stated(edition: Edition, with_unverified: bool) -> pd.DataFrame:
    brand = region_rows(edition, BRANDING, with_unverified=with_unverified)
    cumulative = brand[brand["indicator"].astype(str).str.startswith(CUMULATIVE)]
    totals = region_rows(edition, VISITS, with_unverified=with_unverified, indicator=TOTAL)
    parts = [_from_january(part) for part in (cumulative, totals) if len(part)]
    rows = pd.concat(parts, ignore_index=True) if parts else totals.head(0)
    return rows.assign(basis=STATED, sites=float("nan"))


def _sum_of_parts(edition: Edition, with_unverified: bool) -> pd.DataFrame:
    """Domestic and foreign visits of one span together, where both are stated."""
    rows = region_rows(
        edition, VISITS, with_unverified=with_unverified, indicator=[DOMESTIC, FOREIGN]
    )
    sums = [
        group.iloc[0].to_dict() | _together(group)
        for _, group in _from_january(rows).groupby(SPAN)
        if group["indicator"].nunique() == 2
    ]
    return pd.DataFrame(sums)


def _together(group: pd.DataFrame) -> dict[str, object]:
    return {
        "indicator": TOTAL,
        "obs_value": group["obs_value"].sum(),
        "obs_status": weakest_status(group["obs_status"]),
        "caveat": joined_caveats(group),
        "basis": PARTS,
        "sites": float("nan"),
    }


def _sum_of_sites(edition: Edition, with_unverified: bool) -> pd.DataFrame:
    """The newest unfinished year by the sites that reported all its months, and the year before."""
    rows = site_months(edition, with_unverified=with_unverified)
    if rows.empty:
        return pd.DataFrame()
    last = rows["period_start"].max()
    year, month = last.year, last.month
    totals = yearly(edition, VISITS, TOTAL, with_unverified=with_unverified)
    if month == WHOLE_YEAR_MONTHS or year in set(totals["year"]):
        return pd.DataFrame()
    months = rows[rows["year"].isin([year - 1, year]) & (rows["month"] <= month)]
    reported = months.groupby("place")["obs_value"].count()
    sites = reported.index[reported == 2 * month]
    kept = months[months["place"].isin(sites)]
    sums = [_span_of_sites(group, len(sites)) for _, group in kept.groupby("year")]
    return pd.DataFrame(sums)


def _span_of_sites(group: pd.DataFrame, sites: int) -> dict[str, object]:
    return {
        "indicator": TOTAL,
        "period_start": group["period_start"].min(),
        "period_end": group["period_end"].max(),
        "freq": MONTH,
        "year": int(group["year"].iloc[0]),
        "obs_value": group["obs_value"].sum(),
        "obs_status": weakest_status(group["obs_status"]),
        "source_id": usual_source(group),
        "caveat": joined_caveats(group),
        "basis": SITES,
        "sites": float(sites),
    }


def _with_comparisons(edition: Edition, frame: pd.DataFrame, with_unverified: bool) -> pd.DataFrame:
    is_total = frame["basis"] != SITES
    targets, totals = (
        yearly(edition, dataset, indicator, with_unverified=with_unverified)
        .set_index("year")["obs_value"]
        .astype(float)
        for dataset, indicator in ((BRANDING, TARGET), (VISITS, TOTAL))
    )
    target = frame["year"].map(targets).astype(float).where(is_total)
    total = frame["year"].map(totals).astype(float).where(is_total)
    value = frame["obs_value"].astype(float)
    before = _year_before(frame)
    return frame.assign(
        obs_value=value,
        target=target,
        year_total=total,
        before_value=before,
        target_share_pct=attainment_pct(realised=value, target=target),
        year_share_pct=share_pct(part=value, whole=total),
        change_pct=change_pct(before=before, after=value),
        span=[
            f"{row.period_start:%Y-%m-%d}_{row.period_end:%Y-%m-%d}" for row in frame.itertuples()
        ],
    )


def _year_before(frame: pd.DataFrame) -> pd.Series:
    """The value of the same months of the year before on the same basis."""
    by_sites = frame["basis"] == SITES
    keys = list(zip(frame["year"], frame["period_end"].dt.month, by_sites, strict=True))
    values = dict(zip(keys, frame["obs_value"], strict=True))
    found = [values.get((year - 1, month, basis), float("nan")) for year, month, basis in keys]
    return pd.Series(found, index=frame.index, dtype=float)


def _best_told(frame: pd.DataFrame) -> pd.Series | None:
    """The newest span that can be compared with something, else the newest."""
    if frame.empty:
        return None
    compared = frame[frame[["target_share_pct", "change_pct"]].notna().any(axis="columns")]
    return (compared if len(compared) else frame).iloc[-1]


def _title(edition: Edition, frame: pd.DataFrame) -> Statement:
    row = _best_told(frame)
    if row is None:
        return Statement("tourism.pace.title.empty")
    values = _values(edition, row)
    if pd.notna(row["target_share_pct"]):
        values |= {"share": percent(row["target_share_pct"])}
        return Statement("tourism.pace.title.target", values)
    return Statement("tourism.pace.title.value", values)


def _values(edition: Edition, row: pd.Series) -> dict[str, object]:
    indicator = known_indicator(edition, TOTAL)
    return {
        "period": period_of(row.to_frame().T),
        "value": written_number(row["obs_value"], indicator),
        "year": str(int(row["year"])),
    }


def _statements(edition: Edition, frame: pd.DataFrame) -> tuple[Statement, ...]:
    row = _best_told(frame)
    if row is None:
        return ()
    values = _values(edition, row)
    return told([_change(row, values), _of_year(row, values), _newest(edition, frame, row)])


def _change(row: pd.Series, values: dict[str, object]) -> Statement | None:
    if pd.isna(row["change_pct"]):
        return None
    kind = "up" if row["change_pct"] >= 0 else "down"
    change = {"change": percent(abs(row["change_pct"])), "before": str(int(row["year"]) - 1)}
    return Statement(f"tourism.pace.sentence.{kind}", values | change)


def _of_year(row: pd.Series, values: dict[str, object]) -> Statement | None:
    if pd.isna(row["year_share_pct"]):
        return None
    share = {"share": percent(row["year_share_pct"])}
    return Statement("tourism.pace.sentence.of_year", values | share)


def _newest(edition: Edition, frame: pd.DataFrame, row: pd.Series) -> Statement | None:
    newest = frame.iloc[-1]
    if newest["span"] == row["span"]:
        return None
    return Statement("tourism.pace.sentence.newest", _values(edition, newest))


def _notes(frame: pd.DataFrame) -> tuple[Statement, ...]:
    if frame.empty:
        return (Statement("tourism.pace.note.empty_why"), Statement("tourism.note.empty_cure"))
    by_sites = frame[frame["basis"] == SITES]
    if by_sites.empty:
        return ()
    row = by_sites.iloc[-1]
    values = {"year": str(int(row["year"])), "n": int(row["sites"])}
    return (Statement("tourism.pace.note.sites", values),)
