"""Yearly output by kecamatan and kabupaten, monthly rice, and the named centres.

Totals are sums of their parts and yields follow from them, so that every check can hold.
"""

import math
from dataclasses import dataclass
from datetime import date

from training_pack.landscape import (
    BROKEN_SUBDISTRICT_CODE,
    CITY_FACTORS,
    CROPS,
    EGG_T_PER_HEN,
    LANDLOCKED_CODES,
    MILK_T_PER_COW,
    NEIGHBOUR_FACTORS,
    RICE_MONTH_SHARES,
    STOCKS,
    SURVEY_RATIO,
    YEAR_EFFECTS,
    Crop,
    Stock,
)
from training_pack.population import village_rows
from training_pack.randomness import stream
from training_pack.region import PROVINCE_CODE, REGENCY_CODE, REGENCY_CODES, SUBDISTRICT_CODES
from training_pack.rows import Row, in_order, month_period, observation, year_period
from training_pack.sources import OFFICE, PRESS, SURVEY

YEARS = tuple(range(2015, 2026))
FIRST_SURVEY_YEAR = 2018
SURVEY_YEARS = tuple(year for year in YEARS if year >= FIRST_SURVEY_YEAR)
PROVISIONAL_YEAR = 2025
FORECAST_YEAR = 2026
ESTIMATED = ("ikan_budidaya", 2020)
NOT_REPORTED = {("ikan_koi", "99.01.04", 2015), ("ikan_koi", "99.01.08", 2015)}
CENTRE_YEAR = 2025
NO_VILLAGE = "kecamatan"
# t times this is the production unit; production unit per ha times that is the yield unit.
UNITS_PER_T = {"t": 1.0, "kw": 10.0, "kg": 1000.0}


@dataclass(frozen=True, kw_only=True)
class Harvest:
    """Harvested area in ha and production in the crop's own unit, by area and period."""

    area_ha: dict[tuple[str, int], float]
    production: dict[tuple[str, int], float]


def other_areas() -> list[str]:
    """The kabupaten and kota beside the own regency."""
    return [code for code in REGENCY_CODES if code != REGENCY_CODE]


def size_of(*, item: str, code: str) -> float:
    """How large a neighbour's output is against the own regency's."""
    if code in CITY_FACTORS:
        return CITY_FACTORS[code]
    designed = NEIGHBOUR_FACTORS.get(item, {}).get(code)
    drawn = math.exp(stream("size", item, code).gauss(-0.1, 0.55))
    return drawn if designed is None else designed


def level(*, item: str, code: str, year: int, base: float, growth: float, wobble: float) -> float:
    """A quantity in a year: base, common and own growth, good and bad years, own noise."""
    own_growth = growth + stream("growth", item, code).gauss(0, 0.022)
    effect = YEAR_EFFECTS.get(item, {}).get(year, 0.0)
    noise = stream("noise", item, code, year).gauss(0, wobble)
    broken = code == BROKEN_SUBDISTRICT_CODE and item == "padi" and year >= 2021
    return (
        base
        * (1 + own_growth) ** (year - YEARS[0])
        * (1 + effect)
        * math.exp(noise)
        * (0.62 if broken else 1.0)
    )


def bases(*, item: str, own: tuple[int, ...]) -> dict[str, float]:
    """Base quantity of every kecamatan and every other kabupaten/kota."""
    result: dict[str, float] = dict(zip(SUBDISTRICT_CODES, own, strict=True))
    total = sum(own)
    for code in other_areas():
        sea = item == "ikan_tangkap_laut" and code in LANDLOCKED_CODES
        result[code] = 0.0 if sea else total * size_of(item=item, code=code)
    return result


def with_totals(parts: dict[tuple[str, int], float]) -> dict[tuple[str, int], float]:
    """The parts with the regency (its kecamatan) and the province (its kabupaten/kota) added."""
    result = dict(parts)
    for period in sorted({period for _, period in parts}):
        result[REGENCY_CODE, period] = sum(
            parts[code, period] for code in SUBDISTRICT_CODES if (code, period) in parts
        )
        result[PROVINCE_CODE, period] = sum(result[code, period] for code in REGENCY_CODES)
    return result


def rounded_shares(*, total: float, shares: list[float]) -> list[int]:
    """Whole parts of a total; the total of the year is afterwards the sum of these."""
    return [round(total * share / sum(shares)) for share in shares]


def month_shares(*, code: str) -> list[float]:
    """The rice calendar of an area: the common one, a little its own."""
    own = stream("calendar", code)
    return [share * math.exp(own.gauss(0, 0.12)) for share in RICE_MONTH_SHARES]


