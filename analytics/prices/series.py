"""Monthly price series of an edition: what is charted, compared and forecast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass

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
# Mark of a monthly value among whose daily reports some were corrected.
REPORTS_CORRECTED = "reports_corrected"


def is_price_series(unique_id: str) -> bool:
    """Whether a series of the ledger's forecasts is one of prices; others are kept there too."""
    return unique_id.split(SEPARATOR, maxsplit=1)[0] in (MONTHLY_DATASET, DAILY_DATASET)


class UnknownSeries(LookupError):
    """The edition has no price series of that identifier, or it has no value."""


@dataclass(frozen=True)
class SeriesKey:
    """What tells one price series from all others; `basis` is a caveat code or empty."""

    dataset: str
    ref_area: str
    place: str
    item: str
    basis: str
    indicator: str
    unit: str
    source_id: str

    @property
    def unique_id(self) -> str:
        return SEPARATOR.join(astuple(self))

    @property
    def is_daily(self) -> bool:
        """True when daily reports stand behind the monthly values."""
        return self.dataset == DAILY_DATASET


def series_key(unique_id: str) -> SeriesKey:
    """The parts of an identifier. Raises UnknownSeries when it is none."""
    parts = unique_id.split(SEPARATOR)
    if len(parts) != len(SERIES_COLUMNS):
        raise UnknownSeries(f"'{unique_id}' is not the identifier of a price series.")
    return SeriesKey(*parts)


def monthly_prices(edition: Edition) -> pd.DataFrame:
    """Every monthly price series of the edition, one row a series and month.

    Columns: unique_id, those of SERIES_COLUMNS, ds (first of the month), obs_value,
    obs_status, caveat, corrected (number of corrected entries), reports (number of daily
    reports behind the value; 1 where the source itself gives a monthly value).
    """
    parts = [_monthly(edition), _monthly_from_daily(edition)]
    return _joined([part for part in parts if not part.empty])


def series_prices(edition: Edition, unique_id: str) -> pd.DataFrame:
    """One series by month, in the long table's columns, from its first value to its last.

    A month between them without a value is a row with status M. Further columns: `ds`,
    `reports` (daily reports behind the value), `areas` (areas that reported the item that
    month, 0 for series that the source gives by month), `correction` (`reports_corrected`
    where reports were), `corrected` (how many). Raises UnknownSeries.
    """
    key = series_key(unique_id)
    rows = _joined([_rows_of_item(edition, key)])
    own = rows[rows["unique_id"] == unique_id]
    known = own[own["obs_value"].notna()]
    if known.empty:
        raise UnknownSeries(f"This edition has no value of the price series '{unique_id}'.")
    own = own[own["ds"].between(known["ds"].min(), known["ds"].max())]
    areas = _areas_by_month(rows, key)
    return _in_long_columns(_without_gaps(own, key), areas)


def _rows_of_item(edition: Edition, key: SeriesKey) -> pd.DataFrame:
    if key.dataset not in (MONTHLY_DATASET, DAILY_DATASET) or key.dataset not in edition.datasets:
        return pd.DataFrame()
    if key.is_daily:
        return _monthly_from_daily(edition, item=key.item)
    return _monthly(edition, item=key.item, ref_area=key.ref_area)


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    columns = ["unique_id", *SERIES_COLUMNS, "ds", "obs_value", "obs_status", "caveat", "corrected",
               "reports"]  # fmt: skip
    filled = [part for part in parts if not part.empty]
    if not filled:
        return pd.DataFrame(columns=columns)
    frame = pd.concat(filled, ignore_index=True)
    return frame.assign(unique_id=_unique_ids(frame))[columns].sort_values(
        ["unique_id", "ds"], ignore_index=True
    )


def _unique_ids(frame: pd.DataFrame) -> pd.Series:
    first, *others = (frame[column].astype(str) for column in SERIES_COLUMNS)
    return first.str.cat(others, sep=SEPARATOR)


def _monthly(edition: Edition, **equal_to: str) -> pd.DataFrame:
    """Series that their source gives by month, value by value as printed."""
    if MONTHLY_DATASET not in edition.datasets:
        return pd.DataFrame()
    frame = edition.observations(MONTHLY_DATASET, freq="M", **equal_to)  # type: ignore[arg-type]
    return frame.assign(
        ds=frame["period_start"].dt.to_period("M").dt.to_timestamp(),
        basis="",
        corrected=(frame["correction"] != "").astype(int),
        reports=frame["obs_value"].notna().astype(int),
    )


