"""Monthly prices at farms, in markets and in the world, and the government's price bounds."""

import math
from dataclasses import dataclass
from datetime import date

from training_pack.price_paths import LAST_MONTH, PRICE_MONTHS, log_path
from training_pack.region import (
    COUNTRY_CODE,
    PROVINCE_CODE,
    REGENCY_CODE,
    REGENCY_CODES,
    WORLD_CODE,
    ZONE_CODE,
    regency_name,
)
from training_pack.rows import Row, in_order, month_period, observation
from training_pack.sources import MARKET

# Few enough that a first start forecasts them all in about a minute.
FARM_CODES = (REGENCY_CODE, "99.04", "99.05", "99.09")
MARKET_CODES = (REGENCY_CODE, "99.04")
STOPPED = {("telur_ayam_ras", "99.09"): date(2025, 1, 1)}
SHORT_FIRST_MONTH = date(2025, 3, 1)
SECOND_MARKET = "pasar-latihrejo"
UNREPORTED = {
    ("telur_ayam_ras", "99.05"): (
        date(2019, 2, 1),
        date(2019, 3, 1),
        date(2021, 7, 1),
        date(2021, 8, 1),
        date(2024, 12, 1),
    )
}
# Level breaks of one place alone, as when a new trader or another quality is recorded.
LOCAL_BREAKS = {("telur_ayam_ras", "99.04"): (date(2022, 6, 1), -0.12)}


@dataclass(frozen=True, kw_only=True)
class PriceSeries:
    """One monthly series of the pack; `model` names its path."""

    item: str
    indicator: str
    ref_area: str
    unit: str
    model: str
    place: str = ""
    step: float = 50
    factor: float = 1.0
    first_month: date = PRICE_MONTHS[0]


def slug(code: str) -> str:
    """The short name of a kabupaten/kota for the codes of its market and farm."""
    return regency_name(code).lower().replace(" ", "-")


def farm_of(code: str) -> str:
    """The place code of the farm that reports producer prices in a kabupaten/kota."""
    return f"kandang-{slug(code)}"


def market_of(code: str) -> str:
    """The place code of the market that reports retail prices in a kabupaten/kota."""
    return f"pasar-{slug(code)}"


def farm_series() -> list[PriceSeries]:
    """Eggs and broilers at farms of the own regency and three others."""
    return [
        PriceSeries(
            item=item,
            indicator="price_producer",
            ref_area=code,
            unit="IDR/kg",
            model=item,
            place=farm_of(code),
        )
        for item in ("telur_ayam_ras", "ayam_ras_pedaging")
        for code in FARM_CODES
    ]


def crop_series() -> list[PriceSeries]:
    """Producer prices of crops in the own regency, and maize of a neighbour."""
    own = [(item, REGENCY_CODE) for item in ("jagung", "cabai_rawit", "kakao", "kopi_robusta")]
    neighbours = [("jagung", code) for code in MARKET_CODES[1:]]
    return [
        PriceSeries(
            item=item,
            indicator="price_producer",
            ref_area=code,
            unit="IDR/kg",
            model=item,
            factor=0.8 if item == "cabai_rawit" else 1.0,
        )
        for item, code in own + neighbours
    ]


def retail_series() -> list[PriceSeries]:
    """Nine foods in the own market and the province, two in a neighbour's, one short series."""
    wide = [(item, code) for item in ("beras_medium", "cabai_rawit") for code in MARKET_CODES]
    narrow = (
        "beras_premium",
        "telur_ayam_ras",
        "daging_ayam_ras",
        "daging_sapi",
        "bawang_merah",
        "gula",
        "minyak_goreng_kemasan",
    )
    wide += [(item, REGENCY_CODE) for item in narrow]
    province = [(item, PROVINCE_CODE) for item in ("beras_medium", "cabai_rawit", *narrow)]
    series = [
        PriceSeries(
            item=item,
            indicator="price_retail",
            ref_area=code,
            unit="IDR/l" if item == "minyak_goreng_kemasan" else "IDR/kg",
            model=item,
            place="" if code == PROVINCE_CODE else market_of(code),
            factor=1.12 if item == "telur_ayam_ras" else 1.0,
        )
        for item, code in wide + province
    ]
    short = PriceSeries(
        item="telur_ayam_ras",
        indicator="price_retail",
        ref_area=REGENCY_CODE,
        unit="IDR/kg",
        model="telur_ayam_ras",
        place=SECOND_MARKET,
        factor=1.1,
        first_month=SHORT_FIRST_MONTH,
    )
    return [*series, short]