def crop_yield(*, crop: Crop, code: str, year: int) -> float:
    """Yield in the crop's yield unit: the area's own level and a weak upward path."""
    own = stream("soil", crop.item, code).gauss(0, 0.07)
    weather = stream("weather", crop.item, code, year).gauss(0, 0.025)
    drought = 0.5 * YEAR_EFFECTS.get(crop.item, {}).get(year, 0.0)
    return crop.yield_base * math.exp(own + weather + drought + 0.006 * (year - YEARS[0]))


def to_production(*, crop: Crop, area_ha: float, rate: float) -> float:
    """Production in the crop's production unit from hectares and yield."""
    rate_unit = crop.yield_unit.split("/")[0]
    return area_ha * rate * UNITS_PER_T[crop.production_unit] / UNITS_PER_T[rate_unit]


def to_yield(*, crop: Crop, area_ha: float, production: float) -> float:
    """Yield in the crop's yield unit, recomputed from its parts."""
    rate_unit = crop.yield_unit.split("/")[0]
    return production / area_ha * UNITS_PER_T[rate_unit] / UNITS_PER_T[crop.production_unit]


def harvest_of(*, crop: Crop) -> Harvest:
    """Whole hectares and whole production units of one crop, with totals."""
    area_ha, production = {}, {}
    for code, base in bases(item=crop.item, own=crop.base_ha).items():
        for year in YEARS:
            hectares = round(
                level(
                    item=crop.item,
                    code=code,
                    year=year,
                    base=base,
                    growth=crop.growth,
                    wobble=crop.wobble,
                )
            )
            rate = crop_yield(crop=crop, code=code, year=year)
            area_ha[code, year] = hectares
            production[code, year] = round(to_production(crop=crop, area_ha=hectares, rate=rate))
    return Harvest(area_ha=with_totals(area_ha), production=with_totals(production))


def monthly_parts(yearly: dict[tuple[str, int], float]) -> dict[tuple[str, int], float]:
    """Quantity by area and month number (year * 12 + month - 1), in whole units, same sum."""
    result = {}
    for (code, year), total in yearly.items():
        parts = rounded_shares(total=total, shares=month_shares(code=code))
        parts[2] += round(total) - sum(parts)
        result.update({(code, year * 12 + month): part for month, part in enumerate(parts)})
    return result


def survey_harvest(*, office: Harvest) -> Harvest:
    """Rice as the sample survey sees it: kabupaten/kota and province, from 2018, two decimals."""
    area_ha, production = {}, {}
    for code in REGENCY_CODES:
        ratio = SURVEY_RATIO.get(code, 0.95)
        for year in SURVEY_YEARS:
            noise = stream("survey", code, year).gauss(0, 0.015)
            hectares = round(office.area_ha[code, year] * ratio * math.exp(noise), 2)
            rate = office.production[code, year] / office.area_ha[code, year]
            area_ha[code, year] = hectares
            production[code, year] = round(hectares * rate * math.exp(noise / 3), 2)
    for year in SURVEY_YEARS:
        for values in (area_ha, production):
            values[PROVINCE_CODE, year] = round(
                sum(values[code, year] for code in REGENCY_CODES), 2
            )
    return Harvest(area_ha=area_ha, production=production)


def survey_months(yearly: dict[tuple[str, int], float]) -> dict[tuple[str, int], float]:
    """Months of the survey to two decimals; the kabupaten add up to the province."""
    result = {}
    for (code, year), total in yearly.items():
        if code == PROVINCE_CODE:
            continue
        shares = month_shares(code=code)
        parts = [round(total * share / sum(shares), 2) for share in shares]
        parts[2] = round(total - sum(parts[:2] + parts[3:]), 2)
        result.update({(code, year * 12 + month): part for month, part in enumerate(parts)})
    for month in sorted({month for _, month in result}):
        result[PROVINCE_CODE, month] = round(sum(result[code, month] for code in REGENCY_CODES), 2)
    return result


def status_of(*, item: str, year: int) -> tuple[str, list[str]]:
    """Status and caveats of a yearly figure."""
    if year == PROVISIONAL_YEAR:
        return "P", []
    if (item, year) == ESTIMATED:
        return "E", ["approximate"]
    return "A", []


