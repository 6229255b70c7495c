"""When visitors come: the profile of a year, and how uneven its months are."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import told
from analytics.figures.result import Number, Result, Statement
from analytics.observations.status import ObsStatus
from analytics.tourism.formulas import (
    MONTHS,
    gini_of_months,
    month_shares_pct,
    theil_of_months,
)
from analytics.tourism.panel_answers import (
    PanelChoice,
    PanelRows,
    answer,
    in_short,
    monthly_sums,
    panel_rows,
)
from analytics.tourism.rows import (
    CLOSURE_YEARS,
    YEAR,
    joined_caveats,
    period_of,
    usual_source,
    weakest_status,
    year_span,
)
from analytics.tourism.words import (
    computed_indicator,
    known_indicator,
    percent,
    place_labels,
    years_listed,
)
from analytics.tourism.years import TOTAL

EVEN_SHARE_PCT = 100.0 / MONTHS
INDEX_DECIMALS = 3


def season_report(edition: Edition, *, choice: PanelChoice) -> Result:
    """Visits of the panel by month in every year with twelve reported months, closures left out.

    Columns `year`, `month` and `share_pct`: the month's part of its year.
    """
    found = panel_rows(edition, choice)
    frame = whole_years(found)
    return answer(
        edition,
        found,
        name="season_of_visits",
        frame=frame,
        indicator=known_indicator(edition, TOTAL),
        title=_season_title(frame),
        statements=_season_statements(found, frame),
        notes=_left_out(found, frame),
        period=period_of(frame),
    )


def whole_years(found: PanelRows) -> pd.DataFrame:
    """Monthly sums of the years in which the whole panel reported every month; no closures."""
    sums = monthly_sums(found)
    sums = sums[~sums["year"].isin(CLOSURE_YEARS)]
    complete = sums.groupby("year")["obs_value"].transform("count") == MONTHS
    whole = sums[complete].reset_index(drop=True)
    shares = [month_shares_pct(group) for _, group in whole.groupby("year")["obs_value"]]
    return whole.assign(share_pct=pd.concat(shares) if shares else pd.Series(dtype=float))


def _season_title(frame: pd.DataFrame) -> Statement:
    if frame.empty:
        return Statement("tourism.season.title.empty")
    newest = frame[frame["year"] == frame["year"].max()]
    peak = newest.loc[newest["obs_value"].idxmax()]
    values = {
        "month": Number(int(peak["month"]), "month_name"),
        "share": percent(peak["share_pct"]),
        "year": str(int(peak["year"])),
    }
    return Statement("tourism.season.title.peak", values)


def _season_statements(found: PanelRows, frame: pd.DataFrame) -> tuple[Statement, ...]:
    if frame.empty:
        return ()
    newest = frame[frame["year"] == frame["year"].max()]
    low = newest.loc[newest["obs_value"].idxmin()]
    values = {
        "month": Number(int(low["month"]), "month_name"),
        "share": percent(low["share_pct"]),
        "year": str(int(low["year"])),
    }
    return (in_short(found), Statement("tourism.season.sentence.low", values))


def _left_out(found: PanelRows, frame: pd.DataFrame) -> tuple[Statement, ...]:
    """Which years are not shown: the panel was not whole, or sites were closed by order."""
    if found.is_empty or frame.empty:
        return ()
    years = {int(year) for year in found.own["year"]} - {int(year) for year in frame["year"]}
    closed = sorted(years & set(CLOSURE_YEARS))
    partial = sorted(years - set(CLOSURE_YEARS))
    return told(
        [
            Statement("tourism.season.note.closed", {"years": years_listed(closed)})
            if closed else None,
            Statement("tourism.season.note.partial", {"years": years_listed(partial)})
            if partial else None,
        ]
    )  # fmt: skip


def profile_report(edition: Edition, *, choice: PanelChoice) -> Result:
    """Mean share of each calendar month over the whole years, in percent; twelve rows.

    Columns `low_pct` and `high_pct`: the smallest and largest share of any year.
    """
    found = panel_rows(edition, choice)
    whole = whole_years(found)
    frame = _profile(whole)
    return answer(
        edition,
        found,
        name="season_profile",
        frame=frame,
        indicator=computed_indicator("month_share", unit="percent", decimals=1),
        title=_profile_title(frame),
        statements=_profile_statements(frame),
        period=period_of(whole),
    )


def _profile(whole: pd.DataFrame) -> pd.DataFrame:
    groups = whole.groupby("month")
    table = groups["share_pct"].agg(obs_value="mean", low_pct="min", high_pct="max").reset_index()
    newest = whole[whole["year"] == whole["year"].max()] if len(whole) else whole
    return table.assign(
        years=whole["year"].nunique(),
        above_even=table["obs_value"] - EVEN_SHARE_PCT,
        even_share_pct=EVEN_SHARE_PCT,
        obs_status=weakest_status(whole["obs_status"]),
        source_id=usual_source(whole),
        caveat=joined_caveats(whole) if len(whole) else "",
        period_start=newest["period_start"].to_numpy(),
        period_end=newest["period_end"].to_numpy(),
    )


def _profile_title(frame: pd.DataFrame) -> Statement:
    if frame.empty:
        return Statement("tourism.profile.title.empty")
    high = frame.loc[frame["obs_value"].idxmax()]
    low = frame.loc[frame["obs_value"].idxmin()]
    values = {
        "high": Number(int(high["month"]), "month_name"),
        "low": Number(int(low["month"]), "month_name"),
    }
    return Statement("tourism.profile.title.months", values)


def _profile_statements(frame: pd.DataFrame) -> tuple[Statement, ...]:
    if frame.empty:
        return ()
    high = frame.loc[frame["obs_value"].idxmax()]
    values = {
        "month": Number(int(high["month"]), "month_name"),
        "share": percent(high["obs_value"]),
        "even": percent(high["even_share_pct"]),
        "years": int(high["years"]),
    }
    return (Statement("tourism.profile.sentence.high", values),)


def unevenness_report(edition: Edition, *, choice: PanelChoice) -> Result:
    """Gini of the twelve months of each whole year on the panel; column `theil` beside it."""
    found = panel_rows(edition, choice)
    frame = _indices(whole_years(found), by="year")
    frame = frame.assign(
        period_start=pd.to_datetime(frame["year"].astype("Int64").astype(str), format="%Y")
    )
    frame = frame.assign(period_end=frame["period_start"] + pd.offsets.YearEnd(0), freq=YEAR)
    return answer(
        edition,
        found,
        name="seasonality_by_year",
        frame=frame,
        indicator=computed_indicator("gini", unit="index", decimals=INDEX_DECIMALS),
        title=_unevenness_title(frame),
        statements=_unevenness_statements(frame),
        period=year_span([int(year) for year in frame["year"]]),
    )


def site_unevenness_report(edition: Edition, *, choice: PanelChoice) -> Result:
    """Gini of each panel site in the newest year that it reported wholly, closures left out."""
    found = panel_rows(edition, choice)
    own = found.own[~found.own["year"].isin(CLOSURE_YEARS)]
    known = own.groupby(["place", "year"])["obs_value"].transform("count") == MONTHS
    year = own.loc[known, "year"].max()
    frame = _indices(own[known & (own["year"] == year)], by="place").sort_values(
        "obs_value", ascending=False, kind="stable", ignore_index=True
    )
    frame = frame.assign(year=year)
    frame = frame.assign(
        period_start=pd.to_datetime(frame["year"].astype("Int64").astype(str), format="%Y")
    )
    frame = frame.assign(period_end=frame["period_start"] + pd.offsets.YearEnd(0), freq=YEAR)
    return answer(
        edition,
        found,
        name="seasonality_by_site",
        frame=frame,
        indicator=computed_indicator("gini", unit="index", decimals=INDEX_DECIMALS),
        title=_site_title(edition, frame),
        statements=(),
        period=year_span([] if frame.empty else [int(year)]),
    )


def _indices(rows: pd.DataFrame, *, by: str) -> pd.DataFrame:
    columns = [by, "obs_value", "theil", "visits", "obs_status", "caveat", "source_id"]
    found = [
        {
            by: key,
            "obs_value": gini_of_months(group["obs_value"]),
            "theil": theil_of_months(group["obs_value"]),
            "visits": group["obs_value"].sum(),
            "obs_status": weakest_status(group["obs_status"]),
            "caveat": joined_caveats(group),
            "source_id": usual_source(group),
        }
        for key, group in rows.groupby(by)
    ]
    table = pd.DataFrame(found, columns=columns)
    is_known = table["obs_value"].notna()
    return table.assign(
        obs_status=table["obs_status"].where(is_known, ObsStatus.MISSING.value), unit="index"
    )


def _index(value: float) -> Number:
    return Number(value, "number", {"decimals": INDEX_DECIMALS})


def _unevenness_title(frame: pd.DataFrame) -> Statement:
    if frame.empty:
        return Statement("tourism.gini.title.empty")
    first, last = frame.iloc[0], frame.iloc[-1]
    values = {
        "first": _index(first["obs_value"]),
        "first_year": str(int(first["year"])),
        "last": _index(last["obs_value"]),
        "last_year": str(int(last["year"])),
    }
    if len(frame) == 1:
        return Statement("tourism.gini.title.single", values)
    kind = "more" if last["obs_value"] > first["obs_value"] else "less"
    return Statement(f"tourism.gini.title.{kind}", values)


def _unevenness_statements(frame: pd.DataFrame) -> tuple[Statement, ...]:
    if frame.empty:
        return ()
    last = frame.iloc[-1]
    values = {
        "year": str(int(last["year"])),
        "gini": _index(last["obs_value"]),
        "theil": _index(last["theil"]),
    }
    return (Statement("tourism.gini.sentence.meaning", values),)


def _site_title(edition: Edition, frame: pd.DataFrame) -> Statement:
    if frame.empty:
        return Statement("tourism.gini.title.sites_empty")
    high, low = frame.iloc[0], frame.iloc[-1]
    high_name, low_name = place_labels(edition, [high["place"], low["place"]])
    values = {
        "high": high_name,
        "high_gini": _index(high["obs_value"]),
        "low": low_name,
        "low_gini": _index(low["obs_value"]),
        "year": str(int(high["year"])),
    }
    return Statement("tourism.gini.title.sites", values)