def world_series() -> list[PriceSeries]:
    """World prices in US dollars."""
    return [
        PriceSeries(
            item=item,
            indicator="price_world",
            ref_area=WORLD_CODE,
            unit=unit,
            model=f"world_{item}",
            step=0.01,
        )
        for item, unit in (
            ("jagung", "USD/t"),
            ("bungkil_kedelai", "USD/t"),
            ("kakao", "USD/kg"),
            ("kopi_robusta", "USD/kg"),
        )
    ]


def price_value(*, series: PriceSeries, log_price: float, month: date) -> float:
    """The recorded price: local break and level applied, rounded as markets round."""
    start, shift = LOCAL_BREAKS.get((series.item, series.ref_area), (date.max, 0.0))
    price = math.exp(log_price + (shift if month >= start else 0.0)) * series.factor
    return round(price / series.step) * series.step


def local_name(series: PriceSeries) -> str:
    """Whose local shocks a series has: producers share the area's, each market has its own."""
    return (
        series.ref_area
        if series.indicator == "price_producer"
        else (f"{series.ref_area}/{series.place or series.indicator}")
    )


def series_rows(*, series: PriceSeries, lebaran_days: tuple[date, ...]) -> list[Row]:
    """All months of one series; the newest is provisional, unreported ones are missing."""
    key = (series.item, series.ref_area)
    is_farm = series.place.startswith("kandang-")
    last = STOPPED.get(key, LAST_MONTH) if is_farm else LAST_MONTH
    unreported = UNREPORTED.get(key, ()) if is_farm else ()
    path = log_path(series.model, local_name(series), lebaran_days)
    rows = []
    for month, log_price in zip(PRICE_MONTHS, path, strict=True):
        if not series.first_month <= month <= last:
            continue
        is_missing = month in unreported
        status = "M" if is_missing else "P" if month == LAST_MONTH else "A"
        value = price_value(series=series, log_price=log_price, month=month)
        rows.append(
            observation(
                ref_area=series.ref_area,
                place=series.place,
                item=series.item,
                indicator=series.indicator,
                period=month_period(month),
                unit=series.unit,
                source_id=MARKET,
                value=None if is_missing else value,
                status=status,
                caveats=["not_reported_in_period"] if is_missing else [],
            )
        )
    return rows


def price_rows(*, lebaran_days: tuple[date, ...]) -> list[Row]:
    """The dataset `prices`: 120 months to October 2026."""
    every = [*farm_series(), *crop_series(), *retail_series(), *world_series()]
    return in_order(
        row for series in every for row in series_rows(series=series, lebaran_days=lebaran_days)
    )


@dataclass(frozen=True, kw_only=True)
class PriceBound:
    """An invented floor and ceiling with its dates; no end means still in force."""

    item: str
    level: str
    low: float
    high: float
    valid_from: date
    valid_to: date | None
    caveats: tuple[str, ...] = ("rule_contoh",)
    ref_area: str = COUNTRY_CODE
    unit: str = "IDR/kg"


def bounds(
    item: str,
    level: str,
    *steps: tuple[float, float, date],
    ref_area: str = COUNTRY_CODE,
    unit: str = "IDR/kg",
) -> list[PriceBound]:
    """Successive bounds of one price; each ends the day before the next begins."""
    result = []
    for position, (low, high, start) in enumerate(steps):
        is_last = position == len(steps) - 1
        end = None if is_last else date.fromordinal(steps[position + 1][2].toordinal() - 1)
        result.append(
            PriceBound(
                item=item,
                level=level,
                low=low,
                high=high,
                valid_from=start,
                valid_to=end,
                ref_area=ref_area,
                unit=unit,
            )
        )
    return result