def _monthly_from_daily(edition: Edition, **equal_to: str) -> pd.DataFrame:
    """Median of a month's daily reports by area, item and basis; the number of reports beside it.

    A median, since single slips that no rule could prove stay in the daily reports. A month
    whose reports all lack the item is missing, with zero reports.
    """
    if DAILY_DATASET not in edition.datasets:
        return pd.DataFrame()
    daily = daily_prices(edition, **equal_to)
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


def daily_prices(edition: Edition, **equal_to: str) -> pd.DataFrame:
    """Published daily reports with their `basis`: the caveat code that keeps prices apart.

    Entries that mix two bases (live weight and meat) are never averaged together, and those
    of which nobody can tell the basis are left out of every mean. Both lists of codes stand
    in the pack, beside the dataset.
    """
    rows = edition.observations(DAILY_DATASET, **equal_to)  # type: ignore[arg-type]
    frame = with_basis(edition, rows)
    excluded = _codes(edition, "excluded_caveats")
    is_excluded = frame["caveat"].map(
        {cell: bool(set(split_codes(cell)) & excluded) for cell in frame["caveat"].unique()}
    )
    return frame[~is_excluded.astype(bool)]


def with_basis(edition: Edition, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with `basis`: the caveat code of the price's basis, empty where there is one."""
    separate = _codes(edition, "basis_caveats")
    bases = {
        cell: next(iter(sorted(set(split_codes(cell)) & separate)), "")
        for cell in frame["caveat"].unique()
    }
    return frame.assign(basis=frame["caveat"].map(bases))


def _codes(edition: Edition, setting: str) -> frozenset[str]:
    return frozenset(daily_settings(edition).get(setting, ()))  # type: ignore[call-overload]


def daily_settings(edition: Edition) -> Mapping[str, object]:
    """What the pack declares beside the dataset of daily reports; empty when it has none."""
    for resource in edition.descriptor["resources"]:  # type: ignore[attr-defined]
        settings: Mapping[str, object] = resource.get("sejahtera", {})
        if settings.get("dataset") == DAILY_DATASET:
            return settings
    return {}


def _all_codes(cells: pd.Series) -> str:
    return join_codes(*cells.unique())


def _areas_by_month(rows: pd.DataFrame, key: SeriesKey) -> pd.Series:
    """Number of areas with a report of the item on the same basis, by month."""
    if not key.is_daily:
        return pd.Series(dtype="int64")
    same = rows[(rows["basis"] == key.basis) & rows["obs_value"].notna()]
    return same.groupby("ds")["ref_area"].nunique()


def _without_gaps(own: pd.DataFrame, key: SeriesKey) -> pd.DataFrame:
    """The rows with one of status M for each month that has none."""
    months = pd.date_range(own["ds"].min(), own["ds"].max(), freq="MS")
    filled = own.set_index("ds").reindex(months).rename_axis("ds").reset_index()
    identity = {"unique_id": key.unique_id, **dict(zip(SERIES_COLUMNS, astuple(key), strict=True))}
    empty = {"caveat": "", "obs_status": str(ObsStatus.MISSING), "corrected": 0, "reports": 0}
    filled = filled.fillna({**empty, **identity})
    return filled.astype({"corrected": "int64", "reports": "int64"})


def _in_long_columns(own: pd.DataFrame, areas: pd.Series) -> pd.DataFrame:
    is_corrected = own["corrected"] > 0
    return own.assign(
        period_start=own["ds"],
        period_end=own["ds"] + pd.offsets.MonthEnd(0),
        freq="M",
        areas=own["ds"].map(areas).fillna(0).astype("int64"),
        correction=is_corrected.map({True: REPORTS_CORRECTED, False: ""}),
    )


def forecast_input(edition: Edition) -> pd.DataFrame:
    """Series for the forecasting engine: unique_id, ds, y; months without a value left out."""
    frame = monthly_prices(edition).dropna(subset=["obs_value"])
    frame = frame[frame["dataset"].isin(forecast_datasets(edition))]
    return frame.rename(columns={"obs_value": "y"})[["unique_id", "ds", "y"]]


def forecast_datasets(edition: Edition) -> tuple[str, ...]:
    """Datasets whose series are forecast: those the pack names under `forecast`, or both."""
    wanted: Mapping[str, object] = edition.region.get("forecast", {})  # type: ignore[assignment]
    return tuple(wanted.get("datasets", (MONTHLY_DATASET, DAILY_DATASET)))  # type: ignore[arg-type]
