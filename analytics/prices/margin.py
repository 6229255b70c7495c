"""From producer to consumer: the gap between two price series of one commodity, month by month.

Only series of the region itself, in the same unit, and only months with both prices. Neither
source says that both prices are of one quality, so every answer says that it is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.figure import Column, Figure, Kind, code_names
from analytics.figures.result import Indicator, Label, Number, Period, Result, Statement
from analytics.figures.sentences import written_number
from analytics.i18n import text
from analytics.observations.status import ObsStatus, weakest_status
from analytics.observations.table import join_codes
from analytics.prices.catalogue import price_catalogue
from analytics.prices.course import month_words
from analytics.prices.names import both_languages, full_label, series_name
from analytics.prices.series import SeriesKey, series_key, series_prices
from analytics.prices.warning_series import own_areas

PRODUCER, CONSUMER = "price_producer", "price_retail"
OTHER_STAGE = {PRODUCER: CONSUMER, CONSUMER: PRODUCER}
COLOUR = "gold"
PERCENT = Label("%", "%")


def margin_idr(producer: pd.Series, consumer: pd.Series) -> pd.Series:
    """Consumer's less producer's price, in their unit; negative where the producer's is higher."""
    return consumer - producer


def margin_pct(producer: pd.Series, consumer: pd.Series) -> pd.Series:
    """The gap in percent of the consumer's price: what part of it does not reach the producer."""
    return 100.0 * (consumer - producer) / consumer.where(consumer > 0)


def partners(edition: Edition, *, series: str) -> tuple[str, ...]:
    """Own series of the same commodity and unit at the other stage, that share a month with it.

    Those of the same area first, then those that share most months.
    """
    key = series_key(series)
    wanted = OTHER_STAGE.get(key.indicator)
    areas = own_areas(edition)
    if wanted is None or key.ref_area not in areas:
        return ()
    months = _known(edition, series).index
    found = []
    for listed in price_catalogue(edition).of_item(key.item):
        other = listed.key
        if (other.indicator, other.unit) != (wanted, key.unit) or other.ref_area not in areas:
            continue
        shared = len(months.intersection(_known(edition, other.unique_id).index))
        if shared:
            found.append((other.ref_area != key.ref_area, -shared, other.unique_id))
    return tuple(name for *_, name in sorted(found))


def margin(edition: Edition, *, series: str, partner: str) -> Result:
    """One row a month: obs_value (gap in the unit of the prices), margin_pct, producer_price,
    consumer_price; weakest status, caveats and sources of both. A month that lacks one of the
    prices is missing. Raises UnknownSeries.
    """
    producer, consumer = sorted((series, partner), key=lambda one: series_key(one).indicator)
    keys = [series_key(name) for name in (producer, consumer)]
    frame = _frame([_known(edition, name) for name in (producer, consumer)], keys)
    sources = pd.DataFrame({"source_id": [key.source_id for key in keys]})
    return Result(
        name=f"margin_{keys[0].item}",
        frame=frame,
        indicator=_indicator(edition, keys),
        sources=edition.vocabulary.sources_of(sources),
        period=_period(frame),
        edition=edition.stamp,
        title=_title(edition, keys, frame),
        statements=_statements(edition, keys, frame),
        caveats=edition.vocabulary.caveats(frame["caveat"]),
        notes=(_quality(edition, keys),),
        parameters={"series": series, "partner": partner},
    )


def _indicator(edition: Edition, keys: Sequence[SeriesKey]) -> Indicator:
    price = edition.vocabulary.indicator(CONSUMER, unit=keys[0].unit)
    name = both_languages(lambda language: text("margin.name", language))
    definition = both_languages(lambda language: text("margin.definition", language))
    return replace(
        price, code="margin", name=name, definition=definition, better="neither", aggregate="none"
    )


def _known(edition: Edition, series: str) -> pd.DataFrame:
    prices = series_prices(edition, series)
    return prices[prices["obs_value"].notna()].set_index("ds")


