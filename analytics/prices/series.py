"""Monthly price series of an edition: what is charted, compared and forecast."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analytics.editions.edition import Edition
from analytics.observations.status import ObsStatus
from analytics.observations.table import join_codes, split_codes

MONTHLY_DATASET = "prices"
DAILY_DATASET = "farmgate_prices"
SERIES_COLUMNS: tuple[str, ...] = (
    "dataset",
    "ref_area",
    "place",
    "item",
    "basis",
    "indicator",
    "unit",
    "source_id",
)
SEPARATOR = "|"


def monthly_prices(edition: Edition) -> pd.DataFrame:
    """Every monthly price series of the edition, one row a series and month.

    Columns: unique_id, those of SERIES_COLUMNS, ds (first of the month), obs_value,
    obs_status, caveat, corrected (number of corrected entries), reports (number of daily
    reports behind the value; 1 where the source itself gives a monthly value).
    """
    parts = [_monthly(edition), _monthly_from_daily(edition)]
    frame = pd.concat([part for part in parts if not part.empty], ignore_index=True)
    columns = ["unique_id", *SERIES_COLUMNS, "ds", "obs_value", "obs_status", "caveat", "corrected",
               "reports"]  # fmt: skip
    return frame.assign(unique_id=_unique_ids(frame))[columns].sort_values(
        ["unique_id", "ds"], ignore_index=True
    )


def _unique_ids(frame: pd.DataFrame) -> pd.Series:
    return frame[list(SERIES_COLUMNS)].astype(str).agg(SEPARATOR.join, axis=1)


def _monthly(edition: Edition) -> pd.DataFrame:
    """Series that their source gives by month, value by value as printed."""
    if MONTHLY_DATASET not in edition.datasets:
        return pd.DataFrame()
    frame = edition.observations(MONTHLY_DATASET, freq="M")
    return frame.assign(
        ds=frame["period_start"].dt.to_period("M").dt.to_timestamp(),
        basis="",
        corrected=(frame["correction"] != "").astype(int),
        reports=frame["obs_value"].notna().astype(int),
    )


def _monthly_from_daily(edition: Edition) -> pd.DataFrame:
    """Median of a month's daily reports by area, item and basis; the number of reports beside it.

    A median, since single slips that no rule could prove stay in the daily reports. A month
    whose reports all lack the item is missing, with zero reports.
    """
    if DAILY_DATASET not in edition.datasets:
        return pd.DataFrame()
    daily = daily_prices(edition)
    daily = daily.assign(
        ds=daily["period_start"].dt.to_period("M").dt.to_timestamp(),
        is_corrected=daily["correction"] != "",
    )
    grouped = daily.groupby([*SERIES_COLUMNS, "ds"], sort=True)
    monthly = grouped.agg(
        obs_value=("obs_value", "median"),
        corrected=("is_corrected", "sum"),
        reports=("obs_value", "count"),
        caveat=("caveat", _all_codes),
    ).reset_index()
    status = monthly["obs_value"].notna().map({True: ObsStatus.NORMAL, False: ObsStatus.MISSING})
    return monthly.assign(obs_status=status.astype(str))


def daily_prices(edition: Edition) -> pd.DataFrame:
    """Published daily reports with their `basis`: the caveat code that keeps prices apart.

    Entries that mix two bases (live weight and meat) are never averaged together, and those
    of which nobody can tell the basis are left out of every mean. Both lists of codes stand
    in the pack, beside the dataset.
    """
    frame = edition.observations(DAILY_DATASET)
    settings = _daily_settings(edition)
    separate = frozenset(settings.get("basis_caveats", ()))  # type: ignore[call-overload]
    excluded = frozenset(settings.get("excluded_caveats", ()))  # type: ignore[call-overload]
    codes = {cell: set(split_codes(cell)) for cell in frame["caveat"].unique()}
    basis = {cell: next(iter(sorted(own & separate)), "") for cell, own in codes.items()}
    is_excluded = frame["caveat"].map({cell: bool(own & excluded) for cell, own in codes.items()})
    return frame.assign(basis=frame["caveat"].map(basis))[~is_excluded.astype(bool)]


def _daily_settings(edition: Edition) -> Mapping[str, object]:
    for resource in edition.descriptor["resources"]:  # type: ignore[attr-defined]
        settings: Mapping[str, object] = resource.get("sejahtera", {})
        if settings.get("dataset") == DAILY_DATASET:
            return settings
    return {}


def _all_codes(cells: pd.Series) -> str:
    return join_codes(*cells.unique())


def forecast_input(edition: Edition) -> pd.DataFrame:
    """Series for the forecasting engine: unique_id, ds, y; months without a value left out."""
    frame = monthly_prices(edition).dropna(subset=["obs_value"])
    return frame.rename(columns={"obs_value": "y"})[["unique_id", "ds", "y"]]