def price_bounds() -> list[PriceBound]:
    """All invented bounds, one with an end that nobody stated and a gap after it."""
    first, second, third, fourth = (
        date(2017, 5, 1),
        date(2020, 3, 1),
        date(2022, 10, 1),
        date(2024, 6, 1),
    )
    gap = PriceBound(
        item="bawang_merah",
        level="consumer",
        low=32000,
        high=32000,
        valid_from=first,
        valid_to=date(2018, 5, 31),
        caveats=("rule_contoh", "end_not_stated"),
    )
    after_gap = PriceBound(
        item="bawang_merah",
        level="consumer",
        low=36500,
        high=41500,
        valid_from=date(2022, 12, 1),
        valid_to=None,
        caveats=("rule_contoh", "start_not_stated"),
    )
    return [
        *bounds(
            "telur_ayam_ras",
            "producer",
            (18000, 18000, first),
            (19000, 21000, second),
            (22000, 24000, third),
            (24000, 26000, fourth),
        ),
        *bounds(
            "telur_ayam_ras",
            "consumer",
            (22000, 22000, first),
            (24000, 24000, second),
            (27000, 27000, third),
            (30000, 30000, fourth),
        ),
        *bounds(
            "ayam_ras_pedaging",
            "producer",
            (18000, 20000, first),
            (19000, 21000, second),
            (21000, 23000, third),
            (20000, 22000, fourth),
        ),
        *bounds(
            "jagung", "producer", (3150, 3150, first), (4200, 4200, third), (5000, 5500, fourth)
        ),
        *bounds(
            "gkp_petani",
            "producer",
            (3700, 3700, first),
            (4200, 4200, second),
            (5000, 5000, third),
            (6000, 6500, fourth),
        ),
        *bounds("cabai_rawit", "consumer", (29000, 29000, first), (40000, 57000, third)),
        *bounds(
            "beras_medium",
            "retail",
            (9450, 9450, first),
            (10900, 10900, third),
            (12500, 12500, fourth),
            ref_area=ZONE_CODE,
        ),
        *bounds(
            "beras_premium",
            "retail",
            (12800, 12800, first),
            (13900, 13900, third),
            (14900, 14900, fourth),
            ref_area=ZONE_CODE,
        ),
        gap,
        after_gap,
    ]


def reference_price_rows() -> list[Row]:
    """The dataset `reference_prices`: low and high of each bound as two rows."""
    rows = []
    for bound in price_bounds():
        for side, value in (("low", bound.low), ("high", bound.high)):
            row = observation(
                ref_area=bound.ref_area,
                item=bound.item,
                indicator=f"reference_{side}_{bound.level}",
                period=(bound.valid_from, bound.valid_to or bound.valid_from, "_O"),
                unit=bound.unit,
                source_id=MARKET,
                value=value,
                caveats=bound.caveats,
            )
            rows.append(row if bound.valid_to else row | {"period_end": ""})
    return in_order(rows)


def place_rows(*, points: dict[str, tuple[float, float]]) -> list[dict[str, str]]:
    """Markets and farms with their point; `points` is longitude and latitude by place."""
    named = [
        (farm_of(code), f"Kandang {regency_name(code)}", "farm", code) for code in REGENCY_CODES
    ]
    named += [
        (market_of(code), f"Pasar {regency_name(code)}", "market", code) for code in REGENCY_CODES
    ]
    named.append((SECOND_MARKET, "Pasar Latihrejo", "market", REGENCY_CODE))
    return [
        {
            "place": place,
            "place_name": name,
            "kind": kind,
            "ref_area": code,
            "latitude": f"{points[place][1]:.5f}",
            "longitude": f"{points[place][0]:.5f}",
            "source_id": MARKET,
            "caveat": "",
        }
        for place, name, kind, code in named
    ]