def yield_row(*, crop: Crop, code: str, year: int, harvest: Harvest, source_id: str) -> Row:
    """Yield of one area and year; missing where nothing was harvested."""
    hectares = harvest.area_ha[code, year]
    status, caveats = status_of(item=crop.item, year=year)
    if not hectares:
        status, caveats = "M", ["nothing_harvested"]
    return observation(
        ref_area=code,
        item=crop.item,
        indicator="yield",
        period=year_period(year),
        unit=crop.yield_unit,
        source_id=source_id,
        value=to_yield(crop=crop, area_ha=hectares, production=harvest.production[code, year])
        if hectares
        else None,
        status=status,
        caveats=caveats,
    )


def crop_rows(*, crop: Crop, harvest: Harvest, source_id: str) -> list[Row]:
    """Harvested area, production and yield of one crop and source."""
    rows = []
    for code, year in sorted(harvest.area_ha):
        status, caveats = status_of(item=crop.item, year=year)
        for indicator, values, unit in (
            ("harvested_area", harvest.area_ha, "ha"),
            ("production", harvest.production, crop.production_unit),
        ):
            rows.append(
                observation(
                    ref_area=code,
                    item=crop.item,
                    indicator=indicator,
                    period=year_period(year),
                    unit=unit,
                    source_id=source_id,
                    value=values[code, year],
                    status=status,
                    caveats=caveats,
                )
            )
        rows.append(
            yield_row(crop=crop, code=code, year=year, harvest=harvest, source_id=source_id)
        )
    return rows


def stock_levels(*, stock: Stock) -> dict[tuple[str, int], float]:
    """Whole units of one plain quantity, with totals; unreported parts are left out of them."""
    parts = {
        (code, year): float(
            round(
                level(
                    item=stock.item,
                    code=code,
                    year=year,
                    base=base,
                    growth=stock.growth,
                    wobble=stock.wobble,
                )
            )
        )
        for code, base in bases(item=stock.item, own=stock.base).items()
        for year in YEARS
        if (stock.item, code, year) not in NOT_REPORTED
    }
    return with_totals(parts)


def quantity_rows(
    *, item: str, indicator: str, unit: str, values: dict[tuple[str, int], float]
) -> list[Row]:
    """Rows of one plain quantity; a total without all its parts says so."""
    incomplete = {year for own, _, year in NOT_REPORTED if own == item}
    rows = []
    for (code, year), value in sorted(values.items()):
        status, caveats = status_of(item=item, year=year)
        if year in incomplete and code in (REGENCY_CODE, PROVINCE_CODE):
            caveats = [*caveats, "sum_of_reported_areas"]
        rows.append(
            observation(
                ref_area=code,
                item=item,
                indicator=indicator,
                period=year_period(year),
                unit=unit,
                source_id=OFFICE,
                value=value,
                status=status,
                caveats=caveats,
            )
        )
    return rows


def missing_rows() -> list[Row]:
    """Figures nobody reported: missing, and never zero."""
    return [
        observation(
            ref_area=code,
            item=item,
            indicator="fishery_production",
            period=year_period(year),
            unit="head",
            source_id=OFFICE,
            status="M",
            caveats=["not_reported_in_period"],
        )
        for item, code, year in sorted(NOT_REPORTED)
    ]


def animal_products() -> list[Row]:
    """Eggs and milk, by the animals that gave them."""
    stocks = {stock.item: stock_levels(stock=stock) for stock in STOCKS}
    rows = []
    for item, animals, rate in (
        ("telur_ayam_ras", "ayam_ras_petelur", EGG_T_PER_HEN),
        ("susu_sapi", "sapi_perah", MILK_T_PER_COW),
    ):
        parts = {
            key: float(round(heads * rate * math.exp(stream(item, *key).gauss(0, 0.02))))
            for key, heads in stocks[animals].items()
            if key[0] not in (REGENCY_CODE, PROVINCE_CODE)
        }
        rows += quantity_rows(
            item=item, indicator="production", unit="t", values=with_totals(parts)
        )
    return rows


def unchecked_rows() -> list[Row]:
    """Figures quoted by the press that the office has not confirmed."""
    quoted = {2022: 152000.0, 2023: 155000.0, 2024: 180000.0}
    return [
        observation(
            ref_area=REGENCY_CODE,
            item="telur_ayam_ras",
            indicator="production",
            period=year_period(year),
            unit="t",
            source_id=PRESS,
            value=value,
            status="U",
            caveats=["unverified_source", "conflicting"],
        )
        for year, value in quoted.items()
    ]


