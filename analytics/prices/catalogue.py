"""Which price series an edition has: commodity, where, how long, still running or stopped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.result import Indicator, Label, Number, Period, Result, Statement
from analytics.forecasting.steps import step_of
from analytics.i18n import text
from analytics.observations.status import ObsStatus
from analytics.prices.formulas import months_between
from analytics.prices.names import SeriesName, both_languages, series_name
from analytics.prices.series import (
    SERIES_COLUMNS,
    SeriesKey,
    monthly_prices,
    series_key,
)

MONTHLY_STEP = "MS"


@dataclass(frozen=True)
class Listed:
    """One series of the catalogue; `label` tells it from all others of its commodity."""

    key: SeriesKey
    name: SeriesName
    label: Label
    months: int
    first: pd.Timestamp
    last: pd.Timestamp


@dataclass(frozen=True)
class Catalogue:
    """All price series with at least one value, the flagship first."""

    series: tuple[Listed, ...]

    def __getitem__(self, unique_id: str) -> Listed:
        return self._by_id[unique_id]

    def __contains__(self, unique_id: object) -> bool:
        return unique_id in self._by_id

    @property
    def _by_id(self) -> Mapping[str, Listed]:
        return {listed.key.unique_id: listed for listed in self.series}

    @property
    def items(self) -> tuple[str, ...]:
        """Commodities that have a series, that of the flagship first."""
        return tuple(dict.fromkeys(listed.key.item for listed in self.series))

    def of_item(self, item: str) -> tuple[Listed, ...]:
        """The series of a commodity in the catalogue's order."""
        return tuple(listed for listed in self.series if listed.key.item == item)


def price_catalogue(edition: Edition) -> Catalogue:
    """The edition's price series. Order: the region's own before others, then by newest month,
    length, and how many series the commodity has; the first one is the region's flagship.
    Series that end within three months of the newest one count as equally new.
    """
    table = series_table(edition)
    listed = [_listed(edition, row) for row in table.itertuples()]
    return Catalogue(tuple(_told_apart(edition, listed)))


def series_table(edition: Edition) -> pd.DataFrame:
    """One row a series with a value, in the catalogue's order: unique_id, SERIES_COLUMNS,
    months (with a value), first, last (month), is_own (of the region or below it).
    """
    known = monthly_prices(edition).dropna(subset=["obs_value"])
    grouped = known.groupby(["unique_id", *SERIES_COLUMNS], sort=True)["ds"]
    table = grouped.agg(months="count", first="min", last="max").reset_index()
    own_areas = {edition.ref_area, *edition.vocabulary.children(edition.ref_area)}
    newest = table["last"].max()
    is_fresh = table["last"] >= newest - pd.DateOffset(months=step_of(MONTHLY_STEP).oldest_age)
    table = table.assign(
        is_own=table["ref_area"].isin(own_areas),
        age_rank=table["last"].mask(is_fresh, newest),
        siblings=table.groupby("item")["unique_id"].transform("count"),
    )
    order = ["is_own", "age_rank", "months", "siblings", "unique_id"]
    return table.sort_values(order, ascending=[False, False, False, False, True]).drop(
        columns=["siblings", "age_rank"]
    )


def is_stopped(last: pd.Timestamp, *, today: date) -> bool:
    """True when the last value is more than three months older than today's month."""
    return months_between(last, pd.Timestamp(today)) > step_of(MONTHLY_STEP).oldest_age


def _listed(edition: Edition, row: object) -> Listed:
    key = series_key(row.unique_id)  # type: ignore[attr-defined]
    name = series_name(edition, key)
    return Listed(
        key=key,
        name=name,
        label=_option_label(name),
        months=int(row.months),  # type: ignore[attr-defined]
        first=row.first,  # type: ignore[attr-defined]
        last=row.last,  # type: ignore[attr-defined]
    )


def _option_label(name: SeriesName, *, source: str = "") -> Label:
    key = "prices.series.option_of_source" if source else "prices.series.option"
    return both_languages(
        lambda language: text(
            key,
            language,
            where=name.where.in_language(language),
            stage=name.stage.in_language(language),
            source=source,
        )
    )


def _told_apart(edition: Edition, listed: list[Listed]) -> list[Listed]:
    """The source is named where two series of a commodity would read the same."""
    read = pd.Series([(each.key.item, each.label.id) for each in listed], dtype=object)
    is_double = read.duplicated(keep=False)
    return [
        _with_source(edition, each) if double else each
        for each, double in zip(listed, is_double, strict=True)
    ]


def _with_source(edition: Edition, listed: Listed) -> Listed:
    source = edition.vocabulary.source(listed.key.source_id).publisher
    return Listed(
        key=listed.key,
        name=listed.name,
        label=_option_label(listed.name, source=source),
        months=listed.months,
        first=listed.first,
        last=listed.last,
    )


def series_list(edition: Edition, *, today: date) -> Result:
    """All series as a table: commodity, where, stage, first and last month, months with a value."""
    catalogue = price_catalogue(edition)
    frame = _list_frame(edition, catalogue, today=today)
    return Result(
        name="price_series",
        frame=frame,
        indicator=_months_indicator(),
        sources=edition.vocabulary.sources_of(frame) if len(frame) else (),
        period=_whole_period(catalogue),
        edition=edition.stamp,
        title=Statement("prices.list.title", {"n": len(frame)}),
        statements=_list_statements(frame),
    )


def _list_frame(edition: Edition, catalogue: Catalogue, *, today: date) -> pd.DataFrame:
    groups = edition.vocabulary.items["group"]
    rows = [
        {
            "unique_id": each.key.unique_id,
            "item": each.key.item,
            "group": str(groups.get(each.key.item, "")),
            "series": each.key.unique_id,
            "unit_code": each.key.unit,
            "period_start": each.first,
            "period_end": each.last + pd.offsets.MonthEnd(0),
            "freq": "M",
            "obs_value": float(each.months),
            "obs_status": str(ObsStatus.NORMAL),
            "state": "stopped" if is_stopped(each.last, today=today) else "running",
            "source_id": each.key.source_id,
        }
        for each in catalogue.series
    ]
    order = {item: place for place, item in enumerate(edition.vocabulary.items.index)}
    frame = pd.DataFrame(rows)
    if frame.empty:
        return pd.DataFrame(columns=["obs_value", "obs_status", "source_id", "state"])
    return frame.sort_values("item", key=lambda items: items.map(order), kind="stable").reset_index(
        drop=True
    )


def _list_statements(frame: pd.DataFrame) -> tuple[Statement, ...]:
    stopped = int((frame["state"] == "stopped").sum())
    counts = {
        "running": Number(len(frame) - stopped, "number", {"decimals": 0}),
        "stopped": Number(stopped, "number", {"decimals": 0}),
    }
    return (Statement("prices.list.sentence", counts),)


def _months_indicator() -> Indicator:
    name = both_languages(lambda language: text("prices.list.months", language))
    unit = both_languages(lambda language: text("prices.list.months_unit", language))
    return Indicator(
        code="price_series_months", name=name, unit="month", unit_symbol=unit, decimals=0,
        better="neither", aggregate="none", definition=name,
    )  # fmt: skip


def _whole_period(catalogue: Catalogue) -> Period:
    if not catalogue.series:
        return Period(None, None)
    first = min(each.first for each in catalogue.series)
    last = max(each.last for each in catalogue.series) + pd.offsets.MonthEnd(0)
    return Period(first.date(), last.date(), "M")
