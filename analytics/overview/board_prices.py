"""Scene of the prices: the newest of each commodity against the step before, floor and ceiling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.result import Number, Period, Result, Statement
from analytics.figures.sentences import written_number
from analytics.overview.board_scene import (
    Cell,
    Duty,
    Scene,
    Tone,
    counting,
    day,
    heading,
    is_late,
    late_since,
    sender,
)
from analytics.prices.catalogue import series_table
from analytics.prices.course import change_pct, direction
from analytics.prices.names import full_label, series_name
from analytics.prices.offices import office, office_of
from analytics.prices.references import Band, band_of_month, reference_kinds, reference_prices
from analytics.prices.series import (
    DAILY_DATASET,
    SeriesKey,
    daily_prices,
    series_key,
    series_prices,
)

NAME = "prices"
ROWS_SHOWN = 6
DUTIES_SHOWN = 2
WEEK = pd.Timedelta(days=7)


@dataclass(frozen=True)
class Quote:
    """The newest price of a series, with the one before: a week earlier for daily reports (the
    median of seven days against that of the seven before), else the step before.

    `before` is NaN where there is none; `end` is the last day of the newest period.
    """

    key: SeriesKey
    price: float
    status: str
    before: float
    freq: str
    end: date
    band: Band | None
    is_late: bool

    @property
    def change_pct(self) -> float:
        return change_pct(self.price, self.before)

    @property
    def position(self) -> str:
        """`below`, `within` or `above` what is in force, or `none`."""
        if self.band is None:
            return "none"
        if self.price < self.band.low:
            return "below"
        return "above" if self.price > self.band.high else "within"


def prices_scene(
    edition: Edition,
    *,
    today: date,
    deadlines: Mapping[str, date] | None = None,
    owners: Mapping[str, str] | None = None,
) -> Scene:
    """The newest price of up to six commodities of the region, the most recent first.

    `deadlines` are those of open warnings by series. A price outside what is in force names the
    office and that deadline; one that is late names who gives it.
    """
    every = quotes(edition, today=today)
    shown = every[:ROWS_SHOWN]
    late = [one for one in every if one.is_late]
    return Scene(
        name=NAME,
        result=_result(edition, every, today=today),
        headings=tuple(
            heading(name) for name in ("price_of", "price", "price_day", "change", "limits")
        ),
        rows=tuple(_row(edition, one) for one in shown),
        further=max(0, len(every) - ROWS_SHOWN),
        duties=_duties(edition, shown, deadlines or {}, owners or {})[:DUTIES_SHOWN],
        stale=_stale(late, every),
    )


def quotes(edition: Edition, *, today: date) -> tuple[Quote, ...]:
    """One quote a commodity and stage of trade, from its newest series of the region itself."""
    table = series_table(edition)
    own = table[table["is_own"]].drop_duplicates(["item", "indicator"])
    found = [_quote(edition, series_key(row), today=today) for row in own["unique_id"]]
    return tuple(sorted(found, key=lambda one: one.end, reverse=True))


def _quote(edition: Edition, key: SeriesKey, *, today: date) -> Quote:
    quoted = _of_reports if key.dataset == DAILY_DATASET else _of_steps
    price, status, before, freq, end = quoted(edition, key, today)
    kinds = reference_kinds(edition, key)
    month = pd.Timestamp(end).to_period("M").to_timestamp()
    band = band_of_month(reference_prices(edition, key, kind=kinds[0]), month) if kinds else None
    return Quote(
        key=key, price=price, status=status, before=before, freq=freq, end=end, band=band,
        is_late=is_late(end, freq, today=today),
    )  # fmt: skip


def _of_steps(edition: Edition, key: SeriesKey, today: date) -> tuple[float, str, float, str, date]:
    rows = series_prices(edition, key.unique_id)
    rows = rows[rows["period_start"] <= pd.Timestamp(today)]
    newest = rows.iloc[-1]
    before = float(rows["obs_value"].iloc[-2]) if len(rows) > 1 else float("nan")
    end = min(newest["period_end"].date(), today)
    return float(newest["obs_value"]), str(newest["obs_status"]), before, "M", end


def _of_reports(
    edition: Edition, key: SeriesKey, today: date
) -> tuple[float, str, float, str, date]:
    """Over all areas that report the commodity on the same basis."""
    rows = daily_prices(edition, item=key.item).dropna(subset=["obs_value"])
    days = rows["period_start"]
    own = rows[(rows["basis"] == key.basis) & (days <= pd.Timestamp(today))]
    newest = own["period_start"].max()
    age = newest - own["period_start"]
    now = own[age < WEEK]
    before = own[(age >= WEEK) & (age < 2 * WEEK)]
    status = str(now["obs_status"].iloc[-1])
    return (
        float(now["obs_value"].median()), status, float(before["obs_value"].median()), "D",
        newest.date(),
    )  # fmt: skip


def _result(edition: Edition, every: tuple[Quote, ...], *, today: date) -> Result:
    outside = [one for one in every if one.position in ("below", "above")]
    of_today = sum(one.end == today for one in every)
    frame = pd.DataFrame(
        {
            "item": [one.key.item for one in every],
            "indicator": [one.key.indicator for one in every],
            "period_end": pd.to_datetime(pd.Series([one.end for one in every])),
            "obs_value": [one.price for one in every],
            "obs_status": [one.status for one in every],
            "before_value": [one.before for one in every],
            "change_pct": [one.change_pct for one in every],
            "position": [one.position for one in every],
            "source_id": [one.key.source_id for one in every],
        }
    )
    newest = max((one.end for one in every), default=None)
    values = {"n": len(outside), "today": str(of_today), "total": str(len(every))}
    kind = "known" if every else "empty"
    return Result(
        name="board_prices",
        frame=frame,
        indicator=counting("prices"),
        sources=edition.vocabulary.sources_of(frame.head(ROWS_SHOWN)) if every else (),
        period=Period(newest, newest, "D"),
        edition=edition.stamp,
        title=Statement(f"board.prices.title.{kind}", values),
    )


def _row(edition: Edition, one: Quote) -> tuple[Cell, ...]:
    indicator = edition.vocabulary.indicator(one.key.indicator, unit=one.key.unit)
    return (
        Cell(full_label(series_name(edition, one.key)) if one.freq != "D" else _item(edition, one)),
        Cell(written_number(one.price, indicator), Tone.STRONG),
        Cell(_period(one), Tone.BAD if one.is_late else Tone.PLAIN),
        Cell(_change(one), Tone.PLAIN),
        Cell(_limits(edition, one), Tone.BAD if one.position in ("below", "above") else Tone.PLAIN),
    )


def _item(edition: Edition, one: Quote) -> Statement:
    name = series_name(edition, one.key)
    return Statement("board.prices.of_reports", {"item": name.item, "stage": name.stage})


def _period(one: Quote) -> Number:
    return day(one.end) if one.freq == "D" else Number(one.end, "month")


def _change(one: Quote) -> Statement:
    change = one.change_pct
    if pd.isna(change):
        return Statement("board.change.none")
    step = "week" if one.freq == "D" else "month"
    return Statement(
        f"board.change.{direction(change)}.{step}", {"change": Number(abs(change), "percent")}
    )


def _limits(edition: Edition, one: Quote) -> Statement:
    """Where the price stands against what is in force, with its limits."""
    if one.band is None:
        return Statement("board.limits.none")
    indicator = edition.vocabulary.indicator(one.key.indicator, unit=one.key.unit)
    low, high = (written_number(value, indicator) for value in (one.band.low, one.band.high))
    if one.position == "within":
        return Statement("board.limits.within", {"low": low, "high": high})
    limit = low if one.position == "below" else high
    return Statement(f"board.limits.{one.position}", {"limit": limit})


def _stale(late: list[Quote], every: tuple[Quote, ...]) -> Statement | None:
    if not late:
        return None
    return Statement("board.stale.prices", {"n": len(late), "total": str(len(every))})


def _duties(
    edition: Edition,
    shown: tuple[Quote, ...],
    deadlines: Mapping[str, date],
    owners: Mapping[str, str],
) -> tuple[Duty, ...]:
    """Prices outside what is in force first, then those that are late."""
    outside = [one for one in shown if one.position in ("below", "above")]
    late = [one for one in shown if one.is_late]
    return (
        *(_duty_of_outside(edition, one, deadlines) for one in outside),
        *(_duty_of_late(edition, one, owners) for one in late),
    )


def _duty_of_outside(edition: Edition, one: Quote, deadlines: Mapping[str, date]) -> Duty:
    owner = office(edition, office_of(edition, one.key))
    deadline = deadlines.get(one.key.unique_id)
    until = Statement("board.until.by", {"date": day(deadline)}) if deadline else None
    item = series_name(edition, one.key).item
    return Duty(
        who=owner.name if owner else Statement("board.who.unnamed"),
        what=Statement(f"board.do.price_{one.position}", {"item": item}),
        until=until or Statement("board.until.unset"),
    )


def _duty_of_late(edition: Edition, one: Quote, owners: Mapping[str, str]) -> Duty:
    what = {"what": series_name(edition, one.key).item, "date": day(one.end)}
    return Duty(
        who=sender(edition, dataset=one.key.dataset, source_id=one.key.source_id, owners=owners),
        what=Statement("board.do.send_price", what),
        until=late_since(one.end, one.freq),
        is_late=True,
    )
