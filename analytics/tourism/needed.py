"""Target against realisation of the running year, with the pace that is still needed."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import told
from analytics.figures.result import Number, Result, Statement
from analytics.figures.sentences import written_number
from analytics.observations.status import ObsStatus
from analytics.tourism.formulas import needed_per_month, share_pct
from analytics.tourism.pace import SITES, pace_report
from analytics.tourism.rows import (
    BRANDING,
    MONTH,
    VISITS,
    caveats_of,
    joined_caveats,
    sources_of,
    usual_source,
    weakest_status,
    year_span,
)
from analytics.tourism.site_months import MONTHS_IN_YEAR, site_months
from analytics.tourism.words import known_indicator, percent
from analytics.tourism.years import TARGET, TOTAL, yearly

SO_FAR, NEEDED, LAST_YEAR = "so_far", "needed", "last_year"
# Sums of sites stand for the total only where they did so in the year before.
COVERED_PCT = (95.0, 105.0)


@dataclass(frozen=True)
class Progress:
    """The running year: what was counted up to a month, the target, the months that follow.

    `rest_before` is what the months that follow had in the year before, missing where unknown.
    """

    year: int
    months: int
    so_far: float
    target: float
    rest_before: float
    rows: pd.DataFrame

    @property
    def left(self) -> int:
        return MONTHS_IN_YEAR - self.months


def needed_report(edition: Edition, *, with_unverified: bool = False) -> Result:
    """Visits a month: so far, needed from now on for the target, and the same rest a year before.

    One row a `pace`. Realisation is what a source states for part of the year; where none does,
    the sum of sites, if it covered last year's total. Empty with the reason otherwise.
    """
    progress = _stated(edition, with_unverified) or _by_sites(edition, with_unverified)
    frame = _frame(progress)
    return Result(
        name="pace_needed",
        frame=frame,
        indicator=known_indicator(edition, TOTAL),
        sources=sources_of(edition, frame),
        period=year_span([progress.year] if progress else []),
        edition=edition.stamp,
        title=_title(progress),
        statements=_statements(edition, progress),
        caveats=caveats_of(edition, frame),
        notes=() if progress else (Statement("visits.needed.empty_why"),),
    )


def _targets(edition: Edition, with_unverified: bool) -> pd.Series:
    rows = yearly(edition, BRANDING, TARGET, with_unverified=with_unverified)
    return rows.set_index("year")["obs_value"].astype(float)


def _newest_year_known(edition: Edition, with_unverified: bool) -> int:
    """The newest year of which the whole total is known; 0 without any."""
    totals = yearly(edition, VISITS, TOTAL, with_unverified=with_unverified)
    known = totals.loc[totals["obs_value"].notna(), "year"]
    return int(known.max()) if len(known) else 0


def _stated(edition: Edition, with_unverified: bool) -> Progress | None:
    """The newest stated part of a year that has a target and no total yet."""
    spans = pace_report(edition, with_unverified=with_unverified).frame
    if spans.empty:
        return None
    done = _newest_year_known(edition, with_unverified)
    open_spans = spans[(spans["basis"] != SITES) & spans["target"].notna() & (spans["year"] > done)]
    if open_spans.empty:
        return None
    row = open_spans.iloc[-1]
    return Progress(
        year=int(row["year"]),
        months=int(row["period_end"].month),
        so_far=float(row["obs_value"]),
        target=float(row["target"]),
        rest_before=float("nan"),
        rows=open_spans.tail(1),
    )


def _by_sites(edition: Edition, with_unverified: bool) -> Progress | None:
    rows = site_months(edition, with_unverified=with_unverified)
    known = rows[rows["obs_value"].notna()]
    if known.empty:
        return None
    last = known["period_start"].max()
    own = known[known["year"] == last.year]
    before = known[known["year"] == last.year - 1]
    target = _targets(edition, with_unverified).get(last.year, float("nan"))
    if last.month == MONTHS_IN_YEAR or pd.isna(target):
        return None
    if not _covers(edition, before, last.year - 1, with_unverified):
        return None
    return Progress(
        year=int(last.year),
        months=int(last.month),
        so_far=float(own["obs_value"].sum()),
        target=float(target),
        rest_before=float(before.loc[before["month"] > last.month, "obs_value"].sum()),
        rows=own,
    )


def _covers(edition: Edition, before: pd.DataFrame, year: int, with_unverified: bool) -> bool:
    """Whether the sites' sum of a year was its total, within five percent."""
    totals = yearly(edition, VISITS, TOTAL, with_unverified=with_unverified)
    total = totals.set_index("year")["obs_value"].get(year, float("nan"))
    share = share_pct(part=pd.Series([before["obs_value"].sum()]), whole=pd.Series([total]))[0]
    return bool(COVERED_PCT[0] <= share <= COVERED_PCT[1])


def _frame(progress: Progress | None) -> pd.DataFrame:
    columns = ["pace", "obs_value", "obs_status", "source_id", "caveat"]
    if progress is None:
        return pd.DataFrame(columns=columns)
    needed = needed_per_month(
        target=progress.target, so_far=progress.so_far, months_left=progress.left
    )
    values = {
        SO_FAR: progress.so_far / progress.months,
        NEEDED: needed,
        LAST_YEAR: progress.rest_before / progress.left,
    }
    status = weakest_status(progress.rows["obs_status"])
    computed = weakest_status([status, ObsStatus.ESTIMATED.value])
    start, end = pd.Timestamp(progress.year, 1, 1), pd.Timestamp(progress.year, 12, 31)
    rows = [
        {
            "pace": pace,
            "obs_value": value,
            "obs_status": status if pace == SO_FAR else computed,
            "so_far": progress.so_far,
            "target": progress.target,
            "months_left": progress.left,
        }
        for pace, value in values.items()
        if pd.notna(value)
    ]
    return pd.DataFrame(rows).assign(
        source_id=usual_source(progress.rows),
        caveat=joined_caveats(progress.rows),
        period_start=start,
        period_end=end,
        freq=MONTH,
        unit="visits",
    )


def _title(progress: Progress | None) -> Statement:
    if progress is None:
        return Statement("visits.needed.title.empty")
    share = 100 * progress.so_far / progress.target
    values = {
        "year": str(progress.year),
        "share": percent(share),
        "months": progress.months,
        "n": progress.left,
    }
    kind = "reached" if share >= 100 else "open"
    return Statement(f"visits.needed.title.{kind}", values)


def _statements(edition: Edition, progress: Progress | None) -> tuple[Statement, ...]:
    if progress is None:
        return ()
    indicator = known_indicator(edition, TOTAL)
    needed = needed_per_month(
        target=progress.target, so_far=progress.so_far, months_left=progress.left
    )
    values = {
        "target": written_number(progress.target, indicator),
        "so_far": written_number(progress.so_far, indicator),
        "needed": written_number(needed, indicator),
    }
    return told([Statement("visits.needed.sentence.needed", values), _likely(progress, needed)])


def _likely(progress: Progress, needed: float) -> Statement | None:
    """How the pace compares with the same months of the year before."""
    if pd.isna(progress.rest_before) or progress.rest_before <= 0 or needed <= 0:
        return None
    share = 100 * needed / (progress.rest_before / progress.left)
    values = {"share": Number(share, "percent", {"decimals": 0})}
    return Statement("visits.needed.sentence.against", values)