def _frame(prices: Sequence[pd.DataFrame], keys: Sequence[SeriesKey]) -> pd.DataFrame:
    columns = ["obs_value", "obs_status", "caveat"]
    both = prices[0][columns].join(prices[1][columns], how="inner", rsuffix="_consumer")
    producer, consumer = both["obs_value"], both["obs_value_consumer"]
    statuses = zip(both["obs_status"], both["obs_status_consumer"], strict=True)
    caveats = zip(both["caveat"], both["caveat_consumer"], strict=True)
    table = pd.DataFrame(
        {
            "producer_price": producer,
            "consumer_price": consumer,
            "obs_value": margin_idr(producer, consumer),
            "margin_pct": margin_pct(producer, consumer),
            "obs_status": [weakest_status(pair) for pair in statuses],
            "caveat": [join_codes(*pair) for pair in caveats],
        }
    ).asfreq("MS")
    table = table.fillna({"obs_status": ObsStatus.MISSING.value, "caveat": ""})
    return table.rename_axis("period_start").reset_index().assign(
        period_end=lambda rows: rows["period_start"] + pd.offsets.MonthEnd(0),
        freq="M",
        item=keys[0].item,
        unit=keys[0].unit,
        source_id=keys[1].source_id,
        source_ids=join_codes(*(key.source_id for key in keys)),
    )  # fmt: skip


def _period(frame: pd.DataFrame) -> Period:
    return Period(frame["period_start"].min().date(), frame["period_end"].max().date(), "M")


def _names(edition: Edition, keys: Sequence[SeriesKey]) -> dict[str, Label]:
    producer, consumer = (full_label(series_name(edition, key)) for key in keys)
    return {"producer": producer, "consumer": consumer}


def _title(edition: Edition, keys: Sequence[SeriesKey], frame: pd.DataFrame) -> Statement:
    newest = frame.iloc[-1]
    side = "below" if newest["obs_value"] < 0 else "above"
    values = {
        "item": edition.vocabulary.item_name(keys[0].item),
        "month": month_words(newest["period_start"]),
        "gap": _money(edition, keys, abs(newest["obs_value"])),
    }
    return Statement(f"margin.title.{side}", values)


def _statements(
    edition: Edition, keys: Sequence[SeriesKey], frame: pd.DataFrame
) -> tuple[Statement, ...]:
    newest = frame.iloc[-1]
    prices = {name: _money(edition, keys, newest[name])
              for name in ("producer_price", "consumer_price")}  # fmt: skip
    share = Number(abs(newest["margin_pct"]), "percent")
    side = "below" if newest["obs_value"] < 0 else "above"
    middle = {
        "median": _money(edition, keys, frame["obs_value"].median()),
        "low": _money(edition, keys, frame["obs_value"].min()),
        "high": _money(edition, keys, frame["obs_value"].max()),
        "months": Number(int(frame["obs_value"].count()), "number", {"decimals": 0}),
        "n": int(frame["obs_value"].count()),
    }
    return (
        Statement(f"margin.newest.{side}", {**prices, "share": share}),
        Statement("margin.middle", middle),
    )


def _money(edition: Edition, keys: Sequence[SeriesKey], value: float) -> Statement:
    return written_number(value, edition.vocabulary.indicator(CONSUMER, unit=keys[0].unit))


def _quality(edition: Edition, keys: Sequence[SeriesKey]) -> Statement:
    """Which two series are held against each other, and that their quality is not known alike."""
    place = "same_area" if keys[0].ref_area == keys[1].ref_area else "other_area"
    shape = place if keys[0].basis == keys[1].basis else "other_basis"
    return Statement(f"margin.quality.{shape}", dict(_names(edition, keys)))


def margin_figure(edition: Edition, *, series: str, partner: str) -> Figure:
    """The gap by month as a line, with both prices and the percent in the table."""
    result = margin(edition, series=series, partner=partner)
    unit, decimals = result.indicator.unit_symbol, result.indicator.decimals
    columns = [
        Column(name, Statement(f"margin.table.{name}"), decimals=decimals, unit=unit)
        for name in ("producer_price", "consumer_price")
    ]
    share = Column("margin_pct", Statement("margin.table.margin_pct"), decimals=1, unit=PERCENT)
    return Figure(
        result=result,
        kind=Kind.LINE,
        names=code_names(result.frame, edition),
        colour=COLOUR,
        columns=(*columns, share),
    )


def partner_labels(edition: Edition, names: Sequence[str]) -> dict[str, Label]:
    """Words of series to choose from."""
    return {name: full_label(series_name(edition, series_key(name))) for name in names}
