"""The regency's own revenue (PAD) by account and by site, and what tourism brings of it."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import told
from analytics.figures.result import Number, Period, Result, Statement
from analytics.figures.sentences import written_number
from analytics.observations.status import ObsStatus
from analytics.tourism.formulas import attainment_pct, share_pct
from analytics.tourism.rows import (
    YEAR,
    caveats_of,
    joined_caveats,
    own_rows,
    period_of,
    sources_of,
    usual_source,
    weakest_status,
    year_span,
)
from analytics.tourism.words import computed_indicator, known_indicator, percent, place_labels

PAD = "pad"
TARGET, REVISED, REALISED = "revenue_target", "revenue_target_revised", "revenue_realised"
TOURISM_TARGET, TOURISM_REALISED = "tourism_pad_target", "tourism_pad_realised"
# Two names for one thing: an office may fill in tourism's revenue as a whole.
SAME_AS = {TOURISM_TARGET: TARGET, TOURISM_REALISED: REALISED}
TOURISM_GROUP, ALL_REVENUE = "pariwisata", "pendapatan_daerah"
KEY = ["item", "place", "year"]
COLUMNS = [*KEY, "obs_value", "obs_status", "source_id", "caveat", "target", "revised",
           "target_in_force", "attainment_pct", "period_start", "period_end", "freq",
           "months"]  # fmt: skip


def accounts(edition: Edition, *, with_unverified: bool = False) -> pd.DataFrame:
    """One row an account, site and year, oldest first: realised (obs_value), target, revised.

    `target_in_force` is the revised target where there is one, `attainment_pct` the realised part
    of it, `months` how many months of the year the realised figure holds. `place` is empty for
    the account as a whole.
    """
    rows = own_rows(edition, PAD, with_unverified=with_unverified)
    rows = rows[rows["ref_area"] == edition.ref_area]
    rows = rows.assign(indicator=rows["indicator"].replace(SAME_AS))
    # Of parts of a year the longest counts.
    rows = rows.sort_values(["period_end", "freq"], kind="stable")
    parts = {
        name: rows[rows["indicator"] == name].drop_duplicates(KEY, keep="last").set_index(KEY)
        for name in (TARGET, REVISED, REALISED)
    }
    index = parts[TARGET].index.union(parts[REVISED].index).union(parts[REALISED].index)
    if not len(index):
        return pd.DataFrame(columns=COLUMNS)
    known = parts[REALISED].reindex(index)
    described = known.combine_first(parts[REVISED].reindex(index)).combine_first(
        parts[TARGET].reindex(index)
    )
    target = parts[TARGET]["obs_value"].reindex(index).astype(float)
    revised = parts[REVISED]["obs_value"].reindex(index).astype(float)
    value = known["obs_value"].astype(float)
    in_force = revised.combine_first(target)
    frame = described.assign(
        obs_value=value,
        obs_status=described["obs_status"].where(value.notna(), ObsStatus.MISSING.value),
        target=target,
        revised=revised,
        target_in_force=in_force,
        attainment_pct=attainment_pct(realised=value, target=in_force),
        months=known["period_end"].dt.month.astype(float),
        freq=YEAR,
    )
    return frame.reset_index()[COLUMNS].sort_values(
        ["year", "item", "place"], kind="stable", ignore_index=True
    )


def pad_years(edition: Edition, *, with_unverified: bool = False) -> tuple[int, ...]:
    """Years with a target or a realised figure, newest first."""
    years = accounts(edition, with_unverified=with_unverified)["year"].unique()
    return tuple(sorted((int(year) for year in years), reverse=True))


def accounts_report(edition: Edition, *, year: int, with_unverified: bool = False) -> Result:
    """What came in by account of tourism in one year, largest first, with targets."""
    rows = accounts(edition, with_unverified=with_unverified)
    own = rows[(rows["year"] == year) & (rows["place"] == "") & _is_tourism(edition, rows)]
    frame = own.sort_values("obs_value", ascending=False, kind="stable", ignore_index=True)
    total, target = frame["obs_value"].sum(), frame["target_in_force"].sum()
    return _result(
        edition,
        frame.assign(unit="IDR"),
        name="own_revenue_by_account",
        title=_accounts_title(edition, frame, year, total, target),
        statements=_accounts_statements(frame, year),
        notes=() if len(frame) else _why_empty(),
    )


def sites_report(edition: Edition, *, year: int, with_unverified: bool = False) -> Result:
    """What came in by site in one year, all its accounts together, largest first."""
    rows = accounts(edition, with_unverified=with_unverified)
    own = rows[(rows["year"] == year) & (rows["place"] != "")]
    frame = pd.DataFrame([_site(str(place), group) for place, group in own.groupby("place")])
    title = Statement("money.sites.title.empty", {"year": str(year)})
    if len(frame):
        frame = frame.sort_values("obs_value", ascending=False, ignore_index=True)
        frame = frame.assign(
            period_start=own["period_start"].min(), period_end=own["period_end"].max(), unit="IDR"
        )
        top = frame.iloc[0]
        values = {
            "place": place_labels(edition, [top["place"]])[0],
            "value": Number(top["obs_value"], "rupiah"),
            "year": str(year),
        }
        title = Statement("money.sites.title.top", values)
    else:
        frame = pd.DataFrame(columns=["place", "obs_value", "obs_status", "source_id", "caveat"])
    return _result(
        edition, frame, name="own_revenue_by_site", title=title,
        notes=() if len(frame) else (Statement("money.sites.empty_why"),),
    )  # fmt: skip


def _site(place: str, group: pd.DataFrame) -> dict[str, object]:
    value, target = group["obs_value"].sum(min_count=1), group["target_in_force"].sum(min_count=1)
    return {
        "place": place,
        "obs_value": value,
        "target": group["target"].sum(min_count=1),
        "revised": group["revised"].sum(min_count=1),
        "target_in_force": target,
        "attainment_pct": 100 * value / target if target else float("nan"),
        "obs_status": weakest_status(group["obs_status"]),
        "source_id": usual_source(group),
        "caveat": joined_caveats(group),
        "freq": YEAR,
    }


def contribution_report(edition: Edition, *, with_unverified: bool = False) -> Result:
    """Share of tourism's accounts in all own revenue realised, by year, in percent.

    Only years in which both are known for the same months. Columns `tourism_idr`, `all_idr`.
    """
    rows = accounts(edition, with_unverified=with_unverified)
    whole = rows[(rows["item"] == ALL_REVENUE) & (rows["place"] == "")].set_index("year")
    own = rows[_is_tourism(edition, rows) & (rows["place"] == "") & rows["obs_value"].notna()]
    found = [
        _share(int(year), group, whole.loc[year])
        for year, group in own.groupby("year")
        if year in whole.index and pd.notna(whole.loc[year, "obs_value"])
        and set(group["months"]) == {whole.loc[year, "months"]}
    ]  # fmt: skip
    columns = ["year", "obs_value", "obs_status", "source_id", "caveat"]
    frame = pd.DataFrame(found) if found else pd.DataFrame(columns=columns)
    title = Statement("money.contribution.title.empty")
    if len(frame):
        row = frame.iloc[-1]
        values = {
            "share": percent(row["obs_value"]),
            "period": Period(row["period_start"].date(), row["period_end"].date(), "M"),
        }
        title = Statement("money.contribution.title.value", values)
    return Result(
        name="tourism_share_of_own_revenue",
        frame=frame.assign(freq=YEAR, unit="percent"),
        indicator=computed_indicator("pad_share", unit="percent", decimals=2, better="up"),
        sources=sources_of(edition, frame),
        period=year_span([int(year) for year in frame["year"]]),
        edition=edition.stamp,
        title=title,
        statements=_contribution_statements(frame),
        caveats=caveats_of(edition, frame),
        notes=() if len(frame) else _why_empty(),
    )


def _share(year: int, group: pd.DataFrame, whole: pd.Series) -> dict[str, object]:
    tourism = pd.Series([group["obs_value"].sum()])
    return {
        "year": year,
        "obs_value": share_pct(part=tourism, whole=pd.Series([whole["obs_value"]]))[0],
        "tourism_idr": tourism[0],
        "all_idr": float(whole["obs_value"]),
        "obs_status": weakest_status([*group["obs_status"], whole["obs_status"]]),
        "source_id": usual_source(group),
        "caveat": joined_caveats(group),
        "period_start": whole["period_start"],
        "period_end": whole["period_end"],
    }


def _is_tourism(edition: Edition, rows: pd.DataFrame) -> pd.Series:
    groups = edition.vocabulary.items["group"]
    return rows["item"].map(groups).eq(TOURISM_GROUP) & (rows["item"] != ALL_REVENUE)


def _result(
    edition: Edition,
    frame: pd.DataFrame,
    *,
    name: str,
    title: Statement,
    statements: tuple[Statement, ...] = (),
    notes: tuple[Statement, ...] = (),
) -> Result:
    return Result(
        name=name,
        frame=frame,
        indicator=known_indicator(edition, REALISED),
        sources=sources_of(edition, frame),
        period=period_of(frame) if len(frame) else year_span([]),
        edition=edition.stamp,
        title=title,
        statements=statements,
        caveats=caveats_of(edition, frame),
        notes=notes,
    )


def _accounts_title(
    edition: Edition, frame: pd.DataFrame, year: int, total: float, target: float
) -> Statement:
    if frame.empty or frame["obs_value"].isna().all():
        kind = "empty" if frame.empty else "targets"
        return Statement(f"money.accounts.title.{kind}", {"year": str(year)})
    values: dict[str, object] = {
        "year": str(year),
        "value": written_number(total, known_indicator(edition, REALISED)),
    }
    if not target:
        return Statement("money.accounts.title.realised", values)
    return Statement(
        "money.accounts.title.attainment", values | {"share": percent(100 * total / target)}
    )


def _accounts_statements(frame: pd.DataFrame, year: int) -> tuple[Statement, ...]:
    known = frame[frame["attainment_pct"].notna()]
    if known.empty:
        return ()
    months = int(known["months"].max())
    partial = Statement("money.accounts.partial", {"n": months, "year": str(year)})
    reached = int((known["attainment_pct"] >= 100).sum())
    return told(
        [
            Statement("money.accounts.reached", {"n": reached, "all": len(known)}),
            partial if months < 12 else None,
        ]
    )


def _why_empty() -> tuple[Statement, ...]:
    return (Statement("money.accounts.empty_why"), Statement("money.accounts.empty_cure"))


def _contribution_statements(frame: pd.DataFrame) -> tuple[Statement, ...]:
    if len(frame) < 2:
        return ()
    first, last = frame.iloc[0], frame.iloc[-1]
    values = {
        "change": Number(abs(last["obs_value"] - first["obs_value"]), "points"),
        "first": str(int(first["year"])),
    }
    side = "up" if last["obs_value"] >= first["obs_value"] else "down"
    return (Statement(f"money.contribution.sentence.{side}", values),)