def forecast_rows(*, harvest: Harvest) -> list[Row]:
    """What the survey expects for the running year in the own regency."""
    crop = CROPS[0]
    hectares = round(harvest.area_ha[REGENCY_CODE, YEARS[-1]] * 1.031, 2)
    production = round(harvest.production[REGENCY_CODE, YEARS[-1]] * 1.044, 2)
    rate = to_yield(crop=crop, area_ha=hectares, production=production)
    return [
        observation(
            ref_area=REGENCY_CODE,
            item=crop.item,
            indicator=indicator,
            period=year_period(FORECAST_YEAR),
            unit=unit,
            source_id=SURVEY,
            value=value,
            status="F",
        )
        for indicator, unit, value in (
            ("harvested_area", "ha", hectares),
            ("production", "t", production),
            ("yield", "kw/ha", rate),
        )
    ]


def agriculture_rows() -> list[Row]:
    """The dataset `agriculture`: 2015 to 2025, two sources for rice, all areas."""
    rows: list[Row] = []
    for crop in CROPS:
        rows += crop_rows(crop=crop, harvest=harvest_of(crop=crop), source_id=OFFICE)
    survey = survey_harvest(office=harvest_of(crop=CROPS[0]))
    rows += crop_rows(crop=CROPS[0], harvest=survey, source_id=SURVEY)
    rows += forecast_rows(harvest=survey)
    for stock in STOCKS:
        rows += quantity_rows(
            item=stock.item,
            indicator=stock.indicator,
            unit=stock.unit,
            values=stock_levels(stock=stock),
        )
    return in_order(
        [*rows, *animal_products(), *missing_rows(), *unchecked_rows(), *village_rows()]
    )


def month_rows(
    *, indicator: str, unit: str, values: dict[tuple[str, int], float], source_id: str
) -> list[Row]:
    """Monthly rice rows of one indicator and source."""
    return [
        observation(
            ref_area=code,
            item="padi",
            indicator=indicator,
            period=month_period(date(month // 12, month % 12 + 1, 1)),
            unit=unit,
            source_id=source_id,
            value=value,
            status="P" if month // 12 == PROVISIONAL_YEAR else "A",
        )
        for (code, month), value in values.items()
    ]


def rice_monthly_rows() -> list[Row]:
    """The dataset `rice_monthly`: kecamatan by the office, kabupaten/kota by the survey."""
    office = harvest_of(crop=CROPS[0])
    survey = survey_harvest(office=office)
    rows: list[Row] = []
    for indicator, unit, own, sampled in (
        ("harvested_area", "ha", office.area_ha, survey.area_ha),
        ("production", "t", office.production, survey.production),
    ):
        kept = {
            (code, year): value
            for (code, year), value in own.items()
            if code in SUBDISTRICT_CODES and year >= FIRST_SURVEY_YEAR
        }
        rows += month_rows(
            indicator=indicator, unit=unit, values=monthly_parts(kept), source_id=OFFICE
        )
        rows += month_rows(
            indicator=indicator, unit=unit, values=survey_months(sampled), source_id=SURVEY
        )
    return in_order(rows)


def centre_villages(*, code: str, item: str) -> str:
    """Invented villages named as a centre, or the word kecamatan when none is named."""
    choice = stream("centre", code, item)
    if choice.random() < 0.3:
        return NO_VILLAGE
    endings = ("rejo", "sari", "agung", "jaya", "mulyo", "tirto")
    beginnings = ("Misal", "Umpama", "Andai", "Peraga", "Latih", "Coba")
    names = sorted({choice.choice(beginnings) + choice.choice(endings) for _ in range(3)})
    return "; ".join(names)


def shares_of_regency(*, own: tuple[int, ...]) -> dict[str, float]:
    """Each kecamatan's share of the regency's base quantity."""
    return {code: base / sum(own) for code, base in zip(SUBDISTRICT_CODES, own, strict=True)}


def centre_rows() -> list[Row]:
    """The dataset `commodity_centres`: for each commodity its strongest kecamatan.

    A kecamatan that leads in nothing is named for its own largest share, so none is empty.
    """
    shares = {crop.item: shares_of_regency(own=crop.base_ha) for crop in CROPS}
    shares |= {s.item: shares_of_regency(own=s.base) for s in STOCKS if s.item != "lahan_sawah"}
    named = {
        (code, item)
        for item, by_code in shares.items()
        for code in sorted(by_code, key=lambda code: -by_code[code])[:3]
        if by_code[code] > 0.06
    }
    for code in SUBDISTRICT_CODES:
        if code not in {own for own, _ in named}:
            named.add((code, max(shares, key=lambda item: shares[item][code])))
    return in_order(
        observation(
            ref_area=code,
            item=item,
            indicator="commodity_centre",
            period=year_period(CENTRE_YEAR),
            unit="text",
            source_id=OFFICE,
            words=centre_villages(code=code, item=item),
        )
        for code, item in named
    )
